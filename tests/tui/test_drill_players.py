"""What players of a drill see: cards, how the drill stands, and never what is not theirs to see."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from drill.exercise import Exercise
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.events import Acknowledged, NoteAdded, Observed, Rated
from engine.store import Store, memory_store
from tests.drill.small import World, begun, small_book
from tests.engine.records import entropy
from tests.tui.programs import environment, within
from tests.tui.screen_table import Seen, drive
from tests.tui.table import Typist
from tui.locale import say
from tui.plain import Around, Walker
from tui.presence import PLAYER, TRAINER, Here, Presence
from tui.session import Sat, Session
from tui.verbs.leading import Led, exercise_of
from tui.verbs.storing import open_the_store, surroundings

BOOK = Path(__file__).parents[1] / "fixtures" / "drill"
MINUTE = timedelta(minutes=1)

SEED = "S33D-OF-CHANCE"
HIDDEN = (
    *("a smell", "有味", "luck", "运气", "pressure", "催"),
    *("spill-drill", "expectation", "rating", "looked!", SEED),
)
"""Injects that have not come, the scenario, what is asked and how it is judged."""


@pytest.fixture
def world():
    return World()


class AtAWalk:
    """A player's screen on a drill whose trainer sits elsewhere."""

    def __init__(self, world: World, who: str = "wang") -> None:
        self.world = world
        self.exercise, self.store = begun(world)
        self.who = who

    def screen(self, script: Callable[[Seen], Awaitable[None]], language: str = "en") -> None:
        around = self.world.around(11)
        desk = Desk.resume(self.store, self.exercise.desk.run_id, self.who, around)
        session = Session(self.store, around, book=small_book(), sat=Sat(desk), texts=())
        drive(lambda: session, script, language=language)


# --- on the screen


@pytest.mark.parametrize("language", ["zh", "en"])
def test_how_the_drill_stands_is_on_the_players_screen(world, language):
    at = AtAWalk(world)
    seen_words = []

    async def script(seen: Seen) -> None:
        seen_words.append(seen.text())
        at.exercise.start()
        await seen.looks()
        seen_words.append(seen.text())
        at.exercise.freeze("tea")
        await seen.looks()
        seen_words.append(seen.text())
        at.exercise.resume("on")
        at.exercise.end()
        await seen.looks()
        seen_words.append(seen.text())

    at.screen(script, language)
    waits, runs, frozen, over = seen_words

    assert say("drill-waits", language) in waits
    assert say("drill-waits", language) not in runs
    assert say("drill-stands", language, reason="tea") in frozen
    assert say("drill-over", language) in over
    assert all("演练" in text.splitlines()[0] and "DRILL" in text.splitlines()[0] for text in seen_words)


@pytest.mark.requirement("R11")
def test_a_card_stands_under_the_step_until_whoever_it_is_for_acknowledges_it(world):
    at = AtAWalk(world)
    at.exercise.start()
    texts = []

    async def script(seen: Seen) -> None:
        await seen.keys("f4")
        world.passes(MINUTE)
        at.exercise.tick()
        await seen.looks()
        texts.append(seen.text())
        await seen.keys("f4")
        texts.append(seen.text())

    at.screen(script)
    said = [one.event for one in at.store.entries(at.exercise.desk.run_id)]

    assert ("a call" in texts[0], "> 1  look" in texts[0], "a call" in texts[1]) == (True, True, False)
    assert any(isinstance(one, Acknowledged) and one.alarm == "inject:call:1" for one in said)


def test_a_card_for_somebody_else_is_not_shown(world):
    at = AtAWalk(world, "zhao")
    at.exercise.start()

    async def script(seen: Seen) -> None:
        world.passes(MINUTE)
        at.exercise.tick()
        await seen.looks()
        await seen.keys("f4")
        assert "a call" not in seen.text()

    at.screen(script)


@pytest.mark.requirement("R27")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_screen_of_a_player_shows_what_is_to_come_or_how_they_are_judged(world, language):
    at = AtAWalk(world, "li")
    at.exercise.start()
    at.exercise.observe(Observed("gap", "looked! too late"))
    at.exercise.rate(Rated("O1", "M", "S", "looked! but slowly"))
    shown = []

    async def script(seen: Seen) -> None:
        for keys in (["f4"], ["tab"], ["pagedown"], ["escape"], ["f7"], ["pagedown"], ["f4"], ["f8"], ["f4"]):
            await seen.keys(*keys)
            shown.append(seen.text())
        await seen.resize(140, 40)
        shown.append(seen.text())

    at.screen(script, language)

    assert [word for word in HIDDEN for text in shown if word in text] == []


@pytest.mark.requirement("R33")
def test_f9_asks_once_and_then_the_real_run_names_the_drill_and_the_drill_the_real_run(world):
    at = AtAWalk(world, "li")
    at.exercise.start()

    async def script(seen: Seen) -> None:
        await seen.keys("f4", "f9")
        asked = seen.text()
        await seen.keys("f4")
        await seen.keys("f9", "f9")
        assert "F9 again" in asked
        assert seen.home.glass.over == "real"
        assert at.exercise.desk.refresh() is not None
        seen.home._wanted.runbook, seen.home._wanted.room, seen.home._wanted.person = "spill", "A1", "li"
        seen.home._advance()
        await seen.settle()
        assert seen.desk.state.kind == "R"

    at.screen(script)
    at.exercise.hear()
    real = next(row.run for row in at.store.runs() if row.kind == "R")
    notes = {
        run: [one.event.text for one in at.store.entries(run) if isinstance(one.event, NoteAdded)]
        for run in (real, at.exercise.desk.run_id)
    }

    assert at.exercise.book.state.how == "real-event"
    assert at.exercise.desk.run_id in notes[real][0]
    assert real in notes[at.exercise.desk.run_id][0]


# --- in lines


@pytest.mark.requirement("R30")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_line_of_a_drill_says_so_and_a_card_is_acknowledged_by_its_number(world, language):
    at = AtAWalk(world)
    at.exercise.start()
    world.passes(MINUTE)
    at.exercise.tick()
    desk = Desk.resume(at.store, at.exercise.desk.run_id, "wang", world.around(11))
    typist = Typist(["1", "q"])
    around = Around(lambda _: False, at.store.put_blob, lambda run: desk)
    try:
        Walker(typist, desk, language, around).walk()
    finally:
        typist.close()
    lines = [line for line in typist.seen.splitlines() if line.strip()]
    call = "来电" if language == "zh" else "a call"

    assert [line for line in lines if say("DRILL", language) not in line] == []
    assert any(line.count(call) for line in lines)
    assert "inject:call:1" in desk.state.acknowledged


# --- on the command line


def led_here(folder: Path) -> tuple[Exercise, Store]:
    """A drill on a file, begun and led by nobody's screen."""
    store = open_the_store(str(folder / "x.db"))
    exercise, _ = exercise_of(Led("spill-drill", seed=SEED, book=str(BOOK)), store, surroundings(store))
    return exercise, store


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    exercise, store = led_here(tmp_path)
    exercise.start()
    exercise.deliver("call")
    exercise.observe(Observed("gap", "looked! too late"))
    yield exercise
    store.close()


@pytest.mark.requirement("R27")
@pytest.mark.requirement("R30")
def test_log_json_and_lists_of_a_running_drill_hold_nothing_hidden_and_say_what_it_is(at_home, tmp_path):
    run = at_home.desk.run_id
    verbs = [
        ("log", run),
        ("log", run, "--json"),
        ("log",),
        ("runs", "--all"),
        ("runs", "--json"),
        ("log", f"E{run[1:]}"),
    ]
    verbs += [
        ("score", run),
        ("report", run, "--format", "md"),
        ("audit", run),
        ("replay", run, "--speed", "0"),
    ]
    said = {verb: within(tmp_path, *verb) for verb in verbs}
    printed = {verb: one.stdout + one.stderr for verb, one in said.items()}

    assert [(word, verb) for word in HIDDEN for verb, text in printed.items() if word in text] == []
    assert all(line.startswith("DRILL 演练") for line in printed["log", run].splitlines())
    assert all('"drill": "演练 DRILL"' in line for line in printed["log", run, "--json"].splitlines())
    assert [said[verb].returncode for verb in (("score", run), ("log", f"E{run[1:]}"))] == [1, 1]
    assert "E-2" not in printed["runs", "--all"]


@pytest.mark.requirement("R34")
def test_no_drill_begins_while_something_real_is_open(tmp_path, monkeypatch):
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)

    with open_the_store(str(tmp_path / "x.db")) as store:
        Desk.open_run(store, opening_of(small_book(), "spill", room="A1"), "li", surroundings(store))
        with pytest.raises(Refused) as refused:
            exercise_of(Led("spill-drill", book=str(BOOK)), store, surroundings(store))

    assert refused.value.id == "real-run-open"


@pytest.mark.requirement("R31")
def test_a_drill_is_never_among_the_real_runs(at_home, tmp_path):
    with open_the_store(str(tmp_path / "x.db")) as store:
        assert (store.real_runs(), [row.kind for row in store.drill_runs()]) == ([], ["D"])


# --- who is there


def test_signs_of_life_tell_who_is_there_and_for_how_long_the_trainer_is_silent(tmp_path):
    world = World()
    presence = Presence(tmp_path / "x.db", lambda: (world.moment().recorded_at, world.moment().mono))
    presence.beat("D-1", TRAINER, "deng")
    presence.beat("D-1", PLAYER, "li")
    world.jumps = timedelta(hours=-1)
    world.passes(9 * timedelta(seconds=1))
    there = presence.players("D-1")
    world.passes(31 * timedelta(seconds=1))

    assert there == ["li"]
    assert presence.trainer_age("D-1") == 40 * timedelta(seconds=1)
    assert (presence.players("D-1"), presence.players("D-2"), presence.trainer_age("D-2")) == ([], [], None)


def test_a_sign_of_life_that_cannot_be_read_is_none(tmp_path):
    world = World()
    presence = Presence(tmp_path / "x.db", lambda: (world.moment().recorded_at, world.moment().mono))
    presence.beat("D-1", PLAYER, "li")
    (tmp_path / "here" / "D-1-player-wang-1.json").write_text("{", "utf-8")
    found = presence.here("D-1")

    assert [type(one) for one in found] == [Here]


def test_a_players_screen_says_when_the_trainer_is_silent(world, monkeypatch):
    at = AtAWalk(world)
    at.exercise.start()

    async def script(seen: Seen) -> None:
        monkeypatch.setattr(seen.session, "trainer_age", lambda _desk: 31 * timedelta(seconds=1))
        await seen.looks()
        await seen.keys("f4")
        assert "no sign of the trainer for 00:00:31" in seen.text()

    at.screen(script)


def test_a_drill_by_machine_says_of_nothing_that_it_happened_in_the_future(tmp_path):
    played = within(tmp_path, "drill", "spill-drill", "--auto", "--book", BOOK)
    run = within(tmp_path, "runs", "--all").stdout.split()[0]
    entries = [json.loads(line) for line in within(tmp_path, "log", run, "--json").stdout.splitlines()]

    assert played.returncode == 0
    assert [one["pos"] for one in entries if one["at"] > one["recorded_at"]] == []


def test_beside_a_record_in_memory_nothing_is_laid_down(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with memory_store(wall=World().moment, entropy=entropy(1)) as store:
        Presence.beside(store.name).beat("D-1", PLAYER, "li")

    assert list(tmp_path.iterdir()) == []
