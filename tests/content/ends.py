"""Where a road ends, worked out from the edges of the graph alone: what the run engine is held against.

A node stands on the road when the run opens with it, when its watch was raised, or when something on the road
missed its limit or ended so that an edge leads here. Nothing of `engine.road` is used.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.graph import StepGraph
from engine.graph.sweeps import DONE, PASSED, leads_on, marks_on
from engine.road import Place
from engine.state import RunState


def on_road(
    graph: StepGraph, ended: Mapping[str, str], raised: Collection[str], late: Collection[str]
) -> frozenset[str]:
    """The steps that stand on the road when these ended so, these watches were raised and these limits missed."""
    on = set(graph.starts) | set(raised)
    for node in graph.order:
        for edge in graph.into[node]:
            by_limit = edge.missed and edge.earlier in late
            if edge.earlier in on and (by_limit or leads_on(edge, ended.get(edge.earlier, DONE))):
                on.add(node)
    return frozenset(on & graph.steps.keys())


def marks_of(graph: StepGraph, on: Collection[str], ended: Mapping[str, str]) -> frozenset[str]:
    """The marks that stand on a road whose steps ended so."""
    well = (name for name in on if ended.get(name, DONE) in marks_on(graph.steps[name]))
    return frozenset(mark for name in well for mark in graph.steps[name].marks)


# --- the same, as the engine has it


def ended_as(state: RunState) -> dict[str, str]:
    """How every step of a run has ended, for `on_road`: its answer, or that it was passed."""
    found = {name: one.answer or (PASSED if one.passed else DONE) for name, one in state.steps.items()}
    return {name: ending for name, ending in found.items() if ending != DONE}


def stands(state: RunState) -> frozenset[str]:
    """The steps that the engine has on the road."""
    return frozenset(name for name in state.steps if state.place(name) is not Place.OFF)


def open_still(state: RunState) -> frozenset[str]:
    """The steps that still wait for somebody or something."""
    return frozenset(name for name in stands(state) if state.place(name) is not Place.SETTLED)


def otherwise(state: RunState) -> list[str]:
    """The steps and marks of a run that has ended which are not as the edges say."""
    graph, ended = state.graph, ended_as(state)
    raised = {name for name in graph.watches if state.place(name) is not Place.OFF}
    late = {name for name, one in state.steps.items() if one.missed}
    on = on_road(graph, ended, raised, late)
    wrong = [f"{name} is not as the edges say" for name in on ^ stands(state)]
    return wrong + [f"mark {name}" for name in marks_of(graph, on, ended) ^ set(state.marks)]
