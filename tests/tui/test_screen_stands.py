"""What holds of the screen whatever is open on it: clocks, alarms, goals, the mark of an exercise, notes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts import Given
from engine.events import NoteAdded, StepDone
from tests.tui.screen_table import SIZES, Seen, seat
from tui.locale import say

PANELS = {
    "step": (),
    "field": ("enter",),
    "acts": ("tab",),
    "steps": ("down",),
    "why": ("f7",),
    "looking": ("down", "enter"),
    "when": ("enter", "up"),
}


@pytest.fixture
def sitting():
    """Li before the run of the small book, its entry condition answered."""
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


def elsewhere(at, person, verb, **given):
    """Somebody does it at another terminal."""
    desk = at.at(person)
    act = next(one for one in desk.possible() if one.verb == verb)
    desk.do(act, Given(**given))


async def look_again(seen: Seen):
    await seen.looks()


# --- clocks


@pytest.mark.requirement("E40")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("panel", PANELS)
def test_local_time_with_its_zone_time_since_the_start_and_time_on_the_step_stand_in_their_places(
    sitting, panel, language
):
    at, run = sitting
    at.clock.move(at.clock.now + timedelta(minutes=3, seconds=20))
    at.do("note", text="x")

    async def script(seen: Seen):
        await seen.keys(*PANELS[panel])
        seen.walk.paint()
        before = seen.lines()
        at.clock.move(at.clock.now + timedelta(milliseconds=400))
        seen.walk.tick()
        return before, seen.lines()

    before, after = run(script, language=language)

    for lines in (before, after):
        assert lines[0].rstrip().endswith("T+00:03:20  14:03 +08")
        assert lines[6].rstrip().endswith(f"{say('screen-on-step', language)} {MINUTES_ON_STEP[language]}")


MINUTES_ON_STEP = {"zh": "3 分钟", "en": "3 min"}


# --- alarms and goals


@pytest.mark.requirement("E21")
@pytest.mark.requirement("E23")
@pytest.mark.parametrize("panel", PANELS)
def test_a_watch_that_comes_true_is_seen_at_once_and_takes_neither_focus_nor_what_was_typed(panel):
    async def script(seen: Seen):
        await seen.keys(*PANELS[panel])
        if seen.question is not None:
            await seen.keys("7")
        glass = seen.walk.glass
        before = (
            glass.panel,
            glass.question,
            glass.typed,
            glass.looking,
            seen.walk.current(),
            seen.lines()[7:9],
        )
        elsewhere(at, "li", "read", values={"inlet": "31.5"})
        await look_again(seen)
        after = (
            glass.panel,
            glass.question,
            glass.typed,
            glass.looking,
            seen.walk.current(),
            seen.lines()[7:9],
        )
        return before, after, seen.lines()

    with seat(person="chen") as (at, run):
        at.do("entry", "entry.0", answer="yes")
        before, after, lines = run(script, language="en")

    assert before == after
    assert lines[-2].startswith(" !! ")
    assert "cold aisle 31.5 C ALARM" in lines[2]


def test_a_step_of_theirs_that_a_watch_opens_leaves_the_open_field_and_what_stands_in_it(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter", "7")
        elsewhere(at, "chen", "read", values={"inlet": "31.5"})
        await look_again(seen)
        asked = seen.lines()
        await seen.types("")
        return seen.walk.glass.question, asked

    question, asked = run(script, language="en")

    assert "> 1  Look from the doorway" in "\n".join(asked)
    assert any("water depth (cm)" in line and line.rstrip().endswith("7") for line in asked)
    assert "drips" in question.prompt


# --- several people


@pytest.mark.requirement("E44")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_two_who_do_one_step_one_wins_and_the_other_sees_who_and_when_and_acts_on_nothing_unseen(
    sitting, language
):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "0", "drips": "no", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )
    at.do("answer", "source", answer="crac", deviation="看到滴水")

    async def script(seen: Seen):
        other = at.at("chen")
        act = next(one for one in other.possible() if one.key == ("do", "crac-off"))
        other.do(act, Given())
        await seen.keys("enter")
        shown = seen.text()
        await seen.keys("enter")
        return shown, seen.question

    shown, question = run(script, language=language)

    done = [one for one in at.entries() if isinstance(one.event, StepDone) and one.event.step == "crac-off"]
    assert [one.by for one in done] == ["chen"]
    assert "14:00:00 陈静" in shown
    assert say("screen-confirm", language, number=5)[:10] in shown
    assert question is None


# --- an exercise


@pytest.mark.requirement("E56")
@pytest.mark.parametrize(("kind", "word"), [("D", "DRILL"), ("H", "REHEARSAL")])
@pytest.mark.parametrize("size", SIZES)
def test_in_an_exercise_the_word_stands_at_both_ends_of_every_screen(kind, word, size):
    with seat(kind=kind) as (at, run):
        at.do("entry", "entry.0", answer="yes")

        async def script(seen: Seen):
            rows = []
            for keys in PANELS.values():
                await seen.keys(*keys)
                rows.append(seen.lines()[0])
                await seen.keys("escape", "escape")
            return rows

        rows = run(script, language="en", size=size)

    assert all(row.strip().startswith(word) for row in rows)
    assert all(word in row[-24:] for row in rows)


# --- notes


@pytest.mark.requirement("E49")
@pytest.mark.parametrize("panel", PANELS)
def test_a_note_is_one_key_away_is_anchored_to_the_step_and_leaves_everything_where_it_was(sitting, panel):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys(*PANELS[panel])
        step = seen.walk.current()
        await seen.keys("f3")
        await seen.types("水声变大")
        return step, seen.walk.current(), seen.question

    step, after, question = run(script)

    (note,) = [one.event for one in at.entries() if isinstance(one.event, NoteAdded)]
    assert (note.text, note.step) == ("水声变大", step)
    assert (after, question) == (step, None)
