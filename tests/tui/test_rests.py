"""Enter is never dead on a step that somebody must move: a value to be read, a run that has ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from drill.rehearsal import pass_time
from engine.acts import Act, Given
from engine.desk import Desk
from tests.tui.table import Table, beside_kinds
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
