"""The record behind the screen: what is confirmed first, what could not be written, runs below, watches."""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from engine.events import NoteAdded, StepDone, WatchRaised
from tests.tui.failing import Failing
from tests.tui.screen_table import Seen, put_in_front, seat
from tests.tui.table import events
from tui.locale import say

# --- the place is confirmed first


@pytest.mark.requirement("E6")
def test_after_coming_back_the_first_key_only_confirms_the_place():
    with seat(last="14:02 李明 开始处置") as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.do(
            "do",
            "look",
            values={"depth": "0", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
        )
        at.do("answer", "source", answer="crac", deviation="看到滴水")
        before = len(at.entries())

        async def script(seen: Seen):
            first = seen.text()
            await seen.keys("enter")
            confirmed = len(at.entries())
            await seen.keys("enter")
            return first, confirmed

        first, confirmed = run(script)
        done = [one.step for one in events(at, StepDone)]

    assert "14:02 李明 开始处置" in first
    assert say("screen-confirm", "zh", number=3) in first
    assert confirmed == before
    assert done[-1] == "crac-off"


def test_after_a_long_absence_the_first_key_only_confirms_the_place(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f7", "f7")
        seen.ticks.now += 600
        await seen.keys("enter")
        asked = seen.question
        await seen.keys("enter")
        return asked, seen.question

    asked, then = run(script)

    assert asked is None
    assert then is not None


def test_what_another_terminal_writes_is_taken_in_and_the_changed_place_is_confirmed(sitting):
    at, run = sitting

    async def script(seen: Seen):
        other = at.at("wang")
        act = next(one for one in other.possible() if one.key == ("do", "look"))
        from engine.acts import Given

        other.do(
            act,
            Given(
                values={"depth": "1", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
                by="li",
            ),
        )
        await seen.looks()
        return seen.text(), seen.walk.glass.unconfirmed

    shown, unconfirmed = run(script)

    assert "> 2  水从哪里来" in shown
    assert unconfirmed


# --- the record


class Hanging:
    """A record whose append waits until it is let go."""

    def __init__(self, record: Any, gate: Event) -> None:
        self._record = record
        self._gate = gate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)

    def append(self, *given: Any, **named: Any) -> Any:
        self._gate.wait(30)
        return self._record.append(*given, **named)


def test_what_could_not_be_recorded_is_said_and_can_be_done_again(sitting):
    at, run = sitting
    at.desk.record = record = Failing(at.desk.record, "append")
    record.broken = False

    async def script(seen: Seen):
        record.broken = True
        await seen.keys("f3")
        await seen.types("烟")
        failed = seen.text()
        record.broken = False
        await seen.keys("f3", "enter")
        return failed, seen.text()

    failed, mended = run(script)

    assert say("record-not-recorded", "zh") in failed
    assert say("record-saved", "zh") in mended
    assert [one.text for one in events(at, NoteAdded)] == ["烟"]


def test_an_append_that_does_not_come_back_is_called_not_recorded_after_five_seconds(sitting):
    at, run = sitting
    gate = Event()
    at.desk.record = Hanging(at.desk.record, gate)

    async def script(seen: Seen):
        await seen.keys("f3")
        for sign in "烟":
            seen.press(sign)
        seen.ticks.now += 1
        seen.press("enter")
        states = [seen.walk.record_state()]
        seen.ticks.now += 6
        states.append(seen.walk.record_state())
        seen.walk.tick()
        shown = seen.text()
        seen.ticks.now += 1
        seen.press("f7")
        painted = seen.walk.glass.panel
        gate.set()
        await seen.settle()
        states.append(seen.walk.record_state())
        return states, shown, painted

    states, shown, painted = run(script)

    assert states == ["recording", "not-recorded", "saved"]
    assert say("record-not-recorded", "zh") in shown
    assert painted == "why"


# --- children


@pytest.mark.requirement("E7")
def test_a_child_run_is_entered_and_left_for_the_exact_step(sitting):
    at, run = sitting
    graph = at.desk.state.graph
    step = next((name for name, one in graph.steps.items() if one.kind == "run" and not one.hand_over), None)
    assert step is not None

    async def script(seen: Seen):
        parent = seen.desk.run_id
        await put_in_front(seen, step)
        await seen.keys("enter")
        await seen.settle()
        child = seen.desk.run_id
        await seen.keys("enter")
        await seen.keys("tab")
        rows = [index for index, one in seen.walk.by_number() if one.run == parent]
        await seen.keys(*str(rows[0]), "enter")
        await seen.settle()
        return parent, child, seen.desk.run_id, seen.text(), seen.walk.current()

    parent, child, back, shown, here = run(script)

    assert child != parent
    assert back == parent
    assert here == step
    assert say("screen-back-from-child", "zh", run=parent) in shown


# --- watches


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_watch_is_raised_at_the_screen_by_one_key_more_with_its_title(sitting, language):
    at, run = sitting
    watch = {"zh": "有焦糊味", "en": "a burning smell"}[language]

    async def script(seen: Seen):
        act = next(one for one in at.desk.possible() if one.key == ("raise", "smell"))
        seen.walk.begin(act)
        seen.walk.paint()
        asked = seen.text()
        await seen.types("2")
        refused = seen.text(), len(events(at, WatchRaised))
        seen.walk.begin(act)
        await seen.types("1")
        return asked, refused

    asked, (left, raised) = run(script, language=language)

    assert say("raise-sure", language, watch=watch) in asked
    assert (say("cancelled", language) in left, raised) == (True, 0)
    assert len(events(at, WatchRaised)) == 1
