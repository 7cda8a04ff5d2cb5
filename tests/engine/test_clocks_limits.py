"""Limits, waits and repetitions of steps, and what falls due by time alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clocks import due, missed_rounds, next_round_at, timers
from engine.events import AnswerGiven, RunEnded, StepDone, StepFailed, StepStarted, Told, WatchRaised
from engine.plan import Limit, Watch
from tests.engine.build import MS, T0, Device, apart, ask, do, graph, minutes, opened, tell, wait
from tests.engine.promised import HOUR, X, names

# --- limits


@pytest.mark.requirement("E38")
def test_a_step_is_overdue_one_millisecond_after_its_limit():
    device = opened(do("a", within="10m"), do("b"))

    for late, overdue in ((-MS, 0), (timedelta(), 0), (MS, 1)):
        device.now = T0 + minutes(10) + late
        assert len(names(device, "overdue")) == overdue
    assert timers(device.state)[0].at == T0 + minutes(10)


def test_a_limit_counts_from_the_opening_of_the_step_or_from_what_it_names():
    device = opened(
        do("a", marks="told"),
        do("b", within="10m"),
        do("c", lane="l", after="", within="10m", within_from="told"),
        do("d", lane="m", after="", within="10m", within_from="reported"),
        do("close", after="all"),
    )
    limits = {timer.step: timer.at for timer in timers(device.state)}
    assert limits == {"d": T0 + minutes(10)}

    device.pass_time("3m")
    device.done("a")

    limits = {timer.step: timer.at for timer in timers(device.state)}
    assert limits == {"d": T0 + minutes(10), "b": T0 + minutes(13), "c": T0 + minutes(13)}


def test_a_limit_may_count_from_another_step():
    device = opened(do("a"), do("b"), do("c", within="10m", within_from="a"))
    assert timers(device.state) == []

    device.done("a", at=T0)

    assert [(timer.step, timer.at) for timer in timers(device.state)] == [("c", T0 + minutes(10))]


def test_a_limit_on_a_word_that_is_not_due_yet_is_quiet_once_its_people_have_had_one():
    device = opened(
        ask("found", "yes no"),
        tell("rack-word", after="found.no"),
        tell("first", after="found.yes", within=Limit(minutes(20)), within_from="reported", lane="c"),
        do("close", after="all"),
    )
    device.pass_time("21m")
    unsaid = len(names(device, "overdue"))
    device.record(Told("customers", "power is off", "phone", "sent", "Chen"), at=T0 + minutes(15))
    said = len(names(device, "overdue"))
    device.answer("found", "yes")

    assert (unsaid, said, len(names(device, "overdue"))) == (1, 0, 1)


def test_a_limit_taken_from_the_site_says_so():
    device = opened(do("a", within=Limit(minutes(3), "isolate-wait")), do("b"))

    assert timers(device.state)[0].from_site
    waiting = opened(
        wait("w", span=Limit(minutes(3), "isolate-wait")), wait("v", span="3m", lane="l", after="w")
    )
    assert [timer.from_site for timer in timers(waiting.state)] == [True]
    assert not timers(opened(wait("w", span="3m"), do("b")).state)[0].from_site


def test_timers_come_soonest_first():
    device = opened(
        do("a", within="30m"),
        wait("w", lane="l", after="", span="10m"),
        do("watch", lane="m", after="", every="5m", times=3),
        do("close", after="all"),
    )

    assert [(timer.step, timer.kind) for timer in timers(device.state)] == [
        ("watch", "round"),
        ("w", "wait"),
        ("a", "limit"),
    ]


def test_what_is_expected_has_its_time_from_the_beginning_of_the_act():
    device = opened(
        do("a", expect="x < 1", expect_in="60s", otherwise="b"),
        do("b"),
        do("c", after="a.met b"),
        readings="x",
    )
    assert timers(device.state) == []

    device.do("start", "a")

    assert [(timer.kind, timer.at) for timer in timers(device.state)] == [("expect", T0 + minutes(1))]


# --- waits


def test_a_wait_for_a_time_is_over_at_its_end_and_not_a_millisecond_before():
    device = opened(wait("w", span="30m"), do("b"))

    assert device.pass_time(minutes(30) - MS) == []
    assert device.pass_time(MS) == [StepDone("w", by="clock", basis="sensed")]
    assert device.state.steps["b"].opened_at == T0 + minutes(30)


def test_a_wait_that_ran_out_while_nobody_looked_ended_at_its_moment():
    device = opened(wait("w", span="30m"), do("b", within="5m"))

    device.pass_time("3h")

    assert device.state.steps["b"].opened_at == T0 + minutes(30)
    assert names(device, "overdue")


@pytest.mark.parametrize("recovers", [True, False])
def test_a_wait_for_a_mark_or_a_time_shows_its_end_and_is_over_by_whichever_comes_first(recovers):
    device = opened(
        do("fix", marks="recovered"),
        wait("rest", until="recovered or waited >= 45m", lane="l", after=""),
        do("close", after="all"),
    )
    (shown,) = [one.at for one in timers(device.state) if one.step == "rest"]
    device.pass_time("10m")
    if recovers:
        device.done("fix")
    early = [one.at for one in due(device.state, device.now)]
    device.pass_time("36m")

    assert shown == T0 + minutes(45)
    assert early == ([T0 + minutes(10)] if recovers else [])
    last = device.state.steps["rest"].last
    assert last is not None and last.at == T0 + minutes(10 if recovers else 45)


def test_a_safety_wait_is_only_offered():
    device = opened(wait("w", span="30m", cls="safety"), do("b"))
    assert not device.may("do", "w")

    assert device.pass_time("30m") == []
    device.do("do", "w")

    assert device.place("b") == "OPEN"


def test_a_wait_may_begin_again_as_often_as_somebody_says():
    device = opened(wait("w", span="30m", restart=True), do("b"))
    for _ in range(2):
        device.pass_time("20m")
        device.do("start", "w")

    assert device.pass_time(minutes(30) - MS) == []
    device.pass_time(MS)

    assert device.place("b") == "OPEN"


def test_a_wait_until_a_condition_asks_for_its_readings_and_is_over_when_it_holds():
    device = opened(wait("w", until="x < 1"), do("b"), readings="x")

    device.do("read", "w", values={"x": "3"})
    assert device.settle() == []
    device.do("read", "w", values={"x": "0"})
    device.settle()

    assert device.place("b") == "OPEN"


def a_gate_of_people() -> Device:
    """Power goes off when nobody is inside; the last count is of before somebody went in."""
    device = opened(do("enter"), wait("w", until="x <= 0", cls="safety"), do("cut"), readings="x")
    device.read("x", 0)
    device.pass_time("5m")
    device.done("enter")
    device.pass_time("1m")
    return device


def test_a_safety_wait_is_not_over_by_a_value_that_is_older_than_itself():
    device = a_gate_of_people()

    assert (device.may("do", "w"), device.refusal(StepDone("w"))) == (False, "reading-missing")
    assert (device.act("read", "w").main, [need.name for need in device.act("read", "w").needs]) == (
        True,
        ["x"],
    )


@pytest.mark.parametrize(("inside", "over"), [("0", True), ("1", False)])
def test_a_safety_wait_is_over_by_what_was_read_since_it_opened(inside, over):
    device = a_gate_of_people()

    device.do("read", "w", values={"x": inside})

    assert device.may("do", "w") is over


def test_a_safety_wait_that_opens_again_asks_for_its_values_again():
    device = a_gate_of_people()
    device.do("read", "w", values={"x": "0"})
    device.do("do", "w")
    device.pass_time("1m")

    device.do("reopen", target="w", reason="somebody went in")

    assert device.refusal(StepDone("w")) == "reading-missing"


def steady() -> Device:
    return opened(wait("w", until="x < 1", steady="15m"), do("b"), readings=[X])


def test_a_steady_wait_is_over_when_it_held_so_long_without_a_break():
    device = steady()
    written = []
    for _ in range(3):
        device.read("x", 0)
        written += device.pass_time("5m")

    assert written == [StepDone("w", by="clock", basis="sensed")]
    assert device.state.steps["b"].opened_at == T0 + minutes(15)


def test_a_value_that_breaks_a_steady_wait_begins_it_afresh():
    device = steady()
    for value in (0, 0, 5, 0, 0, 0):
        device.read("x", value)
        device.pass_time("5m")

    assert device.place("b") == "OPEN"
    assert device.state.steps["b"].opened_at == T0 + minutes(30)


@pytest.mark.parametrize(
    ("gap", "over_at"), [(minutes(10), minutes(15)), (minutes(10) + MS, minutes(25) + MS)]
)
def test_a_reading_that_grew_too_old_breaks_a_steady_wait(gap, over_at):
    device = steady()
    device.read("x", 0)
    device.pass_time(gap)
    device.read("x", 0)
    device.pass_time(minutes(9))
    device.read("x", 0)
    device.pass_time(minutes(9))
    device.read("x", 0)
    device.pass_time(minutes(9))

    assert device.state.steps["b"].opened_at == T0 + over_at


def test_a_steady_wait_that_left_the_road_begins_afresh_when_it_comes_back():
    device = opened(
        ask("q", "yes no"),
        wait("w", after="q.yes", until="x < 1", steady="15m"),
        do("b", after="w q.no"),
        readings="x",
    )
    device.read("x", 0)
    device.answer("q", "yes")
    device.pass_time("10m")
    device.answer("q", "no")
    device.pass_time("10m")
    device.answer("q", "yes")

    assert device.state.steps["w"].true_since == T0 + minutes(20)
    assert device.pass_time(minutes(15) - MS) == []


def test_a_wait_that_failed_or_that_people_disagree_about_is_not_ended_by_the_clock():
    one, two = apart(wait("w", span="30m"), do("b"))
    one.record(StepFailed("w", "no time"))
    two.pass_time("30m")
    one.sync(two)

    assert one.settle() == []
    assert one.pass_time("1h") == []


# --- repetitions


@pytest.mark.requirement("E39")
def test_the_grid_of_a_repetition_is_not_moved_by_a_late_visit():
    device = opened(do("watch", every="5m", times=9), do("b"))
    dues = []
    for at in (minutes(0), minutes(7), minutes(10) - MS, minutes(10)):
        device.now = T0 + at
        device.do("visit", "watch")
        dues.append(next_round_at(device.state.steps["watch"]) - T0)

    assert dues == [minutes(5), minutes(10), minutes(10), minutes(15)]


@pytest.mark.requirement("E39")
def test_a_visit_is_missed_when_its_interval_has_passed_without_it():
    device = opened(do("watch", every="5m", times=9), do("b"))
    one = device.state.steps["watch"]

    assert [missed_rounds(one, T0 + at) for at in (minutes(5) - MS, minutes(5), minutes(10))] == [0, 1, 2]
    device.now = T0 + minutes(12)
    device.do("visit", "watch")

    assert [missed_rounds(one, T0 + minutes(at)) for at in (14, 15, 20)] == [2, 2, 3]


def test_each_missed_visit_is_an_alarm_of_its_own():
    device = opened(do("watch", every="5m", times=9), do("b"))
    device.pass_time("5m")
    first = names(device, "round-missed")
    device.do("ack", first[0])
    assert names(device, "round-missed") == []

    device.pass_time("5m")

    assert len(names(device, "round-missed")) == 1
    assert names(device, "round-missed") != first


# --- what falls due


def test_what_falls_due_comes_in_the_order_of_its_moments():
    device = opened(
        wait("w", span="20m"),
        do("late", lane="l", after="", within="10m", missed="call"),
        do("call", lane="m"),
        do("watch", lane="n", after="", every="5m", span="15m"),
        do("close", after="all"),
        watches=[Watch("long", "since-reported >= 12m")],
    )
    found = [(fact.at - T0, type(fact.event)) for fact in due(device.state, T0 + HOUR)]

    assert found == [
        (minutes(10), StepStarted),
        (minutes(12), WatchRaised),
        (minutes(15), StepDone),
        (minutes(20), StepDone),
    ]


def test_nothing_falls_due_before_the_run_or_after_its_end():
    device = Device(graph(wait("w", span="1m"), do("b")))
    assert due(device.state, T0 + HOUR) == []

    device.open()
    device.record(RunEnded("abandoned", "r"))

    assert due(device.state, T0 + HOUR) == []


def test_a_repeated_expectation_that_came_to_its_time_was_met():
    device = opened(
        do("watch", every="5m", span="10m", expect="x < 3", otherwise="stop"),
        do("stop"),
        do("close", after="watch.met stop"),
        readings="x",
    )

    written = device.pass_time("10m")

    assert written == [AnswerGiven("watch", "met", by="clock", basis="sensed")]
    assert (device.place("stop"), device.place("close")) == ("OFF", "OPEN")
