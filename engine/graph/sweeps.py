"""One backward sweep says how a road can go past some steps; one forward sweep, how it gets to another.

A road is a choice of one ending for every step on it: an answer, "done", or (under `only_when`) passed.
A step stands on it when anything it comes after leads to it. So a step can go on without meeting a set of
goals when for some ending it meets none itself and all that follows can; no two steps need the same
decision to be taken in two ways. Missed limits are no part of a road, and watches stay quiet unless raised.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from engine.graph.edges import Edge
from engine.graph.stepgraph import StepGraph
from engine.plan import Step

DONE = ""
"""The ending of a step without answers."""

PASSED = "pass"
"""The ending of a step whose `only_when` did not hold; a step with answers has none."""

_MISSED = "missed"

BAD_ENDINGS = frozenset({"unmet", "refused", "nobody"})
"""Endings on which a step reaches no mark."""

Meets = Callable[[str, str], bool]
"""Whether a step that ends so meets a goal."""

Endings = Mapping[str, tuple[str, ...]]
"""For every node the endings by which it can go on without meeting a goal; none: it cannot."""


Came = dict[str, tuple[str, str] | None]
"""By node the one before it on the way there, with its ending; None where a way begins."""


def endings(step: Step | None) -> tuple[str, ...]:
    """Every way a node can end; a watch (None) has one, being raised."""
    if step is not None and step.answers:
        return tuple(answer.id for answer in step.answers)
    return (DONE, PASSED) if step is not None and step.only_when is not None else (DONE,)


def leads_on(edge: Edge, ending: str) -> bool:
    """Whether a node that ended so leads along `edge`."""
    return edge.after and (edge.answers is None or ending in edge.answers)


def marks_on(step: Step) -> tuple[str, ...]:
    """The endings on which a step has reached its marks."""
    bad = BAD_ENDINGS if step.kind != "ask" else frozenset()
    return tuple(one for one in endings(step) if one not in bad and one != PASSED)


def past(graph: StepGraph, meets: Meets) -> dict[str, tuple[str, ...]]:
    """How every node can go on without meeting a goal: the backward sweep."""
    free: dict[str, tuple[str, ...]] = {}
    for node in reversed(graph.order):
        blocked = [edge for edge in graph.out[node] if edge.after and not free[edge.later]]
        free[node] = tuple(
            one
            for one in endings(graph.steps.get(node))
            if not meets(node, one) and not any(leads_on(edge, one) for edge in blocked)
        )
    return free


def steps_past(graph: StepGraph, goals: Collection[str]) -> dict[str, tuple[str, ...]]:
    """`past` for steps that are met however they end, but for being passed."""
    return past(graph, lambda node, ending: node in goals and ending != PASSED)


def can_begin(graph: StepGraph, free: Endings) -> bool:
    """Whether some road goes past the goals at all."""
    return all(free[start] for start in graph.starts)


def way_to(graph: StepGraph, target: str, free: Endings, *, late: bool = True) -> list[str] | None:
    """The decisions of a road that stands on `target` and goes past the goals, few first; None without one.

    Those on the way to the target, and those that had to be taken so elsewhere. Without `late` the target
    is not opened by a missed limit.
    """
    if not can_begin(graph, free):
        return None
    came = reached(graph, free, "" if late else target)
    return list(told_on(graph, came, target, free)) if target in came else None


def nodes_on(came: Came, target: str) -> tuple[str, ...]:
    """What leads to the target on the road by which it was reached, itself last."""
    found, here = [target], came[target]
    while here is not None:
        found.append(here[0])
        here = came[here[0]]
    return tuple(reversed(found))


def told_on(graph: StepGraph, came: Came, target: str, free: Endings) -> Iterator[str]:
    """The decisions of the road by which the target was reached, as `way_to` tells them."""
    chosen: dict[str, str] = {}
    here = came[target]
    while here is not None:
        chosen[here[0]] = here[1]
        here = came[here[0]]
    return _told(graph, chosen, free)


def reached(graph: StepGraph, free: Endings, in_time: str = "") -> Came:
    """How every node that a road past the goals can stand on is reached, by the fewest decisions."""
    cost: dict[str, int] = {}
    came: Came = {}
    for node in graph.order:
        if node in graph.starts or (node in graph.watches and free[node]):
            cost[node], came[node] = int(node in graph.watches), None
        if node not in cost:
            continue
        price = cost[node] + (len(endings(graph.steps.get(node))) > 1)
        for later, ending in _moves(graph, node, free):
            if not (later == in_time and ending == _MISSED) and price < cost.get(later, price + 1):
                cost[later], came[later] = price, (node, ending)
    return came


def _moves(graph: StepGraph, node: str, free: Endings) -> Iterator[tuple[str, str]]:
    for edge in graph.out[node]:
        for ending in free[node]:
            if leads_on(edge, ending):
                yield edge.later, ending
                break
        else:
            if edge.missed and free[edge.later]:
                yield edge.later, _MISSED


def _told(graph: StepGraph, chosen: Mapping[str, str], free: Endings) -> Iterator[str]:
    """What was decided on the road, in order: on the way as `chosen`, elsewhere where it had to be so."""
    on = set(graph.starts) | {node for node in chosen if node in graph.watches}
    for node in graph.order:
        if node not in on:
            continue
        ways = endings(graph.steps.get(node))
        ending = chosen.get(node, free[node][0] if free[node] else ways[0])
        on.update(edge.later for edge in graph.out[node] if leads_on(edge, ending) or ending == _MISSED)
        forced = len(free[node]) < len(ways)
        if len(ways) > 1 and (forced or (node in chosen and PASSED not in ways)):
            yield f"{node}.{ending or 'done'}"
        elif node in graph.watches or ending == _MISSED:
            yield node if node in graph.watches else f"{node}.missed"


def before(graph: StepGraph, node: str) -> frozenset[str]:
    """Every node that is surely finished or off the road when `node` opens, also after a missed limit."""
    above = _above(graph, node)
    if not any(edge.missed for name in above for edge in graph.into[name]):
        return frozenset(above - {node})
    over: dict[str, frozenset[str]] = {}
    for name in sorted(above, key=graph.position.__getitem__):
        over[name] = _over(graph, name, over)
    return over[node]


def all_before(graph: StepGraph) -> dict[str, frozenset[str]]:
    """`before` of every node, in one pass."""
    over: dict[str, frozenset[str]] = {}
    for name in graph.order:
        over[name] = _over(graph, name, over)
    return over


def _above(graph: StepGraph, node: str) -> set[str]:
    """`node`, everything that leads to it, and what the limits on the way count from."""
    found, todo = {node}, [node]
    while todo:
        for edge in graph.into[todo.pop()]:
            earlier = {edge.earlier} if edge.leads else set()
            if edge.missed:
                since = graph.steps[edge.earlier].within_from
                earlier |= {since} if since is not None and since in graph.steps else set()
            todo += earlier - found
            found |= earlier
    return found


def _over(graph: StepGraph, node: str, over: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What is over when `node` opens: in the usual way, and however a limit is missed before it."""
    usual = waited_for(graph, node, over)
    lates = [over_at_limit(graph, edge, over) for edge in graph.into[node] if edge.missed]
    if not any(edge.after for edge in graph.into[node]) and lates:
        usual = lates[0]
    return usual.intersection(*lates)


def waited_for(graph: StepGraph, node: str, over: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What is over when `node` opens because nothing it comes after is unfinished."""
    found: set[str] = set()
    for edge in graph.into[node]:
        if edge.after:
            found |= {edge.earlier, *over[edge.earlier]}
    return frozenset(found)


def over_at_limit(graph: StepGraph, edge: Edge, over: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """What is over when the limit of the earlier step passes.

    Where it counts from another step, that one and what is over before it; from a mark or the report, nothing.
    """
    since = graph.steps[edge.earlier].within_from
    if since is None:
        return over[edge.earlier]
    return over.get(since, frozenset()) | {since} if since in graph.steps else frozenset()


def in_author_order(graph: StepGraph, names: Iterable[str]) -> list[str]:
    """Steps as they stand in the file."""
    return sorted(names, key=graph.number.__getitem__)
