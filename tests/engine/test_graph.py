"""What comes after what, what is unsound, and that it stays small work on large plans."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from math import log
from random import Random
from typing import Any

import networkx as nx
import pytest

from engine.errors import Fault, Refused
from engine.graph import (
    Edge,
    StepGraph,
    bound,
    closing_step,
    compile_graph,
    follows,
    from_bytes,
    shortest_miss,
)
from engine.plan import Fact, Promises, Room, Site, Watch
from engine.rules.finishing import tag_is_right
from engine.text import Text
from tests.engine.build import (
    SITE,
    Device,
    ask,
    compiled,
    contact,
    do,
    faults_of,
    graph,
    hold,
    minutes,
    operations,
    plan,
    tell,
    text,
)
from tests.engine.plans import random_graph


def edges(made: StepGraph) -> dict[tuple[str, str], Edge]:
    return {(one, other): found["edge"] for one, other, found in made.dag.edges(data=True)}


def rules(faults: list[Fault]) -> list[str]:
    return [fault.rule for fault in faults]


# --- edges


def test_a_step_follows_the_one_above_it_in_its_lane():
    made = graph(do("a"), do("x", lane="l", after="a"), do("b"), do("y", lane="l"), do("close", after="all"))

    assert {key for key in edges(made) if key[1] in "by"} == {("a", "b"), ("x", "y")}


def test_what_is_written_in_after_says_on_which_answers():
    made = graph(ask("q", "yes no perhaps"), do("a", after="q.yes"), do("b", after="q.no q.perhaps a"))

    assert edges(made)["q", "a"].answers == ("yes",)
    assert edges(made)["q", "b"].answers == ("no", "perhaps")
    assert edges(made)["a", "b"].answers is None


def test_any_answer_swallows_the_answers_that_are_named_beside_it():
    made = graph(ask("q", "yes no"), do("a", after="q.yes q"))

    assert edges(made)["q", "a"].answers is None


def test_else_refused_and_nobody_lead_to_the_steps_they_name():
    made = graph(
        do("act", expect="x < 1", otherwise="again"),
        do("again"),
        hold("permit", "PWR ENG", after="act.met again", refused="outside"),
        do("outside"),
        contact("call", after="permit.signed outside", otherwise="alone"),
        do("alone"),
        do("close", after="call.reached alone"),
        readings="x",
    )

    found = edges(made)
    assert found["act", "again"].answers == ("unmet",)
    assert found["permit", "outside"].answers == ("refused",)
    assert found["call", "alone"].answers == ("nobody",)
    assert not any(later == "again" for _, later in found.keys() - {("act", "again")})


def test_nobody_passes_a_hold_that_may_be_refused_but_by_its_signatures():
    made = graph(
        hold("permit", "PWR ENG", refused="outside"), do("outside"), do("in", after="permit outside")
    )

    assert graph(hold("permit", "PWR ENG"), do("in")).into["in"][0].answers is None
    assert follows(made, "permit", "refused") == ("outside", "in")


def test_a_missed_limit_is_an_edge_that_is_no_after():
    made = graph(do("act", within="5m", missed="call"), do("call", lane="l"), do("close", after="all"))

    assert edges(made)["act", "call"] == Edge("act", "call", missed=True)
    assert edges(made)["act", "call"].leads
    assert {later for earlier, later in edges(made) if earlier == "act"} == {"call", "close"}


def test_the_end_of_a_repeated_step_comes_after_the_step_or_every_carrier_of_the_mark():
    made = graph(
        ask("q", "one two"),
        do("a", after="q.one", marks="dry"),
        do("b", after="q.two", marks="dry"),
        do("watch", lane="l", after="q", every="5m", until="dry"),
        do("look", lane="m", after="q", every="5m", until="watch"),
        do("close", after="all"),
    )

    assert edges(made)["a", "watch"] == Edge("a", "watch", until=True)
    assert edges(made)["b", "watch"] == Edge("b", "watch", until=True)
    assert not edges(made)["watch", "look"].leads
    assert made.order.index("watch") < made.order.index("look")


def test_after_all_waits_for_every_lane_and_loose_end_and_not_for_a_stop():
    made = graph(
        ask("q", "real false"),
        do("stop", after="q.false", ends=True),
        do("a", after="q.real"),
        do("b", lane="l", after="a"),
        do("c", lane="m", after="a"),
        do("d", after="a"),
        do("close", after="all"),
    )

    assert {edge.earlier for edge in made.into["close"]} == {"b", "c", "d"}


def test_a_step_written_after_the_one_that_waits_for_all_is_the_last():
    made = graph(do("a"), do("b", lane="l", after="a"), do("close", after="all"), do("report"), do("file"))

    assert {edge.earlier for edge in made.into["close"]} == {"b"}
    assert made.closing == "file"


def test_of_two_steps_that_wait_for_all_the_later_waits_for_the_earlier():
    made = graph(do("a"), do("safe", after="all"), do("b", lane="l", after="a"), do("close", after="all"))

    assert {edge.earlier for edge in made.into["safe"]} == {"b"}
    assert {edge.earlier for edge in made.into["close"]} == {"b", "safe"}


def test_what_is_restored_stands_between_everything_and_the_closing_step():
    made = graph(
        do("a"),
        do("b", lane="l", after="a"),
        do("c", after="a"),
        do("close", after="all"),
        restore=[do("rearm"), do("tidy")],
    )

    assert {edge.earlier for edge in made.into["rearm"]} == {"b", "c"}
    assert {edge.earlier for edge in made.into["tidy"]} == {"rearm"}
    assert {edge.earlier for edge in made.into["close"]} == {"b", "c", "tidy"}


def test_what_is_restored_waits_for_the_answers_the_closing_step_waits_for():
    made = graph(
        ask("q", "yes no"), do("stop", after="q.no", ends=True), do("close", after="q.yes"), restore=[do("r")]
    )

    assert edges(made)["q", "r"].answers == ("yes",)


def test_a_plan_of_one_step_restores_before_it_closes():
    made = graph(do("close"), restore=[do("rearm")])

    assert made.starts == {"rearm"}
    assert Device(made).open().open_steps() == ["rearm"]


def test_the_order_puts_each_step_after_all_it_waits_for_and_else_keeps_the_authors():
    made = graph(
        do("a", after=""),
        do("late", after="b"),
        do("b", after="a"),
        do("c", after="a"),
        do("close", after="all"),
    )

    assert made.order == ("a", "b", "late", "c", "close")


def test_the_graph_is_a_frozen_networkx_digraph():
    made = graph(do("a"), do("b"))

    assert isinstance(made.dag, nx.DiGraph)
    with pytest.raises(nx.NetworkXError):
        made.dag.add_edge("b", "a")


# --- going back


def test_the_steps_between_are_those_on_a_way_back_in_the_same_lane():
    made = graph(
        do("a"),
        do("b"),
        do("beside", after="a"),
        do("other", lane="l", after="b"),
        ask("q", "yes no:b:2", after="b other"),
        do("c", after="q.yes q.no"),
        do("close", after="all"),
    )

    assert made.between("b", "q") == ("b", "q")
    assert made.between("a", "q") == ("a", "b", "q")


def test_a_loop_that_lies_wholly_inside_another_is_inside_it_and_no_other_is():
    made = graph(
        do("a"),
        do("b"),
        ask("inner", "on back:b:2"),
        ask("outer", "on back:a:2", after="inner.on inner.back"),
        ask("apart", "on back:apart:2", after="outer.on outer.back"),
        do("close", after="apart.on apart.back"),
    )

    assert made.loops_inside("outer", "back") == (("inner", "back"),)
    assert made.loops_inside("inner", "back") == ()
    assert made.loops_inside("apart", "back") == ()


# --- faults


def test_a_ring_is_named_by_the_shortest_way_round_it():
    found = faults_of(do("a", after="c"), do("b", after="a"), do("x", after="b"), do("c", after="b x"))

    assert rules(found) == ["cycle"]
    assert dict(found[0].facts)["ring"] == "a → b → c → a"


def test_every_ring_is_told_at_once():
    found = faults_of(
        do("s"),
        do("a", after="b s"),
        do("b", after="a"),
        do("c", after="d s"),
        do("d", after="c"),
        do("e", after="b d"),
    )

    assert [dict(fault.facts)["ring"] for fault in found] == ["a → b → a", "c → d → c"]
    assert [fault.place.line for fault in found] == [2, 4]


def test_until_counts_in_a_ring():
    found = faults_of(do("a"), do("watch", every="5m", until="b"), do("b"))

    assert dict(found[0].facts)["ring"] == "watch → b → watch"


def test_a_repetition_beside_what_ends_it_is_no_ring():
    assert (
        faults_of(do("a"), do("watch", lane="l", after="a", every="5m", until="b"), do("b", after="a")) == []
    )


def test_a_repetition_that_waits_for_its_own_mark_is_a_ring():
    found = faults_of(do("watch", every="5m", until="done", marks="done"))

    assert dict(found[0].facts)["ring"] == "watch → watch"


def test_missed_counts_in_a_ring():
    found = faults_of(do("call", after="a"), do("a", within="5m", missed="call", after="call"))

    assert rules(found) == ["cycle"]


def test_going_back_is_no_ring():
    assert faults_of(do("a"), ask("q", "yes no:a:3"), do("b", after="q.yes q.no")) == []


def test_nobody_goes_back_into_another_lane():
    loop = (
        do("a"),
        do("x", lane="l", after="a"),
        ask("q", "yes no:x:2", after="a x"),
        do("b", after="q.yes q.no"),
    )
    found = faults_of(*loop)

    assert rules(found) == ["back-other-lane"]
    assert found[0].place.line == 3


def test_nobody_goes_back_to_a_step_that_does_not_lead_here():
    beside = (do("a"), do("x", after="a"), ask("q", "yes no:x:2", after="a"), do("b", after="q.yes q.no x"))
    leading = (do("a"), do("x", after="a"), ask("q", "yes no:x:2", after="x"), do("b", after="q.yes q.no"))

    assert rules(faults_of(*beside)) == ["back-not-here"]
    assert faults_of(*leading) == []


def test_nobody_goes_back_to_a_step_that_comes_later():
    later = (do("a"), ask("q", "yes no:b:2"), do("b", after="q.yes q.no"))

    assert rules(faults_of(*later)) == ["back-not-here"]


def test_something_follows_turns_that_are_used_up():
    ends = (do("a"), ask("q", "yes no:a:2"), do("b", after="q.yes"))
    goes_on = (do("a"), ask("q", "yes no:a:2"), do("b", after="q.yes q.no"))

    assert rules(faults_of(*ends)) == ["turns-used-up"]
    assert faults_of(*goes_on) == []


def test_used_up_turns_of_an_expectation_are_followed_too():
    steps = (do("a"), do("b", expect="x < 1", otherwise=("a", 2)), do("c", after="b.met"))
    more = (*steps, do("d", after="b.unmet"), do("close", after="c d"))

    assert rules(faults_of(*steps, readings="x")) == ["turns-used-up"]
    assert faults_of(*more, readings="x") == []


def test_every_answer_is_followed_when_one_is():
    loose = (ask("q", "yes no perhaps"), do("a", after="q.yes"), do("b", after="q.no a"))
    found = faults_of(*loose)

    assert rules(found) == ["answer-unfollowed"]
    assert dict(found[0].facts) == {"step": "q", "answer": "perhaps"}
    assert faults_of(*loose[:2], do("b", after="q.no q.perhaps a")) == []


def test_a_decision_of_which_no_answer_is_followed_is_a_loose_end():
    assert faults_of(do("a"), ask("q", "yes no", lane="l", after="a"), do("close", after="all")) == []


def test_a_decision_nobody_waits_for_need_not_be_followed():
    assert faults_of(do("a"), ask("q", "yes no", lane="l", after="a"), do("close", after="a")) == []


def test_answers_of_a_step_where_a_road_may_stop_need_not_be_followed():
    stops = (
        ask("q", "real false"),
        ask("r", "yes no:r:2", after="q.false", ends=True),
        do("close", after="q.real"),
    )

    assert faults_of(*stops) == []


def test_a_step_nobody_leads_to_is_unreachable():
    lone = (do("a"), {**do("b", lane="l"), "after": None}, do("close", after="a"))
    woken = (do("a"), do("b", lane="l", after="w"), do("close", after="a"))

    assert [fault.place.line for fault in faults_of(*lone) if fault.rule == "unreachable"] == [2]
    assert faults_of(*woken, watches=[Watch("w", words=text("smoke"))]) == []


def test_a_road_that_never_reaches_the_last_step_is_told_by_its_shortest():
    open_road = (
        ask("q", "yes no"),
        ask("r", "one two", after="q.yes"),
        do("a", after="r.one"),
        do("lost", lane="l", after="r.two"),
        do("gone", lane="m", after="q.no"),
        do("close", after="a"),
    )
    found = faults_of(*open_road)

    assert rules(found) == ["road-open"]
    assert dict(found[0].facts) == {"closing": "close", "road": "q.no"}
    assert found[0].place.line == 1


def test_a_road_may_stop_where_the_plan_says_so():
    steps = [
        ask("q", "yes no"),
        do("a", after="q.yes"),
        do("b", lane="l", after="q.no"),
        do("close", after="a"),
    ]

    assert rules(faults_of(*steps)) == ["road-open"]
    assert faults_of(*steps[:2], do("b", lane="l", after="q.no", ends=True), steps[3]) == []


def test_a_lane_does_not_excuse_a_road_that_is_closed_by_another():
    steps = (do("a"), do("watch", lane="l", after="a"), do("close", after="a"))

    assert faults_of(*steps) == []


def test_a_closing_step_that_may_be_passed_over_is_missed_by_some_road():
    made = graph(do("a"), do("b", only_when="x > 1"), do("close"), readings="x")

    assert shortest_miss(made, {"b"}) == ["b.pass"]
    assert shortest_miss(made, {"b", "close"}) is None


def test_a_road_misses_a_step_behind_a_watch_by_its_staying_quiet():
    made = graph(
        do("a"), do("x", lane="l", after="w"), do("close", after="all"), watches=[Watch("w", words=text("s"))]
    )

    assert shortest_miss(made, {"x"}) == []


def test_a_limit_that_may_be_missed_is_no_way_to_the_end():
    steps = (do("a", within="5m", missed="close"), do("close", lane="l"))

    assert rules(faults_of(*steps)) == ["road-open"]


def brute_force_miss(made: StepGraph, goals: set[str]) -> bool:
    """Whether some choice of answers, passes and watches opens no step of `goals`, by trying them all."""
    nodes = [node for node in made.order if node in made.watches or made.steps[node].answers]

    def road(chosen: dict[str, Any]) -> set[str]:
        on: set[str] = set()
        for node in made.order:
            into = [edge for edge in made.into[node] if edge.after and edge.earlier in on]
            taken = any(edge.answers is None or chosen.get(edge.earlier) in edge.answers for edge in into)
            if chosen.get(node) is True or node in made.starts or taken:
                on.add(node)
        return on

    def choices(rest: list[str], chosen: dict[str, Any]) -> bool:
        if not rest:
            return not road(chosen) & goals
        node = rest[0]
        ways = [True, False] if node in made.watches else [one.id for one in made.steps[node].answers]
        return any(choices(rest[1:], {**chosen, node: way}) for way in ways)

    return choices(nodes, {})


@pytest.mark.parametrize("seed", range(40))
def test_the_backward_sweep_agrees_with_trying_every_road(seed):
    made = random_graph(seed)
    draw = Random(f"goals {seed}")
    plain = [name for name, step in made.steps.items() if step.only_when is None]
    goals = set(draw.sample(plain, min(len(plain), 3)))
    decisions = [node for node in made.order if node in made.watches or made.steps[node].answers]
    if len(decisions) > 9:
        goals = {made.closing}
        assert shortest_miss(made, {*goals, *made.enders}) is None
        return

    assert (shortest_miss(made, goals) is not None) == brute_force_miss(made, goals)


# --- keeping it


@pytest.mark.parametrize("seed", range(20))
def test_a_graph_comes_back_from_the_store_as_it_was(seed):
    made = random_graph(seed)

    again = from_bytes(made.to_bytes())

    assert again.to_bytes() == made.to_bytes()
    assert again.digest == made.digest
    assert again.order == made.order
    assert again.into == made.into
    assert again.runbook.steps == made.runbook.steps


def test_a_bound_graph_says_the_values_of_the_site_and_the_room_and_keeps_its_edges():
    room = Room("A1", text("A1"), facts=(Fact("agent", text("agent"), words=Text("七氟丙烷", "HFC")),))
    parameters = (
        Fact("far", text("far"), number=Decimal("2.50")),
        Fact("long", text("long"), length=minutes(90)),
    )
    site = Site("s", text("s"), "UTC", ("zh", "en"), (room,), parameters=parameters)
    made = compiled(
        plan(do("a", text="mask for {{ site.room.agent }}, {{site.far}} m, {{ site.long }}"), do("b")), site
    )

    shown = bound(made, "A1")

    assert shown.steps["a"].text.zh == "mask for 七氟丙烷, 2.50 m, 1 小时 30 分钟"
    assert shown.steps["a"].text.en == "mask for HFC, 2.50 m, 1 h 30 min"
    assert shown.steps["b"] is made.steps["b"]
    assert edges(shown) == edges(made)
    assert bound(made, None).steps["a"].text.en == "mask for [agent], 2.50 m, 1 h 30 min"


@pytest.mark.requirement("E14")
def test_a_tag_of_the_room_is_the_plate_of_the_room_the_run_is_in():
    rooms = (room_with_tag("A1", "V-12", "V-12"), room_with_tag("A2", "无", "none"))
    site = Site("s", text("s"), "UTC", ("zh", "en"), rooms)
    made = compiled(plan(do("a", tag="site.room.crac-tag"), do("b", tag="V-3")), site)

    first, second, without = bound(made, "A1"), bound(made, "A2"), bound(made, None)

    assert (first.steps["a"].tag, first.steps["a"].tag_names) == ("V-12", ())
    assert (second.steps["a"].tag, second.steps["a"].tag_names) == ("无 / none", ("无", "none"))
    assert without.steps["a"].tag == "site.room.crac-tag"
    assert [one.steps["b"].tag for one in (first, second, without)] == ["V-3"] * 3
    assert edges(first) == edges(made)


@pytest.mark.requirement("E14")
@pytest.mark.parametrize("typed", ["无", "none", " NONE ", "无 / none"])
def test_a_tag_said_in_two_languages_is_right_in_either(typed):
    site = Site("s", text("s"), "UTC", ("zh", "en"), (room_with_tag("A2", "无", "none"),))
    made = compiled(plan(do("a", tag="site.room.crac-tag", check_tag=True)), site)
    step = bound(made, "A2").steps["a"]

    tag_is_right(step, typed)
    with pytest.raises(Refused, match="V-12"):
        tag_is_right(step, "V-12")


def room_with_tag(room: str, zh: str, en: str) -> Room:
    return Room(room, text(room), facts=(Fact("crac-tag", text("tag"), words=Text(zh, en)),))


def test_a_plan_that_says_no_site_value_is_bound_as_it_is():
    made = graph(do("a"))

    assert bound(made, "A1") is made


def test_steps_that_say_what_they_come_after_may_be_listed_in_any_order():
    steps = [
        do("a", after=""),
        ask("q", "yes no", after="a"),
        do("b", after="q.yes"),
        do("c", after="q.no"),
        do("watch", lane="l", after="a", every="5m", until="b"),
        do("close", after="all"),
    ]
    draw = Random(7)
    runs = []
    for _ in range(5):
        device = Device(graph(*steps)).open()
        device.done("a")
        device.answer("q", "yes")
        runs.append((device.places(), set(device.open_steps())))
        draw.shuffle(steps)

    assert all(one == runs[0] for one in runs)


# --- large plans


def chain(size: int) -> list[dict[str, Any]]:
    return [do(f"s{number}") for number in range(size)]


def diamonds(size: int) -> list[dict[str, Any]]:
    steps = [do("start")]
    for number in range(size):
        q = f"q{number}"
        steps += [ask(q, "l r"), do(f"l{number}", after=f"{q}.l"), do(f"r{number}", after=f"{q}.r")]
        steps.append(do(f"j{number}", after=f"l{number} r{number}"))
    return steps


def lanes(size: int) -> list[dict[str, Any]]:
    side = [do(f"x{number}", lane=f"l{number}", after="start") for number in range(size)]
    return [do("start"), *side, do("close", after="all")]


def asks(size: int) -> list[dict[str, Any]]:
    """Decisions one after the other, each of which may go back a little and all the way."""
    steps = [do("s")]
    for number in range(size):
        near = f"q{max(number - 3, 0)}" if number > 3 else "s"
        before = "s" if not number else f"q{number - 1}.on q{number - 1}.near q{number - 1}.far"
        steps.append(ask(f"q{number}", f"on near:{near}:2 far:s:2", after=before))
    return [*steps, do("close", after=f"q{size - 1}.on q{size - 1}.near q{size - 1}.far")]


def forced(size: int) -> list[dict[str, Any]]:
    """Decisions of which each could leave the road: the worst for a proof that remembers them."""
    steps = [do("s")]
    for number in range(size):
        before = "s" if not number else f"q{number - 1}.on"
        steps += [
            ask(f"q{number}", "on off", after=before),
            do(f"x{number}", after=f"q{number}.off", ends=True),
        ]
    return [*steps, do("close", after=f"q{size - 1}.on")]


def growth(make: Callable[[int], list[dict[str, Any]]], small: int, large: int) -> float:
    """The exponent with which the work of compiling grows from a small plan to a large one."""
    works = []
    for size in (small, large):
        runbook = plan(*make(size))
        works.append(operations(partial(compile_graph, runbook, SITE, Promises())))
    return log(works[1] / works[0]) / log(large / small)


@pytest.mark.parametrize(
    ("make", "small", "large"),
    [(chain, 2_500, 10_000), (diamonds, 50, 200), (lanes, 75, 300), (asks, 500, 2_000), (forced, 250, 1_000)],
)
def test_compiling_grows_with_the_plan_and_not_faster(make, small, large):
    assert growth(make, small, large) <= 1.1


def test_a_long_chain_and_many_decisions_are_sound_without_recursion():
    deep = sys.getrecursionlimit()
    assert deep < 10_000

    assert graph(*chain(10_000)).order[-1] == "s9999"
    assert len(graph(*asks(2_000)).order) == 2_002
    assert len(graph(*lanes(300)).into["close"]) == 300
    assert graph(*diamonds(200)).order[-1] == "j199"


def test_a_ring_of_ten_thousand_steps_is_named():
    steps = chain(10_000)
    steps[0] = do("s0", after="s9999")

    ring = dict(faults_of(*steps)[0].facts)["ring"].split(" → ")

    assert len(ring) == 10_001
    assert ring[0] == ring[-1] == "s0"


def test_going_back_over_a_long_loop_finds_its_steps_without_recursion():
    made = graph(*chain(5_000), ask("q", "on back:s0:1"), do("close", after="q.on q.back"))

    assert len(made.between("s0", "q")) == 5_001


def test_the_closing_step_is_the_last_listed_where_none_waits_for_all():
    assert closing_step(plan(do("a"), tell("b"), restore=[do("r")])).id == "b"
