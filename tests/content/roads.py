"""Does a step open, on some road, before any of its guards was met: the one question behind the theorems.

A road is a choice of one ending for every step on it; watches may be raised on it and limits missed. A step
waits for all that is on the road before it, so a guard on another lane counts as soon as the step really
waits for it, and one that only runs beside it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from engine.graph import StepGraph
from engine.graph.sweeps import DONE, PASSED, before, endings, past, way_to
from engine.plan import Step


def accepted(step: Step, answer: str) -> frozenset[str]:
    """The endings with which a step meets a guard: that answer; of a hold the signatures; else being done."""
    if step.kind == "hold":
        return frozenset({(answer or "signed") if step.answers else DONE})
    ways = endings(step)
    assert not answer or answer in ways, f"{step.id} has no answer {answer}"
    return frozenset({answer} if answer else ways) - {PASSED}


def guards_met(graph: StepGraph, guards: Iterable[str]) -> dict[str, set[str]]:
    """The endings that meet each guard, written `step` or `step.answer`."""
    met: dict[str, set[str]] = {}
    for guard in guards:
        name, _, answer = guard.partition(".")
        met.setdefault(name, set()).update(accepted(graph.steps[name], answer))
    return met


def road_around(
    graph: StepGraph, target: str, met: Mapping[str, Collection[str]], on: str | None = None
) -> list[str] | None:
    """The decisions of a road on which the target opens before any guard was met; None without one.

    Only what is over when the target opens can have met a guard, so nothing else is asked. With `on`
    (`step.answer`) no road is looked at on which that step ends otherwise.
    """
    over = before(graph, target)
    decision, _, given = (on or "").partition(".")

    def meets(node: str, ending: str) -> bool:
        elsewhere = node == decision and ending != given
        return elsewhere or (node in over and ending in met.get(node, ()))

    return way_to(graph, target, past(graph, meets))


def reached_without(graph: StepGraph, *gates: str, but: frozenset[str] = frozenset()) -> set[str]:
    """Every step that opens on some road on which none of `gates` has ended before, except by `but`."""
    met = {gate: frozenset(endings(graph.steps[gate])) - but - {PASSED} for gate in gates}
    loose = _led_to(graph, met)
    behind = set().union(*(graph.below(gate) for gate in gates))
    return {node for node in loose if node not in behind or road_around(graph, node, met) is not None}


def _led_to(graph: StepGraph, met: Mapping[str, Collection[str]]) -> set[str]:
    """What some way leads to past the gates, taking each step alone: never less than what a road reaches."""
    reached = set(graph.starts) | set(graph.watches)
    for node in graph.order:
        for edge in graph.into[node]:
            ways = edge.answers if edge.answers is not None else endings(graph.steps.get(edge.earlier))
            if (
                edge.leads
                and edge.earlier in reached
                and (edge.missed or set(ways) - set(met.get(edge.earlier, ())))
            ):
                reached.add(node)
    return reached
