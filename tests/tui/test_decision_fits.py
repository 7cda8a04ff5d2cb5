"""What somebody decides they can see: every value and every answer of every shipped decision fit 24 lines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts.of_steps import step_acts
from engine.text import cells, wrap
from tests.tui.table import SHIPPED, Table, table
from tests.tui.test_hold_fits import BOOK, COLUMNS, ROWS, value
from tui.view import Looking, turn_of, why_lines

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
