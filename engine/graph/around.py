"""Does a step open, on some road, before any of its guards was met: the one question behind safety lines.

A road is a choice of one ending for every step on it; watches may be raised on it and limits missed. A step
waits for all that is on the road before it, so a guard on another lane counts as soon as the step really
waits for it, and one that only runs beside it counts for nothing.

    road_around(graph, target, met, on)   the decisions of such a road
    Around(graph)                         the same for many targets: one pair of sweeps for all of one guard
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from engine.graph.stepgraph import StepGraph
from engine.graph.sweeps import (
    DONE,
    PASSED,
    Came,
    Endings,
    all_before,
    before,
    can_begin,
    endings,
    nodes_on,
    past,
    reached,
    told_on,
    way_to,
)
from engine.plan import Step

Met = Mapping[str, Collection[str]]
"""By guard the endings with which it is met."""


def accepted(step: Step, answer: str) -> frozenset[str]:
    """The endings with which a step meets a guard: that answer; of a hold the signatures; else being done.

    An answer that the step does not have is met by nothing.
    """
    if step.kind == "hold":
        return frozenset({(answer or "signed") if step.answers else DONE})
    ways = endings(step)
    if answer and answer not in ways:
        return frozenset()
    return frozenset({answer} if answer else ways) - {PASSED}


def guards_met(graph: StepGraph, guards: Iterable[str]) -> dict[str, set[str]]:
    """The endings that meet each guard, written `step` or `step.answer`."""
    met: dict[str, set[str]] = {}
    for guard in guards:
        name, _, answer = guard.partition(".")
        met.setdefault(name, set()).update(accepted(graph.steps[name], answer))
    return met


def road_around(graph: StepGraph, target: str, met: Met, on: str | None = None) -> list[str] | None:
    """The decisions of a road on which the target opens before any guard was met; None without one.

    Only what is over when the target opens can have met a guard, so nothing else is asked. With `on`
    (`step.answer`) no road is looked at on which that step ends otherwise.
    """
    over = before(graph, target)
    return way_to(graph, target, _free(graph, {name: met[name] for name in met if name in over}, on))


def _free(graph: StepGraph, met: Met, on: str | None) -> Endings:
    decision, _, given = (on or "").partition(".")

    def meets(node: str, ending: str) -> bool:
        return (node == decision and ending != given) or ending in met.get(node, ())

    return past(graph, meets)


@dataclass(frozen=True, slots=True)
class Way:
    """A road on which a step opens too early."""

    nodes: tuple[str, ...]
    """What leads to it, from the start or a watch to the step itself."""
    decided: tuple[str, ...]
    """Its decisions as ``step.answer``."""


@dataclass(frozen=True, slots=True)
class Around:
    """`road_around` for many targets of one graph; targets behind the same guards share their sweeps."""

    graph: StepGraph
    _over: dict[str, frozenset[str]] = field(default_factory=dict)
    _swept: dict[object, tuple[Endings, Came]] = field(default_factory=dict)

    def over(self, target: str) -> frozenset[str]:
        """What is surely over when the target opens."""
        if not self._over:
            self._over.update(all_before(self.graph))
        return self._over[target]

    def way(self, target: str, met: Met, on: str | None = None) -> Way | None:
        """A road on which the target opens before any guard was met; None without one."""
        over = self.over(target)
        counted = {name: frozenset(ways) for name, ways in met.items() if name in over}
        free, came = self._sweeps(counted, on)
        if target not in came:
            return None
        return Way(nodes_on(came, target), tuple(told_on(self.graph, came, target, free)))

    def _sweeps(self, met: Mapping[str, frozenset[str]], on: str | None) -> tuple[Endings, Came]:
        key = (frozenset(met.items()), on)
        if key not in self._swept:
            free = _free(self.graph, met, on)
            self._swept[key] = free, reached(self.graph, free) if can_begin(self.graph, free) else {}
        return self._swept[key]


def reached_without(graph: StepGraph, *gates: str, but: frozenset[str] = frozenset()) -> set[str]:
    """Every step that opens on some road on which none of `gates` has ended before, except by `but`."""
    met = {gate: frozenset(endings(graph.steps[gate])) - but - {PASSED} for gate in gates}
    around = Around(graph)
    behind = set().union(*(graph.below(gate) for gate in gates))
    loose = _led_to(graph, met)
    return {node for node in loose if node not in behind or around.way(node, met) is not None}


def _led_to(graph: StepGraph, met: Met) -> set[str]:
    """What some way leads to past the gates, taking each step alone: never less than what a road reaches."""
    found = set(graph.starts) | set(graph.watches)
    for node in graph.order:
        for edge in graph.into[node]:
            ways = edge.answers if edge.answers is not None else endings(graph.steps.get(edge.earlier))
            past_gate = edge.missed or set(ways) - set(met.get(edge.earlier, ()))
            if edge.leads and edge.earlier in found and past_gate:
                found.add(node)
    return found
