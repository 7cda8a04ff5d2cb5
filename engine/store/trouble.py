"""Everything that can fail becomes a RecordTrouble: one sentence that names the file and the remedy."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from engine.errors import RecordTrouble


@contextmanager
def trouble(name: str, *, denied: str = "store-read-only") -> Iterator[None]:
    """Say what fails inside of the store called `name`; `denied` is the sentence for missing rights."""
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
