"""What is wrong, or to be thought of, between the plans of a book: who keeps back whom, who switches what back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import NamedTuple

from engine.errors import Fault
from engine.graph import StepGraph
from engine.graph.roads import at_one_time, wakers
from engine.graph.sweeps import before
from engine.graph.switched import Switch, switched_by, switches_of
from engine.plan import Runbook, Step
from engine.text import Text

Plans = Mapping[str, Runbook]


def across_faults(runbooks: Sequence[Runbook], graphs: Mapping[str, StepGraph]) -> Iterator[Fault]:
    """Every error and all advice that only several plans together show."""
    plans = {runbook.id: runbook for runbook in runbooks}
    for runbook in runbooks:
        yield from _inhibits(runbook, plans)
        if runbook.id in graphs:
            yield from _beside_a_run(graphs[runbook.id], plans)
    yield from _two_plans([one for one in runbooks if one.hazard is not None], plans)


# --- a plan that keeps back another


def _inhibits(runbook: Runbook, plans: Plans) -> Iterator[Fault]:
    """Nothing on which a life may hang is kept back, and nothing that the plan itself calls for."""
    for number, name in enumerate(runbook.inhibits):
        path = f"inhibits.{number}"
        kept = plans.get(name)
        if kept is not None and any(plan.saves_lives for plan in _with_its_parts(kept, plans)):
            yield _fault(runbook, "inhibits-lives", path, kept=kept.title)
        if name in _opened_by(runbook) or name == runbook.id:
            yield _fault(runbook, "inhibits-own", path, kept=kept.title if kept is not None else name)


def _opened_by(runbook: Runbook) -> set[str | None]:
    by_step = {step.target for step in runbook.steps if step.kind == "run"}
    return by_step | {watch.run for watch in runbook.watches}


def _with_its_parts(runbook: Runbook, plans: Plans) -> list[Runbook]:
    """A plan and everything that its steps run, near or far."""
    found, todo = {runbook.id: runbook}, [runbook]
    while todo:
        for step in todo.pop().steps:
            part = plans.get(step.target or "") if step.kind == "run" else None
            if part is not None and part.id not in found:
                found[part.id] = part
                todo.append(part)
    return list(found.values())


# --- a step beside a run that switches the same


class _Does(NamedTuple):
    """A step switches something: by itself, or by a step of what it runs."""

    path: str
    """Where the plan that is looked at says so: at the step, or at the one that runs the procedure."""
    by: Text
    switch: Switch


def _beside_a_run(graph: StepGraph, plans: Plans) -> Iterator[Fault]:
    """A run step does what its plan does; nothing beside it switches the same the other way."""
    switching = [step for step in graph.runbook.steps if step.kind == "run" or step.touches]
    for first, second in combinations(switching, 2):
        if "run" in (first.kind, second.kind) and _at_one_time(graph, first, second):
            found = _opposite(_does(first, plans), _does(second, plans))
            if found is not None:
                yield _opposite_fault(graph.runbook, "opposite-run", f"{second.id}.{second.kind}", *found)


def _at_one_time(graph: StepGraph, first: Step, second: Step) -> bool:
    one, other = first.id, second.id
    if wakers(graph, one) != wakers(graph, other):
        return False  # what a watch opens is there to cut in
    if _goes_on_beside(graph, first, other) or _goes_on_beside(graph, second, one):
        return True
    return at_one_time(graph, one, other)


def _goes_on_beside(graph: StepGraph, step: Step, later: str) -> bool:
    """What is handed over is not waited for: it goes on beside whatever comes after it."""
    return step.hand_over and step.id in before(graph, later)


def _does(step: Step, plans: Plans) -> list[_Does]:
    """What a step switches; of a run step what the procedure does, and not a hazard, which is meant to cut in."""
    part = plans.get(step.target or "") if step.kind == "run" else None
    if part is None:
        return [_Does(f"{step.id}.touches", step.text, switch) for switch in switched_by(step)]
    if part.hazard is not None:
        return []
    procedures = [one for one in _with_its_parts(part, plans) if one.hazard is None]
    titles = {(plan.id, one.id): one.text for plan in procedures for one in plan.steps}
    return [
        _Does(f"{step.id}.run", titles[plan.id, switch.step], switch)
        for plan in procedures
        for switch in switches_of(plan)
    ]


def _opposite(first: Sequence[_Does], second: Sequence[_Does]) -> tuple[_Does, _Does] | None:
    """The first two that put one thing into two states."""
    pairs = product(first, second)
    return next((pair for pair in pairs if _is_opposite(pair[0].switch, pair[1].switch)), None)


def _is_opposite(one: Switch, other: Switch) -> bool:
    return (one.thing, one.by_tag) == (other.thing, other.by_tag) and one.state != other.state


# --- two plans that may be open together


def _two_plans(hazards: Sequence[Runbook], plans: Plans) -> Iterator[Fault]:
    """People are told at run time; whoever writes the plans can say beforehand who goes first."""
    done = {one.id: [does for step in one.steps for does in _does(step, plans)] for one in hazards}
    for one, other in combinations(hazards, 2):
        if other.id not in one.inhibits and one.id not in other.inhibits:
            found = _opposite(done[one.id], done[other.id])
            if found is not None:
                yield _opposite_fault(other, "opposite-plans", found[1].path, *found, plan=one.title)


def _opposite_fault(
    runbook: Runbook, rule: str, path: str, first: _Does, second: _Does, **more: object
) -> Fault:
    facts = {
        "resource": second.switch.thing,
        "first": first.by,
        "second": second.by,
        "state": first.switch.state,
        "other": second.switch.state,
    }
    return _fault(runbook, rule, path, **facts, **more)


def _fault(runbook: Runbook, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, runbook.where(path), tuple(facts.items()), advice=rule == "opposite-plans")
