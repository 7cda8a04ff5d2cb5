"""When a step may be begun, done, failed, skipped, deferred, overridden or reopened."""

from __future__ import annotations

from datetime import datetime

from engine.errors import Refused
from engine.events import (
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    StepStarted,
)
from engine.facts import holds, not_read_yet
from engine.plan import Step
from engine.road import Place
from engine.rules.finishing import (
    as_expected,
    check_warned,
    own_ending,
    ready_to_finish,
    repeat_is_over,
    tag_is_right,
    wait_is_over,
)
from engine.rules.proposal import (
    Proposal,
    a_moment,
    known,
    need_reason,
    not_left_unclear,
    open_now,
)
from engine.rules.signatures import check_alone, check_in_run, hold_is_signed, missing_titles, same_words
from engine.rules.standing import check_stands, why_not
from engine.state import RunState, StepState


def step_started(state: RunState, proposal: Proposal, event: StepStarted) -> None:
    if event.missed is not None:
        _limit_passed(state, event.missed, event.step)
        return
    one = open_now(state, event.step)
    if one.asks_whether:
        raise Refused("whether-first", step=one.step.text)
    if one.started_at is not None and not one.step.restart:
        raise Refused("already-started", step=one.step.text)
    check_warned(proposal, one)
    if one.step.check_tag and one.step.tag is not None:
        tag_is_right(one.step, event.tag)


def _limit_passed(state: RunState, late: str, opened: str) -> None:
    one = known(state, late)
    if one.step.missed != opened or one.missed_at is not None:
        raise Refused("already-settled", step=one.step.text)
    if state.place(late) not in (Place.OPEN, Place.WAITING):
        open_now(state, late)


def step_done(state: RunState, proposal: Proposal, event: StepDone) -> None:
    if event.confirms is not None:
        _confirmed(state, event)
        return
    one = open_now(state, event.step)
    not_left_unclear(one)
    if event.round is not None:
        _visit(state, proposal, one, event)
    elif one.step.decides:
        raise Refused("answer-instead", step=one.step.text)
    elif one.step.repeat is not None:
        _repeat_ends(state, proposal, one)
    else:
        _end_of_its_kind(state, proposal, one)
        ready_to_finish(state, proposal, one)
        as_expected(state, proposal, one, event.deviation)


def _confirmed(state: RunState, event: StepDone) -> None:
    one = known(state, event.step)
    if not one.recheck or state.place(event.step) is Place.OFF:
        raise Refused("nothing-to-confirm", step=one.step.text)
    if one.step.kind == "hold":
        raise Refused("sign-anew", step=one.step.text)
    if event.confirms not in {head.hash for head in one.heads}:
        raise Refused("nothing-to-confirm", step=one.step.text)


def _visit(state: RunState, proposal: Proposal, one: StepState, event: StepDone) -> None:
    if one.step.repeat is None:
        raise Refused("not-repeated", step=one.step.text)
    if event.round != one.round + 1:
        raise Refused("wrong-round", step=one.step.text, round=one.round + 1)
    own_ending(proposal, one)
    ready_to_finish(state, proposal, one)
    as_expected(state, proposal, one, event.deviation)


def _repeat_ends(state: RunState, proposal: Proposal, one: StepState) -> None:
    if one.asks_whether:
        raise Refused("whether-first", step=one.step.text)
    if not repeat_is_over(state, one, proposal.at):
        raise Refused("goes-on", step=one.step.text)


def _end_of_its_kind(state: RunState, proposal: Proposal, one: StepState) -> None:
    step = one.step
    if step.kind == "hold" and not hold_is_signed(state, one, proposal):
        raise Refused("signatures-missing", step=step.text, roles=missing_titles(state, one, proposal))
    if step.kind == "hold":
        check_stands(state, proposal, one)
    if step.kind == "wait" and not wait_is_over(state, one, proposal.at):
        _read_first(state, one, proposal.at)
        raise Refused("wait-goes-on", step=step.text)
    own_ending(proposal, one)


def _read_first(state: RunState, one: StepState, at: datetime) -> None:
    """A safety wait that an older value would end is not ended by it: somebody looks again."""
    unread = not_read_yet(state, one)
    if unread and holds(state, one.step.wait_until or "", at, one.step.id) is True:
        labels = tuple(state.graph.readings[name].label for name in unread)
        raise Refused("reading-missing", step=one.step.text, readings=labels)


def step_failed(state: RunState, _proposal: Proposal, event: StepFailed) -> None:
    one = open_now(state, event.step)
    need_reason(event.reason)
    not_left_unclear(one)
    if one.step.decides:
        raise Refused("answer-instead", step=one.step.text)
    if one.step.kind == "hold":
        raise Refused("signatures-missing", step=one.step.text, roles=missing_titles(state, one))
    if one.step.kind == "contact":
        raise Refused("not-reached", step=one.step.text)


def step_skipped(state: RunState, proposal: Proposal, event: StepSkipped) -> None:
    one = open_now(state, event.step)
    need_reason(event.reason)
    not_left_unclear(one)
    if not may_be_skipped(one.step):
        raise Refused("not-optional", step=one.step.text)
    _check_mark_time(proposal, event.mark_at)


def may_be_skipped(step: Step) -> bool:
    """Whether one person may pass over a step: it is optional, decides nothing, and is not for two."""
    return step.cls == "optional" and not step.decides and step.kind != "hold" and not step.never_alone


def _check_mark_time(proposal: Proposal, mark_at: str | None) -> None:
    if mark_at is not None and a_moment(mark_at) > proposal.now:
        raise Refused("in-the-future")


# --- later


def step_deferred(state: RunState, _proposal: Proposal, event: StepDeferred) -> None:
    one = open_now(state, event.step)
    need_reason(event.reason)
    not_left_unclear(one)
    if not may_be_deferred(one.step):
        raise Refused("not-deferrable", step=one.step.text)
    if state.is_put_off(event.step):
        raise Refused("already-settled", step=one.step.text)
    _check_when_back(state, one.step, event.until)


def may_be_deferred(step: Step) -> bool:
    """Whether a step can be put off at all: nobody passes a hold without its signatures."""
    return not step.decides and step.kind != "hold" and step.cls != "safety" and step.defer is not None


def _check_when_back(state: RunState, step: Step, until: str | None) -> None:
    limit = None if step.defer == "end" else step.defer
    if limit is not None and until != limit:
        raise Refused("defer-limit", step=step.text, until=state.graph.steps[limit].text)
    if until is not None:
        known(state, until)
        if until not in can_come_back_before(state, step.id, (until,)):
            raise Refused("defer-too-late", step=step.text, until=state.graph.steps[until].text)


def can_come_back_before(state: RunState, step_id: str, names: tuple[str, ...]) -> list[str]:
    """Those of the steps named that a deferred step can come back before: not open, done, or above it."""
    fresh = [name for name in names if not state.steps[name].opened and not state.steps[name].settled]
    # A repeated step that ends with a later one cannot have come back before that.
    return [name for name in fresh if name != step_id and step_id not in state.graph.below(name, ends=True)]


# --- by decision


def step_overridden(state: RunState, proposal: Proposal, event: StepOverridden) -> None:
    one = open_now(state, event.step)
    need_reason(event.reason)
    if one.only_to_confirm:
        raise Refused("only-confirm", step=one.step.text)
    _check_override_answer(state, one, event.answer)
    _check_mark_time(proposal, event.mark_at)
    check_in_run(state, proposal.by(event.step))
    signs = [sign for sign in proposal.of(SignedOff, event.step) if sign.purpose == "override"]
    if event.alone:
        check_alone(state, one, event.read_back, proposal.authors(event.step))
    elif one.step.guarded and not signs:
        raise Refused("second-person-first", step=one.step.text)
    # One word of a reason is soon typed; what is dared here is read back, and stands in the record.
    dared = event.answer != "refused" and why_not(state, one, proposal.at) is not None
    if dared and not same_words(event.read_back, one.step.text):
        raise Refused("read-back-first", step=one.step.text)


def _check_override_answer(state: RunState, one: StepState, answer: str | None) -> None:
    step = one.step
    if not step.decides:
        if answer is not None:
            raise Refused("unknown-answer", step=step.text, answer=answer)
        return
    found = next((known for known in step.answers if known.id == answer), None)
    if found is None:
        raise Refused("override-answer", step=step.text, answers=tuple(known.says for known in step.answers))
    if goes_back(state, step.id, found.id):
        raise Refused("override-goes-on", step=step.text)


def goes_back(state: RunState, step_id: str, answer: str) -> bool:
    """Whether this answer leads back now: it has a way back, and turns left."""
    back = state.graph.backs.get((step_id, answer))
    return back is not None and state.turns.get((step_id, answer), 0) < back.at_most


def step_reopened(state: RunState, _proposal: Proposal, event: StepReopened) -> None:
    one = known(state, event.step)
    need_reason(event.reason)
    if one.status is None and not one.passed and not one.contradicted:
        raise Refused("nothing-to-reopen", step=one.step.text)
    if state.place(event.step) is Place.OFF:
        raise Refused("not-applicable", step=one.step.text)
    if one.only_to_confirm:
        raise Refused("only-confirm", step=one.step.text)
