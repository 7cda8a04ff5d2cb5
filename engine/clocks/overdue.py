"""What should have happened by now and has not: promises, limits, rounds. Every list and header counts this."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clocks.limits import Timer, timers
from engine.clocks.promises import promises
from engine.state import RunState
from engine.text import Text

DUE_FOR = timedelta(minutes=1)
"""So long a visit of a repeated step is due before it is called late."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something whose moment has passed."""

    title: Text
    at: datetime
    """The moment that has passed."""
    step: str | None = None
    """The step that is late; None: a promise is."""


def overdue(state: RunState, now: datetime) -> list[Overdue]:
    """Everything that is overdue in a run, the longest first. A step that is late in two ways counts once."""
    found = sorted([*_promises(state, now), *_steps(state, now)], key=lambda one: one.at)
    return [
        one
        for index, one in enumerate(found)
        if one.step is None or all(before.step != one.step for before in found[:index])
    ]


def _promises(state: RunState, now: datetime) -> Iterator[Overdue]:
    for one in promises(state, now):
        if one.status in ("running", "broken") and one.deadline is not None and one.deadline < now:
            yield Overdue(one.promise.title, one.deadline)


def _steps(state: RunState, now: datetime) -> Iterator[Overdue]:
    if state.ended is None:
        for timer in timers(state):
            if _is_late(timer, now):
                yield Overdue(state.graph.steps[timer.step].text, timer.at, timer.step)


def _is_late(timer: Timer, now: datetime) -> bool:
    if timer.kind == "round":
        return now - timer.at >= DUE_FOR
    return timer.kind in ("limit", "expect") and timer.at < now
