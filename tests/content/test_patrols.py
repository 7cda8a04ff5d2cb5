"""Every row of the inspection tables: in which patrol it stands, what is read, and within which limits."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.graph.around import reached_without
from engine.plan import Runbook
from tests.content import book
from tests.content.book import branches, graph, is_default, rehearsals, runbook, step, taken
from tests.content.patrol_rows import DEFAULTS, PARTS, ROWS
from tests.content.patrols import parameters, walk

PATROLS = sorted({f"patrol-{patrol}" for patrol, _, _ in ROWS})
ON_PATROL = [one.id for one in book.read().runbooks if one.patrol is not None]
ASKED_FIRST = {
    "patrol-weekly": {"season"},
    "patrol-yearly": {"battery-age", "load-bank-due", "black-go", "black-later", "bottle-age"},
    "patrol-half-yearly": {"battery-count"},
    "patrol-after-strike": {"thunder-wait", "roof-permit", "counter"},
}
"""Steps that hold no row of their own: what the rows behind them depend on, and what is only put down."""


def limit_of(of: Runbook, step_id: str) -> str:
    one = step(of, step_id)
    if one.kind == "run":
        return f"run: {one.target}"
    assert one.expect is not None and one.expect.that is not None and one.expect.finding, step_id
    return one.expect.that


@pytest.mark.parametrize(("patrol", "step_id", "limit"), ROWS)
def test_a_row_stands_in_its_patrol_with_its_limit_and_leaves_a_finding(
    patrol: str, step_id: str, limit: str
) -> None:
    of = runbook(f"patrol-{patrol}")

    assert limit_of(of, step_id) == limit
    assert step(of, step_id).roles
    assert step(of, step_id).takes is not None or limit.startswith("run: ")


@pytest.mark.parametrize("part", PARTS)
def test_a_row_of_several_patrols_is_written_once_in_a_part_that_they_run(part: str) -> None:
    users = [one.id for one in book.read().runbooks if any(each.target == part for each in one.steps)]

    assert {one.id: limit_of(runbook(part), one.id) for one in runbook(part).steps} == PARTS[part]
    assert runbook(part).patrol == "part"
    assert len(users) > 1 and all(user in PATROLS for user in users)


def test_no_row_is_in_the_book_that_is_not_in_the_tables() -> None:
    written = {(name, one.id) for name in PATROLS for one in runbook(name).steps}
    told = {(f"patrol-{patrol}", step_id) for patrol, step_id, _ in ROWS}

    extra = {(name, one) for name, steps in ASKED_FIRST.items() for one in steps}
    last = {(name, "findings-handed") for name in PATROLS}
    assert written - told - extra - last == set()
    assert sorted([*PATROLS, *PARTS]) == sorted(ON_PATROL)


def test_their_limits_are_those_of_the_tables() -> None:
    assert [name for name, amount in DEFAULTS.items() if not is_default(name, amount)] == []


def test_every_limit_they_use_is_a_parameter_of_the_site() -> None:
    used = {fact.id for _, _, limit in ROWS for fact in parameters("" if limit.startswith("run") else limit)}

    assert used <= {fact.id for fact in book.read().site.parameters}
    assert len(used) > 35


@pytest.mark.parametrize("name", ON_PATROL)
def test_they_read_without_a_fault_and_are_no_hazard(name: str) -> None:
    assert book.faults_of(f"patrols/{name}") == []
    assert runbook(name).hazard is None and runbook(name).released_by is not None


def test_each_period_has_its_patrols() -> None:
    periods = {name.removeprefix("patrol-"): runbook(name).patrol for name in PATROLS}

    assert periods == {
        "shift": "shift", "daily": "daily", "thunder-daily": "daily", "weekly": "weekly", "monthly": "monthly",
        "quarterly": "quarterly", "half-yearly": "half-yearly", "yearly": "yearly", "rain-season": "pre-season",
        "thunder-season": "pre-season", "winter": "pre-season", "after-strike": "on-event", "storm": "on-event",
    }  # fmt: skip


CALLS = {
    "patrol-shift": {"water-found": "leak", "power-lost": "outage", "fire-found": "fire"},
    "patrol-daily": {"water-drips": "leak", "network-down": "network", "joint-hot": "fire"},
    "patrol-thunder-daily": {"strike-found": "lightning"},
    "patrol-monthly": {"transfer-failed": "outage"},
    "patrol-yearly": {"start-failed": "outage", "exit-lost": "network"},
    "rows-batteries": {"hot-cell": "fire"},
}
"""What is no finding to be mended some day but an emergency now: the runbook it calls for."""


def test_what_is_an_emergency_calls_for_its_runbook_and_each_hazard_is_called_for() -> None:
    called = {
        name: {one.id: one.run for one in runbook(name).watches}
        for name in ON_PATROL
        if runbook(name).watches
    }

    assert called == CALLS
    assert {run for watches in CALLS.values() for run in watches.values()} == {
        "leak", "outage", "network", "lightning", "fire",
    }  # fmt: skip


def test_every_call_is_rehearsed() -> None:
    reached = taken(rehearsals("patrol"))
    wanted = {one for name in PATROLS for one in branches(runbook(name))} | {"rows-batteries/hot-cell"}

    assert wanted - reached == set()


# --- walked from end to end


@pytest.mark.parametrize("patrol", PATROLS)
def test_a_patrol_in_which_all_is_normal_ends_complete_and_leaves_nothing_open(patrol: str) -> None:
    walked = walk(patrol, normal=True)

    assert [(one.run[0], one.ended, one.findings) for one in walked] == [("P", "complete", [])] * len(walked)


@pytest.mark.parametrize("patrol", PATROLS)
def test_a_patrol_in_which_nothing_is_normal_leaves_a_finding_of_every_row_it_came_to(patrol: str) -> None:
    walked = walk(patrol, normal=False)

    names = [patrol, *(one.target for one in runbook(patrol).steps if one.kind == "run")]
    for name, one in zip(names, walked, strict=True):
        rows = {each.id for each in runbook(name or "").steps if each.expect is not None}
        left = {note.step: note.text for note in one.findings}
        assert set(left) == {row for row in rows if one.steps[row] == "done"}
        assert all(text.count("; ") == 2 and "site." not in text for text in left.values())


def test_a_finding_says_place_reading_value_and_limit() -> None:
    [patrol, batteries] = walk("patrol-shift", normal=False)

    left = {note.step: note.text for note in [*patrol.findings, *batteries.findings]}
    assert (
        left["leak-panel"]
        == "A1; zones-alarm = 0 zones, zones-off = 500 zones; zones-alarm <= 0 and zones-off <= 0"
    )
    assert left["gen-ready"] == (
        "油机房 / generator house; gen-auto = yes, start-volts = 0 V; gen-auto and start-volts >= 24 V"
    )
    assert left["battery-cells"] == "A1; cell-temp = 200 C; cell-temp <= 30 C"


# --- what must never be


def test_no_detector_and_no_linkage_is_tried_while_a_solenoid_may_still_be_fitted() -> None:
    [walked] = walk("patrol-quarterly", normal=False)

    assert walked.steps["solenoids-off"] == "done"
    for one in ("detectors", "dampers"):
        assert one not in reached_without(graph("patrol-quarterly"), "solenoids-off")
        assert step(runbook("patrol-quarterly"), one).only_when == "solenoids-on <= 0"
        assert walked.steps[one] == "passed"


def test_solenoids_come_back_and_the_panel_is_looked_at_before_anything_else_of_the_fire_lane() -> None:
    of = graph("patrol-quarterly")

    assert "panel-back" not in reached_without(of, "solenoids-back")
    assert "lights" not in reached_without(of, "panel-back")
    assert {step(runbook("patrol-quarterly"), one).cls for one in ("solenoids-off", "solenoids-back")} == {
        "safety"
    }


def test_nobody_goes_onto_the_roof_before_the_thunder_has_passed() -> None:
    waiting = step(runbook("patrol-after-strike"), "thunder-wait")

    assert waiting.kind == "wait" and waiting.restart and waiting.cls == "safety"
    assert waiting.span is not None and waiting.span.length >= timedelta(minutes=30)
    permit = step(runbook("patrol-after-strike"), "roof-permit")
    assert (
        permit.kind == "hold" and permit.sign is not None and len(permit.sign.of) == 2 and permit.never_alone
    )
    for one in ("surge", "tested"):
        assert one not in reached_without(graph("patrol-after-strike"), "thunder-wait")
        assert one not in reached_without(graph("patrol-after-strike"), "roof-permit")


@pytest.mark.parametrize("name", PATROLS)
def test_whoever_goes_onto_a_roof_reads_why_and_ticks_that_no_thunder_is_near(name: str) -> None:
    for one in runbook(name).steps:
        if one.where is not None and one.where.en == "the roof":
            assert one.warn is not None and "没有雷声" in one.check[0].zh


def test_nobody_goes_into_a_manhole_whose_air_was_not_good() -> None:
    [walked] = walk("patrol-quarterly", normal=False)

    assert "closures" not in reached_without(graph("patrol-quarterly"), "manhole-air")
    assert (walked.steps["manhole-air"], walked.steps["closures"]) == ("done", "passed")


def test_nobody_black_starts_the_site_before_two_people_signed_and_whoever_refuses_sets_another_day() -> None:
    go = step(runbook("patrol-yearly"), "black-go")

    assert go.sign is not None and len(go.sign.of) == 2 and go.cls == "safety"
    assert "black-start" not in reached_without(graph("patrol-yearly"), "black-go")
    assert "tie-in" in reached_without(graph("patrol-yearly"), "black-start")


def test_no_battery_is_discharged_before_what_must_be_so_is_ticked() -> None:
    for name, one in (
        ("patrol-half-yearly", "ups-blocks"),
        ("patrol-yearly", "cells-check"),
        ("patrol-yearly", "cells-capacity"),
        ("patrol-yearly", "blocks-capacity"),
    ):
        assert len(step(runbook(name), one).check) == 3
        assert one not in reached_without(graph(name), "battery-count" if "half" in name else "battery-age")
        assert graph(name).order.index(one) < graph(name).order.index("recharged")


@pytest.mark.parametrize("name", ON_PATROL)
def test_a_watch_is_called_by_words_and_not_by_its_condition(name: str) -> None:
    assert [one.id for one in runbook(name).watches if one.words is None] == []
