"""The safety lines that stand in the runbooks: they say what the theorems say, and lint tells who breaks them where."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from engine.graph import StepGraph
from engine.lint.safety import safety_faults
from engine.lint.safety_site import loosened_site
from engine.plan import Runbook
from tests.content import book, test_theorems
from tests.content.mutants import alone, follows, from_outside, needing, signed_by, skippable
from tests.content.theorems import LINES, MUTANTS, Mutant, claims

assert test_theorems.CLOSES, "with it every module of theorems is known"

WITH_LINES = (
    "leak", "outage", "network", "lightning", "fire", "customer-fault", "re-energise", "gas-re-entry", "call-119",
    "close-out",
)  # fmt: skip

WORDS_OF_A_STEP = 7
"""So many mutants change what no claim can say: what is read, by whom a single step is done, an `only_when`."""


def changed_step(mutant: Mutant, graph: StepGraph) -> str | None:
    """The step that the mutant changed; None where it changed the site."""
    was = book.runbook(mutant.runbook).steps
    return next((one.id for one, other in zip(graph.runbook.steps, was, strict=True) if one != other), None)


def lines_of(plan: Runbook, step: str) -> range:
    """The lines of the file at which a step stands."""
    begins = sorted(plan.where(one.id).line for one in plan.steps)
    first = plan.where(step).line
    after = next((line for line in begins if line > first), plan.where("safety").line)
    return range(first, after)


def only(graph: StepGraph, line: str) -> StepGraph:
    """The graph with the one safety line, and with what the book says of every step: less to prove."""
    kept = tuple(one for one in graph.runbook.safety if one.line in (line, "14"))
    return replace(graph, runbook=replace(graph.runbook, safety=kept))


def outcome(line: str, mutant: Mutant) -> str:
    graph = mutant.graph()
    step = changed_step(mutant, graph)
    if step is None:
        whole = replace(book.read(), site=graph.site)
        data = (book.BOOK / "site.yaml").read_bytes()
        return "at the step" if list(loosened_site(data, "site.yaml", whole)) else "missed"
    found = safety_faults(only(graph, line))
    if not found:
        return "missed"
    inside = lines_of(graph.runbook, step)
    return "at the step" if any(one.place.line in inside for one in found) else "elsewhere"


def test_whoever_breaks_a_theorem_is_refused_by_lint_at_the_step_that_was_changed() -> None:
    came = {f"{mutant.runbook}: {mutant.said}": outcome(line, mutant) for line, mutant in MUTANTS}
    counted = Counter(came.values())
    print(counted, [said for said, one in came.items() if one != "at the step"])

    assert len(came) > 400
    assert counted["missed"] <= WORDS_OF_A_STEP
    assert counted["at the step"] >= 0.97 * len(came)


def test_every_order_that_the_theorems_claim_stands_in_the_book() -> None:
    said = {
        (plan.id, step, frozenset(claim.never_before), claim.on)
        for plan in book.read().runbooks
        for line in plan.safety
        for claim in line.claims
        for step in claim.steps
    }
    missing = [
        one for one in claims() if (one.runbook, one.target, frozenset(one.guards), one.on) not in said
    ]

    assert missing == []


def test_every_line_of_the_theorems_stands_in_some_runbook_and_every_hazard_has_its_lines() -> None:
    said = {line.line for plan in book.read().runbooks for line in plan.safety}

    assert LINES.keys() <= said
    assert all(book.runbook(name).safety for name in WITH_LINES)


@pytest.mark.parametrize("name", WITH_LINES)
def test_the_shipped_plan_keeps_its_safety_lines(name: str) -> None:
    assert safety_faults(book.graph(name)) == []


@pytest.mark.parametrize(
    ("mutant", "key"),
    [
        (follows("leak", "enter", "doorway"), "after"),
        (signed_by("leak", "entry-permit", "PWR"), "sign"),
        (needing("leak", "entry-permit", "gap >= 1"), "needs"),
        (skippable("fire", "sweep"), "class"),
        (alone("leak", "entry-permit"), "never_alone"),
        (from_outside("leak", "contain"), "inside"),
    ],
    ids=lambda one: one.said if isinstance(one, Mutant) else one,
)
def test_the_place_is_the_key_that_breaks_the_line(mutant: Mutant, key: str) -> None:
    graph = mutant.graph()
    step = changed_step(mutant, graph)

    assert graph.runbook.where(f"{step}.{key}").line in {one.place.line for one in safety_faults(graph)}


def test_a_guard_that_is_gone_is_told_at_the_claim_and_the_plan_can_be_opened() -> None:
    plan = book.runbook("close-out")
    line = plan.safety[0]
    claim = replace(line.claims[0], never_before=("nobody-knows",))
    broken = replace(plan, safety=(replace(line, claims=(claim,)),))
    graph = replace(book.graph("close-out"), runbook=broken)

    (fault,) = safety_faults(graph)
    assert fault.place.line >= plan.where("safety").line
    assert "nobody-knows" in fault.sentence("en") and "nobody-knows" in fault.sentence("zh")
