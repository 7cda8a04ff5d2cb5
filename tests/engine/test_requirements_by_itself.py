"""What the program never does by itself: finish a safety step, or end a run."""

from __future__ import annotations

import pytest

from engine.acts import current_step
from engine.events import RunEnded
from tests.engine.build import Device, do, graph, wait

ENDING_BY_ITSELF = {
    "a time": wait("it", span="5m"),
    "a value": wait("it", until="x < 1"),
    "a value that is steady": wait("it", until="x < 1", steady="5m"),
    "rounds": do("it", every="2m", span="5m"),
    "rounds until a value": do("it", every="2m", until="x < 1"),
}


def left_alone(kind: str, cls: str) -> Device:
    """A step of that class, with a good value and an hour in which nobody does anything."""
    step = {**ENDING_BY_ITSELF[kind], "cls": cls}
    device = Device(graph(step, do("b"), readings="x")).open()
    device.read("x", "0", "it")
    device.pass_time("1h")
    return device


@pytest.mark.requirement("E28")
@pytest.mark.parametrize("kind", ENDING_BY_ITSELF)
def test_what_ends_by_itself_in_any_other_step_never_ends_a_safety_step(kind: str) -> None:
    assert left_alone(kind, "mandatory").word("it") == "done"
    assert left_alone(kind, "safety").word("it") == "ready"


@pytest.mark.requirement("E34")
def test_when_the_goal_is_reached_what_is_to_be_restored_comes_next_and_nothing_but_an_act_ends_the_run() -> (
    None
):
    steps = [do("stop", marks="recovered"), do("close", after="all", marks="closed")]
    device = Device(graph(*steps, restore=[do("rearm", cls="safety")])).open()
    in_front = []
    for step in ("stop", "rearm", "close"):
        in_front.append(current_step(device.state, "li", device.now))
        device.do("do", step)
        device.pass_time("10h")
        assert device.state.ended is None

    assert in_front == ["stop", "rearm", "close"]
    assert device.open_steps() == []
    device.do("end", target="complete")
    assert [type(one.event) for one in device.entries].count(RunEnded) == 1
