"""How long the ways through a plan are: what is likely, and at worst with every loop gone round.

`takes` gives the work; `for`, `steady`, `times` and `every` give the waiting. What the world must decide
(a contact, a signature, a condition) and steps without `takes` count nothing. A way is a row of steps each
of which waits for the one before it; any way is part of a road, so the longest one is exact for a step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.graph.edges import Edge
from engine.graph.pairs import Ended, on_one_road
from engine.graph.stepgraph import StepGraph
from engine.plan import Step

NO_TIME = timedelta()

Lengths = Mapping[str, timedelta]
"""How long every step takes."""


@dataclass(frozen=True, slots=True)
class Ways:
    """The longest way to every step that can be reached from where it began."""

    opens: Mapping[str, timedelta]
    ends: Mapping[str, timedelta]
    came: Mapping[str, str]
    """The step each of them waited for longest."""

    def way(self, last: str) -> list[str]:
        """The steps of the longest way, `last` included."""
        found = [last]
        while found[-1] in self.came:
            found.append(self.came[found[-1]])
        return [name for name in reversed(found) if name in self.ends]


def likely(graph: StepGraph) -> dict[str, timedelta]:
    """How long every step likely takes."""
    return {step.id: length_of(step, worst=False) for step in graph.runbook.steps}


Rounds = Mapping[tuple[str, str], timedelta]
"""How long all the rounds of every way back take at most."""


def pessimistic(graph: StepGraph) -> dict[str, timedelta]:
    """How long every step takes at worst, done once."""
    return {step.id: length_of(step, worst=True) for step in graph.runbook.steps}


def worst_rounds(graph: StepGraph) -> dict[tuple[str, str], timedelta]:
    """All rounds of every way back, those of loops inside it counted afresh in each of them.

    To go back undoes what lies between, and so delays the end by no more than it takes to do that again.
    Steps of other lanes count too: an earlier round may have done them for a road that was left.
    """
    once = pessimistic(graph)
    rounds: dict[tuple[str, str], timedelta] = {}
    for key in sorted(graph.backs, key=lambda one: len(graph.between(graph.backs[one].step, one[0]))):
        back = graph.backs[key]
        between = graph.order[graph.position[back.step] : graph.position[key[0]] + 1]
        ways = longest(graph, once, begin=(back.step,), within=between)
        inner = [rounds.get(one, NO_TIME) for one in graph.loops_inside(*key)]
        rounds[key] = back.at_most * sum(inner, ways.ends.get(key[0], NO_TIME))
    return rounds


def rounds_on(graph: StepGraph, rounds: Rounds, on: Collection[str]) -> timedelta:
    """What loops may add to a road, gone round as often as they may: a bound, one after the other.

    A round may leave the road that is taken in the end, so the loops inside its span count as well.
    """
    seen, left, total = set(on), list(rounds), NO_TIME
    while met := [key for key in left if not seen.isdisjoint(graph.between(graph.backs[key].step, key[0]))]:
        for key in met:
            left.remove(key)
            total += rounds[key]
            seen.update(graph.order[graph.position[graph.backs[key].step] : graph.position[key[0]] + 1])
    return total


def length_of(step: Step, *, worst: bool) -> timedelta:
    """How long one step takes from its opening, once; by its pessimistic minutes or by its likely ones."""
    work = NO_TIME
    if step.takes is not None:
        work = timedelta(minutes=float(step.takes.most if worst else step.takes.likely))
    if step.repeat is not None:
        if step.repeat.until is not None:
            # It ends with something else; only one that waits for a condition counts its own visit.
            return work if step.repeat.until_is == "condition" else NO_TIME
        if step.repeat.span is not None:
            return max(work, step.repeat.span.length)
        return work + ((step.repeat.times or 1) - 1) * step.repeat.every.length
    waits = [limit.length for limit in (step.span, step.steady) if limit is not None]
    return max([work, *waits])


def longest(
    graph: StepGraph,
    lengths: Lengths,
    *,
    begin: Iterable[str] | None = None,
    within: Collection[str] | None = None,
) -> Ways:
    """The longest way to every step, from where the run starts or from the steps of `begin`.

    `within`: only these steps are on the road. Steps behind a watch or a missed limit have no time.
    """
    starts = graph.starts if begin is None else frozenset(begin)
    allowed = None if within is None else frozenset(within)
    opens: dict[str, timedelta] = {}
    ends: dict[str, timedelta] = {}
    came: dict[str, str] = {}
    known: dict[str, timedelta] = {}
    for node in graph.order:
        earlier = [edge.earlier for edge in graph.into[node] if edge.leads and edge.earlier in known]
        if node in starts:
            known[node] = NO_TIME
        elif earlier:
            came[node] = max(earlier, key=known.__getitem__)
            known[node] = known[came[node]]
        else:
            continue
        if node in starts or _stands(graph, node, allowed, ends):
            opens[node] = known[node]
            ends[node] = opens[node] + lengths[node]
            _until(graph, node, ends, came, exact=allowed is not None)
            known[node] = ends[node]
    return Ways(opens, ends, came)


def _stands(
    graph: StepGraph, node: str, allowed: Collection[str] | None, ends: Mapping[str, timedelta]
) -> bool:
    """Whether a node is on the road; one that is not takes no time, but is waited for until that is known."""
    if allowed is not None:
        return node in allowed
    return any(edge.after and edge.earlier in ends for edge in graph.into[node])


def _until(
    graph: StepGraph, node: str, ends: dict[str, timedelta], came: dict[str, str], *, exact: bool
) -> None:
    """A repeated step ends no sooner than what it goes on until, when both can be on one road."""
    for edge in graph.into[node]:
        later = edge.until and edge.earlier in ends and ends[edge.earlier] > ends[node]
        if later and (exact or _both(graph, edge)):
            ends[node], came[node] = ends[edge.earlier], edge.earlier


def _both(graph: StepGraph, edge: Edge) -> bool:
    return on_one_road(graph, Ended(edge.earlier), Ended(edge.later))


def after(graph: StepGraph, lengths: Lengths, goals: Collection[str]) -> dict[str, timedelta]:
    """The longest way from the end of every step to the end of one of `goals`; those that lead to none lack.

    What a repeated step is waited for because of another's end is left out.
    """
    found: dict[str, timedelta] = {}
    for node in reversed(graph.order):
        ways = [
            lengths[edge.later] + found[edge.later]
            for edge in graph.out[node]
            if edge.after and edge.later in found
        ]
        if node in goals:
            ways.append(NO_TIME)
        if ways and node in graph.steps:
            found[node] = max(ways)
    return found
