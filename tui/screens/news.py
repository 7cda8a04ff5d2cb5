"""What a look at the record has brought to a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.errors import MusterError
from engine.events import Entry
from engine.state import Child
from tui.notices import BROKEN, Notice


@dataclass(frozen=True, slots=True)
class News:
    """What a look at the record has brought."""

    arrived: int = 0
    replayed: bool = False
    settled: tuple[Entry, ...] = ()
    log: tuple[Entry, ...] = ()
    children: tuple[Child, ...] = ()
    trouble: MusterError | None = None
    """The status sheet could not be written."""
    notices: tuple[Notice, ...] = ()
    above: bool = False
    """Something came in the drill that opened this run."""
    trainer_age: timedelta | None = None

    def grave(self, told: set[str], language: str) -> list[str]:
        """What is said under the card too, once: in the alarm row every alarm stands before it."""
        said = [one.words(language) for one in self.notices if one.word_id == BROKEN]
        new = [one for one in said if one not in told]
        told.update(new)
        return new
