"""What is put forward, and what every rule asks of a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from engine.errors import Refused
from engine.events import Event, moment_of
from engine.road import Place
from engine.state import RunState, StepState
from engine.text import Text

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Events put forward together: by whom, on which device, when they happened, and what time it is."""

    events: tuple[Event, ...]
    actor: str
    journal: str
    at: datetime
    now: datetime

    def of(self, kind: type[E], step_id: str) -> list[E]:
        """The events of a kind about a step."""
        return [one for one in self.events if isinstance(one, kind) and getattr(one, "step", None) == step_id]

    def by(self, step_id: str) -> str:
        """Who does what is put forward about a step: said in one of the events, else whoever types it."""
        about = (one for one in self.events if getattr(one, "step", None) == step_id)
        said = (getattr(one, "by", None) for one in about)
        return next((str(person) for person in said if person), self.actor)

    def authors(self, step_id: str) -> set[str]:
        """Everybody who counts as the first person of what is put forward: who does it, and who types it."""
        about = (one for one in self.events if getattr(one, "step", None) == step_id)
        return {self.actor, *(str(by) for one in about if (by := getattr(one, "by", None)))}


def known(state: RunState, step_id: str) -> StepState:
    """The step of that id."""
    one = state.steps.get(step_id)
    if one is None:
        raise Refused("unknown-step", step=step_id)
    return one


def open_now(state: RunState, step_id: str) -> StepState:
    """The step, when it is to be done now; else why not, naming what it waits for."""
    one = known(state, step_id)
    place = state.place(step_id)
    if place is Place.OPEN or state.is_put_off(step_id):
        return one
    title = one.step.text
    if place is Place.SETTLED:
        raise Refused("already-settled", step=title)
    if place is Place.OFF:
        raise Refused("not-applicable", step=title)
    raise Refused("still-waiting", step=title, waits_for=waits_for(state, step_id))


def waits_for(state: RunState, step_id: str) -> tuple[Text, ...]:
    """The titles of what a waiting step waits for."""
    before = [
        edge.earlier
        for edge in state.graph.into[step_id]
        if edge.leads and state.place(edge.earlier) in (Place.WAITING, Place.OPEN)
    ]
    deferred = sorted(state.before.get(step_id, ()), key=state.graph.number.__getitem__)
    before += [name for name in deferred if state.is_put_off(name)]
    kept = state.kept_shut_by(step_id)
    # Of what a watch has brought, that which can be done now.
    before += [name for name in kept if state.place(name) is Place.OPEN] or kept
    return tuple(state.graph.steps[name].text for name in dict.fromkeys(before))


def not_left_unclear(one: StepState) -> None:
    """Refuse to say again what only needs a second look."""
    if one.only_to_confirm:
        raise Refused("only-confirm", step=one.step.text)
    if one.awaits_second and not (one.contradicted or one.recheck):
        raise Refused("second-first", step=one.step.text)


def need_reason(text: str | None) -> None:
    """A reason was given."""
    if text is None or not text.strip():
        raise Refused("reason-first")


def a_moment(text: str) -> datetime:
    """The moment that a stamp says."""
    try:
        return moment_of(text)
    except ValueError:
        raise Refused("not-a-time", text=text) from None


def name_of(state: RunState, person: str) -> str:
    """The name of a person; the id when the site does not know them."""
    listed = state.graph.people.get(person)
    return listed.name if listed is not None else state.people.get(person, person)
