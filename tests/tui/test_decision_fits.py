"""What somebody decides they can see: every value and every answer of every shipped decision fit 24 lines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts.of_steps import step_acts
from engine.text import cells, wrap
from tests.tui.table import SHIPPED, Table, table
from tests.tui.test_hold_fits import BOOK, COLUMNS, ROWS, value
from tui.frame.glass import Glass
from tui.frame.rows import Frame
from tui.frame.walk import walk_frame
from tui.view import Looking, Numbers, offers_of, turn_of, why_lines
from tui.view.numbers import answers_among
from tui.view.step import answer_line

ASKS = {rb.id: [step for step in rb.steps if step.kind == "ask"] for rb in BOOK.runbooks}
PLANS = [name for name, steps in ASKS.items() if steps]


def shown(at: Table, step, language: str) -> list[str]:
    """What line mode shows before it asks, with that decision in front."""
    look = Looking(at.desk.state, at.desk.now(), language, "li")
    own = step_acts(at.desk.state, at.desk.state.steps[step.id], at.desk.now())
    others = [act for act in at.desk.possible() if act.verb != "entry" and act.step is None]
    turn = turn_of(look, [*own, *others], step.id, width=COLUMNS - 2, height=ROWS)
    return [row for line in turn.lines for row in (wrap(line, COLUMNS) if cells(line) > COLUMNS else [line])]


def read_all(at: Table) -> None:
    for name, reading in at.desk.state.graph.readings.items():
        if reading.kind != "list":
            at.do("read", values={name: value(reading)})
    at.clock.move(at.clock.now + timedelta(minutes=3))
    at.desk.settle()


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("known", [False, True])
def test_every_decision_of_every_shipped_plan_fits_a_terminal_of_24_lines(plan, known):
    with table(SHIPPED, plan, "li") as at:
        if known:
            read_all(at)
        for step in ASKS[plan]:
            for language in ("zh", "en"):
                rows = shown(at, step, language)
                look = Looking(at.desk.state, at.desk.now(), language, "li")
                assert len(rows) <= ROWS, (step.id, "\n".join(rows))
                whole = "\n".join(why_lines(look, step.id))
                for answer in at.desk.state.steps[step.id].step.answers:
                    assert look.text(answer.says) in whole


@pytest.mark.parametrize(("language", "folded"), [("zh", "残余电流"), ("en", "residual current")])
def test_what_is_folded_of_a_decision_stands_whole_behind_the_question_mark(language, folded):
    with table(SHIPPED, "leak", "li") as at:
        read_all(at)
        look = Looking(at.desk.state, at.desk.now(), language, "li")
        whole = "\n".join(why_lines(look, "power"))
        step = at.desk.state.steps["power"].step

        assert folded in whole and "<= 300 mA" in whole
        assert "<= 300 mA" not in "\n".join(shown(at, step, language))


# --- the same on the screen


def on_screen(at: Table, step, language: str) -> tuple[Looking, Frame | None]:
    """The screen with that decision in front, in the smallest window that shows everything.

    Where two must decide, or values come first, Enter asks for them, and the card shows no answers.
    """
    look = Looking(at.desk.state, at.desk.now(), language, "li")
    own = list(step_acts(at.desk.state, at.desk.state.steps[step.id], at.desk.now()))
    glass, numbers = Glass(acts=own), Numbers(at.desk.state.graph)
    glass.choices = [(numbers.of(one), one) for one in answers_among(offers_of(look, own, step.id))]
    return look, walk_frame(look, glass, step.id, "") if glass.choices else None


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("known", [False, True])
def test_of_every_decision_the_first_page_of_the_card_holds_every_answer_and_what_it_comes_to(plan, known):
    with table(SHIPPED, plan, "li") as at:
        if known:
            read_all(at)
        for step in ASKS[plan]:
            for language in ("zh", "en"):
                look, frame = on_screen(at, step, language)
                if frame is None:
                    continue
                text = ["".join(span.text for span in row) for row in frame.rows]
                assert len(text) == 24 and max(map(cells, text)) <= COLUMNS
                one = at.desk.state.steps[step.id]
                for number, answer in enumerate(one.step.answers, start=1):
                    row = next((line for line in text if line.lstrip().startswith(f"{number}  ")), "")
                    assert row, "\n".join(text)
                    assert look.text(answer.says)[:8] in row
                    verdict = answer_line(look, one, answer).rpartition("   ")[2]
                    under = "".join(text[text.index(row) :][:2])
                    assert answer.when is None or verdict in under, (step.id, row)


CALLS = {rb.id: [step for step in rb.steps if step.kind == "contact"] for rb in BOOK.runbooks}


@pytest.mark.parametrize("plan", [name for name, steps in CALLS.items() if steps])
def test_every_outcome_of_a_call_stands_on_the_first_page(plan):
    with table(SHIPPED, plan, "li") as at:
        for step in CALLS[plan]:
            for language in ("zh", "en"):
                _, frame = on_screen(at, step, language)
                assert frame is not None
                assert frame.pages == 1, (
                    step.id,
                    "\n".join("".join(one.text for one in row) for row in frame.rows),
                )
