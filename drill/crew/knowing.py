"""What somebody finds who goes and looks: the facts of a drill at a moment of its clock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from drill.moments import START, Moments, name_below
from drill.scenario.facts import Fact, Facts
from engine.condition import Truth, evaluate, parse, parse_band
from engine.events import ReadingTaken
from engine.facts import facts_at, holds
from engine.plan import Reading, Step
from engine.run.situation import value_of
from engine.state import RunState

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class World:
    """The facts, and when everything happened that they count from."""

    facts: Facts
    moments: Moments

    def reading(self, state: RunState, reading: Reading, step: Step | None, now: datetime) -> str:
        """What the instrument shows; where the scenario says nothing, something nobody needs to act on."""
        known = (self._said(name, now) for name in names_of(state, reading.id))
        said = next((one for one in known if one is not None), None)
        if said is None:
            return unremarkable(state, reading, step, now)
        return said if isinstance(said, str) else "\n".join(said)

    def _said(self, name: str, now: datetime) -> Value | None:
        known = [one.value for one in self.facts.readings if one.reading == name and self._holds(one, now)]
        return known[-1] if known else None

    def _holds(self, fact: Fact, now: datetime) -> bool:
        began = self.moments.first(START)
        if began is None or now < began.at + fact.since:
            return False
        if fact.after is None:
            return True
        first = self.moments.first(fact.after)
        return first is not None and now >= first.at + fact.delay

    def answer(self, state: RunState, step: Step, visit: int, now: datetime) -> str | None:
        """What the world answers at that visit (from 1); None where the scenario says nothing."""
        said = dict(self.facts.answers)
        listed = next((said[name] for name in names_of(state, step.id) if name in said), None)
        if listed:
            return listed[min(visit, len(listed)) - 1]
        suggested = [
            one.id
            for one in step.answers
            if one.when is not None and holds(state, one.when, now, step.id) is True
        ]
        return suggested[0] if suggested else None


def names_of(state: RunState, step: str) -> tuple[str, ...]:
    """How a scenario may name a step or a reading: of a run below the drill first by its runbook, then plainly."""
    return (step,) if state.parent is None else (name_below(state.graph.runbook.id, step), step)


# --- where the scenario says nothing

_NUMBER = re.compile(r"(?<![a-z0-9.-])[0-9]+(?:\.[0-9]+)?")
_SITE = re.compile(r"site\.(?:room\.)?[a-z0-9-]+")


def unremarkable(state: RunState, reading: Reading, step: Step | None, now: datetime) -> str:
    """A value that meets what the step expects, and that nobody needs to act on."""
    if reading.kind == "list":
        return "\n".join(str(number) for number in range(1, reading.at_least + 1))
    if reading.kind == "text":
        return "-"
    if reading.kind == "time":
        return now.isoformat()
    candidates = ["no", "yes"] if reading.kind == "yes-no" else _numbers(state, reading, step)

    def faults(value: str) -> tuple[bool, ...]:
        return tuple(not fine for fine in _fine(state, reading, value, step, now))

    return min(candidates, key=faults)


def _fine(state: RunState, reading: Reading, value: str, step: Step | None, now: datetime) -> Iterable[bool]:
    """What speaks for a value, the weightiest first."""
    taken = value_of(reading, ReadingTaken(reading.id, value, reading.unit))

    def truth(text: str | None, band: bool = False) -> Truth:
        if text is None:
            return None
        asked = parse_band(text, reading.id) if band else parse(text)
        if reading.id not in {name.removesuffix("-rise") for name, _ in asked.names}:
            return None
        step_id = None if step is None else step.id
        return evaluate(asked, facts_at(state, now, step_id, {reading.id: taken})).value

    yield step is None or step.expect is None or truth(step.expect.that) is not False
    yield all(truth(text) is not False for text in state.graph.runbook.exit)
    yield all(truth(watch.when) is not True for watch in state.graph.watches.values())
    yield truth(reading.act, band=True) is not True
    yield truth(reading.warn, band=True) is not True


def _numbers(state: RunState, reading: Reading, step: Step | None) -> list[str]:
    """The numbers on both sides of every limit that is set for a reading, the middle of its range first."""
    runbook = state.graph.runbook
    texts = [reading.warn, reading.act, *runbook.exit, *(watch.when for watch in runbook.watches)]
    texts += [step.expect.that] if step is not None and step.expect is not None else []
    limits = [Decimal(found) for text in texts if text for found in _NUMBER.findall(text)]
    limits += [number for text in texts if text for number in _site_numbers(state, text)]
    least = reading.least if reading.least is not None else Decimal(0)
    most = reading.most if reading.most is not None else Decimal(100)
    step_size = Decimal(1).scaleb(-(reading.precision if reading.precision is not None else 1))
    around = [one for limit in limits for one in (limit - step_size, limit, limit + step_size)]
    listed = [Decimal(0), *around, (least + most) / 2, least, most]
    inside = [one.quantize(step_size) for one in listed if least <= one <= most]
    return list(dict.fromkeys(str(one) for one in inside)) or [str(least)]


def _site_numbers(state: RunState, text: str) -> Iterable[Decimal]:
    for name in _SITE.findall(text):
        fact = state.graph.site_fact(name.removeprefix("site."), state.room)
        if fact is not None and fact.number is not None:
            yield fact.number
