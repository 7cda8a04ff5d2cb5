"""Answering against what the readings suggest: never without a reason, and where lives hang on it not alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.condition import evaluate, parse
from engine.errors import Refused
from engine.events import AnswerGiven, ReadingTaken, SignedOff
from engine.facts import facts_at
from engine.rules.proposal import Proposal
from engine.run.situation import value_of
from engine.state import AGREED, RunState, StepState, Value


def given_with(state: RunState, proposal: Proposal, one: StepState) -> dict[str, Value]:
    """The readings of a step that come with the proposal."""
    known = state.graph.readings
    return {
        said.reading: value_of(known[said.reading], said)
        for said in proposal.of(ReadingTaken, one.step.id)
        if said.reading in known and not said.second
    }


def is_against(
    state: RunState,
    one: StepState,
    answer: str | None,
    at: datetime,
    given: Mapping[str, Value] | None = None,
) -> bool:
    """Whether the criterion of an answer is known not to hold; UNKNOWN is not against anything."""
    when = next((known.when for known in one.step.answers if known.id == answer), None)
    if one.step.kind != "ask" or when is None:
        return False
    return evaluate(parse(when), facts_at(state, at, one.step.id, given)).value is False


def check_suggestion(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    """An answer that its own criterion denies says why; at a safety step another person signs it too."""
    if not is_against(state, one, event.answer, proposal.at, given_with(state, proposal, one)):
        return
    says = next(known.says for known in one.step.answers if known.id == event.answer)
    if not (event.deviation or event.reason or "").strip():
        raise Refused("against-why", step=one.step.text, answer=says)
    signed = {sign.person for sign in proposal.of(SignedOff, one.step.id) if sign.purpose in AGREED}
    if one.step.cls == "safety" and not signed - proposal.authors(one.step.id):
        raise Refused("against-alone", step=one.step.text, answer=says)
