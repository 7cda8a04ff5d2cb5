"""What is proven of a graph, held against every walk of the run engine over random small plans.

Proof and execution share no line here: what the graph claims of its roads is compared with what the
engine was seen to do. `make prove` walks ten thousand plans; here some hundreds, always the same.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, groupby, islice

import pytest

from engine.errors import Fault
from engine.events import RunEnded
from engine.graph import StepGraph, road_faults
from engine.graph.account import Account, account, roads, ways_of
from engine.graph.times import length_of, likely
from engine.plan import Step
from engine.rules import left_by
from engine.rules.steps import may_be_deferred
from tests.engine.build import T0
from tests.engine.small_plans import ALL_CONSTRUCTS, constructs, small_plan, walkable
from tests.engine.walking import TooMany, Walk, clocked, took, walks

CHUNKS = 8
PLANS = int(os.environ.get("MUSTER_PLANS", "320"))
"""How many plans; more with `make prove`."""

KEPT_OUT = {"withdraw-no-hold", "withdraw-other-way", "withdraw-inside"}
"""What lint calls a withdrawal from which nobody may be let in again."""

LEAST_PLANS, LEAST_USES = 320, 2
"""Of the plans that are always walked, so many at least use a construct."""


def chunk(number: int) -> range:
    return range(number, PLANS, CHUNKS)


def by_rule(graph: StepGraph) -> dict[str, list[Fault]]:
    found: dict[str, list[Fault]] = {}
    for fault in road_faults(graph):
        found.setdefault(fault.rule, []).append(fault)
    return found


def at(faults: list[Fault], graph: StepGraph) -> set[str]:
    """The steps where these faults stand: a step stands in the line of its number."""
    steps = [step.id for step in graph.runbook.steps]
    return {steps[fault.place.line - 1] for fault in faults}


# --- the claims


def claims(seed: int) -> Iterator[str]:
    """Every claim about this plan that the engine contradicts."""
    graph, rules = walkable(small_plan(seed))
    if graph is None:
        return
    quiet = list(walks(graph))
    loud = list(walks(graph, raised=True, limits=True)) if needs_more(graph) else quiet
    yield from ending(graph, loud)
    yield from closing(graph, rules, quiet)
    if rules:
        return
    yield from reaching(graph, loud)
    yield from listing(graph, quiet, loud)
    yield from counting(graph, quiet)
    faults = by_rule(graph)
    yield from marks(graph, faults, loud)
    yield from lists(graph, faults, loud)
    yield from order(graph, faults)
    yield from letting_in(graph, faults)


def needs_more(graph: StepGraph) -> bool:
    return bool(graph.watches) or any(step.missed in graph.steps for step in graph.runbook.steps)


def ending(graph: StepGraph, loud: list[Walk]) -> Iterator[str]:
    """Every run can end, and when it ends nothing is left waiting."""
    for walk in loud:
        state = walk.device.state
        voices = state.voices_unconfirmed()
        ended = RunEnded("complete-except", "what was left over", left_by(state), unconfirmed=voices)
        if not walk.finished or walk.device.refusal(ended):
            yield f"cannot end: {walk.answers} {walk.device.places()}"


def letting_in(graph: StepGraph, faults: dict[str, list[Fault]]) -> Iterator[str]:
    """Who is called out is let in again: nothing inside is done meanwhile, and every run comes to its end."""
    if graph.withdrawals and not KEPT_OUT & faults.keys():
        for walk in walks(graph, raised=True, kept_out=True):
            if not walk.finished:
                yield f"nobody is let in again: {walk.answers} {walk.device.places()}"


def closing(graph: StepGraph, rules: list[str], quiet: list[Walk]) -> Iterator[str]:
    """Every road closes: `road-open` is told just when some walk misses the end."""
    ends = {graph.closing, *graph.enders}
    missed = [walk.answers for walk in quiet if not any(walk.done(name) for name in ends)]
    if bool(missed) != ("road-open" in rules) and not {"answer-unfollowed", "turns-used-up"} & set(rules):
        yield f"closes: {rules} {missed[:1]}"


def reaching(graph: StepGraph, loud: list[Walk]) -> Iterator[str]:
    """Every step and every answer is reached on some walk."""
    opened = {name for walk in loud for name in walk.opened}
    given = {one for walk in loud for one in walk.answers.items()}
    known = {(step.id, answer.id) for step in graph.runbook.steps for answer in step.answers}
    if opened != graph.steps.keys() or given != known:
        yield f"not reached: {graph.steps.keys() - opened} {known - given}"


def listing(graph: StepGraph, quiet: list[Walk], loud: list[Walk]) -> Iterator[str]:
    """The roads listed are those that were walked, with the steps that stood on them."""
    walked = {(tuple(sorted(walk.answers.items())), walk.on) for walk in quiet}
    listed = {(tuple(sorted(answers.items())), on) for answers, on in ways_of(graph)}
    if walked != listed:
        yield f"roads: only listed {listed - walked}, only walked {walked - listed}"
    for walk in loud:
        ways = {
            (tuple(sorted(answers.items())), on)
            for answers, on in ways_of(graph, raised=walk.watches, late=walk.late)
        }
        if (tuple(sorted(walk.answers.items())), walk.on) not in ways:
            yield f"road with {walk.watches} raised and {walk.late} late: {walk.answers}"


def counting(graph: StepGraph, quiet: list[Walk]) -> Iterator[str]:
    """The roads and the answers on them are as many as were walked."""
    found = account(graph)
    given = {one for walk in quiet for one in walk.answers.items()}
    roads_walked = {(tuple(sorted(walk.answers.items())), walk.on) for walk in quiet}
    if len(found.roads) != len(roads_walked) or found.decisions < len({name for name, _ in given}):
        yield f"counted {len(found.roads)} roads, walked {len(roads_walked)}"
    if {(name, answer) for road in found.roads for name, answer in map(_split, road.answers)} != given:
        yield "answers of the roads"
    yield from single(graph, found, quiet)


def single(graph: StepGraph, found: Account, quiet: list[Walk]) -> Iterator[str]:
    """Single points are just the steps done on every walk to the last step that one person alone can do."""
    closing = [walk for walk in quiet if graph.closing in walk.on and not walk.stops]
    needed = {name for name in graph.steps if all(walk.done(name) for walk in closing)}
    alone = {"zhao": {"PWR"}, "wang": {"IC"}, "feng": {"SEC"}, "chen": {"CS"}}
    for name, person in found.single_points:
        step = graph.steps[name]
        roles = set(step.roles) | set(step.sign.of if step.sign is not None else ())
        if name not in needed or not roles & alone.get(person, set()):
            yield f"single point {name}"
    singles = {name for name, _ in found.single_points}
    for step in graph.runbook.steps:
        signs_alone = step.sign is not None and step.sign.need == len(step.sign.of) and "PWR" in step.sign.of
        if signs_alone and step.id in needed and step.id not in singles and closing:
            yield f"no single point {step.id}"


def _split(said: str) -> tuple[str, str]:
    name, _, answer = said.partition(".")
    return name, answer


def marks(graph: StepGraph, faults: dict[str, list[Fault]], loud: list[Walk]) -> Iterator[str]:
    """A mark twice on a road; a promise whose mark a road to the last step lacks."""
    for mark, carriers in graph.carriers.items():
        twice = any(sum(walk.reached(name) for name in carriers) > 1 for walk in loud)
        told = any(dict(fault.facts)["mark"] == mark for fault in faults.get("mark-twice", []))
        if twice != told:
            yield f"mark {mark}: twice {twice}, told {told}"
    lacking = [
        walk.answers
        for walk in loud
        if graph.closing in walk.on
        and not walk.stops
        and not any(walk.reached(name) for name in graph.carriers.get("m1", ()))
    ]
    if bool(lacking) != bool(faults.get("mark-missed")):
        yield f"m1 missed: {lacking[:1]}, told {faults.get('mark-missed')}"


def lists(graph: StepGraph, faults: dict[str, list[Fault]], loud: list[Walk]) -> Iterator[str]:
    """An answer in a list that decides nothing."""
    idle = {step.id for step in graph.runbook.steps if idle_at(graph, step.id, loud)}
    told = at(faults.get("answer-decides-nothing", []), graph)
    if idle != told:
        yield f"decides nothing: seen {idle}, told {told}"


def idle_at(graph: StepGraph, name: str, loud: list[Walk]) -> bool:
    entries = [edge for edge in graph.into[name] if edge.after]
    for edge in entries:
        if edge.answers is None or edge.earlier in graph.watches:
            continue
        on = [walk for walk in loud if edge.earlier in walk.on]
        for other in entries:
            led = [walk for walk in on if other is not edge and leads(walk, other.earlier, other.answers)]
            given = {walk.answers[edge.earlier] in edge.answers for walk in led}
            if given == {True, False} and not always_leads(graph, edge.earlier, name):
                return True
    return False


def always_leads(graph: StepGraph, decision: str, name: str) -> bool:
    """Whether every road from the decision alone comes here."""
    return all(name in walk.on for walk in walks(begun_at(graph, decision)))


def begun_at(graph: StepGraph, name: str) -> StepGraph:
    """The same plan, beginning at this step and nowhere else."""
    steps = [
        replace(one, starts=one.id == name, after=() if one.starts or one.id == name else one.after)
        for one in graph.runbook.steps
    ]
    made, _ = walkable(replace(graph.runbook, steps=tuple(steps)), proven=False)
    assert made is not None
    return made


def leads(walk: Walk, name: str, answers: tuple[str, ...] | None) -> bool:
    if name in walk.graph.watches:
        return name in walk.watches
    return name in walk.on and (answers is None or walk.answers.get(name) in answers)


def order(graph: StepGraph, faults: dict[str, list[Fault]]) -> Iterator[str]:
    """What comes before what: readings, answers, and resources, each walked with what matters done last."""
    for step in graph.runbook.steps:
        condition = step.only_when or " ".join(one.when for one in step.answers if one.when is not None)
        for reading in {"x", "y"} & set(condition.split()):
            takers = [one.id for one in graph.runbook.steps if takes(one, reading)]
            lazy = walks(graph, lazy=takers, raised=True, limits=True)
            seen = any((step.id, reading) in walk.unread for walk in lazy)
            told = at(asked_of(faults, reading), graph)
            # Behind a step where it was told, the reading counts as taken.
            if seen != (step.id in told) and not any(step.id in set(graph.below(one)) for one in told):
                yield f"{step.id} needs {reading}: not taken {seen}, told {told}"
        decision = condition.removeprefix("not ").partition(".")[0]
        if "." in condition and decision in graph.steps:
            lazy = walks(graph, lazy=[decision], raised=True, limits=True)
            seen = any((step.id, decision) in walk.unsettled and decision in walk.on for walk in lazy)
            given = step.id not in at(faults.get("answer-not-given", []), graph)
            if seen == given:
                yield f"{step.id} needs {decision}: not given {seen}, told {not given}"
    yield from resources(graph, faults)


def takes(step: Step, reading: str) -> bool:
    """Whether a person reads this before they can finish the step; what is expected is always `x`."""
    return reading in step.record or (reading == "x" and step.expect is not None)


def asked_of(faults: dict[str, list[Fault]], reading: str) -> list[Fault]:
    return [one for one in faults.get("reading-not-taken", []) if dict(one.facts)["reading"].en == reading]


def resources(graph: StepGraph, faults: dict[str, list[Fault]]) -> Iterator[str]:
    users = [(step.id, dict(step.touches)["R"]) for step in graph.runbook.steps if step.touches]
    opposite = [(one, other) for (one, a), (other, b) in combinations(users, 2) if a != b]
    seen = any(at_once(graph, one, other) for one, other in opposite)
    told = bool(faults.get("opposite-states"))
    # Behind used-up turns nobody comes without going back.
    if seen != told and not (graph.backs and told):
        yield f"opposite states at once: seen {seen}, told {faults.get('opposite-states')}"


def at_once(graph: StepGraph, one: str, other: str) -> bool:
    """Whether both were open at one time, and no watch woke one of them alone.

    Without going back: what opened beside a loop stays open when the loop opens again.
    """
    if woken(graph, one) != woken(graph, other):
        return False
    pair = frozenset({one, other})
    lazy = walks(graph, lazy=pair, raised=True, limits=True, backwards=False)
    return any(pair in walk.together and walk.done(one) and walk.done(other) for walk in lazy)


def woken(graph: StepGraph, name: str) -> bool:
    """Whether it stays off the road as long as no watch is raised, or waits for what does."""
    return bool(graph.watches) and any(name in set(graph.below(watch)) for watch in graph.watches)


def test_the_plans_that_are_walked_use_every_construct_of_the_language() -> None:
    """By the fields of the language itself: a new one is missing here until the plans use it."""
    used: Counter[str] = Counter()
    for seed in range(LEAST_PLANS):
        if walkable(small_plan(seed))[0] is not None:
            used.update(set(constructs(small_plan(seed))))

    assert used.keys() == ALL_CONSTRUCTS, (ALL_CONSTRUCTS - used.keys(), used.keys() - ALL_CONSTRUCTS)
    assert min(used.values()) >= LEAST_USES, used.most_common()[-5:]


@pytest.mark.parametrize("number", range(CHUNKS))
def test_what_is_proven_of_a_plan_is_what_the_engine_does(number: int) -> None:
    wrong, walked = [], 0
    for seed in chunk(number):
        try:
            wrong += [(seed, said) for said in claims(seed)]
            walked += 1
        except TooMany:
            continue

    assert walked > len(chunk(number)) * 0.8
    assert wrong == []


def test_what_was_put_off_does_not_keep_a_run_from_ending() -> None:
    """Steps that may be deferred are, all of them at once; they come back, and the run ends."""
    for seed in range(0, PLANS, 4):
        graph, rules = walkable(small_plan(seed))
        if graph is None or rules:
            continue
        later = frozenset(step.id for step in graph.runbook.steps if may_be_deferred(step))
        walk = Walk(graph, [], put_off=later).run()

        assert walk.finished, seed
        assert walk.asked & later or not later & walk.on


# --- times


def sums(seed: int) -> Iterator[str]:
    """Every time of this plan that the engine, with a clock, contradicts."""
    graph, rules = walkable(small_plan(seed))
    if graph is None or rules:
        return
    by_road = {road.answers: road for road in roads(graph)}
    usual = likely(graph)
    walked = list(clocked(graph, usual, backwards=False))
    for walk in walked:
        road = by_road[said(graph, walk)]
        if conditions_hold(walk) and took(walk) != road.likely:
            yield f"likely: {walk.answers} took {took(walk)}, not {road.likely}"
    yield from promised(graph, walked)
    once = {step.id: length_of(step, worst=True) for step in graph.runbook.steps}
    for walk in clocked(graph, once, backwards=True):
        if took(walk) > by_road[said(graph, walk)].pessimistic:
            yield f"worse than the worst: {walk.answers} took {took(walk)}"


def delays(seed: int) -> Iterator[str]:
    """A step of the critical path delays its road; a step with slack may take so much longer and no more."""
    graph, rules = walkable(small_plan(seed))
    if graph is None or rules or graph.backs:
        return
    usual = likely(graph)
    for road in islice(roads(graph), 2):
        for name in road.critical[:1]:
            slower = {**usual, name: usual[name] + DELAY}
            walked = [walk for walk in clocked(graph, slower, backwards=False) if conditions_hold(walk)]
            took_now = [took(walk) for walk in walked if said(graph, walk) == road.answers]
            if any(one != road.likely + DELAY for one in took_now):
                yield f"{name} delays {road.answers} to {took_now}"
    yield from slacks(graph, usual)


def slacks(graph: StepGraph, usual: dict[str, timedelta]) -> Iterator[str]:
    """Of every promise the step with the least slack: with just that much more it is kept, with a bit more broken."""
    if any(len(names) > 1 for names in graph.carriers.values()):
        return
    for promised_by, group in groupby(account(graph).slack, key=lambda one: one.promise):
        least = next(group)
        if least.left < timedelta():
            continue  # it is late already, and to be quicker here may leave it late elsewhere
        marks_at = {mark: names[0] for mark, names in graph.carriers.items()}
        for more, late in ((timedelta(), False), (DELAY, True)):
            slower = {**usual, least.step: usual[least.step] + least.left + more}
            times = [
                walk.state.first_marks[mark] - T0
                for walk in clocked(graph, slower, backwards=False)
                for mark in promised_by.to
                if mark in walk.state.first_marks and walk.done(least.step) and conditions_hold(walk)
            ]
            if times and marks_at and any(one > (promised_by.within or timedelta()) for one in times) != late:
                yield f"slack of {least.step} for {promised_by.id}: {least.left}, marks at {times}"


DELAY = timedelta(minutes=1)


def conditions_hold(walk: Walk) -> bool:
    """Whether no step was passed: what is passed takes no time, and likely times count it."""
    return not any(one.passed for one in walk.state.steps.values())


def promised(graph: StepGraph, walked: list[Walk]) -> Iterator[str]:
    """The promise is told to be late just when the mark came late on some walk."""
    if graph.backs or any(len(names) > 1 for names in graph.carriers.values()):
        return  # nobody walks past a loop without going round, and a mark twice on a road is another fault
    within = graph.promises.promises[0].within or timedelta()
    times = [walk.state.first_marks["m1"] - T0 for walk in walked if "m1" in walk.state.first_marks]
    told = [fault for fault in by_rule(graph).get("promise-late", []) if dict(fault.facts)["mark"] == "m1"]
    if any(time > within for time in times) != bool(told):
        yield f"m1 came after {times}, told {told}"


def said(graph: StepGraph, walk: Walk) -> tuple[str, ...]:
    return tuple(f"{name}.{walk.answers[name]}" for name in graph.order if name in walk.answers)


@pytest.mark.parametrize("number", range(CHUNKS))
def test_times_are_what_a_clock_shows(number: int) -> None:
    wrong = []
    for seed in chunk(number):
        try:
            wrong += [(seed, told) for told in (*sums(seed), *delays(seed))]
        except TooMany:
            continue

    assert wrong == []
