"""Runs that are over, to be read by whoever comes later: a drill by people, and a real run that went badly."""

from __future__ import annotations

from datetime import timedelta

from drill.case import case_of
from drill.exercise import Exercise
from engine.desk import Desk, Surroundings, opening_of
from engine.events import Draft, Event, Observed, Rated, RoleTaken, SignedOff, StepOverridden
from engine.run import in_order
from engine.store import Store
from tests import stores
from tests.drill.small import World, begun, does
from tests.engine.records import entropy
from tests.tui.table import KINDS, START, book_at
from tui.reports.kept import Proof, kept
from tui.reports.of_drill import drill_report
from tui.reports.of_run import run_report

MINUTE = timedelta(minutes=1)


def drilled() -> tuple[Exercise, Store]:
    """A drill with a freeze, a wrong answer, a skipped inject, notes of every weight and a rating of each kind."""
    world = World()
    exercise, store = begun(world)
    exercise.book.write(RoleTaken("LEAD", "deng"), exercise.now, exercise.company)
    exercise.start()
    exercise.skip("call", "the line is dead")
    world.passes(3 * MINUTE)
    exercise.tick()
    does(exercise, "li", "do", "look", values={"depth": "2"})
    world.passes(MINUTE)
    exercise.tick()
    exercise.freeze("somebody fell")
    world.passes(2 * MINUTE)
    exercise.resume("all well")
    does(exercise, "li", "answer", "source", answer="roof")
    exercise.observe(Observed("deviation", "went in before the call", outcome="moderate", objective="O1"))
    exercise.observe(Observed("unsafe-act", "stood in the water"))
    exercise.observe(Observed("finding", "only guessed from the door", "E1", "late"))
    world.passes(30 * MINUTE)
    exercise.tick()
    exercise.rate(Rated("O1", "M", "U", "they found it in the end"))
    exercise.rate(Rated("O1", "U", "U", "the gate stands", final=True, by="deng"))
    exercise.end()
    return exercise, store


def proof_of(store: Store) -> Proof:
    """What verification says, with a fresh checkpoint."""
    note = store.checkpoint()
    assert note is not None
    return Proof(store.verify(), (note,), START + timedelta(days=400), "muster test")


def report_of_drill(exercise: Exercise, store: Store):
    run = exercise.desk.run_id
    judged = in_order(store.entries(f"E{run[1:]}"))
    return drill_report(kept(store, run), case_of(store, run), judged, proof_of(store))


def handled() -> tuple[Desk, Store]:
    """A real run that is left open: one step passed alone, a voice that nobody confirmed, promises broken."""
    book = book_at(KINDS)
    world = World()
    store = stores.memory(wall=world.moment, entropy=entropy(3))
    around = Surroundings(lambda: world.clock.now, entropy(4), lambda person, pin: None)
    desk = Desk.open_run(store, opening_of(book, "kinds", room="A1"), "li", around)
    written: list[Event] = [
        StepOverridden("look", "nobody could be reached", alone=True, read_back="look"),
        SignedOff("permit", "zhao", "PWR", "hold", "voice", channel="phone"),
    ]
    world.passes(40 * MINUTE)
    for number, event in enumerate(written):
        state = desk.state
        draft = Draft(desk.run_id, event, world.clock.now, "li", state.lam + 1 + number, state.tips)
        store.append([draft], seen=None, cmd=f"past-{number}")
    desk.refresh()
    return desk, store


def report_of_run(desk: Desk, store: Store):
    return run_report(kept(store, desk.run_id), proof_of(store))
