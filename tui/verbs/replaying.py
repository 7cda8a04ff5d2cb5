"""replay: a run once more on the terminal, from its record, read-only."""

from __future__ import annotations

import os
import select
import time
from datetime import timedelta
from typing import Protocol

from engine import graph as graphs
from engine.acts import current_step
from engine.condition import say_clock
from engine.errors import Refused
from engine.events import RunOpened
from engine.run import in_order
from engine.store import Reader, open_reader
from engine.text import cells, cut
from tui import machine
from tui.amiss import Amiss
from tui.auditor import WORD_OF
from tui.locale import say
from tui.logbook import Teller, titles_of
from tui.marked import marked
from tui.replay import AT_ONCE, FASTEST, SLOWEST, Replay, target_of
from tui.terminal import Terminal
from tui.verbs.records import say_broken
from tui.view import Looking, place

_INDENT = " " * 4
"""Before the state line."""


class Viewer(Protocol):
    """Who looks: waits, and perhaps types."""

    def wait(self, seconds: float | None) -> str | None:
        """A typed line, or None when the time is over; None for ever: until a line comes. EOFError: they left."""


def replay(run: str, speed: int, store_named: str | None, lang: str | None) -> int:
    """Show a run again."""
    if speed != AT_ONCE and not SLOWEST <= speed <= FASTEST:
        raise Refused("not-a-speed", speed=speed)
    with open_reader(machine.store_path(store_named)) as reader:
        again, teller = replay_of(reader, run, machine.language(lang))
        code = say_broken(Amiss(reader, again.run).look(), teller.language)
    Show(again, teller, Terminal(), Typing(), speed).run()
    return code


def replay_of(reader: Reader, run: str, language: str) -> tuple[Replay, Teller]:
    """A run from the record alone: its entries, and the plan as it was kept with them. Of an evaluation, its drill."""
    run = f"D{run[1:]}" if run[:1] == "E" else run
    entries = in_order(reader.entries(run))
    opened = next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
    if opened is None or run[:1] not in WORD_OF:
        raise Refused("unknown-run", run=run)
    compiled = reader.text(opened.graph)
    if compiled is None:
        raise Refused("graph-missing", run=run)
    graph = graphs.bound(graphs.from_bytes(compiled), opened.room)
    return Replay(graph, run, entries), Teller(titles_of(compiled, opened.room), language)


class Typing:
    """The lines of a real terminal; from a pipe or a file nobody types."""

    def __init__(self, fd: int = 0) -> None:
        self._fd = fd
        self._listens = os.isatty(fd)
        self._buffer = b""

    def wait(self, seconds: float | None) -> str | None:
        """See Viewer."""
        until = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._buffer:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                return None
            ready, _, _ = select.select([self._fd] if self._listens else [], [], [], left)
            if not ready:
                return None
            more = os.read(self._fd, 4096)
            if not more:
                raise EOFError
            self._buffer += more
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.decode("utf-8", "replace").strip()


class Show:
    """One replay before one viewer."""

    def __init__(self, again: Replay, teller: Teller, terminal: Terminal, viewer: Viewer, speed: int) -> None:
        self._again = again
        self._teller = teller
        self._terminal = terminal
        self._viewer = viewer
        self._speed = speed
        words = (WORD_OF[again.run[0]], "replay-word")
        self._word = " ".join(say(one, teller.language) for one in words)
        self._paused = False

    def run(self) -> None:
        """From the first entry to the last, or until the viewer leaves."""
        self._say("replay-how", speed=self._speed if self._speed != AT_ONCE else "-")
        try:
            self._play()
        except EOFError:
            return
        clock = say_clock(self._again.elapsed)
        self._say("replay-over", count=len(self._again.entries), clock=clock)

    def _play(self) -> None:
        while not self._again.over:
            typed = self._wait()
            if typed is None:
                self._show_next()
            elif not self._obey(typed):
                raise EOFError

    def _wait(self) -> str | None:
        """Until the next entry is due; a line that was typed comes first, and the time until then counts."""
        if self._speed == AT_ONCE:
            return None
        if self._paused:
            return self._viewer.wait(None)
        length = self._again.waits()
        before = time.monotonic()
        typed = self._viewer.wait(length.total_seconds() / self._speed)
        if typed is not None:
            went_by = timedelta(seconds=(time.monotonic() - before) * self._speed)
            self._again.passes(min(went_by, length))
        return typed

    def _obey(self, typed: str) -> bool:
        """Do what was typed; False: leave."""
        if typed.lower() == "q":
            return False
        target = target_of(typed, self._again)
        if not typed:
            self._paused = not self._paused
            word = "replay-paused" if self._paused else "replay-goes-on"
            self._say(word, clock=say_clock(self._again.elapsed))
        elif target is not None:
            self._again.seek(target)
            self._say("replay-jumped", clock=say_clock(self._again.elapsed))
            self._line(self._standing(), _INDENT)
        else:
            self._say("replay-not-understood", typed=typed)
        return True

    # --- what is shown

    def _show_next(self) -> None:
        entry = self._again.step()
        clock = say_clock(entry.at - self._again.start)
        said = f"{self._teller.name(entry.by)}  {self._teller.sentence(entry)}"
        self._line(said, f"T+{clock}  ")
        self._line(self._standing(entry.by), _INDENT)

    def _standing(self, person: str = "") -> str:
        """The step in front of whoever acted, its title, what time it is, and how many steps are open."""
        state, now = self._again.state, self._again.now
        look = Looking(state, now, self._teller.language, person)
        if state.ended is not None:
            return f"[{look.say('place-ended')}]  {look.clock(now)}"
        front = current_step(state, person, now)
        what = look.title(front) if front is not None else ""
        opened = look.say("replay-open", count=len(state.open_steps()))
        parts = (f"[{place(look, front)}]", look.clock(now), opened, what)
        return cut(
            "  ".join(one for one in parts if one),
            self._terminal.width - cells(self._word) - len(_INDENT) - 2,
        )

    def _say(self, word_id: str, /, **facts: object) -> None:
        self._line(say(word_id, self._teller.language, **facts))

    def _line(self, text: str, lead: str = "") -> None:
        """A line behind the word of what it is."""
        self._terminal.show(list(marked(self._word, text, self._terminal.width, lead)))
