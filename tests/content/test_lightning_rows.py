"""The lightning runbook row by row against the operator's step table (L01–L20, HP-L1, HP-L2, D-L1).

Its decisions stand here too, and the six lines of life safety as facts about the graph.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from drill.rehearsal import play
from engine.desk import opening_of
from engine.graph import bound
from engine.graph.around import reached_without
from engine.plan import Step
from engine.store import memory_store
from tests.content import book, rows
from tests.content.book import Row
from tests.engine.records import Wall, entropy

ROWS = (
    Row("l01", ("MON", "SEC"), "1/5/10", (("warn-post", "warn-stop", "warn-heads"),)),
    Row("l02", ("PWR", "IC"), "2/5/15", (("defer-changes", "warn-ups", "storm-run", "storm-island"),)),
    Row("l03", ("NET", "ENG"), "5/10/20", (("warn-save", "warn-spares", "warn-radio"),)),
    Row("l04", ("MON",), "0.5/1/3", (("strike-ack",),)),
    Row("l05", ("SEC", "IC"), "1/3/5", (("heads",),)),
    Row("hp-l1", ("IC",), "30/30/90", (("thunder-timer", "outdoor-permit"),)),
    Row("l06", ("ENG",), "5/10/25", (("fire-look",),)),
    Row("l07", ("PWR",), "5/10/20", (("power-look",),)),
    Row(
        "d-l1",
        ("IC",),
        "0/2/2",
        (("branch-fire", "branch-power", "branch-network", "branch-water"),),
    ),
    Row("l08", ("PWR",), "2/5/15", (("tripped", "branch-off"), ("tripped", "main-lock", "main-test"))),
    Row("l09", ("NET",), "10/20/40", (("entry-map",),)),
    Row("l10", ("NET",), "10/30/120", (("fail-over", "swap-boards"),)),
    Row("l11", ("CS",), "2/5/10", (("first-notice",), ("notices",))),
    Row("l12", ("ENG", "PWR"), "20/40/90", (("outside-walk", "tower-kits"), ("outside-walk", "tower-drone"))),
    Row("l13", ("PWR",), "20/40/90", (("spd-sweep",),)),
    Row("hp-l2", ("PWR",), "2/5/10", (("spd-isolate", "spd-prove", "spd-permit"),)),
    Row("l14", ("PWR",), "10/20/60", (("spd-swap", "spd-back"),)),
    Row("l15", ("PWR",), "20/40/90", (("earth-test",),)),
    Row("l16", ("PWR",), "15/30/60", (("rebuild", "ups-test", "gen-test"),)),
    Row("l18", ("PM",), "60/180/480", (("keep-parts",),)),
    Row("l19", ("PM",), "2880/7200/14400", (("inspection",),)),
    Row("l20", ("IC",), "30/60/120", (("close-out", "close"),)),
)

CHILDREN = {"run-fire": "fire", "run-power": "outage", "run-network": "network", "run-water": "leak"}

# Row or section, parameter, its default as the table has it, and what uses it: a step, or a reading after "=".
LIMITS = (
    ("l16", "ups-test-time", "5m", "ups-test"),
    ("6.3", "flash-bang", "30 s", "=flash-bang"),
    ("hp-l1", "thunder-clear", "30m", "thunder-timer"),
    ("6.3", "thunder-clear", "30m", "passed-timer"),
    ("6.3", "step-zone", "3 m", "roof-shut"),
    ("6.7", "outdoor-stop", "2m", "warn-stop"),
    ("6.7", "outdoor-stop", "2m", "call-in"),
    ("6.7", "heads-wait", "5m", "heads"),
    ("6.7", "thermal-walk", "15m", "fire-look"),
    ("6.1", "storm-lead", "2h", "how"),
    ("l06", "thermal-warn", "10 K", "=hot-spot"),
    ("l06", "thermal-act", "20 K", "=hot-spot"),
    ("l07", "earth-volts-max", "5 V", "=earth-volts"),
    ("l08", "megohm-pass", "1 MΩ", "main-test"),
    ("6.5", "backplane-min", "40 V", "backplane"),
    ("6.5", "backplane-max", "57 V", "backplane"),
    ("6.5", "fire-round", "30m", "panel-round"),
    ("l12", "rust-max", "33 %", "outside-walk"),
    ("6.6", "spd-leak-max", "20 µA", "spd-bad"),
    ("6.6", "spd-megohm-min", "10 MΩ", "spd-bad"),
    ("l14", "spd-lead-max", "0.5 m", "spd-swap"),
    ("6.5", "earth-max", "4 Ω", "earth-test"),
    ("6.5", "earth-gain-max", "20 %", "earth-test"),
    ("l15", "bond-max", "0.2 Ω", "earth-test"),
    ("l17", "trend-every", "24h", "hidden-watch"),
    ("l18", "loss-report", "48h", "keep-parts"),
    ("l11", "notice-first", "20m", "first-notice"),
    ("l11", "notice-every", "60m", "notices"),
)

AFTER_THE_TIMER = {
    "outside-walk", "tower", "tower-kits", "tower-drone", "spd-sweep", "spd-isolate", "spd-prove", "spd-permit",
    "spd-swap", "earth-test", "earth-cause", "earth-temp", "main-test", "main-energise", "backplane", "part-check",
    "swap-boards",
}  # fmt: skip
"""Outdoors, on a roof, at an SPD, an earth bar or a main board, or pulling a plug."""

lightning = book.runbook("lightning")
graph = book.graph("lightning")


def one(step_id: str) -> Step:
    return book.step(lightning, step_id)


def test_it_reads_without_a_fault() -> None:
    assert book.faults_of("lightning") == []


# --- rows and limits


def test_every_row_of_the_table_stands_in_the_runbook_and_no_other() -> None:
    assert rows.unlisted(lightning, ROWS, "l17") == set()


def test_a_row_is_done_by_its_roles() -> None:
    assert rows.wrong_roles(lightning, ROWS) == []


def test_a_row_takes_its_minutes_whichever_way_it_goes() -> None:
    assert rows.wrong_minutes(lightning, ROWS) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_steps_of_a_row_name_it(row: Row) -> None:
    named = {step.id for step in lightning.steps if row.name in step.was}
    assert named - set(CHILDREN) == {name for way in row.ways for name in way}


def test_three_days_are_watched_after_a_strike() -> None:
    repeat = one("hidden-watch").repeat
    assert one("hidden-watch").was == ("l17",) and one("hidden-watch").roles == ("NET",)
    assert repeat is not None and repeat.times is not None
    assert repeat.every.length * repeat.times == book.length("72h")


def test_a_limit_is_a_site_value_with_the_number_of_its_row() -> None:
    assert rows.wrong_limits(lightning, LIMITS) == []


def test_every_sign_of_a_strike_is_on_the_start_list() -> None:
    signs = [
        "warning: yellow",
        "warning device",
        "30 s of the flash",
        "SPD",
        "counter",
        "transient trips",
        "in one second",
        "telephone or antenna",
        "bypass",
        "ground-potential",
        "burnt smell",
        "tower light",
        "rectifier",
    ]
    assert rows.missing_symptoms(lightning, signs) == []


# --- ways in


def test_there_are_three_ways_in_and_all_can_become_a_strike() -> None:
    assert rows.answers(lightning, "how") == ["warning", "strike", "single"]
    assert rows.ways_into(graph, "strike-ack") == {"how", "single-is", "storm"}
    assert {step.id for step in graph.steps.values() if step.ends} == {
        "single-ticket", "passed-notice", "passed-log",
    }  # fmt: skip


def test_a_warning_empties_roof_and_tower_before_anything_else() -> None:
    assert rows.ways_into(graph, "warn-stop") == {"warn-post"}
    assert "defer-changes" not in reached_without(graph, "warn-heads")
    expect = one("warn-heads").expect
    assert expect is not None and expect.that == "outside <= 0 and missing <= 0"


def test_a_storm_that_passed_releases_nobody_before_the_timer_and_two_names() -> None:
    assert "passed-log" not in reached_without(graph, "passed-permit")
    assert rows.ways_into(graph, "passed-permit") == {"passed-timer"}


# --- hold points


@pytest.mark.parametrize("hold", ["outdoor-permit", "outdoor-again", "thunder-permit", "passed-permit"])
def test_outdoor_work_needs_the_commander_and_a_second_name_after_a_timer_that_restarts(hold: str) -> None:
    sign = one(hold).sign
    assert sign is not None and (sign.of, sign.need) == (("IC", "SEC"), 2)
    assert (one(hold).cls, one(hold).never_alone) == ("safety", True)
    timers = [one(name) for name in rows.ways_into(graph, hold) if one(name).kind == "wait"]
    assert [(timer.restart, timer.span is not None) for timer in timers] == [(True, True)]


STRIKES = ["lightning-msel", "lightning-main-breaker", "lightning-fire-and-water"]


def reached_when_nobody(stem: str, *left_out: str) -> set[str]:
    """What a rehearsal reaches on the engine when these steps are left out of its script."""
    path = next(found for found in book.rehearsals("lightning") if found.stem == stem)
    script = book.rehearsal(path)
    kept = tuple(line for line in script.script if line.target not in left_out)
    opening = opening_of(book.read(), "lightning", room=script.room, kind="H")
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        at = replace(opening, reported_at=script.reported_at)
        return set(play(replace(script, script=kept), at, store, entropy(2)).reached)


@pytest.mark.parametrize("stem", STRIKES)
def test_nobody_is_outdoors_at_an_spd_or_at_a_plug_before_the_permit(stem: str) -> None:
    reached = reached_when_nobody(stem, "outdoor-permit", "outdoor-again")
    assert "safe-now" in reached and not AFTER_THE_TIMER & reached


def test_a_refused_permit_begins_the_wait_again_and_opens_nothing() -> None:
    reached = reached_when_nobody("lightning-fire-and-water", "outdoor-again")
    assert {"outdoor-permit.refused", "outdoor-wait"} <= reached and not AFTER_THE_TIMER & reached


def test_the_permit_waits_until_everybody_was_counted_or_looked_for() -> None:
    assert rows.ways_into(graph, "outdoor-permit") == {"thunder-timer", "heads", "find-people"}


def test_thunder_in_the_middle_of_the_work_calls_everybody_in() -> None:
    assert rows.ways_into(graph, "thunder-in") == {"thunder-again"}
    expect = one("thunder-in").expect
    assert expect is not None and expect.that == "outside <= 0"
    assert rows.ways_into(graph, "thunder-permit") == {"thunder-rest"}


def test_no_spd_is_swapped_before_it_is_open_locked_proved_dead_and_signed() -> None:
    sign = one("spd-permit").sign
    assert sign is not None and (sign.of, sign.need) == (("PWR", "ENG"), 2)
    assert (one("spd-permit").cls, one("spd-permit").never_alone) == ("safety", True)
    road = ["spd-isolate", "spd-prove", "spd-permit", "spd-swap"]
    assert [rows.ways_into(graph, later) for later in road[1:]] == [{earlier} for earlier in road[:-1]]
    assert graph.dag.edges["spd-prove", "spd-permit"]["edge"].answers == ("met",)


def test_what_cannot_be_proved_dead_is_not_swapped() -> None:
    unmet = reached_without(graph, "spd-prove", but=frozenset({"unmet"}))
    assert "spd-leave" in unmet and not {"spd-permit", "spd-swap"} & unmet


# --- decisions


@pytest.mark.parametrize(
    ("branch", "run", "hazard"),
    [
        ("branch-fire", "run-fire", "fire"),
        ("branch-power", "run-power", "outage"),
        ("branch-network", "run-network", "network"),
        ("branch-water", "run-water", "leak"),
    ],
)
def test_each_hazard_is_asked_for_and_opened_beside_this_run(branch: str, run: str, hazard: str) -> None:
    assert rows.answers(lightning, branch) == ["yes", "no"]
    assert (one(run).target, one(run).hand_over) == (hazard, True)
    assert graph.dag.edges[branch, run]["edge"].answers == ("yes",)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("verdict", ["direct", "induced", "unproved"]),
        ("tripped", ["none", "branch", "main"]),
        ("main-holds", ["holds", "tripped"]),
        ("subrack", ["none", "one", "more"]),
        ("tower", ["sound", "burnt"]),
        ("spd-bad", ["some", "none"]),
        ("earth-test", ["met", "unmet"]),
        ("storm", ["strike", "passed", "stays"]),
    ],
)
def test_a_decision_has_every_answer_of_its_table(decision: str, expected: list[str]) -> None:
    assert rows.answers(lightning, decision) == expected


def test_a_tripped_main_is_closed_once_after_insulation_and_by_the_common_procedure() -> None:
    assert one("main-energise").target == "re-energise"
    assert graph.dag.edges["main-test", "main-energise"]["edge"].answers == ("met",)
    assert rows.ways_into(graph, "main-open") == {"main-test", "main-holds"}
    assert "main-energise" not in reached_without(graph, "main-test")


def test_no_spare_goes_into_a_subrack_with_two_dead_boards_before_its_feed_was_measured() -> None:
    more = reached_without(graph, "subrack", "backplane", but=frozenset({"more"}))
    assert "backplane" in more and not {"part-check", "swap-boards"} & more
    assert one("part-check").verify == "together"


def test_nobody_climbs_a_burnt_tower() -> None:
    assert graph.dag.edges["tower", "tower-kits"]["edge"].answers == ("sound",)
    assert graph.dag.edges["tower", "tower-drone"]["edge"].answers == ("burnt",)


def test_a_dead_fire_panel_means_gas_on_manual_and_a_person_every_round() -> None:
    road = ["panel-out", "panel-gas", "panel-bottles", "panel-round", "panel-back"]
    assert all(earlier in rows.ways_into(graph, later) for earlier, later in pairwise(road))


# --- life safety


def test_what_is_forbidden_indoors_is_announced_line_by_line_before_anybody_looks_round() -> None:
    assert (one("indoors").cls, len(one("indoors").check)) == ("safety", 5)
    assert rows.ways_into(graph, "fire-look") == {"indoors"}


def test_the_roof_is_locked_and_the_down_conductors_are_called_out_before_the_timer_runs() -> None:
    assert one("roof-shut").cls == "safety"
    assert rows.ways_into(graph, "thunder-timer") == {"roof-shut"}


def test_the_struck_are_carried_in_while_somebody_calls() -> None:
    assert rows.ways_into(graph, "hurt-120") == rows.ways_into(graph, "hurt-in") == {"casualty"}
    assert rows.ways_into(graph, "hurt-aid") == {"hurt-in"}


def test_calling_the_brigade_waits_for_nobody() -> None:
    assert (one("call-help").target, one("call-help").hand_over) == ("call-119", True)
    assert rows.ways_into(graph, "call-help") == {"heads"}


def test_the_camera_comes_before_the_door_and_before_every_spd() -> None:
    reached = reached_when_nobody("lightning-msel", "fire-look")
    assert one("fire-look").cls == "safety"
    assert "outdoor-done" in reached and not {"spd-sweep", "spd-isolate", "spd-swap"} & reached


# --- any time, right object, close-out, rehearsals


def test_what_may_happen_at_any_time_is_watched_and_opens_the_other_hazard() -> None:
    opens = {known.id: known.run for known in lightning.watches}
    assert opens == {
        "smoke": "fire", "casualty": None, "hurt-counted": None,
        "power-lost": "outage", "network-lost": "network", "water-in": "leak",
        "thunder-again": None, "hot-found": None, "panel-out": None, "late-fault": None,
    }  # fmt: skip
    assert all(known.until is not None for known in lightning.watches)


def test_the_breaker_above_an_spd_is_worked_by_its_tag() -> None:
    assert {step.id: step.tag for step in lightning.steps if step.tag} == {"spd-isolate": "site.room.spd-tag"}
    for room in book.read().site.rooms:
        assert bound(graph, room.id).steps["spd-isolate"].tag in {tag for tag, _ in room.tags}, room.id


def test_it_closes_by_the_common_procedure_and_restores_what_was_temporary() -> None:
    assert one("close-out").target == "close-out"
    restore = [step for step in lightning.steps if step.lane == "restore"]
    assert [step.id for step in restore] == ["temp-out", "back-to-auto", "rearm", "close-out"]
    assert {step.cls for step in restore} == {"safety"}


def test_every_mark_of_the_trade_is_reached() -> None:
    marks = {mark for step in lightning.steps for mark in step.marks}
    assert marks >= {
        "responded", "dispatched", "arrived", "diagnosed", "recovered", "verified", "closed",
    }  # fmt: skip


@pytest.mark.parametrize("path", book.rehearsals("lightning"), ids=lambda path: path.stem)
def test_a_rehearsal_passes(path: Path) -> None:
    assert book.wrong_end(path) == []


def test_the_rehearsals_take_every_answer_and_every_watch() -> None:
    assert book.untaken("lightning") == set()


INJECTS = (
    ("-20", ("warn-stop", "warn-search")),
    ("0", ("strike-ack",)),
    ("1", ("fire-look",)),
    ("3", ("entry-map",)),
    ("6", ("thunder-timer",)),
    ("9", ("find-people", "call-help", "call-119/ring-120")),
    ("12", ("spd-bad.some", "spd-permit")),
    ("15", ("part-check",)),
    ("20", ("roof-shut",)),
    ("28", ("pwr-second",)),
    ("36", ("smoke",)),
    ("66", ("outside-walk", "spd-sweep")),
    ("90", ("earth-cause", "earth-temp")),
    ("1440", ("late-swap",)),
)


@pytest.mark.parametrize(("after", "reached"), INJECTS)
def test_each_inject_of_the_red_warning_is_answered(after: str, reached: tuple[str, ...]) -> None:
    assert set(reached) <= book.played(book.REHEARSALS / "lightning-msel.yaml").reached, after


def test_a_customer_who_wants_somebody_on_the_roof_is_refused_until_the_timer_has_run() -> None:
    script = book.rehearsal(book.REHEARSALS / "lightning-msel.yaml").script
    wish = next(number for number, line in enumerate(script) if "要人上屋面" in (line.target or ""))
    done = [(line.verb, line.target) for line in script]
    timer = done.index(("done", "thunder-timer"))
    assert wish < timer < done.index(("sign", "outdoor-permit"))
