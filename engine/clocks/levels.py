"""Which level the situation suggests."""

from __future__ import annotations

from datetime import datetime

from engine.facts import holds
from engine.plan import LEVELS
from engine.road import Place
from engine.state import RunState


def suggested_level(state: RunState, now: datetime) -> str | None:
    """The highest level whose ground holds, never below what is in force.

    Grounds that are UNKNOWN, and those in words, are asked and not taken.
    """
    grounds = [
        LEVELS.index(rule.level)
        for rule in state.graph.runbook.levels
        if rule.when is not None and holds(state, rule.when, now) is True
    ]
    grounds += [
        LEVELS.index(watch.level)
        for watch_id, watch in state.graph.watches.items()
        if watch.level is not None and state.watches[watch_id].raised_at is not None
    ]
    in_force = -1 if state.level is None else LEVELS.index(state.level)
    best = max([*grounds, in_force + raised_by_answers(state)])
    return None if best < 0 else LEVELS[min(best, len(LEVELS) - 1)]


def raised_by_answers(state: RunState) -> int:
    """How many levels the standing answers raise by, as long as no level was declared after them."""
    declared_at = max((one.recorded_at for one in state.levels), default=None)
    raised = 0
    for name in state.graph.raisers:
        one, last = state.steps[name], state.steps[name].last
        stands = one.status in ("done", "overridden") and state.place(name) is not Place.OFF
        if last is not None and stands and (declared_at is None or last.recorded_at > declared_at):
            raised += next((answer.level for answer in one.step.answers if answer.id == one.answer), 0)
    return raised
