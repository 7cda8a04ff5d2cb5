"""On the screen too a number belongs to one answer, and in a call to one person, as long as its step is in front."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.acts import Given
from engine.events import ContactTried
from engine.plan import Person
from tests.tui.screen_table import Seen, seat
from tui.screens.keys import Pressed


def with_a_second_commander(book):
    people = (*book.site.people, Person("qian", "钱伟", ("IC",), phone="13800000009"))
    return replace(book, site=replace(book.site, people=people))


@pytest.fixture
def calling():
    """A step that calls the commander; after the first person the plan calls the second."""
    with seat(alter=with_a_second_commander) as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


def people_called(seen: Seen) -> dict[int, str | None]:
    """Whom each number of the card calls; None: anybody else."""
    return {number: one.preset.get("person") for number, one in seen.walk.glass.choices}


async def in_front(seen: Seen) -> str:
    """The step that calls is in front and was read; who is to be called first."""
    seen.walk.put_in_front("reach")
    seen.walk.paint()
    seen.ticks.now += 2
    person = people_called(seen)[1]
    assert person is not None
    return person


async def others_try(at, seen: Seen, person: str) -> None:
    """At another terminal that person is called in vain, until the plan names the next."""
    while person in people_called(seen).values():
        desk = at.at("chen")
        act = next(one for one in desk.possible() if one.key == ("try", "reach"))
        desk.do(act, Given(person=person, channel="电话", outcome="no-answer"))
        await seen.looks()


def test_the_next_person_to_be_called_has_numbers_of_their_own(calling):
    at, run = calling

    async def script(seen: Seen):
        person = await in_front(seen)
        first = people_called(seen)
        await others_try(at, seen, person)
        return first, people_called(seen)

    first, then = run(script)

    taken = {number for number, person in first.items() if person is not None}
    assert {person for number, person in then.items() if number in taken} == set()
    assert {then[number] for number in first if number in then} == {None}


def test_a_number_that_was_typed_a_moment_late_says_nothing_of_anybody_else(calling):
    at, run = calling

    async def script(seen: Seen):
        person = await in_front(seen)
        await seen.keys("2")
        await others_try(at, seen, person)
        await seen.keys("enter", "enter")
        return person, seen.question

    person, question = run(script)

    tried = {one.event.person for one in at.entries() if isinstance(one.event, ContactTried)}
    assert (tried, question) == ({person}, None)


def test_a_number_of_two_digits_is_typed_digit_by_digit(calling):
    at, run = calling

    async def script(seen: Seen):
        await others_try(at, seen, await in_front(seen))
        answer = seen.walk.glass.choices[0][1]
        seen.walk.glass.choices = [(1, answer), (12, answer)]
        typed = []
        for digit in "1212":
            seen.walk.obey(Pressed(digit, digit))
            typed.append(seen.walk.glass.typed)
        return typed

    assert run(script) == ["1", "12", "1", "12"]
