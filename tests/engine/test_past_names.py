"""A name proves the act it was given for: it does not vanish with it unconfirmed, and proves no later one."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Refused
from engine.events import AnswerGiven, Event, ReadingTaken, RunEnded, SignedOff, StepDone
from engine.plan import Answer
from engine.rules import may_end_complete, voices_to_confirm
from engine.run import replay
from engine.state import RunState
from tests.engine.build import A_GATE_ASIDE, RUN, Device, apart, ask, digest, do, hold, minutes, opened, text

VOICE: dict[str, Any] = {"strength": "voice", "channel": "phone"}
SECOND_VOICE: dict[str, Any] = {"second": "zhao", "second_strength": "voice", "second_channel": "phone"}


def heard(device: Device, step: str) -> list[str]:
    """The names of the voices under a step that nobody has confirmed."""
    return [sign.name for sign in device.state.signatures_of(step) if not sign.confirmed]


def confirm_all(device: Device, step: str) -> None:
    for name in heard(device, step):
        device.do("confirm-voice", step, target=name, strength="pin")


def how_complete(device: Device) -> tuple[str, bool]:
    voices = device.state.voices_unconfirmed()
    return device.refusal(RunEnded("complete", unconfirmed=voices)), may_end_complete(
        device.state, device.now
    )


# --- a voice that nobody confirmed is not forgotten


def test_a_visit_in_two_waits_for_its_voice_when_the_next_visit_has_begun():
    device = opened(do("r", cls="safety", verify="together", every="5m", times=2), do("n"))
    for _ in range(2):
        device.now += minutes(1)
        device.do("visit", "r", **SECOND_VOICE)
    device.done("n")
    assert (device.state.provisional(), device.word("r"), len(heard(device, "r"))) == (
        ["r"],
        "provisional",
        2,
    )
    assert how_complete(device) == ("voices-first", False)
    assert len(voices_to_confirm(device.state)) == 1

    confirm_all(device, "r")

    assert (device.word("r"), *how_complete(device)) == ("done", "", True)


def test_the_voice_of_a_visit_can_be_confirmed_while_the_step_is_open():
    device = opened(do("r", never_alone=True, every="5m", times=2), do("n"))
    device.do("visit", "r", **SECOND_VOICE)
    assert (device.place("r"), device.state.unconfirmed()) == ("OPEN", ["r"])

    confirm_all(device, "r")

    assert device.state.unconfirmed() == []


def passed_by_a_voice() -> Device:
    """Zhao's voice let somebody in; then an answer went back before the gate."""
    device = opened(
        hold("h", "PWR ENG", cls="safety"), do("in", cls="safety"), ask("q", "on again:h:2"), do("z")
    )
    device.do("sign", "h", person="zhao", role="PWR", **VOICE)
    device.do("sign", "h", person="li", role="ENG", strength="pin")
    device.done("in")
    device.answer("q", "again")
    return device


def test_a_gate_that_was_passed_on_a_voice_waits_for_it_after_the_way_back():
    device = passed_by_a_voice()
    assert device.state.voices_unconfirmed() == (("h", "zhao"),)
    device.signed("h", ("zhao", "PWR"), ("li", "ENG"))
    device.done("in")
    device.answer("q", "on")
    device.done("z")
    assert (device.word("h"), *how_complete(device)) == ("provisional", "voices-first", False)

    confirm_all(device, "h")

    assert (device.word("h"), *how_complete(device)) == ("done", "", True)


def test_a_voice_of_the_past_opens_no_gate():
    device = passed_by_a_voice()

    device.do("sign", "h", person="li", role="ENG", strength="pin")

    assert device.place("in") == "WAITING"


def test_a_voice_under_a_gate_that_is_signed_anew_waits_for_whoever_it_was():
    device = opened(ask("q", "yes no"), hold("h", "PWR ENG", cls="safety"), do("z"))
    device.answer("q", "yes")
    device.do("sign", "h", person="zhao", role="PWR", **VOICE)
    device.do("sign", "h", person="li", role="ENG", strength="pin")

    device.answer("q", "no")

    assert device.state.steps["h"].signatures == []
    assert device.state.voices_unconfirmed() == (("h", "zhao"),)
    confirm_all(device, "h")
    assert device.state.unconfirmed() == []


def test_a_voice_under_a_gate_on_a_road_that_was_left_waits_for_whoever_it_was():
    device = opened(*A_GATE_ASIDE)
    device.done("a")
    device.answer("q", "x")
    device.do("sign", "h", person="zhao", role="PWR", **VOICE)
    device.do("sign", "h", person="li", role="ENG", strength="pin")

    device.answer("d", "again")
    device.done("a")
    device.answer("q", "y")

    assert device.place("h") == "OFF" and device.state.voices_unconfirmed() == (("h", "zhao"),)
    confirm_all(device, "h")
    assert device.state.unconfirmed() == []


def test_a_voice_that_let_nobody_pass_is_asked_after_no_more():
    device = opened(ask("q", "yes no"), hold("h", "PWR ENG", cls="safety"), do("z"))
    device.answer("q", "yes")
    device.do("sign", "h", person="zhao", role="PWR", **VOICE)

    device.answer("q", "no")

    assert device.state.unconfirmed() == []


def test_an_answer_that_two_gave_and_that_goes_back_at_once_waits_for_its_voice():
    device = opened(do("a"), ask("q", "on again:a:2", never_alone=True), do("z"))
    device.done("a")

    device.do("answer", "q", answer="again", **SECOND_VOICE)

    assert device.state.voices_unconfirmed() == (("q", "zhao"),)


def test_a_voice_heard_on_a_device_that_did_not_know_of_the_way_back_waits_too():
    one, two = apart(hold("h", "PWR ENG", cls="safety"), do("z"))
    for device in (one, two):
        device.signed("h", ("zhao", "PWR"), ("li", "ENG"))
    one.do("reopen", None, target="h", reason="water rises")
    two.record(SignedOff("h", "zhao", "PWR", "hold", "voice", channel="phone"))

    one.sync(two)

    assert ("h", "zhao") in one.state.voices_unconfirmed()


def test_what_waits_is_the_same_when_the_record_is_read_again():
    device = passed_by_a_voice()
    device.signed("h", ("zhao", "PWR"), ("li", "ENG"))

    again: RunState = replay(device.graph, RUN, device.entries)

    assert digest(again) == digest(device.state)


# --- a name proves no later act


def verified() -> Device:
    """`m` was read as 1 by two; then an answer it rests on was changed."""
    device = opened(
        ask("q", "yes no"), do("m", after="q", verify="independent", record="x"), do("n"), readings="x"
    )
    device.answer("q", "yes")
    device.do("do", "m", values={"x": "1"})
    device.do("verify", "m", person="zhao", values={"x": "1"}, strength="pin")
    assert device.word("m") == "done"
    device.answer("q", "no")
    return device


def test_what_is_done_anew_is_verified_anew():
    device = verified()
    device.do("do", "m", values={"x": "999"})
    assert device.word("m") == "awaiting-second"

    device.do("verify", "m", person="zhao", values={"x": "999"}, strength="pin")

    assert device.word("m") == "done"


def test_another_value_that_is_only_confirmed_is_verified_anew():
    device = verified()
    device.propose(ReadingTaken("x", "999", "u", "m"))

    device.do("confirm", "m")

    assert device.word("m") == "awaiting-second"


def test_a_verification_by_voice_waits_for_its_owner_when_another_value_took_its_place():
    device = opened(
        ask("q", "yes no"), do("m", after="q", verify="independent", record="x"), do("n"), readings="x"
    )
    device.answer("q", "yes")
    device.do("do", "m", values={"x": "1"})
    device.do("verify", "m", person="zhao", values={"x": "1"}, **VOICE)
    device.answer("q", "no")

    device.do("do", "m", values={"x": "2"})

    assert device.state.voices_unconfirmed() == (("m", "zhao"),)


def test_an_answer_of_two_is_not_changed_by_one():
    device = opened(
        ask("q", "yes no", never_alone=True),
        do("b", after="q.yes"),
        do("c", after="q.no"),
        do("z", after="all"),
    )
    device.do("answer", "q", answer="yes", second="zhao", second_strength="pin")

    assert device.refusal(AnswerGiven("q", "no", reason="r")) == "together-first"
    device.do("change", "q", answer="no", reason="r", second="zhao", second_strength="pin")
    assert device.place("c") == "OPEN"


def test_what_two_did_together_is_not_done_again_by_one():
    device = opened(ask("q", "yes no"), do("t", after="q", verify="together"), do("z"))
    device.answer("q", "yes")
    device.do("do", "t", second="zhao", second_strength="pin")
    device.answer("q", "no")

    assert device.refusal(StepDone("t")) == "together-first"


def test_the_second_may_sign_first_and_the_act_follow():
    device = opened(do("t", verify="together"), do("z"))
    together: Event = SignedOff("t", "zhao", "PWR", "together", "pin")

    device.propose(together)

    assert device.refusal(StepDone("t")) == ""


# --- an ending says how the run stands


@pytest.mark.parametrize(
    "said", [{}, {"open": ("h", "z")}, {"open": ("z",), "unconfirmed": (("h", "zhao"),)}]
)
def test_an_ending_that_leaves_out_what_is_open_or_unconfirmed_is_refused(said):
    device = opened(hold("h", "PWR ENG", cls="safety"), do("z"))
    device.do("sign", "h", person="zhao", role="PWR", **VOICE)

    assert device.refusal(RunEnded("abandoned", "r", **said)) == "ending-stale"
    device.do("end", target="abandoned", reason="r")
    assert device.state.ended is not None and device.state.ended.unconfirmed == (("h", "zhao"),)


# --- whose hand confirms a voice


def test_where_another_wrote_a_voice_down_only_a_pin_confirms_it():
    device = opened(hold("h", "PWR ENG"), do("z"))
    device.do("sign", "h", person="zhao", role="PWR", **VOICE)
    confirm: dict[str, Any] = {"target": heard(device, "h")[0], "actor": "zhao"}

    with pytest.raises(Refused) as refused:
        device.do("confirm-voice", "h", **confirm, strength="own-device")

    said = refused.value.sentence("en")
    assert refused.value.id == "confirm-typed-here" and "PIN" in said and f"muster walk {RUN}" in said
    device.do("confirm-voice", "h", **confirm, strength="pin")
    assert device.state.unconfirmed() == []


def test_on_their_own_device_a_voice_is_confirmed_by_a_key():
    one, two = apart(hold("h", "PWR ENG"), do("z"))
    one.do("sign", "h", person="zhao", role="PWR", **VOICE)
    two.sync(one)

    two.do("confirm-voice", "h", target=heard(two, "h")[0], actor="zhao", strength="own-device")

    assert two.state.unconfirmed() == []


def off_or_on() -> Device:
    """Power off or not, by the water: zhao stands behind an answer that the water denies."""
    answers = (Answer("off", text("off"), when="x > 5"), Answer("on", text("on"), when="x > 1"))
    device = opened(
        ask("q", answers, cls="safety"),
        do("b", after="q.off"),
        do("c", after="q.on"),
        do("z", after="all"),
        readings="x",
    )
    device.do("read", None, target="x", values={"x": "3"})
    device.do("answer", "q", answer="off", deviation="r", **SECOND_VOICE)
    return device


def test_who_stood_behind_an_answer_does_not_stand_behind_the_one_it_was_changed_to():
    device = off_or_on()
    assert [sign.person for sign in device.state.steps["q"].signatures] == ["zhao"]

    device.do("change", "q", answer="on", reason="r")

    one = device.state.steps["q"]
    assert (one.signatures, [sign.person for sign in one.past_voices]) == ([], ["zhao"])
    assert digest(replay(device.graph, RUN, device.entries)) == digest(device.state)


def test_an_answer_that_is_changed_back_against_the_readings_is_stood_behind_anew():
    device = off_or_on()
    device.do("change", "q", answer="on", reason="r")

    assert device.refusal(AnswerGiven("q", "off", reason="r")) == "against-alone"
    device.do("change", "q", answer="off", reason="r", second="zhao", second_strength="pin")
    assert [sign.strength for sign in device.state.steps["q"].signatures] == ["pin"]
