"""Home: a number and Enter starts, words filter in both languages, nobody is chosen by Enter alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.text import Text
from tests.tui.screen_scenes import home_session
from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import KINDS, book_at, table
from tui.frame.home import Choice, HomeGlass
from tui.locale import say
from tui.screens.home import HomeScreen
from tui.screens.walk import WalkScreen
from tui.session import Session, Wish


def at_home(script, **given):
    how = {name: given.pop(name) for name in ("language", "size") if name in given}
    return drive(lambda: home_session(**given), script, **how)


def test_the_symptom_stands_beside_its_runbook_in_the_start_list():
    async def script(seen: Seen):
        return seen.lines()

    lines = at_home(script)

    row = next(line for line in lines if "样样都有" in line)
    assert "想试一试" in row
    assert row.split()[0] == "1"


def test_a_number_and_enter_start_a_run():
    async def script(seen: Seen):
        await seen.keys("1", "enter")
        await seen.settle()
        return seen.desk.state.graph.runbook.id, seen.desk.actor, seen.desk.state.room

    assert at_home(script) == ("kinds", "li", "A1")


@pytest.mark.parametrize("typed", ["试", "wants"])
def test_typing_filters_in_both_languages_and_one_row_left_needs_no_number(typed):
    async def script(seen: Seen):
        for sign in typed:
            await seen.keys(sign)
        await seen.keys("enter")
        await seen.settle()
        return isinstance(seen.app.screen, WalkScreen)

    assert at_home(script)


def test_what_fits_nothing_is_said():
    async def script(seen: Seen):
        await seen.keys("火")
        return seen.text()

    assert say("home-none", "zh", typed="火") in at_home(script)


def test_enter_alone_starts_nothing():
    async def script(seen: Seen):
        await seen.keys("enter")
        return seen.text(), seen.session.store.runs()

    shown, runs = at_home(script)

    assert say("screen-digit", "zh") in shown
    assert runs == []


def test_who_sits_here_is_chosen_by_number_and_never_by_enter_alone():
    async def script(seen: Seen):
        await seen.keys("1", "enter")
        people = seen.home.glass.stage, [one.name for one in seen.home.glass.shown()]
        await seen.keys("enter")
        still = seen.home.glass.stage
        await seen.keys("2", "enter")
        await seen.settle()
        return people, still, seen.desk.actor

    (stage, names), still, actor = at_home(script, wish=Wish())

    assert stage == still == "person"
    assert actor == names[1]


def test_the_room_is_asked_by_number_where_a_site_has_several():
    def two_rooms() -> Session:
        session = home_session()
        book = session.book
        assert book is not None
        rooms = (*book.site.rooms, replace(book.site.rooms[0], id="B9"))
        session.book = replace(book, site=replace(book.site, rooms=rooms))
        return session

    async def script(seen: Seen):
        await seen.keys("1", "enter")
        stage = seen.home.glass.stage
        await seen.keys("enter")
        still = seen.home.glass.stage
        await seen.keys("1", "enter")
        await seen.settle()
        return stage, still, seen.desk.state.room

    assert drive(two_rooms, script) == ("room", "room", "A1")


def test_open_runs_stand_first_the_gravest_on_top():
    async def script(seen: Seen):
        return [one.level for one in seen.home.glass.shown() if one.goes_on], seen.text()

    levels, shown = at_home(script, runs=2)

    assert levels == ["II", None]
    assert shown.index(say("home-open", "zh")) < shown.index(say("home-start", "zh"))


def test_enter_on_home_goes_back_to_the_gravest_open_run_and_the_first_key_there_confirms():
    async def script(seen: Seen):
        run = seen.home.glass.shown()[0].name
        await seen.keys("enter")
        await seen.settle()
        return run, seen.desk.run_id, seen.walk.glass.unconfirmed, seen.walk.glass.last

    run, here, unconfirmed, last = at_home(script, runs=1)

    assert run == here
    assert unconfirmed
    assert last


def test_escape_goes_one_stage_back():
    async def script(seen: Seen):
        await seen.keys("1", "enter")
        stage = seen.home.glass.stage
        await seen.keys("escape")
        return stage, seen.home.glass.stage

    assert at_home(script, wish=Wish()) == ("person", "home")


def test_f9_on_a_run_opens_the_start_list_and_escape_returns_to_the_exact_step():
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")

        async def script(seen: Seen):
            before = seen.text()
            await seen.keys("f9")
            over = isinstance(seen.app.screen, HomeScreen), seen.text()
            await seen.keys("escape")
            await seen.settle()
            return before, over, seen.text()

        before, (is_home, shown), after = drive(lambda: session_at(at, book=book_at(KINDS)), script)

    assert is_home
    assert say("home-emergency", "zh") in shown
    assert after == before


def test_f9_in_a_rehearsal_leads_to_the_real_event():
    with table(KINDS, "kinds", "li", kind="H") as at:
        session = session_at(at, book=book_at(KINDS))
        session.real = home_session

        async def script(seen: Seen):
            await seen.keys("f9")
            await seen.settle()
            shown = seen.text()
            await seen.keys("1", "enter", "1", "enter")
            await seen.settle()
            return shown, seen.desk.state.kind, seen.text()

        shown, kind, walk = drive(lambda: session, script)

    assert say("home-real", "zh") in shown
    assert kind == "R"
    assert say("kind-R", "zh") in walk


def test_f2_changes_the_language_of_home():
    async def script(seen: Seen):
        await seen.keys("f2")
        return seen.text()

    assert "Every kind" in at_home(script)


def test_the_screen_of_a_run_that_somebody_named_comes_without_home():
    async def script(seen: Seen):
        await seen.settle()
        return isinstance(seen.app.screen, WalkScreen)

    assert at_home(script, wish=Wish(runbook="kinds", room="A1", person="li"))


def test_a_choice_is_found_by_its_words_in_either_language_and_by_wide_letters():
    choice = Choice("leak", Text("漏水", "Water leak"), (Text("漏水绳报警", "leak rope alarm"),))
    glass = HomeGlass(starts=[choice, Choice("fire", Text("火灾", "Fire"))])

    for typed in ("绳", "ROPE", "ｒｏｐｅ", "leak"):
        glass.typed = typed
        assert glass.shown() == [choice]
