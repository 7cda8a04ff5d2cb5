"""Who may take part, take a role, hand it over, and whom somebody tried to reach."""

from __future__ import annotations

from engine.errors import Refused
from engine.events import ContactTried, HandoverSigned, PersonJoined, PersonLeft, RoleTaken
from engine.rules.proposal import Proposal, name_of, open_now
from engine.rules.signatures import check_channel, check_strength
from engine.state import COMMAND, RunState

OUTCOMES = ("answered", "no-answer", "busy", "off", "refused")
"""How a try to reach somebody ended."""


def person_joined(_state: RunState, _proposal: Proposal, event: PersonJoined) -> None:
    if not event.person.strip() or not event.name.strip():
        raise Refused("who-is-it")


def person_left(state: RunState, _proposal: Proposal, event: PersonLeft) -> None:
    if event.person not in state.people:
        raise Refused("not-in-run", person=name_of(state, event.person))


def role_taken(state: RunState, proposal: Proposal, event: RoleTaken) -> None:
    title = state.graph.runbook.role(event.role)
    if event.role not in dict(state.graph.runbook.roles):
        raise Refused("unknown-role", role=event.role)
    joining = {one.person for one in proposal.events if isinstance(one, PersonJoined)}
    if event.person not in {*state.graph.people, *state.people, *joining}:
        raise Refused("who-is-it")
    if state.holds(event.person, event.role):
        raise Refused("role-held", person=name_of(state, event.person), role=title)
    if event.role == COMMAND and state.command and not (event.reason or "").strip():
        raise Refused("command-taken", person=tuple(name_of(state, one) for one in state.commanders))


def handover_signed(state: RunState, proposal: Proposal, event: HandoverSigned) -> None:
    """Both sign; the duty moves at that instant."""
    if not state.holds(event.giver, event.role):
        role = state.graph.runbook.role(event.role)
        raise Refused("role-not-held", person=name_of(state, event.giver), role=role)
    if event.giver == event.person:
        raise Refused("handover-self")
    if event.person not in state.people:
        raise Refused("not-in-run", person=name_of(state, event.person))
    check_strength(state, proposal, event.giver_strength, event.giver)
    check_strength(state, proposal, event.strength, event.person)
    check_channel(event.giver_strength, event.giver_channel)
    check_channel(event.strength, event.channel)


def contact_tried(state: RunState, _proposal: Proposal, event: ContactTried) -> None:
    if event.outcome not in OUTCOMES:
        raise Refused("unknown-outcome", outcome=event.outcome, outcomes=OUTCOMES)
    if not event.person.strip():
        raise Refused("who-is-it")
    if event.step is not None:
        open_now(state, event.step)
