"""The graph of a runbook: steps and watches, and what comes after what.

Nodes are steps (attribute `step`) and watches (attribute `watch`). An edge says "comes after"; its
attribute `edge` says on which answers, and whether it stands for a missed limit or for the end of a
repeated step. Going back is no edge: the steps between open again (`StepGraph.between`). So the
graph has no cycle, and one pass along `order` answers every question.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import networkx as nx

from engine.codec import from_json, to_json
from engine.graph.edges import Edge, closing_step, mark_carriers
from engine.graph.gates import Gates
from engine.graph.switched import Switch, switches_of
from engine.plan import RESTORE, Back, Fact, Person, Promises, Reading, Runbook, Site, Step, Watch

FORMAT = 1
"""The version of the kept JSON."""


@dataclass(frozen=True)
class StepGraph:
    """A runbook made ready to run, with the site and the promises it runs under."""

    runbook: Runbook
    site: Site
    promises: Promises
    dag: nx.DiGraph[str]
    order: tuple[str, ...]
    """Every node, each after all it waits for; the author's order breaks ties."""

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every step by id, in the author's order."""
        return {step.id: self.dag.nodes[step.id]["step"] for step in self.runbook.steps}

    @cached_property
    def watches(self) -> dict[str, Watch]:
        """Every watch by id, in the author's order."""
        return {watch.id: watch for watch in self.runbook.watches}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every reading the runbook declares, by id."""
        return {reading.id: reading for reading in self.runbook.readings}

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody of the site, by id."""
        return {person.id: person for person in self.site.people}

    def above(self, node: str) -> set[str]:
        """Every step and watch on any road to it."""
        return nx.ancestors(self.dag, node)

    @cached_property
    def carriers(self) -> dict[str, tuple[str, ...]]:
        """The steps that carry each mark."""
        return mark_carriers(self.runbook)

    def site_fact(self, name: str, room_id: str | None) -> Fact | None:
        """A parameter of the site, or with `room.NAME` a fact of the room the run is bound to."""
        if name.startswith("room."):
            room = next((one for one in self.site.rooms if one.id == room_id), None)
            facts = () if room is None else room.facts
            name = name.removeprefix("room.")
        else:
            facts = self.site.parameters
        return next((fact for fact in facts if fact.id == name), None)

    # Where a node stands.

    @cached_property
    def position(self) -> dict[str, int]:
        """Where each node stands in `order`."""
        return {node: index for index, node in enumerate(self.order)}

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each step as a person reads it, from 1 in the author's order."""
        return {step.id: index for index, step in enumerate(self.runbook.steps, start=1)}

    @cached_property
    def into(self) -> dict[str, tuple[Edge, ...]]:
        """The edges that end at each node, nearest to the start in `order` first."""
        return {node: self._sorted(self.dag.pred[node], lambda edge: edge.earlier) for node in self.order}

    @cached_property
    def out(self) -> dict[str, tuple[Edge, ...]]:
        """The edges that begin at each node, nearest in `order` first."""
        return {node: self._sorted(self.dag.succ[node], lambda edge: edge.later) for node in self.order}

    def _sorted(self, found: Mapping[str, Mapping[str, Any]], end: Callable[[Edge], str]) -> tuple[Edge, ...]:
        edges = [one["edge"] for one in found.values()]
        return tuple(sorted(edges, key=lambda edge: self.position[end(edge)]))

    @cached_property
    def starts(self) -> frozenset[str]:
        """The steps that open with the run."""
        return frozenset(step.id for step in self.runbook.steps if self._starts(step))

    def _starts(self, step: Step) -> bool:
        before = [edge.earlier for edge in self.into[step.id] if edge.leads]
        if step.starts:
            # A closing step that is also the first waits for what is put back all the same.
            return not any(self.steps[name].lane == RESTORE for name in before if name in self.steps)
        return not before and (step.after_all or step.lane == RESTORE)

    @cached_property
    def closing(self) -> str:
        """The step every road ends at, but for those that say `ends`."""
        return closing_step(self.runbook).id

    @cached_property
    def enders(self) -> tuple[str, ...]:
        """The steps at which a road may stop."""
        return tuple(step.id for step in self.runbook.steps if step.ends)

    @cached_property
    def withdrawals(self) -> tuple[tuple[str, str], ...]:
        """The steps that get everybody out, each with the hold that lets people in again."""
        steps = self.runbook.steps
        return tuple((step.id, step.withdraw) for step in steps if step.withdraw is not None)

    @cached_property
    def switches(self) -> tuple[Switch, ...]:
        """Everything the plan switches, by the step that does it."""
        return switches_of(self.runbook)

    @cached_property
    def limited(self) -> tuple[str, ...]:
        """The steps whose limit counts from elsewhere, and so may pass before they open."""
        return tuple(step.id for step in self.runbook.steps if step.within_from is not None)

    @cached_property
    def raisers(self) -> tuple[str, ...]:
        """The steps of which an answer raises the level."""
        return tuple(step.id for step in self.runbook.steps if any(one.level for one in step.answers))

    @cached_property
    def asks_how_long(self) -> bool:
        """Whether a condition of the plan can change by the mere passing of time."""
        watches, steps = self.runbook.watches, self.runbook.steps
        asked = [text for one in watches for text in (one.when, one.until)]
        asked += [step.repeat.until for step in steps if step.repeat is not None]
        asked += [step.wait_until for step in steps]
        return any("waited" in text or "since-" in text for text in asked if text is not None)

    # Going back.

    @cached_property
    def backs(self) -> dict[tuple[str, str], Back]:
        """Every way back, by step and answer."""
        return {
            (step.id, answer.id): answer.back
            for step in self.runbook.steps
            for answer in step.answers
            if answer.back is not None
        }

    @cached_property
    def _between(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return {}

    def between(self, first: str, last: str) -> tuple[str, ...]:
        """The steps that open again when `last` sends the run back to `first`, both included.

        Those on a way from `first` to `last`, in the lane of `last`; other lanes are left alone.
        """
        known = self._between.get((first, last))
        if known is None:
            found = _on_the_way(self, first, last)
            lane = self.steps[last].lane
            here = sorted(
                (node for node in found if self.steps[node].lane == lane), key=self.position.__getitem__
            )
            known = self._between[first, last] = tuple(here)
        return known

    @cached_property
    def _inner(self) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        return {}

    def loops_inside(self, step_id: str, answer: str) -> tuple[tuple[str, str], ...]:
        """The ways back that lie wholly inside this one, and so count afresh when it is taken."""
        key = (step_id, answer)
        known = self._inner.get(key)
        if known is None:
            known = self._inner[key] = tuple(self._loops_inside(key))
        return known

    def _loops_inside(self, key: tuple[str, str]) -> Iterator[tuple[str, str]]:
        span = frozenset(self.between(self.backs[key].step, key[0])) if key in self.backs else frozenset()
        for name in span:
            for answer in self.steps[name].answers:
                if answer.back is not None and frozenset(self.between(answer.back.step, name)) < span:
                    yield name, answer.id

    # What hangs on a node.

    def below(self, node: str, *, ends: bool = False) -> Iterator[str]:
        """Every step after `node`, however far, in order; with `ends` also those whose end comes after it."""
        seen = {node}
        heap = [self.position[node]]
        while heap:
            here = self.order[heapq.heappop(heap)]
            if here != node:
                yield here
            for edge in self.out[here]:
                if (edge.leads or (ends and edge.until)) and edge.later not in seen:
                    seen.add(edge.later)
                    heapq.heappush(heap, self.position[edge.later])

    @cached_property
    def led(self) -> dict[str, frozenset[str]]:
        """By watch: the steps that come after it, and those that only they lead to."""
        return {watch_id: frozenset(self.led_by(watch_id)) for watch_id in self.watches}

    def led_by(self, watch_id: str) -> tuple[str, ...]:
        """The steps that come after this watch, and those that only they lead to, in order."""
        only = {watch_id, *(edge.later for edge in self.out[watch_id])}
        for name in self.below(watch_id):
            if all(edge.earlier in only for edge in self.into[name] if edge.leads):
                only.add(name)
        return tuple(sorted(only - {watch_id}, key=self.position.__getitem__))

    # What a raised watch shuts.

    @cached_property
    def _gates(self) -> Gates:
        return Gates.of(self)

    def gates_behind(self, watch_id: str) -> tuple[str, ...]:
        """The holds below the watch, however far, that something else leads to as well; in order."""
        return self._gates.behind[watch_id]

    def kept_shut_by(self, gate: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The watches above this hold, each with the steps before the hold that it brings onto the road."""
        return self._gates.kept_shut_by.get(gate, ())

    def gates_kept_by(self, step_id: str) -> tuple[str, ...]:
        """The holds that this step keeps shut while a watch has put it on the road."""
        return self._gates.kept_by.get(step_id, ())

    # Keeping it.

    def to_bytes(self) -> bytes:
        """The compiled graph as it is kept in the store."""
        return self._bytes

    @cached_property
    def _bytes(self) -> bytes:
        # Made once: a run that opens asks for the digest of every graph it may need, and then for the graph.
        kept = {
            "edges": _written([found["edge"] for _, _, found in self.dag.edges(data=True)]),
            "format": str(FORMAT),
            "order": _written(self.order),
            "promises": _written_once(_Same(self.promises)),
            "runbook": _written(self.runbook),
            "site": _written_once(_Same(self.site)),
        }
        return ("{" + ",".join(f'"{name}":{said}' for name, said in kept.items()) + "}").encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of `to_bytes()`."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


class _Same:
    """A value as itself, for a cache: equal ones may be written differently, as 1.0 and 1.00 are."""

    def __init__(self, value: object) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


@lru_cache(maxsize=8)
def _written_once(one: _Same) -> str:
    """The site and the promises, which stand in every graph of a book."""
    return _written(one.value)


def _written(value: object) -> str:
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@lru_cache(maxsize=32)
def from_bytes(kept: bytes) -> StepGraph:
    """The graph that `to_bytes` wrote."""
    said = json.loads(kept)
    runbook = from_json(Runbook, said["runbook"])
    edges = [from_json(Edge, one) for one in said["edges"]]
    return StepGraph(
        runbook=runbook,
        site=from_json(Site, said["site"]),
        promises=from_json(Promises, said["promises"]),
        dag=digraph(runbook, edges),
        order=tuple(said["order"]),
    )


def digraph(runbook: Runbook, edges: Iterable[Edge]) -> nx.DiGraph[str]:
    """The frozen graph of these edges."""
    dag: nx.DiGraph[str] = nx.DiGraph()
    for step in runbook.steps:
        dag.add_node(step.id, step=step)
    for watch in runbook.watches:
        dag.add_node(watch.id, watch=watch)
    for edge in edges:
        dag.add_edge(edge.earlier, edge.later, edge=edge)
    frozen: nx.DiGraph[str] = nx.freeze(dag)
    return frozen


def _on_the_way(graph: StepGraph, first: str, last: str) -> set[str]:
    """Every node on a way from `first` to `last`; empty when there is none.

    Looks only at what stands between the two in the order, so a short loop in a long plan is short work.
    """
    position = graph.position
    if first not in position or position[first] > position[last]:
        return set()
    floor = position[first]
    before = _reach(
        last,
        lambda node: (edge.earlier for edge in graph.into[node] if edge.leads),
        lambda node: position[node] >= floor,
    )
    if first not in before:
        return set()
    return _reach(
        first, lambda node: (edge.later for edge in graph.out[node] if edge.leads), before.__contains__
    )


def _reach(
    start: str, neighbours: Callable[[str], Iterable[str]], allowed: Callable[[str], bool]
) -> set[str]:
    found = {start}
    todo = [start]
    while todo:
        for name in neighbours(todo.pop()):
            if name not in found and allowed(name):
                found.add(name)
                todo.append(name)
    return found
