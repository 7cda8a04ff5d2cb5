"""The question behind the theorems, held against every walk of the run engine over random small plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import cast

from engine.graph import StepGraph
from engine.graph.around import reached_without, road_around
from engine.road import Place
from tests.engine.build import ask, do, graph
from tests.engine.small_plans import small_plan, walkable
from tests.engine.walking import TooMany, Walk, _each

PLANS = 240


def test_a_step_that_waits_for_two_lanes_opens_after_both() -> None:
    both = graph(do("a"), do("b", lane="x", after="a"), do("c", after="a"), do("d", after="b c"))
    assert road_around(both, "d", {"b": {""}}) is None
    assert "d" not in reached_without(both, "b")
    assert "c" in reached_without(both, "b")


def test_a_step_of_one_of_two_roads_guards_nothing_on_the_other() -> None:
    either = graph(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no"), do("c", after="a b"))
    assert road_around(either, "c", {"a": {""}}) == ["q.no"]
    assert road_around(either, "c", {"a": {""}}, on="q.yes") is None
    assert road_around(either, "c", {"a": {""}, "b": {""}}) is None


@dataclass
class Noted(Walk):
    """A walk that notes what had really been done whenever a step opened."""

    done_by: dict[str, frozenset[str]] = field(default_factory=dict)

    def look(self) -> None:
        steps = self.state.steps
        done = frozenset(
            name for name in steps if self.state.place(name) is Place.SETTLED and self.done(name)
        )
        for name in steps:
            if steps[name].opened:
                self.done_by.setdefault(name, done)
        super().look()


def not_met(graph: StepGraph, target: str, guard: str) -> bool:
    """Whether the engine was seen to open the target before the guard was done."""
    lazy = frozenset({guard})
    walked = _each(lambda script: Noted(graph, script, lazy, raised=True, limits=True, backwards=False).run())
    return any(guard not in cast("Noted", walk).done_by.get(target, {guard}) for walk in walked)


def compared(seed: int) -> Iterator[tuple[str, bool, bool]]:
    """Pairs of steps of a plan: is there said to be a road around the one, and was one walked."""
    found, _ = walkable(small_plan(seed))
    if found is None:
        return
    draw = Random(seed)
    for _ in range(4):
        target, guard = draw.sample(list(found.steps), 2)
        met = {guard: {answer.id for answer in found.steps[guard].answers} or {""}}
        try:
            walked = not_met(found, target, guard)
        except TooMany:
            continue
        yield f"plan {seed}: {target} before {guard}", road_around(found, target, met) is not None, walked


def test_where_no_road_goes_around_a_guard_the_engine_cannot_be_walked_around_it() -> None:
    pairs = [one for seed in range(PLANS) for one in compared(seed)]
    assert [said for said, road, walked in pairs if walked and not road] == []
    roads = [walked for _, road, walked in pairs if road]
    # The rest are rounds that end at once in the walk, and limits that it never misses so.
    assert len(roads) > PLANS and sum(roads) >= 0.95 * len(roads)
    assert sum(not road for _, road, _ in pairs) > PLANS // 4
