"""What a person types is understood, whatever input method was on; what is not understood is asked again."""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from engine.acts import Act, Given, Need
from engine.acts.kinds import ENDINGS
from engine.plan import Reading
from engine.text import Text
from tests.engine.build import Device, do, graph
from tests.tui.table import KINDS, START, Table, table
from tui.asking import Answers, Asking, Question, Questions, Taken
from tui.asking.fields import PAGE, Fields, Instead, Listed
from tui.locale import WORDS, say
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
from tui.view import Looking

LISTED = Listed(("1", "2"), in_rows=False, is_command=lambda typed: typed == "m")


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        yield made


@pytest.fixture(scope="module")
def look():
    with table(KINDS, "kinds", "li") as made:
        yield looking(made)


def looking(at: Table, language: str = "zh") -> Looking:
    return Looking(at.desk.state, at.desk.now(), language, "li")


def drive(
    asking: Generator[Any, str, Any], *typed: str, taken: list[Taken] | None = None
) -> tuple[Any, list[Question]]:
    """The answer, and every question that was asked; one typed line for each of them.

    What is to be written at once comes into `taken`.
    """
    asked: list[Question] = []
    lines = list(typed)
    try:
        question = next(asking)
        while True:
            if isinstance(question, Taken):
                if taken is not None:
                    taken.append(question)
                question = asking.send("")
                continue
            asked.append(question)
            question = asking.send(lines.pop(0))
    except StopIteration as done:
        assert lines == []
        return done.value, asked


def questions(at: Table, language: str = "zh") -> Questions:
    return Questions(looking(at, language), lambda person: person == "zhao", lambda data: "", lambda act: "")


def ask(at: Table, verb: str, step: str | None = None) -> Asking:
    act = next(one for one in at.desk.possible() if one.key == (verb, step))
    return questions(at).ask_for(act)


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


# --- what an act asks


def test_people_are_found_by_number_name_part_of_a_name_and_id(at):
    for typed in ("1", "赵刚", "赵", "zhao"):
        answers, _ = drive(ask(at, "do", "valve"), typed, "1", "0.2", "V-12")
        assert answers.given["by"] == "zhao"


def test_somebody_unknown_is_asked_again_except_where_a_role_is_taken(at):
    _, asked = drive(ask(at, "do", "valve"), "钱七", "2", "0.2", "V-12")
    taken, _ = drive(ask(at, "role"), "4", "钱七")

    assert "钱七" in "".join(asked[1].lines)
    assert (taken.given["person"], taken.given["name"], taken.given["role"]) == ("钱七", "钱七", "CS")


def test_what_is_preset_is_not_asked(at):
    act = next(one for one in at.desk.possible() if one.key == ("try", "reach"))
    preset = {"person": "wang", "channel": "电话", "outcome": "busy", "by": "li"}

    answers, asked = drive(questions(at).ask_for(act, preset))

    assert asked == []
    assert answers.given == preset


def test_an_ending_that_was_refused_is_not_what_enter_says_next(at):
    act = Act("end", None, (Need("target", "choice", choices=ENDINGS, default="complete-except"),))
    firsts = [next(questions(at).ask_for(act, again=typed)) for typed in ({}, {"target": "1"})]

    assert isinstance(firsts[0], Question) and isinstance(firsts[1], Question)
    assert firsts[0].prompt == firsts[1].prompt


def test_what_was_typed_before_a_refusal_is_proposed_again_but_never_a_proof(at):
    first, _ = drive(ask(at, "do", "valve"), "2", "0.2", "V-21")
    act = next(one for one in at.desk.possible() if one.key == ("do", "valve"))

    second, asked = drive(questions(at).ask_for(act, again=first.typed), "", "", "V-12")

    assert second.values == {"flow": "0.2"}
    assert [("回车 = " in one.prompt) for one in asked] == [True, True, False]


def test_a_signature_is_proposed_only_as_it_can_be_given_here(at):
    at.join("zhao", "PWR")

    mine, _ = drive(ask(at, "sign", "permit"), "1")
    theirs, asked = drive(ask(at, "sign", "permit"), "2", "1", "481516")

    assert (mine.given["person"], mine.given["strength"]) == ("li", "own-device")
    assert (theirs.given["person"], theirs.given["strength"], theirs.pin) == ("zhao", "pin", "481516")
    assert asked[-1].hidden


SIGNATURES = [
    ("sign", "permit"),
    ("handover", None),
    ("verify", "gauge"),
    ("do", "lift"),
    ("override", "permit"),
]


@pytest.mark.parametrize(("verb", "step"), SIGNATURES)
def test_an_empty_line_never_signs(at, verb, step):
    """However often it is typed: somebody chooses who signs, in which role, and how."""
    at.join("zhao", "PWR")
    at.do("do", "gauge", by="zhao", values={"flow": "1"})
    made = questions(at)
    asking = made.ask_for(next(one for one in at.desk.possible() if one.key == (verb, step)))
    # What is no part of a signature is answered, so that every question of one is met.
    others = ("原因", "做完", "怎样通过", "选哪一个", "数值", "漏水流量")
    question = next(asking)
    for _ in range(40):  # were it signed, there would be no further question
        asked = "" if isinstance(question, Taken) else question.prompt
        question = asking.send("1" if any(words in asked for words in others) else "")

    chosen = {name for name, value in made.given.items() if value is not None}
    assert not chosen & {"person", "owner", "second", "strength"}


def test_what_a_signature_is_made_of_is_chosen_anew_after_a_refusal(at):
    at.join("zhao", "PWR")
    first, _ = drive(ask(at, "sign", "permit"), "2", "1", "000000")
    act = next(one for one in at.desk.possible() if one.key == ("sign", "permit"))

    _, asked = drive(questions(at).ask_for(act, again=first.typed), "2", "1", "481516")

    assert not [one.prompt for one in asked if "回车" in one.prompt]


def test_by_what_a_voice_was_heard_is_chosen_or_said(at):
    for typed, channel in (("3", "对讲机"), ("４", "当面"), ("卫星电话", "卫星电话")):
        answers, _ = drive(ask(at, "sign", "permit"), "赵刚", "1", typed)
        assert (answers.given["strength"], answers.given["channel"]) == ("voice", channel)


def test_a_pin_is_six_digits_of_any_width(at):
    at.join("zhao", "PWR")

    answers, asked = drive(ask(at, "sign", "permit"), "2", "1", "４８１５１６")

    assert answers.pin == "481516"
    assert "6 位数字" in asked[-1].prompt


def test_every_value_is_taken_at_once_with_who_read_it_and_why_it_is_hard_to_believe(at):
    taken: list[Taken] = []

    answers, _ = drive(ask(at, "do", "look"), "300", "量尺没入水下", "1", "1", "软管", "", taken=taken)

    assert [(one.act, dict(one.given.values), one.given.reason) for one in taken[:2]] == [
        (Act("read", "look"), {"depth": "300"}, "量尺没入水下"),
        (Act("read", "look"), {"drips": "yes"}, None),
    ]
    assert len(taken) == 4
    assert answers.made().values == {}


def test_a_number_at_the_place_of_a_reason_is_the_right_value(at):
    taken: list[Taken] = []

    drive(ask(at, "do", "look"), "300", "３０ cm", "1", "软管", "", taken=taken)

    assert (dict(taken[0].given.values), taken[0].given.reason) == ({"depth": "30"}, None)


def test_a_wrong_number_at_the_place_of_a_reason_is_asked_about_again(at):
    taken: list[Taken] = []

    _, asked = drive(ask(at, "do", "look"), "300", "400", "真的", "1", "1", "软管", "", taken=taken)

    assert "400" in asked[2].lines[0]
    assert (dict(taken[0].given.values), taken[0].given.reason) == ({"depth": "400"}, "真的")


def test_what_was_taken_in_this_visit_is_shown_and_kept_by_enter(at):
    for name, value in (("depth", "2.0"), ("drips", "yes")):
        act = next(one for one in at.desk.possible() if one.key == ("do", "look"))
        at.desk.do(Act("read", act.step), Given({name: value}))

    taken: list[Taken] = []
    _, asked = drive(ask(at, "do", "look"), "", "软管", "", taken=taken)
    again: list[Taken] = []
    drive(ask(at, "do", "look"), "1", "3", "", "软管", "", taken=again)

    shown = "\n".join(asked[0].lines)
    assert "积水深度 2.0 cm、14:00:00、李明" in shown
    assert "机柜上方滴水 是" in shown
    assert [set(one.given.values) for one in taken] == [{"cause"}, {"seen-at"}]
    assert dict(again[0].given.values) == {"depth": "3"}


def test_one_number_that_was_taken_is_kept_by_enter_or_typed_anew(at):
    at.desk.do(Act("read", "valve"), Given({"flow": "0.2"}))

    kept: list[Taken] = []
    drive(ask(at, "do", "valve"), "1", "1", "", "V-12", taken=kept)
    anew: list[Taken] = []
    drive(ask(at, "do", "valve"), "1", "1", "０．１", "V-12", taken=anew)

    assert kept == []
    assert [(dict(one.given.values), one.given.by) for one in anew] == [({"flow": "0.1"}, "zhao")]


def test_a_latin_word_is_found_whole_or_by_its_beginning_never_by_a_letter_inside():
    rows = [("power", "power engineer"), ("wet", "wet area"), ("water", "water depth"), ("scribe", "scribe")]

    assert pick_by_words("w", rows) == []
    assert pick_by_words("wa", rows) == ["water"]
    assert pick_by_words("area", rows) == ["wet"]
    assert pick_by_words("ower", rows) == []
    assert pick_by_words("er", rows) == []


def test_some_of_the_lines_are_recorded_alone_when_the_others_are_not_done(at):
    taken: list[Taken] = []
    answers, _ = drive(ask(at, "do", "tidy"), "2", "", taken=taken)

    assert isinstance(answers, Answers)
    assert [(one.act, one.given.items) for one in taken] == [(Act("tick", "tidy"), (2,))]
    assert (answers.act, answers.done) == (Act("tick", "tidy"), True)


def test_the_blanks_of_a_message_are_asked_one_by_one(at):
    act = next(one for one in at.desk.possible() if one.key == ("tell", "notice"))
    proposing = Questions(looking(at), lambda person: False, lambda data: "", lambda act: "样样都有\n现状：")

    answers, _ = drive(proposing.ask_for(act), "1", "2", "", "水已止住", "", "", "0")

    assert answers.given["text"] == "样样都有\n现状： 水已止住"
    assert answers.given["outcome"] == "sent"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_message_that_was_begun_and_left_is_drafted_anew_and_its_blanks_are_still_asked(at, language):
    act = next(one for one in at.desk.possible() if one.key == ("tell", "notice"))

    def proposing() -> Questions:
        return Questions(looking(at, language), lambda _: False, lambda _: "", lambda _: "All is said\nNow:")

    left = proposing()
    drive(left.ask_for(act), "1", "2", "", "it stands", "", "0")
    answers, asked = drive(proposing().ask_for(act, again=left.typed), "1", "2", "", "", "", "0")

    assert any(say("as-above-blanks", language) in one.prompt for one in asked)
    assert answers.given["text"] == "All is said\nNow: it stands"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_of_several_lines_are_proposed_by_their_first(at, language):
    act = next(one for one in at.desk.possible() if one.key == ("tell", "notice"))
    again = {"text": "Water in A1.\nThe valve is shut."}
    _, asked = drive(questions(at, language).ask_for(act, again=again), "1", "2", "", "", "0")

    (prompt,) = [one.prompt for one in asked if one.key == "text"]
    assert say("default", language, default="Water in A1. …") in prompt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_number_or_a_command_that_was_meant_for_a_list_is_told_to_nobody(at, language):
    act = next(one for one in at.desk.possible() if one.key == ("tell", "notice"))
    proposing = Questions(looking(at, language), lambda person: False, lambda data: "", lambda act: "Water.")
    proposing.is_command = lambda typed: typed.split()[0] in ("o", "help")

    answers, asked = drive(proposing.ask_for(act), "1", "2", "8", "help is on its way", "", "0")

    assert answers.given["text"] == "help is on its way"
    assert say("not-a-choice", language, typed="8") in asked[3].lines[-1]
    with pytest.raises(Instead):
        drive(proposing.ask_for(act), "1", "2", "o")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_letter_of_a_command_is_no_reason(at, language):
    act = next(one for one in at.desk.possible() if one.key == ("fail", "look"))
    asking = questions(at, language)
    asking.is_command = lambda typed: typed == "o"

    answers, _ = drive(asking.ask_for(act), "it is locked")

    assert answers.given["reason"] == "it is locked"
    with pytest.raises(Instead):
        drive(asking.ask_for(act), "o")


def test_the_moment_of_a_mark_may_be_said_or_left_out(at):
    said, _ = drive(ask(at, "override", "look"), "没有必要", "13:50")
    left, _ = drive(ask(at, "override", "look"), "没有必要", "")

    assert said.given["mark_at"] == datetime(2026, 11, 22, 5, 50, tzinfo=UTC)
    assert left.given["mark_at"] is None


def test_a_file_is_kept_and_what_is_no_file_is_noted_only_when_it_is_said_to_be_a_number(at, tmp_path):
    photo = tmp_path / "a b.jpg"
    photo.write_bytes(b"jpg")
    kept: list[bytes] = []

    def keep(data: bytes) -> str:
        kept.append(data)
        return ""

    asking = Questions(looking(at), lambda person: False, keep, lambda act: "")
    act = next(one for one in at.desk.possible() if one.verb == "evidence")

    there, _ = drive(asking.ask_for(act), str(photo))
    named, _ = drive(asking.ask_for(act), "12", "2", "IMG 7", "1")
    strange, _ = drive(asking.ask_for(act), "a\0b", "1")

    assert (there.given["evidence"], there.given["size"], kept) == ("a b.jpg", 3, [b"jpg"])
    assert (named.given, strange.given) == ({"evidence": "IMG 7"}, {"evidence": "a\0b"})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_command_swallowed_by_a_list_of_people_is_asked_about_and_left_out(at, language):
    names = at.desk.state.graph.readings["circuits"]

    said, asked = drive(Fields(looking(at, language)).value(names), "zhao, li", "6", "2", "")

    assert said == "zhao\nli"
    assert say("nobody-known", language, item="6") in asked[2].prompt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_line_that_must_be_said_names_the_way_out(at, language):
    _, asked = drive(Fields(looking(at, language)).line("x", "y"), "", "z")

    assert "Ctrl-C" in asked[1].lines[0] and say("act-fail", language) not in asked[1].lines[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_could_not_is_named_only_where_it_is_offered_and_0_where_nobody_need_confirm(at, language):
    act = next(one for one in at.desk.possible() if one.key == ("fail", "look"))
    value = next(one for one in at.desk.possible() if one.key == ("do", "look"))
    told = next(one for one in at.desk.possible() if one.verb == "tell-anytime")

    _, failing = drive(questions(at, language).ask_for(act), "", "why so")
    _, doing = drive(questions(at, language).ask_for(value), "", "2", "1", "hose", "")
    given = {"target": "managers", "text": "water", "channel": "radio"}
    _, telling = drive(questions(at, language).ask_for(told, given), "", "0")

    assert say("act-fail", language) not in failing[1].lines[0]
    assert say("act-fail", language) in doing[1].lines[0]
    assert say("must-say-to", language) in telling[1].lines[-1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_letter_is_no_reason_and_the_value_that_nobody_would_believe_is_said_back(at, language):
    taken: list[Taken] = []

    asking = questions(at, language).ask_for(
        next(one for one in at.desk.possible() if one.key == ("do", "look"))
    )
    _, asked = drive(asking, "300", "b", "pump", "2", "30", "1", "hose", "", taken=taken)

    assert say("reason-too-short", language) in asked[2].lines[-1]
    assert "300" in asked[3].prompt and "pump" in asked[3].prompt
    assert dict(taken[0].given.values) == {"depth": "30"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answers_keep_their_numbers_when_one_is_changed_and_the_standing_one_is_refused(at, language):
    at.do(
        "do",
        "look",
        values={"depth": "2", "drips": "yes", "cause": "x", "seen-at": "2026-11-22T05:55:00.000Z"},
    )
    at.do("answer", "source", answer=(first := at.desk.state.steps["source"].step.answers[0].id))
    act = next(one for one in at.desk.possible() if one.key == ("change", "source"))

    answers, asked = drive(questions(at, language).ask_for(act), "1", "2", "wrong pipe")

    said = at.desk.state.steps["source"].step.answers
    rows = [line for line in asked[0].lines if re.match(r" +\d  ", line)]
    assert len(rows) == len(said) and said[0].id == first
    assert say("stands-now", language) in rows[0]
    assert say("stands-already", language) in asked[1].lines[-1]
    assert answers.given["answer"] == said[1].id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_before_a_list_stand_apart_from_what_can_be_typed(at, language):
    rows = [(str(number), "x") for number in range(PAGE + 1)]

    _, asked = drive(Fields(looking(at, language)).choose("x", "which", rows), "1")

    assert f"which{say('find-or-page', language, count=PAGE + 1)}" not in asked[0].prompt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_yes_that_is_proposed_again_is_said_in_words(at, language):
    fields = Fields(looking(at, language))
    fields.again = {"drips": "yes"}

    said, asked = drive(fields.yes("drips", "x"), "")

    assert said is True
    assert say("default", language, default=say("true", language)) in asked[0].prompt


# --- the second person


@pytest.mark.parametrize(("said", "asked"), [({"never_alone": True}, False), ({"verify": "together"}, True)])
def test_a_second_person_is_asked_for_a_role_only_where_the_rules_want_one(said, asked):
    device = Device(graph(do("m", roles="PWR", **said), do("z"))).open()
    made = Questions(Looking(device.state, device.now, "en", "zhao"), lambda person: False, str, str)
    asking = made.ask_for(device.act("do", "m"))
    next(asking)

    question = asking.send("feng")

    assert isinstance(question, Question) and ("take the role" in question.prompt) is asked


def test_who_stands_behind_an_answer_against_the_readings_is_asked_to_hold_a_role_of_the_step(at):
    """Somebody of the run without one was taken first, and refused after four questions more."""
    asking = Questions(looking(at), lambda person: False, str, lambda act: "")
    step = replace(at.desk.state.steps["source"].step, cls="safety", roles=("PWR",))
    at.desk.state.steps["source"].step = step
    asking.answers = Answers(Act("answer", "source"))
    need = Need("second", "person")

    proposed = asking._candidates(need, None)

    assert proposed and "li" not in proposed
    assert {"PWR", "IC"} >= set(asking._second_roles(need)) != set()


# --- who heard it, and by what


def heard(at: Table, to: str, *typed: str, language: str = "zh") -> tuple[Answers, list[Question]]:
    """A message to the customers, who have a telephone, or to a group that has none."""
    act = Act("tell-anytime", None, (Need("channel", "channel"), Need("to", "text")))
    answers, asked = drive(questions(at, language).ask_for(act, {"target": to}), *typed)
    assert isinstance(answers, Answers)
    return answers, asked


@pytest.fixture
def staffed(at):
    at.join("zhao", "PWR")
    return at


@pytest.mark.parametrize("language", ["zh", "en"])
def test_by_what_is_a_number_of_the_usual_ways_or_words_and_never_a_bare_number(at, language):
    answers, asked = heard(at, "customers", "7", "2", "0", language=language)

    assert answers.given["channel"] == say("radio", language)
    assert say("not-a-choice", language, typed="7") in asked[1].lines[0]
    assert heard(at, "customers", "卫星电话", "0")[0].given["channel"] == "卫星电话"
    assert heard(at, "customers", "", "0")[0].given["channel"] == "电话"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_answers_a_telephone_outside_is_a_name_and_never_a_number(at, language):
    answers, asked = heard(at, "customers", "", "1", "陈先生", language=language)

    assert answers.given["to"] == "陈先生"
    assert say("not-a-choice", language, typed="1") in asked[2].lines[0]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_our_own_people_who_heard_it_is_chosen_by_number_and_an_unknown_name_is_asked_about_once(
    staffed, language
):
    by_number, asked = heard(staffed, "managers", "", "1", language=language)
    strange, again = heard(staffed, "managers", "", "陈六", "2", "陈六", "1", language=language)

    assert by_number.given["to"] == "赵刚" and any("赵刚" in line for line in asked[1].lines)
    assert strange.given["to"] == "陈六"
    assert say("nobody-known", language, item="陈六") in again[2].prompt


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whoever_writes_down_a_voice_is_told_to_say_it_back_first(at, language):
    at.join("wang", "IC")
    asking = questions(at, language)
    choices = tuple((way, WORDS[f"strength-{way}"]) for way in ("own-device", "voice"))
    asking.answers = Answers(Act("sign", "enter"), {"person": "wang"})

    question = next(asking.ask_strength(Need("strength", "choice", choices=choices)))

    assert isinstance(question, Question)
    assert say("say-back", language) in question.lines[0]


def test_by_what_somebody_was_called_is_a_number_or_words_and_never_a_number_that_stands_for_nothing(at):
    act = next(one for one in at.desk.possible() if one.key == ("try", "reach"))
    preset = {"person": "wang", "outcome": "busy", "by": "li"}

    for typed, channel in (("", "电话"), ("2", "对讲机"), ("卫星电话", "卫星电话")):
        answers, _ = drive(questions(at).ask_for(act, preset), typed)
        assert answers.given["channel"] == channel
    _, asked = drive(questions(at).ask_for(act, preset), "7", "1")

    assert say("not-a-choice", "zh", typed="7") in "".join(asked[1].lines)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_alone_can_have_done_it_is_taken_by_enter_but_not_of_what_cannot_be_taken_back(at, language):
    def rows(step: str) -> str:
        asking = questions(at, language)
        asking.answers = Answers(Act("do", step))
        assert asking.step is not None
        question = next(asking._ask_doer(asking.step, ["zhao"], vacant=False))
        assert isinstance(question, Question)
        return question.prompt

    usual = next(one.id for one in at.desk.state.graph.runbook.steps if not one.irreversible and one.roles)
    grave = next(one.id for one in at.desk.state.graph.runbook.steps if one.irreversible and one.roles)

    default = say("default", language, default="1")
    assert default in rows(usual) and default not in rows(grave)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_why_a_level_is_suggested_is_said(at, language):
    at.do("read", values={"depth": "2"})
    act = next(one for one in at.desk.possible() if one.verb == "level")

    _, asked = drive(questions(at, language).ask_for(act), "1", "")

    suggested = say("suggests", language, level="II")
    reasons = [line.split(suggested)[1] for line in asked[0].lines if suggested in line]
    assert (len(reasons) == 1 and ">= 1 cm" in reasons[0]) or "> " in reasons[0]
