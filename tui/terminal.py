"""Lines in, lines out: the plainest terminal there is. Bytes that are no UTF-8 are shown, never fatal."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from engine.text import cells, wrap

WIDTH = 78
"""Cells of a line at most; a terminal of 80 columns shows it whole."""

HEIGHT = 24
"""Lines of a terminal that does not say how high it is."""

NARROWEST = 38
"""A line is not wrapped to less than this."""

_LEAD = re.compile(r" *(?:(?:>?\[.\]|[>+-]|!!|\d+)(?: +|$))*")
"""What stands before the words of a line: its indent, a mark, a number. Wrapped lines stand under the words."""


_KEYS = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O[@-~])")
"""What function keys and arrows send: nobody means to write that."""


class Left(Exception):
    """The person left: end of input, or Ctrl-C at the main prompt."""


class Terminal:
    """Where a person reads and types, line by line."""

    def __init__(self, in_fd: int = 0, out: TextIO | None = None) -> None:
        self._in_fd = in_fd
        self._out = out or sys.stdout
        self._buffer = b""
        self.mark = ""
        """A word that stands on every line: that this is a drill."""
        self.shown = 0
        """Lines shown since the last question: they are still to be read."""
        self.printed = 0
        """Lines shown since the beginning, those of questions too: a place to come back to in `is_off`."""
        self.too_early: Callable[[int], str] | None = None
        """Says that lines were typed before their question was shown; without it they answer what comes."""
        self._goes_on = False

    @property
    def height(self) -> int:
        """How many lines are seen at once."""
        return self._size()[1] or HEIGHT

    @property
    def width(self) -> int:
        """Cells of a line."""
        columns = self._size()[0] or WIDTH + 2
        taken = cells(self.mark) + 1 if self.mark else 0
        return max(min(columns - 2, WIDTH) - taken, NARROWEST)

    def is_off(self, since: int, lines: Iterable[str] = (), prompt: str = "") -> bool:
        """Whether the line that was shown as number `since` (by `printed`) has left the screen.

        That is asked of the moment when these lines and a prompt stand below it.
        """
        below = sum(len(wrapped(line, self.width)) for line in (*lines, prompt))
        return self.printed + below - since > self.height

    def _marked(self, line: str) -> str:
        return f"{self.mark} {line}".rstrip(" ") if self.mark else line

    def _size(self) -> tuple[int, int]:
        try:
            size = os.get_terminal_size(self._out.fileno())
        except (OSError, ValueError):
            return 0, 0
        return size.columns, size.lines

    @property
    def is_live(self) -> bool:
        """Whether a person types here; else the lines come from a pipe or a file."""
        return os.isatty(self._in_fd)

    def forget_typed(self) -> None:
        """Drop what a person typed before there was anything to answer."""
        if self.is_live:
            termios.tcflush(self._in_fd, termios.TCIFLUSH)
            self._buffer = b""

    def _drop_unseen(self) -> None:
        """Nobody has read a question that is not shown yet: what a person typed before it answers nothing."""
        if self.too_early is None or self._goes_on or not self.is_live:
            return
        waiting = self._buffer
        while self._wait(0):
            more = os.read(self._in_fd, 4096)
            if not more:
                break
            waiting += more
        self._buffer = b""
        count = sum(1 for line in waiting.split(b"\n") if line.strip())
        if count:
            self.show(self.too_early(count))

    def ask_on(self, prompt: str) -> str:
        """The next line of an answer that takes several: it may have been pasted with the one before."""
        self._goes_on = True
        try:
            return self.ask(prompt)
        finally:
            self._goes_on = False

    def show(self, lines: str | Iterable[str] = "") -> None:
        """Print lines, each wrapped under its own beginning."""
        for line in [lines] if isinstance(lines, str) else lines:
            for part in wrapped(line, self.width):
                print(self._marked(part), file=self._out)
                self.shown += 1
                self.printed += 1
        self._out.flush()

    def show_whole(self, line: str) -> None:
        """Print a command that is copied from here: where it is too long the terminal turns it, not we.

        The mark of every line stands behind it as a comment of the shell.
        """
        print(f"{line}  # {self.mark}" if self.mark else line, file=self._out, flush=True)
        self.shown += 1
        self.printed += 1

    def ask(self, prompt: str, idle: Callable[[], Iterable[str]] | None = None, every: float = 5.0) -> str:
        """One line from the person. While they think, `idle` is asked every few seconds for news to show.

        Raises Left at the end of input and KeyboardInterrupt on Ctrl-C.
        """
        self._drop_unseen()
        last = self._prompt(prompt)
        while True:
            typed = self._line(last, idle, every)
            said = _KEYS.sub("", typed).strip()
            if said or not typed.strip():
                self.shown = 0
                return said
            # Only keys that write nothing: it is no answer, and no Enter either.
            print(last, end="", file=self._out, flush=True)

    def _line(self, last: str, idle: Callable[[], Iterable[str]] | None, every: float) -> str:
        """The next line as it comes; `last` is what stands before it."""
        while b"\n" not in self._buffer:
            if not self._wait(every if idle is not None else None):
                news = list(idle()) if idle is not None else []
                if news:
                    print(file=self._out)
                    self.show(news)
                    print(last, end="", file=self._out, flush=True)
                continue
            more = os.read(self._in_fd, 4096)
            if not more:
                if not self._buffer:
                    raise Left
                break
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode("utf-8", "replace")

    def _prompt(self, prompt: str) -> str:
        """Print a prompt; its last line, behind which the person types."""
        *above, last = wrapped(prompt.rstrip(" "), self.width)
        self.show(above)
        last = f"{self._marked(last)} "
        print(last, end="", file=self._out, flush=True)
        self.printed += 1
        return last

    def ask_hidden(self, prompt: str) -> str:
        """One line that is not shown while it is typed, where the terminal can do that."""
        with _no_echo(self._in_fd):
            line = self.ask(prompt)
        print(file=self._out, flush=True)
        return line

    def _wait(self, seconds: float | None) -> bool:
        ready, _, _ = select.select([self._in_fd], [], [], seconds)
        return bool(ready)


def wrapped(line: str, width: int) -> list[str]:
    """The lines of one line: what does not fit goes on under its first word."""
    if not line.strip():
        return [""]
    found = _LEAD.match(line)
    lead = found[0] if found is not None and cells(found[0]) <= width // 2 else ""
    first, *rest = wrap(line[len(lead) :], width - cells(lead)) or [""]
    return [f"{lead}{first}".rstrip(), *(" " * cells(lead) + part for part in rest)]


@contextmanager
def unbroken() -> Iterator[None]:
    """No Ctrl-C and no farewell of the terminal falls between writing something and saying so; it comes after."""
    wait = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, wait)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
