"""A run seen again: it ends as it ended, it adds nothing, and it can be stopped and moved about in."""

from __future__ import annotations

import os
import pty
from datetime import timedelta

import pytest

from drill.auto import Auto, crew_of
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from engine.desk import Surroundings, opening_of
from engine.errors import Refused
from engine.run import in_order, replay, statuses
from engine.state import status
from tests import stores
from tests.drill.small import START, World
from tests.engine.records import entropy
from tests.tui.past import drilled, handled
from tests.tui.programs import within
from tests.tui.table import SHIPPED, Typist, book_at
from tui.locale import say
from tui.replay import target_of
from tui.verbs.drilling import scenario_named
from tui.verbs.replaying import Show, Typing, replay_of
from tui.verbs.replaying import replay as replay_verb

MINUTE = timedelta(minutes=1)


def again(store, run, language="en"):
    return replay_of(store, run, language)


def stand(state):
    return statuses(state), {name: status(state, name) for name in state.steps}


class Watching:
    """A viewer who types what was written beforehand, and keeps how long each wait was to be."""

    def __init__(self, *typed):
        self.typed = list(typed)
        self.waits: list[float | None] = []

    def wait(self, seconds):
        self.waits.append(seconds)
        if not self.typed and seconds is None:
            raise EOFError
        return self.typed.pop(0) if self.typed else None


def seen(store, run, viewer, speed=1, language="en"):
    typist = Typist()
    shown, teller = again(store, run, language)
    Show(shown, teller, typist, viewer, speed).run()
    return typist.seen


@pytest.fixture(scope="module")
def past():
    return drilled()


# --- it ends as it ended


@pytest.mark.requirement("R53")
@pytest.mark.parametrize("seed", ["7", "8", "leak-night"])
def test_the_end_of_the_replay_is_the_end_that_was_live(seed):
    book = book_at(SHIPPED)
    scenario, source = scenario_named("leak-night", SHIPPED, book)
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    store = stores.memory(wall=World().moment, entropy=entropy(1))
    opening = opening_of(book, scenario.runbook, room=scenario.room)
    exercise = Exercise.begin(store, scenario, source, opening, around, "machine", seed=seed, by_machine=True)
    for _ in Auto(exercise, clock, around, crew_of(scenario, seed)).play():
        pass

    shown, _ = again(store, exercise.desk.run_id)
    shown.seek(shown.entries[-1].at)

    assert shown.over and stand(shown.state) == stand(exercise.desk.state)


def test_a_real_run_can_be_seen_again_too():
    desk, store = handled()
    shown, _ = again(store, desk.run_id)
    while not shown.over:
        shown.step()

    assert stand(shown.state) == stand(desk.state)


@pytest.mark.requirement("R53")
def test_at_every_moment_it_is_what_the_record_was_then(past):
    exercise, store = past
    shown, _ = again(store, exercise.desk.run_id)
    entries = in_order(store.entries(exercise.desk.run_id))

    for number in (len(entries), 3, len(entries) // 2, 12, 0):
        at = entries[number - 1].at if number else entries[0].at - MINUTE
        shown.seek(at)
        known = replay(exercise.desk.state.graph, exercise.desk.run_id, shown.entries[: shown.done])
        assert shown.done == 0 or shown.entries[shown.done - 1].at <= at
        assert stand(shown.state) == stand(known)


@pytest.mark.requirement("R53")
def test_it_adds_no_entry(tmp_path):
    told = within(tmp_path, "drill", "leak-night", "--auto", "--seed", "7", "--json", "--book", SHIPPED)
    assert told.returncode == 0, told.stderr
    before = (tmp_path / "x.db").read_bytes()
    run = said_run(tmp_path)

    shown = within(tmp_path, "replay", run, "--speed", "0")

    assert (shown.returncode, "The replay is over" in shown.stdout) == (0, True)
    assert (tmp_path / "x.db").read_bytes() == before


def said_run(folder):
    lines = within(folder, "audit", "--kind", "D").stdout.splitlines()
    return next(word for line in lines for word in line.split() if word.startswith("D-"))


# --- how it goes by


@pytest.mark.requirement("R53")
@pytest.mark.parametrize("speed", [1, 4, 16])
def test_each_entry_comes_at_its_moment(past, speed):
    exercise, store = past
    viewer = Watching()
    seen(store, exercise.desk.run_id, viewer, speed)
    live = (exercise.desk.state.moment - exercise.desk.state.opened_at).total_seconds()

    assert len(viewer.waits) == len(store.entries(exercise.desk.run_id))
    assert sum(one or 0 for one in viewer.waits) == pytest.approx(live / speed)


def test_all_at_once_nobody_is_waited_for(past):
    exercise, store = past
    viewer = Watching("q")
    page = seen(store, exercise.desk.run_id, viewer, 0)

    assert (viewer.waits, page.count("[step") > 10) == ([], True)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_says_that_it_is_a_replay_of_a_drill(past, language):
    exercise, store = past
    lines = seen(store, exercise.desk.run_id, Watching(), 0, language).splitlines()
    word = f"{say('DRILL', language)} {say('replay-word', language)}"

    assert len(lines) > 30 and all(line.startswith(word) for line in lines)


def test_after_each_entry_stands_the_step_and_the_clock(past):
    exercise, store = past
    lines = seen(store, exercise.desk.run_id, Watching(), 0).splitlines()
    (at,) = [number for number, line in enumerate(lines) if "water depth = 2" in line or "depth = 2" in line][
        :1
    ]

    assert "T+00:03:00" in lines[at] and "[step" in lines[at + 1] and "10:13:00" in lines[at + 1]


def test_enter_stops_it_and_enter_lets_it_go_on(past):
    exercise, store = past
    viewer = Watching("", "", "q")
    page = seen(store, exercise.desk.run_id, viewer)

    assert "Paused at T+00:00:00" in page and "It goes on" in page
    assert viewer.waits[1] is None


def test_it_jumps_forward_back_and_to_a_moment(past):
    exercise, store = past
    page = seen(store, exercise.desk.run_id, Watching("T+4m", "+20m", "-23m", "what", "q"))

    assert [line.split()[-1] for line in page.splitlines() if " At T+" in line] == [
        "T+00:04:00",
        "T+00:24:00",
        "T+00:01:00",
    ]
    assert "'what' was not understood" in page and "The replay is over" not in page


def test_moments_are_typed_in_three_ways(past):
    exercise, store = past
    shown, _ = again(store, exercise.desk.run_id)
    shown.seek(shown.start + 10 * MINUTE)
    said = {typed: target_of(typed, shown) for typed in ("+5m", "-90s", "T+20m", "t+1h", "5m", "+", "x")}
    since = {typed: None if at is None else at - shown.start for typed, at in said.items()}

    assert since == {
        "+5m": 15 * MINUTE,
        "-90s": 8.5 * MINUTE,
        "T+20m": 20 * MINUTE,
        "t+1h": 60 * MINUTE,
        "5m": None,
        "+": None,
        "x": None,
    }


def test_a_terminal_is_listened_to_and_a_pipe_is_not():
    ours, theirs = pty.openpty()
    reading, writing = os.pipe()
    try:
        os.write(ours, b"+5m\n")
        os.write(writing, b"q\n")

        assert (Typing(theirs).wait(60), Typing(reading).wait(0)) == ("+5m", None)
    finally:
        for one in (ours, theirs, reading, writing):
            os.close(one)


def test_before_the_beginning_and_behind_the_end_is_the_beginning_and_the_end(past):
    exercise, store = past
    shown, _ = again(store, exercise.desk.run_id)
    shown.seek(shown.start + timedelta(days=9))
    last = shown.elapsed
    shown.seek(shown.start - timedelta(days=9))

    assert (last, shown.elapsed, shown.done) == (exercise.elapsed, timedelta(), 0)


@pytest.mark.requirement("R27")
def test_of_an_evaluation_the_drill_is_shown_and_never_the_script(past):
    exercise, store = past
    shown, _ = again(store, f"E{exercise.desk.run_id[1:]}")

    assert shown.run == exercise.desk.run_id
    assert {entry.run for entry in shown.entries} == {exercise.desk.run_id}


def test_a_speed_nobody_can_follow_and_a_run_that_is_not_there_are_refused(past):
    _, store = past
    for speed in (-1, 17):
        with pytest.raises(Refused):
            replay_verb("D-20990101-AAAA", speed, None, None)
    with pytest.raises(Refused):
        again(store, "D-20990101-AAAA")
