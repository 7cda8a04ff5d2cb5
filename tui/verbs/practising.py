"""drill --play ROLE: one person plays a role, simulated people play the others, and nobody leads.

The clock goes at the world's speed; it counts for nobody, and the ratings are those the program proposes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from drill.auto import Auto, crew_of
from drill.crew import Crew
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from drill.scenario.values import Scenario
from engine.desk import Desk, Surroundings
from engine.errors import Refused
from engine.store import Store
from tui.logbook import MACHINE
from tui.presence import TRAINER, Presence
from tui.terminal import Terminal
from tui.verbs.drilling import opening_of_drill, print_score, scenario_named
from tui.verbs.leading import Led, no_real_run
from tui.verbs.playable import read_whole_book
from tui.verbs.storing import open_the_store, options_of, surroundings
from tui.verbs.walking import Sitting, walk_on

if TYPE_CHECKING:
    from tui.boot import Face
    from tui.session import Session


class Practice:
    """A drill in which one person plays and everybody else is simulated."""

    def __init__(self, led: Led, store: Store, around: Surroundings) -> None:
        whole = read_whole_book(led.book)
        scenario, source = scenario_named(led.name, whole.folder, whole.book)
        self.person = player_of(scenario, led.play or "")
        no_real_run(store)
        opening = opening_of_drill(whole, scenario)
        self.exercise = Exercise.begin(
            store, scenario, source, opening, around, MACHINE, seed=led.seed, by_machine=True, by_hand=False
        )
        crew = crew_of(scenario, self.exercise.seed)
        others = {name: one for name, one in crew.players.items() if name != self.person}
        self._auto = Auto(
            self.exercise,
            HandClock(self.exercise.now),
            around,
            Crew(crew.facts, others, crew.seed, (self.person,)),
        )
        self._presence = Presence.beside(store.name)
        self.exercise.start()
        self.desk = Desk.resume(store, self.exercise.desk.run_id, self.person, around)

    def step(self) -> None:
        """What is due by now, and a sign that somebody leads."""
        self.exercise.hear()
        self._auto.step()
        self._presence.beat(self.exercise.desk.run_id, TRAINER, MACHINE)

    def ends(self) -> None:
        """The person has left: the drill is over."""
        self.exercise.look()
        self.exercise.hear()
        if self.exercise.stage in ("running", "frozen"):
            self.exercise.desk.actor = MACHINE
            self.exercise.end("normal" if self.exercise.desk.state.ended is not None else "early", "ENDEX")


def player_of(scenario: Scenario, role: str) -> str:
    """Who plays a role in the scenario; refused when it has no such role."""
    people = {name.casefold(): person for name, person in reversed(scenario.people)}
    found = people.get(role.casefold())
    if found is None:
        raise Refused("no-such-role", role=role, roles=tuple(dict(scenario.people)))
    return found


def practise(led: Led, face: Face) -> int:
    """Until the person leaves; then the score."""
    made: list[Practice] = []
    if face.screen:
        from tui.stage import show

        code = show(lambda: _session(led, face, made), face)
        if made:
            with open_the_store(led.store) as store:
                _end_in(store, made[0], face.language)
        return code
    with open_the_store(led.store) as store:
        practice = Practice(led, store, surroundings(store))
        sitting = Sitting(Terminal(), store, face.language, Path(), options_of(led.store, led.book))
        walk_on(sitting, practice.desk, beside=practice.step)
        practice.ends()
        print_score(practice.exercise.case, practice.exercise.desk.run_id, face.language)
    return 0


def _session(led: Led, face: Face, made: list[Practice]) -> Session:
    """In the worker: the drill, begun, with the person at its run."""
    from tui.presence import Presence
    from tui.session import Sat, Session

    store = open_the_store(led.store)
    try:
        practice = Practice(led, store, surroundings(store))
    except BaseException:
        store.close()
        raise
    made.append(practice)
    return Session(
        store,
        surroundings(store),
        sat=Sat(practice.desk),
        beside=practice.step,
        options=options_of(led.store, led.book),
        languages=face.languages,
        presence=Presence.beside(store.name),
        farewell=lambda _language: "",
    )


def _end_in(store: Store, practice: Practice, language: str) -> None:
    """After the screen: its record was closed with it."""
    exercise = Exercise.take_up(store, practice.exercise.desk.run_id, surroundings(store), MACHINE)
    exercise.hear()
    if exercise.stage in ("running", "frozen"):
        exercise.end("normal" if exercise.desk.state.ended is not None else "early", "ENDEX")
    print_score(exercise.case, exercise.desk.run_id, language)
