"""Walks a patrol by itself: every row read in its range, or every row read out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from drill.rehearsal import HandClock, pass_time
from engine.acts import Act, Given
from engine.condition import parse
from engine.desk import Desk, Surroundings, opening_of
from engine.events import NoteAdded, ReadingTaken
from engine.plan import FINDING, Fact, Reading
from engine.rules import Proposal, expectation
from engine.state import StepState
from engine.store import memory_store
from tests.content.book import read
from tests.engine.records import Wall, entropy

START = datetime.fromisoformat("2026-11-22T08:00:00+08:00")


@dataclass
class Walked:
    """What came of a patrol: its id, how it ended, how its steps stand, and what it left open."""

    run: str
    ended: str | None
    findings: list[NoteAdded] = field(default_factory=list)
    steps: dict[str, str] = field(default_factory=dict)


def walk(patrol: str, *, normal: bool) -> list[Walked]:
    """The patrol and the parts it ran; watches that call for a runbook are left to stand."""
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        desk = Desk.open_run(store, opening_of(read(), patrol, room="A1"), "li", around)
        for person, role in (("zhao", "PWR"), ("li", "ENG"), ("wang", "IC"), ("feng", "SEC"), ("luo", "PM")):
            desk.join(desk.state.graph.people[person], (role,))
        return [_walked(one) for one in _walk(desk, clock, around, normal=normal)]


def _walk(desk: Desk, clock: HandClock, around: Surroundings, *, normal: bool) -> list[Desk]:
    """One act after the other, in the run that was opened last, until every run has ended."""
    open_runs, all_runs = [desk], [desk]
    while open_runs:
        one = open_runs[-1]
        one.settle()
        act = next((act for act in one.possible() if act.main and act.step in one.state.steps), None)
        if act is None:
            if not _wait(one, clock):
                one.do(
                    next(act for act in one.possible() if act.verb == "end"),
                    Given(answer="complete", to="complete"),
                )
                open_runs.pop()
            continue
        known = set(one.state.children)
        one.do(act, given_for(one, act, normal=normal))
        for child in (one.state.children[name] for name in one.state.children.keys() - known):
            open_runs.append(Desk.resume(one.record, child.run, "li", around))
            all_runs.append(open_runs[-1])
    return all_runs


def _wait(desk: Desk, clock: HandClock) -> bool:
    """Let an open wait run out; False when nothing waits."""
    if not any(desk.state.graph.steps[name].kind == "wait" for name in desk.state.open_steps()):
        return False
    for _ in pass_time(desk, clock, clock.now + timedelta(hours=1)):
        pass
    return True


def _walked(desk: Desk) -> Walked:
    notes = [one.event for one in desk.record.entries(desk.run_id) if isinstance(one.event, NoteAdded)]
    ended = desk.state.ended
    return Walked(
        desk.run_id,
        None if ended is None else ended.how,
        [one for one in notes if one.kind == FINDING],
        {name: str(one.status or "passed") for name, one in desk.state.steps.items()},
    )


def given_for(desk: Desk, act: Act, *, normal: bool) -> Given:
    """What somebody gives whose row is as it should be, or is not."""
    one = desk.state.steps[act.step or ""]
    if act.verb == "sign":
        return _signature(desk, one)
    values = next((found for found, met in assignments(desk, act) if met is normal), None)
    if values is None:
        values = next(found for found, _ in assignments(desk, act))
    second = next((name for name in desk.state.people if name != desk.actor), None)
    together = any(need.name == "second" for need in act.needs)
    return Given(
        values=values,
        items=tuple(range(1, len(one.step.check) + 1)),
        evidence="report.pdf",
        second=second if together else None,
        second_strength="pin" if together else None,
    )


def _signature(desk: Desk, one: StepState) -> Given:
    """The next name a hold wants: whoever holds a role of it and has not signed."""
    signed = {sign.person for sign in one.signatures}
    person, role = next(
        (person, role)
        for role in (one.step.sign.of if one.step.sign else ())
        for person in desk.state.people
        if person not in signed and desk.state.holds(person, role)
    )
    return Given(person=person, role=role, strength="pin")


def assignments(desk: Desk, act: Act) -> Iterator[tuple[dict[str, str], bool | None]]:
    """Values of the readings of a row, with whether the row is as it should be with them."""
    one = desk.state.steps[act.step or ""]
    that = one.step.expect.that if one.step.expect is not None else None
    asked = [] if that is None else [name for name, _ in parse(that).names]
    names = list(
        dict.fromkeys([*one.step.record, *(name for name in asked if name in desk.state.graph.readings)])
    )
    known = desk.state.graph.readings
    for values in product(*(candidates(known[name], that or "") for name in names)):
        given = dict(zip(names, values, strict=True))
        events = tuple(ReadingTaken(name, value, known[name].unit, act.step) for name, value in given.items())
        yield given, expectation(desk.state, one, Proposal(events, "li", "", desk.now(), desk.now()))


def candidates(reading: Reading, condition: str) -> list[str]:
    """The ends of what is believable, and every limit of the site that the row names."""
    if reading.kind == "yes-no":
        return ["yes", "no"]
    if reading.kind != "number":
        return ["1"]
    limits = [fact.number for fact in parameters(condition) if fact.unit == reading.unit]
    return [
        str(number) for number in dict.fromkeys([*limits, reading.least, reading.most]) if number is not None
    ]


def parameters(condition: str) -> list[Fact]:
    """The site parameters that a condition names."""
    named = {name.removeprefix("site.") for name, _ in parse(condition).names} if condition else set()
    return [fact for fact in read().site.parameters if fact.id in named]
