"""Nobody passes on what no longer holds: holds, safety steps and lists after a change before them."""

from __future__ import annotations

import pytest

from engine.events import AnswerGiven, ReadingTaken, StepDone, Unknown, from_payload
from engine.plan import Reading
from tests.engine.build import Device, ask, do, graph, hold, text

SIGNERS = (("zhao", "PWR"), ("li", "ENG"))


def opened(*steps, **said) -> Device:
    return Device(graph(*steps, **said)).open()


def test_a_hold_whose_road_was_left_and_taken_again_is_signed_anew():
    device = opened(
        do("a"),
        ask("q", "x y"),
        hold("h", "PWR ENG", after="q.x", lane="side", cls="safety"),
        do("enter", after="h", lane="side"),
        ask("d", "on again:a:3", after="q"),
        do("close", after="d.on d.again enter"),
    )
    device.done("a")
    device.answer("q", "x")
    device.signed("h", *SIGNERS)
    device.answer("d", "again")
    device.done("a")
    device.answer("q", "y")
    device.answer("d", "again")
    device.done("a")
    device.answer("q", "x")

    assert device.state.steps["h"].signatures == []
    assert "enter" not in device.open_steps()


def test_a_safety_step_that_was_passed_is_judged_again_when_its_answer_changes():
    device = opened(
        ask("kind", "keep cut"),
        do("prove", cls="safety", only_when="kind.cut"),
        hold("permit", "PWR ENG", cls="safety"),
        do("enter"),
    )
    device.answer("kind", "keep")
    assert device.word("prove") == "passed"
    device.signed("permit", *SIGNERS)

    device.do("change", "kind", answer="cut", reason="looked again")

    assert device.open_steps() == ["prove"]


def test_a_hold_that_is_reopened_shuts_the_step_behind_it():
    device = opened(do("isolate"), hold("permit", "PWR ENG", cls="safety"), do("enter"))
    device.done("isolate")
    device.signed("permit", *SIGNERS)
    assert device.open_steps() == ["enter"]

    device.do("reopen", None, target="permit", reason="water rises")

    assert device.open_steps() == ["permit"]
    assert device.refusal(StepDone("enter")) == "still-waiting"


def test_a_hold_waits_for_what_it_rests_on_before_it_is_signed_anew():
    device = opened(do("isolate"), hold("permit", "PWR ENG", cls="safety"), do("enter"))
    device.done("isolate")
    device.signed("permit", *SIGNERS)

    device.do("reopen", None, target="isolate", reason="wrong switch")

    assert device.open_steps() == ["isolate"]
    assert not device.may("sign", "permit")


def test_a_value_that_misses_its_expectation_is_not_met_whatever_was_different():
    device = opened(
        do("megger", record="megohm", expect="megohm >= 1", otherwise="dry"),
        do("on", after="megger.met"),
        do("dry"),
        do("close", after="on dry"),
        readings=(Reading("megohm", text("megohm"), unit="MΩ"),),
    )
    low = ReadingTaken("megohm", "0.2", "MΩ", "megger")

    assert device.refusal(low, AnswerGiven("megger", "met", deviation="the gauge is broken")) == "not-met"


def test_what_belongs_to_a_step_is_not_taken_before_it_opens():
    device = opened(
        do("dry"),
        do("megger", record="megohm"),
        readings=(Reading("megohm", text("megohm"), unit="MΩ"),),
    )

    assert device.refusal(ReadingTaken("megohm", "5", "MΩ", "megger")) == "still-waiting"


def test_a_tick_stays_with_its_item_when_the_list_is_read_again():
    device = opened(
        do("up", each="circuits"),
        readings=(Reading("circuits", text("circuits"), kind="list"),),
    )
    device.read("circuits", "A\nB")
    device.do("tick", "up", items=(1, 2))
    device.read("circuits", "C\nA")

    assert device.refusal(StepDone("up")) == "items-missing"


@pytest.mark.parametrize(
    "payload", [b'{"step":"a","round":"x"}', b'{"step":{}}', b'{"step":"a","by":7}', b"[1]"]
)
def test_a_payload_whose_values_do_not_fit_is_shown_raw(payload):
    assert isinstance(from_payload("step_done", 1, payload), Unknown)
