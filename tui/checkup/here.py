"""Programs, clock and terminal of this machine."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator

from engine.events import stamp
from engine.text import clean
from tui import machine
from tui.checkup.line import Line, advice, ill, warning, well

Version = tuple[int, int, int]

PYTHON_LEAST, PYTHON_NOT_TRIED = (3, 11), (3, 14)
SQLITE_LEAST = (3, 37, 0)
"""Before it there are no STRICT tables."""
SQLITE_WITHOUT_LOCK = (3, 51, 3)
"""From it on, two connections that write at the same instant cannot damage a database."""
COLUMNS, ROWS = 80, 24


def programs() -> Iterator[Line]:
    """Python and SQLite."""
    yield python_line(sys.version_info[:3])
    yield sqlite_line(sqlite3.sqlite_version_info)


def python_line(version: Version) -> Line:
    """What a version of Python is good for."""
    said = dotted(version)
    if version < PYTHON_LEAST:
        return ill("python", "python-old", version=said, least=dotted(PYTHON_LEAST))
    if version >= PYTHON_NOT_TRIED:
        return advice("python", "python-new", version=said, first=dotted(PYTHON_NOT_TRIED))
    return well("python", "python", version=said)


def sqlite_line(version: Version) -> Line:
    """What a version of SQLite is good for, and whether it needs the writer lock."""
    said = dotted(version)
    if version < SQLITE_LEAST:
        return ill("sqlite", "sqlite-old", version=said, least=dotted(SQLITE_LEAST))
    word = "sqlite-lock" if version < SQLITE_WITHOUT_LOCK else "sqlite"
    return well("sqlite", word, version=said, safe=dotted(SQLITE_WITHOUT_LOCK))


def dotted(version: tuple[int, ...]) -> str:
    """``(3, 51, 3)`` → ``3.51.3``."""
    return ".".join(map(str, version))


def clock() -> Iterator[Line]:
    """What the clock says, and whether anybody keeps it."""
    source, now = machine.clock_source(), stamp(machine.wall_now())
    if source == "free":
        yield advice("clock", "clock-free", now=now)
    else:
        yield well("clock", f"clock-{source}", now=now)


def terminal() -> Iterator[Line]:
    """Encoding, kind and size of the terminal; of a pipe or a file only the encoding."""
    yield encoding_line(machine.terminal_encoding())
    if not sys.stdout.isatty():
        yield well("terminal", "not-a-terminal")
        return
    size = os.get_terminal_size(sys.stdout.fileno())
    yield kind_line(os.environ.get("TERM", ""))
    yield size_line(size.columns, size.lines)


def encoding_line(encoding: str) -> Line:
    """Whether it carries both languages, both ways."""
    if machine.is_utf8(encoding):
        return well("encoding", "encoding", encoding=encoding)
    return ill("encoding", "encoding-poor", encoding=encoding, command=machine.repair_of_encoding())


def kind_line(kind: str) -> Line:
    """Whether screens can be drawn on a terminal of that kind."""
    if kind in ("", "dumb", "unknown"):
        return warning("terminal", "terminal-dumb", kind=clean(kind) or "-")
    if kind == "linux":
        return warning("terminal", "terminal-console")
    return well("terminal", "terminal", kind=clean(kind))


def size_line(columns: int, rows: int) -> Line:
    """Whether a whole screen has room."""
    word = "size" if columns >= COLUMNS and rows >= ROWS else "size-small"
    facts = {"columns": columns, "rows": rows, "least": f"{COLUMNS}x{ROWS}"}
    if word == "size":
        return well("size", word, **facts)
    return warning("size", word, wide=COLUMNS, high=ROWS, **facts)
