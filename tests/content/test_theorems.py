"""What nobody may skip (14) as theorems; and every safety line of the document is one, or has its reason.

Each holds of the shipped plans, and each mutant breaks it. The lines of each hazard stand beside this module.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.content import (
    book,
    test_theorems_lightning,
    test_theorems_network,
    test_theorems_outage,
    test_theorems_water,
    test_theorems_water_ends,
)
from tests.content.mutants import (
    alone,
    changed,
    expecting,
    follows,
    from_outside,
    handed_over,
    letting_in,
    only_for,
    signed_by,
    skippable,
)
from tests.content.test_theorems_fire import SIGNS
from tests.content.theorems import LINES, Plans, claims, number, theorem

# --- 14 what nobody may skip


@theorem(
    "14-119",
    follows("fire", "fire-119", "declare"),
    follows("fire", "fire-119", "first-word.seen", "reach-ic"),
    follows("call-119", "ring-119", "hurt"),
    changed("fire", "fire-119", "is waited for", hand_over=False),
    only_for("fire", "fire-119", "IC", "SEC"),
    skippable("fire", "fire-119"),
    follows("outage", "hot-119", "hot-out", "reach-ic"),
    only_for("call-119", "ring-119", "IC"),
)
def test_calling_119_waits_for_nobody_and_anybody_may(plans: Plans) -> None:
    fire, outage, lightning = (plans.of(name) for name in ("fire", "outage", "lightning"))
    for sign in (
        "first-word.seen",
        "fire-seen.fire",
        "fire-seen.door-hot",
        "search.fire",
        "device-again.worse",
    ):
        fire.leads_to(sign, "fire-119")
    fire.comes_at_once("fire-119", *SIGNS)
    for step in ("li-119", "spread-119", "again-119", "late-119"):
        fire.comes_at_once(step)
    outage.comes_at_once("hot-119")
    lightning.comes_at_once("call-help", "heads")
    for plan, step in ((fire, "fire-119"), (outage, "hot-119"), (lightning, "call-help")):
        plan.claim(plan.step(step).target == "call-119" and plan.step(step).hand_over, f"{step} holds up")
        plan.anybody(step)
        plan.sure(step)
    call = plans.of("call-119")
    call.claim("ring-119" in call.graph.starts, "something stands before the call itself")
    call.anybody("ring-119")


def _hold_points() -> dict[str, list[tuple[str, str]]]:
    """Every step of the book that a hold point of the document stands as, by its id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for runbook in book.read().runbooks:
        for step in runbook.steps:
            for was in step.was:
                if was.startswith("hp-"):
                    found.setdefault(was, []).append((runbook.id, step.id))
    return found


HOLD_POINTS = {"w": ("w1", "w2"), "p": ("p1", "p2"), "n": ("n1", "n2"), "l": ("l1", "l2"), "f": ("f1", "f2")}
OPERATORS = {
    "leak": ("entry-permit", "dead-permit", "look-permit", "second-permit", "return-permit", "row-permit"),
    "outage": ("close-permit", "close-again", "tie-permit", "trip-permit"),
    "lightning": ("spd-permit",),
    "fire": ("rescue-permit", "late-permit"),
}
"""The holds at which two people put their hands to something; the commander is neither of them."""


@theorem(
    "14-hp",
    skippable("leak", "entry-permit"),
    skippable("outage", "return-permit"),
    skippable("lightning", "thunder-timer"),
    skippable("lightning", "spd-prove"),
    skippable("fire", "re-enter"),
    signed_by("network", "core-go", "IC"),
    signed_by("outage", "return-permit", "IC"),
    signed_by("outage", "close-permit", "IC", "PWR"),
    signed_by("leak", "look-permit", "PWR", "ENG", "IC"),
)
def test_no_hold_point_is_skipped_or_passed_by_one_and_the_commander_is_no_operator(plans: Plans) -> None:
    points = _hold_points()
    assert {f"hp-{name}" for names in HOLD_POINTS.values() for name in names} <= points.keys()
    for where in (one for name, found in points.items() if name[3] in HOLD_POINTS for one in found):
        plan = plans.of(where[0])
        plan.sure(where[1])
        if plan.step(where[1]).kind == "hold":
            plan.signed(where[1])
    for name, holds in OPERATORS.items():
        plan = plans.of(name)
        for hold in holds:
            sign = plan.step(hold).sign
            plan.claim(sign is not None and sign.need >= 2, f"{hold} is passed by one")
            plan.claim(sign is not None and "IC" not in sign.of, f"the commander operates at {hold}")


@theorem(
    "14-hp",
    follows("customer-fault", "see-symptom", "arrive"),
    follows("customer-fault", "diagnose", "call-customer"),
    signed_by("customer-fault", "work-permit", "ENG"),
    signed_by("customer-fault", "customer-sign", "CS"),
    signed_by("customer-fault", "report-sign", "PM"),
    skippable("customer-fault", "answered"),
    letting_in("customer-fault", "pull-back", None),
    from_outside("customer-fault", "site-fix"),
    follows("customer-fault", "go-back", "danger"),
    alone("customer-fault", "go-back"),
)
def test_no_hold_point_of_a_customer_fault_is_passed_by_one(plans: Plans) -> None:
    customer = plans.of("customer-fault")
    for hold, roles in (("answered", ("NET", "CS")), ("customer-sign", ("CS", "NET")), ("work-permit", ())):
        customer.signed(hold, *roles)
    sign = customer.step("report-sign").sign
    customer.claim(sign is not None and sign.need >= 2, "the report is signed by one")
    customer.claim(customer.step("report-sign").decides, "the report can go out unsigned")
    customer.never_before("diagnose", "answered")
    customer.never_before(("see-symptom", "site-fix"), "work-permit")
    customer.held_back_by("pull-back", "danger", "go-back")
    customer.inside("see-symptom", "site-fix")


@theorem(
    "14-f03-f10",
    skippable("fire", "fire-declared"),
    skippable("fire", "sweep"),
    skippable("fire", "muster"),
)
def test_evacuation_and_headcount_cannot_be_skipped(plans: Plans) -> None:
    fire = plans.of("fire")
    named = [step.id for step in fire.graph.runbook.steps if {"f03", "f10"} & set(step.was)]
    assert len(named) >= 3
    fire.sure(*named)


CLOSES = ("leak", "outage", "network", "lightning", "fire", "customer-fault")


@theorem(
    "14-close-out",
    skippable("close-out", "temporary-out"),
    skippable("close-out", "alarms-armed"),
    follows("close-out", "spares-ordered", "temporary-out"),
    follows("close-out", "alarms-armed", "customer-says"),
    expecting("close-out", "alarms-armed", "masked >= 0"),
    skippable("leak", "close-out"),
    handed_over("fire", "close-out"),
    follows("outage", "close", "stand-down"),
    skippable("network", "temp-out"),
    skippable("lightning", "rearm"),
)
def test_no_incident_is_closed_before_temporary_measures_are_gone_and_alarms_armed(plans: Plans) -> None:
    procedure = plans.of("close-out")
    procedure.in_order("temporary-list", "temporary-out", "alarms-armed")
    procedure.never_before(("spares-ordered", "all-named"), "alarms-armed.met", "masked-ticket")
    procedure.expects("alarms-armed", {"masked": number("0")}, {"masked": number("1")})
    for name in CLOSES:
        plan = plans.of(name)
        plan.runs("close-out", "close-out")
        plan.never_before("close", "close-out")
    for name in CLOSES[:-1]:
        plans.of(name).in_order("temp-out", "rearm", "close-out")


# --- every line is a theorem, or a word with a reason

LENGTHS = {"3.3": 6, "4.3": 7, "5.3": 7, "6.3": 6, "7.3": 10}
"""How many lines a section has; 5.3 is counted by its sentences, and 7.3-10 is its heading: step 0."""

HAZARDS = (
    test_theorems_water,
    test_theorems_water_ends,
    test_theorems_outage,
    test_theorems_network,
    test_theorems_lightning,
)
"""Where the other lines are; with them they are all known here."""

NOT_SKIPPED = {"14-119", "14-hp", "14-f03-f10", "14-close-out"}


def test_every_safety_line_is_a_theorem_or_says_why_it_is_words_only() -> None:
    page = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = page.partition("## Safety lines that are words only, and why")[2].partition("\n## ")[0]
    words = set(re.findall(r"^\| (\d\.3-\d+) \|", table, re.MULTILINE))
    lines = {f"{section}-{one}" for section, last in LENGTHS.items() for one in range(1, last + 1)}
    assert LINES.keys() | words == lines | NOT_SKIPPED
    assert "3.3-4" in words and "3.3-4" not in LINES


def test_every_step_of_a_section_is_claimed_of_a_step_that_exists() -> None:
    assert len(claims()) > 250
    for claim in claims():
        graph = book.graph(claim.runbook)
        assert {claim.target, *(guard.partition(".")[0] for guard in claim.guards)} <= graph.steps.keys()
