"""A question, what was given, and doing it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from engine.acts import Act, Given
from engine.desk import Desk
from engine.errors import MusterError
from engine.events import Entry


class Question(NamedTuple):
    """One question: what is shown above it, what stands before the cursor, whether the typing is hidden."""

    lines: tuple[str, ...]
    prompt: str
    hidden: bool = False
    goes_on: bool = False
    """It takes the next line of an answer of several."""
    so_far: tuple[str, ...] = ()
    """What was given of a list already: a screen shows it; on a page it stands above."""
    key: str = ""
    """What it asks for, the same in every language."""
    field: int = 0
    """Which field of its form it is, from 1 on; 0: it is no part of one."""
    fields: int = 0
    """How many fields the form has, as far as that is known yet."""
    filled: tuple[str, ...] = ()
    """What was given in the fields before, each with its label."""
    refused: bool = False
    """It is asked once more: what was typed is no answer to it."""


class Taken(NamedTuple):
    """Something given in the middle of an act, to be written at once: a kill between two questions loses none.

    Sent back is the sentence that refuses it, or nothing.
    """

    act: Act
    given: Given


@dataclass
class Answers:
    """What the person gave, ready for `perform`."""

    act: Act
    """What is to be done; it may have become a lesser act than was begun (some lines instead of all)."""
    given: dict[str, Any] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    pin: str | None = None
    second_pin: str | None = None
    before: list[tuple[Act, Given]] = field(default_factory=list)
    """What must be done first: somebody joins before they sign."""
    after: list[tuple[Act, Given]] = field(default_factory=list)
    """What follows from it: whoever was reached takes the role."""
    typed: dict[str, str] = field(default_factory=dict)
    """What was typed at each question; when the act is refused it is proposed again."""
    written: set[str] = field(default_factory=set)
    """The readings among `values` that stand in the record already."""
    done: bool = False
    """Nothing is left to be written: all of it was taken at once, or the person went back."""
    then_end: bool = False
    """The person wants to end the run next: it is asked about as ever."""

    @property
    def went_back(self) -> bool:
        """The person was asked whether they mean it, and did not: nothing is to be done."""
        return self.done and self.act.verb in ("entry", "raise", "raise-again")

    def made(self, basis: str = "asserted") -> Given:
        left = {name: value for name, value in self.values.items() if name not in self.written}
        return on_basis(Given(values=left, **self.given), basis)


Asking = Generator[Question | Taken, str, Answers]


class Performed(NamedTuple):
    """What stands in the record of an act, and what was to follow from it and does not stand there."""

    entries: list[Entry]
    missing: Act | None = None
    trouble: MusterError | None = None
    """Why it is missing."""


def on_basis(given: Given, basis: str) -> Given:
    """The same on that basis; where there is no other, on the one that was given with it."""
    return given if basis == "asserted" else replace(given, basis=basis)


def perform(desk: Desk, answers: Answers, at: datetime | None = None, basis: str = "asserted") -> Performed:
    """Do what was asked for, with what must come before it and what follows from it, all at one moment.

    Raises MusterError when the act itself was not recorded. What only follows from it takes nothing back.
    """
    if answers.done:
        return Performed([])
    for act, given in answers.before:
        desk.do(act, on_basis(given, basis), at=at)
    made = answers.made(basis)
    entries = desk.do(answers.act, made, at=at, pin=answers.pin, second_pin=answers.second_pin)
    for act, given in answers.after:
        try:
            desk.do(act, on_basis(given, basis), at=at)
        except MusterError as trouble:
            return Performed(entries, act, trouble)
    return Performed(entries)
