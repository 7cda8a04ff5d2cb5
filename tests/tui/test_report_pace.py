"""The after-action view: time per step against the plan, late and suspicious check-offs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts import Given
from engine.desk import Desk, Surroundings, opening_of
from engine.events import StepOverridden
from engine.journal import Moment
from engine.report.sections import Table, Timeline
from tests import stores
from tests.engine.records import entropy
from tests.tui.past import report_of_run
from tests.tui.table import SITE, START, book_at
from tui.locale import say
from tui.reports.checkoffs import MANY, TOGETHER

PLAN = """\
runbook: round
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 一圈, en: round}
roles: {ENG: {zh: 工程师, en: engineer}}
steps:
""" + "".join(
    f"  - {{id: s{number}, lane: l{number}, after: [], do: {{zh: 第{number}件, en: thing {number}}},"
    " role: ENG, takes: 1/2/4}\n"
    for number in range(1, 9)
)  # fmt: skip


class Hand:
    """A run and a clock: each act is done some seconds after the one before."""

    def __init__(self, folder) -> None:
        (folder / "site.yaml").write_text(SITE, "utf-8")
        (folder / "round.yaml").write_text(PLAN, "utf-8")
        self.now = START
        self.store = stores.memory(
            wall=lambda: Moment(
                self.now, ("boot", (self.now - START) // timedelta(microseconds=1) * 1000), "ntp"
            ),
            entropy=entropy(1),
        )
        around = Surroundings(lambda: self.now, entropy(2), lambda person, pin: None)
        book = book_at(folder)
        self.desk = Desk.open_run(self.store, opening_of(book, "round", room="A1"), "li", around)
        self.desk.join(book.site.people[0], ("ENG",))

    def does(self, *steps: str, every: timedelta, verb: str = "do", at=None, **given) -> None:
        for step in steps:
            self.now += every
            act = next(one for one in self.desk.possible() if one.key == (verb, step))
            self.desk.do(act, Given(**given), at=at)

    def report(self):
        return report_of_run(self.desk, self.store)


@pytest.fixture
def hand(tmp_path):
    return Hand(tmp_path)


def section(report, title: str):
    return next(one for one in report.sections if title in (one.title.zh, one.title.en))


def tables(report, title: str):
    """The rows of each table of a chapter; nothing where it says that there is nothing."""
    found = []
    for part in section(report, title).parts:
        if isinstance(part, Table):
            found.append([[cell.en for cell in row.cells] for row in part.rows])
        elif part.words.en == "None.":
            found.append([])
    return found


CHECKED = "Suspicious and late check-offs"
SECOND = timedelta(seconds=1)


@pytest.mark.requirement("E50")
def test_four_check_offs_within_five_seconds_are_flagged_with_who_and_which(hand):
    hand.does("s1", every=60 * SECOND)
    hand.now += 60 * SECOND
    hand.does("s2", "s3", "s4", "s5", every=1.5 * SECOND)
    hand.does("s6", every=60 * SECOND)

    ((burst,), late) = tables(hand.report(), CHECKED)
    row = next(
        one for part in section(hand.report(), CHECKED).parts if isinstance(part, Table) for one in part.rows
    )

    assert burst[1:] == ["李明", "4", "within 4.5 s", "thing 2, thing 3, thing 4, thing 5"]
    assert (row.tone, late) == ("alarm", [])


@pytest.mark.requirement("E50")
@pytest.mark.parametrize(("count", "every"), [(3, 0.5), (4, 1.7), (8, 2.0)])
def test_fewer_or_slower_check_offs_are_nobodys_question(hand, count, every):
    hand.does(*(f"s{number}" for number in range(1, count + 1)), every=every * SECOND)

    assert tables(hand.report(), CHECKED) == [[], []]
    assert (MANY, TOGETHER) == (4, 5 * SECOND)


@pytest.mark.requirement("E50")
def test_a_burst_is_one_however_long_and_two_that_lie_apart_are_two(hand):
    hand.does("s1", "s2", "s3", "s4", every=SECOND)
    hand.does("s5", "s6", "s7", "s8", every=SECOND)
    (one,), _ = tables(hand.report(), CHECKED)

    assert one[2] == "8"


def test_two_bursts_that_lie_apart_are_two(hand):
    hand.does("s1", "s2", "s3", "s4", every=SECOND)
    hand.now += 60 * SECOND
    hand.does("s5", "s6", "s7", "s8", every=SECOND)
    many, _ = tables(hand.report(), CHECKED)

    assert [row[2] for row in many] == ["4", "4"]


@pytest.mark.requirement("E50")
def test_a_check_off_that_was_written_down_late_says_by_how_much(hand):
    hand.now += 600 * SECOND
    hand.does("s1", every=SECOND, at=hand.now - 300 * SECOND, basis="paper")

    _, ((at, _, who, lag, step),) = tables(hand.report(), CHECKED)

    assert (at, who, lag, step) == ("00:05:00", "李明", "5 min", "thing 1")


@pytest.mark.requirement("E50")
def test_every_step_is_timed_against_the_plan(hand):
    hand.does("s1", every=3 * 60 * SECOND)
    hand.does("s2", every=3 * 60 * SECOND)

    (rows,) = tables(hand.report(), "Time for every step")
    said = {row[1]: row[2:] for row in rows}

    assert said["thing 1"] == ["00:03:00", "2-4 min", "within the plan"]
    assert said["thing 2"] == ["00:06:00", "2-4 min", "LONGER THAN THE PLAN'S MOST"]


@pytest.mark.requirement("E50")
def test_the_after_action_view_has_timeline_times_deviations_overrides_and_check_offs(hand):
    hand.does("s1", every=SECOND, deviation="by hand, the panel was dead")
    hand.desk.propose([StepOverridden("s2", "the key is lost")])
    report = hand.report()

    (passed,) = tables(report, "Not done as the plan says")
    assert any(isinstance(part, Timeline) for part in section(report, "Timeline").parts)
    assert [row[3:] for row in passed] == [
        [say("passed-otherwise", "en"), "by hand, the panel was dead"],
        [say("passed-overridden", "en"), "the key is lost"],
    ]
    assert [section(report, title).title.zh for title in ("每步用时", CHECKED)] == [
        "每步用时",
        "可疑和补记的打勾",
    ]
