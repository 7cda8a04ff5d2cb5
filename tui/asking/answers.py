"""A question, what was given, and doing it."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from engine.acts import Act, Given
from engine.desk import Desk
from engine.events import Entry


class Question(NamedTuple):
    """One question: what is shown above it, what stands before the cursor, whether the typing is hidden."""

    lines: tuple[str, ...]
    prompt: str
    hidden: bool = False
    goes_on: bool = False
    """It takes the next line of an answer of several."""


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

    def made(self, basis: str = "asserted") -> Given:
        left = {name: value for name, value in self.values.items() if name not in self.written}
        return Given(values=left, basis=basis, **self.given)


Asking = Generator[Question | Taken, str, Answers]


def perform(desk: Desk, answers: Answers, at: datetime | None = None, basis: str = "asserted") -> list[Entry]:
    """Do what was asked for, with what must come before it and what follows from it."""
    if answers.done:
        return []
    for act, given in answers.before:
        desk.do(act, given)
    made = answers.made(basis)
    entries = desk.do(answers.act, made, at=at, pin=answers.pin, second_pin=answers.second_pin)
    for act, given in answers.after:
        desk.do(act, given)
    return entries
