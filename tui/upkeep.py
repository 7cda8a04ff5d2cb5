"""What patrols owe: which should have been walked again by now, and how much of what they found is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.plan import Book
from engine.store import Store
from engine.text import Text
from tui.board import one_line

EVERY = {
    "shift": timedelta(hours=12),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=31),
    "quarterly": timedelta(days=92),
    "half-yearly": timedelta(days=184),
    "yearly": timedelta(days=366),
}
"""After so long a patrol is walked again; one before a season or after an event has no such time."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is owed beside every incident."""

    patrols: tuple[Text, ...] = ()
    """Those that are overdue, the longest first. One that was never walked here has no day to count from."""
    findings: int = 0


def upkeep_of(store: Store, book: Book | None, now: datetime) -> Upkeep:
    """In the worker: what the record says was walked last, and what is not settled."""
    findings = sum(one.waits for one in store.findings())
    if book is None:
        return Upkeep((), findings)
    last: dict[str, datetime] = {}
    for row in store.runs():
        if row.kind == "P" and row.runbook is not None and row.opened_at is not None:
            last[row.runbook] = max(row.opened_at, last.get(row.runbook, row.opened_at))
    due = [
        (last[one.id] + EVERY[one.patrol], one)
        for one in book.runbooks
        if one.id in last and one.patrol in EVERY
    ]
    late = sorted(((at, one.id, one_line(one.title)) for at, one in due if at < now), key=lambda one: one[:2])
    return Upkeep(tuple(title for _, _, title in late), findings)
