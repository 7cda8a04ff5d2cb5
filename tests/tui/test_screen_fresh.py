"""An Enter that was on its way when a step or an alarm came does not act on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.events import StepDone
from tests.tui.screen_table import Seen, seat
from tui.locale import say
from tui.screens.fresh import FRESH_S, InSight

VALUES = {"depth": "0", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"}


@pytest.fixture
def sitting():
    """Li before the run of the small book; one step that is open takes one Enter."""
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.do("do", "look", values=VALUES)
        at.do("whether", "sheet", answer="do")
        yield at, run


def done(at) -> list[str]:
    return [one.event.step for one in at.entries() if isinstance(one.event, StepDone)]


async def to_the_racks(seen: Seen) -> None:
    """A step that needs nothing but Enter is put in front."""
    seen.walk.put_in_front("sheet")
    seen.walk.paint()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_enter_within_a_second_of_a_new_step_is_not_taken_as_its_act_and_says_so(sitting, language):
    at, run = sitting

    async def script(seen: Seen):
        await to_the_racks(seen)
        await seen.keys("enter", every=FRESH_S - 0.1)
        said, before = seen.text(), done(at)
        await seen.keys("enter", every=0.5)
        return said, before

    said, before = run(script, language=language)

    assert say("screen-fresh", language)[:20] in said
    assert (before, done(at)) == (["look"], ["look", "sheet"])


def test_an_enter_within_a_second_of_a_new_alarm_does_nothing_either(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await to_the_racks(seen)
        seen.ticks.now += 60
        at.clock.move(at.clock.now + timedelta(minutes=11))  # a limit has passed
        seen.walk.tick()
        await seen.keys("enter", every=0.3)
        before = done(at)
        await seen.keys("enter")
        return before

    before = run(script)

    assert (before, done(at)) == (["look"], ["look", "sheet"])


@pytest.mark.requirement("E6")
def test_an_enter_on_its_way_does_not_confirm_a_place_that_nobody_has_seen(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await to_the_racks(seen)
        seen.walk.glass.unconfirmed = True
        await seen.keys("enter", every=0.2)
        still = seen.walk.glass.unconfirmed
        await seen.keys("enter")
        return still, seen.walk.glass.unconfirmed

    assert run(script) == (True, False)
    assert done(at) == ["look"]


def test_what_only_looks_or_types_is_heard_at_once(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await to_the_racks(seen)
        await seen.keys("tab", every=0.1)
        return seen.walk.glass.panel

    assert run(script) == "acts"


def test_back_from_a_list_the_same_step_is_nothing_new(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await to_the_racks(seen)
        await seen.keys("tab")
        await seen.keys("escape", "enter", every=0.5)

    run(script)

    assert done(at) == ["look", "sheet"]


def test_an_alarm_that_stays_is_new_once_and_one_that_comes_back_again():
    seen = InSight()
    seen.alarms(["a"], 0.0)
    seen.alarms(["a"], 5.0)
    stays = seen.is_fresh(5.0)
    seen.alarms([], 6.0)
    gone = seen.is_fresh(6.0)
    seen.alarms(["a"], 7.0)

    assert (stays, gone, seen.is_fresh(7.0), seen.is_fresh(8.0)) == (False, False, True, False)
