"""The runs of one incident, as their own records tell of them: who opened whom, and what has ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine import graph as graphs
from engine.desk.around import Record
from engine.errors import Refused
from engine.events import ChildOpened, Entry, RunEnded, RunOpened
from engine.graph import StepGraph
from engine.state import Child, RunState


class Incident:
    """The runs around one run. It reads records and changes none."""

    def __init__(self, record: Record, run_id: str) -> None:
        self._record = record
        self._run_id = run_id
        self._ended: set[str] = set()
        """Other runs that were seen to have ended."""
        self._looked_at: dict[str, int] = {}
        """How far other runs were read."""

    def has_ended(self, run_id: str) -> bool:
        """Whether another run has ended; of its entries only those are read that came since the last look."""
        if run_id not in self._ended:
            before = self._looked_at.get(run_id, 0)
            entries = self._record.entries(run_id, before)
            self._looked_at[run_id] = max([entry.pos for entry in entries], default=before)
            if any(isinstance(entry.event, RunEnded) for entry in entries):
                self._ended.add(run_id)
        return run_id in self._ended

    def nothing_to_wait_for(self, children: Iterable[Child]) -> set[str]:
        """Those of the runs that have ended; and those that were joined and wait for this one themselves."""
        known = list(children)
        joined = any(child.link == "joined" for child in known)
        above = {self._run_id, *self.above()} if joined else set()
        return {child.run for child in known if child.run in above or self.has_ended(child.run)}

    def above(self) -> Iterator[str]:
        """The run that opened this one, the run that opened that one, and so on to the first."""
        seen, run_id = {self._run_id}, self._run_id
        while True:
            opened = opened_as(self._record.entries(run_id))
            if opened is None or opened.parent is None or opened.parent in seen:
                return
            run_id = opened.parent
            seen.add(run_id)
            yield run_id

    def open_run_of(self, hazard: str) -> tuple[str, RunOpened] | None:
        """The run of a hazard that is open in this incident."""
        for run_id, opened in self._runs().items():
            if self._hazard_of(opened) == hazard and not self.has_ended(run_id):
                return run_id, opened
        return None

    def _runs(self) -> dict[str, RunOpened]:
        """Every run of this incident, from its root, with what it was opened as."""
        seen: dict[str, RunOpened] = {}
        todo = [[self._run_id, *self.above()][-1]]
        while todo:
            run_id = todo.pop()
            entries = self._record.entries(run_id)
            opened = opened_as(entries)
            if opened is not None and run_id not in seen:
                seen[run_id] = opened
                children = [one.event.child for one in entries if isinstance(one.event, ChildOpened)]
                todo += [child for child in children if child not in seen]
        return seen

    def _hazard_of(self, opened: RunOpened) -> str | None:
        kept = self._record.text(opened.graph)
        return None if kept is None else graphs.from_bytes(kept).runbook.hazard

    def graphs_for(self, runbook: str, state: RunState) -> dict[str, StepGraph]:
        """The compiled graph of a child and of everything this run can open, as pinned here."""
        kept = {}
        for name, digest in state.uses.items():
            content = self._record.text(digest)
            if content is None:
                raise Refused("graph-missing", run=name)
            kept[name] = graphs.from_bytes(content)
        opened = opened_as(self._record.entries(self._run_id))
        content = self._record.text(opened.graph) if opened is not None else None
        if content is not None:
            kept[state.graph.runbook.id] = graphs.from_bytes(content)
        if runbook not in kept:
            raise Refused("unknown-runbook", runbook=runbook)
        return kept


def opened_as(entries: Iterable[Entry]) -> RunOpened | None:
    """What a run was opened as; None when its first entry is not here."""
    return next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
