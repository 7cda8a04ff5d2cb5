"""What an act asks: people, signatures, values, lists, messages, and every way out."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from engine.acts import Act, Given, Need
from engine.acts.kinds import ENDINGS
from tests.tui.asked import ask, drive, looking, questions
from tests.tui.table import KINDS, table
from tui.asking import Answers, Question, Questions, Taken
from tui.asking.fields import PAGE, Fields, Instead
from tui.locale import say
from tui.typed import (
    pick_by_words,
)


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        yield made


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
