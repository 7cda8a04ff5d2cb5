"""Where a store lives: a SQLite file, or memory. How it is opened, locked, watched and reported on.

SQLAlchemy connects; SQLite's own BEGIN is ours, because the driver would begin too late for
"read the head, then insert" to be one transaction.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from engine.errors import RecordTrouble
from engine.store import schema
from engine.store.lock import WriterLock
from engine.store.prepared import driver

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


@contextmanager
def trouble(name: str, *, denied: str = "store-read-only") -> Iterator[None]:
    """Everything that can fail becomes a RecordTrouble: one sentence with the file and the remedy.

    `denied` is the sentence when the rights are missing.
    """
    try:
        yield
    except TimeoutError as error:
        raise RecordTrouble("store-busy", path=name) from error
    except DBAPIError as error:
        raise _said(name, error.orig) from error
    except sqlite3.Error as error:
        raise _said(name, error) from error
    except SQLAlchemyError as error:
        raise RecordTrouble("store-trouble", path=name, error=error) from error
    except FileNotFoundError as error:
        raise RecordTrouble("store-vanished", path=name) from error
    except OSError as error:
        if error.errno in _NOT_ALLOWED:
            raise RecordTrouble(denied, path=name) from error
        raise RecordTrouble("store-io", path=name, error=error.strerror) from error


_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)

_BY_CODE = {
    sqlite3.SQLITE_READONLY_DBMOVED: "store-vanished",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_IOERR: "store-io",
    sqlite3.SQLITE_BUSY: "store-busy",
    sqlite3.SQLITE_LOCKED: "store-busy",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-cannot-open",
    sqlite3.SQLITE_NOTADB: "store-not-ours",
    sqlite3.SQLITE_CORRUPT: "store-damaged",
    sqlite3.SQLITE_CONSTRAINT: "store-guard",
}


def _said(name: str, error: BaseException | None) -> RecordTrouble:
    code = getattr(error, "sqlite_errorcode", 0)
    id_ = _BY_CODE.get(code) or _BY_CODE.get(code & 0xFF) or "store-trouble"
    return RecordTrouble(id_, path=name, error=error)


def is_busy(error: BaseException) -> bool:
    """True when nothing is wrong but that somebody else writes."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class SqliteFile:
    """A store in a file that is written here."""

    streams = True

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.name = str(path)
        self._patience = patience
        self._lock = WriterLock(path.with_name(path.name + ".lock"), patience)
        self._readers = _engine(lambda: _connect(path, "ro", patience), "BEGIN", QueuePool)
        self._writers = _engine(self._connect_writer, "BEGIN IMMEDIATE", NullPool)
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
        raw = _connect(self.path, "rw", self._patience)
        try:
            _set_and_read_back(raw, self.name)
        except BaseException:
            raw.close()
            raise
        return raw


class SqliteReadOnly:
    """A store that is only read here, perhaps on a disk or in a folder where nothing can be written."""

    streams = True

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.name = str(path)
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self._engine = _engine(lambda: _connect(path, "ro", patience), "BEGIN", QueuePool)
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
            self._touch()
        except DBAPIError as error:
            code = getattr(error.orig, "sqlite_errorcode", 0)
            if code & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            self._engine.dispose()
            path, mode = (self._copied(), "ro") if self._has_log() else (self.path, "ro&immutable=1")
            self._engine = _engine(lambda: _connect(path, mode, patience), "BEGIN", QueuePool)
            self._touch()

    def _touch(self) -> None:
        with self.reading() as connection:
            version = version_of(connection, self.name)
        if version == 0:
            raise RecordTrouble("store-not-ours", path=self.name)

    def _log(self) -> Path:
        return self.path.with_name(self.path.name + "-wal")

    def _has_log(self) -> bool:
        return self._log().exists() and self._log().stat().st_size > 0

    def _copied(self) -> Path:
        # SQLite reads a log only where it can make an index beside it, and the log holds the latest entries.
        self._copy = tempfile.TemporaryDirectory(prefix="muster-")
        copy = Path(self._copy.name) / "copy.db"
        shutil.copyfile(self.path, copy)
        shutil.copyfile(self._log(), copy.with_name(copy.name + "-wal"))
        return copy


class SqliteMemory:
    """A store that is gone when the program ends: for rehearsals."""

    name = "memory"
    streams = False

    def __init__(self) -> None:
        self._mutex = RLock()
        # One connection is the database, for reading and writing alike.
        self._engine = _engine(_connect_memory, "BEGIN IMMEDIATE", StaticPool)

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


def _engine(
    connect: Callable[[], sqlite3.Connection], begin: str, pool: type[NullPool | QueuePool | StaticPool]
) -> Engine:
    engine = create_engine("sqlite://", creator=connect, poolclass=pool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver(connection).execute(begin)

    return engine


def _connect(path: Path, mode: str, patience: float) -> sqlite3.Connection:
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


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in `folder` survives a power cut."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
