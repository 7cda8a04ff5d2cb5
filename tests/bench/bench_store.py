"""One durable entry, and verification of a long record.

Entry: INSERT and COMMIT of the same bytes into a bare table of the same kind (WAL, FULL), SHA-256 of both
and Ed25519. Verify: read the same columns and compute both digests. A 4 KiB append with fdatasync says
how fast this disk is at that minute.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import count
from pathlib import Path

from engine.events import Draft, NoteAdded, ReadingTaken, StepDone
from engine.journal import Key, Moment, Row
from engine.journal.sealing import EVENT, PAYLOAD, SIGNATURE
from engine.store import Store, open_reader, open_store
from tests.bench.measure import at_most, beside, heading, medians, show

RUN = "H-20261122-K7QM"
BUDGET_FAST, BUDGET_SLOW = 2.2, 1.5
SLOW = 1e-3
"""Seconds of one flush from which a disk counts as slow."""
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


def new_store(path: Path) -> Store:
    return open_store(path, key_folder=path.parent / "state", wall=wall, entropy=os.urandom)


def measure_entry(folder: Path, rounds: int) -> None:
    heading("one durable, signed entry", "bare INSERT + COMMIT (WAL, FULL) + SHA-256 + Ed25519")
    with new_store(folder / "entry.db") as store:
        first = store.append([draft(0)], seen=None, cmd="first")[0]
        like = next(row for row in store.all_rows() if row.jseq == first.jseq)
        with (folder / "log").open("wb", buffering=0) as log:
            bare = bare_table(folder / "bare.db")
            entry, control, flush = medians(
                rounds, _appending(store), _inserting(bare, like), _flushing(log.fileno())
            )
            bare.close()
    show(beside("4 KiB + fdatasync, this minute", flush, note=f"{1 / flush:,.0f} /s"))
    limit = BUDGET_SLOW if flush >= SLOW else BUDGET_FAST
    show(
        at_most("one entry", entry, control, limit, f"{1 / entry:,.0f} /s; the control {1 / control:,.0f} /s")
    )


def _appending(store: Store) -> Callable[[], None]:
    numbers = count(1)

    def append() -> None:
        number = next(numbers)
        store.append([draft(number)], seen=None, cmd=f"c{number}")

    return append


def _inserting(bare: sqlite3.Connection, like: Row) -> Callable[[], None]:
    numbers, key = count(1), Key(os.urandom(32))
    values = ", ".join("?" * len(Row._fields))

    def insert() -> None:
        number = next(numbers)
        bare.execute("BEGIN IMMEDIATE")
        sha256(PAYLOAD + (like.salt or b"") + (like.payload or b"")).digest()
        digest = sha256(EVENT + like.header).digest()
        said = like._replace(
            pos=number, jseq=number, cmd=f"c{number}", hash=digest, sig=key.sign(SIGNATURE + digest)
        )
        bare.execute(f"INSERT INTO events VALUES ({values})", said)
        bare.execute("COMMIT")

    return insert


def _flushing(log: int) -> Callable[[], None]:
    offsets = count(0, 4096)

    def flush() -> None:
        os.pwrite(log, b"x" * 4096, next(offsets))
        os.fdatasync(log)

    return flush


def measure_verify(folder: Path, entries: int) -> None:
    heading("verify a whole record", "read the same columns, compute both digests")
    path = folder / "verify.db"
    with new_store(path) as store:
        for start in range(0, entries, BATCH):
            drafts = [draft(number) for number in range(start, min(start + BATCH, entries))]
            store.append(drafts, seen=None, cmd=f"b{start}")
    ours, control = medians(3, partial(_verify, path), partial(_read, path))
    rates = f"{entries / ours:,.0f} /s; the control {entries / control:,.0f} /s"
    show(at_most(f"{entries:,} entries", ours, control, BUDGET_VERIFY, rates))


def _verify(path: Path) -> None:
    with open_reader(path) as reader:
        assert reader.verify().exit_code == 0


def _read(path: Path) -> None:
    raw = sqlite3.connect(path)
    for row in raw.execute(f"SELECT {', '.join(Row._fields)} FROM events ORDER BY journal, jseq"):
        sha256(PAYLOAD + row[11] + row[10]).digest()
        sha256(EVENT + row[9]).digest()
    raw.close()
