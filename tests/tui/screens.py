"""What somebody sees in line mode at 80 columns, kept in tests/golden; a change of a screen is looked at there.

python -m tests.tui.screens      writes them anew
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.tui.table import KINDS, ROOT, Table, table

GOLDEN = ROOT / "tests" / "golden"
LANGUAGES = ("zh", "en")


def opening(at: Table, language: str) -> str:
    """The first turn, its first question, and the values of a step."""
    return at.types("1", "1", "２。５", "1", "软管", "13:55", language=language)


def decision(at: Table, language: str) -> str:
    """A decision with what it rests on, an answer, and the step it leads to."""
    at.do("entry", "entry.0", answer="yes")
    values = {"depth": "2", "drips": "yes", "cause": "软管", "seen-at": "2026-11-22T05:55:00.000Z"}
    at.do("do", "look", values=values)
    at.clock.move(at.clock.now + timedelta(minutes=4))
    return at.types("", "1", language=language)


def hold(at: Table, language: str) -> str:
    """Somebody is fetched, signs by voice, then the one at the terminal signs."""
    at.do("entry", "entry.0", answer="yes")
    return at.types("o", "8", "1", "", "2", "1", "1", "1", "1", language=language)


def not_met(at: Table, language: str) -> str:
    """A value that does not meet what is expected is said before it is recorded."""
    at.do("entry", "entry.0", answer="yes")
    at.join("zhao", "PWR")
    return at.types(
        "0", at.label("do", "valve", language), "1", "1", "3", "", "阀门漏", "V-12", language=language
    )


def overdue(at: Table, language: str) -> str:
    """A limit has passed, a watch is raised, a promise runs out: twenty minutes later."""
    at.do("entry", "entry.0", answer="yes")
    at.do("read", values={"inlet": "31.5"})
    at.clock.move(at.clock.now + timedelta(minutes=19))
    return at.types("w", "0", "?", language=language)


def ending(at: Table, language: str) -> str:
    """What stays open when a run is abandoned, and what goes on after its end."""
    at.do("entry", "entry.0", answer="yes")
    word = {"zh": "结束", "en": "END"}[language]
    return at.types("0", at.label("end", None, language), "误报", word, language=language)


def help_and_lists(at: Table, language: str) -> str:
    """The help, the map, every step to be done now."""
    at.do("entry", "entry.0", answer="yes")
    return at.types("h", "", "m", "", "", "0", "o", "0", language=language)


SCREENS: dict[str, Callable[[Table, str], str]] = {
    "opening": opening,
    "decision": decision,
    "hold": hold,
    "not-met": not_met,
    "overdue": overdue,
    "ending": ending,
    "lists": help_and_lists,
}


def drawn(name: str, language: str) -> str:
    """One of the screens as it is now."""
    with table(KINDS, "kinds", "li") as at:
        return SCREENS[name](at, language)


def file_of(name: str, language: str) -> str:
    return f"plain-{name}-{language}.txt"


if __name__ == "__main__":
    for screen in SCREENS:
        for spoken in LANGUAGES:
            (GOLDEN / file_of(screen, spoken)).write_text(drawn(screen, spoken), "utf-8")
