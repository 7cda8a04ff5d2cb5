"""A wait that wants its values good for a while says by when they must be read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.tui.table import Table, beside_kinds
from tui import view
from tui.view import Looking

PLAN = """\
runbook: waits
revision: 1
title: {zh: 等, en: Waits}
roles:
  MON: {zh: 监控, en: desk}
readings:
  humidity: {label: {zh: 湿度, en: humidity}, unit: "%RH", fresh: 2h}
steps:
  - {id: dry, wait: {zh: 等干, en: Wait until it is dry}, role: MON, until: "humidity <= 60", steady: 4h}
  - {id: close, do: {zh: 收尾, en: Close}, role: MON}
"""


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Table]:
    with beside_kinds(tmp_path, "waits", PLAN) as made:
        yield made


def told(at: Table, after: timedelta, language: str = "en") -> str:
    """What the step says so long after now."""
    look = Looking(at.desk.state, at.desk.now() + after, language, "li")
    return "\n".join(view.step_lines(look, "dry"))


def test_a_steady_wait_says_by_when_to_read_again_until_its_values_outlast_it(at: Table) -> None:
    nothing_runs = told(at, timedelta())
    at.do("read", "dry", values={"humidity": "55"})
    read = at.desk.now()
    runs, zh = told(at, timedelta(hours=1)), told(at, timedelta(hours=1), "zh")
    by = Looking(at.desk.state, read, "en", "li").clock(read + timedelta(hours=2))

    assert "Read again" not in nothing_runs
    assert f"Read again by {by}, or the 4 h begin anew." in runs
    assert f"{by} 前再读一次，否则 4 小时从头再数。" in zh


def test_a_steady_wait_whose_value_has_grown_too_old_says_that_its_time_begins_anew(at: Table) -> None:
    at.do("read", "dry", values={"humidity": "55"})

    assert "A value is too old: read it now; the 4 h begin anew." in told(at, timedelta(hours=3))
