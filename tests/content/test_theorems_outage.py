"""The safety lines of a long outage (4.3) as theorems: each holds of the shipped plan, and each mutant breaks it."""

from __future__ import annotations

from decimal import Decimal

from engine.condition import Value
from tests.content.mutants import (
    changed,
    expecting,
    follows,
    needing,
    refused_to,
    set_free,
    signed_by,
    skippable,
    unticked,
    without_line,
)
from tests.content.theorems import MINUTES, NO, YES, Plans, number, theorem


@theorem(
    "4.3-1",
    follows("outage", "close-breaker", "crank-runs.runs"),
    follows("outage", "tie-close", "transferred.stays"),
    follows("outage", "burnt-close", "burnt-cable"),
    follows("outage", "trip-load", "trip-swap"),
    follows("outage", "set-state", "gen-stable.dead"),
    follows("outage", "trip-swap", "trip-read"),
    refused_to("outage", "close-permit", "close-breaker"),
    signed_by("outage", "close-permit", "PWR"),
    signed_by("outage", "trip-permit", "PWR", "IC"),
    unticked("outage", "kit"),
    skippable("outage", "kit"),
    unticked("outage", "trip-cause"),
    unticked("outage", "eod-open"),
    without_line("outage", "kit", "headlamps"),
    without_line("outage", "kit", "8 cal/cm2"),
    without_line("outage", "kit", "two people"),
)
def test_no_breaker_is_closed_without_two_names_and_no_panel_is_touched_without_the_kit(plans: Plans) -> None:
    outage = plans.of("outage")
    outage.never_before("close-breaker", "close-permit.signed", "close-again")
    outage.never_before("tie-close", "tie-permit")
    outage.never_before("trip-load", "trip-permit")
    outage.never_before("burnt-close", "burnt-permit")
    outage.in_order("burnt-lock", "burnt-cable", "burnt-permit")
    for permit in ("close-permit", "close-again", "tie-permit", "burnt-permit", "trip-permit"):
        outage.signed(permit, "PWR", "ENG")
        outage.by_two(permit)
    outage.lines("kit", "two people", "headlamps", "arc PPE of 8 cal/cm2")
    outage.lines("trip-cause", "two people", "headlamps", "arc PPE")
    outage.lines("eod-open", "two people", "face shield", "insulated tools")
    by_hand = (
        "set-state",
        "start-check",
        "crank",
        "standby-start",
        "jump-pack",
        "bleed-filter",
        "vehicle-start",
    )
    outage.never_before(by_hand, "kit")
    outage.never_before("trip-swap", "trip-cause")


A_SET: dict[str, Value] = {
    "gen-volts": number("400"),
    "gen-hz": number("50"),
    "rotation": YES,
    "interlock": YES,
}
NO_SET: dict[str, Value] = {
    "gen-volts": number("389"),
    "gen-hz": number("49"),
    "rotation": NO,
    "interlock": NO,
}
UTILITY: dict[str, Value] = {
    "utility-volts": number("384"),
    "utility-volts-high": number("388"),
    "utility-hz": number("50"),
}
NO_UTILITY: dict[str, Value] = {
    "utility-volts": number("300"),
    "utility-volts-high": number("480"),
    "utility-hz": number("47"),
}


@theorem(
    "4.3-1",
    needing("outage", "close-permit", None),
    needing("outage", "close-again", "gen-volts >= site.gen-volts-min"),
    needing("outage", "trip-permit", "rotation"),
    needing("outage", "tie-permit", "interlock"),
    needing("outage", "burnt-permit", "rotation"),
    needing("outage", "one-permit", None),
    needing("outage", "return-permit", None),
    needing("outage", "return-again", "utility-volts >= site.utility-volts-min"),
)
def test_no_supply_is_switched_on_against_what_the_instruments_say_or_without_them(plans: Plans) -> None:
    outage = plans.of("outage")
    for permit in ("close-permit", "close-again", "trip-permit"):
        outage.needs(permit, A_SET, NO_SET)
    outage.needs("burnt-permit", {**A_SET, "bus-dead": YES}, {**NO_SET, "bus-dead": NO})
    outage.needs("one-permit", {**UTILITY, "rotation": YES}, {**NO_UTILITY, "rotation": NO})
    outage.needs("tie-permit", {"bus-dead": YES, "interlock": YES}, {"bus-dead": NO, "interlock": NO})
    for permit in ("return-permit", "return-again"):
        outage.needs(permit, {**UTILITY, "rotation": YES}, {**NO_UTILITY, "rotation": NO})


@theorem(
    "4.3-2",
    follows("outage", "vehicle-start", "vehicle-place"),
    follows("outage", "backfeed-lock", "vehicle-place"),
    follows("outage", "close-permit", "vehicle-place"),
    expecting("outage", "backfeed-lock", "interlock or not interlock"),
    skippable("outage", "backfeed-lock"),
    skippable("outage", "backfeed-tell"),
    unticked("outage", "portable-place"),
    without_line("outage", "portable-place", "backfeed"),
    follows("outage", "return-one", "utility-good"),
)
def test_no_temporary_set_runs_before_the_interlock_is_tried_and_the_utility_told(plans: Plans) -> None:
    outage = plans.of("outage")
    outage.in_order("vehicle-place", "backfeed-tell", "backfeed-lock", "vehicle-start")
    outage.leads_to("power-comes.vehicle", "vehicle-start")
    outage.waits("close-permit", "vehicle-start")
    outage.expects("backfeed-lock", {"interlock": YES}, {"interlock": NO})
    outage.lines("portable-place", "no backfeed")
    outage.never_before("return-one", "return-permit.signed", "return-again")


@theorem(
    "4.3-3",
    follows("outage", "sites-power", "sites-road"),
    follows("outage", "vehicle-start", "power-comes.vehicle"),
    expecting("outage", "portable-place", "co < site.co-act"),
    expecting("outage", "vehicle-place", "exhaust-gap >= site.exhaust-gap"),
    set_free("outage", "exhaust-gap", least=Decimal(2)),
    skippable("outage", "portable-place"),
    follows("outage", "co-out", "how"),
    without_line("outage", "portable-place", "CO alarm"),
)
def test_no_set_runs_before_it_stands_outdoors_with_its_exhaust_away_and_the_air_measured(
    plans: Plans,
) -> None:
    outage = plans.of("outage")
    outage.never_before("sites-power", "portable-place")
    outage.never_before("vehicle-start", "vehicle-place")
    outage.no_less("exhaust-gap", number("5"))
    outage.no_more("co-act", number("35"))
    good = {"exhaust-gap": number("5"), "co": number("0")}
    for place in ("portable-place", "vehicle-place"):
        outage.expects(place, good, {"exhaust-gap": number("4.9"), "co": number("35")})
    outage.lines("portable-place", "CO alarm")
    outage.leads_to("co-high", "co-out")
    outage.sure("co-out", "co-clear")


@theorem(
    "4.3-4",
    follows("outage", "sites-fuel", "sites-power"),
    skippable("outage", "sites-cool"),
    changed("outage", "sites-cool", "cools as long as somebody likes", span=None, wait_until="fan"),
    set_free("outage", "refuel-cool", least=MINUTES),
    follows("outage", "refuel", "tanker-state.coming"),
    unticked("outage", "refuel-safe"),
    unticked("outage", "sites-fuel"),
    without_line("outage", "refuel-safe", "earthed"),
    without_line("outage", "refuel-safe", "spill kit"),
    without_line("outage", "sites-fuel", "extinguisher"),
)
def test_no_fuel_flows_before_the_set_has_cooled_and_earth_smoke_and_extinguisher_are_ticked(
    plans: Plans,
) -> None:
    outage = plans.of("outage")
    outage.never_before("sites-fuel", "sites-cool")
    outage.lasts("sites-cool", "refuel-cool", 5 * MINUTES)
    outage.never_before("refuel", "refuel-safe")
    outage.lines("refuel-safe", "earthed", "no smoking", "no phones", "35 kg extinguisher", "spill kit")
    outage.lines("sites-fuel", "no smoking", "no phone", "extinguisher")


@theorem(
    "4.3-5",
    follows("outage", "recharge-start", "return-two"),
    follows("outage", "gen-charge", "load-rest"),
    skippable("outage", "fan-on"),
    expecting("outage", "gen-fan", "fan"),
    expecting("outage", "fan-on", "h2 < site.h2-act"),
    set_free("outage", "h2-act", most=Decimal(4)),
)
def test_no_battery_is_charged_before_its_room_is_ventilated_and_hydrogen_is_low(plans: Plans) -> None:
    outage = plans.of("outage")
    outage.never_before(("recharge-start", "recharge-less", "recharge"), "fan-on")
    outage.never_before("gen-charge", "gen-fan")
    outage.no_more("h2-act", number("1"))
    for fan in ("fan-on", "gen-fan"):
        outage.expects(fan, {"fan": YES, "h2": number("0.2")}, {"fan": NO, "h2": number("1")})


@theorem(
    "4.3-6",
    follows("outage", "lifts", "reach-ic"),
    follows("outage", "doors", "lifts"),
    follows("outage", "lift-rescue", "lifts.trapped"),
    skippable("outage", "lift-talk"),
)
def test_lifts_are_asked_at_once_and_security_does_nothing_else_before_they_are_empty(plans: Plans) -> None:
    outage = plans.of("outage")
    outage.comes_at_once("lifts", "ack")
    outage.never_before("doors", "lifts.empty", "lift-out")
    outage.in_order("lifts.trapped", "lift-talk", "lift-rescue", "lift-out")
    outage.leads_to("lifts.trapped", "lift-out")
    outage.sure("lifts", "lift-talk", "lift-rescue", "lift-out")


@theorem(
    "4.3-7",
    follows("outage", "portable-place", "sites-road"),
    follows("outage", "sites-permit", "sites-road.ice"),
    unticked("outage", "sites-chains"),
    without_line("outage", "sites-chains", "two people"),
    signed_by("outage", "sites-permit", "IC"),
)
def test_no_car_leaves_on_ice_or_at_night_without_chains_two_people_and_two_names(plans: Plans) -> None:
    outage = plans.of("outage")
    outage.never_before(("portable-place", "sites-power"), "sites-permit", on="sites-road.ice")
    outage.never_before(("portable-place", "sites-power"), "sites-road.clear", "sites-permit")
    outage.never_before("sites-permit", "sites-chains")
    outage.lines("sites-chains", "chains on", "two people")
    outage.signed("sites-permit", "IC", "PWR")
