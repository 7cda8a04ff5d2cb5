"""Whoever goes, and whatever falls over, the record is let go of last."""

from __future__ import annotations

import threading

import pytest

from engine.events import AnswerGiven
from tests.tui.screen_table import Seen, seat
from tui.locale import say
from tui.screens.walk import WalkScreen


@pytest.mark.parametrize("nth", [1, 2, 4])
def test_a_fault_while_a_screen_paints_is_raised_as_itself_however_busy_the_record_is(nth, monkeypatch):
    times, paint = iter(range(1, 100)), WalkScreen.paint

    def falls(screen):
        if next(times) == nth:
            raise ValueError("cannot paint")
        paint(screen)

    monkeypatch.setattr(WalkScreen, "paint", falls)

    async def script(seen):
        await seen.keys("f7", "f7", "f7", "f7")

    with seat() as (_, run), pytest.raises(ValueError, match="cannot paint"):
        run(script)


def test_what_was_done_just_before_leaving_is_recorded_although_the_record_was_busy():
    def is_busy(worker):
        """Until no more can be handed over: the app is gone by then."""
        for _ in iter(lambda: worker._shutdown, True):
            threading.Event().wait(0.001)

    async def script(seen):
        await seen.keys("1")
        seen.app.worker.submit(is_busy, seen.app.worker)
        seen.ticks.now += 1.25
        seen.press("enter")
        seen.press("f12")

    with seat() as (at, run):
        run(script)

        assert [one.event.answer for one in at.entries() if isinstance(one.event, AnswerGiven)] == ["yes"]


@pytest.mark.parametrize(("closed", "word"), [(False, "key-leave"), (True, "act-report")])
def test_after_the_end_enter_leaves_unless_the_written_report_is_still_owed(sitting, closed, word):
    """After a false alarm no customer waits for a report: Enter offers none."""
    at, run = sitting
    state = at.desk.state
    if closed:
        state.first_marks["closed"] = at.desk.now()
    at.do("end", target="abandoned", reason="误报")

    async def script(seen: Seen):
        return seen.lines()[-1]

    assert say(word, "zh")[:6] in run(script)
