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

STARTS = 7
KEYS = 200
BARE = (sys.executable, str(Path(__file__).with_name("list_app.py")))
WALK = (*MUSTER, "open", "leak", "--as", "li", "--room", "A1", "--book", str(WALKED), "--lang", "en")


def first_paint(words: tuple[str, ...], sign: str) -> float:
    """Seconds from the start of the program until that stands on the screen."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with on_a_pty(words, Path(folder)) as one:
            one.sees(sign)
            return time.perf_counter() - start


def keys() -> tuple[list[float], list[float]]:
    """Seconds from a key to the first byte that it brings about: of ours and of the control, key by key."""
    with tempfile.TemporaryDirectory() as named:
        folder = Path(named)
        with on_a_pty(WALK, folder) as walk, on_a_pty(BARE, folder) as bare:
            walk.sees("Entry condition")
            bare.sees("step 0")
            walk.key("f8")  # the list of all steps
            pressed = ["down" if number % 20 < 10 else "up" for number in range(KEYS)]
            answers = [(_answer(walk, key), _answer(bare, key)) for key in pressed]
    ours, its = zip(*answers, strict=True)
    return sorted(ours), sorted(its)


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
    ours, bare, walk = by_turns(
        STARTS,
        lambda: first_paint(WALK, "Muster"),
        lambda: first_paint(BARE, "step 0"),
        lambda: first_paint(WALK, "Entry condition"),
    )
    show(at_most("first paint", statistics.median(ours), statistics.median(bare), 1.3))
    show(beside("the run in front", statistics.median(walk), statistics.median(bare)))
    mine, its = keys()
    show(at_most("a key, median", statistics.median(mine), statistics.median(its), 1.5))
    show(at_most("a key, 99 of 100", mine[-3], its[-3], 1.5))
