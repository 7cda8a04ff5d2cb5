"""Which level the situation suggests, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from engine.condition import evaluate, parse
from engine.facts import last_known
from engine.plan import LEVELS
from engine.road import Place
from engine.state import RunState


class Suggestion(NamedTuple):
    """A level, and since when something speaks for it."""

    level: str
    since: datetime | None
    """None: it is the level in force."""


def suggested_level(state: RunState, now: datetime) -> str | None:
    """The level of `suggestion`."""
    found = suggestion(state, now)
    return None if found is None else found.level


def suggestion(state: RunState, now: datetime) -> Suggestion | None:
    """The highest level whose ground holds, never below what is in force.

    Grounds that are UNKNOWN, and those in words, are asked and not taken. A value that has only grown old
    still speaks: a level never falls because nobody measured.
    """
    grounds = [*_conditions(state, now), *_watches(state), *_in_force(state, now)]
    best = max((rank for rank, _ in grounds), default=-1)
    if best < 0:
        return None
    since = min((at for rank, at in grounds if rank == best and at is not None), default=None)
    return Suggestion(LEVELS[min(best, len(LEVELS) - 1)], since)


def _conditions(state: RunState, now: datetime) -> Iterator[tuple[int, datetime | None]]:
    """The grounds that are conditions: each since the newest of its readings was taken."""
    facts = last_known(state, now)
    for rule in state.graph.runbook.levels:
        if rule.when is None:
            continue
        asked = parse(rule.when)
        if evaluate(asked, facts).value is True:
            named = {name.removesuffix("-rise") for name, _ in asked.names}
            taken = [state.readings[name][-1].at for name in named if name in state.readings]
            yield LEVELS.index(rule.level), max(taken, default=state.opened_at)


def _in_force(state: RunState, now: datetime) -> Iterator[tuple[int, datetime | None]]:
    """The level that was declared, raised by the answers since.

    While none was declared, one up from nothing would be the lowest of all: it is not said as long as nobody knows
    whether a higher one holds.
    """
    raised, raised_at = _raised(state)
    if state.level is not None:
        yield LEVELS.index(state.level) + raised, raised_at
    elif raised - 1 >= _highest_unknown(state, now):
        yield raised - 1, raised_at


def _highest_unknown(state: RunState, now: datetime) -> int:
    """The highest level of which the readings do not tell whether it holds; -1 where there is none."""
    facts = last_known(state, now)
    asked = ((LEVELS.index(rule.level), rule.when) for rule in state.graph.runbook.levels)
    unknown = (
        rank for rank, when in asked if when is not None and evaluate(parse(when), facts).value is None
    )
    return max(unknown, default=-1)


def _watches(state: RunState) -> Iterator[tuple[int, datetime | None]]:
    for watch_id, watch in state.graph.watches.items():
        raised_at = state.watches[watch_id].raised_at
        if watch.level is not None and raised_at is not None:
            yield LEVELS.index(watch.level), raised_at


def raised_by_answers(state: RunState) -> int:
    """How many levels the standing answers raise by, as long as no level was declared after them."""
    return _raised(state)[0]


def _raised(state: RunState) -> tuple[int, datetime | None]:
    declared_at = max((one.recorded_at for one in state.levels), default=None)
    raised, since = 0, None
    for name in state.graph.raisers:
        one, last = state.steps[name], state.steps[name].last
        stands = one.status in ("done", "overridden") and state.place(name) is not Place.OFF
        if last is not None and stands and (declared_at is None or last.recorded_at > declared_at):
            by = next((answer.level for answer in one.step.answers if answer.id == one.answer), 0)
            raised += by
            since = last.at if by else since
    return raised, since
