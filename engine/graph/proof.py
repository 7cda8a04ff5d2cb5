"""Is a runbook sound: no ring of waiting steps, everything can be reached, and every road ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from engine.errors import Fault
from engine.graph.edges import edges_of, in_order
from engine.graph.stepgraph import StepGraph, digraph
from engine.plan import Answer, Promises, Runbook, Site, Step


def compile_graph(runbook: Runbook, site: Site, promises: Promises) -> tuple[StepGraph | None, list[Fault]]:
    """The graph of a runbook, or what is unsound in it (all at once, in the order of the file)."""
    dag = digraph(runbook, edges_of(runbook))
    order = in_order(runbook, dag)
    if order is None:
        return None, _in_file_order(_cycle_faults(runbook, dag))
    graph = StepGraph(runbook, site, promises, dag, order)
    faults = list(_structure_faults(graph)) or list(_road_faults(graph))
    return (None if faults else graph), _in_file_order(faults)


def _in_file_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.place.line, fault.place.column))


def _fault(runbook: Runbook, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, runbook.where(path), tuple(facts.items()))


# --- rings


def _cycle_faults(runbook: Runbook, dag: nx.DiGraph[str]) -> Iterator[Fault]:
    """One fault for each knot of steps that wait for each other, with its shortest ring."""
    for knot in nx.strongly_connected_components(dag):
        first = next((step.id for step in runbook.steps if step.id in knot), None)
        ring = None if first is None else _shortest_ring(dag, first, knot)
        if ring is not None:
            yield _fault(runbook, "cycle", _path_of(runbook, ring[-2], ring[-1]), ring=" → ".join(ring))


def _path_of(runbook: Runbook, earlier: str, later: str) -> str:
    """Where it was written that one step comes after the other."""
    steps = {step.id: step for step in runbook.steps}
    before, step = steps.get(earlier), steps[later]
    if before is None or any(after.name == earlier for after in step.after):
        return f"{later}.after"
    ways = {
        f"{earlier}.expect.else": before.expect and before.expect.otherwise,
        f"{earlier}.refused": before.refused,
        f"{earlier}.else": before.otherwise,
        f"{earlier}.missed": before.missed,
    }
    ends = f"{later}.until" if step.repeat is not None and step.repeat.until is not None else f"{later}.after"
    return next((path for path, way in ways.items() if way == later), ends)


def _shortest_ring(dag: nx.DiGraph[str], first: str, knot: set[str]) -> list[str] | None:
    """The shortest way inside the knot from its first step, as written, back to itself; None without one."""
    came_from: dict[str, str] = {}
    todo = [first]
    for here in todo:
        for later in dag.succ[here]:
            if later == first:
                return [first, *_way_to(here, first, came_from), first]
            if later in knot and later not in came_from:
                came_from[later] = here
                todo.append(later)
    return None


def _way_to(last: str, first: str, came_from: dict[str, str]) -> list[str]:
    way = []
    while last != first:
        way.append(last)
        last = came_from[last]
    return way[::-1]


# --- every step and answer leads somewhere


def _structure_faults(graph: StepGraph) -> Iterator[Fault]:
    reached = _reachable(graph)
    leads_here = _reached_from_targets(graph)
    for step in graph.runbook.steps:
        if step.id not in reached:
            yield _fault(graph.runbook, "unreachable", step.id, step=step.id)
        yield from _back_faults(graph, step, leads_here)
        yield from _following_faults(graph, step)


def starts_of(graph: StepGraph) -> list[str]:
    """The steps that open with the run, in the author's order."""
    return [step.id for step in graph.runbook.steps if step.id in graph.starts]


def _reachable(graph: StepGraph) -> set[str]:
    reached = set(graph.starts) | set(graph.watches)
    for node in graph.order:
        if node not in reached and any(edge.leads and edge.earlier in reached for edge in graph.into[node]):
            reached.add(node)
    return reached


def _reached_from_targets(graph: StepGraph) -> dict[str, set[str]]:
    """What each step that is gone back to leads to, as far as the last step that goes back to it."""
    farthest: dict[str, int] = {}
    for (step_id, _), back in graph.backs.items():
        if back.step in graph.steps:
            farthest[back.step] = max(farthest.get(back.step, 0), graph.position[step_id])
    return {target: _reached_from(graph, target, last) for target, last in farthest.items()}


def _reached_from(graph: StepGraph, first: str, last: int) -> set[str]:
    found, todo = {first}, [first]
    while todo:
        for edge in graph.out[todo.pop()]:
            if edge.leads and edge.later not in found and graph.position[edge.later] <= last:
                found.add(edge.later)
                todo.append(edge.later)
    return found


def _back_faults(graph: StepGraph, step: Step, leads_here: dict[str, set[str]]) -> Iterator[Fault]:
    for answer in step.answers:
        target = graph.steps.get(answer.back.step) if answer.back is not None else None
        if target is None:
            continue  # one that does not exist was named by the reader
        path = _answer_path(step, answer) + ".back_to"
        if target.lane != step.lane:
            yield _fault(graph.runbook, "back-other-lane", path, step=step.id, target=target.id)
        elif step.id not in leads_here[target.id]:
            yield _fault(graph.runbook, "back-not-here", path, step=step.id, target=target.id)


def _answer_path(step: Step, answer: Answer) -> str:
    """Where an answer stands in the file."""
    where = {"ask": f"answers.{answer.id}", "hold": "refused", "contact": "else"}
    return f"{step.id}.{where.get(step.kind, 'expect.else')}"


def _following_faults(graph: StepGraph, step: Step) -> Iterator[Fault]:
    """Used-up turns that nothing follows; an answer nothing follows while others are followed."""
    if step.ends or step.id == graph.closing:
        return
    loose = [answer for answer in step.answers if not follows(graph, step.id, answer.id)]
    for answer in loose:
        path = _answer_path(step, answer)
        if answer.back is not None:
            yield _fault(graph.runbook, "turns-used-up", path, step=step.id, answer=answer.id)
        elif len(loose) < len(step.answers):
            yield _fault(graph.runbook, "answer-unfollowed", path, step=step.id, answer=answer.id)


def follows(graph: StepGraph, step_id: str, answer: str | None) -> tuple[str, ...]:
    """What comes after a step that ended so."""
    return tuple(
        edge.later
        for edge in graph.out[step_id]
        if edge.after and (edge.answers is None or answer in edge.answers)
    )


# --- every road ends


@dataclass(frozen=True, slots=True)
class _Way:
    """The decisions of a road, the first of them and the rest; built from the end, so nothing is copied."""

    count: int = 0
    decision: str = ""
    rest: _Way | None = None

    def after(self, decision: str) -> _Way:
        return _Way(self.count + 1, decision, self)

    def decisions(self) -> Iterator[str]:
        way: _Way | None = self
        while way is not None and way.count:
            yield way.decision
            way = way.rest


_STRAIGHT = _Way()
"""A road without a decision."""


def _road_faults(graph: StepGraph) -> Iterator[Fault]:
    """Every road reaches the closing step or one that says `ends`."""
    detour = shortest_miss(graph, {*graph.enders, graph.closing})
    if detour is not None:
        last = detour[-1] if detour else graph.closing
        road = ", ".join(detour) or graph.runbook.steps[0].id
        yield _fault(graph.runbook, "road-open", last, closing=graph.closing, road=road)


def shortest_miss(graph: StepGraph, goals: Collection[str]) -> list[str] | None:
    """The decisions of a shortest road that misses every step of `goals`; None when every road meets one.

    One backward sweep. A plain step can miss the goals when it is none itself and all that follows it
    can; a step with answers when all that follows *some* answer can; a conditional step also by being
    passed; a watch by staying quiet.
    """
    ways: dict[str, _Way | None] = {}
    for node in reversed(graph.order):
        ways[node] = _STRAIGHT if node in graph.watches else _miss_from(graph, node, goals, ways)
    told: dict[str, None] = {}
    for start in starts_of(graph):
        way = ways[start]
        if way is None:
            return None
        told.update(dict.fromkeys(way.decisions()))
    return list(told)


def _miss_from(
    graph: StepGraph, node: str, goals: Collection[str], ways: dict[str, _Way | None]
) -> _Way | None:
    """The decisions from `node` on that miss the goals, fewest first; None when there are none."""
    step = graph.steps[node]
    if node in goals:
        way = _all_miss(follows(graph, node, None), ways) if step.only_when is not None else None
        return None if way is None else way.after(f"{node}.pass")
    if not step.answers:
        return _all_miss(follows(graph, node, None), ways)
    by_answer = {answer.id: _all_miss(follows(graph, node, answer.id), ways) for answer in step.answers}
    missing = {name: way for name, way in by_answer.items() if way is not None}
    if not missing:
        return None
    best = min(missing, key=lambda name: missing[name].count)
    # Where every answer goes the same way past the goals, this decision decides nothing.
    decides_nothing = all(way is missing[best] for way in by_answer.values())
    return missing[best] if decides_nothing else missing[best].after(f"{node}.{best}")


def _all_miss(followers: Iterable[str], ways: dict[str, _Way | None]) -> _Way | None:
    longest = _STRAIGHT
    for later in followers:
        way = ways[later]
        if way is None:
            return None
        # The longest stands for all: joining them would grow with the square of the plan.
        longest = max(longest, way, key=lambda one: one.count)
    return longest
