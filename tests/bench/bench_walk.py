"""Check and apply in memory, the sweep of a whole plan, loops and lanes.

The control is what is left when everything but the order of steps is taken away: a networkx DiGraph and
a counter for each step, walked along the same steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

import networkx as nx

from engine.events import Entry, StepDone
from engine.graph import StepGraph
from engine.run import statuses
from tests import long_plans
from tests.bench.measure import by_turns, heading, in_time, medians, middle, show, steady

STEP_LIMIT = 50e-6
SWEEP_LIMIT = 3e-6
LAST_TENTH = 1.3

TENTHS = "  its last tenth beside its first"
CONTROL = "a networkx DiGraph and a counter for each step, the same steps in the same order"


class Bare:
    """A run of which nothing is kept but which steps are done."""

    def __init__(self, graph: StepGraph) -> None:
        self.dag: nx.DiGraph[str] = nx.DiGraph(graph.dag.edges)
        self.dag.add_nodes_from(graph.dag)
        self.waits = {node: self.dag.in_degree(node) for node in self.dag}
        self.open = {node for node, count in self.waits.items() if not count}

    def step_on(self, step_id: str) -> None:
        if step_id not in self.open:
            raise ValueError(step_id)
        self.open.remove(step_id)
        for later in self.dag.successors(step_id):
            self.waits[later] -= 1
            if not self.waits[later]:
                self.open.add(later)


def each(works: Sequence[Callable[[], object]]) -> list[float]:
    """The seconds of each of many small works, one after the other."""
    taken = []
    for work in works:
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def walk_times(graph: StepGraph, entries: Sequence[Entry]) -> list[float]:
    """The seconds of each check + apply of a walk."""
    state = long_plans.opened(graph, entries)
    taken = each([partial(long_plans.step_on, state, entry) for entry in entries[1:]])
    assert state.road.finished
    return taken


def step_of(entry: Entry) -> str:
    """The step an entry is about."""
    assert isinstance(entry.event, StepDone)
    return entry.event.step


def bare_times(graph: StepGraph, entries: Sequence[Entry]) -> list[float]:
    """The same through the control."""
    bare = Bare(graph)
    taken = each([partial(bare.step_on, step_of(entry)) for entry in entries[1:]])
    assert not bare.open
    return taken


def walks_beside(rounds: int, plan: long_plans.Plan) -> tuple[list[list[float]], list[list[float]]]:
    """Several walks of a plan by the engine and by the control."""
    graph, entries = long_plans.compiled(plan), long_plans.entries_of(plan.walk)
    ours, bare = by_turns(rounds, partial(walk_times, graph, entries), partial(bare_times, graph, entries))
    return ours, bare


def measure() -> None:
    heading("check + apply in memory, one step", CONTROL)
    for steps, rounds in ((20, 60), (200, 20), (2_000, 5), (20_000, 5)):
        plan = long_plans.chain(steps)
        ours, bare = walks_beside(rounds, plan)
        show(in_time(plan.name, middle(ours), middle(bare), STEP_LIMIT))
        if steps >= 200:
            control = steady("", bare, LAST_TENTH).ratio
            show(steady(TENTHS, ours, LAST_TENTH, f"(control: the first; the bare walk {control:.2f})"))
    measure_lanes()
    measure_sweep()


def measure_lanes() -> None:
    """Wide and winding plans; for decisions and loops the control would be an engine, so there is none."""
    wide = long_plans.lanes(300)
    ours, bare = walks_beside(5, wide)
    show(in_time(wide.name, middle(ours), middle(bare), STEP_LIMIT))
    show(steady(TENTHS, ours, LAST_TENTH))
    for plan, rounds in ((long_plans.diamonds(200), 5), (long_plans.loop(10_000), 3)):
        graph, entries = long_plans.compiled(plan), long_plans.entries_of(plan.walk)
        (ours,) = by_turns(rounds, partial(walk_times, graph, entries))
        show(in_time(plan.name, middle(ours), None, STEP_LIMIT, f"{len(plan.walk):,} events"))
        show(steady(TENTHS, ours, LAST_TENTH))


def measure_sweep() -> None:
    heading("a sweep of the whole plan, per step", "one pass along the bare DiGraph: is all before it done?")
    for steps in (2_000, 20_000):
        plan = long_plans.chain(steps)
        graph, entries = long_plans.compiled(plan), long_plans.entries_of(plan.walk)
        half = entries[: steps // 2]
        state = long_plans.walked(graph, half)
        done = {step_of(entry) for entry in half[1:]}
        swept, passed = medians(
            7, partial(statuses, state), partial(bare_sweep, nx.DiGraph(graph.dag.edges), graph.order, done)
        )
        show(in_time(plan.name, swept / steps, passed / steps, SWEEP_LIMIT))


def bare_sweep(dag: nx.DiGraph[str], order: Sequence[str], done: set[str]) -> dict[str, bool]:
    """Whether everything before each step is done."""
    return {node: all(before in done for before in dag.predecessors(node)) for node in order}
