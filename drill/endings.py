"""How a drill ends in the record of its players, and how that reads: a trainer's ENDEX is no abandoned run.

What the players walk is a run like any other, so its last entry says that it was abandoned and what stood open.
Why is said in its reason; from that everybody who lists or prints a drill works out what it was.
"""

from __future__ import annotations

from dataclasses import dataclass

ENDEX = "ENDEX"
REAL_EVENT = "真实事件 REAL EVENT"
"""What stands in the record, and is said over the radio: no drill uses these words for anything else."""

HOW_ENDED = ("normal", "early", "real-event", "invalid")


@dataclass(frozen=True, slots=True)
class Ended:
    """A drill that its trainer ended, or that a real event stopped."""

    how: str
    """normal, early, real-event or invalid."""
    why: str
    """In the words of whoever ended it; empty when they gave none."""


def reason_of(how: str, why: str) -> str:
    """The reason that is recorded."""
    return f"{ENDEX} {how}: {why}"


def ended_by(reason: str | None) -> Ended | None:
    """What the recorded reason says; None when nobody ended a drill by it, but the players their plan."""
    said = reason or ""
    if said.startswith(REAL_EVENT):
        return Ended("real-event", said.removeprefix(REAL_EVENT).strip())
    head, colon, why = said.partition(":")
    word, _, how = head.partition(" ")
    if not colon or word != ENDEX or how not in HOW_ENDED:
        return None
    return Ended(how, "" if why.strip() == ENDEX else why.strip())
