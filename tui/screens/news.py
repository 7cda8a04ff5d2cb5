"""What a look at the record has brought to a screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.errors import MusterError
from engine.events import Entry
from engine.state import Child
from tui.notices import Notice


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
