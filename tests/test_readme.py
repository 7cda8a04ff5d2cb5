"""What the README shows can be done as it stands there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.tui.programs import within

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


def test_both_readmes_show_the_same_runbook():
    shown = [yaml.safe_load(runbook_in(readme)) for readme in ("README.md", "README.zh-CN.md")]
    assert shown[0] == shown[1]


def test_the_runbook_of_the_readme_has_no_error(tmp_path):
    shutil.copy(ROOT / "runbooks/site.yaml", tmp_path)
    (tmp_path / "door-alarm.yaml").write_text(runbook_in("README.md"), "utf-8")

    told = muster("lint", tmp_path)

    assert (told.returncode, told.stderr) == (0, ""), told.stdout


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
