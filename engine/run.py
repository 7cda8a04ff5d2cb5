"""The run state machine. No clock, no file, no journal: entries in, state out.

    apply(state, entry)          it happened; never refuses, for any entry ever recorded
    replay(graph, run, entries)  everything that happened, folded from nothing
    in_order(entries)            the one order in which entries fold, on every device
    statuses(state)              where every step stands, worked out in one sweep

What may happen is `rules.check`. `apply` changes the state it is given and hands it back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.events import (
    Acknowledged,
    AnswerGiven,
    ChildOpened,
    ContactTried,
    Entry,
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
from engine.facts import holds
from engine.graph import StepGraph
from engine.plan import LEVELS
from engine.road import Place, sweep
from engine.state import (
    BAD_ANSWERS,
    COMMAND,
    Child,
    Ending,
    Holding,
    Note,
    Round,
    RunState,
    Said,
    Signature,
    Statement,
    StepState,
    Try,
    Value,
    Word,
    heard,
    strongest,
)

ENTRY = "entry."
"""`AnswerGiven` on ``entry.N`` answers the Nth entry condition, counted from 0."""

PUT_BACK = ("put-back", "ticket")
"""Kinds of note that settle what a step left over."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where an entry stands among the others: its strand, and what its author had seen."""

    entry: Entry
    strand: int
    seen: dict[int, int]

    def about(self, value: Any, by: str | None = None) -> Said[Any]:
        entry = self.entry
        return Said(
            value=value,
            hash=entry.hash,
            strand=self.strand,
            jseq=entry.jseq,
            at=entry.at,
            recorded_at=entry.recorded_at,
            by=by or entry.by,
            basis=getattr(entry.event, "basis", "asserted"),
        )


def new_state(graph: StepGraph, run_id: str) -> RunState:
    """A run of which nothing is known yet."""
    return RunState(graph, run_id, opener=_open_step)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Entries in the order in which they fold, whatever order they arrived in."""
    return sorted(entries, key=lambda entry: entry.order)


def replay(graph: StepGraph, run_id: str, entries: Iterable[Entry]) -> RunState:
    """Everything that happened, folded from nothing."""
    state = new_state(graph, run_id)
    for entry in in_order(entries):
        apply(state, entry)
    return state


def statuses(state: RunState) -> dict[str, Place]:
    """Where every step and watch stands, in one sweep."""
    return {node: outcome.place for node, outcome in sweep(state.graph, state).items()}


def apply(state: RunState, entry: Entry) -> RunState:
    """It happened. Entries must come in the order of `in_order`."""
    strand, seen = state.causes.place(entry)
    state.moment = entry.at
    broken = [one for one in state.waits if holds(state, state.steps[one].step.wait_until or "", entry.at, one) is not True]
    handler = _HANDLERS.get(type(entry.event))
    touched = handler(state, Stand(entry, strand, seen), entry.event) if handler is not None else ()
    if touched:
        state.road.touch(touched)
    for step_id in broken:
        state.steps[step_id].true_since = None
    _watch_waits(state, entry.at)
    state.tips = (*(tip for tip in state.tips if tip not in entry.after), entry.hash)
    state.lam = max(state.lam, entry.lam)
    state.last, state.last_order = entry, entry.order
    return state


def _watch_waits(state: RunState, at: datetime) -> None:
    """Remember since when the condition of each open wait holds without a break."""
    for step_id in state.waits:
        one = state.steps[step_id]
        if one.true_since is None and holds(state, one.step.wait_until or "", at, step_id) is True:
            one.true_since = at


def _open_step(state: RunState, step_id: str) -> None:
    """A step opens: judge once whether it is to be done at all."""
    one = state.steps[step_id]
    assert state.moment is not None
    one.opened_at = state.moment
    if one.step.wait_until is not None:
        state.waits.add(step_id)
    if one.step.only_when is None or one.status is not None:
        return
    truth = holds(state, one.step.only_when, state.moment, step_id)
    one.passed = truth is False
    # On a safety step UNKNOWN means yes: it is done rather than passed.
    one.asks_whether = truth is None and one.step.cls != "safety"


# --- what each event does; a handler returns the nodes that the road must look at again

Touched = Iterable[str]


def _run_opened(state: RunState, said: Stand, event: RunOpened) -> Touched:
    if state.opened_at is None:
        state.opened_at, state.opened_by = said.entry.at, said.entry.by
        state.room, state.parent, state.uses = event.room, event.parent, dict(event.uses)
        state.texts = dict(event.texts)
        state.first_marks.setdefault("reported", said.entry.at)
        state.road.begin()
    return ()


def _run_held(state: RunState, said: Stand, event: RunHeld) -> Touched:
    state.held = (said.entry.at, said.entry.by, event.reason)
    return ()


def _run_resumed(state: RunState, said: Stand, event: RunResumed) -> Touched:
    state.held = None
    return ()


def _run_ended(state: RunState, said: Stand, event: RunEnded) -> Touched:
    if state.ended is None:
        state.ended = Ending(event.how, said.entry.at, said.entry.by, event.reason, event.open)
    return ()


def _child_opened(state: RunState, said: Stand, event: ChildOpened) -> Touched:
    state.children.setdefault(
        event.child, Child(event.child, event.runbook, event.link, event.step, event.watch)
    )
    if event.step in state.steps and state.steps[event.step].child is None:
        state.steps[event.step].child = event.child
    return ()


def _person_joined(state: RunState, said: Stand, event: PersonJoined) -> Touched:
    state.people[event.person] = event.name
    return ()


def _person_left(state: RunState, said: Stand, event: PersonLeft) -> Touched:
    state.people.pop(event.person, None)
    for held in state.roles.values():
        held.pop(event.person, None)
    state.command = tuple(one for one in state.command if one.value != event.person)
    return ()


def _role_taken(state: RunState, said: Stand, event: RoleTaken) -> Touched:
    if event.role == COMMAND:
        state.command = heard(state.command, said.about(event.person), said.seen)
        state.roles[COMMAND] = {}
    state.roles.setdefault(event.role, {})[event.person] = Holding(
        event.person, said.entry.at, event.acting_for
    )
    state.people.setdefault(event.person, event.person)
    return ()


def _handover_signed(state: RunState, said: Stand, event: HandoverSigned) -> Touched:
    state.roles.get(event.role, {}).pop(event.giver, None)
    return _role_taken(state, said, RoleTaken(event.role, event.person))


def _contact_tried(state: RunState, said: Stand, event: ContactTried) -> Touched:
    tried = Try(event.person, event.role, event.channel, event.outcome, said.entry.at, event.step)
    state.tries.append(tried)
    if event.step in state.steps:
        state.steps[event.step].tries.append(tried)
    return ()


def _step_started(state: RunState, said: Stand, event: StepStarted) -> Touched:
    if event.missed is not None:
        if event.missed in state.steps:
            state.steps[event.missed].missed = True
            return (event.missed,)
        return ()
    one = state.steps.get(event.step)
    if one is not None and one.started_at is None:
        one.started_at, one.started_by = said.entry.at, said.entry.by
    return ()


def _step_done(state: RunState, said: Stand, event: StepDone) -> Touched:
    one = state.steps.get(event.step)
    if one is None:
        return ()
    if event.round is not None:
        one.rounds.append(Round(event.round, said.entry.at, said.entry.by))
        _clear_round(one)
        _weigh(state, one)
        return (event.step,)
    if event.confirms is not None and one.heads:
        one.recheck = False
        _set_marks(state, one)
        return (event.step,)
    return _stated(state, said, event.step, Statement("done", deviation=event.deviation))


def _clear_round(one: StepState) -> None:
    """The next visit of a repeated step takes its own values."""
    one.readings, one.ticks, one.started_at, one.started_by = {}, {}, None, None


def _step_failed(state: RunState, said: Stand, event: StepFailed) -> Touched:
    return _stated(state, said, event.step, Statement("failed", reason=event.reason))


def _step_skipped(state: RunState, said: Stand, event: StepSkipped) -> Touched:
    statement = Statement("skipped", reason=event.reason, mark_at=_moment(event.mark_at))
    return _stated(state, said, event.step, statement)


def _step_deferred(state: RunState, said: Stand, event: StepDeferred) -> Touched:
    statement = Statement("deferred", reason=event.reason, until=event.until, owner=event.owner)
    if event.until in state.steps and event.step in state.steps:
        state.before.setdefault(event.until, set()).add(event.step)
    return _stated(state, said, event.step, statement)


def _step_overridden(state: RunState, said: Stand, event: StepOverridden) -> Touched:
    statement = Statement(
        "overridden",
        answer=event.answer,
        reason=event.reason,
        alone=event.alone,
        mark_at=_moment(event.mark_at),
    )
    return _stated(state, said, event.step, statement)


def _moment(text: str | None) -> datetime | None:
    try:
        return None if text is None else moment_of(text)
    except ValueError:
        return None


def _step_reopened(state: RunState, said: Stand, event: StepReopened) -> Touched:
    touched = _reopened(state, said, event.step, event.reason)
    return [*touched, *_rechecked(state, event.step, ())] if touched else ()


def _answer_given(state: RunState, said: Stand, event: AnswerGiven) -> Touched:
    if event.step.startswith(ENTRY):
        number = event.step.removeprefix(ENTRY)
        if number.isdecimal():
            state.entry_answers[int(number)] = event.answer
        return ()
    one = state.steps.get(event.step)
    if one is None:
        return ()
    if not one.step.decides:
        return _whether(one, event)
    if event.reopens:
        return _gone_back(state, said, event)
    changed = one.status == "done" and one.answer != event.answer
    touched = [
        *_stated(
            state,
            said,
            event.step,
            Statement("done", answer=event.answer, reason=event.reason, deviation=event.deviation),
        )
    ]
    if changed and not one.contradicted:
        touched += _rechecked(state, event.step, ())
    return touched


def _whether(one: StepState, event: AnswerGiven) -> Touched:
    """A person said whether a step whose condition is not known is to be done."""
    one.asks_whether = False
    one.passed = event.answer == "pass"
    return (event.step,)


def _gone_back(state: RunState, said: Stand, event: AnswerGiven) -> Touched:
    """The steps between open again; the turn counts, and loops inside this one count afresh."""
    key = (event.step, event.answer)
    was_answered = state.steps[event.step].status == "done"
    touched: list[str] = []
    for step_id in event.reopens:
        touched.extend(_reopened(state, said, step_id, event.reason))
    if was_answered:
        touched.extend(_rechecked(state, event.step, event.reopens))
    state.turns[key] = state.turns.get(key, 0) + 1
    for inner in state.graph.inner_loops.get(key, ()):
        state.turns.pop(inner, None)
    return touched


def _stated(state: RunState, said: Stand, step_id: str, statement: Statement) -> Touched:
    """Something was said of a step."""
    one = state.steps.get(step_id)
    if one is None:
        return ()
    one.heads = heard(one.heads, said.about(statement), said.seen)
    one.recheck = False
    one.put_back = False
    touched = [step_id]
    if statement.kind == "reopened":
        _clear_visit(state, one)
    _weigh(state, one)
    if one.contradicted:
        touched += _closed_again(state, step_id)
    for later, waiting in state.before.items():
        if step_id in waiting:
            touched.append(later)
    return touched


def _weigh(state: RunState, one: StepState) -> None:
    """What the statements about a step come to."""
    last = strongest(one.heads)
    one.contradicted = len(one.heads) > 1 and len({head.value for head in one.heads}) > 1
    one.status = None if last is None or last.value.kind == "reopened" else last.value.kind
    one.answer = None if last is None else last.value.answer
    if one.status is not None:
        state.waits.discard(one.step.id)
    _set_marks(state, one)


def _set_marks(state: RunState, one: StepState) -> None:
    """A mark stands from when its step is done; for one passed by decision, from when it really happened."""
    if not one.step.marks:
        return
    last = strongest(one.heads)
    at = None
    if last is not None and one.status == "done" and one.answer not in BAD_ANSWERS:
        at = last.at
    elif last is not None and one.status in ("skipped", "overridden"):
        at = last.value.mark_at
    for mark in one.step.marks:
        if at is not None:
            state.marks[mark] = (at, one.step.id)
            state.first_marks.setdefault(mark, at)
        elif state.marks.get(mark, (None, ""))[1] == one.step.id:
            del state.marks[mark]


def _reopened(state: RunState, said: Stand, step_id: str, reason: str | None) -> Touched:
    return _stated(state, said, step_id, Statement("reopened", reason=reason))


def _clear_visit(state: RunState, one: StepState) -> None:
    """The step opens again without its values and signatures; the record keeps them."""
    fresh = StepState(one.step)
    for name in StepState.__slots__:
        if name not in ("step", "visit", "heads", "child"):
            setattr(one, name, getattr(fresh, name))
    one.visit += 1
    state.waits.discard(one.step.id)


def _rechecked(state: RunState, step_id: str, but: Iterable[str]) -> list[str]:
    """What was done on the strength of `step_id` must be looked at again: does it still stand?"""
    touched = []
    skipped = set(but)
    for later in state.graph.below(step_id):
        one = state.steps[later]
        if later not in skipped and one.status in ("done", "overridden", "skipped"):
            one.recheck = True
            # A hold is signed anew: the old names do not count for what has changed.
            one.signatures = []
            touched.append(later)
    return touched


def _closed_again(state: RunState, step_id: str) -> list[str]:
    """Followers of a contradicted step that nobody has begun wait again."""
    closed, todo = [], [step_id]
    while todo:
        for edge in state.graph.out[todo.pop()]:
            one = state.steps[edge.later]
            if edge.leads and one.opened and not one.touched and not one.missed:
                one.opened_at, one.asks_whether = None, False
                state.waits.discard(edge.later)
                closed.append(edge.later)
                if one.passed:
                    one.passed = False
                    todo.append(edge.later)
    return closed


def _signed_off(state: RunState, said: Stand, event: SignedOff) -> Touched:
    if event.strength == "own-device":
        state.device_signers.setdefault(said.entry.journal, event.person)
    one = state.steps.get(event.step)
    if one is None:
        return ()
    if event.confirms is not None:
        one.signatures = [
            _confirmed(kept, event) if kept.hash == event.confirms else kept for kept in one.signatures
        ]
        return (event.step,)
    one.signatures.append(
        Signature(
            event.person,
            event.role,
            event.purpose,
            event.strength,
            said.entry.hash,
            said.entry.at,
            event.acting_for,
            event.channel,
            confirmed=event.strength != "voice",
        )
    )
    return (event.step,)


def _confirmed(kept: Signature, event: SignedOff) -> Signature:
    return Signature(
        kept.person, kept.role, kept.purpose, event.strength, kept.hash, kept.at, kept.acting_for, kept.channel
    )


def _reading_taken(state: RunState, said: Stand, event: ReadingTaken) -> Touched:
    one = state.steps.get(event.step or "")
    number = _number(event.value)
    value = said.about(Value(event.value, event.unit, event.source, number, event.reason))
    if event.second:
        if one is not None:
            one.second_readings[event.reading] = value
        return ()
    state.readings[event.reading] = heard(state.readings.get(event.reading, ()), value, said.seen)
    if number is not None:
        state.history.setdefault(event.reading, []).append((said.entry.at, number))
    if one is not None:
        one.readings[event.reading] = value
    return ()


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _item_ticked(state: RunState, said: Stand, event: ItemTicked) -> Touched:
    if event.step in state.steps:
        state.steps[event.step].ticks.setdefault(event.item, said.about(event.name))
    return ()


def _evidence_attached(state: RunState, said: Stand, event: EvidenceAttached) -> Touched:
    if event.step in state.steps:
        state.steps[event.step].evidence.append(event.name)
    return ()


def _warning_shown(state: RunState, said: Stand, event: WarningShown) -> Touched:
    if event.step in state.steps:
        state.steps[event.step].warned = True
    return ()


def _level_declared(state: RunState, said: Stand, event: LevelDeclared) -> Touched:
    if event.level in LEVELS:
        state.levels = heard(state.levels, said.about(event.level), said.seen)
    return ()


def _watch_raised(state: RunState, said: Stand, event: WatchRaised) -> Touched:
    watch = state.watches.get(event.watch)
    if watch is None or watch.raised_at is not None:
        return ()  # A second terminal noticed the same: one fact recorded twice.
    watch.raised_at, watch.by, watch.basis = said.entry.at, said.entry.by, event.basis
    watch.times += 1
    touched = [event.watch]
    if watch.times > 1:
        for edge in state.graph.out[event.watch]:
            touched.extend(_woken_again(state, said, edge.later))
    return touched


def _woken_again(state: RunState, said: Stand, step_id: str) -> list[str]:
    """A sleeping step whose watch is raised again opens again, and with it what follows in its lane."""
    lane = state.graph.steps[step_id].lane
    touched = []
    for name in (step_id, *state.graph.below(step_id)):
        one = state.steps[name]
        if one.step.lane == lane and one.status is not None:
            touched.extend(_reopened(state, said, name, None))
    return touched


def _watch_retired(state: RunState, said: Stand, event: WatchRetired) -> Touched:
    watch = state.watches.get(event.watch)
    if watch is not None:
        watch.raised_at, watch.retired_at = None, said.entry.at
    return ()


def _acknowledged(state: RunState, said: Stand, event: Acknowledged) -> Touched:
    state.acknowledged.add(event.alarm)
    return ()


def _note_added(state: RunState, said: Stand, event: NoteAdded) -> Touched:
    state.notes.append(Note(event.kind, event.text, said.entry.at, said.entry.by, event.step))
    if event.kind in PUT_BACK and event.step in state.steps:
        state.steps[event.step].put_back = True
    return ()


def _told(state: RunState, said: Stand, event: Told) -> Touched:
    state.told.append(Word(event.group, said.entry.at, event.outcome, event.step))
    return ()


def _report_issued(state: RunState, said: Stand, event: ReportIssued) -> Touched:
    state.reports.append((said.entry.at, event.number))
    return ()


_HANDLERS: dict[type[Event], Callable[[RunState, Stand, Any], Touched]] = {
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
