"""Started as a module, the program names itself so that what it prints can be typed; a group takes a language."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.programs import PATIENCE_S, environment
from tests.tui.table import KINDS, ROOT

MODULE = (sys.executable, "-m", "tui")


def as_module(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """``python -m tui`` from another folder."""
    return subprocess.run(
        [*MODULE, *words],
        cwd=folder,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=environment(folder, PYTHONPATH=str(ROOT)),
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.mark.requirement("E6")
def test_the_way_back_that_a_module_prints_leads_back(tmp_path):
    left = as_module(
        tmp_path, "open", "kinds", "--as", "li", "--room", "A1", "--plain", "--book", str(KINDS), typed="q\n"
    )
    (command,) = re.findall(r"^.* -m tui walk .*$", left.stdout, re.MULTILINE)
    back = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        input="n again\nq\n",
        capture_output=True,
        encoding="utf-8",
        env=environment(tmp_path, PYTHONPATH=str(ROOT)),
        timeout=PATIENCE_S,
        check=False,
    )

    assert "__main__" not in left.stdout
    assert (back.returncode, back.stderr) == (0, "")
    assert "again" in as_module(tmp_path, "log").stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--lang", "en"), "people and their PINs"),
        (("--lang=zh",), "人员与 PIN"),
        ((), "people and their PINs"),
    ],
    ids=["en", "zh", "alone"],
)
def test_a_group_of_verbs_shows_what_it_can_do_in_the_language_that_was_asked_for(words, says, tmp_path):
    shown = as_module(tmp_path, "people", *words)

    assert (shown.returncode, shown.stderr) == (0, "")
    assert says in shown.stdout


def test_a_language_before_the_verb_of_a_group_is_not_lost_without_a_word(tmp_path):
    told = as_module(tmp_path, "people", "--lang", "en", "pin", "li")

    assert told.returncode == 1
    assert told.stderr.startswith("Write --lang behind people pin: muster people pin --lang ")
