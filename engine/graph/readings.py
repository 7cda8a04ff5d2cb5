"""A condition on a reading that some road does not take first.

One forward sweep knows for every step what has surely been taken when it opens. Only where that does not
settle it (lanes that meet) is a road searched that goes past everybody who would have taken it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from engine.condition import parse
from engine.errors import Fault
from engine.graph.stepgraph import StepGraph
from engine.graph.sweeps import before, steps_past, way_to
from engine.plan import Step

_RISE = "-rise"


def reading_faults(graph: StepGraph) -> Iterator[Fault]:
    """Every condition of a step that may be judged before what it asks for was read.

    Told where it is first asked for; behind that step it counts as taken.
    """
    conditions: dict[str, list[tuple[str, str, bool]]] = {}
    for step, path, text, own in _conditions(graph):
        conditions.setdefault(step.id, []).append((path, text, own))
    opening: dict[str, frozenset[str]] = {}
    ended: dict[str, frozenset[str]] = {}
    for node in graph.order if conditions else ():
        opening[node] = _surely_taken(graph, node, opening, ended)
        for path, text, own in conditions.get(node, ()):
            yield from _untaken(graph, graph.steps[node], path, text, own, opening)
        ended[node] = opening[node] | _takes_for_sure(graph, node)


def _untaken(
    graph: StepGraph, step: Step, path: str, text: str, own: bool, opening: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    """The readings of one condition that some road has not taken; from here on they are known."""
    taken = opening[step.id] | (_takes(graph, step) if own else frozenset())
    for name in _readings_in(graph, text):
        if name in taken:
            continue
        opening[step.id] |= {name}
        road = _road_without(graph, step.id, name)
        if road is not None:
            facts = (
                ("step", step.text),
                ("reading", graph.readings[name].label),
                ("road", _said(road, step)),
            )
            yield Fault("reading-not-taken", graph.runbook.where(path), facts)


def _said(road: list[str], step: Step) -> str:
    return ", ".join(road) or step.id


def _conditions(graph: StepGraph) -> Iterator[tuple[Step, str, str, bool]]:
    """Step, path, condition, and whether what the step itself reads is known when it is judged.

    A wait and an expectation ask for what they need themselves; levels and watches wait until it is read.
    """
    for step in graph.runbook.steps:
        if step.only_when is not None:
            yield step, f"{step.id}.only_when", step.only_when, False
        if step.needs is not None:
            yield step, f"{step.id}.needs", step.needs, True
        for answer in step.answers:
            if answer.when is not None:
                yield step, f"{step.id}.answers.{answer.id}.when", answer.when, True
        if step.repeat is not None and step.repeat.until_is == "condition":
            yield step, f"{step.id}.until", step.repeat.until or "", True


def _readings_in(graph: StepGraph, text: str) -> Iterable[str]:
    names = (name.removesuffix(_RISE) for name, _ in parse(text).names)
    return dict.fromkeys(name for name in names if name in graph.readings)


def _takes(graph: StepGraph, step: Step) -> frozenset[str]:
    """The readings a step asks for before it is finished.

    A repeated step that ends with something else, or when its time is up, may end without a visit.
    """
    if step.repeat is not None and (step.repeat.span is not None or step.repeat.until_is in ("step", "mark")):
        return frozenset()
    found = set(step.record)
    if step.each is not None:
        found.add(step.each)
    if step.expect is not None and step.expect.that is not None:
        found.update(_readings_in(graph, step.expect.that))
    if step.wait_until is not None:
        found.update(_readings_in(graph, step.wait_until))
    return frozenset(found)


def _surely_taken(
    graph: StepGraph, node: str, opening: Mapping[str, frozenset[str]], ended: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """What every road has read when it opens a node; less than that where lanes meet."""
    if node in graph.starts or node in graph.watches:
        return frozenset()
    before = [
        _taken_at_limit(graph, edge.earlier, opening, ended) if edge.missed else ended[edge.earlier]
        for edge in graph.into[node]
        if edge.leads
    ]
    return before[0].intersection(*before[1:]) if before else frozenset()


def _taken_at_limit(
    graph: StepGraph, late: str, opening: Mapping[str, frozenset[str]], ended: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """What is known when the limit of a step passes: it has not finished, and may not even have opened."""
    since = graph.steps[late].within_from
    return opening[late] if since is None else ended.get(since, frozenset())


def _takes_for_sure(graph: StepGraph, node: str) -> frozenset[str]:
    """What is known behind a node: of a watch what has raised it, of a step what it asks for."""
    step = graph.steps.get(node)
    if step is None:
        watch = graph.watches[node]
        if watch.when is None or watch.words is not None:
            return frozenset()  # a person may have raised it by what they saw
        return frozenset(_readings_in(graph, watch.when))
    return _takes(graph, step) if step.only_when is None else frozenset()


def _road_without(graph: StepGraph, step_id: str, name: str) -> list[str] | None:
    """The decisions of a road that opens the step when nobody has read that; None without one."""
    late = [edge.earlier for edge in graph.into[step_id] if edge.missed]
    earlier = {one for edge in graph.into[step_id] if edge.after for one in _over(graph, edge.earlier)}
    road = _past_takers(graph, step_id, earlier, name, late=False)
    for who in late:
        if road is None:
            since = graph.steps[who].within_from
            over = before(graph, who) if since is None else _over(graph, since)
            road = _past_takers(graph, who, over, name, late=True)
    return road


def _over(graph: StepGraph, name: str) -> frozenset[str]:
    """What is over behind a step; behind a mark or the report nothing is known."""
    return before(graph, name) | {name} if name in graph.steps or name in graph.watches else frozenset()


def _past_takers(
    graph: StepGraph, target: str, earlier: Collection[str], name: str, *, late: bool
) -> list[str] | None:
    takers = {one for one in graph.steps.keys() & set(earlier) if name in _takes(graph, graph.steps[one])}
    return way_to(graph, target, steps_past(graph, takers), late=late)
