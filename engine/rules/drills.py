"""How a drill's clock may be set, and what a drill may be given."""

from __future__ import annotations

from engine.errors import Refused
from engine.events import (
    Acknowledged,
    ClockSet,
    Event,
    EvidenceAttached,
    InjectSet,
    NoteAdded,
    PersonJoined,
    PersonLeft,
    RoleTaken,
    RunEnded,
    RunOpened,
    moment_of,
)
from engine.rules.proposal import Proposal, need_reason
from engine.run.drills import spoken
from engine.state import RunState

SLOWEST, FASTEST = 500, 10_000
"""Rates in thousandths between which a clock may go when it does not stand."""


BESIDE_THE_CLOCK = (
    Acknowledged,
    ClockSet,
    EvidenceAttached,
    InjectSet,
    NoteAdded,
    PersonJoined,
    PersonLeft,
    RoleTaken,
    RunEnded,
    RunOpened,
)
"""What a drill takes while its clock stands; everything else would be done in no time at all."""


def the_clock_goes(state: RunState, event: Event) -> None:
    """Nobody gets ahead while a drill is frozen or not yet begun."""
    if state.kind != "D" or state.parent is not None or isinstance(event, BESIDE_THE_CLOCK):
        return
    heads = [said.value for said in state.clock]
    setting = min(heads, key=lambda one: (one.rate != 0, one.exercise), default=None)
    if setting is None:
        raise Refused("drill-not-begun")
    if setting.rate == 0 and not setting.by_hand:
        raise Refused("drill-frozen")


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
