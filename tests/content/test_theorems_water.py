"""The safety lines of water (3.3) as theorems: each holds of the shipped plan, and each mutant breaks it."""

from __future__ import annotations

from decimal import Decimal

from engine.condition import Value
from tests.content import book
from tests.content.mutants import (
    alone,
    changed,
    expecting,
    follows,
    from_outside,
    handed_over,
    letting_in,
    needing,
    refused_to,
    set_free,
    signed_by,
    skippable,
    unticked,
    without_line,
)
from tests.content.theorems import NO, YES, Plans, number, theorem

IN_THE_WET_ROOM = (
    "contain", "sheet", "sheet-off", "measure", "survey", "keep-watch", "find-source", "crac-stop", "pump-out",
    "start-dryers", "repair", "inspect", "wet-test",
)  # fmt: skip
INSIDE = (
    *IN_THE_WET_ROOM,
    "open-tile", "under", "clean-rope", "rearm-rope", "enter", "open-row", "lock-tag", "lock-prove",
    "lock-again", "crac-valve", "crac-standby", "chw-standby", "pipe-plug",
    "rain-sandbag", "rain-tarp", "cond-wrap", "flow-check", "pressure-test", "pipe-open", "flush-drain",
    "crac-open", "racks-up", "watch-hourly", "watch-later", "final-check", "second-cover", "second-valve",
    "temp-out", "water-gone",
)  # fmt: skip
"""Every step at which somebody is in the wet room."""

NOT_INSIDE = {
    "at the desk, by telephone, or said and written down": (
        "ack", "remote-check", "confirm", "send-look", "second-false", "log-false", "defect-ticket", "dispatch",
        "take-command", "declare", "pwr-help", "pwr-time", "below-report", "power", "consent", "shed-order",
        "source", "pipe-kind", "rain-forecast", "valve-held", "upstream-held", "riser-held", "water-off",
        "test-kind", "cooling-back", "circuits-off", "power-back", "off-plan", "service-check", "customer-test",
        "service-ticket", "declare-recovered", "open-items", "stand-down", "close", "close-out", "split-team",
        "pipe-shut", "crac-shut", "gap-pause", "storm-send", "storm-watch", "storm-over", "pit-ask",
    ),
    "from the doorway, or elsewhere in the building": (
        "look", "report-water", "arrive", "doors", "cordon", "below-look", "below-guard", "doorway", "row-gap",
        "roof-drain", "rain-stage", "hot-portable", "cooling-short", "zone-patrol", "storm-ready", "pit-air",
        "pit-shut", "storm-water",
    ),
    "read or set from remote": ("cool-watch", "graceful", "cond-warm", "cond-dry", "hot-shed", "hot-stop", "rearm",
        "air-rounds",
    ),
    "switched, locked or proved dead outside, which protects whoever is inside": (
        "isolate", "isolate-lock", "isolate-prove", "isolate-above", "isolate-reprove", "isolate-higher",
        "isolate-higher-prove", "line-off", "ups-transfer", "ups-open", "cut-feeder", "cut-lock", "lock-above",
        "lock-reprove", "lock-higher", "lock-higher-prove", "lock-line", "battery-move", "battery-open",
        "trip-feeder", "trip-lock", "fire-lock", "shock-epo", "stay-dark", "flood-cut",
    ),
    "valves and pumps outside the room": (
        "chw-supply", "chw-return", "pipe-close", "sprinkler-valve", "loop-pump", "close-upstream", "close-riser",
        "building-stop", "back-to-auto",
    ),
    "another plan, with permits of its own": ("re-energise",),
    "who goes out, who is counted at the door, who is let in again": (
        "back-out", "fire-out", "fire-cut", "fire-back", "battery-out", "pull-out", "return-in", "flood-out",
    ),
    "a person in shock waits for nobody": ("shock-dead", "shock-apart", "shock-aid"),
}  # fmt: skip
"""Every other step at which somebody does something, by the reason why it is not held back."""

PERMITS = (
    "entry-permit", "dead-permit", "look-permit", "second-permit", "return-permit", "cut-permit", "row-permit",
    "keep-clear",
)  # fmt: skip


@theorem(
    "3.3-1",
    follows("leak", "enter", "doorway"),
    follows("leak", "contain", "doorway"),
    follows("leak", "find-source", "arrive"),
    follows("leak", "second-cover", "split-team"),
    refused_to("leak", "entry-permit", "enter"),
    signed_by("leak", "entry-permit", "PWR"),
    signed_by("leak", "dead-permit", "ENG", "IC"),
    skippable("leak", "entry-permit"),
)
def test_nobody_enters_a_wet_room_before_two_have_signed_that_nothing_is_live(plans: Plans) -> None:
    leak = plans.of("leak")
    leak.never_before(("enter", *IN_THE_WET_ROOM), "entry-permit.signed", "dead-permit")
    leak.never_before(("open-tile", "under", "clean-rope", "rearm-rope"), "look-permit.signed")
    leak.never_before(("second-cover", "second-valve"), "second-permit")
    for permit in PERMITS:
        leak.signed(permit, "PWR", "ENG")
        leak.by_two(permit)


SIGNED_ON: tuple[tuple[str, dict[str, Value], dict[str, Value]], ...] = (
    ("entry-permit", {"gap": number("3")}, {"gap": number("2.9")}),
    ("second-permit", {"gap-second": number("3")}, {"gap-second": number("2.9")}),
    ("dead-permit", {"feed-dead": YES}, {"feed-dead": NO}),
    ("cut-permit", {"feed-dead": YES}, {"feed-dead": NO}),
    ("row-permit", {"gap": number("3")}, {"gap": number("2.9")}),
    ("battery-return", {"battery-off": YES}, {"battery-off": NO}),
    ("ups-safe", {"battery-off": YES}, {"battery-off": NO}),
    ("keep-clear", {"feed-dead": YES}, {"feed-dead": NO}),
    ("trip-return", {"feed-dead": YES}, {"feed-dead": NO}),
    (
        "return-permit",
        {
            "gap": number("3"),
            "isolated": NO,
            "cut-proved": NO,
            "lock-prove.met": NO,
            "lock-reprove.met": NO,
            "lock-higher-prove.met": NO,
        },
        {"gap": number("2.9")},
    ),
    ("flood-return", {"depth": number("0"), "feed-dead": YES}, {"depth": number("1"), "feed-dead": NO}),
    (
        "pit-permit",
        {"o2": number("20.9"), "h2s": number("0"), "lel": number("0")},
        {"o2": number("17"), "h2s": number("50"), "lel": number("20")},
    ),
)
"""What was measured for each permit, when it may be signed and when not."""


@theorem(
    "3.3-1",
    needing("leak", "entry-permit", None),
    needing("leak", "second-permit", "gap >= site.live-gap"),
    needing("leak", "trip-return", None),
    needing("leak", "return-permit", "gap >= 0"),
    needing("leak", "dead-permit", "feed-dead or not feed-dead"),
    needing("leak", "cut-permit", None),
    needing("leak", "keep-clear", None),
    needing("leak", "row-permit", "gap > 0"),
    needing("leak", "battery-return", None),
    needing("leak", "ups-safe", None),
    needing("leak", "flood-return", "feed-dead"),
    needing("leak", "pit-permit", None),
)
def test_no_permit_for_a_wet_room_is_signed_against_the_values_or_without_them(plans: Plans) -> None:
    leak = plans.of("leak")
    for permit, good, bad in SIGNED_ON:
        leak.needs(permit, good, bad)


CALLED_OUT = (
    ("smoke", "fire-out", "fire-return", ("IC", "PWR", "SEC")),
    ("battery-wet", "battery-out", "battery-return", ("PWR", "IC")),
    ("live", "trip-clear", "trip-return", ("PWR", "ENG")),
    ("rising", "pull-out", "return-permit", ("PWR", "ENG")),
    ("flood", "flood-out", "flood-return", ("PWR", "SEC", "IC")),
)
"""What has everybody out of the wet room, and who lets them in again."""

CLEARED = (
    ("entry-permit.refused", "isolate-clear", "isolate", "dead-permit", ("PWR", "ENG")),
    ("power.ups", "ups-clear", "ups-transfer", "ups-safe", ("PWR", "IC")),
    ("power.cut", "cut-clear", "cut-feeder", "cut-permit", ("PWR", "ENG")),
    ("row-gap.met", "row-clear", "open-row", "row-permit", ("PWR", "ENG")),
    ("row-gap.unmet", "cut-clear", "cut-feeder", "cut-permit", ("PWR", "ENG")),
    ("lock-prove.unmet", "lock-clear", "lock-above", "keep-clear", ("PWR", "ENG")),
)
"""What leads to switching, what clears the wet room for it, what is switched, and who lets people in again."""


@theorem(
    "3.3-2",
    from_outside("leak", "pump-out"),
    from_outside("leak", "keep-watch"),
    from_outside("leak", "second-cover"),
    from_outside("leak", "final-check"),
    letting_in("leak", "fire-out", None),
    letting_in("leak", "trip-clear", None),
    letting_in("leak", "pull-out", "entry-permit"),
    letting_in("leak", "battery-out", "fire-return"),
    changed("leak", "trip-lock", "is held back itself", inside=True),
    changed("leak", "fire-return", "may not be needed", only_when="sparks"),
    follows("leak", "pull-out", "rising", "water-off"),
    skippable("leak", "fire-return"),
    skippable("leak", "fire-out"),
    alone("leak", "battery-return"),
    signed_by("leak", "return-permit", "PWR"),
    follows("leak", "fire-return", "smoke"),
)
def test_while_everybody_is_out_of_the_wet_room_nothing_inside_is_done(plans: Plans) -> None:
    leak = plans.of("leak")
    for watch, out, hold, roles in CALLED_OUT:
        leak.held_back_by(out, watch, hold, *roles)
    leak.inside(*INSIDE)


@theorem(
    "3.3-1",
    letting_in("leak", "isolate-clear", None),
    letting_in("leak", "cut-clear", None),
    letting_in("leak", "cut-clear", "lock-prove"),
    letting_in("leak", "row-clear", None),
    letting_in("leak", "lock-clear", None),
    letting_in("leak", "isolate-clear", "entry-permit"),
    follows("leak", "cut-permit", "cut-feeder"),
    follows("leak", "open-row", "row-clear"),
    follows("leak", "row-clear", "graceful"),
    follows("leak", "cut-feeder", "power.cut"),
    follows("leak", "lock-above", "lock-prove.unmet"),
    follows("leak", "lock-again", "lock-clear"),
    follows("leak", "pump-out", "water-off", "power", "survey", "lock-prove"),
    expecting("leak", "row-gap", "gap > 0"),
    signed_by("leak", "cut-permit", "PWR"),
    signed_by("leak", "row-permit", "ENG", "IC"),
    alone("leak", "keep-clear"),
    skippable("leak", "row-permit"),
    skippable("leak", "cut-lock"),
    skippable("leak", "isolate-clear"),
    changed("leak", "cut-lock", "is held back itself", inside=True),
    changed("leak", "lock-reprove", "is held back itself", inside=True),
    changed("leak", "cut-lock", "expects nothing", expect=None),
)
def test_whoever_is_cleared_out_for_a_switch_goes_back_only_under_two_names_on_what_was_proved(
    plans: Plans,
) -> None:
    leak = plans.of("leak")
    for sign, clear, act, permit, roles in CLEARED:
        leak.leads_to(sign, clear)
        leak.sure(clear)
        leak.signed(permit, *roles)
        leak.let_in_by(clear, permit)
        leak.never_before(act, clear, on=sign)
    leak.never_before("open-row", "row-permit")
    leak.never_before("row-permit", "row-gap.met")
    leak.expects("row-gap", {"gap": number("3")}, {"gap": number("2.9")})
    leak.in_order("cut-feeder", "cut-lock", "cut-permit")
    leak.expects("cut-lock", {"feed-dead": YES}, {"feed-dead": NO})
    leak.never_before("keep-clear", "lock-reprove.met", "lock-higher-prove.met", "lock-line")
    leak.never_before("lock-again", "keep-clear")
    leak.waits("pump-out", "lock-again")
    for proof in ("lock-reprove", "lock-higher-prove", "lock-line", "lock-again"):
        leak.expects(proof, {"feed-dead": YES}, {"feed-dead": NO})


def test_every_act_of_the_leak_is_done_inside_or_has_its_reason_not_to_be_held_back() -> None:
    acts = [step.id for step in book.runbook("leak").steps if step.kind in ("do", "ask", "run")]
    assert sorted(acts) == sorted((*INSIDE, *(name for names in NOT_INSIDE.values() for name in names)))


@theorem(
    "3.3-1",
    follows("leak", "dead-permit", "isolate-lock"),
    follows("leak", "dead-permit", "isolate-prove", "isolate-reprove", "isolate-higher-prove"),
    follows("leak", "isolate-lock", "doorway"),
    expecting("leak", "isolate-prove", "feed-dead or not feed-dead"),
    skippable("leak", "isolate-prove"),
)
def test_a_refused_permit_becomes_one_only_when_the_feed_is_open_locked_and_proved_dead(plans: Plans) -> None:
    leak = plans.of("leak")
    leak.in_order("isolate", "isolate-lock", "isolate-prove")
    proofs = ("isolate-prove.met", "isolate-reprove.met", "isolate-higher-prove.met", "line-off")
    leak.never_before("dead-permit", *proofs)
    for proof in ("isolate-prove", "isolate-reprove", "isolate-higher-prove", "line-off"):
        leak.expects(proof, {"feed-dead": YES}, {"feed-dead": NO})


@theorem(
    "3.3-2",
    follows("leak", "find-source", "entry-permit.signed"),
    skippable("leak", "enter"),
    unticked("leak", "enter"),
    unticked("leak", "open-tile"),
    unticked("leak", "find-source"),
    without_line("leak", "enter", "gloves"),
    without_line("leak", "enter", "metal ladder"),
    without_line("leak", "open-tile", "two people"),
    without_line("leak", "find-source", "holes marked"),
    expecting("leak", "enter", "headcount >= 1"),
    follows("leak", "measure", "enter"),
)
def test_nobody_works_inside_before_pair_and_clothing_are_ticked(plans: Plans) -> None:
    leak = plans.of("leak")
    leak.never_before(IN_THE_WET_ROOM, "enter")
    leak.lines("enter", "boots", "gloves", "metal ladder", "hand on a rack", "third person at the door")
    leak.lines("open-tile", "two people", "boots", "gloves", "hole")
    leak.lines("find-source", "holes marked")
    leak.expects("enter", {"headcount": number("2")}, {"headcount": number("1")})
    leak.never_before(IN_THE_WET_ROOM, "enter.met", "enter-relief")
    relief = leak.step("enter-relief")
    leak.claim((relief.kind, relief.wait_until) == ("wait", "headcount >= 2"), "somebody may go in alone")


@theorem(
    "3.3-3",
    unticked("leak", "pump-out"),
    skippable("leak", "pump-out"),
    follows("leak", "pump-out", "water-off"),
    follows("leak", "start-dryers", "water-off"),
    without_line("leak", "pump-out", "RCD"),
)
def test_water_is_only_removed_with_the_supply_ticked_and_the_wet_zone_surveyed_and_decided(
    plans: Plans,
) -> None:
    leak = plans.of("leak")
    leak.lines("pump-out", "dry circuit", "RCD")
    leak.never_before("pump-out", "power")
    leak.never_before("pump-out", "survey")
    leak.never_before(("start-dryers", "dry-out", "repair"), "pump-out")


@theorem(
    "3.3-5",
    letting_in("leak", "ups-clear", "lock-tag"),
    follows("leak", "lock-tag", "ups-open", "open-row"),
    follows("leak", "battery-return", "battery-out"),
    changed("leak", "battery-open", "is held back itself", inside=True),
    follows("leak", "ups-119", "pump-out"),
    follows("leak", "battery-119", "battery-out", "entry-permit.signed"),
    follows("leak", "battery-move", "battery-wet"),
    signed_by("leak", "ups-safe", "IC"),
    without_line("leak", "pump-out", "goggles"),
)
def test_at_a_wet_ups_119_is_told_early_and_work_waits_for_two_names(plans: Plans) -> None:
    leak = plans.of("leak")
    leak.leads_to("power.ups", "ups-119")
    leak.comes_at_once("ups-119", "power")
    leak.leads_to("battery-wet", "battery-119")
    leak.comes_at_once("battery-119")
    leak.in_order("battery-out", "battery-119")
    leak.never_before("battery-move", "battery-out")
    leak.in_order("battery-out", "battery-open", "battery-return")
    leak.expects("battery-open", {"battery-off": YES}, {"battery-off": NO})
    leak.let_in_by("battery-out", "battery-return")
    leak.let_in_by("ups-clear", "ups-safe")
    leak.signed("ups-safe", "PWR", "IC")
    leak.never_before("lock-tag", "ups-safe", on="power.ups")
    leak.lines("pump-out", "gloves", "goggles")


def _power_returns_by_the_procedure(plans: Plans) -> None:
    """The lemma: no circuit is switched on before insulation, a list of what passed, and three signatures."""
    procedure = plans.of("re-energise")
    procedure.signed("permit", "PWR", "ENG", "IC")
    procedure.never_before(("unlock", "power-up", "load-check"), "permit.signed")
    procedure.never_before(("permit", "unlock", "power-up"), "power-list.met")
    procedure.never_before("power-list", "megger.met", "stay-off")
    procedure.in_order("list", "locks", "inspect-dry", "megger")
    procedure.expects("megger", {"megohm": number("1")}, {"megohm": number("0.9")})
    procedure.no_less("megohm-pass", number("1"))
    away: dict[str, Value] = {"depth": number("0"), "people-clear": YES}
    good: dict[str, Value] = {**away, "humidity": number("50"), "dew": number("12")}
    water = {"depth": number("0.1")}
    procedure.expects("power-list", good, {**water, "dew": number("15.1"), "people-clear": NO})
    signed_on: dict[str, Value] = {**away, "megohm": number("1"), "megger.unmet": NO}
    procedure.needs("permit", signed_on, {**water, "people-clear": NO, "megohm": number("0.9")})
    procedure.claim(
        procedure.step("power-up").each == "to-power", "power-up takes other circuits than listed"
    )


@theorem(
    "3.3-6",
    follows("re-energise", "permit", "megger"),
    follows("re-energise", "unlock", "power-list.met"),
    follows("re-energise", "power-list", "inspect-dry"),
    follows("re-energise", "megger", "locks"),
    signed_by("re-energise", "permit", "PWR", "IC"),
    skippable("re-energise", "permit"),
    skippable("re-energise", "megger"),
    needing("re-energise", "permit", None),
    needing("re-energise", "permit", "megohm >= site.megohm-pass or megger.unmet"),
    needing("re-energise", "permit", "people-clear"),
    expecting("re-energise", "megger", "megohm >= site.megohm-stop"),
    expecting("re-energise", "power-list", "people-clear"),
    expecting(
        "re-energise", "power-list", "humidity <= site.rh-max and dew <= site.dew-max and people-clear"
    ),
    needing("re-energise", "permit", "people-clear and (megohm >= site.megohm-pass or megger.unmet)"),
    changed("re-energise", "power-up", "takes every circuit", each="circuits"),
    set_free("re-energise", "megohm-pass", least=Decimal("0.2")),
)
def test_nothing_is_energised_before_insulation_and_three_signatures(plans: Plans) -> None:
    _power_returns_by_the_procedure(plans)


POWER_BACK = (
    ("leak", "re-energise", ("power-back", "racks-up"), "circuits-off.some"),
    ("fire", "power-return", ("power-back", "racks-up"), "circuits-off.some"),
    ("outage", "own-energise", ("own-result", "own-report"), "own-cause"),
    ("lightning", "main-energise", ("main-holds",), "main-test.met"),
)


@theorem(
    "3.3-6",
    follows("leak", "racks-up", "circuits-off.none"),
    handed_over("leak", "re-energise"),
    skippable("leak", "re-energise"),
    changed("leak", "re-energise", "runs something else", target="close-out"),
    follows("leak", "circuits-off", "dry-out"),
    skippable("leak", "inspect"),
    follows("fire", "racks-up", "circuits-off"),
    handed_over("fire", "power-return"),
    follows("outage", "own-report", "own-cause"),
    skippable("lightning", "main-energise"),
    follows("lightning", "main-energise", "main-now.open"),
    follows("fire", "leave-auto", "rack-replace", "false-clean"),
)
def test_in_every_hazard_wet_or_tripped_circuits_come_back_by_the_procedure_only(plans: Plans) -> None:
    _power_returns_by_the_procedure(plans)
    for name, run, energised, known in POWER_BACK:
        plan = plans.of(name)
        plan.runs(run, "re-energise")
        plan.never_before(energised, run)
        plan.never_before(run, known)
    leak = plans.of("leak")
    leak.never_before("circuits-off", "inspect")
    fire = plans.of("fire")
    fire.runs("rack-return", "re-energise")
    fire.never_before("leave-auto", "rack-return", on="search.device")
