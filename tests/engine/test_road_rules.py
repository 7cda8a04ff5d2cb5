"""What goes wrong on some roads is told, with the road; its near misses are not; and every mutant is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.drawings import as_proof
from engine.errors import Fault
from engine.graph import compile_graph, road_faults
from engine.graph.account import account, roads
from engine.lint.book import run_rings
from engine.plan import Person, Runbook, Takes, Watch
from engine.text import cells
from tests.engine.build import SITE, ask, contact, do, graph, hold, plan, promise, promises, run, text

KEPT = promises(promise("arrive", to="arrived", within="1h"))
SMOKE = [Watch("w", words=text("smoke"))]


def faults(*steps: dict[str, Any], kept=KEPT, **said: Any) -> list[Fault]:
    said.setdefault("hazard", None)
    return road_faults(graph(*steps, kept=kept, **said))


def rules(*steps: dict[str, Any], **said: Any) -> list[str]:
    return [fault.rule for fault in faults(*steps, **said)]


def minutes_(likely: int) -> Takes:
    return Takes(Decimal(likely), Decimal(likely), Decimal(likely))


# --- a limit that counts from elsewhere


def test_a_limit_that_counts_from_an_earlier_step_may_pass_before_what_lies_between_was_read():
    def steps(since):
        return (
            do("report"),
            do("measure", record="x"),
            do("pump", within="10m", missed="pump-harder", **since),
            do("pump-harder", lane="late", only_when="x >= 1"),
            do("close", after="all"),
        )

    assert rules(*steps({}), readings="x") == []
    assert rules(*steps({"within_from": "report"}), readings="x") == ["reading-not-taken"]
    assert rules(*steps({"within_from": "measure"}), readings="x") == []


def test_what_a_limit_counts_from_is_over_when_it_has_passed():
    def steps(since):
        return (
            do("off", touches=(("FEED", "off"),)),
            do("wait", lane="beside", after=""),
            do("test", after="wait", within="10m", within_from=since, missed="on"),
            do("on", lane="late", touches=(("FEED", "on"),)),
            do("close", after="all"),
        )

    assert rules(*steps("off")) == []
    assert rules(*steps("wait")) == ["opposite-states"]


# --- an answer in a list


def test_an_answer_beside_a_step_that_comes_anyway_decides_nothing():
    steps = (
        do("survey"),
        ask("off", "cut keep"),
        do("cut", after="survey off.cut"),
        do("close", after="cut off"),
    )
    [found] = faults(*steps)

    assert found.rule == "answer-decides-nothing"
    assert found.place.line == 3
    assert found.sentence("en") == (
        "'cut' comes whatever 'off' says, because 'survey' leads to it too; write only_when: \"off.cut\"."
    )


def test_two_answers_of_two_decisions_decide_nothing():
    steps = (
        ask("p", "yes no"),
        ask("q", "yes no", after="p"),
        do("a", after="p.yes q.yes"),
        do("close", after="all"),
    )

    assert rules(*steps, do("end", after="close q.no p.no"))[:1] == ["answer-decides-nothing"]


def test_a_join_of_all_answers_is_no_fault_whatever_else_it_waits_for():
    steps = (
        do("first"),
        do("beside", lane="l", after="first"),
        hold("permit", "PWR ENG", after="first", refused="outside"),
        do("outside"),
        do("in", after="permit.signed outside beside"),
    )

    assert rules(*steps) == []


def test_entries_that_exclude_each_other_are_no_fault():
    steps = (
        ask("wet", "yes no"),
        do("look", after="wet.no"),
        ask("seen", "dry water"),
        do("stop", after="seen.dry", ends=True),
        do("dispatch", after="wet.yes seen.water"),
    )

    assert rules(*steps) == []


# --- readings and answers before they are asked for


def test_a_reading_that_one_lane_takes_is_taken_where_the_lanes_meet():
    lanes = (
        do("first"),
        do("measure", lane="l", after="first", record="x"),
        do("other", after="first"),
    )
    meets = (*lanes, do("act", after="measure other", only_when="x > 1"), do("close", after="all"))
    beside = (*lanes, do("act", after="other", only_when="x > 1"), do("close", after="all"))

    assert rules(*meets, readings="x") == []
    assert rules(*beside, readings="x") == ["reading-not-taken"]


def test_a_step_that_may_be_passed_takes_nothing_for_sure():
    steps = (
        do("look", record="y"),
        do("measure", record="x", only_when="y > 1"),
        do("act", only_when="x > 1"),
        do("close"),
    )
    [found] = faults(*steps, readings="x y")

    assert (found.rule, found.place.line) == ("reading-not-taken", 3)
    assert "measure.pass" in found.sentence("en")


def test_a_watch_that_was_raised_by_a_reading_has_it():
    steps = (do("first"), do("shed", lane="l", after="hot", only_when="x > 3"), do("close", after="all"))

    assert rules(*steps, readings="x", watches=[Watch("hot", when="x > 2")]) == []


def test_a_watch_that_a_person_may_raise_by_what_they_see_has_read_nothing_for_sure():
    steps = (do("first"), do("shed", lane="l", after="hot", only_when="x > 3"), do("close", after="all"))
    seen = [Watch("hot", "x > 2", text("it is hot"))]

    assert rules(*steps, readings="x", watches=seen) == ["reading-not-taken"]


def test_a_repetition_that_something_else_ends_may_end_unread():
    steps = (
        do("first"),
        do("round", lane="l", after="first", record="x", every="5m", until="go"),
        do("go", after="first"),
        do("act", after="round go", only_when="x > 1"),
        do("close", after="all"),
    )

    assert rules(*steps, readings="x") == ["reading-not-taken"]


def test_an_answer_of_another_lane_may_not_be_given_yet():
    lanes = (do("first"), ask("q", "a b"), do("beside", lane="l", after="first", only_when="q.a"))
    behind = (*lanes[:2], do("beside", lane="l", after="q", only_when="q.a"))

    assert rules(*lanes, do("close", after="all")) == ["answer-not-given"]
    assert rules(*behind, do("close", after="all")) == []


def test_an_answer_of_a_road_that_was_not_taken_is_simply_false():
    steps = (
        ask("q", "a b"),
        ask("r", "yes no", after="q.a"),
        do("other", after="q.b", only_when="r.yes"),
        do("close", after="r other"),
    )

    assert rules(*steps) == []


# --- marks and resources


def test_steps_whose_conditions_exclude_each_other_may_carry_one_mark():
    steps = (
        ask("q", "a b"),
        do("one", only_when="q.a", marks="m"),
        do("two", only_when="not q.a", marks="m"),
        do("three", only_when="q.b", marks="m"),
        do("close"),
    )
    found = faults(*steps)

    assert [dict(fault.facts)["second"].en for fault in found] == ["three"]


def test_a_step_that_failed_has_not_reached_its_mark():
    steps = (
        do("try", expect="x < 1", otherwise="again", marks="m"),
        do("again", marks="m"),
        do("close", after="try.met again"),
    )

    assert rules(*steps, readings="x") == []


def test_what_a_watch_opens_is_meant_to_cut_in():
    steps = (
        do("first"),
        do("on", touches=(("FEED", "on"),)),
        do("out", lane="l", after="w", touches=(("FEED", "off"),)),
        do("close", after="all"),
    )

    assert rules(*steps, watches=SMOKE) == []


def test_two_lanes_must_not_switch_one_thing_two_ways():
    lanes = (
        do("first"),
        do("on", touches=(("FEED", "on"),)),
        do("off", lane="l", after="first", touches=(("FEED", "off"),)),
        do("close", after="all"),
    )
    in_order = (*lanes[:2], do("off", lane="l", after="on", touches=(("FEED", "off"),)), lanes[3])

    assert rules(*lanes) == ["opposite-states"]
    assert rules(*in_order) == []


# --- promises


def test_a_mark_of_a_promise_is_on_every_road_to_the_last_step():
    steps = [ask("q", "yes no"), do("go", after="q.yes", marks="arrived"), do("close", after="go q.no")]
    [found] = faults(*steps, hazard="leak")

    assert found.rule == "mark-missed"
    assert found.sentence("en").endswith("never reaches it: q.no.")
    assert rules(*steps) == []  # a procedure keeps no promise by itself


def test_a_road_that_stops_needs_no_mark():
    steps = (
        ask("q", "yes no"),
        do("stop", after="q.no", ends=True),
        do("go", after="q.yes", marks="arrived"),
        do("close"),
    )

    assert rules(*steps, hazard="leak") == []


def test_a_likely_way_that_is_too_long_is_told_with_its_minutes():
    steps = (
        do("call", takes=minutes_(30)),
        do("quick", lane="l", after="call", takes=minutes_(5)),
        do("drive", after="call", takes=minutes_(31), marks="arrived"),
        do("close", after="all"),
    )
    [found] = faults(*steps, hazard="leak")

    assert found.sentence("en") == (
        "'arrived' likely takes 1 h 1 min, but the promise 'arrive' is 1 h: call → drive."
    )
    assert rules(steps[0], steps[1], {**steps[2], "takes": minutes_(30)}, steps[3], hazard="leak") == []


# --- several runbooks


def runbooks(*plans: Runbook) -> list[str]:
    return [dict(fault.facts)["ring"] for fault in run_rings(plans)]


def test_runbooks_that_run_each_other_are_a_ring_and_a_watch_closes_none():
    leak = plan(do("a"), run("go", "fire"), id="leak")
    fire = plan(do("a"), run("back", "leak"), id="fire")
    quiet = plan(do("a"), id="fire", watches=[Watch("w", words=text("water"), run="leak")])

    assert runbooks(leak, fire) == ["fire → leak → fire"]
    assert runbooks(leak, quiet) == []
    assert runbooks(plan(run("again", "leak"), id="leak")) == ["leak → leak"]


# --- what it comes to


def test_roads_are_counted_with_their_times_and_what_is_listed_ends_at_a_thousand():
    steps = [do("first", takes=minutes_(1))]
    for number in range(10):
        steps += [
            ask(f"q{number}", "a b"),
            do(f"x{number}", after=f"q{number}.a", takes=minutes_(2)),
            do(f"j{number}", after=f"q{number}.b x{number}"),
        ]
    made = graph(*steps)
    found = account(made)

    assert (found.decisions, found.answers) == (10, 20)
    assert (len(found.roads), found.more_roads) == (1000, True)
    assert sum(1 for _ in roads(made)) == 1024
    assert found.likely == timedelta(minutes=21)
    assert found.critical == ("first", *(f"x{number}" for number in range(10)))


def test_rounds_of_a_loop_count_at_worst_and_those_inside_it_in_each_of_them():
    worst = Takes(Decimal(1), Decimal(1), Decimal(10))
    steps = (
        do("a", takes=worst),
        do("b", takes=worst),
        ask("inner", "on back:b:2"),
        ask("outer", "on back:a:1", after="inner.on inner.back"),
        do("close", after="outer.on outer.back"),
    )
    [road, *_] = roads(graph(*steps))

    assert road.likely == timedelta(minutes=2)
    # Once 20, the inner loop twice 10, the outer once 20 with the inner's 20 in it.
    assert road.pessimistic == timedelta(minutes=20 + 20 + 40)


def test_slack_is_what_a_step_may_take_longer_before_the_promise_breaks():
    steps = (
        do("call", takes=minutes_(10)),
        do("quick", lane="l", after="call", takes=minutes_(5)),
        do("long", after="call", takes=minutes_(20)),
        do("meet", after="quick long", takes=minutes_(0), marks="arrived"),
        do("close", after="all"),
    )
    found = {one.step: one.left for one in account(graph(*steps, kept=KEPT)).slack}

    assert found == {
        "call": timedelta(minutes=30),
        "long": timedelta(minutes=30),
        "quick": timedelta(minutes=45),
        "meet": timedelta(minutes=30),
    }


def test_a_single_point_is_needed_by_every_road_and_has_one_person():
    people = (
        Person("li", "李", ("ENG",)),
        Person("wu", "吴", ("PWR",), deputy="li"),
        Person("an", "安", ("CS",)),
    )
    steps = (
        do("first", roles="PWR"),
        ask("q", "a b"),
        do("some", after="q.a", roles="ENG"),
        do("close", after="some q.b", roles="CS"),
    )
    made = graph(*steps, site=replace(SITE, people=people))

    assert account(made).single_points == (("close", "an"),)


def test_what_waits_for_the_world_without_a_limit_is_named():
    made = graph(hold("a", "PWR ENG"), contact("b", "ENG", within="5m"), do("close"))

    assert account(made).unlimited == ("a",)


# --- mutants: one small change to a sound plan, and the rule that must refuse it

Steps = list[dict[str, Any]]


def sound() -> Steps:
    """A plan that has one of everything the proof is about, and no fault."""
    return [
        do("look", record="x", takes=minutes_(5)),
        ask("wet", "yes no"),
        do("stand-down", after="wet.no", ends=True),
        do("send", after="wet.yes", takes=minutes_(10), marks="arrived"),
        do("pump", only_when="x > 1", touches=(("FEED", "off"),)),
        hold("permit", "PWR ENG", refused=("pump-back", 2), after="pump") | {"refused": ("send", 2)},
        do("enter", after="permit.signed", marks="entered"),
        do("stay-out", lane="out", after="permit.refused", marks="entered"),
        do("cool", lane="cooling", after="wet", only_when="wet.yes"),
        do("power", after="enter stay-out", touches=(("FEED", "on"),)),
        do("close", after="all"),
    ]


def step(steps: Steps, name: str) -> dict[str, Any]:
    return next(one for one in steps if one["id"] == name)


def unfollowed(steps: Steps) -> None:
    step(steps, "stand-down").update(after="wet.yes")
    step(steps, "cool").update(after="wet.yes")


def no_end(steps: Steps) -> None:
    step(steps, "stand-down").pop("ends")
    step(steps, "cool").update(after="wet.yes")
    step(steps, "close").update(after="power cool")


MUTANTS: dict[str, tuple[str, str, Callable[[Steps], Any]]] = {
    "a step waits for one behind it": (
        "cycle",
        "send",
        lambda s: step(s, "send").update(after="wet.yes power"),
    ),
    "nothing follows an answer": ("answer-unfollowed", "wet", unfollowed),
    "nothing follows used-up turns": (
        "turns-used-up",
        "permit",
        lambda s: step(s, "stay-out").update(after="permit.signed"),
    ),
    "it goes back to where nothing leads here": (
        "back-not-here",
        "permit",
        lambda s: step(s, "permit").update(refused=("stand-down", 2)),
    ),
    "it goes back into another lane": (
        "back-other-lane",
        "permit",
        lambda s: step(s, "permit").update(refused=("cool", 2)),
    ),
    "a road does not stop any more": (
        "road-open",
        "wet",
        no_end,
    ),
    "nobody leads to a step": ("unreachable", "cool", lambda s: step(s, "cool").update(after=None)),
    "nobody reads what is asked": ("reading-not-taken", "pump", lambda s: step(s, "look").pop("record")),
    "an answer is asked for too soon": (
        "answer-not-given",
        "cool",
        lambda s: step(s, "cool").update(after="look"),
    ),
    "a mark comes a second time": ("mark-twice", "power", lambda s: step(s, "power").update(marks="entered")),
    "one thing is switched two ways at once": (
        "opposite-states",
        "cool",
        lambda s: step(s, "cool").update(touches=(("FEED", "on"),)),
    ),
    "a list lets an answer decide nothing": (
        "answer-decides-nothing",
        "enter",
        lambda s: step(s, "enter").update(after="permit.signed cool"),
    ),
    "the mark of a promise is lost": ("mark-missed", "close", lambda s: step(s, "send").pop("marks")),
    "the way to a promise is too long": (
        "promise-late",
        "send",
        lambda s: step(s, "look").update(takes=minutes_(55)),
    ),
}


def proven(steps: Steps) -> list[tuple[str, str]]:
    """Rule and step of everything that is refused."""
    runbook = plan(*steps, readings="x", hazard="leak")
    made, unsound = compile_graph(runbook, SITE, KEPT)
    found = unsound if made is None else road_faults(made)
    names = [one.id for one in runbook.steps]
    return [(fault.rule, names[fault.place.line - 1]) for fault in found]


def test_the_plan_that_is_mutated_is_sound():
    assert proven(sound()) == []


@pytest.mark.parametrize("name", MUTANTS)
def test_every_mutant_is_refused_at_its_line(name):
    rule, where, change = MUTANTS[name]
    steps = sound()
    change(steps)

    assert (rule, where) in proven(steps)


# --- said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_proof_is_said_in_lines_that_fit(language):
    steps = sound()
    step(steps, "close")["text"] = "close \x1b[2J" + "x" * 200
    said = as_proof(graph(*steps, readings="x", hazard="leak", kept=KEPT), language, 60)

    assert max(cells(line) for line in said.splitlines()) <= 60
    assert "\x1b" not in said
    assert "wet.no" in said and "permit" in said


def test_the_proof_names_slack_single_points_and_every_road():
    steps = (
        ask("q", "yes no"),
        do("stop", after="q.no", ends=True),
        do("go", after="q.yes", takes=minutes_(12)),
    )
    said = as_proof(graph(*steps, {**do("close"), "marks": "arrived"}, kept=KEPT), "en")

    assert "Every road reaches 'close' or stops at a step that says ends (1)." in said
    assert "Longest road: likely 12 min, at worst 12 min." in said
    assert "'go': 48 min" in said
    assert "2 roads\n  - q.yes: 12 min, at worst 12 min\n  - q.no: 0 s, at worst 0 s, stops there" in said
