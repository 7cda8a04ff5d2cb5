"""What is read in lists and by two: nothing counts as measured, refused or read by somebody by an empty line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.events import ReadingTaken
from engine.plan import Book
from engine.run import in_order
from tests.tui.asked import drive, questions
from tests.tui.table import KINDS, Table, table
from tui.locale import say
from tui.logbook import Teller, titles_of
from tui.view import Looking, step_row

LANGUAGES = ("zh", "en")


def values_of(at: Table, reading: str) -> list[tuple[str, str | None]]:
    found = [one.event for one in at.entries() if isinstance(one.event, ReadingTaken)]
    return [(one.value, one.reason) for one in found if one.reading == reading]


def a_value_for_each(book: Book) -> Book:
    """The step `each-one` reads a list of values besides, one for each circuit."""
    kinds, *others = sorted(book.runbooks, key=lambda one: one.id != "kinds")
    circuits = next(one for one in kinds.readings if one.id == "circuits")
    values = replace(circuits, id="megohms")
    steps = tuple(
        replace(one, record=(*one.record, "megohms")) if one.id == "each-one" else one for one in kinds.steps
    )
    changed = replace(kinds, readings=(*kinds.readings, values), steps=steps)
    return replace(book, runbooks=(changed, *others))


def number_of(at: Table, language: str) -> str:
    return at.label("do", "each-one", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_item_at_all_is_taken_only_by_whoever_says_that_nothing_is_to_be_done(at, language):
    asked = at.types("0", number_of(at, language), "none", "2", "C1, C2", "", language=language)

    assert say("list-none", language, label="", step="")[-6:] in asked
    assert values_of(at, "circuits") == [("C1\nC2", None)]


ACTION = "更换排水泵，李明，12 月 1 日"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ((ACTION, ""), ACTION),
        ((ACTION, "1"), "更换排水泵\n李明\n12 月 1 日"),
        ((f"{ACTION}；加漏水绳，李明",), f"{ACTION}\n加漏水绳，李明"),
        (("C1，C2", "C3, C4"), "C1\nC2\nC3\nC4"),
    ],
)
def test_what_who_and_by_when_with_commas_is_one_item_and_asks_for_no_name(at, language, typed, items):
    asked = at.types("0", number_of(at, language), *typed, "", "5", language=language)

    assert say("nobody-known", language, item="12 月 1 日") not in asked
    assert values_of(at, "circuits") == [(items, None)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_fewer_values_than_items_are_asked_about_and_the_record_says_how_many(language):
    with table(KINDS, "kinds", "li", alter=a_value_for_each) as at:
        at.do("entry", "entry.0", answer="yes")
        seen = at.types(
            "0", number_of(at, language), "C1, C2, C3", "", "5", "", "2", "5, 7", "", "1", language=language
        )

        assert say("list-short", language, done=1, count=3) in seen
        assert values_of(at, "megohms") == [("5\n7", say("list-short-reason", language, done=2, count=3))]


def test_a_value_for_each_item_is_not_asked_about():
    with table(KINDS, "kinds", "li", alter=a_value_for_each) as at:
        at.do("entry", "entry.0", answer="yes")
        at.types("0", number_of(at, "en"), "C1, C2", "", "5, 7", "", language="en")

        assert values_of(at, "megohms") == [("5\n7", None)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_second_person_has_read_stands_in_the_log_under_their_name(at, language):
    at.join("zhao", "PWR")
    at.do("do", "gauge", values={"flow": "1"})
    at.do("verify", "gauge", person="zhao", values={"flow": "1"}, strength="voice", channel="CH 3")

    teller = Teller(titles_of(at.desk.state.graph.to_bytes()), language)
    second = [
        teller.line(one)
        for one in in_order(at.entries())
        if isinstance(one.event, ReadingTaken) and one.event.second
    ]
    assert [teller.name("zhao") in one and say("log-with-second", language) in one for one in second] == [
        True
    ]
    assert say("log-typed", language, name=teller.name("li")) in second[0]


def test_a_value_that_was_refused_is_named_where_what_was_taken_can_be_corrected(at):
    """It stands in no list of what was taken; without this one would look for it there in vain."""
    at.desk.propose([ReadingTaken("drips", "no", step="look")])
    act = next(one for one in at.desk.possible() if one.key == ("do", "look"))

    _, asked = drive(questions(at).ask_for(act, again={"depth": "300"}), "", "2", "hose", "13:55")

    shown = "\n".join(line for one in asked for line in one.lines)
    assert say("not-written-yet", "zh", values="").strip("：") in shown and "300" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_watch_that_goes_is_listed_by_what_choosing_it_does_and_says_what_it_means(at, language):
    watch = next(one.step for one in at.desk.possible() if one.verb == "raise")
    at.do("raise", watch)
    seen = at.types("w", "0", "0", at.label("retire", watch, language), language=language)

    assert say("watch-retire", language) in seen and say("watch-raise", language) in seen
    assert say("retire-means", language, watch="").split("“")[0].split("'")[0] in seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_that_was_set_right_stands_right_in_the_trail(at, language):
    at.do("do", "each-one", values={"circuits": "C1\nC2"}, items=(1, 2))
    wrong = row_of(at, "each-one", language)
    at.do("read", None, target="circuits", values={"circuits": "C1\nC3"})

    right = row_of(at, "each-one", language)
    assert "C2" in wrong and say("corrected-at", language, time="") not in wrong
    assert "C3" in right and "C2" not in right and say("corrected-at", language, time="14:00:00") in right


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_was_set_right_beside_its_step_stands_in_the_trail(at, language):
    values = {"depth": "9", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T05:55:00.000Z"}
    at.do("do", "look", values=values)
    before = row_of(at, "look", language)
    at.do("read", None, target="depth", values={"depth": "5"})

    assert "9 cm" in before and say("read-since", language, value="5 cm") in row_of(at, "look", language)


def row_of(at: Table, step: str, language: str) -> str:
    return step_row(Looking(at.desk.state, at.desk.now(), language, "li"), step, None)
