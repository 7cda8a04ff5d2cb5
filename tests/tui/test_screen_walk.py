"""The walk screen, driven by keys: what is recorded, what is seen, and what a key never does."""

from __future__ import annotations

import pytest
from textual import events as events_of_terminal

from engine.events import AnswerGiven, NoteAdded, ReadingTaken, StepDone, StepOverridden, WarningShown
from tests.tui.screen_table import SIZES, Seen, put_in_front
from tests.tui.table import events
from tui.locale import WORDS, say
from tui.screens.doing import DONE_BY

# --- keys in, entries out


@pytest.mark.requirement("E1")
def test_a_step_is_done_by_enter_and_its_values_and_the_next_one_is_in_front(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        for value in ("2", "1", "软管", ""):
            await seen.types(value)
        return seen.text()

    shown = run(script)

    assert [(one.reading, one.value) for one in events(at, ReadingTaken)][:3] == [
        ("depth", "2"),
        ("drips", "yes"),
        ("cause", "软管"),
    ]
    assert [one.step for one in events(at, StepDone)] == ["look"]
    assert "[x]  1  站在门口看" in shown
    assert "> 2  水从哪里来" in shown


@pytest.mark.requirement("E10")
def test_the_warning_stands_directly_above_the_act_at_every_size(sitting):
    _, run = sitting

    async def script(seen: Seen):
        return seen.lines()

    for size in SIZES:
        lines = run(script, size=size)
        warned = next(row for row, line in enumerate(lines) if "积水可能带电" in line)
        acted = next(row for row, line in enumerate(lines) if "> 1  站在门口看" in line)
        assert acted == warned + 1


def test_enter_alone_never_decides_and_a_digit_with_enter_does(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )

    async def script(seen: Seen):
        await seen.keys("enter")
        said = seen.text()
        await seen.keys("1", "enter")
        return said

    said = run(script)

    assert say("screen-digit", "zh") in said
    assert [(one.step, one.answer) for one in events(at, AnswerGiven)][1:] == [("source", "crac")]


def test_a_wide_digit_of_an_input_method_is_a_digit(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )

    async def script(seen: Seen):
        await seen.keys("２", "enter")

    run(script)

    assert [one.answer for one in events(at, AnswerGiven)][1:] == ["pipe"]


def test_a_key_that_is_held_down_counts_once(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "0", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )
    at.do("answer", "source", answer="crac", deviation="看到滴水")

    async def script(seen: Seen):
        await seen.keys(*["enter"] * 30, every=0.03)

    run(script)

    assert [one.step for one in events(at, StepDone)] == ["look", "crac-off"]


def test_two_equal_digits_typed_fast_are_one_number(sitting):
    """A number is typed as fast as one can; 8 for 88 would be another act."""
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        await seen.keys("2", "2", every=0.05)
        return seen.walk.glass.typed

    assert run(script) == "22"


def test_a_held_enter_does_not_run_through_the_fields(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys(*["enter"] * 30, every=0.03)
        return seen.question

    question = run(script)

    assert question is not None
    assert "积水深度" in question.prompt


# --- a field is open


def test_in_a_field_digits_space_and_letters_belong_to_it(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("f3")
        await seen.types("q m 9 漏")
        return seen.text()

    run(script)

    assert [one.text for one in events(at, NoteAdded)] == ["q m 9 漏"]


def test_escape_closes_a_field_says_what_was_recorded_and_keeps_what_was_typed(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        await seen.types("2")
        await seen.types("1")
        await seen.keys("软", "管", "escape")
        closed = seen.text()
        await seen.keys("enter")
        first = seen.question
        await seen.keys("enter")
        return closed, first, seen.walk.glass.typed

    closed, first, typed = run(script)

    assert say("screen-kept-part", "zh")[:30] in closed
    assert events(at, StepDone) == []
    assert first is not None
    assert "积水深度 2 cm" in "".join(first.lines)
    assert typed == "软管"


def test_escape_at_the_first_field_says_that_nothing_was_recorded(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("enter", "7", "escape")
        return seen.text()

    assert say("screen-kept", "zh") in run(script)
    assert len(at.entries()) == before


def test_tab_and_function_keys_work_while_a_field_is_open(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter", "1", "tab")
        panel = seen.walk.glass.panel
        await seen.keys("escape", "enter", "f7")
        return panel, seen.walk.glass.panel

    assert run(script) == ("acts", "why")


def test_a_paste_goes_into_the_field_as_one_clean_line_and_does_nothing_else(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        walk = seen.walk
        walk.on_paste(events_of_terminal.Paste("1\r\n2\n"))
        shut = walk.glass.typed
        await seen.keys("f3")
        walk.on_paste(events_of_terminal.Paste("漏水\x1b[2J\r第二行"))  # an end of line as terminals paste it
        return shut, walk.glass.typed

    assert run(script) == ("", "漏水<001B>[2J 第二行")
    assert len(at.entries()) == before


def test_a_refusal_is_said_under_the_card_and_the_typed_values_are_proposed_again(sitting):
    at, run = sitting
    at.join("zhao", "PWR")

    async def script(seen: Seen):
        await put_in_front(seen, "valve")
        await seen.keys("enter")
        await seen.types("1")
        await seen.types("1")
        await seen.types("0.2")
        await seen.types("V-99")
        refused = seen.text()
        await seen.keys("enter", "enter", "enter")
        question = seen.question
        return refused, question

    refused, question = run(script)

    assert "V-99" in refused
    assert events(at, StepDone) == []
    assert [one.kind for one in events(at, NoteAdded)] == ["mismatch"]
    assert question is not None
    assert "0.2" in "".join(question.lines)


def test_a_step_can_be_noted_as_done_by_somebody_else(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        rows = [
            index for index, one in seen.walk.by_number() if one.act is not None and one.act.verb == DONE_BY
        ]
        await seen.keys(*str(rows[0]), "enter")
        await seen.types("")
        still = seen.question
        await seen.types("王强")
        for value in ("2", "1", "软管", ""):
            await seen.types(value)
        return still

    assert run(script) is not None
    assert [entry.by for entry in at.entries() if isinstance(entry.event, StepDone)] == ["wang"]


# --- words


def test_every_word_of_the_screens_is_said_in_both_languages():
    from tui.locale.screen import SCREEN

    assert all(text.zh and text.en for text in SCREEN.values())
    assert set(SCREEN) <= set(WORDS)


def test_overriding_a_step_by_the_list_asks_for_its_reason(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        number = next(
            index
            for index, one in seen.walk.by_number()
            if one.act is not None and one.act.key == ("override", "look")
        )
        await seen.keys(*str(number), "enter")
        await seen.types("没有必要")
        while seen.question is not None:
            await seen.types("")
        return seen.text()

    run(script)

    assert [one.reason for one in events(at, StepOverridden)] == ["没有必要"]


def test_a_warning_is_recorded_as_shown_when_its_step_is_done(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter")
        for value in ("2", "1", "软管", ""):
            await seen.types(value)

    run(script)

    assert [one.step for one in events(at, WarningShown)] == ["look"]


def test_a_question_that_is_asked_again_says_why_and_still_shows_what_can_be_chosen(sitting):
    at, run = sitting
    at.join("zhao", "PWR")

    async def script(seen: Seen):
        seen.walk.put_in_front("permit")
        await seen.keys("enter", "enter")
        return seen.text()

    shown = run(script, language="en")

    assert say("must-say", "en") in shown
    assert "1  I sign: 李明  on-site engineer" in shown
    assert "2  赵刚  power engineer" in shown
