"""The fire runbook row by row against the operator's step table (F01–F21, HP-F1, HP-F2, D-F1, D-F2).

HP-F2 stands in the procedure that every re-entry shares, and once more in the fire: the procedure proves
the air, the fire's own hold sees that it was walked to its end.
"""

from __future__ import annotations

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
    Row("f01", ("MON", "SEC"), "0.3/0.5/1", (("panel", "cctv"),)),
    Row("f02", ("ENG",), "1/2/3", (("door-look",),)),
    Row("d-f1", ("ENG",), "0/0.2/0.5", (("fire-seen",),)),
    Row("f03", ("SEC", "ENG"), "0.5/1/3", (("fire-declared", "sweep"),)),
    Row("f04", ("SEC",), "1/1.5/3", (("fire-119",), ("call-119/ring-119",))),
    Row("f05", ("ENG",), "0.5/1/2", (("fight-isolate", "fight-spray"),)),
    Row("hp-f1", ("IC",), "0.3/0.5/1", (("gas-gate",),)),
    Row("f06", ("SEC", "ENG"), "0.3/0.5/2", (("gas-auto",), ("gas-start",), ("gas-mechanical",))),
    Row("f07", ("PWR",), "0.3/1/2", (("hvac-off", "dampers", "nonfire-cut"),)),
    Row("d-f2", ("IC",), "0.2/0.5/1", (("auto-discharged",), ("discharged",), ("discharged-late",))),
    Row("f08", ("PWR",), "1/3/8", (("row-off",), ("room-feed", "room-rest"), ("epo-press", "room-rest"))),
    Row("f09", ("NET", "CS"), "2/6/20", (("shift", "key-customers"),)),
    Row("f10", ("SEC",), "2/4/8", (("muster",),)),
    Row("f11", ("IC",), "3/5/10", (("brigade-command",),)),
    Row("f12", ("SEC", "ENG"), "5/10/60", (("neighbours",),)),
    Row("f13", ("SEC",), "10/15/30", (("soak",),)),
    Row("f14", ("PWR", "BRIGADE"), "20/40/120", (("re-enter",),)),
    Row("hp-f2", ("IC",), "2/5/10", (("gas-re-entry/re-entry",),)),
    Row("f15", ("PM", "BRIGADE"), "30/90/1440", (("survey",),)),
    Row("f16", ("SEC",), "15/30/60", (("cover-manual", "cover-set"),)),
    Row("f17", ("VEN",), "240/720/2880", (("clean-order", "clean"),)),
    Row("f18", ("PWR",), "30/120/720", (("power-return",),)),
    Row("f19", ("SEC", "VEN"), "1440/2880/4320", (("refill", "auto-back"),)),
    Row("f20", ("ENG",), "5/10/20", (("search-manual", "search"),), beside=("search-manual",)),
    Row("f21", ("PM",), "60/180/480", (("insurance", "close-out", "close"),)),
)

# Row or section, parameter, its default as the table has it, and what uses it: a step, or a reading after "=".
LIMITS = (
    ("7.1", "asd-alert", "0.03 %/m", "=asd"),
    ("7.1", "asd-fire", "0.12 %/m", "=asd"),
    ("f02", "look-max", "60s", "door-look"),
    ("f04", "call-119-max", "2m", "fire-119"),
    ("f05", "bottles-max", "2 bottles", "fight-spray"),
    ("f05", "fight-max", "60s", "fight-spray"),
    ("7.3.1", "gas-delay", "30s", "gas-auto"),
    ("d-f2", "gas-confirm", "30s", "discharged"),
    ("f10", "muster-max", "5m", "muster"),
    ("f13", "soak-time", "10m", "soak"),
    ("f14", "vent-ach", "5 /h", "gas-re-entry/vent"),
    ("f14", "o2-min", "19.5 %", "gas-re-entry/measure"),
    ("2.5", "o2-max", "23.5 %", "gas-re-entry/measure"),
    ("7.3.3", "co-max", "35 ppm", "gas-re-entry/measure"),
    ("2.5", "co2-max", "0.5 %", "gas-re-entry/measure"),
    ("2.5", "hf-max", "1 ppm", "gas-re-entry/measure"),
    ("7.9", "scba-min", "25 MPa", "gas-re-entry/first-pair"),
    ("f16", "fire-watch-every", "30m", "fire-watch"),
    ("f17", "clean-start", "24h", "clean-order"),
    ("f17", "clean-rh", "50 %RH", "clean"),
    ("f17", "chloride-max", "10 ug/cm2", "clean"),
    ("f18", "megohm-pass", "1 MΩ", "re-energise/megger"),
    ("f19", "refill-max", "3d", "refill"),
    ("f20", "search-max", "15m", "search"),
    ("7.5", "recheck", "7d", "false-recheck"),
)

SYMPTOMS = (
    "aspirating smoke", "spot smoke", "heat detector", "call point", "smells burning", "thermal camera",
    "battery monitor", "gas panel", "carbon monoxide",
)  # fmt: skip

INTO_THE_ROOM = {
    "survey", "clean-order", "clean", "clean-replace", "cover-manual", "cover-set", "fire-watch",
}  # fmt: skip
"""What is done in the room that burned, other than by whoever fights the fire or saves a life."""

SIGNS = {"first-word", "fire-seen", "search", "device-again"}
"""Where somebody says that it is a fire."""

fire = runbook("fire")
roads = graph("fire")


def test_the_fire_reads_without_a_fault() -> None:
    assert book.faults_of("fire", "call-119", "gas-re-entry") == []


# --- rows


def test_every_row_of_the_table_stands_in_the_runbook_and_no_other() -> None:
    assert rows.unlisted(fire, ROWS) == set()


def test_a_row_is_done_by_its_roles() -> None:
    assert rows.wrong_roles(fire, ROWS) == []


def test_a_row_takes_its_minutes_whichever_way_it_goes() -> None:
    assert rows.wrong_minutes(fire, ROWS) == []


def test_a_limit_is_a_site_value_with_the_number_of_its_row() -> None:
    assert rows.wrong_limits(fire, LIMITS) == []


def test_every_symptom_of_the_section_stands_on_the_start_list() -> None:
    assert rows.missing_symptoms(fire, SYMPTOMS) == []


# --- decisions


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("fire-seen", ["door-hot", "fire", "none"]),
        ("search", ["fire", "device", "expired", "nothing"]),
        ("inside", ["clear", "someone"]),
        ("small", ["small", "leave"]),
        ("gas-mode", ["counting", "manual", "gone", "out", "none"]),
        ("after-soak", ["quiet", "smoke", "burning"]),
        ("power-order", ["row", "room", "epo", "not-yet"]),
        ("power-back", ["all-on", "part", "still-off"]),
    ],
)
def test_a_decision_has_all_its_answers(decision: str, said: list[str]) -> None:
    assert rows.answers(fire, decision) == said


@pytest.mark.parametrize(
    ("row", "answer", "then"),
    [
        ("door hot, smoke under the door", "fire-seen.door-hot", "fire-declared"),
        ("two detectors or smoke", "fire-seen.fire", "fire-declared"),
        ("no fire seen", "fire-seen.none", "search-manual"),
        ("person inside, countdown", "inside.someone", "hold-stop"),
        ("gas fails: mechanical", "discharged.no", "gas-mechanical"),
        ("mechanical fails: brigade", "discharged-late.no", "stay-out"),
        ("not out after gas", "after-soak.burning", "stay-out"),
        ("lithium cells vent", "lithium", "li-out"),
        ("brigade asks for power off", "brigade-power", "sets-locked"),
        ("commander unreachable", "reach-ic.nobody", "take-command"),
        ("small fire, exit behind you", "small.small", "fight-isolate"),
        ("search time is up", "search.expired", "search-leave"),
        ("smoke elsewhere", "spread", "spread-out"),
        ("cooling of other halls stops", "hall-hot", "hall-reset"),
    ],
)
def test_a_line_of_the_decision_table_leads_where_it_says(row: str, answer: str, then: str) -> None:
    earlier, _, said = answer.partition(".")
    edge = next(one for one in roads.into[then] if one.earlier == earlier)
    assert not said or edge.answers is None or said in edge.answers, row


def test_smoke_after_the_gas_keeps_the_room_shut_and_looks_again() -> None:
    smoke = next(one for one in step(fire, "after-soak").answers if one.id == "smoke")
    assert smoke.back is not None and (smoke.back.step, smoke.back.at_most) == ("soak", 6)


def test_a_false_alarm_ends_with_the_panel_on_automatic_and_a_second_look() -> None:
    assert step(fire, "false-recheck").ends
    assert not reached_without(roads, "leave-auto") & {"false-log", "false-recheck"}
    assert step(fire, "leave-auto").cls == "safety"


# --- life safety


def test_calling_119_waits_for_nobody() -> None:
    call = step(fire, "fire-119")
    held = {one.id for one in fire.steps if one.kind in ("hold", "contact")}
    assert {edge.earlier for edge in roads.into["fire-119"]} == SIGNS
    assert not rows.all_before(roads, "fire-119") & held
    assert (call.target, call.hand_over, call.cls) == ("call-119", True, "safety")
    assert {"SEC", "MON", "ENG", "PWR", "NET", "CS", "IC", "CUST"} <= set(call.roles)


def test_no_gas_is_started_by_hand_before_two_have_signed_that_nobody_is_inside() -> None:
    gate = step(fire, "gas-gate")
    assert gate.sign is not None
    assert (gate.sign.of, gate.sign.need, gate.never_alone, gate.cls) == (("IC", "SEC"), 2, True, "safety")
    clear = step(fire, "gas-clear")
    assert (clear.kind, clear.wait_until, clear.cls) == ("wait", "headcount <= 0", "safety")
    assert "gas-gate" not in reached_without(roads, "gas-clear")
    passed = reached_without(roads, "gas-gate", but=frozenset({"refused"}))
    assert not passed & {"gas-start", "gas-mechanical", "discharged", "discharged-late"}


def test_somebody_found_inside_shuts_every_gate_below_until_nobody_is() -> None:
    assert roads.gates_behind("inside-late") == ("gas-gate", "fire-out", "re-entry-proved")
    kept = dict(roads.kept_shut_by("gas-gate"))["inside-late"]
    assert set(kept) == {"late-stop", "late-119", "late-permit", "late-go", "late-wait"}


def test_what_the_gas_does_is_asked_only_when_everybody_is_out_and_the_air_is_off() -> None:
    waits_for = {edge.earlier for edge in roads.into["gas-mode"]}
    assert waits_for == {
        "inside", "rescue-result", "brigade-rescue", "late-wait", "fight-leave", "dampers",
    }  # fmt: skip


def test_a_person_inside_holds_the_stop_and_sets_manual_before_anybody_goes_in() -> None:
    assert not reached_without(roads, "hold-stop") & {"stop-manual", "rescue-permit", "rescue-go"}
    assert not reached_without(roads, "stop-manual") & {"rescue-permit", "rescue-go"}
    assert not reached_without(roads, "late-stop") & {"late-119", "late-permit", "late-go"}


@pytest.mark.parametrize(("permit", "entry"), [("rescue-permit", "rescue-go"), ("late-permit", "late-go")])
def test_only_two_with_breathing_apparatus_go_in_for_somebody(permit: str, entry: str) -> None:
    hold = step(fire, permit)
    assert hold.sign is not None and (hold.sign.need, "IC" in hold.sign.of) == (2, False)
    assert entry not in reached_without(roads, permit, but=frozenset({"refused"}))
    assert step(fire, entry).never_alone


def test_gas_is_on_manual_before_two_people_search() -> None:
    assert not reached_without(roads, "search-manual") & {"search", "search-leave", "rack-off", "false-clean"}
    assert step(fire, "search").never_alone


def test_nobody_is_in_the_room_again_before_the_air_is_proved_and_two_have_signed() -> None:
    proved = step(fire, "re-entry-proved")
    assert proved.sign is not None and (proved.sign.of, proved.sign.need) == (("IC", "SEC"), 2)
    assert (step(fire, "re-enter").target, step(fire, "re-enter").hand_over) == ("gas-re-entry", False)
    assert not reached_without(roads, "re-enter") & {"re-entry-proved", *INTO_THE_ROOM}
    assert not reached_without(roads, "re-entry-proved", but=frozenset({"refused"})) & INTO_THE_ROOM
    assert not reached_without(roads, "fire-out") & {"re-enter"}


def test_the_room_is_not_opened_while_the_gas_works_or_somebody_is_missing() -> None:
    waits_for = rows.all_before(roads, "fire-out")
    assert waits_for >= {"gas-mode", "after-soak", "stay-out", "muster", "missing-wait", "brigade-command"}
    assert waits_for >= {"li-cold", "spread-119", "water-permit", "utility-dead", "late-wait"}


def test_no_water_before_every_supply_is_off_and_proved_dead() -> None:
    for permit in ("water-permit", "utility-dead"):
        hold = step(fire, permit)
        assert hold.sign is not None and (set(hold.sign.of), hold.sign.need) == ({"PWR", "IC"}, 2)
    assert not reached_without(roads, "all-off") & {"all-dead", "water-permit", "utility-dead"}
    assert not reached_without(roads, "all-dead") & {"water-permit", "utility-dead"}


def test_a_missing_person_is_told_to_119_before_anything_else() -> None:
    assert [edge.later for edge in roads.out["muster"] if edge.answers == ("unmet",)] == ["missing-119"]
    assert step(fire, "missing-119").target == "fire-119"


def test_lithium_cells_are_left_shut_cooled_by_the_brigade_and_watched_for_a_day() -> None:
    watch = step(fire, "li-watch").repeat
    assert watch is not None and book.is_default("li-time", "24h")
    assert "site.li-time" in rows.asked_by(fire, "li-watch")
    assert not reached_without(roads, "li-out") & {"li-119", "li-vent", "li-cool", "li-cold", "li-watch"}
    assert step(fire, "li-cool").roles[0] == "BRIGADE"
    assert "li-watch" in {edge.earlier for edge in roads.into["final-check"]}


def test_emergency_power_off_is_said_by_one_and_pressed_by_another() -> None:
    assert step(fire, "epo-press").verify == "together"
    assert {edge.earlier for edge in roads.into["epo-press"]} == {"power-order"}


def test_what_the_section_calls_unskippable_cannot_be_skipped() -> None:
    never = ("fire-declared", "sweep", "muster", "gas-gate", "re-entry-proved", "re-enter", "leave-auto", "auto-back",
             "temp-out", "rearm")  # fmt: skip
    assert {step(fire, name).cls for name in never} == {"safety"}


def test_the_gas_is_made_good_within_three_days_or_the_reserve_is_switched_in() -> None:
    refill = step(fire, "refill")
    assert refill.missed == "reserve"
    assert refill.only_when == "gas-spent"


# --- couplings and rehearsals


def test_other_hazards_are_opened_and_the_fire_goes_on() -> None:
    runs = {one.id: one.run for one in fire.watches if one.run is not None}
    assert runs == {"power-lost": "outage", "net-lost": "network", "water": "leak"}
    assert all(one.until is not None for one in fire.watches)


INJECTS = (
    ("0", ("panel",)),
    ("1.5", ("fire-declared", "sweep")),
    ("2", ("inside.someone", "hold-stop")),
    ("4", ("rescue-result.out", "gas-gate.signed")),
    ("5", ("discharged.no", "gas-mechanical")),
    ("7", ("discharged-late", "li-out", "li-119")),
    ("8", ("call-119/right-gate.other", "call-119/gate-again")),
    ("12", ("reach-ic.nobody", "take-command")),
    ("18", ("all-off", "brigade-command", "water-notice")),
    ("25", ("hall-hot", "hall-reset")),
    ("40", ("spread", "spread-out", "neighbours")),
    ("75", ("gas-re-entry/measure.unmet",)),
    ("120", ("gas-re-entry/vent-wait", "gas-re-entry/measure-second.unmet")),
    ("180", ("gas-re-entry/re-entry.refused", "re-entry-proved.signed")),
    ("1d", ("auto-back.unmet", "auto-back.met")),
)


@pytest.mark.parametrize(("after", "reached"), INJECTS)
def test_an_inject_of_the_table_is_met_by_its_step(after: str, reached: tuple[str, ...]) -> None:
    assert set(reached) <= book.played(book.REHEARSALS / "fire-ups-room.yaml").reached, after


def test_a_manager_with_a_mask_is_kept_out_until_the_air_is_measured_again() -> None:
    script = book.rehearsal(book.REHEARSALS / "fire-ups-room.yaml").script
    inside = [(line.verb, line.target) for line in script if line.inside == "gas-re-entry"]
    refused = inside.index(("refuse", "re-entry"))
    assert inside[refused + 1 : refused + 4] == [
        ("done", "vent-wait"), ("done", "measure"), ("done", "measure-second"),
    ]  # fmt: skip


@pytest.mark.parametrize("path", rehearsals("fire"), ids=lambda path: path.stem)
def test_a_rehearsal_of_the_fire_comes_out_as_it_says(path: Path) -> None:
    assert book.wrong_end(path) == []


def test_the_rehearsals_together_take_every_answer_and_every_watch() -> None:
    assert book.untaken("fire") == set()
