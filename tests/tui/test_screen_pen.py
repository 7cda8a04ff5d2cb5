"""The pen: what it writes brings a terminal from one picture to the other, in few bytes; and the colours."""

from __future__ import annotations

import random

import pytest
from rich.style import Style

from engine.text import cells
from tests.tui.screen_glass import Glass
from tui.frame.rows import Span
from tui.theme import DARK, DARK_GROUNDS, LIGHT, LIGHT_GROUNDS, PALETTES, chosen, style_of
from tui.widgets.canvas import Canvas
from tui.widgets.pen import Pen, cells_of, fills_ground, stretches
from tui.widgets.seven import seven_bit

WORDS = ["漏水", "V-12", "  ", "警告 WARNING", " " * 20, "= 2.0 cm", "。", "x", "é", "第 8 步"]


def row(draw: random.Random, width: int):
    spans, used = [], 0
    styles = ["text", "dim@card", "amber@head", "tag-red", "strong@card", "red", "caret@card"]
    while used < width:
        text = draw.choice(WORDS)
        if used + cells(text) > width:
            text = " " * (width - used)
        spans.append(Span(text, draw.choice(styles)))
        used += cells(text)
    return tuple(spans)


def strip_of(spans, palette="dark"):
    canvas = Canvas(style_of(palette))
    from rich.segment import Segment
    from textual.strip import Strip

    return Strip([Segment(one.text, canvas._style_of(one.style)) for one in spans])


@pytest.mark.parametrize("erases", [True, False])
@pytest.mark.parametrize("palette", PALETTES)
def test_whatever_was_shown_the_terminal_shows_the_new_lines_afterwards(palette, erases):
    draw = random.Random(7)
    glass, old = Glass(40, 6), [cells_of(strip_of(row(draw, 40), palette)) for _ in range(6)]
    pen = Pen(erases=erases)
    for y, line in enumerate(old):
        pen.draw(y, 0, line, 40)
    glass.feed(pen.frame(None))

    for _ in range(60):
        new = [cells_of(strip_of(row(draw, 40), palette)) if draw.random() < 0.5 else line for line in old]
        pen = Pen(erases=erases)
        for y, line in enumerate(new):
            for start, end in stretches(old[y], line):
                pen.draw(y, start, line, end)
        glass.feed(pen.frame((0, 0)))
        for y, line in enumerate(new):
            assert glass.seen(y) == [(sign, ink if sign.strip() else ink.ground) for sign, ink in line]
        old = new


def test_nothing_is_written_where_nothing_changed():
    line = cells_of(strip_of(row(random.Random(1), 40)))

    assert stretches(line, list(line)) == []


def test_a_second_on_a_clock_costs_few_bytes():
    before = cells_of(strip_of((Span("T+00:11:41", "strong@head"), Span(" " * 30, "text@head"))))
    after = cells_of(strip_of((Span("T+00:11:42", "strong@head"), Span(" " * 30, "text@head"))))
    pen = Pen(erases=True)
    for start, end in stretches(before, after):
        pen.draw(0, start, after, end)

    assert pen.size() <= 40


def test_half_of_a_wide_sign_is_never_written():
    before = cells_of(strip_of((Span("ab漏水cd"),)))
    after = cells_of(strip_of((Span("abc漏 cd"),)))

    for start, end in stretches(before, after):
        assert after[start][0] != ""
        assert end == len(after) or after[end][0] != ""


# --- colours


def test_every_role_has_a_style_in_every_palette():
    roles = [
        "text",
        "dim",
        "strong",
        "amber",
        "amber-strong",
        "red",
        "green",
        "blue",
        "violet",
        "field",
        "caret",
    ]
    roles += ["tag-real", "tag-red", "tag-amber", "tag-violet", "tag-blue", "enter", "key", "danger"]
    for palette in PALETTES:
        look_up = style_of(palette)
        for role in roles:
            for ground in ("base", "head", "card", "look"):
                assert isinstance(look_up(f"{role}@{ground}"), Style)


@pytest.mark.parametrize(("inks", "grounds"), [(DARK, DARK_GROUNDS), (LIGHT, LIGHT_GROUNDS)])
def test_what_must_be_read_has_contrast_on_every_ground(inks, grounds):
    for ink in inks.values():
        for ground in grounds.values():
            assert contrast(ink, ground) >= 4.5


def contrast(one: int, other: int) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(number: int) -> float:
    """Of a colour of the palette of 256."""
    if number >= 232:
        parts = [8 + 10 * (number - 232)] * 3
    else:
        steps = (0, 95, 135, 175, 215, 255)
        number -= 16
        parts = [steps[number // 36], steps[number // 6 % 6], steps[number % 6]]
    linear = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_in_monochrome_no_colour_is_sent():
    pen, line = Pen(erases=True), cells_of(strip_of(row(random.Random(3), 40), "mono"))
    pen.draw(0, 0, line, 40)

    sent = pen.frame(None)
    assert "38;5" not in sent
    assert "48;5" not in sent
    assert not any(f"\x1b[{code}m" in sent for code in range(30, 50))


def test_the_palette_is_the_one_that_is_named_else_what_the_terminal_has():
    assert chosen("dark", {}) == "dark"
    assert chosen("dark", {"COLORFGBG": "0;15"}) == "light"
    assert chosen("sixteen", {"COLORFGBG": "0;15"}) == "sixteen"
    assert chosen("dark", {"MUSTER_THEME": "mono"}) == "mono"


def test_blanks_are_erased_only_where_the_terminal_fills_them_with_the_ground():
    assert fills_ground({"TERM": "xterm-256color"}, "dark")
    assert not fills_ground({"TERM": "screen-256color"}, "dark")
    assert fills_ground({"TERM": "screen-256color", "TMUX": "/tmp/x"}, "dark")
    assert fills_ground({"TERM": "screen"}, "mono")


def test_seven_bits_keep_what_can_be_said_and_mark_what_cannot():
    assert seven_bit("“V-12” ≥ 3 Ω") == '"V-12" >= 3 ohm'
    assert seven_bit("漏水 leak") == "???? leak"
