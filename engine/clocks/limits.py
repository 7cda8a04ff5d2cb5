"""Limits, waits and repetitions of steps, and the next moment of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.condition import Known, ends_of_waiting, parse
from engine.facts import facts_at
from engine.road import Place
from engine.state import FINISHED, RunState, StepState


@dataclass(frozen=True, slots=True)
class Timer:
    """A moment a step waits for, or must not miss."""

    step: str
    kind: Literal["limit", "wait", "round", "expect"]
    at: datetime
    from_site: bool = False
    """Its length is a site value."""


def timers(state: RunState) -> list[Timer]:
    """Every running limit, wait and repetition, soonest first."""
    found = [timer for one in limited(state) for timer in _timers_of(state, one)]
    return sorted(found, key=lambda timer: timer.at)


def limited(state: RunState) -> Iterator[StepState]:
    """Every open step; those waiting whose limit counts from elsewhere; and those put off that have one."""
    yield from (state.steps[name] for name in state.road.open)
    waiting = (name for name in state.graph.limited if state.place(name) is Place.WAITING)
    yield from (state.steps[name] for name in waiting)
    yield from (
        state.steps[name] for name in state.deferred_steps() if state.steps[name].step.within is not None
    )


def _timers_of(state: RunState, one: StepState) -> Iterator[Timer]:
    step = one.step
    limit_at = deadline_of(state, one)
    if limit_at is not None:
        yield Timer(step.id, "limit", limit_at, step.within is not None and step.within.parameter is not None)
    if state.is_put_off(step.id):
        return
    wait_at = wait_ends_at(one) or _waited_enough_at(state, one)
    if wait_at is not None:
        limit = step.span or step.steady
        yield Timer(step.id, "wait", wait_at, limit is not None and limit.parameter is not None)
    if step.repeat is not None and one.opened:
        yield Timer(step.id, "round", next_round_at(one), step.repeat.every.parameter is not None)
        if step.repeat.span is not None and one.opened_at is not None:
            yield Timer(step.id, "wait", one.opened_at + step.repeat.span.length)
    if step.expect is not None and step.expect.within is not None and one.started_at is not None:
        yield Timer(step.id, "expect", one.started_at + step.expect.within.length)


def deadline_of(state: RunState, one: StepState) -> datetime | None:
    """By when a step must be finished; None when it has no limit, or what that counts from has not come."""
    step = one.step
    if step.within is None:
        return None
    start = one.opened_at if step.within_from is None else _reached_at(state, step.within_from)
    if start is None or _was_said(state, one, start):
        return None
    return start + step.within.length


def _was_said(state: RunState, one: StepState, start: datetime) -> bool:
    """Whether a word that may never be due has been overtaken: its group has heard from this run since.

    While the step is in front of nobody its limit would call for a second notice to people who have just had one.
    Once it has opened its limit counts as planned.
    """
    if one.step.kind != "tell" or state.place(one.step.id) is not Place.WAITING:
        return False
    return any(
        word.outcome != "failed" and word.group == one.step.target and word.at >= start for word in state.told
    )


def _reached_at(state: RunState, name: str) -> datetime | None:
    if name == "reported":
        return state.opened_at
    if name in state.steps:
        one, last = state.steps[name], state.steps[name].last
        finished = one.status in FINISHED and state.place(name) is not Place.OFF
        return last.at if last is not None and finished else state.ended_by_itself(name)
    return state.marks.get(name, (None, ""))[0]


def wait_ends_at(one: StepState) -> datetime | None:
    """When a wait will run out if nothing changes; None when that cannot be said."""
    step = one.step
    if step.kind != "wait":
        return None
    if step.span is not None:
        start = one.started_at if step.restart and one.started_at else one.opened_at
        return None if start is None else start + step.span.length
    if step.steady is not None and one.true_since is not None:
        return one.true_since + step.steady.length
    return one.true_since


def _waited_enough_at(state: RunState, one: StepState) -> datetime | None:
    """When a wait for a condition is over by time alone: ``until: "recovered or waited >= 45m"``."""
    until, opened_at = one.step.wait_until, one.opened_at
    if until is None or opened_at is None or one.step.steady is not None:
        return None
    facts = facts_at(state, opened_at, one.step.id)
    known = (facts(end.name) if end.name else end.literal for end in ends_of_waiting(parse(until)))
    lengths = (one.value for one in known if isinstance(one, Known))
    return min((opened_at + length for length in lengths if isinstance(length, timedelta)), default=None)


def next_round_at(one: StepState) -> datetime:
    """When the next visit is due: a grid from the opening, which a late visit does not move."""
    assert one.step.repeat is not None and one.opened_at is not None
    return one.opened_at + (one.last_interval + 1) * one.step.repeat.every.length


def missed_rounds(one: StepState, now: datetime) -> int:
    """How many visits of a repeated step did not happen in their interval."""
    if one.step.repeat is None or one.opened_at is None or not one.step.repeat.every.length:
        return 0
    passed = max((now - one.opened_at) // one.step.repeat.every.length, 0)
    # Visits lie before now, so all but those of the present interval are in one that has passed.
    kept = len(one.intervals) - (passed in one.intervals)
    return max(passed - kept, 0)
