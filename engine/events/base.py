"""What every event is; and one that this program cannot read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

BASES = ("asserted", "sensed", "second-person", "voice", "paper")
"""How somebody knows: they say so, a sensor or a clock says so, two said so, heard it, read it from paper."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run or to a journal."""

    VERSION: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class Unknown(Event):
    """An entry of a type, version or shape this program cannot read; shown raw, never dropped."""

    type: str
    tv: int
    payload: str | None
    """The payload as it stands in the record; None when it was erased or not carried."""
