"""Nobody passes on what no longer holds: holds, safety steps and lists after a change before them."""

from __future__ import annotations

import pytest

from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    ContactTried,
    ReadingTaken,
    SignedOff,
    StepDone,
    StepOverridden,
    StepSkipped,
    Unknown,
    WatchRaised,
    WatchRetired,
    from_payload,
)
from engine.plan import Reading, Watch
from tests.engine.build import A_GATE_ASIDE, Device, ask, assert_road_is_sweep, do, hold, opened, text

SIGNERS = (("zhao", "PWR"), ("li", "ENG"))


def test_a_hold_whose_road_was_left_and_taken_again_is_signed_anew():
    device = opened(*A_GATE_ASIDE)
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


# --- never alone


def test_what_may_never_be_passed_alone_is_done_by_two():
    device = opened(do("a", never_alone=True, roles="ENG PWR"), do("b"))
    assert device.refusal(StepDone("a")) == "together-first"

    device.do("do", "a", second="zhao", second_strength="pin")

    assert device.place("b") == "OPEN"


def test_a_decision_that_may_never_be_passed_alone_is_taken_by_two():
    device = opened(ask("a", "yes no", never_alone=True), do("b"))
    assert device.refusal(AnswerGiven("a", "yes")) == "together-first"

    device.do("answer", "a", answer="yes", second="zhao", second_strength="pin")

    assert device.place("b") == "OPEN"


def test_what_another_verifies_before_anybody_goes_on_needs_no_second_person_at_the_act():
    device = opened(do("a", never_alone=True, verify="independent"), do("b"))

    device.do("do", "a")

    assert (device.word("a"), device.place("b")) == ("awaiting-second", "WAITING")


def test_one_person_neither_skips_nor_passes_over_what_may_never_be_passed_alone():
    device = opened(
        do("a", never_alone=True, cls="optional"),
        do("b", never_alone=True, only_when="x < 1", after=""),
        do("close", after="a b"),
        readings="x",
    )

    assert device.refusal(StepSkipped("a", "r")) == "not-optional"
    assert device.refusal(AnswerGiven("b", "pass")) == "never-alone"
    assert not device.may("skip", "a")
    assert [name for name, _ in device.act("whether", "b").needs[0].choices] == ["do"]


# --- whom a call tries to reach


def alone_at_a_hold(*calls: ContactTried) -> str:
    device = opened(hold("h", "PWR ENG", text="safe"), do("in"))
    for call in calls * 3:
        device.propose(call)
    return device.refusal(StepOverridden("h", "r", alone=True, read_back="safe"))


@pytest.mark.parametrize(
    ("person", "role", "refused"),
    [
        ("zhao", "PWR", ""),
        ("zhou", "PWR", ""),
        ("zhao", "", ""),
        ("chen", "CS", "try-first"),
        ("li", "ENG", "try-first"),
    ],
)
def test_only_calls_to_somebody_who_is_missing_count_before_a_hold_is_passed_alone(person, role, refused):
    assert alone_at_a_hold(ContactTried(person, role, "phone", "no-answer")) == refused


def test_a_call_to_whoever_has_signed_already_reaches_nobody_who_is_missing():
    device = opened(hold("h", "PWR ENG IC", text="safe"), do("in"))
    device.do("sign", "h", person="zhao", role="PWR", strength="pin")
    for _ in range(3):
        device.propose(ContactTried("zhao", "PWR", "phone", "no-answer"))

    assert device.refusal(StepOverridden("h", "r", alone=True, read_back="safe")) == "try-first"


def test_before_a_safety_step_is_overridden_alone_somebody_of_its_roles_or_the_commander_is_called():
    device = opened(do("a", cls="safety", roles="ENG PWR"), do("b"))
    for _ in range(3):
        device.propose(ContactTried("chen", "CS", "phone", "no-answer"))
    assert device.refusal(StepOverridden("a", "r", alone=True, read_back="a")) == "try-first"
    for person, role in (("zhao", "PWR"), ("wang", "IC"), ("wang", "IC")):
        device.propose(ContactTried(person, role, "phone", "busy"))

    assert device.refusal(StepOverridden("a", "r", alone=True, read_back="a")) == ""


# --- a watch that is raised again

SMOKE = Watch("smoke", words=text("smoke"))
AGAIN = (WatchRetired("smoke", "gone"), WatchRaised("smoke"))


def test_a_half_signed_hold_behind_a_watch_that_is_raised_again_loses_its_signature():
    device = opened(hold("h", "PWR ENG", after="smoke", lane="l"), do("a", after=""), watches=[SMOKE])
    device.record(WatchRaised("smoke"))
    device.do("sign", "h", person="zhao", role="PWR", strength="pin")

    device.record(*AGAIN)

    assert device.state.steps["h"].signatures == []
    device.do("sign", "h", person="li", role="ENG", strength="pin")
    assert device.place("h") == "OPEN"


def test_what_was_read_for_a_watch_the_time_before_does_not_count_when_it_is_raised_again():
    device = opened(
        do("x", after="smoke", lane="l", record="x y"), do("a", after=""), watches=[SMOKE], readings="x y"
    )
    device.record(WatchRaised("smoke"))
    device.do("read", None, target="x", text="3")
    device.propose(ReadingTaken("x", "3", "u", "x"))

    device.record(*AGAIN)

    assert device.refusal(ReadingTaken("y", "1", "u", "x"), StepDone("x")) == "reading-missing"


@pytest.mark.parametrize("signers", [SIGNERS, SIGNERS[:1]])
def test_a_hold_that_rests_on_a_watch_among_others_is_signed_anew_when_it_is_raised_again(signers):
    device = opened(
        do("a"),
        do("x", lane="l", after="smoke"),
        hold("h", "PWR ENG", after="a x"),
        do("enter"),
        watches=[SMOKE],
    )
    device.record(WatchRaised("smoke"))
    device.done("a", "x")
    device.signed("h", *signers)

    device.record(*AGAIN)

    assert device.state.steps["h"].signatures == []
    assert (device.place("h"), device.place("enter")) == ("WAITING", "WAITING")


# --- how the second person signs


@pytest.mark.parametrize("said", [{"verify": "together"}, {"cls": "safety"}, {"never_alone": True}])
def test_the_second_person_is_not_offered_the_device_of_the_first(said):
    device = opened(do("a", **said), do("b"))

    needs = [need for verb in ("do", "override") for need in device.act(verb, "a").needs]
    ways = [[name for name, _ in need.choices] for need in needs if need.name == "second_strength"]

    assert ways and all(way == ["pin", "voice"] for way in ways)


# --- a watch raised above an open gate


def gate_beside_a_watch() -> Device:
    """A gate stands open; who is inside is only known when the watch is raised above it."""
    return opened(
        do("a"),
        do("rescue", lane="inside", after="w"),
        hold("gate", "PWR ENG", lane="", after="a rescue"),
        do("gas"),
        watches=[Watch("w", words=text("somebody is inside"))],
    )


def test_a_watch_raised_above_an_open_gate_shuts_it_and_its_names_are_gone():
    device = gate_beside_a_watch()
    device.done("a")
    device.do("sign", "gate", person="zhao", role="PWR", strength="pin")
    assert device.place("gate") == "OPEN"

    device.do("raise", "w")

    assert (device.place("gate"), device.state.steps["gate"].signatures) == ("WAITING", [])
    assert device.refusal(StepDone("gate")) == "still-waiting"


def test_a_gate_that_was_shut_opens_when_what_the_watch_brought_is_done_and_is_signed_anew():
    device = gate_beside_a_watch()
    device.done("a")
    device.do("raise", "w")

    device.done("rescue")
    device.signed("gate", ("zhao", "PWR"), ("li", "ENG"))

    assert (device.place("gate"), device.place("gas")) == ("SETTLED", "OPEN")


def gate_further_below_a_watch() -> Device:
    """As above, but between rescue and gate stands a question that other ways have opened and answered."""
    device = opened(
        do("a"),
        do("rescue", lane="inside", after="w"),
        do("outside", lane="inside"),
        ask("mode", "gas none", lane="", after="a outside"),
        hold("gate", "PWR ENG", after="mode.gas"),
        do("gas"),
        do("close", after="mode.none gas"),
        watches=[Watch("w", words=text("somebody is inside"))],
    )
    device.done("a")
    device.answer("mode", "gas")
    return device


def test_a_watch_raised_far_above_an_open_gate_keeps_it_shut_until_what_it_brought_is_done():
    device = gate_further_below_a_watch()
    device.do("sign", "gate", person="zhao", role="PWR", strength="pin")

    device.do("raise", "w")
    shut = [(device.place("gate"), device.state.steps["gate"].signatures)]
    device.done("rescue")
    shut.append((device.place("gate"), device.state.steps["gate"].signatures))
    device.done("outside")

    assert shut == [("WAITING", [])] * 2
    assert (device.place("gate"), device.act("sign", "gate").verb) == ("OPEN", "sign")
    assert_road_is_sweep(device.state)


def test_a_gate_signed_by_somebody_who_did_not_know_of_the_watch_is_signed_anew():
    device = gate_further_below_a_watch()
    device.do("sign", "gate", person="zhao", role="PWR", strength="pin")
    other = device.twin()
    device.do("raise", "w")
    other.do("sign", "gate", person="li", role="ENG", strength="pin")
    assert other.place("gas") == "OPEN"

    device.sync(other)
    device.done("rescue", "outside")
    shut = (device.place("gate"), device.place("gas"))
    device.signed("gate", *SIGNERS)

    assert (shut, device.place("gas")) == (("OPEN", "WAITING"), "OPEN")
    assert_road_is_sweep(device.state)


def test_a_gate_shut_by_a_watch_says_which_of_its_steps_is_still_to_be_done():
    device = gate_further_below_a_watch()
    device.do("raise", "w")

    with pytest.raises(Refused) as refused:
        device.propose(device.sign("gate", "zhao", "PWR"))

    assert [one.en for one in refused.value.facts["waits_for"]] == ["rescue"]


def test_a_gate_that_comes_up_while_a_watch_is_raised_above_it_stays_shut():
    device = gate_further_below_a_watch()
    device.answer("mode", "none")
    device.do("raise", "w")

    device.answer("mode", "gas")
    shut = device.place("gate")
    device.done("rescue", "outside")

    assert (shut, device.place("gate")) == ("WAITING", "OPEN")


def test_a_watch_that_puts_nothing_before_a_gate_leaves_it_open():
    device = opened(
        hold("gate", "PWR ENG"),
        do("gas"),
        do("rescue", lane="inside", after="w"),
        do("close", after="all"),
        watches=[Watch("w", words=text("somebody is inside"))],
    )
    device.do("sign", "gate", person="zhao", role="PWR", strength="pin")

    device.do("raise", "w")

    assert (device.place("gate"), len(device.state.steps["gate"].signatures)) == ("OPEN", 1)


# --- what the readings deny


def a_gap(value: str) -> Device:
    device = opened(
        do("a", record="x"), hold("h", "PWR ENG", refused="out", needs="x >= 3"), do("in", after="h.signed"),
        do("out"), do("close", after="in out"), readings="x",
    )  # fmt: skip
    device.record(ReadingTaken("x", value, "u", "a"))
    device.done("a")
    return device


def test_nobody_signs_a_hold_that_the_readings_deny_until_they_are_better():
    device = a_gap("1")
    denied = (device.may("sign", "h"), device.may("refuse", "h"))
    device.record(ReadingTaken("x", "4", "u"))

    assert denied == (False, True)
    assert device.may("sign", "h")


def test_what_the_readings_deny_is_passed_by_two_only_with_its_words_read_back():
    device = a_gap("1")
    second = SignedOff("h", "zhao", "PWR", "override", "pin")
    needs = {need.name: need.optional for need in device.act("override", "h").needs}

    assert needs["read_back"] is False
    assert device.refusal(second, StepOverridden("h", "because", "signed")) == "read-back-first"
    assert (
        device.refusal(second, StepOverridden("h", "because", "signed", read_back="yes")) == "read-back-first"
    )
    assert device.refusal(second, StepOverridden("h", "because", "signed", read_back="h")) == ""


def test_what_nobody_has_measured_is_read_back_too_and_what_is_so_is_not():
    unknown, good = a_gap("1"), a_gap("4")
    unknown.pass_time("2h")
    second = SignedOff("h", "zhao", "PWR", "override", "pin")

    assert good.refusal(second, StepOverridden("h", "because", "signed")) == ""
    assert unknown.refusal(second, StepOverridden("h", "because", "signed")) == "read-back-first"


def test_to_refuse_a_hold_by_decision_nothing_is_read_back():
    device = a_gap("1")
    second = SignedOff("h", "zhao", "PWR", "override", "pin")

    assert device.refusal(second, StepOverridden("h", "because", "refused")) == ""
