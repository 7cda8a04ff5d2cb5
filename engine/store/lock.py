"""The writer lock: one writer at a time, in all processes and threads on one store.

Before 3.51.3 SQLite can damage a database when two connections write and checkpoint at the same
instant, so every write transaction, checkpoint and close is done while holding this lock. It is
taken whatever the version: two programs on one machine may carry two versions of SQLite.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread


class WriterLock:
    """A blocking `flock` on a file beside the store. `patience` is how many seconds to wait for it."""

    def __init__(self, path: Path, patience: float) -> None:
        self.path = path
        self.patience = patience
        self._fd = -1

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it; TimeoutError when others have it for longer than `patience`, OSError without a folder."""
        self._take()
        try:
            yield
        finally:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1

    def _take(self) -> None:
        while True:
            if self._fd < 0:
                self._fd = _open(self.path)
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self._queue_up()
            if self._is_the_file():
                return
            self.close()  # Somebody removed the file: others would lock a new one.

    def _is_the_file(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._fd), self.path.stat())
        except FileNotFoundError:
            return False

    def _queue_up(self) -> None:
        """Wait in the kernel's queue: asking again and again comes ten times as late.

        `flock` knows no time limit, so a thread waits, on a file of its own. Whoever gives up leaves the
        thread behind, and it lets go as soon as it gets the lock.
        """
        waiter = _Waiter(_open(self.path))
        if not waiter.wait(self.patience):
            raise TimeoutError(str(self.path))
        self.close()
        self._fd = waiter.fd


class _Waiter:
    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._got = Event()
        self._mutex = Lock()
        self._given_up = False
        Thread(target=self._block, name="muster-writer-lock", daemon=True).start()

    def wait(self, patience: float) -> bool:
        if self._got.wait(patience):
            return True
        with self._mutex:
            self._given_up = not self._got.is_set()
            return not self._given_up

    def _block(self) -> None:
        fcntl.flock(self.fd, fcntl.LOCK_EX)
        with self._mutex:
            if self._given_up:
                os.close(self.fd)
            else:
                self._got.set()


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
