"""What somebody signs they can see: title, warning, condition and choices of every shipped hold fit 24 lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.acts import Act
from engine.plan import Reading
from engine.text import cells, wrap
from tests.tui.table import SHIPPED, Table, book_at, table
from tui.frame.glass import Glass
from tui.frame.walk import walk_frame
from tui.locale import say
from tui.view import Looking, turn_of
from tui.view.judged import names_in

ROWS, COLUMNS = 22, 80
"""A terminal of 24 lines has one for the prompt and one below it."""

BOOK = book_at(SHIPPED)
HOLDS = {rb.id: [step for step in rb.steps if step.kind == "hold"] for rb in BOOK.runbooks}
PLANS = [name for name, holds in HOLDS.items() if holds]


def own_acts(step) -> Iterator[Act]:
    """What can be done at a hold that is open."""
    yield Act("sign", step.id, main=True)
    if step.refused is not None:
        yield Act("refuse", step.id)
    yield from (Act(verb, step.id) for verb in ("fail", "skip", "defer", "override"))


def title(at: Table, step, language: str) -> str:
    """With the values of the site in it."""
    return Looking(at.desk.state, at.desk.now(), language, "li").title(step.id)


def shown(at: Table, step, language: str) -> list[str]:
    """What line mode shows before it asks, with that hold in front."""
    look = Looking(at.desk.state, at.desk.now(), language, "li")
    others = [act for act in at.desk.possible() if act.verb != "entry" and act.step is None]
    turn = turn_of(look, [*own_acts(step), *others], step.id, width=COLUMNS - 2, height=ROWS)
    return [row for line in turn.lines for row in (wrap(line, COLUMNS) if cells(line) > COLUMNS else [line])]


def value(reading: Reading) -> str:
    """A value that may be believed, as long as it is said."""
    if reading.kind == "number":
        return format(reading.most if reading.most is not None else 3, "f")
    return {"yes-no": "yes", "time": "2026-11-22T05:55:00.000Z"}.get(reading.kind, "A1-07")


def read_all(at: Table) -> None:
    """Everything that a hold of the plan asks about was read a while ago."""
    known = at.desk.state.graph.readings
    asked = {
        name for step in HOLDS[at.desk.state.graph.runbook.id] for name in names_in(step.needs or "gap > 0")
    }
    for name in sorted(asked & known.keys()):
        at.do("read", values={name: value(known[name])})
    at.clock.move(at.clock.now + timedelta(minutes=3))
    at.desk.settle()


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("known", [False, True])
def test_every_hold_of_every_shipped_plan_fits_a_terminal_of_24_lines(plan, language, known):
    with table(SHIPPED, plan, "li") as at:
        if known:
            read_all(at)
        for step in HOLDS[plan]:
            rows = shown(at, step, language)
            text = "".join(row.strip() for row in rows)
            assert len(rows) <= ROWS, (step.id, "\n".join(rows))
            assert "".join(title(at, step, language).split()) in "".join(text.split())
            if step.never_alone:
                assert say("never-alone", language) in text


TWO_PAGES = {"re-entry"}
"""The gas test before somebody goes in again has nine conditions: who signs it stands on the second page."""


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("known", [False, True])
def test_on_the_screen_conditions_and_whoever_has_to_sign_stand_on_one_page(plan, known):
    """Where a hold needs more than its card, the steps that come give way, then where values come from."""
    with table(SHIPPED, plan, "li") as at:
        if known:
            read_all(at)
        for step in HOLDS[plan]:
            for language in ("zh", "en"):
                look = Looking(at.desk.state, at.desk.now(), language, "li")
                frame = walk_frame(look, Glass(acts=list(own_acts(step))), step.id, "")
                rows = ["".join(span.text for span in row) for row in frame.rows]
                assert len(rows) == 24 and max(map(cells, rows)) <= COLUMNS
                if step.id in TWO_PAGES:
                    continue
                assert frame.pages == 1, (step.id, "\n".join(rows))
                words = [say(word, language, roles="\0", count="\0") for word in ("signs", "signs-some")]
                assert any(one.partition("\0")[0].rstrip("：: ")[:4] in "".join(rows) for one in words)
