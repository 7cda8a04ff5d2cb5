"""The card says a thing once, is grey only where it says something, and keeps red and amber for what needs them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.screen_table import SIZES, Seen, seat
from tests.tui.table import SHIPPED
from tests.tui.test_signing_screen import before_the_permit, in_front
from tui.frame.card import step_card
from tui.frame.glass import Glass
from tui.frame.rows import Row
from tui.locale import say
from tui.view import Looking, step_lines, why_lines

LANGUAGES = ("zh", "en")


def grounds(rows: tuple[Row, ...]) -> list[tuple[bool, bool]]:
    """Of each row, whether it stands on the ground of the card, and whether it says anything."""
    return [
        (any(span.style.endswith("@card") for span in row), any(span.text.strip() for span in row))
        for row in rows
    ]


@pytest.mark.parametrize("size", SIZES)
def test_the_grey_ground_ends_with_the_text_of_the_card(size):
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")

        async def script(seen: Seen):
            step = grounds(seen.walk._drawn().rows)
            await seen.keys("enter")
            return step, grounds(seen.walk._drawn().rows)

        for rows in run(script, size=size):
            grey = [at for at, (ground, _) in enumerate(rows) if ground]
            assert grey == list(range(grey[0], grey[-1] + 1))
            assert rows[grey[-1]][1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_hold_asks_is_said_once_with_its_value(language):
    with before_the_permit() as (at, run):

        async def script(seen: Seen):
            await in_front(seen)
            return seen.lines()

        card = run(script, language=language)[3:]
        label = next(one.label for one in at.desk.state.graph.runbook.readings if one.id == "depth").of(
            language
        )

    assert len([line for line in card if f"{label} < 5 cm" in line]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calm_card_has_neither_red_nor_amber_but_what_is_not_known(language):
    with before_the_permit() as (at, _):
        look = Looking(at.desk.state, at.desk.now(), language, "li", live=True)
        known = step_card(look, Glass(), "permit", 80)
        styles = {span.style for row in [*known.act, *known.under] for span in row}
        at.clock.move(at.clock.now + timedelta(hours=9))
        later = Looking(at.desk.state, at.desk.now(), language, "li", live=True)
        unknown = {span.style for row in step_card(later, Glass(), "permit", 80).under for span in row}

    assert not {style for style in styles if style.startswith(("red", "amber", "green"))}
    assert "red" not in unknown


@pytest.mark.parametrize("language", LANGUAGES)
def test_alternatives_that_are_folded_are_shown_whole_under_why(language):
    with seat("leak", SHIPPED) as (at, _):
        look = Looking(at.desk.state, at.desk.now(), language, "li")
        folded, whole = step_lines(look, "return-permit"), why_lines(look, "return-permit")
        said = say("shows-all", language)
        proofs = [look.title(name) for name in ("lock-prove", "lock-reprove", "lock-higher-prove")]

    assert any(said in line for line in folded)
    assert all(any(proof in line for line in whole) for proof in proofs)
    assert not all(any(proof in line for line in folded) for proof in proofs)
