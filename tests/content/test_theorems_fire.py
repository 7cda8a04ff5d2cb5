"""The safety lines of fire (7.3) as theorems: each holds of the shipped plan, and each mutant breaks it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from engine.condition import Value
from tests.content.mutants import (
    alone,
    changed,
    expecting,
    follows,
    from_outside,
    handed_over,
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

SIGNS = ("first-word", "fire-seen", "search", "device-again")
"""Where somebody may say that it is a fire."""


BY_HAND = ("gas-start", "gas-mechanical")
ALL_OUT = ("inside.clear", "rescue-result.out", "brigade-rescue", "late-wait")
"""Each says that nobody is inside; the last for who is found there when no fire was declared."""
INTO_THE_ROOM = ("survey", "clean-order", "clean", "cover-manual", "cover-set", "fire-watch", "racks-up")


@theorem(
    "7.3-1",
    follows("fire", "gas-start", "gas-mode.manual"),
    follows("fire", "gas-mechanical", "auto-discharged.no"),
    follows("fire", "gas-gate", "fire-declared"),
    follows("fire", "gas-mode", "inside", "fight-leave", "dampers"),
    follows("fire", "gas-mode", "sweep", "rescue-result", "fight-leave", "dampers", "late-wait"),
    follows("fire", "gas-mode", "inside", "rescue-result", "brigade-rescue", "fight-leave", "late-wait"),
    follows("fire", "gas-mode", "inside", "rescue-result", "brigade-rescue", "dampers", "late-wait"),
    follows("fire", "inside", "fire-declared"),
    refused_to("fire", "gas-gate", "gas-start"),
    signed_by("fire", "gas-gate", "IC"),
    skippable("fire", "sweep"),
    skippable("fire", "fire-declared"),
    follows("fire", "gas-gate", "gas-mode.manual", "auto-discharged.no"),
    changed("fire", "gas-clear", "lets two stay inside", wait_until="headcount <= 2"),
    changed("fire", "gas-clear", "may be ended by an older count", cls="mandatory"),
    set_free("fire", "gas-delay", most=MINUTES),
    needing("fire", "gas-gate", None),
    needing("fire", "gas-gate", "headcount <= 1"),
)
def test_no_gas_is_released_before_the_zone_is_swept_and_nobody_is_inside(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.in_order("fire-declared", "sweep", "inside")
    for released in (*BY_HAND, "gas-auto", "gas-gate"):
        fire.never_before(released, *ALL_OUT)
        for first in ("sweep", "fight-leave", "dampers"):
            fire.never_before(released, first, "late-wait")
            fire.waits(released, first)
    fire.never_before(BY_HAND, "gas-gate.signed")
    fire.signed("gas-gate", "IC", "SEC")
    fire.by_two("gas-gate")
    fire.in_order("gas-clear", "gas-gate")
    fire.needs("gas-gate", {"headcount": number("0")}, {"headcount": number("1")})
    clear = fire.step("gas-clear")
    fire.claim(
        (clear.kind, clear.wait_until, clear.cls) == ("wait", "headcount <= 0", "safety"),
        "the gate does not wait until nobody is inside",
    )
    fire.no_more("gas-delay", timedelta(seconds=30))


@theorem(
    "7.3-2",
    follows("fire", "rescue-permit", "inside.someone"),
    follows("fire", "stop-manual", "inside.someone"),
    follows("fire", "late-119", "inside-late"),
    follows("fire", "search", "fire-seen.none"),
    follows("fire", "gas-mode", "inside", "rescue-result", "brigade-rescue", "fight-leave", "dampers"),
    follows("gas-re-entry", "vent", "shut-out"),
    follows("fire", "false-log", "rack-return", "false-clean"),
    follows("fire", "final-check", "declare-recovered"),
    skippable("fire", "hold-stop"),
    skippable("fire", "leave-auto"),
)
def test_whoever_is_inside_has_the_stop_held_and_the_gas_on_manual_and_it_goes_back_to_automatic(
    plans: Plans,
) -> None:
    fire = plans.of("fire")
    fire.in_order("hold-stop", "stop-manual", "rescue-permit")
    fire.never_before(("rescue-go", "brigade-rescue"), "stop-manual")
    fire.never_before(("late-119", "late-permit", "late-go", "late-wait"), "late-stop")
    fire.leads_to("late-stop", "late-wait")
    fire.waits("gas-mode", "late-wait")
    fire.never_before(("search", "rack-off", "false-clean"), "search-manual")
    plans.of("gas-re-entry").never_before(("measure", "first-pair", "room-open"), "gas-lock")
    fire.never_before("false-log", "leave-auto.met", "panel-fault")
    fire.never_before("final-check", "auto-back.met", "auto-ticket")


@theorem(
    "7.3-3",
    follows("fire", "after-soak", "gas-out"),
    follows("fire", "survey", "fire-out"),
    follows("fire", "re-enter", "gas-out"),
    follows("fire", "re-entry-proved", "fire-out"),
    refused_to("fire", "re-entry-proved", "survey"),
    handed_over("fire", "re-enter"),
    skippable("fire", "soak"),
    set_free("fire", "soak-time", least=5 * MINUTES),
    follows("gas-re-entry", "measure", "vent"),
    follows("gas-re-entry", "measure-second", "vent-wait"),
    follows("gas-re-entry", "first-pair", "brigade-says.agreed"),
    follows("gas-re-entry", "room-open", "first-pair.met"),
    follows("gas-re-entry", "lamp", "first-pair"),
    signed_by("gas-re-entry", "re-entry", "IC"),
    needing("gas-re-entry", "re-entry", None),
    needing("gas-re-entry", "re-entry", "o2 >= site.o2-min and hf <= site.hf-max"),
    expecting("gas-re-entry", "measure", "o2 >= site.o2-min"),
    set_free("gas-re-entry", "o2-min", least=Decimal(18)),
    set_free("gas-re-entry", "co-max", most=Decimal(100)),
    set_free("gas-re-entry", "vent-ach", least=Decimal(2)),
    set_free("gas-re-entry", "lel-max", most=Decimal(25)),
    follows("gas-re-entry", "gas-lock", "shut-out", "rescue-119"),
    changed("gas-re-entry", "rescue-brigade", "lets two stay inside", wait_until="headcount <= 2"),
    alone("gas-re-entry", "first-pair"),
)
def test_nobody_is_in_the_room_again_before_soak_air_two_instruments_and_two_names(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.in_order("soak", "after-soak")
    fire.lasts("soak", "soak-time", 10 * MINUTES)
    fire.leads_to("gas-out", "after-soak")
    fire.waits("fire-out", "after-soak")
    fire.in_order("fire-out", "re-enter", "re-entry-proved")
    fire.runs("re-enter", "gas-re-entry")
    fire.never_before(INTO_THE_ROOM, "re-entry-proved.signed", "room-sealed")
    fire.never_before(INTO_THE_ROOM[:-1], "re-entry-proved.signed")
    _the_air_is_proved_first(plans)


def _the_air_is_proved_first(plans: Plans) -> None:
    """The lemma: ventilated, measured twice, signed, a pair with apparatus; then the lamp, then the room."""
    procedure = plans.of("gas-re-entry")
    procedure.in_order("vent", "vent-wait", "measure", "measure-second")
    procedure.never_before(("first-pair", "lamp", "room-open"), "measure.met")
    procedure.never_before(("first-pair", "lamp", "room-open"), "measure-second.met")
    procedure.never_before(("first-pair", "lamp", "room-open"), "re-entry.signed")
    procedure.never_before(("lamp", "room-open"), "first-pair.met")
    procedure.never_before("room-open", "lamp")
    procedure.signed("re-entry", "IC", "SEC")
    procedure.by_two("measure", "measure-second", "first-pair")
    good = {name: number(value) for name, value in GOOD_ROOM.items()}
    bad = {name: number(value) for name, value in BAD_ROOM.items()}
    procedure.expects("measure", {**good, "pungent": NO}, {**bad, "pungent": YES})
    procedure.expects("first-pair", good | {"scba-pressure": number("25")}, {**bad} | {"o2": number("23.5")})
    second = {f"{name}-second": number(GOOD_ROOM[name]) for name in TWICE}
    bad_second = {f"{name}-second": number(BAD_ROOM[name]) for name in TWICE}
    air: dict[str, Value] = {**good, **second, "pungent": NO}
    procedure.needs("re-entry", air, {**bad, **bad_second, "co2": number("0.6"), "pungent": YES})
    procedure.no_less("o2-min", number("19.5"))
    procedure.no_more("co-max", number("35"))
    procedure.no_less("vent-ach", number("5"))
    procedure.no_more("lel-max", number("10"))
    _who_is_inside_comes_out_first(plans)


def _who_is_inside_comes_out_first(plans: Plans) -> None:
    """Somebody inside: 119, 120 and the exhaust at once; everything else waits until nobody is."""
    procedure = plans.of("gas-re-entry")
    for step in ("rescue-119", "rescue-air", "rescue-120"):
        procedure.comes_at_once(step, "shut-out")
        procedure.leads_to("shut-out.unmet", step)
    procedure.never_before(("gas-lock", "vent", "measure", "first-pair"), "shut-out.met", "rescue-brigade")
    freed = procedure.step("rescue-brigade")
    procedure.claim(
        (freed.kind, freed.wait_until, freed.cls) == ("wait", "headcount <= 0", "safety"),
        "the work goes on with somebody inside",
    )


GOOD_ROOM = {"o2": "20.9", "co": "0", "hf": "0", "lel": "0", "agent-level": "0", "co2": "0.1"}
BAD_ROOM = {"o2": "19.4", "co": "35", "hf": "3", "lel": "11", "agent-level": "8"}
TWICE = ("o2", "co", "hf")
"""What a second instrument measures too."""

IN_THE_BURNED_ROOM = (
    "survey", "clean", "clean-replace", "cover-set", "fire-watch", "racks-up", "rack-replace", "false-clean",
)  # fmt: skip
"""Held back while everybody is out. Who searches, fights or rescues is not: what they answer and leave behind
declares the fire and lets the gas go."""


@theorem(
    "7.3-3",
    from_outside("fire", "clean"),
    from_outside("fire", "fire-watch"),
    letting_in("fire", "again-out", None),
    letting_in("fire", "li-out", "again-return"),
    letting_in("fire", "again-out", "fire-out"),
    skippable("fire", "again-return"),
    alone("fire", "li-cold"),
    changed("fire", "li-cool", "is held back itself", inside=True),
)
def test_while_it_burns_again_or_cells_run_away_nobody_works_in_the_room(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.held_back_by("again-out", "again", "again-return", "IC", "SEC")
    fire.held_back_by("li-out", "lithium", "li-cold", "IC", "SEC")
    fire.inside(*IN_THE_BURNED_ROOM)


@theorem(
    "7.3-4",
    follows("gas-re-entry", "vent", "shut-out"),
    unticked("gas-re-entry", "gas-lock"),
    without_line("gas-re-entry", "gas-lock", "manual"),
    expecting("gas-re-entry", "measure", "o2 >= site.o2-min and o2 < site.o2-max and co < site.co-max"),
    set_free("gas-re-entry", "co2-max", most=Decimal(3)),
)
def test_the_gas_is_locked_out_and_co2_and_agent_are_measured_before_anybody_enters(plans: Plans) -> None:
    procedure = plans.of("gas-re-entry")
    procedure.never_before(("vent", "measure", "first-pair", "room-open"), "gas-lock")
    procedure.lines("gas-lock", "in and outside say manual", "agent")
    good = {name: number(value) for name, value in GOOD_ROOM.items()} | {"pungent": NO}
    procedure.expects("measure", good, {"co2": number("0.6"), "agent-level": number("8")})
    procedure.no_more("co2-max", number("0.5"))


@theorem(
    "7.3-5",
    follows("fire", "epo-press", "fire-declared"),
    follows("fire", "room-feed", "declare"),
    follows("fire", "fight-spray", "small.small"),
    only_for("fire", "power-order", "IC", "ENG"),
    alone("fire", "epo-press"),
    skippable("fire", "fight-isolate"),
    follows("fire", "room-rest", "room-feed"),
    only_for("fire", "shock-epo", "IC"),
    follows("fire", "shock-epo", "power-order"),
)
def test_a_room_is_switched_off_only_on_the_commanders_word_and_what_burns_before_it_is_sprayed(
    plans: Plans,
) -> None:
    fire = plans.of("fire")
    fire.never_before("epo-press", "power-order.epo")
    fire.never_before("room-feed", "power-order.room")
    fire.never_before("room-rest", "room-feed", "epo-press")
    for cut in ("power-order.room", "power-order.epo"):
        fire.leads_to(cut, "room-rest")
    fire.comes_at_once("shock-epo")
    fire.anybody("shock-epo")
    fire.never_before("row-off", "power-order.row")
    fire.claim(fire.step("power-order").roles == ("IC",), "others than the commander order power off")
    fire.by_two("epo-press")
    fire.never_before("fight-spray", "fight-isolate")


@theorem(
    "7.3-6",
    follows("fire", "water-permit", "brigade-power"),
    follows("fire", "water-permit", "all-dead"),
    follows("fire", "utility-dead", "all-dead.unmet"),
    signed_by("fire", "water-permit", "PWR"),
    expecting("fire", "all-dead", "feed-dead or not feed-dead"),
    follows("fire", "all-off", "brigade-power"),
    skippable("fire", "tag-back"),
    follows("fire", "power-return", "circuits-off.some"),
    changed("fire", "tag-back", "is asked for when the room was switched off only", only_when="room-cut"),
    needing("fire", "water-permit", None),
    needing("fire", "utility-dead", None),
    follows("fire", "fire-out", "gas-mode", "after-soak", "muster", "missing-wait"),
)
def test_no_water_is_permitted_before_every_supply_is_off_and_proved_dead(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.never_before(("water-permit", "utility-dead"), "all-off")
    fire.never_before("water-permit", "all-dead.met")
    fire.never_before("utility-dead", "utility-off")
    fire.expects("all-dead", {"feed-dead": YES}, {"feed-dead": NO})
    fire.leads_to("brigade-power", "water-permit", "utility-dead")
    fire.in_order("sets-locked", "all-off")
    fire.waits("power-return", "tag-back")
    fire.sure("tag-back", "sets-locked")
    fire.claim(fire.step("tag-back").only_when == "brigade-cut", "the brigade's tag is not asked for")
    for permit in ("water-permit", "utility-dead"):
        fire.signed(permit, "PWR", "IC")
        fire.needs(permit, {"feed-dead": YES}, {"feed-dead": NO})
        fire.waits("fire-out", permit)


@theorem(
    "7.3-7",
    follows("fire", "li-cool", "lithium"),
    follows("fire", "li-119", "brigade-command"),
    follows("fire", "fire-out", "gas-mode", "muster", "missing-wait"),
    follows("fire", "final-check", "auto-back", "auto-ticket"),
    only_for("fire", "li-cool", "ENG"),
    skippable("fire", "li-out"),
    set_free("fire", "li-time", least=6 * MINUTES),
    set_free("fire", "li-distance", least=Decimal(5)),
    changed("fire", "li-off", "is done in the room", inside=True),
)
def test_at_lithium_cells_everybody_withdraws_first_119_knows_and_the_watch_ends_the_fire(
    plans: Plans,
) -> None:
    fire = plans.of("fire")
    fire.in_order("li-out", "li-119", "li-off", "li-vent", "li-cool", "li-cold", "li-watch", "li-remove")
    fire.claim(not fire.step("li-off").inside, "the battery is switched off from inside")
    fire.comes_at_once("li-119")
    fire.leads_to("lithium", "li-watch")
    fire.waits("fire-out", "li-cold")
    fire.waits("final-check", "li-watch")
    fire.claim(fire.step("li-cool").roles[0] == "BRIGADE", "others than the brigade cool the cells")
    fire.no_less("li-time", 24 * 60 * MINUTES)
    fire.no_less("li-distance", number("25"))


@theorem(
    "7.3-8",
    follows("fire", "rescue-go", "stop-manual"),
    follows("fire", "late-go", "late-119"),
    refused_to("fire", "late-permit", "late-go"),
    signed_by("fire", "rescue-permit", "SEC"),
    signed_by("fire", "rescue-permit", "IC", "SEC"),
    alone("fire", "rescue-go"),
    alone("fire", "late-go"),
    unticked("fire", "sweep"),
    without_line("fire", "sweep", "no lift"),
)
def test_only_a_pair_with_apparatus_goes_in_and_the_commander_is_not_of_it(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.never_before("rescue-go", "rescue-permit.signed")
    fire.never_before("late-go", "late-permit.signed")
    for permit in ("rescue-permit", "late-permit"):
        fire.signed(permit)
        sign = fire.step(permit).sign
        fire.claim(sign is not None and "IC" not in sign.of, f"{permit} is signed by the commander")
    fire.by_two("rescue-go", "late-go", "rescue-permit", "late-permit")
    fire.lines("sweep", "no lift", "low", "toilets", "cannot walk", "nobody went back")


@theorem(
    "7.3-9",
    follows("fire", "fire-out", "gas-mode", "after-soak", "stay-out", "brigade-command"),
    follows("fire", "missing-wait", "muster.unmet"),
    follows("fire", "muster", "brigade-command"),
    expecting("fire", "muster", "mustered >= 0"),
    skippable("fire", "muster"),
    set_free("fire", "muster-max", most=20 * MINUTES),
    needing("fire", "fire-out", None),
    needing("fire", "fire-out", "missing <= 1"),
)
def test_heads_are_counted_at_once_and_a_missing_person_is_told_to_119_first(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.comes_at_once("muster", "fire-declared")
    fire.expects("muster", {"missing": number("0")}, {"missing": number("1")})
    fire.leads_to("muster.unmet", "missing-119")
    fire.comes_at_once("missing-119", "muster")
    fire.in_order("missing-119", "missing-wait")
    fire.never_before(("fire-out", "re-enter"), "muster.met", "missing-wait", "recount")
    fire.needs("fire-out", {"missing": number("0")}, {"missing": number("1")})
    fire.never_before(
        "recount", "li-cold", "spread-119", "again-119", "water-permit", "utility-dead", "late-wait"
    )
    within = fire.step("muster").within
    fire.claim(within is not None and within.length <= 5 * MINUTES, "the count has more than five minutes")
    fire.no_more("muster-max", 8 * MINUTES)


@theorem(
    "7.3-10",
    follows("fire", "fire-declared", "fire-119"),
    follows("fire", "fire-declared", "fire-seen.fire", "search.fire"),
    skippable("fire", "fire-declared"),
)
def test_evacuation_is_the_first_step_wherever_a_fire_is_seen(plans: Plans) -> None:
    fire = plans.of("fire")
    fire.comes_at_once("fire-declared", *SIGNS)
    for sign in (
        "first-word.seen",
        "fire-seen.fire",
        "fire-seen.door-hot",
        "search.fire",
        "device-again.worse",
    ):
        fire.leads_to(sign, "fire-declared")
    fire.sure("fire-declared", "sweep")
