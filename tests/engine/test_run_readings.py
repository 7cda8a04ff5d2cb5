"""Readings: what counts, how old it may be, and what it is held against."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.condition import Missing
from engine.events import ReadingTaken, RunOpened
from engine.facts import band, holds, judge, reading_at
from engine.plan import Fact, Reading, Room, Site
from engine.text import Text
from tests.engine.build import ABC, MS, T0, Device, apart, ask, do, graph, limit, minutes, opened, text

DEPTH = Reading(
    "depth",
    Text("水深", "depth"),
    unit="cm",
    least=None,
    warn="> 0",
    act=">= 3",
    fresh=limit("10m").length,
    rise=limit("10m").length,
)


def measuring(**said) -> Device:
    return opened(*ABC, readings=[DEPTH], **said)


@pytest.mark.requirement("E17")
def test_a_reading_never_taken_or_too_old_is_unknown_and_never_false():
    device = measuring()
    assert holds(device.state, "depth > 0", device.now) is None
    device.read("depth", 2)

    assert holds(device.state, "depth > 0", T0 + minutes(10)) is True
    assert holds(device.state, "depth > 0", T0 + minutes(10) + MS) is None
    reason = judge(device.state, "depth > 0", T0 + minutes(11)).reasons[0]
    assert reason.found == Missing("stale", T0, Decimal(2))


def test_the_band_of_a_reading_is_that_of_its_latest_value():
    device = measuring()
    bands = [band(device.state, DEPTH, device.now)]
    for value in (0, 1, 3):
        device.read("depth", value)
        bands.append(band(device.state, DEPTH, device.now))

    assert bands == ["unknown", "normal", "warn", "act"]


def test_values_that_two_people_read_apart_are_unknown_until_it_is_read_again():
    one, two = apart(*ABC, readings=[DEPTH])
    one.read("depth", 2)
    two.read("depth", 5)

    one.sync(two)
    assert holds(one.state, "depth > 0", T0) is None
    one.read("depth", 4)

    assert holds(one.state, "depth == 4", T0) is True


def test_the_same_number_written_in_two_ways_is_one_fact():
    one, two = apart(*ABC, readings=[DEPTH])
    one.read("depth", "2")
    two.read("depth", "2.0")

    one.sync(two)

    assert holds(one.state, "depth == 2", T0) is True


def test_a_value_written_down_late_is_history_and_not_the_latest():
    device = measuring()
    device.pass_time("9m")
    device.read("depth", 5)

    device.read("depth", 1, at=T0 + minutes(2))

    assert holds(device.state, "depth == 5", device.now) is True
    assert holds(device.state, "depth-rise == 4", device.now) is True


def test_what_was_entered_from_paper_gives_the_same_values_as_live_entry():
    live, paper = measuring(), measuring()
    for value in (1, 4):
        live.pass_time("3m")
        paper.pass_time("3m")
        live.read("depth", value)
    paper.read("depth", 1, at=T0 + minutes(3))
    paper.read("depth", 4, at=T0 + minutes(6))

    assert reading_at(paper.state, "depth", paper.now) == reading_at(live.state, "depth", live.now)
    assert paper.state.history == live.state.history


def test_the_rise_is_reckoned_from_the_earliest_value_in_the_window_before_the_latest():
    device = measuring()
    assert holds(device.state, "depth-rise > 0", device.now) is None
    for value in (9, 1, 2):
        device.read("depth", value)
        device.pass_time("10m")
    assert holds(device.state, "depth-rise > 0", T0 + minutes(20)) is True
    assert holds(device.state, "depth-rise == 1", T0 + minutes(20)) is True

    device.pass_time("1m")
    device.read("depth", 7)

    assert holds(device.state, "depth-rise > 0", device.now) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+999999", "9" * 400, "deep"])
def test_a_value_nobody_can_reckon_with_is_refused_and_does_no_harm_in_a_record(value):
    device = measuring()

    assert device.refusal(ReadingTaken("depth", value, "cm")) == "not-a-number"
    device.record(ReadingTaken("depth", value, "cm"), ReadingTaken("depth", "1", "cm"))

    assert holds(device.state, "depth-rise > 1 or depth == 1", device.now) is True


def test_numbers_in_words_are_words():
    device = opened(
        *ABC, readings=[Reading("note", text("note"), "text"), Reading("other", text("other"), "text")]
    )
    device.read("note", "12")
    device.read("other", "12.0")

    assert holds(device.state, "note != other", device.now) is True


def test_a_reading_of_yes_or_no_is_a_condition_by_itself():
    device = opened(*ABC, readings=[Reading("dry", text("dry"), "yes-no")])
    device.read("dry", "no")

    assert holds(device.state, "not dry", device.now) is True


def test_a_condition_may_ask_for_a_mark_and_for_the_time_since_it():
    device = opened(do("a", marks="dry"), do("b"), do("c"))
    assert holds(device.state, "dry", device.now) is False
    assert holds(device.state, "since-dry > 0s", device.now) is None
    device.pass_time("1m")
    device.done("a")

    assert holds(device.state, "dry and reported", device.now) is True
    assert holds(device.state, "since-dry >= 5m", T0 + minutes(6)) is True
    assert holds(device.state, "since-dry >= 5m", T0 + minutes(6) - MS) is False


def test_a_condition_may_ask_how_long_its_step_has_been_open():
    device = opened(do("a"), do("b"))
    device.pass_time("1m")
    device.done("a")

    assert holds(device.state, "waited >= 2m", T0 + minutes(3), "b") is True
    assert holds(device.state, "waited >= 2m", T0 + minutes(3) - MS, "b") is False
    assert holds(device.state, "waited >= 2m", T0 + minutes(3)) is None


def test_a_condition_may_ask_for_an_answer():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="a q.no"))
    assert holds(device.state, "q.yes", device.now) is None

    device.answer("q", "yes")

    assert holds(device.state, "q.yes and not q.no", device.now) is True


def test_an_answer_people_disagree_about_is_unknown():
    one, two = apart(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="a q.no"))
    one.answer("q", "yes")
    two.answer("q", "no")

    one.sync(two)

    assert holds(one.state, "q.yes", one.now) is None


def test_a_condition_may_ask_for_values_of_the_site_and_the_room():
    room = Room("A1", text("A1"), facts=(Fact("ups", text("UPS"), length=minutes(15)),))
    site = Site("s", text("s"), "UTC", ("zh",), (room,), parameters=(Fact("warm", text("w"), Decimal(27)),))
    device = Device(graph(*ABC, site=site, readings=[DEPTH]))
    device.propose(RunOpened("plan", 1, "", (), room="A1"))
    device.read("depth", 28)

    assert holds(device.state, "depth > site.warm", device.now) is True
    assert holds(device.state, "since-reported < site.room.ups", T0 + minutes(14)) is True
    assert holds(device.state, "since-reported < site.room.gone", device.now) is None


def test_a_run_is_opened_in_a_room_the_site_has():
    device = Device(graph(*ABC))

    assert device.refusal(RunOpened("plan", 1, "", (), room="B7")) == "unknown-room"
