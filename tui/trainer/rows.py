"""What can be chosen on the console now: it follows the stage of the drill."""

from __future__ import annotations

from typing import NamedTuple

from drill.exercise import Exercise
from tui.trainer.board import Board


class Pick(NamedTuple):
    """A row that can be chosen."""

    kind: str
    """notice, begin, gap-still, gap-on, inject, write, expectation, objective, restore, evaluated, closed."""
    key: str = ""


def picks_of(exercise: Exercise, board: Board) -> list[Pick]:
    """Every row that can be chosen, from the top."""
    if board.gap is not None and board.holds_trainer:
        return [Pick("gap-still"), Pick("gap-on")]
    if not board.begun:
        return [*(Pick("notice", one.who.zh) for one in exercise.scenario.notify), Pick("begin")]
    if not board.over:
        injects = [one.inject.id for one in [*board.scripted, *board.free]]
        return [*(Pick("inject", one) for one in injects), Pick("write")]
    return [
        *(Pick("expectation", one.expectation.id) for one in board.findings),
        *(Pick("objective", one.objective.id) for one in board.ratings),
        *([Pick("evaluated")] if board.stage == "ended" else []),
        *(Pick("restore", line) for line in exercise.restore_lines),
        *([Pick("closed")] if board.stage != "closed" else []),
    ]


def first_pick(exercise: Exercise, board: Board, picks: list[Pick]) -> int:
    """Where the cursor stands when nobody has moved it: what waits for a choice, else what comes next."""
    wanted = _wanted(exercise, board)
    return next((index for index, one in enumerate(picks) if one in wanted), len(picks) - 1)


def _wanted(exercise: Exercise, board: Board) -> set[Pick]:
    if board.gap is not None and board.holds_trainer:
        return {Pick("gap-still")}
    if not board.begun:
        untold = [one for one in exercise.must_know if one not in board.told]
        return {Pick("notice", untold[0]) if untold else Pick("begin")}
    if not board.over:
        late, coming = board.late, board.next_line(board.now)
        first = late[0] if late else coming
        return {Pick("inject", first.inject.id)} if first is not None else set()
    if board.stage == "ended":
        open_ones = [one.expectation.id for one in board.findings if one.finding.outcome == "open"]
        unrated = [
            one.objective.id for one in board.ratings if one.given is None and one.proposed is not None
        ]
        found = [
            *(Pick("expectation", one) for one in open_ones),
            *(Pick("objective", one) for one in unrated),
        ]
        return {found[0]} if found else {Pick("evaluated")}
    unrestored = [one for one in exercise.restore_lines if one not in board.restored]
    return {Pick("restore", unrestored[0]) if unrestored else Pick("closed")}
