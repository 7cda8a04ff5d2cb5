"""The forms of a question: what is not understood is asked again, with the reason above."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from engine.plan import Reading
from engine.text import Text
from tests.tui.asked import LISTED, drive, looking
from tests.tui.table import KINDS, table
from tui.asking.fields import PAGE, Fields, Instead


@pytest.fixture(scope="module")
def look():
    with table(KINDS, "kinds", "li") as made:
        yield looking(made)


# --- the forms of a question


def test_a_question_that_must_be_answered_is_asked_again_with_the_reason_above(look):
    value, asked = drive(Fields(look).value(look.state.graph.readings["depth"]), "", "水", "２。５ cm")

    assert value == "2.5"
    assert "要填" in asked[1].lines[0]
    assert "水" in asked[2].lines[0]


def test_a_list_is_typed_on_one_line_or_on_several(look):
    circuits = look.state.graph.readings["circuits"]

    assert drive(Fields(look).value(circuits), "A1、A2", "A3", "")[0] == "A1\nA2\nA3"


@pytest.mark.parametrize("none", ["无", "没有", "none", "0", "０", "None"])
def test_that_a_list_has_no_item_is_typed_and_an_empty_line_asks_again(look, none):
    value, asked = drive(Fields(look).value(look.state.graph.readings["circuits"]), "", "", none)

    assert value == ""
    assert ["无" in one.lines[0] for one in asked[1:]] == [True, True]


def test_a_moment_may_be_left_out_and_is_now(look):
    seen_at = look.state.graph.readings["seen-at"]

    assert drive(Fields(look).value(seen_at), "")[0] == "2026-11-22T06:00:00.000Z"
    assert drive(Fields(look).value(seen_at), "明天", "13:30")[0] == "2026-11-22T05:30:00.000Z"


def test_the_only_choice_is_taken_and_said(look):
    fields = Fields(look)

    assert drive(fields.choose("x", "以什么角色", [("ENG", "现场工程师")])) == ("ENG", [])
    assert fields.above == ["  以什么角色：现场工程师"]


def test_a_long_choice_is_turned_by_enter_and_found_by_words(look):
    rows = [(f"r{number}", f"第{number}项") for number in range(1, 31)] + [("flow", "漏水流量")]

    by_page, asked = drive(Fields(look).by_page("x", "哪一个", rows), "", "", "", "2")
    by_words, _ = drive(Fields(look).by_page("x", "哪一个", rows), "流量")
    narrowed, two = drive(Fields(look).by_page("x", "哪一个", rows), "第2", "呜", "22")

    assert (by_page, by_words, narrowed) == ("r2", "flow", "r22")
    assert [len(one.lines) for one in asked] == [PAGE, PAGE, 31 - 2 * PAGE, PAGE]
    assert len(two[1].lines) == 11


def test_a_page_can_be_left(look):
    assert drive(Fields(look).by_page("x", "", [("a", "一"), ("b", "二")], listed=LISTED), "0")[0] == ""


def test_a_list_is_left_by_another_command_and_by_nothing_else(look):
    asking = Fields(look).by_page("x", "", [("a", "一"), ("b", "二")], listed=LISTED)

    next(asking)
    asking.send("呜")
    with pytest.raises(Instead, match="m"):
        asking.send("m")


def test_what_stands_behind_a_command_is_looked_for_at_once(look):
    listed = replace(LISTED, first="2")

    assert drive(Fields(look).by_page("x", "", [("a", "一"), ("b", "二")], listed=listed)) == ("b", [])


@pytest.mark.parametrize("word", ["结束", "END", "end", "ＥＮＤ"])
def test_a_word_must_be_typed_in_full_in_either_language(look, word):
    """Where no input method is at hand nobody can type Chinese, and the step must be recorded all the same."""
    _, asked = drive(Fields(look).word_typed("sure", "word-end"), "", "好", "1", word)

    assert len(asked) == 4
    assert "END" in asked[0].prompt and "END" in asked[2].lines[-1]


def test_enter_alone_at_a_yes_or_no_says_which_key_is_which(look):
    said, asked = drive(Fields(look).yes("sure", "触发"), "", "1")

    assert said is True
    assert "1（是）" in asked[1].lines[-1]


def test_a_number_without_bounds_says_none(look):
    free = Reading("x", Text("流速", "speed"), unit="m/s")
    known = look.state.graph.readings | {"x": free}
    graph = SimpleNamespace(readings=known)

    _, asked = drive(Fields(replace(look, state=SimpleNamespace(graph=graph))).value(free), "3")

    assert asked[0].prompt == "  流速 (m/s) > "
