"""Every answer, met and unmet, refusal and watch of every plan of the book, taken by generated walks on the engine.

A walk takes whatever is open, and at a fork what has been taken least; to what nobody came so, one more walk goes by
the shortest road. Where it ends is worked out from the edges
alone (`ends`), without the engine: which steps stand on the road, which do not apply, which marks were reached, and
so which promises are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from random import Random

import pytest

from engine.clocks import promises
from engine.graph import StepGraph
from engine.graph.around import road_around
from tests.content import book
from tests.content.ends import ended_as, marks_of, on_road, open_still, stands
from tests.engine.walking import Walk

FREE = 40
"""Walks of one plan that go where chance and curiosity lead."""

TRIES = 3
"""Walks to one branch at most: its watch is raised in every second walk or so."""

PLANS = sorted(one.id for one in book.read().runbooks)


@dataclass
class Seeker(Walk):
    """A walk that keeps to a wish where it has one, and else goes where nobody has been."""

    often: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    """How often each way was taken, over all walks: (step, which of its choices, way)."""
    wish: dict[str, str] = field(default_factory=dict)
    """The answers to give on the way to something, each time they are asked for."""
    seed: str = ""
    seen: set[str] = field(default_factory=set)
    """The answers that were given, and the watches that were raised."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.draw = Random(self.seed)
        self.here = ""
        self.asking = 0

    def choose(self, ways: int) -> int:
        """The wish, or what was taken least."""
        self.asking += 1
        if self.asking == 1 and self.here in self.wish:
            return [one.id for one in self.graph.steps[self.here].answers].index(self.wish[self.here])
        fork = (self.here, self.asking)
        chosen = min(range(ways), key=lambda one: (self.often[*fork, one], self.draw.random()))
        self.often[*fork, chosen] += 1
        return chosen

    def take(self, name: str) -> None:
        self.here, self.asking = name, 0
        super().take(name)
        answer = self.state.steps[name].answer
        if answer is not None:
            self.seen.add(f"{name}.{answer}")

    def to_do(self) -> list[str]:
        found = super().to_do()
        self.draw.shuffle(found)
        return found

    def look(self) -> None:
        """What was open together is the matter of other tests, and dear on a plan of two hundred steps."""


def walked(graph: StepGraph, name: str) -> tuple[set[str], list[Seeker]]:
    """Walks where chance leads, then one to each branch that nobody came to; what is left, and the walks."""
    often: Counter[tuple[str, int, int]] = Counter()
    found: list[Seeker] = []

    def walk(wish: dict[str, str]) -> set[str]:
        seed = f"{name} {len(found)}"
        one = Seeker(graph, [], raised=True, limits=not wish, often=often, wish=wish, seed=seed)
        one.run()
        found.append(one)
        return one.seen | one.watches

    left = book.branches(graph.runbook)
    for _ in range(FREE):
        left -= walk({})
    for branch in sorted(left) * TRIES:
        left -= walk(wish_for(graph, branch)) if branch in left else set()
    return left, found


def wish_for(graph: StepGraph, branch: str) -> dict[str, str]:
    """The answers of a road to a step, and the one that is looked for there."""
    target, _, answer = branch.partition(".")
    decisions = [one.partition(".") for one in road_around(graph, target, {}) or ()]
    on_the_way = {name: given for name, _, given in decisions if name in graph.steps}
    told = {name: given for name, given in on_the_way.items() if graph.steps[name].answers}
    return {**told, target: answer}


def wrong_end(walk: Seeker) -> list[str]:
    """What came out otherwise than the edges say."""
    graph, state = walk.graph, walk.state
    ended = ended_as(state)
    on = on_road(graph, ended, walk.watches, walk.late)
    wrong = [f"{name} open" for name in open_still(state)]
    wrong += [f"{name} not as the edges say" for name in on ^ stands(state)]
    marks = marks_of(graph, on, ended)
    wrong += [f"mark {name}" for name in marks ^ set(state.marks)]
    wrong += [f"promise {name}" for name in kept_by(graph, marks) ^ kept(walk)]
    return wrong


def kept_by(graph: StepGraph, marks: Collection[str]) -> set[str]:
    """The promises that a road with these marks keeps; on no walk does time enough pass to break one."""
    return {one.id for one in graph.promises.promises if set(one.to) & set(marks)} - _none_of(graph)


def kept(walk: Seeker) -> set[str]:
    """The promises that the engine calls kept and that still hold; once kept, a mark taken back breaks nothing."""
    state = walk.state
    said = promises(state, walk.device.now)
    return {one.promise.id for one in said if one.status == "kept" and set(one.promise.to) & set(state.marks)}


def _none_of(graph: StepGraph) -> set[str]:
    """A patrol promises nobody anything."""
    return {one.id for one in graph.promises.promises} if graph.runbook.patrol is not None else set()


@pytest.mark.parametrize("name", PLANS)
def test_every_branch_is_taken_by_walks_that_end_where_the_edges_say(name: str) -> None:
    left, walks = walked(book.graph(name), name)

    assert [one for walk in walks for one in wrong_end(walk)] == []
    assert left == set(), f"not taken in {len(walks)} walks"
