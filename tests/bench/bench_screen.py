"""The screen on a terminal of 80 by 24, beside the least that Textual can do: one list, drawn line by line."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.measure import at_most, beside, by_turns, heading, show
from tests.tui.ptys import MUSTER, Pty, on_a_pty
from tests.tui.table import WALKED

STARTS = 5
KEYS = 100
BARE = (sys.executable, str(Path(__file__).with_name("list_app.py")))
WALK = (*MUSTER, "open", "leak", "--as", "li", "--room", "A1", "--book", str(WALKED), "--lang", "en")


def first_paint(words: tuple[str, ...], sign: str) -> float:
    """Seconds from the start of the program until that stands on the screen."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with on_a_pty(words, Path(folder)) as one:
            one.sees(sign)
            return time.perf_counter() - start


def keys(words: tuple[str, ...], sign: str, begin: tuple[str, ...]) -> list[float]:
    """Seconds from a key to the first byte that it brings about."""
    with tempfile.TemporaryDirectory() as folder, on_a_pty(words, Path(folder)) as one:
        one.sees(sign)
        for key in begin:
            one.key(key)
            while one.read(0.3):
                pass
        return [_answer(one, "down" if number % 20 < 10 else "up") for number in range(KEYS)]


def _answer(one: Pty, key: str) -> float:
    while one.read(0.02):
        pass
    start = time.perf_counter()
    one.key(key)
    one.read(1.0)
    return time.perf_counter() - start


def measure() -> None:
    """First paint, and how soon a key is answered."""
    heading("The screen", "a bare Textual app with one list, and `import sqlalchemy`")
    ours, bare = by_turns(STARTS, lambda: first_paint(WALK, "Muster"), lambda: first_paint(BARE, "step 0"))
    show(at_most("first paint", statistics.median(ours), statistics.median(bare), 1.3))
    walk = [first_paint(WALK, "Entry condition") for _ in range(STARTS)]
    show(beside("the run in front", statistics.median(walk), statistics.median(bare)))
    mine = sorted(keys(WALK, "Entry condition", ("f8",)))
    its = sorted(keys(BARE, "step 0", ()))
    show(at_most("a key, median", statistics.median(mine), statistics.median(its), 1.5))
    show(at_most("a key, 99 of 100", mine[-2], its[-2], 1.5))
