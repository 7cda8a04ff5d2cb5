"""What only a road shows: a wait for a thing that never comes on it, or that only a watch or a clock can bring."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.condition import Known, Missing, evaluate, parse
from engine.errors import Fault
from engine.graph import StepGraph, shortest_miss
from engine.graph.sweeps import before, in_author_order, marks_on, past, way_to
from engine.graph.times import longest, pessimistic, rounds_on, worst_rounds
from engine.plan import Step


def road_waits(graph: StepGraph) -> list[Fault]:
    """All such faults and advice about a sound plan, in the order of its steps."""
    return [*_marks_that_never_come(graph), *_limits_of_what_never_comes(graph)]


def _marks_that_never_come(graph: StepGraph) -> Iterator[Fault]:
    """A wait for a mark on a road that does not reach it: it stands open to the end of time.

    An error, because such a run never ends, unless a watch or a missed limit may still bring the mark: what waits
    for the world is the plan's own business.
    """
    later = _brought_later(graph)
    for step in graph.steps.values():
        for mark in _marks_needed(graph, step):
            road = _road_without(graph, step.id, graph.carriers[mark])
            if road is not None:
                said = ", ".join(road or in_author_order(graph, graph.starts))
                may_come = not later.isdisjoint(graph.carriers[mark])
                rule = "wait-for-raised-mark" if may_come else "wait-for-no-mark"
                facts = (("step", step.text), ("mark", mark), ("road", said))
                yield Fault(rule, graph.runbook.where(f"{step.id}.until"), facts, advice=may_come)


def _brought_later(graph: StepGraph) -> set[str]:
    """The steps that a watch opens, or a limit that has passed, and all that follows them."""
    found: set[str] = set()
    todo = [*graph.watches, *(edge.later for name in graph.order for edge in graph.out[name] if edge.missed)]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += [edge.later for edge in graph.out[name]]
    return found


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
        if road and not _known_in_time(graph, step):
            late = graph.steps[step.missed].text
            facts = {"step": step.text, "late": late, "road": ", ".join(road)}
            yield _advice(graph, "limit-off-road", f"{step.id}.missed", **facts)


def _known_in_time(graph: StepGraph, step: Step) -> bool:
    """Whether it is known before the limit that the step never comes: once it is off the road its limit is nothing.

    By the pessimistic minutes of all that stands before it, every loop gone round; nobody knows when what waits for
    the world is over.
    """
    all_before = before(graph, step.id)
    earlier = [graph.steps[name] for name in all_before if name in graph.steps]
    opens = longest(graph, pessimistic(graph)).opens.get(step.id)
    if opens is None or step.within is None or not all(_has_an_end(one) for one in earlier):
        return False
    return opens + rounds_on(graph, worst_rounds(graph), all_before) < step.within.length


def _has_an_end(step: Step) -> bool:
    return step.takes is not None and step.kind in ("do", "ask") and step.repeat is None


def _advice(graph: StepGraph, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, graph.runbook.where(path), tuple(facts.items()), advice=True)
