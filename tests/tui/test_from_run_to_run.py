"""At the screen from one run to another and back, while looks at the record and acts are still on their way."""

from __future__ import annotations

from threading import Event

import pytest

from tests.tui.screen_table import Seen, drive, session_at
from tests.tui.table import SITE, table

TWICE = """\
runbook: twice
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 两处都能发现, en: seen in two ways}
hazard: leak
roles: {ENG: {zh: 工程师, en: engineer}}
watch:
  - {id: smoke, if: {zh: 冒烟, en: smoke}, run: fire}
  - {id: smell, if: {zh: 焦味, en: a smell of burning}, run: fire}
steps:
  - {id: look, do: {zh: 看一圈, en: look around}, role: ENG}
"""
FIRE = """\
runbook: fire
revision: 1
released: {by: li, at: 2026-11-01}
title: {zh: 着火, en: fire}
hazard: fire
roles: {ENG: {zh: 工程师, en: engineer}}
steps:
  - {id: ring, do: {zh: 打电话, en: ring up}, role: ENG}
"""


@pytest.fixture
def burning(tmp_path):
    """Somebody before a run that has opened that of the fire, and the id of it."""
    for name, text in (("site", SITE), ("twice", TWICE), ("fire", FIRE)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with table(tmp_path, "twice", "li") as at:
        for verb in ("raise", "open-child"):
            at.do(verb, "smoke")
        (fire,) = at.desk.state.children
        yield at, fire


def test_a_run_that_another_watch_has_opened_is_joined_and_stands_in_front(burning):
    at, fire = burning
    at.do("raise", "smell")

    async def script(seen: Seen):
        acts = seen.desk.possible()
        seen.walk.begin(next(one for one in acts if one.key == ("open-child", "smell")))
        await seen.settle()
        return seen.desk.run_id

    assert drive(lambda: session_at(at), script) == fire


def test_what_a_look_brings_of_the_run_that_was_left_is_not_told_in_the_one_in_front(burning):
    at, fire = burning

    async def script(seen: Seen):
        walk, released = seen.walk, Event()
        walk._go_to(fire)
        await seen.settle()
        seen.app.worker.submit(released.wait, 60)
        walk.poll()
        walk.go_back()
        released.set()
        await seen.settle()
        left = [one.run for one in walk._log], walk._last_act.entry
        await seen.looks()
        return left, {one.run for one in walk._log}

    assert drive(lambda: session_at(at), script) == (([], None), {at.desk.run_id})


def test_a_field_that_was_opened_while_another_run_was_fetched_is_not_filled_in_there(burning):
    at, fire = burning

    async def script(seen: Seen):
        walk, released = seen.walk, Event()
        seen.app.worker.submit(released.wait, 60)
        walk._go_to(fire)
        seen.ticks.now += 2
        seen.press("f3")
        asked = seen.question
        released.set()
        await seen.settle()
        return asked is not None, seen.question, seen.desk.run_id

    assert drive(lambda: session_at(at), script) == (True, None, fire)
