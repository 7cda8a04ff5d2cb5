"""Where a step stands: waiting, open or off the road, and what `only_when` makes of it."""

from __future__ import annotations

from engine.events import RunEnded, StepDone
from tests.engine.build import T0, ask, do, minutes, opened

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
