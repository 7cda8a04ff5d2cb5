"""Ten questions of an auditor about a drill, each answered by `muster audit` alone, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.acts import Given
from engine.errors import Refused
from engine.events import Observed, Rated, RoleTaken
from engine.report.sections import Table
from engine.store import Store
from tests.drill import below
from tests.drill.small import World, does
from tui.auditor import Filters
from tui.verbs.auditing_run import look_at

MINUTE = timedelta(minutes=1)


def drilled():
    """A drill in which everything happened that is asked about, and the run in which the customers were told."""
    world = World()
    exercise = below.begun(world)
    exercise.sign_in("li", "terminal")
    exercise.appoint(RoleTaken("LEAD", "xu"))
    does(exercise, "li", "do", "look", values={"depth": "2"})
    does(exercise, "li", "open-child", "ring-up")
    desk = below.below(exercise, world)
    world.passes(MINUTE)
    act = next(one for one in desk.possible() if one.key == ("tell", "dial"))
    desk.do(act, Given(text="water in A1", channel="phone"))
    exercise.freeze("a visitor in the room")
    world.passes(90 * timedelta(seconds=1))
    exercise.resume("gone")
    exercise.skip("press", "enough to do")
    exercise.tick()
    does(exercise, "wang", "override", "source", answer="roof", reason="no time for it")
    exercise.observe(Observed("safety", "no boots", step="look"))
    world.passes(50 * MINUTE)
    exercise.end("early", "the room is needed")
    exercise.book.actor = "xu"
    exercise.rate(Rated("O1", "M", exercise.proposed("O1"), "slow, but they found it", final=True))
    return exercise, desk


@pytest.fixture(scope="module")
def asked():
    return drilled()


def said(asked, capsys, language="en", run=None):
    exercise, _ = asked
    look_at(exercise.desk.record, run or exercise.desk.run_id, Filters(), False, language)
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "en", "zh"),
    [
        (
            "who was told what and when",
            "00:01:00  customers  a drill: not sent",
            "00:01:00  客户  演练，没有发出",
        ),
        ("what they were told", "water in A1", "water in A1"),
        ("was anything overridden", "where from  王强", "水从哪里来  王强"),
        ("why", "no time for it", "no time for it"),
        ("which injects were skipped, and why", "skipped / enough to do", "跳过 / enough to do"),
        ("how long it was stopped, and why", "a visitor in the room", "演练钟停了 1 次，共 90 秒"),
        ("which expectation failed", "E3", "没有按要求达到的期望"),
        ("who rated it, and why", "slow, but they found it", "slow, but they found it"),
        ("who came", "did not sign in", "没有签到"),
        ("what evaluators saw", "no boots", "no boots"),
        ("was the record changed", "Verified: Intact", "核验：完好"),
        ("how did it end", "the room is needed", "the room is needed"),
    ],
)
def test_every_question_has_its_answer_on_the_page(asked, capsys, question, en, zh):
    page_en, page_zh = said(asked, capsys), said(asked, capsys, "zh")

    assert en in page_en, question
    assert zh in page_zh, question


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_of_the_answers_says_that_it_was_a_drill(asked, capsys, language):
    lines = said(asked, capsys, language).splitlines()

    assert len(lines) > 60
    assert all(line.startswith(("演练", "DRILL")) for line in lines)


def test_a_filtered_look_and_a_drill_that_goes_on_show_no_answers(capsys):
    world = World()
    exercise = below.begun(world)
    exercise.observe(Observed("gap", "slow at the door"))
    store = exercise.desk.record
    assert isinstance(store, Store)
    look_at(store, exercise.desk.run_id, Filters(), False, "en")
    running = capsys.readouterr().out
    exercise.end()
    look_at(store, exercise.desk.run_id, Filters.of(["who:li"]), False, "en")
    filtered = capsys.readouterr().out

    assert "slow at the door" not in running + filtered


def test_what_shows_an_expectation_may_stand_in_a_run_below(asked):
    from tui.reports.judged import Drilled, findings_section
    from tui.reports.kept import kept

    exercise, _ = asked
    found = kept(exercise.desk.record, exercise.desk.run_id)
    (table,) = findings_section(Drilled.of(found, exercise.case, [])).parts
    assert isinstance(table, Table)
    shown = {row.cells[0].en: row.cells[-1].en for row in table.rows}

    assert "water in A1" in shown["E4"] and "nothing" not in shown["E4"]


def test_of_a_run_that_is_not_there_there_is_no_page():
    exercise, _ = drilled()
    with pytest.raises(Refused):
        look_at(exercise.desk.record, "D-20200101-AAAA", Filters(), False, "en")
