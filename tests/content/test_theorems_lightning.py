"""The safety lines of lightning (6.3) as theorems: each holds of the shipped plan, and each mutant breaks it."""

from __future__ import annotations

from decimal import Decimal

from tests.content.mutants import (
    alone,
    changed,
    expecting,
    follows,
    from_outside,
    letting_in,
    needing,
    only_for,
    refused_to,
    set_free,
    signed_by,
    skippable,
    unticked,
    without_line,
)
from tests.content.theorems import MINUTES, NO, YES, Plans, number, theorem

OUTSIDE = ("outside-walk", "tower", "tower-kits", "tower-drone")
CONNECTED = (
    "spd-sweep", "spd-isolate", "spd-swap", "spd-back", "earth-test", "earth-temp", "main-test", "backplane",
    "swap-boards", "branch-energise",
)  # fmt: skip


@theorem(
    "6.3-1",
    follows("lightning", "outside-walk", "strike-ack"),
    follows("lightning", "outdoor-done", "outdoor-permit.signed", "outdoor-wait"),
    follows("lightning", "outdoor-permit", "heads.met", "find-people"),
    follows("lightning", "outdoor-again", "outdoor-permit.refused"),
    follows("lightning", "passed-permit", "storm.passed"),
    follows("lightning", "thunder-permit", "thunder-in"),
    refused_to("lightning", "outdoor-permit", "outdoor-done"),
    signed_by("lightning", "outdoor-permit", "IC"),
    changed("lightning", "thunder-timer", "does not begin again", restart=False),
    set_free("lightning", "thunder-clear", least=20 * MINUTES),
)
def test_nobody_goes_out_within_half_an_hour_of_the_last_thunder(plans: Plans) -> None:
    lightning = plans.of("lightning")
    lightning.never_before(OUTSIDE, "outdoor-permit.signed", "outdoor-again")
    waits = (
        ("outdoor-permit", "thunder-timer"),
        ("outdoor-again", "outdoor-wait"),
        ("passed-permit", "passed-timer"),
    )
    for permit, timer in (*waits, ("thunder-permit", "thunder-rest")):
        lightning.never_before(permit, timer)
        lightning.signed(permit, "IC", "SEC")
        lightning.lasts(timer, "thunder-clear", 30 * MINUTES)
        lightning.claim(lightning.step(timer).restart, f"{timer} does not begin again at thunder")
    lightning.never_before("passed-log", "passed-permit")
    lightning.leads_to("thunder-again", "thunder-in")
    lightning.comes_at_once("thunder-in")


@theorem(
    "6.3-2",
    follows("lightning", "warn-ic", "warn-post"),
    follows("lightning", "warn-heads", "how.warning"),
    follows("lightning", "heads", "strike-ack"),
    skippable("lightning", "call-in"),
    follows("lightning", "outdoor-permit", "thunder-timer"),
    expecting("lightning", "warn-heads", "missing <= 0"),
    expecting("lightning", "thunder-in", "outside <= 0 or outside > 0"),
    only_for("lightning", "outdoor-permit", "MON"),
    skippable("lightning", "warn-stop"),
    follows("lightning", "warn-away", "warn-ic"),
)
def test_before_anything_else_outdoor_work_stops_and_everybody_is_counted_inside(plans: Plans) -> None:
    lightning = plans.of("lightning")
    lightning.in_order("warn-stop", "warn-heads")
    lightning.in_order("call-in", "heads")
    lightning.comes_at_once("call-in", "how", "single-is", "storm")
    lightning.never_before(
        ("warn-ic", "defer-changes", "warn-save", "storm"), "warn-heads.met", "warn-search"
    )
    counted = {"outside": number("0"), "missing": number("0")}
    for count in ("warn-heads", "warn-search"):
        lightning.expects(count, counted, {"outside": number("1"), "missing": number("1")})
    lightning.leads_to("how.warning", "warn-away")
    lightning.comes_at_once("warn-away", "how")
    lightning.comes_at_once("call-away", "how", "single-is")
    lightning.expects("thunder-in", counted, {"outside": number("1")})
    lightning.never_before("outdoor-permit", "heads.met", "find-people")
    lightning.claim(
        lightning.step("outdoor-permit").roles == ("IC",), "the permit has no named decision maker"
    )


@theorem(
    "6.3-3",
    follows("lightning", "spd-sweep", "fire-look"),
    follows("lightning", "earth-test", "strike-ack"),
    follows("lightning", "main-now", "fail-over"),
    follows("lightning", "roof-shut", "strike-ack"),
    unticked("lightning", "indoors"),
    without_line("lightning", "indoors", "plugging"),
    without_line("lightning", "indoors", "refuelling"),
    skippable("lightning", "indoors"),
)
def test_nobody_touches_boards_earth_bars_or_spds_while_it_thunders(plans: Plans) -> None:
    lightning = plans.of("lightning")
    lightning.ticked("indoors")
    lightning.lines("indoors", "corded phone", "feeders", "plugging", "refuelling", "down-conductors")
    lightning.never_before(CONNECTED, "outdoor-permit.signed", "outdoor-again")
    lightning.never_before(("fire-look", "roof-shut", *CONNECTED), "indoors")


OUT_THERE = (
    "outside-walk", "tower-kits", "tower-drone", "spd-sweep", "spd-isolate", "spd-prove", "spd-swap", "spd-back",
    "earth-test", "earth-temp", "earth-cause", "main-test", "main-energise", "backplane", "swap-boards", "rebuild",
    "gen-test", "late-swap", "temp-out", "rearm", "branch-energise",
)  # fmt: skip
"""Outdoors, at SPDs and earths, at an open board, with a plug in the hand: held back at the next thunder.

What was answered, reported and ticketed of it is written indoors.
"""


@theorem(
    "6.3-3",
    from_outside("lightning", "spd-swap"),
    from_outside("lightning", "tower-drone"),
    from_outside("lightning", "main-test"),
    from_outside("lightning", "swap-boards"),
    letting_in("lightning", "thunder-in", None),
    letting_in("lightning", "thunder-in", "outdoor-permit"),
    skippable("lightning", "thunder-permit"),
    alone("lightning", "thunder-permit"),
    changed("lightning", "thunder-rest", "is held back itself", inside=True),
)
def test_at_the_next_thunder_work_outdoors_and_on_spds_is_held_back(plans: Plans) -> None:
    lightning = plans.of("lightning")
    lightning.held_back_by("thunder-in", "thunder-again", "thunder-permit", "IC", "SEC")
    lightning.inside(*OUT_THERE)


@theorem(
    "6.3-4",
    follows("lightning", "thunder-timer", "indoors"),
    skippable("lightning", "roof-shut"),
    unticked("lightning", "roof-shut"),
    set_free("lightning", "step-zone", least=Decimal(1)),
)
def test_the_roof_is_locked_and_the_down_conductors_called_out_before_anybody_is_let_out(
    plans: Plans,
) -> None:
    lightning = plans.of("lightning")
    lightning.never_before(("thunder-timer", "outdoor-permit", *OUTSIDE), "roof-shut")
    lightning.no_less("step-zone", number("3"))
    lightning.lines("roof-shut", "down-conductor")


@theorem(
    "6.3-5",
    follows("lightning", "hurt-120", "outdoor-permit"),
    follows("lightning", "hurt-in", "hurt-120", "thunder-timer"),
    follows("lightning", "counted-aid", "reach-ic"),
    follows("lightning", "call-help", "take-command", "find-people"),
    only_for("lightning", "hurt-120", "IC"),
    skippable("lightning", "hurt-aid"),
)
def test_a_struck_person_is_helped_and_120_called_without_waiting_for_anybody(plans: Plans) -> None:
    lightning = plans.of("lightning")
    for step in ("hurt-120", "hurt-in", "hurt-aid", "counted-aid"):
        lightning.comes_at_once(step)
        lightning.anybody(step)
    lightning.comes_at_once("call-help", "heads")
    lightning.leads_to("casualty", "hurt-120")
    lightning.leads_to("casualty", "hurt-aid")
    lightning.leads_to("heads.unmet", "call-help")
    lightning.sure("hurt-in", "hurt-aid", "counted-aid")


@theorem(
    "6.3-6",
    follows("lightning", "spd-sweep", "outdoor-done"),
    follows("lightning", "hot-again", "hot-found"),
    follows("lightning", "branch-fire", "verdict"),
    follows("lightning", "spd-swap", "spd-prove.met"),
    follows("lightning", "spd-permit", "spd-isolate"),
    unticked("lightning", "fire-look"),
    without_line("lightning", "fire-look", "no cabinet door"),
    needing("lightning", "spd-permit", None),
)
def test_after_a_strike_nothing_is_opened_before_the_thermal_camera_and_nothing_is_swapped_live(
    plans: Plans,
) -> None:
    lightning = plans.of("lightning")
    lightning.never_before(CONNECTED[:4], "fire-look")
    lightning.never_before(("main-test", "backplane", "swap-boards", "branch-off", "main-lock"), "fire-look")
    lightning.ticked("fire-look")
    lightning.lines("fire-look", "two people", "no cabinet door", "fire panel")
    lightning.in_order("hot-open", "hot-again")
    lightning.in_order("spd-isolate", "spd-prove.met", "spd-permit", "spd-swap")
    lightning.never_before("spd-permit", "spd-prove.met")
    lightning.signed("spd-permit", "PWR", "ENG")
    lightning.needs("spd-permit", {"spd-dead": YES}, {"spd-dead": NO})
