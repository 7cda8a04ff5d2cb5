"""A drill whose program was stopped, whose trainer is gone, or that a real event ends; what stands still with it."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import count

import pytest

from drill.exercise import REAL_EVENT, Alive, Exercise, stop_for_real
from drill.exercise.timing import LEAST_GAP
from engine.acts import Act, Given
from engine.clocks import frozen_for
from engine.desk import Desk, opening_of
from engine.errors import RecordTrouble, Refused
from engine.events import ClockSet, NoteAdded, Observed, Rated, ReadingTaken, RoleTaken, Stage, StepDone, Told
from tests.drill.small import SCENARIO, World, begun, does, small_book

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
CHANCE = count(100)
"""No two terminals draw the same numbers."""


def alive(world):
    moment = world.moment()
    return Alive(moment.recorded_at, moment.mono)


def killed(drill, world, length):
    """The program is gone for so long, and comes back; what it knew of the time before."""
    sign = alive(world)
    world.passes(length)
    again = Exercise.take_up(drill.desk.record, drill.desk.run_id, world.around(next(CHANCE)), "deng")
    return again, again.gap(sign)


def given(exercise):
    return [card.inject for card in exercise.desk.state.cards]


def standing(exercise):
    return {line.inject.id: line.standing for line in exercise.lines()}


# --- stopped and taken up again


@pytest.mark.requirement("R21")
def test_a_gap_that_the_trainer_calls_a_freeze_moves_nothing(drill, world):
    world.passes(30 * SECOND)
    again, gap = killed(drill, world, 10 * MINUTE)
    again.stood_still(gap)
    again.tick()
    before = (again.elapsed, given(again))
    world.passes(30 * SECOND)
    again.tick()

    assert gap.length == 10 * MINUTE
    assert before == (30 * SECOND, [])
    assert (again.elapsed, given(again)) == (MINUTE, ["call"])
    assert frozen_for(again.desk.state.settings) == 10 * MINUTE


@pytest.mark.requirement("R24")
def test_the_record_says_that_the_program_was_stopped_and_since_when(drill, world):
    again, gap = killed(drill, world, MINUTE)
    again.stood_still(gap)
    sets = [
        one.event for one in again.desk.record.entries(again.desk.run_id) if isinstance(one.event, ClockSet)
    ]
    stages = [
        one.event
        for one in again.book.record.entries(again.book.state.run_id)
        if isinstance(one.event, Stage)
    ]

    assert [(one.rate, one.reason) for one in sets[1:]] == [
        (0, "program stopped"),
        (1000, "program stopped: confirmed"),
    ]
    assert sets[1].since is not None
    assert [one.stage for one in stages[-2:]] == ["frozen", "running"]


@pytest.mark.requirement("R20")
def test_of_a_gap_in_which_the_drill_went_on_what_fell_due_waits_for_a_choice(drill, world):
    again, gap = killed(drill, world, 3 * MINUTE)
    again.went_on(gap)
    again.tick()
    waiting = (given(again), standing(again)["call"])
    again.deliver("call")
    again.drop("luck", "no longer fits")
    again.look()

    assert waiting == ([], "late")
    assert (given(again), standing(again)["luck"]) == (["call"], "skipped")
    assert again.elapsed == 3 * MINUTE


def test_what_players_did_while_the_trainer_was_gone_is_not_undone(drill, world):
    sign = alive(world)
    world.passes(4 * MINUTE)
    does(drill, "li", "do", "look", values={"depth": "2"})
    world.passes(6 * MINUTE)
    again = Exercise.take_up(drill.desk.record, drill.desk.run_id, world.around(9), "deng")
    gap = again.gap(sign)
    assert gap is not None
    again.stood_still(gap)
    again.tick()

    assert (gap.length, again.elapsed) == (6 * MINUTE, 4 * MINUTE)
    assert standing(again)["call"] == "late"


@pytest.mark.parametrize("seconds", [0, 1, 2])
def test_a_short_silence_is_no_gap(drill, world, seconds):
    _, gap = killed(drill, world, timedelta(seconds=seconds))
    assert gap is None
    assert timedelta(seconds=seconds) < LEAST_GAP


def test_a_drill_that_was_frozen_when_the_program_stopped_has_no_gap(drill, world):
    drill.freeze("tea")
    again, gap = killed(drill, world, MINUTE)

    assert (gap, again.elapsed, again.stage) == (None, timedelta(), "frozen")


def test_without_a_sign_of_life_the_last_entry_is_where_the_program_was(drill, world):
    world.passes(MINUTE)
    drill.observe(Observed("fact", "they phone"))
    world.passes(5 * MINUTE)
    again = Exercise.take_up(drill.desk.record, drill.desk.run_id, world.around(9), "deng")

    gap = again.gap(None)
    assert gap is not None and gap.length == 5 * MINUTE


@pytest.mark.requirement("R21")
@pytest.mark.requirement("R22")
@pytest.mark.parametrize("seed", range(12))
def test_any_freezes_kills_and_jumps_of_the_wall_give_exact_milliseconds(seed):
    draw = random.Random(seed)
    world = World()
    exercise, _ = begun(world)
    exercise.start()
    expected = 0
    for _ in range(25):
        went_by = draw.randrange(1, 90_000)
        what = draw.choice(("run", "freeze", "kill"))
        if what == "freeze":
            exercise.freeze("radio dead")
            world.passes(timedelta(milliseconds=went_by))
            exercise.resume("go on")
        elif what == "kill":
            exercise, gap = killed(exercise, world, timedelta(milliseconds=went_by))
            if gap is not None:
                exercise.stood_still(gap)
            else:
                expected += went_by
        else:
            world.passes(timedelta(milliseconds=went_by))
            expected += went_by
        world.jumps = timedelta(seconds=draw.choice((0, 3600, -3600)))
        exercise.tick()
        assert exercise.elapsed == timedelta(milliseconds=expected)
    fresh = Exercise.take_up(exercise.desk.record, exercise.desk.run_id, world.around(3), "deng")

    assert (fresh.elapsed, given(fresh)) == (exercise.elapsed, given(exercise))
    assert len(given(exercise)) == len(set(given(exercise)))


# --- who leads


def test_somebody_else_takes_the_role_and_the_first_one_gives_nothing_more(drill, world):
    other = Exercise.take_up(drill.desk.record, drill.desk.run_id, world.around(9), "xu")
    other.take_over()
    drill.look()
    with pytest.raises(Refused) as refused:
        drill.deliver("press")
    other.deliver("press")

    assert (refused.value.id, given(other)) == ("trainer-only", ["press"])


def test_two_consoles_of_one_trainer_give_an_inject_once(drill, world, monkeypatch):
    other = Exercise.take_up(drill.desk.record, drill.desk.run_id, world.around(9), "deng")
    world.passes(MINUTE)
    look = other.look
    monkeypatch.setattr(other, "look", lambda: None)
    drill.tick()
    other.tick()  # it had looked before the first one wrote
    monkeypatch.setattr(other, "look", look)
    other.tick()

    assert given(other) == ["call"]


@pytest.mark.requirement("R38")
def test_who_plays_cannot_lead(world):
    with pytest.raises(Refused) as refused:
        begun(world, trainer="li")
    assert refused.value.id == "trainer-plays"


# --- nothing goes while the clock stands


@pytest.mark.requirement("R22")
def test_nobody_gets_ahead_before_the_start_or_in_a_freeze(world):
    exercise, _ = begun(world)
    with pytest.raises(Refused) as before:
        does(exercise, "li", "do", "look", values={"depth": "2"})
    exercise.start()
    exercise.freeze("tea")
    with pytest.raises(Refused) as frozen:
        does(exercise, "li", "do", "look", values={"depth": "2"})
    exercise.desk.propose([NoteAdded("we wait")])
    exercise.resume("on")
    does(exercise, "li", "do", "look", values={"depth": "2"})

    kinds = [type(one.event) for one in exercise.desk.record.entries(exercise.desk.run_id)]
    assert (before.value.id, frozen.value.id) == ("drill-not-begun", "drill-frozen")
    assert {NoteAdded, ReadingTaken, StepDone} <= set(kinds)


# --- a real event


@pytest.mark.requirement("R33")
def test_a_real_event_at_a_players_terminal_stops_the_drill_everywhere(drill, world):
    world.passes(20 * SECOND)
    player = Desk.resume(drill.desk.record, drill.desk.run_id, "li", world.around(5))
    stop_for_real(player, "water in A2")
    world.passes(5 * MINUTE)
    drill.look()
    heard = drill.hear()
    drill.tick()

    assert (heard, drill.book.state.stage, drill.book.state.how) == (True, "ended", "real-event")
    assert (drill.elapsed, given(drill)) == (20 * SECOND, [])
    assert drill.desk.state.ended.reason == f"{REAL_EVENT} water in A2"
    assert stop_for_real(player) == []


@pytest.mark.requirement("R33")
def test_a_real_event_at_the_console_is_how_the_drill_ended(drill):
    drill.end("real-event", REAL_EVENT)
    assert (drill.book.state.how, drill.desk.state.ended.how) == ("real-event", "abandoned")


# --- what leaves a drill


@pytest.mark.requirement("R32")
def test_a_message_of_a_drill_stands_in_full_and_is_suppressed(drill):
    does(
        drill,
        "li",
        "tell-anytime",
        None,
        target="customers",
        text="A1: water, we are on it. Next word in 60 minutes.",
        channel="phone",
        to="the duty desk",
    )
    (told,) = [
        one.event for one in drill.desk.record.entries(drill.desk.run_id) if isinstance(one.event, Told)
    ]

    assert (told.outcome, told.text) == ("suppressed", "A1: water, we are on it. Next word in 60 minutes.")


def test_a_card_is_acknowledged_by_whoever_it_is_for(drill, world):
    world.passes(MINUTE)
    drill.tick()
    (card,) = drill.desk.state.cards
    wang = Desk.resume(drill.desk.record, drill.desk.run_id, "wang", world.around(5))
    zhao = Desk.resume(drill.desk.record, drill.desk.run_id, "zhao", world.around(6))
    offered = [[one.step for one in desk.possible() if one.verb == "ack"] for desk in (wang, zhao)]
    wang.do(Act("ack", card.alarm), Given())
    drill.look()

    assert offered == [[card.alarm], []]
    assert card.alarm in drill.desk.state.acknowledged


# --- the evaluation


@pytest.mark.requirement("R49")
def test_the_lead_evaluator_at_their_own_terminal_sets_the_final_rating(drill, world):
    drill.appoint(RoleTaken("LEAD", "xu"))
    lead = Exercise.take_up(drill.desk.record, drill.desk.run_id, world.around(9), "xu")
    lead.rate(Rated("O1", "S", "S", final=True))
    with pytest.raises(Refused) as refused:
        drill.rate(Rated("O1", "P", "P", final=True))

    final = lead.book.state.final("O1")
    assert final is not None
    assert (final.rating, refused.value.id) == ("S", "lead-only")


def test_what_may_stand_in_the_record_or_not_is_written_once_when_tried_again(drill):
    book, append, cmds = drill.book, drill.book.record.append, []

    def fails_once(drafts, *, seen, cmd, texts=()):
        cmds.append(cmd)
        written = append(drafts, seen=seen, cmd=cmd, texts=texts)
        if len(cmds) == 1:
            raise RecordTrouble("disk-full", path="x", error="cut")
        return written

    book.record.append = fails_once
    note = Observed("fact", "seen once", exercise_ms=0)
    with pytest.raises(RecordTrouble):
        drill.observe(note)
    drill.observe(note)
    book.record.append = append
    book.refresh()

    assert cmds[0] == cmds[1]
    assert [one.event.text for one in book.state.observed] == ["seen once"]


@pytest.mark.requirement("R35")
def test_an_announced_drill_does_not_begin_before_everybody_knows(world):
    told = SCENARIO + (
        "notify:\n  - {who: {zh: 消控室, en: fire room}}\n"
        "  - {who: {zh: 客户, en: customers}, mandatory: false}\n"
    )
    exercise, _ = begun(world, told)
    with pytest.raises(Refused) as refused:
        exercise.start()
    exercise.notified("消控室", "by phone, deng")
    exercise.start()

    assert "fire room" in refused.value.sentence("en")
    assert "customers" not in refused.value.sentence("en")
    assert exercise.stage == "running"


# --- begun again from a mark


@pytest.mark.requirement("R25")
def test_a_new_drill_begins_at_a_mark_and_the_old_one_stays_as_it_was(drill, world):
    world.passes(MINUTE)
    drill.tick()
    does(drill, "li", "do", "look", values={"depth": "2"})
    drill.skip("press", "no time")
    drill.mark("at the door")
    world.passes(5 * MINUTE)
    drill.tick()
    does(drill, "li", "answer", "source", answer="roof")
    record, old = drill.desk.record, drill.desk.run_id
    before = [one.hash for run in (old, drill.book.state.run_id) for one in record.entries(run)]
    (mark,) = drill.marks()
    opening = opening_of(small_book(), "spill", room="A1")
    again = drill.begin_again(mark, opening, world.around(next(CHANCE)))
    after = [one.hash for run in (old, drill.book.state.run_id) for one in record.entries(run)]
    notes = [
        one.event.text
        for one in record.entries(again.book.state.run_id)
        if isinstance(one.event, NoteAdded) and one.event.kind == "from-mark"
    ]

    assert (before == after, again.desk.run_id != old) == (True, True)
    assert notes == [f"{old}\n60000\nat the door"]
    assert (again.elapsed, again.stage, given(again)) == (MINUTE, "frozen", ["call"])
    assert again.desk.state.steps["look"].status == "done"
    assert again.desk.state.steps["source"].status is None
    assert standing(again)["press"] == "skipped"
    again.resume("on we go")
    world.passes(30 * SECOND)
    again.tick()
    assert given(again) == ["call", "smell"]


@pytest.mark.requirement("R25")
def test_an_assessed_drill_is_not_begun_again(world):
    exercise, _ = begun(world, SCENARIO.replace("length: 1h", "length: 1h\nassessed: true"))
    exercise.start()
    exercise.mark("here")
    with pytest.raises(Refused) as refused:
        exercise.begin_again(exercise.marks()[0], opening_of(small_book(), "spill"), world.around(8))
    assert refused.value.id == "not-in-assessed"
