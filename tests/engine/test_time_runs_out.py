"""What a clock does by itself and what it leaves to people; and a lane that ends beside the last step."""

from __future__ import annotations

import pytest

from engine.events import StepDone
from tests.engine.build import Device, ask, do, graph, wait


def escalating() -> Device:
    """A decision that takes its time; one of its roads has a limit from the report."""
    return Device(
        graph(
            ask("grade", "high low"),
            do("fix", after="grade"),
            wait(
                "restored",
                lane="up",
                after="grade.high",
                until="x > 0",
                within="15m",
                within_from="reported",
                missed="up",
            ),
            do("up", lane="told"),
            do("close", after="all"),
            readings="x",
        )
    ).open()


@pytest.mark.parametrize(("decided_after", "opened"), [("10m", "WAITING"), ("20m", "OPEN")])
def test_a_limit_of_what_may_not_come_counts_until_that_is_known_and_not_after(decided_after, opened):
    device = escalating()
    device.pass_time(decided_after)
    undecided = device.place("up")

    device.answer("grade", "low")
    device.pass_time("1h")

    assert undecided == opened
    assert (device.place("restored"), device.place("up")) == ("OFF", "OFF")


def test_a_limit_on_the_road_that_was_taken_opens_what_it_names():
    device = escalating()
    device.answer("grade", "high")

    device.pass_time("16m")

    assert device.place("up") == "OPEN"


def waiting(**said) -> Device:
    device = Device(graph(do("a"), wait("rest", span="30m", **said), do("b"), do("close"))).open()
    device.done("a")
    return device


def test_a_wait_that_has_run_out_is_ended_by_the_clock():
    device = waiting()

    device.pass_time("31m")

    assert device.word("rest") == "done"


def test_a_wait_with_a_warning_is_ended_by_whoever_has_read_it_and_never_by_the_clock():
    device = waiting(warn="gas comes down")

    device.pass_time("2h")
    by_the_clock = device.word("rest")
    unread = device.refusal(StepDone("rest"))
    device.do("do", "rest")

    assert (by_the_clock, unread, device.word("rest")) == ("ready", "warning-first", "done")


def test_a_wait_of_class_safety_is_ended_by_a_person():
    device = waiting(cls="safety")

    device.pass_time("2h")

    assert device.word("rest") == "ready"
    device.do("do", "rest")
    assert device.word("rest") == "done"


def stopping_beside() -> Device:
    return Device(
        graph(
            do("a"),
            do("log", lane="side", after="", ends=True),
            do("close", after="all"),
        )
    ).open()


def test_the_last_step_does_not_wait_for_a_lane_that_may_stop_but_the_run_is_not_complete_without_it():
    device = stopping_beside()
    device.done("a", "close")
    over = device.state.road.finished

    refused = device.refused("end", None, target="complete") if not over else ""
    device.done("log")

    assert (device.word("close"), over) == ("done", False)
    assert refused != ""
    assert device.state.road.finished
