"""How steps with answers end, and the way back."""

from __future__ import annotations

from engine.errors import Refused
from engine.events import AnswerGiven, ContactTried
from engine.rules.finishing import (
    as_expected,
    check_warned,
    missing_readings,
    own_ending,
    ready_to_finish,
    repeat_is_over,
)
from engine.rules.proposal import Proposal, known, need_reason, not_left_unclear, open_now
from engine.rules.signatures import TRIES_BEFORE_ALONE, hold_is_signed, missing_titles
from engine.rules.standing import check_stands
from engine.rules.steps import goes_back
from engine.rules.suggestion import check_suggestion
from engine.run import ENTRY
from engine.state import RunState, StepState


def answer_given(state: RunState, proposal: Proposal, event: AnswerGiven) -> None:
    if event.step.startswith(ENTRY):
        _entry_answer(state, event)
        return
    one = known(state, event.step)
    if not one.step.decides:
        _whether(state, one, event)
        return
    _its_turn(state, one, event)
    if event.answer not in {answer.id for answer in one.step.answers}:
        raise Refused("unknown-answer", step=one.step.text, answer=event.answer)
    if event.reopens != reopens(state, event.step, event.answer):
        raise Refused("wrong-way-back", step=one.step.text)
    if one.asks_whether:
        raise Refused("whether-first", step=one.step.text)
    _DECIDING[one.step.kind](state, proposal, one, event)


def _entry_answer(state: RunState, event: AnswerGiven) -> None:
    number = event.step.removeprefix(ENTRY)
    if number not in {str(index) for index in range(len(state.graph.runbook.entry))}:
        raise Refused("unknown-step", step=event.step)
    if event.answer not in ("yes", "no"):
        words = state.graph.runbook.entry[int(number)]
        raise Refused("unknown-answer", step=words, answer=event.answer)


def _whether(state: RunState, one: StepState, event: AnswerGiven) -> None:
    if not one.asks_whether:
        raise Refused("no-answers", step=one.step.text)
    open_now(state, event.step)
    if event.answer not in ("do", "pass"):
        raise Refused("unknown-answer", step=one.step.text, answer=event.answer)
    if event.answer == "pass" and one.step.never_alone:
        raise Refused("never-alone", step=one.step.text)


def _its_turn(state: RunState, one: StepState, event: AnswerGiven) -> None:
    if one.step.id in state.lists.decided:
        need_reason(event.reason)
        if one.answer == event.answer:
            raise Refused("already-settled", step=one.step.text)
        return
    open_now(state, event.step)
    not_left_unclear(one)


def reopens(state: RunState, step_id: str, answer: str) -> tuple[str, ...]:
    """The steps that open again with this answer; none when it leads on."""
    if not goes_back(state, step_id, answer):
        return ()
    return state.graph.between(state.graph.backs[step_id, answer].step, step_id)


# --- what decides, by kind


def _asked(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    ready_to_finish(state, proposal, one)
    check_suggestion(state, proposal, one, event)


def _hold(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    if event.answer == "refused":
        check_warned(proposal, one)
        need_reason(event.reason)
        return
    if not hold_is_signed(state, one, proposal):
        raise Refused("signatures-missing", step=one.step.text, roles=missing_titles(state, one, proposal))
    check_stands(state, proposal, one)
    ready_to_finish(state, proposal, one)


def _contact(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    if event.answer == "reached":
        own_ending(proposal, one)
        ready_to_finish(state, proposal, one)
    elif not calls_used_up(state, one, proposal.actor, proposal):
        raise Refused("calls-left", step=one.step.text)


def _expected(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    """Met needs everything the step asks for and a value that meets; unmet needs a value or a reason."""
    if event.answer == "met":
        if one.step.repeat is not None and not repeat_is_over(state, one, proposal.at):
            raise Refused("goes-on", step=one.step.text)
        if one.step.repeat is None:
            own_ending(proposal, one)
            ready_to_finish(state, proposal, one)
            as_expected(state, proposal, one, event.deviation)
    elif missing_readings(state, one, proposal):
        need_reason(event.reason)
    else:
        check_warned(proposal, one)


_DECIDING = {
    "ask": _asked,
    "hold": _hold,
    "contact": _contact,
    "do": _expected,
    "tell": _expected,
    "wait": _asked,
    "run": _asked,
}
"""What an answer needs, by the kind of the step."""


# --- whom to call


def call_list(state: RunState, role: str, by: str = "") -> tuple[str, ...]:
    """Whom `by` can call for a role: who holds it here, then those of the site, each followed by the deputy."""
    names = list(state.holders(role))
    for person in state.graph.site.people:
        if role in person.roles:
            names += [person.id] if person.deputy is None else [person.id, person.deputy]
    return tuple(name for name in dict.fromkeys(names) if name != by)


def calls_used_up(state: RunState, one: StepState, by: str = "", proposal: Proposal | None = None) -> bool:
    """Whether everybody whom `by` can call was tried, and at least three calls were made.

    Where nobody but `by` acts in the role there is nobody to call at all.
    """
    role = one.step.target or ""
    tried = [call.person for call in one.tries]
    if proposal is not None:
        tried += [event.person for event in proposal.of(ContactTried, one.step.id)]
    listed = call_list(state, role, by)
    if not listed and call_list(state, role):
        return True
    return len(tried) >= TRIES_BEFORE_ALONE and set(tried) >= set(listed)
