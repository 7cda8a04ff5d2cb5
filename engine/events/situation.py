"""Level, watches, alarms, notes, who was told."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events.base import Event


@dataclass(frozen=True, slots=True)
class LevelDeclared(Event):
    level: str
    reason: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class WatchRaised(Event):
    watch: str
    by: str | None = None
    basis: str = "asserted"
    again: int | None = None
    """It happens once more while it is raised: the number of the raising that whoever says so had seen."""


@dataclass(frozen=True, slots=True)
class WatchRetired(Event):
    watch: str
    reason: str
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class Acknowledged(Event):
    """Somebody has seen the alarm of this name; the next of its kind has another name."""

    alarm: str
    by: str | None = None


FOUND = "finding"
"""The kind of a note that leaves something open. The language of plans has the same word (`plan.FINDING`); said
here too, because a list of runs counts findings and need not load the values of a plan for it."""


@dataclass(frozen=True, slots=True)
class NoteAdded(Event):
    """`kind` is note, mismatch, proposal, pin, finding, put-back or ticket; the last two settle what `step` left.

    The text of a finding is ``PLACE; READING = VALUE UNIT, …; LIMIT``; that of a pin, the id of whose it is.
    """

    text: str
    kind: str = "note"
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class FindingClosed(Event):
    """What a finding had left open is settled; `reason` says how."""

    finding: str
    """Hash of the entry that left it open, in the same run."""
    reason: str
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class Told(Event):
    """`group` was told `text` through `channel`; `outcome` is voice (heard and confirmed), sent or failed."""

    group: str
    text: str
    channel: str
    outcome: str = "voice"
    to: str | None = None
    """Who confirmed that they heard it."""
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class ReportIssued(Event):
    """The written fault report went to the customer."""

    number: str
    to: str | None = None
    by: str | None = None
