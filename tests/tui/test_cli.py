"""The command line, as somebody would use it: help, exit codes, JSON, and one sentence for whatever goes wrong."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import typer

from tests import stores
from tests.tui.programs import PATIENCE_S, PROGRAM, environment, muster, within
from tests.tui.table import KINDS, ROOT
from tui.cli import app
from tui.cli.said import spoken

NOBODY = 65534


group: Any = typer.main.get_command(app)


def verbs() -> list[tuple[str, ...]]:
    """Every verb there is, as it is typed."""
    found: list[tuple[str, ...]] = []
    for name, command in sorted(group.commands.items()):
        below = getattr(command, "commands", None)
        found += [(name, one) for one in sorted(below or ())]
        if not below or command.invoke_without_command:
            found.append((name,))
    return found


VERBS = verbs()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a record that holds one run of the book of kinds: two values were read in it."""
    folder = tmp_path_factory.mktemp("place")
    told = open_kinds(folder, "1", "1", "2.5", "2", "hose", "")
    assert told.returncode == 0, told.stderr
    return folder


def open_kinds(folder: Path, *typed: str, book: Path = KINDS) -> subprocess.CompletedProcess[str]:
    words = ("open", "kinds", "--as", "li", "--room", "A1", "--book", book, "--plain", "--another")
    return muster(folder, *words, typed=typed)


def run_of(folder: Path) -> str:
    [row] = json.loads(within(folder, "runs", "--json").stdout)
    return str(row["run"])


def one_sentence(told: subprocess.CompletedProcess[str]) -> str:
    """What was said on standard error: one line, no traceback, exit code 1."""
    assert told.returncode == 1, told
    assert "Traceback" not in told.stderr
    [line] = told.stderr.strip().split("\n")
    return line


# --- help


def test_the_version_is_said():
    told = muster(ROOT, "--version")

    assert (told.returncode, re.fullmatch(r"muster \d+\.\d+\.\d+\n", told.stdout) is not None) == (0, True)


HAN = re.compile("[一-鿿]")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verb", [(), *VERBS, ("people",)], ids=lambda verb: " ".join(verb) or "muster")
def test_the_help_of_every_verb_is_in_the_language_of_whoever_reads_it(verb, language, tmp_path):
    told = within(tmp_path, *verb, "--help", env=environment(tmp_path, MUSTER_LANG=language))

    other = {"zh": "en", "en": "zh"}[language]
    said = [command_of(*verb).help, *(one.help for one in command_of(*verb).params if one.help)]
    halves = [[spoken(one, which).split("\n")[0] for which in (language, other)] for one in said]
    shown = " ".join(told.stdout.split())
    assert (told.returncode, told.stderr) == (0, "")
    assert [theirs for mine, theirs in halves if theirs != mine and theirs in shown] == []
    assert bool(HAN.search(shown)) == (language == "zh")
    assert f"  muster {' '.join(verb)}".rstrip() in told.stdout


@pytest.mark.parametrize("verb", [(), *VERBS, ("people",)], ids=lambda verb: " ".join(verb) or "muster")
def test_every_option_and_every_argument_is_said_in_both_languages(verb):
    params = [one for one in command_of(*verb).params if one.help is not None or one.name != "help"]

    halves = {one.name: (spoken(one.help, "zh"), spoken(one.help, "en")) for one in params}
    assert [name for name, (zh, en) in halves.items() if not zh or not en] == []
    assert [
        name for name, (zh, en) in halves.items() if HAN.search(en) or (zh != en and not HAN.search(zh))
    ] == []


def test_help_asked_for_in_a_language_is_in_that_language(tmp_path):
    chinese, english = (within(tmp_path, "people", "pin", "--help", "--lang", one) for one in ("zh", "en"))

    assert chinese.stdout.startswith("用法：muster people pin [选项] PERSON\n\n设置某人的 PIN\n")
    assert english.stdout.startswith("Usage: muster people pin [OPTIONS] PERSON\n\nset somebody's PIN\n")
    assert "muster people pin li --as li" in english.stdout


def test_a_group_that_does_nothing_by_itself_shows_what_it_can_do(tmp_path):
    alone, asked = within(tmp_path, "people"), within(tmp_path, "people", "--help")

    assert (alone.returncode, alone.stdout, alone.stderr) == (0, asked.stdout, "")
    assert "  pin  set somebody's PIN\n" in alone.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("verb", [(), *VERBS, ("people",)], ids=lambda verb: " ".join(verb) or "muster")
def test_every_example_of_a_help_stands_on_its_line_and_is_understood_as_it_is_copied(
    verb, language, tmp_path
):
    env = environment(tmp_path, MUSTER_LANG=language)
    shown = [line.strip() for line in within(tmp_path, *verb, "--help", env=env).stdout.splitlines()]

    written = [
        line for line in spoken(command_of(*verb).help, language).splitlines() if line.startswith("muster ")
    ]
    assert [line for line in shown if line.startswith("muster ")] == written != []
    for example in written:
        words = shlex.split(example.partition("#")[0].partition(">")[0])[1:]
        parent, below = None, group
        while words and words[0] in getattr(below, "commands", ()):
            below = below.commands[words[0]]
            parent = below.make_context(words[0], words[1:], parent=parent)
            words = words[1:]


def command_of(*verb: str) -> Any:
    found = group
    for word in verb:
        found = found.commands[word]
    return found


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_verb_is_in_the_table_of_the_readme(readme):
    rows = re.findall(r"^\| `([^`]+)`", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    listed = {tuple(word for word in row.split() if re.fullmatch("[a-z]+", word)) for row in rows}

    assert listed == set(VERBS)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("walk", "--sore", "x.db"), "--sore"),
        (("open",), "runbook"),
        (("runs", "one", "two"), "one"),
        (("replay", "R-20990101-AAAA", "--speed", "fast"), "--speed"),
        (("--store", "x.db", "runs"), "--store"),
        (("people", "pni"), "pni"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_no_use_of_a_verb_is_said_in_one_sentence_with_exit_code_one(words, named, tmp_path):
    assert named in one_sentence(within(tmp_path, *words))
    assert list(tmp_path.iterdir()) == []


def test_a_word_that_is_no_verb_is_said_in_one_sentence(tmp_path):
    told = within(tmp_path, "wlak")

    assert "wlak" in one_sentence(told)


# --- exit codes


def test_zero_is_fine(place):
    for words in (["runs"], ["log"], ["verify"], ["lint", SOUND], ["schema"]):
        assert within(place, *words).returncode == 0, words


def test_one_is_broken(place, tmp_path):
    copy = Path(shutil.copy(place / "x.db", tmp_path / "x.db"))
    with stores.raw(copy) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE events SET payload = CAST(replace(CAST(payload AS TEXT), '2.5', '0.5') AS BLOB)")

    told = within(place, "verify", "--store", copy)

    assert (told.returncode, "BROKEN" in told.stdout) == (1, True)


def test_two_is_fine_with_a_declared_exception(place, tmp_path):
    """An old backup was put back: this device remembers more than the file holds, and says so in the record."""
    shutil.copytree(place / "state", tmp_path / "state")
    old = Path(shutil.copy(place / "x.db", tmp_path / "old.db"))
    new = Path(shutil.copy(place / "x.db", tmp_path / "x.db"))
    muster(tmp_path, "walk", typed=["n the water rises"])
    shutil.copy(old, new)

    warned = muster(tmp_path, "walk", "--plain", typed=["n after the backup"])
    told = within(tmp_path, "verify")

    assert "backup" in warned.stdout
    assert told.returncode == 2, told.stdout


def test_three_could_not_tell(place, tmp_path):
    note = within(place, "verify").stdout.split("\n\n", 2)[-1]
    first, _, rest = note.rpartition("\n\n")
    kind, name, signature = rest.strip().rsplit(" ", 2)
    forged = f"{first}\n\n{kind} {name} {'B' if signature[0] == 'A' else 'A'}{signature[1:]}\n"
    (tmp_path / "note.txt").write_text(forged, "utf-8")

    told = within(place, "verify", "--since", tmp_path / "note.txt")

    assert told.returncode == 3, (note, told.stdout)


# --- a record that somebody got into


@pytest.fixture
def own(place: Path, tmp_path: Path) -> Path:
    """The same device in a folder of its own, with a copy of its record."""
    shutil.copytree(place / "state", tmp_path / "state")
    shutil.copy(place / "x.db", tmp_path / "x.db")
    return tmp_path


def put_in(folder: Path, text: str) -> None:
    """Somebody adds a note to the run from a device of their own; their signatures hold."""
    with tempfile.TemporaryDirectory() as made:
        elsewhere = Path(made)
        shutil.copy(folder / "x.db", elsewhere / "x.db")
        assert muster(elsewhere, "walk", "--plain", "--as", "li", typed=[f"n {text}"]).returncode == 0
        shutil.copy(elsewhere / "x.db", folder / "x.db")


def line_with(words: str, log: str) -> str:
    [line] = [line for line in log.splitlines() if words in line]
    return line


def test_entries_of_a_stranger_are_marked_in_the_log_and_named_by_verify(own):
    put_in(own, "all is well")

    english, chinese = (within(own, "log", "--lang", lang).stdout for lang in ("en", "zh"))
    told = within(own, "verify")
    lines = [json.loads(line) for line in within(own, "log", "--json").stdout.splitlines()]

    assert line_with("all is well", english).startswith("! foreign  ")
    assert line_with("all is well", chinese).startswith("! 外来  ")
    assert not line_with("water depth", english).startswith("!")
    assert {line["foreign"] for line in lines if line["event"].get("text") == "all is well"} == {True}
    assert {line["foreign"] for line in lines if line["type"] == "reading_taken"} == {False}
    assert (told.returncode, "Foreign: nobody known here vouches for journal" in told.stdout) == (3, True)


def test_a_tail_that_was_cut_is_broken_on_the_own_device_and_gets_no_checkpoint(own):
    with stores.raw(own / "x.db") as raw:
        for table, tail in (("events", "jseq > 4"), ("notes", "true")):
            guard = f"{table}_delete"
            (sql,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,)).fetchone()
            raw.execute(f"DROP TRIGGER {guard}")
            raw.execute(f"DELETE FROM {table} WHERE {tail}")
            raw.execute(sql)
    raw.close()

    told = within(own, "verify")
    shutil.rmtree(own / "state")
    elsewhere = within(own, "verify")

    assert (told.returncode, "now ends at 4: its end was cut off" in told.stdout) == (1, True)
    assert "Keep this checkpoint" not in told.stdout
    assert elsewhere.returncode == 0
    assert "Not checked: whether the end of journal" in elsewhere.stdout


def test_brackets_without_end_stop_neither_log_nor_walk_nor_verify(own):
    put_in(own, "deep")
    columns = "journal, jseq + 1, run, type, at, recorded_at, lam, NULL, header, payload, salt, hash, sig"
    with stores.raw(own / "x.db") as raw:
        raw.execute(f"INSERT INTO events SELECT pos + 1, {columns} FROM events ORDER BY pos DESC LIMIT 1")
        (guard,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'events_update'").fetchone()
        raw.execute("DROP TRIGGER events_update")
        deep = b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        raw.execute("UPDATE events SET payload = ? WHERE pos = (SELECT max(pos) FROM events)", (deep,))
        raw.execute(guard)
    raw.close()

    logged = within(own, "log")
    walked = muster(own, "walk", "--plain", "--as", "li", typed=["q"])
    verified = within(own, "verify", "--deep")

    assert (logged.returncode, "[[[[" in logged.stdout, logged.stderr.count("\n")) == (1, True, 1)
    assert (walked.returncode, walked.stderr) == (0, "")
    assert (verified.returncode, verified.stderr) == (1, "")


def test_a_file_that_is_named_is_read_and_nothing_is_left_behind(place, tmp_path):
    evidence = tmp_path / "evidence"
    evidence.mkdir()
    shutil.copy(place / "x.db", evidence / "e.db")
    before = (evidence / "e.db").read_bytes()

    told = within(tmp_path, "verify", evidence / "e.db")

    assert told.returncode == 0, told.stderr
    assert [file.name for file in evidence.iterdir()] == ["e.db"]
    assert (evidence / "e.db").read_bytes() == before
    assert not (tmp_path / "state").exists()


# --- JSON


def test_what_is_printed_as_json_can_be_read(place):
    [row] = json.loads(within(place, "runs", "--json").stdout)
    lines = [json.loads(line) for line in within(place, "log", "--json").stdout.splitlines()]
    verified = json.loads(within(place, "verify", "--json").stdout)
    linted = json.loads(within(place, "lint", SOUND, "--json").stdout)
    sarif = json.loads(within(place, "lint", SOUND, "--format", "sarif").stdout)
    schema = json.loads(within(place, "schema", "rehearsal").stdout)
    shown = json.loads(within(place, "show", "kinds", "--as", "json", "--book", KINDS).stdout)
    health = json.loads(within(place, "doctor", "--json", "--book", KINDS).stdout)

    assert (row["runbook"], row["room"], row["ended"]) == ("kinds", "A1", None)
    assert next(line["event"]["value"] for line in lines if line["type"] == "reading_taken") == "2.5"
    assert verified["entries"] >= row["entries"]
    assert {one["level"] for one in linted} == {"advice"}
    assert [one["ruleId"] for one in sarif["runs"][0]["results"]] == [one["rule"] for one in linted]
    assert schema["type"] == "object"
    assert shown
    assert health


def test_a_log_of_the_only_run_names_it_first(place):
    told = within(place, "log")
    named = within(place, "log", run_of(place))

    assert told.stdout.splitlines()[0].startswith(f"{run_of(place)}  ")
    assert told.stdout.splitlines()[1:] == named.stdout.splitlines()


def test_a_log_of_one_of_several_runs_asks_which_and_guesses_none(place, tmp_path):
    shutil.copytree(place, tmp_path / "two")
    first = run_of(place)
    open_kinds(tmp_path / "two")

    told = within(tmp_path / "two", "log")

    assert (told.returncode, told.stdout) == (1, "")
    assert len(re.findall(r"^R-\S+  ", told.stderr, re.MULTILINE)) == 2
    assert first in told.stderr and " log R-" in told.stderr
    assert within(tmp_path / "two", "log", first).returncode == 0


def test_the_log_says_who_did_what_in_both_languages(place):
    english = within(place, "log").stdout
    chinese = within(place, "log", "--lang", "zh").stdout

    assert "李明  water depth = 2.5 cm" in english
    assert "李明  积水深度 = 2.5 cm" in chinese


# --- what goes wrong is one sentence


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("open", "flood", "--as", "li", "--room", "A1"), "flood"),
        (("open", "kinds", "--as", "li", "--room", "Z9"), "Z9"),
        (("open", "kinds", "--as", "nobody", "--room", "A1"), "nobody"),
        (("open", "kinds", "--as", "li", "--room", "A1", "--site", "mars"), "mars"),
        (("open", "kinds", "--as", "li", "--room", "A1", "--reported-at", "noonish"), "noonish"),
        (("walk", "R-20990101-AAAA"), "R-20990101-AAAA"),
        (("log", "R-20990101-AAAA"), "R-20990101-AAAA"),
        (("verify", "R-20990101-AAAA"), "R-20990101-AAAA"),
        (("audit", "R-20990101-AAAA"), "R-20990101-AAAA"),
        (("audit", "--since", "yesterday"), "yesterday"),
        (("audit", "--kind", "X"), "X"),
        (("audit", "R-20990101-AAAA", "colour:red"), "colour:red"),
        (("report", "R-20990101-AAAA"), "R-20990101-AAAA"),
        (("report", "D-20990101-AAAA"), "D-20990101-AAAA"),
        (("report", "R-20990101-AAAA", "--format", "stone"), "stone"),
        (("replay", "R-20990101-AAAA"), "R-20990101-AAAA"),
        (("replay", "R-20990101-AAAA", "--speed", "99"), "99"),
        (("verify", "--since", "nothing.txt"), "nothing.txt"),
        (("open", "kinds", "--as", "li", "--room", "A1", "--reported-at", "25:99"), "02:10"),
        (("rehearse", "nothing.yaml"), "nothing.yaml"),
        (("rehearse", "kinds", "--book", str(KINDS)), "muster rehearse kinds --live"),
        (("lint", "nowhere"), "nowhere"),
        (("lint", "--explain", "gravity"), "gravity"),
        (("show", "flood"), "flood"),
        (("show", "kinds", "--as", "opera"), "opera"),
        (("schema", "poem"), "poem"),
        (("people", "pin", "nobody"), "nobody"),
        (("runs", "--lang", "fr"), "fr"),
        (("findings", "close", "abc", "--as", "li"), "abc"),
        (("findings", "--format", "opera"), "opera"),
        (("runs", "--store", "gone/x.db"), "gone"),
        (("open", "kinds", "--as", "li", "--room", "A1", "--store", "gone/x.db"), "gone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value[:2]),
)
def test_what_is_not_there_is_named_in_one_sentence(words, named, place, tmp_path):
    env = environment(place, MUSTER_BOOK=str(KINDS))

    told = within(tmp_path, *words, env=env)

    assert named in one_sentence(told)


def test_nothing_was_written_by_what_was_refused(place, tmp_path):
    env = environment(tmp_path, MUSTER_BOOK=str(KINDS))

    within(tmp_path, "open", "kinds", "--as", "nobody", "--room", "A1", env=env)
    within(tmp_path, "open", "kinds", "--as", "li", "--room", "Z9", env=env)

    assert json.loads(within(tmp_path, "runs", "--json", "--all", env=env).stdout or "[]") == []


def test_an_empty_line_begins_nothing(tmp_path):
    """Neither at home nor where somebody is asked who they are or in which room."""
    for words in ((), ("open", "leak"), ("open", "leak", "--as", "li")):
        muster(tmp_path, *words, typed=["", "", ""])

    assert json.loads(within(tmp_path, "runs", "--all", "--json").stdout) == []


def test_a_map_says_what_the_room_will_say_and_conditions_in_words(tmp_path):
    words = ("show", "leak", "--book", ROOT / "runbooks", "--lang", "en", "--as")

    for form in ("map", "text"):
        said = within(tmp_path, *words, form).stdout
        assert "site.room" not in said
        assert "the cold aisle is so hot that equipment must stop" in " ".join(said.split())
    assert "cold aisle > 35 C (site value)" in " ".join(within(tmp_path, *words, "text").stdout.split())
    assert "[where to isolate from outside]" in " ".join(within(tmp_path, *words, "text").stdout.split())
    assert "QF-12 in panel 2AP3" in within(tmp_path, *words, "text", "--room", "A1").stdout


def test_a_file_that_is_no_record_is_left_alone(tmp_path):
    (tmp_path / "x.db").write_text("dear diary")

    for words in (["runs"], ["walk"], ["open", "kinds", "--as", "li", "--room", "A1", "--book", KINDS]):
        assert "x.db" in one_sentence(within(tmp_path, *words))
    assert (tmp_path / "x.db").read_text() == "dear diary"


def test_a_record_of_a_newer_version_is_left_alone(place, tmp_path):
    newer = Path(shutil.copy(place / "x.db", tmp_path / "x.db"))
    raw = sqlite3.connect(newer)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = newer.read_bytes()

    assert "99" in one_sentence(within(tmp_path, "walk"))
    assert newer.read_bytes() == before


AS_SOMEBODY_ELSE = f"""
import contextlib, io, os, sys
from tui.cli import main

def run(*words):
    sys.argv = ["muster", *words]
    try:
        main()
    except SystemExit as done:
        return done.code

# Once as we are, so that everything is loaded: somebody else may not read the libraries of root.
with contextlib.redirect_stdout(io.StringIO()):
    run("walk")
os.environ["MUSTER_STATE"] = os.environ["ANOTHER_STATE"]
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
print("reading:", run("log"))
sys.exit(run("walk"))
"""


def test_a_record_that_may_not_be_written_is_said_and_can_still_be_read(tmp_path):
    """Root may write everywhere, so root becomes somebody else."""
    with tempfile.TemporaryDirectory() as name:
        folder, another = Path(name), Path(name, "another")
        open_kinds(folder, "1")
        another.mkdir(0o777)
        another.chmod(0o777)
        folder.chmod(0o555)
        for path in folder.glob("x.db*"):
            path.chmod(0o444)

        told = subprocess.run(
            [sys.executable, "-c", AS_SOMEBODY_ELSE],
            cwd=ROOT,
            input="",
            env=environment(folder, ANOTHER_STATE=str(another)),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        folder.chmod(0o755)
        assert "NOT RECORDED" in one_sentence(told) and "x.db" in told.stderr
        assert "yes" in told.stdout and "reading: 0" in told.stdout


def test_a_book_that_is_not_there_is_said(tmp_path):
    told = within(tmp_path, "open", "kinds", "--book", "nowhere")

    assert (told.returncode, told.stderr.split("\n")[0]) == (
        1,
        "nowhere:1:1: The file cannot be read: there is no such file.",
    )
    assert "Traceback" not in told.stderr


def test_a_broken_book_is_said_with_file_line_and_column(tmp_path):
    book = tmp_path / "book"
    shutil.copytree(KINDS, book)
    text = (book / "kinds.yaml").read_text("utf-8")
    (book / "kinds.yaml").write_text(
        text.replace("    role: ENG\n    place", "    rolle: ENG\n    place"), "utf-8"
    )

    told = open_kinds(tmp_path, book=book)

    assert told.returncode == 1
    assert re.search(r"kinds\.yaml:\d+:5: .*rolle", told.stderr)
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "x.db").exists()


# --- what must not stand in the way


def test_a_run_whose_runbook_is_gone_or_changed_is_walked_and_says_so(tmp_path):
    book = tmp_path / "book"
    shutil.copytree(KINDS, book)
    open_kinds(tmp_path, "1", book=book)

    text = (book / "kinds.yaml").read_text("utf-8")
    (book / "kinds.yaml").write_text(text.replace("revision: 1", "revision: 2"), "utf-8")
    changed = muster(tmp_path, "walk", "--book", book, typed=["n one"])
    shutil.rmtree(book)
    gone = muster(tmp_path, "walk", "--book", book, typed=["n two"])

    assert "rev 2" in changed.stdout and "stays on rev 1" in changed.stdout
    assert "The runbook file is gone" in gone.stdout
    assert (changed.returncode, gone.returncode) == (0, 0)
    assert within(tmp_path, "log").stdout.count("note: ") == 2


def test_a_broken_book_keeps_nobody_from_an_open_run(place):
    told = muster(place, "walk", "--book", place / "nowhere", typed=["n still here"])

    assert told.returncode == 0
    assert "still here" in within(place, "log").stdout


def test_two_at_one_record_at_once_see_each_other(tmp_path):
    open_kinds(tmp_path, "1")
    words = [str(PROGRAM), "walk", "--as", "li", "--book", str(KINDS)]
    with subprocess.Popen(
        words,
        cwd=tmp_path,
        env=environment(tmp_path),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdin is not None
        second = muster(tmp_path, "walk", "--as", "zhao", "--book", KINDS, typed=["n from the other one"])
        first.communicate("n from the first\n", timeout=PATIENCE_S)

    notes = [line for line in within(tmp_path, "log").stdout.splitlines() if "note: " in line]
    assert (first.returncode, second.returncode) == (0, 0)
    assert {line.rpartition(": ")[2] for line in notes} == {"from the other one", "from the first"}
    assert within(tmp_path, "verify").returncode == 0


@pytest.mark.parametrize(
    "change",
    [{"TERM": "dumb"}, {"HOME": ""}, {"HOME": None}, {"TERM": None, "LANG": "zh_CN.UTF-8"}],
    ids=["dumb", "empty home", "no home", "no term"],
)
def test_a_poor_environment_is_enough(change, tmp_path):
    env = environment(tmp_path) | {"MUSTER_BOOK": str(KINDS)}
    env = {name: value for name, value in (env | change).items() if value is not None}

    told = muster(tmp_path, "open", "kinds", "--as", "li", "--room", "A1", typed=["1", "q"], env=env)

    assert (told.returncode, told.stderr) == (0, "")
    assert "Look from the doorway" in told.stdout


def test_no_network_is_ever_asked_for(tmp_path):
    """Every socket is refused; a whole visit still works."""
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('a socket was opened')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from tui.cli import main\nsys.argv[0] = 'muster'\nmain()\n"
    )
    words = ["open", "kinds", "--as", "li", "--room", "A1", "--book", str(KINDS)]

    told = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        input="1\nn dry\nq\n",
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")


def test_the_command_to_come_back_works_as_it_is_printed(tmp_path):
    store = tmp_path / "a b.db"
    words = ("open", "kinds", "--as", "li", "--room", "A1", "--book", KINDS, "--store", store)

    left = muster(tmp_path, *words, typed=["1"])
    [command] = left.stdout.partition("Come back with:")[2].strip().split("\n")
    back = subprocess.run(
        command,
        shell=True,
        cwd="/",
        env=environment(tmp_path),
        input="",
        text=True,
        capture_output=True,
        check=False,
    )

    assert (back.returncode, back.stderr) == (0, "")
    assert "'an alarm came': yes" in back.stdout


# --- what each verb loads (invariant 8)

HEAVY = "textual networkx sqlalchemy sqlalchemy.dialects.postgresql pydantic yaml cryptography jinja2".split()
SOUND = KINDS / "sub.yaml"
BRINGS = {
    ("--version",): set(),
    ("--help",): set(),
    ("runs", "--help"): set(),
    ("runs",): {"sqlalchemy"},
    ("runs", "--json"): {"sqlalchemy"},
    ("log",): {"sqlalchemy"},
    ("log", "--json"): {"sqlalchemy"},
    ("verify",): {"sqlalchemy", "cryptography"},
    ("findings",): {"sqlalchemy"},
    ("findings", "--json"): {"sqlalchemy"},
    ("audit",): {"sqlalchemy"},
    ("audit", "--json"): {"sqlalchemy"},
    ("schema",): {"networkx", "yaml"},
    ("lint", "tests/fixtures/kinds/sub.yaml"): {"networkx", "yaml", "jinja2"},
    ("show", "kinds"): {"networkx", "yaml", "jinja2"},
    ("walk",): {"sqlalchemy", "cryptography", "networkx", "yaml"},
}  # fmt: skip


@pytest.mark.parametrize("words", BRINGS, ids=" ".join)
def test_a_verb_loads_only_what_it_needs(words, place):
    program = (
        "import sys\nfrom tui.cli import main\nsys.argv[0] = 'muster'\n"
        "try: main()\n"
        f"finally: print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )

    told = subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=ROOT,
        input="",
        env=environment(place, MUSTER_BOOK=str(KINDS)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert set(told.stderr.split()) <= BRINGS[words]
    assert told.returncode == 0


def test_the_command_line_loads_nothing_of_ours_but_itself(tmp_path):
    ask = (
        "import sys, tui.cli; ours = [one for one in sys.modules if one.split('.')[0] in"
        " ('engine', 'drill', 'runbooks', 'tui')]; print(*sorted(ours))"
    )
    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)

    words = "begin drills groups options people plans records said verbs"
    assert told.stdout.split() == ["tui", "tui.cli", *(f"tui.cli.{one}" for one in words.split())]


@pytest.mark.parametrize("named", ["none.db", "nowhere/muster.db"])
def test_a_file_that_is_not_there_is_not_taken_for_a_run(tmp_path, named):
    assert f"There is no {named}." in one_sentence(within(tmp_path, "verify", named))


WRONG = {
    ("wlak",): ("没有“wlak”这个命令，是不是 walk？muster --help：", "did you mean walk? muster --help lists"),
    ("zzzz",): ("没有“zzzz”这个命令。muster --help：", "no verb 'zzzz'. muster --help lists"),
    ("people", "pni"): ("是不是 pin？muster people --help：", "did you mean pin? muster people --help lists"),
    ("walk", "--sore", "x"): (
        "muster walk 没有选项 --sore，是不是 --store？muster walk --help：",
        "muster walk has no option --sore; did you mean --store? muster walk --help shows",
    ),
    ("findings", "close", "--becuase"): (
        "muster findings close 没有选项 --becuase。",
        "muster findings close has no option --becuase. muster findings close --help shows",
    ),
    ("log", "-x"): ("muster log 没有选项 -x。", "muster log has no option -x."),
    ("score",): (
        "muster score 后面缺 RUN（演练编号），比如 muster score D-20261122-K7QM。muster score --help：",
        "muster score needs RUN (id of the drill), as in muster score D-20261122-K7QM. muster score --help",
    ),
    ("runs", "a", "b"): ("muster runs 用不着“a b”。", "muster runs has no use for 'a b'. muster runs --help"),
    ("log", "--store"): ("--store 后面要写值（记录文件）。", "--store wants a value behind it (the file of"),
    ("log", "--follow=3"): (
        "--follow 后面不写值。muster log --help：",
        "--follow takes no value. muster log",
    ),
    ("replay", "R-20990101-AAAA", "--speed", "fast"): (
        "--speed 后面要写整数。muster replay --help：",
        "--speed takes a whole number. muster replay --help",
    ),
    ("drill", "x", "--seeds", "0"): ("--seeds 后面要写整数，不小于 1。", "takes a whole number, 1 or more."),
}


@pytest.mark.parametrize("at", [0, 1], ids=["zh", "en"])
@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_was_typed_wrong_is_said_in_the_language_of_whoever_typed_it_with_the_nearest_word_and_the_help(
    words, at, tmp_path
):
    told = within(tmp_path, *words, env=environment(tmp_path, MUSTER_LANG=("zh", "en")[at]))

    sentence = one_sentence(told)
    assert WRONG[words][at] in sentence
    assert "--help" in sentence
    assert bool(HAN.search(sentence)) == (at == 0)


def test_the_language_of_the_line_itself_counts_also_where_the_line_is_wrong(tmp_path):
    assert "后面缺 RUN" in one_sentence(within(tmp_path, "score", "--lang", "zh"))
