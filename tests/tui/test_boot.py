"""What a terminal can carry is found out before any screen is loaded, and what it cannot is said."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.tui.ptys import MUSTER, on_a_pty
from tests.tui.table import ROOT, WALKED
from tui.face import NarrowSigns, carries_screen, palette_of

OPEN = (*MUSTER, "open", "leak", "--as", "li", "--room", "A1", "--book", str(WALKED))


def test_a_dumb_terminal_is_met_in_lines_and_told_so(tmp_path):
    with on_a_pty(OPEN, tmp_path, TERM="dumb") as one:
        one.sees("TERM=dumb", "line mode", "> ")

        assert b"\x1b[?1049h" not in one.raw


@pytest.mark.parametrize(("answer", "screen"), [("1", True), ("", True), ("2", False)])
def test_the_linux_console_says_that_it_has_no_chinese_and_offers_english_or_lines(answer, screen, tmp_path):
    with on_a_pty([*OPEN, "--lang", "zh"], tmp_path, TERM="linux", COLORTERM="") as one:
        one.sees("cannot show Chinese", "1 or 2")
        one.key(*answer, "enter")
        one.sees("Entry condition" if screen else "> ", "a leak alarm came")

        assert (b"\x1b[?1049h" in one.raw) == screen
        assert "漏水" not in one.glass.text


@pytest.mark.parametrize("locale", ["zh_CN.GBK", "zh_CN.GB18030", "de_DE.ISO-8859-1"])
def test_a_terminal_that_is_not_utf_8_is_told_how_to_become_one(locale, tmp_path):
    with on_a_pty(OPEN, tmp_path, LANG=locale, LC_ALL=locale, MUSTER_LANG="") as one:
        one.until(lambda one: b"PuTTY" in one.raw)
        one.rest()

        assert one.process.returncode == 1
        assert b"LC_ALL=C.UTF-8" in one.raw
        assert b"\x1b[?1049h" not in one.raw


def test_before_the_first_frame_neither_book_nor_record_nor_graph_is_loaded():
    """What a person waits for; the rest is loaded while they look at it."""
    heavy = "sqlalchemy networkx yaml cryptography jinja2 pydantic engine.desk engine.book".split()
    ask = f"import sys, tui.verbs.on_screen, tui.app; print(*sorted(set({heavy!r}) & set(sys.modules)))"

    told = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)

    assert told.stdout.split() == []


def test_settings_that_somebody_left_in_the_environment_change_nothing(tmp_path):
    left = {"TEXTUAL_DRIVER": "nowhere:Nothing", "TEXTUAL_ANIMATIONS": "full", "COLUMNS": "20", "LINES": "3"}
    with on_a_pty(OPEN, tmp_path, 80, 24, **left) as one:
        one.sees("Entry condition", "step 1/")

        assert b"\x1b[>" not in one.raw


@pytest.mark.parametrize(
    ("environ", "palette"),
    [
        ({"TERM": "xterm-256color"}, "dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
        ({"TERM": "linux"}, "sixteen"),
        ({"TERM": "screen"}, "sixteen"),
        ({"TERM": "vt220"}, "mono"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "mono"),
    ],
)
def test_the_colours_are_those_the_terminal_is_known_to_have(environ, palette):
    assert palette_of(environ) == palette


def test_only_terminals_that_can_place_a_cursor_carry_a_screen():
    assert carries_screen("vt220")
    assert not carries_screen("dumb")
    assert not carries_screen("")


def test_a_sign_that_may_be_two_cells_wide_is_written_as_one_that_never_is():
    said = "漏水“应急”…→ 15 ℃ ≥ V-12".translate(NarrowSigns())

    assert said == '漏水"应急"~> 15 ? > V-12'
