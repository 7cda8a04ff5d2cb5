"""Which step stands in front of somebody when nothing needs hands but the clock goes on."""

from __future__ import annotations

from engine.acts import current_step
from tests.engine.build import Device, do, graph, wait


def test_a_safety_wait_that_is_over_stands_before_a_round_that_is_not_due():
    device = Device(
        graph(
            do("sitrep", lane="m", after="", cls="safety", every="5m", times=90),
            wait("thunder-gone", span="30m", cls="safety", lane="l", after=""),
            do("close", after="all"),
        )
    ).open()
    device.do("visit", "sitrep")
    before = current_step(device.state, "li", device.now)
    device.pass_time("30m")
    device.do("visit", "sitrep")

    assert (before, current_step(device.state, "li", device.now)) == ("sitrep", "thunder-gone")
