"""The leak runbook row by row against the operator's step table (W01–W24, HP-W1, HP-W2, D-W1 to D-W3).

A row that is several acts stands as several steps with the same `was`; where a row has two ways, each
way adds up to the row. Rows that every hazard shares (power back, the close-out) stand in a procedure
that the leak runs. Limits that differ from site to site are parameters; their default is the number of
the row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from drill.rehearsal import play
from engine.acts import Act, Given
from engine.book import read_rehearsal
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.events import NoteAdded
from engine.graph import StepGraph, bound
from engine.graph.around import reached_without
from engine.plan import Book, Runbook
from engine.state import status
from engine.store import memory_store
from tests.content import book as the_book
from tests.content.book import (
    REHEARSALS,
    Row,
    is_default,
    minutes,
    spent,
    step,
    written,
)
from tests.engine.records import Wall, entropy


@pytest.fixture(scope="module")
def book() -> Book:
    """The whole book; faults of other runbooks are the matter of their own tests."""
    assert the_book.faults_of("leak", "re-energise", "close-out") == []
    return the_book.read()


@pytest.fixture(scope="module")
def leak(book: Book) -> Runbook:
    return the_book.runbook("leak")


@pytest.fixture(scope="module")
def graph(leak: Runbook) -> StepGraph:
    return the_book.graph("leak")


ROWS = (
    Row("w01", ("MON",), "0.5/1/3", (("ack",),)),
    Row("w02", ("MON",), "1/2/5", (("remote-check",),)),
    Row("w03", ("MON",), "3/5/15", (("dispatch",),)),
    Row("w04", ("ENG",), "1/2/3", (("doorway",),)),
    Row("hp-w1", ("PWR", "ENG"), "1/3/10", (("entry-permit",),)),
    Row("w05", ("ENG",), "2/5/15", (("find-source",),)),
    Row("d-w1", ("ENG", "IC"), "0/1/2", (("source",),)),
    Row("w06a", ("PWR",), "1/3/8", (("crac-stop", "crac-valve", "crac-standby"),)),
    Row("w06b", ("PWR",), "3/8/25", (("chw-supply", "chw-return"),)),
    Row(
        "w06c",
        ("SEC", "PWR"),
        "3/10/40",
        (("pipe-property", "pipe-close", "pipe-plug"), ("no-fire", "sprinkler-valve")),
        beside=("no-fire",),
    ),
    Row("w06d", ("SEC", "ENG"), "5/20/60", (("rain-sandbag", "rain-tarp", "roof-drain"),)),
    Row("d-w2", ("IC",), "1/2/5", (("valve-held",), ("upstream-held",), ("riser-held",))),
    Row("w07", ("ENG",), "3/6/15", (("contain", "sheet"),)),
    Row("w08", ("IC", "CS"), "1/3/5", (("declare",),)),
    Row("w09", ("PWR",), "5/10/20", (("measure", "survey"),)),
    Row("d-w3", ("IC", "PWR"), "1/2/5", (("power",),)),
    Row("w10", ("ENG", "NET", "CUST"), "5/15/40", (("graceful",),)),
    Row("w11", ("PWR",), "2/5/10", (("open-row", "lock-tag", "lock-prove"),)),
    Row("w12", ("ENG", "SEC"), "10/30/90", (("pump-out",),)),
    Row("w13", ("PWR",), "1/2/5", (("cool-watch",),)),
    Row("w14", ("CS",), "2/3/5", (("first-notice",), ("storm-notice",), ("notices",))),
    Row("w15", ("PWR", "VEN"), "15/45/180", (("repair",),)),
    Row("w16", ("PWR",), "60/180/720", (("start-dryers", "dry-out"),)),
    Row("w17", ("PWR", "ENG"), "20/60/240", (("inspect",),)),
    Row("w18", ("PWR",), "5/15/40", (("re-energise/megger",),)),
    Row("hp-w2", ("IC",), "1/3/10", (("re-energise/permit",),)),
    Row("w19", ("PWR",), "10/30/60", (("re-energise/power-up", "re-energise/load-check"),)),
    Row("w20", ("NET", "CUST"), "15/45/180", (("racks-up",),)),
    Row("w21", ("PWR",), "15/30/60", (("pressure-test",), ("flush-drain",))),
    Row("w22", ("ENG", "MON"), "5/10/20", (("wet-test",),)),
    Row("w23", ("ENG",), "5/10/15", (("watch-hourly",), ("watch-later",))),
    Row("w24", ("IC", "PM"), "30/60/120", (("close-out", "close"),)),
)

# Row, parameter, its default as the table has it, and what uses it: a step, or a reading after "=".
LIMITS = (
    ("3.1", "rh-jump-wet", "10 %RH", "confirm"),
    ("3.1", "false-window", "7d", "second-false"),
    ("3.2", "area-small", "1 m2", "=wet-area"),
    ("3.2", "area-large", "10 m2", "=wet-area"),
    ("3.2", "depth-two", "1 cm", "=depth"),
    ("3.5", "live-gap", "3 cm", "power"),
    ("3.5", "depth-rise-act", "1 cm", "power"),
    ("3.5", "residual-act", "300 mA", "power"),
    ("w09", "residual-extra-act", "50 mA", "power"),
    ("3.5", "rain-long", "2 h", "rain-forecast"),
    ("d-w2", "valve-wait", "3m", "flow-check"),
    ("w06a", "standby-wait", "5m", "crac-standby"),
    ("w07", "sheet-limit", "10m", "sheet"),
    ("w13", "cool-every", "5m", "cool-watch"),
    ("w14", "notice-first", "20m", "first-notice"),
    ("w14", "notice-every", "60m", "notices"),
    ("2.6", "inlet-warn", "27 C", "=inlet"),
    ("2.6", "inlet-act", "32 C", "=inlet"),
    ("w16", "rh-max", "60 %RH", "dry-out"),
    ("w16", "dew-max", "15 C", "dry-out"),
    ("3.6", "dew-min", "5.5 C", "steady-dry"),
    ("3.6", "dry-steady", "4h", "steady-dry"),
    ("w18", "test-volts", "500 V", "re-energise/megger"),
    ("w18", "megohm-pass", "1 MΩ", "re-energise/megger"),
    ("w18", "megohm-stop", "0.5 MΩ", "re-energise/megger"),
    ("w19", "power-gap", "3m", "re-energise/power-up"),
    ("w19", "load-dev-max", "10 %", "re-energise/load-check"),
    ("w19", "warm-max", "10 K", "re-energise/load-check"),
    ("w21", "test-factor", "1.5 x", "pressure-test"),
    ("w21", "test-hold", "10m", "pressure-test"),
    ("w21", "test-drop-max", "0.02 MPa", "pressure-test"),
    ("w21", "drain-litres", "2 L", "flush-drain"),
    ("w21", "drain-time-max", "60 s", "flush-drain"),
    ("w22", "alarm-delay-max", "30 s", "wet-test"),
    ("w23", "watch-first", "1h", "watch-hourly"),
    ("w23", "watch-next", "4h", "watch-later"),
    ("w24", "hot-wash", "24h", "close-out/wash-set"),
    ("w24", "callback-from", "3 days", "close-out/callback-set"),
    ("w24", "callback-until", "7 days", "close-out/callback-set"),
)


# --- rows


def test_every_row_of_the_table_stands_in_the_runbook_and_no_other(leak: Runbook) -> None:
    assert {name for one in leak.steps for name in one.was} == {row.name for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_is_done_by_its_roles(leak: Runbook, row: Row) -> None:
    roles = {step(leak, name).roles for way in row.ways for name in way if name not in row.beside}
    assert roles == {row.roles}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_takes_its_minutes_whichever_way_it_goes(leak: Runbook, row: Row) -> None:
    assert {spent(leak, way) for way in row.ways} == {minutes(row.takes)}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_steps_of_a_row_name_it(leak: Runbook, row: Row) -> None:
    named = {one.id for one in leak.steps if row.name in one.was}
    listed = {name.partition("/")[0] for way in row.ways for name in way} - set(row.beside)
    assert named <= listed and row.ways[0][0].partition("/")[0] in named
    assert all(row.name in step(leak, name).was for way in row.ways for name in way if "/" in name)


# --- limits


@pytest.mark.parametrize(("row", "name", "amount", "used_by"), LIMITS)
def test_a_limit_is_a_site_value_with_the_number_of_its_row(
    book: Book, leak: Runbook, row: str, name: str, amount: str, used_by: str
) -> None:
    assert is_default(name, amount)
    if used_by.startswith("="):
        reading = next(one for one in leak.readings if one.id == used_by[1:])
        levels = " ".join(rule.when or "" for rule in leak.levels)
        assert f"site.{name}" in f"{reading.warn} {reading.act} {levels}"
    else:
        other, _, step_id = used_by.rpartition("/")
        assert f"site.{name}" in written(other or "leak", step_id)


@pytest.mark.parametrize(
    ("reading", "unit"),
    [
        ("depth", "cm"),
        ("gap", "cm"),
        ("wet-area", "m2"),
        ("flow", "L/min"),
        ("inlet", "C"),
        ("humidity", "%RH"),
        ("dew", "C"),
        ("chw-pressure", "MPa"),
        ("residual", "mA"),
        ("residual-extra", "mA"),
        ("litres", "L"),
        ("test-drop", "MPa"),
        ("alarm-delay", "s"),
    ],
)
def test_a_number_has_its_unit_a_range_and_a_precision(leak: Runbook, reading: str, unit: str) -> None:
    one = next(known for known in leak.readings if known.id == reading)
    assert (one.unit, one.kind) == (unit, "number")
    assert None not in (one.least, one.most, one.precision)


# --- hold points and decisions


def test_nobody_enters_before_power_and_site_engineer_signed(leak: Runbook) -> None:
    permit = step(leak, "entry-permit")
    assert permit.sign is not None
    assert (permit.sign.of, permit.sign.need) == (("PWR", "ENG"), 2)
    assert (permit.cls, permit.never_alone, permit.refused) == ("safety", True, "isolate-clear")


def test_a_refused_entry_leads_over_isolation_lock_and_proof_to_a_second_permit(leak: Runbook) -> None:
    road = ["isolate", "isolate-lock", "isolate-prove", "dead-permit"]
    for before, after in pairwise(road):
        assert before in {one.name for one in step(leak, after).after}
    assert step(leak, "dead-permit").sign == step(leak, "entry-permit").sign
    assert all(step(leak, name).cls == "safety" for name in road)


def test_power_returns_only_with_three_signatures(leak: Runbook) -> None:
    hold = step(leak, "re-energise/permit")
    assert hold.sign is not None
    assert (set(hold.sign.of), hold.sign.need) == ({"PWR", "ENG", "IC"}, 3)
    assert (hold.cls, hold.never_alone) == ("safety", True)
    assert not reached_without(the_book.graph("re-energise"), "permit", but=frozenset({"refused"})) & {
        "unlock", "power-up", "load-check",
    }  # fmt: skip


def test_racks_return_only_when_the_procedure_has_ended_and_somebody_says_what_has_power(
    leak: Runbook, graph: StepGraph
) -> None:
    assert (step(leak, "re-energise").target, step(leak, "re-energise").hand_over) == ("re-energise", False)
    assert not reached_without(graph, "re-energise") & {"power-back", "racks-up"}
    answers = {edge.answers for edge in graph.into["racks-up"]}
    assert answers == {("all-on", "part")}


def test_only_what_was_listed_as_fit_after_the_test_is_switched_on() -> None:
    procedure = the_book.runbook("re-energise")
    assert step(procedure, "power-up").each == "to-power"
    assert [one.id for one in procedure.steps if "to-power" in one.record] == ["power-list"]


def test_the_source_is_one_of_five_classes_none_or_not_found_yet(leak: Runbook) -> None:
    answers = {one.id: one for one in step(leak, "source").answers}
    assert set(answers) == {"crac", "chilled", "pipe", "rain", "condensation", "none", "unknown"}
    assert answers["unknown"].back is not None and answers["unknown"].back.at_most == 2


def test_no_customer_is_told_of_water_while_there_is_only_a_warning_of_rain(graph: StepGraph) -> None:
    assert {(edge.earlier, edge.answers) for edge in graph.into["storm-water"]} == {
        ("storm-watch", ("came",)),
    }
    assert {edge.earlier for edge in graph.into["storm-notice"]} == {"storm-water"}
    notice = graph.steps["storm-notice"]
    assert notice.within is not None and notice.within_from is None  # from the water, not from the warning
    assert "first-notice" not in reached_without(graph, "confirm", but=frozenset({"warning"}))


def test_the_valves_of_the_pipe_gallery_may_be_closed_while_everybody_is_out_of_the_room(
    leak: Runbook,
) -> None:
    assert not any(step(leak, name).inside for name in ("chw-supply", "chw-return"))


def test_a_flood_that_cannot_be_held_stands_before_the_measuring_at_the_door(leak: Runbook) -> None:
    assert step(leak, "flood-out").first and step(leak, "flood-cut").first


def test_whoever_is_sent_to_water_is_two_and_whoever_goes_back_in_ticks_the_pair(leak: Runbook) -> None:
    crew = next(one for one in leak.readings if one.id == "crew")
    assert crew.at_least == 2
    assert len(step(leak, "return-in").check) == 2


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("crac", "crac-stop"),
        ("chilled", "chw-supply"),
        ("pipe", "pipe-kind"),
        ("unknown", "pipe-kind"),
        ("rain", "pit-ask"),
        ("condensation", "cond-warm"),
    ],
)
def test_each_class_of_source_has_its_own_road(graph: StepGraph, answer: str, first: str) -> None:
    edge = graph.dag.edges["source", first]["edge"]
    assert answer in edge.answers


def test_a_valve_that_does_not_hold_goes_upstream_to_the_whole_building(leak: Runbook) -> None:
    cascade = ["valve-held", "close-upstream", "upstream-held", "close-riser", "riser-held", "building-stop"]
    order = [one.id for one in leak.steps if one.id in cascade]
    assert order == cascade
    leaks = next(one for one in step(leak, "valve-held").answers if one.id == "leaks")
    assert leaks.level == 1


def test_the_power_decision_has_every_line_of_the_decision_table_strictest_first(leak: Runbook) -> None:
    answers = step(leak, "power").answers
    assert [one.id for one in answers] == ["ups", "off", "cut", "shed", "wait", "keep"]
    assert all(one.when is not None for one in answers)


GATES = {
    "isolate": "isolate-clear", "ups-transfer": "ups-clear", "cut-feeder": "cut-clear",
    "open-row": "row-clear", "lock-above": "lock-clear", "trip-feeder": "trip-clear",
}  # fmt: skip
"""What switches power off, and the gate before it."""


@pytest.mark.parametrize(("act", "gate"), GATES.items())
def test_nobody_switches_off_above_people_in_the_water(
    leak: Runbook, graph: StepGraph, act: str, gate: str
) -> None:
    waits = step(leak, gate)
    assert (waits.kind, waits.wait_until, waits.cls) == ("wait", "headcount <= 0", "safety")
    assert waits.withdraw is not None
    assert not reached_without(graph, gate) & {act}


def test_the_level_is_declared_and_not_ticked(leak: Runbook) -> None:
    assert step(leak, "declare").declare_level


@pytest.mark.parametrize(("reading", "watch"), [("sparks", "smoke"), ("ups-wet", "battery-wet")], ids=str)
def test_what_is_measured_raises_its_watch_and_so_does_whoever_sees_it(
    leak: Runbook, reading: str, watch: str
) -> None:
    raised = next(one for one in leak.watches if one.id == watch)
    assert raised.when == reading and raised.words is not None


def test_every_watch_is_called_by_words(leak: Runbook) -> None:
    assert [one.id for one in leak.watches if one.words is None] == []


COUNTED = {
    "ups-tag": "ups-sets", "sprinkler-tag": "sprinkler-zones", "chw-supply-tag": "chw-valves",
    "chw-return-tag": "chw-valves", "pump-tag": "chw-valves", "feed-above-tag": "feeds-above",
}  # fmt: skip
"""Plates that a room may lack, and the fact that says so."""


def test_nobody_is_asked_for_the_plate_of_equipment_that_a_room_has_not(book: Book, leak: Runbook) -> None:
    for room in book.site.rooms:
        facts = {one.id: one for one in room.facts}
        none = {name for name, one in facts.items() if one.words is not None and one.words.en == "none"}
        for one in leak.steps:
            name = (one.tag or "").removeprefix("site.room.")
            if name in none:
                assert f"site.room.{COUNTED[name]} > 0" in (one.only_when or ""), (room.id, one.id)
                assert facts[COUNTED[name]].number == 0


def test_turns_of_waiting_used_up_end_in_shutting_down(graph: StepGraph) -> None:
    assert graph.dag.edges["gap-pause", "shed-tell"]["edge"].answers is None, "any answer, its turns used up"
    assert graph.dag.edges["power", "gap-pause"]["edge"].answers == ("wait",)


def test_the_air_is_read_more_often_than_its_values_grow_old_while_it_must_stay_dry(leak: Runbook) -> None:
    rounds = step(leak, "air-rounds")
    longest = next(one.most for one in the_book.read().site.parameters if one.id == "air-every")
    asked = {one.id: one.fresh for one in leak.readings if one.id in rounds.record}
    assert rounds.repeat is not None and rounds.repeat.until == "steady-dry"
    assert isinstance(longest, timedelta)
    assert asked.keys() == {"humidity", "dew"} and all(one and one > longest for one in asked.values())


def test_the_minutes_before_measuring_again_are_counted_and_nobody_waits_for_them_in_rising_water(
    graph: StepGraph,
) -> None:
    answers = {one.id: one for one in graph.steps["gap-pause"].answers}
    assert answers["due"].when == "waited >= site.gap-recheck"
    assert (answers["now"].when, {one.back.step for one in answers.values() if one.back}) == (
        None,
        {"measure"},
    )


# --- life safety

IN_THE_WET_ROOM = (
    "contain", "sheet", "sheet-off", "measure", "survey", "keep-watch", "find-source", "crac-stop",
    "crac-valve", "cond-warm", "cond-dry", "cond-wrap", "flow-check", "pipe-plug", "cut-feeder", "open-row",
    "lock-tag", "lock-prove", "water-off", "pump-out", "start-dryers", "repair", "flush-drain", "crac-open",
    "inspect", "re-energise", "racks-up", "wet-test", "watch-hourly", "watch-later", "final-check",
)  # fmt: skip


def test_no_road_leads_into_the_wet_room_but_through_the_permit(graph: StepGraph) -> None:
    led_to = {(edge.earlier, edge.answers) for edge in graph.into["enter"]}
    assert led_to == {("entry-permit", ("signed",)), ("dead-permit", None)}
    without = reached_without(graph, "enter")
    assert not without & set(IN_THE_WET_ROOM)


def test_the_one_tile_of_a_lone_alarm_is_lifted_under_a_permit_too(graph: StepGraph) -> None:
    without = reached_without(graph, "look-permit", but=frozenset({"refused"}))
    assert not without & {"open-tile", "under", "clean-rope", "rearm-rope"}


def test_a_second_leak_and_rising_water_need_a_permit_of_their_own(graph: StepGraph) -> None:
    assert not reached_without(graph, "second-permit") & {"second-cover", "second-valve"}
    assert "return-permit" in {edge.later for edge in graph.out["pull-out"]}


@pytest.mark.parametrize(
    ("item", "steps"),
    [
        ("standing water with live parts", ("look", "doorway", "entry-permit")),
        ("alone, boots, metal ladders, racks", ("enter",)),
        ("kneeling on wet tiles, open tiles", ("open-tile", "find-source")),
        ("household vacuum", ("pump-out",)),
        ("bulging ceiling", ("doorway", "find-source", "sheet")),
        ("dirty water on eyes and skin", ("contain", "pump-out")),
        ("wet batteries and UPS", ("battery-out", "ups-transfer")),
        ("wet equipment under power", ("inspect", "re-energise/permit")),
    ],
)
def test_a_danger_to_life_stands_above_the_act_it_goes_with(
    leak: Runbook, item: str, steps: tuple[str, ...]
) -> None:
    assert all(step(leak, name).warn is not None for name in steps), item


def test_what_restores_safety_may_not_be_skipped(leak: Runbook) -> None:
    restore = [one for one in leak.steps if one.lane == "restore"]
    assert [one.id for one in restore] == ["temp-out", "back-to-auto", "rearm", "close-out", "all-out"]
    assert {one.cls for one in restore} == {"safety"}
    assert {step(leak, f"close-out/{name}").cls for name in ("temporary-out", "alarms-armed")} == {"safety"}


# --- marks, watch, rehearsals


def test_every_mark_of_the_trade_is_reached(leak: Runbook) -> None:
    marks = {mark for one in leak.steps for mark in one.marks}
    assert marks >= {
        "responded", "dispatched", "arrived", "diagnosed", "recovered", "verified", "closed",
    }  # fmt: skip


def test_a_switch_opened_in_haste_counts_as_a_circuit_that_is_off(leak: Runbook) -> None:
    hasty = {"trip-feeder": "tripped", "shock-epo": "epo-pressed"}
    some, none = step(leak, "circuits-off").answers
    assert {name: step(leak, name).marks for name in hasty} == {name: (mark,) for name, mark in hasty.items()}
    said = (*hasty.values(), "fire-cut.cut")
    assert all(one in str(some.when) and f"not {one}" in str(none.when) for one in said)


def test_what_may_happen_at_any_time_is_watched(leak: Runbook) -> None:
    levels = {one.id: one.level for one in leak.watches}
    assert levels == {
        "smoke": "I",
        "battery-wet": "I",
        "shock": "I",
        "room-off": "I",
        "second-leak": "II",
        "flood": "I",
        "caller": None,
        "rising": "II",
        "live": "I",
        "hot": None,
        "too-hot": "I",
    }
    assert all(one.until is not None for one in leak.watches)


def test_smoke_opens_fire_a_room_without_power_the_outage_and_a_call_the_customer_fault(
    leak: Runbook,
) -> None:
    runs = {one.id: one.run for one in leak.watches if one.run is not None}
    assert runs == {"smoke": "fire", "room-off": "outage", "caller": "customer-fault"}


def test_whoever_left_for_the_fire_comes_back_under_three_signatures(leak: Runbook, graph: StepGraph) -> None:
    back = step(leak, "fire-return")
    assert back.sign is not None
    assert (set(back.sign.of), back.sign.need, back.cls) == ({"IC", "PWR", "SEC"}, 3, "safety")
    assert not reached_without(graph, "fire-return") & {"fire-cut", "fire-lock", "fire-back"}


@pytest.mark.parametrize("path", sorted(REHEARSALS.glob("leak-*.yaml")), ids=lambda path: path.stem)
def test_a_rehearsal_of_the_leak_comes_out_as_it_says(path: Path) -> None:
    assert the_book.wrong_end(path) == []


def test_the_rehearsals_together_take_every_answer_and_every_watch() -> None:
    assert the_book.untaken("leak") == set()


# --- the right object

PLATES = {
    "isolate": "feed-tag", "cut-feeder": "feed-tag", "trip-feeder": "feed-tag",
    "isolate-above": "feed-above-tag", "lock-above": "feed-above-tag",
    "ups-transfer": "ups-tag", "ups-open": "ups-tag", "battery-move": "ups-tag",
    "crac-valve": "crac-tag", "chw-supply": "chw-supply-tag", "chw-return": "chw-return-tag",
    "loop-pump": "pump-tag", "close-upstream": "upstream-tag", "building-stop": "building-tag",
    "pipe-close": "riser-tag", "close-riser": "riser-tag", "sprinkler-valve": "sprinkler-tag",
}  # fmt: skip

WITHOUT_A_PLATE = {
    "second-valve": "valve", "isolate-higher": "switch", "lock-higher": "switch", "open-row": "circuits",
    "battery-open": "switch", "flood-cut": "switch",
    "re-energise/power-up": "to-power", "re-energise/odd-off": "stays-off",
}  # fmt: skip
"""Which valve or switch it is, is known only on the spot: it is recorded."""


@pytest.mark.requirement("E14")
def test_a_valve_or_switch_the_room_knows_is_worked_by_its_tag(leak: Runbook) -> None:
    tagged = {one.id: one for one in leak.steps if one.tag is not None}
    assert {name: one.tag for name, one in tagged.items()} == {
        name: f"site.room.{fact}" for name, fact in PLATES.items()
    }
    assert all(one.check_tag or one.irreversible for one in tagged.values())
    for name, reading in WITHOUT_A_PLATE.items():
        assert reading in (*step(leak, name).record, step(leak, name).each)


@pytest.mark.requirement("E14")
def test_the_tag_of_each_room_is_on_its_list_or_the_room_has_none(book: Book, graph: StepGraph) -> None:
    for room in book.site.rooms:
        plates = {tag for tag, _ in room.tags}
        said = {bound(graph, room.id).steps[name].tag for name in PLATES}
        assert said <= {*plates, "无 / none"}, room.id


@pytest.fixture
def at_the_valve(book: Book) -> Iterator[Desk]:
    """The rehearsal of a leaking air conditioner in room A1, up to the closing of its feed valve."""
    path = REHEARSALS / "leak-crac.yaml"
    rehearsal, _ = read_rehearsal(path.read_bytes(), str(path), book=book)
    assert rehearsal is not None
    turn = next(number for number, line in enumerate(rehearsal.script) if line.target == "crac-valve")
    opening = replace(opening_of(book, "leak", room="A1", kind="H"), reported_at=rehearsal.reported_at)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        desk = play(replace(rehearsal, script=rehearsal.script[:turn]), opening, store, entropy(2)).desk
        desk.actor = "zhao"
        yield desk


@pytest.mark.requirement("E14")
@pytest.mark.parametrize("verb", ["start", "do"])
def test_the_tag_of_another_valve_is_refused_noted_and_changes_nothing(at_the_valve: Desk, verb: str) -> None:
    desk = at_the_valve
    entries = desk.record.entries(desk.run_id)
    before = {name: status(desk.state, name) for name in desk.state.steps}

    with pytest.raises(Refused, match="V-14") as refused:
        desk.do(Act(verb, "crac-valve"), Given(tag="V-14"))

    [note] = desk.record.entries(desk.run_id)[len(entries) :]
    assert refused.value.id == "wrong-tag"
    assert note.event == NoteAdded("V-14 ≠ V-12", "mismatch", "crac-valve")
    assert {name: status(desk.state, name) for name in desk.state.steps} == before
    assert desk.state.steps["crac-valve"].started_at is None


@pytest.mark.requirement("E14")
def test_the_right_tag_is_typed_once_before_the_act_and_not_again(at_the_valve: Desk) -> None:
    at_the_valve.do(Act("start", "crac-valve"), Given(tag="v-12"))
    at_the_valve.do(Act("do", "crac-valve"), Given())

    assert status(at_the_valve.state, "crac-valve") == "done"


# --- the inject list (3.8)

INJECTS = (
    ("0", ("ack", "remote-check", "dispatch")),
    ("4", ("arrive", "doorway")),
    ("7", ("entry-permit.signed",)),
    ("10", ("valve-held.leaks", "close-upstream")),
    ("12", ("reach-pwr.reached", "pwr-time")),
    ("15", ("customer-fault/pick-up", "customer-fault/safety.clear")),
    ("18", ("hot-portable", "hot-shed")),
    ("24", ("split-team", "second-permit", "second-cover")),
    ("30", ("trip-clear", "trip-feeder", "trip-lock")),
    ("40", ("consent.refused", "shed-order")),
    ("55", ("start-dryers", "dry-out")),
    ("80", ("re-energise/megger.unmet",)),
    ("110", ("re-energise/megger.met", "re-energise/permit.signed")),
    ("150", ("wet-test.unmet", "zone-patrol")),
)


@pytest.mark.parametrize(("after", "reached"), INJECTS)
def test_each_inject_of_the_night_is_answered(after: str, reached: tuple[str, ...]) -> None:
    assert set(reached) <= the_book.played(REHEARSALS / "leak-msel.yaml").reached, after


def test_the_room_stays_without_power_while_the_air_is_moist() -> None:
    script = the_book.rehearsal(REHEARSALS / "leak-msel.yaml").script
    said = [(line.inside, line.verb, line.target) for line in script]
    moist = next(at for at, line in enumerate(script) if dict(line.values).get("humidity") == "66")

    assert (None, "done", "re-energise") not in said[:moist]
    assert ("re-energise", "sign", "permit") in said[moist:]
