"""Everything that is read of the record for a report, or for whoever looks at one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from engine import graph as graphs
from engine.errors import Refused
from engine.events import ChildOpened, Entry, RunOpened
from engine.journal import Finding, Note, Report
from engine.run import in_order, replay
from engine.state import RunState
from engine.store import Reader
from engine.text import LANGUAGES, Text
from tui.amiss import Faulty
from tui.locale import say
from tui.logbook import Titles, titles_of


@dataclass(frozen=True)
class Below:
    """A run that this one opened or joined."""

    run: str
    titles: Titles
    entries: list[Entry]


@dataclass(frozen=True)
class Kept:
    """One run as the record has it."""

    run: str
    opened: RunOpened
    state: RunState
    titles: Titles
    entries: list[Entry]
    """In the order in which they fold."""
    children: tuple[Below, ...]
    faulty: Faulty = field(default_factory=Faulty)
    """The entries that verification found not to be what was signed."""

    def marked(self, entry: Entry, said: Text) -> Text:
        """What is said of an entry, with a word before it where it is not what was signed."""
        word = self.faulty.word(entry)
        return (
            said if not word else Text(*(say(f"report-{word}", one, what=said.of(one)) for one in LANGUAGES))
        )

    @property
    def start(self) -> datetime:
        """The zero of its clock: when it was reported."""
        assert self.state.opened_at is not None
        return self.state.opened_at

    @property
    def end(self) -> datetime:
        """When it ended; of one that has not, the moment of its last entry."""
        last = self.state.ended.at if self.state.ended is not None else self.state.moment
        return max(self.start, last or self.start)

    def entry(self, digest: str) -> tuple[Entry, Titles] | None:
        """An entry of this run or of one that it opened, with the words of its own plan."""
        return next((one for one in self._all() if one[0].hash == digest), None)

    def everything(self) -> list[tuple[Entry, Titles]]:
        """Every entry of this run and of those it opened, in the order of the clock."""
        return sorted(self._all(), key=lambda one: (one[0].at, one[0].pos))

    def _all(self) -> Iterator[tuple[Entry, Titles]]:
        yield from ((entry, self.titles) for entry in self.entries)
        yield from ((entry, one.titles) for one in self.children for entry in one.entries)

    @property
    def journals(self) -> tuple[str, ...]:
        """The devices that wrote in it or in what it opened."""
        everything = [*self.entries, *(entry for one in self.children for entry in one.entries)]
        return tuple(dict.fromkeys(entry.journal for entry in everything))


@dataclass(frozen=True)
class Proof:
    """What verification said, and the checkpoints that can be printed."""

    report: Report
    notes: tuple[Note, ...]
    made_at: datetime
    by: str
    """The program that made the report."""
    places: tuple[Callable[[Finding], str] | None, ...] = (None, None)
    """For each language: where an entry stands that a finding names."""


def kept(reader: Reader, run: str) -> Kept:
    """One run from the record alone; Refused when it, or the plan it was walked by, is not there."""
    entries = in_order(reader.entries(run))
    opened = next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
    if opened is None:
        raise Refused("unknown-run", run=run)
    compiled = reader.text(opened.graph)
    if compiled is None:
        raise Refused("graph-missing", run=run)
    graph = graphs.bound(graphs.from_bytes(compiled), opened.room)
    return Kept(
        run,
        opened,
        replay(graph, run, entries),
        titles_of(compiled, opened.room),
        entries,
        tuple(_children(reader, run, entries)),
    )


def _children(reader: Reader, run: str, entries: list[Entry]) -> list[Below]:
    """Every run below this one, also below its children; each once."""
    found: dict[str, Below] = {}
    waiting = _opened_in(entries)
    while waiting:
        name = waiting.pop(0)
        if name in found or name == run:
            continue
        its = in_order(reader.entries(name))
        opened = next((one.event for one in its if isinstance(one.event, RunOpened)), None)
        compiled = reader.text(opened.graph) if opened is not None else None
        found[name] = Below(name, titles_of(compiled, opened.room if opened else None), its)
        waiting += _opened_in(its)
    return list(found.values())


def _opened_in(entries: list[Entry]) -> list[str]:
    return [one.event.child for one in entries if isinstance(one.event, ChildOpened)]
