"""What each event about the run, its people and its situation does."""

from __future__ import annotations

from bisect import insort
from decimal import Decimal, InvalidOperation

from engine.events import (
    Acknowledged,
    ChildOpened,
    ContactTried,
    FindingClosed,
    HandoverSigned,
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
    Told,
    WatchRaised,
    WatchRetired,
)
from engine.plan import FINDING, LEVELS, Reading
from engine.run.stand import Stand, Touched, moment_or_none
from engine.run.statements import begun_behind, is_passed, rechecked, signed_anew, stated
from engine.state import (
    COMMAND,
    HANDOVER,
    REPORT,
    Child,
    Ending,
    Finding,
    Holding,
    Note,
    RunState,
    Said,
    Signature,
    Statement,
    StepState,
    Try,
    Value,
    Word,
    has_seen,
    heard,
)
from engine.state.said import unseen

PUT_BACK = ("put-back", "ticket")
"""Kinds of note that settle what a step left over."""

LARGEST = 30
"""How many digits before or after the point a number may have; beyond that it is taken for words."""


# --- the run


def run_opened(state: RunState, said: Stand, event: RunOpened) -> Touched:
    if state.opened_at is None:
        state.opened_at, state.opened_by = said.entry.at, said.entry.by
        state.room, state.parent, state.uses = event.room, event.parent, dict(event.uses)
        state.promised_since = {
            name: at for name, text in event.since if (at := moment_or_none(text)) is not None
        }
        state.sealed = event.sealed
        state.reached_first("reported", said.entry.at)
        state.road.begin()
    return ()


def run_held(state: RunState, said: Stand, event: RunHeld) -> Touched:
    state.held = (said.entry.at, said.entry.by, event.reason)
    return ()


def run_resumed(state: RunState, _said: Stand, _event: RunResumed) -> Touched:
    state.held = None
    return ()


def run_ended(state: RunState, said: Stand, event: RunEnded) -> Touched:
    if state.ended is None:
        about = (event.reason, event.open, event.unconfirmed)
        state.ended = Ending(event.how, said.entry.at, said.entry.by, *about)
    return ()


def child_opened(state: RunState, _said: Stand, event: ChildOpened) -> Touched:
    child = Child(event.child, event.runbook, event.link, event.step, event.watch)
    state.children.setdefault(event.child, child)
    one = state.steps.get(event.step or "")
    if one is not None and one.child is None:
        one.child = event.child
    watch = state.watches.get(event.watch or "")
    if watch is not None:
        watch.child = event.child
    return ()


# --- people


def person_joined(state: RunState, _said: Stand, event: PersonJoined) -> Touched:
    state.people[event.person] = event.name
    return ()


def person_left(state: RunState, _said: Stand, event: PersonLeft) -> Touched:
    state.people.pop(event.person, None)
    for held in state.roles.values():
        held.pop(event.person, None)
    state.command = tuple(one for one in state.command if one.value != event.person)
    return ()


def role_taken(state: RunState, said: Stand, event: RoleTaken) -> Touched:
    if event.role == COMMAND:
        state.command = heard(state.command, said.about(event.person), said.seen)
        state.roles[COMMAND] = {}
    held = state.roles.setdefault(event.role, {})
    held[event.person] = Holding(event.person, said.entry.at, event.acting_for)
    state.people.setdefault(event.person, event.person)
    return ()


def handover_signed(state: RunState, said: Stand, event: HandoverSigned) -> Touched:
    state.roles.get(event.role, {}).pop(event.giver, None)
    signed = (
        (event.giver, event.giver_strength, event.giver_channel),
        (event.person, event.strength, event.channel),
    )
    for person, strength, channel in signed:
        state.signs_here(said.entry.journal, person, strength)
        if strength == "voice":
            heard_as = Signature(
                person,
                event.role,
                "handover",
                strength,
                said.entry.hash,
                said.entry.at,
                channel=channel,
                confirmed=False,
                journal=said.entry.journal,
                actor=said.entry.actor,
            )
            state.handovers.setdefault(f"{HANDOVER}{event.role}", []).append(heard_as)
    return role_taken(state, said, RoleTaken(event.role, event.person))


def contact_tried(state: RunState, said: Stand, event: ContactTried) -> Touched:
    known = (event.person, event.role, event.channel, event.outcome, said.entry.at, event.step)
    tried = Try(*known, said.entry.actor)
    state.tries.append(tried)
    one = state.steps.get(event.step or "")
    if one is not None and one.is_of_this_visit(said.seen):
        one.tries.append(tried)
    return ()


# --- readings


def reading_taken(state: RunState, said: Stand, event: ReadingTaken) -> Touched:
    reading = state.graph.readings.get(event.reading)
    if reading is None:
        return ()
    value = said.about(value_of(reading, event))
    one = state.steps.get(event.step or "")
    if one is not None and one.is_of_this_visit(said.seen):
        (one.second_readings if event.second else one.readings)[reading.id] = value
    if not event.second:
        _known(state, said, reading.id, value)
    # What was verified is not, once the value is another.
    return () if one is None or one.step.verify != "independent" else (one.step.id,)


def value_of(reading: Reading, event: ReadingTaken) -> Value:
    """What a reading says, as the run reckons with it."""
    number = number_of(event.value) if reading.kind == "number" else None
    same = event.value if number is None else number
    return Value(event.value, event.unit, event.source, number, event.reason, same)


def _known(state: RunState, said: Stand, name: str, value: Said[Value]) -> None:
    heads = state.readings.get(name, ())
    # Written down late, it is history: the newer value that its author knew of stands.
    if not any(has_seen(said.seen, head) and head.at > value.at for head in heads):
        state.readings[name] = heard(heads, value, said.seen)
    if value.value.number is not None:
        taken = state.history.setdefault(name, [])
        insort(taken, (value.at, value.value.number), key=lambda one: one[0])


def number_of(text: str) -> Decimal | None:
    """The number that `text` writes; None when it writes none that can be reckoned with."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= LARGEST else None


# --- the situation


def level_declared(state: RunState, said: Stand, event: LevelDeclared) -> Touched:
    if event.level in LEVELS:
        state.levels = heard(state.levels, said.about(event.level), said.seen)
    return ()


def watch_raised(state: RunState, said: Stand, event: WatchRaised) -> Touched:
    watch = state.watches.get(event.watch)
    if watch is None or (watch.raised_at is not None and event.again != watch.times):
        return ()  # A second terminal noticed the same: one fact recorded twice.
    watch.raised_at, watch.by, watch.basis = said.entry.at, said.entry.by, event.basis
    watch.times += 1
    watch.child = None
    touched = [event.watch, *_shut_gates(state, said, event.watch)]
    return touched + (_opened_again(state, said, event.watch) if watch.times > 1 else [])


def _shut_gates(state: RunState, said: Stand, watch: str) -> list[str]:
    """A hold that stands open, however far below what has been raised, is shut.

    So is one that was signed, as long as nobody has begun behind it. Other steps that have opened stay
    open; but nobody passes a gate that now rests on more than its signers saw: it waits until what the
    watch brought is settled (`RunState.kept_shut_by`), and they sign anew.
    """
    gates = [state.steps[name] for name in state.graph.gates_behind(watch)]
    shut = [
        step for one in gates if one.opened and one.status is None for step in signed_anew(state, said, one)
    ]
    passed = [one for one in gates if is_passed(state, one.step.id) and not begun_behind(state, one.step.id)]
    return shut + [step for one in passed for step in _taken_back(state, said, one, watch)]


def _taken_back(state: RunState, said: Stand, hold: StepState, watch: str) -> list[str]:
    """A hold that was signed counts no more; the record keeps the names, and who spoke is still asked."""
    touched = signed_anew(state, said, hold)
    hold.doubts = (*unseen(hold.doubts, said.seen), said.about(watch))
    return touched


def _opened_again(state: RunState, said: Stand, watch: str) -> list[str]:
    """What a watch leads to opens again: nothing that was done, read or signed for it the time before counts.

    What else rests on those steps is asked whether it still stands, and its holds are signed anew.
    """
    led = state.graph.led_by(watch)
    again = [name for name in led if state.steps[name].touched or state.steps[name].passed]
    touched = [step for name in again for step in stated(state, said, name, Statement("reopened"))]
    return touched + (rechecked(state, said, watch, led) if again else [])


def watch_retired(state: RunState, said: Stand, event: WatchRetired) -> Touched:
    watch = state.watches.get(event.watch)
    if watch is not None and watch.raised_at is not None:
        watch.raised_at, watch.retired_at = None, said.entry.at
    return ()


def acknowledged(state: RunState, _said: Stand, event: Acknowledged) -> Touched:
    state.acknowledged.add(event.alarm)
    return ()


def note_added(state: RunState, said: Stand, event: NoteAdded) -> Touched:
    note = Note(event.kind, event.text, said.entry.at, said.entry.by, event.step)
    state.notes.append(note)
    if event.kind == FINDING:
        state.findings[said.entry.hash] = Finding(note)
    if event.kind in PUT_BACK and event.step is not None:
        state.left.pop(event.step, None)
    return ()


def finding_closed(state: RunState, said: Stand, event: FindingClosed) -> Touched:
    """Of two who settled it at two terminals the first counts."""
    known = state.findings.get(event.finding)
    if known is not None and known.closed_at is None:
        by = said.entry.by
        state.findings[event.finding] = Finding(known.note, said.entry.at, by, event.reason)
    return ()


def told(state: RunState, said: Stand, event: Told) -> Touched:
    state.heard_of(Word(event.group, said.entry.at, event.outcome, event.step))
    return ()


def report_issued(state: RunState, said: Stand, event: ReportIssued) -> Touched:
    if all(said.entry.at < at for at, _ in state.reports):
        state.written[REPORT] = said.entry.recorded_at
    state.reports.append((said.entry.at, event.number))
    return ()
