"""The terminal driver: Textual's own, made to survive what terminals, lines and shells do.

    what comes in    bytes that are no UTF-8 are shown, unknown sequences dropped (`incoming`)
    what goes out    a line slower than the screen gets fewer frames, never a growing heap of old ones
    who ends it      SIGHUP, SIGTERM, SIGINT and a terminal that is gone leave the screen; the run goes on
    who stops it     after Ctrl-Z, SIGSTOP or a standstill the whole screen is painted anew

Measured on Textual 8.2.8: one byte that is no UTF-8 ends its input thread; with the kitty protocol off its
sequences arrive as typed keys; a terminal that is gone leaves a thread that raises and a screen that waits.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar

from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from tui.heart import EVERY_S, current, screen_is
from tui.incoming import ESC, Sieve

WAIT_S = 0.1
"""How long the rest of a sequence is waited for."""

SLOW_S = 0.1
"""A write that takes longer is one to a slow line."""

NEVER_SENT = frozenset({"\x1b[<u", "\x1b[?1004h"})
"""Kitty keys were never switched on, and whether the window has the focus concerns nobody here."""

POINTER = "\x1b]22;"
"""The shape of the mouse pointer: there is no mouse, and some terminals print what they do not know."""


class Outlet:
    """Where the screen is written to: a terminal that may be slow, or gone."""

    def __init__(self, fd: int, signs: Mapping[int, str], lost: Callable[[], None]) -> None:
        self._fd = fd
        self._signs = signs
        self._lost = lost
        self.is_lost = False
        self.writing_since: float | None = None

    def fileno(self) -> int:
        return self._fd

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        """Write all of it, as slowly as the line takes it; nothing more once the terminal is gone."""
        data = text.translate(self._signs).encode("utf-8", "replace")
        self.writing_since = time.monotonic()
        try:
            while data and not self.is_lost:
                data = data[os.write(self._fd, data) :]
        except OSError:
            self.is_lost = True
            self._lost()
        finally:
            self.writing_since = None

    def flush(self) -> None:
        """Nothing is held back here."""

    @property
    def is_slow(self) -> bool:
        """Whether it has been writing the same piece for a while."""
        since = self.writing_since
        return since is not None and time.monotonic() - since > SLOW_S


class Driver(LinuxDriver):
    """Reads what no terminal should send, writes no faster than the line, and leaves in order."""

    signs: ClassVar[Mapping[int, str]] = {}
    """What is written instead of signs that this terminal cannot show in one cell."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        # No mouse: with it the terminal's own way to mark and copy text would be gone.
        super().__init__(app, debug=debug, mouse=False, size=size)
        self._outlet = Outlet(sys.__stdout__.fileno() if sys.__stdout__ else 1, self.signs, self._lost)
        self._file = self._outlet  # type: ignore[assignment]  # the writer thread wants write, flush and fileno
        self._turning: asyncio.AbstractEventLoop | None = None
        self._pulse: asyncio.Handle | None = None
        self._holds_back = False
        self._stopped = False

    # --- taking and leaving the terminal

    def start_application_mode(self) -> None:
        """Take the terminal."""
        self._turning = asyncio.get_running_loop()
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual leaves it so
        # SIGINT too: the event loop would cancel its first task, and a widget that is just waiting swallows that.
        for name in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            self._turning.add_signal_handler(name, self._leave)
        screen_is(on=True)
        if self._pulse is None:
            self._pulse = self._turning.call_soon(self._beat)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        super().stop_application_mode()
        screen_is(on=False)

    def close(self) -> None:
        """The screen is over."""
        if self._pulse is not None:
            self._pulse.cancel()
            self._pulse = None
        super().close()

    def _beat(self) -> None:
        assert self._turning is not None
        heart = current()
        if heart is not None and heart.beat():
            self._paint_anew()
        self._pulse = self._turning.call_later(EVERY_S, self._beat)

    def _leave(self) -> None:
        """Somebody ends the program from outside: the screen is left, the run goes on."""
        self._app.exit()

    def _lost(self) -> None:
        """Called by the thread that reads or writes: the terminal is gone."""
        if self._turning is not None and not self._turning.is_closed():
            with suppress(RuntimeError):
                self._turning.call_soon_threadsafe(self._leave)

    # --- when it was stopped and goes on

    def _sigtstp_application(self, *_: Any) -> None:
        self._stopped = True
        super()._sigtstp_application()

    def _sigcont_application(self, *_: Any) -> None:
        """Go on, but not here: a signal may come while the last one is still being seen to."""
        if self._turning is not None and not self._turning.is_closed():
            self._turning.call_soon_threadsafe(self._come_back)

    def _come_back(self) -> None:
        """Take the terminal again. Who was stopped without a word still holds it, as some shell has left it."""
        if not self._stopped:
            self.suspend_application_mode()
        self._stopped = False
        self.resume_application_mode()
        self._paint_anew()

    def _paint_anew(self) -> None:
        """Paint every cell: somebody else has written on the screen."""
        size = Size(*self._get_terminal_size())
        self._app.post_message(events.Resize(size, size))
        self._app.screen.refresh(layout=True)

    # --- what goes out

    def write(self, data: str) -> None:
        """Hand on to the thread that writes; while the line is behind, frames wait and become one."""
        if data in NEVER_SENT or data.startswith(POINTER):
            return
        writer = self._writer_thread
        if writer is None or self._outlet.is_lost:
            return
        writer.write(data)
        if self._outlet.is_slow and not self._holds_back:
            self._holds_back = True
            self._app._begin_batch()  # noqa: SLF001 - `batch_update` ends where it begins
            self._look_again()

    def _look_again(self) -> None:
        """Let frames go on when the line has taken what was written."""
        assert self._turning is not None
        if self._outlet.writing_since is not None and not self._outlet.is_lost:
            self._turning.call_later(SLOW_S, self._look_again)
            return
        self._holds_back = False
        self._app._end_batch()  # noqa: SLF001 - begun in `write`
        self._app.screen.check_idle()

    # --- what comes in

    def run_input_thread(self) -> None:
        """Read keys for as long as the terminal is there."""
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        parser, sieve = XTermParser(self._debug), Sieve()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(WAIT_S):
                    try:
                        read = os.read(self.fileno, 4096)
                    except OSError:
                        read = b""
                    if not read:
                        self._lost()
                        return
                    self._take_in(parser, sieve.feed(decode(read)))
                elif sieve.holds:
                    self._take_in(parser, sieve.give_up())
                for event in parser.tick():
                    self.process_message(event)

    def _take_in(self, parser: XTermParser, text: str) -> None:
        if text == ESC:  # the sieve has waited for its rest
            self.process_message(events.Key("escape", ESC))
        elif text:
            for event in parser.feed(text):
                self.process_message(event)
