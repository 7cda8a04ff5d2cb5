"""The rows that are never gone: what stands in them stands in its place, however long its neighbours are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.text import cells
from tests.tui.screen_table import SIZES, Seen, seat
from tui.locale import say

LONG = "Oluwaseun Chukwuemeka-Ngozi Abdurrahman von Hohenzollern zu Sigmaringen"


def long_name(book):
    people = tuple(replace(one, name=LONG) if one.id == "li" else one for one in book.site.people)
    return replace(book, site=replace(book.site, people=people))


@pytest.mark.requirement("E5")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_a_long_name_moves_neither_the_place_nor_the_state_of_the_record(language, size):
    async def script(seen: Seen):
        return seen.lines()[1]

    rows = []
    for alter in (None, long_name):
        with seat(alter=alter) as (at, run):
            at.do("entry", "entry.0", answer="yes")
            rows.append(run(script, language=language, size=size).rstrip())

    saved = say("record-saved", language)
    assert rows[1].endswith(saved)
    assert LONG[:10] in rows[1]
    assert LONG not in rows[1]
    place = say("place-of", language, number=1, total=28)
    assert [[cells(row[: row.index(word)]) for word in (saved, place)] for row in rows] == [
        [cells(rows[0][: rows[0].index(saved)]), 1]
    ] * 2


def test_where_only_seven_bits_are_shown_nobody_and_nothing_is_called_by_question_marks():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.join("zhao", "PWR")

        async def script(seen: Seen):
            pages = seen.text()
            await seen.keys("tab", "escape", "f8", "escape", "f9")
            return pages + seen.text()

        shown = run(script, language="en", ascii_only=True, size=(100, 30))

    assert "??" not in shown
    assert " li " in shown


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_an_entry_condition_that_does_not_hold_stands_in_the_header_as_long_as_the_run_goes_on(
    language, size
):
    async def script(seen: Seen):
        await seen.keys("tab")
        return seen.lines()[2]

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="no")
        row = run(script, language=language, size=size)
        words = at.desk.state.graph.runbook.entry[0].of(language)

    assert row.strip().startswith(say("entry-not-so-head", language, words=words))


def test_an_entry_condition_that_holds_says_nothing_in_the_header():
    async def script(seen: Seen):
        return seen.lines()[2]

    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        row = run(script)

    assert say("entry-not-so-head", "zh", words="")[:5] not in row
