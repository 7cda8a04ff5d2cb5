"""A run below a run of a drill belongs to the drill at the top, however far down it stands."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from drill.exercise.stopping import is_real_event, stop_for_real
from engine.acts import Given
from engine.desk import Desk, Surroundings, opening_of
from engine.events import ClockSet
from engine.store import open_store
from tests.engine.records import Wall, entropy
from tests.tui.screen_table import Seen, drive
from tests.tui.table import START, Typist, book_at
from tui.presence import FOLDER, PLAYER, Presence
from tui.session import Sat, Session
from tui.verbs.walking import Sitting, walk_on

SITE = Path(__file__).parents[1] / "fixtures" / "drill" / "site.yaml"
OUTER = """\
runbook: {name}
revision: 1
released: {{by: wang, at: 2026-11-01}}
title: {{zh: {name}, en: {name}}}
roles: {{ENG: {{zh: 工程师, en: engineer}}}}
steps:
  - {{id: go, {act}, role: ENG}}
  - {{id: after, do: {{zh: 收尾, en: close out}}, role: ENG}}
"""
AROUND = Surroundings(lambda: START, entropy(2), lambda person, pin: None)
ACTS = {"outer": "run: middle", "middle": "run: inner", "inner": "do: {zh: 看, en: look}"}


@pytest.fixture
def line(tmp_path):
    """Store, and the desks of a drill, the run below it, and the run below that."""
    shutil.copy(SITE, tmp_path / "site.yaml")
    for name, does in ACTS.items():
        (tmp_path / f"{name}.yaml").write_text(OUTER.format(name=name, act=does), "utf-8")
    book = book_at(tmp_path)
    with open_store(
        tmp_path / "x.db", wall=Wall(), entropy=entropy(1), key_folder=tmp_path / "state"
    ) as store:
        desk = Desk.open_run(store, opening_of(book, "outer", room="A1", kind="D"), "li", AROUND)
        desk.join(book.site.people[0], ("ENG",))
        desk.propose([ClockSet(0, 1000, "STARTEX")])
        desks = [desk]
        for _ in range(2):
            act = next(one for one in desks[-1].possible() if one.key == ("open-child", "go"))
            desks[-1].do(act, Given())
            child = next(iter(desks[-1].state.children.values()))
            desks.append(Desk.resume(store, child.run, "li", AROUND))
        yield store, desks


def test_its_top_is_the_drill_and_that_of_the_drill_itself(line):
    _, (drill, middle, inner) = line

    assert [one.top.run_id for one in (drill, middle, inner)] == [drill.run_id] * 3


def test_whoever_walks_it_is_seen_at_the_drill_in_line_mode_and_on_the_screen(line, tmp_path):
    store, (drill, _, inner) = line
    typist = Typist(["n here"])
    walk_on(Sitting(typist, store, "en", tmp_path, ""), inner)
    typist.close()
    in_lines = Presence.beside(store.name).players(drill.run_id)
    shutil.rmtree(tmp_path / FOLDER)

    async def script(seen: Seen):
        await seen.looks()

    session = Session(store, AROUND, sat=Sat(inner))
    session.presence = Presence.beside(store.name)
    drive(lambda: session, script)

    assert in_lines == ["li"]
    assert [one.run for one in session.presence.here(drill.run_id) if one.place == PLAYER] == [drill.run_id]


def test_a_real_event_that_is_called_there_ends_all_three(line):
    store, desks = line

    stop_for_real(desks[-1])
    ended = [Desk.resume(store, one.run_id, "li", AROUND).state.ended for one in desks]

    assert [one is not None and is_real_event(one) for one in ended] == [True] * 3
