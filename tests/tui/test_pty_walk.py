"""The real screens on a real terminal: bytes, lines, hostile text, slow records, and everything that ends them."""

from __future__ import annotations

import re
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hostile import HOSTILE, leaks
from tests.tui.hostile_book import corpus, hostile_book, plain, schema_of, text_places
from tests.tui.programs import within
from tests.tui.ptys import MUSTER, PATIENCE_S, Pty, on_a_pty
from tests.tui.screen_bot import PatientAtKeys
from tests.tui.screen_table import Seen, seat
from tests.tui.table import WALKED
from tests.tui.test_plain import WATER
from tui.locale import say

WALK = str(Path(__file__).with_name("pty_walk.py"))
HAN = "积水可能带电触电致死" * 4

KEY_BYTES = 600
"""What a key that looks, types or chooses may cost."""
OPEN_BYTES = 4096
"""What it may cost to open another view: a step, a list, a question, another language."""
TICK_BYTES = 120


@contextmanager
def walking(folder: Path, language: str = "zh", *said: str, columns: int = 80, rows: int = 24, **env: str):
    """The walk of a run on a terminal, with the first key out of the way."""
    book = () if any(word.startswith("book=") for word in said) else (f"book={WALKED}",)
    words = (sys.executable, WALK, language, *book, *said)
    with on_a_pty(words, folder, columns, rows, **env) as one:
        one.sees(say("kind-R", language).split()[0])
        one.press("f4")
        yield one


def answered(one: Pty, language: str = "zh") -> Pty:
    """Past the entry conditions: the first step is in front."""
    one.press("1")
    one.press("enter")
    one.sees(FIRST[language])
    return one


FIRST = {"zh": "> 1  确认告警", "en": "> 1  Acknowledge the alarm"}
"""The row of the first step, when it is in front."""


# --- bytes


def keys_of_a_walk(language: str, count: int) -> list[str]:
    """The keys of somebody who walks the leak, looking around between the steps."""
    pressed: list[str] = []
    looking = [*["down"] * 4, *["up"] * 2, "pagedown", "end", "home", "f4"]

    async def script(seen: Seen) -> None:
        press = seen.press

        def listen(key: str) -> None:
            pressed.append(key)
            press(key)

        seen.press = listen  # type: ignore[method-assign]  # only to hear what the bot presses
        bot = PatientAtKeys(seen, language, WATER)
        while len(pressed) < count:
            await bot.walk(bot.turns + 1)
            if seen.walk.glass.question is None and bot.turns % 5 == 0:
                await seen.keys(*looking)

    with seat("leak", WALKED, room="A1") as (_, run):
        run(script, language=language)
    return pressed[:count]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_key_of_a_leak_walk_of_200_keys_costs_more_than_its_bytes(language, tmp_path):
    keys = keys_of_a_walk(language, 200)
    with walking(tmp_path, language) as one:
        cost = [(one.press(key), key) for key in keys]

    typed = [(size, key) for size, key in cost if len(key) == 1]
    assert max(typed) <= (KEY_BYTES, "z"), max(typed)
    assert max(cost) <= (OPEN_BYTES, "z"), max(cost)
    assert sum(size for size, _ in cost) / len(cost) <= KEY_BYTES


def test_moving_on_a_list_costs_two_rows(tmp_path):
    with walking(tmp_path) as one:
        answered(one)
        one.press("f8")
        one.press("down")
        moves = [one.press(key) for key in ("down", "down", "up", "down", "up")]

    assert max(moves) <= KEY_BYTES


def test_opening_a_view_costs_at_most_four_kilobytes(tmp_path):
    cost = {}
    with walking(tmp_path) as one:
        answered(one)
        for key in ("tab", "f7", "f8", "f3", "f9", "f2"):
            before = one.glass.text
            cost[key] = one.press(key)
            assert one.glass.text != before, key
            one.press("escape")

    assert max(cost.values()) <= OPEN_BYTES, cost


def test_a_tick_of_the_clock_costs_at_most_120_bytes(tmp_path):
    with walking(tmp_path, "zh", "clock=runs") as one:
        answered(one)
        first = elapsed(one)
        one.until(lambda one: elapsed(one) > first)
        first, before = elapsed(one), len(one.raw)
        one.until(lambda one: elapsed(one) >= first + 3)

        assert len(one.raw) - before <= TICK_BYTES * (elapsed(one) - first)


def test_the_clock_of_a_run_paints_nothing_on_the_list_before_it(tmp_path):
    with walking(tmp_path, "zh", "clock=runs") as one:
        answered(one)
        one.press("f9")
        one.sees(say("home-typed", "zh"))

        assert one.is_quiet(1.5)  # longer than a tick; before, the open runs are read anew for this list


def elapsed(one: Pty) -> int:
    """The seconds that the screen says the run has taken."""
    found = re.search(r"T\+00:00:(\d\d)", one.glass.text)
    return int(found[1]) if found is not None else 0


@pytest.mark.parametrize("said", [("zh",), ("en", "ascii=1", "palette=mono")])
def test_first_paint_costs_no_more_than_a_bare_list_would(said, tmp_path):
    term = "vt220" if "ascii=1" in said else "xterm-256color"
    with walking(tmp_path, *said, TERM=term, COLORTERM="") as one:
        assert len(one.raw) <= 16 * 1024


# --- what is typed


def note(one: Pty, data: bytes, ends: str) -> str:
    """Type a note, and what the log says of the last entry."""
    one.press("f3")
    one.send(data)
    one.sees(ends)
    return one.glass.text


def test_a_byte_of_another_encoding_in_a_note_is_seen_and_recorded_as_what_it_is(tmp_path):
    with walking(tmp_path) as one:
        answered(one)
        note(one, b"a\xd6b", "a\ufffdb")
        one.press("enter")
        one.key("enter")
        one.until(lambda one: "a\ufffdb" in within(tmp_path, "log", "--lang", "zh").stdout)


def test_forty_han_characters_arrive_in_a_note_whole_typed_pasted_or_by_the_kitty_protocol(tmp_path):
    sent = {
        "1": HAN,
        "2": f"\x1b[200~{HAN}\x1b[201~",
        "3": f"\x1b[0;;{':'.join(str(ord(sign)) for sign in HAN)}u",
    }
    with walking(tmp_path) as one:
        answered(one)
        for number, text in sent.items():
            note(one, f"{text}!{number}".encode(), f"!{number}")
            one.press("enter")
            one.press("enter")
        one.until(lambda _: all(f"{HAN}!{number}" in logged(tmp_path) for number in sent))


def logged(folder: Path) -> str:
    """The record, without its spaces and line ends."""
    return "".join(within(folder, "log", "--lang", "zh").stdout.split())


def test_what_a_terminal_answers_chooses_no_act(tmp_path):
    with walking(tmp_path) as one:
        answered(one)
        one.press("tab")
        one.send(b"\x1b[?62;22c\x1b[>41;354;0c\x1b]11;rgb:1111/2222/3333\x1b\\\x1b[32;;49:50u"[:48])
        one.press("escape")

        assert FIRST["zh"] in one.glass.text
        assert len(within(tmp_path, "log").stdout.splitlines()) < 8


def test_enter_held_down_is_one_act(tmp_path):
    with on_a_pty(
        [*MUSTER, "open", "leak", "--as", "li", "--room", "A1", "--book", str(WALKED)],
        tmp_path,
        MUSTER_LANG="en",
    ) as one:
        one.sees("Entry condition")
        one.key("1")
        one.send(b"\r" * 40)
        one.sees(FIRST["en"])
        one.key("f12")
        one.rest()

    log = within(tmp_path, "log").stdout
    assert log.count("a leak alarm came") == 1
    assert len(log.splitlines()) < 8


# --- sizes


SIZES = ((79, 23), (40, 10), (200, 60), (20, 5), (140, 40), (80, 24))


def test_at_every_size_the_place_is_seen_also_after_a_storm_of_sizes(tmp_path):
    with walking(tmp_path) as one:
        answered(one)
        for columns, rows in SIZES:
            for step in range(10):
                one.resize(columns + 7 * step, rows + step)
            one.resize(columns, rows)
            one.until(lambda one: "1/170" in one.glass.text)
        one.press("down")

        assert one.glass.strange == []


# --- the end


@pytest.mark.requirement("E52")
@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGKILL, None])
def test_however_the_screen_ends_the_run_goes_on(how, tmp_path):
    with on_a_pty(
        [*MUSTER, "open", "leak", "--as", "li", "--room", "A1", "--book", str(WALKED)],
        tmp_path,
        MUSTER_LANG="en",
    ) as one:
        one.sees("Entry condition")
        one.key("1", "enter")
        one.sees(FIRST["en"])
        if how is None:
            one.lose()
            one.process.wait(PATIENCE_S)
        else:
            one.signal(how)
            if how == signal.SIGKILL:
                one.sees("PROCEDURE SYSTEM FAILED")
            one.rest()
            assert {"1049", "2004"}.isdisjoint(one.glass.modes)
            assert one.modes == one.modes_before
            assert ("PROCEDURE SYSTEM FAILED" in one.glass.text) == (how == signal.SIGKILL)

    assert "leak" in within(tmp_path, "runs").stdout
    assert within(tmp_path, "verify", "--deep").returncode == 0
    (sheet,) = (tmp_path / "sheets").iterdir()
    assert "step 1 on paper leak rev" in " ".join(sheet.read_text("utf-8").split())


def test_stopped_and_continued_the_same_step_is_in_front(tmp_path):
    with walking(tmp_path) as one:
        answered(one)
        before = one.glass.text
        one.signal(signal.SIGTSTP)
        one.until(lambda one: one.state() == "T" and "1049" not in one.glass.modes)
        one.signal(signal.SIGCONT)
        one.until(lambda one: one.glass.text == before)


# --- lines and records that are slow


def test_on_a_line_of_960_bytes_a_second_keys_are_still_answered(tmp_path):
    with walking(tmp_path) as one:
        answered(one)
        one.press("f8")
        one.press("down")
        one.bytes_per_s = 960

        assert max(one.press(key) for key in ("down", "down", "up")) <= KEY_BYTES


def test_with_a_record_that_takes_four_milliseconds_every_key_is_painted_and_nothing_flickers(tmp_path):
    with walking(tmp_path, "en", "slow=0.004", "quick=60") as one:
        before = len(one.raw)
        one.press("1")
        one.press("enter")
        one.sees(FIRST["en"], "saved")
        one.press("f8")
        one.press("down")

        assert "=>" in one.glass.text
        assert b"recording" not in one.raw[before:]


def test_while_the_record_is_slow_keys_are_painted_and_the_state_is_honest(tmp_path):
    with walking(tmp_path, "en", "hangs=1") as one:
        one.key("1", "enter")
        one.sees("recording")
        one.key("f8")
        one.sees("Check a second signal")
        assert "recording" in one.glass.text
        one.key("f4")
        (tmp_path / "mended").touch()
        one.sees(FIRST["en"], "saved")


def test_an_append_that_does_not_come_back_is_called_not_recorded_until_it_has(tmp_path):
    """Every key is a second here: ten keys are ten seconds of a disk that hangs."""
    with walking(tmp_path, "en", "hangs=1") as one:
        one.key("1", "enter")
        one.sees("recording")
        one.key(*["f8", "down", "down", "up", "up", "f4", "f8", "f4"])
        one.sees("NOT RECORDED")
        (tmp_path / "mended").touch()
        one.sees(FIRST["en"], "saved")
        assert "NOT RECORDED" not in one.glass.text


def test_an_act_that_cannot_be_written_says_so_and_can_be_done_again(tmp_path):
    with walking(tmp_path, "en", "fail=1") as one:
        one.key("1", "enter")
        one.sees("NOT RECORDED")
        assert "Entry condition" in one.glass.text

        (tmp_path / "mended").touch()
        one.key("1", "enter")
        one.sees(FIRST["en"], "saved")


# --- hostile text


def test_every_text_of_every_document_is_fed_the_corpus(tmp_path):
    filled = hostile_book(tmp_path / "book")
    for kind, places in filled.items():
        schema = schema_of(kind, tmp_path)
        assert {plain(one) for one in text_places(schema, schema)} == {plain(one) for one in places}, kind


@pytest.mark.parametrize(("language", "columns", "rows"), [("zh", 80, 24), ("en", 140, 40)])
def test_of_hostile_text_in_every_field_nothing_but_text_reaches_the_terminal(
    language, columns, rows, tmp_path
):
    hostile_book(tmp_path / "book")
    said = (f"book={tmp_path / 'book'}", "runbook=kinds", "unsound=1")
    with walking(tmp_path, language, *said, columns=columns, rows=rows) as one:
        for key in (
            "1",
            "enter",
            "tab",
            "pagedown",
            "f4",
            "f8",
            *["pagedown"] * 6,
            "f4",
            *["down"] * 27,
            "f4",
            "f7",
        ):
            one.press(key)
        for key in ("pagedown", "f4", "f2", "f2", "f3"):
            one.press(key)
        one.send(b"\x1b[200~" + "".join(corpus()).encode() + b"\x1b[201~")
        one.press("escape")
        one.key("f12")
        one.rest()

    assert one.glass.strange == []
    # Our own way to clear the screen comes behind a colour, never behind a text.
    shown = re.sub(r"(?<=m)\x1b\[2J\x1b\[H", "", one.raw.decode("utf-8"))
    assert leaks(re.sub(OURS, " ", shown)) == set()
    for trick in HOSTILE.values():
        assert leaks(trick) == set() or trick not in shown


OURS = r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\]777;\d+\x07|[\r\n]"
"""What the screen itself sends beside text: colours, places, modes, and the marks of the test."""


def test_home_shows_hostile_text_as_text(tmp_path):
    hostile_book(tmp_path / "book")
    with on_a_pty([*MUSTER, "--book", str(tmp_path / "book")], tmp_path, MUSTER_LANG="en") as one:
        one.sees("Every kind")
        one.key("down", "f2", "f12")
        one.rest()

        assert one.glass.strange == []
        assert b"owned\x07" not in one.raw
