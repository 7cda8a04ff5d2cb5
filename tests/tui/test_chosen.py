"""A step that somebody only went to is kept beside the record until they do something else, or a watch calls them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.acts import Given
from engine.desk import Desk, Surroundings
from engine.run import in_order
from engine.store import open_store
from tests.engine.records import Wall, entropy
from tests.tui.table import KINDS, START, Table, Typist, opening_at, table
from tui.chosen import Choice, Chosen, still_holds
from tui.verbs.walking import choices_beside
from tui.view import Looking, watches_before


@pytest.fixture
def at():
    with table(KINDS, "kinds", "li") as made:
        made.do("entry", "entry.0", answer="yes")
        yield made


def beside(folder: Path) -> Chosen:
    """What lies there, as a program that was just started reads it."""
    return Chosen(folder / "muster.db")


def walks(at: Table, folder: Path, *typed: str) -> str | None:
    """The step in front when these lines were typed."""
    terminal = Typist(typed)
    walker = at.walker(terminal, chosen=beside(folder))
    walker.walk()
    terminal.close()
    return walker.current()


def test_a_step_that_was_gone_to_is_in_front_of_whoever_starts_again(at, tmp_path):
    plan = walks(at, tmp_path)
    walks(at, tmp_path, "o", "19")

    assert (plan, walks(at, tmp_path)) == ("look", "gauge")


def test_nothing_is_kept_of_the_step_of_the_plan(at, tmp_path):
    walks(at, tmp_path, "o", "19", "o", "16", "o", "1")

    assert walks(at, tmp_path) == "look"


def test_who_has_done_something_elsewhere_since_stands_where_the_record_says(at, tmp_path):
    walks(at, tmp_path, "o", "19")
    at.do("start", "cut")

    assert walks(at, tmp_path) == "cut"


def test_a_step_that_is_done_meanwhile_is_left(at, tmp_path):
    walks(at, tmp_path, "o", "7")
    at.do("do", "cut", by="zhao")

    assert walks(at, tmp_path) == "look"


def test_a_watch_that_was_raised_since_calls_to_its_own_step_and_one_from_before_does_not(at):
    before = Choice("gauge", at.desk.state.lam, at.desk.now())
    at.clock.move(START + timedelta(minutes=1))
    state = at.desk.state
    watched = {one.step for one in at.desk.possible() if one.verb == "raise"}
    watch = next(name for name in sorted(map(str, watched)) if state.graph.led[name])
    at.do("raise", watch, by="zhao")
    (called, *_) = [one for one in state.open_steps() if watch in watches_before(state.graph, one)]
    look, entries = Looking(state, at.desk.now(), "en", "li"), in_order(at.entries())
    at.clock.move(START + timedelta(minutes=2))
    since = Choice("gauge", state.lam, at.desk.now())

    assert [still_holds(one, look, entries, called) for one in (before, since)] == [False, True]


@pytest.mark.parametrize(
    "spoiled", ["", "{", "[]", '{"step": "gauge"}', '{"step": "gauge", "lam": "x", "at": 3}']
)
def test_a_file_that_cannot_be_read_is_no_choice(at, tmp_path, spoiled):
    walks(at, tmp_path, "o", "19")
    (file,) = (tmp_path / "here").glob("*.step")
    file.write_text(spoiled, "utf-8")

    assert walks(at, tmp_path) == "look"


# --- what is kept goes with the run


def kept(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "here").glob("*.step"))


def test_nothing_is_kept_of_a_run_once_it_has_ended_whoever_had_gone_where(at, tmp_path):
    walks(at, tmp_path, "o", "19")
    other = Choice("gauge", at.desk.state.lam, at.desk.now())
    beside(tmp_path).keep(at.desk.run_id, "zhao", other)
    beside(tmp_path).keep("R-20261122-ABCD", "li", other)
    at.do("end", target="abandoned", reason="x")

    walks(at, tmp_path)

    assert kept(tmp_path) == ["R-20261122-ABCD-li.step"]


def test_going_back_to_a_run_sweeps_those_that_ended_and_leaves_those_of_another_record(tmp_path):
    with open_store(
        tmp_path / "muster.db", key_folder=tmp_path / "state", wall=Wall(), entropy=entropy(1)
    ) as store:
        around = Surroundings(lambda: START, entropy(2), lambda person, pin: None)
        opening = replace(opening_at(KINDS, "kinds"), room="A1")
        going_on, ended = (Desk.open_run(store, opening, "li", around) for _ in range(2))
        end = next(act for act in ended.possible() if act.verb == "end")
        ended.do(end, Given(target="abandoned", reason="x"))
        for run in (going_on.run_id, ended.run_id, "R-20261122-ABCD"):
            beside(tmp_path).keep(run, "li", Choice("gauge", 3, START))

        choices_beside(store)

    assert kept(tmp_path) == sorted([f"{going_on.run_id}-li.step", "R-20261122-ABCD-li.step"])
