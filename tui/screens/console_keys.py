"""Which key does what on the trainer's console, and what Enter is called."""

from __future__ import annotations

KEYS = {
    "enter": "enter",
    "tab": "list",
    "up": "up",
    "down": "down",
    "k": "up",
    "j": "down",
    "home": "first",
    "end": "last",
    "space": "half",
    "escape": "back",
    "f4": "back",
    "f2": "language",
    "f3": "note",
    "n": "note",
    "f5": "freeze",
    "f9": "real",
    "f12": "leave",
    "ctrl+c": "leave",
}
"""What every key does while no field is open. What ends a drill, or this console, stands on no letter."""

ENTER_WORDS = {
    "fire": "key-fire",
    "notify": "key-tick",
    "restore": "key-tick",
    "start": "key-begin",
    "judge": "key-judge",
    "rate": "key-rate",
}
