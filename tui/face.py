"""What this terminal is: whether it can carry a screen, how many colours it has, how wide it draws some signs.

Nothing here needs Textual: it is asked before that is loaded, and while it is being loaded.
"""

from __future__ import annotations

import os
import re
import select
import sys
import termios
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

NO_SCREEN = ("", "dumb", "unknown", "emacs", "network")
"""TERM of terminals that only know lines."""

NO_COLOUR = re.compile(r"vt\d+.*|.*-m|.*-mono|tvi.*|wy.*|adm.*|hp.*")
SIXTEEN = re.compile(r"linux.*|ansi.*|cygwin|pcansi.*|cons\d+.*|.*-16color|xterm|screen|rxvt|putty|sun.*")

PROBE = "\r“\x1b[6n"
"""A sign that some terminals draw one cell wide and some two; then: where is the cursor?"""

_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")

ANSWER_WAIT_S = 0.05
"""Beyond what passes anyway while the screen is loaded."""


def carries_screen(term: str) -> bool:
    """Whether a terminal of that name can put a cursor where it is told."""
    return term not in NO_SCREEN


def palette_of(environ: Mapping[str, str]) -> str:
    """dark, sixteen or mono: the colours that terminal is known to have."""
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR") or NO_COLOUR.fullmatch(term):
        return "mono"
    many = environ.get("COLORTERM") in ("truecolor", "24bit") or "256" in term
    return "sixteen" if SIXTEEN.fullmatch(term) and not many else "dark"


def has_terminal() -> bool:
    """Whether a person both reads and types here."""
    return all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stdout__))


# --- signs of ambiguous width


@dataclass(slots=True)
class Probe:
    """What came of asking how wide a sign is drawn."""

    columns: int | None = None
    """1 or 2; None: the terminal did not say, as most serial ones."""

    @property
    def is_wide(self) -> bool:
        return self.columns == 2


@contextmanager
def asking_for_width(fd: int) -> Iterator[Probe]:
    """Ask, let other work be done meanwhile, and read the answer at the end."""
    probe = Probe()
    try:
        before = termios.tcgetattr(fd)
    except termios.error:
        yield probe
        return
    silent = termios.tcgetattr(fd)
    silent[3] &= ~(termios.ECHO | termios.ICANON)
    try:
        termios.tcsetattr(fd, termios.TCSANOW, silent)
        os.write(fd, PROBE.encode())
        yield probe
        probe.columns = _answer(fd)
        os.write(fd, b"\r\x1b[K")
    finally:
        termios.tcsetattr(fd, termios.TCSANOW, before)


def _answer(fd: int) -> int | None:
    heard, end = b"", time.monotonic() + ANSWER_WAIT_S
    while select.select([fd], [], [], max(end - time.monotonic(), 0))[0]:
        more = os.read(fd, 4096)
        heard += more
        found = _ANSWER.search(heard)
        if found is not None or not more:
            return int(found[1]) - 1 if found is not None else None
    return None


@dataclass
class NarrowSigns(dict[int, str]):
    """For `str.translate`: every sign that may be drawn two cells wide, by one that never is."""

    known: Mapping[str, str] = field(
        default_factory=lambda: dict(zip("“”‘’—–…→←≥≤×·°±●○■★▶①②③", "\"\"''--~><><x.*+@o#*>123", strict=True))
    )

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        wide = unicodedata.east_asian_width(sign) == "A"
        self[code] = self.known.get(sign, "?") if wide else sign
        return self[code]
