"""Lines in, lines out: the plainest terminal there is. Bytes that are no UTF-8 are shown, never fatal."""

from __future__ import annotations

import os
import select
import sys
import termios
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from engine.text import wrap

WIDTH = 78
"""Cells of a line; a terminal of 80 columns shows it whole."""


class Left(Exception):
    """The person left: end of input, or Ctrl-C at the main prompt."""


class Terminal:
    """Where a person reads and types, line by line."""

    def __init__(self, in_fd: int = 0, out: TextIO | None = None) -> None:
        self._in_fd = in_fd
        self._out = out or sys.stdout
        self._buffer = b""

    def show(self, lines: str | Iterable[str] = "") -> None:
        """Print lines, each wrapped with its indent kept."""
        for line in [lines] if isinstance(lines, str) else lines:
            for part in _wrapped(line):
                print(part, file=self._out)
        self._out.flush()

    def ask(self, prompt: str, idle: Callable[[], Iterable[str]] | None = None, every: float = 5.0) -> str:
        """One line from the person. While they think, `idle` is asked every few seconds for news to show.

        Raises Left at the end of input and KeyboardInterrupt on Ctrl-C.
        """
        print(prompt, end="", file=self._out, flush=True)
        while b"\n" not in self._buffer:
            if not self._wait(every if idle is not None else None):
                news = list(idle()) if idle is not None else []
                if news:
                    print(file=self._out)
                    self.show(news)
                    print(prompt, end="", file=self._out, flush=True)
                continue
            more = os.read(self._in_fd, 4096)
            if not more:
                if not self._buffer:
                    raise Left
                break
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode("utf-8", "replace").strip()

    def ask_hidden(self, prompt: str) -> str:
        """One line that is not shown while it is typed, where the terminal can do that."""
        with _no_echo(self._in_fd):
            line = self.ask(prompt)
        print(file=self._out, flush=True)
        return line

    def _wait(self, seconds: float | None) -> bool:
        ready, _, _ = select.select([self._in_fd], [], [], seconds)
        return bool(ready)


def _wrapped(line: str) -> list[str]:
    indent = len(line) - len(line.lstrip(" "))
    if not line.strip():
        return [""]
    hanging = " " * min(indent, WIDTH // 2)
    return [hanging + part for part in wrap(line.strip(" "), WIDTH - len(hanging))]


@contextmanager
def _no_echo(fd: int) -> Iterator[None]:
    if not os.isatty(fd):
        yield
        return
    before = termios.tcgetattr(fd)
    silent = termios.tcgetattr(fd)
    silent[3] &= ~termios.ECHO
    termios.tcsetattr(fd, termios.TCSADRAIN, silent)
    try:
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)
