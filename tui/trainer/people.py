"""Moves about people: who signs in and out, and who evaluates."""

from __future__ import annotations

from collections.abc import Sequence

from drill.evaluation import EVALUATOR, LEAD, METHODS
from drill.exercise import Exercise
from engine.events import RoleTaken
from tui.trainer.board import Board
from tui.trainer.move import Ask, Given, Move

EVERYBODY = "*"
"""Everybody who sits at a terminal now."""


def signing(board: Board) -> list[Move]:
    """The sign-in sheet: whoever has not signed yet can, and whoever has can go."""
    away = [one.person for one in board.sheet if one.signed is None]
    here = [one.person for one in board.sheet if one.signed is not None and one.left is None]
    return [*([sign_in_move(board, away)] if away else []), *([_sign_out(here)] if here else [])]


def sign_in_move(board: Board, away: Sequence[str]) -> Move:
    """Who is here, how we know, and whom they came for."""
    at_terminals = [one for one in away if one in board.players]
    people = tuple((one, f"person:{one}") for one in away)
    asked = Ask(
        "person",
        "ask-sign-in",
        ((EVERYBODY, "sign-everybody"), *people) if at_terminals else people,
        EVERYBODY if at_terminals else None,
    )

    def one_of_them(given: Given) -> bool:
        return given.get("person") != EVERYBODY

    how = Ask("method", "ask-sign-how", tuple((one, f"sign-{one}") for one in METHODS), needed=one_of_them)
    instead = Ask("instead", "ask-sign-instead", default="", needed=one_of_them)

    def do(exercise: Exercise, given: Given) -> object:
        if given["person"] == EVERYBODY:
            return [exercise.sign_in(one, METHODS[0]) for one in at_terminals]
        return exercise.sign_in(given["person"], given["method"], given["instead"])

    return Move("sign-in", do, (asked, how, instead))


def _sign_out(here: Sequence[str]) -> Move:
    who = Ask("person", "ask-sign-out", tuple((one, f"person:{one}") for one in here))
    return Move("sign-out", lambda one, given: one.sign_out(given["person"]), (who,))


def staff_move(exercise: Exercise) -> Move:
    """Who evaluates, and who leads them; never somebody who plays."""
    roles = ((EVALUATOR, "staff-EVALUATOR"), (LEAD, "staff-LEAD"))
    playing = {person for _, person in exercise.scenario.people}
    people: Sequence[str] = [one for one in exercise.desk.state.graph.people if one not in playing]
    asks = (
        Ask("role", "ask-staff", roles),
        Ask("person", "ask-staff-who", tuple((one, f"person:{one}") for one in people)),
    )

    def do(drill: Exercise, given: Given) -> object:
        return drill.appoint(RoleTaken(given["role"], given["person"]))

    return Move("staff", do, asks)
