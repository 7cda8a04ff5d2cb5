"""The runs of one incident, as their own records tell of them: who opened whom, and what has ended.

What was read of a run stands for ever, so of each run only those entries are read that came since the last
look; of one that has ended none any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from engine import graph as graphs
from engine.desk.around import Record
from engine.desk.kept import kept_graph
from engine.errors import Refused
from engine.events import ChildOpened, Entry, RunEnded, RunOpened
from engine.graph import StepGraph
from engine.state import RunState


@dataclass(slots=True)
class Known:
    """What is known of another run."""

    pos: int = 0
    """How far it was read; 0: nothing of it is here."""
    opened: RunOpened | None = None
    children: list[str] = field(default_factory=list)
    how: str | None = None
    """How it ended; None: it goes on."""

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self.how is not None

    def take(self, entries: Iterable[Entry]) -> None:
        """Entries of it that came since."""
        for entry in entries:
            self.pos = max(self.pos, entry.pos)
            if isinstance(entry.event, RunOpened):
                self.opened = self.opened or entry.event
            elif isinstance(entry.event, ChildOpened):
                self.children.append(entry.event.child)
            elif isinstance(entry.event, RunEnded):
                self.how = self.how or entry.event.how


class Incident:
    """The runs around one run. It reads records and changes none."""

    def __init__(self, record: Record, run_id: str) -> None:
        self._record = record
        self._run_id = run_id
        self._known: dict[str, Known] = {}

    def run(self, run_id: str) -> Known:
        """A run as its record tells of it now."""
        known = self._known.setdefault(run_id, Known())
        known.take(self._record.entries(run_id, known.pos))
        return known

    def has_ended(self, run_id: str) -> bool:
        """Whether another run has ended; that is never taken back."""
        known = self._known.get(run_id)
        return (known is not None and known.ended) or self.run(run_id).ended

    def endings(self, state: RunState) -> dict[str, str]:
        """How those of its runs ended of which that was read already: nothing is read for it."""
        known = ((child.run, self._known.get(child.run)) for child in state.children.values())
        return {run_id: one.how for run_id, one in known if one is not None and one.how is not None}

    def nothing_to_wait_for(self, state: RunState) -> set[str]:
        """Those of its runs that have ended; and those that were joined and wait for this one themselves."""
        children = state.children.values()
        joined = any(child.link == "joined" for child in children)
        above = {self._run_id, *self.above(state.parent)} if joined else set()
        return {child.run for child in children if child.run in above or self.has_ended(child.run)}

    def above(self, parent: str | None) -> Iterator[str]:
        """The run that opened this one, the run that opened that one, and so on to the first."""
        seen = {self._run_id}
        while parent is not None and parent not in seen:
            seen.add(parent)
            yield parent
            opened = self._opened_as(parent)
            parent = None if opened is None else opened.parent

    def _opened_as(self, run_id: str) -> RunOpened | None:
        """What a run was opened as: never said twice. None when its first entry is not here."""
        known = self._known.get(run_id)
        return known.opened if known is not None and known.opened is not None else self.run(run_id).opened

    def open_run_of(self, hazard: str, state: RunState) -> tuple[str, RunOpened] | None:
        """The run of a hazard that is open in this incident."""
        for run_id, opened in self.runs(state):
            if self._hazard_of(opened) == hazard and not self.has_ended(run_id):
                return run_id, opened
        return None

    def runs(self, state: RunState) -> Iterator[tuple[str, RunOpened]]:
        """Every run of this incident, from its root, with what it was opened as."""
        seen: set[str] = set()
        todo = [[self._run_id, *self.above(state.parent)][-1]]
        while todo:
            run_id = todo.pop()
            known = self.run(run_id)
            if known.opened is not None and run_id not in seen:
                seen.add(run_id)
                todo += [child for child in known.children if child not in seen]
                yield run_id, known.opened

    def _hazard_of(self, opened: RunOpened) -> str | None:
        graph = kept_graph(self._record, opened.graph)
        return None if graph is None else graph.runbook.hazard

    def graphs_for(self, runbook: str, state: RunState) -> dict[str, StepGraph]:
        """The compiled graph of a child and of everything this run can open, as pinned here."""
        kept = {}
        for name, digest in state.uses.items():
            content = self._record.text(digest)
            if content is None:
                raise Refused("graph-missing", run=name)
            kept[name] = graphs.from_bytes(content)
        opened = self._opened_as(self._run_id)
        content = self._record.text(opened.graph) if opened is not None else None
        if content is not None:
            kept[state.graph.runbook.id] = graphs.from_bytes(content)
        if runbook not in kept:
            raise Refused("unknown-runbook", runbook=runbook)
        return kept
