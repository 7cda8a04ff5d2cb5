"""What other runs have to say: where it stands in lines and on the screen, and how it is forced."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from engine.acts import Given
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.events import ChildOpened, RunOpened
from engine.run import in_order
from engine.text import Text
from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import KINDS, Table, Typist, book_at, events, table
from tui import view
from tui.locale import say
from tui.logbook import Teller, titles_of
from tui.notices import Notices
from tui.session import Wish
from tui.verbs.forcing import kept_back, reason_to_force
from tui.verbs.home import start_list
from tui.view import Looking

ACROSS = KINDS.parent / "across"
"""A power loss that keeps a UPS plan back; a plan that shuts V-12, and two that open it."""

ALARM_ROW = -2


class Live(Typist):
    """Somebody sits there."""

    @property
    def is_live(self) -> bool:
        return True


def goes_on(at: Table, runbook: str) -> Desk:
    """A run of another plan, at another terminal of this store."""
    return Desk.open_run(at.store, opening_of(book_at(ACROSS), runbook, room="A1"), "zhao", at.around)


def done(desk: Desk, step: str) -> None:
    desk.do(next(one for one in desk.possible() if one.key == ("do", step)))


@contextmanager
def alarms_across(runbook: str, *, look: bool = True) -> Iterator[tuple[Table, Desk]]:
    """Li before the alarms, and another run that goes on."""
    with table(ACROSS, "alarms", "li") as at:
        other = goes_on(at, runbook)
        if look:
            at.do("do", "look")
        at.desk.settle()
        yield at, other


def said(at: Table, language: str, step: str) -> str:
    look = Looking(at.desk.state, at.desk.now(), language, "li", across=at.desk.across)
    return " ".join(view.step_lines(look, step))


# --- a plan that is kept back


@pytest.mark.requirement("E35")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_watch_whose_plan_is_kept_back_says_by_whom_and_is_forced_from_the_list_with_a_reason(
    language: str,
):
    with alarms_across("mains") as (at, mains):
        at.do("raise", "battery")
        label = at.label("force-child", "battery", language)

        listed = at.types("w", "0", language=language)
        at.types("0", label, "另一路市电", language=language)

        (opened,) = events(at, ChildOpened)
        assert say("kept-back-short", language, run=mains.run_id)[:18] in listed
        assert (opened.despite, opened.forced, opened.watch) == (mains.run_id, "另一路市电", "battery")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_step_that_runs_it_stands_behind_the_others_and_enter_does_not_open_it(language: str):
    with alarms_across("mains") as (at, mains):
        at.do("do", "shut")
        at.do("do", "tidy")

        seen = at.types("", language=language)

        assert at.desk.current() == "batteries"  # nothing else is left to do
        assert mains.run_id in said(at, language, "batteries")
        assert events(at, ChildOpened) == []
        assert (
            say("kept-back-by", language, title=mains.state.graph.runbook.title, run=mains.run_id)[:24]
            in seen
        )


def test_the_step_comes_back_in_front_when_the_other_run_has_ended():
    with alarms_across("mains") as (at, mains):
        at.do("do", "shut")
        before = at.desk.current()
        done(mains, "start")
        done(mains, "back")
        end = next(one for one in mains.possible() if one.verb == "end")
        mains.do(end)
        at.desk.settle()

        assert (before, at.desk.current()) == ("tidy", "batteries")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_start_list_of_line_mode_says_which_run_keeps_a_plan_back(language: str):
    with alarms_across("mains") as (at, mains):
        book = book_at(ACROSS)

        rows = dict(start_list(book, language, kept_back(at.store, book)))

        words = say("home-kept-back", language, title=mains.state.graph.runbook.title, run=mains.run_id)
        assert words in rows["ups"]
        assert not any(words in row for name, row in rows.items() if name != "ups")


def test_where_nobody_can_be_asked_it_takes_a_reason_on_the_command_line():
    with alarms_across("mains") as (at, mains):
        book, terminal = book_at(ACROSS), Typist()
        with pytest.raises(Refused) as refused:
            reason_to_force(terminal, at.store, book, "ups", None, "en")
        given = reason_to_force(terminal, at.store, book, "ups", "another feeder", "en")
        other = reason_to_force(terminal, at.store, book, "alarms", None, "en")
        terminal.close()

        sentence = refused.value.sentence("en")
        assert mains.run_id in sentence and "--reason" in sentence
        assert (given, other) == ((mains.run_id, "another feeder"), None)


def test_whoever_sits_there_is_asked_until_a_reason_is_typed():
    with alarms_across("mains") as (at, mains):
        terminal = Live(["", "另一路市电"])
        found = reason_to_force(terminal, at.store, book_at(ACROSS), "ups", None, "zh")
        terminal.close()

        assert found == (mains.run_id, "另一路市电")


@pytest.mark.requirement("E35")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_f9_the_plan_says_who_keeps_it_back_and_begins_with_a_reason_only(language: str):
    with alarms_across("mains") as (at, mains):
        session = session_at(at, book=book_at(ACROSS))

        async def script(seen: Seen):
            await seen.keys("f9")
            await seen.settle()
            row = next(line for line in seen.lines() if mains.run_id in line and line.split()[0].isdecimal())
            await seen.keys(row.split()[0], "enter")
            await seen.settle()
            await seen.keys("enter")  # the real run, named once more
            await seen.settle()
            asked = seen.text()
            await seen.keys("enter")
            await seen.settle()
            empty = len(at.store.runs())
            await seen.keys(*"B", "space", "7", "enter")
            await seen.settle()
            return asked, empty, seen.desk

        asked, empty, desk = drive(lambda: session, script, language=language)
        opened = at.store.entries(desk.run_id)[0].event

    assert say("home-force", language) in asked and mains.run_id in asked
    assert empty == 2
    assert isinstance(opened, RunOpened)
    assert (opened.runbook, opened.despite, opened.forced) == ("ups", mains.run_id, "B 7")


def test_the_reason_of_the_command_line_forces_nothing_but_the_plan_it_was_given_for():
    with alarms_across("mains") as (at, mains):
        session = session_at(at, book=book_at(ACROSS))
        session.wish = Wish(runbook="alarms", reason="this hall has another feeder")
        with pytest.raises(Refused) as refused:
            session.begin("ups", "A1", "li")
        session.wish = replace(session.wish, runbook="ups")
        opened = at.store.entries(session.begin("ups", "A1", "li").desk.run_id)[0].event

        assert isinstance(opened, RunOpened)
        assert (refused.value.id, opened.despite) == ("kept-back", mains.run_id)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_log_says_what_kept_it_back_and_why_it_was_opened_all_the_same(language: str):
    with alarms_across("mains") as (at, mains):
        at.do("raise", "battery")
        at.do("force-child", "battery", reason="B7")
        graph = at.desk.state.graph

        line = Teller(titles_of(graph.to_bytes()), language).line(in_order(at.entries())[-1])

        assert say("log-with-despite", language, value=mains.run_id) in line and "B7" in line


# --- steps that get in each other's way


@pytest.mark.requirement("E43")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_steps_of_a_conflict_are_named_at_the_step_and_in_the_alarm_row(language: str):
    with alarms_across("flush") as (at, flush):
        other, ours = flush.state.graph.steps["open"].text, at.desk.state.graph.steps["shut"].text

        card = said(at, language, "shut")
        (told,) = Notices(at.store, None).of(at.desk.state, across=at.desk.across)

        async def script(seen: Seen):
            await seen.looks()
            return seen.lines()

        lines = drive(lambda: session_at(at), script, language=language)

    facts = {"thing": Text("V-12", "V-12"), "step": ours, "other": other, "run": flush.run_id}
    assert flush.run_id in card and other.of(language) in card and "V-12" in card
    assert told.words(language) == say("across-to-switch", language, **facts)
    assert "V-12" in lines[ALARM_ROW] and flush.run_id in "".join(lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_line_mode_the_conflict_is_told_and_the_step_is_done_by_whoever_decides_so(language: str):
    with alarms_across("flush") as (at, flush):
        done(flush, "open")
        at.desk.settle()

        seen = at.types("", language=language)

        assert flush.run_id in seen
        assert at.desk.state.place("shut").name == "SETTLED"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_locked_for_a_life_is_not_done_by_enter_and_passed_by_two(language: str):
    with alarms_across("lock") as (at, lock):
        zhao_does(lock)
        at.desk.settle()

        seen = at.types("", language=language)

        verbs = {one.verb for one in at.desk.possible() if one.step == "shut"}
        override = next(one for one in at.desk.possible() if one.key == ("override", "shut"))
        assert lock.run_id in seen
        assert at.desk.state.place("shut").name == "OPEN"
        assert "do" not in verbs and "start" not in verbs
        assert [need.optional for need in override.needs if need.name == "second"] == [False]


def zhao_does(lock: Desk) -> None:
    """The safety step of the lock, by whoever did it."""
    act = next(one for one in lock.possible() if one.key == ("do", "open"))
    lock.do(act, Given(by="zhao"))
