"""Where every step of a run stands on its road.

`sweep` is the definition: one pass along the order of the graph. `Road` is the same, kept up to date
along the edges that an entry touches, so that the work of a step does not grow with the plan or the run.

A step opens when nothing it comes after is still open, and at least one of them leads to it. It is off
the road when none of them leads to it any more.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from engine.graph import Edge, StepGraph


class Place(IntEnum):
    """Where a node stands."""

    OFF = 0
    """Not applicable: no road leads here now (a step behind a quiet watch sleeps here)."""
    WAITING = 1
    """On the road, but something it comes after is not finished."""
    OPEN = 2
    """To be done now."""
    SETTLED = 3
    """Finished in a way that lets its followers go on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a node tells those behind it."""

    place: Place
    answer: str | None = None
    """How it ended, when it has answers."""
    missed: bool = False
    """Its limit passed before it was finished."""


class Bits(Protocol):
    """What `run` knows of one step that decides where it stands."""

    @property
    def opened(self) -> bool: ...
    @property
    def settled(self) -> bool:
        """Finished or passed, by what was said of it."""
    @property
    def answer(self) -> str | None: ...
    @property
    def missed(self) -> bool: ...


class Facts(Protocol):
    """What decides where the steps of a run stand: their bits, raised watches, deferrals that hold others."""

    def bits(self, step_id: str) -> Bits: ...
    def is_raised(self, watch_id: str) -> bool: ...
    def held_back_by(self, step_id: str) -> int:
        """How many deferred steps must come back before this one may open."""


class Lead(IntEnum):
    """What an edge says to the step behind it."""

    OFF = 0
    PENDING = 1
    TAKEN = 2


def lead(edge: Edge, before: Outcome) -> Lead:
    """What `edge` says, given where its earlier node stands."""
    if before.place is Place.OFF:
        return Lead.OFF
    after = _after_lead(edge, before) if edge.after else Lead.OFF
    missed = _missed_lead(before) if edge.missed else Lead.OFF
    if Lead.TAKEN in (after, missed):
        return Lead.TAKEN
    return max(after, missed)


def _after_lead(edge: Edge, before: Outcome) -> Lead:
    if before.place is not Place.SETTLED:
        return Lead.PENDING
    return Lead.TAKEN if edge.answers is None or before.answer in edge.answers else Lead.OFF


def _missed_lead(before: Outcome) -> Lead:
    if before.missed:
        return Lead.TAKEN
    return Lead.OFF if before.place is Place.SETTLED else Lead.PENDING


@dataclass(slots=True)
class Count:
    """How many of the edges into a node say what."""

    pending: int = 0
    taken: int = 0
    ends_pending: int = 0
    """`until` edges whose earlier step is not finished."""

    def add(self, edge: Edge, before: Outcome, by: int = 1) -> None:
        """Count `edge` in (or, with `by` -1, out again)."""
        said = lead(edge, before)
        if edge.leads and said is Lead.PENDING:
            self.pending += by
        elif edge.leads and said is Lead.TAKEN:
            self.taken += by
        if edge.until and before.place in (Place.WAITING, Place.OPEN):
            self.ends_pending += by


@dataclass(frozen=True, slots=True)
class Shape:
    """What does not change about a node: whether it starts with the run, and how it may end."""

    starts: bool
    watch: bool
    ends_with: bool
    """A repeated step that goes on until another is finished."""


def shapes(graph: StepGraph) -> dict[str, Shape]:
    """The shape of every node."""
    found = {}
    for node in graph.order:
        step = graph.steps.get(node)
        into = graph.into[node]
        found[node] = Shape(
            starts=step is not None and (step.starts or not any(edge.leads for edge in into)),
            watch=step is None,
            ends_with=any(edge.until for edge in into),
        )
    return found


def outcome(node: str, shape: Shape, count: Count, facts: Facts) -> Outcome:
    """Where a node stands, from what the edges into it say and what was said of it."""
    if shape.watch:
        return Outcome(Place.SETTLED if facts.is_raised(node) else Place.OFF)
    bits = facts.bits(node)
    if not shape.starts and not count.pending and not count.taken:
        return Outcome(Place.OFF)
    if not bits.opened:
        return Outcome(Place.WAITING)
    settled = bits.settled or (shape.ends_with and not count.ends_pending)
    return Outcome(Place.SETTLED if settled else Place.OPEN, bits.answer, bits.missed)


def may_open(node: str, shape: Shape, count: Count, facts: Facts) -> bool:
    """Whether a waiting step opens now."""
    if shape.watch or facts.bits(node).opened or facts.held_back_by(node):
        return False
    return shape.starts or (not count.pending and count.taken > 0)


def sweep(graph: StepGraph, facts: Facts) -> dict[str, Outcome]:
    """Where every node stands, in one pass: the definition that `Road` is tested against."""
    shape = shapes(graph)
    found: dict[str, Outcome] = {}
    for node in graph.order:
        count = Count()
        for edge in graph.into[node]:
            count.add(edge, found[edge.earlier])
        found[node] = outcome(node, shape[node], count, facts)
    return found


class Road:
    """Where every node stands, kept up to date; `open` and `waiting` are the steps not finished."""

    def __init__(
        self,
        graph: StepGraph,
        facts: Facts,
        opener: Callable[[str], None],
        leaver: Callable[[str], None],
    ) -> None:
        """`opener` is told of each step the moment it opens and sets the bit that `facts` reports;
        `leaver` of each open step that is off the road now, so that it opens afresh if a road comes back.
        """
        self._graph = graph
        self._facts = facts
        self._opener = opener
        self._leaver = leaver
        self._shape = shapes(graph)
        self._count = {node: Count() for node in graph.order}
        self.outcomes: dict[str, Outcome] = {node: _NOT_YET for node in graph.order}
        self.open: dict[str, None] = {}
        self.waiting = 0
        for node in graph.order:
            for edge in graph.into[node]:
                self._count[node].add(edge, _NOT_YET)
        self.waiting = len(graph.order)

    def begin(self) -> None:
        """The run opens: every node is looked at once."""
        self.touch(self._graph.order)

    @property
    def finished(self) -> bool:
        """Whether nothing is left on the road."""
        return not self.open and not self.waiting

    def place(self, node: str) -> Place:
        return self.outcomes[node].place

    def touch(self, nodes: Iterable[str]) -> None:
        """Something was said of `nodes`: bring them and what follows up to date."""
        position = self._graph.position
        queued = set(nodes)
        heap = sorted(position[node] for node in queued)
        while heap:
            node = self._graph.order[heapq.heappop(heap)]
            queued.discard(node)
            for later in self._settle(node):
                if later not in queued:
                    queued.add(later)
                    heapq.heappush(heap, position[later])

    def _settle(self, node: str) -> list[str]:
        """Bring one node up to date; those behind it that must be looked at again."""
        shape, count = self._shape[node], self._count[node]
        if may_open(node, shape, count, self._facts):
            self._opener(node)
        old, new = self.outcomes[node], outcome(node, shape, count, self._facts)
        if old == new:
            return []
        self.outcomes[node] = new
        if old.place is Place.OPEN and new.place is Place.OFF:
            self._leaver(node)
        self._list(node, old.place, new.place)
        for edge in self._graph.out[node]:
            behind = self._count[edge.later]
            behind.add(edge, old, -1)
            behind.add(edge, new)
        return [edge.later for edge in self._graph.out[node]]

    def _list(self, node: str, old: Place, new: Place) -> None:
        self.waiting += (new is Place.WAITING) - (old is Place.WAITING)
        if new is Place.OPEN:
            self.open[node] = None
        elif old is Place.OPEN:
            del self.open[node]


_NOT_YET = Outcome(Place.WAITING)


def places(outcomes: Mapping[str, Outcome]) -> dict[str, Place]:
    """Only where each node stands."""
    return {node: one.place for node, one in outcomes.items()}
