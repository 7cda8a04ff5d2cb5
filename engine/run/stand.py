"""Where an entry stands among the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from engine.events import Entry, moment_of
from engine.state import Said, Seen

V = TypeVar("V")

Touched = Iterable[str]
"""The nodes that the road must look at again."""


def moment_or_none(text: str | None) -> datetime | None:
    """The moment that a field of an entry says; None when it says none that can be read."""
    try:
        return None if text is None else moment_of(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Stand:
    """An entry with its strand, and what its author had seen."""

    entry: Entry
    strand: int
    seen: Seen

    def about(self, value: V) -> Said[V]:
        """What the entry says, with everything that tells it from what others say."""
        entry = self.entry
        return Said(
            value=value,
            hash=entry.hash,
            strand=self.strand,
            jseq=entry.jseq,
            at=entry.at,
            recorded_at=entry.recorded_at,
            by=entry.by,
            actor=entry.actor,
            basis=getattr(entry.event, "basis", "asserted"),
        )
