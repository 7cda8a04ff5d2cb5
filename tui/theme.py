"""Colours: each says one thing. Amber: now, and time running. Red: danger, or not met. Green: done or saved.
Blue: place and section. Violet: not the real thing. Everything also stands in words, so monochrome loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rich.style import Style

# Foreground, background, bold. Contrast of every foreground on its ground is at least 4.5 to 1.
DARK = {
    "text": ("#c9d1d9", "#0d1117", False),
    "dim": ("#8b96a3", "#0d1117", False),
    "done": ("#8fbf8f", "#0d1117", False),
    "bold": ("#f0f3f6", "#0d1117", True),
    "now": ("#ffffff", "#1c232d", True),
    "look": ("#0d1117", "#8ab4d8", False),
    "amber": ("#f0c75e", "#0d1117", False),
    "red": ("#ff6b62", "#0d1117", True),
    "green": ("#6bc46d", "#0d1117", False),
    "blue": ("#8ab4d8", "#0d1117", False),
    "violet": ("#b08df0", "#0d1117", True),
    "input": ("#ffffff", "#1c232d", False),
    "keys": ("#8b96a3", "#0d1117", False),
}

SIXTEEN = {
    "text": ("default", "default", False),
    "dim": ("default", "default", False),
    "done": ("green", "default", False),
    "bold": ("default", "default", True),
    "now": ("default", "default", True),
    "look": ("black", "cyan", False),
    "amber": ("yellow", "default", False),
    "red": ("red", "default", True),
    "green": ("green", "default", False),
    "blue": ("cyan", "default", False),
    "violet": ("magenta", "default", True),
    "input": ("default", "default", True),
    "keys": ("default", "default", False),
}

Palette = dict[str, tuple[str, str, bool]]


def style_of(name: str) -> Callable[[str], Style]:
    """The styles of a palette: dark, sixteen or mono."""
    palette = {"dark": DARK, "sixteen": SIXTEEN}.get(name)

    @cache
    def look_up(style: str) -> Style:
        if palette is None:
            return Style(bold=style in ("bold", "now", "red"), reverse=style == "look")
        color, ground, bold = palette[style]
        return Style(color=color, bgcolor=ground, bold=bold)

    return look_up
