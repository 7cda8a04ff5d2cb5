"""A drill that its trainer ended, or a real event stopped, reads so: it was no run that somebody abandoned."""

from __future__ import annotations

import pytest

from drill.endings import HOW_ENDED, REAL_EVENT, Ended, ended_by, reason_of
from engine.events import RunEnded
from tests.drill.recorded import played
from tests.drill.small import World, begun
from tui.logbook import Teller, titles_of
from tui.verbs.records import ended_word, how_it_stands


@pytest.mark.parametrize("how", HOW_ENDED)
@pytest.mark.parametrize(
    ("why", "said"), [("ENDEX", ""), ("the room is needed", "the room is needed"), ("a: b", "a: b")]
)
def test_what_is_recorded_says_how_and_why(how, why, said):
    assert ended_by(reason_of(how, why)) == Ended(how, said)


@pytest.mark.parametrize("reason", [None, "", "no time", "ENDEX", "ENDEX tomorrow: x", "an ENDEX early: x"])
def test_another_reason_is_no_ending_by_a_trainer(reason):
    assert ended_by(reason) is None


def test_a_real_event_is_one_whatever_stands_behind_the_words():
    assert ended_by(f"{REAL_EVENT} smoke in A2") == Ended("real-event", "smoke in A2")


@pytest.mark.parametrize(
    ("how", "zh", "en"),
    [
        ("normal", "正常结束", "normal"),
        ("early", "提前结束", "early"),
        ("real-event", "因真实事件中止", "a real event"),
    ],
)
def test_the_log_says_that_the_drill_ended_and_how_many_steps_were_not_walked(how, zh, en):
    exercise, store = begun(World())
    exercise.start()
    exercise.end(how, "the room is needed")
    (entry,) = [one for one in store.entries(exercise.desk.run_id) if isinstance(one.event, RunEnded)]
    titles = titles_of(exercise.desk.state.graph.to_bytes(), "A1")
    assert isinstance(entry.event, RunEnded)
    said = {language: Teller(titles, language).sentence(entry) for language in ("zh", "en")}

    assert entry.event.how == "abandoned" and len(entry.event.open) == 6
    assert zh in said["zh"] and "6 步没有走" in said["zh"] and "中止（" not in said["zh"]
    assert en in said["en"] and "6 steps" in said["en"] and "ABANDONED" not in said["en"]
    assert all("the room is needed" in words for words in said.values())


def test_in_a_list_it_has_ended_and_in_json_it_is_a_drill_that_ended():
    exercise, store = begun(World())
    exercise.start()
    exercise.end()
    (row,) = store.drill_runs()

    assert (how_it_stands(row, "zh"), how_it_stands(row, "en")) == ("已结束", "ended")
    assert ended_word(row) == "drill-ended"


def test_players_who_finish_their_plan_ended_it_themselves_and_what_is_below_ends_with_the_drill():
    auto = played("team")
    main, child = auto.desks.values()
    ends = [
        one.event
        for desk in (main, child)
        for one in desk.record.entries(desk.run_id)
        if isinstance(one.event, RunEnded)
    ]

    assert [one.how for one in ends] == ["complete", "abandoned"]
    assert [ended_by(one.reason) for one in ends] == [None, Ended("normal", "")]
