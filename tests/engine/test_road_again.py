"""What is done again: roads that go back, and repeated steps."""

from __future__ import annotations

import pytest

from engine.events import (
    AnswerGiven,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
)
from tests.engine.build import (
    MS,
    T0,
    Device,
    ask,
    assert_road_is_sweep,
    do,
    hold,
    minutes,
    opened,
    operations,
)

# --- going back


LOOP = (do("a", record="x"), do("b"), ask("q", "on back:a:2"), do("c", after="q.on q.back"))


def test_going_back_opens_the_steps_between_again_without_their_values():
    device = opened(*LOOP, readings="x")
    device.do("do", "a", values={"x": "1"})
    device.done("b")

    device.answer("q", "back")

    assert device.places() == {"a": "OPEN", "b": "WAITING", "q": "WAITING", "c": "WAITING"}
    assert device.state.steps["a"].readings == {}
    assert device.state.steps["a"].visit == 2
    assert device.state.readings["x"][0].value.text == "1"


def test_signatures_are_not_carried_round_a_loop():
    device = opened(do("a"), hold("h", "PWR ENG"), ask("q", "on back:a:1"), do("c", after="q.on q.back"))
    device.done("a")
    device.signed("h", ("zhao", "PWR"), ("li", "ENG"))

    device.answer("q", "back")
    device.done("a")

    assert device.place("h") == "OPEN"
    assert device.state.steps["h"].signatures == []


def test_when_its_turns_are_used_up_the_answer_is_an_ordinary_one():
    device = opened(*LOOP, readings="x")
    for _ in range(2):
        device.done("a", "b")
        device.answer("q", "back")
    device.done("a", "b")

    device.answer("q", "back")

    assert device.places() == {"a": "SETTLED", "b": "SETTLED", "q": "SETTLED", "c": "OPEN"}


def test_other_lanes_are_left_alone_when_the_road_goes_back():
    device = opened(
        do("a"),
        do("x", lane="l", after="a"),
        ask("q", "on back:a:1", after="a x"),
        do("c", after="q.on q.back"),
    )
    device.done("a", "x")

    device.answer("q", "back")

    assert (device.place("a"), device.place("x"), device.place("q")) == ("OPEN", "SETTLED", "WAITING")


def test_an_inner_loop_counts_afresh_when_an_outer_one_goes_round():
    device = opened(
        do("a"),
        ask("inner", "on back:a:1"),
        ask("outer", "on back:a:2", after="inner.on inner.back"),
        do("c", after="outer.on outer.back"),
    )
    device.done("a")
    device.answer("inner", "back")
    device.done("a")
    device.answer("inner", "back")
    assert device.place("outer") == "OPEN"

    device.answer("outer", "back")
    device.done("a")
    device.answer("inner", "back")

    assert device.place("a") == "OPEN"
    assert device.state.turns == {("outer", "back"): 1, ("inner", "back"): 1}


def test_an_expectation_that_fails_may_go_back_and_a_refusal_too():
    device = opened(
        do("a", record="x"),
        do("b", expect="x < 1", otherwise=("a", 1)),
        hold("h", "PWR ENG", after="b.met b.unmet", refused=("b", 1)),
        do("c", after="h.signed h.refused"),
        readings="x",
    )
    device.do("do", "a", values={"x": "5"})
    device.do("do", "b", values={"x": "5"})
    assert device.open_steps() == ["a"]

    device.do("do", "a", values={"x": "0"})
    device.do("do", "b", values={"x": "0"})
    device.do("refuse", "h", reason="not dry")

    assert device.open_steps() == ["b"]


def test_the_way_back_must_be_the_one_that_the_plan_says_now():
    device = opened(*LOOP, readings="x")
    device.done("a", "b")

    assert device.refusal(AnswerGiven("q", "back")) == "wrong-way-back"
    assert device.refusal(AnswerGiven("q", "back", ("b", "q"))) == "wrong-way-back"
    assert device.refusal(AnswerGiven("q", "back", ("a", "b", "q"))) == ""


def test_ten_thousand_rounds_of_a_loop_are_the_same_work_each():
    device = opened(do("a"), ask("q", "on back:a:1000"), do("c", after="q.on q.back"))
    works = []

    for number in range(10_000):
        if number % 9_000 == 100:
            works.append(operations(lambda: go_round(device)))
        else:
            go_round(device)

    assert device.state.turns["q", "back"] == 10_000
    assert works[1] <= works[0] * 1.1
    assert_road_is_sweep(device.state)


def go_round(device: Device) -> None:
    device.record(StepDone("a"), AnswerGiven("q", "back", ("a", "q")))


# --- repeated steps


def test_followers_of_a_repeated_step_wait_for_its_end():
    device = opened(do("watch", every="5m", times=2), do("after"))

    device.do("visit", "watch")
    assert device.place("after") == "WAITING"
    device.do("visit", "watch")
    assert (device.place("watch"), device.place("after")) == ("SETTLED", "OPEN")


def test_a_repeated_step_goes_on_until_the_other_step_is_finished():
    device = opened(
        do("a"), do("b"), do("watch", lane="l", after="a", every="5m", until="b"), do("close", after="all")
    )
    device.done("a")
    device.do("visit", "watch")

    assert device.refusal(StepDone("watch")) == "goes-on"
    device.done("b")

    assert device.place("watch") == "SETTLED"


def test_a_repetition_ends_when_what_ends_it_is_off_the_road():
    device = opened(
        ask("q", "yes no"),
        do("b", after="q.yes"),
        do("watch", lane="l", after="q", every="5m", until="b"),
        do("close", after="all"),
    )

    device.answer("q", "no")

    assert device.place("watch") == "SETTLED"


@pytest.mark.parametrize(
    ("event", "place"),
    [
        (StepDone("b"), "SETTLED"),
        (StepSkipped("b", "r"), "SETTLED"),
        (StepOverridden("b", "r"), "SETTLED"),
        (StepFailed("b", "r"), "OPEN"),
        (StepDeferred("b", "r"), "OPEN"),
    ],
)
def test_until_a_mark_ends_when_the_step_that_carries_it_is_finished_in_any_way(event, place):
    device = opened(
        do("a"),
        do("b", marks="dry"),
        do("watch", lane="l", after="a", every="5m", until="dry"),
        do("close", after="all"),
    )
    device.done("a")

    device.record(event)

    assert device.place("watch") == place


def test_until_a_mark_of_two_roads_ends_with_the_carrier_of_the_road_taken():
    device = opened(
        ask("q", "yes no"),
        do("a", after="q.yes", marks="dry"),
        do("b", after="q.no", marks="dry"),
        do("watch", lane="l", after="q", every="5m", until="dry"),
        do("close", after="all"),
    )
    device.answer("q", "no")
    assert device.place("watch") == "OPEN"

    device.done("b")

    assert device.place("watch") == "SETTLED"


def test_a_repetition_goes_on_again_when_what_ended_it_is_reopened():
    device = opened(
        do("a"), do("b"), do("watch", lane="l", after="a", every="5m", until="b"), do("close", after="all")
    )
    device.done("a", "b")
    assert device.place("watch") == "SETTLED"

    device.record(StepReopened("b", "r"))

    assert device.place("watch") == "OPEN"


def test_a_repetition_for_a_time_is_ended_by_the_clock():
    device = opened(do("watch", every="5m", span="10m"), do("after"))

    device.pass_time(minutes(10) - MS)
    assert device.place("after") == "WAITING"
    device.pass_time(MS)

    assert device.place("after") == "OPEN"
    assert device.state.steps["after"].opened_at == T0 + minutes(10)


def test_a_repetition_until_a_condition_is_ended_when_the_condition_holds():
    device = opened(do("watch", every="5m", until="x < 1", record="x"), do("after"), readings="x")

    device.do("visit", "watch", values={"x": "3"})
    assert device.settle() == []
    device.pass_time("5m")
    device.do("visit", "watch", values={"x": "0"})
    device.settle()

    assert device.place("after") == "OPEN"


def test_a_repeated_expectation_that_fails_ends_by_that_and_one_that_never_fails_was_met():
    steps = (
        do("watch", every="5m", times=2, expect="x < 3", otherwise="stop"),
        do("stop"),
        do("go", after="watch.met"),
        do("close", after="stop go"),
    )
    failed, met = opened(*steps, readings="x"), opened(*steps, readings="x")

    failed.do("visit", "watch", values={"x": "1"})
    failed.do("visit", "watch", values={"x": "5"})
    met.do("visit", "watch", values={"x": "1"})
    met.do("visit", "watch", values={"x": "2"})

    assert (failed.place("stop"), failed.place("go")) == ("OPEN", "OFF")
    assert (met.place("stop"), met.place("go")) == ("OFF", "OPEN")


def test_each_visit_takes_its_own_values_and_has_its_own_number():
    device = opened(do("watch", every="5m", times=3, record="x"), readings="x")

    for value in ("1", "2"):
        device.do("visit", "watch", values={"x": value})
        device.pass_time("5m")

    assert [one.number for one in device.state.steps["watch"].rounds] == [1, 2]
    assert device.refusal(StepDone("watch", round=3)) == "reading-missing"
    assert device.refusal(StepDone("watch", round=5)) == "wrong-round"


def test_the_same_visit_from_two_devices_is_one_visit():
    device = opened(do("watch", every="5m", times=2), do("after"))
    other = device.twin()
    device.do("visit", "watch")
    other.do("visit", "watch")

    device.sync(other)

    assert device.place("watch") == "OPEN"
    assert [one.number for one in device.state.steps["watch"].rounds] == [1]
