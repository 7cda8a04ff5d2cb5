"""Where steps stand: the rules of order of the runbook language, each as a fact."""

from __future__ import annotations

from functools import partial
from math import log

import pytest

from engine.events import (
    AnswerGiven,
    RunEnded,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    StepStarted,
    WatchRaised,
    WatchRetired,
    stamp,
)
from engine.plan import Watch
from tests.engine.build import (
    MS,
    T0,
    Device,
    ask,
    assert_road_is_sweep,
    contact,
    do,
    graph,
    hold,
    minutes,
    operations,
    run,
    text,
    wait,
)

SMOKE = Watch("smoke", words=text("smoke"))


def opened(*steps, **said) -> Device:
    return Device(graph(*steps, **said)).open()


# --- waiting, open, off


def test_a_step_waits_for_every_step_before_it():
    device = opened(do("a"), do("b", lane="l", after=""), do("c", after="a b"))

    device.done("a")
    assert device.place("c") == "WAITING"
    device.done("b")
    assert device.place("c") == "OPEN"


def test_a_step_that_says_after_nothing_starts_with_the_run():
    device = opened(do("a"), do("b", lane="l", after=""), do("close", after="all"))

    assert device.open_steps() == ["a", "b"]


def test_an_answer_leads_one_way_and_the_other_is_not_applicable():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no"), do("c", after="a b"))

    device.answer("q", "yes")

    assert device.places() == {"q": "SETTLED", "a": "OPEN", "b": "OFF", "c": "WAITING"}


def test_a_join_waits_only_for_the_road_that_was_taken():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no"), do("c", after="a b"))

    device.answer("q", "no")
    device.done("b")

    assert device.places() == {"q": "SETTLED", "a": "OFF", "b": "SETTLED", "c": "OPEN"}


def test_a_step_is_not_applicable_when_all_before_it_are():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("a2"), do("a3"), do("c", after="a3 q.no"))

    device.answer("q", "no")

    assert [device.place(name) for name in ("a", "a2", "a3", "c")] == ["OFF", "OFF", "OFF", "OPEN"]


def test_a_step_done_off_the_road_carries_nobody_on():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="a"), do("c", after="b q.no"))
    device.answer("q", "yes")
    device.done("a")

    device.answer("q", "no")

    assert device.state.steps["a"].status == "done"
    assert (device.place("a"), device.place("b"), device.place("c")) == ("OFF", "OFF", "OPEN")


def test_any_outcome_leads_on_where_no_answer_is_named():
    device = opened(ask("q", "yes no"), do("a", after="q"))

    device.answer("q", "no")

    assert device.place("a") == "OPEN"


def test_what_has_opened_stays_open_while_what_leads_to_it_is_done_again():
    device = opened(do("a"), do("b"))
    device.done("a")

    device.do("reopen", None, target="a", reason="wrong valve")

    assert device.places() == {"a": "OPEN", "b": "OPEN"}


def test_what_has_opened_closes_when_its_road_is_left_and_opens_afresh_when_it_comes_back():
    device = opened(
        ask("q", "yes no"), do("a", after="q.yes", record="x"), do("b", after="a q.no"), readings="x"
    )
    device.answer("q", "yes")
    device.read("x", 1, "a")

    device.answer("q", "no")
    assert device.place("a") == "OFF"
    device.pass_time("5m")
    device.answer("q", "yes")

    again = device.state.steps["a"]
    assert again.opened_at == T0 + minutes(5)
    assert again.readings == {}


def test_lanes_may_end_anywhere_and_the_run_waits_for_them():
    device = opened(do("a"), do("x", lane="l", after="a"), do("close", after="a"))
    device.done("a", "close")

    assert not device.state.road.finished
    device.done("x")

    assert device.state.road.finished


def test_the_closing_step_waits_for_every_lane_and_loose_end():
    device = opened(
        do("a"), do("x", lane="l", after="a"), do("y", lane="m", after="a"), do("close", after="all")
    )

    device.done("a", "x")
    assert device.place("close") == "WAITING"
    device.done("y")
    assert device.place("close") == "OPEN"


def test_a_run_is_complete_only_when_nothing_is_left_on_the_road():
    device = opened(do("a"), do("x", lane="l", after="a"), do("close", after="all"))
    device.done("a", "close")

    assert device.refusal(RunEnded("complete")) == "still-open"
    device.done("x")
    assert device.refusal(RunEnded("complete")) == ""


def test_a_road_that_stops_leaves_the_closing_step_off():
    device = opened(
        ask("q", "real false"),
        do("stop", after="q.false", ends=True),
        do("a", after="q.real"),
        do("close", after="all"),
        exit=("x > 3",),
        readings="x",
    )

    device.answer("q", "false")
    device.done("stop")

    assert device.place("close") == "OFF"
    assert device.state.road.finished
    assert device.refusal(RunEnded("complete")) == ""


# --- only_when


def test_only_when_is_judged_once_when_the_step_would_open():
    device = opened(do("a"), do("b", only_when="x > 3"), do("c"), readings="x")
    device.read("x", 1)

    device.done("a")
    assert device.places() == {"a": "SETTLED", "b": "SETTLED", "c": "OPEN"}
    assert device.word("b") == "passed"
    device.read("x", 9)

    assert device.word("b") == "passed"


def test_a_step_whose_condition_is_true_opens():
    device = opened(do("a"), do("b", only_when="x > 3"), do("c"), readings="x")
    device.read("x", 4)

    device.done("a")

    assert device.place("b") == "OPEN"


def test_the_reading_that_comes_with_the_entry_that_opens_a_step_counts():
    device = opened(do("a", record="x"), do("b", only_when="x > 3"), do("c"), readings="x")

    device.do("do", "a", values={"x": "4"})

    assert device.place("b") == "OPEN"


def test_where_the_condition_is_unknown_a_person_says():
    device = opened(do("a"), do("b", only_when="x > 3"), do("c"), readings="x")
    device.done("a")
    assert device.state.steps["b"].asks_whether
    assert device.refusal(StepDone("b")) == "whether-first"

    passed, wanted = device.twin(), device.twin("laptop-3")
    passed.do("whether", "b", answer="pass")
    wanted.do("whether", "b", answer="do")

    assert (passed.place("b"), passed.place("c")) == ("SETTLED", "OPEN")
    assert (wanted.place("b"), wanted.place("c")) == ("OPEN", "WAITING")


def test_on_a_safety_step_unknown_means_yes():
    device = opened(do("a"), do("b", only_when="x > 3", cls="safety"), do("c"), readings="x")

    device.done("a")

    assert not device.state.steps["b"].asks_whether
    assert device.place("b") == "OPEN"


def test_a_step_that_was_passed_is_judged_anew_when_it_is_reopened():
    device = opened(do("a"), do("b", only_when="x > 3"), do("c"), readings="x")
    device.read("x", 1)
    device.done("a")
    device.read("x", 9)

    device.do("reopen", None, target="b", reason="deeper now")

    assert device.place("b") == "OPEN"


def test_a_step_that_was_passed_is_judged_anew_when_the_road_goes_round():
    device = opened(
        do("a"),
        do("b", only_when="x > 3"),
        ask("q", "on back:a:2"),
        do("c", after="q.on q.back"),
        readings="x",
    )
    device.read("x", 1)
    device.done("a")
    device.answer("q", "back")
    device.read("x", 9)

    device.done("a")

    assert device.place("b") == "OPEN"


def test_a_step_that_was_passed_is_judged_anew_when_its_road_comes_back():
    device = opened(
        ask("q", "yes no"), do("b", after="q.yes", only_when="x > 3"), do("c", after="b q.no"), readings="x"
    )
    device.read("x", 1)
    device.answer("q", "yes")
    device.answer("q", "no")
    device.read("x", 9)

    device.answer("q", "yes")

    assert device.place("b") == "OPEN"


def test_a_condition_on_a_decision_off_the_road_is_false_and_on_one_not_taken_is_unknown():
    steps = (
        ask("q", "yes no"),
        ask("r", "one two", after="q.yes"),
        do("a", after="q", only_when="r.one"),
        do("close", after="all"),
    )
    off, untaken = opened(*steps), opened(*steps)

    off.answer("q", "no")
    untaken.answer("q", "yes")

    assert off.word("a") == "passed"
    assert untaken.state.steps["a"].asks_whether


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


# --- answers that change

FORK = (
    ask("q", "yes no"),
    do("a", after="q.yes"),
    do("b", after="q.no"),
    do("c", after="a b"),
    do("d", tag="V-1", irreversible=True),
    hold("h", "PWR ENG"),
    do("close"),
)


def changed_late() -> Device:
    device = opened(*FORK)
    device.answer("q", "yes")
    device.done("a", "c", "d")
    device.signed("h", ("zhao", "PWR"), ("li", "ENG"))
    device.answer("q", "no")
    return device


def test_after_a_changed_answer_what_was_done_on_the_new_road_asks_whether_it_still_stands():
    device = changed_late()

    # The hold rests on them, so it waits until they are clear.
    assert device.open_steps() == ["b", "c", "d"]
    assert [device.word(name) for name in ("c", "d")] == ["to-confirm"] * 2

    assert device.refusal(StepDone("c", confirms="0")) == "nothing-to-confirm"
    device.do("confirm", "c")

    assert device.place("c") == "SETTLED"
    assert device.word("c") == "done"


def test_after_a_changed_answer_a_hold_is_signed_anew():
    device = changed_late()

    assert device.state.steps["h"].signatures == []
    assert device.refusal(StepDone("h", confirms="x")) == "sign-anew"
    device.done("b")
    device.do("confirm", "c")
    device.do("confirm", "d")
    assert not device.may("confirm", "h")
    device.signed("h", ("zhao", "PWR"), ("li", "ENG"))

    assert device.word("h") == "done"


def test_after_a_changed_answer_an_irreversible_step_can_only_be_confirmed():
    device = changed_late()

    assert {act for act in ("do", "fail", "defer", "override") if device.may(act, "d")} == set()
    assert device.refusal(StepDone("d", tag="V-1")) == "only-confirm"
    assert device.refusal(StepOverridden("d", "r")) == "only-confirm"
    assert device.refusal(StepReopened("d", "r")) == "only-confirm"
    device.do("confirm", "d")

    assert device.word("d") == "done"


def test_after_a_changed_answer_what_was_done_off_the_new_road_is_left_over_until_it_is_settled():
    device = changed_late()
    assert device.state.left_over() == ["a"]
    assert device.word("a") == "left-over"

    device.do("put-back", "a", answer="ticket", text="ticket 7")

    assert device.state.left_over() == []
    assert device.word("a") == "not-applicable"


def test_what_is_off_the_road_is_not_confirmed():
    device = changed_late()
    said = device.state.steps["a"].last
    assert said is not None

    assert device.refusal(StepDone("a", confirms=said.hash)) == "nothing-to-confirm"
    assert device.refusal(StepReopened("a", "r")) == "not-applicable"
    assert device.state.left_over() == ["a"]


def test_what_was_left_over_stands_again_when_the_road_comes_back():
    device = changed_late()

    device.answer("q", "yes")

    assert device.state.left_over() == []
    assert device.word("a") == "to-confirm"


def test_what_was_left_over_is_not_forgotten_when_the_road_goes_round():
    device = opened(
        do("s"),
        ask("q", "yes no"),
        do("a", after="q.yes"),
        do("b", after="q.no"),
        ask("r", "on back:s:2", after="a b"),
        do("c", after="r.on r.back"),
    )
    device.done("s")
    device.answer("q", "yes")
    device.done("a")
    device.answer("q", "no")
    device.done("b")

    device.answer("r", "back")

    assert device.state.left_over() == ["a"]


def test_a_changed_answer_needs_a_reason_and_another_answer():
    device = opened(*FORK)
    device.answer("q", "yes")

    assert device.refusal(AnswerGiven("q", "no")) == "reason-first"
    assert device.refusal(AnswerGiven("q", "yes", reason="r")) == "already-settled"
    assert [one[0] for one in device.act("change", "q").needs[0].choices] == ["no"]


def test_an_overridden_decision_that_is_changed_asks_again_too():
    device = opened(*FORK)
    device.do("override", "q", answer="yes", reason="r")
    device.done("a", "c")

    device.answer("q", "no")

    assert device.word("c") == "to-confirm"


def test_what_was_done_meanwhile_by_somebody_who_had_not_heard_of_the_change_is_asked_too():
    device = opened(*FORK)
    device.answer("q", "yes")
    device.done("a", "c")
    other = device.twin()
    device.answer("q", "no")
    other.pass_time("1m")
    other.do("reopen", None, target="c", reason="r")
    other.done("c")

    device.sync(other)

    assert device.word("c") == "to-confirm"


def test_a_reopened_step_asks_those_after_it_whether_they_still_stand():
    device = opened(do("a"), do("b"), do("c"))
    device.done("a", "b", "c")

    device.do("reopen", None, target="a", reason="wrong valve")

    assert [device.word(name) for name in "abc"] == ["ready", "to-confirm", "to-confirm"]
    assert device.refusal(RunEnded("complete")) == "still-open"


def test_the_same_answer_given_again_asks_nobody_a_second_time():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="a q.no"))
    device.answer("q", "yes")
    device.done("a")
    device.do("reopen", None, target="q", reason="look again")
    device.do("confirm", "a")

    device.answer("q", "yes")

    assert device.word("a") == "done"


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
