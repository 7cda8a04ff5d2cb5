"""Two whole drills by machine on plans of our own, as one digest each: the same on every Python, for ever.

The plans stand beside the tests, so no edit of the shipped book changes a digest. What an entry pins of the
compiled plan is left out: a plan may be kept in another form one day, and the drill is the same.
"""

from __future__ import annotations

from hashlib import sha256

from drill.auto import Auto, crew_of
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from engine.desk import Opening, Surroundings, opening_of
from engine.events import RunOpened, name_of, to_payload
from tests import stores
from tests.drill import below
from tests.drill.small import SCENARIO, START, World, scenario_of, small_book
from tests.engine.records import entropy

CREW = """\
crew:
  li: {pace: slow, mistakes: [{step: source, late: 3m}]}
  zhao: {pace: quick}
"""


def played(name: str) -> Auto:
    """The drill of that name: `alone`, of one run; or `team`, which opens another."""
    text = (SCENARIO if name == "alone" else below.WITH_TEAM) + CREW
    opening: Opening = opening_of(small_book(), "spill", room="A1") if name == "alone" else below.opening()
    scenario = scenario_of(text, small_book() if name == "alone" else below.book())
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    store = stores.memory(wall=World().moment, entropy=entropy(1))
    exercise = Exercise.begin(
        store, scenario, text.encode(), opening, around, "machine", seed="12", by_machine=True
    )
    auto = Auto(exercise, clock, around, crew_of(scenario, "12"))
    for _ in auto.play():
        pass
    return auto


def digest(name: str) -> str:
    """Everything that stands in the records of a drill, of the runs it opened and of its evaluation."""
    auto = played(name)
    record = auto.exercise.desk.record
    said = sha256()
    for run in (*auto.desks, auto.exercise.book.state.run_id):
        for one in record.entries(run):
            payload = b"" if isinstance(one.event, RunOpened) else to_payload(one.event)
            said.update(f"{run}|{name_of(one.event)}|{one.at.isoformat()}|".encode() + payload + b"\n")
    return said.hexdigest()
