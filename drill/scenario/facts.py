"""What is true in a drill and how simulated people play: all that a crew may know of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Fact:
    """From some moment on a reading has this value: a time of the clock, or so long after something."""

    reading: str
    value: str | tuple[str, ...]
    since: timedelta = timedelta()
    after: str | None = None
    delay: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true in this drill, for whoever goes and looks."""

    answers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By step: what the world answers the first time, the second time …; the last goes on."""
    readings: tuple[Fact, ...] = ()
    """Of several that hold the last one written counts."""
    refuses: tuple[str, ...] = ()
    """Holds that the people in it rightly refuse."""
    unreachable: tuple[str, ...] = ()
    """People nobody gets on the telephone."""
    raises: tuple[tuple[str, str], ...] = ()
    """By inject: the watch a person raises who was given it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something a simulated person does wrong at a step: gives that answer, skips it, or never comes."""

    step: str
    answer: str | None = None
    skips: bool = False
    late: timedelta | None = None
    """Begins so much later than they would."""


@dataclass(frozen=True, slots=True)
class Player:
    """How a simulated person plays."""

    person: str
    pace: str = "steady"
    mistakes: tuple[Mistake, ...] = ()
