"""The status sheet is kept up while somebody walks a run, and its failure never stops the walk."""

from __future__ import annotations

import pytest

from engine.report.shelf import sheet_path
from tests.tui.ptys import MUSTER, on_a_pty
from tests.tui.table import SHIPPED, Typist
from tui.sheets import EVERY_S, sheet_keeper


class Tick:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.requirement("E52")
def test_a_sheet_is_written_after_every_act_and_once_a_minute(at, tmp_path):
    tick = Tick()
    keep, path = (
        sheet_keeper(tmp_path / "muster.db", tick),
        sheet_path(tmp_path / "muster.db", at.desk.run_id),
    )
    assert keep(at.desk, "en") is None
    path.unlink()

    assert keep(at.desk, "en") is None
    assert not path.exists()
    at.do("note", text="the pump is warm")
    assert keep(at.desk, "en") is None
    assert "the pump is warm" in path.read_text("utf-8")
    path.unlink()
    tick.now += EVERY_S
    assert keep(at.desk, "en") is None
    assert path.exists()


def test_the_sheet_follows_the_language(at, tmp_path):
    keep = sheet_keeper(tmp_path / "muster.db", Tick())
    keep(at.desk, "en")
    keep(at.desk, "zh")

    assert "现在要做" in sheet_path(tmp_path / "muster.db", at.desk.run_id).read_text("utf-8")


def test_what_cannot_be_written_stays_said_until_it_can(at, tmp_path):
    tick = Tick()
    blocked = tmp_path / "sheets"
    blocked.write_text("", "utf-8")
    keep = sheet_keeper(tmp_path / "muster.db", tick)

    trouble = keep(at.desk, "en")
    assert trouble is not None
    assert "cannot be written" in trouble.sentence("en")
    assert keep(at.desk, "en") is trouble
    blocked.unlink()
    at.do("note", text="again")
    assert keep(at.desk, "en") is None


def test_line_mode_says_once_that_the_sheet_cannot_be_written_and_goes_on(at, tmp_path):
    (tmp_path / "sheets").write_text("", "utf-8")
    keep = sheet_keeper(tmp_path / "muster.db")

    terminal = Typist(["n one", "n two"])
    at.walker(terminal, "en", keep_sheet=keep).walk()
    terminal.close()

    assert terminal.seen.count("cannot be written") == 1
    assert "two" in [note.text for note in at.desk.state.notes]


def test_the_program_leaves_the_sheet_beside_the_record(tmp_path):
    words = [*MUSTER, "open", "leak", "--as", "li", "--room", "A1", "--plain", "--book", str(SHIPPED)]
    with on_a_pty(words, tmp_path) as one:
        one.sees("> ")

    (sheet,) = (tmp_path / "sheets").iterdir()
    assert "on paper leak rev" in " ".join(sheet.read_text("utf-8").split())
