"""A run seen again from its record: each entry at its moment, forward and back. Pure: it is told how time goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.events import Entry
from engine.graph import StepGraph
from engine.run import apply, in_order, new_state
from engine.state import RunState

SLOWEST, FASTEST = 1, 16
AT_ONCE = 0

_JUMP = re.compile(r"(?P<how>[+-]|[Tt]\+)(?P<count>\d{1,5})(?P<unit>[smh]?)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "": "minutes"}


@dataclass
class Replay:
    """A run folded up to a moment; only `in_order` decides what comes next, as it did live."""

    graph: StepGraph
    run: str
    entries: Sequence[Entry]
    state: RunState = field(init=False)
    done: int = field(init=False, default=0)
    """How many entries have been shown."""
    now: datetime = field(init=False)
    """The run's own time."""

    def __post_init__(self) -> None:
        self.entries = in_order(self.entries)
        self._begin()

    def _begin(self) -> None:
        self.state, self.done = new_state(self.graph, self.run), 0
        self.now = self.start

    @property
    def start(self) -> datetime:
        """The zero of its clock."""
        return self.entries[0].at

    @property
    def over(self) -> bool:
        return self.done == len(self.entries)

    @property
    def elapsed(self) -> timedelta:
        return self.now - self.start

    def waits(self) -> timedelta:
        """How long until the next entry; what was written down later than it happened comes at once."""
        if self.over:
            return timedelta()
        return max(timedelta(), self.entries[self.done].at - self.now)

    def step(self) -> Entry:
        """The next entry; the clock goes to its moment, never back."""
        entry = self.entries[self.done]
        apply(self.state, entry)
        self.done += 1
        self.now = max(self.now, entry.at)
        return entry

    def passes(self, length: timedelta) -> None:
        """Time goes by with nothing written."""
        self.now += length

    def seek(self, to: datetime) -> None:
        """Everything up to that moment at once; going back is folding anew."""
        if to < self.now:
            self._begin()
        while not self.over and self.entries[self.done].at <= to:
            self.step()
        self.now = max(self.start, min(to, self.entries[-1].at))


def target_of(typed: str, replay: Replay) -> datetime | None:
    """The moment that was typed: ``+5m``, ``-90s``, ``T+20m``; None when it is none of these."""
    found = _JUMP.fullmatch(typed)
    if found is None:
        return None
    length = timedelta(**{_UNITS[found["unit"].lower()]: int(found["count"])})
    if found["how"] in "+-":
        return replay.now + (length if found["how"] == "+" else -length)
    return replay.start + length
