"""Whoever comes back to a run on the screen stands where they had gone to; in a window a little too small, too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.text import cells
from tests.tui.screen_scenes import home_session
from tests.tui.screen_table import Seen, drive, seat, session_at
from tests.tui.table import KINDS, book_at, table
from tui.chosen import Chosen
from tui.locale import say

# --- coming back


def gone_to(folder: Path, *steps: str, then=lambda at: None) -> str | None:
    """Li goes to these steps on the screen and is killed; the step where the next screen finds them."""
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        session = session_at(at, book=book_at(KINDS))
        session.chosen = Chosen(folder / "muster.db")

        async def script(seen: Seen):
            for step in steps:
                seen.walk.put_in_front(step)
                seen.walk.paint()
            await seen.settle()

        drive(lambda: session, script)
        then(at)
        session.chosen = Chosen(folder / "muster.db")
        session.sat = session.resume(at.desk.run_id, "li", "zh")

        async def back(seen: Seen) -> str | None:
            return seen.walk.current()

        return drive(lambda: session, back)


@pytest.mark.requirement("E6")
def test_a_step_somebody_only_went_to_is_in_front_of_them_after_a_kill(tmp_path):
    assert (gone_to(tmp_path), gone_to(tmp_path, "gauge"), gone_to(tmp_path, "gauge", "tidy")) == (
        "look",
        "gauge",
        "tidy",
    )


def test_what_they_did_since_at_another_terminal_comes_before_it(tmp_path):
    assert gone_to(tmp_path, "gauge", then=lambda at: at.do("start", "cut")) == "cut"


def test_line_mode_finds_the_same_place(tmp_path):
    from tui.chosen import where
    from tui.view import Looking

    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        session = session_at(at, book=book_at(KINDS))
        session.chosen = Chosen(tmp_path / "muster.db")

        async def script(seen: Seen):
            seen.walk.put_in_front("gauge")
            seen.walk.paint()
            await seen.settle()

        drive(lambda: session, script)
        look = Looking(at.desk.state, at.desk.now(), "zh", "li")

        assert where(look, at.entries(), Chosen(tmp_path / "muster.db")) == "gauge"


# --- a window a little too small


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(79, 23), (79, 24), (80, 23), (72, 20), (60, 19)])
def test_a_little_below_80_by_24_everything_that_matters_stays(size, language):
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.clock.move(at.clock.now + timedelta(minutes=19))
        at.desk.settle()

        async def script(seen: Seen):
            await seen.keys("f4")
            seen.walk.put_in_front("look")
            seen.walk.paint()
            return seen.lines(), seen.walk.desk.state.graph.steps["look"]

        lines, step = run(script, size=size, language=language)

    text = "\n".join(lines)
    warning = step.warn.of(language) if step.warn is not None else ""
    assert f"{size[0]}x{size[1]}" in text and "80x24" in text
    assert "T+00:19" in lines[0]
    assert "李明" in lines[1] and say("record-saved", language) in lines[1]
    assert warning[:10] in text and step.text.of(language) in text
    assert lines[-2].startswith(" !! ") and "Tab 0" in lines[-2]
    assert "F9" in lines[-1] and "F12" in lines[-1]
    assert say("screen-timers", language) in text
    assert len(lines) == size[1] and all(cells(line) <= size[0] for line in lines)


def test_the_list_of_every_step_stands_once_on_a_wide_screen():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")

        async def script(seen: Seen):
            await seen.keys("f8", "down")
            return seen.text()

        shown = run(script, size=(140, 40), language="en")

    title = at.desk.state.graph.steps["pipe-off"].text.en
    assert shown.count(title) == 1
    assert say("screen-log", "en") in shown


# --- what Enter is called


def test_a_warning_that_stands_there_whole_is_not_called_a_page_that_must_be_turned():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")

        async def script(seen: Seen):
            await seen.keys("f4")
            seen.walk._warned.clear()
            seen.walk.paint()
            return seen.lines()[-1]

        row = run(script)

    assert say("key-next-page", "zh") not in row
    assert "Enter" in row


def test_home_stands_at_the_step_of_whoever_looks():
    session = home_session(runs=1)
    (run,) = session.open_runs()

    assert run.step is not None and run.words[-1].en.startswith("step ")
