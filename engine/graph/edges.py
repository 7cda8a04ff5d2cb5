"""What comes after what: a runbook's steps as edges, and the order they can be done in."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx

from engine.plan import RESTORE, After, Runbook, Step


@dataclass(frozen=True, slots=True)
class Edge:
    """`later` comes after `earlier`.

    `after`: it waits for the outcome, on any answer (`answers` None) or on those named.
    `missed`: it opens when the limit of `earlier` has passed.
    `until`: the repeated step `later` goes on until `earlier` is finished.
    """

    earlier: str
    later: str
    after: bool = False
    answers: tuple[str, ...] | None = None
    missed: bool = False
    until: bool = False

    @property
    def leads(self) -> bool:
        """Whether it can open the later step."""
        return self.after or self.missed


def closing_step(runbook: Runbook) -> Step:
    """The last step: the one that waits for all, or what comes after it in writing; else the last listed."""
    own = [step for step in runbook.steps if step.lane != RESTORE]
    gathers = [index for index, step in enumerate(own) if step.after_all]
    if not gathers:
        return own[-1]
    closing = own[gathers[-1]]
    below = {closing.id}
    for step in own[gathers[-1] + 1 :]:
        if any(after.name in below for after in step.after):
            below.add(step.id)
            closing = step
    return closing


def mark_carriers(runbook: Runbook) -> dict[str, tuple[str, ...]]:
    """The steps that carry each mark, in the author's order."""
    found: dict[str, tuple[str, ...]] = {}
    for step in runbook.steps:
        for mark in step.marks:
            found[mark] = (*found.get(mark, ()), step.id)
    return found


def edges_of(runbook: Runbook) -> list[Edge]:
    """Every edge of the runbook; two ways from one step to another are one edge."""
    merged: dict[tuple[str, str], Edge] = {}
    _gather(merged, _said_edges(runbook))
    _gather(merged, list(_after_all_edges(runbook, list(merged.values()))))
    _gather(merged, list(_restore_edges(runbook, list(merged.values()))))
    return list(merged.values())


def _gather(merged: dict[tuple[str, str], Edge], edges: Iterator[Edge] | list[Edge]) -> None:
    for edge in edges:
        key = (edge.earlier, edge.later)
        merged[key] = _merge(merged[key], edge) if key in merged else edge


def _merge(one: Edge, other: Edge) -> Edge:
    """One edge for both: it is followed on any answer that either is followed on."""
    answers: tuple[str, ...] | None = None
    if one.after and other.after:
        if one.answers is not None and other.answers is not None:
            answers = tuple(dict.fromkeys(one.answers + other.answers))
    else:
        answers = one.answers if one.after else other.answers
    return Edge(
        one.earlier,
        one.later,
        after=one.after or other.after,
        answers=answers,
        missed=one.missed or other.missed,
        until=one.until or other.until,
    )


def _said_edges(runbook: Runbook) -> Iterator[Edge]:
    carriers = mark_carriers(runbook)
    step_ids = {step.id for step in runbook.steps}
    for step in runbook.steps:
        yield from (_after(after, step.id) for after in step.after)
        yield from _led_to(step)
        if step.missed in step_ids:
            yield Edge(step.id, str(step.missed), missed=True)
        yield from (Edge(earlier, step.id, until=True) for earlier in _ends_of(step, carriers))


def _after(after: After, later: str) -> Edge:
    return Edge(after.name, later, after=True, answers=None if after.answer is None else (after.answer,))


def _led_to(step: Step) -> Iterator[Edge]:
    """The edges of else and refused."""
    if step.expect is not None and isinstance(step.expect.otherwise, str):
        yield Edge(step.id, step.expect.otherwise, after=True, answers=("unmet",))
    if isinstance(step.refused, str):
        yield Edge(step.id, step.refused, after=True, answers=("refused",))
    if isinstance(step.otherwise, str):
        yield Edge(step.id, step.otherwise, after=True, answers=("nobody",))


def _ends_of(step: Step, carriers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The steps that end a repeated step. One that waits for its own mark is a ring like any other."""
    if step.repeat is None or step.repeat.until is None:
        return ()
    if step.repeat.until_is == "step":
        return (step.repeat.until,)
    return carriers.get(step.repeat.until, ()) if step.repeat.until_is == "mark" else ()


def _after_all_edges(runbook: Runbook, edges: list[Edge]) -> Iterator[Edge]:
    """`after: all` waits for every step nothing else follows, but for those that come after itself."""
    followed = {edge.earlier for edge in edges if edge.after}
    loose = [
        step for step in runbook.steps if step.id not in followed and not step.ends and step.lane != RESTORE
    ]
    for index, step in enumerate(runbook.steps):
        if step.after_all:
            # Of two that gather, the later one gathers the earlier one too.
            later = {one.id for one in runbook.steps[index:] if one.after_all} | _below(step.id, edges)
            yield from (Edge(one.id, step.id, after=True) for one in loose if one.id not in later)


def _below(step_id: str, edges: list[Edge]) -> set[str]:
    following: dict[str, list[str]] = {}
    for edge in edges:
        if edge.leads:
            following.setdefault(edge.earlier, []).append(edge.later)
    found, todo = {step_id}, [step_id]
    while todo:
        fresh = [name for name in following.get(todo.pop(), ()) if name not in found]
        found.update(fresh)
        todo.extend(fresh)
    return found


def _restore_edges(runbook: Runbook, edges: list[Edge]) -> Iterator[Edge]:
    """The steps of `restore:` stand between everything the closing step waits for and the closing step."""
    restore = [step for step in runbook.steps if step.lane == RESTORE]
    if not restore:
        return
    closing = closing_step(runbook)
    for edge in edges:
        if edge.later == closing.id and edge.leads:
            yield Edge(
                edge.earlier, restore[0].id, after=edge.after, answers=edge.answers, missed=edge.missed
            )
    yield Edge(restore[-1].id, closing.id, after=True)


def in_order(runbook: Runbook, dag: nx.DiGraph[str]) -> tuple[str, ...] | None:
    """Each node after all it waits for, the author's order breaking ties; None when there is a cycle."""
    names = [watch.id for watch in runbook.watches] + [step.id for step in runbook.steps]
    rank = {name: index for index, name in enumerate(names)}
    waiting = {name: len(dag.pred[name]) for name in names}
    heap = [rank[name] for name in names if not waiting[name]]
    order: list[str] = []
    while heap:
        name = names[heapq.heappop(heap)]
        order.append(name)
        for later in dag.succ[name]:
            waiting[later] -= 1
            if not waiting[later]:
                heapq.heappush(heap, rank[later])
    return tuple(order) if len(order) == len(names) else None
