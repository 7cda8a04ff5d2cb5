"""The network runbook row by row against the operator's step table (N01–N19, HP-N1, HP-N2, D-N1).

Who changes the configuration of the live core stands below a hold of three; who works on a fibre, in a
manhole, on a pole or in the ground stands below what was measured there.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from engine.graph.around import reached_without
from tests.content import book, rows
from tests.content.book import (
    Row,
    graph,
    rehearsals,
    runbook,
    step,
)

ROWS = (
    Row("n01", ("MON",), "1/3/5", (("ack", "freeze"),)),
    Row("n02", ("NET",), "1/3/8", (("outside",),)),
    Row("n03", ("IC",), "1/3/5", (("bridge",),)),
    Row("d-n1", ("NET",), "2/5/15", (("survey", "layer"),)),
    Row("n04", ("NET",), "2/5/10", (("last-change", "rollback-ready"),)),
    Row("n05", ("CS",), "3/8/15", (("circuit-list", "first-notice"),)),
    Row("n06", ("ENG",), "2/5/15", (("room-check",),)),
    Row(
        "n07",
        ("ENG", "NET"),
        "5/15/40",
        (("optical-read", "optical-clean"), ("optical-read", "optical-swap")),
    ),
    Row("n08", ("NET",), "2/6/15", (("shift", "shift-plan", "failover"),)),
    Row("hp-n1", ("IC", "NET"), "2/5/10", (("window-go",), ("core-go",), ("config-go",))),
    Row("n09", ("NET", "VEN"), "10/30/90", (("device-logs", "device-swap"),)),
    Row("n10", ("NET",), "5/10/20", (("otdr", "reach-line", "crew-out"),)),
    Row("n11", ("ENG", "VEN"), "30/120/420", (("spare", "by-pass", "splice"),)),
    Row("n12", ("NET",), "5/20/60", (("attack-log", "attack-shape"),)),
    Row("n13", ("NET",), "3/8/20", (("peer-tell", "peer-ticket"),)),
    Row("n14", ("PM",), "30/90/240", (("alternative",),)),
    Row(
        "n15",
        ("NET",),
        "10/30/90",
        (("back-state", "back-key", "back-signal", "back-trunk", "back-clock", "back-rest"),),
    ),
    Row("n16", ("NET",), "15/30/30", (("settle", "verify"),)),
    Row("hp-n2", ("IC", "NET"), "2/5/10", (("fall-back-go",),)),
    Row("n17", ("NET", "IC"), "15/30/60", (("fall-back",),)),
    Row("n19", ("PM",), "60/180/480", (("close",),)),
)

WATCH_ROW = "n18"
"""Four hours closely and a day in all: its length is that of its rounds, not of one visit."""

# Row or section, parameter, its default as the table has it, and what uses it: a step, or a reading after "=".
LIMITS = (
    ("n04", "change-look", "24h", "last-change"),
    ("8.2", "ack-wait", "5m", "go-higher"),
    ("2.6", "net-loss-ok", "0.1 %", "verify"),
    ("5.2", "net-loss-warn", "1 %", "=loss"),
    ("5.2", "net-loss-act", "5 %", "=loss"),
    ("2.6", "rtt-warn", "50 %", "=rtt-gain"),
    ("2.6", "rtt-act", "200 %", "=rtt-gain"),
    ("5.2", "users-major", "500000 users", "=users-down"),
    ("2.6", "rx-warn", "-7 dBm", "=rx-own"),
    ("2.6", "rx-act", "-11 dBm", "=rx-far"),
    ("n07", "joint-loss-max", "0.5 dB", "light-ok"),
    ("2.6", "crc-warn", "1 errors/min", "=crc"),
    ("2.6", "crc-act", "100 errors/min", "=crc"),
    ("n04", "change-recent", "24 h", "rollback-ready"),
    ("hp-n1", "rollback-minutes", "10 min", "=rollback-time"),
    ("hp-n1", "rollback-max", "10m", "failover-back"),
    ("n03", "bridge-open", "5m", "bridge"),
    ("5.7", "hypothesis-by", "10m", "layer"),
    ("5.7", "failover-by", "15m", "shift"),
    ("n05", "notice-first", "20m", "first-notice"),
    ("n10", "crew-out", "15m", "crew-out"),
    ("5.3", "manhole-o2-min", "19.5 %", "gas-test"),
    ("5.3", "manhole-o2-max", "23.5 %", "gas-test"),
    ("5.3", "h2s-max", "10 mg/m3", "gas-test"),
    ("5.3", "lel-max", "10 %LEL", "arc-air"),
    ("n11", "splice-max", "0.08 dB", "splice"),
    ("5.6", "splice-redo", "0.15 dB", "=splice-loss"),
    ("n16", "verify-hold", "15m", "settle"),
    ("n16", "prefix-dev-max", "2 %", "verify"),
    ("n16", "traffic-dev-max", "15 %", "verify"),
    ("2.4", "restore-one", "60m", "sitrep"),
    ("2.4", "restore-two", "90m", "sitrep"),
    ("2.4", "restore-three", "3h", "sitrep"),
    ("2.3", "report-short", "4h", "report-short"),
    ("n18", "dense-span", "4h", "watch-dense"),
)

SYMPTOMS = (
    "LOS, LOF or AIS", "interface down", "BGP, OSPF or ISIS", "BFD down", "optical power low", "FEC or CRC",
    "CPU or memory", "drops by half or rises fourfold", "probe loss", "3 or more customers", "change window",
    "many complaints", "hardware alarms", "congestion or flow-control", "provisioning off",
    "5 % worse than the day before", "KPI drop",
)  # fmt: skip

network = runbook("network")
roads = graph("network")


def test_the_network_runbook_reads_without_a_fault() -> None:
    assert book.faults_of("network") == []


# --- rows


def test_every_row_of_the_table_stands_in_the_runbook_and_no_other() -> None:
    assert rows.unlisted(network, ROWS, WATCH_ROW) == set()


def test_a_row_is_done_by_its_roles() -> None:
    assert rows.wrong_roles(network, ROWS) == []


def test_a_row_takes_its_minutes_whichever_way_it_goes() -> None:
    assert rows.wrong_minutes(network, ROWS) == []


def test_the_watch_is_four_hours_closely_and_a_day_in_all() -> None:
    dense, pause, later = (step(network, name) for name in ("watch-dense", "watch-pause", "watch-later"))
    assert dense.roles == later.roles == ("MON",)
    assert dense.repeat is not None and dense.repeat.span is not None
    assert later.repeat is not None and later.repeat.times is not None and pause.span is not None
    # The first of the later rounds stands at the end of the pause.
    rest = pause.span.length + later.repeat.every.length * (later.repeat.times - 1)
    assert (dense.repeat.span.length, dense.repeat.span.length + rest) == (
        timedelta(hours=4),
        timedelta(days=1),
    )


def test_a_limit_is_a_site_value_with_the_number_of_its_row() -> None:
    assert rows.wrong_limits(network, LIMITS) == []


def test_every_symptom_of_the_section_stands_on_the_start_list() -> None:
    assert rows.missing_symptoms(network, SYMPTOMS) == []


# --- decisions


def test_the_layer_is_one_of_those_of_the_decision_table_or_not_known_yet() -> None:
    said = rows.answers(network, "layer")
    layers = ["power", "cut", "optical", "attack", "change", "device", "routing", "dns", "upstream"]
    assert said == [*layers, "unknown"]
    unknown = next(one for one in step(network, "layer").answers if one.id == "unknown")
    assert unknown.back is not None and unknown.back.at_most == 2


@pytest.mark.parametrize(
    ("repair", "first"),
    [
        ("cable", "port-ready"),
        ("power", "node-power"),
        ("optical", "cage"),
        ("attack", "attack-log"),
        ("change", "change-plan"),
        ("device", "device-logs"),
        ("routing", "route-plan"),
        ("dns", "dns-plan"),
        ("upstream", "upstream-kind"),
        ("expert", "experts"),
    ],
)
def test_each_layer_has_a_repair_of_its_own(repair: str, first: str) -> None:
    assert f"repair.{repair}" in rows.led_by(roads, first)


def test_a_cut_cable_is_located_at_once_while_traffic_is_still_being_shifted() -> None:
    assert rows.led_by(roads, "otdr") == {"layer.cut"}


def test_spare_cores_come_before_a_by_pass_and_a_by_pass_before_the_splice() -> None:
    assert rows.led_by(roads, "by-pass") == {"spare-ok.few"}
    assert rows.led_by(roads, "arc-air") == {"spare-ok.enough", "by-pass"}


def test_circuits_return_in_the_order_of_the_operator() -> None:
    order = ["back-state", "back-key", "back-signal", "back-trunk", "back-clock", "back-rest"]
    assert [rows.led_by(roads, later) for later in order[1:]] == [{one} for one in order[:-1]]


def test_a_change_in_its_window_ends_well_is_rolled_back_or_becomes_a_fault() -> None:
    window = {one.id for one in network.steps if one.ends and one.lane == "window"}
    assert window == {"window-off", "window-done", "window-failed"}
    assert rows.led_by(roads, "window-back") >= {"window-do.unmet", "window-check.unmet"}
    assert rows.led_by(roads, "window-fault") == {"window-well.broken"}


@pytest.mark.parametrize("first", ["reach-ic", "circuit-list", "survey", "exit-watch"])
def test_a_probe_of_ours_and_a_customers_own_fault_call_nobody(first: str) -> None:
    assert rows.led_by(roads, first) == {"real.yes", "window-fault"}
    assert step(network, "real").within is not None


def test_the_road_of_a_probe_or_of_a_customers_own_fault_ends_at_its_ticket_and_sends_nobody_out() -> None:
    ends = {one.id for one in network.steps if one.ends and one.lane != "window"}
    assert ends == {"probe-ticket", "customer-side"}
    assert rows.led_by(roads, "attend") == {"real.yes"}


def test_a_device_is_reloaded_by_the_tag_that_those_who_consent_have_read() -> None:
    assert "device" in step(network, "reload-consent").record
    assert step(network, "device-reload").tag is None


def test_prefixes_that_others_announce_are_proved_and_filtered_before_we_announce_our_own() -> None:
    assert rows.answers(network, "upstream-kind") == ["ours", "others"]
    order = ["hijack-proof", "hijack-tell", "hijack-plan"]
    assert [rows.led_by(roads, later) for later in order[1:]] == [{earlier} for earlier in order[:-1]]
    assert "hijack-plan" in rows.led_by(roads, "config-go")


def test_a_defaced_page_is_kept_before_it_is_stopped_and_opened_after_its_hole_is_closed() -> None:
    order = ["content-proof", "content-stop", "content-police", "content-closed", "host-told"]
    assert all(earlier in rows.led_by(roads, later) for earlier, later in pairwise(order))


def test_what_is_still_masked_is_taken_off_again_before_anybody_stands_down() -> None:
    masks = step(network, "masks-off")
    assert masks.expect is not None and masks.expect.that == "masks <= 0"
    assert not reached_without(roads, "masks-off") & {"stand-down"}


# --- life safety and hold points

CORE = {
    "window-do": "window-go",
    "failover": "core-go",
    "config-fix": "config-go",
    "device-reload": "reload-consent",
    "fall-back": "fall-back-go",
}
"""What changes the live core, and the hold it stands below."""


@pytest.mark.parametrize(("act", "hold"), CORE.items())
def test_the_live_core_is_changed_only_when_two_operators_and_the_commander_have_signed(
    act: str, hold: str
) -> None:
    gate = step(network, hold)
    assert gate.sign is not None and (set(gate.sign.of), gate.sign.need) == ({"NET", "ENG", "IC"}, 3)
    assert (gate.cls, gate.never_alone) == ("safety", True)
    assert rows.led_by(roads, act) == {f"{hold}.signed"}
    assert "IC" not in step(network, act).roles[:1]


@pytest.mark.parametrize("undo", ["window-back", "failover-back", "config-back", "fall-again"])
def test_a_change_that_helps_nothing_is_rolled_back_within_its_limit(undo: str) -> None:
    one = step(network, undo)
    assert one.within is not None and one.within.length == timedelta(minutes=10)
    assert (one.missed, one.never_alone) == ("IC", True)


def test_traffic_is_moved_away_before_anything_is_repaired_at_the_node() -> None:
    touched = {"optical-clean", "optical-swap", "device-swap", "device-reload", "config-fix", "storm-cut"}
    assert not reached_without(roads, "shifted") & touched


def test_logs_are_saved_before_a_board_is_pulled_or_a_device_reloaded() -> None:
    assert not reached_without(roads, "device-logs") & {"device-swap", "device-reload"}


def test_no_fibre_end_is_touched_before_the_power_meter_says_dark() -> None:
    assert not reached_without(roads, "laser-off", "light-on") & {"optical-clean", "optical-swap"}
    assert not reached_without(roads, "optical-read") & {"laser-off"}


def test_nobody_works_in_a_customers_cage_without_the_customer() -> None:
    assert rows.led_by(roads, "optical-read") == {"cage.ours", "cage-permit"}


def test_nobody_works_outside_before_the_roadside_is_made_safe() -> None:
    assert not reached_without(roads, "roadside") & {"spot", "spare", "splice"}


@pytest.mark.parametrize(
    ("permit", "proofs"),
    [
        ("manhole-permit", {"gas-test.met", "gas-again.met"}),
        ("pole-permit", {"pole-look.met", "pole-wait"}),
        ("dig-permit", {"dig-gas"}),
    ],
)
def test_a_pair_goes_in_up_or_down_only_after_the_measurement(permit: str, proofs: set[str]) -> None:
    gate = step(network, permit)
    assert gate.sign is not None and (gate.sign.need, gate.cls, gate.never_alone) == (2, "safety", True)
    assert rows.led_by(roads, permit) == proofs


def test_the_work_on_the_cable_starts_below_a_permit_or_indoors() -> None:
    assert rows.led_by(roads, "spare") == {
        "spot.house",
        "manhole-shut",
        "manhole-permit",
        "pole-permit",
        "dig-permit",
    }


def test_a_splicer_makes_no_arc_before_the_air_is_tested() -> None:
    assert not reached_without(roads, "arc-air", "arc-clear") & {"splice"}


def test_help_for_somebody_hurt_waits_for_nobody() -> None:
    assert rows.led_by(roads, "hurt-120") == {"hurt"}
    assert len(step(network, "hurt-120").roles) >= 7
    assert rows.led_by(roads, "hurt-stop") == {"hurt"}
    assert rows.led_by(roads, "hurt-aid") == {"hurt-stop"}


def test_power_goes_off_and_the_ambulance_is_called_at_once_for_somebody_in_shock() -> None:
    assert rows.led_by(roads, "shock-off") == {"shock"} == rows.led_by(roads, "shock-120")
    assert rows.led_by(roads, "shock-aid") == {"shock-off"}
    assert step(network, "shock-off").cls == "safety"


def test_who_answers_emergency_calls_is_told_at_once_and_by_nobody_in_turn() -> None:
    told = ["lifeline-police", "lifeline-fire", "lifeline-ambulance", "lifeline-route"]
    assert all(rows.led_by(roads, one) == {"lifeline"} for one in told)


def test_no_crew_leaves_on_a_bad_road_without_two_names() -> None:
    assert rows.led_by(roads, "roadside") == {"road.clear", "road-permit"}
    sign = step(network, "road-permit").sign
    assert sign is not None and sign.need == 2


def test_other_hazards_are_opened_and_the_network_goes_on() -> None:
    runs = {one.id: one.run for one in network.watches if one.run is not None}
    assert runs == {"smoke": "fire", "water": "leak", "power-lost": "outage", "struck": "lightning"}
    assert all(one.until is not None for one in network.watches)


def test_every_mark_of_the_trade_is_reached() -> None:
    marks = {mark for one in network.steps for mark in one.marks}
    assert marks >= {
        "responded", "dispatched", "arrived", "diagnosed", "recovered", "verified", "closed",
    }  # fmt: skip


# --- rehearsals

INJECTS = (
    ("0", ("ack", "freeze", "outside", "bridge")),
    ("3", ("blind", "oob-cell", "oob-console")),
    ("6", ("layer.cut", "otdr")),
    ("9", ("crowded", "failover.met", "shed-bulk")),
    ("12", ("crew-out", "roadside")),
    ("18", ("surge", "surge-script", "surge-shield", "first-notice")),
    ("25", ("second-cut", "second-declare", "second-van", "alternative")),
    ("33", ("blocked", "gate-talk", "gate-police")),
    ("45", ("spare", "spare-ok.few", "by-pass")),
    ("60", ("reach-line.reached", "go-higher")),
    ("75", ("media", "media-line")),
    ("120", ("splice.unmet", "splice.met")),
    ("180", ("settle", "verify.met")),
    ("240", ("masks-off.unmet", "masks-off.met", "close")),
)


@pytest.mark.parametrize(("after", "reached"), INJECTS)
def test_an_inject_of_the_table_is_met_by_its_step(after: str, reached: tuple[str, ...]) -> None:
    played = book.played(book.REHEARSALS / "network-exit-a.yaml")
    assert set(reached) <= played.reached, after


@pytest.mark.parametrize("path", rehearsals("network"), ids=lambda path: path.stem)
def test_a_rehearsal_of_the_network_comes_out_as_it_says(path: Path) -> None:
    assert book.wrong_end(path) == []


def test_the_rehearsals_together_take_every_answer_and_every_watch() -> None:
    assert book.untaken("network") == set()
