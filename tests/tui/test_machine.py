"""What a machine may lack or say of itself: language, folders, terminal; and what a person is told then."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.errors import MusterError
from tui import cli, machine
from tui.boot import in_words
from tui.locale import say

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("muster")
VARIABLES = (
    "HOME LANG LC_ALL LC_CTYPE LC_MESSAGES TERM PYTHONIOENCODING PYTHONUTF8"
    " MUSTER_LANG MUSTER_STORE MUSTER_BOOK MUSTER_STATE MUSTER_AS XDG_DATA_HOME XDG_STATE_HOME"
).split()

# The program as a user that this machine does not know. What it needs is loaded while it may be read.
AS_A_STRANGER = """
import contextlib, io, os, sys, tui.cli
words = sys.argv[1:]
with contextlib.redirect_stderr(io.StringIO()), contextlib.suppress(SystemExit):
    sys.argv = ["muster", *words, "--store", "/no/such/record"]
    tui.cli.main()
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(54321)
    os.setuid(54321)
sys.argv = ["muster", *words]
tui.cli.main()
"""


@dataclass
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """An empty folder to stand in, and no variable that says anything."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "home").mkdir()
    (tmp_path / "here").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def muster(monkeypatch, *words: str, encoding: str = "utf-8") -> Said:
    """The command line in this process, on outputs of that encoding."""
    outputs = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    monkeypatch.setattr(sys, "argv", ["muster", *words])
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    monkeypatch.setattr(sys, "stdout", outputs[0])
    monkeypatch.setattr(sys, "stderr", outputs[1])
    with pytest.raises(SystemExit) as left:
        cli.main()
    monkeypatch.undo()
    out, err = (one.buffer.getvalue().decode(encoding) for one in outputs)
    return Said(int(left.value.code or 0), out, err)


def real(*words: str, cwd: Path, script: str = '"$@"', **env: str) -> subprocess.CompletedProcess[bytes]:
    """The program that is installed, with an environment of nothing but `env`, inside a line of shell."""
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", str(PROGRAM), *words],
        env={"PATH": os.environ["PATH"], "HOME": str(cwd)} | env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


# --- language


@pytest.mark.parametrize(
    ("env", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.GBK"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "MUSTER_LANG": "en"}, "en"),
        ({"LANG": "en_US.UTF-8", "MUSTER_LANG": "zh"}, "zh"),
        ({"LANG": "en_US.UTF-8", "MUSTER_LANG": ""}, "en"),
    ],
)
def test_the_language_comes_from_what_the_machine_says(bare, monkeypatch, env, language):
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert machine.language(None) == language


def test_a_language_that_is_named_goes_before_everything(bare, monkeypatch):
    monkeypatch.setenv("MUSTER_LANG", "zh")
    assert machine.language("en") == "en"


def test_a_machine_that_says_nothing_speaks_the_language_of_the_site(bare):
    assert [machine.language(None, one) for one in ("zh", "en")] == ["zh", "en"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_terminal_that_carries_no_chinese_is_spoken_to_in_english(bare, monkeypatch, encoding):
    monkeypatch.setenv("LANG", "zh_CN")
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert (machine.language(None), machine.language("zh")) == ("en", "zh")


def test_muster_speaks_two_languages(bare, monkeypatch):
    with pytest.raises(MusterError, match="does not speak 'fr'"):
        machine.language("fr")
    assert muster(monkeypatch, "lint", "--lang", "fr").code == 1


# --- the encoding of the terminal


@pytest.mark.parametrize(
    ("env", "encoding"),
    [
        ({}, "utf-8"),
        ({"LANG": "C"}, "utf-8"),
        ({"LANG": "zh_CN.UTF-8"}, "utf-8"),
        ({"LANG": "zh_CN.utf8@pinyin"}, "utf-8"),
        ({"LANG": "zh_CN.GBK"}, "gbk"),
        ({"LANG": "zh_CN.GB18030"}, "gb18030"),
        ({"LANG": "en_US.ISO-8859-1"}, "iso8859-1"),
        ({"LANG": "en_US.ISO-8859-15@euro"}, "iso8859-15"),
        ({"LANG": "zh_CN.GBK", "LC_ALL": "C.UTF-8"}, "utf-8"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.GBK"}, "gbk"),
        ({"LANG": "zh_CN.GBK", "PYTHONUTF8": "1"}, "utf-8"),
        ({"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "utf-8"}, "utf-8"),
        ({"LANG": "x.no-such-thing"}, "utf-8"),
        ({"LANG": "x.hex"}, "utf-8"),
        ({"LANG": "x.UTF-16"}, "utf-8"),
        ({"LANG": "x.\udcff"}, "utf-8"),
    ],
)
def test_the_encoding_is_what_the_person_says_else_what_python_found(bare, monkeypatch, env, encoding):
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert machine.terminal_encoding() == encoding


def test_a_sign_that_cannot_be_carried_is_shown_by_number_and_json_stays_json(bare, monkeypatch):
    text = "漏水 \U00020000 é \udcff"
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setattr(sys, "stdout", output)
    machine.soften_output()

    print(json.dumps(text, ensure_ascii=False), end="", flush=True)

    printed = output.buffer.getvalue()
    assert printed == rb'"\u6f0f\u6c34 \ud840\udc00 \u00e9 \udcff"'
    assert json.loads(printed) == text


WALKS: tuple[list[str], ...] = (
    ["open", "leak", "--room", "A1", "--as", "li"],
    ["walk"],
    [],
    ["rehearse", "leak", "--live"],
)


@pytest.mark.parametrize("words", WALKS, ids=lambda words: words[0] if words else "home")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_on_a_poor_terminal_nobody_is_walked_anywhere(bare, monkeypatch, words, encoding):
    said = muster(monkeypatch, *words, encoding=encoding)
    (line,) = said.err.splitlines()
    assert (said.code, said.out) == (1, "")
    assert re.search("cannot show the plan: run .*export LC_ALL=C.UTF-8 PYTHONUTF8=1 first; in PuTTY", line)
    assert list((bare.parent / "home").iterdir()) == []


def test_a_gbk_terminal_is_told_in_both_languages_as_it_reads_them(tmp_path):
    told = real("walk", cwd=tmp_path, LANG="zh_CN.GBK")
    english, chinese = told.stderr.decode("gbk").splitlines()
    assert told.returncode == 1
    assert english.startswith(
        "This terminal's encoding (gbk) cannot show the plan: run export LC_ALL=C.UTF-8 "
    )
    assert chinese.startswith("这个终端的编码（gbk）显示不了预案，请先运行 export LC_ALL=C.UTF-8 ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "en_US.ISO-8859-1"},
        {"PYTHONIOENCODING": "latin-1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids="-".join,
)
def test_the_command_that_a_poor_terminal_is_told_repairs_it(tmp_path, env):
    refused = real("walk", cwd=tmp_path, **env)
    command = re.search(r"run (.*) first; in PuTTY", refused.stderr.decode("ascii"))
    assert refused.returncode == 1
    assert command is not None

    repaired = real("walk", "--lang", "zh", cwd=tmp_path, script=f'{command[1]} && "$@"', **env)

    assert (repaired.returncode, repaired.stderr) == (0, b"")
    assert repaired.stdout.decode("utf-8").strip() == say("no-runs", "zh")


PRINTS = (
    ["lint", "--no-trials"],
    ["show", "leak", "--as", "text"],
    ["schema"],
    ["runs"],
    ["doctor"],
    ["doctor", "--json"],
)


@pytest.mark.parametrize("words", PRINTS, ids=" ".join)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_verbs_that_only_print_do_so_on_every_terminal(bare, monkeypatch, words, language):
    said = muster(monkeypatch, *words, "--lang", language, encoding="ascii")
    assert (said.code in (0, 1, 2), "Traceback" in said.err) == (True, False)
    assert said.out or said.err


def test_help_is_there_on_an_ascii_terminal(tmp_path):
    told = real("--help", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"Muster walks people through emergency runbooks" in told.stdout


# --- folders


def test_the_store_is_the_first_that_is_named(bare, monkeypatch):
    default = machine.data_folder() / "muster.db"
    chosen = [machine.store_place(None)]
    (bare / "muster.db").touch()
    chosen.append(machine.store_place(None))
    monkeypatch.setenv("MUSTER_STORE", "/of/the/variable.db")
    chosen += [machine.store_place(None), machine.store_place("named.db")]
    monkeypatch.setenv("MUSTER_STORE", "")
    chosen.append(machine.store_place(None))
    assert chosen == [
        (default, "default"),
        (Path("muster.db"), "here"),
        (Path("/of/the/variable.db"), "variable"),
        (Path("named.db"), "named"),
        (Path("muster.db"), "here"),
    ]


def test_a_link_to_a_disk_that_is_gone_is_not_passed_over(bare):
    (bare / "muster.db").symlink_to("/no/such/disk/muster.db")
    assert machine.store_place(None) == (Path("muster.db"), "here")


def test_the_plan_book_is_the_first_that_is_named(bare, monkeypatch):
    chosen = [machine.book_place(None)]
    (bare / "runbooks").mkdir()
    chosen.append(machine.book_place(None))
    (bare / "runbooks" / "site.yaml").touch()
    chosen.append(machine.book_place(None))
    monkeypatch.setenv("MUSTER_BOOK", "/of/the/variable")
    chosen += [machine.book_place(None), machine.book_place("named")]
    shipped = ROOT / "runbooks"
    assert chosen == [
        (shipped, "shipped"),
        (shipped, "shipped"),
        (Path("runbooks"), "here"),
        (Path("/of/the/variable"), "variable"),
        (Path("named"), "named"),
    ]


def test_an_empty_home_is_the_same_as_none(bare):
    """Whatever is kept for whoever runs this: both look in the same place, and make no folder here."""
    empty = real("runs", "--lang", "en", cwd=bare, HOME="", LANG="C.UTF-8")
    none = real("runs", "--lang", "en", cwd=bare, script='unset HOME; "$@"', LANG="C.UTF-8")
    assert (empty.returncode, empty.stdout, empty.stderr) == (none.returncode, none.stdout, none.stderr)
    assert list(bare.iterdir()) == []


def test_a_stranger_without_a_home_is_told_so_and_no_folder_is_made(tmp_path_factory):
    """Without HOME and an entry in passwd a folder called ~ would be made here."""
    folder = tmp_path_factory.mktemp("here")
    told = subprocess.run(
        [sys.executable, "-c", AS_A_STRANGER, "runs", "--lang", "en"],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    ours = "There is no home folder (HOME is not set)" if os.geteuid() == 0 else "There is no record"
    assert (told.returncode, told.stderr.count("\n"), list(folder.iterdir())) == (1, 1, [])
    assert told.stderr.startswith(ours)


def test_named_folders_need_no_home(bare, monkeypatch):
    monkeypatch.setenv("MUSTER_STATE", "/srv/state")
    assert machine.state_folder() == Path("/srv/state")
    assert machine.store_path("/srv/muster.db") == Path("/srv/muster.db")


# --- what the system refuses is a sentence


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            PermissionError(errno.EACCES, "Permission denied", "/a/b"),
            "/a/b cannot be used (Permission denied): check",
        ),
        (
            OSError(errno.EROFS, "Read-only file system", b"/a\xff"),
            "/a<DCFF> cannot be used (Read-only file system)",
        ),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a"), "There is no a."),
        (
            FileNotFoundError(errno.ENOENT, "No such file or directory"),
            "The current folder is no longer there",
        ),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full and the output was not written"),
        (
            OSError(errno.EIO, "Input/output error", "/a"),
            "The system refused /a (Input/output error): mend that",
        ),
        (OSError("odd"), "The system refused the output (odd): mend that"),
    ],
)
def test_a_refusal_of_the_system_is_a_sentence(error, said):
    found = in_words(error)
    assert found is not None
    assert found.sentence("en").startswith(said)


def test_a_fault_of_ours_is_not_hidden():
    assert in_words(ValueError("ours")) is None


def test_a_full_disk_behind_the_output_is_one_sentence(tmp_path):
    told = real("schema", "--lang", "en", cwd=tmp_path, script='"$@" > /dev/full', LANG="C.UTF-8")
    assert (told.returncode, told.stderr.count(b"\n")) == (1, 1)
    assert told.stderr.startswith(b"The disk is full and the output was not written")


def test_nothing_printed_lands_in_a_file_that_took_the_number_of_a_closed_output(tmp_path):
    told = real("doctor", cwd=tmp_path, script='"$@" <&- >&- 2>&-', LANG="C.UTF-8")
    assert (told.returncode in (0, 2), told.stdout, told.stderr) == (True, b"", b"")


def test_a_reader_that_has_gone_is_no_trouble(tmp_path):
    told = real("schema", cwd=tmp_path, script='"$@" | head -c 1', LANG="C.UTF-8")
    assert (told.stdout, told.stderr) == (b"{", b"")


def test_a_folder_that_is_gone_is_one_sentence(tmp_path):
    (tmp_path / "gone").mkdir()
    script = (
        f'cd {shlex.quote(str(tmp_path / "gone"))} && rmdir {shlex.quote(str(tmp_path / "gone"))} && "$@"'
    )
    told = real("runs", "--lang", "en", "--store", "here.db", cwd=tmp_path, script=script, LANG="C.UTF-8")
    assert (told.returncode, told.stderr) == (
        1,
        b"The current folder is no longer there: change to another one with cd.\n",
    )


def test_a_machine_without_time_zones_is_told_what_to_install(tmp_path):
    (tmp_path / "tzdata").mkdir()
    (tmp_path / "tzdata" / "__init__.py").touch()
    zones = {"PYTHONTZPATH": "", "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    told = real("runs", "--lang", "en", "--store", "here.db", cwd=tmp_path, LANG="C.UTF-8", **zones)
    assert (told.returncode, told.stderr.count(b"\n")) == (1, 1)
    assert b"install tzdata" in told.stderr


# --- exit codes


def test_the_exit_code_of_a_verb_is_that_of_the_program(bare, monkeypatch):
    (bare / "broken.yaml").write_text("runbook: [", "utf-8")
    assert muster(monkeypatch, "lint", "broken.yaml").code == 1


def test_a_word_that_is_no_option_is_one_sentence(bare, monkeypatch):
    said = muster(monkeypatch, "lint", "--bogus")
    assert (said.code, said.err.count("\n")) == (1, 1)
