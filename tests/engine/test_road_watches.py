"""What a plan did not ask for: watches that are raised, limits that are missed, steps put off or failed."""

from __future__ import annotations

from engine.events import (
    RunEnded,
    StepDeferred,
    StepFailed,
    StepSkipped,
    StepStarted,
    WatchRaised,
    WatchRetired,
)
from engine.plan import Watch
from tests.engine.build import MS, T0, ask, contact, do, hold, minutes, opened, text

SMOKE = Watch("smoke", words=text("smoke"))


# --- watches


def test_a_step_behind_a_watch_sleeps_off_the_road_until_it_is_raised():
    device = opened(do("a"), do("x", lane="l", after="smoke"), do("close", after="all"), watches=[SMOKE])
    assert device.word("x") == "asleep"

    device.do("raise", "smoke")
    assert device.place("x") == "OPEN"
    device.done("a")

    assert device.place("close") == "WAITING"


def test_a_quiet_watch_keeps_nobody_waiting():
    device = opened(do("a"), do("x", lane="l", after="smoke"), do("close", after="all"), watches=[SMOKE])

    device.done("a")

    assert device.place("close") == "OPEN"


def test_a_watch_that_is_retired_leaves_what_it_opened():
    device = opened(do("a"), do("x", lane="l", after="smoke"), do("close", after="all"), watches=[SMOKE])
    device.record(WatchRaised("smoke"), WatchRetired("smoke", "gone"))

    assert device.place("x") == "OPEN"


def test_raised_again_it_opens_again_and_with_it_what_only_it_leads_to():
    device = opened(
        do("a"),
        do("x", lane="l", after="smoke"),
        do("y", lane="l"),
        do("z", after="a y"),
        watches=[SMOKE],
    )
    device.record(WatchRaised("smoke"))
    device.done("x", "y", "a", "z")

    device.record(WatchRetired("smoke", "gone"), WatchRaised("smoke"))

    assert device.places() == {"a": "SETTLED", "x": "OPEN", "y": "WAITING", "z": "OPEN"}
    assert device.word("z") == "to-confirm"


def test_two_terminals_that_raise_the_same_watch_have_raised_it_once():
    device = opened(do("x", after="smoke", lane="l"), do("a", after=""), watches=[SMOKE])
    other = device.twin()
    device.record(WatchRaised("smoke"))
    device.done("x")
    other.record(WatchRaised("smoke"))

    device.sync(other)

    assert device.state.watches["smoke"].times == 1
    assert device.place("x") == "SETTLED"


# --- missed limits


LATE = (do("act", within="10m", missed="call"), do("call", lane="l"), do("close", after="all"))


def test_a_missed_limit_opens_the_step_it_names_and_the_late_one_stays_open():
    device = opened(*LATE)

    device.pass_time(minutes(10) - MS)
    assert device.place("call") == "WAITING"
    device.pass_time(MS)

    assert (device.place("act"), device.place("call")) == ("OPEN", "OPEN")
    assert device.state.steps["call"].opened_at == T0 + minutes(10)


def test_done_in_time_the_step_for_a_missed_limit_is_off():
    device = opened(*LATE)
    device.pass_time("10m")
    in_time = opened(*LATE)
    in_time.done("act")

    assert in_time.place("call") == "OFF"
    assert in_time.place("close") == "OPEN"


def test_a_late_word_that_it_was_done_in_time_takes_the_missed_step_off():
    device = opened(*LATE)
    device.pass_time("20m")
    assert device.place("call") == "OPEN"

    device.done("act", at=T0 + minutes(9))

    assert device.place("call") == "OFF"


def test_a_late_step_that_is_done_after_its_limit_leaves_the_missed_one_open():
    device = opened(*LATE)
    device.pass_time("20m")

    device.done("act")

    assert (device.place("act"), device.place("call"), device.place("close")) == (
        "SETTLED",
        "OPEN",
        "WAITING",
    )


def test_a_missed_limit_opens_its_step_at_once_whatever_else_may_still_lead_there():
    device = opened(
        do("a", within="5m", missed="call"),
        do("b", lane="m", after="", within="30m", missed="call"),
        do("call", lane="l"),
        do("close", after="all"),
    )

    device.pass_time("5m")

    assert device.place("call") == "OPEN"


def test_a_limit_that_counts_from_the_report_is_missed_by_a_step_that_has_not_opened():
    device = opened(
        do("a"),
        do("b", within="10m", within_from="reported", missed="call"),
        do("call", lane="l"),
        do("close", after="all"),
    )

    device.pass_time("10m")

    assert (device.place("b"), device.place("call")) == ("WAITING", "OPEN")


def test_nobody_says_that_another_limit_was_missed():
    device = opened(*LATE)

    assert device.refusal(StepStarted("close", missed="act")) == "already-settled"
    device.record(StepStarted("close", missed="act"))

    assert device.place("call") == "WAITING"


# --- deferred and failed


def test_a_deferred_step_lets_its_followers_go_on_and_keeps_the_run_from_being_complete():
    device = opened(do("a"), do("b"))

    device.do("defer", "a", reason="no spare")
    device.done("b")

    assert device.state.road.finished
    assert device.refusal(RunEnded("complete")) == "left-to-do"
    device.done("a")
    assert device.refusal(RunEnded("complete")) == ""


def test_a_deferred_step_comes_back_before_the_step_it_names():
    device = opened(do("a"), do("b"), do("c"))
    device.do("defer", "a", reason="r", until="c")

    device.done("b")
    assert device.place("c") == "WAITING"
    assert device.state.come_back() == ["a"]
    device.done("a")

    assert device.place("c") == "OPEN"


def test_a_deferred_step_comes_back_as_soon_as_only_it_is_waited_for():
    device = opened(do("a"), do("b"), do("c"), do("x", lane="l", after=""), do("close", after="all"))
    device.do("defer", "a", reason="r", until="c")
    assert device.state.come_back() == []

    device.done("b")

    assert (device.open_steps(), device.state.come_back()) == (["x"], ["a"])


def test_a_deferred_step_that_names_none_comes_back_at_the_end():
    device = opened(do("a"), do("b"))
    device.do("defer", "a", reason="r")
    assert device.state.come_back() == []

    device.done("b")

    assert device.state.come_back() == ["a"]


def test_a_deferred_step_comes_back_while_a_repetition_waits_for_it():
    device = opened(
        do("s"), do("a"), do("watch", lane="l", after="s", every="5m", until="a"), do("close", after="all")
    )
    device.done("s")

    device.do("defer", "a", reason="r")

    assert device.state.come_back() == ["a"]


def test_a_step_is_not_deferred_to_one_that_is_done_open_or_above_it():
    device = opened(do("a"), do("b"), do("x", lane="l", after="a"), do("c", after="b x"))
    device.done("a")

    assert device.refusal(StepDeferred("b", "r", "a")) == "defer-too-late"
    assert device.refusal(StepDeferred("b", "r", "x")) == "defer-too-late"
    assert device.refusal(StepDeferred("b", "r", "b")) == "defer-too-late"
    assert device.refusal(StepDeferred("b", "r", "c")) == ""


def test_a_repeated_step_is_not_deferred_to_one_that_its_end_waits_for():
    device = opened(
        do("s"),
        do("a"),
        do("b"),
        do("watch", lane="l", after="s", every="5m", until="b"),
        do("close", after="all"),
    )
    device.done("s")

    assert device.refusal(StepDeferred("watch", "r", "b")) == "defer-too-late"
    assert device.refusal(StepDeferred("watch", "r", "close")) == ""


def test_a_plan_may_say_before_which_step_a_deferred_one_comes_back_or_that_it_may_not_be_deferred():
    device = opened(
        do("a", defer="c"), do("x", lane="l", after="", defer=None), do("b"), do("c", after="b x")
    )

    assert device.refusal(StepDeferred("a", "r")) == "defer-limit"
    assert device.refusal(StepDeferred("x", "r")) == "not-deferrable"
    device.do("defer", "a", reason="r")

    assert device.state.deferred_to("a") == "c"


def test_what_was_deferred_and_left_the_road_holds_nobody_back():
    device = opened(
        ask("q", "yes no"),
        do("a", after="q.yes"),
        do("b", after="q"),
        do("c", after="b"),
        do("close", after="all"),
    )
    device.answer("q", "yes")
    device.do("defer", "a", reason="r", until="c")
    device.done("b")
    assert device.place("c") == "WAITING"

    device.answer("q", "no")
    device.do("confirm", "b")

    assert device.place("c") == "OPEN"


def test_safety_steps_decisions_and_holds_are_neither_deferred_nor_skipped():
    device = opened(
        do("a", cls="safety"),
        ask("q", "yes no", lane="l", after="", cls="optional"),
        hold("h", "PWR ENG", lane="m", after="", cls="optional"),
        do("close", after="all"),
    )

    assert {device.refusal(StepDeferred(name, "r")) for name in ("a", "q", "h")} == {"not-deferrable"}
    assert {device.refusal(StepSkipped(name, "r")) for name in ("a", "q", "h")} == {"not-optional"}
    assert not any(device.may(verb, name) for verb in ("defer", "skip") for name in ("a", "q", "h"))


def test_only_an_optional_step_is_skipped():
    device = opened(do("a"), do("b", lane="l", after="", cls="optional"), do("close", after="all"))

    assert device.refusal(StepSkipped("a", "r")) == "not-optional"
    device.do("skip", "b", reason="no lamp")

    assert device.word("b") == "skipped"
    assert device.place("b") == "SETTLED"


def test_a_failed_step_stays_open_until_it_is_done_overridden_or_deferred():
    device = opened(do("a"), do("b"))
    device.do("fail", "a", reason="stuck")
    assert (device.place("a"), device.place("b")) == ("OPEN", "WAITING")

    done, passed, put_off = device.twin(), device.twin("c"), device.twin("d")
    done.do("do", "a")
    passed.do("override", "a", reason="r")
    put_off.do("defer", "a", reason="r")

    assert [one.place("b") for one in (done, passed, put_off)] == ["OPEN"] * 3


def test_failing_a_step_with_an_else_is_its_bad_answer():
    device = opened(
        do("a", expect="x < 1", otherwise="b"),
        do("b"),
        do("c", after="a.met b"),
        do("close", after="all"),
        readings="x",
    )

    device.do("fail", "a", reason="the valve is stuck")

    assert (device.state.steps["a"].answer, device.place("b")) == ("unmet", "OPEN")


def test_a_decision_cannot_fail_and_neither_can_a_hold():
    device = opened(ask("q", "yes no"), hold("h", "PWR ENG", lane="l", after=""), do("close", after="all"))

    assert device.refusal(StepFailed("q", "r")) == "answer-instead"
    assert device.refusal(StepFailed("h", "r")) == "signatures-missing"


def test_without_else_a_contact_stays_open_when_nobody_answers():
    device = opened(contact("call", "ENG"), do("b"))
    for person in ("li", "li", "li", "zhou"):
        device.do("try", "call", person=person, channel="phone", outcome="no-answer")

    assert device.place("call") == "OPEN"
    assert not device.may("nobody", "call")
