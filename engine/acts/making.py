"""What an act becomes: its events, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import events as ev
from engine.acts.kinds import Act, Given
from engine.acts.of_steps import next_call
from engine.errors import Refused
from engine.events import Event, stamp
from engine.plan import Step
from engine.rules import (
    Proposal,
    expectation,
    hold_is_signed,
    items_of,
    missing_roles,
    name_of,
    needed_readings,
    reopens,
    still_open,
)
from engine.rules.steps import is_guarded
from engine.run.situation import value_of
from engine.state import RunState, StepState


def events_of(state: RunState, act: Act, given: Given, actor: str, now: datetime) -> tuple[Event, ...]:
    """The events that an act becomes, in the order in which they are written."""
    maker = _MAKERS.get(act.verb)
    if maker is None:
        raise Refused("unknown-act", act=act.verb)
    return tuple(maker(_Making(state, act, given, actor, now)))


@dataclass(frozen=True, slots=True)
class _Making:
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


# --- what comes with a finished step


def _before_finishing(making: _Making) -> list[Event]:
    """The warning, the values, the lines, the evidence and the second person."""
    step, given = making.step, making.given
    made: list[Event] = _warning(making)
    made += [_reading(making, name, value, step.id) for name, value in given.values.items()]
    made += _ticks(making, items_of(making.state, step, making.proposal(made)))
    if given.evidence:
        made.append(ev.EvidenceAttached(given.evidence, given.digest, given.size, step.id, by=given.by))
    if given.second and step.verify == "together":
        made.append(_second_sign(making, "together"))
    return made


def _warning(making: _Making) -> list[Event]:
    """The walker has drawn every page before it offers the act; the record says so once per visit."""
    one = making.one
    return [ev.WarningShown(one.step.id, by=making.given.by)] if one.step.warn and not one.warned else []


def _reading(
    making: _Making, name: str, value: str, step_id: str | None, *, second_by: str | None = None
) -> ev.ReadingTaken:
    reading = making.state.graph.readings.get(name)
    if reading is None:
        raise Refused("unknown-reading", reading=name)
    given = making.given
    return ev.ReadingTaken(
        name,
        value,
        reading.unit,
        step_id,
        source=given.source,
        second=second_by is not None,
        reason=given.reason,
        by=second_by or given.by,
        basis=given.basis,
    )


def _ticks(making: _Making, lines: Sequence[str]) -> list[Event]:
    given = making.given
    names = dict(enumerate(lines, start=1))
    return [
        ev.ItemTicked(making.step.id, item, names.get(item, ""), by=given.by, basis=given.basis)
        for item in given.items
    ]


def _second_sign(making: _Making, purpose: str) -> ev.SignedOff:
    given = making.given
    return ev.SignedOff(
        making.step.id,
        given.second or "",
        "",
        purpose,
        given.second_strength or "voice",
        channel=given.second_channel,
    )


# --- finishing


def _done(making: _Making) -> list[Event]:
    made = _before_finishing(making)
    if making.step.kind == "tell":
        made.append(_told_event(making, making.step.target, making.step.id))
    if making.act.verb == "visit":
        return [*made, *_visited(making, made)]
    if making.step.decides:
        return [*made, _answer(making, _outcome(making, made))]
    return [*made, _done_event(making)]


def _visited(making: _Making, made: list[Event]) -> list[Event]:
    """One visit; where the expectation fails, the step ends by that."""
    if making.step.decides and _outcome(making, made) == "unmet":
        return [_answer(making, "unmet")]
    return [_done_event(making, making.one.round + 1)]


def _done_event(making: _Making, number: int | None = None) -> ev.StepDone:
    given = making.given
    return ev.StepDone(
        making.step.id,
        round=number,
        deviation=given.deviation,
        tag=given.tag,
        by=given.by,
        basis=given.basis,
    )


def _told_event(making: _Making, group: str | None, step_id: str | None) -> ev.Told:
    given = making.given
    return ev.Told(
        group or "",
        given.text or "",
        given.channel or "",
        given.outcome or "voice",
        given.to,
        step_id,
        given.by,
        given.basis,
    )


def _outcome(making: _Making, made: list[Event]) -> str | None:
    """The answer that a finished act comes to: as the person says, else as the value or signatures say."""
    one = making.one
    if making.given.answer is not None:
        return making.given.answer
    if one.step.kind == "hold":
        return "signed"
    if one.step.repeat is not None and making.act.verb == "do":
        return "met"
    met = expectation(making.state, one, making.proposal(made))
    return None if met is None else "met" if met else "unmet"


def _answer(making: _Making, answer: str | None) -> ev.AnswerGiven:
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


def _answered(making: _Making) -> list[Event]:
    return [*_before_finishing(making), _answer(making, making.given.answer)]


def _said(making: _Making) -> list[Event]:
    """Yes or no to an entry condition; do or pass of a step whose condition is not known."""
    given, subject = making.given, making.act.step or ""
    return [ev.AnswerGiven(subject, given.answer or "", reason=given.reason, by=given.by, basis=given.basis)]


def _confirmed(making: _Making) -> list[Event]:
    last, given = making.one.last, making.given
    return [ev.StepDone(making.step.id, confirms=last.hash if last else "", by=given.by, basis=given.basis)]


def _started(making: _Making) -> list[Event]:
    given = making.given
    return [
        *_warning(making),
        ev.StepStarted(making.step.id, tag=given.tag, by=given.by, basis=given.basis),
    ]


def _ticked(making: _Making) -> list[Event]:
    return [*_warning(making), *_ticks(making, items_of(making.state, making.step))]


# --- signatures


def _signed(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    person, role = given.person or making.actor, given.role or _role_to_sign(making)
    sign = ev.SignedOff(
        one.step.id,
        person,
        role,
        "hold",
        given.strength or "own-device",
        acting_for=_acting_for(making, person, role),
        channel=given.channel,
    )
    made = [*_before_finishing(making), sign]
    if not hold_is_signed(making.state, one, making.proposal(made)):
        return made
    if one.step.decides:
        return [*made, ev.AnswerGiven(one.step.id, "signed", basis="second-person")]
    return [*made, ev.StepDone(one.step.id, basis="second-person")]


def _role_to_sign(making: _Making) -> str:
    """The role the signer holds among those that are missing, when it was not said."""
    person = making.given.person or making.actor
    missing = missing_roles(making.state, making.one)
    return next((role for role in missing if making.state.holds(person, role)), missing[0] if missing else "")


def _acting_for(making: _Making, person: str, role: str) -> str | None:
    """A deputy signs for the one whose role it is."""
    holding = making.state.roles.get(role, {}).get(person)
    return making.given.owner or (None if holding is None else holding.acting_for)


def _refused(making: _Making) -> list[Event]:
    return [*_warning(making), _answer(making, "refused")]


def _voice_confirmed(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    kept = next((sign for sign in one.signatures if sign.hash == given.target), None)
    if kept is None:
        raise Refused("nothing-to-confirm", step=one.step.text)
    strength = given.strength or "pin"
    return [ev.SignedOff(one.step.id, kept.person, kept.role, kept.purpose, strength, confirms=kept.hash)]


def _verified(making: _Making) -> list[Event]:
    """What the second person read, blind; signed only where it is the same."""
    step, given = making.step, making.given
    person = given.person or making.actor
    readings = [
        _reading(making, name, value, step.id, second_by=person) for name, value in given.values.items()
    ]
    sign = ev.SignedOff(
        step.id, person, given.role or "", "verify", given.strength or "own-device", channel=given.channel
    )
    return [*readings] if _differs(making, readings) else [*readings, sign]


def _differs(making: _Making, readings: Sequence[ev.ReadingTaken]) -> bool:
    """Whether everything was read, and something differs from what the first person read."""
    one, known = making.one, making.state.graph.readings
    second = {name: said.value for name, said in one.second_readings.items()}
    second |= {event.reading: value_of(known[event.reading], event) for event in readings}
    needed = needed_readings(one.step, making.state)
    first = {name: one.readings[name].value for name in needed if name in one.readings}
    return set(needed) <= second.keys() and any(first[name] != second[name] for name in first)


# --- calls, other runs


def _tried(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    tried = ev.ContactTried(
        given.person or next_call(making.state, one) or "",
        one.step.target or "",
        given.channel or "",
        given.outcome or "",
        one.step.id,
        by=given.by,
        basis=given.basis,
    )
    if tried.outcome != "answered":
        return [*_warning(making), tried]
    done = _answer(making, "reached") if one.step.decides else _done_event(making)
    return [*_before_finishing(making), tried, done]


def _tried_anytime(making: _Making) -> list[Event]:
    given = making.given
    person, role = given.person or "", given.role or ""
    channel, outcome = given.channel or "", given.outcome or ""
    return [ev.ContactTried(person, role, channel, outcome, by=given.by, basis=given.basis)]


def _nobody(making: _Making) -> list[Event]:
    return [_answer(making, "nobody")]


def _told_anytime(making: _Making) -> list[Event]:
    return [_told_event(making, making.given.target, None)]


def _child(making: _Making) -> list[Event]:
    """The shell has opened the other run and gives its id; `answer` says whether it was joined."""
    state, given, subject = making.state, making.given, making.act.step or ""
    child, link = given.child or "", given.answer or "child"
    if subject in state.watches:
        runbook = state.graph.watches[subject].run or ""
        return [ev.ChildOpened(child, runbook, link, None, subject, given.by)]
    opened = ev.ChildOpened(child, making.step.target or "", link, making.step.id, None, given.by)
    done = [_done_event(making)] if making.step.hand_over else []
    return [*_warning(making), opened, *done]


# --- the ways out


def _failed(making: _Making) -> list[Event]:
    given = making.given
    if making.step.decides:
        return [*_warning(making), _answer(making, "unmet")]
    return [ev.StepFailed(making.step.id, making.reason, by=given.by, basis=given.basis)]


def _skipped(making: _Making) -> list[Event]:
    given = making.given
    mark_at = _stamp(given.mark_at)
    return [ev.StepSkipped(making.step.id, making.reason, mark_at=mark_at, by=given.by, basis=given.basis)]


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)


def _deferred(making: _Making) -> list[Event]:
    given, step = making.given, making.step
    until = given.until or (None if step.defer in (None, "end") else step.defer)
    return [ev.StepDeferred(step.id, making.reason, until, given.owner, by=given.by, basis=given.basis)]


def _overridden(making: _Making) -> list[Event]:
    given, step = making.given, making.step
    override = ev.StepOverridden(
        step.id,
        making.reason,
        given.answer,
        is_guarded(step) and given.second is None and given.read_back is not None,
        given.read_back,
        _stamp(given.mark_at),
        by=given.by,
        basis=given.basis,
    )
    return [_second_sign(making, "override"), override] if given.second else [override]


def _reopened(making: _Making) -> list[Event]:
    given = making.given
    step_id = making.act.step or given.target or ""
    return [ev.StepReopened(step_id, making.reason, by=given.by, basis=given.basis)]


def _put_back(making: _Making) -> list[Event]:
    given = making.given
    kind = given.answer or "put-back"
    return [ev.NoteAdded(given.text or "", kind, making.step.id, by=given.by, basis=given.basis)]


# --- the situation


def _read(making: _Making) -> list[Event]:
    given = making.given
    values = dict(given.values) or {given.target or "": given.text or ""}
    return [_reading(making, name, value, making.act.step) for name, value in values.items()]


def _level(making: _Making) -> list[Event]:
    given = making.given
    return [ev.LevelDeclared(given.target or "", given.reason, by=given.by, basis=given.basis)]


def _raised(making: _Making) -> list[Event]:
    return [ev.WatchRaised(making.act.step or "", by=making.given.by, basis=making.given.basis)]


def _retired(making: _Making) -> list[Event]:
    given = making.given
    return [ev.WatchRetired(making.act.step or "", making.reason, by=given.by, basis=given.basis)]


def _acked(making: _Making) -> list[Event]:
    return [ev.Acknowledged(making.act.step or "", by=making.given.by)]


def _noted(making: _Making) -> list[Event]:
    given = making.given
    return [ev.NoteAdded(given.text or "", "note", given.target, by=given.by, basis=given.basis)]


def _evidence(making: _Making) -> list[Event]:
    given = making.given
    return [ev.EvidenceAttached(given.evidence or "", given.digest, given.size, given.target, by=given.by)]


def _report(making: _Making) -> list[Event]:
    return [ev.ReportIssued(making.given.text or "", making.given.to, by=making.given.by)]


# --- people, the run


def _role(making: _Making) -> list[Event]:
    """Taking a role also joins; somebody the site does not know gives a name."""
    given, state = making.given, making.state
    person, role = given.person or making.actor, given.role or ""
    made: list[Event] = []
    if person not in state.people:
        made.append(ev.PersonJoined(person, given.name or name_of(state, person), by=given.by))
    made.append(ev.RoleTaken(role, person, given.owner, given.reason, by=given.by, basis=given.basis))
    return made


def _handover(making: _Making) -> list[Event]:
    given = making.given
    return [
        ev.HandoverSigned(
            given.role or "",
            given.owner or "",
            given.person or "",
            given.second_strength or "voice",
            given.strength or "voice",
            given.text or "",
            by=given.by,
        )
    ]


def _left(making: _Making) -> list[Event]:
    return [ev.PersonLeft(making.given.person or making.actor, by=making.given.by)]


def _held(making: _Making) -> list[Event]:
    return [ev.RunHeld(making.reason, by=making.given.by)]


def _resumed(making: _Making) -> list[Event]:
    return [ev.RunResumed(by=making.given.by)]


def _ended(making: _Making) -> list[Event]:
    given, state = making.given, making.state
    left = dict.fromkeys([*still_open(state), *state.deferred_steps(), *state.left_over()])
    return [ev.RunEnded(given.target or "complete", given.reason, tuple(left), by=given.by)]


_MAKERS: dict[str, Callable[[_Making], list[Event]]] = {
    "entry": _said,
    "whether": _said,
    "confirm": _confirmed,
    "do": _done,
    "visit": _done,
    "answer": _answered,
    "change": _answered,
    "start": _started,
    "tick": _ticked,
    "sign": _signed,
    "refuse": _refused,
    "confirm-voice": _voice_confirmed,
    "try": _tried,
    "try-anytime": _tried_anytime,
    "nobody": _nobody,
    "tell": _done,
    "tell-anytime": _told_anytime,
    "open-child": _child,
    "verify": _verified,
    "fail": _failed,
    "skip": _skipped,
    "defer": _deferred,
    "override": _overridden,
    "reopen": _reopened,
    "put-back": _put_back,
    "read": _read,
    "level": _level,
    "raise": _raised,
    "retire": _retired,
    "ack": _acked,
    "note": _noted,
    "evidence": _evidence,
    "report": _report,
    "role": _role,
    "handover": _handover,
    "leave": _left,
    "hold": _held,
    "resume": _resumed,
    "end": _ended,
}

VERBS = tuple(_MAKERS)
"""Every verb an act can have."""
