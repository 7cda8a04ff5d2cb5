"""Findings over all runs, from their entries alone: what is open, and what was settled by whom, when and how."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.events import FOUND, Entry, FindingClosed, NoteAdded

REAL = "RP"
"""Kinds of run that are real: incidents and patrols."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was not as it should be."""

    opened: Entry
    """The note that left it open; its hash is what names it."""
    closed: Entry | None = None
    """What settled it; of two the first in the order of the record."""

    @property
    def id(self) -> str:
        return self.opened.hash

    @property
    def waits(self) -> bool:
        """It is open, and somebody's work: what a drill left open is none."""
        return self.closed is None and (self.opened.run or "")[:1] in REAL

    @property
    def parts(self) -> tuple[str, str, str]:
        """Place, what was read, and the limit, as they stand in the record."""
        said = self.opened.event.text if isinstance(self.opened.event, NoteAdded) else ""
        place, values, limit = (["", "", *said.rsplit("; ", 2)])[-3:]
        return place, values, limit


def findings_in(entries: Iterable[Entry]) -> list[Finding]:
    """Every finding among these entries, in the order in which they came; of a run all must be there."""
    opened: dict[str, Entry] = {}
    closed: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, NoteAdded) and event.kind == FOUND:
            opened[entry.hash] = entry
        elif isinstance(event, FindingClosed):
            known = closed.setdefault((entry.run, event.finding), entry)
            closed[entry.run, event.finding] = min(known, entry, key=lambda one: one.order)
    return [Finding(entry, closed.get((entry.run, name))) for name, entry in opened.items()]
