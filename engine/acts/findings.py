"""What is left open when a reading is not as it should be: place, values and limit, in one line of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from engine import events as ev
from engine.acts.making import Making
from engine.events import Event
from engine.plan import FINDING, Fact, Step
from engine.rules import expectation, needed_readings
from engine.state import RunState

_SITE_VALUE = re.compile(r"site\.((?:room\.)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*)")


def found(making: Making, made: Sequence[Event]) -> list[Event]:
    """The finding of a step whose plan says ``else: finding``; none when all is as it should be.

    A value that is not known counts as not as it should be: nobody has seen that it is.
    """
    expect = making.step.expect
    if expect is None or not expect.finding:
        return []
    if expectation(making.state, making.one, making.proposal(made)) is True:
        return []
    text = finding_text(making, made)
    return [ev.NoteAdded(text, FINDING, making.step.id, by=making.given.by, basis=making.given.basis)]


def finding_text(making: Making, made: Iterable[Event]) -> str:
    """``A1; rh = 71 %RH; rh >= 30 and rh <= 60``: ids and numbers, so that it is the same in every language."""
    state, step = making.state, making.step
    expect = step.expect
    limit = _limit(state, expect.that) if expect is not None and expect.that is not None else ""
    return "; ".join((_place(state, step), _values(making, made), limit))


def _place(state: RunState, step: Step) -> str:
    """Where the step is done, else the room of the run, else the site."""
    if step.where is None:
        return state.room or state.graph.site.id
    said = step.where
    return said.zh if said.zh == said.en else f"{said.zh} / {said.en}"


def _values(making: Making, made: Iterable[Event]) -> str:
    """What was read, with units: from this act, else earlier in this visit."""
    taken = {name: said.value.text for name, said in making.one.readings.items()}
    taken |= {event.reading: event.value for event in made if isinstance(event, ev.ReadingTaken)}
    readings = making.state.graph.readings
    needed = [name for name in needed_readings(making.step, making.state) if name in taken]
    return ", ".join(f"{name} = {taken[name]} {readings[name].unit or ''}".rstrip() for name in needed)


def _limit(state: RunState, condition: str) -> str:
    """The condition, with the numbers of the site in the place of their names."""
    site = state.graph.site
    known = {fact.id: fact for fact in site.parameters}
    room = next((one for one in site.rooms if one.id == state.room), None)
    known |= {f"room.{fact.id}": fact for fact in (room.facts if room is not None else ())}

    def said(name: re.Match[str]) -> str:
        fact = known.get(name[1])
        return name[0] if fact is None else _said(fact, name[0])

    return _SITE_VALUE.sub(said, condition)


def _said(fact: Fact, name: str) -> str:
    if fact.number is not None:
        return f"{fact.number} {fact.unit or ''}".rstrip()
    return str(fact.length) if fact.length is not None else name
