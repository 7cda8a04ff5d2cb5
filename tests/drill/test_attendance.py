"""The sign-in sheet of a drill: who came, when and how we know; who has credit for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.attendance import attendance, counted, own_hands
from drill.case import case_of
from drill.exercise import Exercise
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.events import NoteAdded, RoleTaken
from engine.rules import SIGN_IN
from tests.drill.recorded import played
from tests.drill.small import World, begun, small_book
from tui.verbs.seating import sit_down

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def drill(world):
    """Li in time, zhao late and gone early, wang never; an observer and the trainer beside them."""
    exercise, _ = begun(world, trainer="trainer")
    exercise.appoint(RoleTaken("OBSERVER", "deng"))
    exercise.sign_in("li", "terminal")
    exercise.sign_in("deng", "paper")
    world.passes(MINUTE)
    exercise.start()
    world.passes(5 * MINUTE)
    exercise.sign_in("zhao", "roll-call", "sun")
    world.passes(5 * MINUTE)
    exercise.sign_out("zhao")
    return exercise


def line(drill: Exercise, person: str):
    return next(one for one in drill.sheet if one.person == person)


@pytest.mark.requirement("R39")
def test_in_time_late_and_absent_are_said(drill):
    came = {one.person: one.came for one in drill.sheet}

    assert came == {"wang": "absent", "li": "in-time", "zhao": "late", "trainer": "absent", "deng": "in-time"}
    assert counted(drill.sheet) == {"in-time": 2, "late": 1, "absent": 2}


@pytest.mark.requirement("R39")
def test_a_line_has_name_role_times_method_and_whom_they_came_for(drill):
    zhao = line(drill, "zhao")

    assert (zhao.name, zhao.roles, zhao.method, zhao.instead_of) == ("赵刚", ("PWR",), "roll-call", "sun")
    assert zhao.signed is not None and zhao.left is not None
    assert zhao.signed.recorded_at - line(drill, "li").signed.recorded_at == 6 * MINUTE
    assert zhao.left.recorded_at - zhao.signed.recorded_at == 5 * MINUTE


@pytest.mark.requirement("R39")
@pytest.mark.requirement("R41")
def test_credit_has_who_signed_and_plays_and_nobody_who_was_listed_watches_or_leads(drill):
    credit = {one.person for one in drill.sheet if one.credit}

    assert credit == {"li", "zhao"}
    assert (line(drill, "deng").came, line(drill, "deng").staff) == ("in-time", ("OBSERVER",))


def test_who_signs_twice_came_when_they_came_first(drill, world):
    before = line(drill, "li").signed
    drill.sign_in("li", "code")

    assert (line(drill, "li").signed, line(drill, "li").method) == (before, "terminal")


def test_from_the_record_alone_the_sheet_is_the_same(drill):
    drill.end()
    case = case_of(drill.desk.record, drill.desk.run_id)

    assert (
        Exercise.take_up(drill.desk.record, drill.desk.run_id, World().around(5), "trainer").sheet
        == drill.sheet
    )
    assert set(case.evaluation.signed) == {"li", "deng", "zhao"}


@pytest.mark.requirement("R41")
def test_a_drill_by_machine_gives_nobody_credit():
    exercise = played("alone").exercise
    exercise.sign_in("li", "terminal")

    assert not any(one.credit for one in exercise.sheet)


# --- at a terminal of their own


def sits_down(drill: Exercise, world, person: str, seed: int = 9) -> Desk:
    """A player goes to the drill at another terminal and says who they are."""
    desk = Desk.resume(drill.desk.record, drill.desk.run_id, person, world.around(seed))
    sit_down(desk)
    drill.look()
    return desk


@pytest.mark.requirement("R39")
def test_a_player_signs_in_by_sitting_down_at_the_drill_before_it_begins_or_after(world):
    exercise, _ = begun(world)
    sits_down(exercise, world, "li")
    world.passes(MINUTE)
    exercise.start()
    world.passes(MINUTE)
    sits_down(exercise, world, "zhao", 10)
    came = {one.person: (one.came, one.method, one.credit) for one in exercise.sheet}

    assert came["li"] == ("in-time", "terminal", True)
    assert came["zhao"] == ("late", "terminal", True)
    assert came["wang"] == ("absent", "", False)
    assert line(exercise, "li").signed.recorded_at < line(exercise, "zhao").signed.recorded_at


@pytest.mark.requirement("R39")
def test_who_comes_back_signs_once_and_of_two_signatures_the_earlier_counts(world):
    exercise, store = begun(world)
    exercise.sign_in("li", "roll-call")
    world.passes(MINUTE)
    for seed in (9, 10):
        sits_down(exercise, world, "li", seed)
    written = [one.event for one in store.entries(exercise.desk.run_id)]
    notes = [one for one in written if isinstance(one, NoteAdded)]

    assert [(one.text, one.kind) for one in notes] == [("li", "sign-in")]
    assert line(exercise, "li").method == "roll-call"


@pytest.mark.requirement("R41")
def test_whoever_only_watches_signs_in_and_has_no_credit(world):
    exercise, _ = begun(world, trainer="trainer")
    exercise.appoint(RoleTaken("OBSERVER", "deng"))
    sits_down(exercise, world, "deng")

    assert (line(exercise, "deng").came, line(exercise, "deng").credit) == ("in-time", False)


def test_nobody_signs_for_another_and_nobody_signs_in_to_a_real_run(world):
    exercise, store = begun(world)
    exercise.desk.propose([NoteAdded("li", SIGN_IN)])  # by the trainer: that stands in the evaluation
    exercise.look()
    real = Desk.open_run(store, opening_of(small_book(), "spill", room="A1"), "li", world.around(31))
    with pytest.raises(Refused) as refused:
        real.propose([NoteAdded("li", SIGN_IN)])

    assert line(exercise, "li").came == "absent"
    assert refused.value.id == "unknown-note"


def test_signatures_at_terminals_stand_in_the_record(world):
    exercise, store = begun(world)
    sits_down(exercise, world, "li")
    exercise.start()
    case = case_of(store, exercise.desk.run_id)

    assert attendance(case.scenario, case.state, case.evaluation, own_hands(case.entries())) == exercise.sheet


@pytest.mark.requirement("R25")
def test_a_drill_begun_from_a_mark_has_a_sheet_of_its_own(world):
    exercise, _ = begun(world)
    sits_down(exercise, world, "li")
    exercise.start()
    exercise.mark("here")
    again = exercise.begin_again(
        exercise.marks()[0], opening_of(small_book(), "spill", room="A1"), world.around(8)
    )

    assert line(again, "li").came == "absent"
