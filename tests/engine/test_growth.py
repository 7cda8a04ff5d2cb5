"""Work is counted in function calls, never in seconds: what must hold on every machine, however busy."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Callable
from functools import partial

import pytest

from engine.acts import possible
from engine.clocks import alarms, due, timers
from engine.errors import Refused
from engine.events import Entry, RunEnded
from engine.graph import StepGraph
from engine.road import sweep
from engine.rules import Proposal, check
from engine.run import replay, statuses
from engine.state import RunState
from tests import long_plans

STEEPEST = 1.1
"""Growth exponent: 1 is as the plan or the record, 2 as its square."""

WALKED = {
    "a chain": (long_plans.chain, 10_000),
    "diamonds": (long_plans.diamonds, 200),
    "rounds of a loop": (long_plans.loop, 10_000),
    "parallel lanes": (long_plans.lanes, 300),
}
READ = {**WALKED, "a rich plan": (long_plans.rich, 2_000)}
SMALLER = 8
"""How many times as large the large plan is."""


def calls(work: Callable[[], object]) -> int:
    """How many functions are called while `work` is done; each turn of a generator is one."""
    counted = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    gc.disable()  # what others have hung on a collection is no work of ours
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
        gc.enable()
    return counted


def growth(*works: tuple[int, Callable[[], object]]) -> float:
    """The power with which the calls of a work grow with its size, from a small one to a large one."""
    (small, work), (large, more_work) = works
    return math.log(calls(more_work) / calls(work)) / math.log(large / small)


def pair_of(kind: str) -> tuple[long_plans.Plan, long_plans.Plan]:
    """A plan of the size that must be stood, and a small one of its kind."""
    make, size = READ[kind]
    return make(size // SMALLER), make(size)


def walk_of(plan: long_plans.Plan) -> tuple[StepGraph, list[Entry]]:
    """The graph of a plan, and the record of its walk."""
    return long_plans.compiled(plan), long_plans.entries_of(plan.walk)


def everything_looked_at(state: RunState) -> None:
    """What one drawing of a screen may ask for."""
    now = long_plans.START
    for look in (possible, alarms, due):
        look(state, now)
    timers(state)
    statuses(state)


@pytest.mark.parametrize("kind", [name for name in READ if "loop" not in name])
def test_reading_and_proving_a_plan_grows_as_the_plan(kind):
    assert growth(*((plan.size, partial(long_plans.compiled, plan)) for plan in pair_of(kind))) <= STEEPEST


@pytest.mark.parametrize("kind", WALKED)
def test_walking_a_plan_grows_as_the_walk(kind):
    small, large = (walk_of(plan) for plan in pair_of(kind))
    assert growth(*((len(walk[1]), partial(long_plans.walked, *walk)) for walk in (small, large))) <= STEEPEST


@pytest.mark.parametrize("kind", ["a chain", "parallel lanes"])
def test_folding_a_record_again_grows_as_the_record(kind):
    small, large = (walk_of(plan) for plan in pair_of(kind))
    folds = (
        (len(record), partial(replay, graph, long_plans.RUN, record)) for graph, record in (small, large)
    )
    assert growth(*folds) <= STEEPEST


@pytest.mark.parametrize("kind", WALKED)
def test_one_look_at_a_run_half_way_grows_as_the_plan(kind):
    looks = []
    for plan in pair_of(kind):
        graph, entries = walk_of(plan)
        state = long_plans.walked(graph, entries[: len(entries) // 2])
        looks.append((plan.size, partial(everything_looked_at, state)))
    assert growth(*looks) <= STEEPEST


def test_a_step_late_in_a_long_run_costs_what_it_cost_early():
    graph, entries = walk_of(long_plans.chain(2_000))
    state = long_plans.opened(graph, entries)
    each = [calls(partial(long_plans.step_on, state, entry)) for entry in entries[1:]]
    assert max(each[-200:]) <= max(each[:200])


@pytest.mark.parametrize("kind", WALKED)
def test_the_largest_plans_are_walked_to_an_end_and_are_complete_only_there(kind):
    _, plan = pair_of(kind)
    graph, entries = walk_of(plan)
    state = long_plans.walked(graph, entries[:-1])
    end = entries[-1].at
    ending = Proposal((RunEnded("complete"),), "wang", long_plans.DEVICE, end, end)
    with pytest.raises(Refused):
        check(state, ending)
    long_plans.step_on(state, entries[-1])
    check(state, ending)
    assert state.road.finished and state.road.outcomes == sweep(graph, state)
