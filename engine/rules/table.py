"""Which rule is asked of which event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from engine import events as ev
from engine.errors import Refused
from engine.events import BASES, Event
from engine.rules import answers, drills, inside, people, runs, signatures, situation, steps
from engine.rules.proposal import Proposal
from engine.state import RunState

RULES: dict[type[Event], Callable[[RunState, Proposal, Any], None]] = {
    ev.RunOpened: runs.run_opened,
    ev.RunHeld: runs.run_held,
    ev.RunResumed: runs.run_resumed,
    ev.RunEnded: runs.run_ended,
    ev.ChildOpened: runs.child_opened,
    ev.PersonJoined: people.person_joined,
    ev.PersonLeft: people.person_left,
    ev.RoleTaken: people.role_taken,
    ev.HandoverSigned: people.handover_signed,
    ev.ContactTried: people.contact_tried,
    ev.StepStarted: steps.step_started,
    ev.StepDone: steps.step_done,
    ev.StepFailed: steps.step_failed,
    ev.StepSkipped: steps.step_skipped,
    ev.StepDeferred: steps.step_deferred,
    ev.StepOverridden: steps.step_overridden,
    ev.StepReopened: steps.step_reopened,
    ev.AnswerGiven: answers.answer_given,
    ev.SignedOff: signatures.signed_off,
    ev.ReadingTaken: situation.reading_taken,
    ev.ItemTicked: situation.item_ticked,
    ev.EvidenceAttached: situation.evidence_attached,
    ev.WarningShown: situation.warning_shown,
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


def check(state: RunState, proposal: Proposal) -> None:
    """Refuse what may not happen now; return when it may."""
    if not proposal.events:
        raise Refused("nothing-proposed")
    _check_time(state, proposal)
    for event in proposal.events:
        if state.ended is not None and not runs.taken_after_the_end(event):
            raise Refused("run-ended")
        basis = getattr(event, "basis", "asserted")
        if basis not in BASES:
            raise Refused("unknown-basis", basis=basis)
        _not_before_its_step(state, proposal, event)
        inside.not_while_out(state, proposal, event)
        rule = RULES.get(type(event))
        if rule is None:
            raise Refused("not-for-a-run")
        drills.the_clock_goes(state, event)
        rule(state, proposal, event)


SAID_OF_A_STEP = (
    ev.StepStarted,
    ev.StepDone,
    ev.StepFailed,
    ev.StepSkipped,
    ev.StepDeferred,
    ev.StepOverridden,
    ev.AnswerGiven,
    ev.SignedOff,
)
"""What cannot be true of a step before its turn had come."""


def _not_before_its_step(state: RunState, proposal: Proposal, event: Event) -> None:
    """Nobody did a step before it opened: a time given late cannot keep a promise that was broken.

    A clock that is a little behind the one of another terminal gives no time: its now is taken as it is.
    """
    one = state.steps.get(getattr(event, "step", None) or "")
    if one is None or one.opened_at is None or not isinstance(event, SAID_OF_A_STEP):
        return
    if proposal.at < proposal.now and proposal.at < one.opened_at:
        opened_at = one.opened_at.astimezone(ZoneInfo(state.graph.site.timezone))
        raise Refused("before-the-step", step=one.step.text, time=f"{opened_at:%H:%M:%S}")


def _check_time(state: RunState, proposal: Proposal) -> None:
    opening = isinstance(proposal.events[0], ev.RunOpened)
    if opening != (state.opened_at is None):
        raise Refused("already-open" if opening else "not-opened")
    if proposal.at > proposal.now:
        raise Refused("in-the-future")
    if state.opened_at is not None and proposal.at < state.opened_at:
        raise Refused("before-the-run")
