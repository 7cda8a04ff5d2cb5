"""The program's side of the watchdog: it starts it, tells it where the run stands, and beats."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.text import Text, clean, cut
from tui import boot, watchdog
from tui.locale import say

if TYPE_CHECKING:
    from engine.desk import Desk

EVERY_S = 1.0
"""How often the event loop says that it turns."""

TITLE_CELLS = 120
"""A message must fit into what a pipe takes whole."""

LAST_WAIT_S = 2.0
"""How long the watchdog is waited for when the program leaves."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a run stands, for whoever must go on without the program."""

    runbook: str
    revision: int
    sheet: str
    command: str
    """What leads back to the run."""
    step: int | None = None
    title: Text = Text("", "")


def stand_of(desk: Desk, store: Path, command: str, chosen: str | None = None) -> Stand:
    """Where that run stands for who sits before it: at the step they chose while it is open, else at the plan's."""
    # Here, because the driver loads this file before the first frame, and no run is open then.
    from engine.report.shelf import sheet_path

    state = desk.state
    can_be_done = chosen is not None and chosen in [*state.open_steps(), *state.come_back()]
    current = chosen if can_be_done else desk.current()
    book = state.graph.runbook
    sheet = str(sheet_path(store, desk.run_id))
    if current is None:
        return Stand(clean(book.id), book.revision, sheet, command)
    number, title = state.graph.number[current], state.graph.steps[current].text
    return Stand(clean(book.id), book.revision, sheet, command, number, title)


def last_words(stand: Stand | None, languages: Sequence[str]) -> list[str]:
    """What the watchdog says when the program is gone: the same in every language the terminal carries."""
    said: list[str] = []
    for language in languages:
        said.append(say("watchdog-failed", language))
        said += [] if stand is None else _place(stand, language)
    return list(dict.fromkeys(said))


def _place(stand: Stand, language: str) -> list[str]:
    if stand.step is None:
        place = say("watchdog-no-place", language)
    else:
        facts = {"runbook": stand.runbook, "revision": stand.revision, "step": stand.step}
        title = cut(" ".join(clean(stand.title.of(language), lines=True).split("\n")), TITLE_CELLS)
        place = say("watchdog-place", language, title=title, **facts)
    return [
        place,
        say("watchdog-sheet", language, sheet=clean(stand.sheet)),
        say("watchdog-back", language, command=clean(stand.command)),
    ]


@dataclass(slots=True)
class _Terminal:
    """The one terminal of this program."""

    heart: Heart | None = None
    has_screen: bool = False


_TERMINAL = _Terminal()


def current() -> Heart | None:
    """The heart of this program, while it has one."""
    return _TERMINAL.heart


def screen_is(*, on: bool) -> None:
    """The screen has taken the terminal, or given it back; also where the heart begins to beat later."""
    _TERMINAL.has_screen = on
    if _TERMINAL.heart is not None:
        _TERMINAL.heart.says_screen(on=on)


class Heart:
    """Beats for as long as the event loop of a screen turns."""

    def __init__(self, languages: Sequence[str], terminal_fd: int = 1) -> None:
        """Start the watchdog over a terminal; `languages` are those that it carries, the person's first."""
        self._languages = tuple(languages)
        self._stand: Stand | None = None
        self._beaten = time.monotonic()
        reading, self._pipe = os.pipe()
        fcntl.fcntl(self._pipe, fcntl.F_SETFL, os.O_NONBLOCK)
        with os.fdopen(reading, "rb") as pipe:
            # -I and -S: nothing of the surroundings, and a start of a few milliseconds.
            self._process = subprocess.Popen(  # noqa: S603 - our own file
                [sys.executable, "-I", "-S", watchdog.__file__],
                stdin=pipe,
                stdout=terminal_fd,
                stderr=subprocess.DEVNULL,
                process_group=0,
                cwd="/",
            )
        before = boot.terminal_before
        modes = watchdog.modes_of(terminal_fd) if before is None else watchdog.as_json(before)
        self._say(pid=os.getpid(), modes=modes, **self._words())
        _TERMINAL.heart = self
        self.says_screen(on=_TERMINAL.has_screen)

    def stands(self, stand: Stand) -> None:
        """Tell where the run stands, when that is news. May be called in any thread."""
        if stand != self._stand:
            self._stand = stand
            self._say(**self._words())

    def _words(self) -> dict[str, object]:
        sheet = "-" if self._stand is None else clean(self._stand.sheet)
        return {
            "silent": say("watchdog-silent", self._languages[0], sheet=sheet),
            "failed": last_words(self._stand, self._languages),
        }

    def says_screen(self, *, on: bool) -> None:
        """Tell whether there is a screen to clean up behind."""
        self._say(screen=on)

    def beat(self) -> bool:
        """The loop turns. True when it stood still for so long that the watchdog wrote over the last row."""
        now = time.monotonic()
        late, self._beaten = now - self._beaten >= watchdog.SILENT_S, now
        self._say(screen=True)
        return late

    def stop(self) -> None:
        """The program leaves by itself."""
        _TERMINAL.heart = None
        self._say(bye=True)
        os.close(self._pipe)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(LAST_WAIT_S)

    def _say(self, **said: object) -> None:
        # A watchdog that is gone, or too busy to read, must not take the program with it.
        with suppress(BrokenPipeError, BlockingIOError):
            os.write(self._pipe, json.dumps(said, ensure_ascii=False).encode() + b"\n")
