"""An event on its way into the record, and in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.events.base import Event


@dataclass(frozen=True, slots=True)
class Draft:
    """An event on its way into the record, with what its author had seen of the run."""

    run: str | None
    event: Event
    at: datetime
    actor: str
    lam: int = 1
    """One more than the greatest the author had seen in the run (Lamport)."""
    after: tuple[str, ...] = ()
    """Hashes of the run's tips that the author had seen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record."""

    pos: int
    """Its place in this store; never signed."""
    hash: str
    journal: str
    jseq: int
    prev: str
    run: str | None
    lam: int
    after: tuple[str, ...]
    at: datetime
    """When it happened, by the run's own clock."""
    recorded_at: datetime
    """When it was written, by the wall."""
    mono: tuple[str, int]
    """Boot id and nanoseconds since that boot."""
    clk: str
    """ntp, free or unknown: what kept the wall clock."""
    actor: str
    """Who typed it; `by` in the event says who did it."""
    cmd: str | None
    event: Event

    @property
    def by(self) -> str:
        """Who did it: said in the event, else whoever typed it."""
        return getattr(self.event, "by", None) or self.actor

    @property
    def order(self) -> tuple[int, datetime, str, int]:
        """The one order in which entries fold, on every device."""
        return (self.lam, self.recorded_at, self.journal, self.jseq)
