"""Whether everybody who is called out can be let in again: by one hold, that nothing inside keeps shut."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Fault
from engine.graph.stepgraph import StepGraph
from engine.graph.sweeps import past
from engine.plan import Step


def withdrawal_faults(graph: StepGraph) -> Iterator[Fault]:
    """What is wrong with the steps that get everybody out, one fault for each."""
    for step in graph.runbook.steps:
        if step.withdraw is not None:
            yield from _fault_of(graph, step, step.withdraw)


def _fault_of(graph: StepGraph, step: Step, hold: str) -> Iterator[Fault]:
    back = graph.steps[hold]
    about = {"step": step.text, "hold": back.text}
    if back.kind != "hold":
        yield _fault(graph, "withdraw-no-hold", step.id, **about)
        return
    led = _led_alone(graph, step.id)
    if _may_be_passed(back) or hold not in led or past(graph, lambda node, _: node == hold)[step.id]:
        yield _fault(graph, "withdraw-other-way", step.id, **about)
        return
    within = next((name for name in _way(graph, step.id, hold, led) if graph.steps[name].inside), None)
    if within is not None:
        yield _fault(graph, "withdraw-inside", step.id, **about, other=graph.steps[within].text)


def _may_be_passed(hold: Step) -> bool:
    """Whether a hold may be passed by unsigned: then nobody ever lets people in again."""
    return hold.only_when is not None or hold.cls == "optional"


def _led_alone(graph: StepGraph, first: str) -> set[str]:
    """The steps that nothing but `first` leads to, near or far; itself among them."""
    alone = {first}
    for node in graph.order[graph.position[first] + 1 :]:
        before = [edge.earlier for edge in graph.into[node] if edge.leads]
        if before and alone.issuperset(before):
            alone.add(node)
    return alone


def called_for(graph: StepGraph, first: str) -> set[str]:
    """What a withdrawal has called for: the watch or step it comes from, and every step behind it alone."""
    watches = {edge.earlier for edge in graph.into[first] if edge.earlier in graph.watches}
    return watches | _led_alone(graph, first)


def _way(graph: StepGraph, first: str, hold: str, led: set[str]) -> list[str]:
    """`first` and what has to be finished between it and the hold, in order."""
    found, todo = {first}, [hold]
    while todo:
        for edge in graph.into[todo.pop()]:
            if edge.leads and edge.earlier in led and edge.earlier not in found:
                found.add(edge.earlier)
                todo.append(edge.earlier)
    return sorted(found, key=graph.position.__getitem__)


def _fault(graph: StepGraph, rule: str, step_id: str, **facts: object) -> Fault:
    return Fault(rule, graph.runbook.where(f"{step_id}.withdraw"), tuple(facts.items()))
