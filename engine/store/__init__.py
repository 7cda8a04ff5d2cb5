"""The journal in a database: append, read, follow. SQLite now; another database is another `Place`.

    with open_store(path, key_folder=…, wall=…, entropy=…) as store:
        entries = store.append([Draft(run, event, at, actor)], seen=pos, cmd=uuid)
    with open_reader(path) as reader:
        report = reader.verify(since=notes)

All that can go wrong is a RecordTrouble (one sentence) or a Conflict (somebody was faster).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import RecordTrouble
from engine.journal import STRANGER, Moment
from engine.store.findings import Finding
from engine.store.glance import RunRow
from engine.store.reader import Pin, Reader
from engine.store.sqlite import SqliteReadOnly, SqliteUntouched, must_be_a_store
from engine.store.trouble import trouble

if TYPE_CHECKING:
    from engine.store.writer import Rollback, Store

__all__ = [
    "Finding",
    "Pin",
    "Reader",
    "Rollback",
    "RunRow",
    "Store",
    "make_folder",
    "memory_store",
    "open_reader",
    "open_store",
]

PATIENCE = 5.0
"""Seconds to wait for another writer before the screen says "not yet recorded"."""


def open_store(
    path: str | os.PathLike[str],
    *,
    key_folder: str | os.PathLike[str],
    wall: Callable[[], Moment],
    entropy: Callable[[int], bytes],
    create: bool = True,
    host: str | None = None,
    software: str = "muster",
    patience: float = PATIENCE,
) -> Store:
    """Open a store for writing, and make file and key when there are none (`create`).

    The folder of `path` must be there, `key_folder` is made. `wall` says what the clocks of this machine
    say, `entropy` gives that many random bytes; `host` and `software` are how this device introduces itself.
    """
    from engine.store.device import DeviceFiles
    from engine.store.place import SqliteFile
    from engine.store.writer import Store

    file = _absolute(path)
    place = SqliteFile(file, patience)
    with trouble(place.name):
        if not create and not file.exists():
            raise RecordTrouble("store-missing", path=place.name)
        place.make()
    name = os.uname().nodename if host is None else host
    folder = _absolute(key_folder)
    try:
        return Store(
            place,
            lambda store_id: DeviceFiles(folder, store_id, entropy),
            wall,
            entropy,
            host=name,
            software=software,
        )
    except BaseException:
        place.close()
        raise


def memory_store(
    *,
    wall: Callable[[], Moment],
    entropy: Callable[[int], bytes],
    host: str = "memory",
    software: str = "muster",
) -> Store:
    """A store that is gone when the program ends: for rehearsals. The same contract, no files."""
    from engine.store.device import DeviceInMemory
    from engine.store.place import SqliteMemory
    from engine.store.writer import Store

    device = DeviceInMemory(entropy)
    return Store(SqliteMemory(), lambda _: device, wall, entropy, host=host, software=software)


def open_reader(
    path: str | os.PathLike[str],
    *,
    key_folder: str | os.PathLike[str] | None = None,
    evidence: bool = False,
    patience: float = PATIENCE,
) -> Reader:
    """Open a store for reading only, also where nothing can be written. No key is made or used to sign.

    `key_folder` is where this device would keep its key; without it the reader is a stranger's. Of `evidence`
    not even a file of SQLite's own appears beside it; do not follow with that one what others write.
    """
    from engine.store.device import trust_in

    file = _absolute(path)
    folder = None if key_folder is None else _absolute(key_folder)
    with trouble(str(file), denied="store-cannot-open"):
        if not file.exists():
            raise RecordTrouble("store-missing", path=str(file))
        place = _evidence(file, patience) if evidence else SqliteReadOnly(file, patience)
        return Reader(place, lambda store: STRANGER if folder is None else trust_in(folder, store))


def _evidence(file: Path, patience: float) -> SqliteUntouched:
    place = SqliteUntouched(file, patience)
    try:
        must_be_a_store(place)
    except BaseException:
        place.close()
        raise
    return place


def make_folder(folder: str | os.PathLike[str]) -> None:
    """Make the default data folder, for its owner only; RecordTrouble when that cannot be."""
    try:
        _absolute(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RecordTrouble("store-folder-unmade", path=str(folder), error=error.strerror) from error


def __getattr__(name: str) -> Any:
    # What only a writer needs is loaded when it is named: `log` and `runs` must start quickly.
    if name not in {"Rollback", "Store"}:
        raise AttributeError(name)
    from engine.store import writer

    return getattr(writer, name)


def _absolute(path: str | os.PathLike[str]) -> Path:
    # Not resolved: what a person named is what the sentences name. A later chdir changes nothing.
    named = Path(path)
    return named if named.is_absolute() else Path.cwd() / named
