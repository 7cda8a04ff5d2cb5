"""One console at one terminal: its exercise, its signs of life, and looking again twice a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from drill.evaluation import EVALUATOR, METHODS, TRAINER
from drill.exercise import Alive, Exercise, Gap
from drill.exercise.timing import LEAST_GAP
from engine.errors import Refused
from engine.events import RoleTaken
from engine.text import LANGUAGES, Text
from tui.logbook import TRAINER as NOBODY_NAMED
from tui.logbook import Teller, Titles, titles_of
from tui.presence import SILENT, Presence
from tui.presence import TRAINER as AT_THE_CONSOLE
from tui.trainer.board import Board, Done, board_of
from tui.trainer.move import Move


class Live:
    """A drill under way. Everything here is called in the thread of the record."""

    def __init__(
        self,
        exercise: Exercise,
        presence: Presence,
        *,
        came_back: bool = False,
        real_runs: Callable[[], tuple[str, ...]] = tuple,
    ) -> None:
        """`real_runs`: the real runs that are open at this site now."""
        self.exercise = exercise
        self._real_runs = real_runs
        self.presence = presence
        self._gap: Gap | None = None
        self._titles: dict[str, Titles] = {}
        """The words of the drill's plan and of those below it, by run."""
        before = presence.trainer(exercise.desk.run_id)
        age = None if before is None else presence.age(before)
        self._age = age
        if came_back:
            self._sit_down(age)
            alive = None if before is None else Alive(before.wall, before.mono)
            self._gap = exercise.gap(alive)
            if self._gap is None:
                # What fell due earlier was not given then, and still waits for a choice.
                exercise.since = max(exercise.since, exercise.now - LEAST_GAP)
        self._sign_in()
        self.board = self._board()

    def _sign_in(self) -> None:
        """Whoever sits down at the console is here: they sign in by it, once, unless nobody said who they are."""
        exercise = self.exercise
        who = exercise.book.actor
        signed = {one.person for one in exercise.sheet if one.signed is not None}
        if who not in signed and who != NOBODY_NAMED and not self.exercise.case.over:
            exercise.sign_in(who, METHODS[0])

    def _sit_down(self, age: timedelta | None) -> None:
        """Whoever is not the trainer of a drill that has one is an evaluator; else they take the place."""
        exercise = self.exercise
        staff = exercise.book.state.staff
        if exercise.holds_trainer:
            return
        if not staff.get(TRAINER):
            exercise.take_over()
        elif exercise.book.actor not in {one for members in staff.values() for one in members}:
            exercise.appoint(RoleTaken(EVALUATOR, exercise.book.actor))

    @property
    def run(self) -> str:
        return self.exercise.desk.run_id

    def look(self) -> Board:
        """Take in what was written, deliver what is due, and say that somebody is here."""
        exercise = self.exercise
        exercise.look()
        exercise.hear()
        if self._gap is None:
            exercise.tick()
        if exercise.stage in ("running", "frozen") and exercise.holds_trainer:
            exercise.desk.settle()
        self._beat()
        self.board = self._board()
        return self.board

    def _beat(self) -> None:
        """A gap that is not settled is not yet life: killed once more, it goes on."""
        if self._gap is None and self.exercise.holds_trainer:
            self.presence.beat(self.run, AT_THE_CONSOLE, self.exercise.book.actor)

    def _board(self) -> Board:
        age = self.presence.trainer_age(self.run)
        board = board_of(self.exercise, self._gap, self.presence.players(self.run), age, SILENT)
        if board.over:
            return board
        return replace(board, real_runs=self._real_runs(), acts=tuple(self._acts()))

    def _acts(self) -> Iterator[Done]:
        """What the players did last, each in the words of the plan it belongs to."""
        for entry in reversed(self.exercise.team.latest):
            titles = self._titles_of(entry.run or self.run)
            if titles is not None:
                zh, en = (Teller(titles, language) for language in LANGUAGES)
                by = Text(zh.name(entry.by), en.name(entry.by))
                yield Done(entry.at, by, Text(zh.sentence(entry), en.sentence(entry)))

    def _titles_of(self, run: str) -> Titles | None:
        """None while the plan of a run below is not here."""
        if run not in self._titles:
            exercise = self.exercise
            below = exercise.team.below.get(run)
            state = exercise.desk.state if run == self.run else below.state if below is not None else None
            if state is None:
                return None
            self._titles[run] = titles_of(state.graph.to_bytes(), state.room)
        return self._titles[run]

    def make(self, move: Move, given: Mapping[str, str]) -> Board:
        """Do it; Refused when it may not be, and nothing has changed then."""
        if move.id == "take-over" and not self.board.trainer_silent:
            raise Refused("trainer-is-there", person="、".join(self.board.trainers))
        if move.id == "start" and (going_on := self._real_runs()):
            raise Refused("real-run-open", runs=going_on)
        move.do(self.exercise, given)
        if move.id == "start":
            self.exercise.reached(self.presence.players(self.run))
        if move.id in ("gap-still", "gap-on"):
            self._gap = None
        return self.look()

    def leave(self) -> None:
        """The console is closed; what the drill says of the time from now on is the next one's choice."""
        if self._gap is None and self.exercise.holds_trainer:
            self.presence.beat(self.run, AT_THE_CONSOLE, self.exercise.book.actor, left=True)
