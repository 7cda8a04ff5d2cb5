"""Which key does what on the walk screen. Vital keys are no letters: an input method would swallow those."""

from __future__ import annotations

from typing import NamedTuple

from tui.typed import narrow

KEYS = {
    "enter": "enter",
    "tab": "list",
    "space": "turn",
    "pagedown": "page_down",
    "pageup": "page_up",
    "up": "up",
    "down": "down",
    "home": "first",
    "end": "last",
    "left": "less",
    "right": "more",
    "escape": "back",
    "f4": "card",
    "f2": "language",
    "f3": "note",
    "f5": "fail",
    "f6": "defer",
    "f7": "why",
    "f8": "steps",
    "f9": "emergency",
    "f12": "leave",
    "ctrl+c": "leave",
}
"""What every key does that an input method lets through."""

LETTERS = {
    "k": "up",
    "j": "down",
    "h": "keys",
    "f1": "keys",
    "n": "note",
    "a": "card",
    "x": "fail",
    "d": "defer",
    "question_mark": "why",
    "m": "steps",
    "e": "emergency",
    "q": "ask_leave",
}
"""Shortcuts: each is the twin of a key above; the one that leaves asks first, for a letter is pressed by accident.

What `h` and F1 show stands at the end of what F7 shows: many terminals keep F1 for themselves.
"""

MAY_REPEAT = frozenset("up down pageup pagedown home end j k backspace left right".split())
"""Keys that only look or erase: held down they repeat. Every other counts once."""

HELD_S = 0.4
"""A key that comes again within this time is held down."""

AWAY_S = 300.0
"""After so long without a key the first one only confirms the place."""


class Pressed(NamedTuple):
    """A key: its name, and the sign it types, if it types one."""

    key: str
    sign: str

    @property
    def digit(self) -> str:
        """The digit it types, also one that an input method typed wide."""
        plain = narrow(self.sign) if self.sign else ""
        return plain if plain.isdecimal() and plain.isascii() and len(plain) == 1 else ""

    def does(self) -> str | None:
        """What it does when no field is open."""
        return KEYS.get(self.key) or LETTERS.get(self.key)
