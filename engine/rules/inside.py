"""Nobody works inside while everybody is out (`engine.state.withdrawn`)."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    ChildOpened,
    Event,
    ItemTicked,
    ReadingTaken,
    SignedOff,
    StepDone,
    StepStarted,
)
from engine.rules.proposal import Proposal
from engine.state import BAD_ANSWERS, RunState, StepState, Withdrawal, held_back


def work_inside(state: RunState, event: Event) -> StepState | None:
    """The step inside the endangered room that somebody works at by what they say; None of anything else."""
    one = state.steps.get(getattr(event, "step", None) or "")
    return one if one is not None and one.step.inside and _is_work(one, event) else None


def not_while_out(state: RunState, proposal: Proposal, event: Event) -> None:
    """Nobody works inside while everybody is out; what was done before they went is recorded with its time."""
    one = work_inside(state, event)
    if one is None:
        return
    found = held_back(state, one.step.id)
    if found is None or proposal.at < found.since:
        return
    hold = state.graph.steps[found.hold].text
    raise Refused("everybody-out", **out_since(state, found), step=one.step.text, hold=hold)


def out_since(state: RunState, found: Withdrawal) -> dict[str, object]:
    """Since when everybody is out and why, for a sentence."""
    return {
        "time": f"{found.since.astimezone(ZoneInfo(state.graph.site.timezone)):%H:%M:%S}",
        "cause": found.cause,
    }


def _is_work(one: StepState, event: Event) -> bool:
    """Whether somebody does it there; that it could not be done, is put off or passed can be said from outside."""
    if isinstance(event, StepStarted):
        return event.missed is None
    if isinstance(event, StepDone):
        # That a repetition has come to its end, or another run, is no visit of anybody.
        ends = one.step.kind == "run" or (one.step.repeat is not None and event.round is None)
        return event.confirms is None and not ends
    if isinstance(event, AnswerGiven):
        return one.step.decides and (one.step.kind == "ask" or event.answer not in BAD_ANSWERS)
    if isinstance(event, SignedOff):
        return event.purpose != "override" and event.confirms is None
    return isinstance(event, (ChildOpened, ItemTicked, ReadingTaken))
