"""What a run is made of beside its steps: watches, words, notes, findings, children, clocks, cards, its ending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.text import Text


@dataclass(slots=True)
class WatchState:
    """What is known of one watch."""

    times: int = 0
    raised_at: datetime | None = None
    """None while it is quiet."""
    by: str | None = None
    basis: str = "asserted"
    retired_at: datetime | None = None
    child: str | None = None
    """The run that was opened or joined since it was raised."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody holds a role."""

    person: str
    at: datetime
    acting_for: str | None


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody was told something."""

    group: str
    at: datetime
    outcome: str
    step: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down."""

    kind: str
    text: str
    at: datetime
    by: str
    step: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was not as it should be: the note that left it open, and who settled it, when and how."""

    note: Note
    closed_at: datetime | None = None
    closed_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """Another run that belongs to this one."""

    run: str
    runbook: str
    link: str
    step: str | None
    watch: str | None


@dataclass(frozen=True, slots=True)
class Setting:
    """How the exercise clock was set."""

    exercise: timedelta
    """What it showed then, counted from the opening."""
    rate: int
    """In thousandths of the world's speed; 0: frozen."""
    mono: tuple[str, int]
    """Boot and nanoseconds when it was set."""
    wall: datetime
    """The wall time from which it holds."""
    by_hand: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """An inject as the players were given it."""

    inject: str
    number: int
    at: datetime
    sender: Text
    to: str
    channel: str
    title: Text
    text: Text
    hash: str

    @property
    def alarm(self) -> str:
        """What `Acknowledged` names when whoever it is for has seen it."""
        return f"inject:{self.inject}:{self.number}"


@dataclass(frozen=True, slots=True)
class Ending:
    """How the run ended."""

    how: str
    at: datetime
    by: str
    reason: str | None
    open: tuple[str, ...]
    unconfirmed: tuple[tuple[str, str], ...] = ()
    """Step and person of every signature by voice that nobody had confirmed."""
