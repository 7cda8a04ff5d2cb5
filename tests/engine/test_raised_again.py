"""What raised a watch happens again while it is raised: all it brought begins anew; two who say so say one thing."""

from __future__ import annotations

import pytest

from engine.acts import possible
from engine.clocks import alarms
from engine.desk import Desk, Opening, Surroundings
from engine.errors import Refused
from engine.events import StepDone, StepStarted, WatchRaised, WatchRetired, from_payload, to_payload
from engine.plan import Watch
from engine.run import replay
from engine.state import withdrawal
from engine.store import memory_store
from tests.engine.build import (
    RUN,
    T0,
    Device,
    apart,
    assert_road_is_sweep,
    do,
    graph,
    hold,
    minutes,
    plain,
    text,
)
from tests.engine.records import Wall, entropy

SIGNERS = (("zhao", "PWR"), ("li", "ENG"))
RISING = Watch("rising", words=text("the water comes up"))


def steps_of() -> list[dict[str, object]]:
    return [
        do("bail", inside=True),
        do("out", lane="l", after="rising", record="count", withdraw="permit"),
        hold("permit", "PWR ENG", lane="l"),
        do("count-in", lane="l"),
        do("close", after="all"),
    ]


def let_in_again() -> Device:
    """The water rose, everybody went out, and two have let them in again; the watch is still raised."""
    device = Device(graph(*steps_of(), watches=[RISING], readings="count")).open()
    device.do("raise", "rising")
    device.do("do", "out", values={"count": "0"})
    device.signed("permit", *SIGNERS)
    device.now += minutes(4)
    return device


def test_when_it_rises_a_second_time_everybody_is_out_again_and_it_is_signed_anew():
    device = let_in_again()
    inside = device.refusal(StepStarted("bail"))

    device.do("raise-again", "rising")

    assert (inside, device.refusal(StepStarted("bail"))) == ("", "everybody-out")
    assert (device.word("out"), device.word("permit"), device.word("count-in")) == (
        "ready",
        "waiting",
        "waiting",
    )
    assert device.state.steps["permit"].signatures == []
    assert device.refusal(StepDone("out")) == "reading-missing"
    assert_road_is_sweep(device.state)


def test_a_second_time_is_gone_through_like_the_first():
    device = let_in_again()
    device.do("raise-again", "rising")

    device.do("do", "out", values={"count": "0"})
    device.signed("permit", *SIGNERS)

    assert (withdrawal(device.state), device.refusal(StepStarted("bail"))) == (None, "")


def test_it_counts_from_the_second_time_and_its_alarm_has_another_name():
    device = let_in_again()

    device.do("raise-again", "rising")

    watch = device.state.watches["rising"]
    assert (watch.times, watch.raised_at) == (2, device.now)
    assert [one.name for one in alarms(device.state, device.now) if one.kind == "watch"] == ["watch:rising:2"]


def test_it_can_happen_any_number_of_times():
    device = let_in_again()

    for _ in range(3):
        device.do("raise-again", "rising")

    assert device.state.watches["rising"].times == 4


def test_a_watch_that_is_quiet_does_not_happen_again_and_one_that_is_raised_is_not_raised_by_the_same_word():
    device = Device(graph(*steps_of(), watches=[RISING], readings="count")).open()
    quiet = {act.verb for act in possible(device.state, device.now) if act.step == "rising"}
    device.do("raise", "rising")
    raised = {act.verb for act in possible(device.state, device.now) if act.step == "rising"}

    assert (quiet, raised) == ({"raise"}, {"retire", "raise-again"})
    assert device.refusal(WatchRaised("rising")) == "already-raised"
    assert device.refusal(WatchRaised("rising", again=7)) == "already-raised"


def test_two_who_say_apart_that_it_happens_again_say_one_thing():
    one, two = apart(*steps_of(), watches=[RISING], readings="count")
    one.do("raise", "rising")
    one.sync(two)
    for device in (one, two):
        device.do("raise-again", "rising")

    one.sync(two)

    assert one.state.watches["rising"].times == 2
    assert plain(one.state) == plain(two.state) == plain(replay(one.graph, RUN, one.entries))


def test_who_raises_it_without_having_heard_of_it_says_nothing_new():
    one, two = apart(*steps_of(), watches=[RISING], readings="count")
    one.do("raise", "rising")
    one.do("do", "out", values={"count": "0"})
    two.do("raise", "rising")

    one.sync(two)

    assert (one.state.watches["rising"].times, one.word("out")) == (1, "done")


def test_what_happens_again_after_somebody_retired_it_elsewhere_raises_it():
    one, two = apart(*steps_of(), watches=[RISING], readings="count")
    one.do("raise", "rising")
    one.sync(two)
    one.do("retire", "rising", reason="dry")
    two.pass_time("1m")
    two.do("raise-again", "rising")

    one.sync(two)

    assert one.state.watches["rising"].raised_at is not None
    assert plain(one.state) == plain(two.state)


def test_a_second_terminal_that_raises_late_is_told_that_it_is_raised_and_resets_nothing():
    made = graph(*steps_of(), watches=[RISING], readings="count")
    around = Surroundings(lambda: T0, entropy(2), lambda person, pin: None)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        one = Desk.open_run(store, Opening("plan", {"plan": made}, ()), "li", around)
        two = Desk.resume(store, one.run_id, "zhao", around)
        late = next(act for act in two.possible() if act.verb == "raise")
        one.do(next(act for act in one.possible() if act.verb == "raise"))

        with pytest.raises(Refused) as refused:
            two.do(late)

    assert refused.value.id == "already-raised"
    assert two.state.watches["rising"].times == 1


def test_what_was_recorded_before_anybody_could_say_again_is_read_as_it_was():
    old = b'{"basis":"asserted","watch":"rising"}'

    assert to_payload(WatchRaised("rising")) == old
    assert from_payload("watch_raised", 1, old) == WatchRaised("rising")
    assert from_payload("watch_raised", 1, to_payload(WatchRaised("rising", again=1))) == WatchRaised(
        "rising", again=1
    )


def test_a_retired_watch_begins_anew_as_ever():
    device = let_in_again()

    device.record(WatchRetired("rising", "dry"), WatchRaised("rising"))

    assert (device.state.watches["rising"].times, device.word("out")) == (2, "ready")
