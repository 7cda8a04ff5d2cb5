"""What a plan switches: each resource of a step's `touches`, and the tag of the thing it is done to.

Two plans may call one valve by two names; its tag is the same. So a step that switches one thing, and names its
tag, is known by both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engine.plan import Runbook, Step


class Switch(NamedTuple):
    """A step that puts a thing into a state."""

    step: str
    thing: str
    """As the plan names it, or as the tag reads."""
    state: str
    by_tag: bool = False
    """The thing is known by its tag: it is the same wherever it is named."""


def switches_of(runbook: Runbook) -> tuple[Switch, ...]:
    """Every switch of a plan, in the author's order; of one thing by its name first."""
    return tuple(switch for step in runbook.steps for switch in switched_by(step))


def switched_by(step: Step) -> Iterator[Switch]:
    """What one step switches."""
    for thing, state in step.touches:
        yield Switch(step.id, thing, state)
    if step.tag is not None and len(step.touches) == 1:
        yield Switch(step.id, step.tag, step.touches[0][1], by_tag=True)
