"""Questions that are asked in a test, and who types the answers."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from tests.tui.table import Table
from tui.asking import Asking, Question, Questions, Taken
from tui.asking.fields import Listed
from tui.view import Looking

LISTED = Listed(("1", "2"), in_rows=False, is_command=lambda typed: typed == "m")


def looking(at: Table, language: str = "zh") -> Looking:
    return Looking(at.desk.state, at.desk.now(), language, "li")


def drive(
    asking: Generator[Any, str, Any], *typed: str, taken: list[Taken] | None = None
) -> tuple[Any, list[Question]]:
    """The answer, and every question that was asked; one typed line for each of them.

    What is to be written at once comes into `taken`.
    """
    asked: list[Question] = []
    lines = list(typed)
    try:
        question = next(asking)
        while True:
            if isinstance(question, Taken):
                if taken is not None:
                    taken.append(question)
                question = asking.send("")
                continue
            asked.append(question)
            question = asking.send(lines.pop(0))
    except StopIteration as done:
        assert lines == []
        return done.value, asked


def questions(at: Table, language: str = "zh") -> Questions:
    return Questions(looking(at, language), lambda person: person == "zhao", lambda data: "", lambda act: "")


def ask(at: Table, verb: str, step: str | None = None) -> Asking:
    act = next(one for one in at.desk.possible() if one.key == (verb, step))
    return questions(at).ask_for(act)
