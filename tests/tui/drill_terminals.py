"""A trainer and a player of a small drill at two terminals, each a process of its own on one record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tui.ptys import MUSTER, Pty, on_a_pty

BOOK = Path(__file__).parents[1] / "fixtures" / "drill"
RUN = re.compile(r"D-\d{8}-[A-Z0-9]{4}")


def words(*said: str) -> tuple[str, ...]:
    return (*MUSTER, *said, "--book", str(BOOK))


@contextmanager
def console(folder: Path, *said: str, lang: str = "en") -> Iterator[Pty]:
    with on_a_pty(words("drill", *said, "--lang", lang), folder, 120, 36) as one:
        one.sees("F12")
        yield one


def begun(trainer: Pty) -> str:
    """STARTEX by one key; the drill's id."""
    run = RUN.search(trainer.glass.text)
    assert run is not None
    trainer.key("enter")
    trainer.sees("running  1x")
    return run[0]


@contextmanager
def player(folder: Path, run: str, who: str = "wang", *more: str) -> Iterator[Pty]:
    with on_a_pty(words("walk", run, "--as", who, "--lang", "en", *more), folder) as one:
        one.sees("DRILL", "The first key only confirms the place")
        yield one


def drill_clock(pty: Pty) -> int:
    """The seconds of the exercise that the screen shows; 0 while it is being painted."""
    shown = re.search(r"T\+(\d+):(\d+):(\d+)", pty.glass.text)
    hours, minutes, seconds = map(int, shown.groups()) if shown is not None else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def a_second_later(pty: Pty) -> None:
    """More than a second: a clock that showed one when it began to be over has gone on by two."""
    then = drill_clock(pty) + 2
    pty.until(lambda seen: drill_clock(seen) >= then)


def line_of(pty: Pty, word: str) -> str:
    return next(line for line in pty.glass.text.splitlines() if word in line)
