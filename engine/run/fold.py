"""Entries in, state out: the order in which they fold, and the table of what each event does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from engine import events as ev
from engine.events import Entry, Event
from engine.facts import holds, wait_holds
from engine.graph import StepGraph
from engine.road import Place, sweep
from engine.run import drills, situation, steps
from engine.run.stand import Stand, Touched
from engine.run.statements import begun
from engine.state import RunState

HANDLERS: dict[type[Event], Callable[[RunState, Stand, Any], Touched]] = {
    ev.RunOpened: situation.run_opened,
    ev.RunHeld: situation.run_held,
    ev.RunResumed: situation.run_resumed,
    ev.RunEnded: situation.run_ended,
    ev.ChildOpened: situation.child_opened,
    ev.PersonJoined: situation.person_joined,
    ev.PersonLeft: situation.person_left,
    ev.RoleTaken: situation.role_taken,
    ev.HandoverSigned: situation.handover_signed,
    ev.ContactTried: situation.contact_tried,
    ev.StepStarted: steps.step_started,
    ev.StepDone: steps.step_done,
    ev.StepFailed: steps.step_failed,
    ev.StepSkipped: steps.step_skipped,
    ev.StepDeferred: steps.step_deferred,
    ev.StepOverridden: steps.step_overridden,
    ev.StepReopened: steps.step_reopened,
    ev.AnswerGiven: steps.answer_given,
    ev.SignedOff: steps.signed_off,
    ev.ReadingTaken: situation.reading_taken,
    ev.ItemTicked: steps.item_ticked,
    ev.EvidenceAttached: steps.evidence_attached,
    ev.WarningShown: steps.warning_shown,
    ev.LevelDeclared: situation.level_declared,
    ev.WatchRaised: situation.watch_raised,
    ev.WatchRetired: situation.watch_retired,
    ev.Acknowledged: situation.acknowledged,
    ev.NoteAdded: situation.note_added,
    ev.FindingClosed: situation.finding_closed,
    ev.Told: situation.told,
    ev.ReportIssued: situation.report_issued,
    ev.ClockSet: drills.clock_set,
    ev.InjectSet: drills.inject_set,
}
"""What each event does to the state; it returns the nodes that the road must look at again."""


def new_state(graph: StepGraph, run_id: str) -> RunState:
    """A run of which nothing is known yet."""
    return RunState(graph, run_id, _open_step)


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
    return {node: outcome.place for node, outcome in sweep(state.graph, state, state.road.shape).items()}


def apply(state: RunState, entry: Entry) -> RunState:
    """It happened. Entries must come in the order of `in_order`."""
    strand, seen = state.causes.place(entry)
    said = Stand(entry, strand, seen)
    state.present = said.about(entry.hash)
    state.writers.add(entry.actor)
    broken = [name for name in state.waits if not _wait_holds(state, name, entry.at)]
    handler = HANDLERS.get(type(entry.event))
    touched = list(handler(state, said, entry.event)) if handler is not None else []
    touched += begun(state, getattr(entry.event, "step", None)) if state.opened_at is not None else []
    _bring_up_to_date(state, touched)
    _watch_waits(state, broken, entry.at)
    state.tips = (*(tip for tip in state.tips if tip not in entry.after), entry.hash)
    state.lam = max(state.lam, entry.lam)
    state.last, state.last_order = entry, entry.order
    return state


def _bring_up_to_date(state: RunState, touched: Iterable[str]) -> None:
    """Something was said of these nodes: the road moves, and the lists know what was said."""
    outcomes = state.road.outcomes
    stood = {name: outcomes[name] for name in touched}
    if state.opened_at is not None:
        state.road.touch(stood)
    for name, before in stood.items():
        # Of one that stands elsewhere now the road itself has told the lists.
        if outcomes[name] is before and name in state.steps:
            state.lists.weigh(state.steps[name], before)


def _wait_holds(state: RunState, step_id: str, at: datetime) -> bool:
    return wait_holds(state, state.steps[step_id], at) is True


def _watch_waits(state: RunState, broken: Iterable[str], at: datetime) -> None:
    """Remember since when the condition of each open wait holds without a break.

    `broken` did not hold just before the entry: a reading that had grown too old, say.
    """
    for name in broken:
        state.steps[name].true_since = None
    for name in state.waits:
        one = state.steps[name]
        if one.true_since is None and _wait_holds(state, name, at):
            one.true_since = at


def _open_step(state: RunState, step_id: str) -> None:
    """A step opens: judge once whether it is to be done at all."""
    one = state.steps[step_id]
    assert state.moment is not None
    one.opened_at, one.shut = state.moment, None
    if one.step.only_when is not None and one.status is None:
        truth = holds(state, one.step.only_when, state.moment, step_id)
        one.passed = truth is False
        # On a safety step UNKNOWN means yes: it is done rather than passed.
        one.asks_whether = truth is None and one.step.cls != "safety"
    state.weigh_wait(one)
