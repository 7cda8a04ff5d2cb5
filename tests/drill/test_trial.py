"""A scenario is played before anybody believes it: by the best crew, and by one that does nothing."""

from __future__ import annotations

import pytest

from drill.book.reading import read_scenario
from drill.trial import stage_of, tried
from engine.desk import opening_of
from tests.drill.small import SCENARIO, scenario_of, small_book


def faults(text=SCENARIO):
    book = small_book()
    stage = stage_of(opening_of(book, "spill", room="A1"))
    return list(tried(scenario_of(text, book), stage).faults)


def test_a_scenario_that_can_be_met_and_failed_has_no_fault():
    assert faults() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_nobody_can_meet_is_named_at_its_line(language):
    hurried = SCENARIO.replace("step: look, target: 5m, limit: 10m", "step: look, target: 1s, limit: 2s")
    (fault,) = faults(hurried)

    line = next(number for number, row in enumerate(hurried.splitlines(), 1) if "id: E1" in row)
    assert (fault.rule, fault.place.line) == ("expectation-unmeetable", line)
    assert "E1" in fault.sentence(language)


def test_what_the_facts_keep_from_happening_is_named():
    assert [one.rule for one in faults(SCENARIO.replace("source: crac}", "source: roof}"))] == [
        "expectation-unmeetable"
    ]


def test_a_crew_that_does_nothing_must_fail():
    lenient = SCENARIO.replace("step: look, target", "mark: stopped, from: look, target").replace(
        "answer: source.crac,", "answer: source.crac, from: look,"
    )
    assert [one.rule for one in faults(lenient)] == ["idle-not-failed"]


def test_the_same_scenario_is_judged_the_same_every_time():
    hurried = SCENARIO.replace("step: look, target: 5m, limit: 10m", "step: look, target: 70s, limit: 75s")
    assert faults(hurried) == faults(hurried)


@pytest.mark.parametrize(
    ("asked", "zh", "en"),
    [
        ("step: sheet", "一次也没有发生", "never happened"),
        ("step: look, target: 1s, limit: 2h", "最好的一次用了 00:0", "at best it took 00:0"),
        ("answer: source.roof, wrong: source.crac", "正是 wrong 里的", "does what is wrong"),
        ("step: look, mode: all", "要每个人自己做到", "each of them must do it"),
    ],
)
@pytest.mark.requirement("R42")
def test_what_nobody_can_meet_says_what_came_of_it_instead(asked, zh, en):
    row = (
        f"  - {{id: E9, objective: O1, text: {{zh: 某, en: some}}, class: normal, {asked}}}\nstop_conditions:"
    )
    text = SCENARIO.replace("stop_conditions:", row)
    fault = next(one for one in faults(text) if dict(one.facts).get("expectation") == "E9")

    assert zh in fault.sentence("zh") and en in fault.sentence("en")


@pytest.mark.parametrize(
    ("value", "rule"), [("depth <", "condition-grammar"), ("dept < 3", "condition-name"), ("depth < 3", None)]
)
def test_what_is_asked_of_a_reading_is_read_when_the_scenario_is(value, rule):
    row = f'  - {{id: E9, objective: O1, text: {{zh: 某, en: x}}, class: normal, value: "{value}"}}\nstop_conditions:'
    _, found = read_scenario(SCENARIO.replace("stop_conditions:", row).encode(), "x.yaml", book=small_book())

    assert [fault.rule for fault in found] == ([rule] if rule else [])
