"""A drill without notice: who may lead it, on which days, what calls it off, and that nobody sees it coming."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.book.reading import read_scenario
from drill.exercise import Exercise
from engine.errors import Refused
from engine.events import to_payload
from tests.drill.small import SCENARIO, World, begun, small_book
from tui.unannounced import listed
from tui.verbs import records, seating
from tui.verbs.auditing import _groups

DAY = timedelta(days=1)
SECRET = SCENARIO.replace(
    "length: 1h",
    "length: 1h\nnotice: no-notice\nno_notice: {agents: [deng], code_word: 青松, opens: 2026-11-21, "
    "closes: 2026-11-25, blackout: [2026-11-23]}\nnotify:\n  - {who: {zh: 消控室, en: fire control}}",
)


@pytest.fixture
def world():
    return World()


def secret(world):
    exercise, _ = begun(world, SECRET)
    return exercise


def told(exercise):
    exercise.notified("消控室", "by telephone")
    return exercise


def rows(exercise):
    """Every list that a player could look at."""
    store = exercise.desk.record
    return [*records._runs_of(store), *seating.open_runs(store), *_groups(store)["D"]]


@pytest.mark.requirement("R36")
def test_before_it_begins_it_stands_in_no_list_and_then_in_all(world):
    exercise = told(secret(world))
    before = rows(exercise)
    exercise.start()

    assert before == []
    assert {row.run for row in rows(exercise)} == {exercise.desk.run_id} and len(rows(exercise)) == 3


@pytest.mark.requirement("R36")
def test_what_the_players_can_read_names_no_agent_no_code_word_and_no_day(world):
    exercise = told(secret(world))
    said = " ".join(
        to_payload(one.event).decode() for one in exercise.desk.record.entries(exercise.desk.run_id)
    )

    for hidden in ("青松", 'deng"]', "2026-11-25", "no-notice", "no_notice", "agents"):
        assert hidden not in said


@pytest.mark.requirement("R36")
def test_only_who_may_know_of_it_leads_it(world):
    with pytest.raises(Refused) as refused:
        begun(world, SECRET, trainer="trainer")
    exercise = secret(world)
    with pytest.raises(Refused) as late:
        Exercise.take_up(exercise.desk.record, exercise.desk.run_id, world.around(9), "trainer")

    assert (refused.value.id, late.value.id) == ("only-agents", "only-agents")
    assert "deng" in refused.value.sentence("zh") and "deng" in refused.value.sentence("en")


@pytest.mark.requirement("R36")
@pytest.mark.parametrize(("days", "allowed"), [(0, True), (1, False), (3, True), (4, False)])
def test_it_begins_in_its_window_and_never_on_a_day_that_is_ruled_out(world, days, allowed):
    """The clock of the tests stands on 22 November; the window is 21 to 25 without the 23rd."""
    world.clock.move(world.clock.now + days * DAY)
    exercise = told(secret(world))
    if allowed:
        exercise.start()
        return
    with pytest.raises(Refused) as refused:
        exercise.start()
    assert (refused.value.id, exercise.stage) == ("outside-window", "draft")


@pytest.mark.requirement("R36")
def test_nor_before_its_window(world):
    exercise = told(begun(world, SECRET.replace("opens: 2026-11-21", "opens: 2026-11-24"))[0])
    with pytest.raises(Refused) as refused:
        exercise.start()
    assert refused.value.id == "outside-window" and "2026-11-24" in refused.value.sentence("en")


@pytest.mark.requirement("R36")
def test_the_control_room_knows_of_it_all_the_same(world):
    exercise = secret(world)
    with pytest.raises(Refused) as refused:
        exercise.start()

    assert refused.value.id == "still-to-notify"


def test_an_announced_drill_is_listed_from_the_beginning(world):
    exercise, store = begun(world)

    assert [row.run for row in listed(store, store.drill_runs())] == [exercise.desk.run_id]


@pytest.mark.parametrize(
    "text",
    [
        SCENARIO.replace("length: 1h", "length: 1h\nnotice: no-notice"),
        SCENARIO.replace("length: 1h", "length: 1h\nno_notice: {agents: [deng], code_word: pine}"),
    ],
)
def test_without_notice_and_how_it_is_kept_belong_together(text):
    _, faults = read_scenario(text.encode(), "x.yaml", book=small_book())

    assert [fault.rule for fault in faults] == ["no-notice-unkept"]
