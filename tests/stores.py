"""Stores in memory that a test need not close, and raw databases that close themselves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.store import Store, memory_store

_OPEN: list[Store] = []


def memory(**settings: object) -> Store:
    """See `memory_store`; it is closed when the tests of this file are through."""
    _OPEN.append(memory_store(**settings))  # type: ignore[arg-type]  # the settings are memory_store's own
    return _OPEN[-1]


def close_all() -> None:
    """Let go of every store that `memory` made."""
    while _OPEN:
        _OPEN.pop().close()


@contextmanager
def raw(path: Path | str, *, uri: bool = False) -> Iterator[sqlite3.Connection]:
    """A database as somebody with the sqlite3 program sees it: what was done is kept, and it is closed."""
    connection = sqlite3.connect(path, uri=uri)
    try:
        with connection:
            yield connection
    finally:
        connection.close()
