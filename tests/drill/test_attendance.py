"""The sign-in sheet of a drill: who came, when and how we know; who has credit for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.attendance import counted
from drill.case import case_of
from drill.exercise import Exercise
from engine.events import RoleTaken
from tests.drill.recorded import played
from tests.drill.small import World, begun

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
