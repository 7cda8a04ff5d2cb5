"""The four procedures that the runbooks share: calling 119, power back, into a gassed room, the close-out."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.book.rehearsal import Act
from engine.clocks import suggested_level
from engine.graph.around import reached_without
from engine.plan import Back
from tests.content import book, rows
from tests.content.book import graph, rehearsals, runbook, step

PROCEDURES = ("call-119", "re-energise", "gas-re-entry", "close-out")
TRADE = {"responded", "dispatched", "arrived", "diagnosed", "recovered", "verified", "closed"}
SHORTEST = 10
"""Lines of the shortest walk through a procedure."""

PLAYED = [path for name in PROCEDURES for path in rehearsals(name)]


def test_they_read_without_a_fault() -> None:
    assert book.faults_of(*PROCEDURES) == []


@pytest.mark.parametrize("name", PROCEDURES)
def test_a_procedure_is_no_hazard_and_carries_no_mark_of_the_trade(name: str) -> None:
    procedure = runbook(name)
    assert procedure.hazard is None
    assert not {mark for one in procedure.steps for mark in one.marks} & TRADE


def users(name: str) -> list[tuple[str, str]]:
    return [(one.id, step.id) for one in book.read().runbooks for step in one.steps if step.target == name]


def test_119_is_handed_over_behind_no_signature_and_right_behind_no_call() -> None:
    for name, step_id in users("call-119"):
        steps = graph(name).steps
        assert step(runbook(name), step_id).hand_over, name
        assert not {steps[one].kind for one in rows.all_before(graph(name), step_id) & steps.keys()} & {
            "hold"
        }, (
            name,
            step_id,
        )
        last = {edge.earlier for edge in graph(name).into[step_id]} & steps.keys()
        assert not {steps[one].kind for one in last} & {"contact", "wait"}, (name, step_id)


@pytest.mark.parametrize("name", ["re-energise", "gas-re-entry", "close-out"])
def test_whoever_runs_a_procedure_waits_until_it_has_ended(name: str) -> None:
    assert users(name)
    assert not [who for who in users(name) if step(runbook(who[0]), who[1]).hand_over]


# --- calling 119


def test_the_call_starts_with_the_procedure_and_may_be_made_by_anybody() -> None:
    call = step(runbook("call-119"), "ring-119")
    assert graph("call-119").steps["ring-119"].starts
    assert set(call.roles) >= set(dict(runbook("fire").roles)) - {"BRIGADE"}


@pytest.mark.parametrize(
    "fact", ["address", "what burns", "people inside", "gas", "batteries", "high voltage", "call-back"]
)
def test_the_dispatcher_has_heard_every_fact(fact: str) -> None:
    assert any(fact in line.en for line in step(runbook("call-119"), "heard").check)


def test_the_gate_is_manned_at_once_and_the_brigade_is_told_of_power_gas_and_batteries() -> None:
    assert graph("call-119").steps["to-gate"].starts
    told = " ".join(line.en for line in step(runbook("call-119"), "brief").check)
    assert all(word in told for word in ("people", "power", "gas", "batteries"))


# --- power back


def test_power_returns_on_three_signatures_after_insulation_and_dry_air() -> None:
    permit = step(runbook("re-energise"), "permit")
    assert permit.sign is not None
    assert (set(permit.sign.of), permit.sign.need) == ({"PWR", "ENG", "IC"}, 3)
    roads = graph("re-energise")
    for gate in ("locks", "inspect-dry", "megger", "power-list"):
        assert not reached_without(roads, gate) & {"permit", "unlock", "power-up"}, gate
    assert not reached_without(roads, "power-list", but=frozenset({"unmet"})) & {"permit", "power-up"}
    assert not reached_without(roads, "permit", but=frozenset({"refused"})) & {"unlock", "power-up"}


def test_three_rounds_of_drying_are_all_and_then_the_circuit_stays_off() -> None:
    back = roads_back("re-energise", "megger", "unmet")
    assert back == ("inspect-dry", 3)
    assert "unmet" in (graph("re-energise").dag.edges["megger", "stay-off"]["edge"].answers or ())


def roads_back(name: str, step_id: str, answer: str) -> tuple[str, int]:
    way = graph(name).backs[step_id, answer]
    return way.step, way.at_most


# --- into a gassed room


def test_nobody_goes_in_before_two_instruments_the_brigade_and_two_signatures() -> None:
    entry = step(runbook("gas-re-entry"), "re-entry")
    assert entry.sign is not None
    assert (entry.sign.of, entry.sign.need, entry.never_alone) == (("IC", "SEC"), 2, True)
    roads = graph("gas-re-entry")
    inside = {"first-pair", "lamp", "room-open"}
    assert not reached_without(roads, "measure", but=frozenset({"unmet"})) & inside
    assert not reached_without(roads, "measure-second", but=frozenset({"unmet"})) & inside
    assert not reached_without(roads, "brigade-says", but=frozenset({"no"})) & inside
    assert not reached_without(roads, "re-entry", but=frozenset({"refused"})) & inside
    assert not reached_without(roads, "first-pair", but=frozenset({"unmet"})) & {"lamp", "room-open"}


@pytest.mark.parametrize("gas", ["o2", "co", "hf", "co2", "agent-level", "pungent"])
def test_every_gas_is_measured_and_must_be_in_its_limit(gas: str) -> None:
    measure = step(runbook("gas-re-entry"), "measure")
    assert gas in measure.record
    assert measure.expect is not None and gas in str(measure.expect.that)


def test_the_gas_system_is_off_automatic_before_anybody_measures() -> None:
    assert not reached_without(graph("gas-re-entry"), "gas-lock") & {"vent", "measure", "first-pair"}


# --- the close-out


@pytest.mark.parametrize(
    ("line", "step_id"),
    [
        (1, "normal"),
        (2, "customer-says"),
        (3, "temporary-out"),
        (4, "alarms-armed"),
        (5, "spares-ordered"),
        (6, "wash-set"),
        (7, "report-named"),
        (8, "actions-listed"),
        (9, "callback-set"),
        (10, "plan-review"),
    ],
)
def test_every_line_of_the_standard_close_out_is_on_every_road(line: int, step_id: str) -> None:
    assert "all-named" not in reached_without(graph("close-out"), step_id), line


def test_temporary_measures_and_masked_alarms_cannot_be_skipped() -> None:
    procedure = runbook("close-out")
    assert (step(procedure, "temporary-out").each, step(procedure, "temporary-out").cls) == (
        "temporary",
        "safety",
    )
    assert step(procedure, "alarms-armed").cls == "safety"


def test_a_masked_point_is_named_dealt_with_and_counted_again_before_the_close_out_is_complete() -> None:
    procedure, after = runbook("close-out"), graph("close-out")
    for name in ("masked-list", "masked-ticket", "masked-again"):
        assert step(procedure, name).cls == "safety"
        assert name not in reached_without(after, "alarms-armed")
    assert (step(procedure, "masked-ticket").each, step(procedure, "masked-again").record) == (
        "masked-points",
        ("masked",),
    )
    assert procedure.exit == ("masked <= 0",)


def test_a_call_back_outside_its_days_is_asked_again() -> None:
    expect = step(runbook("close-out"), "callback-set").expect
    assert expect is not None and isinstance(expect.otherwise, Back)
    assert (expect.that, expect.otherwise.step) == (
        "callback-days >= site.callback-from and callback-days <= site.callback-until",
        "callback-set",
    )


@pytest.mark.parametrize(("name", "level"), [("call-119-quick", None), ("call-119-wrong-gate", "I")])
def test_somebody_hurt_or_missing_suggests_level_one_in_the_call_to_119(name: str, level: str | None) -> None:
    desk = book.played(book.REHEARSALS / f"{name}.yaml").desk
    assert suggested_level(desk.state, desk.now()) == level


# --- rehearsals

WALKED = sorted({(who, name) for name in (*PROCEDURES, "complaint") for who, _ in users(name)})


@pytest.mark.parametrize(("parent", "procedure"), WALKED)
def test_a_procedure_is_walked_to_its_end_inside_each_runbook_that_runs_it(
    parent: str, procedure: str
) -> None:
    scripts = {path.stem: book.rehearsal(path).script for path in rehearsals(parent)}
    ended = {
        name
        for name, script in scripts.items()
        for line in script
        if (line.inside, line.verb, line.target) == (procedure, "end", "complete")
    }
    assert ended and all(len(_inside(scripts[name], procedure)) >= SHORTEST for name in ended)


def _inside(script: tuple[Act, ...], procedure: str) -> list[Act]:
    """What is done in the run of the procedure."""
    return [line for line in script if line.inside == procedure]


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_a_rehearsal_of_a_procedure_comes_out_as_it_says(path: Path) -> None:
    assert book.wrong_end(path) == []


@pytest.mark.parametrize("name", PROCEDURES)
def test_the_rehearsals_together_take_every_answer(name: str) -> None:
    assert book.untaken(name) == set()
