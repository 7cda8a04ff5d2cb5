"""How things are timed against each other, and the one table the figures stand in."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, TypeVar

T = TypeVar("T")

WIDTH = 40
"""Width of the column that says what was measured."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its control. Times are seconds of one unit of work (a step, a file, an entry)."""

    what: str
    ours: float | None = None
    control: float | None = None
    ratio: float | None = None
    budget: str = ""
    """What was promised, in words; empty where nothing was."""
    within: bool | None = None
    note: str = ""


def at_most(what: str, ours: float, control: float, limit: float, note: str = "") -> Row:
    """Ours may take at most `limit` times as long as the control."""
    ratio = ours / control
    return Row(what, ours, control, ratio, f"<= {limit:g} x", ratio <= limit, note)


def faster(what: str, ours: float, peer: float, limit: float | None = None, note: str = "") -> Row:
    """How often as fast as the peer ours is; with a promise, at least `limit` times."""
    ratio = peer / ours
    if limit is None:
        return Row(what, ours, peer, ratio, note=note)
    return Row(what, ours, peer, ratio, f">= {limit:g} x faster", ratio >= limit, note)


def in_time(what: str, ours: float, control: float | None, limit: float, note: str = "") -> Row:
    """Ours may take at most `limit` seconds; the control only says how fast this machine is."""
    ratio = None if control is None else ours / control
    return Row(what, ours, control, ratio, f"<= {said(limit)}", ours <= limit, note)


def beside(what: str, ours: float | None, control: float | None = None, note: str = "") -> Row:
    """A figure without a promise."""
    ratio = ours / control if ours is not None and control is not None else None
    return Row(what, ours, control, ratio, note=note)


def steady(what: str, walks: Sequence[Sequence[float]], limit: float, note: str = "") -> Row:
    """The last tenth of a walk beside its first, the median of several: a long run must not get slow."""
    share = len(walks[0]) // 10
    first, last = ([walk[part] for walk in walks] for part in (slice(share), slice(-share, None)))
    ratio = median([median(late) / median(early) for early, late in zip(first, last, strict=True)])
    return Row(what, middle(last), middle(first), ratio, f"<= {limit:g} x", ratio <= limit, note)


def growth(what: str, ours: tuple[float, float], control: tuple[float, float], factor: float) -> Row:
    """With which power a time grew when its input grew by `factor`: 1 is as the input, 2 as its square.

    Times grow faster than work, because the garbage collector looks at more; so the control is beside it,
    and what is promised is counted in calls (`tests/engine/test_growth.py`).
    """
    mine, its = (math.log(large / small) / math.log(factor) for small, large in (ours, control))
    return Row(what, ratio=mine, note=f"(compose {its:.2f}; <= 1.1 is held in calls: test_growth.py)")


# --- the table


def heading(title: str, control: str) -> None:
    """The head of one part of the table, with what stands in its control column."""
    print(f"\n{title}\n  control: {control}")
    print(f"  {'what':<{WIDTH}} {'ours':>10} {'control':>10} {'ratio':>8}  {'budget':<16} ")


def show(row: Row) -> None:
    """Print a row as soon as it is known."""
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    verdict = {None: "", True: "within", False: "OVER"}[row.within]
    columns = f"{said(row.ours):>10} {said(row.control):>10} {ratio:>8}  {row.budget:<16} {verdict:<6}"
    print(f"  {row.what:<{WIDTH}} {columns} {row.note}".rstrip(), flush=True)


def said(seconds: float | None) -> str:
    """A length of time with three digits and a unit."""
    if seconds is None:
        return ""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} us"


# --- timing


def by_turns(rounds: int, *works: Callable[[], T]) -> list[list[T]]:
    """What each work returned in each round; they take turns, so that all meet the same machine.

    What was made before stands still for the garbage collector, so that each pays for its own only.
    """
    taken: list[list[T]] = [[] for _ in works]
    gc.unfreeze()
    for _ in range(rounds):
        for returned, work in zip(taken, works, strict=True):
            settle()
            returned.append(work())
    return taken


def settle() -> None:
    """Collect what is garbage, and leave what is not out of the collections to come."""
    gc.collect()
    gc.freeze()


def timed(work: Callable[[], Any]) -> Callable[[], float]:
    """The same work; returns how many seconds it took."""

    def measured() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return measured


def medians(rounds: int, *works: Callable[[], Any]) -> list[float]:
    """The median seconds of each work."""
    return [median(times) for times in by_turns(rounds, *map(timed, works))]


def middle(lists: Sequence[Sequence[float]]) -> float:
    """The median of everything in several lists."""
    return median([value for values in lists for value in values])
