"""How a run is opened, held and ended, and what an ended one still takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.condition import parse
from engine.errors import Refused
from engine.events import (
    Acknowledged,
    ChildOpened,
    Event,
    EvidenceAttached,
    FindingClosed,
    NoteAdded,
    ReportIssued,
    RunEnded,
    RunHeld,
    RunOpened,
    RunResumed,
    SignedOff,
    Told,
)
from engine.facts import holds
from engine.plan import Runbook
from engine.road import Place
from engine.rules.proposal import Proposal, name_of, need_reason, open_now
from engine.state import RunState
from engine.text import Text

AFTER_THE_END = (NoteAdded, FindingClosed, EvidenceAttached, Told, ReportIssued, Acknowledged)
"""What an ended run still takes; and that somebody confirms what they signed by voice."""


MOST_NAMED = 5
"""How many steps a sentence names: more are a list, and no sentence."""


def taken_after_the_end(event: Event) -> bool:
    """Whether an ended run still takes this."""
    return isinstance(event, AFTER_THE_END) or (isinstance(event, SignedOff) and event.confirms is not None)


def run_opened(state: RunState, _proposal: Proposal, event: RunOpened) -> None:
    must_be_released(state, state.graph.runbook)
    _forced_with_a_reason(event)
    rooms = tuple(room.id for room in state.graph.site.rooms)
    if event.room is not None and event.room not in rooms:
        raise Refused("unknown-room", room=event.room, rooms=rooms)


def must_be_released(state: RunState, runbook: Runbook) -> None:
    """Where people act in earnest only a released plan is opened, also by a run for another."""
    if state.kind in "RP" and runbook.released_by is None:
        raise Refused("not-released", runbook=runbook.title)


def _forced_with_a_reason(event: RunOpened | ChildOpened) -> None:
    if event.despite is not None:
        need_reason(event.forced)


def run_held(state: RunState, _proposal: Proposal, event: RunHeld) -> None:
    need_reason(event.reason)
    if state.held is not None:
        raise Refused("already-held")


def run_resumed(state: RunState, _proposal: Proposal, _event: RunResumed) -> None:
    if state.held is None:
        raise Refused("not-held")


def child_opened(state: RunState, _proposal: Proposal, event: ChildOpened) -> None:
    if event.runbook not in state.uses and event.link == "child":
        raise Refused("unknown-runbook", runbook=event.runbook)
    _forced_with_a_reason(event)
    if event.step is not None:
        one = open_now(state, event.step)
        if one.child is not None:
            raise Refused("child-open", step=one.step.text)
    if event.watch is not None and event.watch not in state.watches:
        raise Refused("unknown-watch", watch=event.watch)


def run_ended(state: RunState, proposal: Proposal, event: RunEnded) -> None:
    if event.how not in ("complete", "complete-except", "abandoned"):
        raise Refused("unknown-ending", how=event.how)
    if event.how != "complete":
        need_reason(event.reason)
    if event.how != "abandoned" and not state.road.finished:
        raise Refused("still-open", steps=_titles(state, still_open(state)))
    if event.how == "complete":
        _nothing_is_left(state, proposal.at)
    if set(event.open) != set(left_by(state)) or set(event.unconfirmed) != set(state.voices_unconfirmed()):
        raise Refused("ending-stale")


def left_by(state: RunState) -> tuple[str, ...]:
    """What a run that ends now leaves: steps not finished, put off, or done on a road that was left."""
    return tuple(dict.fromkeys([*still_open(state), *state.deferred_steps(), *state.left_over()]))


def _nothing_is_left(state: RunState, at: datetime) -> None:
    left = [*state.deferred_steps(), *state.left_over()]
    if left:
        raise Refused("left-to-do", steps=_titles(state, left))
    unmet = exits_unmet(state, at)
    if unmet:
        raise Refused("exit-unmet", conditions=tuple(_with_labels(state, text) for text in unmet))
    voices = voices_to_confirm(state)
    if voices:
        raise Refused("voices-first", voices=_first_of(voices, "处"))


def voices_to_confirm(state: RunState) -> tuple[Text, ...]:
    """Every voice under a guarded step that its owner has not confirmed: the step, and who must confirm.

    Such a run did not end complete: whether two people stood at the gate, one person has said.
    """
    guarded = set(state.provisional())
    return tuple(
        _voice_of(state.steps[name].step.text, name_of(state, person))
        for name, person in state.voices_unconfirmed()
        if name in guarded
    )


def _voice_of(step: Text, person: str) -> Text:
    return Text(f"“{step.zh}”（{person}）", f"'{step.en}' ({person})")


def may_end_complete(state: RunState, at: datetime) -> bool:
    """Whether nothing is left that an ending would have to except."""
    left = state.deferred_steps() or state.left_over() or exits_unmet(state, at) or state.provisional()
    return not left


def _titles(state: RunState, names: list[str]) -> tuple[Text, ...]:
    """The titles of these steps; of many the first few, and how many more there are."""
    return _first_of([state.graph.steps[name].text for name in names], "步")


def _first_of(texts: Sequence[Text], counted: str) -> tuple[Text, ...]:
    """The first few, and how many more there are."""
    named, more = texts[:MOST_NAMED], len(texts) - MOST_NAMED
    return (*named, Text(f"另有 {more} {counted}", f"and {more} more")) if more > 0 else tuple(named)


def still_open(state: RunState) -> list[str]:
    """Every step not finished on the road, in the author's order."""
    return [name for name in state.graph.steps if state.place(name) in (Place.OPEN, Place.WAITING)]


def _with_labels(state: RunState, condition: str) -> Text:
    """A condition with the labels of its readings in the place of their names."""
    zh = en = condition
    for name, offset in sorted(parse(condition).names, key=lambda one: -one[1]):
        reading = state.graph.readings.get(name)
        if reading is not None:
            behind = offset + len(name)
            zh = f"{zh[:offset]}{reading.label.zh}{zh[behind:]}"
            en = f"{en[:offset]}{reading.label.en}{en[behind:]}"
    return Text(zh, en)


def exits_unmet(state: RunState, at: datetime) -> list[str]:
    """The exit conditions that do not hold; none is asked on a road that stopped before the closing step."""
    if state.place(state.graph.closing) is Place.OFF:
        return []
    return [text for text in state.graph.runbook.exit if holds(state, text, at) is not True]
