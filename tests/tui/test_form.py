"""A form of several fields: which one is open, what was given before it, and the way back; at screen and in lines."""

from __future__ import annotations

import pytest

from engine.events import ReadingTaken, StepDone
from tests.tui.screen_table import Seen, seat
from tests.tui.table import KINDS, SHIPPED, table
from tui.asking.answers import Question
from tui.locale import say

LANGUAGES = ("zh", "en")


def asked(seen: Seen) -> Question:
    """The question that stands there."""
    assert seen.question is not None
    return seen.question


@pytest.fixture
def sitting():
    """Li before the run of the small book, its entry condition answered; the step in front has four fields."""
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


def taken(at) -> list[tuple[str, str]]:
    events = [one.event for one in at.entries() if isinstance(one.event, ReadingTaken)]
    return [(one.reading, one.value) for one in events]


def row_of(seen: Seen, words: str) -> int:
    return next((row for row, line in enumerate(seen.lines()) if words in line), -1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_a_field_says_which_of_how_many_it_is_and_what_was_given_stands_above_it(sitting, language, size):
    at, run = sitting
    depth = next(one.label for one in at.desk.state.graph.runbook.readings if one.id == "depth").of(language)

    async def script(seen: Seen):
        await seen.keys("enter")
        first = row_of(seen, say("screen-field", language, field=1, fields=4))
        await seen.types("2")
        await seen.types("1")
        question = seen.question
        assert question is not None
        place = row_of(seen, say("screen-field", language, field=3, fields=4))
        return first, place, seen.lines()[place], row_of(seen, question.prompt.strip().removesuffix(" >"))

    first, place, row, open_field = run(script, language=language, size=size)

    assert first > 0
    assert 0 < place < open_field
    assert f"{depth} 2 cm" in row


@pytest.mark.parametrize("language", LANGUAGES)
def test_up_goes_back_to_the_field_before_and_what_was_typed_there_and_here_is_kept(sitting, language):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("2")
        await seen.types("1")
        for sign in "hose":
            await seen.keys(sign)
        named = f"Up {say('key-before', language)}" in seen.lines()[-1]
        await seen.keys("up")
        there = asked(seen).key, seen.walk.glass.typed
        await seen.keys("up")
        first = asked(seen).key, seen.walk.glass.typed
        await seen.keys("backspace", "5", "enter")
        await seen.keys("enter")
        return named, there, first, (asked(seen).key, seen.walk.glass.typed)

    named, there, first, back = run(script, language=language)

    assert named
    assert [there, first, back] == [("drips", "1"), ("depth", "2"), ("cause", "hose")]
    assert taken(at) == [("depth", "2"), ("drips", "yes"), ("depth", "5")]  # what was not changed stands once


def test_up_at_the_first_field_still_asks_when_it_was_done(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("2")
        await seen.keys("up", "up")
        return asked(seen).key

    assert run(script) == "when"


def test_escape_keeps_every_field_and_the_half_one(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("2")
        await seen.types("1")
        await seen.keys("h", "o", "escape", "enter")
        while seen.question is not None and asked(seen).key != "cause":
            await seen.keys("enter")
        return seen.walk.glass.typed

    assert run(script) == "ho"
    assert [name for name, _ in taken(at)] == ["depth", "drips"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_in_the_middle_of_a_form_though_values_were_written(sitting, language):
    at, run = sitting
    other = {"zh": "en", "en": "zh"}[language]
    cause = next(one.label for one in at.desk.state.graph.runbook.readings if one.id == "cause")

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("2")
        await seen.types("1")
        await seen.keys("h", "f2")
        return asked(seen).prompt, seen.walk.glass.typed

    prompt, typed = run(script, language=language)

    assert cause.of(other) in prompt
    assert typed == "h"
    assert taken(at) == [("depth", "2"), ("drips", "yes")]


def test_a_list_goes_back_item_by_item(sitting):
    _, run = sitting

    async def script(seen: Seen):
        seen.walk.put_in_front("each-one")
        await seen.keys("enter")
        await seen.types("A1")
        await seen.types("B2")
        await seen.keys("up", "backspace", "9", "enter")
        return asked(seen).so_far

    assert [item.strip("+ ") for item in run(script)][1:] == ["A1", "B9"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_shows_that_its_text_goes_on_at_the_left_and_one_key_empties_it(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f3")
        await seen.keys(*("abcdefghij" * 12), every=0.05)
        long = next(line for line in seen.lines() if "hij" in line)
        await seen.keys("ctrl+u")
        return long, seen.walk.glass.typed

    long, typed = run(script, language=language)

    assert "  ..a" not in long and any(word.startswith("..") for word in long.split())
    assert typed == ""


@pytest.mark.parametrize(("language", "back"), [("zh", "上一项"), ("en", "back")])
def test_in_lines_a_word_leads_back_to_the_question_before(language, back):
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        seen = at.types("1", "2", back, "3", "1", "hose", "", language=language)

        assert taken(at)[:3] == [("depth", "2"), ("depth", "3"), ("drips", "yes")]
        assert [one.event.step for one in at.entries() if isinstance(one.event, StepDone)] == ["look"]
    assert say("typed-before", language, typed="2") in seen
    assert back in say("help", language)


def test_in_lines_there_is_no_way_back_behind_what_cannot_be_undone():
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")
        seen = at.types("1", "back", "2")

    assert say("no-way-back", "zh") in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_somebody_took_the_role_the_fields_behind_can_still_be_gone_back_to(language):
    with seat("leak", SHIPPED) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        takes = {"zh": "从现在起", "en": "from now on"}[language]

        async def script(seen: Seen):
            await seen.keys("enter")
            row = next(line for line in asked(seen).lines if takes in line)
            await seen.types(row.split()[0])
            await seen.types("")
            first = asked(seen).key
            await seen.types("Z3")
            await seen.types("")
            second = asked(seen).key
            await seen.keys("4", "up")
            back = asked(seen).key, seen.walk.glass.typed
            while asked(seen).key != second:
                await seen.keys("enter")
            again = seen.walk.glass.typed
            await seen.keys("escape")
            return first, second, back, again, seen.text()

        first, second, back, again, shown = run(script, language=language)

    assert first != second
    assert back[0] == first
    assert again == "4"
    assert say("screen-kept-part", language)[:12] in shown


def test_a_number_that_one_comes_back_to_gives_way_to_the_next_one_typed(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("3")
        await seen.keys("up", "5", "enter")
        return asked(seen).key

    assert run(script) == "drips"
    assert taken(at)[-1] == ("depth", "5")


def test_words_that_one_comes_back_to_are_gone_on_with(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        for said in ("2", "1", "hose"):
            await seen.types(said)
        await seen.keys("up", "s")
        return seen.walk.glass.typed

    assert run(script) == "hoses"
