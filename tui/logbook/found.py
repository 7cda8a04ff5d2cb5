"""The text of a finding, ids and numbers in every language alike, as a person reads it in one."""

from __future__ import annotations

from collections.abc import Mapping

from engine.sentences.usual import UNITS
from engine.text import Text
from tui.locale import WORDS, say
from tui.logbook.titles import NAME

_SAID = {"and": "word-and", "or": "word-or", "not": "word-not", "yes": "true", "no": "false"}


def found_words(text: str, readings: Mapping[str, Text], language: str) -> str:
    """``PLACE; READING = VALUE UNIT, …; LIMIT`` with labels for names, and units and small words in Chinese."""
    place, parted, rest = text.partition("; ")
    zh, both, en = place.partition(" / ")
    where = en if both and language == "en" else zh
    return where + parted + NAME.sub(lambda found: _word(found[0], readings, language), rest)


def _word(name: str, readings: Mapping[str, Text], language: str) -> str:
    if name in readings:
        return " ".join(readings[name].of(language).split())
    if language == "en":
        return name  # the word as it was written; a unit that English leaves out would leave a gap
    if name in UNITS:
        return UNITS[name].of(language)
    return say(_SAID[name], language) if _SAID.get(name) in WORDS else name
