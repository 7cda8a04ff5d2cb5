"""Home as a board: what goes on, how far and with whom, what is overdue; numbers stay and texts are whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from drill.rehearsal import HandClock
from engine.desk import Desk
from engine.errors import RecordTrouble
from engine.text import Text
from tests.tui.screen_scenes import home_session
from tests.tui.screen_table import Seen, drive
from tests.tui.table import KINDS, SHIPPED, START, opening_at, table
from tui.board import Board
from tui.chosen import Chosen
from tui.frame.home import home_frame
from tui.frame.home_glass import Choice, HomeGlass
from tui.locale import say
from tui.session import Session
from tui.upkeep import Upkeep
from tui.verbs.seating import run_words

# --- the board of what is open


def due(minutes, title):
    return Text(title, title), START + timedelta(minutes=minutes)


def run_of(name, **known):
    return Choice(
        name, Text(name, name), (Text("A1 机房", "room A1"),), goes_on=True, opened_at=START, **known
    )


def board(*runs, size=(80, 24), language="en"):
    columns, lines = size
    glass = HomeGlass(columns, lines, now=START, runs=runs)
    return ["".join(span.text for span in row).rstrip() for row in home_frame(glass, language).rows]


@pytest.mark.requirement("E42")
@pytest.mark.parametrize(("language", "late", "next_"), [("en", "OVERDUE 4 min  inform", "in 9 min  arrive")])
def test_under_a_run_stands_what_is_overdue_and_what_is_due_next_in_how_many_minutes(language, late, next_):
    rows = board(run_of("leak", late=(due(-4, "inform"),), due=due(8.5, "arrive")), language=language)

    at = next(row for row, line in enumerate(rows) if "leak" in line)
    assert late in rows[at + 1]
    assert next_ in rows[at + 1]
    assert rows[1].strip() == "1 OVERDUE   in 9 min  arrive"


def test_a_drill_on_the_board_is_marked_in_words_and_owes_nothing_above():
    rows = board(run_of("fire", kind="D", late=(due(-4, "inform"),)))

    assert any("DRILL" in line and "fire" in line for line in rows)
    assert rows[1].strip() == say("home-nothing-due", "en")


def test_the_runs_stand_with_what_is_overdue_first_then_by_severity_and_drills_last():
    session = home_session(runs=2)
    clock = session.around.now
    assert isinstance(clock, HandClock)
    opening = replace(opening_at(KINDS, "kinds"), room="A1", kind="D")
    Desk.open_run(session.store, opening, "li", session.around)
    smoke = session.begin("smoke", "A1", "li").desk

    def seen():
        return [(one.kind, bool(one.late), one.level) for one in session.open_runs()]

    assert seen() == [("R", True, "II"), ("R", True, None), ("R", False, None), ("D", False, None)]
    assert smoke.run_id in {one.name for one in session.open_runs()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_somebody_in_danger_stands_before_what_is_overdue_and_their_run_before_all_others(language):
    """A person in shock in the younger run: named under it at 80 columns, found by these words, and first."""
    session = home_session(book=SHIPPED)
    session.begin("outage", "A1", "li")
    desk = session.begin("leak", "A1", "li").desk
    shock = next(name for name, one in desk.state.graph.watches.items() if "触电" in one.title.zh)
    desk.do(next(act for act in desk.possible() if act.key == ("raise", shock)))
    clock = session.around.now
    assert isinstance(clock, HandClock)
    clock.move(START + timedelta(hours=2))
    listed = session.open_runs()

    assert [one.grave is not None for one in listed] == [True, False]
    word = {"zh": "触电", "en": "shock"}[language]
    assert [one.fits(word) for one in listed] == [True, False]
    glass = HomeGlass(80, 24, now=session.around.now(), runs=listed)
    rows = ["".join(span.text for span in row) for row in home_frame(glass, language).rows]
    under = next(row for row in rows if "!!" in row)
    assert word in under and say("home-late", language, what="", length="").split()[0] in under


# --- numbers that stay, texts that are whole


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_number_that_is_typed_changes_no_text(language):
    words = (Text("别的", "other"), Text("3 楼", "floor 3"))
    starts = [Choice(f"p{at}", Text("预案", "a plan"), words) for at in range(4)]
    glass = HomeGlass(starts=starts)
    before = home_frame(glass, language).rows[2:-2]
    glass.typed = "3"
    after = home_frame(glass, language).rows[2:-2]

    def said(rows):
        return ["".join(span.text for span in row).replace("=>", "  ") for row in rows]

    assert said(after) == said(before)


@pytest.mark.parametrize("size", [(140, 40), (200, 60)])
def test_no_title_is_cut_while_the_row_has_room(size):
    title = "Communication network failure of everybody"
    late_title = "Reach the incident commander of this site, and say where"
    run = run_of("R-1", late=(due(-4, late_title),), due=due(9, "arrive"))
    columns, lines = size
    glass = HomeGlass(columns, lines, now=START, starts=[Choice("net", Text(title, title))], runs=[run])
    shown = "\n".join("".join(span.text for span in row) for row in home_frame(glass, "en").rows)

    assert title in shown
    assert f"OVERDUE 4 min  {late_title}" in shown


@pytest.mark.parametrize("columns", [80, 120])
def test_how_far_a_run_has_come_is_said_whole_and_names_give_way(columns):
    where = Text("第 119/171 步", "step 119/171")
    run = replace(run_of("机房漏水应急处置"), people="王强 李明 赵刚", everybody="王强  李明  赵刚")
    run = replace(run, words=(Text("A1 机房", "room A1"), where), step=Text("读冷通道", "read"))
    rows = board(run, size=(columns, 30), language="zh")

    row = next(row for row in rows if "机房漏水" in row)
    assert where.zh in row and "王强" in row and "T+00:00" in row


def test_on_a_wide_screen_the_board_says_what_is_being_done_and_names_everybody():
    run = replace(run_of("leak"), step=Text("抽水", "pump out"), everybody="wang-qiang  li-ming")
    wide, narrow = (board(run, size=(columns, 30)) for columns in (140, 80))

    assert any("pump out" in row and "wang-qiang  li-ming" in row for row in wide)
    assert not any("pump out" in row for row in narrow)


# --- what patrols owe


def patrols_of(session: Session, *days: int) -> Session:
    """The same book with a daily patrol, walked so many days ago."""
    from drill.rehearsal import HandClock

    book, clock = session.book, session.around.now
    assert book is not None and isinstance(clock, HandClock)
    smoke = book.runbook("smoke")
    assert smoke is not None
    title = Text("每日巡检", "Daily patrol")
    patrol = replace(smoke, id="round", hazard=None, patrol="daily", title=title)
    session.book = replace(book, runbooks=(*book.runbooks, patrol))
    for day in days:
        session.begin("round", "A1", "li")
        clock.move(clock.now + timedelta(days=day))
    return session


@pytest.mark.parametrize(("days", "late"), [((), []), ((0,), []), ((2,), ["round"])])
def test_a_patrol_is_overdue_when_its_time_has_passed_since_it_was_walked(days, late):
    session = patrols_of(home_session(), *days)

    assert [one.en for one in session.upkeep().patrols] == [{"round": "Daily patrol"}[name] for name in late]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_home_says_which_patrols_are_overdue_and_how_many_findings_are_open(language):
    async def script(seen: Seen):
        seen.home._upkeep_came(Upkeep(seen.session.upkeep().patrols, 3))
        return seen.text()

    shown = drive(lambda: patrols_of(home_session(), 2), script, language=language)

    name = {"zh": "每日巡检", "en": "Daily patrol"}[language]
    assert say("home-patrols-late", language, count=1, names=name) in shown
    assert say("home-findings", language, count=3) in shown


# --- seven bits


def test_in_seven_bits_whoever_takes_part_is_called_by_their_id_everywhere():
    async def script(seen: Seen):
        home = seen.text()
        await seen.keys("enter")
        back = seen.text()
        await seen.resize(140, 40)
        return home, back, seen.text()

    shown = drive(lambda: home_session(runs=1), script, language="en", ascii_only=True)

    assert [page for page in shown if "??" in page] == []
    assert all("li" in page.split() for page in shown)
    assert all(page.isascii() for page in shown)


class Unreadable:
    """A store in which every plan was changed."""

    def __init__(self, store):
        self._store = store

    def text(self, digest):
        raise RecordTrouble("text-changed", digest=digest)

    def __getattr__(self, name):
        return getattr(self._store, name)


def unreadable(store) -> Any:
    """The same store to whoever asks it for anything but a plan."""
    return Unreadable(store)


def test_a_run_whose_plan_was_changed_in_the_record_stands_in_both_lists_by_its_name():
    with table(KINDS, "kinds", "li") as at:
        store = unreadable(at.store)
        (shown,) = Board(store, "li", Chosen(None)).open_runs(at.desk.now())
        (row,) = store.runs()

        assert (shown.name, shown.title.en) == (at.desk.run_id, "kinds")
        assert at.desk.run_id in run_words(store, row, "en")
