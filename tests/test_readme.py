"""What the README shows can be done as it stands there."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from engine.text import Text
from tests.tui.programs import within
from tui.locale import say

ROOT = Path(__file__).parents[1]


def runbook_in(readme: str) -> str:
    text = (ROOT / readme).read_text("utf-8")
    return text.split("```yaml\n")[1].split("```")[0]


def verbs_in(readme: str) -> list[str]:
    """The first column of the table of verbs, without its arguments."""
    rows = re.findall(r"^\| `([^`]+)`", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    return [" ".join(word for word in row.split() if re.fullmatch("[a-z]+", word)) for row in rows]


def options_in(readme: str) -> set[str]:
    return set(re.findall(r"--[a-z-]+", (ROOT / readme).read_text("utf-8")))


def muster(*words: str | Path) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "import sys, tui.cli; sys.exit(tui.cli.main())"]
    return subprocess.run([*program, *words], capture_output=True, text=True, check=False)


READMES = {"README.md": "en", "README.zh-CN.md": "zh"}

SEATED = ["3", "1"]
"""Typed where a command asks who sits here, and in which room; then the input ends."""


def commands_in(readme: str) -> list[str]:
    """What stands in the ARGS of every `make run`, in order."""
    return re.findall(r'^make run ARGS="(.*?)"', (ROOT / readme).read_text("utf-8"), re.MULTILINE)


def on_a_new_machine(command: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of a page, where the locale says nothing of a language; who sits there answers `open` alone."""
    return subprocess.run(
        [sys.executable, "-c", "import sys, tui.cli; sys.exit(tui.cli.main())", *shlex.split(command)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home), "TERM": "xterm", **more},
        input="".join(f"{line}\n" for line in SEATED) if command.startswith("open") else "",
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_of_the_readme_works_as_it_is_printed(tmp_path):
    """One after the other, as they stand there."""
    told = {command: on_a_new_machine(command, tmp_path) for command in commands_in("README.md")}

    wrong = {command: one for command, one in told.items() if (one.returncode, one.stderr) != (0, "")}
    assert (len(told) >= 8, wrong) == (True, {})


@pytest.mark.parametrize(("readme", "language"), READMES.items())
def test_who_reads_a_page_is_spoken_to_in_its_language_from_the_first_command_on(readme, language, tmp_path):
    """Also who skips the line above it; and with that line also by the commands behind it."""
    text = (ROOT / readme).read_text("utf-8")
    [variable] = re.findall(r"^export MUSTER_LANG=(\w+)", text, re.MULTILINE)
    first, second, third, *_ = commands_in(readme)

    opened = on_a_new_machine(first, tmp_path)
    later = [on_a_new_machine(one, tmp_path, MUSTER_LANG=variable) for one in (second, third)]

    titles = [Text("机房漏水应急处置", "Machine-room water leak").of(language) in one.stdout for one in later]
    assert (say("choose-person", language) in opened.stdout, titles) == (True, [True, True])


def test_both_readmes_show_the_same_commands():
    english, chinese = (
        [re.sub("--lang (en|zh)", "--lang", command) for command in commands_in(readme)] for readme in READMES
    )
    assert english == chinese


def test_both_readmes_show_the_same_runbook():
    shown = [yaml.safe_load(runbook_in(readme)) for readme in ("README.md", "README.zh-CN.md")]
    assert shown[0] == shown[1]


def test_the_runbook_of_the_readme_has_no_error(tmp_path):
    shutil.copy(ROOT / "runbooks/site.yaml", tmp_path)
    (tmp_path / "door-alarm.yaml").write_text(runbook_in("README.md"), "utf-8")

    told = muster("lint", tmp_path)

    assert (told.returncode, told.stderr) == (0, ""), told.stdout


def rehearsal_in(readme: str) -> str:
    text = (ROOT / readme).read_text("utf-8")
    return text.split("```yaml\n")[2].split("```")[0]


def plays(folder: Path, script: str) -> subprocess.CompletedProcess[str]:
    """The rehearsal of a page, played on the runbook of the page, from a folder beside its book."""
    book = folder / "book"
    book.mkdir()
    shutil.copy(ROOT / "runbooks/site.yaml", book)
    (book / "door-alarm.yaml").write_text(runbook_in("README.md"), "utf-8")
    (folder / "door-alarm-stranger.yaml").write_text(script, "utf-8")
    return within(folder, "rehearse", "door-alarm-stranger.yaml", "--book", book)


def test_the_rehearsal_of_the_readme_is_played_as_it_stands_there(tmp_path):
    told = plays(tmp_path, rehearsal_in("README.md"))

    assert (told.returncode, told.stdout) == (0, "passed  door-alarm-stranger.yaml\n"), told.stderr


def test_the_rehearsal_of_the_readme_fails_where_the_plan_does_something_else(tmp_path):
    told = plays(tmp_path, rehearsal_in("README.md").replace("must_reach", "never"))

    assert (told.returncode, "never be reached" in told.stdout) == (1, True)


def test_both_readmes_show_the_same_rehearsal():
    shown = [yaml.safe_load(rehearsal_in(readme)) for readme in READMES]
    assert shown[0] == shown[1]


def test_every_verb_of_the_table_exists(tmp_path):
    verbs = verbs_in("README.md")
    unknown = [verb for verb in verbs if within(tmp_path, *verb.split(), "--help").returncode != 0]
    assert (len(verbs) > 5, unknown) == (True, [])


def test_both_readmes_name_the_same_verbs_and_options():
    english, chinese = ((verbs_in(readme), options_in(readme)) for readme in ("README.md", "README.zh-CN.md"))
    assert english == chinese


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_place_that_a_page_for_builders_names_is_there(page):
    named = set(
        re.findall(r"`((?:engine|drill|tui|tests)/[a-z_/]+(?:\.py)?)`", (ROOT / page).read_text("utf-8"))
    )

    assert sorted(name for name in named if not is_there(name)) == []


def is_there(name: str) -> bool:
    """A file or folder, or a room named without its ending."""
    return (ROOT / name).exists() or (ROOT / f"{name}.py").exists()


def test_the_package_of_the_screens_starts_the_program():
    told = subprocess.run(
        [sys.executable, "-m", "tui", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.startswith("muster ")
