"""Promises, limits and repetitions against the clock of the run: arithmetic, never entries.

Everything reads only `at` and the `now` it is given; nothing here asks whether it is a drill.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.condition import Known
from engine.events import Event, StepDone, StepStarted, WatchRaised, WatchRetired
from engine.facts import band, holds, judge
from engine.plan import LEVELS, Promise
from engine.road import Place
from engine.rules import wait_is_over
from engine.state import COMMAND, RunState, StepState
from engine.text import Text

CUSTOMERS = "customers"
"""The group whose hearing keeps a promise that is `kept_by: told`."""

WARN_AT = (0.5, 0.8)
"""Parts of a promise after which somebody is warned."""

PromiseStatus = Literal["idle", "running", "kept", "broken", "not-needed"]


@dataclass(frozen=True, slots=True)
class PromiseReading:
    """How a promise stands."""

    promise: Promise
    status: PromiseStatus
    start: datetime | None = None
    deadline: datetime | None = None
    """The next moment at which it can be broken; None when there is none."""
    kept_at: datetime | None = None
    missed: int = 0
    """How many words of an `every` promise did not come in time."""

    def remaining(self, now: datetime) -> timedelta | None:
        """What is left until the deadline; negative when it has passed."""
        return None if self.deadline is None else self.deadline - now

    def share(self, now: datetime) -> float:
        """The part of the time that is used up, 0 to 1 and more."""
        length = self.promise.every or self.promise.within
        if self.deadline is None or not length:
            return 0.0
        return 1.0 - (self.deadline - now) / length


def promises(state: RunState, now: datetime) -> list[PromiseReading]:
    """How every promise of the run stands at `now`."""
    return [promise_at(state, promise, now) for promise in state.graph.promises.promises]


def promise_at(state: RunState, promise: Promise, now: datetime) -> PromiseReading:
    """How one promise stands at `now`."""
    start = state.first_marks.get(promise.start)
    if start is None:
        return PromiseReading(promise, "idle")
    if promise.every is not None:
        return _every(state, promise, start, promise.every, now)
    assert promise.within is not None
    deadline = start + promise.within
    kept_at = _kept_at(state, promise)
    if kept_at is not None:
        status: PromiseStatus = "kept" if kept_at <= deadline else "broken"
        return PromiseReading(promise, status, start, None, kept_at)
    stopped_at = None if promise.kept_by == "report-issued" else _stopped_at(state, promise, now)
    if (stopped_at or now) > deadline:
        return PromiseReading(promise, "broken", start, deadline)
    if stopped_at is not None:
        return PromiseReading(promise, "not-needed", start)
    return PromiseReading(promise, "running", start, deadline)


def _kept_at(state: RunState, promise: Promise) -> datetime | None:
    if promise.kept_by == "report-issued":
        return min((at for at, _ in state.reports), default=None)
    reached = [state.first_marks.get(mark) for mark in promise.to]
    return max((at for at in reached if at is not None), default=None) if None not in reached else None


def _stopped_at(state: RunState, promise: Promise, now: datetime) -> datetime | None:
    """When a promise that is still open stopped to matter: the run ended, or its steps left the road."""
    if state.ended is not None:
        return state.ended.at
    if promise.if_on_road and not all(can_still_come(state, mark) for mark in promise.to):
        return now
    return None


def can_still_come(state: RunState, mark: str) -> bool:
    """Whether the mark stands, or a step that carries it is still on the road."""
    if mark in state.first_marks:
        return True
    places = (state.place(step_id) for step_id in state.graph.carriers.get(mark, ()))
    return any(place in (Place.WAITING, Place.OPEN) for place in places)


def _every(state: RunState, promise: Promise, start: datetime, every: timedelta, now: datetime) -> PromiseReading:
    """A word is due at every `every` from the start; each is kept by one in the interval before it."""
    ended_at = state.first_marks.get(promise.until or "")
    if ended_at is None and state.ended is not None:
        ended_at = state.ended.at
    until = now if ended_at is None else min(now, ended_at)
    passed = max((until - start) // every, 0)
    heard = {
        -((start - word.at) // every)  # the interval that ends at or after the word: its number from 1
        for word in state.told
        if word.outcome != "failed" and word.group == CUSTOMERS and word.at > start
    }
    missed = sum(1 for number in range(1, passed + 1) if number not in heard)
    if ended_at is not None and ended_at <= now:
        return PromiseReading(promise, "broken" if missed else "kept", start, None, ended_at, missed)
    following = passed + 1
    while following in heard:
        following += 1
    deadline = start + following * every
    return PromiseReading(promise, "broken" if missed else "running", start, deadline, None, missed)


# --- limits and repetitions


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
    found = [timer for name in state.road.open for timer in _timers_of(state, state.steps[name])]
    return sorted(found, key=lambda timer: timer.at)


def _timers_of(state: RunState, one: StepState) -> Iterator[Timer]:
    step = one.step
    limit_at = deadline_of(state, one)
    if limit_at is not None:
        yield Timer(step.id, "limit", limit_at, step.within is not None and step.within.parameter is not None)
    wait_at = wait_ends_at(one)
    if wait_at is not None:
        yield Timer(step.id, "wait", wait_at)
    if step.repeat is not None:
        yield Timer(step.id, "round", next_round_at(one), step.repeat.every.parameter is not None)
    if step.expect is not None and step.expect.within is not None and one.started_at is not None:
        yield Timer(step.id, "expect", one.started_at + step.expect.within.length)


def deadline_of(state: RunState, one: StepState) -> datetime | None:
    """By when an open step must be finished; None when it has no limit, or what it counts from has not come."""
    step = one.step
    if step.within is None:
        return None
    start = one.opened_at if step.within_from is None else _reached_at(state, step.within_from)
    return None if start is None else start + step.within.length


def _reached_at(state: RunState, name: str) -> datetime | None:
    if name == "reported":
        return state.opened_at
    if name in state.steps:
        last = state.steps[name].last
        return last.at if last is not None and state.steps[name].status is not None else None
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


def next_round_at(one: StepState) -> datetime:
    """When the next visit is due: a grid from the opening, which a late visit does not move."""
    assert one.step.repeat is not None and one.opened_at is not None
    every = one.step.repeat.every.length
    last = max((visit.at for visit in one.rounds), default=None)
    if last is None:
        return one.opened_at
    return one.opened_at + ((last - one.opened_at) // every + 1) * every


def missed_rounds(one: StepState, now: datetime) -> int:
    """How many visits of a repeated step did not happen in their interval."""
    if one.step.repeat is None or one.opened_at is None:
        return 0
    every = one.step.repeat.every.length
    passed = max((now - one.opened_at) // every, 0)
    seen = {(visit.at - one.opened_at) // every for visit in one.rounds}
    return sum(1 for number in range(passed) if number not in seen)


# --- what the clock itself brings about


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
    for name in state.road.open:
        one = state.steps[name]
        if one.step.missed not in state.steps or one.missed:
            continue
        limit_at = deadline_of(state, one)
        if limit_at is not None and limit_at <= now:
            yield Due(limit_at, StepStarted(str(one.step.missed), missed=name, by="clock", basis="sensed"))


def _due_ends(state: RunState, now: datetime) -> Iterator[Due]:
    for name in state.road.open:
        one = state.steps[name]
        if one.step.cls == "safety" or one.asks_whether:
            continue
        ended_at = _wait_end(state, one, now) if one.step.kind == "wait" else _repeat_end(state, one, now)
        if ended_at is not None:
            yield Due(ended_at, StepDone(name, by="clock", basis="sensed"))


def _wait_end(state: RunState, one: StepState, now: datetime) -> datetime | None:
    at = wait_ends_at(one)
    if at is None or at > now:
        return None
    return at if wait_is_over(state, one, at) else None


def _repeat_end(state: RunState, one: StepState, now: datetime) -> datetime | None:
    repeat = one.step.repeat
    if repeat is None or one.opened_at is None:
        return None
    if repeat.span is not None and one.opened_at + repeat.span.length <= now:
        return one.opened_at + repeat.span.length
    if repeat.until_is == "condition" and holds(state, repeat.until or "", now, one.step.id) is True:
        return became_true_at(state, repeat.until or "", now, one.step.id)
    return None


def _due_watches(state: RunState, now: datetime) -> Iterator[Due]:
    for watch_id, watch in state.graph.watches.items():
        raised = state.watches[watch_id].raised_at is not None
        if not raised and watch.when is not None and holds(state, watch.when, now) is True:
            at = became_true_at(state, watch.when, now)
            if _news(state, watch_id, at):
                yield Due(at, WatchRaised(watch_id, by="clock", basis="sensed"))
        if raised and watch.until is not None and holds(state, watch.until, now) is True:
            at = became_true_at(state, watch.until, now)
            yield Due(at, WatchRetired(watch_id, watch.until, by="clock", basis="sensed"))


def _news(state: RunState, watch_id: str, at: datetime) -> bool:
    """A watch retired by a person is not raised again by the same old reading."""
    retired_at = state.watches[watch_id].retired_at
    return retired_at is None or at > retired_at


def became_true_at(state: RunState, condition: str, now: datetime, step_id: str | None = None) -> datetime:
    """When a condition that holds began to: with the newest of the readings it rests on, else now."""
    read_at = [
        reason.found.at
        for reason in judge(state, condition, now, step_id).reasons
        if isinstance(reason.found, Known) and reason.found.at is not None
    ]
    return min(max(read_at), now) if read_at else now


# --- alarms


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must know. `name` is what `Acknowledged` names: the next of its kind has another."""

    name: str
    rank: int
    """3 act now, 2 be aware, 1 for information."""
    at: datetime
    kind: str
    subject: Text | str
    detail: str = ""


def alarms(state: RunState, now: datetime) -> list[Alarm]:
    """Every alarm that stands and is not acknowledged, the gravest and newest first."""
    found = [one for one in _all_alarms(state, now) if one.name not in state.acknowledged]
    return sorted(found, key=lambda one: (-one.rank, -one.at.timestamp(), one.name))


def _all_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    yield from _promise_alarms(state, now)
    if state.ended is not None:
        return
    yield from _step_alarms(state, now)
    yield from _reading_alarms(state, now)
    yield from _watch_alarms(state)
    yield from _people_alarms(state)


def _promise_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    for reading in promises(state, now):
        promise, deadline = reading.promise, reading.deadline
        if reading.status == "broken":
            at = deadline or reading.kept_at or now
            yield Alarm(f"broken:{promise.id}:{reading.missed}", 3, at, "broken", promise.title)
        elif reading.status == "running" and deadline is not None:
            share = reading.share(now)
            passed = [part for part in WARN_AT if share >= part]
            if passed:
                name = f"promise:{promise.id}:{deadline.isoformat()}:{passed[-1]}"
                yield Alarm(name, len(passed), now, "promise", promise.title)


def _step_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    for name in state.road.open:
        one = state.steps[name]
        step = one.step
        limit_at = deadline_of(state, one)
        if limit_at is not None and limit_at < now:
            yield Alarm(f"overdue:{name}:{one.visit}", 3, limit_at, "overdue", step.text, step.missed or "")
        missed = missed_rounds(one, now)
        if missed:
            yield Alarm(f"round:{name}:{one.visit}:{missed}", 2, now, "round-missed", step.text, str(missed))
        if one.contradicted:
            yield Alarm(f"contradicted:{name}:{len(one.heads)}", 3, now, "contradicted", step.text)
        if one.recheck:
            yield Alarm(f"recheck:{name}:{one.visit}", 2, now, "recheck", step.text)
        for sign in one.signatures:
            if not sign.confirmed:
                yield Alarm(f"voice:{sign.hash}", 2, sign.at, "voice", step.text, sign.person)


def _reading_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    for name, heads in state.readings.items():
        reading = state.graph.readings.get(name)
        if reading is None or (reading.act is None and len(heads) == 1):
            continue
        if len({one.value for one in heads}) > 1:
            yield Alarm(f"contradicted:{name}:{heads[-1].hash}", 3, heads[-1].at, "contradicted", reading.label)
        elif band(state, reading, now) == "act":
            value = f"{heads[-1].value.text} {reading.unit or ''}".strip()
            yield Alarm(f"act:{name}:{heads[-1].hash}", 3, heads[-1].at, "act-band", reading.label, value)


def _watch_alarms(state: RunState) -> Iterator[Alarm]:
    for watch_id, watch in state.watches.items():
        if watch.raised_at is not None:
            said = state.graph.watches[watch_id]
            subject = said.words or said.when or watch_id
            yield Alarm(f"watch:{watch_id}:{watch.times}", 3, watch.raised_at, "watch", subject, said.run or "")


def _people_alarms(state: RunState) -> Iterator[Alarm]:
    if len(state.commanders) > 1:
        newest = max(state.command, key=lambda one: one.recorded_at)
        role = state.graph.runbook.role(COMMAND)
        yield Alarm(f"command:{newest.hash}", 3, newest.at, "two-commanders", role, "、".join(state.commanders))
    suggested = suggested_level(state, state.moment) if state.moment else None
    if suggested is not None and suggested != state.level:
        yield Alarm(f"level:{suggested}", 2, state.moment or state.opened_at or _EPOCH, "level", suggested)


_EPOCH = datetime.min


# --- levels


def suggested_level(state: RunState, now: datetime) -> str | None:
    """The highest level whose ground holds, never below what is in force; UNKNOWN grounds are asked, not taken."""
    grounds = [
        LEVELS.index(rule.level)
        for rule in state.graph.runbook.levels
        if rule.when is not None and holds(state, rule.when, now) is True
    ]
    grounds += [
        LEVELS.index(watch.level)
        for watch_id, watch in state.graph.watches.items()
        if watch.level in LEVELS and state.watches[watch_id].raised_at is not None
    ]
    in_force = -1 if state.level is None else LEVELS.index(state.level)
    best = max([*grounds, in_force + raised_by_answers(state), in_force])
    return None if best < 0 else LEVELS[min(best, len(LEVELS) - 1)]


def raised_by_answers(state: RunState) -> int:
    """How many levels the standing answers raise by, as long as no level was declared after them."""
    declared_at = max((one.recorded_at for one in state.levels), default=None)
    raised = 0
    for one in state.steps.values():
        last = one.last
        if one.status != "done" or one.answer is None or last is None:
            continue
        if declared_at is None or last.recorded_at > declared_at:
            raised += next((answer.level for answer in one.step.answers if answer.id == one.answer), 0)
    return raised

