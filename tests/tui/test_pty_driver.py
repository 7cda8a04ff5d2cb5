"""The driver on a real terminal: what terminals, lines and shells do to it, without any screen of ours."""

from __future__ import annotations

import select
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.tui.ptys import Pty, on_a_pty

PROBE = (sys.executable, str(Path(__file__).with_name("pty_probe.py")))
HAN = "积水可能带电触电致死" * 4


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """One program for all tests that leave it as it was."""
    with on_a_pty(PROBE, tmp_path_factory.mktemp("probe"), columns=200) as one:
        one.sees("bottom row")
        yield one


@pytest.fixture
def probe(shared):
    shared.key("f6")
    shared.until(lambda one: typed(one) == "")
    return shared


def typed(one: Pty) -> str:
    return line(one, "text=")


def line(one: Pty, name: str) -> str:
    return next((text.removeprefix(name) for text in one.glass.lines if text.startswith(name)), "?")


def test_a_byte_that_is_no_utf_8_is_shown_and_nothing_ends(probe):
    probe.send(b"a\xd6b\xff")
    probe.send("水".encode("gbk"))
    probe.send(b"z")
    probe.until(lambda one: typed(one).endswith("z"))

    assert typed(probe).startswith("a\ufffdb\ufffd")


def test_a_sign_cut_in_two_by_the_line_is_one_sign(probe):
    first, *rest = "漏".encode()
    probe.send(bytes([first]))
    probe.send(bytes(rest))

    probe.until(lambda one: typed(one) == "漏")


def test_forty_han_characters_arrive_whole_typed_pasted_or_by_the_kitty_protocol(probe):
    kitty = f"\x1b[0;;{':'.join(str(ord(sign)) for sign in HAN)}u"
    for sent, seen in ((HAN, HAN), (f"\x1b[200~{HAN}\x1b[201~", f"[{HAN}]"), (kitty, HAN)):
        probe.key("f6")
        probe.until(lambda one: typed(one) == "")
        probe.send(sent.encode())
        probe.until(lambda one, seen=seen: typed(one) == seen)


def test_answers_of_the_terminal_are_never_typed(probe):
    probe.send(b"\x1b[?62;22c\x1b]11;rgb:0/0/0\x1b\\\x1b[>1;2;3c\x1b[0n")
    probe.key("up")
    probe.until(lambda one: "up" in line(one, "keys="))

    assert line(probe, "keys=") == "up,"
    assert typed(probe) == ""


def test_a_held_key_loses_nothing_and_ends_with_the_last(probe):
    probe.send(b"\x1b[B" * 40 + b"z")
    probe.until(lambda one: typed(one) == "z")


def test_escape_is_a_key_soon_after_it_was_pressed(probe):
    probe.key("escape")
    probe.until(lambda one: "escape" in line(one, "keys="), patience=5)


def test_only_what_every_terminal_knows_is_sent(probe):
    assert probe.glass.strange == []
    assert b"\x1b[>" not in probe.raw
    assert b"\x1b[?1000h" not in probe.raw
    assert b"\x1b[?1004h" not in probe.raw


def test_after_a_storm_of_sizes_the_screen_has_the_last_one(tmp_path):
    with on_a_pty(PROBE, tmp_path) as one:
        one.sees("bottom row")
        for step in range(60):
            one.resize(40 + step, 10 + step % 30)
        one.resize(79, 23)
        one.until(lambda one: "bottom row" in one.glass.lines[-1] and one.glass.lines[0].startswith("text="))


def test_stopped_and_continued_it_gives_the_terminal_back_and_takes_it_again(tmp_path):
    with on_a_pty(PROBE, tmp_path) as one:
        one.sees("bottom row")
        one.signal(signal.SIGTSTP)
        one.until(lambda one: one.state() == "T")
        one.until(lambda one: "1049" not in one.glass.modes)
        assert one.modes == one.modes_before

        one.signal(signal.SIGCONT)
        one.sees("bottom row")
        one.key("x", "up")
        one.until(lambda one: typed(one) == "x" and "up" in line(one, "keys="))


def has_taken(times: int, one: Pty) -> bool:
    """Whether the screen has taken the terminal so often."""
    return one.raw.count(TAKEN) == times


TAKEN = b"\x1b[?1049h"
"""Sent when the screen takes the terminal."""


def test_stopped_without_a_word_it_comes_back_with_one_pair_of_ears(tmp_path):
    """A second thread that reads keys would tear sequences apart."""
    with on_a_pty(PROBE, tmp_path, columns=200) as one:
        one.sees("bottom row")
        for back in range(3):
            one.signal(signal.SIGSTOP)
            one.until(lambda one: one.state() == "T")
            one.signal(signal.SIGCONT)
            # What is typed before it has taken the terminal again is for whoever had it meanwhile.
            one.until(partial(has_taken, back + 2))
        one.key("f6")
        one.until(lambda one: line(one, "keys=") == "")
        one.send(b"\x1b[A" * 20)
        one.until(lambda one: line(one, "keys=") == "up," * 20)


def test_a_line_that_takes_nothing_holds_back_frames_and_never_the_keys(tmp_path):
    """Ctrl-S, or a slow serial line: 40 frames of 5 kB do not fit into any buffer on the way."""
    handled = tmp_path / "handled"
    with on_a_pty(PROBE, tmp_path, columns=200, rows=40) as one:
        one.sees("bottom row")
        before = len(one.raw)
        for number in range(1, 41):
            one.send(b"x")
            one.key("f7")
            while not (handled.exists() and handled.read_text("utf-8") == "x" * number):
                select.select([], [], [], 0.002)
        one.until(lambda one: typed(one) == "x" * 40)

        assert one.raw[before:].count(FRAME) < 20


FRAME = b"\x1b[?2026h"
"""What every frame begins with."""
