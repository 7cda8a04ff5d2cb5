"""Answers that change late: which road is left, which is taken, and what that undoes."""

from __future__ import annotations

from engine.events import AnswerGiven, RunEnded, StepDone, StepOverridden, StepReopened
from tests.engine.build import Device, ask, do, hold, opened

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
