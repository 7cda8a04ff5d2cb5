"""F9: this run's watches behind a 0 and a digit, other plans under numbers that stay, never a real run by accident."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.events import WatchRaised
from engine.text import Text
from tests.tui.screen_scenes import home_session
from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import KINDS, book_at, table
from tui.frame.home import home_frame
from tui.frame.home_glass import Choice, HomeGlass, Incident
from tui.locale import say
from tui.screens.incident import watches_by_need
from tui.screens.walk import WalkScreen

ANYWHERE = [(), ("tab",), ("f7",), ("down",), ("enter",), ("f3", "x")]
"""Keys that lead to every panel, and into a field."""

SMELL = {"zh": "有焦糊味", "en": "a burning smell"}


@pytest.fixture
def sitting():
    """Li before the run of the small book, its entry condition answered; with the plan book beside it."""
    with table(KINDS, "kinds", "li") as at:
        at.do("entry", "entry.0", answer="yes")

        def run(script, **how):
            return drive(lambda: session_at(at, book=book_at(KINDS)), script, **how)

        yield at, run


def raised(at) -> list[str]:
    return [one.event.watch for one in at.entries() if isinstance(one.event, WatchRaised)]


def digit_of(seen: Seen, watch: str) -> str:
    glass = seen.home.glass
    return next(glass.label_of(one) for one in glass.watches() if one.name == watch)


# --- the watches of this run


@pytest.mark.parametrize("before", ANYWHERE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_anywhere_f9_a_0_and_a_digit_ask_whether_that_watch_is_raised(sitting, before, language):
    at, run = sitting

    async def script(seen: Seen):
        await seen.keys(*before, "f9")
        shown = seen.text()
        await seen.keys(*digit_of(seen, "smell"))
        asked = seen.text()
        await seen.types("1")
        return shown, asked

    shown, asked = run(script, language=language)

    assert SMELL[language] in shown
    assert say("raise-sure", language, watch=SMELL[language]) in asked
    assert raised(at) == ["smell"]


def test_whoever_raised_a_watch_is_not_asked_to_confirm_the_step_that_it_opens(sitting):
    at, run = sitting
    watch = next(name for name in watches_by_need(at.desk.state) if at.desk.state.graph.led[name])

    async def script(seen: Seen):
        await seen.keys("f9")
        await seen.keys(*digit_of(seen, watch))
        await seen.types("1")
        return seen.walk.current(), seen.walk.glass.unconfirmed

    step, unconfirmed = run(script)

    assert (watch in _before(at, step), unconfirmed) == (True, False)


def test_what_only_a_person_can_see_has_the_first_digits_and_keeps_them(sitting):
    at, _ = sitting
    state = at.desk.state
    before = watches_by_need(state)
    at.do("raise", before[0])

    watches = state.graph.watches
    assert [watches[name].when is not None for name in before] == sorted(
        watches[name].when is not None for name in before
    )
    assert watches_by_need(state) == before


@pytest.mark.parametrize(("again", "times"), [("2", 1), ("1", 2)])
def test_the_digit_of_a_watch_that_is_raised_asks_whether_it_happens_again(sitting, again, times):
    """Somebody else is in shock: it can be said by the same keys; whoever says no stands at the step it has opened."""
    at, run = sitting
    at.do("raise", "smell")

    async def script(seen: Seen):
        await seen.keys("f9")
        shown = seen.text()
        await seen.keys(*digit_of(seen, "smell"))
        asked = seen.text()
        await seen.types(again)
        return shown, asked, seen.walk.current(), seen.question

    shown, asked, step, question = run(script)

    row = next(line for line in shown.splitlines() if SMELL["zh"] in line)
    assert say("watch-raised", "zh", time="14:00:00") in row
    assert "又发生了" in asked and question is None
    opened = [name for name in at.desk.state.open_steps() if "smell" in _before(at, name)]
    assert step in opened or not opened
    assert raised(at) == ["smell"] * times


def _before(at, step):
    return {edge.earlier for edge in at.desk.state.graph.into[step]}


def test_watches_without_a_digit_are_one_key_away_in_the_list_on_tab(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f9", "tab")
        glass = seen.walk.glass
        assert glass.at is not None
        act = seen.walk.listed[glass.at].act
        return glass.panel, act.verb if act is not None else ""

    assert run(script) == ("acts", "raise")


def test_a_watch_is_found_by_its_words_too(sitting):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys("f9", "焦", "糊", "down", "enter")
        return seen.question

    assert run(script) is not None


# --- the facts are of this moment


def test_the_list_tells_of_this_moment_and_of_nothing_read_before_the_walk(sitting):
    at, run = sitting
    at.clock.move(at.clock.now + timedelta(minutes=7))

    async def script(seen: Seen):
        seen.session.runs_first = [Choice("R-OLD", Text("旧", "old"), goes_on=True)]
        await seen.keys("f9")
        return seen.home.glass.runs, seen.text()

    runs, shown = run(script)

    assert [one.name for one in runs] == [at.desk.run_id]
    assert "T+00:07" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_while_the_runs_are_still_being_read_nobody_is_told_that_nothing_falls_due(language):
    def row(reads: bool) -> str:
        glass = HomeGlass(over="emergency", incident=Incident(Text("", ""), Text("", "")), reads=reads)
        return "".join(span.text for span in home_frame(glass, language).rows[1]).strip()

    assert (row(True), row(False)) == ("", say("home-nothing-due", language))


@pytest.mark.requirement("E42")
def test_a_run_stands_in_the_list_at_the_step_where_the_person_is(sitting):
    at, run = sitting

    async def script(seen: Seen):
        graph = seen.desk.state.graph
        at.do("start", "cut")
        await seen.keys("f9")
        row = next(line for line in seen.text().splitlines() if "T+" in line)
        return row, graph.number["cut"], len(graph.steps)

    row, number, total = run(script)

    assert say("home-place", "zh", number=number, total=total) in row


# --- other plans


@pytest.mark.requirement("E8")
@pytest.mark.parametrize("before", ANYWHERE)
def test_from_anywhere_f9_shows_every_emergency_by_name_and_symptom_and_its_digit_names_what_begins(
    sitting, before
):
    _, run = sitting

    async def script(seen: Seen):
        await seen.keys(*before, "f9")
        shown = seen.text()
        await seen.keys("2")
        named, runs = seen.text(), len(seen.session.store.runs())
        await seen.keys("enter")
        return shown, named, runs, seen.desk

    shown, named, runs, desk = run(script)

    book = book_at(KINDS)
    assert all(
        one.title.zh in shown and one.symptoms[0].zh[:6] in shown for one in book.runbooks if one.hazard
    )
    assert say("home-sure", "zh") in named
    assert all(word in named for word in ("烟雾处置", "A1", "李明"))
    assert (runs, desk.state.graph.runbook.id, desk.actor) == (1, "smoke", "li")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_escape_from_what_is_about_to_begin_leads_back_and_nothing_was_opened(sitting, language):
    _, run = sitting

    async def script(seen: Seen):
        before = seen.text()
        await seen.keys("f9", "2", "escape")
        back = seen.home.glass.stage
        await seen.keys("escape")
        return before, back, seen.text(), len(seen.session.store.runs())

    before, back, after, runs = run(script, language=language)

    assert (back, runs) == ("home", 1)
    assert after == before


def test_no_digit_alone_begins_a_run(sitting):
    _, run = sitting

    async def script(seen: Seen):
        for digit in "123456789":
            await seen.keys("f9", digit)
            if not isinstance(seen.app.screen, WalkScreen):
                await seen.keys("escape")
            await seen.keys("escape")
        return len(seen.session.store.runs())

    assert run(script) == 1


def test_the_number_of_a_plan_is_the_same_at_home_and_on_f9_however_many_runs_go_on():
    starts = [Choice(name, Text(name, name)) for name in ("fire", "leak")]
    runs = [Choice(f"R-{at}", Text("x", "x"), goes_on=True) for at in range(3)]
    watch = Choice("smell", Text("y", "y"), kind="W")
    incident = Incident(Text("", ""), Text("", ""), (watch,))
    over = HomeGlass(starts=starts, runs=runs, over="emergency", incident=incident)
    homes = [HomeGlass(starts=starts, runs=runs[:count]) for count in range(4)]

    assert {home.label_of(one) for home in homes for one in starts} == {"1", "2"}
    assert [over.label_of(one) for one in (*starts, *runs)] == ["1", "2", "3", "4", "5"]
    assert over.label_of(watch) == "01"


# --- the run one came from


def test_the_run_one_came_from_is_named_in_the_second_and_f9_leads_back_to_its_step(sitting):
    _, run = sitting

    async def script(seen: Seen):
        seen.walk.put_in_front("gauge")
        first = seen.desk.run_id
        await seen.keys("f9", "2", "enter")
        second = seen.desk.run_id
        await seen.keys("f9")
        glass = seen.home.glass
        label = next(glass.label_of(one) for one in glass.runs if one.name == first)
        shown = seen.text()
        await seen.keys("escape", "f9", *label)
        return first, second, seen.desk.run_id, seen.walk.current(), shown, seen.text()

    first, second, back, step, shown, after = run(script)

    assert (back, step) == (first, "gauge")
    assert first != second
    assert "样样都有" in shown
    # A digit without its 0 may have been meant for a watch.
    assert say("screen-back-unreported", "zh") in after


def test_leaving_the_second_run_says_how_to_come_back_to_both(sitting, capsys):
    from tui.stage import _farewell

    _, run = sitting

    async def script(seen: Seen):
        first = seen.desk.run_id
        await seen.keys("f9", "2", "enter")
        second = seen.desk.run_id
        await seen.keys("f12")
        return first, second, seen.app.left, seen.app.beside, seen.session

    first, second, left, beside, session = run(script)
    _farewell(left, session, "zh", beside)
    said = capsys.readouterr().out

    assert [one.run for one in beside] == [first]
    assert say("left-beside", "zh") in said
    assert f"walk {first} --as li" in said and f"walk {second} --as li" in said


def test_leaving_a_run_that_was_opened_by_another_names_that_one_too(sitting):
    at, run = sitting
    steps = at.desk.state.graph.steps
    step = next(name for name, one in steps.items() if one.kind == "run" and not one.hand_over)

    async def script(seen: Seen):
        parent = seen.desk.run_id
        seen.walk.put_in_front(step)
        seen.walk.paint()
        await seen.keys("enter", every=2)
        child = seen.desk.run_id
        await seen.keys("f12")
        return parent, child, [one.run for one in seen.app.beside]

    parent, child, beside = run(script)

    assert (child != parent, beside) == (True, [parent])


# --- the keys and the page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
def test_the_way_back_is_named_after_the_run_and_stands_in_the_keys(sitting, language, size):
    _, run = sitting
    title = {"zh": "样样都有", "en": "Every kind"}[language]

    async def script(seen: Seen):
        await seen.keys("f9")
        return seen.lines()[-1]

    row = run(script, language=language, size=size)

    assert "Esc" in row and title in row and "F12" in row


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nine_watches_six_plans_and_two_runs_fit_on_24_rows(language):
    def many(count, kind="R", **known):
        title = Text("很长很长的一句话说明发生了什么事情", "a long sentence about something that happens")
        return [Choice(f"{kind}{at}", title, (title,), kind=kind, **known) for at in range(count)]

    incident = Incident(Text("漏水", "leak"), Text("A1", "A1"), tuple(many(9, "W")), more=19)
    runs = many(2, goes_on=True)
    glass = HomeGlass(starts=many(6), runs=[replace(one, name=f"R-{one.name}") for one in runs])
    glass.over, glass.incident = "emergency", incident
    rows = ["".join(span.text for span in row) for row in home_frame(glass, language).rows]

    assert len(rows) == 24
    labels = {word for row in rows for word in row.split() if word.isdecimal()}
    assert {f"0{digit}" for digit in range(1, 10)} <= labels
    assert {str(number) for number in range(1, 9)} <= labels
    assert any("Tab" in row for row in rows)


def test_for_the_real_thing_instead_of_a_rehearsal_a_digit_is_enough_and_no_watch_is_in_its_way():
    with table(KINDS, "kinds", "li", kind="H") as at:
        session = session_at(at, book=book_at(KINDS))
        session.real = home_session

        async def script(seen: Seen):
            await seen.keys("f9")
            await seen.settle()
            await seen.keys("2")
            await seen.settle()
            return seen.desk.state.kind, seen.desk.state.graph.runbook.id

        assert drive(lambda: session, script) == ("R", "smoke")
