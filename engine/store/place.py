"""Where a store that is written lives: a SQLite file, or memory. How it is locked, watched and closed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Protocol

from sqlalchemy import Connection
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from engine.errors import RecordTrouble
from engine.store.lock import WriterLock
from engine.store.sqlite import ReadablePlace, connect, engine_of

PRAGMAS = {
    "journal_mode": "wal",
    # FULL flushes the log at every commit; NORMAL may lose the last ones when the power goes.
    "synchronous": 2,
    "trusted_schema": 0,
    # What is erased must not stay in free pages.
    "secure_delete": 1,
    "recursive_triggers": 1,
    "fullfsync": 1,
    "checkpoint_fullfsync": 1,
}
"""What a writing connection must say when it is asked back; a refusal is better than a weak promise."""


class Place(ReadablePlace, Protocol):
    """What a store needs of a database."""

    def locked(self) -> AbstractContextManager[None]:
        """No other writer in the meantime; the next three are called while this is held."""

    def writer(self) -> Connection:
        """A connection whose every transaction begins with the right to write."""

    def drop(self, connection: Connection) -> None:
        """Give up a connection that failed."""

    def must_be_there(self) -> None:
        """Raise RecordTrouble when what is open is no longer what stands under the name."""

    def close(self, connection: Connection | None = None) -> None:
        """Let go of everything, and of the connection that wrote."""


class SqliteFile:
    """A store in a file that is written here."""

    streams = True

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.name = str(path)
        self._patience = patience
        self._lock = WriterLock(path.with_name(path.name + ".lock"), patience)
        self._readers = engine_of(lambda: connect(path, "ro", patience), "BEGIN", QueuePool)
        self._writers = engine_of(self._connect_writer, "BEGIN IMMEDIATE", NullPool)
        self._opened: os.stat_result | None = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Place. `mode=ro`: only the writer lock's holder opens the file for writing."""
        with self._readers.connect() as connection, connection.begin():
            yield connection

    def writer(self) -> Connection:
        """See Place."""
        self._readers.dispose()  # They may still look at a file that was replaced.
        connection = self._writers.connect()
        self._opened = self.path.stat()
        return connection

    def drop(self, connection: Connection) -> None:
        """See Place."""
        connection.invalidate()
        connection.close()

    def locked(self) -> AbstractContextManager[None]:
        """See Place."""
        return self._lock.held()

    def make(self) -> None:
        """Make an empty file if there is none, for its owner's eyes only: it will hold what people wrote."""
        if not self.path.parent.is_dir():
            raise RecordTrouble("store-folder-missing", path=self.name, folder=str(self.path.parent))
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            sync_folder(self.path.parent)

    def must_be_there(self) -> None:
        """See Place. A file that was deleted can still be written to, and nobody would ever see it again."""
        try:
            now = self.path.stat()
        except OSError as error:
            raise RecordTrouble("store-vanished", path=self.name) from error
        if self._opened is not None and not os.path.samestat(now, self._opened):
            raise RecordTrouble("store-replaced", path=self.name)

    def close(self, connection: Connection | None = None) -> None:
        """See Place. The last connection that is closed tidies up the log, which is writing too."""
        self._readers.dispose()
        if connection is not None:
            with ExitStack() as stack:
                # When the lock cannot be had there is nothing to tidy up, or no folder any more.
                with suppress(OSError):
                    stack.enter_context(self._lock.held())
                connection.close()
        self._lock.close()

    def _connect_writer(self) -> sqlite3.Connection:
        raw = connect(self.path, "rw", self._patience)
        try:
            _set_and_read_back(raw, self.name)
        except BaseException:
            raw.close()
            raise
        return raw


class SqliteMemory:
    """A store that is gone when the program ends: for rehearsals."""

    name = "memory"
    streams = False

    def __init__(self) -> None:
        self._mutex = RLock()
        # One connection is the database, for reading and writing alike.
        self._engine = engine_of(_connect_memory, "BEGIN IMMEDIATE", StaticPool)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Place."""
        with self._mutex, self._engine.connect() as connection, connection.begin():
            yield connection

    def writer(self) -> Connection:
        """See Place."""
        return self._engine.connect()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """See Place."""
        with self._mutex:
            yield

    def drop(self, connection: Connection) -> None:
        """See Place. The transaction is undone; to close the connection would be to lose everything."""
        connection.close()

    def must_be_there(self) -> None:
        """Memory does not vanish."""

    def close(self, connection: Connection | None = None) -> None:
        """See Place."""
        if connection is not None:
            connection.close()
        self._engine.dispose()


def _connect_memory() -> sqlite3.Connection:
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    raw.execute("PRAGMA recursive_triggers = ON")
    return raw


def _set_and_read_back(raw: sqlite3.Connection, name: str) -> None:
    for pragma, wanted in PRAGMAS.items():
        raw.execute(f"PRAGMA {pragma} = {wanted}")
        (got,) = raw.execute(f"PRAGMA {pragma}").fetchone()
        if got != wanted:
            raise RecordTrouble("store-unsafe", path=name, pragma=pragma, got=got)


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in `folder` survives a power cut."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
