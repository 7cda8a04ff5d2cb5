"""Somebody at the walk screen in a test: real desk, store in memory, hand clock, keys in, what is seen out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from textual import events
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.timer import Timer

from drill.rehearsal import pass_time
from engine.desk import Desk
from engine.plan import Book
from tests.tui.table import KINDS, PIN, Table, book_at, table
from tui.app import MusterApp
from tui.asking import Question
from tui.screens.home import HomeScreen
from tui.screens.walk import WalkScreen
from tui.screens.working import WorkingScreen
from tui.session import Sat, Session, next_due
from tui.widgets.canvas import Canvas

SIZES = ((80, 24), (100, 30), (140, 40), (200, 60))
T = TypeVar("T")

NEVER_S = 86_400.0
"""Longer than any test; a timer that is paused would be swept up as garbage, with a word on the terminal."""

NAMES = {" ": "space", "?": "question_mark"}


@dataclass
class Ticks:
    """Seconds that only go forward, by hand: each key is pressed when whoever presses it has read what is there."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Seen:
    """Somebody at a screen."""

    app: MusterApp
    session: Session
    ticks: Ticks = field(default_factory=Ticks)

    @property
    def walk(self) -> WalkScreen:
        screen = self.app.screen
        assert isinstance(screen, WalkScreen), screen
        return screen

    @property
    def home(self) -> HomeScreen:
        screen = self.app.screen
        assert isinstance(screen, HomeScreen), screen
        return screen

    @property
    def desk(self) -> Desk:
        return self.walk.desk

    @property
    def question(self) -> Question | None:
        return self.walk.glass.question

    def lines(self) -> list[str]:
        """The rows of the screen."""
        return self.app.screen.query_one(Canvas).lines()

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines()) + "\n"

    async def keys(self, *keys: str, every: float = 1.25) -> None:
        """Press keys, each `every` seconds after the one before; words are typed sign by sign."""
        for key in keys:
            self.ticks.now += every
            self.press(key)
            await self.settle()

    def press(self, key: str) -> None:
        """One key, as the terminal library hands it on."""
        sign = key if len(key) == 1 else " " if key == "space" else None
        event = events.Key(NAMES.get(key, key), sign)
        screen: Any = self.app.screen
        screen.on_key(event)

    async def types(self, text: str) -> None:
        """A text sign by sign, then Enter."""
        for sign in text:
            self.ticks.now += 0.05
            self.press(sign)
        await self.keys("enter")

    async def settle(self) -> None:
        """Until the worker has nothing left, what it has brought is taken in, and a screen stands there."""
        while True:
            for _ in range(3):
                await asyncio.wrap_future(self.app.worker.submit(lambda: None))
                for _ in range(6):
                    await asyncio.sleep(0)
            if self._has_gone() or painted(self.app):
                return
            await asyncio.sleep(0.001)

    def _has_gone(self) -> bool:
        return self.app._exit or self.app.error is not None

    async def looks(self) -> None:
        """The screen looks at the record, as it does by itself twice a second before a person."""
        screen: Any = self.app.screen
        await self.settle()
        assert not screen._polling, "nothing here looks but by hand"
        screen.poll()
        await self.settle()

    async def resize(self, columns: int, rows: int) -> None:
        """The window has another size."""
        screen: Any = self.app.screen
        size = Size(columns, rows)
        self.app.post_message(events.Resize(size, size))
        while (screen.glass.width, screen.glass.height) != (columns, rows):
            await self.settle()
        await self.settle()


def painted(app: MusterApp) -> bool:
    """Whether the screen on top has its canvas and something on it.

    While one screen takes the place of another, the new one stands on top before its canvas is in it.
    """
    canvases = app.screen.query(Canvas)
    return bool(canvases) and bool(canvases.first().lines())


@contextmanager
def no_clock() -> Iterator[None]:
    """No screen looks or ticks by itself: on a slow machine it would in the middle of what a test does."""

    def waits(screen: MessagePump, interval: float, callback: Any = None, **named: Any) -> Timer:
        return MessagePump.set_interval(screen, max(interval, NEVER_S), callback, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WorkingScreen, "set_interval", waits)
        yield


async def _sat_down(app: MusterApp, ticks: Ticks) -> Seen:
    """Whoever came to the screen, when there is something on it and they have read it."""
    while app.session is None or not painted(app):
        assert app.error is None, app.error
        await asyncio.sleep(0.01)
    seen = Seen(app, app.session, ticks)
    await seen.settle()
    ticks.now += 2
    return seen


def drive(
    make: Callable[[], Session],
    script: Callable[[Seen], Awaitable[T]],
    *,
    language: str = "zh",
    size: tuple[int, int] = (80, 24),
    palette: str = "dark",
    ascii_only: bool = False,
) -> T:
    """Run the app without a terminal, and a script of keys in it."""
    app = MusterApp(make, language, palette, ascii_only=ascii_only, ticks=(ticks := Ticks()))

    async def whole() -> T:
        try:
            async with app.run_test(size=size):
                seen = await _sat_down(app, ticks)
                return await script(seen)
        finally:
            # As in the program. A record closed under a worker that still reads it crashes Python itself.
            app.finish_record()

    with no_clock():
        return asyncio.run(whole())


def session_at(at: Table, *, hand: bool = False, last: str = "", book: Book | None = None) -> Session:
    """A session before the run of a table; `hand` gives the person the clock."""

    def pass_on(desk: Desk, length: timedelta | None) -> None:
        to = desk.now() + (length if length is not None else next_due(desk))
        for _ in pass_time(desk, at.clock, to):
            pass

    return Session(
        at.store,
        at.around,
        book,
        sat=Sat(at.desk, last),
        pass_time=pass_on if hand else None,
    )


@contextmanager
def seat(
    runbook: str = "kinds",
    folder: Path = KINDS,
    *,
    person: str = "li",
    hand: bool = False,
    last: str = "",
    **given: Any,
) -> Any:
    """A new run, and a function that drives the screen before it."""
    with table(folder, runbook, person, **given) as at:

        def run(script: Callable[[Seen], Awaitable[T]], **how: Any) -> T:
            return drive(lambda: session_at(at, hand=hand, last=last, book=book_at(folder)), script, **how)

        yield at, run


async def put_in_front(seen: Seen, step: str) -> None:
    """Go through the list of steps to one that is open, and put it in front."""
    await seen.keys("f8", "home")
    names = list(seen.desk.state.graph.steps)
    for _ in range(names.index(step)):
        await seen.keys("down")
    await seen.keys("enter", "enter")


def words(seen: Seen, rows: Iterable[int]) -> str:
    """Some rows of the screen as one text."""
    lines = seen.lines()
    return "\n".join(lines[row] for row in rows)


__all__ = ["KINDS", "PIN", "SIZES", "Seen", "drive", "put_in_front", "seat", "session_at", "words"]
