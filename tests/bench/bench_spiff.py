"""Beside SpiffWorkflow: the same acyclic plan, step by step, in memory.

Two ways to drive it. BPMN is how its documents drive it: the next task a person does, `run`,
`do_engine_steps`. The core (`Workflow`, `Simple`) is the barest it has.

Like with like: on both sides the plan is read beforehand, and a step is to look for what is next, to ask
whether it may be done, and to do it. A run opened and walked is the same with its beginning: there a
workflow of the plan, here a state and its first entry. Its loggers are told to be silent, because as it
comes it gathers what it would log at every step.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.defaults import EndEvent, ManualTask, StartEvent
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.Join import Join
from SpiffWorkflow.specs.Simple import Simple
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

from engine.events import Entry
from engine.graph import StepGraph
from tests import long_plans
from tests.bench.measure import by_turns, faster, heading, medians, middle, show

AS_DEEP_AS_IT_IS = 1_000_000
"""Its search for the next task stops 1,000 tasks deep unless told otherwise."""

WHAT_IT_DOES_NOT_DO = """\
  SpiffWorkflow 3.2 does none of this, and so spends no time on it:
    - no record: it can serialise a whole workflow as JSON, but nothing is durable, signed or chained, and
      nothing can be replayed to the same state; ours makes every step an entry with its causes
    - no statements of two people who did not know of each other, no contradiction, no fold order
    - no holds: no signatures, no two different people, no second person to verify, no override with a reason
    - no clocks: timers exist only as BPMN events; no limits, promises, freshness of a reading, waits that
      must hold without a break, repeated visits
    - no UNKNOWN: a condition is a Python expression over a dict
    - no refusals a person can read, no reopening of what rests on a changed answer, nothing left over
    - no proof that every road ends, and lists of tasks instead of a place on the road
  It stops looking for a next task 1,000 deep and then calls the workflow completed; here it is told to
  look deeper, and Python to recurse deeper. Forks that join again multiply its tree of tasks."""


def core_spec(steps: int) -> WorkflowSpec:
    spec = WorkflowSpec("chain", addstart=True)
    last = spec.start
    for number in range(steps):
        task = Simple(spec, f"s{number}", manual=True)
        last.connect(task)
        last = task
    return spec


def bpmn_spec(steps: int) -> BpmnProcessSpec:
    spec = BpmnProcessSpec(name="chain")
    last = StartEvent(spec, "StartEvent", NoneEventDefinition())
    spec.start.connect(last)
    for number in range(steps):
        task = ManualTask(spec, f"s{number}", manual=True)
        last.connect(task)
        last = task
    end = EndEvent(spec, "EndEvent", NoneEventDefinition())
    last.connect(end)
    if spec.end is not None:
        end.connect(spec.end)
    return spec


def bpmn_begun(spec: BpmnProcessSpec) -> BpmnWorkflow:
    workflow = BpmnWorkflow(spec)
    workflow.do_engine_steps()
    return workflow


def forks(count: int) -> WorkflowSpec:
    """Forks that join again, one after the other: four tasks each."""
    spec = WorkflowSpec("forks", addstart=True)
    last = spec.start
    for number in range(count):
        split, left, right = (Simple(spec, f"{name}{number}", manual=True) for name in "fab")
        join = Join(spec, f"j{number}", split_task=split.name, manual=True)
        last.connect(split)
        for side in (left, right):
            split.connect(side)
            side.connect(join)
        last = join
    return spec


def core_times(spec: WorkflowSpec) -> list[float]:
    return _walk(Workflow(spec), {}, lambda: None)


def bpmn_times(spec: BpmnProcessSpec) -> list[float]:
    workflow = bpmn_begun(spec)
    return _walk(workflow, {"manual": True}, workflow.do_engine_steps)


def our_times(graph: StepGraph, entries: Sequence[Entry]) -> list[float]:
    """The seconds of each step: what is open, may it be done, it was done."""
    state, taken = long_plans.opened(graph, entries), []
    for entry in entries[1:]:
        start = time.perf_counter()
        assert state.open_steps()
        long_plans.step_on(state, entry)
        taken.append(time.perf_counter() - start)
    assert state.road.finished
    return taken


def _walk(workflow: Workflow, sought: dict[str, bool], go_on: Callable[[], None]) -> list[float]:
    taken: list[float] = []
    while True:
        start = time.perf_counter()
        task = workflow.get_next_task(state=TaskState.READY, max_depth=AS_DEEP_AS_IT_IS, **sought)
        if task is None:
            assert workflow.is_completed()
            return taken
        task.run()
        go_on()
        taken.append(time.perf_counter() - start)


@contextmanager
def at_its_best() -> Iterator[None]:
    """Its prediction of what comes calls itself once for each task of the plan; and nothing is logged."""
    before = sys.getrecursionlimit()
    loggers = [logging.getLogger(name) for name in ("spiff.workflow", "spiff.task")]
    levels = [one.level for one in loggers]
    sys.setrecursionlimit(100_000)
    for one in loggers:
        one.setLevel(logging.WARNING)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


def measure() -> None:
    heading(
        "beside SpiffWorkflow, one step of the same chain", "SpiffWorkflow; ratio: how often as fast ours is"
    )
    with at_its_best():
        for steps, rounds, wanted in ((20, 60, 10), (2_000, 1, 100)):
            measure_chain(steps, rounds, wanted)
        for count in (5, 10):
            measure_forks(count)
    print(WHAT_IT_DOES_NOT_DO)


def measure_chain(steps: int, rounds: int, wanted: float) -> None:
    plan, as_bpmn, as_core = long_plans.chain(steps), bpmn_spec(steps), core_spec(steps)
    graph, entries = long_plans.compiled(plan), long_plans.entries_of(plan.walk)
    walk = partial(our_times, graph, entries)
    # Each of its walks has one of ours before it, so that both meet the same machine.
    before, bpmn, between, core = by_turns(
        rounds, walk, partial(bpmn_times, as_bpmn), walk, partial(core_times, as_core)
    )
    assert {len(one) for one in bpmn} == {steps}
    ours = before + between
    show(faster(f"{steps:,} steps, as BPMN", middle(ours), middle(bpmn), wanted))
    show(faster(f"{steps:,} steps, its core alone", middle(ours), middle(core)))
    opened, theirs, bare = medians(rounds, walk, partial(bpmn_times, as_bpmn), partial(core_times, as_core))
    show(faster("  opened and walked, as BPMN", opened, theirs))
    show(faster("  opened and walked, its core alone", opened, bare))


def measure_forks(count: int) -> None:
    plan = long_plans.forks(count)
    graph, entries = long_plans.compiled(plan), long_plans.entries_of(plan.walk)
    ours, peer = medians(3, partial(our_times, graph, entries), partial(core_times, forks(count)))
    show(faster(f"{plan.name}, opened and walked, core", ours, peer))
