"""One drill under way: its clock, its injects, its people, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from drill.case import case_of
from drill.draws import draw, falls_in
from drill.exercise import Exercise, seal_of
from drill.scoring import score
from drill.script import heads_up
from engine.errors import Refused
from engine.events import ClockSet, DrillPlanned, InjectSet, Observed, Rated, RoleTaken, RunOpened, Stage
from engine.text import Text
from tests.drill.small import SCENARIO, World, begun, does

MINUTE = timedelta(minutes=1)


def runs(exercise, world, length):
    world.passes(length)
    return exercise.tick()


def given(exercise):
    """What the players were given, in order."""
    return [card.inject for card in exercise.desk.state.cards]


def standing(exercise):
    return {line.inject.id: line.standing for line in exercise.lines()}


# --- a time that the trainer gave


@pytest.mark.requirement("R15")
@pytest.mark.parametrize("why", ["skipped", "not-drawn", "not approved"])
def test_an_inject_that_would_not_come_comes_when_the_trainer_gives_it_a_time(world, why):
    text = SCENARIO.replace("title: {zh: 运气, en: luck},", "title: {zh: 运气, en: luck}, approved: false,")
    chance = SCENARIO.replace("{chance: 50}", "{chance: 1}")
    exercise, _ = begun(world, {"skipped": SCENARIO, "not-drawn": chance}.get(why, text))
    exercise.start()
    if why == "skipped":
        exercise.skip("luck", "no time")
    before = standing(exercise)["luck"]
    exercise.delay("luck", 5 * MINUTE, "now it fits")
    runs(exercise, world, 6 * MINUTE)

    assert before in ("skipped", "not-drawn")
    assert "luck" in given(exercise)


def test_what_is_said_of_an_inject_stands_in_the_record_with_its_title(drill):
    drill.hold("call", "too early")
    drill.delay("luck", 5 * MINUTE, "later")
    said = [
        one.event.title
        for one in drill.book.record.entries(drill.book.state.run_id)
        if isinstance(one.event, InjectSet)
    ]

    assert [dict(title)["en"] for title in said] == ["a call", "luck"]


# --- two runs


@pytest.mark.requirement("R06")
def test_a_drill_is_two_runs_and_pins_what_it_rests_on(world):
    exercise, store = begun(world)
    drill_id, evaluation_id = exercise.desk.run_id, exercise.book.state.run_id
    opened = next(one.event for one in store.entries(drill_id) if isinstance(one.event, RunOpened))
    planned = next(one.event for one in store.entries(evaluation_id) if isinstance(one.event, DrillPlanned))

    assert (drill_id[0], evaluation_id[0], drill_id[1:]) == ("D", "E", evaluation_id[1:])
    assert opened.revision == 3
    assert store.text(opened.graph) is not None
    assert store.text(planned.digest) == SCENARIO.encode()
    assert opened.sealed == seal_of(planned.salt, planned.digest, "7")


@pytest.mark.requirement("R27")
def test_the_players_record_holds_no_script_no_seed_and_no_rating(drill, world):
    runs(drill, world, MINUTE)
    drill.observe(Observed("gap", "slow at the door"))
    said = " ".join(str(one.event) for one in drill.desk.record.entries(drill.desk.run_id))

    assert "a call" in said
    for hidden in ("a smell", "luck", "pressure", "slow at the door", "seed", "spill-drill", "E1", "O1"):
        assert hidden not in said


# --- injects


@pytest.mark.requirement("R12")
def test_an_inject_comes_at_its_time(drill, world):
    before = (runs(drill, world, 59 * timedelta(seconds=1)), given(drill))
    runs(drill, world, timedelta(seconds=1))

    assert (before, given(drill)) == (([], []), ["call"])


@pytest.mark.requirement("R12")
def test_an_inject_comes_so_long_after_a_step(drill, world):
    does(drill, "li", "do", "look", values={"depth": "2"})
    runs(drill, world, timedelta(seconds=29))
    before = given(drill)
    runs(drill, world, timedelta(seconds=1))

    assert (before, given(drill)) == ([], ["smell"])


@pytest.mark.requirement("R12")
def test_a_manual_inject_waits_for_the_trainer_and_may_be_empty(drill, world):
    runs(drill, world, timedelta(minutes=30))
    waited = standing(drill)["press"]
    drill.deliver("press")
    drill.look()

    assert (waited, "press" in given(drill)) == ("manual", True)
    assert drill.desk.state.cards[-1].text.en == ""


@pytest.mark.requirement("R14")
@pytest.mark.parametrize("seed", [str(number) for number in range(12)])
def test_chance_is_the_seed_and_the_label_and_nothing_else(seed):
    more = SCENARIO.replace(
        "injects:\n",
        "injects:\n  - {id: dice, title: {zh: 骰, en: dice}, to: IC, objectives: O1, when: "
        "{all: [{at: 2m}, {chance: 10}]}}\n",
    )
    comes = falls_in(draw(seed, "luck"), Decimal(50))
    for text in (SCENARIO, more):
        world = World()
        exercise, store = begun(world, text, seed=seed)
        exercise.start()
        runs(exercise, world, 3 * MINUTE)
        logged = [one.event for one in store.entries(exercise.book.state.run_id)]
        drawn = next(one for one in logged if isinstance(one, InjectSet) and one.inject == "luck")

        assert ("luck" in given(exercise)) == comes
        assert (drawn.how, drawn.draw) == ("drawn", draw(seed, "luck"))


@pytest.mark.requirement("R15")
def test_the_trainer_can_hold_release_skip_delay_repeat_and_write(drill, world):
    drill.hold("call", "too early")
    runs(drill, world, 1.5 * MINUTE)
    held = standing(drill)["call"]
    drill.release("call", "now")
    drill.skip("press", "no time")
    drill.delay("luck", timedelta(minutes=40), "later")
    runs(drill, world, MINUTE)
    drill.deliver("call")
    drill.write("extra", Text("加戏", "extra"), Text("", ""), "IC", "they are bored")
    drill.look()

    log = [one.event for one in drill.book.record.entries(drill.book.state.run_id)]
    said = [(one.inject, one.how) for one in log if isinstance(one, InjectSet) and one.how != "drawn"]
    assert held == "held"
    assert said[:4] == [("call", "held"), ("call", "released"), ("press", "skipped"), ("luck", "delayed")]
    assert [(card.inject, card.number) for card in drill.desk.state.cards] == [
        ("call", 1),
        ("call", 2),
        ("extra", 1),
    ]
    assert all(one.reason for one in log if isinstance(one, InjectSet) and one.how != "drawn")


@pytest.mark.requirement("R16")
def test_what_was_skipped_is_not_presented_and_keeps_nothing_open(drill, world):
    drill.skip("smell", "no smoke machine")
    does(drill, "li", "do", "look", values={"depth": "2"})
    runs(drill, world, 2 * MINUTE)
    drill.end()

    assert {one.finding.id: one.finding.outcome for one in drill.findings()}["E3"] == "not-presented"


@pytest.mark.requirement("R20")
def test_what_fell_due_while_nobody_watched_waits_for_a_choice(drill, world):
    world.passes(10 * MINUTE)
    again = Exercise(drill.desk, drill.book, drill.scenario, drill.seed)
    again.since = drill.now
    again.tick()

    assert given(again) == []
    assert standing(again)["call"] == "late"


def test_an_inject_is_not_given_twice_by_two_trainers_at_once(drill, world):
    runs(drill, world, MINUTE)
    event = InjectSet("call", "delivered", title=(("en", "a call"),))
    with pytest.raises(Refused) as refused:
        drill.desk.propose([event])

    assert (refused.value.id, given(drill)) == ("already-delivered", ["call"])


def test_only_whoever_holds_the_role_gives_injects(drill):
    drill.book.actor = "wang"
    with pytest.raises(Refused) as refused:
        drill.deliver("press")
    assert refused.value.id == "trainer-only"


@pytest.mark.requirement("R48")
def test_a_major_inject_is_announced_a_minute_before(drill, world):
    does(drill, "li", "do", "look", values={"depth": "2"})
    coming = heads_up(drill.script.ahead(drill.now, drill.since), drill.now)

    assert [line.inject.id for line in coming] == ["smell"]


# --- the clock


@pytest.mark.requirement("R22")
def test_freeze_stops_injects_and_limits_alike(drill, world):
    world.passes(timedelta(seconds=30))
    drill.freeze("the radio is dead")
    world.passes(30 * MINUTE)
    drill.tick()
    frozen = (given(drill), {one.finding.outcome for one in drill.findings()})
    drill.resume("on we go")
    runs(drill, world, timedelta(seconds=30))

    assert frozen == ([], {"open"})
    assert given(drill) == ["call"]
    assert drill.inputs().freeze_ms == 1_800_000


@pytest.mark.requirement("R21")
def test_a_wall_clock_set_back_by_an_hour_moves_nothing(drill, world):
    world.passes(timedelta(seconds=40))
    world.jumps = timedelta(hours=-1)
    world.passes(timedelta(seconds=20))
    drill.tick()

    assert (drill.elapsed, given(drill)) == (MINUTE, ["call"])


@pytest.mark.requirement("R23")
def test_a_functional_drill_goes_at_the_speed_of_the_world_only(drill):
    drill.freeze("wait")
    with pytest.raises(Refused) as refused:
        drill.resume("faster", rate=2000)
    assert refused.value.id == "rate-by-form"


@pytest.mark.requirement("R23")
def test_a_tabletop_may_go_faster(world):
    exercise, _ = begun(world, SCENARIO.replace("form: functional", "form: tabletop"))
    exercise.start()
    exercise.freeze("wait")
    exercise.resume("faster", rate=2000)
    world.passes(MINUTE)

    assert exercise.elapsed == 2 * MINUTE


@pytest.mark.requirement("R24")
def test_an_assessed_drill_is_never_set_to_another_time(world):
    exercise, _ = begun(world, SCENARIO.replace("length: 1h", "length: 1h\nassessed: true"))
    exercise.start()
    with pytest.raises(Refused) as refused:
        exercise.jump(timedelta(minutes=10), "go on")
    assert refused.value.id == "assessed-clock"


@pytest.mark.requirement("R24")
def test_a_freeze_without_a_reason_is_refused(drill):
    with pytest.raises(Refused) as refused:
        drill.freeze(" ")
    assert refused.value.id == "reason-first"
    assert drill.book.state.stage == "running"


# --- stages and people


@pytest.mark.requirement("R28")
@pytest.mark.parametrize("stage", ["draft", "approved", "evaluated", "closed", "running"])
def test_a_drill_goes_on_in_order_only(drill, stage):
    with pytest.raises(Refused) as refused:
        drill.book.write(Stage(stage, reason="why"), drill.now, drill.company)
    assert refused.value.id == "stage-order"


@pytest.mark.requirement("R28")
def test_a_drill_with_something_open_is_not_evaluated(world):
    judged = SCENARIO.replace("step: look, target: 5m, limit: 10m", "evaluator: true")
    exercise, _ = begun(world, judged)
    exercise.start()
    exercise.observe(Observed("finding", "cannot say yet", "E1", "open"))
    exercise.end()
    with pytest.raises(Refused) as refused:
        exercise.book.write(Stage("evaluated"), exercise.now, exercise.company)

    assert refused.value.id == "still-to-judge"


@pytest.mark.requirement("R29")
def test_a_drill_is_not_closed_before_everything_is_back(drill, world):
    runs(drill, world, 30 * MINUTE)
    drill.end()
    drill.book.write(Stage("evaluated"), drill.now, drill.company)
    with pytest.raises(Refused) as refused:
        drill.book.write(Stage("closed"), drill.now, drill.company)
    assert refused.value.id == "still-to-restore"


@pytest.mark.requirement("R38")
def test_nobody_judges_what_they_play(drill):
    with pytest.raises(Refused) as refused:
        drill.book.write(RoleTaken("EVALUATOR", "li"), drill.now, drill.company)
    assert refused.value.id == "judges-themselves"


@pytest.mark.requirement("R47")
def test_a_note_is_stamped_with_both_times(drill, world):
    world.passes(90 * timedelta(seconds=1))
    (entry,) = drill.observe(Observed("strength", "asked for read-back"))

    assert entry.event.exercise_ms == 90_000
    assert (entry.at - drill.desk.state.opened_at, entry.recorded_at) == (
        1.5 * MINUTE,
        world.moment().recorded_at,
    )


@pytest.mark.requirement("R49")
def test_whoever_rates_otherwise_than_proposed_says_why_and_both_are_kept(drill):
    with pytest.raises(Refused) as refused:
        drill.rate(Rated("O1", "S", "P"))
    drill.rate(Rated("O1", "S", "P", "took the wrong key first"))
    kept = drill.book.state.final("O1")

    assert refused.value.id == "rating-why"
    assert (kept.rating, kept.proposed) == ("S", "P")


@pytest.mark.requirement("R49")
def test_the_lead_evaluators_rating_stands(drill):
    drill.book.write(RoleTaken("LEAD", "deng"), drill.now, drill.company)
    drill.rate(Rated("O1", "M", "S", "no read-back", final=True, by="deng"))
    drill.rate(Rated("O1", "P", "S", "I liked it"))

    assert drill.book.state.final("O1").rating == "M"
    with pytest.raises(Refused):
        drill.rate(Rated("O1", "P", "S", "no", final=True, by="li"))


# --- what came of it


def test_findings_come_from_the_record(drill, world):
    world.passes(3 * MINUTE)
    does(drill, "li", "do", "look", values={"depth": "2"})
    world.passes(9 * MINUTE)
    drill.tick()
    does(drill, "li", "answer", "source", answer="crac")
    world.passes(6 * MINUTE)
    drill.end()

    found = {one.finding.id: (one.finding.outcome, one.finding.took_ms) for one in drill.findings()}
    assert found == {"E1": ("met", 180_000), "E2": ("late", 720_000), "E3": ("missed", None)}


@pytest.mark.requirement("R28")
@pytest.mark.requirement("R44")
@pytest.mark.parametrize(("minutes", "outcome"), [(9, "open"), (11, "missed")])
def test_what_endex_cuts_off_before_its_limit_was_not_missed_and_somebody_must_say_what_it_was(
    drill, world, minutes, outcome
):
    """E1 is to be done within 10 minutes."""
    runs(drill, world, minutes * MINUTE)
    drill.end()
    found = {one.finding.id: one.finding.outcome for one in drill.findings()}
    later = case_of(drill.desk.record, drill.desk.run_id)

    assert found["E1"] == outcome
    assert {one.id: one.outcome for one in later.inputs(later.ended_at).findings} == found
    assert score(drill.inputs()).verdict == "no-verdict"
    with pytest.raises(Refused) as refused:
        drill.evaluated()
    assert refused.value.id == "still-to-judge"
    for name in ("E1", "E2"):
        drill.observe(Observed("finding", "we stopped too early", name, "not-presented"))
    drill.evaluated()
    assert drill.stage == "evaluated"


def test_what_a_real_event_cuts_off_is_asked_of_nobody(drill, world):
    runs(drill, world, 9 * MINUTE)
    drill.end("real-event", "smoke")

    assert {one.finding.outcome for one in drill.findings()} == {"not-presented"}


def test_the_wrong_answer_is_wrong_until_the_right_one_comes_in_time(drill, world):
    does(drill, "li", "do", "look", values={"depth": "2"})
    does(drill, "li", "answer", "source", answer="roof")
    wrong = {one.finding.id: one.finding.outcome for one in drill.findings()}["E2"]
    world.passes(MINUTE)
    does(drill, "li", "change", "source", answer="crac", reason="looked again")

    assert wrong == "wrong"
    assert {one.finding.id: one.finding.outcome for one in drill.findings()}["E2"] == "met"


def test_an_evaluators_word_goes_before_the_machines_and_both_are_there(drill, world):
    does(drill, "li", "do", "look", values={"depth": "2"})
    drill.observe(Observed("finding", "only guessed from the door", "E1", "wrong"))
    (shown,) = [one for one in drill.findings() if one.finding.id == "E1"]

    assert (shown.finding.outcome, shown.proposed, shown.why) == (
        "wrong",
        "met",
        "only guessed from the door",
    )


@pytest.mark.requirement("R50")
def test_the_score_can_be_reckoned_from_the_record_alone(drill, world):
    does(drill, "li", "do", "look", values={"depth": "2"})
    world.passes(2 * MINUTE)
    drill.tick()
    does(drill, "li", "answer", "source", answer="crac")
    drill.rate(Rated("O1", "S", "S"))
    drill.end()
    live = drill.inputs()
    later = case_of(drill.desk.record, drill.desk.run_id)

    assert later.inputs(later.ended_at) == live
    assert score(later.inputs(later.ended_at)) == score(live)


def test_the_clock_of_the_drill_is_in_its_record(drill, world):
    drill.freeze("tea")
    drill.end()
    rates = [
        one.event.rate
        for one in drill.desk.record.entries(drill.desk.run_id)
        if isinstance(one.event, ClockSet)
    ]

    assert rates == [1000, 0, 0]
