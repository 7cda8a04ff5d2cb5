"""What must be there before a step may end well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.condition import evaluate, parse
from engine.errors import Refused
from engine.events import (
    ChildOpened,
    ContactTried,
    EvidenceAttached,
    ItemTicked,
    LevelDeclared,
    NoteAdded,
    ReadingTaken,
    SignedOff,
    Told,
    WarningShown,
)
from engine.facts import facts_at, holds, wait_holds
from engine.plan import FINDING, Step
from engine.rules.proposal import Proposal
from engine.run.situation import value_of
from engine.state import RunState, StepState

HEARD = ("voice", "sent", "suppressed")
"""Outcomes of telling somebody that count as told; only in a drill may a word be held back."""


def ready_to_finish(state: RunState, proposal: Proposal, one: StepState) -> None:
    """Refuse while anything that the step asks for is missing."""
    step = one.step
    if one.asks_whether:
        raise Refused("whether-first", step=step.text)
    check_warned(proposal, one)
    _check_tag(proposal, one)
    missing = missing_readings(state, one, proposal)
    if missing:
        labels = tuple(state.graph.readings[name].label for name in missing)
        raise Refused("reading-missing", step=step.text, readings=labels)
    _check_items(state, proposal, one)
    if lacks_level(state, one) and not any(isinstance(event, LevelDeclared) for event in proposal.events):
        raise Refused("level-first", step=step.text)
    if step.evidence_required and not one.evidence and not proposal.of(EvidenceAttached, step.id):
        raise Refused("evidence-missing", step=step.text)
    if done_by_two(step) and not _agreed_by_another(proposal, one):
        raise Refused("together-first", step=step.text)


def lacks_level(state: RunState, one: StepState) -> bool:
    """Whether the step is done by declaring the level, and nobody has since it opened."""
    if not one.step.declare_level or one.opened_at is None:
        return one.step.declare_level
    return not any(said.at >= one.opened_at for said in state.levels)


def done_by_two(step: Step) -> bool:
    """Whether two people do it together: the plan says so, or says that nobody passes it alone.

    A hold has its signers, and what is verified independently is not passed before the second has seen it.
    """
    alone = step.never_alone and step.kind in ("do", "ask") and step.verify is None
    return step.verify == "together" or alone


# --- readings


def needed_readings(step: Step, state: RunState) -> tuple[str, ...]:
    """The readings a step asks for: to record, to expect something of, or to have a list to go through."""
    asked = list(step.record)
    if step.expect is not None and step.expect.that is not None:
        names = [name.removesuffix("-rise") for name, _ in parse(step.expect.that).names]
        asked += [name for name in names if name in state.graph.readings]
    if step.each is not None and not state.readings.get(step.each):
        asked.append(step.each)
    return tuple(dict.fromkeys(asked))


def readings_to_take(state: RunState, one: StepState) -> tuple[str, ...]:
    """What a person is asked to read now: what was not taken in this visit, or two have read differently."""
    needed = needed_readings(one.step, state)
    return tuple(name for name in needed if name not in one.readings or _is_disputed(state, name))


def _is_disputed(state: RunState, name: str) -> bool:
    heads = state.readings.get(name, ())
    return any(one.value != heads[0].value for one in heads)


def missing_readings(state: RunState, one: StepState, proposal: Proposal) -> tuple[str, ...]:
    """Readings of the step that were not taken in this visit nor come with the proposal."""
    needed = needed_readings(one.step, state)
    if not needed:
        return ()
    given = {event.reading for event in proposal.of(ReadingTaken, one.step.id) if not event.second}
    return tuple(name for name in needed if name not in one.readings and name not in given)


def expectation(state: RunState, one: StepState, proposal: Proposal) -> bool | None:
    """Whether the expectation of a step holds with the values that come with the proposal."""
    expect = one.step.expect
    if expect is None or expect.that is None:
        return None
    readings = state.graph.readings
    given = {
        event.reading: value_of(readings[event.reading], event)
        for event in proposal.of(ReadingTaken, one.step.id)
        if event.reading in readings and not event.second
    }
    return evaluate(parse(expect.that), facts_at(state, proposal.at, one.step.id, given)).value


def as_expected(state: RunState, proposal: Proposal, one: StepState, deviation: str | None) -> None:
    """What was seen is what should be; where the plan has no other road, somebody says what was different."""
    expect = one.step.expect
    if expect is None or expect.that is None:
        return
    met = expectation(state, one, proposal)
    if expect.finding and any(note.kind == FINDING for note in proposal.of(NoteAdded, one.step.id)):
        return
    if one.step.decides and met is False:
        raise Refused("not-met", step=one.step.text)
    if not one.step.decides and met is not True and not (deviation or "").strip():
        raise Refused("deviation-first", step=one.step.text)


# --- warning, tag, lines, the second person


def check_warned(proposal: Proposal, one: StepState) -> None:
    """The warning was drawn to its end in this visit."""
    if one.step.warn is not None and not one.warned and not proposal.of(WarningShown, one.step.id):
        raise Refused("warning-first", step=one.step.text)


def _check_tag(proposal: Proposal, one: StepState) -> None:
    """An act that cannot be taken back names the equipment it is done to."""
    step = one.step
    if step.tag is None or step.kind == "run" or not (step.irreversible or step.check_tag):
        return
    if step.check_tag and not step.irreversible and one.started_at is not None:
        return
    about = (event for event in proposal.events if getattr(event, "step", None) == step.id)
    typed = next((tag for event in about if (tag := getattr(event, "tag", None))), None)
    tag_is_right(step, typed)


def tag_is_right(step: Step, typed: str | None) -> None:
    """What was typed is the tag of the step, in any language."""
    if not typed:
        raise Refused("tag-first", step=step.text, tag=step.tag)
    if not any(same_tag(typed, tag) for tag in (step.tag or "", *step.tag_names)):
        raise Refused("wrong-tag", step=step.text, tag=step.tag, typed=typed)


def same_tag(typed: str | None, tag: str) -> bool:
    """Whether what was typed is the tag; capitals and spaces do not matter."""
    return typed is not None and "".join(typed.split()).casefold() == "".join(tag.split()).casefold()


def items_of(state: RunState, step: Step, proposal: Proposal | None = None) -> tuple[str, ...]:
    """The lines to tick: those of `check`, or the items of the list reading of `each`."""
    if step.check:
        return tuple(line.zh if line.zh == line.en else f"{line.zh} / {line.en}" for line in step.check)
    if step.each is None:
        return ()
    heads = state.readings.get(step.each, ())
    text = heads[-1].value.text if heads else ""
    for event in proposal.events if proposal is not None else ():
        if isinstance(event, ReadingTaken) and event.reading == step.each:
            text = event.value
    return tuple(line for line in text.split("\n") if line.strip())


def ticked_of(one: StepState, items: Sequence[str]) -> set[int]:
    """The lines that are ticked; a list that was read again keeps a tick only where the same item stands."""
    if one.step.each is None:
        return set(one.ticks)
    return {number for number, said in one.ticks.items() if _name_at(items, number) == said.value}


def _name_at(items: Sequence[str], number: int) -> str | None:
    return items[number - 1] if 0 < number <= len(items) else None


def _check_items(state: RunState, proposal: Proposal, one: StepState) -> None:
    items = items_of(state, one.step, proposal)
    if not items:
        return
    ticked = ticked_of(one, items) | {
        event.item
        for event in proposal.of(ItemTicked, one.step.id)
        if one.step.each is None or _name_at(items, event.item) == event.name
    }
    missing = [name for number, name in enumerate(items, start=1) if number not in ticked]
    if missing:
        raise Refused("items-missing", step=one.step.text, items=tuple(missing))


def _agreed_by_another(proposal: Proposal, one: StepState) -> bool:
    """Whether somebody else than who acts, and who types it, has signed that they do it together, this time."""
    signed = [sign.person for sign in one.signatures if sign.purpose == "together" and not sign.spent]
    signed += [event.person for event in proposal.of(SignedOff, one.step.id) if event.purpose == "together"]
    return not proposal.authors(one.step.id).issuperset(signed)


# --- what each kind of step needs besides


def own_ending(proposal: Proposal, one: StepState) -> None:
    """Somebody was reached, told, or the other run is open."""
    step = one.step
    if step.kind == "contact" and not was_reached(one, proposal):
        raise Refused("not-reached", step=step.text)
    if step.kind == "tell" and not any(
        told.outcome in HEARD and told.group == step.target for told in proposal.of(Told, step.id)
    ):
        raise Refused("not-told", step=step.text)
    if step.kind == "run" and one.child is None and not proposal.of(ChildOpened, step.id):
        raise Refused("child-first", step=step.text)


def was_reached(one: StepState, proposal: Proposal) -> bool:
    """Whether somebody answered in this visit."""
    tries = [tried.outcome for tried in one.tries]
    tries += [event.outcome for event in proposal.of(ContactTried, one.step.id)]
    return "answered" in tries


def wait_is_over(state: RunState, one: StepState, at: datetime) -> bool:
    """Whether a wait has run out by `at`."""
    step = one.step
    if step.span is not None:
        start = one.started_at if step.restart and one.started_at else one.opened_at
        return start is not None and at - start >= step.span.length
    if step.wait_until is None:
        return True
    if wait_holds(state, one, at) is not True:
        return False
    if step.steady is None:
        return True
    return one.true_since is not None and at - one.true_since >= step.steady.length


def repeat_is_over(state: RunState, one: StepState, at: datetime) -> bool:
    """Whether a repeated step has come to the end the plan gives it by `at`.

    The end of `times`, and of `until` a step or mark, the road sees by itself.
    """
    repeat = one.step.repeat
    if repeat is None or one.opened_at is None:
        return False
    if repeat.span is not None:
        return at - one.opened_at >= repeat.span.length
    return repeat.until_is == "condition" and holds(state, repeat.until or "", at, one.step.id) is True
