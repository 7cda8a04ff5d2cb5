"""What a trainer's console shows, worked out from both runs of a drill in the thread of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from drill.attendance import Attended
from drill.exercise import Exercise, Gap
from drill.findings import Shown, deviations
from drill.scenario.values import Objective
from drill.scoring import Inputs, Rating, proposed
from drill.script import Line, heads_up, is_manual
from engine.acts import current_step
from engine.clocks import frozen_for, is_frozen
from engine.events import Entry, Rated
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Rateable:
    """An objective with what the machine proposes and what somebody said."""

    objective: Objective
    proposed: Rating | None
    given: Rated | None


@dataclass(frozen=True, slots=True)
class Done:
    """Something the players did, said in both languages."""

    at: datetime
    by: Text
    words: Text


@dataclass(frozen=True, slots=True)
class Board:
    """A drill as it stood at a moment."""

    stage: str
    how: str | None
    lines: tuple[Line, ...]
    findings: tuple[Shown, ...]
    ratings: tuple[Rateable, ...]
    notes: tuple[Entry, ...]
    """What was seen, the latest last."""
    told: frozenset[str]
    """Lines of the notice list that were ticked."""
    restored: frozenset[str]
    acknowledged: frozenset[str]
    """Cards that the players have acknowledged."""
    players: tuple[str, ...]
    """Who of them is at a terminal now."""
    sheet: tuple[Attended, ...]
    """Who was to come, and who signed in."""
    trainers: tuple[str, ...]
    holds_trainer: bool
    trainer_silent: bool
    gap: Gap | None
    inputs: Inputs | None
    """What the score is made of, once the drill is over."""
    now: datetime
    """The exercise clock when this was worked out."""
    state_mark: tuple[object, ...]
    """The last entry of the players' run, and how far those it has opened were read: they did something."""

    in_front: tuple[tuple[str, str], ...] = ()
    """Who is at a terminal, and the step that stands in front of them; whoever did something last first."""
    acts: tuple[Done, ...] = ()
    """What they did last, the latest first."""
    real_runs: tuple[str, ...] = ()
    """Something real is open at this site while the drill goes on: the first stop condition of every drill."""

    @property
    def scripted(self) -> list[Line]:
        """In the script's order; what the trainer gives by hand stands in the other list."""
        return [one for one in self.lines if not is_manual(one.inject.trigger)]

    @property
    def free(self) -> list[Line]:
        """What can be given at any time, and what was written live."""
        return [one for one in self.lines if is_manual(one.inject.trigger)]

    def line(self, inject: str) -> Line | None:
        return next((one for one in self.lines if one.inject.id == inject), None)

    def next_line(self, now: datetime) -> Line | None:
        """What comes next on the clock, as far as that is known."""
        coming = [one for one in self.lines if one.due is not None and one.standing in ("waiting", "due")]
        return min(coming, key=lambda one: one.due or now, default=None)

    def heads_up(self, now: datetime) -> list[Line]:
        """Major injects that come within a minute."""
        return heads_up(self.lines, now)

    @property
    def late(self) -> list[Line]:
        """What waits for the trainer's choice."""
        return [one for one in self.lines if one.standing == "late"]

    @property
    def over(self) -> bool:
        return self.stage in ("ended", "evaluated", "closed")

    @property
    def begun(self) -> bool:
        return self.stage not in ("draft", "approved", "briefed")


def board_of(
    exercise: Exercise, gap: Gap | None, players: list[str], trainer_age: timedelta | None, silent: timedelta
) -> Board:
    """Everything a console shows of a drill now."""
    state, evaluation = exercise.desk.state, exercise.book.state
    objectives, found = exercise.scenario.objectives, tuple(exercise.findings())
    judged, booked = [one.finding for one in found], deviations(evaluation.observed)
    return Board(
        stage=evaluation.stage,
        how=evaluation.how,
        lines=tuple(exercise.lines()),
        findings=found,
        ratings=tuple(
            Rateable(one, proposed(one.id, judged, booked), evaluation.final(one.id)) for one in objectives
        ),
        notes=tuple(evaluation.observed),
        told=frozenset(evaluation.notified),
        restored=frozenset(evaluation.restored),
        acknowledged=frozenset(state.acknowledged),
        players=tuple(players),
        sheet=tuple(exercise.sheet),
        trainers=tuple(sorted(evaluation.staff.get("TRAINER", set()))),
        holds_trainer=exercise.holds_trainer,
        trainer_silent=trainer_age is None or trainer_age > silent,
        gap=gap,
        inputs=exercise.inputs() if exercise.case.over else None,
        now=exercise.now,
        state_mark=(state.last.hash if state.last is not None else "", exercise.team.read),
        in_front=tuple(_in_front(exercise, players)),
    )


def _in_front(exercise: Exercise, players: list[str]) -> Iterator[tuple[str, str]]:
    """What each of those who are there has to do now, by their roles."""
    state, latest = exercise.desk.state, exercise.team.latest
    last = latest[-1].by if latest else ""
    for person in sorted(players, key=lambda one: one != last):
        step = current_step(state, person, exercise.now)
        if step is not None:
            yield person, step


def froze(exercise: Exercise) -> timedelta:
    """How long the clock has stood still so far, the freeze that lasts included."""
    settings = exercise.desk.state.settings
    total = frozen_for(settings)
    last = settings[-1] if settings else None
    if last is not None and is_frozen(exercise.desk.state) and exercise.stage == "frozen":
        total += max(exercise.desk.wall() - last.wall, timedelta())
    return total
