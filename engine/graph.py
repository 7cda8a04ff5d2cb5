"""Runbook → `StepGraph`: a frozen networkx DiGraph, and the proof that it is sound.

Nodes are steps (attribute `step`) and watches (attribute `watch`). An edge says "comes after"; its
attribute `edge` says on which answers, and whether it stands for a missed limit or for the end of a
repeated step. Going back is no edge: the steps between open again (`StepGraph.between`). So the
graph has no cycle, and one pass along `order` answers every question.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import networkx as nx

from engine.codec import from_json, to_json
from engine.condition import say_duration
from engine.errors import Fault
from engine.plan import RESTORE, After, Back, Fact, Person, Promises, Reading, Runbook, Site, Step, Watch
from engine.text import Text

FORMAT = 1
"""The version of the kept JSON."""


@dataclass(frozen=True, slots=True)
class Edge:
    """`later` comes after `earlier`.

    `after`: it waits for the outcome, on any answer (`answers` None) or on those named.
    `missed`: it opens when the limit of `earlier` has passed.
    `until`: the repeated step `later` goes on until `earlier` is finished.
    """

    earlier: str
    later: str
    after: bool = False
    answers: tuple[str, ...] | None = None
    missed: bool = False
    until: bool = False

    @property
    def leads(self) -> bool:
        """Whether it can open the later step."""
        return self.after or self.missed


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
        """The edges that end at each node."""
        return {
            node: tuple(found["edge"] for found in self.dag.pred[node].values()) for node in self.order
        }

    @cached_property
    def out(self) -> dict[str, tuple[Edge, ...]]:
        """The edges that begin at each node, nearest in `order` first."""
        return {
            node: tuple(
                sorted(
                    (found["edge"] for found in self.dag.succ[node].values()),
                    key=lambda edge: self.position[edge.later],
                )
            )
            for node in self.order
        }

    @cached_property
    def closing(self) -> str:
        """The step every road ends at, but for those that say `ends`."""
        return closing_step(self.runbook).id

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
            known = tuple(
                node for node in self.order if node in found and self.steps[node].lane == lane
            )
            self._between[first, last] = known
        return known

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
    def inner_loops(self) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """For each way back, the ways back that lie wholly inside it and so count afresh."""
        spans = {key: frozenset(self.between(back.step, key[0])) for key, back in self.backs.items()}
        return {
            outer: tuple(inner for inner, span in spans.items() if span < spans[outer]) for outer in spans
        }

    def below(self, node: str) -> Iterator[str]:
        """Every step that comes after `node`, however far, in order."""
        seen = {node}
        heap = [self.position[node]]
        while heap:
            here = self.order[heapq.heappop(heap)]
            if here != node:
                yield here
            for edge in self.out[here]:
                if edge.leads and edge.later not in seen:
                    seen.add(edge.later)
                    heapq.heappush(heap, self.position[edge.later])

    def to_bytes(self) -> bytes:
        """The compiled graph as it is kept in the store."""
        kept = {
            "format": FORMAT,
            "runbook": to_json(self.runbook),
            "site": to_json(self.site),
            "promises": to_json(self.promises),
            "edges": [to_json(found["edge"]) for _, _, found in self.dag.edges(data=True)],
            "order": list(self.order),
        }
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of `to_bytes()`."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


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
        dag=_digraph(runbook, edges),
        order=tuple(said["order"]),
    )


def compile_graph(runbook: Runbook, site: Site, promises: Promises) -> tuple[StepGraph | None, list[Fault]]:
    """The graph of a runbook, or what is unsound in it (all at once, in the order of the file)."""
    dag = _digraph(runbook, _edges(runbook))
    order = _topological(runbook, dag)
    if order is None:
        return None, _cycle_faults(runbook, dag)
    graph = StepGraph(runbook, site, promises, dag, order)
    faults = list(_structure_faults(graph)) or list(_road_faults(graph))
    return (None if faults else graph), sorted(faults, key=lambda fault: (fault.place.line, fault.place.column))


# --- binding to a room

SITE_VALUE = re.compile(r"\{\{\s*site\.((?:room\.)?[a-z0-9][a-z0-9-]*)\s*\}\}")


def bound(graph: StepGraph, room_id: str | None) -> StepGraph:
    """The same graph with the values of the site and of the room said in its texts."""

    def say(found: re.Match[str], language: str) -> str:
        fact = graph.site_fact(found[1], room_id)
        return found[0] if fact is None else say_fact(fact, language)

    def fill(value: Any) -> Any:
        if isinstance(value, Text):
            if "{{" not in value.zh and "{{" not in value.en:
                return value
            return Text(
                SITE_VALUE.sub(lambda found: say(found, "zh"), value.zh),
                SITE_VALUE.sub(lambda found: say(found, "en"), value.en),
            )
        if isinstance(value, tuple):
            filled = tuple([fill(one) for one in value])
            return filled if any(new is not old for new, old in zip(filled, value, strict=True)) else value
        if is_dataclass(value) and not isinstance(value, type):
            changed = {
                one.name: new
                for one in fields(value)
                if one.name != "places" and (new := fill(old := getattr(value, one.name))) is not old
            }
            return replace(value, **changed) if changed else value
        return value

    runbook: Runbook = fill(graph.runbook)
    if runbook is graph.runbook:
        return graph
    edges = [found["edge"] for _, _, found in graph.dag.edges(data=True)]
    return replace(graph, runbook=runbook, dag=_digraph(runbook, edges))


def say_fact(fact: Fact, language: str) -> str:
    """A site value as a person reads it, without its unit: the text around it says that."""
    if fact.number is not None:
        return format(fact.number, "f")
    if fact.length is not None:
        return say_duration(fact.length)
    return fact.words.of(language) if fact.words is not None else ""


# --- building


def closing_step(runbook: Runbook) -> Step:
    """The last step: the one that waits for all, else the last of the steps as they are listed."""
    own = [step for step in runbook.steps if step.lane != RESTORE]
    return next((step for step in own if step.after_all), own[-1])


def _digraph(runbook: Runbook, edges: Iterable[Edge]) -> nx.DiGraph[str]:
    dag: nx.DiGraph[str] = nx.DiGraph()
    for step in runbook.steps:
        dag.add_node(step.id, step=step)
    for watch in runbook.watches:
        dag.add_node(watch.id, watch=watch)
    for edge in edges:
        dag.add_edge(edge.earlier, edge.later, edge=edge)
    return nx.freeze(dag)


def _edges(runbook: Runbook) -> list[Edge]:
    """Every edge of the runbook; two ways from one step to another are one edge."""
    merged: dict[tuple[str, str], Edge] = {}
    for edge in _said_edges(runbook):
        key = (edge.earlier, edge.later)
        merged[key] = _merge(merged[key], edge) if key in merged else edge
    for edge in _gathering_edges(runbook, list(merged.values())):
        key = (edge.earlier, edge.later)
        merged[key] = _merge(merged[key], edge) if key in merged else edge
    return list(merged.values())


def _merge(one: Edge, other: Edge) -> Edge:
    """One edge for both: it is followed on any answer that either is followed on."""
    answers: tuple[str, ...] | None = None
    if one.after and other.after:
        if one.answers is not None and other.answers is not None:
            answers = one.answers + tuple(name for name in other.answers if name not in one.answers)
    else:
        answers = one.answers if one.after else other.answers
    return Edge(
        one.earlier,
        one.later,
        after=one.after or other.after,
        answers=answers,
        missed=one.missed or other.missed,
        until=one.until or other.until,
    )


def _said_edges(runbook: Runbook) -> Iterator[Edge]:
    carriers = mark_carriers(runbook)
    step_ids = {step.id for step in runbook.steps}
    for step in runbook.steps:
        for after in step.after:
            yield _after(after, step.id)
        yield from _led_to(step)
        if step.missed in step_ids:
            yield Edge(step.id, str(step.missed), missed=True)
        if step.repeat is not None and step.repeat.until is not None:
            for earlier in _ends_of(step, carriers):
                yield Edge(earlier, step.id, until=True)


def _after(after: After, later: str) -> Edge:
    return Edge(after.name, later, after=True, answers=None if after.answer is None else (after.answer,))


def _led_to(step: Step) -> Iterator[Edge]:
    """The edges of else and refused."""
    if step.expect is not None and isinstance(step.expect.otherwise, str):
        yield Edge(step.id, step.expect.otherwise, after=True, answers=("unmet",))
    if isinstance(step.refused, str):
        yield Edge(step.id, step.refused, after=True, answers=("refused",))
    if isinstance(step.otherwise, str):
        yield Edge(step.id, step.otherwise, after=True, answers=("nobody",))


def _ends_of(step: Step, carriers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    assert step.repeat is not None and step.repeat.until is not None
    if step.repeat.until_is == "step":
        return (step.repeat.until,)
    if step.repeat.until_is == "mark":
        return tuple(name for name in carriers.get(step.repeat.until, ()) if name != step.id)
    return ()


def mark_carriers(runbook: Runbook) -> dict[str, tuple[str, ...]]:
    """The steps that carry each mark, in the author's order."""
    found: dict[str, tuple[str, ...]] = {}
    for step in runbook.steps:
        for mark in step.marks:
            found[mark] = (*found.get(mark, ()), step.id)
    return found


def _gathering_edges(runbook: Runbook, edges: list[Edge]) -> Iterator[Edge]:
    """`after: all`, and the steps of `restore:` between everything and the closing step."""
    closing = closing_step(runbook)
    restore = [step for step in runbook.steps if step.lane == RESTORE]
    loose = _loose_ends(runbook, edges)
    for step in runbook.steps:
        if step.after_all:
            yield from (Edge(earlier, step.id, after=True) for earlier in loose)
    if not restore:
        return
    if closing.after_all:
        yield from (Edge(earlier, restore[0].id, after=True) for earlier in loose)
    else:
        for edge in edges:
            if edge.later == closing.id and edge.leads:
                yield Edge(edge.earlier, restore[0].id, after=edge.after, answers=edge.answers, missed=edge.missed)
    yield Edge(restore[-1].id, closing.id, after=True)


def _loose_ends(runbook: Runbook, edges: list[Edge]) -> list[str]:
    """Every step nothing else follows and that does not say `ends`."""
    followed = {edge.earlier for edge in edges if edge.after}
    return [
        step.id
        for step in runbook.steps
        if step.id not in followed and not step.ends and not step.after_all and step.lane != RESTORE
    ]


def _topological(runbook: Runbook, dag: nx.DiGraph[str]) -> tuple[str, ...] | None:
    """Each node after all it waits for, the author's order breaking ties; None when there is a cycle."""
    names = [watch.id for watch in runbook.watches] + [step.id for step in runbook.steps]
    rank = {name: index for index, name in enumerate(names)}
    waiting = {name: len(dag.pred[name]) for name in names}
    heap = [rank[name] for name in names if not waiting[name]]
    order: list[str] = []
    while heap:
        name = names[heapq.heappop(heap)]
        order.append(name)
        for later in dag.succ[name]:
            waiting[later] -= 1
            if not waiting[later]:
                heapq.heappush(heap, rank[later])
    return tuple(order) if len(order) == len(names) else None


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


# --- the proof


def _cycle_faults(runbook: Runbook, dag: nx.DiGraph[str]) -> list[Fault]:
    """One fault for each knot of steps that wait for each other, with its shortest ring."""
    faults = []
    for knot in nx.strongly_connected_components(dag):
        if len(knot) > 1:
            ring = _shortest_ring(runbook, dag, knot)
            faults.append(_fault(runbook, "cycle", f"{ring[0]}.after", ring=" → ".join([*ring, ring[0]])))
    for node in nx.nodes_with_selfloops(dag):
        faults.append(_fault(runbook, "cycle", f"{node}.after", ring=f"{node} → {node}"))
    return faults


def _shortest_ring(runbook: Runbook, dag: nx.DiGraph[str], knot: set[str]) -> list[str]:
    """The shortest ring through the step of the knot that is written first."""
    first = next(step.id for step in runbook.steps if step.id in knot)
    inside = dag.subgraph(knot)
    rings = [nx.shortest_path(inside, later, first) for later in inside.succ[first]]
    shortest = min(rings, key=len)
    return [first, *shortest[:-1]]


def _fault(runbook: Runbook, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, runbook.where(path), tuple(facts.items()))


def _structure_faults(graph: StepGraph) -> Iterator[Fault]:
    reached = _reachable(graph)
    for step in graph.runbook.steps:
        if step.id not in reached:
            yield _fault(graph.runbook, "unreachable", step.id, step=step.id)
        yield from _back_faults(graph, step)
        yield from _following_faults(graph, step)


def starts_of(graph: StepGraph) -> list[str]:
    """The steps that open with the run."""
    return [
        step.id
        for step in graph.runbook.steps
        if step.starts or (step.after_all and not any(edge.leads for edge in graph.into[step.id]))
    ]


def _reachable(graph: StepGraph) -> set[str]:
    reached = set(starts_of(graph)) | set(graph.watches)
    for node in graph.order:
        if node not in reached and any(edge.leads and edge.earlier in reached for edge in graph.into[node]):
            reached.add(node)
    return reached


def _back_faults(graph: StepGraph, step: Step) -> Iterator[Fault]:
    for answer in step.answers:
        if answer.back is None:
            continue
        target = graph.steps.get(answer.back.step)
        path = _answer_path(step, answer.id) + ".back_to"
        if target is None:
            continue  # the reader has named it already
        if target.lane != step.lane:
            yield _fault(graph.runbook, "back-other-lane", path, step=step.id, target=target.id)
        elif not graph.between(target.id, step.id):
            yield _fault(graph.runbook, "back-not-here", path, step=step.id, target=target.id)


def _answer_path(step: Step, answer: str) -> str:
    """Where an answer stands in the file."""
    if answer == "unmet":
        return f"{step.id}.expect.else"
    if answer == "refused":
        return f"{step.id}.refused"
    if answer == "nobody":
        return f"{step.id}.else"
    return f"{step.id}.answers.{answer}"


def _following_faults(graph: StepGraph, step: Step) -> Iterator[Fault]:
    """Used-up turns that nothing follows; an answer nothing follows while others are followed."""
    if step.ends or step.id == graph.closing:
        return
    loose = [answer for answer in step.answers if not follows(graph, step.id, answer.id)]
    for answer in loose:
        path = _answer_path(step, answer.id)
        if answer.back is not None:
            yield _fault(graph.runbook, "turns-used-up", path, step=step.id, answer=answer.id)
        elif len(loose) < len(step.answers):
            yield _fault(graph.runbook, "answer-unfollowed", path, step=step.id, answer=answer.id)


def follows(graph: StepGraph, step_id: str, answer: str | None) -> tuple[str, ...]:
    """What comes after a step that ended so."""
    return tuple(
        edge.later
        for edge in graph.out[step_id]
        if edge.after and (edge.answers is None or answer in edge.answers)
    )


def _road_faults(graph: StepGraph) -> Iterator[Fault]:
    """Every road reaches the closing step or one that says `ends`."""
    goals = {step.id for step in graph.runbook.steps if step.ends} | {graph.closing}
    detour = shortest_miss(graph, goals)
    if detour is not None:
        last = detour[-1] if detour else graph.closing
        yield _fault(
            graph.runbook, "road-open", last, closing=graph.closing, road=", ".join(detour) or graph.runbook.steps[0].id
        )


def shortest_miss(graph: StepGraph, goals: Collection[str]) -> list[str] | None:
    """The decisions of a shortest road that misses every step of `goals`; None when every road meets one.

    One backward sweep. A plain step can miss the goals when it is none itself and all that follows it
    can; a step with answers when all that follows *some* answer can; a watch by staying quiet.
    """
    choice: dict[str, list[str] | None] = {}
    for node in reversed(graph.order):
        choice[node] = [] if node in graph.watches else _miss_from(graph, node, goals, choice)
    told: list[str] = []
    for start in starts_of(graph):
        road = choice[start]
        if road is None:
            return None
        told.extend(name for name in road if name not in told)
    return told


def _miss_from(
    graph: StepGraph, node: str, goals: Collection[str], choice: dict[str, list[str] | None]
) -> list[str] | None:
    """The decisions from `node` on that miss the goals, fewest first; None when there are none."""
    if node in goals:
        return None
    answers = [answer.id for answer in graph.steps[node].answers]
    if not answers:
        return _all_miss(follows(graph, node, None), choice)
    roads = {name: _all_miss(follows(graph, node, name), choice) for name in answers}
    open_roads = {name: road for name, road in roads.items() if road is not None}
    if not open_roads:
        return None
    best = min(open_roads, key=lambda name: len(open_roads[name]))
    free = len(open_roads) == len(answers)
    return open_roads[best] if free else [f"{node}.{best}", *open_roads[best]]


def _all_miss(followers: Iterable[str], choice: dict[str, list[str] | None]) -> list[str] | None:
    roads = []
    for later in followers:
        road = choice[later]
        if road is None:
            return None
        roads.append(road)
    # The longest stands for all: joining them would grow with the square of the plan.
    return max(roads, key=len, default=[])
