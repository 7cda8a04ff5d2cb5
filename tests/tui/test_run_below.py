"""A run below another: one Enter ends it where nothing stays open; its head says what presses in the runs beside."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.desk import Desk
from engine.events import RunEnded
from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import SITE, START, Table, table
from tui.locale import say
from tui.notices import Notices
from tui.view import Looking, header
from tui.view.ending import ends_by_enter
from tui.view.step import step_lines

OUTER = """\
runbook: outer
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 上一级, en: above}
hazard: fire
roles: {ENG: {zh: 工程师, en: engineer}}
steps:
  - {id: go, run: inner, hand_over: true, role: ENG}
  - {id: sweep, lane: s, after: [], do: {zh: 看里面, en: look inside}, role: ENG, within: 1m}
  - {id: close, after: all, do: {zh: 收尾, en: close out}, role: ENG}
"""
INNER = """\
runbook: inner
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 下一级, en: below}
roles: {ENG: {zh: 工程师, en: engineer}}
steps:
  - {id: ring, do: {zh: 打电话, en: ring up}, role: ENG, within: 10m}
"""


@contextmanager
def below(folder, outer=OUTER):
    """Somebody before the run that another has opened; what is above goes on."""
    for name, text in (("site", SITE), ("outer", outer), ("inner", INNER)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    with table(folder, "outer", "li") as above:
        above.do("open-child", "go")
        (child,) = above.desk.state.children
        yield above, replace(above, desk=Desk.resume(above.store, child, "li", above.around))


@pytest.fixture
def runs(tmp_path):
    with below(tmp_path) as found:
        yield found


def looks(at: Table, language: str = "zh") -> Looking:
    """Whoever sits there, after a look at the runs beside."""
    beside = at.desk.look_beside()
    return Looking(at.desk.state, at.desk.now(), language, "li", beside, endings=at.desk.endings())


def ended(at: Table) -> list[str]:
    return [entry.event.how for entry in at.entries() if isinstance(entry.event, RunEnded)]


# --- its end


@pytest.mark.parametrize("language", ["zh", "en"])
def test_one_enter_ends_it_and_leads_back_where_nothing_stays_open(runs, language):
    above, child = runs
    child.do("do", "ring")
    seen = child.types("", "", language=language)

    assert ended(child) == ["complete"]
    assert say("nothing-stays-open", language) in seen
    assert say("act-end-back", language) in seen
    assert say("back-in", language, run=above.desk.run_id, left=child.desk.run_id) in seen


def test_one_enter_ends_it_on_the_screen_too(runs):
    _, child = runs
    child.do("do", "ring")

    async def script(seen: Seen):
        shown = seen.text()
        await seen.keys("enter")
        return shown

    shown = drive(lambda: session_at(child), script)

    assert ended(child) == ["complete"]
    assert say("nothing-stays-open", "zh") in shown
    assert say("act-end-back", "zh") in shown


def test_with_something_put_off_enter_does_not_end_it(runs):
    _, child = runs
    child.do("defer", "ring", reason="later")
    by_enter = ends_by_enter(looks(child))
    child.types("")

    assert (by_enter, ended(child)) == (False, [])


def test_a_run_that_stands_alone_is_ended_by_its_word(runs):
    above, child = runs
    child.do("do", "ring")
    child.types("")
    for step in ("sweep", "close"):
        above.do("do", step)
    above.types("", "1")
    without = ended(above)
    above.types("", "1", say("word-end", "zh"))

    assert (without, ended(above)) == ([], ["complete"])


# --- what presses above


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "outer 逾期 1：看里面"), ("en", "outer LATE 1: look inside")]
)
def test_the_head_of_a_run_says_what_is_overdue_in_the_one_above(runs, language, said):
    _, child = runs
    child.clock.move(START + timedelta(minutes=5))

    assert any(line.startswith(f"!! {said}") for line in header(looks(child, language)))


def test_the_screen_says_it_too_and_the_alarm_stands_in_its_row(runs):
    _, child = runs
    child.clock.move(START + timedelta(minutes=5))

    async def script(seen: Seen):
        await seen.looks()
        return seen.lines()

    lines = drive(lambda: session_at(child), script)

    assert "outer 逾期 1：看里面" in lines[1]
    assert "outer 那边：“看里面”超时" in lines[-2]


def test_line_mode_tells_an_alarm_of_another_run_once(runs):
    above, child = runs
    child.clock.move(START + timedelta(minutes=5))
    notices = Notices(child.store, None)
    beside = child.desk.look_beside()
    (told,) = notices.of(child.desk.state, beside=beside)
    above.do("ack", next(one.step for one in above.desk.possible() if one.verb == "ack"))

    assert told.words("en") == "In outer: 'look inside' is overdue"
    assert notices.of(child.desk.state, beside=child.desk.look_beside()) == []


def test_the_head_of_a_run_says_what_is_overdue_below_it_as_long_as_that_goes_on(runs):
    above, child = runs
    above.do("do", "sweep")
    child.clock.move(START + timedelta(minutes=14))
    late = [line for line in header(looks(above)) if line.startswith("!! inner")]
    child.do("do", "ring")
    child.types("")

    assert late == ["!! inner 逾期 1：打电话 -00:04:00"]
    assert above.desk.look_beside() == ()


# --- the step that opened it

SAFE = OUTER.replace("hand_over: true", "class: safety")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_step_whose_run_has_ended_says_how_and_what_enter_does(tmp_path, language):
    with below(tmp_path, SAFE) as (above, child):
        goes_on = step_lines(looks(above, language), "go")
        child.do("do", "ring")
        child.do("end", target="complete")
        above.desk.settle()
        has_ended = step_lines(looks(above, language), "go")
        above.types("", language=language)
        run, how = child.desk.run_id, say("ended-complete", language)

        assert any(say("child-goes-on", language, run=run) in line for line in goes_on)
        assert any(say("child-has-ended", language, run=run, how=how) in line for line in has_ended)
        assert above.desk.state.steps["go"].status == "done"
