"""What was done earlier, or stands on paper, is entered with its own time: one key from any field of an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.events import ReadingTaken, StepDone
from engine.plan import Book
from engine.sentences import SENTENCES
from tests.tui.screen_table import Seen, seat
from tui.locale import say
from tui.screens.doing import DONE_EARLIER


@pytest.fixture
def sitting():
    """Li before the run of the small book, ten minutes after it was opened."""
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.clock.move(at.clock.now + timedelta(minutes=10))
        yield at, run


def last(at, kind):
    return [one for one in at.entries() if isinstance(one.event, kind)][-1]


@pytest.mark.requirement("E41")
@pytest.mark.requirement("E53")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_value_entry_one_key_leads_to_the_time_and_back_to_what_was_typed(sitting, language):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter", "3", "up")
        asked = seen.text()
        await seen.types("14:04 paper")
        back = seen.text(), seen.walk.glass.typed
        for value in ("", "1", "软管", ""):
            await seen.types(value)
        return asked, back

    asked, (shown, typed) = run(script, language=language)

    assert say("need-when", language)[:8] in asked
    assert typed == "3"
    assert f"14:04:00  {say('basis-paper', language)}" in shown
    for kind in (ReadingTaken, StepDone):
        entry = last(at, kind)
        assert entry.event.basis == "paper"
        assert entry.at == at.clock.now - timedelta(minutes=6)
        assert entry.recorded_at > entry.at


def test_a_time_that_is_none_or_lies_ahead_is_asked_again_and_nothing_is_recorded(sitting):
    at, run = sitting
    before = len(at.entries())

    async def script(seen: Seen):
        await seen.keys("enter", "up")
        await seen.types("明天")
        wrong = seen.text()
        await seen.types("14:20:30")
        before_the_run = seen.text()
        await seen.types("2026-11-22T14:20")
        return wrong, before_the_run, seen.text()

    wrong, early, ahead = run(script)

    assert say("not-a-moment", "zh", typed="明天") in wrong
    assert SENTENCES["before-the-run"].zh in early
    assert SENTENCES["in-the-future"].zh in ahead
    assert len(at.entries()) == before


def test_escape_leaves_the_time_for_the_field_and_f2_asks_it_in_the_other_language(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("enter", "3", "up", "9", "escape")
        back = seen.question, seen.walk.glass.typed
        await seen.keys("up", "f2")
        return back, seen.question, seen.walk.glass.typed

    (first, typed), after, still = run(script)

    assert "积水深度" in first.prompt
    assert "depth" in after.prompt
    assert (typed, still) == ("3", "3")


def test_a_step_that_asks_for_nothing_is_entered_late_from_the_list(sitting):
    at, run = sitting
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T06:00:00.000Z"},
    )
    at.clock.move(at.clock.now + timedelta(minutes=5))
    at.do("answer", "source", answer="crac", deviation="看到滴水")
    at.clock.move(at.clock.now + timedelta(minutes=5))

    async def script(seen: Seen):
        await seen.keys("tab")
        number = next(n for n, one in seen.walk.by_number() if one.act and one.act.verb == DONE_EARLIER)
        await seen.keys(*str(number), "enter")
        await seen.types("2m")

    run(script)

    entry = last(at, StepDone)
    assert entry.event.step == "crac-off"
    assert entry.at == at.clock.now - timedelta(minutes=2)


def in_the_room(book: Book) -> Book:
    """Who sheds load has got everybody out, and the gate lets them in again; to look is done inside."""
    kinds, *others = sorted(book.runbooks, key=lambda one: one.id != "kinds")
    steps = tuple(
        replace(one, inside=one.id == "look", withdraw="gate" if one.id == "shed" else None)
        for one in kinds.steps
    )
    return replace(book, runbooks=(replace(kinds, steps=steps), *others))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_done_inside_before_everybody_went_out_is_asked_for_its_time_first(language):
    with seat(alter=in_the_room) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.clock.move(at.clock.now + timedelta(minutes=10))
        at.do("raise", "hot")
        at.clock.move(at.clock.now + timedelta(minutes=5))

        async def script(seen: Seen):
            await seen.keys("tab")
            number = next(n for n, one in seen.walk.by_number() if one.act and one.act.key == ("do", "look"))
            await seen.keys(*str(number), "enter")
            asked = seen.text()
            for typed in ("8m", "3", "1", "软管", ""):
                await seen.types(typed)
            return asked

        asked = run(script, language=language)

        entry = last(at, StepDone)
        assert {"zh": "起全员在外", "en": "Everybody is out since"}[language] in asked
        assert (entry.event.step, entry.at) == ("look", at.clock.now - timedelta(minutes=8))
