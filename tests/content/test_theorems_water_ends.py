"""How a leak ends, as theorems: nobody inside, no water standing, and no power on water (3.3-1, 3.3-6).

Each holds of the shipped plan, and each mutant breaks it.
"""

from __future__ import annotations

from engine.condition import Value
from tests.content.mutants import changed, expecting, follows, skippable
from tests.content.test_theorems_water import INSIDE
from tests.content.theorems import NO, YES, Plan, Plans, number, theorem

DRY: dict[str, Value] = {"depth": number("0"), "surface-dry": YES}
WET: dict[str, Value] = {"depth": number("0.1"), "surface-dry": NO}
"""What is measured at the wet parts just before power returns."""


@theorem(
    "3.3-6",
    follows("leak", "re-energise", "circuits-off.some"),
    follows("leak", "re-energise", "water-gone"),
    follows("leak", "circuits-off", "pump-out"),
    follows("leak", "start-dryers", "pump-out"),
    expecting("leak", "water-gone", "depth <= 3"),
    expecting("leak", "water-gone", "surface-dry"),
    expecting("leak", "pump-out", "surface-dry"),
    skippable("leak", "water-gone"),
    skippable("leak", "pump-help"),
    changed("leak", "water-gone", "reads no depth", record=("surface-dry",)),
    changed("leak", "pump-help", "is content with some water", wait_until="depth <= 3"),
)
def test_no_power_returns_while_the_last_depth_is_above_zero(plans: Plans) -> None:
    leak = plans.of("leak")
    leak.never_before(("re-energise", "power-back", "racks-up"), "water-gone.met", on="circuits-off.some")
    leak.never_before("re-energise", "water-gone.met")
    leak.expects("water-gone", DRY, WET)
    leak.claim({"depth", "surface-dry"} <= set(leak.step("water-gone").record), "no fresh value is taken")
    leak.never_before(("start-dryers", "dry-out", "circuits-off", "repair"), "pump-out.met", "pump-help")
    leak.expects("pump-out", {"depth": number("0")}, {"depth": number("0.1")})
    leak.sure("pump-help")
    leak.claim(leak.step("pump-help").wait_until == "depth <= 0", "pumping ends with water left")


@theorem(
    "3.3-1",
    follows("leak", "close", "close-out"),
    follows("leak", "log-false", "rearm-rope"),
    follows("leak", "defect-ticket", "second-false.again", "rearm-rope"),
    follows("leak", "rope-out", "clean-rope"),
    skippable("leak", "all-out"),
    skippable("leak", "rope-out"),
    changed("leak", "all-out", "lets two stay inside", wait_until="headcount <= 2"),
    changed("leak", "defect-out", "counts nobody", wait_until="surface-dry"),
)
def test_no_leak_comes_to_its_end_before_a_fresh_count_of_nobody_inside(plans: Plans) -> None:
    leak = plans.of("leak")
    gates = ("all-out", "rope-out", "defect-out", "storm-out")
    leak.never_before([*_ends(leak)], *gates)
    leak.never_before("close", "all-out")
    for gate in gates:
        leak.claim(leak.step(gate).wait_until == "headcount <= 0", f"{gate} counts nobody")
    for step in INSIDE:
        gate = "rope-out" if step in ("clean-rope", "rearm-rope") else "all-out"
        leak.waits(gate, step)
    leak.waits("defect-out", "rearm-rope")


def _ends(plan: Plan) -> list[str]:
    """Every step with which a run of the plan can end."""
    return [plan.graph.closing, *(name for name, one in plan.graph.steps.items() if one.ends)]


@theorem(
    "3.3-6",
    follows("leak", "open-items", "final-check.unmet"),
    skippable("leak", "water-left"),
    expecting("leak", "final-check", "surface-dry"),
    changed("leak", "water-left", "is content with some water", wait_until="depth <= 3"),
)
def test_no_leak_is_stood_down_while_water_stands(plans: Plans) -> None:
    leak = plans.of("leak")
    leak.never_before("stand-down", "final-check.met", "water-left")
    leak.claim(leak.step("water-left").wait_until == "depth <= 0", "stood down in water")
    expect = leak.step("final-check").expect
    leak.claim(expect is not None and "depth <= 0" in (expect.that or ""), "the criteria know no water")
