"""Advice that only a road shows: what waits for a thing that never comes on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.condition import Known, Missing, evaluate, parse
from engine.errors import Fault
from engine.graph import StepGraph, shortest_miss
from engine.graph.sweeps import in_author_order, marks_on, past, way_to
from engine.plan import Step


def road_advice(graph: StepGraph) -> list[Fault]:
    """All such advice about a sound plan, in the order of its steps."""
    return [*_marks_that_never_come(graph), *_limits_of_what_never_comes(graph)]


def _marks_that_never_come(graph: StepGraph) -> Iterator[Fault]:
    """A wait for a mark on a road that does not reach it: it stands open to the end of time."""
    for step in graph.steps.values():
        for mark in _marks_needed(graph, step):
            road = _road_without(graph, step.id, graph.carriers[mark])
            if road is not None:
                said = ", ".join(road or in_author_order(graph, graph.starts))
                yield _advice(
                    graph, "wait-for-no-mark", f"{step.id}.until", step=step.text, mark=mark, road=said
                )


def _marks_needed(graph: StepGraph, step: Step) -> list[str]:
    """The marks without which the condition of a wait cannot come true."""
    if step.kind != "wait" or step.wait_until is None:
        return []
    names = dict.fromkeys(name for name, _ in parse(step.wait_until).names)
    return [name for name in names if name in graph.carriers and _is_needed(step.wait_until, name)]


def _is_needed(condition: str, mark: str) -> bool:
    """Whether the condition is false as long as the mark is, whatever else turns out."""
    said = evaluate(parse(condition), lambda name: Known(False) if name == mark else Missing("not-taken"))
    return said.value is False


def _road_without(graph: StepGraph, step_id: str, carriers: Collection[str]) -> list[str] | None:
    good = {name: marks_on(graph.steps[name]) for name in carriers}
    return way_to(graph, step_id, past(graph, lambda node, ending: ending in good.get(node, ())))


def _limits_of_what_never_comes(graph: StepGraph) -> Iterator[Fault]:
    """A limit from the report opens a step for another whose turn may never come."""
    for step in graph.steps.values():
        if step.within_from != "reported" or step.missed not in graph.steps:
            continue
        road = shortest_miss(graph, {step.id})
        if road:
            late = graph.steps[step.missed].text
            facts = {"step": step.text, "late": late, "road": ", ".join(road)}
            yield _advice(graph, "limit-off-road", f"{step.id}.missed", **facts)


def _advice(graph: StepGraph, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, graph.runbook.where(path), tuple(facts.items()), advice=True)
