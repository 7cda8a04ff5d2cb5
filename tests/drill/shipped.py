"""The drills of the shipped plan book, and a whole drill of one of them by machine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from drill.auto import Auto, crew_of
from drill.book.reading import read_scenario
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from drill.scenario.facts import Mistake, Player
from drill.scenario.values import Scenario
from drill.trial import Stage, stage_of
from engine.book import read_book
from engine.desk import Opening, Surroundings, opening_of
from engine.events import name_of, to_payload
from engine.plan import Book
from tests import stores
from tests.drill.small import START, World
from tests.engine.records import entropy

BOOK = Path(__file__).parents[2] / "runbooks"
NAMES = sorted(path.stem for path in (BOOK / "drills").glob("*.yaml"))


@cache
def book() -> Book:
    made, faults = read_book(BOOK)
    assert made is not None
    assert [fault.sentence("en") for fault in faults if not fault.advice] == []
    return made


def source(name: str) -> bytes:
    return (BOOK / "drills" / f"{name}.yaml").read_bytes()


@cache
def scenario(name: str) -> Scenario:
    made, faults = read_scenario(source(name), f"{name}.yaml", book=book(), languages=book().site.languages)
    assert made is not None, [f"{fault.place}: {fault.sentence('en')}" for fault in faults]
    return made


@cache
def opening(runbook: str, room: str | None) -> Opening:
    return opening_of(book(), runbook, room=room)


def stage(one: Scenario) -> Stage:
    return stage_of(opening(one.runbook, one.room))


def played(name: str, *, mistakes: dict[str, Mistake] | None = None) -> Auto:
    """A whole drill by machine: its crew as it is written, or quick people with these mistakes."""
    one = scenario(name)
    if mistakes is not None:
        people = dict.fromkeys(person for _, person in one.people)
        crew = [Player(who, "quick", (mistakes[who],) if who in mistakes else ()) for who in people]
        one = replace(one, crew=tuple(crew))
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    store = stores.memory(wall=World().moment, entropy=entropy(1))
    resting = opening(one.runbook, one.room)
    exercise = Exercise.begin(store, one, source(name), resting, around, "machine", by_machine=True)
    auto = Auto(exercise, clock, around, crew_of(one, exercise.seed))
    for _ in auto.play():
        pass
    return auto


def payloads(auto: Auto) -> list[tuple[str, str, str, bytes]]:
    """What the records of the drill, of the runs it opened and of its evaluation say."""
    record = auto.exercise.desk.record
    runs = [*auto.desks, auto.exercise.book.state.run_id]
    return [
        (run, name_of(one.event), one.at.isoformat(), to_payload(one.event))
        for run in runs
        for one in record.entries(run)
    ]


def fingerprint(name: str) -> str:
    """What tells one drill of quick people from another."""
    return sha256(repr(payloads(played(name, mistakes={}))).encode()).hexdigest()


def outcomes(auto: Auto) -> dict[str, str]:
    return {one.finding.id: one.finding.outcome for one in auto.exercise.findings()}
