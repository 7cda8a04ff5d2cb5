"""What a team did in a run that the drill has opened counts as what it did in the drill."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.book.reading import read_scenario
from drill.case import case_of
from drill.exercise import stop_for_real
from drill.findings import findings, next_limit
from drill.trial import played, stage_of, tried
from engine.acts import Given
from engine.errors import Refused
from engine.events import NoteAdded, Observed, RunEnded, RunOpened
from tests.drill import below
from tests.drill.small import World, does, scenario_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def drill(world):
    return below.begun(world)


def rung(drill, world):
    """Up to the moment at which the other run stands open."""
    does(drill, "li", "do", "look", values={"depth": "2"})
    does(drill, "li", "open-child", "ring-up")
    return below.below(drill, world)


def acts(desk, person, verb, step, **given):
    desk.actor = person
    act = next(one for one in desk.possible() if one.key == (verb, step))
    desk.do(act, Given(**given))


def outcomes(drill):
    drill.look()
    return {one.finding.id: one.finding.outcome for one in drill.findings()}


def all_of_it(drill, world):
    """Everything that is asked of the other run, in time."""
    desk = rung(drill, world)
    world.passes(MINUTE)
    acts(desk, "li", "tell", "dial", text="water", channel="phone")
    acts(desk, "li", "do", "look", values={"heads": "3"})
    world.passes(MINUTE)
    acts(desk, "zhao", "answer", "gate", answer="open")
    return desk


def test_whoever_is_told_in_a_run_below_is_told_by_the_team(drill, world):
    all_of_it(drill, world)

    assert outcomes(drill)["E4"] == "met"


def test_a_step_an_answer_a_mark_and_a_value_of_a_run_below_are_judged_under_its_runbook(drill, world):
    all_of_it(drill, world)

    assert {name: outcomes(drill)[name] for name in ("E5", "E6", "E7")} == dict.fromkeys(
        ("E5", "E6", "E7"), "met"
    )


def test_a_watch_of_a_run_below_is_judged_under_its_runbook(world):
    drill = below.begun(world, below.WITH_WATCH)
    desk = rung(drill, world)
    drill.deliver("busy")
    before = outcomes(drill)["E8"]
    acts(desk, "li", "raise", "engaged")

    assert (before, outcomes(drill)["E8"]) == ("open", "met")


def test_a_step_of_the_same_name_below_is_not_the_step_of_the_drill(drill, world):
    """Both plans have a `look`; E1 asks for the one of the drill, E7 for the mark of the other."""
    desk = rung(drill, world)
    before = outcomes(drill)
    acts(desk, "li", "do", "look", values={"heads": "3"})
    first = next(one for one in drill.findings() if one.finding.id == "E1")
    acts_at = [one.at for one in drill.moments.found["look"]]

    assert (before["E1"], before["E7"], len(acts_at), first.seen.at) == ("met", "open", 1, acts_at[0])


def test_what_is_wrong_below_is_wrong(drill, world):
    desk = rung(drill, world)
    acts(desk, "li", "do", "look", values={"heads": "3"})
    acts(desk, "zhao", "answer", "gate", answer="shut")

    assert outcomes(drill)["E5"] == "wrong"


def test_from_the_record_alone_the_same_comes_out(drill, world):
    all_of_it(drill, world)
    live = outcomes(drill)
    drill.end()
    again = case_of(drill.desk.record, drill.desk.run_id)

    assert outcomes(drill) == {one.finding.id: one.finding.outcome for one in again.findings(again.ended_at)}
    assert {name: live[name] for name in ("E4", "E5", "E6", "E7")} == dict.fromkeys(
        ("E4", "E5", "E6", "E7"), "met"
    )


@pytest.mark.parametrize("real", [False, True])
def test_a_drill_that_is_over_leaves_no_run_of_its_own_open(drill, world, real):
    desk = rung(drill, world)
    if real:
        stop_for_real(desk, "smoke")
    else:
        drill.end()
    ended = [one.event for one in drill.desk.record.entries(desk.run_id) if isinstance(one.event, RunEnded)]

    assert len(ended) == 1
    assert drill.desk.open_children() == []
    with pytest.raises(Refused):
        acts(desk, "li", "tell", "dial", text="water", channel="phone")


@pytest.mark.requirement("R22")
def test_a_freeze_stops_the_run_below_and_its_limits_too(drill, world):
    desk = rung(drill, world)
    drill.freeze("a visitor")
    with pytest.raises(Refused) as refused:
        acts(desk, "li", "tell", "dial", text="water", channel="phone")
    world.passes(30 * MINUTE)
    frozen = outcomes(drill)["E4"]
    drill.resume("gone")
    acts(desk, "li", "tell", "dial", text="water", channel="phone")

    assert (refused.value.id, frozen, outcomes(drill)["E4"]) == ("drill-frozen", "open", "met")


def test_begun_again_from_a_mark_the_run_below_stands_where_it_stood(drill, world):
    desk = rung(drill, world)
    world.passes(MINUTE)
    acts(desk, "li", "tell", "dial", text="water", channel="phone")
    drill.look()
    drill.mark("told")
    world.passes(MINUTE)
    acts(desk, "li", "do", "look", values={"heads": "3"})
    record, old = drill.desk.record, [drill.desk.run_id, desk.run_id, drill.book.state.run_id]
    before = [one.hash for run in old for one in record.entries(run)]
    again = drill.begin_again(drill.marks()[0], below.opening(), world.around(11))
    (state,) = again.team.states
    opened = next(one.event for one in record.entries(state.run_id) if isinstance(one.event, RunOpened))

    assert before == [one.hash for run in old for one in record.entries(run)]
    assert state.run_id not in old and opened.parent == again.desk.run_id
    assert (state.steps["dial"].status, state.steps["look"].status) == ("done", None)
    assert {one.finding.id: one.finding.outcome for one in again.findings()}["E4"] == "met"
    again.resume("on we go")
    there = below.below(again, world, 12)
    acts(there, "li", "do", "look", values={"heads": "3"})
    assert outcomes(again)["E7"] == "met"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("ring/gate.open", "ring/gate.opne", "undefined-answer"),
        ("from: ring/look", "from: ring/lok", "undefined-moment"),
        ("mark: ring/arrived", "mark: ring/arived", "undefined-mark"),
        ("ring/gate: open", "ring/gat: open", "undefined-asked"),
        ("from: ring/look", "from: rign/look", "undefined-moment"),
        ("watch: ring/engaged", "watch: ring/engagd", "undefined-watch"),
        ("busy: ring/engaged", "busy: ring/engagd", "undefined-watch"),
    ],
)
def test_a_name_of_a_run_below_is_looked_up_like_any_other(old, new, rule):
    text = below.WITH_WATCH.replace(old, new)
    scenario, faults = read_scenario(text.encode(), "x.yaml", book=below.book())

    assert scenario is None
    assert [fault.rule for fault in faults] == [rule]
    assert "ring/" in faults[0].sentence("en")


@pytest.mark.parametrize("said", ["ring/head: 4", "ring/heads: many"])
def test_a_reading_of_a_run_below_is_looked_up_too_and_takes_only_its_own_values(said):
    text = below.WITH_WATCH.replace("ring/heads: 4", said)
    _, faults = read_scenario(text.encode(), "x.yaml", book=below.book())

    assert len(faults) == 1


def test_the_crew_plays_the_runs_below_by_the_facts_and_lint_tries_them():
    scenario = scenario_of(below.WITH_TEAM, below.book())

    assert "ring/gate.open" in tried(scenario, stage_of(below.opening())).answers


def test_the_crew_reads_and_raises_below_what_the_facts_say_of_the_run_below():
    play = played(scenario_of(below.WITH_WATCH, below.book()), stage_of(below.opening()), "7")

    assert {"E6", "E8"} <= play.met


# --- judged once, until something can have changed


def test_nothing_is_judged_anew_until_somebody_writes_or_a_limit_passes(drill, world, monkeypatch):
    looks = []

    def looked(drilled):
        looks.append(drilled.now)
        return findings(drilled)

    monkeypatch.setattr("drill.findings.findings", looked)
    drill.look()
    drill.findings()
    for _ in range(20):
        world.passes(timedelta(seconds=5))
        drill.look()
        drill.findings()
    quiet = len(looks)
    desk = rung(drill, world)
    assert (quiet, outcomes(drill)["E1"], len(looks)) == (1, "met", 2)
    acts(desk, "li", "do", "look", values={"heads": "3"})
    assert (outcomes(drill)["E7"], len(looks)) == ("met", 3)
    world.passes(3 * MINUTE)
    assert (outcomes(drill)["E4"], len(looks)) == ("missed", 4)
    drill.observe(Observed("finding", "no water today", expectation="E2", outcome="waived"))
    assert (outcomes(drill)["E2"], len(looks)) == ("waived", 5)


def test_what_is_remembered_is_what_would_be_worked_out_at_every_second(drill, world):
    desk = rung(drill, world)
    for second in range(0, 1300, 13):
        world.passes(timedelta(seconds=13))
        if second == 65:
            acts(desk, "li", "do", "look", values={"heads": "3"})
        drill.look()
        assert drill.findings() == drill.case.findings(drill.now)
    assert next_limit(drill.findings(), drill.now) is None


def test_a_note_beside_it_changes_no_finding(drill, world):
    desk = rung(drill, world)
    before = outcomes(drill)
    desk.propose([NoteAdded("all is well")])

    assert outcomes(drill) == before
