"""Everybody is called out: what is inside waits until somebody lets people in again; nothing else changes."""

from __future__ import annotations

from typing import Any

import pytest

from engine.acts import current_step, done_before, events_of, possible
from engine.acts.kinds import Given
from engine.clocks import alarms
from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    ItemTicked,
    ReadingTaken,
    SignedOff,
    StepDone,
    StepFailed,
    StepOverridden,
    StepStarted,
)
from engine.plan import Answer, Watch
from engine.run import replay
from engine.state import held_back, withdrawal
from tests.engine.build import (
    RUN,
    Device,
    apart,
    ask,
    assert_road_is_sweep,
    do,
    graph,
    hold,
    minutes,
    plain,
    text,
)

SIGNERS = (("zhao", "PWR"), ("li", "ENG"))
SMOKE = [Watch("smoke", words=text("smoke"))]


def bailing(**said: Any) -> Device:
    """Somebody bails inside while another step stands open outside; smoke calls everybody out."""
    return Device(graph(*steps_of(**said), watches=SMOKE, readings="x")).open()


def steps_of(**said: Any) -> list[dict[str, Any]]:
    return [
        do("bail", inside=True, record="x", check="left right", **said),
        do("report", lane="office", after=""),
        do("out", lane="fire", after="smoke", cls="safety", withdraw="back"),
        hold("back", "PWR ENG", lane="fire", cls="safety"),
        do("close", after="all"),
    ]


def called_out(**said: Any) -> Device:
    device = bailing(**said)
    device.now += minutes(10)
    device.do("raise", "smoke")
    device.now += minutes(2)
    return device


WORK = {
    "begun": StepStarted("bail"),
    "read": ReadingTaken("x", "2", "u", "bail"),
    "ticked": ItemTicked("bail", 1, "left"),
    "done": StepDone("bail"),
    "agreed": SignedOff("bail", "zhao", "PWR", "together", "pin"),
}


@pytest.mark.parametrize("event", WORK.values(), ids=WORK)
def test_nobody_works_inside_while_everybody_is_out(event):
    before, after = bailing(), called_out()

    assert before.refusal(event) != "everybody-out"
    assert after.refusal(event) == "everybody-out"


def test_the_refusal_says_since_when_why_and_what_lets_people_in_again():
    device = called_out()

    with pytest.raises(Refused) as refused:
        device.propose(StepDone("bail"))

    assert str(refused.value) == (
        "Everybody is out since 02:10:00 ('smoke'), so 'bail' is held back until 'back' is signed; "
        "for what was done before, give its time."
    )


def test_what_is_held_back_is_open_marked_and_is_not_in_front_of_anybody():
    device = called_out()
    device.done("out", "report")

    found = held_back(device.state, "bail")

    assert (device.place("bail"), device.word("bail")) == ("OPEN", "held-back")
    assert found is not None and (found.step, found.hold, found.cause.en) == ("out", "back", "smoke")
    assert current_step(device.state, "li", device.now) == "back"
    assert not any(act.main for act in possible(device.state, device.now) if act.step == "bail")


def test_what_is_held_back_can_be_left_undone_put_off_or_passed_by_decision():
    device = called_out()
    verbs = {act.verb for act in possible(device.state, device.now) if act.step == "bail"}

    assert verbs == {"fail", "defer", "override"}
    assert device.refusal(StepFailed("bail", "smoke")) == ""
    assert device.refusal(StepOverridden("bail", "not needed any more"), by="wang") == ""


def test_what_was_done_before_everybody_went_out_is_recorded_with_its_time():
    device = called_out()
    values, earlier = Given(values={"x": "2"}, items=(1, 2)), device.now - minutes(3)
    [act] = [one for one in done_before(device.state, device.now) if one.verb == "do"]
    made = events_of(device.state, act, values, "li", earlier)

    now, then = device.refusal(*made), device.refusal(*made, at=earlier)
    device.propose(*made, at=earlier)

    assert (act.earlier, act.main, now, then) == (True, False, "everybody-out", "")
    assert device.word("bail") == "done"


def test_when_the_hold_is_signed_people_go_on_where_they_stopped():
    device = called_out()
    device.do("do", "out")
    out = device.refusal(StepDone("bail"))
    device.do("sign", "back", person="zhao", role="PWR", strength="pin")
    one_signature = device.refusal(StepDone("bail"))
    device.do("sign", "back", person="li", role="ENG", strength="pin")
    device.do("do", "bail", values={"x": "2"}, items=(1, 2))

    assert (out, one_signature) == ("everybody-out", "everybody-out")
    assert (withdrawal(device.state), device.word("bail")) == (None, "done")


def test_a_watch_that_is_retired_lets_nobody_in():
    device = called_out()

    device.do("retire", "smoke", reason="it was dust")

    assert device.refusal(StepDone("bail")) == "everybody-out"


def deciding() -> Device:
    """Somebody decides to cut the power, which clears the room, or to keep it."""
    return Device(
        graph(
            do("bail", inside=True, lane="l", after=""),
            ask("power", "cut keep"),
            do("clear", after="power.cut", withdraw="back"),
            hold("back", "PWR ENG"),
            do("measure", after="power.keep"),
            do("close", after="all"),
        )
    ).open()


def test_an_answer_that_is_changed_takes_back_the_withdrawal_of_the_road_that_was_left():
    device = deciding()
    device.answer("power", "cut")
    out = device.refusal(StepStarted("bail"))

    device.answer("power", "keep")

    assert (device.place("clear"), device.place("back")) == ("OFF", "OFF")
    assert (out, device.refusal(StepStarted("bail")), withdrawal(device.state)) == ("everybody-out", "", None)


def test_whoever_was_called_out_stays_out_while_the_answer_that_called_is_in_doubt():
    one = deciding()
    two = one.twin()
    one.answer("power", "cut")
    two.answer("power", "keep")

    one.sync(two)

    assert one.state.steps["power"].contradicted
    assert (one.place("clear"), one.refusal(StepStarted("bail"))) == ("WAITING", "everybody-out")


def test_called_out_again_everybody_is_out_again():
    device = called_out()
    device.do("do", "out")
    device.signed("back", *SIGNERS)
    device.do("retire", "smoke", reason="aired")
    back = device.refusal(StepStarted("bail"))
    device.now += minutes(5)

    device.do("raise", "smoke")

    assert (back, device.refusal(StepStarted("bail"))) == ("", "everybody-out")


def test_out_for_two_reasons_both_must_let_people_in():
    device = Device(
        graph(
            *steps_of()[:-1],
            do("dry", lane="water", after="rising", withdraw="permit"),
            hold("permit", "PWR ENG", lane="water"),
            do("close", after="all"),
            watches=[*SMOKE, Watch("rising", words=text("rising"))],
            readings="x",
        )
    ).open()
    device.do("raise", "smoke")
    device.do("raise", "rising")
    device.done("out", "dry")
    device.signed("back", *SIGNERS)
    one = device.refusal(StepStarted("bail"))
    device.signed("permit", *SIGNERS)

    assert (one, device.refusal(StepStarted("bail"))) == ("everybody-out", "")


def test_the_limit_of_what_is_held_back_runs_on():
    device = called_out(within="15m", missed="IC")

    device.pass_time("10m")

    assert "overdue" in {alarm.kind for alarm in alarms(device.state, device.now)}


def test_a_step_of_its_own_may_call_everybody_out_and_one_that_is_passed_calls_nobody():
    def device_of(level: str) -> Device:
        device = Device(
            graph(
                do("bail", inside=True),
                do("look", lane="l", after="", record="x"),
                do("leave", lane="l", only_when="x > 3", withdraw="again"),
                hold("again", "PWR ENG", lane="l"),
                do("close", after="all"),
                readings="x",
            )
        ).open()
        device.record(ReadingTaken("x", level, "u", "look"))
        device.done("look")
        return device

    assert [device_of(level).refusal(StepDone("bail")) for level in "52"] == ["everybody-out", ""]


def test_a_question_inside_is_not_answered_and_what_could_not_be_is_not_met():
    device = Device(
        graph(
            ask("dry", (Answer("yes", text("yes")), Answer("no", text("no"))), inside=True),
            do("prove", inside=True, lane="l", after="", expect="x < 3", otherwise="again"),
            do("again", lane="l"),
            do("fine", lane="l", after="prove.met"),
            *steps_of()[2:4],
            do("close", after="all"),
            watches=SMOKE,
            readings="x",
        )
    ).open()
    device.do("raise", "smoke")

    assert device.refusal(AnswerGiven("dry", "yes")) == "everybody-out"
    assert device.refusal(AnswerGiven("prove", "met")) == "everybody-out"
    assert device.refusal(AnswerGiven("prove", "unmet", reason="smoke")) == ""


def test_a_repetition_inside_is_not_visited_and_comes_to_its_end_all_the_same():
    device = called_out()
    device = Device(
        graph(
            do("round", inside=True, every="5m", span="20m"),
            *steps_of()[2:4],
            do("close", after="all"),
            watches=SMOKE,
        )
    ).open()
    device.do("raise", "smoke")
    visit = device.refusal(StepDone("round", round=1))

    device.pass_time("30m")

    assert (visit, device.word("round")) == ("everybody-out", "done")


def test_work_recorded_by_somebody_who_had_not_heard_stands():
    one, two = apart(*steps_of(), watches=SMOKE, readings="x")
    one.do("raise", "smoke")
    two.do("do", "bail", values={"x": "2"}, items=(1, 2))

    one.sync(two)

    assert (one.word("bail"), one.refusal(StepDone("bail"))) == ("done", "already-settled")
    assert plain(replay(one.graph, RUN, one.entries)) == plain(two.state)


# --- a hold that was signed before the watch was raised


def shut_in() -> Device:
    device = Device(
        graph(
            do("find"),
            ask("mode", "gas none"),
            do("rescue", lane="inside", after="w"),
            hold("gate", "PWR ENG", after="mode.gas rescue", cls="safety"),
            do("gas"),
            do("without", after="mode.none"),
            do("close", after="all"),
            watches=[Watch("w", words=text("somebody is inside"))],
        )
    ).open()
    device.done("find")
    device.answer("mode", "gas")
    device.signed("gate", *SIGNERS)
    return device


def test_a_signed_hold_is_taken_back_when_a_watch_above_it_is_raised_before_anybody_has_begun():
    device = shut_in()
    passed = device.place("gas")

    device.do("raise", "w")
    shut = (device.place("gate"), device.place("gas"), [*device.state.steps["gate"].signatures])
    device.done("rescue")
    refused = device.refusal(StepDone("gas"))
    device.signed("gate", *SIGNERS)

    assert (passed, shut) == ("OPEN", ("WAITING", "WAITING", []))
    assert (refused, device.place("gas")) == ("still-waiting", "OPEN")
    assert_road_is_sweep(device.state)


def test_a_signed_hold_stays_signed_once_somebody_has_begun_behind_it():
    device = shut_in()
    device.do("start", "gas")

    device.do("raise", "w")

    assert (device.word("gate"), device.word("gas")) == ("done", "active")
    assert_road_is_sweep(device.state)


def test_a_voice_under_a_hold_that_is_taken_back_still_waits_for_its_owner():
    device = shut_in()
    device.do("reopen", None, target="gate", reason="once more by voice")
    device.do("sign", "gate", person="zhao", role="PWR", strength="voice", channel="radio")
    device.do("sign", "gate", person="li", role="ENG", strength="pin")

    device.do("raise", "w")

    assert ("gate", "zhao") in device.state.voices_unconfirmed()
    assert device.state.steps["gate"].signatures == []


def test_who_begins_without_having_heard_of_the_watch_has_begun_and_the_hold_is_signed_anew():
    device = shut_in()
    other = device.twin()
    device.do("raise", "w")
    other.do("start", "gas")

    device.sync(other)

    assert (device.word("gas"), device.place("gate")) == ("active", "WAITING")
    assert plain(replay(device.graph, RUN, device.entries)) == plain(other.state)
    assert_road_is_sweep(device.state)
