"""What a person reads back of a run that goes on: the road it took, what each thing rests on, who and when."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from drill.rehearsal import pass_time
from engine.acts import Given
from engine.desk import Desk, Surroundings, opening_of
from engine.events import StepDone
from engine.run import in_order, replay, statuses
from tests.drill.small import World
from tests.engine.records import entropy, open_file
from tests.tui.programs import within
from tests.tui.table import KINDS, PIN, Table, book_at
from tui.logbook import Teller, titles_of
from tui.verbs.seating import sit_down
from tui.view import Looking, step_row

VALUES = {"depth": "2", "drips": "no", "cause": "软管", "seen-at": "2026-11-22T05:55:00.000Z"}
MINUTE = timedelta(minutes=1)


def passes(at: Table, time: timedelta) -> None:
    for _ in pass_time(at.desk, at.clock, at.desk.now() + time):
        pass
    at.desk.settle()


def log_of(at: Table) -> list[str]:
    teller = Teller(titles_of(at.desk.state.graph.to_bytes(), at.desk.state.room), "en")
    return [teller.line(one) for one in in_order(at.entries())]


@pytest.mark.requirement("E9")
def test_the_log_of_an_open_run_says_every_turn_of_its_road_and_replays_to_where_it_stands(at: Table) -> None:
    at.do("do", "look", values=VALUES)
    at.do("answer", "source", answer="unknown")
    at.do("do", "look", values=VALUES)
    at.do("answer", "source", answer="crac", reason="it is warm there")
    at.do("defer", "cut", reason="no key")
    at.do("override", "tidy", reason="no time")
    passes(at, 16 * MINUTE)
    state = at.desk.state

    said = "\n".join(log_of(at))
    turns = (
        "not known",
        "air conditioner",
        "deferred 'Open the feeder'",
        "'Tidy the tools'",
        "Wait a quarter",
    )
    assert [turn for turn in turns if turn not in said] == []
    assert said.count("did 'Look from the doorway'") == 2
    assert state.ended is None
    assert statuses(replay(state.graph, at.desk.run_id, at.entries())) == statuses(state)


@pytest.mark.requirement("E26")
def test_what_came_by_itself_by_word_by_signature_and_from_paper_is_told_apart_on_the_list_and_in_the_log(
    at: Table,
) -> None:
    at.do("do", "look", values=VALUES)
    at.do("do", "cut", basis="paper")
    passes(at, 16 * MINUTE)
    look = Looking(at.desk.state, at.desk.now(), "en", "li")
    basis = {one.event.step: one.event.basis for one in at.entries() if isinstance(one.event, StepDone)}

    assert "the clock" in step_row(look, "pause", None)
    assert "李明" in step_row(look, "look", None)
    assert (basis["pause"], basis["look"], basis["cut"]) == ("sensed", "asserted", "paper")
    said = {line.split("'")[1]: line for line in log_of(at) if "did '" in line}
    assert "by itself" in said["Wait a quarter of an hour"]
    assert "from paper" in said["Open the feeder"]
    assert not any(word in said["Look from the doorway"] for word in ("by itself", "from paper"))


@pytest.mark.requirement("E48")
def test_of_every_entry_the_export_says_who_what_and_when_both_for_acts_and_for_what_was_only_shown(tmp_path):
    world = World()
    with open_file(tmp_path) as store:
        around = Surroundings(lambda: world.clock.now, entropy(4), lambda person, pin: None)
        desk = Desk.open_run(store, opening_of(book_at(KINDS), "kinds", room="A1"), "li", around)
        sit_down(desk)
        for verb, step, given in (
            ("entry", "entry.0", Given(answer="yes")),
            ("do", "look", Given(values=VALUES)),
            ("override", "tidy", Given(reason="no time")),
            ("note", None, Given(text="the water rises")),
        ):
            desk.do(next(one for one in desk.possible() if one.key == (verb, step)), given, pin=PIN)
        entries = len(store.entries(desk.run_id))
    (tmp_path / "muster.db").rename(tmp_path / "x.db")

    lines = [json.loads(line) for line in within(tmp_path, "log", "--json").stdout.splitlines()]

    assert len(lines) == entries
    assert all(one[key] for one in lines for key in ("at", "recorded_at", "type", "actor", "hash")), lines[0]
    kinds = {"run_opened", "warning_shown", "reading_taken", "step_done", "step_overridden", "note_added"}
    assert kinds <= {one["type"] for one in lines}
