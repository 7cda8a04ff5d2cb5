"""Work is counted in function calls, never in seconds: what must hold on every machine, however busy."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from drill.rehearsal import play
from engine.acts import possible
from engine.book import Rehearsal
from engine.book.rehearsal import Act as Line
from engine.clocks import alarms, due, timers
from engine.desk import Desk, Opening, Record, Surroundings, opening_of
from engine.errors import Refused
from engine.events import Entry, NoteAdded, RunEnded
from engine.graph import StepGraph
from engine.plan import Book, Promises, Watch
from engine.road import sweep
from engine.rules import Proposal, check
from engine.run import replay, statuses
from engine.state import RunState
from engine.store import memory_store
from engine.text import Text
from tests import long_plans
from tests.engine import build
from tests.engine.records import Wall, entropy

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


@pytest.mark.parametrize("walked", [0.5, 0.9])
def test_what_may_be_done_costs_the_same_however_long_the_plan_and_the_way_behind(walked):
    looks = []
    for steps in (250, 2_000):
        graph, entries = walk_of(long_plans.chain(steps))
        state = long_plans.walked(graph, entries[: int(len(entries) * walked)])
        everything_looked_at(state)  # what is asked of the plan once is no cost of a look
        looks.append([calls(partial(look, state, long_plans.START)) for look in (possible, alarms, due)])
    assert looks[0] == looks[1]


class Counted:
    """A record of which is counted how often it is asked, and how many entries it gives."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.asked, self.read = 0, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._record, name)

    def entries(self, run: str | None, since_pos: int = 0) -> list[Entry]:
        found = self._record.entries(run, since_pos)
        self.asked, self.read = self.asked + 1, self.read + len(found)
        return found

    def during(self, work: Callable[[], object]) -> tuple[int, int]:
        """Questions asked and entries read while `work` is done."""
        self.asked, self.read = 0, 0
        work()
        return self.asked, self.read


def joined_each_other(record: Record) -> tuple[Desk, Desk]:
    """A leak that opened the run of a fire, which has joined the leak; each waits for the other by its plan."""
    kinds = (("leak", "fire"), ("fire", "leak"))
    plans = [
        build.plan(
            build.do("a"),
            build.do("b"),
            id=one,
            hazard=one,
            watches=[Watch("w", words=Text("w", "w"), run=other)],
        )
        for one, other in kinds
    ]
    around = Surroundings(lambda: build.T0, entropy(2), lambda person, pin: None)
    opening = Opening("leak", {one.id: build.compiled(one) for one in plans}, ())
    leak = Desk.open_run(record, opening, "li", around)
    leak.join(build.PEOPLE[1], ["ENG"])
    fire = Desk.resume(record, _opened_by(leak), "li", around)
    _opened_by(fire)
    return leak, fire


def _opened_by(desk: Desk) -> str:
    for verb in ("raise", "open-child"):
        desk.do(next(one for one in desk.possible() if one.key == (verb, "w")))
    return next(iter(desk.state.children))


def test_a_look_at_a_run_that_has_joined_another_reads_no_more_the_longer_both_are():
    looks = []
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        record = Counted(store)
        desks = joined_each_other(record)
        assert [one.link for one in desks[1].state.children.values()] == ["joined"]
        for _ in range(3):
            for desk in desks:
                for _ in range(100):
                    desk.propose([NoteAdded("x")])
            for desk in desks:  # whoever looks again has read what came since
                desk.possible()
                desk.settle()
            looks.append([record.during(look) for desk in desks for look in (desk.possible, desk.settle)])
    assert looks[0] == looks[1] == looks[2]
    assert all(read == 0 for look in looks for _, read in look)


def test_a_rehearsal_costs_as_much_as_its_lines_and_not_as_lines_times_steps():
    plays = []
    for steps in (100, 800):
        runbook = build.plan(*(build.do(f"s{number}") for number in range(steps)))
        lines = tuple(
            Line("done", f"s{number}", after=timedelta(seconds=1), by="li") for number in range(steps)
        )
        rehearsal = Rehearsal("long", "plan", build.T0, lines, people=(("ENG", "li"),), never=("s0.x",))
        plays.append((steps, partial(_played, rehearsal, Book("", (runbook,), build.SITE, Promises()))))
    assert growth(*plays) <= STEEPEST


def _played(rehearsal: Rehearsal, book: Book) -> None:
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        assert play(rehearsal, opening_of(book, "plan", kind="H"), store, entropy(2)).faults == []


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
