"""What one check found. What is ill or a warning names its remedy in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import MusterError
from engine.text import Text, clean
from tui.boot import in_words
from tui.locale import say


class Level(StrEnum):
    """How well it is; only the last two count in the exit code."""

    WELL = "ok"
    ADVICE = "advice"
    WARNING = "warning"
    ILL = "ill"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the doctor."""

    check: str
    """Which check, for programs."""
    level: Level
    found: Text
    remedy: Text | None = None


# In all of these `word` is found under doctor-WORD and its remedy under mend-WORD.


def well(check: str, word: str, **facts: Any) -> Line:
    """All is as it should be."""
    return Line(check, Level.WELL, _words(f"doctor-{word}", facts))


def advice(check: str, word: str, **facts: Any) -> Line:
    """It works; it could be better."""
    return _with_remedy(check, Level.ADVICE, word, facts)


def warning(check: str, word: str, **facts: Any) -> Line:
    """It works today, and may not on the day it is needed."""
    return _with_remedy(check, Level.WARNING, word, facts)


def ill(check: str, word: str, **facts: Any) -> Line:
    """Something that Muster needs does not work."""
    return _with_remedy(check, Level.ILL, word, facts)


def told(check: str, word: str, error: MusterError, **facts: Any) -> Line:
    """Ill, and the sentence of the error is the remedy."""
    return Line(check, Level.ILL, _words(f"doctor-{word}", facts), sentence_of(error))


def sentence_of(error: MusterError) -> Text:
    """What an error says, in both languages."""
    return Text(error.sentence("zh"), error.sentence("en"))


def safely(check: str, look: Callable[[], Iterator[Line]]) -> list[Line]:
    """The lines of a check; when it breaks off, those it had and one that says why."""
    lines: list[Line] = []
    try:
        lines.extend(look())
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this machine, the other checks are needed
        lines.append(_broken_off(check, error))
    return lines


def _broken_off(check: str, error: Exception) -> Line:
    said = error if isinstance(error, MusterError) else in_words(error)
    if said is not None:
        return told(check, "broken-off", said, name=check)
    return ill(check, "failed", name=check, kind=type(error).__name__, why=clean(str(error)))


def _with_remedy(check: str, level: Level, word: str, facts: dict[str, Any]) -> Line:
    return Line(check, level, _words(f"doctor-{word}", facts), _words(f"mend-{word}", facts))


def _words(word: str, facts: dict[str, Any]) -> Text:
    return Text(say(word, "zh", **facts), say(word, "en", **facts))
