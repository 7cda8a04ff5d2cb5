"""An exercise: its clock, its injects, what was seen and how it was judged."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events.base import Event


@dataclass(frozen=True, slots=True)
class ClockSet(Event):
    """From now on the exercise clock goes from `exercise_ms` (counted from the opening) at `rate`.

    `rate` is in thousandths: 0 is a freeze, 1000 the speed of the world. `since` is the wall time (UTC) from
    which it holds when that was before the entry: the program was stopped, and nobody could say so.
    """

    exercise_ms: int
    rate: int
    reason: str
    since: str | None = None
    by_hand: bool = False
    """A machine plays, and moves the clock as it likes."""
    by: str | None = None
    basis: str = "asserted"


@dataclass(frozen=True, slots=True)
class DrillPlanned(Event):
    """What an evaluation is about: the drill it belongs to, and everything that was sealed for it."""

    drill: str
    """The run that the players walk."""
    scenario: str
    digest: str
    """SHA-256 of the scenario's file, which is kept beside the record."""
    seed: str
    salt: str
    form: str
    by_machine: bool = False
    """Simulated people play it, at any speed; it counts for nobody."""
    by: str | None = None
    notice: str | None = None
    """no-notice: its players may not know of it before it begins; None: they may."""


@dataclass(frozen=True, slots=True)
class InjectSet(Event):
    """What became of an inject: delivered, drawn, held, released, skipped, delayed, written or dropped.

    Delivered stands in the drill, as the players saw it; everything else only in the evaluation.
    """

    inject: str
    how: str
    number: int = 1
    """The how many-th delivery, from 1."""
    to: str = ""
    """The role it is for."""
    channel: str = ""
    sender: tuple[tuple[str, str], ...] = ()
    title: tuple[tuple[str, str], ...] = ()
    text: tuple[tuple[str, str], ...] = ()
    """Each in every language of the book: language and words."""
    due_ms: int | None = None
    """When it is, or was, due on the exercise clock."""
    draw: str | None = None
    """What chance said: 16 hex digits of SHA-256 of seed, inject and number."""
    unscripted: bool = False
    reason: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Observed(Event):
    """An evaluator saw something. `kind` is strength, gap, safety, fact, finding, deviation or unsafe-act.

    A finding judges `expectation` as `outcome`; a deviation weighs major, moderate or minor in `outcome`.
    """

    kind: str
    text: str
    expectation: str | None = None
    outcome: str | None = None
    objective: str | None = None
    inject: str | None = None
    step: str | None = None
    exercise_ms: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """`rating` (P, S, M or U) of an objective, confirmed or put in place of what the machine `proposed`."""

    objective: str
    rating: str
    proposed: str | None = None
    explanation: str = ""
    final: bool = False
    """Set by the lead evaluator; it stands."""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Stage(Event):
    """A drill went on to `stage`: approved, briefed, running, frozen, ended, evaluated or closed.

    `how` says how it ended: normal, early, real-event or invalid.
    """

    stage: str
    how: str | None = None
    reason: str | None = None
    by: str | None = None
