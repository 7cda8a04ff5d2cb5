"""The list on Tab: in groups, with numbers that stay, narrowed by what is typed; nothing by force on its first page."""

from __future__ import annotations

import pytest

from engine.events import WatchRaised
from tests.tui.screen_table import Seen, seat
from tests.tui.table import SHIPPED
from tui.locale import say
from tui.view.grouped import RARE, SHOWN

LANGUAGES = ("zh", "en")


@pytest.fixture
def sitting():
    with seat() as (at, run):
        at.do("entry", "entry.0", answer="yes")
        yield at, run


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_groups_follow_one_another_and_are_named(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        groups = [one.group for one in seen.walk.glass.listed]
        pages = ""
        for _ in range(seen.walk._pages):
            pages += seen.text()
            await seen.keys("space")
        return groups, pages

    groups, pages = run(script, language=language)

    assert groups == sorted(groups, key=SHOWN.index)
    assert set(groups) >= {"step", "watches", "others", "people", "run"}
    assert all(say(f"group-{name}", language) in pages for name in groups)


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_what_passes_or_ends_by_force_is_not_on_the_first_page(sitting, size):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        size = -(-len(seen.walk.glass.listed) // seen.walk._pages)
        return [one.offer.act.verb for one in seen.walk.glass.listed[:size] if one.offer.act is not None]

    assert not set(run(script, size=size)) & set(RARE)


def test_watches_people_and_the_run_keep_their_numbers_from_step_to_step():
    with seat("leak", SHIPPED) as (at, run):

        async def script(seen: Seen):
            found = []
            for step in (at.desk.current(), *at.desk.state.open_steps()[1:3]):
                seen.walk.put_in_front(step)
                await seen.keys("tab")
                lines = seen.walk.glass.listed
                found.append(
                    {
                        one.offer.key: one.number
                        for one in lines
                        if one.group in ("watches", "people") and one.offer.act is not None
                    }
                )
                await seen.keys("escape")
            return found

        first, *others = run(script)

    assert len(first) > 8
    for other in others:
        assert {key: number for key, number in other.items() if key in first} == first


def test_no_number_stands_for_two_rows():
    with seat("leak", SHIPPED) as (_, run):

        async def script(seen: Seen):
            await seen.keys("tab")
            return [number for number, _ in seen.walk.by_number()]

        numbers = run(script)

    assert len(numbers) == len(set(numbers)) >= 30


@pytest.mark.parametrize(("language", "typed"), [("zh", "触电"), ("en", "shock")])
def test_some_words_find_the_watch_for_somebody_in_shock_and_enter_takes_it(language, typed):
    with seat("leak", SHIPPED) as (at, run):

        async def script(seen: Seen):
            await seen.keys("tab", *typed)
            found = [
                one.offer.act.step
                for one in seen.walk.glass.listed
                if one.group == "watches" and one.offer.act is not None
            ]
            shown = seen.text()
            number = next(one.number for one in seen.walk.glass.listed if one.group == "watches")
            await seen.keys(*str(number), "enter")
            await seen.types("1")
            return found, shown

        found, shown = run(script, language=language)
        raised = [one.event.watch for one in at.entries() if isinstance(one.event, WatchRaised)]

    assert raised == found[:1] != []
    assert typed in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_nothing_matches_is_said_and_erased_again(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        before = len(seen.walk.glass.listed)
        await seen.keys("q", "z", "q", "z")
        said, left = seen.text(), len(seen.walk.glass.listed)
        await seen.keys(*["backspace"] * 4)
        return before, said, left, len(seen.walk.glass.listed)

    before, said, left, after = run(script, language=language, size=(140, 40))

    assert say("screen-none-found", language, words="qzqz") in said
    assert (left, after) == (0, before)


def test_a_letter_that_is_a_shortcut_elsewhere_only_seeks_in_the_list(sitting):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab", "x", "n", "enter")
        return seen.walk.glass.panel, seen.question

    before = len(at.entries())

    assert run(script) == ("acts", None)
    assert len(at.entries()) == before


def test_words_that_were_looked_for_hide_nothing_when_the_list_is_opened_again(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("tab")
        every = seen.walk.by_number()
        await seen.keys("焦", "糊", "f7", "tab")
        return every, seen.walk.by_number()

    every, again = run(script)

    assert [number for number, _ in again] == [number for number, _ in every]
