"""A whole drill by machine: the crew plays every role, the clock runs as fast as it may.

Marked so in the record, and counted by nobody. The same scenario and seed give the same payloads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from drill.crew import Crew, Task
from drill.crew.knowing import World
from drill.exercise import Exercise
from drill.findings import Shown
from drill.moments import Moments
from drill.reasons import TIME_IS_UP
from drill.rehearsal import HandClock
from drill.scenario.facts import Player
from drill.scenario.values import Scenario
from engine.clocks import timers
from engine.desk import Desk, Surroundings
from engine.errors import MusterError

PATIENCE = 100_000
"""How many moves a drill may take before it is given up: a crew that goes round in circles is a fault."""

NUDGE = timedelta(seconds=30)
"""How long the crew waits when nothing is coming at all."""


@dataclass
class Auto:
    """A drill that plays itself."""

    exercise: Exercise
    clock: HandClock
    around: Surroundings
    crew: Crew
    desks: dict[str, Desk] = field(default_factory=dict)
    """The drill's run and every run it has opened."""
    refused: list[str] = field(default_factory=list)
    """What the crew wanted and was not allowed; for whoever mends a scenario."""

    def play(self) -> Iterator[datetime]:
        """Play to the end; yields the exercise clock at each move."""
        exercise = self.exercise
        self.desks[exercise.desk.run_id] = exercise.desk
        exercise.start()
        until = self.clock.now + exercise.scenario.length
        for _ in range(PATIENCE):
            self._move()
            yield self.clock.now
            if self._is_over() or self.clock.now >= until:
                break
            self.clock.move(min(self._next(), until))
        exercise.desk.actor = exercise.book.actor
        if self._is_over():
            exercise.end("normal", "ENDEX")
        else:
            exercise.end("early", TIME_IS_UP)

    def step(self) -> None:
        """In a drill that somebody real plays too, where the clock goes by itself: all that is due by now."""
        self.desks.setdefault(self.exercise.desk.run_id, self.exercise.desk)
        self.clock.move(self.exercise.now)
        if self.exercise.stage == "running" and self.exercise.desk.state.ended is None:
            self._move()

    def _is_over(self) -> bool:
        """Nothing more comes and nothing is open to be judged; or the run itself has ended."""
        if self.exercise.desk.state.ended is not None:
            return True
        lines = self.exercise.script.ahead(self.clock.now, self.exercise.since)
        coming = any(line.standing in ("waiting", "due") and line.due is not None for line in lines)
        if coming:
            return False
        never = {line.inject.id for line in lines if line.standing in ("manual", "skipped", "not-drawn")}
        return not any(_waits(one, never) for one in self.exercise.findings())

    def _move(self) -> None:
        """Everything that happens at this moment: the clock, the script, and whoever is through."""
        self._settle()
        self.exercise.desk.actor = self.exercise.book.actor
        self.exercise.tick()
        for task in self.crew.through(self.clock.now):
            self._act(task)
            self._settle()
        self._open_children()
        for desk in self._open_desks():
            self.crew.assign(desk.state, self.clock.now, self.exercise.desk.state.cards)

    def _settle(self) -> None:
        for desk in self._open_desks():
            desk.settle()
        self.exercise.look()

    def _open_desks(self) -> list[Desk]:
        """Children first: what was opened last is what people are at."""
        return [desk for desk in reversed(self.desks.values()) if desk.state.ended is None]

    def _open_children(self) -> None:
        for desk in list(self.desks.values()):
            for child in desk.open_children():
                if child.run not in self.desks:
                    around = replace(self.around, now=self.exercise.desk.now)
                    self.desks[child.run] = Desk.resume(desk.record, child.run, desk.actor, around)

    def _act(self, task: Task) -> None:
        desk = self.desks[task.run]
        now = self.clock.now
        act = self.crew.act_of(desk.state, task, now)
        if act is None:
            return
        world = World(self.crew.facts, self._moments(desk))
        giver = self.crew.giver(desk.state, task, world, now)
        desk.actor = task.person
        try:
            desk.do(act, giver.given(act, self.crew.mistake_at(task)))
        except MusterError as error:
            self.crew.gives_up(task, now)
            self.refused.append(f"{task.person} {task.verb} {task.step}: {error.sentence('en')}")

    def _moments(self, desk: Desk) -> Moments:
        """What happened in the run somebody stands in, and in the drill around it."""
        if desk.run_id == self.exercise.desk.run_id:
            return self.exercise.moments
        made = Moments.of(desk.state.graph, desk.record.entries(desk.run_id))
        for name, found in self.exercise.moments.found.items():
            made.found.setdefault(name, []).extend(found)
        return made

    def _next(self) -> datetime:
        """The next moment at which something can happen."""
        now = self.clock.now
        coming = [timer.at for desk in self._open_desks() for timer in timers(desk.state) if timer.at > now]
        others = (self.crew.next_at, self.exercise.script.next_at(now, self.exercise.since))
        coming += [one for one in others if one is not None and one > now]
        return min(coming, default=now + NUDGE)


def _waits(shown: Shown, never: Collection[str]) -> bool:
    """Whether time may still decide an expectation: no inject that never comes, and no evaluator, does."""
    expected = shown.expectation
    return shown.finding.outcome == "open" and expected.by.kind != "evaluator" and expected.start not in never


def crew_of(scenario: Scenario, seed: str) -> Crew:
    """The people of a scenario, as it says they play."""
    said = {one.person: one for one in scenario.crew}
    people = dict.fromkeys(person for _, person in scenario.people)
    return Crew(scenario.facts, {one: said.get(one, Player(one)) for one in people}, seed)
