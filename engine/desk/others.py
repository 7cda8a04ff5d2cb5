"""The runs that go on beside one: those of its incident, and of what is no exercise every other in the store.

Each is folded from its own record, as far as somebody asked; of one that was read only what is new is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from engine import graph as graphs
from engine.desk.around import Record
from engine.desk.incident import Incident
from engine.desk.kept import kept_graph
from engine.events import RunOpened
from engine.graph import StepGraph
from engine.plan import Runbook
from engine.run import apply, in_order, new_state, replay
from engine.state import RunState

IN_EARNEST = ("R", "P")
"""The kinds of runs in which people switch real things; exercises meet only the runs of their own incident."""

MOST = 12
"""So many other runs of the store are looked at, those that were written to last: there are seldom more than three."""


@dataclass(slots=True)
class _Folded:
    """Another run, as far as its record was read."""

    state: RunState
    pos: int


class Others:
    """The other runs around one run. It reads records and changes none."""

    def __init__(self, record: Record, incident: Incident) -> None:
        self._record = record
        self._incident = incident
        self._folded: dict[str, _Folded] = {}
        self._graphs: dict[str, StepGraph | None] = {}

    @property
    def incident(self) -> Incident:
        return self._incident

    def going_on(self, state: RunState) -> Iterator[tuple[str, RunOpened]]:
        """Every other run that has not ended: of the incident, then of the store."""
        seen = {state.run_id}
        if state.parent is not None or state.children:
            for run_id, opened in self._in_the_incident(state):
                seen.add(run_id)
                yield run_id, opened
        if state.kind in IN_EARNEST:
            yield from self._in_the_store(seen)

    def of_the_incident(self, state: RunState) -> Iterator[RunState]:
        """The other runs of the incident that go on, as they stand now; those of which the plan is here."""
        for run_id, opened in self._in_the_incident(state):
            other = self.state_of(run_id, opened)
            if other is not None:
                yield other

    def line(self, state: RunState) -> set[str]:
        """A run and those above it, up to the first of the incident."""
        return {state.run_id, *self._incident.above(state.parent)}

    def _in_the_incident(self, state: RunState) -> Iterator[tuple[str, RunOpened]]:
        for run_id, opened in self._incident.runs(state):
            if run_id != state.run_id and not self._incident.has_ended(run_id):
                yield run_id, opened

    def _in_the_store(self, seen: set[str]) -> Iterator[tuple[str, RunOpened]]:
        rows = (one for one in self._record.runs(going_on=True) if one.kind in IN_EARNEST)
        for row in islice(rows, MOST):
            opened = None if row.run in seen else self._incident.run(row.run).opened
            if opened is not None and not self._incident.has_ended(row.run):
                yield row.run, opened

    def graph(self, digest: str) -> StepGraph | None:
        """A compiled plan that is kept here, read once; None where it is not, or cannot be read."""
        if digest not in self._graphs:
            self._graphs[digest] = kept_graph(self._record, digest)
        return self._graphs[digest]

    def plan_of(self, opened: RunOpened) -> Runbook | None:
        """The plan another run goes by."""
        graph = self.graph(opened.graph)
        return None if graph is None else graph.runbook

    def state_of(self, run_id: str, opened: RunOpened) -> RunState | None:
        """What another run comes to now; None where its plan is not here."""
        known = self._folded.get(run_id)
        if known is None:
            graph = self.graph(opened.graph)
            if graph is None:
                return None
            state = new_state(graphs.bound(graph, opened.room), run_id)
            known = self._folded.setdefault(run_id, _Folded(state, 0))
        self._read_on(known, run_id)
        return known.state

    def _read_on(self, known: _Folded, run_id: str) -> None:
        """The entries that came since; from the start where one of them belongs into the past."""
        fresh = in_order(self._record.entries(run_id, known.pos))
        if not fresh:
            return
        last = known.state.last_order
        if last is not None and fresh[0].order < last:
            fresh = self._record.entries(run_id)
            known.state = replay(known.state.graph, run_id, fresh)
        else:
            for entry in fresh:
                apply(known.state, entry)
        known.pos = max(known.pos, *(one.pos for one in fresh))
