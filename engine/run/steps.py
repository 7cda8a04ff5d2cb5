"""What each event about a step does."""

from __future__ import annotations

from dataclasses import replace

from engine.events import (
    AnswerGiven,
    EvidenceAttached,
    ItemTicked,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    StepStarted,
    WarningShown,
)
from engine.run.stand import Stand, Touched, moment_or_none
from engine.run.statements import rechecked, stated
from engine.state import RunState, Signature, Statement, StepState, heard
from engine.state.said import unseen

ENTRY = "entry."
"""`AnswerGiven` on ``entry.N`` answers the Nth entry condition, counted from 0."""


def step_started(state: RunState, said: Stand, event: StepStarted) -> Touched:
    if event.missed is not None:
        return _limit_passed(state, said, event.missed, event.step)
    one = state.steps.get(event.step)
    if one is None or not one.is_of_this_visit(said.seen):
        return ()
    if one.started_at is None or one.step.restart:
        one.started_at, one.started_by = said.entry.at, said.entry.by
        one.true_since = None
    return ()


def _limit_passed(state: RunState, said: Stand, late: str, opened: str) -> Touched:
    one = state.steps.get(late)
    if one is None or one.step.missed != opened or one.missed_at is not None:
        return ()
    if not one.is_of_this_visit(said.seen):
        return ()
    one.missed_at = said.entry.at
    return (late,)


def step_done(state: RunState, said: Stand, event: StepDone) -> Touched:
    one = state.steps.get(event.step)
    if one is None:
        return ()
    if event.round is not None:
        if one.is_of_this_visit(said.seen):
            one.visited(event.round, said.entry.at, said.entry.by)
        return (event.step,)
    if event.confirms is not None:
        one.doubts = unseen(one.doubts, said.seen)
        return (event.step,)
    return stated(state, said, event.step, Statement("done", deviation=event.deviation))


def step_failed(state: RunState, said: Stand, event: StepFailed) -> Touched:
    return stated(state, said, event.step, Statement("failed", reason=event.reason))


def step_skipped(state: RunState, said: Stand, event: StepSkipped) -> Touched:
    statement = Statement("skipped", reason=event.reason, mark_at=moment_or_none(event.mark_at))
    return stated(state, said, event.step, statement)


def step_deferred(state: RunState, said: Stand, event: StepDeferred) -> Touched:
    if event.until in state.steps and event.step in state.steps:
        state.before.setdefault(event.until, set()).add(event.step)
        state.put_before.setdefault(event.step, set()).add(event.until)
    statement = Statement("deferred", reason=event.reason, until=event.until, owner=event.owner)
    touched = stated(state, said, event.step, statement)
    return [*touched, *state.held_by(event.step)] if touched else ()


def step_overridden(state: RunState, said: Stand, event: StepOverridden) -> Touched:
    statement = Statement(
        "overridden",
        answer=event.answer,
        reason=event.reason,
        alone=event.alone,
        mark_at=moment_or_none(event.mark_at),
    )
    return stated(state, said, event.step, statement)


def step_reopened(state: RunState, said: Stand, event: StepReopened) -> Touched:
    touched = stated(state, said, event.step, Statement("reopened", reason=event.reason))
    return [*touched, *rechecked(state, said, event.step)] if touched else ()


# --- answers


def answer_given(state: RunState, said: Stand, event: AnswerGiven) -> Touched:
    if event.step.startswith(ENTRY):
        return _entry_answered(state, event)
    one = state.steps.get(event.step)
    if one is None:
        return ()
    if not one.step.decides:
        return _whether(one, said, event)
    if event.reopens:
        return _gone_back(state, said, event)
    statement = Statement("done", answer=event.answer, reason=event.reason, deviation=event.deviation)
    return stated(state, said, event.step, statement)


def _entry_answered(state: RunState, event: AnswerGiven) -> Touched:
    number = event.step.removeprefix(ENTRY)
    known = {str(index): index for index in range(len(state.graph.runbook.entry))}
    if number in known:
        state.entry_answers[known[number]] = event.answer
    return ()


def _whether(one: StepState, said: Stand, event: AnswerGiven) -> Touched:
    """A person said whether a step of unknown condition is to be done; two who differ are asked again."""
    if not (one.asks_whether or one.whether) or not one.is_of_this_visit(said.seen):
        return ()
    one.whether = heard(one.whether, said.about(event.answer), said.seen)
    answers = {head.value for head in one.whether}
    one.asks_whether = len(answers) > 1
    one.passed = answers == {"pass"}
    return (event.step,)


def _gone_back(state: RunState, said: Stand, event: AnswerGiven) -> Touched:
    """The steps between open again; the turn counts, and loops inside this one count afresh."""
    one = state.steps[event.step]
    twice = any(head.value.turn == event.answer for head in unseen(one.heads, said.seen))
    stood = one.answer is not None
    touched: list[str] = []
    for step_id in event.reopens:
        turn = event.answer if step_id == event.step else None
        touched += stated(state, said, step_id, Statement("reopened", turn=turn, reason=event.reason))
    if stood:
        touched += rechecked(state, said, event.step, event.reopens)
    state.lists.reached.setdefault(f"{event.step}.{event.answer}")
    if not twice:
        state.turns[event.step, event.answer] = state.turns.get((event.step, event.answer), 0) + 1
        for inner in state.graph.loops_inside(event.step, event.answer):
            state.turns.pop(inner, None)
    return touched


# --- what belongs to a step


def signed_off(state: RunState, said: Stand, event: SignedOff) -> Touched:
    state.signs_here(said.entry.journal, event.person, event.strength)
    if event.confirms is not None and event.step in state.handovers:
        state.handovers[event.step] = [_confirmed(kept, event) for kept in state.handovers[event.step]]
    one = state.steps.get(event.step)
    if one is None:
        return ()
    if event.confirms is not None:
        one.confirm_voice(lambda kept: _confirmed(kept, event))
    elif _is_of_what_stands(one, said, event):
        one.signatures.append(_signature(said, event))
    elif event.strength == "voice":
        # Somebody may have passed on it who did not know that the step had begun again.
        one.past_voices.append(_signature(said, event))
    if one.voices:
        state.voices.add(event.step)
    return (event.step,)


def _is_of_what_stands(one: StepState, said: Stand, event: SignedOff) -> bool:
    """Whether who signed knew the present visit; and who verified, everything that is said of the step."""
    knew = event.purpose != "verify" or not unseen(one.heads, said.seen)
    return knew and one.is_of_this_visit(said.seen)


def _signature(said: Stand, event: SignedOff) -> Signature:
    return Signature(
        event.person,
        event.role,
        event.purpose,
        event.strength,
        said.entry.hash,
        said.entry.at,
        event.acting_for,
        event.channel,
        confirmed=event.strength != "voice",
        journal=said.entry.journal,
        actor=said.entry.actor,
    )


def _confirmed(kept: Signature, event: SignedOff) -> Signature:
    if kept.hash != event.confirms or kept.person != event.person or event.strength == "voice":
        return kept
    return replace(kept, strength=event.strength, confirmed=True)


def item_ticked(state: RunState, said: Stand, event: ItemTicked) -> Touched:
    one = state.steps.get(event.step)
    if one is not None and one.is_of_this_visit(said.seen):
        before = one.ticks.get(event.item)
        # The first tick of a line stands; but a list that was read again puts another item at its number.
        if before is None or before.value != event.name:
            one.ticks[event.item] = said.about(event.name)
    return ()


def evidence_attached(state: RunState, said: Stand, event: EvidenceAttached) -> Touched:
    one = state.steps.get(event.step or "")
    if one is not None and one.is_of_this_visit(said.seen):
        one.evidence.append(event.name)
    return ()


def warning_shown(state: RunState, said: Stand, event: WarningShown) -> Touched:
    one = state.steps.get(event.step)
    if one is not None and one.is_of_this_visit(said.seen):
        one.warned = True
    return ()
