"""One durable entry, and verification, each beside its control in the same run.

    python tests/bench/bench_store.py [--entries N] [--verify N] [--folder DIR]

Entry: INSERT and COMMIT of the same bytes into a bare table of the same kind (WAL, FULL), SHA-256 of both
and Ed25519. Verify: read the same columns and compute both digests. A 4 KiB append with fdatasync says
how fast this disk is.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from engine.events import Draft, NoteAdded, ReadingTaken, StepDone
from engine.journal import Key, Moment, Row
from engine.journal.sealing import EVENT, PAYLOAD, SIGNATURE
from engine.store import Store, open_reader, open_store

RUN = "H-20261122-K7QM"
BUDGET_FAST, BUDGET_SLOW = 2.2, 1.5
BUDGET_VERIFY = 1.5
BATCH = 500


def wall() -> Moment:
    return Moment(datetime.now(UTC), ("bench", time.monotonic_ns()), "unknown")


def draft(number: int) -> Draft:
    """What a walk records: mostly steps and readings, sometimes a note."""
    event = (
        StepDone(f"step-{number % 24}", by="wang"),
        ReadingTaken("depth", f"{number % 90}.5", "mm", step=f"step-{number % 24}", by="wang"),
        NoteAdded("冷通道 3 号柜下有积水，已放吸水条。", by="li"),
    )[number % 3]
    return Draft(RUN, event, datetime.now(UTC), "u7f3a", lam=number + 1)


def medians(rounds: int, works: Iterable[Callable[[int], object]]) -> list[float]:
    """The median of each work in microseconds; they take turns, so that the disk is the same for all."""
    taken: list[list[float]] = [[] for _ in works]
    for number in range(rounds):
        for times, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work(number)
            times.append(time.perf_counter() - start)
    return [sorted(times)[len(times) // 2] * 1e6 for times in taken]


def bare_table(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = wal")
    bare.execute("PRAGMA synchronous = full")
    kinds = ["integer primary key", "text", "int", "text", "text", "text", "text", "int", "text"] + [
        "blob"
    ] * 5
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(Row._fields, kinds, strict=True))
    bare.execute(f"CREATE TABLE events ({columns}) STRICT")
    return bare


def measure_entry(folder: Path, rounds: int) -> None:
    store = new_store(folder / "entry.db")
    first = store.append([draft(0)], seen=None, cmd="first")[0]
    like = next(row for row in store.all_rows() if row.jseq == first.jseq)
    bare, key = bare_table(folder / "bare.db"), Key(os.urandom(32))
    values = ", ".join("?" * len(Row._fields))
    log = os.open(folder / "log", os.O_CREAT | os.O_WRONLY)

    def flush(number: int) -> None:
        os.pwrite(log, b"x" * 4096, number * 4096)
        os.fdatasync(log)

    def control(number: int) -> None:
        bare.execute("BEGIN IMMEDIATE")
        sha256(PAYLOAD + (like.salt or b"") + (like.payload or b"")).digest()
        digest = sha256(EVENT + like.header).digest()
        said = like._replace(
            pos=number, jseq=number, cmd=f"c{number}", hash=digest, sig=key.sign(SIGNATURE + digest)
        )
        bare.execute(f"INSERT INTO events VALUES ({values})", said)
        bare.execute("COMMIT")

    def ours(number: int) -> None:
        store.append([draft(number)], seen=None, cmd=f"c{number}")

    flushed, bare_entry, entry = medians(rounds, [flush, control, ours])
    budget = BUDGET_SLOW if flushed >= 1000 else BUDGET_FAST
    print(f"4 KiB + fdatasync            {flushed:9.0f} us")
    print(f"bare INSERT + SHA + Ed25519  {bare_entry:9.0f} us   {1e6 / bare_entry:8.0f} /s")
    print(f"one durable signed entry     {entry:9.0f} us   {1e6 / entry:8.0f} /s")
    print(f"ratio                        {entry / bare_entry:9.2f}      budget {budget}")
    store.close()
    bare.close()
    os.close(log)


def new_store(path: Path) -> Store:
    return open_store(path, key_folder=path.parent / "state", wall=wall, entropy=os.urandom)


def measure_verify(folder: Path, entries: int) -> None:
    path = folder / "verify.db"
    with new_store(path) as store:
        for start in range(0, entries, BATCH):
            store.append(
                [draft(n) for n in range(start, min(start + BATCH, entries))], seen=None, cmd=f"b{start}"
            )
    columns = ", ".join(Row._fields)

    def control(_: int) -> None:
        raw = sqlite3.connect(path)
        for row in raw.execute(f"SELECT {columns} FROM events ORDER BY journal, jseq"):
            sha256(PAYLOAD + row[11] + row[10]).digest()
            sha256(EVENT + row[9]).digest()
        raw.close()

    def ours(_: int) -> None:
        with open_reader(path) as reader:
            assert reader.verify().exit_code == 0

    read, verified = medians(5, [control, ours])
    print(f"read + both digests, {entries:7d} {read / 1e3:9.0f} ms   {entries / read * 1e6:8.0f} /s")
    print(f"verify              {entries:8d} {verified / 1e3:9.0f} ms   {entries / verified * 1e6:8.0f} /s")
    print(f"ratio                        {verified / read:9.2f}      budget {BUDGET_VERIFY}")


def main() -> int:
    """Measure and print; nothing here fails because of a time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1500)
    parser.add_argument("--verify", type=int, default=100_000)
    parser.add_argument("--folder", default=None, help="where the disk is that should be measured")
    asked = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        measure_entry(Path(folder), asked.entries)
        measure_verify(Path(folder), asked.verify)
    return 0


if __name__ == "__main__":
    sys.exit(main())
