"""Plan books written in a test: a head, a few steps, and what the reader tells of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.book import read_runbook
from engine.errors import Fault
from engine.plan import Runbook

ROOT = Path(__file__).parents[2]


EXAMPLE = ROOT / "tests" / "fixtures" / "example"


HEAD = """\
runbook: trial
revision: 1
title: {zh: 试验, en: Trial}
roles: {ENG: {zh: 工程师, en: engineer}, PWR: {zh: 动力, en: power}}
readings:
  depth: {label: {zh: 水深, en: depth}, unit: cm}
  racks: {label: {zh: 机柜, en: racks}, kind: list}
"""


def read(text: str, **given: Any) -> tuple[Runbook | None, list[Fault]]:
    return read_runbook(text.encode(), "trial.yaml", **given)


def plan(steps: str, **given: Any) -> Runbook:
    """The runbook with these steps; it has no fault."""
    runbook, faults = read(HEAD + "steps:\n" + steps, **given)
    assert runbook is not None and faults == [], [str(fault.place) + fault.rule for fault in faults]
    return runbook


def told(faults: list[Fault]) -> list[tuple[str, int, int]]:
    return [(fault.rule, fault.place.line, fault.place.column) for fault in faults]


DO = "do: {zh: 做, en: Do}"


SITE_TEXT = """\
site: demo
parameters:
  pause: {label: {zh: 等待, en: pause}, default: 3m, value: 4m, min: 1m, max: 10m}
  warm: {label: {zh: 温度, en: warm}, unit: C, default: 27}
rooms:
  A1: {facts: {ups: {label: {zh: 后备, en: runtime}, value: 15m}}}
"""


REHEARSAL_FILE = """\
rehearsal: leak-crac
runbook: leak
site: demo
room: A1
reported_at: 2026-11-22T02:10:00+08:00
people: {IC: wang, ENG: li, PWR: zhao, CS: chen}
script:
  - {at: 3m, by: li, done: doorway, values: {depth: 2, headcount: 0, circuits: [QF-1, QF-2]}}
  - {at: 5m, by: zhao, sign: entry-permit}
  - {at: 6m, by: li, answer: source.crac}
  - {at: 7m, by: wang, override: source, answer: pipe, reason: seen}
  - {pass: 24h}
must_reach: [dry]
never: [close-riser]
at_end: {steps: {isolate: not-applicable}, promises: {respond: kept}, ended: complete}
"""
