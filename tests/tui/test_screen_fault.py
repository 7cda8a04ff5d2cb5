"""A fault of ours: no name and no PIN on the terminal, a plain sentence, the way back."""

from __future__ import annotations

import sys

import pytest

from tests.tui.programs import within
from tests.tui.ptys import MUSTER, on_a_pty
from tests.tui.table import WALKED
from tui.crash import fault_lines, keep
from tui.locale import say

BROKEN = (
    MUSTER[2].removesuffix("main()")
    + """
from tui.screens.walk import WalkScreen

def fall(screen):
    pin, name = "481516", "Zhang"
    raise ValueError(f"no such PIN: {pin} of {name}")

WalkScreen._why = fall
main()
"""
)
"""The program, with a fault behind F7."""

OPEN = ("open", "leak", "--as", "li", "--room", "A1", "--book", str(WALKED))


@pytest.mark.requirement("E54")
def test_a_fault_says_how_the_record_stands_and_shows_nothing_that_was_typed(tmp_path):
    state = tmp_path / "state"
    with on_a_pty(
        [sys.executable, "-c", BROKEN, *OPEN], tmp_path, MUSTER_LANG="en", MUSTER_STATE=str(state)
    ) as one:
        one.sees("Entry condition")
        one.key("1", "enter")
        one.sees("> 1  Acknowledge the alarm")
        one.key("f7")
        one.sees(
            say("fault-stopped", "en")[:40], say("fault-saved", "en"), " walk R-", "PROCEDURE SYSTEM FAILED"
        )
        one.rest()

        shown = one.raw.decode("utf-8")

    (kept,) = (state / "crashes").iterdir()
    story = kept.read_text("utf-8")
    assert one.process.returncode == 1
    assert kept.name in " ".join(shown.split())
    assert kept.stat().st_mode & 0o077 == 0
    assert "ValueError" in story
    assert "tui/screens/walk.py" in story
    for secret in ("481516", "Zhang", "Traceback"):
        assert secret not in shown
        assert secret not in story
    assert "leak" in within(tmp_path, "runs").stdout


def test_of_a_fault_before_any_run_there_is_no_way_back_to_tell():
    assert fault_lines("zh", "saved", "", None) == [say("fault-stopped", "zh")]


def test_where_no_file_can_be_written_the_sentences_come_without_one(tmp_path):
    (tmp_path / "crashes").write_text("no folder")
    from tui.machine import wall_now

    assert keep(ValueError("x"), tmp_path, wall_now()) is None


def test_on_a_console_without_chinese_f2_says_so_and_english_stays(tmp_path):
    with on_a_pty([*MUSTER, *OPEN, "--lang", "en"], tmp_path, TERM="linux", COLORTERM="") as one:
        one.sees("Entry condition")
        assert "F2" not in one.glass.text
        one.key("f2")
        one.sees("cannot show Chinese", "--plain")

        assert "Entry condition" in one.glass.text
