"""What a console knows beside the drill: its size, what is chosen, what is being asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.trainer.move import Ask, Move
from tui.trainer.rows import Pick
from tui.trainer.words import Speaking

TWO_HALVES = 110
"""From so many columns on both halves are shown."""


@dataclass(slots=True)
class Asking:
    """A move that is being asked about."""

    move: Move
    given: dict[str, str] = field(default_factory=dict)

    @property
    def ask(self) -> Ask | None:
        return self.move.next_ask(self.given)


@dataclass(slots=True)
class ConsoleGlass:
    """The state of one console. Nothing in it is ever recorded."""

    width: int = 80
    height: int = 24
    at: int | None = None
    """The row that is chosen; None: the one that matters most."""
    listed: Sequence[Move] | None = None
    """The list on Tab, while it is open."""
    list_at: int = 0
    typed: str = ""
    asking: Asking | None = None
    other_half: bool = False
    said: str = ""
    record: str = "saved"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the frame is made of, beside the glass."""

    speaking: Speaking
    picks: Sequence[Pick]
    at: int
    enter: str
    """What Enter does."""
