"""The watchdog: a second process that says so when the screen no longer answers, and cleans up when it is gone.

Standard library only; it is started as a script by the program it watches. Its standard input is a pipe
from that program, one message a line, its standard output the terminal:

    {"pid": …, "modes": …}       once: whom it watches, and how the terminal was set before
    {"silent": …, "failed": […]} what to say when there is silence, and when the program is gone
    {"screen": true}             the screen has the terminal, and its event loop turns; once a second
    {"screen": false}            it has given the terminal back
    {"bye": true}                the program leaves by itself: not a word

A program that was stopped (Ctrl-Z, SIGSTOP) is not silent, and neither is a machine that slept. The
watchdog stands in a process group of its own, so that no key of the terminal reaches it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import termios
import time
import unicodedata
from pathlib import Path
from typing import Any

SILENT_S = 3.0
"""So long without a beat, and the screen no longer answers."""

LOOK_S = 0.25
"""How often it looks."""

PATIENCE_S = 30.0
"""How long a slow or stopped line may take to say the last words."""

RESTORE = (
    "\x18"  # end whatever sequence was cut off
    "\x1b[?2026l"  # nothing held back
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # no mouse
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # no reports of focus, paste, size
    "\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h"  # lines wrap, plain colours, the screen from before, a cursor
)


class Terminal:
    """The terminal of the program, held apart from it."""

    def __init__(self, fd: int) -> None:
        self._fd = _own(fd)
        self.modes: list[Any] | None = None
        """How it was set before the program."""

    def over_the_last_row(self, line: str) -> None:
        """Write a line over the last row, and leave everything else as it is."""
        try:
            size = os.get_terminal_size(self._fd)
        except OSError:
            return
        # A serial line may not know its size; the last row of the usual one is better than none.
        shown = _fitting(line, max((size.columns or 80) - 1, 1))
        self._write(f"\x1b7\x1b[{size.lines or 24};1H\x1b[0;7m {shown}\x1b[K\x1b[0m\x1b8", LOOK_S)

    def clean_up(self, lines: list[str], *, screen: bool = True) -> None:
        """Set it as it was before the program, and say the last words; `screen`: it still has the terminal."""
        with contextlib.suppress(termios.error):
            if self.modes is not None and self._is_raw():
                termios.tcflush(self._fd, termios.TCIFLUSH)
                termios.tcsetattr(self._fd, termios.TCSANOW, self.modes)
        words = "".join(f"{line}\r\n" for line in lines)
        self._write(f"{RESTORE if screen else ''}\r\n{words}", PATIENCE_S)

    def _is_raw(self) -> bool:
        """Whether it is still set as the screen needs it: a shell that is back has set it for itself."""
        return not termios.tcgetattr(self._fd)[3] & termios.ISIG

    def _write(self, text: str, patience: float) -> None:
        data, end = text.encode("utf-8", "replace"), time.monotonic() + patience
        while data and time.monotonic() < end:
            _, ready, _ = select.select([], [self._fd], [], max(end - time.monotonic(), 0))
            if not ready:
                return
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                continue
            except OSError:
                return  # the terminal is gone too


def _own(fd: int) -> int:
    """The same terminal opened anew, so that waiting for it can be given up without a change for others."""
    try:
        return os.open(os.ttyname(fd), os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return fd


def _fitting(line: str, width: int) -> str:
    """As much of a line as fits in so many columns."""
    kept = ""
    for sign in line:
        width -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        if width < 0:
            break
        kept += sign
    return kept


class Watchdog:
    """Watches one program."""

    def __init__(self, pipe: int, terminal: Terminal) -> None:
        self._pipe = pipe
        self._terminal = terminal
        self._pid = 0
        self._silence = 0.0
        self._said = False
        self._screen = False
        """Whether the program has the terminal. Before that the screen is only being made."""
        self._silent_line = ""
        self._last_words: list[str] = []
        self._left = False
        self._rest = b""

    def watch(self) -> None:
        """Until the program leaves, or is gone."""
        last = time.monotonic()
        while True:
            ready, _, _ = select.select([self._pipe], [], [], LOOK_S)
            now = time.monotonic()
            # A machine that slept, or a watchdog that was not let run, has not heard silence.
            passed, last = min(now - last, 2 * LOOK_S), now
            if ready:
                more = os.read(self._pipe, 65536)
                if not more:
                    break
                self._take_in(more)
            else:
                self._hear_nothing(passed)
        if not self._left:
            self._terminal.clean_up(self._last_words, screen=self._screen)

    def _take_in(self, more: bytes) -> None:
        *lines, self._rest = (self._rest + more).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))

    def _obey(self, said: dict[str, Any]) -> None:
        self._left = self._left or "bye" in said
        self._pid = said.get("pid", self._pid)
        self._silent_line = said.get("silent", self._silent_line)
        self._last_words = said.get("failed", self._last_words)
        if "modes" in said:
            self._terminal.modes = modes_from(said["modes"])
        if "screen" in said:
            self._screen, self._silence, self._said = said["screen"], 0.0, False

    def _hear_nothing(self, passed: float) -> None:
        if self._left or not self._screen or is_stopped(self._pid):
            self._silence = 0.0
            return
        self._silence += passed
        if self._silence >= SILENT_S and not self._said:
            self._said = True
            self._terminal.over_the_last_row(self._silent_line)


def is_stopped(pid: int) -> bool:
    """Whether a process was stopped by a signal or a debugger."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        return said.rpartition(")")[2].split()[0] in ("T", "t")
    except (OSError, IndexError):
        return _is_stopped_by_ps(pid)


def _is_stopped_by_ps(pid: int) -> bool:
    """The same where there is no /proc."""
    try:
        told = subprocess.run(  # noqa: S603 - a program of the system and a number
            ["/bin/ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, timeout=2, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return told.stdout.strip().startswith("T")


def modes_of(fd: int) -> list[Any] | None:
    """How a terminal is set, as JSON can carry it; None when it is no terminal."""
    try:
        return as_json(termios.tcgetattr(fd))
    except termios.error:
        return None


def as_json(modes: list[Any]) -> list[Any]:
    """What `termios` says, without bytes."""
    *numbers, signs = modes
    return [*numbers, [sign if isinstance(sign, int) else sign[0] for sign in signs]]


def modes_from(said: list[Any] | None) -> list[Any] | None:
    """The same as `termios` wants it back."""
    if said is None:
        return None
    *modes, signs = said
    canonical = bool(modes[3] & termios.ICANON)
    counts = () if canonical else (termios.VMIN, termios.VTIME)
    return [*modes, [sign if number in counts else bytes([sign]) for number, sign in enumerate(signs)]]


def main() -> None:
    """Watch whoever has started this."""
    for name in (
        signal.SIGINT,
        signal.SIGQUIT,
        signal.SIGTSTP,
        signal.SIGTTOU,
        signal.SIGTTIN,
        signal.SIGHUP,
    ):
        # What ends or stops the program must not end or stop who cleans up behind it.
        signal.signal(name, signal.SIG_IGN)
    Watchdog(0, Terminal(1)).watch()


if __name__ == "__main__":
    main()
