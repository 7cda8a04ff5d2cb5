"""A time that is agreed on and lies ahead: Enter never says it, and one that has passed is asked about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.events import stamp
from engine.plan import Reading
from engine.text import Text
from tests.tui.asked import drive
from tests.tui.table import KINDS, START, table
from tui.asking.fields import Fields
from tui.locale import say
from tui.typed import clock_time_ahead
from tui.view import Looking

DUE = Reading("seen-at", Text("约定时间", "time agreed"), kind="time", ahead=True)


@pytest.fixture(scope="module")
def look():
    with table(KINDS, "kinds", "li") as made:
        yield Looking(made.desk.state, made.desk.now(), "zh", "li")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("14:30", 30),
        ("1430", 30),
        ("2h", 120),
        ("90m", 90),
        ("13:00", 23 * 60),
        ("2026-11-23 14:00", 24 * 60),
    ],
)
def test_a_time_of_day_is_the_next_one_and_a_length_counts_from_now(look, typed, minutes):
    assert clock_time_ahead(typed, look) == START + timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["5分前", "午后", "25:00"])
def test_what_names_no_time_to_come_is_none(look, typed):
    assert clock_time_ahead(typed, look) is None


def test_an_empty_line_is_no_answer_and_none_is_proposed(look):
    value, asked = drive(Fields(look).value(DUE), "", "14:30")

    assert value == stamp(START + timedelta(minutes=30))
    assert say("must-say", "zh") in asked[1].lines[0]
    assert "回车" not in asked[0].prompt


def test_a_time_that_has_passed_today_is_asked_about_and_may_be_given_with_its_day(look):
    value, asked = drive(Fields(look).value(DUE), "13:55", "2", "2026-11-23 10:00")

    assert say("ahead-tomorrow", "zh", time="11-23 13:55") in asked[1].prompt
    assert value == stamp(START + timedelta(hours=20))


def test_a_moment_that_has_passed_is_asked_about_and_taken_where_it_is_meant(look):
    value, asked = drive(Fields(look).value(DUE), "2026-11-22 13:50", "1")

    assert say("ahead-sure", "zh", time="13:50:00") in asked[1].prompt
    assert value == stamp(START - timedelta(minutes=10))


def test_now_is_asked_about_like_what_has_passed(look):
    _, asked = drive(Fields(look).value(DUE), "现在", "2", "2h")

    assert say("ahead-sure", "zh", time="14:00:00") in asked[1].prompt
