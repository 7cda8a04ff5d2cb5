"""Whose hand a name is by: what may be signed on this device is proposed, and one who typed for two is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.acts import Act, Given
from engine.people import set_pin
from engine.run import in_order
from tests.engine.records import entropy
from tests.tui.asked import drive, looking
from tests.tui.table import KINDS, PIN, Table, table
from tui.asking import Questions
from tui.locale import say
from tui.logbook import Teller, titles_of
from tui.onehand import OneHand


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        made.do("entry", "entry.0", answer="yes")
        made.join("zhao", "PWR")
        yield made


def strengths_for(at: Table, verb: str, *typed: str) -> str:
    """What stands above the question how somebody signs: the ways that are proposed."""
    look = replace(looking(at, "en"), person=at.desk.actor)
    has_pin, journal = (lambda person: at.store.pin(person) is not None), at.desk.record.journal
    asking = Questions(look, has_pin, lambda data: "", lambda act: "", journal)
    act: Act = next(one for one in at.desk.possible() if one.key == (verb, "permit"))
    _, asked = drive(asking.ask_for(act), *typed)
    return "\n".join(line for question in asked for line in question.lines) + "\n".join(asking.above)


def hears(at: Table, person: str, role: str) -> None:
    at.do("sign", "permit", role=role, person=person, strength="voice", channel="CH 3")


def log_of(at: Table, language: str) -> list[str]:
    teller, hand = Teller(titles_of(at.desk.state.graph.to_bytes()), language), OneHand()
    return [teller.line(one, one_hand=hand.wrote_both(one)) for one in in_order(at.entries())]


def test_on_a_device_that_speaks_for_somebody_else_nobody_is_proposed_to_sign_as_on_their_own(at):
    mine = strengths_for(at, "sign", "2", "1")
    at.do("sign", "permit", by="zhao", role="PWR", person="zhao", strength="own-device")

    theirs = strengths_for(at, "sign", "1", "1")

    assert "on this device" in mine
    assert "on this device" not in theirs and "by voice" in theirs


def test_a_voice_is_proposed_to_be_confirmed_only_as_the_rules_take_it(at):
    """Typed here by somebody else: a key of this device says nothing of whose hand it is, a voice confirms none."""
    hears(at, "zhao", "PWR")
    set_pin(at.store, "zhao", PIN, entropy(3))
    at.desk.actor = "zhao"

    proposed = strengths_for(at, "confirm-voice", PIN)

    assert "PIN" in proposed
    assert "own device" not in proposed and "by voice, written" not in proposed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_typed_both_voices_at_one_device_is_told_in_the_log(at, language):
    at.do("role", person="chen", role="ENG")
    hears(at, "zhao", "PWR")
    hears(at, "chen", "ENG")

    told = say("log-one-hand", language, name=looking(at, language).name("li"))

    assert [told in line for line in log_of(at, language)].count(True) == 1
    assert told in next(line for line in reversed(log_of(at, language)) if "CH 3" in line)


def test_one_voice_beside_a_name_of_their_own_is_not_one_hand_for_two(at):
    hears(at, "zhao", "PWR")
    at.do("sign", "permit", role="ENG", person="li", strength="own-device")

    assert at.desk.state.steps["permit"].answer == "signed"
    assert not any(
        say("log-one-hand", "en", name=looking(at, "en").name("li")) in one for one in log_of(at, "en")
    )


def test_a_step_done_in_one_name_with_another_by_voice_both_typed_by_a_third_is_one_hand(at):
    at.do("role", person="chen", role="ENG")
    act = next(one for one in at.desk.possible() if one.key == ("do", "lift"))

    at.desk.do(act, Given(by="chen", second="zhao", second_strength="voice", second_channel="CH 3"))

    assert [("did 'Lift the rack' " in one) for one in log_of(at, "en") if "BOTH NAMES" in one] == [True]


def test_who_does_a_step_with_somebody_heard_by_voice_is_not_one_hand_for_two(at):
    at.do("do", "lift", second="zhao", second_strength="voice", second_channel="CH 3")

    assert not [one for one in log_of(at, "en") if "BOTH NAMES" in one]
