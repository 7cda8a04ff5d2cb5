"""What a screen knows beside the run: its size, what is looked at, what is being asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.acts import Act
from engine.state import Card
from tui.asking import Question
from tui.view import Offer
from tui.view.grouped import Line

Panel = Literal["step", "acts", "steps", "why", "keys"]

LEAST = (80, 24)
"""Columns and rows below which the screen says what it needs."""

TINY = (60, 19)
"""Columns and rows below which header and lists give way to the step in front."""

PAGE_STEPS = 8
"""So many steps PgUp and PgDn go."""

WIDE = 120
"""From so many columns on the map stands beside the steps."""


@dataclass(slots=True)
class Glass:
    """The state of one screen. Nothing in it is ever recorded."""

    width: int = 80
    height: int = 24
    focus: str | None = None
    """Another open step that the person has put in front of them."""
    looking: str | None = None
    """The step whose details are looked at; None: the one in front."""
    panel: Panel = "step"
    page: int = 0
    """The page of the card, or of a list."""
    at: int | None = None
    """The row of a list that is marked."""
    mine: bool = False
    """The list of steps holds those of whoever sits here."""
    short: set[str] = field(default_factory=set)
    """The steps whose card is shown without its longer text."""
    acts: Sequence[Act] = ()
    """Every act allowed now."""
    listed: Sequence[Line] = ()
    """The list on Tab, as far as it holds the words that were typed."""
    sought: str = ""
    """The words that were typed in it."""
    choices: Sequence[tuple[int, Offer]] = ()
    """The answers of the card, each with the number it keeps while its step is in front."""
    question: Question | None = None
    asked: Act | None = None
    """The act that is being asked about."""
    typed: str = ""
    when: str = ""
    """When the act that is being asked about was done, where it is not now; said above its field."""
    may_say_when: bool = False
    """A key asks when it was done."""
    may_go_back: bool = False
    """The same key goes back to the field before."""
    record: Literal["saved", "recording", "not-recorded"] = "saved"
    said: str = ""
    """The last refusal or piece of news, in one sentence."""
    unconfirmed: bool = False
    """The first key only confirms the place."""
    last: str = ""
    """What was done last, by whom and when: shown while the place is not confirmed."""
    rests: bool = False
    """Nothing needs hands now."""
    troubles: Sequence[tuple[str, str]] = ()
    """What cannot be written just now, in a few words and as a sentence: it stands in the alarm row meanwhile."""
    notices: Sequence[str] = ()
    """What is new about plan and record and not yet said to be known: in the alarm row, behind the alarms."""
    answers: bool = False
    """The 0 of the list on Tab answers what stands in the alarm row."""
    leaving: bool = False
    """Whether to leave is asked; Enter does."""
    one_language: bool = False
    """This terminal shows only one, so there is no key for the other."""
    cards: Sequence[Card] = ()
    """Injects of a drill that whoever sits here has not acknowledged."""
    drill: tuple[str, str] = ("", "")
    """How the drill stands (waiting, frozen, over, its trainer gone), and the style of it."""
    log: Sequence[str] = field(default_factory=list)
    """The newest lines of the record, for wide screens."""

    def is_small(self) -> bool:
        """Whether some of what belongs on the screen does not fit."""
        return self.width < LEAST[0] or self.height < LEAST[1]

    def is_tiny(self) -> bool:
        """Whether there is room for the step in front only."""
        return self.width < TINY[0] or self.height < TINY[1]
