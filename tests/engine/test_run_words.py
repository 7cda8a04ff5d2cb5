"""Levels and people of a run, and the one word for every step."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from engine.clocks import alarms
from engine.events import (
    AnswerGiven,
    HandoverSigned,
    LevelDeclared,
    PersonLeft,
    ReadingTaken,
    RoleTaken,
    StepDone,
    StepOverridden,
)
from engine.plan import Reading, Watch
from engine.state import status
from tests.engine.build import ABC, Device, apart, ask, contact, do, level_rule, opened, operations, text

# --- levels and people


def test_of_two_levels_declared_apart_the_higher_is_in_force_until_somebody_who_saw_both_speaks():
    one, two = apart(*ABC)
    one.record(LevelDeclared("III"))
    two.record(LevelDeclared("I"))
    one.sync(two)
    assert one.state.level == "I"

    one.record(LevelDeclared("II"))

    assert one.state.level == "II"


def test_one_person_commands_and_many_may_hold_any_other_role():
    device = opened(*ABC)

    device.propose(RoleTaken("ENG", "zhou"))
    device.propose(RoleTaken("IC", "li", reason="wang is on the way"))

    assert device.state.holders("ENG") == ("li", "zhou")
    assert device.state.holders("IC") == ("li",)
    assert device.state.roles_of("wang") == ()


def test_command_is_taken_only_with_a_reason():
    device = opened(*ABC)

    assert device.refusal(RoleTaken("IC", "li")) == "command-taken"
    assert device.refusal(RoleTaken("IC", "wang", reason="r")) == "role-held"
    assert device.refusal(RoleTaken("XX", "li")) == "unknown-role"
    assert device.refusal(RoleTaken("ENG", "stranger")) == "who-is-it"


def test_two_who_took_command_apart_both_hold_it_and_neither_does():
    one, two = apart(*ABC)
    one.record(RoleTaken("IC", "li", reason="r"))
    two.record(RoleTaken("IC", "zhao", reason="r"))
    one.sync(two)

    assert set(one.state.commanders) == {"li", "zhao"}
    assert not one.state.holds("li", "IC") and not one.state.holds("zhao", "IC")
    one.propose(RoleTaken("IC", "zhao", reason="agreed by radio"))

    assert one.state.commanders == ("zhao",)


@pytest.mark.requirement("E47")
def test_a_role_is_handed_over_when_both_have_signed_and_not_before():
    device = opened(*ABC)
    assert device.refusal(HandoverSigned("ENG", "li", "li", "pin", "pin")) == "handover-self"
    assert device.refusal(HandoverSigned("ENG", "zhao", "zhou", "pin", "pin")) == "role-not-held"
    assert device.refusal(HandoverSigned("ENG", "li", "zhou", "pin", "")) == "unknown-strength"

    device.propose(HandoverSigned("ENG", "li", "zhou", "own-device", "pin", "entry permit is half signed"))

    assert device.state.holders("ENG") == ("zhou",)


def test_whoever_leaves_holds_no_role_any_more():
    device = opened(*ABC)

    device.propose(PersonLeft("wang"))
    device.propose(PersonLeft("li"))

    assert (device.state.commanders, device.state.holders("ENG")) == ((), ())
    assert not {"wang", "li"} & device.state.people.keys()
    assert device.refusal(PersonLeft("li")) == "not-in-run"


# --- statuses


@pytest.mark.requirement("E29")
def test_every_step_has_one_word_of_a_closed_set():
    device = opened(
        do("a"),
        do("b", cls="optional"),
        ask("q", "yes no"),
        do("c", after="q.yes"),
        do("d", after="q.no"),
        do("e", after="c d", verify="independent"),
        contact("f"),
        do("s", lane="l", after="w"),
        do("close", after="all"),
        watches=[Watch("w", words=text("w"))],
    )
    device.done("a")
    device.do("skip", "b", reason="r")
    device.answer("q", "yes")
    device.do("start", "c")
    words = device_words(device)
    device.done("c", "e")

    assert words == {
        "a": "done",
        "b": "skipped",
        "q": "done",
        "c": "active",
        "d": "not-applicable",
        "e": "waiting",
        "f": "waiting",
        "s": "asleep",
        "close": "waiting",
    }
    assert device.word("e") == "awaiting-second"


def device_words(device: Device) -> dict[str, str]:
    return {name: status(device.state, name) for name in device.graph.steps}


@pytest.mark.requirement("E31")
def test_an_override_needs_a_reason_and_is_never_done():
    device = opened(*ABC)

    assert device.refusal(StepOverridden("a", "")) == "reason-first"
    device.do("override", "a", reason="the valve was shut already")

    assert device.word("a") == "overridden"
    assert device.place("b") == "OPEN"


@pytest.mark.requirement("E20")
def test_no_to_all_but_one_answer_never_picks_the_last_and_an_answer_shuts_out_the_others():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no a"))

    device.answer("q", "yes")
    device.answer("q", "no")

    assert [device.place("a"), device.state.steps["q"].answer] == ["OFF", "no"]
    assert [entry.event.answer for entry in device.entries if isinstance(entry.event, AnswerGiven)] == [
        "yes",
        "no",
    ]


@pytest.mark.requirement("E19")
def test_a_branch_not_taken_stays_in_the_list_and_can_be_taken_later():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no a"))

    device.answer("q", "no")
    assert device.word("a") == "not-applicable"
    device.answer("q", "yes")

    assert device.word("a") == "ready"


def test_the_work_of_an_entry_does_not_grow_with_the_number_of_visits():
    device = opened(
        do("watch", every="1m", until="a", record="x"),
        do("a", lane="l", after=""),
        do("b", after="watch a"),
        readings=[Reading("x", text("x"), unit="u", rise=timedelta(minutes=10))],
        levels=(level_rule("I", "x-rise > 5"),),
    )
    works = []

    for number in range(1, 3_001):
        device.now += timedelta(minutes=1)
        visit = partial(device.propose, ReadingTaken("x", "1", "u", "watch"), StepDone("watch", round=number))
        if number in (100, 3_000):
            works.append(operations(visit) + operations(partial(alarms, device.state, device.now)))
        else:
            visit()

    assert works[1] <= works[0] * 1.1
