"""Colours: each says one thing.

Blue is the one accent: keys, numbers to type, places and sections. Amber: caution, time running out, not known.
Red: act now, or not met where that stops you. Green: done or saved. Violet: not the real thing.
Everything also stands in words, so monochrome loses nothing.

A style is a role, and behind an @ the ground it stands on: ``amber@head``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from rich.color import Color
from rich.style import Style

# Numbers of the palette of 256: a third of the bytes of true colour, and every terminal since 1999 has them.
# Contrast of what must be read on every ground is at least 4.5 to 1 (tests/tui/test_screen_theme.py).
DARK: Mapping[str, int] = {
    "text": 252,
    "dim": 246,
    "strong": 231,
    "amber": 221,
    "red": 210,
    "green": 114,
    "blue": 110,
    "violet": 141,
}
DARK_GROUNDS: Mapping[str, int] = {"base": 233, "head": 234, "card": 235, "look": 234}

LIGHT: Mapping[str, int] = {
    "text": 236,
    "dim": 239,
    "strong": 16,
    "amber": 58,
    "red": 124,
    "green": 22,
    "blue": 24,
    "violet": 54,
}
LIGHT_GROUNDS: Mapping[str, int] = {"base": 231, "head": 254, "card": 255, "look": 253}

SIXTEEN: Mapping[str, str] = {
    "text": "default",
    "dim": "default",
    "strong": "default",
    "amber": "yellow",
    "red": "red",
    "green": "green",
    "blue": "cyan",
    "violet": "magenta",
}

BOLD = ("strong", "red", "amber-strong", "enter", "danger", "key")

TAGS = {
    "tag-real": "strong",
    "tag-violet": "violet",
    "tag-blue": "blue",
    "tag-red": "red",
    "tag-amber": "amber",
    "enter": "blue",
    "caret": "text",
}
"""Words on a block of colour, and the role whose colour that is."""

PLAIN_ROLES = {"amber-strong": "amber", "danger": "red", "key": "blue", "field": "strong"}

PALETTES = ("dark", "light", "sixteen", "mono")

StyleOf = Callable[[str], Style]


def style_of(name: str) -> StyleOf:
    """The styles of a palette."""
    make = {"dark": _of_256(DARK, DARK_GROUNDS), "light": _of_256(LIGHT, LIGHT_GROUNDS), "sixteen": _sixteen}

    @cache
    def look_up(style: str) -> Style:
        role, _, ground = style.partition("@")
        return make.get(name, _mono)(role, ground or "base")

    return look_up


def _of_256(inks: Mapping[str, int], grounds: Mapping[str, int]) -> Callable[[str, str], Style]:
    def make(role: str, ground: str) -> Style:
        paper, bold = grounds[ground], role in BOLD
        if role in TAGS:
            return _style(grounds["base"], inks[TAGS[role]], bold=True)
        return _style(inks[PLAIN_ROLES.get(role, role)], paper, bold=bold)

    return make


def _style(ink: int, paper: int, *, bold: bool) -> Style:
    # No `bold=False`: it would be sent as a code of its own.
    return Style(color=Color.from_ansi(ink), bgcolor=Color.from_ansi(paper), bold=True if bold else None)


def _sixteen(role: str, ground: str) -> Style:
    bold = True if role in BOLD else None
    if role in TAGS:
        return Style(color=SIXTEEN[TAGS[role]], reverse=True, bold=bold)
    return Style(color=SIXTEEN[PLAIN_ROLES.get(role, role)], bold=bold)


def _mono(role: str, ground: str) -> Style:
    bold = True if role in BOLD else None
    return Style(reverse=True, bold=bold) if role in TAGS else Style(bold=bold)


def chosen(found: str, environment: Mapping[str, str]) -> str:
    """The palette: named by MUSTER_THEME, else what the terminal is known to have; on a light ground, the light one."""
    named = environment.get("MUSTER_THEME", "")
    if named in PALETTES:
        return named
    # COLORFGBG is set by terminals that know their own ground: 7 and 15 are light.
    light = environment.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    return "light" if light and found == "dark" else found
