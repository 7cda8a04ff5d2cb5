"""drill without --auto: the trainer's console over a new drill, or over one that goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from drill.exercise import Exercise
from engine.errors import Refused
from engine.store import Store
from engine.text import clean
from tui import machine
from tui.locale import say
from tui.logbook import TRAINER
from tui.presence import Presence
from tui.verbs.drill_options import RUN
from tui.verbs.drilling import opening_of_drill, scenario_named
from tui.verbs.playable import Whole, read_whole_book
from tui.verbs.storing import open_the_store, options_of, surroundings

if TYPE_CHECKING:
    from engine.desk import Surroundings
    from tui.boot import Face
    from tui.session import Session


@dataclass(frozen=True, slots=True)
class Led:
    """What stands on the command line."""

    name: str
    """A scenario, or the id of a drill."""
    seed: str | None = None
    who: str | None = None
    play: str | None = None
    store: str | None = None
    book: str | None = None
    mark: str | None = None
    """Of a drill: begin another one where this was marked."""

    @property
    def run(self) -> str | None:
        """The drill that was named; None for a scenario."""
        return self.name.upper() if RUN.fullmatch(self.name) else None


def lead(led: Led, face: Face) -> int:
    """The console, on the screen or in lines, until the trainer leaves; or one role, played alone."""
    if led.play is not None:
        from tui.verbs.practising import practise

        return practise(led, face)
    if face.screen:
        from tui.stage import show

        return show(lambda: led_session(led, face), face)
    from tui.trainer.live import Live
    from tui.trainer.plain import PlainConsole

    with open_the_store(led.store) as store:
        presence = Presence.beside(store.name)
        exercise, came_back = exercise_of(led, store, surroundings(store))
        console = PlainConsole(
            Live(exercise, presence, came_back=came_back, real_runs=partial(real_runs, store)),
            face.language,
            way_back(led, exercise),
        )
        drill = console.run()
    if drill is not None:
        from tui.verbs.home import home

        return home(led.store, led.book, face.language, None, drill)
    return 0


def led_session(led: Led, face: Face) -> Session:
    """In the worker: the drill, begun or taken up, as a session of the screen."""
    from engine.book import read_book
    from tui.session import Session
    from tui.trainer.live import Live
    from tui.verbs.playable import must_be_sound, texts_of

    folder = machine.book_folder(led.book)
    store = open_the_store(led.store)
    try:
        around = surroundings(store)
        exercise, came_back = exercise_of(led, store, around)
        presence = Presence.beside(store.name)
        book, faults = read_book(folder)
        session = Session(
            store,
            around,
            book,
            texts_of(folder) if book is not None else (),
            must_be_sound=lambda opening: (
                must_be_sound(opening, Whole(book, faults, folder)) if book is not None else None
            ),
            options=options_of(led.store, led.book),
            languages=face.languages,
            presence=presence,
            live=Live(exercise, presence, came_back=came_back, real_runs=partial(real_runs, store)),
        )
        session.farewell = farewell(led, exercise)
    except BaseException:
        store.close()
        raise
    return session


def exercise_of(led: Led, store: Store, around: Surroundings) -> tuple[Exercise, bool]:
    """A new drill of a scenario, or the one that was named, and whether it was taken up again."""
    who = led.who or os.environ.get("MUSTER_AS") or TRAINER
    if led.run is not None:
        there = Exercise.take_up(store, led.run, around, who)
        return (there, True) if led.mark is None else (_from_mark(led, store, there, around), False)
    whole = read_whole_book(led.book)
    no_real_run(store)
    scenario, source = scenario_named(led.name, whole.folder, whole.book)
    opening = opening_of_drill(whole, scenario)
    Presence.beside(store.name).forget()
    return Exercise.begin(store, scenario, source, opening, around, who, seed=led.seed), False


def _from_mark(led: Led, store: Store, old: Exercise, around: Surroundings) -> Exercise:
    """A new drill that begins where another was marked."""
    no_real_run(store)
    mark = next((one for one in old.marks() if one.name == led.mark), None)
    if mark is None:
        raise Refused("no-such-mark", mark=led.mark or "", marks=tuple(one.name for one in old.marks()))
    return old.begin_again(mark, opening_of_drill(read_whole_book(led.book), old.scenario), around)


def real_runs(store: Store) -> tuple[str, ...]:
    """The real runs that are open here."""
    return tuple(clean(row.run) for row in store.runs(going_on=True) if row.kind == "R")


def no_real_run(store: Store) -> None:
    """Nobody drills while something real is open here."""
    going_on = real_runs(store)
    if going_on:
        raise Refused("real-run-open", runs=going_on)


def way_back(led: Led, exercise: Exercise) -> str:
    """The command that leads back to a console."""
    who = "" if exercise.book.actor == TRAINER else f" --as {exercise.book.actor}"
    return f"{machine.program()} drill {exercise.desk.run_id}{who}{options_of(led.store, led.book)}"


def farewell(led: Led, exercise: Exercise) -> Callable[[str], str]:
    """What is said when the console is closed, in the language it was left in."""

    def words(language: str) -> str:
        run = exercise.desk.run_id
        if exercise.stage in ("ended", "evaluated", "closed"):
            said = say("console-kept", language, run=run)
        else:
            said = say("console-leaves", language, run=run, command=way_back(led, exercise))
        return f"{say('drill-word', language)}  {said}"

    return words
