"""What somebody goes to look at while they wait: the readings that a wait or the end of the run asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from engine.condition import parse
from engine.facts import wait_holds
from engine.rules import exits_unmet
from engine.state import COMMAND, RunState

LOOK_EVERY = timedelta(minutes=5)
"""How often a person who waits for a reading takes it again."""


def awaited(state: RunState, roles: Collection[str], now: datetime) -> tuple[str, ...]:
    """The readings that those who hold these roles wait for, in the order they are asked for."""
    found = [name for text in _conditions(state, roles, now) for name in _readings(state, text)]
    return tuple(dict.fromkeys(found))


def _conditions(state: RunState, roles: Collection[str], now: datetime) -> Iterable[str]:
    if state.road.finished and COMMAND in roles:
        yield from exits_unmet(state, now)
    for name in state.open_steps():
        one = state.steps[name]
        step = one.step
        if step.wait_until is None or not (not step.roles or set(step.roles) & set(roles)):
            continue
        if wait_holds(state, one, now) is not True:
            yield step.wait_until


def _readings(state: RunState, text: str) -> Iterable[str]:
    for name, _ in parse(text).names:
        reading = name.removesuffix("-rise")
        if reading in state.graph.readings:
            yield reading
