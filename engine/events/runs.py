"""A run begins, is held, ends, opens others; who takes part in it, and in which role."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events.base import Event


@dataclass(frozen=True, slots=True)
class RunOpened(Event):
    """A run begins. `at` of the entry is when the event was reported."""

    runbook: str
    revision: int
    graph: str
    """Digest of the compiled graph, which holds runbook, site and promises."""
    texts: tuple[tuple[str, str], ...]
    """File and digest of every YAML text the graph was made from."""
    uses: tuple[tuple[str, str], ...] = ()
    """Every other runbook it can open, with the digest of its compiled graph."""
    room: str | None = None
    parent: str | None = None
    by: str | None = None
    basis: str = "asserted"
    since: tuple[tuple[str, str], ...] = ()
    """Promises that were running in the parent, and the moment (UTC) from which each of them counts."""
    sealed: str | None = None
    """Of a drill: the salted digest of its scenario and seed, which nobody may read before it has ended."""
    despite: str | None = None
    """The open run that keeps this runbook back (`inhibits`); it was begun all the same."""
    forced: str | None = None
    """Why it was."""


@dataclass(frozen=True, slots=True)
class RunHeld(Event):
    """A banner and a reminder; a real run's clock goes on."""

    reason: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RunResumed(Event):
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RunEnded(Event):
    """`how` is complete, complete-except, or abandoned (which lists what was left open)."""

    how: str
    reason: str | None = None
    open: tuple[str, ...] = ()
    by: str | None = None
    unconfirmed: tuple[tuple[str, str], ...] = ()
    """Step and person of every signature by voice that its owner had not confirmed."""


@dataclass(frozen=True, slots=True)
class ChildOpened(Event):
    """Another run belongs to this one: opened by `step` or `watch`, or joined because it was open."""

    child: str
    runbook: str
    link: str = "child"
    """child, joined, or same-event."""
    step: str | None = None
    watch: str | None = None
    by: str | None = None
    despite: str | None = None
    """The open run that keeps this runbook back (`inhibits`); it was opened all the same."""
    forced: str | None = None
    """Why it was."""


@dataclass(frozen=True, slots=True)
class PersonJoined(Event):
    person: str
    name: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLeft(Event):
    person: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class RoleTaken(Event):
    """`person` acts as `role` from now on; as a deputy when `acting_for` names somebody."""

    role: str
    person: str
    acting_for: str | None = None
    reason: str | None = None
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class HandoverSigned(Event):
    """`person` takes `role` over from `giver`; both signed, each in the strength named.

    A voice names its channel, and stands unconfirmed until whoever it was confirms it by `SignedOff`.
    """

    role: str
    giver: str
    person: str
    giver_strength: str
    strength: str
    note: str = ""
    by: str | None = None
    giver_channel: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class ContactTried(Event):
    """One try to reach `person`; `outcome` is answered, no-answer, busy, off or refused."""

    person: str
    role: str
    channel: str
    outcome: str
    step: str | None = None
    by: str | None = None
    basis: str = "asserted"
