"""Who may sign what: holds, second persons, overrides, handovers, and being alone."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from engine.clocks import alarms
from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    ContactTried,
    HandoverSigned,
    ReadingTaken,
    RoleTaken,
    SignedOff,
    StepDone,
    StepOverridden,
)
from engine.state import Signature
from tests.engine.build import Device, apart, do, hold, opened


def at_a_hold(sign: str = "PWR ENG", **said) -> Device:
    return opened(hold("h", sign, text="no live part under water", **said), do("in"))


def zhao(**said) -> SignedOff:
    return SignedOff("h", "zhao", "PWR", "hold", **{"strength": "pin", **said})


def li(**said) -> SignedOff:
    return SignedOff("h", "li", "ENG", "hold", **{"strength": "pin", **said})


def signature(device: Device, step: str = "h") -> Signature:
    return device.state.steps[step].signatures[-1]


# --- a hold


def test_nobody_passes_a_hold_without_every_signature():
    device = at_a_hold()

    device.do("sign", "h", person="zhao", role="PWR", strength="pin")
    assert device.place("in") == "WAITING"
    assert device.refusal(StepDone("h")) == "signatures-missing"
    device.do("sign", "h", person="li", role="ENG", strength="pin")

    assert device.place("in") == "OPEN"


def test_a_hold_that_may_be_refused_ends_by_signed_or_refused():
    signed, refused = (
        opened(
            hold("h", "PWR ENG", refused="out"),
            do("out"),
            do("in", after="h.signed"),
            do("close", after="out in"),
        )
        for _ in range(2)
    )

    signed.signed("h", ("zhao", "PWR"), ("li", "ENG"))
    assert refused.refusal(AnswerGiven("h", "refused")) == "reason-first"
    refused.do("refuse", "h", reason="live strip under water")

    assert (signed.place("in"), signed.place("out")) == ("OPEN", "OFF")
    assert (refused.place("in"), refused.place("out")) == ("OFF", "OPEN")


def test_only_the_roles_the_plan_names_sign():
    device = at_a_hold()

    assert device.refusal(SignedOff("h", "feng", "SEC", "hold", "pin")) == "role-signs-not"


def test_whoever_signs_holds_that_role_in_this_run():
    device = at_a_hold()

    assert device.refusal(SignedOff("h", "zhou", "PWR", "hold", "pin")) == "role-not-held"
    device.propose(RoleTaken("PWR", "zhou"))
    assert device.refusal(SignedOff("h", "zhou", "PWR", "hold", "pin")) == ""


@pytest.mark.requirement("E45")
def test_nobody_signs_twice():
    device = at_a_hold()
    device.propose(RoleTaken("ENG", "zhao"), zhao())

    assert device.refusal(SignedOff("h", "zhao", "ENG", "hold", "pin")) == "signed-twice"
    assert at_a_hold().refusal(zhao(), SignedOff("h", "zhao", "ENG", "hold", "pin")) in (
        "signed-twice",
        "role-not-held",
    )


def test_a_role_signs_once():
    device = at_a_hold()
    device.propose(RoleTaken("PWR", "zhou"), zhao())

    assert device.refusal(SignedOff("h", "zhou", "PWR", "hold", "pin")) == "role-signed"


def test_one_person_under_two_roles_on_two_devices_is_one_signature():
    one, two = apart(hold("h", "PWR ENG"), do("in"))
    for device in (one, two):
        device.record(RoleTaken("ENG", "zhao"))
    one.record(SignedOff("h", "zhao", "PWR", "hold", "pin"))
    two.record(SignedOff("h", "zhao", "ENG", "hold", "pin"))

    one.sync(two)

    assert one.refusal(StepDone("h")) == "signatures-missing"
    assert one.place("in") == "WAITING"
    one.do("sign", "h", person="li", role="ENG", strength="pin")
    assert one.place("in") == "OPEN"


def test_a_hold_that_two_devices_signed_apart_is_let_pass_by_either():
    one, two = apart(hold("h", "PWR ENG"), do("in"))
    one.do("sign", "h", person="zhao", role="PWR", strength="pin")
    two.do("sign", "h", person="li", role="ENG", strength="pin")

    one.sync(two)
    assert one.place("h") == "OPEN"
    one.do("do", "h")

    assert one.place("in") == "OPEN"


def test_so_many_of_several_roles_are_enough():
    device = at_a_hold("2 PWR ENG SEC")

    device.signed("h", ("feng", "SEC"), ("zhao", "PWR"))

    assert device.place("in") == "OPEN"


def test_whoever_commands_is_never_one_of_two_operators():
    device = at_a_hold("PWR ENG IC")
    device.propose(RoleTaken("ENG", "wang"))

    assert device.refusal(SignedOff("h", "wang", "ENG", "hold", "pin")) == "commander-operates"
    assert device.refusal(SignedOff("h", "wang", "IC", "hold", "pin")) == ""


def test_a_commander_may_give_the_one_signature_that_a_hold_needs():
    device = opened(hold("h", "1 PWR ENG"), do("in"))
    device.propose(RoleTaken("ENG", "wang"))

    assert device.refusal(SignedOff("h", "wang", "ENG", "hold", "pin")) == ""


def test_with_two_commanders_a_hold_that_wants_the_commander_waits():
    one, two = apart(hold("h", "PWR IC"), do("in"))
    one.record(RoleTaken("IC", "li", reason="r"))
    two.record(RoleTaken("IC", "feng", reason="r"))
    one.sync(two)

    assert one.refusal(SignedOff("h", "li", "IC", "hold", "pin")) == "role-not-held"
    one.propose(RoleTaken("IC", "feng", reason="agreed"))

    assert one.refusal(SignedOff("h", "feng", "IC", "hold", "pin")) == ""


def test_one_of_two_commanders_is_no_operator_either():
    one, two = apart(hold("h", "PWR ENG"), do("in"))
    one.record(RoleTaken("IC", "li", reason="r"))
    two.record(RoleTaken("IC", "feng", reason="r"))
    one.sync(two)

    assert one.refusal(SignedOff("h", "li", "ENG", "hold", "pin")) == "commander-operates"


def test_a_deputy_signs_for_the_one_whose_role_it_is():
    device = at_a_hold()
    device.do("role", None, role="ENG", person="zhou", owner="li")

    device.do("sign", "h", person="zhou", role="ENG", strength="pin")

    assert signature(device).acting_for == "li"


def test_a_hold_asks_for_its_readings_with_the_first_signature():
    device = opened(hold("h", "PWR ENG", record="megohm"), do("in"), readings="megohm")

    device.do("sign", "h", person="zhao", role="PWR", strength="pin", values={"megohm": "3"})
    device.do("sign", "h", person="li", role="ENG", strength="pin")

    assert device.place("in") == "OPEN"
    assert (
        opened(hold("h", "PWR ENG", record="megohm"), do("in"), readings="megohm").refusal(
            zhao(), li(), StepDone("h")
        )
        == "reading-missing"
    )


def test_a_hold_on_what_cannot_be_taken_back_names_the_equipment():
    device = opened(hold("h", "PWR ENG", tag="V-3", irreversible=True), do("in"))
    device.do("sign", "h", person="zhao", role="PWR", strength="pin")

    assert device.refused("sign", "h", person="li", role="ENG", strength="pin") == "tag-first"
    device.do("sign", "h", person="li", role="ENG", strength="pin", tag="V-3")

    assert device.place("in") == "OPEN"


# --- strength


def test_a_device_speaks_for_one_person():
    device = at_a_hold()

    device.propose(li(strength="own-device"), by="li")

    assert device.refusal(zhao(strength="own-device"), by="zhao") == "not-own-device"
    assert device.refusal(zhao(strength="own-device"), by="li") == "not-own-device"
    assert device.refusal(zhao()) == ""


def test_a_voice_names_its_channel_and_is_unconfirmed_until_its_owner_confirms_it():
    device = at_a_hold()
    assert device.refusal(zhao(strength="voice")) == "voice-channel"
    device.do("sign", "h", person="zhao", role="PWR", strength="voice", channel="radio CH 3")
    assert not signature(device).confirmed

    heard = signature(device).hash
    assert device.refusal(SignedOff("h", "li", "ENG", "hold", "pin", confirms=heard)) == "confirm-yourself"
    assert device.refusal(zhao(strength="voice", channel="radio", confirms=heard)) == "confirm-yourself"
    device.do("confirm-voice", "h", target=heard, strength="pin")

    assert (signature(device).confirmed, signature(device).strength) == (True, "pin")
    assert device.refusal(zhao(confirms=heard)) == "nothing-to-confirm"


def test_a_voice_is_confirmed_also_after_the_hold_was_passed():
    device = at_a_hold()
    device.do("sign", "h", person="zhao", role="PWR", strength="voice", channel="radio")
    device.do("sign", "h", person="li", role="ENG", strength="pin")
    first = device.state.steps["h"].signatures[0]

    device.do("confirm-voice", "h", target=first.hash, strength="pin")

    assert device.state.steps["h"].signatures[0].confirmed


def test_a_confirmation_that_this_device_may_not_give_says_where_it_can_be_given_and_never_by_voice():
    device = at_a_hold()
    device.propose(li(strength="own-device"), by="li")
    device.do("sign", "h", person="zhao", role="PWR", strength="voice", channel="radio")
    heard = signature(device).hash

    with pytest.raises(Refused) as refused:
        device.do("confirm-voice", "h", target=heard, strength="own-device")

    said = refused.value.sentence("en")
    assert refused.value.id == "confirm-not-here" and "by voice" not in said
    assert f"muster walk {device.state.run_id}" in said


def test_a_signature_says_how_it_was_given():
    device = at_a_hold()

    assert device.refusal(zhao(strength="shouted")) == "unknown-strength"
    assert device.refusal(SignedOff("h", "zhao", "PWR", "blessing", "pin")) == "unknown-purpose"
    device.do("sign", "h", person="zhao", role="PWR", strength="voice", channel="radio CH 3")

    assert (signature(device).strength, signature(device).channel) == ("voice", "radio CH 3")


def test_the_warning_of_a_hold_is_read_before_anybody_signs():
    device = at_a_hold(warn="electric shock kills")

    assert device.refusal(zhao()) == "warning-first"
    device.do("sign", "h", person="zhao", role="PWR", strength="pin")

    assert device.state.steps["h"].warned


# --- alone


def try_in_vain(device: Device, times: int) -> None:
    for _ in range(times):
        device.propose(ContactTried("zhao", "PWR", "phone", "no-answer"))


READ_BACK = "No live part under water!"


def test_a_hold_is_passed_alone_after_three_tries_with_a_reason_and_the_words_read_back():
    device = at_a_hold()
    try_in_vain(device, 2)
    assert device.refusal(StepOverridden("h", "nobody comes", alone=True, read_back=READ_BACK)) == "try-first"
    try_in_vain(device, 1)

    assert device.refusal(StepOverridden("h", "", alone=True, read_back=READ_BACK)) == "reason-first"
    assert device.refusal(StepOverridden("h", "r", alone=True, read_back="no live part")) == "read-back-first"
    device.do("override", "h", reason="nobody comes", read_back=READ_BACK)

    assert device.word("h") == "overridden"
    assert device.state.steps["h"].last is not None
    assert device.state.steps["h"].last.value.alone
    assert device.state.steps["h"].signatures == []


def test_calls_that_were_answered_and_calls_before_the_hold_opened_do_not_count():
    device = opened(do("a"), hold("h", "PWR ENG", text="safe"), do("in"))
    try_in_vain(device, 3)
    device.pass_time("1m")
    device.done("a")
    device.propose(ContactTried("zhao", "PWR", "phone", "answered"))

    assert device.refusal(StepOverridden("h", "r", alone=True, read_back="safe")) == "try-first"


def test_what_may_never_be_passed_alone_is_not():
    device = at_a_hold(never_alone=True)
    try_in_vain(device, 3)

    assert device.refusal(StepOverridden("h", "r", alone=True, read_back=READ_BACK)) == "never-alone"
    offered = {need.name: need.optional for need in device.act("override", "h").needs}
    assert offered == {"reason": False, "second": False, "second_strength": False, "second_channel": True}
    by_oneself = {need.name: need.optional for need in at_a_hold().act("override", "h").needs}
    assert by_oneself == offered | {"second": True, "second_strength": True, "read_back": True}


def test_an_ordinary_step_needs_nobody_else():
    device = opened(do("a"), do("b"))
    try_in_vain(device, 3)

    assert device.refusal(StepOverridden("a", "r", alone=True, read_back="a")) == "alone-needless"


# --- overrides


@pytest.mark.parametrize("never_alone", [False, True])
def test_a_safety_override_needs_a_second_person(never_alone):
    device = opened(do("a", cls="safety", never_alone=never_alone), do("b"))

    assert device.refusal(StepOverridden("a", "r")) == "second-person-first"
    assert device.refusal(sign("a", "li"), StepOverridden("a", "r")) == "signed-twice"
    assert device.refusal(sign("a", "wang", purpose="hold"), StepOverridden("a", "r")) == "role-signs-not"
    device.do("override", "a", reason="r", second="wang", second_strength="pin")

    assert device.word("a") == "overridden"
    assert signature(device, "a").purpose == "override"


def sign(step: str, person: str, purpose: str = "override", strength: str = "pin") -> SignedOff:
    return SignedOff(step, person, "", purpose, strength)


def test_whoever_did_it_is_the_first_person_also_when_another_types():
    device = opened(do("a", cls="safety"), do("b"))

    assert device.refusal(sign("a", "zhao"), StepOverridden("a", "r", by="zhao")) == "signed-twice"
    assert device.refusal(sign("a", "li"), StepOverridden("a", "r", by="zhao"), by="chen") == ""


def test_the_second_person_is_in_the_run():
    device = opened(do("a", cls="safety"), do("b"))

    assert device.refusal(sign("a", "stranger"), StepOverridden("a", "r")) == "not-in-run"
    as_power = SignedOff("a", "feng", "PWR", "override", "pin")
    assert device.refusal(as_power, StepOverridden("a", "r")) == "role-not-held"


def test_an_overridden_decision_names_an_answer_that_leads_on():
    device = opened(
        do("a"), hold("h", "PWR ENG", refused=("a", 1)), do("in", after="h.signed h.refused"), do("close")
    )
    device.done("a")

    assert device.refusal(sign("h", "wang"), StepOverridden("h", "r")) == "override-answer"
    assert device.refusal(sign("h", "wang"), StepOverridden("h", "r", "refused")) == "override-goes-on"
    device.do("override", "h", reason="r", answer="signed", second="wang", second_strength="pin")

    assert device.place("in") == "OPEN"


# --- both together, and one after the other


def test_what_two_do_together_is_signed_by_the_other_before_it_is_done():
    device = opened(do("a", verify="together"), do("b"))

    assert device.refusal(StepDone("a")) == "together-first"
    assert device.refusal(sign("a", "li", "together"), StepDone("a")) == "signed-twice"
    assert device.refusal(sign("a", "wang", "together"), StepDone("a")) == "commander-operates"
    device.do("do", "a", second="zhao", second_strength="pin")

    assert device.place("b") == "OPEN"


def test_whoever_agreed_beforehand_does_not_do_it_alone():
    device = opened(do("a", verify="together"), do("b"))
    device.propose(sign("a", "zhao", "together"))

    assert device.refusal(StepDone("a", by="zhao")) == "together-first"
    assert device.refusal(StepDone("a")) == ""


def verified(value: str = "3") -> Device:
    device = opened(do("a", verify="independent", record="x"), do("b"), readings="x")
    device.do("do", "a", values={"x": value})
    return device


@pytest.mark.requirement("E45")
def test_a_second_person_verifies_later_with_a_reading_of_their_own():
    device = verified()
    assert (device.word("a"), device.place("b")) == ("awaiting-second", "WAITING")

    assert device.refusal(sign("a", "li", "verify")) == "reading-missing"
    device.do("verify", "a", person="zhao", strength="pin", values={"x": "3.0"})

    assert (device.word("a"), device.place("b")) == ("done", "OPEN")
    assert device.state.steps["a"].second_readings["x"].by == "zhao"


@pytest.mark.requirement("E45")
def test_nobody_verifies_their_own_work():
    device = verified()
    second = ReadingTaken("x", "3", "u", "a", second=True)

    assert device.refusal(second, sign("a", "li", "verify")) == "signed-twice"
    assert device.refusal(second, sign("a", "zhao", "verify")) == ""


def test_a_verification_that_differs_is_kept_and_holds_the_step_until_they_agree():
    device = verified()

    device.do("verify", "a", person="zhao", strength="pin", values={"x": "5"})
    assert device.word("a") == "awaiting-second"
    assert device.state.steps["a"].second_differs == ("x",)
    assert device.refusal(sign("a", "zhao", "verify")) == "second-differs"
    device.do("verify", "a", person="zhao", strength="pin", values={"x": "3"})

    assert device.word("a") == "done"


def test_a_second_reading_never_becomes_the_value_of_the_first():
    device = verified()

    device.do("verify", "a", person="zhao", strength="pin", values={"x": "5"})

    assert device.state.readings["x"][-1].value.text == "3"
    assert device.refusal(ReadingTaken("x", "5", "u", "b", second=True)) == "nothing-to-verify"


def test_what_waits_for_a_second_person_is_not_done_again_but_reopened():
    device = verified()

    assert device.refusal(StepDone("a")) == "second-first"
    device.do("reopen", "a", reason="read the wrong scale")
    device.do("do", "a", values={"x": "5"})
    device.do("verify", "a", person="zhao", strength="pin", values={"x": "5"})

    assert device.word("a") == "done"


def test_what_is_in_doubt_while_it_waits_for_a_second_person_may_be_done_again():
    device = opened(do("s"), do("a", verify="independent"), do("b"))
    device.done("s", "a")

    device.do("reopen", None, target="s", reason="wrong valve")
    device.done("s")
    device.do("do", "a")

    assert device.word("a") == "awaiting-second"


def test_nothing_is_verified_that_was_not_done():
    device = opened(do("a", verify="independent"), do("b"))

    assert device.refusal(sign("a", "zhao", "verify")) == "nothing-to-verify"


# --- handover


@pytest.mark.requirement("E47")
def test_a_handover_is_signed_by_both_each_in_their_own_way():
    device = at_a_hold()
    device.propose(li(strength="own-device"), by="li")

    own = HandoverSigned("ENG", "zhao", "zhou", "own-device", "pin")
    assert device.refusal(own) == "role-not-held"
    assert device.refusal(HandoverSigned("PWR", "zhao", "zhou", "own-device", "pin")) == "not-own-device"
    assert device.refusal(HandoverSigned("ENG", "li", "zhou", "own-device", "own-device")) == "not-own-device"
    device.propose(HandoverSigned("ENG", "li", "zhou", "own-device", "voice", channel="radio 2"))

    assert device.state.holders("ENG") == ("zhou",)


def test_who_hands_over_as_on_their_own_device_owns_it_from_then_on():
    device = at_a_hold()
    device.propose(HandoverSigned("ENG", "li", "zhou", "own-device", "pin"), by="li")

    assert device.state.device_signers == {device.journal: "li"}
    assert device.refusal(zhao(strength="own-device"), by="zhao") == "not-own-device"


def test_who_takes_over_as_on_their_own_device_owns_it_too():
    device = at_a_hold()
    device.propose(HandoverSigned("ENG", "li", "zhou", "pin", "own-device"), by="zhou")

    assert device.state.device_signers == {device.journal: "zhou"}


def test_a_voice_that_hands_over_or_takes_over_names_its_channel():
    device = at_a_hold()
    taken = partial(HandoverSigned, "IC", "wang", "li")

    assert device.refusal(taken("pin", "voice")) == "voice-channel"
    assert device.refusal(taken("voice", "pin", channel="phone")) == "voice-channel"
    assert device.refusal(taken("voice", "pin", giver_channel="phone")) == ""


def test_command_that_passes_by_two_voices_waits_for_both_to_confirm():
    device = at_a_hold()
    by_voice = {"strength": "voice", "second_strength": "voice"}
    said: dict[str, Any] = {"role": "IC", "owner": "wang", "person": "li", **by_voice}
    assert device.refused("handover", **said) == "voice-channel"
    (entry,) = device.do("handover", **said, second_channel="phone", channel="face to face")
    waiting = [sign.name for sign in device.state.signatures_of("handover.IC")]

    event = entry.event
    assert isinstance(event, HandoverSigned)
    assert (event.giver_channel, event.channel) == ("phone", "face to face")
    assert device.state.voices_unconfirmed() == (("handover.IC", "wang"), ("handover.IC", "li"))
    assert {one.detail for one in alarms(device.state, device.now) if one.kind == "voice"} == {"wang", "li"}
    device.do("confirm-voice", "handover.IC", target=waiting[1], strength="pin")
    assert device.state.voices_unconfirmed() == (("handover.IC", "wang"),)
    stranger = SignedOff("handover.IC", "zhao", "IC", "handover", "pin", confirms=entry.hash)
    assert device.refusal(stranger) == "confirm-yourself"
    device.do("confirm-voice", "handover.IC", target=waiting[0], strength="pin")
    assert not device.state.unconfirmed() and not device.may("confirm-voice", "handover.IC")


def test_a_handover_by_voice_may_be_confirmed_when_the_run_is_over():
    device = at_a_hold()
    said: dict[str, Any] = {"role": "ENG", "owner": "li", "person": "zhou", "second_strength": "pin"}
    device.do("handover", **said, strength="voice", channel="radio")
    device.do("end", target="abandoned", reason="r")
    assert device.state.ended is not None
    assert device.state.ended.unconfirmed == (("handover.ENG", "zhou"),)
    (voice,) = device.state.signatures_of("handover.ENG")
    device.do("confirm-voice", "handover.ENG", target=voice.name, strength="pin")

    assert device.state.unconfirmed() == []
