"""Marks, what is restored, other runs, and how the work grows with a plan."""

from __future__ import annotations

from functools import partial
from math import log

import pytest

from engine.events import AnswerGiven, StepDone, StepOverridden, StepReopened, StepSkipped, stamp
from tests.engine.build import T0, ask, do, minutes, opened, operations, run, wait

# --- marks


def test_a_mark_stands_from_when_its_step_is_done():
    device = opened(do("a", marks="dry"), do("b"))

    device.done("a", at=T0)

    assert device.state.marks == {"dry": (T0, "a")}


def test_reopening_takes_a_mark_back_and_when_it_was_reached_first_is_kept():
    device = opened(do("a", marks="dry"), do("b"))
    device.pass_time("3m")
    device.done("a")

    device.record(StepReopened("a", "r"))

    assert device.state.marks == {}
    assert device.state.first_marks["dry"] == T0 + minutes(3)


def test_a_mark_does_not_stand_off_the_road():
    device = opened(
        ask("q", "yes no"),
        do("a", after="q.yes", marks="dry"),
        do("b", after="q.no"),
        do("close", after="a b"),
    )
    device.answer("q", "yes")
    device.done("a")
    assert "dry" in device.state.marks

    device.answer("q", "no")

    assert device.state.marks == {}


def test_a_bad_answer_reaches_no_mark():
    device = opened(
        do("a", expect="x < 1", otherwise="b", marks="closed-valve"),
        do("b"),
        do("close", after="a.met b"),
        readings="x",
    )

    device.do("do", "a", values={"x": "3"})

    assert device.state.marks == {}


@pytest.mark.parametrize("event", [StepOverridden, StepSkipped])
def test_passing_a_step_with_a_mark_says_when_it_happened_or_that_it_did_not(event):
    happened, did_not = (opened(do("a", marks="dry", cls="optional"), do("b")) for _ in range(2))

    happened.record(event("a", "r", mark_at=stamp(T0 + minutes(2))))
    did_not.record(event("a", "r"))

    assert happened.state.marks == {"dry": (T0 + minutes(2), "a")}
    assert did_not.state.marks == {}


def test_a_mark_cannot_be_reached_in_the_future():
    device = opened(do("a", marks="dry"), do("b"))

    assert device.refusal(StepOverridden("a", "r", mark_at=stamp(T0 + minutes(2)))) == "in-the-future"
    assert device.refusal(StepOverridden("a", "r", mark_at="yesterday")) == "not-a-time"


def test_the_report_is_the_opening_of_the_run():
    device = opened(do("a", only_when="reported and since-reported >= 0s"), do("b"))

    assert device.state.first_marks["reported"] == T0
    assert device.place("a") == "OPEN"


# --- restore and other runs


def test_what_is_restored_comes_before_the_closing_step():
    device = opened(
        do("a"),
        do("x", lane="l", after="a"),
        do("close", after="all"),
        restore=[do("rearm", cls="safety"), do("tidy")],
    )
    device.done("a")
    assert device.place("rearm") == "WAITING"

    device.done("x")
    assert device.open_steps() == ["rearm"]
    device.done("rearm", "tidy")

    assert device.open_steps() == ["close"]


def test_a_run_step_is_finished_when_the_other_run_is_open_where_it_hands_over():
    device = opened(run("fire", hand_over=True), do("b"))

    device.do("open-child", "fire", child="H-1", answer="child")

    assert device.state.children["H-1"].step == "fire"
    assert device.place("b") == "OPEN"


def test_a_run_step_waits_for_the_end_of_the_other_run_and_the_rest_goes_on():
    device = opened(run("fire"), do("b"), do("x", lane="l", after=""), do("close", after="all"))
    assert device.refusal(StepDone("fire")) == "child-first"

    device.do("open-child", "fire", child="H-1", answer="child")

    assert (device.place("fire"), device.place("b"), device.place("x")) == ("OPEN", "WAITING", "OPEN")
    device.propose(StepDone("fire", by="clock", basis="sensed"))
    assert device.place("b") == "OPEN"


def test_a_run_step_that_is_reopened_opens_another_run():
    device = opened(run("fire", hand_over=True), do("b"))
    device.do("open-child", "fire", child="H-1", answer="child")

    device.do("reopen", None, target="fire", reason="again")

    assert device.may("open-child", "fire")


# --- growth


@pytest.mark.parametrize(("small", "large"), [(500, 4_000)])
def test_the_work_of_a_step_does_not_grow_with_the_plan(small, large):
    works = []
    for size in (small, large):
        device = opened(*[do(f"s{number}") for number in range(size)])
        device.propose(StepDone("s0"))
        works.append(operations(partial(device.propose, StepDone("s1"))))

    assert log(works[1] / works[0]) / log(large / small) <= 0.1


def test_three_hundred_lanes_and_ten_thousand_steps_are_walked_without_recursion():
    lanes = opened(
        do("s"), *[do(f"x{n}", lane=f"l{n}", after="s") for n in range(300)], do("close", after="all")
    )
    lanes.done("s", *[f"x{n}" for n in range(300)])
    chain = opened(
        *[do(f"s{number}", only_when="x > 0") for number in range(10_000)], do("close"), readings="x"
    )

    chain.read("x", 0)
    chain.record(AnswerGiven("s0", "pass"))

    assert lanes.open_steps() == ["close"]
    assert chain.open_steps() == ["close"]


def test_a_wait_holds_the_road_until_it_is_over():
    device = opened(wait("w", span="10m"), do("b"))

    assert device.refusal(StepDone("w")) == "wait-goes-on"
    device.pass_time("10m")

    assert device.place("b") == "OPEN"
