"""Every measurement, or the parts that are named; each beside a control in the same run.

    python -m tests.bench [start] [screen] [compile] [walk] [spiff] [store] [--verify N] [--folder DIR]

Nothing here fails because of a time. What must hold whatever the machine is counted in the first ring
(`tests/engine/test_growth.py`).
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import bench_compile, bench_screen, bench_spiff, bench_start, bench_store, bench_walk

PARTS = ("start", "screen", "compile", "walk", "spiff", "store")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument("--entries", type=int, default=1_000, help="how many durable entries")
    parser.add_argument("--verify", type=int, default=100_000, help="how many entries to verify")
    parser.add_argument("--folder", default=None, help="where the disk is that should be measured")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    start = time.monotonic()
    print(_machine())
    for part in PARTS:
        if part in asked.parts or not asked.parts:
            _measure(part, asked)
    print(f"\n{time.monotonic() - start:.0f} seconds. A time says little without the control beside it.")
    return 0


def _measure(part: str, asked: argparse.Namespace) -> None:
    if part == "start":
        bench_start.measure()
    elif part == "screen":
        bench_screen.measure()
    elif part == "compile":
        bench_compile.measure()
    elif part == "walk":
        bench_walk.measure()
    elif part == "spiff":
        bench_spiff.measure()
    else:
        with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
            bench_store.measure_entry(Path(folder), asked.entries)
            bench_store.measure_verify(Path(folder), asked.verify)


def _machine() -> str:
    load = f"{os.getloadavg()[0]:.1f}"
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{os.cpu_count()} cores, load {load}, {platform.machine()}"
    )


if __name__ == "__main__":
    sys.exit(main())
