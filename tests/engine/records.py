"""What the tests of the record share: drafts, clocks that are given, and a hand that tampers."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from engine.events import Draft, Event, StepDone, canonical
from engine.journal import Key, Moment, Row, digest_of_header, digest_of_payload
from engine.journal.sealing import SIGNATURE
from engine.store import Store, open_store

RUN = "R-20261122-K7QM"
OTHER_RUN = "D-20261122-ABCD"
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
BOOT = "3f0c9a52-0000-4000-8000-000000000000"


@dataclass
class Wall:
    """A wall clock that goes on by 40 ms each time somebody looks."""

    now: datetime = NOW
    nanoseconds: int = 812_345_678_000

    def __call__(self) -> Moment:
        self.now += timedelta(milliseconds=40)
        self.nanoseconds += 40_000_000
        return Moment(self.now, (BOOT, self.nanoseconds), "ntp")


def entropy(seed: int) -> Callable[[int], bytes]:
    return random.Random(seed).randbytes


def draft(event: Event | None = None, *, run: str | None = RUN, lam: int = 1, actor: str = "u7f3a") -> Draft:
    return Draft(run, event or StepDone("close-valve"), NOW, actor, lam)


def open_file(folder: Path, *, seed: int = 1, **how: Any) -> Store:
    """A store file in `folder`, its key in a folder beside it."""
    return open_store(
        folder / "muster.db",
        key_folder=folder / "state",
        wall=Wall(),
        entropy=entropy(seed),
        host="LAPTOP-1",
        **how,
    )


def fill(store: Store, count: int, *, run: str = RUN, first: int = 0) -> None:
    """`count` appends of one entry each."""
    for number in range(first, first + count):
        store.append(
            [draft(StepDone(f"step-{number}"), run=run, lam=number + 1)], seen=None, cmd=f"{run}-{number}"
        )


def key_file(folder: Path) -> Path:
    """Where the device keeps its key for the one store in `folder`."""
    (file,) = (folder / "state").glob("*.key")
    return file


def keep_text(store: Store, data: bytes) -> str:
    """Keep a text with an entry, as a run that opens does; gives back its digest."""
    store.append([draft()], seen=None, cmd=None, texts=[data])
    return sha256(data).hexdigest()


@contextmanager
def intruder(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection, as any program on the machine can make one. It commits what it did."""
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        yield raw
    finally:
        raw.close()


def without_guards(raw: sqlite3.Connection) -> None:
    for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        raw.execute(f"DROP TRIGGER {name}")


def with_header(row: Row, **changed: Any) -> Row:
    """The row with another header and the hash that belongs to it; who has no key leaves the signature."""
    header = canonical(json.loads(row.header) | changed)
    return row._replace(header=header, hash=digest_of_header(header))


def with_payload(row: Row, payload: bytes) -> Row:
    """The row with another content, and a header and hash that belong to it."""
    digest = digest_of_payload(row.salt or b"", payload)
    return with_header(row, payload=digest, plen=len(payload))._replace(payload=payload)


def rehashed(rows: list[Row], key: Key | None = None) -> list[Row]:
    """The chain made whole again after a change; signed too by who has the key."""
    made: list[Row] = []
    for row in rows:
        linked = with_header(row, prev=made[-1].hash.hex()) if made else row
        made.append(linked if key is None else linked._replace(sig=key.sign(SIGNATURE + linked.hash)))
    return made


def forged(row: Row, key: Key, type_: str, payload: bytes) -> Row:
    """The next row after `row`, of a type and content that no draft can say."""
    digest = digest_of_payload(b"s" * 16, payload)
    next_ = with_header(
        row, jseq=row.jseq + 1, prev=row.hash.hex(), type=type_, payload=digest, plen=len(payload), cmd=None
    )
    next_ = next_._replace(
        jseq=row.jseq + 1, pos=row.pos + 1, type=type_, payload=payload, salt=b"s" * 16, cmd=None
    )
    return next_._replace(sig=key.sign(SIGNATURE + next_.hash))
