"""A small scenario on a small plan, and a drill of it with a clock that a hand moves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from drill.book.reading import read_scenario
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from drill.scenario.values import Scenario
from engine.acts import Given
from engine.book import read_book
from engine.desk import Opening, Surroundings, opening_of
from engine.journal import Moment
from engine.store import Store
from tests import stores
from tests.engine.records import entropy

START = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)

BOOK = Path(__file__).parents[1] / "fixtures" / "drill"
SCENARIO = (BOOK / "drills" / "spill-drill.yaml").read_text("utf-8")


class World:
    """The clocks of a machine, moved by hand."""

    def __init__(self) -> None:
        self.clock = HandClock(START)
        self.jumps = timedelta()

    def moment(self) -> Moment:
        ns = (self.clock.now - START) // timedelta(microseconds=1) * 1000
        return Moment(self.clock.now + self.jumps, ("boot", ns), "ntp")

    def passes(self, length: timedelta) -> None:
        self.clock.move(self.clock.now + length)

    def around(self, seed: int = 2) -> Surroundings:
        return Surroundings(
            lambda: self.moment().recorded_at,
            entropy(seed),
            lambda person, pin: None,
            lambda: self.moment().mono,
        )


def small_book():
    book, faults = read_book(BOOK)
    assert book is not None
    assert [fault.sentence("en") for fault in faults if not fault.advice] == []
    return book


def scenario_of(text: str, book) -> Scenario:
    scenario, faults = read_scenario(text.encode(), "spill-drill.yaml", book=book)
    assert scenario is not None, [f"{fault.place}: {fault.sentence('en')}" for fault in faults]
    return scenario


def begun(world: World, text: str = SCENARIO, *, seed="7", trainer="deng") -> tuple[Exercise, Store]:
    """A drill that is ready to start, its trainer at the desk."""
    book = small_book()
    scenario = scenario_of(text, book)
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    opening: Opening = opening_of(book, "spill", room="A1")
    made = Exercise.begin(store, scenario, text.encode(), opening, world.around(), trainer, seed=seed)
    return made, store


def does(exercise: Exercise, person: str, verb: str, step: str | None, **given) -> None:
    """A player does one of the acts that are possible."""
    act = next(one for one in exercise.desk.possible() if one.key == (verb, step))
    before, exercise.desk.actor = exercise.desk.actor, person
    try:
        exercise.desk.do(act, Given(**given))
    finally:
        exercise.desk.actor = before
    exercise.look()
