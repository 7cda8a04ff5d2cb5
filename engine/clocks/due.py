"""What time or a reading has brought about, for the first terminal that notices to write down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clocks.limits import deadline_of, limited, wait_ends_at
from engine.condition import Facts, Known, Missing, evaluate, parse
from engine.events import AnswerGiven, Event, StepDone, StepStarted, WatchRaised, WatchRetired
from engine.facts import facts_at, holds, judge
from engine.rules import repeat_is_over, wait_is_over
from engine.state import RunState, StepState

CLOCK = "clock"
"""Who does what time brings about."""

_MOMENT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A fact that time or a reading has brought about; the first terminal to notice proposes it."""

    at: datetime
    event: Event


def due(state: RunState, now: datetime) -> list[Due]:
    """Every such fact at `now`, earliest first. A safety step is only offered; the person presses."""
    if state.opened_at is None or state.ended is not None:
        return []
    found = [*_due_limits(state, now), *_due_ends(state, now), *_due_watches(state, now)]
    return sorted(found, key=lambda one: one.at)


def _due_limits(state: RunState, now: datetime) -> Iterator[Due]:
    for one in limited(state):
        limit_at = deadline_of(state, one)
        if limit_at is None or limit_at > now or one.missed_at is not None:
            continue
        if one.step.missed is not None and one.step.missed in state.steps:
            event = StepStarted(one.step.missed, missed=one.step.id, by=CLOCK, basis="sensed")
            yield Due(limit_at, event)


def _due_ends(state: RunState, now: datetime) -> Iterator[Due]:
    for name in state.road.open:
        one = state.steps[name]
        # What people disagree about, or said themselves, is theirs to finish.
        if one.step.cls == "safety" or one.asks_whether or one.unclear or one.status is not None:
            continue
        ended_at = _wait_end(state, one, now) if one.step.kind == "wait" else _repeat_end(state, one, now)
        if ended_at is not None:
            yield Due(ended_at, _end_of(one))


def _end_of(one: StepState) -> Event:
    if one.step.decides:
        return AnswerGiven(one.step.id, "met", by=CLOCK, basis="sensed")
    return StepDone(one.step.id, by=CLOCK, basis="sensed")


def _wait_end(state: RunState, one: StepState, now: datetime) -> datetime | None:
    at = wait_ends_at(one) or _came_with_time(state, one, now)
    return at if at is not None and at <= now and wait_is_over(state, one, at) else None


def _came_with_time(state: RunState, one: StepState, now: datetime) -> datetime | None:
    """When what a wait waits for became so by time alone: no entry has said it."""
    condition, opened_at = one.step.wait_until, one.opened_at
    if condition is None or opened_at is None or one.step.steady is not None:
        return None
    if holds(state, condition, now, one.step.id) is not True:
        return None
    return max(opened_at, became_true_at(state, condition, now, one.step.id))


def _repeat_end(state: RunState, one: StepState, now: datetime) -> datetime | None:
    repeat = one.step.repeat
    if repeat is None or one.opened_at is None or not repeat_is_over(state, one, now):
        return None
    if repeat.span is not None:
        return one.opened_at + repeat.span.length
    return max(one.opened_at, became_true_at(state, repeat.until or "", now, one.step.id))


def _due_watches(state: RunState, now: datetime) -> Iterator[Due]:
    for watch_id, watch in state.graph.watches.items():
        known = state.watches[watch_id]
        if known.raised_at is None and watch.when is not None and holds(state, watch.when, now) is True:
            at = became_true_at(state, watch.when, now)
            # One that was retired is not raised again by the same old reading.
            if known.retired_at is None or at > known.retired_at:
                yield Due(at, WatchRaised(watch_id, by=CLOCK, basis="sensed"))
        if known.raised_at is not None and watch.until is not None and holds(state, watch.until, now) is True:
            at = became_true_at(state, watch.until, now)
            # What was so before does not end what was raised in spite of it.
            if at > known.raised_at:
                yield Due(at, WatchRetired(watch_id, watch.until, by=CLOCK, basis="sensed"))


# --- when it became so


def became_true_at(state: RunState, condition: str, now: datetime, step_id: str | None = None) -> datetime:
    """Since when a condition that holds now has held, by what was known then; to the millisecond."""

    def held(at: datetime) -> bool:
        return evaluate(parse(condition), _known_by(at, facts_at(state, at, step_id))).value is True

    taken = (reason.found for reason in judge(state, condition, now, step_id).reasons)
    moments = {found.at for found in taken if found.at is not None and found.at < now}
    before = state.opened_at or now
    for moment in [*sorted({before, *moments}), now]:
        if held(moment):
            return moment if moment <= before else _first(before, moment, held)
        before = moment
    return now


def _first(before: datetime, moment: datetime, held: Callable[[datetime], bool]) -> datetime:
    """The first moment after `before`, at which it did not hold, up to `moment`, at which it does.

    Nothing was taken in between, so only time itself can have made it true, once.
    """
    if not held(moment - _MOMENT):
        return moment
    while moment - before > _MOMENT:
        middle = before + (moment - before) // 2 // _MOMENT * _MOMENT
        before, moment = (before, middle) if held(middle) else (middle, moment)
    return moment


def _known_by(at: datetime, facts: Facts) -> Facts:
    """The same facts without what was taken later than `at`."""

    def look_up(name: str) -> Known | Missing:
        found = facts(name)
        later = isinstance(found, Known) and found.at is not None and found.at > at
        return Missing("not-taken") if later else found

    return look_up
