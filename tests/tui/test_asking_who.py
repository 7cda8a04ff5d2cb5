"""Who stands behind an act, who heard it, and by what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.acts import Act, Need
from tests.engine.build import Device, do, graph
from tests.tui.asked import drive, looking, questions
from tests.tui.table import KINDS, Table, table
from tui.asking import Answers, Question, Questions
from tui.locale import WORDS, say
from tui.view import Looking


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        yield made


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
