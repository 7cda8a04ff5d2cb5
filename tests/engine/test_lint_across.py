"""What only several plans together show: who keeps back whom, and who switches back what another has switched."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Fault
from engine.lint import RULES, book_faults
from engine.plan import Book, Expect, Promises, Runbook, Watch
from tests.engine.build import SITE, do, plan, run, text

DAY = date(2026, 11, 23)
ACROSS = ("opposite-run", "opposite-plans", "inhibits-lives", "inhibits-own")


def found(*runbooks: Runbook, rules: tuple[str, ...] = ACROSS) -> list[tuple[str, str]]:
    """What is found between these plans: the rule, and the plan it is said of."""
    return [(one.rule, one.place.file) for one in faults(*runbooks) if one.rule in rules]


def faults(*runbooks: Runbook) -> list[Fault]:
    named = tuple(replace(one, source=one.id) for one in runbooks)
    return book_faults(Book("", named, SITE, Promises()), DAY)


def valve(name: str, state: str, thing: str = "V-12", **said: Any) -> Runbook:
    step = do("turn", touches=((thing, state),), **said)
    return plan(step, do("end"), id=name, hazard=name)


@pytest.mark.requirement("E43")
def test_two_plans_that_put_one_valve_into_two_states_are_named_with_both_steps():
    (told,) = [one for one in faults(valve("leak", "closed"), valve("flush", "open")) if one.rule in ACROSS]

    facts = dict(told.facts)
    assert (told.rule, told.place.file, told.advice) == ("opposite-plans", "flush", True)
    assert (facts["resource"], facts["state"], facts["other"]) == ("V-12", "closed", "open")
    assert "turn" in told.sentence("en") and "V-12" in told.sentence("zh")


def test_one_valve_under_two_names_is_known_by_its_tag():
    one, other = (
        valve("leak", "closed", "crac-water", tag="DN50-7"),
        valve("flush", "open", "drain", tag="DN50-7"),
    )

    assert found(one, other) == [("opposite-plans", "flush")]
    assert found(one, replace(other, steps=tuple(replace(step, tag=None) for step in other.steps))) == []


@given(st.sampled_from(["open", "closed", "off"]), st.sampled_from(["open", "closed", "off"]), st.booleans())
def test_it_is_found_just_where_the_states_differ_and_neither_keeps_the_other_back(
    one: str, other: str, inhibits: bool
):
    first = replace(valve("leak", one), inhibits=("flush",) if inhibits else ())

    assert found(first, valve("flush", other)) == (
        [("opposite-plans", "flush")] if one != other and not inhibits else []
    )


def restored(**said: Any) -> Runbook:
    """Something is switched off, and a procedure switches it on."""
    off = do("off", touches=(("FEED-1", "off"),))
    return plan(
        do("look"), off, run("power", "again", **said), do("end", after="all"), id="wet", hazard="wet"
    )


AGAIN = plan(do("on", touches=(("FEED-1", "on"),)), id="again")


@pytest.mark.requirement("E43")
def test_a_procedure_that_is_run_beside_a_step_does_not_switch_back_what_that_switches():
    assert found(restored(after="off"), AGAIN) == []
    assert found(restored(after="look"), AGAIN) == [("opposite-run", "wet")]


def test_a_hazard_that_a_step_runs_is_meant_to_cut_in_and_is_only_advised():
    """Whoever survives the lightning deals with fire and leak at once."""
    steps = (run("wet", "leak", after=""), run("dry", "flush", after=""), do("end", after="all"))
    strike = plan(*steps, id="strike", hazard="strike")

    assert found(strike, valve("leak", "closed"), valve("flush", "open")) == [("opposite-plans", "flush")]


def test_what_a_procedure_switches_is_told_at_the_step_that_runs_it():
    shut = valve("leak", "off", "FEED-1")
    again = plan(run("power", "again"), do("end"), id="wet", hazard="wet")

    (told,) = [one for one in faults(shut, again, AGAIN) if one.rule in ACROSS]

    assert (told.rule, told.place.line) == ("opposite-plans", 1)
    assert "on" in told.sentence("en")


def test_what_is_handed_over_goes_on_beside_every_step_behind_it():
    off = do("off", touches=(("FEED-1", "off"),), after="power")
    waited = plan(run("power", "again"), off, id="wet", hazard="wet")
    handed = plan(run("power", "again", hand_over=True), off, id="wet", hazard="wet")

    assert (found(waited, AGAIN), found(handed, AGAIN)) == ([], [("opposite-run", "wet")])


@pytest.mark.requirement("E35")
@pytest.mark.parametrize("said", [{"cls": "safety"}, {"cls": "mandatory"}])
def test_a_plan_on_which_a_life_may_hang_is_never_inhibited_also_not_by_what_it_runs(said: dict[str, str]):
    power = plan(do("start"), id="power", hazard="power", inhibits=("ups",))
    inner = plan(do("see", **said), id="inner")
    outer = plan(run("go", "inner"), id="ups", hazard="ups")

    assert found(power, outer, inner) == ([("inhibits-lives", "power")] if said["cls"] == "safety" else [])


def test_nothing_is_inhibited_that_the_plan_itself_opens():
    battery = Watch("battery", words=text("on battery"), run="ups")
    power = plan(do("start"), id="power", hazard="power", inhibits=("ups",), watches=[battery])

    assert found(power, plan(do("see"), id="ups", hazard="ups")) == [("inhibits-own", "power")]


@pytest.mark.requirement("E27")
def test_an_expectation_that_does_not_say_what_follows_fails_unless_it_says_none_on_purpose():
    said = {
        "nothing": Expect(that="reading < 1"),
        "none": Expect(that="reading < 1", nowhere=True),
        "finding": Expect(that="reading < 1", finding=True),
        "words": Expect(says=text("the lamp goes out")),
    }

    failed = {
        name: found(plan(do("see", expect=expect), readings="reading"), rules=("expect-without-else",)) != []
        for name, expect in said.items()
    }

    assert failed == {"nothing": True, "none": False, "finding": False, "words": False}
    assert RULES["expect-without-else"].severity == "error"
