"""How a drill's clock may be set, and what a drill may be given."""

from __future__ import annotations

from engine.errors import Refused
from engine.events import ClockSet, InjectSet, moment_of
from engine.rules.proposal import Proposal, need_reason
from engine.run.drills import spoken
from engine.state import RunState

SLOWEST, FASTEST = 500, 10_000
"""Rates in thousandths between which a clock may go when it does not stand."""


def clock_set(state: RunState, _proposal: Proposal, event: ClockSet) -> None:
    """A real run's clock cannot be touched, by nobody and for no reason."""
    if state.kind != "D":
        raise Refused("real-clock")
    need_reason(event.reason)
    if event.exercise_ms < 0 or (event.rate and not SLOWEST <= event.rate <= FASTEST):
        raise Refused("clock-rate", rate=event.rate)
    if event.since is not None:
        moment_of(event.since)


def inject_set(state: RunState, _proposal: Proposal, event: InjectSet) -> None:
    """Into what the players walk goes only what they are given, and that only once."""
    if state.kind != "D" or event.how != "delivered":
        raise Refused("not-for-a-run")
    if any((card.inject, card.number) == (event.inject, event.number) for card in state.cards):
        raise Refused("already-delivered", inject=spoken(event.title))
