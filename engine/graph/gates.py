"""Which holds a raised watch shuts, and which steps keep them shut.

Whoever signs a hold below a watch signs for a situation in which it is quiet. Once it is raised, the
steps it brings onto the road come first, also where none of them stands directly before the hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from engine.graph.edges import Edge
from engine.plan import Step, Watch


class Nodes(Protocol):
    """What is asked of a graph."""

    @property
    def order(self) -> tuple[str, ...]: ...
    @property
    def steps(self) -> Mapping[str, Step]: ...
    @property
    def watches(self) -> Mapping[str, Watch]: ...
    @property
    def into(self) -> Mapping[str, tuple[Edge, ...]]: ...
    @property
    def out(self) -> Mapping[str, tuple[Edge, ...]]: ...
    def below(self, node: str) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class Gates:
    """The holds of a plan that stand below a watch."""

    behind: dict[str, tuple[str, ...]]
    """By watch: the holds below it, however far, that something else leads to as well; in order."""
    kept_shut_by: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """By hold: each watch that shuts it, with the steps before the hold that the watch brings."""
    kept_by: dict[str, tuple[str, ...]]
    """By step: the holds that it keeps shut."""

    @classmethod
    def of(cls, graph: Nodes) -> Gates:
        """Worked out once, in one pass for all holds and one for each watch."""
        after, asleep = _holds_after(graph), _led_alone(graph, graph.watches)
        behind: dict[str, tuple[str, ...]] = {}
        shut: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        kept: dict[str, dict[str, None]] = {}
        for watch in graph.watches:
            alone = _led_alone(graph, (watch,))
            behind[watch] = tuple(name for name in graph.order if name in after[watch] and name not in alone)
            brought = _brought(graph, watch, asleep) if behind[watch] else ()
            for gate in behind[watch]:
                before = tuple(name for name in brought if gate in after[name])
                shut.setdefault(gate, []).append((watch, before))
                for name in before:
                    kept.setdefault(name, {})[gate] = None
        return cls(
            behind,
            {gate: tuple(found) for gate, found in shut.items()},
            {name: tuple(gates) for name, gates in kept.items()},
        )


def _holds_after(graph: Nodes) -> dict[str, frozenset[str]]:
    """By node: every hold that comes after it."""
    found: dict[str, frozenset[str]] = {}
    for node in reversed(graph.order):
        holds: set[str] = set()
        for edge in graph.out[node]:
            if edge.leads:
                holds |= found[edge.later]
                later = graph.steps.get(edge.later)
                holds |= {edge.later} if later is not None and later.sign is not None else set()
        found[node] = frozenset(holds)
    return found


def _led_alone(graph: Nodes, watches: Iterable[str]) -> set[str]:
    """The steps that nothing but these watches leads to, near or far."""
    alone = set(watches)
    for node in graph.order:
        before = [edge.earlier for edge in graph.into[node] if edge.leads]
        if before and alone.issuperset(before):
            alone.add(node)
    return alone.difference(watches)


def _brought(graph: Nodes, watch: str, asleep: set[str]) -> tuple[str, ...]:
    """What the watch brings onto the road: the steps after it, and those below that sleep without a watch."""
    nearest = {edge.later for edge in graph.out[watch] if edge.leads}
    return tuple(name for name in graph.below(watch) if name in nearest or name in asleep)
