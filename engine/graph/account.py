"""What a sound graph comes to, in numbers: its roads, their critical paths, slack, and single points.

That every run can end, that nothing is left waiting, that every step and answer can be reached and every
road closes is what `compile_graph` has shown before there is a graph at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from engine.graph.stepgraph import StepGraph
from engine.graph.sweeps import can_begin, steps_past
from engine.graph.times import Ways, after, likely, longest, pessimistic, rounds_on, worst_rounds
from engine.plan import Promise, Site, Step

MOST_ROADS = 1000
"""How many roads are listed; lanes that meet multiply them, and there is no sweep that counts them."""


@dataclass(frozen=True, slots=True)
class Road:
    """One way a run can go, with every watch quiet and every limit kept."""

    answers: tuple[str, ...]
    """Every decision on it as ``source.crac``, in order."""
    steps: tuple[str, ...]
    closes: bool
    """It reaches the last step; else it stops at one that says `ends`."""
    likely: timedelta
    pessimistic: timedelta
    """With every loop on it gone round as often as it may."""
    critical: tuple[str, ...]
    """The longest likely way: the steps on it that take time."""


@dataclass(frozen=True, slots=True)
class Slack:
    """How much longer a step may take than it likely does before a promise is broken; negative: too late."""

    promise: Promise
    step: str
    left: timedelta


@dataclass(frozen=True, slots=True)
class Account:
    """What was counted and reckoned."""

    decisions: int
    answers: int
    roads: tuple[Road, ...]
    more_roads: bool
    """There are more roads than are listed."""
    likely: timedelta
    """Of the longest road there is, listed or not."""
    pessimistic: timedelta
    critical: tuple[str, ...]
    """The longest likely way: the steps on it that take time."""
    slack: tuple[Slack, ...]
    """By promise, the least first."""
    single_points: tuple[tuple[str, str], ...]
    """Steps that every road to the last step needs, each with the one person who can do it."""
    unlimited: tuple[str, ...]
    """Steps that wait for the world without a limit."""


def account(graph: StepGraph) -> Account:
    """Everything that is said of a graph beside its proof."""
    decided = [step for step in graph.runbook.steps if step.answers]
    found = list(islice(roads(graph), MOST_ROADS + 1))
    usual, worst = longest(graph, likely(graph)), longest(graph, pessimistic(graph))
    last = _last(usual)
    return Account(
        decisions=len(decided),
        answers=sum(len(step.answers) for step in decided),
        roads=tuple(found[:MOST_ROADS]),
        more_roads=len(found) > MOST_ROADS,
        likely=usual.ends[last],
        pessimistic=max(worst.ends.values()) + rounds_on(graph, worst_rounds(graph), graph.steps),
        critical=_timed(usual, last),
        slack=tuple(slack(graph)),
        single_points=tuple(single_points(graph)),
        unlimited=tuple(step.id for step in graph.runbook.steps if waits_unlimited(step)),
    )


# --- roads


def roads(graph: StepGraph) -> Iterator[Road]:
    """Every road with its times, one after the other."""
    usual, worst, rounds = likely(graph), pessimistic(graph), worst_rounds(graph)
    for answers, on in ways_of(graph):
        ways, slow = longest(graph, usual, within=on), longest(graph, worst, within=on)
        last = _last(ways)
        yield Road(
            answers=tuple(f"{name}.{answer}" for name, answer in answers.items()),
            steps=tuple(step.id for step in graph.runbook.steps if step.id in on),
            closes=graph.closing in on,
            likely=ways.ends[last],
            pessimistic=max(slow.ends.values()) + rounds_on(graph, rounds, on),
            critical=_timed(ways, last),
        )


def ways_of(
    graph: StepGraph, raised: Collection[str] = (), late: Collection[str] = ()
) -> Iterator[tuple[dict[str, str], frozenset[str]]]:
    """The answers of every road and the steps on it, given which watches are raised and limits missed."""
    todo: list[tuple[int, frozenset[str], dict[str, str]]] = [(0, graph.starts | frozenset(raised), {})]
    while todo:
        index, begun, answers = todo.pop()
        on = set(begun)
        split = False
        while index < len(graph.order) and not split:
            node = graph.order[index]
            index += 1
            step = graph.steps.get(node)
            if node not in on:
                continue
            split = step is not None and bool(step.answers)
            if step is not None and split:
                for answer in reversed(step.answers):
                    here = frozenset(on | _led(graph, node, answer.id, late))
                    todo.append((index, here, {**answers, node: answer.id}))
            else:
                on |= _led(graph, node, None, late)
        if not split:
            yield answers, frozenset(on & graph.steps.keys())


def _led(graph: StepGraph, node: str, answer: str | None, late: Collection[str]) -> set[str]:
    return {
        edge.later
        for edge in graph.out[node]
        if (edge.after and (edge.answers is None or answer in edge.answers)) or (edge.missed and node in late)
    }


def _last(ways: Ways) -> str:
    return max(ways.ends, key=ways.ends.__getitem__)


def _timed(ways: Ways, last: str) -> tuple[str, ...]:
    """The steps of the longest way to `last` that take time."""
    return tuple(name for name in ways.way(last) if ways.ends[name] > ways.opens[name])


# --- promises


def slack(graph: StepGraph) -> Iterator[Slack]:
    """For every promise between two marks the slack of every step that leads to what keeps it."""
    usual = likely(graph)
    for promise in graph.promises.promises:
        keepers = {name for mark in promise.to for name in graph.carriers.get(mark, ())}
        if promise.within is None or promise.kept_by != "mark" or not keepers:
            continue
        ways = _since(graph, promise.start, usual)
        rest = after(graph, usual, keepers)
        left = {
            name: promise.within - ways.ends[name] - rest[name]
            for name in ways.ends.keys() & rest.keys()
            if usual[name] or name in keepers
        }
        order = sorted(left, key=lambda name: (left[name], graph.position[name]))
        yield from (Slack(promise, name, left[name]) for name in order)


def _since(graph: StepGraph, mark: str, usual: Mapping[str, timedelta]) -> Ways:
    """The longest ways from the moment of a mark, or from the opening of the run."""
    if mark == "reported":
        return longest(graph, usual)
    begin = graph.carriers.get(mark, ())
    return longest(graph, {**usual, **dict.fromkeys(begin, timedelta())}, begin=begin)


# --- people


def single_points(graph: StepGraph) -> Iterator[tuple[str, str]]:
    """Steps that every road to the last step needs and only one person of the site can do."""
    for step in graph.runbook.steps:
        alone = _alone(step, graph.site)
        if alone is not None and _always_needed(graph, step.id):
            yield step.id, alone


def _always_needed(graph: StepGraph, step_id: str) -> bool:
    return not can_begin(graph, steps_past(graph, {step_id, *graph.enders}))


def _alone(step: Step, site: Site) -> str | None:
    """The one person who can do it, or without whom it cannot be signed; None when another could."""
    groups: list[set[str]] = [set(step.roles)] if step.roles else []
    if step.sign is not None and step.sign.need == len(step.sign.of):
        groups = [{role} for role in step.sign.of]
    for roles in groups:
        able = _able(roles, site)
        if len(able) == 1:
            return min(able)
    return None


def _able(roles: set[str], site: Site) -> set[str]:
    """Everybody who holds one of these roles, and their deputies."""
    holders = [person for person in site.people if roles & set(person.roles)]
    return {one.id for one in holders} | {one.deputy for one in holders if one.deputy is not None}


def waits_unlimited(step: Step) -> bool:
    """Whether it waits for signatures, an answer or a condition, and no limit says for how long."""
    waits = step.kind in ("hold", "contact") or (step.kind == "wait" and step.wait_until is not None)
    return waits and step.within is None
