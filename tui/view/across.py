"""What the runs beside this one have to say, at the step it is about and in the alarm row."""

from __future__ import annotations

from collections.abc import Iterator

from engine.rules import name_of
from engine.state import Clash, RunState, StepState
from engine.text import Text, clean
from tui.view.looking import Looking


def across_lines(look: Looking, one: StepState) -> Iterator[str]:
    """What another run has to do with this step: each clash, and who keeps back what it would open."""
    for clash in look.across.of_step(one.step.id):
        yield look.say(f"clash-{clash.kind}", **_at_the_step(look, clash))
    if one.step.kind == "run" and one.child is None:
        yield from kept_back_lines(look, one.step.target)


def kept_back_lines(look: Looking, runbook: str | None) -> Iterator[str]:
    """Which run keeps a runbook back; nothing where none does."""
    kept = look.across.kept_back.get(runbook or "")
    if kept is not None:
        yield look.say("kept-back-by", title=look.text(kept.title), run=clean(kept.run))


def kept_back_short(look: Looking, runbook: str | None) -> list[str]:
    """The same in a few words, for a row."""
    kept = look.across.kept_back.get(runbook or "")
    return [] if kept is None else [look.say("kept-back-short", run=clean(kept.run))]


def why_it_stands_back(look: Looking, one: StepState) -> str:
    """In a word why a step is not to be done now: another run has locked it, or keeps back what it opens."""
    if look.across.lock_on(one.step.id) is not None:
        return look.say("stands-locked")
    return look.say("stands-kept-back") if stands_back(look, one) else ""


def not_due(look: Looking, step: str | None) -> str:
    """What is said to whoever would do a step that rests, by the id of the sentence."""
    one = look.state.steps.get(step or "")
    return "not-due-across" if one is not None and stands_back(look, one) else "not-due"


def stands_back(look: Looking, one: StepState) -> bool:
    """Whether a step is not to be done now for what another run says: kept back, or locked there."""
    kept = one.step.kind == "run" and one.child is None and one.step.target in look.across.kept_back
    return kept or look.across.lock_on(one.step.id) is not None


def clash_facts(state: RunState, clash: Clash) -> tuple[tuple[str, object], ...]:
    """What stands in the sentence of the alarm row, which names both steps."""
    return (
        ("step", state.graph.steps[clash.step].text),
        ("other", clash.other),
        ("run", clash.run),
        ("thing", _thing(state, clash)),
        ("person", name_of(state, clash.subject)),
    )


def _at_the_step(look: Looking, clash: Clash) -> dict[str, object]:
    return {
        "other": look.text(clash.other),
        "run": clean(clash.run),
        "title": look.text(clash.title),
        "thing": look.text(_thing(look.state, clash)),
        "person": look.name(clash.subject) if clash.kind == "busy" else "",
        "ours": look.said("touched", clash.ours),
        "theirs": look.said("touched", clash.theirs),
        "time": look.clock(clash.since) if clash.since is not None else "",
    }


def _thing(state: RunState, clash: Clash) -> Text:
    """The thing by the tag that hangs on it, where the step names one: that is what a person sees."""
    tag = state.graph.steps[clash.step].tag or clash.subject
    zh, slash, en = tag.partition(" / ")
    return Text(zh, en if slash else zh)
