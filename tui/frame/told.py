"""A trouble in as many rows as there are: a long path gives way in its middle, what is to be done never."""

from __future__ import annotations

from typing import Any

from engine.errors import MusterError, say
from engine.text import Text, clean, cut_middle, wrap

NEWS_ROWS = 2
"""So many rows a sentence of news has on every screen."""

NEWS_EDGE = 4
"""What stands empty beside it, in cells."""

GIVE_WAY = ("path", "folder", "error")
"""The facts of a sentence that may be shortened: where something lies, and what the system called it."""

LENGTHS = (60, 48, 40, 32, 26, 21, 17, 14, 11)


def told(error: MusterError, language: str, width: int, rows: int = NEWS_ROWS) -> str:
    """The sentence of an error, its paths as short as it takes to fit `rows` rows of a screen of `width` cells."""
    said = error.sentence(language)
    for most in LENGTHS:
        if len(wrap(said, width - NEWS_EDGE)) <= rows:
            break
        said = say(error.id, language, **{name: _short(name, one, most) for name, one in error.facts.items()})
    return said


def _short(name: str, fact: Any, most: int) -> Any:
    if name not in GIVE_WAY or isinstance(fact, (Text, int, float, list, tuple)):
        return fact
    return cut_middle(clean(str(fact)), most)
