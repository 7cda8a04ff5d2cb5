"""Alarms, the suggested level, and who is to be told when it lasts."""

from __future__ import annotations

import pytest

from engine.clocks import alarms, suggested_level
from engine.events import (
    LevelDeclared,
    NoteAdded,
    RoleTaken,
    RunEnded,
    RunHeld,
    StepFailed,
    StepReopened,
    WatchRaised,
    WatchRetired,
)
from engine.plan import Escalation, Reading, Watch
from tests.engine.build import (
    MS,
    T0,
    Device,
    apart,
    ask,
    contact,
    do,
    hold,
    level_rule,
    minutes,
    opened,
    tell,
    text,
)
from tests.engine.build import promises as kept
from tests.engine.promised import HOUR, INFORM, RESPOND, X, informing, names, responding, standing, watching

# --- alarms


def test_an_alarm_stands_until_it_is_acknowledged_and_the_next_has_another_name():
    device = watching()
    first = device.state.graph.readings["x"]
    assert first.act is None
    device.record(WatchRaised("hot"))
    device.do("ack", "watch:hot:1")
    assert names(device, "watch") == []

    device.record(WatchRetired("hot", "r"), WatchRaised("hot"))

    assert names(device, "watch") == ["watch:hot:2"]
    assert not device.may("ack", "watch:hot:1")


def test_a_promise_warns_at_half_and_at_four_fifths_and_says_when_it_was_broken():
    device = responding()
    seen = {}
    for minute in (9, 10, 15, 16, 20, 21):
        device.now = T0 + minutes(minute)
        found = [alarm for alarm in alarms(device.state, device.now) if alarm.kind in ("promise", "broken")]
        seen[minute] = [(alarm.kind, alarm.rank, alarm.at - T0) for alarm in found]

    assert seen == {
        9: [],
        10: [("promise", 1, minutes(10))],
        15: [("promise", 1, minutes(10))],
        16: [("promise", 2, minutes(16))],
        20: [("promise", 2, minutes(16))],
        21: [("broken", 3, minutes(20))],
    }


def test_every_missed_word_is_an_alarm_of_its_own():
    device = informing()
    device.pass_time("61m")
    first = names(device, "broken")
    device.do("ack", first[0])
    assert names(device, "broken") == []

    device.pass_time("60m")

    assert len(names(device, "broken")) == 1
    assert names(device, "broken") != first


def test_each_value_in_the_act_band_is_an_alarm_of_its_own():
    device = opened(do("a"), do("b"), readings=[Reading("x", text("x"), unit="u", act=">= 3")])
    device.read("x", 3)
    first = names(device, "act-band")
    device.do("ack", first[0])
    device.read("x", 4)

    assert len(names(device, "act-band")) == 1
    device.read("x", 2)
    assert names(device, "act-band") == []


@pytest.mark.requirement("E25")
def test_contradictions_are_alarms():
    one, two = apart(do("a"), do("b"), readings="x")
    one.done("a")
    one.read("x", 1)
    two.record(StepFailed("a", "r"))
    two.read("x", 2)
    one.record(RoleTaken("IC", "li", reason="r"))
    two.record(RoleTaken("IC", "zhao", reason="r"))

    one.sync(two)

    assert len(names(one, "contradicted")) == 2
    assert len(names(one, "two-commanders")) == 1
    assert {alarm.rank for alarm in alarms(one.state, one.now)} == {3}


def test_a_second_doubt_about_a_step_is_another_alarm():
    device = opened(do("a"), do("b"))
    device.done("a", "b")
    device.record(StepReopened("a", "r"))
    device.do("ack", names(device, "recheck")[0])
    device.done("a")
    device.do("confirm", "b")
    assert names(device, "recheck") == []

    device.record(StepReopened("a", "again"))

    assert len(names(device, "recheck")) == 1


def test_an_unconfirmed_voice_is_an_alarm():
    device = opened(hold("h", "PWR ENG"), do("b"))
    device.do("sign", "h", person="zhao", role="PWR", strength="voice", channel="radio")

    (name,) = names(device, "voice")
    device.do("confirm-voice", "h", target=name.removeprefix("voice:"), strength="pin")

    assert names(device, "voice") == []


def test_readings_of_two_people_that_differ_are_an_alarm():
    device = opened(do("a", verify="independent", record="x"), do("b"), readings="x")
    device.do("do", "a", values={"x": "3"})
    device.do("verify", "a", person="zhao", strength="pin", values={"x": "4"})

    assert len(names(device, "second-differs")) == 1


def test_a_contact_without_else_says_when_its_list_is_used_up():
    device = opened(contact("call", "ENG"), do("b"))
    for person in ("li", "li", "zhou"):
        assert names(device, "nobody") == []
        device.do("try", "call", person=person, channel="phone", outcome="no-answer")

    assert len(names(device, "nobody")) == 1


@pytest.mark.requirement("E36")
def test_a_run_on_hold_reminds_again_and_again():
    device = opened(do("a"), do("b"))
    device.record(RunHeld("waiting for the brigade"))
    device.do("ack", names(device, "held")[0])
    device.pass_time(minutes(10) - MS)
    assert names(device, "held") == []

    device.pass_time(MS)

    assert len(names(device, "held")) == 1


def test_alarms_come_the_gravest_first():
    device = opened(
        do("a", within="5m"), do("b"), hazard="fire", kept=RESPOND, watches=[Watch("hot", words=text("hot"))]
    )
    device.pass_time("10m")
    device.record(WatchRaised("hot"))

    assert [alarm.rank for alarm in alarms(device.state, device.now)] == [3, 3, 1]


def test_after_the_end_only_promises_are_watched():
    device = opened(do("a", within="5m"), do("b"), hazard="fire", kept=RESPOND)
    device.pass_time("30m")
    device.record(RunEnded("abandoned", "r"))

    assert {alarm.kind for alarm in alarms(device.state, device.now)} == {"broken"}


# --- levels and escalation


LEVELS = (level_rule("III", "x > 0"), level_rule("II", "x >= 1"), level_rule("I", "x > 5"))


def levelled(*steps, **said) -> Device:
    return opened(*(steps or (do("a"), do("b"))), levels=LEVELS, readings=[X], **said)


def test_the_highest_level_whose_ground_holds_is_suggested():
    device = levelled()
    assert suggested_level(device.state, device.now) is None
    device.read("x", 2)

    assert suggested_level(device.state, device.now) == "II"


def test_a_level_never_falls_because_nobody_measured():
    device = levelled()
    device.read("x", 2)
    device.pass_time("6h")
    old = (suggested_level(device.state, device.now), names(device, "level"))
    device.read("x", "0.5")

    assert old[0] == "II" and len(old[1]) == 1
    assert suggested_level(device.state, device.now) == "III"


def test_a_suggested_level_is_as_old_as_what_speaks_for_it():
    device = levelled()
    device.read("x", 2)
    device.pass_time("4m")
    device.record(NoteAdded("nothing new"))

    (alarm,) = [one for one in alarms(device.state, device.now) if one.kind == "level"]
    assert alarm.at == T0


def test_no_level_below_the_one_in_force_is_suggested():
    device = levelled()
    device.record(LevelDeclared("I"))
    device.read("x", 2)

    assert suggested_level(device.state, device.now) == "I"


def test_a_raised_watch_suggests_its_level():
    device = levelled(watches=[Watch("smoke", words=text("smoke"), level="I")])

    device.record(WatchRaised("smoke"))

    assert suggested_level(device.state, device.now) == "I"


def test_an_answer_raises_the_level_until_somebody_declares_one():
    device = levelled(ask("q", "1+worse same"), do("b", after="q"))
    device.record(LevelDeclared("III"))
    device.pass_time("1m")
    device.answer("q", "worse")
    assert suggested_level(device.state, device.now) == "II"

    device.pass_time("1m")
    device.record(LevelDeclared("II"))

    assert suggested_level(device.state, device.now) == "II"


def test_one_up_from_no_level_suggests_nothing_below_what_nobody_knows():
    device = levelled(ask("q", "1+worse same"), do("b", after="q"))
    device.answer("q", "worse")
    unknown = suggested_level(device.state, device.now)
    device.read("x", 0)

    assert (unknown, suggested_level(device.state, device.now)) == (None, "IV")


def test_a_level_that_is_suggested_and_not_declared_is_an_alarm():
    device = levelled()
    device.read("x", 2)
    device.do("ack", names(device, "level")[0])
    assert names(device, "level") == []

    device.record(LevelDeclared("III"))
    assert len(names(device, "level")) == 1
    device.record(LevelDeclared("II"))
    assert names(device, "level") == []


def test_whoever_is_told_next_is_an_alarm_by_level_and_time_from_the_report_until_recovery():
    rows = [Escalation("I", minutes(15), ("IC", "SEC")), Escalation("II", minutes(5), ("CS",))]
    device = opened(do("a", marks="recovered"), do("b"), kept=kept(escalation=rows))
    device.record(LevelDeclared("I"))

    device.pass_time(minutes(15) - MS)
    assert names(device, "escalate") == []
    device.pass_time(MS)
    assert names(device, "escalate") == ["escalate:I:900"]
    device.done("a")

    assert names(device, "escalate") == []


def test_a_told_step_tells_and_is_done():
    device = opened(tell("t"), do("b"), hazard="fire", kept=INFORM)

    assert (
        device.refused("tell", "t", text="words", channel="phone", to="Chen", outcome="failed") == "not-told"
    )
    device.pass_time("10m")
    device.do("tell", "t", text="words", channel="phone", to="Chen")

    assert device.place("b") == "OPEN"
    assert standing(device, HOUR + MS).missed == 0
