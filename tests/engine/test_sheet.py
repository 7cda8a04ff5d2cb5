"""The status sheet: what somebody finds on paper when the program has stopped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.clocks import alarms
from engine.errors import MusterError
from engine.report.sheet import status_sheet
from engine.report.shelf import put, sheet_path
from engine.report.words import WORDS
from engine.state import BOXES
from engine.text import LANGUAGES, LINE_CELLS, cells
from tests.hostile import HOSTILE, leaks
from tests.tui.table import KINDS, SHIPPED, Table, table


@pytest.fixture
def kinds():
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        yield at


def sheet(at: Table, language: str = "en", acts: tuple[str, ...] = ()) -> str:
    return status_sheet(at.desk.state, at.desk.now(), language, at.desk.actor, acts)


def later(at: Table, minutes: int) -> None:
    at.clock.move(at.clock.now + timedelta(minutes=minutes))


def block(text: str, heading: str) -> str:
    """What stands under a heading."""
    return text.partition(f"\n{heading}\n")[2].partition("\n\n")[0]


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_first_line_says_until_when_it_holds_and_where_paper_goes_on(kinds):
    first = words(sheet(kinds).split("\n\n", maxsplit=1)[0])

    assert first == (
        "Written 14:00:00. Older than 2 minutes = the program has stopped: "
        "go on from step 1 on paper kinds rev 1."
    )


def test_the_open_step_has_its_warning_above_it_and_its_expectation_below(kinds):
    opened = block(sheet(kinds), "OPEN NOW").split("\n")

    assert opened[0].strip() == "WARNING: Standing water may be live. Electric shock kills"
    assert opened[1].startswith("> [ ] 1  Look from the doorway")
    valve = next(number for number, line in enumerate(opened) if "Close the feed valve   [V-12]" in line)
    assert opened[valve + 2].strip() == "Expect within 1 min: leak flow < 0.5"


def test_roles_readings_with_their_age_and_deadlines_in_clock_time_are_on_it(kinds):
    kinds.do("read", values={"inlet": "31.5"})
    kinds.join("zhao", "PWR")
    later(kinds, 19)
    text = sheet(kinds)

    assert "power engineer: 赵刚" in block(text, "PEOPLE")
    assert "incident commander: nobody" in block(text, "PEOPLE")
    assert block(text, "READINGS").strip() == "cold aisle 31.5 C   14:00:00, 19 min ago, 李明"
    assert "respond: by 14:20:00" in block(text, "PROMISES")
    assert "cold aisle 31.5 C: act now" in block(text, "ALARMS")
    assert "limit 14:10:00" in block(text, "OPEN NOW")
    assert "cold aisle > 27" in block(text, "WATCHES RAISED")


def test_a_hold_says_who_must_sign_and_who_has(kinds):
    kinds.join("zhao", "PWR")
    before = block(sheet(kinds), "HOLDS")
    kinds.do("sign", "permit", person="li", role="ENG", strength="own-device")
    after = block(sheet(kinds), "HOLDS")

    assert "must sign: power engineer 赵刚, on-site engineer 李明" in before
    assert "signed: 李明" in after
    assert "must sign: power engineer 赵刚   signed" in after


def test_a_broken_promise_and_what_was_put_off_are_on_it(kinds):
    kinds.do("defer", "tidy", reason="no hands", until="close")
    later(kinds, 21)
    text = sheet(kinds)

    assert "respond: BROKEN at 14:20:00" in block(text, "PROMISES")
    assert "because no hands" in block(text, "DEFERRED")
    assert "Tidy the tools" in block(text, "DEFERRED")


def test_of_the_acts_the_last_ten_are_on_it(kinds):
    acts = tuple(f"14:00:{number:02}  li  act {number}" for number in range(12))

    shown = block(sheet(kinds, acts=acts), "LAST ACTS").rstrip().split("\n")

    assert len(shown) == 10
    assert shown[-1].endswith("act 11")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("runbook", ["leak", "kinds"])
def test_no_line_is_wider_than_76_cells(runbook, language):
    with table(SHIPPED if runbook == "leak" else KINDS, runbook, "li") as at:
        text = sheet(at, language, ("x" * 300, "漏" * 200))

    assert max(cells(line) for line in text.split("\n")) <= LINE_CELLS


def test_the_marks_are_seven_bit_and_there_is_one_for_every_standing():
    assert all(mark.isascii() for mark in BOXES.values())


def test_every_alarm_that_can_stand_has_words_in_both_languages(kinds):
    kinds.do("read", values={"inlet": "31.5"})
    later(kinds, 600)

    found = {one.kind for one in alarms(kinds.desk.state, kinds.desk.now())}

    assert len(found) > 4
    assert all(f"alarm-{kind}" in WORDS for kind in found)


@pytest.mark.parametrize("trick", sorted(HOSTILE))
def test_nothing_that_somebody_wrote_can_act_on_who_reads_the_sheet(kinds, trick):
    # The record keeps nothing that has no UTF-8; an entry that came from elsewhere may still hold it.
    reason = HOSTILE[trick].encode("utf-8", "replace").decode("utf-8")
    kinds.do("defer", "tidy", reason=f"x{reason}", until="close")

    text = sheet(kinds, acts=(HOSTILE[trick],))

    assert leaks(text, lines=True) == set()


# --- where it is kept


def test_a_sheet_replaces_the_one_before_it_whole_and_only_its_owner_reads_it(tmp_path):
    path = sheet_path(tmp_path / "muster.db", "R-20261122-K7QM")
    put(path, "one\n")
    put(path, "two\n")

    assert path == tmp_path / "sheets" / "R-20261122-K7QM.txt"
    assert path.read_text("utf-8") == "two\n"
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    assert path.stat().st_mode & 0o077 == 0


def test_what_cannot_be_written_is_said_and_the_old_sheet_stays(tmp_path):
    (tmp_path / "sheets").write_text("a file where the folder should be", "utf-8")

    with pytest.raises(MusterError, match=r"status sheet .* cannot be written"):
        put(sheet_path(tmp_path / "muster.db", "R-1"), "text")


def test_a_run_id_never_leads_out_of_the_folder():
    path = sheet_path(Path("/tmp/x/muster.db"), "../../etc/passwd")

    assert path.parent == Path("/tmp/x/sheets")
