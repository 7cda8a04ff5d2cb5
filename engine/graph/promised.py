"""Promises that some road cannot keep: a mark it never reaches, or reaches too late."""

from __future__ import annotations

from collections.abc import Iterator

from engine.condition import say_length
from engine.errors import Fault
from engine.graph.stepgraph import StepGraph
from engine.graph.sweeps import PASSED, Meets, in_author_order, marks_on, past, way_to
from engine.graph.times import Ways, likely, longest
from engine.plan import Promise
from engine.text import Text


def promise_faults(graph: StepGraph) -> list[Fault]:
    """Every promise that a road to the last step cannot keep."""
    return [*_marks_missed(graph), *_promises_late(graph)]


def _fault(graph: StepGraph, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, graph.runbook.where(path), tuple(facts.items()))


def _decision_path(graph: StepGraph, decision: str) -> str:
    """Where a decision like ``source.crac`` stands in the file."""
    name, _, answer = decision.partition(".")
    step = graph.steps.get(name)
    if step is None:
        return f"watch.{name}"
    return f"{name}.answers.{answer}" if step.kind == "ask" else name


def _promised(graph: StepGraph) -> Iterator[tuple[Promise, str]]:
    """Every promise with each mark it cannot do without; a procedure keeps none by itself."""
    for promise in graph.promises.promises if graph.runbook.hazard is not None else ():
        if promise.if_on_road:
            continue
        marks = promise.to if promise.kept_by == "mark" else ()
        until = (promise.until,) if promise.until is not None else ()
        for mark in dict.fromkeys((promise.start, *marks, *until)):
            if mark != "reported":
                yield promise, mark


def _marks_missed(graph: StepGraph) -> Iterator[Fault]:
    """A mark that a promise needs and some road to the last step does not reach."""
    told: set[str] = set()
    for promise, mark in _promised(graph):
        if mark in told:
            continue
        told.add(mark)
        carriers = set(graph.carriers.get(mark, ()))
        free = past(graph, _reaches_or_stops(graph, carriers))
        road = way_to(graph, graph.closing, free)
        if road is None:
            continue
        if PASSED in free.get(graph.closing, ()) and graph.closing in carriers:
            road = [*road, f"{graph.closing}.{PASSED}"]
        elif graph.closing in carriers:
            continue
        path = _decision_path(graph, road[-1]) if road and carriers else graph.closing
        said = road or in_author_order(graph, graph.starts)
        yield _fault(
            graph,
            "mark-missed",
            path,
            mark=mark,
            promise=promise.title,
            closing=graph.steps[graph.closing].text,
            road=", ".join(said),
        )


def _reaches_or_stops(graph: StepGraph, carriers: set[str]) -> Meets:
    """Whether a step that ends so has reached the mark of these, or the road stops and needs it no more."""
    good = {name: marks_on(graph.steps[name]) for name in carriers}
    stops = frozenset(graph.enders)
    return lambda node, ending: node in stops or ending in good.get(node, ())


def _promises_late(graph: StepGraph) -> Iterator[Fault]:
    """A likely way that is longer than the promise it should keep."""
    promises = [one for one in graph.promises.promises if one.within is not None and one.kept_by == "mark"]
    if not promises or graph.runbook.hazard is None:
        return
    lengths = likely(graph)
    from_start = longest(graph, lengths)
    for promise in promises:
        ways = from_start
        if promise.start != "reported":
            ways = _from_mark(graph, promise.start)
        keepers = [name for mark in promise.to for name in graph.carriers.get(mark, ()) if name in ways.ends]
        last = max(keepers, key=ways.ends.__getitem__, default=None)
        if last is not None and promise.within is not None and ways.ends[last] > promise.within:
            yield _late(graph, promise, last, ways)


def _from_mark(graph: StepGraph, mark: str) -> Ways:
    """The longest ways from the moment a mark was reached."""
    begin = graph.carriers.get(mark, ())
    lengths = likely(graph)
    for name in begin:
        lengths[name] *= 0
    return longest(graph, lengths, begin=begin)


def _late(graph: StepGraph, promise: Promise, last: str, ways: Ways) -> Fault:
    within = promise.within
    assert within is not None
    mark = next(mark for mark in promise.to if mark in graph.steps[last].marks)
    timed = [name for name in ways.way(last) if ways.ends[name] > ways.opens[name]]
    return _fault(
        graph,
        "promise-late",
        f"{last}.marks.{graph.steps[last].marks.index(mark)}",
        mark=mark,
        promise=promise.title,
        taken=Text(say_length(ways.ends[last], "zh"), say_length(ways.ends[last], "en")),
        within=Text(say_length(within, "zh"), say_length(within, "en")),
        way=" → ".join(timed),
    )
