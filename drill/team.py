"""Everybody in a drill as one team: the run that was planned, and every run that it has opened below it.

A call to 119 is a run of its own, but it is the same people at the same drill: what they did there counts as
what they did here. A run is below when the record of another of the team's runs says that it was opened or
joined; every run is folded by itself, and each of them once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from drill.moments import Moments
from engine import graph as graphs
from engine.events import (
    AnswerGiven,
    ChildOpened,
    ContactTried,
    Entry,
    LevelDeclared,
    RunOpened,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepSkipped,
    Told,
    WatchRaised,
)
from engine.run import apply, in_order, new_state, replay
from engine.state import RunState

LATEST = 3
"""So many of their last acts are kept in mind, for whoever leads them."""

ACTS = (
    AnswerGiven,
    ChildOpened,
    ContactTried,
    LevelDeclared,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepSkipped,
    Told,
    WatchRaised,
)
"""What moves a drill on; a reading or a tick stands with the step that it belongs to."""


class Kept(Protocol):
    """What is read of a store."""

    def entries(self, run: str | None, since_pos: int = 0) -> list[Entry]: ...
    def text(self, digest: str) -> bytes | None: ...


@dataclass
class Below:
    """A run that the drill has opened, as far as it was read."""

    run: str
    pos: int = 0
    state: RunState | None = None
    """None while its own first entry, or the plan that it is walked by, is not here."""
    entries: list[Entry] = field(default_factory=list)
    """In the order in which they were read."""

    def take(self, record: Kept) -> list[Entry]:
        """What came since, folded; the new entries."""
        came = in_order(record.entries(self.run, self.pos))
        if not came:
            return []
        self.pos = max(one.pos for one in came)
        self.entries += came
        last = self.state.last_order if self.state is not None else None
        if self.state is None or (last is not None and any(one.order < last for one in came)):
            self.state = self._folded(record)
        else:
            for one in came:
                apply(self.state, one)
        return came

    def _folded(self, record: Kept) -> RunState | None:
        opened = next((one.event for one in self.entries if isinstance(one.event, RunOpened)), None)
        kept = record.text(opened.graph) if opened is not None else None
        if opened is None or kept is None:
            return None
        return replay(graphs.bound(graphs.from_bytes(kept), opened.room), self.run, self.entries)


@dataclass
class Team:
    """The runs below a drill; `take` what came in the drill's own run, then `look` into the others."""

    run: str
    """The drill itself."""
    below: dict[str, Below] = field(default_factory=dict)
    """By their ids, in the order in which they were opened."""
    latest: deque[Entry] = field(default_factory=lambda: deque(maxlen=LATEST))
    """What they did last, in whichever run, as it was read."""

    def take(self, entry: Entry) -> None:
        """One entry more, of any of the runs."""
        if isinstance(entry.event, ChildOpened) and entry.event.child != self.run:
            self.below.setdefault(entry.event.child, Below(entry.event.child))
        if isinstance(entry.event, ACTS):
            self.latest.append(entry)

    def look(self, record: Kept, moments: Moments) -> bool:
        """Read on in every run below, also in those that are found on the way; whether anything was new."""
        news = False
        waiting = list(self.below)
        while waiting:
            one = self.below[waiting.pop(0)]
            known = len(self.below)
            for entry in one.take(record):
                news = True
                self.take(entry)
                if one.state is not None:
                    moments.take(entry, one.state.graph)
            waiting += list(self.below)[known:]
        return news

    @property
    def going_on(self) -> list[RunState]:
        """The runs below that have not ended."""
        return [one for one in self.states if one.ended is None]

    @property
    def states(self) -> Iterator[RunState]:
        """The runs below that can be read."""
        yield from (one.state for one in self.below.values() if one.state is not None)

    @property
    def read(self) -> tuple[int, ...]:
        """How far each run below was read: other numbers mean that somebody did something."""
        return tuple(one.pos for one in self.below.values())

    @classmethod
    def of(cls, record: Kept, run: str, entries: Iterable[Entry], moments: Moments) -> Team:
        """The team of a whole drill; what happened below comes into its `moments`."""
        made = cls(run)
        for entry in entries:
            made.take(entry)
        made.look(record, moments)
        return made


def folds(state: RunState, entries: Iterable[Entry]) -> Iterator[tuple[Entry, RunState]]:
    """The run of `state` once more from its beginning, as it stood after each entry."""
    made = new_state(state.graph, state.run_id)
    for entry in in_order(entries):
        apply(made, entry)
        yield entry, made
