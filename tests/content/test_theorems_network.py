"""The safety lines of the network (5.3, by its sentences) as theorems: each holds, and each mutant breaks it."""

from __future__ import annotations

from decimal import Decimal

from tests.content.mutants import (
    expecting,
    follows,
    needing,
    set_free,
    signed_by,
    skippable,
    unticked,
    without_line,
)
from tests.content.theorems import NO, YES, Plans, number, theorem


@theorem(
    "5.3-1",
    follows("network", "optical-kind", "optical-read"),
    follows("network", "optical-clean", "cage.ours"),
    follows("network", "laser-off", "cage"),
    signed_by("network", "light-on", "ENG"),
    needing("network", "light-on", None),
    expecting("network", "laser-off", "end-light <= site.rx-dark or end-light > site.rx-dark"),
    unticked("network", "optical-read"),
    without_line("network", "optical-read", "no eye"),
    without_line("network", "optical-read", "capped"),
    without_line("network", "splice", "no eye"),
    skippable("network", "laser-off"),
)
def test_no_fibre_end_is_touched_before_the_power_meter_has_proved_it_dark(plans: Plans) -> None:
    network = plans.of("network")
    network.never_before(("optical-clean", "optical-swap"), "laser-off.met", "light-on")
    network.in_order("optical-read", "laser-off")
    network.expects("laser-off", {"end-light": number("-40")}, {"end-light": number("-10")})
    network.signed("light-on", "ENG", "NET")
    network.needs("light-on", {"end-light": number("-40")}, {"end-light": number("-10")})
    network.ticked("optical-read", "splice")
    network.lines("optical-read", "no eye", "capped")
    network.lines("splice", "no eye")


@theorem(
    "5.3-2",
    follows("network", "spot", "crew-out"),
    unticked("network", "roadside"),
    skippable("network", "roadside"),
    without_line("network", "roadside", "two people"),
    without_line("network", "roadside", "cones"),
    without_line("network", "roadside", "watches traffic"),
)
def test_nobody_works_at_a_roadside_before_cones_and_a_traffic_watch(plans: Plans) -> None:
    network = plans.of("network")
    network.never_before(("spot", "gas-test", "pole-look", "spare", "by-pass", "splice"), "roadside")
    network.ticked("roadside")
    network.lines("roadside", "two people", "cones and lights", "watches traffic")


GOOD_AIR = {"o2": Decimal("20.9"), "h2s": Decimal(0), "lel": Decimal(0)}
BAD_AIR = {"h2s": Decimal(10), "lel": Decimal(10)}


@theorem(
    "5.3-3",
    follows("network", "spare", "spot"),
    follows("network", "manhole-permit", "gas-test"),
    follows("network", "manhole-permit", "gas-test.met", "air-out"),
    signed_by("network", "manhole-permit", "VEN"),
    needing("network", "manhole-permit", None),
    needing("network", "manhole-permit", "o2 >= site.manhole-o2-min and h2s < site.h2s-max"),
    expecting("network", "gas-again", "o2 >= site.manhole-o2-min and lel < site.lel-max"),
    set_free("network", "manhole-o2-min", least=Decimal(18)),
    set_free("network", "h2s-max", most=Decimal(15)),
)
def test_nobody_enters_a_manhole_before_its_air_is_good_and_two_have_signed(plans: Plans) -> None:
    network = plans.of("network")
    network.never_before(("spare", "splice"), "manhole-permit", "manhole-shut", on="spot.manhole")
    network.never_before("manhole-permit", "gas-test.met", "gas-again.met")
    network.never_before("manhole-shut", "gas-again.unmet")
    network.signed("manhole-permit", "ENG", "VEN")
    network.by_two("manhole-permit")
    network.needs("manhole-permit", GOOD_AIR, {"o2": number("19.4"), **BAD_AIR})
    network.needs("manhole-permit", GOOD_AIR, {"o2": number("23.6")})
    for test in ("gas-test", "gas-again"):
        network.expects(test, GOOD_AIR, {"o2": number("19.4"), **BAD_AIR})
        network.expects(test, GOOD_AIR, {"o2": number("23.6")})
    network.no_less("manhole-o2-min", number("19.5"))
    network.no_more("manhole-o2-max", number("23.5"))
    network.no_more("h2s-max", number("10"))
    network.no_more("lel-max", number("10"))


@theorem(
    "5.3-4",
    follows("network", "spare", "spot"),
    follows("network", "pole-permit", "pole-look"),
    expecting("network", "pole-look", "not ice and not pole-live"),
    needing("network", "pole-permit", "not thunder and not ice"),
    signed_by("network", "pole-permit", "ENG"),
)
def test_nobody_climbs_a_pole_in_thunder_on_ice_or_before_it_is_tested_for_voltage(plans: Plans) -> None:
    network = plans.of("network")
    network.never_before(("spare", "splice"), "pole-permit", on="spot.pole")
    network.never_before("pole-permit", "pole-look.met", "pole-wait")
    fine = {"thunder": NO, "ice": NO, "pole-live": NO}
    network.expects("pole-look", fine, {"thunder": YES, "ice": YES, "pole-live": YES})
    network.needs("pole-permit", fine, {"thunder": YES, "ice": YES, "pole-live": YES})
    network.signed("pole-permit", "ENG", "VEN")


@theorem(
    "5.3-5",
    follows("network", "spare", "spot"),
    follows("network", "dig-permit", "dig-utility"),
    follows("network", "dig-gas", "spot.buried"),
    skippable("network", "dig-gas"),
)
def test_nobody_digs_before_the_power_and_the_gas_company_were_called(plans: Plans) -> None:
    network = plans.of("network")
    network.never_before(("spare", "splice"), "dig-permit", on="spot.buried")
    network.in_order("dig-utility", "dig-gas", "dig-permit")
    network.signed("dig-permit", "ENG", "VEN")


@theorem(
    "5.3-6",
    follows("network", "splice", "spare-ok.enough", "by-pass"),
    follows("network", "splice", "arc-air"),
    expecting("network", "arc-air", "arc-lel < site.lel-max or arc-lel >= site.lel-max"),
    expecting("network", "arc-air", "lel < site.lel-max"),
    skippable("network", "arc-clear"),
)
def test_no_splicer_is_lit_before_the_air_around_it_is_free_of_gas(plans: Plans) -> None:
    network = plans.of("network")
    network.never_before("splice", "arc-air.met", "arc-clear")
    network.expects("arc-air", {"arc-lel": number("0")}, {"arc-lel": number("10")})


@theorem(
    "5.3-7",
    follows("network", "optical-read", "cage"),
    signed_by("network", "cage-permit", "ENG"),
    follows("customer-fault", "see-symptom", "gate.open"),
)
def test_nobody_works_in_a_customers_cage_before_two_have_signed_that_the_customer_is_there(
    plans: Plans,
) -> None:
    network = plans.of("network")
    network.never_before(("optical-read", "optical-clean", "optical-swap"), "cage-permit", on="cage.theirs")
    network.never_before("optical-read", "cage.ours", "cage-permit")
    network.signed("cage-permit", "ENG", "CS")
    plans.of("customer-fault").never_before(("see-symptom", "site-fix"), "work-permit")
