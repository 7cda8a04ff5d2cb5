"""Enter is never dead on a step that somebody must move: a value to be read, a run that has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from drill.rehearsal import pass_time
from engine.acts import Act, Given
from engine.acts.of_steps import step_acts
from engine.desk import Desk
from tests.tui.table import SHIPPED, Table, beside_kinds, book_at, table
from tests.tui.test_decision_fits import read_all
from tui import view
from tui.view import Looking

PLAN = """\
runbook: waits
revision: 1
title: {zh: 等, en: Waits}
roles:
  ENG: {zh: 工程师, en: engineer}
readings:
  depth: {label: {zh: 水深, en: depth}, unit: cm, fresh: 10m}
steps:
  - {id: gone, wait: {zh: 等水退, en: Wait for the water to go}, role: ENG, until: "depth <= 0", steady: 5m}
  - {id: dry, run: sub, says: {zh: 按规程, en: By the procedure}, role: ENG, class: safety}
  - {id: permit, hold: {zh: 准许进去, en: Entry permitted}, sign: [ENG], needs: "depth <= 0", lane: entry, after: []}
  - {id: close, do: {zh: 收尾, en: Close}, role: ENG}
"""


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Table]:
    with beside_kinds(tmp_path, "waits", PLAN) as made:
        yield made


def rests(at: Table, step: str) -> bool:
    look = Looking(at.desk.state, at.desk.now(), "zh", "li")
    return view.rests(look, at.desk.possible(), at.desk.state.steps[step])


def test_a_wait_for_a_value_is_moved_by_enter_until_the_value_is_as_it_should_be(at: Table) -> None:
    unread = rests(at, "gone")
    at.do("read", "gone", values={"depth": "3"})
    too_high = rests(at, "gone")
    at.do("read", "gone", values={"depth": "0"})

    assert (unread, too_high, rests(at, "gone")) == (False, False, True)


def test_a_safety_step_whose_run_has_ended_is_finished_by_enter(at: Table) -> None:
    at.do("read", "gone", values={"depth": "0"})
    for _ in pass_time(at.desk, at.clock, at.desk.now() + timedelta(minutes=5)):
        pass
    at.do("open-child", "dry")
    while_it_goes_on = rests(at, "dry")
    child = Desk.resume(at.store, str(at.desk.state.steps["dry"].child), "li", at.around)
    child.do(Act("do", "fetch"), Given())
    child.do(Act("end"), Given(target="complete"))

    assert (while_it_goes_on, rests(at, "dry")) == (True, False)


def test_a_hold_whose_values_are_not_known_or_speak_against_it_takes_the_values_by_enter(at: Table) -> None:
    """It has no `until`: whoever looks at what a wait waits for must not look for one here."""
    unread = rests(at, "permit")
    at.do("read", "permit", values={"depth": "3"})

    assert (unread, rests(at, "permit")) == (False, False)


@pytest.mark.parametrize("plan", sorted(one.id for one in book_at(SHIPPED).runbooks))
@pytest.mark.parametrize("known", [False, True])
def test_of_every_step_of_every_shipped_plan_it_can_be_said_whether_enter_rests(
    plan: str, known: bool
) -> None:
    """Also where its readings are unknown, or all of them as bad as can be; a screen asks it at every painting."""
    with table(SHIPPED, plan, "li") as at:
        if known:
            read_all(at)
        look = Looking(at.desk.state, at.desk.now(), "zh", "li")
        said = {
            name: view.rests(look, list(step_acts(at.desk.state, one, at.desk.now())), one)
            for name, one in at.desk.state.steps.items()
        }

    assert said.keys() == at.desk.state.graph.steps.keys()
