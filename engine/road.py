"""Where every step of a run stands on its road.

`sweep` is the definition: one pass along the order of the graph. `Road` is the same, kept up to date
along the edges that an entry touches, so that the work of a step does not grow with the plan or the run.

A step opens when nothing it comes after is still open, and at least one of them leads to it; at a
missed limit it opens at once. It is off the road when none of them leads to it any more.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol

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


class Outcome(NamedTuple):
    """What a node tells those behind it. A tuple, because every step makes several."""

    place: Place
    answer: str | None = None
    """How it ended, when it has answers."""
    missed: bool = False
    """Its limit passed before it was finished."""
    put_off: bool = False
    """Deferred: its followers go on, but it is not finished, and does not end what goes on until it is."""


class Bits(Protocol):
    """What is known of one step that decides where it stands."""

    @property
    def opened(self) -> bool: ...
    @property
    def unclear(self) -> bool:
        """Something about it must be said again before anybody goes on."""

    @property
    def settled(self) -> bool:
        """Finished or passed, by what was said of it."""

    @property
    def deferred(self) -> bool: ...
    @property
    def answer(self) -> str | None: ...
    @property
    def missed(self) -> bool: ...


class Facts(Protocol):
    """What decides where the steps of a run stand; it is told of what the road does with them."""

    def bits(self, step_id: str) -> Bits: ...
    def is_raised(self, watch_id: str) -> bool: ...
    def is_held_back(self, step_id: str) -> bool:
        """Whether something must be done before this one may open that no edge says."""

    def held_by(self, step_id: str) -> Iterable[str]:
        """The steps that this one may hold back: they are looked at when it moves."""

    def opens(self, step_id: str) -> None:
        """The step opens: from now on its bits say so."""

    def moved(self, node: str, old: Outcome, new: Outcome) -> None:
        """A node stands elsewhere now; one that is off the road opens afresh if a road comes back."""


class Lead(IntEnum):
    """What an edge says to the step behind it."""

    OFF = 0
    PENDING = 1
    TAKEN = 2


_OFF, _WAITING, _OPEN, _SETTLED = Place
_CLOSED, _PENDING, _TAKEN = Lead
# Names of their own: a member of an enum is slow to look up, and every step asks for many.


def lead(edge: Edge, before: Outcome) -> Lead:
    """What `edge` says, given where its earlier node stands."""
    if before.place is _OFF:
        return _CLOSED
    after = _after_lead(edge, before) if edge.after else _CLOSED
    if not edge.missed:
        return after
    missed = _missed_lead(before)
    if _TAKEN in (after, missed):
        return _TAKEN
    return max(after, missed)


def _after_lead(edge: Edge, before: Outcome) -> Lead:
    if before.place is not _SETTLED:
        return _PENDING
    return _TAKEN if edge.answers is None or before.answer in edge.answers else _CLOSED


def _missed_lead(before: Outcome) -> Lead:
    if before.missed:
        return _TAKEN
    # What was put off keeps its limit.
    return _CLOSED if before.place is _SETTLED and not before.put_off else _PENDING


@dataclass(slots=True)
class Count:
    """How many of the edges into a node say what."""

    pending: int = 0
    taken: int = 0
    missed: int = 0
    """Edges of a limit that has passed."""
    ends_pending: int = 0
    """`until` edges whose earlier step is not finished."""
    ends_put_off: int = 0
    """Those of them whose earlier step is deferred."""

    def add(self, edge: Edge, before: Outcome, by: int = 1) -> None:
        """Count `edge` in (or, with `by` -1, out again)."""
        said = lead(edge, before)
        if said is _PENDING:
            self.pending += by
        elif said is _TAKEN:
            self.taken += by
            self.missed += by if edge.missed and before.missed else 0
        if edge.until:
            put_off = before.place is _SETTLED and before.put_off
            self.ends_put_off += by if put_off else 0
            self.ends_pending += by if put_off or before.place in (_WAITING, _OPEN) else 0

    def change(self, edge: Edge, old: Outcome, new: Outcome) -> bool:
        """The earlier node of `edge` stands elsewhere; whether that changes what is counted here."""
        if not (edge.missed or edge.until) and lead(edge, old) is lead(edge, new):
            return False
        self.add(edge, old, -1)
        self.add(edge, new)
        return True

    @property
    def ready(self) -> bool:
        """Whether what stands before lets the step open."""
        return self.missed > 0 or (not self.pending and self.taken > 0)


@dataclass(frozen=True, slots=True)
class Shape:
    """What does not change about a node."""

    starts: bool
    """It opens with the run."""
    watch: bool
    goes_on: bool
    """A repeated step that goes on until another is finished."""
    answer: str | None
    """How it ends when nobody has said so: a repeated step whose expectation never failed was met."""


def shapes(graph: StepGraph) -> dict[str, Shape]:
    """The shape of every node."""
    found = {}
    for node in graph.order:
        step = graph.steps.get(node)
        repeated = step is not None and step.repeat is not None
        found[node] = Shape(
            starts=node in graph.starts,
            watch=step is None,
            goes_on=repeated and any(edge.until for edge in graph.into[node]),
            answer="met" if step is not None and step.decides and repeated else None,
        )
    return found


def outcome(node: str, shape: Shape, count: Count, facts: Facts) -> Outcome:
    """Where a node stands, from what the edges into it say and what was said of it."""
    if shape.watch:
        return Outcome(_SETTLED if facts.is_raised(node) else _OFF)
    bits = facts.bits(node)
    if not shape.starts and not count.pending and not count.taken:
        return Outcome(_OFF)
    if not bits.opened:
        return Outcome(_WAITING, missed=bits.missed)
    ended = shape.goes_on and not count.ends_pending
    place = _SETTLED if (ended or bits.settled) and not bits.unclear else _OPEN
    return Outcome(place, bits.answer or shape.answer, bits.missed, bits.deferred and not ended)


def may_open(node: str, shape: Shape, count: Count, facts: Facts) -> bool:
    """Whether a waiting step opens now."""
    if shape.watch or facts.bits(node).opened or not (shape.starts or count.ready):
        return False
    return not facts.is_held_back(node)


def sweep(graph: StepGraph, facts: Facts, known: Mapping[str, Shape] | None = None) -> dict[str, Outcome]:
    """Where every node stands, in one pass: the definition that `Road` is tested against.

    `known`: what `shapes` says of this graph, when somebody has it already.
    """
    shape = known or shapes(graph)
    found: dict[str, Outcome] = {}
    for node in graph.order:
        found[node] = outcome(node, shape[node], _counted(graph, node, found), facts)
    return found


def _counted(graph: StepGraph, node: str, found: dict[str, Outcome]) -> Count:
    count = Count()
    for edge in graph.into[node]:
        count.add(edge, found[edge.earlier])
    return count


_NOT_YET = Outcome(Place.WAITING)


class Road:
    """Where every node stands, kept up to date; `open` and `waiting` are the steps not finished."""

    def __init__(self, graph: StepGraph, facts: Facts) -> None:
        """A road nobody has set out on: everything waits."""
        self._graph = graph
        self._facts = facts
        self.shape = shapes(graph)
        self._count = {node: Count() for node in graph.order}
        self.outcomes: dict[str, Outcome] = dict.fromkeys(graph.order, _NOT_YET)
        self.open: dict[str, None] = {}
        self.waiting = len(graph.order)
        for node in graph.order:
            for edge in graph.into[node]:
                self._count[node].add(edge, _NOT_YET)

    def begin(self) -> None:
        """The run opens: every node is looked at once."""
        self.touch(self._graph.order)

    @property
    def finished(self) -> bool:
        """Whether nothing is left on the road."""
        return not self.open and not self.waiting

    def place(self, node: str) -> Place:
        return self.outcomes[node].place

    def only_held_back(self, node: str) -> bool:
        """Whether a waiting step waits for nothing on its edges: what is held back waits for what they do not say."""
        return self.place(node) is Place.WAITING and (self.shape[node].starts or self._count[node].ready)

    def only_put_off(self) -> bool:
        """Whether nothing can be done but what was deferred: all that is open goes on until that is done."""
        counts = [self._count[node] for node in self.open]
        return all(0 < count.ends_put_off == count.ends_pending for count in counts)

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
        """Bring one node up to date; those that must be looked at again because of it."""
        shape, count = self.shape[node], self._count[node]
        if may_open(node, shape, count, self._facts):
            self._facts.opens(node)
        old, new = self.outcomes[node], outcome(node, shape, count, self._facts)
        if old == new:
            return []
        self.outcomes[node] = new
        self._list(node, old.place, new.place)
        edges, counts = self._graph.out[node], self._count
        changed = [edge.later for edge in edges if counts[edge.later].change(edge, old, new)]
        self._facts.moved(node, old, new)
        return [*changed, *self._facts.held_by(node)]

    def _list(self, node: str, old: Place, new: Place) -> None:
        self.waiting += (new is Place.WAITING) - (old is Place.WAITING)
        if new is Place.OPEN:
            self.open[node] = None
        elif old is Place.OPEN:
            del self.open[node]
