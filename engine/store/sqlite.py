"""SQLite: how a connection is made, and a store that is only read.

SQLAlchemy connects; SQLite's own BEGIN is ours, because the driver would begin too late for
"read the head, then insert" to be one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from engine.errors import RecordTrouble
from engine.store import schema
from engine.store.prepared import driver

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory


class ReadablePlace(Protocol):
    """What a reader needs of a database, so that it need not know which one."""

    name: str
    """What a person calls it: the path."""
    streams: bool
    """True when one can read row by row while others write."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection inside a transaction that only reads."""

    def close(self) -> None:
        """Let go of everything."""


class SqliteReadOnly:
    """A store that is only read here, perhaps on a disk or in a folder where nothing can be written."""

    streams = True

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.name = str(path)
        self._copy: TemporaryDirectory[str] | None = None
        self._engine = engine_of(lambda: connect(path, "ro", patience), "BEGIN", QueuePool)
        try:
            self._settle(patience)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Place."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close, and remove the copy if one had to be made."""
        self._engine.dispose()
        if self._copy is not None:
            self._copy.cleanup()

    def _settle(self, patience: float) -> None:
        """Find the way in: as it is; as a file that cannot change; or, with a log beside it, a copy."""
        try:
            must_be_a_store(self)
        except DBAPIError as error:
            code = getattr(error.orig, "sqlite_errorcode", 0)
            if code & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            self._engine.dispose()
            path, mode = (self._copied(), "ro") if self._has_log() else (self.path, "ro&immutable=1")
            self._engine = engine_of(lambda: connect(path, mode, patience), "BEGIN", QueuePool)
            must_be_a_store(self)

    def _log(self) -> Path:
        return self.path.with_name(self.path.name + "-wal")

    def _has_log(self) -> bool:
        return self._log().exists() and self._log().stat().st_size > 0

    def _copied(self) -> Path:
        self._copy, copy = copied(self.path, self._log())
        return copy


class SqliteUntouched:
    """A store that is evidence: it is read, and nothing appears beside the file.

    An ordinary reader of SQLite would leave a log and an index there. So a file with both is read with theirs,
    one with a log alone as a copy, and one without as a file that stands still.
    """

    streams = True

    def __init__(self, path: Path, patience: float) -> None:
        self.name = str(path)
        self._copy: TemporaryDirectory[str] | None = None
        log, index = (path.with_name(path.name + tail) for tail in ("-wal", "-shm"))
        how = "ro&immutable=1"
        if log.exists() and index.exists():
            how = "ro&readonly_shm=1"
        elif log.exists() and log.stat().st_size:
            self._copy, path = copied(path, log)
            how = "ro"
        self._engine = engine_of(lambda: connect(path, how, patience), "BEGIN", QueuePool)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Place."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close, and remove the copy if one had to be made."""
        self._engine.dispose()
        if self._copy is not None:
            self._copy.cleanup()


def must_be_a_store(place: ReadablePlace) -> None:
    """RecordTrouble when what is there is no store, or not one for us."""
    with place.reading() as connection:
        if version_of(connection, place.name) == 0:
            raise RecordTrouble("store-not-ours", path=place.name)


def copied(path: Path, log: Path) -> tuple[TemporaryDirectory[str], Path]:
    """A copy of a store with its log, and the folder to clean up.

    SQLite reads a log only where it can make an index beside it, and the log holds the latest entries.
    """
    import shutil
    import tempfile

    folder = tempfile.TemporaryDirectory(prefix="muster-")
    copy = Path(folder.name) / "copy.db"
    shutil.copyfile(path, copy)
    shutil.copyfile(log, copy.with_name(copy.name + "-wal"))
    return folder, copy


def engine_of(
    connect: Callable[[], sqlite3.Connection], begin: str, pool: type[NullPool | QueuePool | StaticPool]
) -> Engine:
    """An engine whose transactions begin with the word `begin`."""
    engine = create_engine("sqlite://", creator=connect, poolclass=pool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver(connection).execute(begin)

    return engine


def connect(path: Path, mode: str, patience: float) -> sqlite3.Connection:
    """A connection to the file at `path`; `mode` is ro, rw, or ro with more for SQLite to know."""
    # as_uri, because a path may hold % ? # and each of them means something in the address of a file.
    raw = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
    )
    # A file that somebody sent may hold views and triggers of theirs.
    raw.execute("PRAGMA trusted_schema = OFF")
    return raw


def version_of(connection: Connection, name: str) -> int:
    """The version of the tables in a database, 0 when it is empty; RecordTrouble when it is not for us."""
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if application != schema.APPLICATION and tables:
        raise RecordTrouble("store-not-ours", path=name)
    if version > schema.SCHEMA:
        raise RecordTrouble("store-newer", path=name, version=version, known=schema.SCHEMA)
    return version if tables else 0
