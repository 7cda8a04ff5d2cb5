"""What may be done, in the words of a button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.acts import Act, Need
from engine.clocks import alarms, suggested_level
from engine.condition import parse
from engine.rules import exits_unmet
from engine.text import Text, clean
from tui.view.ending import ends_by_enter, of_run
from tui.view.looking import Looking
from tui.view.rows import alarm_line, watch_words
from tui.view.step import FEW, answer_line
from tui.view.values import reading_label


def act_label(look: Looking, act: Act, with_step: bool = False) -> str:
    """What an act does, in the words of a button."""
    label, subject = _words(look, act), _subject(look, act, with_step)
    label = look.in_brackets(label, look.say("earlier-act")) if act.earlier else label
    if not subject:
        return label
    if act.subject is not None or act.verb in ("raise", "raise-again", "retire"):
        return look.labelled(label, subject)
    return f"{label}   {subject}"


def _subject(look: Looking, act: Act, with_step: bool) -> str:
    state = look.state
    if act.verb == "ack":
        alarm = next((one for one in look.once(alarms) if one.name == act.step), None)
        return look.text(act.subject or "") if alarm is None else alarm_line(look, alarm)
    if act.step in state.graph.watches:
        return watch_words(look, act.step)
    if act.subject is not None:
        return look.text(act.subject)
    if with_step and act.step in state.steps:
        return look.say("step-n", number=state.graph.number[act.step], title=look.title(act.step))
    return ""


def _words(look: Looking, act: Act) -> str:
    readings = [reading_label(look, need.reading) for need in act.needs if need.reading is not None]
    if act.verb in ("do", "visit", "read", "verify") and readings:
        if len(readings) > FEW:
            return look.say(f"act-{act.verb}-many", count=len(readings))
        return look.say(f"act-{act.verb}-values", readings=look.join(readings))
    if act.verb == "fail" and act.step in look.state.steps and look.state.steps[act.step].step.decides:
        return look.say("act-fail-unmet")
    if act.verb == "confirm-voice":
        names = [look.text(words) for need in act.needs if need.name == "target" for _, words in need.choices]
        return look.say("act-confirm-voice", names=look.join(names))
    if act.verb == "force-child":
        return look.say("act-force-child", run=clean(act.despite or ""))
    if act.verb == "level":
        suggested = look.once(suggested_level)
        if suggested is not None and suggested != look.state.level:
            return look.in_brackets(look.say("act-level"), look.say("suggests", level=suggested))
    return look.say(of_run(look, "act-end") if act.verb == "end" else f"act-{act.verb}")


def answer_label(look: Looking, act: Act, choice: tuple[str, Text]) -> str:
    """One answer of an act that only asks for one, as a button of its own."""
    name, words = choice
    one = look.state.steps.get(act.step or "")
    answer = (
        next((known for known in one.step.answers if known.id == name), None) if one is not None else None
    )
    if one is not None and answer is not None and act.verb == "answer":
        return answer_line(look, one, answer)
    label = look.text(words)
    if act.verb == "entry" and name == "no":
        return look.say("entry-no-label", words=look.text(act.subject or ""))
    return label if act.subject is None else look.labelled(label, look.text(act.subject))


# --- what is offered in front of a person


@dataclass(frozen=True, slots=True)
class Offer:
    """Something behind a number: an act with what is known of it already, another step, or another run."""

    label: str
    act: Act | None = None
    preset: Mapping[str, Any] = field(default_factory=dict)
    step: str | None = None
    run: str | None = None
    decides: bool = False
    """One of several answers: never taken by Enter alone."""

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from every other offer on the same step, however often it is offered anew."""
        act = self.act
        if act is None:
            return (self.step, self.run)
        readings = tuple(need.reading for need in act.needs) if act.step is None else ()
        return (*act.key, readings, *(self.preset.get(name) for name in ("answer", "outcome", "person")))


def offers_of(look: Looking, acts: Sequence[Act], current: str | None) -> list[Offer]:
    """What stands behind the first numbers: what cannot wait, the acts of the step, what the situation asks."""
    return [offer for act in front_of(look, acts, current) for offer in _offers(look, act)]


def front_of(look: Looking, acts: Sequence[Act], current: str | None) -> list[Act]:
    """The acts behind the first numbers. Entry conditions, and a run that a watch calls for, come first."""
    urgent = [act for act in acts if act.verb == "entry" or _is_called_for(look, act)]
    own = [act for act in acts if act.step is not None and act.step == current and act not in urgent]
    own.sort(key=lambda act: not act.main)
    asked = [act for act in acts if _is_asked_for(look, act) and act not in own]
    asked.sort(key=lambda act: _LAST_THINGS.index(act.verb) if act.verb in _LAST_THINGS else -1)
    return [*urgent, *own, *_before_the_end(look, acts), *asked]


_LAST_THINGS = ("end", "report", "tell-anytime", "note", "level")
"""In this order, where the end is near or past."""


def _is_called_for(look: Looking, act: Act) -> bool:
    return act.verb == "open-child" and act.step in look.state.watches


def _is_asked_for(look: Looking, act: Act) -> bool:
    """What the situation asks of whoever is here, whatever step stands in front."""
    state = look.state
    if act.verb == "level":
        suggested = look.once(suggested_level)
        return suggested is not None and suggested != state.level
    if act.verb == "end":
        return act.main
    if act.verb in ("report", "note", "tell-anytime"):
        # A patrol owes no customer a word.
        owed = act.verb == "note" or state.graph.runbook.patrol is None
        return state.ended is not None and owed
    return act.verb in ("resume", "put-back")


def _before_the_end(look: Looking, acts: Sequence[Act]) -> list[Act]:
    """The readings that must be taken again before the run can end complete."""
    read = next((act for act in acts if act.key == ("read", None)), None)
    if read is None or not look.state.road.finished:
        return []
    known = look.state.graph.readings
    names = [name for text in exits_unmet(look.state, look.now) for name, _ in parse(text).names]
    asked = dict.fromkeys(name.removesuffix("-rise") for name in names)
    return [replace(read, needs=(Need(name, "reading", reading=name),)) for name in asked if name in known]


def _offers(look: Looking, act: Act) -> list[Offer]:
    """An act that is only a choice is offered as its choices; a call as its outcomes."""
    if act.verb == "try" and act.step is not None:
        return _calls(look, act)
    if act.verb in ("answer", "whether", "entry") and _is_choice(act):
        return [
            Offer(answer_label(look, act, choice), act, {"answer": choice[0]}, decides=True)
            for choice in act.needs[0].choices
        ]
    if act.verb == "end" and ends_by_enter(look):
        return [Offer(look.say("act-end-back"), act, {"target": "complete"})]
    return [Offer(act_label(look, act), act)]


def _is_choice(act: Act) -> bool:
    """Whether an answer is all it takes; what one against the readings asks for besides comes after it."""
    must = [need.name for need in act.needs if act.verb != "answer" or not need.optional]
    return must == ["answer"] and act.needs[0].name == "answer"


def _calls(look: Looking, act: Act) -> list[Offer]:
    needs = {need.name: need for need in act.needs}
    person = needs["person"].default
    if person is None:
        return [Offer(act_label(look, act), act)]
    known = {"person": person, "channel": look.say("telephone")}
    outcomes = [
        Offer(look.text(words), act, {**known, "outcome": name}, decides=True)
        for name, words in needs["outcome"].choices
    ]
    first = replace(outcomes[0], label=f"{outcomes[0].label} {look.name(person)}")
    return [first, *outcomes[1:], Offer(look.say("act-try-other"), act)]
