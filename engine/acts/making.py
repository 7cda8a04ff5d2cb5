"""What acts are made of: the events that several of them share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import events as ev
from engine.acts.kinds import Act, Given
from engine.errors import Refused
from engine.events import Event
from engine.plan import Step
from engine.rules import Proposal, items_of, reopens
from engine.rules.finishing import done_by_two
from engine.rules.signatures import second_role
from engine.state import RunState, StepState


@dataclass(frozen=True, slots=True)
class Making:
    state: RunState
    act: Act
    given: Given
    actor: str
    now: datetime

    @property
    def one(self) -> StepState:
        found = self.state.steps.get(self.act.step or "")
        if found is None:
            raise Refused("unknown-step", step=self.act.step or "")
        return found

    @property
    def step(self) -> Step:
        return self.one.step

    @property
    def reason(self) -> str:
        return self.given.reason or ""

    def proposal(self, events: Iterable[Event]) -> Proposal:
        return Proposal(tuple(events), self.actor, "", self.now, self.now)


def before_finishing(making: Making) -> list[Event]:
    """The warning, the values, the lines, the evidence and the second person."""
    step, given = making.step, making.given
    made: list[Event] = warning_of(making)
    made += [reading_of(making, name, value, step.id) for name, value in given.values.items()]
    made += ticks_of(making, items_of(making.state, step, making.proposal(made)))
    if step.declare_level and given.level is not None:
        made.append(ev.LevelDeclared(given.level, by=given.by, basis=given.basis))
    if given.evidence:
        made.append(ev.EvidenceAttached(given.evidence, given.digest, given.size, step.id, by=given.by))
    if given.second and done_by_two(step):
        made.append(second_sign(making, "together"))
    return made


def warning_of(making: Making) -> list[Event]:
    """The walker has drawn every page before it offers the act; the record says so once per visit."""
    one = making.one
    return [ev.WarningShown(one.step.id, by=making.given.by)] if one.step.warn and not one.warned else []


def reading_of(
    making: Making, name: str, value: str, step_id: str | None, *, second_by: str | None = None
) -> ev.ReadingTaken:
    reading = making.state.graph.readings.get(name)
    if reading is None:
        raise Refused("unknown-reading", reading=name)
    given = making.given
    return ev.ReadingTaken(
        name,
        value.translate(_NARROW) if reading.kind == "number" else value,
        reading.unit,
        step_id,
        source=given.source,
        second=second_by is not None,
        reason=given.reason,
        by=second_by or given.by,
        basis=given.basis,
    )


_NARROW = str.maketrans("０１２３４５６７８９．－＋", "0123456789.-+")
"""Digits as a Chinese input method types them wide, and as the record writes them."""


def ticks_of(making: Making, lines: Sequence[str]) -> list[Event]:
    given = making.given
    names = dict(enumerate(lines, start=1))
    return [
        ev.ItemTicked(making.step.id, item, names.get(item, ""), by=given.by, basis=given.basis)
        for item in given.items
    ]


def second_sign(making: Making, purpose: str) -> ev.SignedOff:
    given, second = making.given, making.given.second or ""
    return ev.SignedOff(
        making.step.id,
        second,
        second_role(making.state, making.step, second, purpose) or "",
        purpose,
        given.second_strength or "voice",
        channel=given.second_channel,
    )


def done_event(making: Making, number: int | None = None) -> ev.StepDone:
    given = making.given
    return ev.StepDone(
        making.step.id,
        round=number,
        deviation=given.deviation,
        tag=given.tag,
        by=given.by,
        basis=given.basis,
    )


def told_event(making: Making, group: str | None, step_id: str | None) -> ev.Told:
    """In a drill nobody outside is told: the words stand in the record in full, as those that were held back."""
    given = making.given
    return ev.Told(
        group or "",
        given.text or "",
        given.channel or "",
        "suppressed" if making.state.kind == "D" else given.outcome or "voice",
        given.to,
        step_id,
        given.by,
        given.basis,
    )


def answer_of(making: Making, answer: str | None) -> ev.AnswerGiven:
    step, given = making.step, making.given
    if answer is None:
        raise Refused("answer-first", step=step.text, answers=tuple(known.says for known in step.answers))
    return ev.AnswerGiven(
        step.id,
        answer,
        reopens(making.state, step.id, answer),
        reason=given.reason,
        deviation=given.deviation,
        tag=given.tag,
        by=given.by,
        basis=given.basis,
    )
