"""Watches raised by a value or a word, and the millisecond at which every clock brings something about."""

from __future__ import annotations

import pytest

from engine.clocks import alarms, became_true_at
from engine.events import WatchRaised, WatchRetired
from engine.plan import Watch
from tests.engine.build import MS, T0, Device, do, minutes, opened, text, wait
from tests.engine.promised import X, names, responding, watching

# --- watches


def test_a_watch_is_raised_at_the_moment_of_the_reading():
    device = watching()
    device.pass_time("3m")
    device.read("x", 33)

    device.pass_time("2m")

    assert device.state.watches["hot"].raised_at == T0 + minutes(3)
    assert device.state.watches["hot"].basis == "sensed"


def test_a_watch_on_time_is_raised_at_the_millisecond():
    device = watching("since-reported > 30m and x > 0")
    device.pass_time("29m")
    device.read("x", 1)

    device.pass_time("5m")

    assert device.state.watches["hot"].raised_at == T0 + minutes(30) + MS


def test_a_condition_became_true_with_the_value_that_made_it_true():
    device = opened(do("a"), do("b"), readings="x y")
    device.read("x", 9)
    device.pass_time("5m")
    device.read("y", 0)
    device.pass_time("5m")

    assert became_true_at(device.state, "x > 5 or y > 5", device.now) == T0
    assert became_true_at(device.state, "x > 5 and y < 5", device.now) == T0 + minutes(5)
    assert became_true_at(device.state, "not y > 5 and since-reported >= 7m", device.now) == T0 + minutes(7)


def test_a_watch_that_a_person_retired_is_not_raised_again_by_the_same_reading():
    device = watching()
    device.read("x", 33)
    device.settle()
    device.record(WatchRetired("hot", "the sensor lies"))

    assert device.pass_time("5m") == []
    device.read("x", 34)
    assert device.settle() == [WatchRaised("hot", by="clock", basis="sensed")]


def test_a_watch_is_retired_when_its_end_has_come():
    device = watching(until="x < 27")
    device.read("x", 33)
    device.settle()
    device.pass_time("5m")
    device.read("x", 26)

    assert device.settle() == [WatchRetired("hot", "x < 27", by="clock", basis="sensed")]
    assert device.state.watches["hot"].raised_at is None


def test_a_watch_raised_when_its_end_had_already_come_stays_until_it_comes_anew():
    device = opened(
        do("a", marks="verified"),
        do("b"),
        watches=[Watch("smoke", words=text("smoke"), run="fire", until="verified")],
    )
    device.do("do", "a")
    device.pass_time("1m")
    device.do("raise", "smoke")

    stays = device.pass_time("1m")
    calls = device.may("open-child", "smoke")
    device.do("reopen", target="a", reason="r")
    device.do("do", "a")

    assert (stays, calls) == ([], True)
    assert device.settle() == [WatchRetired("smoke", "verified", by="clock", basis="sensed")]


def watching_both() -> Device:
    """A watch that a value raises, and also whoever sees it."""
    return opened(do("a"), do("b"), watches=[Watch("hot", "x > 32", text("it is hot"))], readings=[X])


def test_a_watch_with_a_condition_and_words_raises_itself_and_is_called_by_its_words():
    device = watching_both()
    device.read("x", 33)

    assert device.settle() == [WatchRaised("hot", by="clock", basis="sensed")]
    [alarm] = [one for one in alarms(device.state, device.now) if one.kind == "watch"]
    assert alarm.subject == text("it is hot")


def test_a_watch_with_a_condition_and_words_is_raised_by_hand_before_anybody_has_measured():
    device = watching_both()
    assert device.act("raise", "hot").subject == text("it is hot")

    device.do("raise", "hot")

    assert device.state.watches["hot"].basis == "asserted"


def test_a_watch_in_words_is_raised_by_nobody_but_a_person():
    device = watching(None)

    assert device.pass_time("1h") == []
    device.do("raise", "hot")

    assert device.refused("retire", "hot", reason="") == "reason-first"


@pytest.mark.requirement("E22")
def test_a_watch_vanishes_only_by_a_word_that_says_why():
    device = watching(None)
    device.do("raise", "hot")
    device.pass_time("9h")
    assert names(device, "watch") == ["watch:hot:1"]

    device.do("retire", "hot", reason="no smoke any more")

    assert names(device, "watch") == []


# --- the millisecond of every clock


def a_visit_that_ends() -> Device:
    return opened(do("watch", every="5m", span="15m"), do("b"))


def a_steady_wait() -> Device:
    device = opened(wait("w", until="x < 1", steady="15m"), do("b"), readings="x")
    device.read("x", 0)
    return device


def a_limit_that_opens_another() -> Device:
    return opened(do("late", within="15m", missed="call"), do("call", lane="m"), do("close", after="all"))


def a_watch_on_time() -> Device:
    return opened(do("a"), do("b"), watches=[Watch("long", "since-reported >= 15m")])


def a_repetition_until_a_time() -> Device:
    return opened(do("watch", every="5m", until="waited >= 15m"), do("b"))


def a_wait_for_the_time_since() -> Device:
    return opened(wait("w", until="since-reported >= 15m"), do("b"))


def a_wait_until_it_has_waited() -> Device:
    return opened(wait("w", until="waited >= 15m"), do("b"))


@pytest.mark.parametrize(
    "begun",
    [
        a_wait_for_the_time_since,
        a_wait_until_it_has_waited,
        a_visit_that_ends,
        a_steady_wait,
        a_limit_that_opens_another,
        a_watch_on_time,
        a_repetition_until_a_time,
    ],
)
def test_what_a_quarter_of_an_hour_brings_about_comes_at_its_end_and_not_a_millisecond_before(begun):
    device = begun()

    assert device.pass_time(minutes(15) - MS) == []
    assert len(device.pass_time(MS)) == 1
    assert device.entries[-1].at == T0 + minutes(15)


def test_a_promise_warns_at_the_millisecond_and_not_before():
    device = responding()
    warned = []
    for at in (minutes(10) - MS, minutes(10), minutes(16) - MS, minutes(16), minutes(20), minutes(20) + MS):
        device.now = T0 + at
        warned.append(max((alarm.rank for alarm in alarms(device.state, device.now)), default=0))

    assert warned == [0, 1, 1, 2, 2, 3]
