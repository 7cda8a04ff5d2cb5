"""Home: a number and Enter starts, words filter in both languages, nobody is chosen by Enter alone."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from engine.text import Text, cells
from tests.tui.screen_scenes import home_session
from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import KINDS, book_at, table
from tui.frame.home import TYPED_CELLS
from tui.frame.home_glass import Choice, HomeGlass
from tui.frame.home_rows import some_rows
from tui.locale import say
from tui.screens.home import HomeScreen
from tui.screens.walk import WalkScreen
from tui.session import Session, Wish
from tui.verbs.on_screen import Asked, rehearsed


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


@pytest.mark.parametrize(("language", "word"), [("zh", "开始实战"), ("en", "start it, REAL")])
def test_the_last_choice_before_a_real_run_says_that_it_begins_one(language, word):
    """Plan and room stand above the names; Enter on a name opens the incident, and is called so."""

    async def script(seen: Seen):
        await seen.keys("1", "enter")
        before = seen.text()
        await seen.keys("1")
        return before, seen.text(), seen.home.glass.stage

    before, shown, stage = at_home(script, language=language, wish=Wish(another=True))

    assert stage == "person" and word not in before
    assert f"Enter  {word}" in shown and {"zh": "样样都有", "en": "Every kind"}[language] in shown


@pytest.mark.parametrize("typed", ["试", "wants"])
def test_typing_filters_in_both_languages_and_one_row_left_needs_no_number(typed):
    async def script(seen: Seen):
        for sign in typed:
            await seen.keys(sign)
        await seen.keys("enter")
        await seen.settle()
        return isinstance(seen.app.screen, WalkScreen)

    assert at_home(script)


def test_what_fits_nothing_is_said_with_whom_to_call_first():
    async def script(seen: Seen):
        await seen.keys("鲸")
        return seen.text()

    shown = at_home(script)

    assert say("home-none-near", "zh", typed="鲸") in shown
    assert "120" in shown and "119" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_nothing_fits_and_whom_to_call_stand_on_one_row_of_80_cells(language):
    for word in ("home-none", "home-none-near"):
        assert cells("    " + say(word, language, typed="w" * TYPED_CELLS)) <= 80


@pytest.mark.parametrize(
    ("typed", "finds"),
    [("着火了", ["火灾"]), ("没电", ["停电"]), ("no power", ["停电"]), ("xyz", ["停电", "火灾"])],
)
def test_everyday_words_bring_the_nearest_and_never_an_empty_page(typed, finds):
    starts = [
        Choice("outage", Text("停电", "Outage"), (Text("市电没了", "mains power lost"),)),
        Choice("fire", Text("火灾", "Fire"), (Text("看到明火", "open flames"),)),
    ]
    glass = HomeGlass(starts=starts, typed=typed)

    assert [one.title.zh for one in glass.shown()] == finds
    assert glass.nothing_fits() and glass.picked() is None


def test_the_arrows_stay_among_what_fits():
    starts = [
        Choice(name, Text(title, title)) for name, title in (("a", "漏水"), ("b", "停电"), ("c", "冷水"))
    ]

    async def script(seen: Seen):
        screen = seen.app.screen
        assert isinstance(screen, HomeScreen)
        screen.glass.starts = starts
        await seen.keys("水", "down", "down")
        picked = screen.glass.picked()
        return screen.glass.typed, picked.name if picked is not None else ""

    assert at_home(script) == ("水", "c")


def test_the_plan_is_named_where_its_room_and_its_person_are_asked_for():
    async def script(seen: Seen):
        await seen.keys("1", "enter")
        return seen.lines()

    lines = at_home(script, wish=Wish(room="A1", another=True))

    assert any("样样都有" in line and say("home-person", "zh") in line for line in lines)


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


@pytest.mark.requirement("E57")
def test_in_a_rehearsal_f9_and_enter_open_the_real_run_of_what_was_rehearsed():
    with table(KINDS, "kinds", "li", kind="H") as at:
        session = session_at(at, book=book_at(KINDS))
        session.real = home_session

        async def script(seen: Seen):
            await seen.keys("f9")
            await seen.settle()
            shown = seen.text()
            await seen.keys("enter")
            await seen.settle()
            return shown, seen.desk, seen.text()

        shown, desk, walk = drive(lambda: session, script)
        rehearsed = at.entries()

    assert say("home-real", "zh") in shown
    assert (desk.state.kind, desk.state.graph.runbook.id) == ("R", "kinds")
    assert (desk.actor, desk.state.room) == ("li", "A1")
    assert say("kind-R", "zh") in walk
    assert all((one.run or "").startswith("H-") for one in rehearsed)


def test_f9_pressed_twice_in_a_rehearsal_opens_the_real_list_once():
    made = []
    with table(KINDS, "kinds", "li", kind="H") as at:
        session = session_at(at, book=book_at(KINDS))

        def real():
            made.append(home_session())
            return made[-1]

        session.real = real

        async def script(seen: Seen):
            seen.press("f9")
            seen.ticks.now += 1
            seen.press("f9")
            await seen.settle()
            await seen.keys("escape")
            await seen.settle()
            return isinstance(seen.app.screen, WalkScreen)

        back = drive(lambda: session, script)

    assert back
    assert len(made) == 1


@pytest.mark.requirement("E57")
def test_what_was_rehearsed_is_read_and_compiled_once_unless_its_files_have_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("MUSTER_STATE", str(tmp_path / "state"))
    folder = shutil.copytree(KINDS, tmp_path / "book")
    session = rehearsed("kinds", Asked(store=str(tmp_path / "muster.db"), book=str(folder)), "zh")
    assert session.real is not None

    with closing(session.store), closing((real := session.real()).store):
        assert list(real.compiled) == ["kinds"]
        state = real.begin("kinds", "A1", "li").desk.state
        assert (state.kind, state.graph.runbook.revision) == ("R", 1)

        (folder / "kinds.yaml").write_text(
            (folder / "kinds.yaml").read_text().replace("revision: 1", "revision: 2")
        )
        with closing((anew := session.real()).store):
            anew.wish.another = True
            assert anew.compiled == {}
            assert anew.begin("kinds", "A1", "li").desk.state.graph.runbook.revision == 2


@pytest.mark.parametrize(("typed", "then"), [("2", ("焦", "smoke")), ("7", ("焦7", None))])
def test_behind_words_the_digit_of_a_row_that_is_shown_marks_it_and_any_other_is_looked_for(typed, then):
    async def script(seen: Seen):
        seen.home.glass.starts = [*seen.home.glass.starts, Choice("tar", Text("焦油", "tar"))]
        await seen.keys("焦", typed)
        picked = seen.home.glass.picked()
        return seen.home.glass.typed, picked.name if picked is not None else None

    assert at_home(script) == then


def test_a_digit_that_goes_on_with_what_is_looked_for_is_a_part_of_it():
    starts = [Choice("a", Text("UPS1", "UPS1")), Choice("b", Text("UPS2", "UPS2"))]

    async def script(seen: Seen):
        seen.home.glass.starts = starts
        await seen.keys("u", "p", "s", "1")
        picked = seen.home.glass.picked()
        return seen.home.glass.typed, picked.name if picked is not None else ""

    assert at_home(script) == ("ups1", "a")


def test_a_patrol_stands_behind_the_emergencies_and_is_marked():
    session = home_session()
    book = session.book
    assert book is not None
    patrol = replace(book.runbooks[-1], id="round", hazard=None, patrol="daily", symptoms=())
    session.book = replace(book, runbooks=(*book.runbooks, patrol))

    assert [(one.name, one.kind) for one in session.starts()] == [
        ("kinds", "R"),
        ("smoke", "R"),
        ("round", "P"),
    ]


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


def test_an_id_typed_in_full_is_that_person_though_it_stands_in_the_words_of_others():
    people = [
        Choice("li", Text("李明", "Li Ming"), (Text("现场工程师", "on-site engineer"),)),
        Choice("chen", Text("陈芳", "Chen Fang"), (Text("客服热线", "hotline"),)),
    ]
    glass = HomeGlass(stage="person", starts=people, typed="li")

    assert len(glass.shown()) == 2
    assert glass.picked() == people[0]


def test_where_nothing_stands_at_its_right_a_title_takes_the_whole_row():
    long = Text("二楼东侧配电室、电池室和油机房", "switch room, battery room and engine hall, east")
    starts = (Choice("round", long, kind="P"), Choice("leak", long, words=(long,)))
    glass = HomeGlass(80, 24, starts=starts)
    rows = ["".join(span.text for span in row) for row in some_rows(glass, starts, "en", 10)]

    assert [long.en in row for row in rows[:2]] == [True, False]
    assert max(map(cells, rows)) <= 80
