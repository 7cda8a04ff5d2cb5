"""A program of this tree on a pseudo-terminal: it is read until something is there, never by the clock."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fcntl import ioctl
from pathlib import Path

from tests.tui.glass import Glass
from tests.tui.programs import environment

ROOT = Path(__file__).parents[2]

MUSTER = (
    sys.executable,
    "-c",
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tui.cli import main; main()",
)
"""The program as this tree has it, whatever is installed."""

MARK = re.compile(rb"\x1b\]777;(\w+)\x07")
"""Written by test programs behind everything that a key has brought about."""

PATIENCE_S = 60
"""Of a machine that does many things at once a start alone may take a quarter of it."""

QUERY_SYNC, QUERY_PLACE = b"\x1b[?2026$p", b"\x1b[6n"

KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    "f5": b"\x1b[15~",
    "f6": b"\x1b[17~",
    "f7": b"\x1b[18~",
    "f8": b"\x1b[19~",
    "f9": b"\x1b[20~",
    "f12": b"\x1b[24~",
}


class Pty:
    """A program and the terminal it runs on."""

    def __init__(
        self, words: Sequence[str], folder: Path, columns: int = 80, rows: int = 24, **env: str
    ) -> None:
        self.glass = Glass(columns, rows)
        self.raw = b""
        self.marks: list[str] = []
        self._marked = 0
        self.bytes_per_s: int | None = None
        """How fast the line is; None: as fast as the machine."""
        self.master, slave = pty.openpty()
        self.resize(columns, rows)
        self.modes_before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            words,
            cwd=folder,
            env=environment(folder, **{"TERM": "xterm-256color", "COLORTERM": "truecolor", **env}),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - one thread
        )
        self.slave = slave
        """Kept open, so that what the terminal is set to can be asked after the program has gone."""

    @property
    def pid(self) -> int:
        return self.process.pid

    # --- reading

    def read(self, patience: float) -> bool:
        """Take in what comes; False when nothing came, or nothing ever will."""
        if not select.select([self.master], [], [], patience)[0]:
            return False
        most = 65536 if self.bytes_per_s is None else max(self.bytes_per_s // 20, 1)
        try:
            more = os.read(self.master, most)
        except OSError:
            return False
        if self.bytes_per_s is not None:
            time.sleep(len(more) / self.bytes_per_s)  # this is the line, not the test
        self.raw += more
        if QUERY_SYNC in more:
            self.send(b"\x1b[?2026;2$y")
        for mark in MARK.finditer(self.raw, self._marked):
            self.marks.append(mark[1].decode())
            self._marked = mark.end()
        self.glass.feed(more.decode("utf-8", "surrogateescape"))
        if QUERY_PLACE in more:
            column, row = self.glass.cursor
            self.send(f"\x1b[{row};{column}R".encode())
        return bool(more)

    def until(self, there: Callable[[Pty], object], patience: float = PATIENCE_S) -> None:
        """Read until something is there."""
        end = time.monotonic() + patience
        while not there(self):
            left = end - time.monotonic()
            assert left > 0, f"{self.glass.text}\n--- {self.raw[-600:]!r}"
            if not self.read(min(left, 0.2)) and self.process.poll() is not None and not self.read(0.2):
                assert there(self), f"it has ended\n{self.glass.text}\n--- {self.raw[-600:]!r}"

    def sees(self, *words: str, patience: float = PATIENCE_S) -> None:
        """Read until all of these words stand on the screen."""
        self.until(lambda self: all(word in self.glass.text for word in words), patience)

    def is_quiet(self, seconds: float) -> bool:
        """Whether there comes a time in which so long nothing is painted."""
        end = time.monotonic() + PATIENCE_S
        while self.read(seconds):
            if time.monotonic() > end:
                return False
        return True

    def rest(self) -> None:
        """Everything until the program has ended and the line is empty."""
        self.until(lambda self: self.process.poll() is not None)
        while self.read(0.3):
            pass

    # --- writing

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self.master, data) :]

    def key(self, *names: str) -> None:
        """Press keys by name; what has no name is typed."""
        for name in names:
            self.send(KEYS.get(name, name.encode()))

    def press(self, name: str) -> int:
        """Press a key in a program that marks; how many bytes it has brought about."""
        before, marks = len(self.raw), len(self.marks)
        self.key(name)
        self.until(lambda self: len(self.marks) > marks)
        return len(MARK.sub(b"", self.raw[before:]))

    def resize(self, columns: int, rows: int) -> None:
        ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.glass.resize(columns, rows)

    # --- signals

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def state(self) -> str:
        """The letter the kernel has for the program: T when it is stopped."""
        return Path(f"/proc/{self.pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]

    @property
    def modes(self) -> list[object]:
        """What the terminal is set to now."""
        return termios.tcgetattr(self.slave)

    def lose(self) -> None:
        """The line is cut."""
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = -1

    def close(self) -> None:
        """End it and whatever it has started, and give the terminal back."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait(PATIENCE_S)
        if self.master >= 0:
            while self.read(0.05):
                pass
            os.close(self.slave)
            os.close(self.master)


@contextmanager
def on_a_pty(
    words: Sequence[str], folder: Path, columns: int = 80, rows: int = 24, **env: str
) -> Iterator[Pty]:
    """A program on a terminal of its own."""
    one = Pty(words, folder, columns, rows, **env)
    try:
        yield one
    finally:
        one.close()
