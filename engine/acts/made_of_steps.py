"""What the acts about one step become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from engine import events as ev
from engine.acts.findings import found
from engine.acts.making import (
    Making,
    answer_of,
    before_finishing,
    done_event,
    reading_of,
    second_sign,
    ticks_of,
    told_event,
    warning_of,
)
from engine.acts.of_steps import next_call
from engine.errors import Refused
from engine.events import Event, stamp
from engine.rules import expectation, hold_is_signed, items_of, missing_roles, needed_readings
from engine.rules.finishing import done_by_two
from engine.rules.signatures import second_role
from engine.rules.suggestion import given_with, is_against
from engine.run.situation import value_of

# --- finishing


def done(making: Making) -> list[Event]:
    made = before_finishing(making)
    if making.step.kind == "tell":
        made.append(told_event(making, making.step.target, making.step.id))
    if making.act.verb == "visit":
        return [*made, *_visited(making, made)]
    if making.step.decides:
        return [*made, answer_of(making, _outcome(making, made))]
    return [*made, done_event(making), *found(making, made)]


def _visited(making: Making, made: list[Event]) -> list[Event]:
    """One visit; where the expectation fails, the step ends by that."""
    if making.step.decides and _outcome(making, made) == "unmet":
        return [answer_of(making, "unmet")]
    return [done_event(making, making.one.round + 1), *found(making, made)]


def _outcome(making: Making, made: list[Event]) -> str | None:
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


def answered(making: Making) -> list[Event]:
    """Against what the readings suggest a second person signs it, and the record says why."""
    made, one, given = before_finishing(making), making.one, making.given
    read = given_with(making.state, making.proposal(made), one)
    if not is_against(making.state, one, given.answer, making.now, read):
        return [*made, answer_of(replace(making, given=replace(given, deviation=None)), given.answer)]
    by_two = given.second is not None and one.step.cls == "safety" and not done_by_two(one.step)
    signed = [second_sign(making, "override")] if by_two else []
    return [*made, *signed, answer_of(making, given.answer)]


def said(making: Making) -> list[Event]:
    """Yes or no to an entry condition; do or pass of a step whose condition is not known."""
    given, subject = making.given, making.act.step or ""
    return [ev.AnswerGiven(subject, given.answer or "", reason=given.reason, by=given.by, basis=given.basis)]


def confirmed(making: Making) -> list[Event]:
    last, given = making.one.last, making.given
    return [ev.StepDone(making.step.id, confirms=last.hash if last else "", by=given.by, basis=given.basis)]


def started(making: Making) -> list[Event]:
    given = making.given
    return [
        *warning_of(making),
        ev.StepStarted(making.step.id, tag=given.tag, by=given.by, basis=given.basis),
    ]


def ticked(making: Making) -> list[Event]:
    return [*warning_of(making), *ticks_of(making, items_of(making.state, making.step))]


# --- signatures


def signed(making: Making) -> list[Event]:
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
    made = [*before_finishing(making), sign]
    if not hold_is_signed(making.state, one, making.proposal(made)):
        return made
    if one.step.decides:
        return [*made, ev.AnswerGiven(one.step.id, "signed", tag=given.tag, basis="second-person")]
    return [*made, ev.StepDone(one.step.id, tag=given.tag, basis="second-person")]


def _role_to_sign(making: Making) -> str:
    """The role the signer holds among those that are missing, when it was not said."""
    person = making.given.person or making.actor
    missing = missing_roles(making.state, making.one)
    return next((role for role in missing if making.state.holds(person, role)), missing[0] if missing else "")


def _acting_for(making: Making, person: str, role: str) -> str | None:
    """A deputy signs for the one whose role it is."""
    holding = making.state.roles.get(role, {}).get(person)
    return making.given.owner or (None if holding is None else holding.acting_for)


def refused(making: Making) -> list[Event]:
    return [*warning_of(making), answer_of(making, "refused")]


def voice_confirmed(making: Making) -> list[Event]:
    name, given, state = making.act.step or "", making.given, making.state
    title = state.subject_of(name)
    kept = state.signature(name, given.target)
    if kept is None:
        raise Refused("nothing-to-confirm", step=title)
    if given.strength is None:
        raise Refused("confirm-yourself", step=title)
    return [ev.SignedOff(name, kept.person, kept.role, kept.purpose, given.strength, confirms=kept.hash)]


def verified(making: Making) -> list[Event]:
    """What the second person read, blind; signed only where it is the same."""
    step, given = making.step, making.given
    person = given.person or making.actor
    readings = [
        reading_of(making, name, value, step.id, second_by=person) for name, value in given.values.items()
    ]
    role = given.role or second_role(making.state, step, person, "verify") or ""
    strength = given.strength or "own-device"
    sign = ev.SignedOff(step.id, person, role, "verify", strength, channel=given.channel)
    return [*readings] if _differs(making, readings) else [*readings, sign]


def _differs(making: Making, readings: Sequence[ev.ReadingTaken]) -> bool:
    """Whether everything was read, and something differs from what the first person read."""
    one, known = making.one, making.state.graph.readings
    second = {name: said.value for name, said in one.second_readings.items()}
    second |= {event.reading: value_of(known[event.reading], event) for event in readings}
    needed = needed_readings(one.step, making.state)
    first = {name: one.readings[name].value for name in needed if name in one.readings}
    return set(needed) <= second.keys() and any(first[name] != second[name] for name in first)


# --- calls, other runs


def tried(making: Making) -> list[Event]:
    one, given = making.one, making.given
    tried = ev.ContactTried(
        given.person or next_call(making.state, one, making.actor) or "",
        one.step.target or "",
        given.channel or "",
        given.outcome or "",
        one.step.id,
        by=given.by,
        basis=given.basis,
    )
    if tried.outcome != "answered":
        return [*warning_of(making), tried]
    done = answer_of(making, "reached") if one.step.decides else done_event(making)
    return [*before_finishing(making), tried, done]


def tried_anytime(making: Making) -> list[Event]:
    given = making.given
    person, role = given.person or "", given.role or ""
    channel, outcome = given.channel or "", given.outcome or ""
    return [ev.ContactTried(person, role, channel, outcome, by=given.by, basis=given.basis)]


def nobody(making: Making) -> list[Event]:
    return [answer_of(making, "nobody")]


def told_anytime(making: Making) -> list[Event]:
    return [told_event(making, making.given.target, None)]


def child(making: Making) -> list[Event]:
    """The shell gives the id of the other run, and of one that is joined the runbook (`target`)."""
    state, given, subject = making.state, making.given, making.act.step or ""
    child, link = given.child or "", given.answer or "child"
    # What goes on already is joined: nothing had to be forced for that.
    despite, forced = (making.act.despite, given.reason) if link == "child" else (None, None)
    if subject in state.watches:
        runbook = given.target or state.graph.watches[subject].run or ""
        return [ev.ChildOpened(child, runbook, link, None, subject, given.by, despite, forced)]
    runbook = given.target or making.step.target or ""
    opened = ev.ChildOpened(child, runbook, link, making.step.id, None, given.by, despite, forced)
    done = [done_event(making)] if making.step.hand_over else []
    return [*warning_of(making), opened, *done]


# --- the ways out


def failed(making: Making) -> list[Event]:
    given = making.given
    if making.step.decides:
        return [*warning_of(making), answer_of(making, "unmet")]
    return [ev.StepFailed(making.step.id, making.reason, by=given.by, basis=given.basis)]


def skipped(making: Making) -> list[Event]:
    given = making.given
    mark_at = _stamp(given.mark_at)
    return [ev.StepSkipped(making.step.id, making.reason, mark_at=mark_at, by=given.by, basis=given.basis)]


def deferred(making: Making) -> list[Event]:
    given, step = making.given, making.step
    until = given.until or (None if step.defer in (None, "end") else step.defer)
    return [ev.StepDeferred(step.id, making.reason, until, given.owner, by=given.by, basis=given.basis)]


def overridden(making: Making) -> list[Event]:
    given, step = making.given, making.step
    override = ev.StepOverridden(
        step.id,
        making.reason,
        given.answer,
        step.guarded and given.second is None and given.read_back is not None,
        given.read_back,
        _stamp(given.mark_at),
        by=given.by,
        basis=given.basis,
    )
    return [second_sign(making, "override"), override] if given.second else [override]


def reopened(making: Making) -> list[Event]:
    given = making.given
    step_id = making.act.step or given.target or ""
    return [ev.StepReopened(step_id, making.reason, by=given.by, basis=given.basis)]


def put_back(making: Making) -> list[Event]:
    given = making.given
    kind = given.answer or "put-back"
    return [ev.NoteAdded(given.text or "", kind, making.step.id, by=given.by, basis=given.basis)]


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)
