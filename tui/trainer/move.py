"""A move of the console as data: what must be asked for it, and its deed. Screen and line mode only ask and make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from drill.exercise import Exercise

Given = Mapping[str, str]
Choices = tuple[tuple[str, str], ...]
"""What a choice records, and the word (of the locale) or text it is shown by."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that must be known before a move is made."""

    name: str
    word: str
    """The question, in the locale."""
    choices: Choices = ()
    default: str | None = None
    """What an empty line says; None: something must be typed."""
    needed: Callable[[Given], bool] = lambda _given: True


@dataclass(frozen=True, slots=True)
class Move:
    """Something that can be done."""

    id: str
    """Its word is ``move-ID``."""
    do: Callable[[Exercise, Given], object]
    asks: tuple[Ask, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    """What its words are filled with; a Text is said in the language of whoever looks."""
    then: Callable[[], Move] | None = None
    """What is asked as soon as it is made: why the clock was stopped."""
    said_as: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """By a question and the answer that made it another deed, the id whose word says what was done."""

    def next_ask(self, given: Given) -> Ask | None:
        """What is to be asked next."""
        return next((one for one in self.asks if one.name not in given and one.needed(given)), None)

    def as_done(self, given: Given) -> str:
        """The id whose word says what was done by these answers."""
        return next((self.said_as[one] for one in given.items() if one in self.said_as), self.id)


REASON = Ask("reason", "ask-reason")
