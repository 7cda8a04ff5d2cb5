"""A wait whose time has come asks somebody to confirm it; a limit that has passed is late, in red."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.desk import Desk, Surroundings, opening_of
from engine.text import cells
from tests import stores
from tests.engine.records import Wall, entropy
from tests.tui.table import SITE, START, book_at
from tui.frame.foot import timer_row
from tui.locale import say
from tui.view import Looking, step_lines

PLAN = """\
runbook: rest
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 静置, en: rest}
roles: {ENG: {zh: 工程师, en: engineer}}
steps:
  - {id: look, do: {zh: 看, en: Look}, role: ENG}
  - id: rest
    lane: b
    after: []
    wait: {zh: 电容放电以后才能打开柜门碰母线, en: Let the capacitors discharge before anybody opens the door}
    for: 5m
    class: safety
  - {id: call, lane: c, after: [], do: {zh: 打电话, en: Call}, role: ENG, within: 7m}
  - {id: close, after: all, do: {zh: 收尾, en: Close out}, role: ENG}
"""


ROUNDS = """\
  - {id: air, lane: d, after: [], do: {zh: 读温度, en: Read the air}, role: ENG, every: 30m, times: 9}
  - {id: close, after: all, do: {zh: 收尾, en: Close out}, role: ENG}
"""


@pytest.fixture
def state(tmp_path):
    return begun(tmp_path, PLAN)


def begun(folder, plan):
    (folder / "site.yaml").write_text(SITE, "utf-8")
    (folder / "rest.yaml").write_text(plan, "utf-8")
    around = Surroundings(lambda: START, entropy(2), lambda person, pin: None)
    store = stores.memory(wall=Wall(), entropy=entropy(1))
    book = book_at(folder)
    return Desk.open_run(store, opening_of(book, "rest", room="A1"), "li", around).state


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wait_that_is_over_asks_to_be_confirmed_and_is_not_late(state, language):
    look = Looking(state, START + timedelta(minutes=6), language, "li", live=True)
    row = timer_row(look, "look", 80)
    asks = say("screen-wait-over", language, time="14:05", left=look.soon(timedelta(minutes=1)))

    assert [span.style for span in row if span.text == asks] == ["amber"]
    assert "red" not in [span.style for span in row]
    assert cells("".join(span.text for span in row)) == 80


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_limit_that_has_passed_is_late(state, language):
    look = Looking(state, START + timedelta(minutes=9), language, "li", live=True)
    row = timer_row(look, "rest", 80)

    assert [span.text for span in row if span.style == "red"] == [f"-{look.length(timedelta(minutes=2))}"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_visit_is_due_now_for_a_minute_before_it_is_late(tmp_path, language):
    head, _, _ = PLAN.partition("  - {id: look")
    state = begun(tmp_path, head + ROUNDS)

    def styles(seconds: int) -> list[str]:
        look = Looking(state, START + timedelta(seconds=seconds), language, "li", live=True)
        return [span.style for span in timer_row(look, None, 140)]

    assert ("amber" in styles(30), "red" in styles(30)) == (True, False)
    assert "red" in styles(61)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_limit_of_the_step_in_front_stands_among_the_clocks(state, language):
    look = Looking(state, START + timedelta(minutes=5), language, "li", live=True)
    row = "".join(span.text for span in timer_row(look, "call", 100))

    assert row.index(look.title("rest")[:6]) < row.index(f"{say('screen-this-step', language)} 00:02:00")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wait_that_is_over_this_moment_names_no_remainder(state, language):
    look = Looking(state, START + timedelta(minutes=5), language, "li", live=True)

    assert say("wait-over-now", language) in " ".join(step_lines(look, "rest"))
