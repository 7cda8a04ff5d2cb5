"""What may happen now. `check` refuses with one sentence; it changes nothing.

Several events that are written together (a value and the answer it decides, signatures and what they
release) are checked together: each may rest on those beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.condition import Known, Missing, evaluate, parse
from engine.errors import Refused
from engine.events import (
    BASES,
    Acknowledged,
    AnswerGiven,
    ChildOpened,
    ContactTried,
    Event,
    EvidenceAttached,
    HandoverSigned,
    ItemTicked,
    LevelDeclared,
    NoteAdded,
    PersonJoined,
    PersonLeft,
    ReadingTaken,
    ReportIssued,
    RoleTaken,
    RunEnded,
    RunHeld,
    RunOpened,
    RunResumed,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    StepStarted,
    Told,
    WarningShown,
    WatchRaised,
    WatchRetired,
    moment_of,
)
from engine.facts import facts_at, holds
from engine.plan import LEVELS, Reading, Step
from engine.road import Place
from engine.run import ENTRY, PUT_BACK
from engine.state import COMMAND, RunState, StepState
from engine.text import Text

TRIES_BEFORE_ALONE = 3
"""Recorded tries to reach somebody before a hold may be passed alone."""

STRENGTHS = ("own-device", "pin", "voice")
"""How a signature was given, strongest first."""

OUTCOMES = ("answered", "no-answer", "busy", "off", "refused")
"""How a try to reach somebody ended."""

NOTE_KINDS = ("note", "mismatch", "proposal", *PUT_BACK)

AFTER_THE_END = (NoteAdded, EvidenceAttached, Told, ReportIssued, Acknowledged)
"""What an ended run still takes."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Events put forward together: by whom, on which device, when they happened, and what time it is."""

    events: tuple[Event, ...]
    actor: str
    journal: str
    at: datetime
    now: datetime

    def of(self, kind: type[Event], step_id: str) -> list[Any]:
        """The events of a kind about a step."""
        return [one for one in self.events if type(one) is kind and getattr(one, "step", None) == step_id]


def check(state: RunState, proposal: Proposal) -> None:
    """Refuse what may not happen now; return when it may."""
    if not proposal.events:
        raise Refused("nothing-proposed")
    _check_time(state, proposal)
    for event in proposal.events:
        if state.ended is not None and not isinstance(event, AFTER_THE_END):
            raise Refused("run-ended")
        basis = getattr(event, "basis", "asserted")
        if basis not in BASES:
            raise Refused("unknown-basis", basis=basis)
        rule = _RULES.get(type(event))
        if rule is None:
            raise Refused("not-for-a-run")
        rule(state, proposal, event)


def _check_time(state: RunState, proposal: Proposal) -> None:
    opening = isinstance(proposal.events[0], RunOpened)
    if opening != (state.opened_at is None):
        raise Refused("already-open" if opening else "not-opened")
    if proposal.at > proposal.now:
        raise Refused("in-the-future")
    if state.opened_at is not None and proposal.at < state.opened_at:
        raise Refused("before-the-run")


# --- what is asked of a step


def _known(state: RunState, step_id: str) -> StepState:
    one = state.steps.get(step_id)
    if one is None:
        raise Refused("unknown-step", step=step_id)
    return one


def _open(state: RunState, step_id: str) -> StepState:
    """The step, when it is to be done now; else why not, naming what it waits for."""
    one = _known(state, step_id)
    place = state.place(step_id)
    if place is Place.OPEN or (one.status == "deferred" and place is Place.SETTLED):
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
    before += [one for one in state.before.get(step_id, ()) if state.steps[one].status == "deferred"]
    return tuple(state.graph.steps[name].text for name in dict.fromkeys(before))


def needed_readings(step: Step, state: RunState) -> tuple[str, ...]:
    """The readings a step asks for: those it records, and those its expectation is about."""
    asked = list(step.record)
    if step.expect is not None and step.expect.that is not None:
        asked += [name for name, _ in parse(step.expect.that).names if name in state.graph.readings]
    return tuple(dict.fromkeys(asked))


def missing_readings(state: RunState, one: StepState, proposal: Proposal) -> tuple[str, ...]:
    """Readings of the step that were not taken in this visit nor come with the proposal."""
    given = {event.reading for event in proposal.of(ReadingTaken, one.step.id) if not event.second}
    return tuple(
        name for name in needed_readings(one.step, state) if name not in one.readings and name not in given
    )


def items_of(state: RunState, step: Step, proposal: Proposal | None = None) -> tuple[str, ...]:
    """The lines to tick: those of `check`, or the items of the list reading of `each`."""
    if step.check:
        return tuple(line.zh if line.zh == line.en else f"{line.zh} / {line.en}" for line in step.check)
    if step.each is None:
        return ()
    heads = state.readings.get(step.each, ())
    text = heads[-1].value.text if heads else ""
    for event in proposal.events if proposal is not None else ():
        if isinstance(event, ReadingTaken) and event.reading == step.each:
            text = event.value
    return tuple(line for line in text.split("\n") if line.strip())


def _ready_to_finish(state: RunState, proposal: Proposal, one: StepState) -> None:
    """Everything that must be there before a step may end well."""
    step = one.step
    if one.asks_whether:
        raise Refused("whether-first", step=step.text)
    _check_warned(proposal, one)
    _check_tag(proposal, one)
    missing = missing_readings(state, one, proposal)
    if missing:
        raise Refused(
            "reading-missing", step=step.text, readings=tuple(state.graph.readings[name].label for name in missing)
        )
    _check_items(state, proposal, one)
    if step.evidence_required and not one.evidence and not proposal.of(EvidenceAttached, step.id):
        raise Refused("evidence-missing", step=step.text)
    if step.verify == "together" and not _second_signature(one, proposal, "together"):
        raise Refused("together-first", step=step.text)


def _check_warned(proposal: Proposal, one: StepState) -> None:
    if one.step.warn is not None and not one.warned and not proposal.of(WarningShown, one.step.id):
        raise Refused("warning-first", step=one.step.text)


def _check_tag(proposal: Proposal, one: StepState) -> None:
    """An act that cannot be taken back names the equipment it is done to."""
    step = one.step
    if step.tag is None or not (step.irreversible or step.check_tag):
        return
    typed = [event.tag for event in proposal.events if getattr(event, "step", None) == step.id and hasattr(event, "tag")]
    if step.check_tag and not step.irreversible and one.started_at is not None:
        return
    if not any(same_tag(tag, step.tag) for tag in typed):
        wrong = next((tag for tag in typed if tag), None)
        if wrong is not None:
            raise Refused("wrong-tag", step=step.text, tag=step.tag, typed=wrong)
        raise Refused("tag-first", step=step.text, tag=step.tag)


def same_tag(typed: str | None, tag: str) -> bool:
    """Whether what was typed is the tag; capitals and spaces do not matter."""
    return typed is not None and "".join(typed.split()).casefold() == "".join(tag.split()).casefold()


def _check_items(state: RunState, proposal: Proposal, one: StepState) -> None:
    items = items_of(state, one.step, proposal)
    ticked = set(one.ticks) | {event.item for event in proposal.of(ItemTicked, one.step.id)}
    missing = [name for number, name in enumerate(items, start=1) if number not in ticked]
    if missing:
        raise Refused("items-missing", step=one.step.text, items=tuple(missing))


def _second_signature(one: StepState, proposal: Proposal, purpose: str) -> bool:
    return any(sign.purpose == purpose for sign in one.signatures) or any(
        event.purpose == purpose for event in proposal.of(SignedOff, one.step.id)
    )


def expectation(state: RunState, one: StepState, proposal: Proposal) -> bool | None:
    """Whether the expectation of a step holds with the values that come with the proposal."""
    expect = one.step.expect
    if expect is None or expect.that is None:
        return None
    given = {
        event.reading: _value_of(state.graph.readings[event.reading], event.value)
        for event in proposal.of(ReadingTaken, one.step.id)
        if event.reading in state.graph.readings and not event.second
    }
    known = facts_at(state, proposal.at, one.step.id)

    def facts(name: str) -> Known | Missing:
        return Known(given[name], at=proposal.at) if name in given else known(name)

    return evaluate(parse(expect.that), facts).value


def _value_of(reading: Reading, text: str) -> Decimal | bool | str:
    if reading.kind == "number":
        return Decimal(text)
    return text == "yes" if reading.kind == "yes-no" else text


# --- steps


def _step_started(state: RunState, proposal: Proposal, event: StepStarted) -> None:
    if event.missed is not None:
        late = _open(state, event.missed)
        if late.missed or late.step.missed != event.step:
            raise Refused("already-settled", step=late.step.text)
        return
    one = _open(state, event.step)
    if one.started_at is not None:
        raise Refused("already-started", step=one.step.text)
    if one.step.check_tag and one.step.tag is not None and not same_tag(event.tag, one.step.tag):
        if event.tag:
            raise Refused("wrong-tag", step=one.step.text, tag=one.step.tag, typed=event.tag)
        raise Refused("tag-first", step=one.step.text, tag=one.step.tag)


def _step_done(state: RunState, proposal: Proposal, event: StepDone) -> None:
    one = _known(state, event.step)
    if event.confirms is not None:
        _confirmable(state, one)
        return
    one = _open(state, event.step)
    if one.recheck and one.step.irreversible:
        raise Refused("only-confirm", step=one.step.text)
    if one.step.decides:
        raise Refused("answer-instead", step=one.step.text)
    if event.round is not None:
        _round(one, event)
    elif one.step.repeat is not None and not _repeat_over(state, one, proposal.at):
        raise Refused("goes-on", step=one.step.text)
    else:
        _own_ending(state, proposal, one)
    if one.step.repeat is None or event.round is not None:
        _ready_to_finish(state, proposal, one)
    met = expectation(state, one, proposal)
    if met is not True and one.step.expect is not None and one.step.expect.that and not event.deviation:
        raise Refused("deviation-first", step=one.step.text)


def _confirmable(state: RunState, one: StepState) -> None:
    if not one.recheck:
        raise Refused("nothing-to-confirm", step=one.step.text)
    if one.step.kind == "hold":
        raise Refused("sign-anew", step=one.step.text)


def _round(one: StepState, event: StepDone) -> None:
    if one.step.repeat is None:
        raise Refused("not-repeated", step=one.step.text)
    if event.round != len(one.rounds) + 1:
        raise Refused("wrong-round", step=one.step.text, round=len(one.rounds) + 1)


def _repeat_over(state: RunState, one: StepState, at: datetime) -> bool:
    """Whether a repeated step has come to the end the plan gives it."""
    repeat = one.step.repeat
    assert repeat is not None
    if repeat.span is not None and one.opened_at is not None and at - one.opened_at >= repeat.span.length:
        return True
    if repeat.until_is == "condition":
        return holds(state, repeat.until or "", at, one.step.id) is True
    return False


def _own_ending(state: RunState, proposal: Proposal, one: StepState) -> None:
    """What each kind of step needs besides values."""
    step = one.step
    if step.kind == "hold" and not hold_is_signed(state, one, proposal):
        raise Refused("signatures-missing", step=step.text, roles=missing_roles(state, one, proposal))
    if step.kind == "wait" and not wait_is_over(state, one, proposal.at):
        raise Refused("wait-goes-on", step=step.text)
    if step.kind == "contact" and not _was_reached(one, proposal):
        raise Refused("not-reached", step=step.text)
    if step.kind == "tell" and not proposal.of(Told, step.id):
        raise Refused("not-told", step=step.text)
    if step.kind == "run" and one.child is None:
        raise Refused("child-first", step=step.text)


def wait_is_over(state: RunState, one: StepState, at: datetime) -> bool:
    """Whether a wait has run out by `at`."""
    step = one.step
    if step.span is not None:
        start = one.started_at if step.restart and one.started_at else one.opened_at
        return start is not None and at - start >= step.span.length
    if step.wait_until is None:
        return True
    if holds(state, step.wait_until, at, step.id) is not True:
        return False
    if step.steady is None:
        return True
    return one.true_since is not None and at - one.true_since >= step.steady.length


def _was_reached(one: StepState, proposal: Proposal) -> bool:
    tries = [*one.tries, *proposal.of(ContactTried, one.step.id)]
    return any(tried.outcome == "answered" for tried in tries)


def _step_failed(state: RunState, proposal: Proposal, event: StepFailed) -> None:
    one = _open(state, event.step)
    _reason(event.reason)
    if one.step.decides:
        raise Refused("answer-instead", step=one.step.text)


def _reason(text: str | None) -> None:
    if text is None or not text.strip():
        raise Refused("reason-first")


def _step_skipped(state: RunState, proposal: Proposal, event: StepSkipped) -> None:
    one = _open(state, event.step)
    _reason(event.reason)
    if one.step.cls != "optional" or one.step.decides:
        raise Refused("not-optional", step=one.step.text)
    _mark_time(proposal, event.mark_at)


def _mark_time(proposal: Proposal, mark_at: str | None) -> None:
    if mark_at is None:
        return
    try:
        moment = moment_of(mark_at)
    except ValueError:
        raise Refused("not-a-time", text=mark_at) from None
    if moment > proposal.now:
        raise Refused("in-the-future")


def _step_deferred(state: RunState, proposal: Proposal, event: StepDeferred) -> None:
    one = _open(state, event.step)
    _reason(event.reason)
    step = one.step
    if step.decides or step.cls == "safety" or step.defer is None:
        raise Refused("not-deferrable", step=step.text)
    if one.status == "deferred":
        raise Refused("already-settled", step=step.text)
    limit = None if step.defer == "end" else step.defer
    if limit is not None and event.until != limit:
        raise Refused("defer-limit", step=step.text, until=state.graph.steps[limit].text)
    if event.until is not None:
        _comes_back_before(state, step, _known(state, event.until))


def _comes_back_before(state: RunState, step: Step, until: StepState) -> None:
    """A deferred step cannot come back before one that is done, is open, or stands above it."""
    above = until.step.id == step.id or step.id in set(state.graph.below(until.step.id))
    if above or until.opened or until.settled:
        raise Refused("defer-too-late", step=step.text, until=until.step.text)


def _step_overridden(state: RunState, proposal: Proposal, event: StepOverridden) -> None:
    one = _open(state, event.step)
    _reason(event.reason)
    step = one.step
    if step.decides:
        _override_answer(state, one, event.answer)
    elif event.answer is not None:
        raise Refused("unknown-answer", step=step.text, answer=event.answer)
    _mark_time(proposal, event.mark_at)
    if event.alone:
        _alone(state, one, event)
    elif step.cls == "safety" or step.kind == "hold":
        if step.never_alone and step.kind == "hold":
            raise Refused("never-overridden", step=step.text)
        if not proposal.of(SignedOff, step.id):
            raise Refused("second-person-first", step=step.text)


def _override_answer(state: RunState, one: StepState, answer: str | None) -> None:
    found = next((known for known in one.step.answers if known.id == answer), None)
    if found is None:
        raise Refused("override-answer", step=one.step.text, answers=tuple(known.id for known in one.step.answers))
    if found.back is not None and state.turns.get((one.step.id, found.id), 0) < found.back.at_most:
        raise Refused("override-goes-on", step=one.step.text)


def _alone(state: RunState, one: StepState, event: StepOverridden) -> None:
    """Nobody else can be reached: three tries, a reason, and the words of the step read back."""
    step = one.step
    if step.never_alone:
        raise Refused("never-alone", step=step.text)
    if step.cls != "safety" and step.kind != "hold":
        raise Refused("alone-needless", step=step.text)
    tries = tries_in_vain(state, one)
    if tries < TRIES_BEFORE_ALONE:
        raise Refused("try-first", step=step.text, tries=tries, needed=TRIES_BEFORE_ALONE)
    if not same_words(event.read_back, step.text):
        raise Refused("read-back-first", step=step.text)


def tries_in_vain(state: RunState, one: StepState) -> int:
    """How often, since the step opened, somebody could not be reached."""
    opened_at = one.opened_at
    return sum(
        1 for tried in state.tries if tried.outcome != "answered" and opened_at is not None and tried.at >= opened_at
    )


def same_words(typed: str | None, text: Text) -> bool:
    """Whether the typed words are the step's, in either language; spaces and punctuation do not matter."""
    return typed is not None and _letters(typed) in {_letters(text.zh), _letters(text.en)}


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _step_reopened(state: RunState, proposal: Proposal, event: StepReopened) -> None:
    one = _known(state, event.step)
    _reason(event.reason)
    if one.status is None:
        raise Refused("nothing-to-reopen", step=one.step.text)


def _answer_given(state: RunState, proposal: Proposal, event: AnswerGiven) -> None:
    if event.step.startswith(ENTRY):
        _entry_answer(state, event)
        return
    one = _known(state, event.step)
    if not one.step.decides:
        _whether(state, one, event)
        return
    changing = state.place(event.step) is Place.SETTLED and one.step.kind == "ask"
    if not changing:
        one = _open(state, event.step)
    answer = next((known for known in one.step.answers if known.id == event.answer), None)
    if answer is None:
        raise Refused("unknown-answer", step=one.step.text, answer=event.answer)
    if changing and one.answer == event.answer and not one.recheck:
        raise Refused("already-settled", step=one.step.text)
    _check_reopens(state, one, event)
    _check_deciding(state, proposal, one, event)


def _entry_answer(state: RunState, event: AnswerGiven) -> None:
    number = event.step.removeprefix(ENTRY)
    if not number.isdecimal() or int(number) >= len(state.graph.runbook.entry):
        raise Refused("unknown-step", step=event.step)
    if event.answer not in ("yes", "no"):
        raise Refused("unknown-answer", step=event.step, answer=event.answer)


def _whether(state: RunState, one: StepState, event: AnswerGiven) -> None:
    if not one.asks_whether:
        raise Refused("no-answers", step=one.step.text)
    if event.answer not in ("do", "pass"):
        raise Refused("unknown-answer", step=one.step.text, answer=event.answer)


def reopens(state: RunState, step_id: str, answer: str) -> tuple[str, ...]:
    """The steps that open again with this answer; none when it leads on."""
    back = state.graph.backs.get((step_id, answer))
    if back is None or state.turns.get((step_id, answer), 0) >= back.at_most:
        return ()
    return state.graph.between(back.step, step_id)


def _check_reopens(state: RunState, one: StepState, event: AnswerGiven) -> None:
    if event.reopens != reopens(state, event.step, event.answer):
        raise Refused("wrong-way-back", step=one.step.text)


def _check_deciding(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    step = one.step
    if one.asks_whether:
        raise Refused("whether-first", step=step.text)
    if step.kind == "hold":
        _check_warned(proposal, one)
        if event.answer == "signed" and not hold_is_signed(state, one, proposal):
            raise Refused("signatures-missing", step=step.text, roles=missing_roles(state, one, proposal))
        if event.answer == "refused":
            _reason(event.reason)
    elif step.kind == "contact":
        if event.answer == "reached" and not _was_reached(one, proposal):
            raise Refused("not-reached", step=step.text)
        if event.answer == "nobody" and not calls_used_up(state, one, proposal):
            raise Refused("calls-left", step=step.text)
    elif step.kind == "do":
        _check_met(state, proposal, one, event)
    else:
        _ready_to_finish(state, proposal, one)


def _check_met(state: RunState, proposal: Proposal, one: StepState, event: AnswerGiven) -> None:
    """Met needs everything the step asks for and a value that meets; unmet needs a value or a reason."""
    if event.answer == "met":
        _ready_to_finish(state, proposal, one)
        if expectation(state, one, proposal) is False and not event.deviation:
            raise Refused("not-met", step=one.step.text)
    elif missing_readings(state, one, proposal):
        _reason(event.reason)
    else:
        _check_warned(proposal, one)


def call_list(state: RunState, role: str) -> tuple[str, ...]:
    """Whom to call for a role: those of the site who hold it, each followed by the deputy."""
    names: list[str] = []
    for person in state.graph.site.people:
        if role in person.roles:
            names += [person.id] if person.deputy is None else [person.id, person.deputy]
    return tuple(dict.fromkeys(names))


def calls_used_up(state: RunState, one: StepState, proposal: Proposal) -> bool:
    """Whether everybody on the list was tried, and at least three calls were made."""
    tries = [*one.tries, *proposal.of(ContactTried, one.step.id)]
    listed = call_list(state, one.step.target or "")
    return len(tries) >= TRIES_BEFORE_ALONE and {tried.person for tried in tries} >= set(listed)


# --- signatures


def hold_is_signed(state: RunState, one: StepState, proposal: Proposal) -> bool:
    """Whether a hold has every signature it needs, those of the proposal counted."""
    return not missing_roles(state, one, proposal)


def missing_roles(state: RunState, one: StepState, proposal: Proposal | None = None) -> tuple[str, ...]:
    """The roles whose signature a hold still lacks; () when it has enough."""
    sign = one.step.sign
    if sign is None:
        return ()
    signed = [(kept.person, kept.role) for kept in one.signatures if kept.purpose == "hold"]
    if proposal is not None:
        signed += [
            (event.person, event.role) for event in proposal.of(SignedOff, one.step.id) if event.purpose == "hold"
        ]
    by_role = {role: person for person, role in signed}
    if len(set(by_role.values())) >= sign.need and len(set(by_role) & set(sign.of)) >= sign.need:
        return ()
    return tuple(role for role in sign.of if role not in by_role)


def _signed_off(state: RunState, proposal: Proposal, event: SignedOff) -> None:
    if event.strength not in STRENGTHS:
        raise Refused("unknown-strength", strength=event.strength)
    if event.strength == "voice" and not (event.channel or "").strip():
        raise Refused("voice-channel")
    if event.strength == "own-device":
        _own_device(state, proposal, event)
    one = _known(state, event.step)
    if event.confirms is not None:
        _confirmable_voice(one, event)
        return
    before = [other for other in proposal.of(SignedOff, event.step) if other is not event]
    if event.purpose == "hold":
        _open(state, event.step)
        _check_warned(proposal, one)
        signer_allowed(state, one, event.person, event.role, tuple(other.person for other in before))
    elif event.purpose in ("verify", "together", "override"):
        _second_person(state, proposal, one, event)
    else:
        raise Refused("unknown-purpose", purpose=event.purpose)


def _own_device(state: RunState, proposal: Proposal, event: SignedOff) -> None:
    """A device speaks for one person: its first signer in this run."""
    owner = state.device_signers.get(proposal.journal, event.person)
    if event.person != proposal.actor or owner != event.person:
        raise Refused("not-own-device", person=name_of(state, event.person), owner=name_of(state, owner))


def _confirmable_voice(one: StepState, event: SignedOff) -> None:
    for kept in one.signatures:
        if kept.hash == event.confirms:
            if kept.person != event.person or event.strength == "voice":
                raise Refused("confirm-yourself", step=one.step.text)
            return
    raise Refused("nothing-to-confirm", step=one.step.text)


def signer_allowed(state: RunState, one: StepState, person: str, role: str, others: Sequence[str] = ()) -> None:
    """Refuse a signature that may not stand: wrong role, the same person twice, the commander as operator."""
    step = one.step
    who = name_of(state, person)
    if step.sign is None or role not in step.sign.of:
        raise Refused("role-signs-not", step=step.text, role=state.graph.runbook.role(role))
    if not state.holds(person, role):
        raise Refused("role-not-held", person=who, role=state.graph.runbook.role(role))
    signed = [kept for kept in one.signatures if kept.purpose == "hold"]
    if person in {kept.person for kept in signed} | set(others):
        raise Refused("signed-twice", person=who, step=step.text)
    if any(kept.role == role for kept in signed):
        raise Refused("role-signed", step=step.text, role=state.graph.runbook.role(role))
    if role != COMMAND and state.holds(person, COMMAND) and len(step.sign.of) > 1:
        raise Refused("commander-operates", person=who, step=step.text)


def _second_person(state: RunState, proposal: Proposal, one: StepState, event: SignedOff) -> None:
    """The second person of a verification or override is known, and is not the first."""
    if event.person not in state.people:
        raise Refused("not-in-run", person=name_of(state, event.person))
    if event.role and not state.holds(event.person, event.role):
        raise Refused("role-not-held", person=name_of(state, event.person), role=state.graph.runbook.role(event.role))
    if event.purpose == "verify":
        if not one.awaits_second:
            raise Refused("nothing-to-verify", step=one.step.text)
        first = one.last.by if one.last is not None else proposal.actor
        _second_values(state, proposal, one)
    else:
        first = _author(proposal, event.step)
    if event.person == first:
        raise Refused("signed-twice", person=name_of(state, event.person), step=one.step.text)


def _author(proposal: Proposal, step_id: str) -> str:
    """Who does what the second person agrees to."""
    for event in proposal.events:
        if getattr(event, "step", None) == step_id and getattr(event, "by", None):
            return str(getattr(event, "by"))  # noqa: B009 - only some events have it
    return proposal.actor


def _second_values(state: RunState, proposal: Proposal, one: StepState) -> None:
    """The second reading is taken blind and must agree with the first."""
    second = {name: said.value.text for name, said in one.second_readings.items()}
    second |= {event.reading: event.value for event in proposal.of(ReadingTaken, one.step.id) if event.second}
    for name in needed_readings(one.step, state):
        if name not in second:
            raise Refused("reading-missing", step=one.step.text, readings=(state.graph.readings[name].label,))
        first = one.readings.get(name)
        if first is not None and not _agree(first.value.text, second[name]):
            raise Refused("second-differs", step=one.step.text, reading=state.graph.readings[name].label)


def _agree(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return one == other


def name_of(state: RunState, person: str) -> str:
    """The name of a person; the id when the site does not know them."""
    known = state.graph.people.get(person)
    return known.name if known is not None else state.people.get(person, person)


# --- readings, lines, words


def _reading_taken(state: RunState, proposal: Proposal, event: ReadingTaken) -> None:
    reading = state.graph.readings.get(event.reading)
    if reading is None:
        raise Refused("unknown-reading", reading=event.reading)
    if event.step is not None:
        _known(state, event.step)
    if event.unit != reading.unit:
        raise Refused("wrong-unit", reading=reading.label, unit=reading.unit or "-")
    _check_value(reading, event.value, event.reason)


def _check_value(reading: Reading, text: str, reason: str | None) -> None:
    if reading.kind == "number":
        _check_number(reading, text, reason)
    elif reading.kind == "yes-no" and text not in ("yes", "no"):
        raise Refused("not-yes-no", reading=reading.label)
    elif reading.kind == "time":
        _check_stamp(text)
    elif reading.kind == "text" and not text.strip():
        raise Refused("empty-text", reading=reading.label)


def _check_number(reading: Reading, text: str, reason: str | None) -> None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Refused("not-a-number", reading=reading.label, text=text, unit=reading.unit or "") from None
    if not value.is_finite() or len(text) > 30:
        raise Refused("not-a-number", reading=reading.label, text=text, unit=reading.unit or "")
    low = reading.least is not None and value < reading.least
    high = reading.most is not None and value > reading.most
    if (low or high) and not (reason or "").strip():
        raise Refused(
            "out-of-range", reading=reading.label, text=text, least=_bound(reading.least), most=_bound(reading.most)
        )


def _bound(value: Decimal | None) -> str:
    return "…" if value is None else str(value)


def _check_stamp(text: str) -> None:
    try:
        moment_of(text)
    except ValueError:
        raise Refused("not-a-time", text=text) from None


def _item_ticked(state: RunState, proposal: Proposal, event: ItemTicked) -> None:
    one = _open(state, event.step)
    items = items_of(state, one.step, proposal)
    # An empty list has one line: somebody confirms that there was nothing to do.
    if not 1 <= event.item <= max(len(items), 1):
        raise Refused("unknown-item", step=one.step.text, item=event.item)
    _check_warned(proposal, one)


def _evidence_attached(state: RunState, proposal: Proposal, event: EvidenceAttached) -> None:
    if not event.name.strip():
        raise Refused("empty-note")
    if event.step is not None:
        _known(state, event.step)


def _warning_shown(state: RunState, proposal: Proposal, event: WarningShown) -> None:
    _known(state, event.step)


def _note_added(state: RunState, proposal: Proposal, event: NoteAdded) -> None:
    if not event.text.strip():
        raise Refused("empty-note")
    if event.kind not in NOTE_KINDS:
        raise Refused("unknown-note", kind=event.kind)
    if event.kind in PUT_BACK and event.step not in state.left_over():
        raise Refused("not-left-over")


def _told(state: RunState, proposal: Proposal, event: Told) -> None:
    if not event.text.strip():
        raise Refused("empty-note")
    if event.outcome == "voice" and not (event.to or "").strip():
        raise Refused("told-whom")


def _report_issued(state: RunState, proposal: Proposal, event: ReportIssued) -> None:
    if not event.number.strip():
        raise Refused("report-number")


# --- the situation


def _level_declared(state: RunState, proposal: Proposal, event: LevelDeclared) -> None:
    if event.level not in LEVELS:
        raise Refused("unknown-level", level=event.level)


def _watch_raised(state: RunState, proposal: Proposal, event: WatchRaised) -> None:
    watch = state.watches.get(event.watch)
    if watch is None:
        raise Refused("unknown-watch", watch=event.watch)
    if watch.raised_at is not None:
        raise Refused("already-raised")


def _watch_retired(state: RunState, proposal: Proposal, event: WatchRetired) -> None:
    watch = state.watches.get(event.watch)
    if watch is None:
        raise Refused("unknown-watch", watch=event.watch)
    if watch.raised_at is None:
        raise Refused("not-raised")
    _reason(event.reason)


def _acknowledged(state: RunState, proposal: Proposal, event: Acknowledged) -> None:
    if event.alarm in state.acknowledged:
        raise Refused("already-acknowledged")


# --- people


def _person_joined(state: RunState, proposal: Proposal, event: PersonJoined) -> None:
    if not event.person.strip() or not event.name.strip():
        raise Refused("who-is-it")


def _person_left(state: RunState, proposal: Proposal, event: PersonLeft) -> None:
    if event.person not in state.people:
        raise Refused("not-in-run", person=name_of(state, event.person))


def _role_taken(state: RunState, proposal: Proposal, event: RoleTaken) -> None:
    if event.role not in dict(state.graph.runbook.roles):
        raise Refused("unknown-role", role=event.role)
    if event.person not in state.graph.people and event.person not in state.people:
        joining = [one.person for one in proposal.events if isinstance(one, PersonJoined)]
        if event.person not in joining:
            raise Refused("who-is-it")
    if state.holds(event.person, event.role):
        raise Refused("role-held", person=name_of(state, event.person), role=state.graph.runbook.role(event.role))
    if event.role == COMMAND and state.command and not (event.reason or "").strip():
        raise Refused("command-taken", person="、".join(name_of(state, one) for one in state.commanders))


def _handover_signed(state: RunState, proposal: Proposal, event: HandoverSigned) -> None:
    if not state.holds(event.giver, event.role):
        raise Refused(
            "role-not-held", person=name_of(state, event.giver), role=state.graph.runbook.role(event.role)
        )
    if event.giver == event.person:
        raise Refused("handover-self")
    if event.person not in state.people:
        raise Refused("not-in-run", person=name_of(state, event.person))
    for strength in (event.giver_strength, event.strength):
        if strength not in STRENGTHS:
            raise Refused("unknown-strength", strength=strength)


def _contact_tried(state: RunState, proposal: Proposal, event: ContactTried) -> None:
    if event.outcome not in OUTCOMES:
        raise Refused("unknown-outcome", outcome=event.outcome, outcomes=OUTCOMES)
    if not event.person.strip():
        raise Refused("who-is-it")


# --- the run


def _run_opened(state: RunState, proposal: Proposal, event: RunOpened) -> None:
    kind = state.run_id[0]
    if kind in "RP" and state.graph.runbook.released_by is None:
        raise Refused("not-released", runbook=state.graph.runbook.title)
    rooms = [room.id for room in state.graph.site.rooms]
    if event.room is not None and event.room not in rooms:
        raise Refused("unknown-room", room=event.room, rooms=tuple(rooms))


def _run_held(state: RunState, proposal: Proposal, event: RunHeld) -> None:
    _reason(event.reason)
    if state.held is not None:
        raise Refused("already-held")


def _run_resumed(state: RunState, proposal: Proposal, event: RunResumed) -> None:
    if state.held is None:
        raise Refused("not-held")


def _run_ended(state: RunState, proposal: Proposal, event: RunEnded) -> None:
    if event.how == "abandoned":
        _reason(event.reason)
        return
    if event.how not in ("complete", "complete-except"):
        raise Refused("unknown-ending", how=event.how)
    if not state.road.finished:
        raise Refused("still-open", steps=tuple(state.graph.steps[one].text for one in still_open(state)))
    if event.how == "complete":
        _nothing_is_left(state, proposal.at)
    else:
        _reason(event.reason)


def _nothing_is_left(state: RunState, at: datetime) -> None:
    left = [*state.deferred_steps(), *state.left_over()]
    if left:
        raise Refused("left-to-do", steps=tuple(state.graph.steps[one].text for one in left))
    unmet = exits_unmet(state, at)
    if unmet:
        raise Refused("exit-unmet", conditions=tuple(unmet))


def still_open(state: RunState) -> list[str]:
    """Every step not finished on the road, in the author's order."""
    return [name for name in state.graph.steps if state.place(name) in (Place.OPEN, Place.WAITING)]


def exits_unmet(state: RunState, at: datetime) -> list[str]:
    """The exit conditions that do not hold; none is asked on a road that stopped before the closing step."""
    if state.place(state.graph.closing) is Place.OFF:
        return []
    return [text for text in state.graph.runbook.exit if holds(state, text, at) is not True]


def _child_opened(state: RunState, proposal: Proposal, event: ChildOpened) -> None:
    if event.runbook not in state.uses and event.link == "child":
        raise Refused("unknown-runbook", runbook=event.runbook)
    if event.step is not None:
        one = _open(state, event.step)
        if one.child is not None:
            raise Refused("child-open", step=one.step.text)


_RULES: dict[type[Event], Callable[[RunState, Proposal, Any], None]] = {
    RunOpened: _run_opened,
    RunHeld: _run_held,
    RunResumed: _run_resumed,
    RunEnded: _run_ended,
    ChildOpened: _child_opened,
    PersonJoined: _person_joined,
    PersonLeft: _person_left,
    RoleTaken: _role_taken,
    HandoverSigned: _handover_signed,
    ContactTried: _contact_tried,
    StepStarted: _step_started,
    StepDone: _step_done,
    StepFailed: _step_failed,
    StepSkipped: _step_skipped,
    StepDeferred: _step_deferred,
    StepOverridden: _step_overridden,
    StepReopened: _step_reopened,
    AnswerGiven: _answer_given,
    SignedOff: _signed_off,
    ReadingTaken: _reading_taken,
    ItemTicked: _item_ticked,
    EvidenceAttached: _evidence_attached,
    WarningShown: _warning_shown,
    LevelDeclared: _level_declared,
    WatchRaised: _watch_raised,
    WatchRetired: _watch_retired,
    Acknowledged: _acknowledged,
    NoteAdded: _note_added,
    Told: _told,
    ReportIssued: _report_issued,
}
