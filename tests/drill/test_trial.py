"""A scenario is played before anybody believes it: by the best crew, and by one that does nothing."""

from __future__ import annotations

import pytest

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
