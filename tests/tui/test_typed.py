"""What a person types is understood, whatever input method was on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.tui.asked import looking
from tests.tui.table import KINDS, START, table
from tui.typed import (
    clock_time,
    is_day,
    lines_of,
    narrow,
    numbers_in,
    pick,
    pick_by_words,
    plain_number,
    yes_no,
)


@pytest.fixture(scope="module")
def look():
    with table(KINDS, "kinds", "li") as made:
        yield looking(made)


# --- numbers


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("2.5", "cm", "2.5"),
        ("２．５", "cm", "2.5"),
        ("２。５", "cm", "2.5"),
        ("2。5ｃｍ", "cm", "2.5"),
        ("2.5 厘米", "cm", "2.5"),
        ("2,5", "cm", "2.5"),
        ("2，5", "cm", "2.5"),
        (" +3 ", "cm", "3"),
        ("－0.5", "C", "-0.5"),
        ("27 ℃", "C", "27"),
        ("27度", "C", "27"),
        ("3.8L/min", "L/min", "3.8"),
        ("100 兆欧", "MΩ", "100"),
        ("100MΩ", "MΩ", "100"),
        ("45%", "%RH", "45"),
        ("2 人", "persons", "2"),
        (".5", "cm", "0.5"),
        ("5.", "cm", "5"),
        ("007", "cm", "007"),
    ],
)
def test_a_number_is_understood_with_its_unit_and_full_width(typed, unit, number):
    assert plain_number(typed, unit) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "水",
        "1,000",
        "1，000",
        "1.2.3",
        "20 mm",
        "20 m",
        "3e5",
        "1_000",
        "NaN",
        "Infinity",
        "一",
        "½",
        "2-3",
        "--2",
        "二",
    ],
)
def test_what_is_no_number_in_this_unit_is_none(typed):
    assert plain_number(typed, "cm") is None


# --- times


@pytest.mark.parametrize(
    ("typed", "minutes_ago"),
    [
        ("13:55", 5),
        ("13：55", 5),
        ("１３:５５", 5),
        ("1355", 5),
        ("13点55分", 5),
        ("13:55:00", 5),
        ("5m", 5),
        ("5分钟前", 5),
        ("5分", 5),
        ("1h30m", 90),
        ("2小时前", 120),
        ("300秒", 5),
        ("现在", 0),
        ("now", 0),
        ("14:00", 0),
        ("2026-11-22T13:55+08:00", 5),
        ("2026-11-22 13:55", 5),
        ("14:01", 24 * 60 - 1),
    ],
)
def test_a_time_is_the_last_one_that_has_passed(look, typed, minutes_ago):
    assert clock_time(typed, look) == START - timedelta(minutes=minutes_ago)


@pytest.mark.parametrize("typed", ["", "25:00", "13:60", "午后", "13", "13.55", "明天", "5x"])
def test_what_is_no_time_is_none(look, typed):
    assert clock_time(typed, look) is None


# --- choices, lists, lines


def test_a_choice_is_by_number_by_id_or_by_its_words():
    rows = [("li", "李明"), ("zhao", "赵刚"), ("zhao-yi", "赵毅")]
    ids = [name for name, _ in rows]

    assert [pick(typed, ids) for typed in ("１", "2", "zhao", "4", "0", "-1", "")] == [
        "li", "zhao", "zhao", None, None, None, None,
    ]  # fmt: skip
    assert pick_by_words("赵刚", rows) == ["zhao"]
    assert pick_by_words("赵", rows) == ["zhao", "zhao-yi"]
    assert pick_by_words("", rows) == []


def test_yes_and_no_in_both_languages():
    assert [yes_no(typed) for typed in ("1", "是", "Ｙ", "yes", "有")] == [True] * 5
    assert [yes_no(typed) for typed in ("2", "否", "n", "没有", "不是")] == [False] * 5
    assert [yes_no(typed) for typed in ("", "也许", "3")] == [None] * 3


def test_a_list_is_split_at_what_a_person_types_between_its_items():
    assert lines_of("A1 东、A1 西，B2;  C3") == ["A1 东", "A1 西", "B2", "C3"]
    assert lines_of(" 、 ") == []


@pytest.mark.parametrize("day", ["12 月 1 日", "2026-12-01", "12-1前", "by Friday", "1 号前"])
def test_a_day_is_known_by_how_it_is_written(day):
    assert (is_day(day), is_day("C12"), is_day("3 号空调")) == (True, False, False)


def test_numbers_of_lines_are_single_ranges_and_full_width():
    known = {1, 2, 3, 4}

    assert numbers_in("1 3", known) == (1, 3)
    assert numbers_in("１、３", known) == (1, 3)
    assert numbers_in("2-4", known) == (2, 3, 4)
    assert [numbers_in(typed, known) for typed in ("", "5", "1-9", "a", "4-2", "1-99999999")] == [None] * 6


def test_what_an_input_method_types_wide_is_narrowed():
    assert narrow(" Ｖ－１２ ") == "V-12"
