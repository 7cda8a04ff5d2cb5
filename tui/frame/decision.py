"""A decision that is too long for its card: each answer in one line right under the question, what is known below.

Limits, sources and ages stand behind F7, where nothing is folded; line mode folds alike (`tui/view/turn.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from engine.state import StepState
from tui import view
from tui.frame.card import Card, act_rows, choice_rows, under_rows, warning_rows
from tui.frame.glass import Glass
from tui.view import Looking, Offer
from tui.view.weighed import brief_answer, weighed


def is_decision(look: Looking, glass: Glass, name: str | None) -> bool:
    """Whether somebody has to choose an answer of the step in front."""
    one = look.state.steps.get(name or "")
    return one is not None and one.step.kind == "ask" and glass.looking is None and bool(glass.choices)


def folded_card(look: Looking, glass: Glass, name: str, width: int, *, half: bool = False) -> Card:
    """The answers first, each with what it comes to; then every value that is known; `half`: answers are cut."""
    one = look.state.steps[name]
    brief = replace(glass, choices=list(_brief(look, glass, one, half=half)))
    choices = choice_rows(look, brief, width)[1:]  # without the empty row above them
    values = [row for line in weighed(look, one, width - 2) for row in under_rows(look, line, width)]
    head = 1 + (one.step.warn is not None)
    lines = view.step_lines(look, name, answers=False, detail=False)[head:]
    rest = [row for line in lines for row in under_rows(look, line, width)]
    return Card(warning_rows(look, name, width), act_rows(look, name, width), [*choices, *values, *rest])


def _brief(look: Looking, glass: Glass, one: StepState, *, half: bool) -> Iterator[tuple[int, Offer]]:
    answers = {answer.id: answer for answer in one.step.answers}
    for number, offer in glass.choices:
        answer = answers.get(str(offer.preset.get("answer")))
        label = offer.label if answer is None else brief_answer(look, one, answer, half=half)
        yield number, replace(offer, label=label)
