"""Every verb, and what its act becomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine.acts import made_of_steps, made_otherwise
from engine.acts.kinds import Act, Given
from engine.acts.making import Making
from engine.errors import Refused
from engine.events import Event
from engine.state import RunState

MAKERS: dict[str, Callable[[Making], list[Event]]] = {
    "entry": made_of_steps.said,
    "whether": made_of_steps.said,
    "confirm": made_of_steps.confirmed,
    "do": made_of_steps.done,
    "visit": made_of_steps.done,
    "answer": made_of_steps.answered,
    "change": made_of_steps.answered,
    "start": made_of_steps.started,
    "tick": made_of_steps.ticked,
    "sign": made_of_steps.signed,
    "refuse": made_of_steps.refused,
    "confirm-voice": made_of_steps.voice_confirmed,
    "try": made_of_steps.tried,
    "try-anytime": made_of_steps.tried_anytime,
    "nobody": made_of_steps.nobody,
    "tell": made_of_steps.done,
    "tell-anytime": made_of_steps.told_anytime,
    "open-child": made_of_steps.child,
    "force-child": made_of_steps.child,
    "verify": made_of_steps.verified,
    "fail": made_of_steps.failed,
    "skip": made_of_steps.skipped,
    "defer": made_of_steps.deferred,
    "override": made_of_steps.overridden,
    "reopen": made_of_steps.reopened,
    "put-back": made_of_steps.put_back,
    "read": made_otherwise.read,
    "level": made_otherwise.level,
    "raise": made_otherwise.raised,
    "raise-again": made_otherwise.raised_again,
    "retire": made_otherwise.retired,
    "ack": made_otherwise.acked,
    "note": made_otherwise.noted,
    "close-finding": made_otherwise.finding_closed,
    "evidence": made_otherwise.evidence,
    "report": made_otherwise.report,
    "role": made_otherwise.role,
    "handover": made_otherwise.handover,
    "leave": made_otherwise.left,
    "hold": made_otherwise.held,
    "resume": made_otherwise.resumed,
    "end": made_otherwise.ended,
}

VERBS = tuple(MAKERS)
"""Every verb an act can have."""


def events_of(state: RunState, act: Act, given: Given, actor: str, now: datetime) -> tuple[Event, ...]:
    """The events that an act becomes, in the order in which they are written."""
    maker = MAKERS.get(act.verb)
    if maker is None:
        raise Refused("unknown-act", act=act.verb)
    return tuple(maker(Making(state, act, given, actor, now)))
