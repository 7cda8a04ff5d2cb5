"""The trainer's console in one process: what is shown, what keys do, in two keys at most, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from drill.exercise import Exercise
from engine.clocks import is_frozen
from engine.desk import Desk, opening_of
from engine.errors import Refused
from engine.events import InjectSet, NoteAdded, Observed, Rated
from engine.text import cells
from tests.drill import below
from tests.drill.small import SCENARIO, World, begun, does, small_book
from tests.tui.consoles import At
from tests.tui.screen_table import Seen
from tui.locale import say
from tui.presence import Presence
from tui.screens.console import ConsoleScreen
from tui.screens.console_keys import KEYS
from tui.trainer.live import Live
from tui.trainer.moves import main_move, moves_for, numbered
from tui.trainer.plain import PlainConsole
from tui.trainer.rows import Pick, picks_of
from tui.verbs.leading import real_runs

MINUTE = timedelta(minutes=1)
MANY = "".join(
    f"  - {{id: n{number}, title: {{zh: 第 {number} 条, en: inject {number}}}, to: IC, objectives: O1, "
    f"when: {{at: {number + 2}m}}}}\n"
    for number in range(500)
)


@pytest.fixture
def world():
    return World()


# --- what is shown


@pytest.mark.requirement("R26")
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (160, 50)])
def test_two_lists_a_countdown_and_at_most_eight_keys_at_every_size(world, language, size):
    at = At(world).started()
    rows = at.frame(size[0], size[1], language)
    text = "\n".join(rows)

    assert len(rows) == size[1]
    assert max(cells(row) for row in rows) <= size[0]
    assert say("console-script", language) in text
    assert say("console-free", language) in text
    assert f"{say('console-next', language)} 00:01:00" in rows[1]
    assert rows[0].startswith(" 演练 DRILL" if language == "zh" else " DRILL 演练")
    assert text.count("DRILL") >= 2 or text.count("演练") >= 2
    assert (
        len([name for name in ("Enter", "Tab", "F2", "F3", "F5", "F9", "F12", "Space") if name in rows[-1]])
        <= 8
    )
    assert all(name in rows[-1] for name in ("Enter", "Tab", "F3", "F5", "F9", "F12"))


def test_of_500_injects_the_chosen_one_is_in_sight_and_the_list_says_where_it_is(world):
    text = SCENARIO.replace("expectations:\n", f"{MANY}expectations:\n").replace("length: 1h", "length: 9h")
    at = At(world, text).started()
    world.passes(200 * MINUTE)
    at.live.look()
    rows = at.frame(80, 24)

    assert any(row.startswith(" > ") for row in rows)
    assert "of 503" in rows[3]
    assert len(at.exercise.desk.state.cards) > 190


@pytest.mark.requirement("R48")
def test_a_major_inject_is_announced_to_whoever_evaluates_a_minute_before(world):
    at = At(world).started()
    does(at.exercise, "li", "do", "look", values={"depth": "2"})
    at.live.look()

    assert any("(major). Evaluators" in row for row in at.frame())


def test_the_console_shows_where_the_players_are(world):
    at = At(world).started()
    before = at.frame()
    does(at.exercise, "li", "do", "look", values={"depth": "2"})
    at.live.look()

    assert any("> 1  look" in row for row in before)
    assert any("> 2  where from" in row for row in at.frame())


@pytest.mark.parametrize(
    ("language", "did"), [("zh", "00:01:00  李明 完成“看一看”"), ("en", "00:01:00  李明 did 'look'")]
)
def test_the_console_shows_who_has_which_step_in_front_of_them_and_what_was_done_last(
    world, tmp_path, language, did
):
    at = At(world).started()
    presence = Presence(tmp_path / "x.db", lambda: (world.moment().recorded_at, world.moment().mono))
    at.live = Live(at.exercise, presence)
    world.passes(MINUTE)
    does(at.exercise, "li", "do", "look", values={"depth": "2"})
    for person in ("wang", "li"):
        presence.beat(at.exercise.desk.run_id, "player", person)
    board = at.live.look()
    rows = at.frame(language=language)

    assert board.in_front == (("li", "source"), ("wang", "source"))
    assert any(" ".join(did.split()) in " ".join(row.split()) for row in rows)
    assert any(row.split("  ")[-1].strip() in ("李明、王强", "李明, 王强") for row in rows)


# --- keys


@pytest.mark.requirement("R15")
@pytest.mark.requirement("R26")
def test_every_action_is_two_keys_at_most_and_its_reason(world):
    at = At(world).started()

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("enter")  # the next one now
        await seen.keys("tab", "1")  # once more
        await seen.keys("home", "tab", "1")
        await seen.keys("escape")
        await seen.keys("1", "enter")  # what can be given at any time
        await seen.keys("f3")
        await seen.types("2no read-back")
        await seen.keys("f5")
        frozen = is_frozen(at.exercise.desk.state)
        await seen.types("tea")
        await seen.keys("f5", "enter")
        assert frozen
        assert screen.glass.asking is None

    at.keys(script)
    cards = [card.inject for card in at.exercise.desk.state.cards]
    note = at.exercise.book.state.observed[-1].event

    assert cards[0] == "call"
    assert cards.count("press") == 1
    assert isinstance(note, Observed)
    assert (note.kind, note.text) == ("gap", "no read-back")
    assert not is_frozen(at.exercise.desk.state)
    assert len(set(KEYS.values())) <= 14


@pytest.mark.requirement("R15")
def test_hold_skip_delay_and_an_inject_of_ones_own_stand_behind_digits_of_the_list(world):
    at = At(world).started()

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("tab", "1")
        await seen.types("too early")
        await seen.keys("home", "tab", "1")  # held: now it is released
        await seen.types("now")
        await seen.keys("home", "tab", "3")
        await seen.types("5m")
        await seen.types("they are slow")
        await seen.keys("2", "enter", "1", "enter")
        await seen.types("the lights go out")
        await seen.keys("enter", "enter")

    at.keys(script)
    said = [
        (one.event.inject, one.event.how)
        for one in at.store.entries(at.exercise.book.state.run_id)
        if isinstance(one.event, InjectSet)
    ]

    assert said == [("call", "held"), ("call", "released"), ("call", "delayed"), ("live-1", "written")]
    assert [card.title.en for card in at.exercise.desk.state.cards] == ["the lights go out"]


def test_a_letter_never_ends_a_drill_nor_closes_its_console():
    assert all(len(key) > 1 for key, does in KEYS.items() if does in ("real", "leave"))
    assert "0" not in [number for number, _ in numbered([])]


@pytest.mark.requirement("R29")
@pytest.mark.requirement("R49")
def test_from_endex_to_the_drill_put_away_by_keys(world):
    at = At(world).started()
    does(at.exercise, "li", "do", "look", values={"depth": "2"})
    for _ in range(2):  # the card that follows comes in the first half, its limit passes in the second
        world.passes(15 * MINUTE)
        at.live.look()

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("tab", "0", "enter", "enter")
        await seen.keys("enter")  # the first objective: confirmed
        await seen.keys("enter")
        await seen.keys("enter")  # evaluated
        await seen.keys("enter")  # the valve is back
        await seen.keys("enter")  # put away

    at.keys(script)
    state = at.exercise.book.state
    rating = state.final("O1")

    assert isinstance(rating, Rated)
    assert (rating.rating, rating.proposed) == ("U", "U")
    assert (state.stage, state.how, state.restored) == ("closed", "normal", {"阀门复位"})


def test_what_is_refused_keeps_what_was_typed(world):
    at = At(world).started()

    async def script(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("tab", "3")
        await seen.types("soon")
        await seen.types("why")
        assert "soon" in screen.glass.said or screen.glass.typed == "why"

    at.keys(script)
    assert at.exercise.script.moved == {}


# --- in lines


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_console_in_lines_does_what_the_screen_does(world, language):
    from tests.tui.table import Typist

    at = At(world).started()
    lines = ["", "1", "t", "1", "n", "1asked twice", "f", "tea", "f", "", "t", "0", "", "", "q"]
    typist = Typist(lines)
    console = PlainConsole(at.live, language, "muster drill D", typist)
    try:
        console.run()
    finally:
        typist.close()
    seen = typist.seen.splitlines()

    assert [card.inject for card in at.exercise.desk.state.cards][:2] == ["call", "call"]
    observed = at.exercise.book.state.observed[-1].event
    assert isinstance(observed, Observed) and observed.kind == "strength"
    assert at.exercise.stage == "ended"
    word = say("drill-word", language)
    assert [line for line in seen if line.strip() and word not in line] == []


def test_every_move_of_the_screen_can_be_made_in_lines(world):
    at = At(world).started()
    picks = picks_of(at.exercise, at.live.board)
    listed = {move.id for pick in picks for move in moves_for(at.exercise, at.live.board, pick)}
    first = {move.id for pick in picks if (move := main_move(at.exercise, at.live.board, pick)) is not None}

    assert {"hold", "skip", "delay", "write", "judge", "rate", "deviation", "staff", "end"} <= listed
    assert first == {"fire", "write"}


@pytest.mark.requirement("R40")
def test_at_the_start_the_record_holds_who_of_the_players_could_be_reached(world, tmp_path):
    at = At(world)
    presence = Presence(tmp_path / "x.db", lambda: (world.moment().recorded_at, world.moment().mono))
    presence.beat(at.exercise.desk.run_id, "player", "li")
    at.live = Live(at.exercise, presence)
    before = at.frame()
    pick = picks_of(at.exercise, at.live.board)[-1]
    move = main_move(at.exercise, at.live.board, pick)
    assert move is not None
    at.live.make(move, {})
    (checked,) = [
        one.event
        for one in at.store.entries(at.exercise.book.state.run_id)
        if isinstance(one.event, NoteAdded) and one.event.kind == "comcheck"
    ]

    assert any("[x] 李明" in row and "[ ] 王强" in row for row in before)
    assert checked.text == "li\nwang, zhao"


def test_a_second_console_of_somebody_else_evaluates_and_gives_no_injects(world):
    at = At(world).started()
    other = Exercise.take_up(at.store, at.exercise.desk.run_id, world.around(21), "xu")
    watching = Live(other, Presence(None), came_back=True)
    picks = picks_of(other, watching.board)
    moves = {move.id for pick in picks for move in moves_for(other, watching.board, pick)}

    assert "xu" in other.book.state.staff["EVALUATOR"]
    assert main_move(other, watching.board, picks[0]) is None
    assert moves == {"judge", "rate", "deviation", "sign-in", "sign-out", "take-over"}


@pytest.mark.requirement("R20")
def test_after_a_gap_nothing_is_given_until_the_trainer_has_said_what_it_was(world):
    at = At(world).started()
    world.passes(3 * MINUTE)
    again = Exercise.take_up(at.store, at.exercise.desk.run_id, world.around(22), "deng")
    live = Live(again, Presence(None), came_back=True)
    live.look()
    kinds = [pick.kind for pick in picks_of(again, live.board)]
    on = main_move(again, live.board, picks_of(again, live.board)[1])
    assert on is not None
    cards_before = list(again.desk.state.cards)
    live.make(on, {})

    assert (kinds, cards_before) == (["gap-still", "gap-on"], [])
    assert [line.inject.id for line in live.board.late][:1] == ["call"]
    assert again.desk.state.cards == []


# --- something real (R34)


def real_run(at: At) -> str:
    """Somebody opens a real run in the same store, at another terminal."""
    return Desk.open_run(
        at.store, opening_of(small_book(), "spill", room="A1"), "li", at.world.around(31)
    ).run_id


def with_real_runs(at: At) -> Live:
    return Live(at.exercise, Presence(None), real_runs=lambda: real_runs(at.store))


@pytest.mark.requirement("R34")
def test_a_real_run_opened_before_the_start_keeps_the_drill_from_starting(world):
    at = At(world)
    at.live = with_real_runs(at)
    run = real_run(at)
    start = main_move(at.exercise, at.live.look(), Pick("begin"))
    assert start is not None
    with pytest.raises(Refused) as refused:
        at.live.make(start, {})

    assert (refused.value.id, at.exercise.stage) == ("real-run-open", "draft")
    assert run in refused.value.sentence("zh") and run in refused.value.sentence("en")


@pytest.mark.requirement("R34")
@pytest.mark.parametrize(("language", "said"), [("zh", "真实处置已打开"), ("en", "A REAL run is open")])
def test_a_real_run_opened_during_a_drill_alarms_the_trainer_at_the_next_look_and_until_the_end(
    world, language, said
):
    at = At(world).started()
    at.live = with_real_runs(at)
    before = "\n".join(at.frame(language=language))
    run = real_run(at)
    at.live.look()
    during = "\n".join(at.frame(language=language))
    at.exercise.end("real-event", "water")
    at.live.look()

    assert said not in before
    assert said in during and run in during
    assert said not in "\n".join(at.frame(language=language))


@pytest.mark.requirement("R34")
def test_the_console_in_lines_says_so_too(world):
    at = At(world).started()
    at.live = with_real_runs(at)
    real_run(at)
    console = PlainConsole(at.live, "en", "muster drill")
    said = list(console._idle())

    assert sum("A REAL run is open" in line for line in said) == 1
    assert not any("A REAL run is open" in line for line in console._idle())


# --- who signs in (R39)


@pytest.mark.requirement("R39")
def test_whoever_is_here_is_signed_in_by_two_keys_and_who_came_late_is_said(world):
    at = At(world)

    async def signs(seen: Seen, screen: ConsoleScreen) -> None:
        await seen.keys("tab", "1")
        for answer in ("1", "2", ""):
            await seen.keys(*answer, "enter")

    at.keys(signs)
    at.exercise.look()
    at.exercise.start()
    at.live.look()
    at.keys(lambda seen, screen: _late(seen))
    came = {one.person: one.came for one in at.exercise.sheet}

    assert came == {"wang": "in-time", "li": "late", "zhao": "absent", "deng": "in-time"}
    assert at.exercise.book.state.signed["wang"].method == "roll-call"


@pytest.mark.requirement("R39")
@pytest.mark.parametrize(("who", "came"), [("deng", "in-time"), ("trainer", "absent")])
def test_whoever_sits_down_at_the_console_signs_in_by_it_when_they_said_who_they_are(world, who, came):
    exercise, store = begun(world, trainer=who)
    for _ in range(2):
        Live(exercise, Presence(None))
    signed = [
        one.event.text
        for one in store.entries(exercise.book.state.run_id)
        if isinstance(one.event, NoteAdded) and one.event.kind == "sign-in"
    ]

    assert signed == (["deng\nterminal"] if came == "in-time" else [])
    assert {one.person: one.came for one in exercise.sheet}[who] == came


async def _late(seen: Seen) -> None:
    await seen.keys("tab")
    screen = seen.app.screen
    assert isinstance(screen, ConsoleScreen)
    signs = {move.id: number for number, move in numbered(screen.glass.listed or ())}
    await seen.keys(signs["sign-in"])
    for answer in ("1", "1", ""):
        await seen.keys(*answer, "enter")


# --- the runs that the players have opened


@pytest.mark.parametrize(
    ("language", "title", "step"), [("zh", "转入 打电话", "打给客户"), ("en", "opened ring up", "ring the")]
)
def test_the_mirror_shows_the_runs_that_the_players_have_opened_too(world, language, title, step):
    at = At.__new__(At)
    at.world, at.exercise = world, below.begun(world)
    at.live = Live(at.exercise, Presence(None))
    quiet = "\n".join(at.frame(130, 36, language))
    mark = at.live.board.state_mark
    does(at.exercise, "li", "do", "look", values={"depth": "2"})
    does(at.exercise, "li", "open-child", "ring-up")
    at.live.look()
    opened = "\n".join(at.frame(130, 36, language))
    before = at.live.board.state_mark
    below.below(at.exercise, world).propose([NoteAdded("all is well")])

    assert title not in quiet and title in opened and step in opened
    assert len({mark, before, at.live.look().state_mark}) == 3
    at.exercise.end()
    at.live.look()
    assert title not in "\n".join(at.frame(130, 36, language))
