"""What goes wrong on some road of a sound graph: every error of it, with the road that shows it.

    road_faults(graph)     all of them, in the order of the file

These do not keep a plan from being opened: who needs it at night gets it as it is. They keep it from being
released, because `muster lint` calls them errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from engine.condition import Condition, Known, Missing, evaluate, parse
from engine.errors import Fault
from engine.graph.pairs import Ended, on_one_road
from engine.graph.promised import promise_faults
from engine.graph.readings import reading_faults
from engine.graph.stepgraph import StepGraph
from engine.graph.sweeps import (
    before,
    endings,
    marks_on,
    past,
)
from engine.graph.withdrawn import withdrawal_faults
from engine.plan import Step
from engine.text import Text


def road_faults(graph: StepGraph) -> list[Fault]:
    """Every error that only a road shows, in the order of the file."""
    found = [
        *_idle_answers(graph),
        *_unmet_and_then(graph),
        *reading_faults(graph),
        *_unanswered(graph),
        *_marks_twice(graph),
        *_opposite_states(graph),
        *promise_faults(graph),
        *withdrawal_faults(graph),
    ]
    return sorted(found, key=lambda fault: (fault.place.line, fault.place.column, fault.rule))


def _unmet_and_then(graph: StepGraph) -> Iterator[Fault]:
    """An expectation that does not say what follows where it is not met."""
    for step in graph.runbook.steps:
        if step.expect is not None and not step.expect.says_what_else:
            yield _fault(graph, "expect-without-else", f"{step.id}.expect")


def _fault(graph: StepGraph, rule: str, path: str, **facts: object) -> Fault:
    return Fault(rule, graph.runbook.where(path), tuple(facts.items()))


def _title(graph: StepGraph, name: str) -> Text:
    step = graph.steps.get(name)
    if step is not None:
        return step.text
    watch = graph.watches[name]
    return watch.words or Text(name, name)


# --- an answer in a list that decides nothing


def _idle_answers(graph: StepGraph) -> Iterator[Fault]:
    for step in graph.runbook.steps:
        entries = [edge for edge in graph.into[step.id] if edge.after]
        if len(entries) > 1 and any(edge.answers is not None for edge in entries):
            yield from _idle_answers_of(graph, step)


def _idle_answers_of(graph: StepGraph, step: Step) -> Iterator[Fault]:
    """At most one fault: the first answer beside which another entry leads here whatever is answered."""
    entries = {edge.earlier: Ended(edge.earlier, edge.answers) for edge in graph.into[step.id] if edge.after}
    for name, entry in entries.items():
        if entry.endings is None or entry.node in graph.watches:
            continue
        other = next((one for one in entries.values() if one is not entry and _idle(graph, entry, one)), None)
        if other is not None and not _always_leads(graph, name, step.id):
            path, answer = _written(step, name, entry.endings)
            yield _fault(
                graph,
                "answer-decides-nothing",
                path,
                step=step.text,
                decision=_title(graph, name),
                other=_title(graph, other.node),
                write=f"{name}.{answer}",
            )
            return


def _idle(graph: StepGraph, entry: Ended, other: Ended) -> bool:
    """Whether the other entry can lead here with this answer, and with another answer as well."""
    rest = tuple(one for one in endings(graph.steps[entry.node]) if one not in (entry.endings or ()))
    return on_one_road(graph, entry, other) and on_one_road(graph, Ended(entry.node, rest), other)


def _always_leads(graph: StepGraph, decision: str, step_id: str) -> bool:
    """Whether every answer of the decision leads to the step in the end: a plain join."""
    return not past(graph, lambda node, _: node == step_id)[decision]


def _written(step: Step, decision: str, answers: tuple[str, ...]) -> tuple[str, str]:
    """Where the answer stands in the file; `else` and `refused` stand at the decision."""
    for number, entry in enumerate(step.after):
        if entry.name == decision and entry.answer is not None:
            return f"{step.id}.after.{number}", entry.answer
    return f"{step.id}.after", answers[0]


# --- only_when on an answer that some road has not given


def _unanswered(graph: StepGraph) -> Iterator[Fault]:
    for step in graph.runbook.steps:
        if step.only_when is None:
            continue
        names = dict.fromkeys(
            name.partition(".")[0] for name, _ in parse(step.only_when).names if "." in name
        )
        asked = [name for name in names if name in graph.steps]
        earlier = before(graph, step.id) if asked else frozenset()
        for name in asked:
            if name not in earlier and on_one_road(graph, Ended(name), Ended(step.id)):
                path = f"{step.id}.only_when"
                yield _fault(graph, "answer-not-given", path, step=step.text, decision=_title(graph, name))


# --- one mark twice, one resource in two states


def _both_done(graph: StepGraph, one: Step, other: Step, ends: tuple[Ended, Ended]) -> bool:
    """Whether one road can have both, each done rather than passed."""
    agreed: dict[str, tuple[str, ...]] = {}
    needed: set[str] = set()
    for step in (one, other):
        for decision, (allowed, must_stand) in _demands(graph, step).items():
            agreed[decision] = tuple(name for name in allowed if name in agreed.get(decision, allowed))
            needed |= {decision} if must_stand else set()
    return all(agreed[decision] for decision in needed) and on_one_road(graph, *ends, agreed)


def _demands(graph: StepGraph, step: Step) -> dict[str, tuple[tuple[str, ...], bool]]:
    """For every decision in its `only_when`: the answers with which it can hold, and whether one must stand."""
    if step.only_when is None:
        return {}
    condition = parse(step.only_when)
    asked = dict.fromkeys(name.partition(".")[0] for name, _ in condition.names if "." in name)
    found = {}
    for decision in asked.keys() & graph.steps.keys():
        answers = [answer.id for answer in graph.steps[decision].answers]
        allowed = tuple(one for one in answers if _may_hold(condition, decision, one))
        found[decision] = (allowed, not _may_hold(condition, decision, None))
    return found


def _may_hold(condition: Condition, decision: str, given: str | None) -> bool:
    """Whether a condition can be true when the decision ended so (None: it is off the road)."""

    def known(name: str) -> Known | Missing:
        asked, _, answer = name.partition(".")
        return Known(answer == given) if asked == decision else Missing("not-answered")

    return evaluate(condition, known).value is not False


def _marks_twice(graph: StepGraph) -> Iterator[Fault]:
    for mark, carriers in graph.carriers.items():
        told: set[str] = set()
        for first, second in combinations(carriers, 2):
            one, other = graph.steps[first], graph.steps[second]
            ends = (Ended(first, _reached_on(one)), Ended(second, _reached_on(other)))
            if second not in told and _both_done(graph, one, other, ends):
                told.add(second)
                number = other.marks.index(mark)
                path = f"{second}.marks.{number}"
                yield _fault(graph, "mark-twice", path, mark=mark, first=one.text, second=other.text)


def _reached_on(step: Step) -> tuple[str, ...] | None:
    return marks_on(step) if step.answers else None


def _opposite_states(graph: StepGraph) -> Iterator[Fault]:
    """Two steps that put one resource into two states, and neither waits for the other.

    What a watch opens is meant to cut across everything else; so it is compared only with its own kind.
    """
    woken = {name: wakers(graph, name) for _, name, _ in _touching(graph)}
    by_resource: dict[str, list[tuple[str, str]]] = {}
    for resource, name, state in _touching(graph):
        by_resource.setdefault(resource, []).append((name, state))
    for resource, users in by_resource.items():
        if len({state for _, state in users}) == 1:
            continue
        for (first, state), (second, other) in combinations(users, 2):
            if state != other and woken[first] == woken[second] and at_one_time(graph, first, second):
                yield _fault(
                    graph,
                    "opposite-states",
                    f"{second}.touches.{resource}",
                    resource=resource,
                    first=_title(graph, first),
                    second=_title(graph, second),
                    state=state,
                    other=other,
                )
                break


def _touching(graph: StepGraph) -> Iterator[tuple[str, str, str]]:
    for step in graph.runbook.steps:
        for resource, state in step.touches:
            yield resource, step.id, state


def wakers(graph: StepGraph, name: str) -> frozenset[str]:
    """The watches a step sleeps behind."""
    if not graph.watches:
        return frozenset()
    return frozenset(before(graph, name) & graph.watches.keys())


def at_one_time(graph: StepGraph, first: str, second: str) -> bool:
    """Whether some road has both steps, and neither waits for the other."""
    if first in before(graph, second) or second in before(graph, first):
        return False
    one, other = graph.steps[first], graph.steps[second]
    return _both_done(graph, one, other, (Ended(first), Ended(second)))
