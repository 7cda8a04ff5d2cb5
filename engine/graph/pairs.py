"""Can two things be on one road? Two ways are walked back side by side, the later one always first.

At a decision that both came through they must have left it by the same answer. So when the two ways meet
at a step by answers that agree, or both come to where a run starts, one road holds both. Quadratic at
worst, so it is asked only of steps that share a resource, a mark or a list; mostly it is short, because
two ways meet soon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.graph.stepgraph import StepGraph


class Ended(NamedTuple):
    """A node, and the endings it may have had; None: any."""

    node: str
    endings: tuple[str, ...] | None = None


_START = Ended("")
"""A way that has come back to where a run starts, or to a watch that was raised."""

Demands = Mapping[str, tuple[str, ...]]
"""How some decisions must have ended, wherever a way leaves them."""


def on_one_road(graph: StepGraph, one: Ended, other: Ended, demands: Demands | None = None) -> bool:
    """Whether some road has both endings; with `demands` only roads that agree with them."""
    asked = demands or {}
    if not (_agrees(one, asked) and _agrees(other, asked)):
        return False
    todo, seen = [(one, other)], {(one, other)}
    while todo:
        pair = todo.pop()
        for found in _back(graph, *pair, asked):
            if found == (_START, _START):
                return True
            if found not in seen:
                seen.add(found)
                todo.append(found)
    return False


def _back(graph: StepGraph, one: Ended, other: Ended, demands: Demands) -> Iterator[tuple[Ended, Ended]]:
    """The pairs from which this one is reached in one move."""
    if one.node == other.node:
        if _meet(one, other):
            # From here on the two are one way.
            yield from ((way, _START) for way in _before(graph, one, demands))
        return
    if _position(graph, one) < _position(graph, other):
        one, other = other, one
    yield from ((way, other) for way in _before(graph, one, demands))


def _before(graph: StepGraph, here: Ended, demands: Demands) -> Iterator[Ended]:
    if here.node in graph.watches or here.node in graph.starts:
        yield _START
    for edge in graph.into[here.node]:
        if edge.leads:
            # Who missed a limit may still end in any way.
            way = Ended(edge.earlier, None if edge.missed else edge.answers)
            if _agrees(way, demands):
                yield way


def _position(graph: StepGraph, here: Ended) -> int:
    return graph.position.get(here.node, -1)


def _meet(one: Ended, other: Ended) -> bool:
    return one.endings is None or other.endings is None or not set(one.endings).isdisjoint(other.endings)


def _agrees(way: Ended, demands: Demands) -> bool:
    wanted = demands.get(way.node)
    return wanted is None or way.endings is None or not set(wanted).isdisjoint(way.endings)
