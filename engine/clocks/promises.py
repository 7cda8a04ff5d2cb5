"""How every promise of the operator stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.plan import Promise
from engine.road import Place
from engine.state import REPORT, RunState
from engine.state.words import Words

WARN_AT = (0.5, 0.8)
"""Parts of a promise after which somebody is warned."""

WALL = "RP"
"""The letters of the runs whose time is the time of the wall."""

PromiseStatus = Literal["idle", "running", "kept", "broken", "not-needed"]


@dataclass(frozen=True, slots=True)
class PromiseReading:
    """How a promise stands."""

    promise: Promise
    status: PromiseStatus
    start: datetime | None = None
    deadline: datetime | None = None
    """The next moment at which it can be broken, or the one at which it was; None when there is none."""
    kept_at: datetime | None = None
    """When it was fulfilled, also too late."""
    missed: int = 0
    """How many words of an `every` promise did not come in time."""
    broken_at: datetime | None = None
    """When it was broken, the last time."""
    written_late: bool = False
    """Kept, by an entry that was written only after the deadline."""

    def remaining(self, now: datetime) -> timedelta | None:
        """What is left until the deadline; negative when it has passed."""
        return None if self.deadline is None else self.deadline - now

    def share(self, now: datetime) -> float:
        """The part of the time that is used up, 0 to 1 and more."""
        if self.deadline is None or not self.length:
            return 0.0
        return 1.0 - (self.deadline - now) / self.length

    @property
    def length(self) -> timedelta | None:
        """How long it may take, or the interval of an `every` promise."""
        return self.promise.every or self.promise.within


def promises(state: RunState, now: datetime) -> list[PromiseReading]:
    """How every promise of the run stands at `now`.

    A patrol promises nobody anything, and a procedure that another run has opened is part of what that one
    promised: its clocks run there, once. A procedure that somebody opens by itself promises what its own steps
    can keep: what none of them can reach would be broken whatever people do.
    """
    if state.graph.runbook.patrol is not None or (
        state.parent is not None and state.graph.runbook.hazard is None
    ):
        return []
    known = state.graph.promises.promises
    return [promise_at(state, promise, now) for promise in known if _can_be_kept(state, promise)]


def _can_be_kept(state: RunState, promise: Promise) -> bool:
    """Whether the plan is for a hazard, or has a step for every mark that ends the promise."""
    ends = (*promise.to, *([] if promise.until is None else [promise.until]))
    return state.graph.runbook.hazard is not None or all(state.graph.carriers.get(mark) for mark in ends)


def promise_at(state: RunState, promise: Promise, now: datetime) -> PromiseReading:
    """How one promise stands at `now`."""
    start = state.promised_from(promise)
    if start is None:
        return PromiseReading(promise, "idle")
    if promise.every is not None:
        return _every(state, promise, start, promise.every, now)
    return _within(state, promise, start, start + (promise.within or timedelta()), now)


def handed_on(state: RunState, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """The promises from the report on that are still to be kept, and from when each counts in a child run.

    Of a word at every interval what is past was this run's matter: the next one is due when it is due here.
    """
    running = (
        one
        for one in promises(state, now)
        if one.promise.start == "reported" and one.deadline is not None and one.kept_at is None
    )
    return tuple((one.promise.id, _counts_from(one)) for one in running)


def _counts_from(reading: PromiseReading) -> datetime:
    assert reading.start is not None and reading.deadline is not None
    every = reading.promise.every
    return reading.start if every is None else reading.deadline - every


# --- between two marks


def _within(
    state: RunState, promise: Promise, start: datetime, deadline: datetime, now: datetime
) -> PromiseReading:
    kept_at = _kept_at(state, promise)
    if kept_at is not None:
        late = kept_at > deadline
        return PromiseReading(
            promise,
            "broken" if late else "kept",
            start,
            kept_at=kept_at,
            broken_at=deadline if late else None,
            written_late=not late and _written_after(state, promise, deadline),
        )
    stopped_at = None if promise.kept_by == REPORT else _stopped_at(state, promise)
    if (now if stopped_at is None else stopped_at) > deadline:
        return PromiseReading(promise, "broken", start, deadline, broken_at=deadline)
    if stopped_at is not None:
        return PromiseReading(promise, "not-needed", start)
    return PromiseReading(promise, "running", start, deadline)


def _written_after(state: RunState, promise: Promise, deadline: datetime) -> bool:
    """Whether what keeps a promise stands in the record only since after its deadline.

    An exercise clock, and the hand clock of a rehearsal, have nothing to do with when an entry was written.
    """
    marks = (REPORT,) if promise.kept_by == REPORT else promise.to
    written = [at for at in map(state.written.get, marks) if at is not None]
    return state.kind in WALL and max(written, default=deadline) > deadline


def _kept_at(state: RunState, promise: Promise) -> datetime | None:
    """When the last of what keeps it came; None while something is missing."""
    if promise.kept_by == REPORT:
        return min((at for at, _ in state.reports), default=None)
    reached = [state.first_marks.get(mark) for mark in promise.to]
    known = [at for at in reached if at is not None]
    return max(known) if known and len(known) == len(reached) else None


def _stopped_at(state: RunState, promise: Promise) -> datetime | None:
    """When a promise that is not kept stopped to matter: its steps left the road, or the road stopped."""
    stops = [road_stopped_at(state)]
    if promise.if_on_road:
        stops += [_gone_at(state, mark) for mark in promise.to if not can_still_come(state, mark)]
    return min((at for at in stops if at is not None), default=None)


def _gone_at(state: RunState, mark: str) -> datetime | None:
    """Since when a mark cannot come; from the beginning where no step of the plan carries it."""
    return state.out_of_reach.get(mark) if state.graph.carriers.get(mark) else state.opened_at


def road_stopped_at(state: RunState) -> datetime | None:
    """When the run ended, or its road stopped at a step that says `ends`; None while it goes on."""
    opened_at = state.opened_at
    if opened_at is None:
        return None
    stops = [] if state.ended is None else [state.ended.at]
    ends = [name for name in state.graph.enders if state.place(name) is not Place.OFF]
    # A step that was put off is settled for its road and not over: the run goes on until it is done.
    over = (state.place(name) is Place.SETTLED and not state.is_put_off(name) for name in ends)
    stopped = bool(ends) and all(over)
    if stopped and state.place(state.graph.closing) is Place.OFF:
        said = (state.steps[name].last for name in ends)
        stops.append(max((one.at for one in said if one is not None), default=opened_at))
    return min(stops, default=None)


def can_still_come(state: RunState, mark: str) -> bool:
    """Whether the mark was reached, or a step that carries it is still to be done."""
    return mark in state.first_marks or state.can_come(mark)


# --- a word at every interval


def _every(
    state: RunState, promise: Promise, start: datetime, every: timedelta, now: datetime
) -> PromiseReading:
    """A word is due within every `every` of the one before, the first within that of the start."""
    reached_at = state.first_marks.get(promise.until or "")
    ends = [at for at in (reached_at, road_stopped_at(state)) if at is not None and at <= now]
    ended_at = min(ends, default=None)
    words = state.heard.get(promise.id) or Words(start, every)
    missed = words.missed_before(ended_at or now)
    broken_at = words.missed_at(ended_at or now)
    if ended_at is not None:
        kept: PromiseStatus = "kept" if ended_at == reached_at else "not-needed"
        status = "broken" if missed else kept
        return PromiseReading(promise, status, start, None, ended_at, missed, broken_at)
    status = "broken" if missed else "running"
    return PromiseReading(promise, status, start, words.next_due_at(now), None, missed, broken_at)
