"""Which step stands in front of somebody: what comes first, what is theirs, what waits."""

from __future__ import annotations

from engine.acts import current_step
from engine.events import NoteAdded
from engine.plan import Watch
from tests.engine.build import Device, do, graph, text, wait


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


def test_a_wait_whose_value_is_not_as_it_should_be_stands_before_a_round_that_is_not_due():
    device = Device(
        graph(
            do("sitrep", lane="m", after="", every="60m", times=9),
            wait("dry", until="x < 60", lane="l", after=""),
            do("close", after="all"),
            readings="x",
        )
    ).open()
    device.do("visit", "sitrep")
    unknown = current_step(device.state, "li", device.now)
    device.read("x", 70, "dry")
    bad = current_step(device.state, "li", device.now)

    assert (unknown, bad) == ("dry", "dry")


# --- what the plan says is first


def people_inside(**said: object) -> Device:
    """The commander has a word to send, the engineer has to look whether anybody is inside."""
    first = do("inside", roles="ENG", lane="m", after="", **said)
    return Device(graph(do("word", roles="IC", lane="c", after=""), first), actor="wang").open()


def test_whoever_is_alone_at_a_screen_has_before_them_what_comes_first_whoever_does_it():
    device = people_inside(first=True)

    assert current_step(device.state, "wang", device.now) == "inside"


def test_what_the_plan_does_not_call_first_stays_behind_ones_own():
    device = people_inside()

    assert current_step(device.state, "wang", device.now) == "word"


def test_what_comes_first_leaves_the_screen_of_others_once_whoever_does_it_writes_here():
    device = people_inside(first=True)
    device.record(NoteAdded("at the door", "note"), by="li")
    in_front = {name: current_step(device.state, name, device.now) for name in ("wang", "li")}

    assert in_front == {"wang": "word", "li": "inside"}


def test_somebody_of_another_role_who_writes_here_takes_nothing_off_ones_screen():
    device = people_inside(first=True)
    device.record(NoteAdded("the lift is down", "note"), by="feng")

    assert current_step(device.state, "wang", device.now) == "inside"


def test_of_several_that_come_first_those_of_a_raised_watch_lead_then_the_order_of_the_plan():
    ahead = (do("b", first=True), do("c", first=True, lane="c", after=""))
    steps = (do("a", lane="a", after=""), *ahead, do("hurt", lane="h", after="shock"))
    close = do("close", after="all")
    device = Device(graph(*steps, close, watches=[Watch("shock", words=text("shock"))])).open()
    before = current_step(device.state, "li", device.now)
    device.do("raise", "shock")

    assert (before, current_step(device.state, "li", device.now)) == ("b", "hurt")


def test_a_round_that_comes_first_stands_back_until_its_visit_is_due():
    device = Device(
        graph(
            do("walk", first=True, every="5m", times=9, lane="w", after=""), do("a"), do("close", after="all")
        )
    ).open()
    device.do("visit", "walk")
    between = current_step(device.state, "li", device.now)
    device.pass_time("5m")

    assert (between, current_step(device.state, "li", device.now)) == ("a", "walk")
