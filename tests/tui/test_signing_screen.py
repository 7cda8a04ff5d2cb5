"""Whoever signs at the screen sees what they sign: condition, value, age and verdict; and needs few keys for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.events import SignedOff
from engine.people import set_pin
from engine.plan import Book
from tests.engine.records import entropy
from tests.tui.screen_table import SIZES, Seen, seat
from tests.tui.table import PIN
from tui.locale import say

LANGUAGES = ("zh", "en")
NEEDS = "depth < 5 and inlet < 40"


def with_needs(book: Book) -> Book:
    """The small book, whose permit is signed only where two readings speak for it."""

    def altered(steps):
        return tuple(replace(one, needs=NEEDS) if one.id == "permit" else one for one in steps)

    return replace(book, runbooks=tuple(replace(one, steps=altered(one.steps)) for one in book.runbooks))


@contextmanager
def before_the_permit():
    """Li before a hold whose readings were taken three minutes ago."""
    with seat(alter=with_needs) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        at.do("read", values={"depth": "2"})
        at.do("read", values={"inlet": "22"})
        at.join("zhao", "PWR")
        at.clock.move(at.clock.now + timedelta(minutes=3))
        yield at, run


async def in_front(seen: Seen) -> None:
    seen.walk.put_in_front("permit")
    await seen.keys("f4")


def signed(at) -> list[tuple[str, str, str]]:
    events = [one.event for one in at.entries() if isinstance(one.event, SignedOff)]
    return [(one.person, one.role, one.strength) for one in events]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_condition_its_values_their_age_and_the_verdict_stand_above_every_question(language, size):
    """In one row each, above the field, at every question of both signatures."""
    with before_the_permit() as (at, run):

        async def script(seen: Seen):
            await in_front(seen)
            await seen.keys("enter")
            rows = [seen.lines()]
            await seen.keys("2", "enter")
            rows.append(seen.lines())
            return rows, seen.question

        shown, question = run(script, language=language, size=size)
        labels = [
            one.label.of(language)
            for one in at.desk.state.graph.runbook.readings
            if one.id in ("depth", "inlet")
        ]

    assert question is not None
    for lines in shown:
        card = lines[3:]
        for label, value in zip(labels, ("2 cm", "22 C"), strict=True):
            row = next(
                line for line in card if label in line and value in line and say("met", language) in line
            )
            assert say("age", language, age="")[:1].strip() in row
            assert any(minutes in row for minutes in ("3 分钟前", "3 min ago"))


def test_one_key_and_enter_sign_with_ones_own_name_and_two_of_each_with_the_voice_of_another():
    """Enter, 1, Enter; then Enter, the other's number, Enter, how they were heard, Enter: seven keys and one."""
    with before_the_permit() as (at, run):

        async def script(seen: Seen):
            await in_front(seen)
            mine = ("enter", "1", "enter")
            theirs = ("enter", "1", "enter", "1", "enter")
            await seen.keys(*mine)
            await seen.keys(*theirs)
            return len(mine) + len(theirs)

        keys = run(script)
        found = signed(at)

    assert found == [("li", "ENG", "own-device"), ("zhao", "PWR", "voice")]
    assert keys == 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_ones_own_name_is_the_first_choice_and_still_enter_alone_signs_for_nobody(language):
    with before_the_permit() as (at, run):

        async def script(seen: Seen):
            await in_front(seen)
            await seen.keys("enter")
            shown = seen.text()
            await seen.keys("enter", "enter", "enter")
            return shown

        shown = run(script, language=language)
        name = at.desk.state.people["li"]
        found = signed(at)

    assert f"1  {say('signs-me', language, name=name)}" in shown
    assert found == []


def test_with_a_pin_here_both_ways_of_signing_oneself_have_a_number():
    with before_the_permit() as (at, run):
        set_pin(at.store, "li", PIN, entropy(3))

        async def script(seen: Seen):
            await in_front(seen)
            await seen.keys("enter", "2", "enter")
            hidden = seen.question is not None and seen.question.hidden
            await seen.types(PIN)
            return hidden

        assert run(script)
        assert signed(at) == [("li", "ENG", "pin")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_signs_is_found_by_name_and_going_back_proposes_no_name(language):
    with before_the_permit() as (at, run):

        async def script(seen: Seen):
            await in_front(seen)
            await seen.keys("enter")
            await seen.types("zhao")
            assert seen.question is not None
            how = seen.question.key
            await seen.keys("up")
            assert seen.question is not None
            return how, seen.question.key, seen.walk.glass.typed

        assert run(script, language=language) == ("strength", "person", "")
        assert signed(at) == []
