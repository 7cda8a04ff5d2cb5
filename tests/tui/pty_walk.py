"""The real screens with a clock that stands still, marks behind every key, and a record as slow as one likes.

python pty_walk.py LANGUAGE [WORD=VALUE …]

book=DIR  runbook=leak  ascii=1  palette=sixteen
slow=SECONDS      every append takes so much longer
hangs=1           appends do not come back until the file `mended` is there
quick=SECONDS     an append that comes back within this time is not worth two paintings
fail=1            appends fail as a full disk does, until the file `mended` is there
clock=runs        the clock of the run goes on, a second a second
unsound=1         a book with faults is walked all the same, as one is that came with a record
"""

# The environment is settled before Textual is loaded.
# ruff: noqa: E402

from __future__ import annotations

import asyncio
import os
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tui.boot import prepare, prepare_for_textual

prepare()
prepare_for_textual()

from textual import events
from textual.message import Message

import tui.app
import tui.screens.recording
from engine.errors import RecordTrouble
from tui.driver import Driver
from tui.session import Session
from tui.verbs.on_screen import Asked, prepared

PATIENCE_S = 10.0
"""After so long the mark comes all the same: an append may hang."""

START = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
SAID = dict(word.split("=", 1) for word in sys.argv[2:])
KEYS = [0]
MENDED = Path("mended")
LOOP: list[asyncio.AbstractEventLoop] = []


class Marking(Driver):
    """Writes a mark when everything that a key brings about is on its way to the terminal."""

    numbers = count(1)

    def process_message(self, message: Message) -> None:
        typed = isinstance(message, events.Key | events.Paste)
        KEYS[0] += typed  # first: the key comes after everything that stands there
        super().process_message(message)
        if typed:
            asyncio.run_coroutine_threadsafe(self._mark(), LOOP[0])

    def start_application_mode(self) -> None:
        LOOP[:] = [asyncio.get_running_loop()]
        super().start_application_mode()

    async def _mark(self) -> None:
        quiet, end = 0, time.monotonic() + PATIENCE_S
        # In the context of the app: asked for here first, the timer of a screen would be made without one.
        with self._app._context():
            while quiet < 3 and time.monotonic() < end:
                await asyncio.sleep(0.001)
                quiet = quiet + 1 if self._is_quiet() else 0
        self.write(f"\x1b]777;{next(self.numbers)}\x07")

    def _is_quiet(self) -> bool:
        app: Any = self._app
        screen: Any = app.screen
        nodes: list[Any] = [app, *screen.walk_children(with_self=True)]
        recording = getattr(screen, "_began", None) is not None or getattr(screen, "_polling", False)
        waits = app.worker._work_queue.qsize() or recording
        painting = screen._dirty_widgets or screen._update_timer._active.is_set() or app._batch_count
        return not waits and not painting and all(_at_rest(node) for node in nodes)


def _at_rest(node: Any) -> bool:
    wanted = getattr(node, "_repaint_required", False) or getattr(node, "_layout_required", False)
    return not wanted and node._message_queue.empty()


def now() -> datetime:
    """The time of the run."""
    if SAID.get("clock") == "runs":
        return START + timedelta(seconds=time.monotonic() - BEGAN)
    return START


BEGAN = time.monotonic()


def slowed(session: Session) -> Session:
    """The session with the clock and the record of the test."""
    store: Any = session.store
    quick = store.append

    def append(*given: Any, **named: Any) -> Any:
        time.sleep(float(SAID.get("slow", 0)) if KEYS[0] else 0)  # this is the slow disk, not the test
        while SAID.get("hangs") and KEYS[0] and not MENDED.exists():
            time.sleep(0.01)  # this is the disk
        if SAID.get("fail") and KEYS[0] and not MENDED.exists():
            raise RecordTrouble("disk-full", path="x.db", error="No space left on device")
        return quick(*given, **named)

    if SAID.keys() & {"slow", "fail", "hangs"}:
        store.append = append
    if "unsound" in SAID:
        session.must_be_sound = lambda *_: None
    session.around = replace(session.around, now=now)
    return session


def main() -> None:
    language = sys.argv[1]
    module: Any = tui.app
    module.Driver = Marking
    recording: Any = tui.screens.recording
    recording.QUICK_S = float(SAID.get("quick", recording.QUICK_S))
    asked = Asked(
        book=SAID.get("book"), who="li", runbook=SAID.get("runbook", "leak"), room=SAID.get("room", "A1")
    )
    app = tui.app.MusterApp(
        lambda: slowed(prepared(asked, language)),
        language,
        SAID.get("palette", "dark"),
        ascii_only="ascii" in SAID,
        ticks=lambda: 1.25 * KEYS[0],  # whoever presses a key has read what is there
    )
    app.run(mouse=False)
    app.finish_record()
    if app.session is not None:
        if app.session.heart is not None and app.error is None:
            app.session.heart.stop()
        app.session.store.close()
    if app.error is not None:
        raise app.error


if __name__ == "__main__":
    os.environ.setdefault("MUSTER_AS", "li")
    main()
