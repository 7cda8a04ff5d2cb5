"""While a question is open header and card name its step; what was done last is told as of now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.screen_table import Seen, seat
from tests.tui.table import SHIPPED
from tui import view
from tui.locale import say
from tui.view import Looking

ALARM_ROW, PLACE_ROW = -2, 1


@pytest.mark.requirement("E6")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_watch_that_opens_a_step_takes_no_question_off_its_own(language):
    def place(step: str) -> str:
        return view.place(Looking(at.desk.state, at.desk.now(), language, "li"), step).strip()

    async def script(seen: Seen):
        await seen.keys("enter")
        asked = seen.question
        at.do("raise", "hot")
        await seen.looks()
        during = seen.text(), seen.lines()[PLACE_ROW], seen.lines()[ALARM_ROW]
        await seen.keys("escape")
        return asked is not None and seen.question is None, during, seen.lines()[PLACE_ROW], seen.text()

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        was_asked, (text, header, alarms), then, after = run(script, language=language)
        look, places = at.desk.state.graph, (place("look"), place("shed"))

    confirms = say("screen-confirm", language, number=look.number["shed"])
    assert was_asked
    assert (places[0] in header, places[1] in header) == (True, False)
    assert look.steps["look"].text.of(language) in text and confirms not in text
    assert alarms.strip().startswith("!!")
    assert places[1] in then and confirms in after


@pytest.mark.requirement("E6")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_done_last_is_what_was_done_last_here_not_before_somebody_sat_down(language):
    async def script(seen: Seen):
        first = seen.text()
        await seen.keys("enter")
        at.do("note", text="pump is warm")
        await seen.looks()
        await seen.keys("f7", "f7")
        seen.ticks.now += 600
        at.clock.move(at.clock.now + timedelta(minutes=10))
        seen.walk.tick()
        return first, seen.text()

    with seat(last="13:02 SAT-DOWN") as (at, run):
        at.do("entry", "entry.0", answer="yes")
        first, later = run(script, language=language)

    last = say("screen-last", language, what="").strip()
    assert "13:02 SAT-DOWN" in first
    assert last in later and "pump is warm" in later
    assert "13:02 SAT-DOWN" not in later


def test_what_stands_above_a_long_question_is_counted_and_turns_with_pgup():
    """The criteria of the gravest level are never out of sight without a word."""

    async def script(seen: Seen):
        act = next(one for one in seen.desk.possible() if one.verb == "level")
        seen.walk.begin(act)
        seen.walk.paint()
        first = seen.text()
        await seen.keys(*["pageup"] * 5)
        above = seen.text()
        await seen.keys("pagedown")
        return first, above, seen.text()

    with seat("outage", SHIPPED) as (_, run):
        first, above, again = run(script, language="en")

    assert "level I " not in first and "lines above: PgUp" in first
    assert "level I " in above and "lines above: PgUp" not in above
    assert again == first
