"""The outage runbook row by row against the operator's step table (P01–P26, HP-P1, HP-P2, D-P1, D-P2).

Its gates and decisions stand here too, and the seven lines of life safety as facts about the graph.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.graph import bound
from engine.graph.around import reached_without
from engine.plan import Step
from tests.content import book, rows
from tests.content.book import Row

ROWS = (
    Row("p01", ("MON",), "0.5/1/2", (("ack",),)),
    Row("p02", ("MON", "PWR"), "0.5/1/2", (("gen-auto",),)),
    Row("p03", ("PWR",), "1/3/8", (("scope-read", "scope"),)),
    Row("p04", ("CS", "MON"), "2/5/15", (("utility-call", "utility-answer", "eta"),)),
    Row("d-p1", ("PWR",), "0/1/1", (("gen-stable",),)),
    Row("p05", ("PWR",), "2/5/12", (("start-check", "crank", "crank-runs"),)),
    Row("p06", ("PWR",), "5/10/25", (("standby-start",), ("jump-pack",), ("bleed-filter",))),
    Row("p07", ("IC",), "20/45/120", (("vehicle-call", "vehicle-eta", "tie-in"),), beside=("tie-in",)),
    Row("hp-p1", ("PWR", "ENG"), "0.5/1/2", (("close-permit",),)),
    Row("p08", ("PWR",), "2/5/10", (("load-one", "load-cooling", "load-two", "load-rest"),)),
    Row("p09", ("PWR",), "2/8/30", (("cool-back",), ("cool-return",))),
    Row("p10", ("IC",), "1/3/5", (("declare",),)),
    Row("p11", ("CS",), "2/5/10", (("first-notice",),)),
    Row(
        "p12",
        ("IC", "NET"),
        "2/10/30",
        (("gate-tier-three", "gate-tier-two", "gate-quiesce", "gate-traffic", "gate-tier-one"),),
    ),
    Row("p13", ("ENG",), "5/15/30", (("patrol",),)),
    Row("p14", ("PWR",), "3/5/10", (("fuel-calc",),)),
    Row("d-p2", ("IC",), "1/3/5", (("fuel-risk",),)),
    Row("p15", ("PWR",), "5/5/5", (("gen-log",),)),
    Row("p16", ("PWR", "VEN"), "20/40/90", (("refuel",),)),
    Row("p17", ("PWR",), "30/60/120", (("oil-service",),)),
    Row("p18", ("NET", "PWR"), "30/120/480", (("sites-list", "portable-place", "sites-power"),)),
    Row("p19", ("CS", "REC"), "3/5/10", (("sitrep",), ("notices",))),
    Row("p20", ("PWR",), "15/20/30", (("stable-wait", "stable-read", "stable"),)),
    Row("hp-p2", ("IC",), "1/3/5", (("return-permit",),)),
    Row("p21", ("PWR",), "5/15/30", (("return-one", "return-two"),)),
    Row("p22", ("PWR",), "3/5/8", (("gen-cool", "gen-auto-back"),)),
    Row("p23", ("PWR",), "480/600/1440", (("fan-on", "recharge-start", "recharge"),)),
    Row(
        "p24",
        ("NET", "ENG", "CUST"),
        "30/90/360",
        (
            (
                "up-cooling", "up-power", "up-network", "up-names", "up-storage", "up-database", "up-apps",
            ),
        ),
    ),
    Row("p25", ("PWR",), "1440/1440/2880", (("watch-day", "ready-check"),)),
    Row("p26", ("IC", "PM"), "30/60/120", (("close-out", "close"),)),
)  # fmt: skip

# Row or section, parameter, its default as the table has it, and what uses it: a step, or a reading after "=".
LIMITS = (
    ("4.7", "gen-derate", "10 %", "fuel-calc"),
    ("d-p1", "gen-wait", "2m", "gen-stable"),
    ("p02", "ats-wait", "15s", "gen-auto"),
    ("d-p1", "gen-volts-min", "390 V", "gen-stable"),
    ("d-p1", "gen-volts-max", "410 V", "gen-stable"),
    ("d-p1", "gen-hz-min", "49.5 Hz", "gen-stable"),
    ("d-p1", "gen-hz-max", "50.5 Hz", "gen-stable"),
    ("p05", "start-battery-min", "24 V", "start-check"),
    ("p05", "crank-most", "15s", "crank"),
    ("p05", "crank-rest", "30s", "crank"),
    ("p08", "load-gap", "10s", "load-one"),
    ("p08", "gen-load-max", "80 %", "load-rest"),
    ("p08", "hz-dip-max", "5 %", "load-rest"),
    ("4.6", "gen-load-act", "90 %", "=gen-load"),
    ("4.6", "charge-gen", "0.05 C10", "over-charge"),
    ("4.6", "coolant-act", "98 C", "=coolant"),
    ("p09", "outage-cool-every", "2m", "cool-watch"),
    ("4.5", "gate-one", "80 %", "=ups-charge"),
    ("4.5", "cell-end", "1.8 V", "eod-lock"),
    ("4.5", "block-end", "10.8 V", "eod-lock"),
    ("4.5", "dc-discharge", "50 V", "=dc-volts"),
    ("4.5", "dc-call", "48 V", "dc-ic"),
    ("4.5", "dc-first", "46 V", "dc-cut-one"),
    ("4.5", "dc-core", "44 V", "dc-core-only"),
    ("4.5", "dc-second", "43.2 V", "dc-cut-two"),
    ("p14", "fuel-rate", "0.24 L/kWh", "fuel-calc"),
    ("p14", "fuel-order", "50 %", "=fuel-pct"),
    ("p14", "fuel-hours-order", "8 h", "=fuel-hours"),
    ("4.2", "fuel-hours-last", "2 h", "=fuel-hours"),
    ("4.2", "fuel-healthy", "12 h", "=fuel-hours"),
    ("4.2", "ups-left-act", "10 min", "=ups-left"),
    ("4.1", "eta-short", "30m", "eta"),
    ("d-p2", "eta-long", "4h", "fuel-risk"),
    ("p15", "gen-log-every", "1h", "gen-log"),
    ("2.6", "oil-stop", "0.2 MPa", "=oil"),
    ("p17", "oil-every", "8h", "oil-service"),
    ("p17", "service-hours", "250 h", "oil-service"),
    ("p20", "utility-stable", "20m", "stable-wait"),
    ("p20", "utility-volts-min", "353 V", "stable"),
    ("p20", "utility-volts-max", "407 V", "stable"),
    ("p20", "utility-hz-min", "49.8 Hz", "stable"),
    ("p20", "utility-hz-max", "50.2 Hz", "stable"),
    ("4.6", "dips-max", "3 times", "=dips"),
    ("p22", "gen-cooldown", "3m", "gen-cool"),
    ("p23", "charge-max", "0.2 C10", "recharge-start"),
    ("p23", "battery-room-max", "30 C", "recharge-start"),
    ("p25", "fuel-full", "95 %", "ready-check"),
    ("p25", "outage-watch", "24h", "watch-day"),
    ("4.3", "exhaust-gap", "5 m", "portable-place"),
    ("4.3", "co-act", "35 ppm", "portable-place"),
    ("4.3", "h2-act", "1 %", "fan-on"),
    ("4.3", "refuel-cool", "5m", "sites-cool"),
    ("4.6", "planned-start", "2h", "planned-start"),
    ("4.6", "planned-notice", "24h", "letter-notice"),
    ("p11", "notice-first", "20m", "first-notice"),
    ("p19", "notice-every", "60m", "notices"),
    ("p19", "sitrep-every", "15m", "sitrep"),
)

outage = book.runbook("outage")
graph = book.graph("outage")


def one(step_id: str) -> Step:
    return book.step(outage, step_id)


def test_it_reads_without_a_fault() -> None:
    assert book.faults_of("outage") == []


# --- rows and limits


def test_every_row_of_the_table_stands_in_the_runbook_and_no_other() -> None:
    assert rows.unlisted(outage, ROWS, "planned") == set()


def test_a_row_is_done_by_its_roles() -> None:
    assert rows.wrong_roles(outage, ROWS) == []


def test_a_row_takes_its_minutes_whichever_way_it_goes() -> None:
    assert rows.wrong_minutes(outage, ROWS) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_steps_of_a_row_name_it(row: Row) -> None:
    named = {step.id for step in outage.steps if row.name in step.was}
    assert named == {name for way in row.ways for name in way}


def test_a_limit_is_a_site_value_with_the_number_of_its_row() -> None:
    assert rows.wrong_limits(outage, LIMITS) == []


def test_every_sign_of_an_outage_is_on_the_start_list() -> None:
    signs = ["utility loss", "on battery", "rectifier", "ATS", "generator start", "lights", "planned outage"]
    assert rows.missing_symptoms(outage, signs) == []


# --- ways in


def test_there_are_five_ways_in_and_what_gets_worse_becomes_an_outage() -> None:
    assert rows.answers(outage, "how") == ["lost", "one", "dip", "letter", "planned"]
    assert rows.ways_into(graph, "ack") == {"how", "dip-loss", "one-state", "one-back"}
    assert {step.id for step in graph.steps.values() if step.ends} == {"dip-log", "letter-ready"}


def test_with_one_feed_lost_nothing_is_switched_and_nothing_reclosed_without_its_names() -> None:
    assert rows.answers(outage, "one-state") == ["carries", "lost"]
    assert rows.answers(outage, "one-kind") == ["feeder", "own", "ups"]
    assert rows.ways_into(graph, "one-cause") == {"one-lock"}
    assert one("one-energise").target == "re-energise"
    assert (one("one-read").cls, one("one-lock").cls, one("one-maker").cls) == ("safety",) * 3
    sign = one("one-permit").sign
    assert sign is not None and (sign.of, sign.need) == (("IC", "PWR"), 2)
    assert "one-return" not in reached_without(graph, "one-permit")
    assert {"crank", "close-breaker"}.isdisjoint(reached_without(graph, "ack", "planned-start"))


def test_the_transfer_switch_does_not_go_back_by_itself() -> None:
    assert "charge-hold" not in reached_without(graph, "ats-hold")
    assert one("ats-hold").cls == "safety"


def test_a_burnt_transfer_switch_is_locked_and_passed_round_by_two_names() -> None:
    order = ["burnt-lock", "burnt-cable", "burnt-permit", "burnt-close"]
    assert [rows.ways_into(graph, later) for later in order[1:]] == [{earlier} for earlier in order[:-1]]


def test_a_ups_comes_back_from_bypass_only_with_two_names() -> None:
    sign = one("bypass-permit").sign
    assert sign is not None and (sign.of, sign.need) == (("PWR", "ENG"), 2)
    assert "bypass-back" not in reached_without(graph, "bypass-permit")


def test_the_announced_outage_is_told_prepared_started_and_switched_at_its_hour() -> None:
    day_ahead = [
        "letter-read",
        "letter-people",
        "letter-notice",
        "letter-fuel",
        "letter-test",
        "letter-changes",
    ]
    assert [one(name).was for name in day_ahead] == [("planned",)] * 6
    assert "planned-start" in rows.ways_into(graph, "planned-bus")
    assert "planned-open" not in reached_without(graph, "load-rest")
    assert "planned-open-second" in rows.ways_into(graph, "utility-back")


def test_no_switch_is_closed_in_an_announced_outage_before_the_bus_is_proved_dead() -> None:
    assert rows.ways_into(graph, "close-permit") == {"planned-bus"}
    assert (one("planned-bus").cls, one("planned-bus").only_when) == ("safety", "how.planned")


# --- hold points


@pytest.mark.parametrize("hold", ["close-permit", "close-again", "tie-permit", "burnt-permit", "trip-permit"])
def test_nothing_is_closed_without_the_power_engineer_and_a_second_person(hold: str) -> None:
    sign = one(hold).sign
    assert sign is not None and (sign.of, sign.need) == (("PWR", "ENG"), 2)
    assert (one(hold).cls, one(hold).never_alone) == ("safety", True)


@pytest.mark.parametrize("hold", ["return-permit", "return-again"])
def test_nobody_returns_to_the_utility_without_commander_and_power_engineer(hold: str) -> None:
    sign = one(hold).sign
    assert sign is not None and (sign.of, sign.need) == (("IC", "PWR"), 2)
    assert (one(hold).cls, one(hold).never_alone) == ("safety", True)


def test_no_road_closes_the_generator_but_through_its_permit() -> None:
    assert "close-breaker" not in reached_without(graph, "close-permit", "close-again")
    assert "tie-close" not in reached_without(graph, "tie-permit")
    assert "trip-load" not in reached_without(graph, "trip-permit")


def test_a_refused_permit_does_not_close_anything() -> None:
    without = reached_without(graph, "close-permit", "close-again", but=frozenset({"refused"}))
    assert "close-fix" in without and "close-breaker" not in without


def test_no_road_returns_to_the_utility_but_through_its_permit() -> None:
    assert "return-one" not in reached_without(graph, "return-permit", "return-again")


def test_the_utility_must_be_found_stable_before_the_permit_opens() -> None:
    gates = ("stable", "utility-written", "dead-read", "own-report")
    assert "return-permit" not in reached_without(graph, *gates)


# --- decisions


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("gen-stable", ["loaded", "stays", "dead"]),
        ("set-state", ["running", "fewer", "three", "absent"]),
        ("next-set", ["standby", "jump", "bleed", "none"]),
        ("transferred", ["carries", "stays", "burnt"]),
        ("scope", ["area", "own", "phase"]),
        ("eta", ["short", "hours", "long", "unknown"]),
        ("fuel-risk", ["calm", "risk"]),
        ("stable", ["steady", "unstable"]),
        ("power-comes", ["vehicle", "utility"]),
    ],
)
def test_a_decision_has_every_answer_of_its_table(decision: str, expected: list[str]) -> None:
    assert rows.answers(outage, decision) == expected


def test_a_set_is_cranked_three_times_and_never_a_fourth_before_its_cause_is_known() -> None:
    again = next(answer for answer in one("crank-runs").answers if answer.id == "again")
    assert again.back is not None and (again.back.step, again.back.at_most) == ("crank", 2)
    assert graph.dag.edges["crank-runs", "lock-out"]["edge"].answers == ("again",)
    assert "crank" not in reached_without(graph, "set-state")


def test_a_set_that_cranked_three_times_is_locked_out_before_the_next_one_starts() -> None:
    starts = {"standby-start", "jump-pack", "bleed-filter"}
    assert not starts & reached_without(graph, "lock-out")


def test_the_mobile_generator_is_called_at_once_and_not_after_the_last_try() -> None:
    assert rows.ways_into(graph, "vehicle-call") == {"gen-stable"}


def test_load_goes_on_in_its_order() -> None:
    order = ["charge-hold", "load-one", "load-cooling", "load-two", "load-rest"]
    assert [rows.ways_into(graph, later) for later in order[1:]] == [{earlier} for earlier in order[:-1]]


def test_racks_come_back_in_their_order() -> None:
    order = next(row for row in ROWS if row.name == "p24").ways[0]
    assert [rows.ways_into(graph, later) for later in order[1:]] == [{earlier} for earlier in order[:-1]]


def test_both_forgotten_sets_are_caught() -> None:
    assert "auto-mode" in one("gen-auto-back").record and "auto-mode" in one("ready-check").record
    assert rows.answers(outage, "gen-auto-back") == ["met", "unmet"]


# --- gates and what may happen at any time


@pytest.mark.parametrize(
    ("watch", "parameter", "default", "steps"),
    [
        ("gate-first", "gate-one", "80 %", ("gate-notice", "gate-tries", "gate-tier-three")),
        ("gate-second", "gate-two", "60 %", ("gate-tell-now", "gate-tier-two")),
        ("gate-third", "gate-three", "40 %", ("gate-quiesce", "gate-traffic")),
        ("gate-fourth", "gate-four", "25 %", ("gate-tier-one",)),
    ],
)
def test_a_gate_opens_by_what_is_left_while_no_set_carries_the_load(
    watch: str, parameter: str, default: str, steps: tuple[str, ...]
) -> None:
    found = next(known for known in outage.watches if known.id == watch)
    assert found.when == f"ups-charge <= site.{parameter} and not gen-carries"
    assert book.is_default(parameter, default)
    assert all(rows.ways_into(graph, name) == {watch} for name in steps)


def test_the_gates_begin_again_when_a_set_trips_later() -> None:
    msel = next(path for path in book.rehearsals("outage") if path.stem == "outage-msel")
    assert book.played(msel).desk.state.watches["gate-first"].times == 2


def test_customers_are_told_in_the_same_minute_as_tier_two_goes() -> None:
    limit = one("gate-tell-now").within
    assert limit is not None and limit.length == book.length("1m")


def test_the_battery_rooms_of_the_dc_plant_have_five_steps_down() -> None:
    found = [known.when for known in outage.watches if known.id.startswith("dc-")]
    names = ("discharge", "call", "first", "core", "second")
    assert found == [f"dc-volts <= site.dc-{name}" for name in names]


def test_what_may_happen_at_any_time_is_watched_and_opens_the_other_hazard() -> None:
    opens = {known.id: known.run for known in outage.watches if known.run is not None}
    assert opens == {"smoke": "fire", "water-seen": "leak", "strike": "lightning", "net-down": "network"}
    assert all(known.until is not None for known in outage.watches)


# --- life safety, the seven lines of 4.3


def test_nobody_touches_a_set_in_the_dark_without_light_clothing_and_a_second_person() -> None:
    kit = one("kit")
    assert kit.cls == "safety" and len(kit.check) == 5
    by_hand = {"start-check", "crank", "lock-out", "standby-start", "jump-pack", "bleed-filter"}
    assert not by_hand & reached_without(graph, "kit")


def test_a_temporary_set_is_closed_only_after_the_interlock_was_tried_and_the_utility_told() -> None:
    lock = one("backfeed-lock")
    assert lock.cls == "safety" and lock.expect is not None and lock.expect.that == "interlock"
    assert lock.tag == "site.room.incomer-tag"
    assert "vehicle-start" not in reached_without(graph, "backfeed-lock")
    assert rows.ways_into(graph, "vehicle-start") == {"backfeed-second"}
    assert "backfeed-lock" not in reached_without(graph, "backfeed-tell")


@pytest.mark.parametrize(
    ("place", "runs"), [("vehicle-place", "vehicle-start"), ("portable-place", "sites-power")]
)
def test_a_set_runs_only_when_its_exhaust_is_outdoors_and_the_air_was_measured(place: str, runs: str) -> None:
    expect = one(place).expect
    assert expect is not None and expect.that == "exhaust-gap >= site.exhaust-gap and co < site.co-act"
    assert one(place).cls == "safety"
    assert runs not in reached_without(graph, place)


def test_fuel_flows_only_after_the_list_and_a_small_set_has_cooled() -> None:
    assert len(one("refuel-safe").check) == 4
    assert "refuel" not in reached_without(graph, "refuel-safe")
    assert "sites-fuel" not in reached_without(graph, "sites-cool")
    assert {one(name).cls for name in ("refuel-safe", "sites-cool", "sites-fuel")} == {"safety"}


@pytest.mark.parametrize(("fan", "charge"), [("gen-fan", "gen-charge"), ("fan-on", "recharge-start")])
def test_batteries_are_charged_only_with_the_fan_running_and_no_hydrogen(fan: str, charge: str) -> None:
    expect = one(fan).expect
    assert expect is not None and expect.that == "fan and h2 < site.h2-act"
    assert charge not in reached_without(graph, fan)


def test_every_outage_asks_for_people_in_the_lifts() -> None:
    assert one("lifts").cls == "safety" and rows.answers(outage, "lifts") == ["empty", "trapped"]
    assert "doors" not in reached_without(graph, "lifts")


def test_no_car_leaves_on_ice_without_chains_two_people_and_two_names() -> None:
    sign = one("sites-permit").sign
    assert sign is not None and sign.need == 2
    assert rows.ways_into(graph, "sites-permit") == {"sites-chains"}
    ice = reached_without(graph, "sites-permit", "sites-road", but=frozenset({"ice"}))
    assert "portable-place" not in ice


def test_our_own_breaker_is_not_closed_before_cause_insulation_and_three_names() -> None:
    assert one("own-energise").target == "re-energise"
    assert rows.ways_into(graph, "own-energise") == {"own-cause"}
    assert rows.ways_into(graph, "own-cause") == {"own-which"}
    assert rows.ways_into(graph, "own-which") == {"own-lock"}
    assert "own-report" not in reached_without(graph, "own-energise")


def test_calling_the_brigade_waits_for_nobody() -> None:
    assert (one("hot-119").target, one("hot-119").hand_over) == ("call-119", True)
    assert rows.ways_into(graph, "hot-119") == {"battery-hot"}


# --- the right object

PLATES = {
    "backfeed-lock": "incomer-tag", "phase-open": "incomer-tag", "own-lock": "incomer-tag",
    "planned-open": "incomer-tag", "backfeed-second": "incomer-second-tag",
    "planned-open-second": "incomer-second-tag", "tie-close": "tie-tag",
    "eod-open": "battery-tag", "hot-open": "battery-tag",
}  # fmt: skip


def test_a_switch_the_room_knows_is_worked_by_its_tag() -> None:
    tagged = {step.id: step.tag for step in outage.steps if step.tag is not None}
    assert tagged == {name: f"site.room.{fact}" for name, fact in PLATES.items()}
    for room in book.read().site.rooms:
        said = {bound(graph, room.id).steps[name].tag for name in PLATES}
        assert said <= {tag for tag, _ in room.tags}, room.id


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("backfeed-second", "site.room.incomers > 1"), ("phase-open", "site.room.incomers <= 1"),
        ("planned-open-second", "how.planned and site.room.incomers > 1"),
        ("phase-which", "site.room.incomers > 1"), ("own-lock", "site.room.incomers <= 1"),
        ("own-which", "site.room.incomers > 1"), ("eod-open", "site.room.battery-strings > 0"),
        ("eod-lock", "site.room.battery-strings > 0"), ("hot-open", "site.room.battery-strings > 0"),
    ],
)  # fmt: skip
def test_nobody_is_asked_for_the_plate_of_a_switch_that_the_room_does_not_have(name: str, said: str) -> None:
    assert one(name).only_when == said and one(name).cls == "safety"


# --- close-out, rehearsals


def test_it_closes_by_the_common_procedure_and_restores_what_was_temporary() -> None:
    assert one("close-out").target == "close-out"
    restore = [step for step in outage.steps if step.lane == "restore"]
    assert [step.id for step in restore] == ["temp-out", "back-to-auto", "rearm", "close-out"]
    assert {step.cls for step in restore} == {"safety"}


def test_every_mark_of_the_trade_is_reached() -> None:
    marks = {mark for step in outage.steps for mark in step.marks}
    assert marks >= {
        "responded", "dispatched", "arrived", "diagnosed", "recovered", "verified", "closed",
    }  # fmt: skip


@pytest.mark.parametrize("path", book.rehearsals("outage"), ids=lambda path: path.stem)
def test_a_rehearsal_passes(path: Path) -> None:
    assert book.wrong_end(path) == []


def test_the_rehearsals_take_every_answer_and_every_watch() -> None:
    assert book.untaken("outage") == set()


INJECTS = (
    ("0", ("ack",)),
    ("1", ("lock-out",)),
    ("2", ("close-permit.signed",)),
    ("4", ("over-shed",)),
    ("6", ("cool-back",)),
    ("9", ("first-notice",)),
    ("12", ("reach-ic.nobody", "take-command")),
    ("20", ("fuel-risk.risk", "fuel-second")),
    ("35", ("tanker-state.blocked", "tanker-other")),
    ("50", ("hot-open", "hot-fan", "hot-watch", "call-119/ring-119")),
    ("90", ("heat-gen-shed", "heat-gen-louvre", "trip-permit")),
    ("130", ("stable.unstable",)),
    ("165", ("return-permit.signed", "return-two")),
    ("180", ("gen-auto-fix",)),
)


@pytest.mark.parametrize(("after", "reached"), INJECTS)
def test_each_inject_of_the_ice_storm_is_answered(after: str, reached: tuple[str, ...]) -> None:
    assert set(reached) <= book.played(book.REHEARSALS / "outage-msel.yaml").reached, after
