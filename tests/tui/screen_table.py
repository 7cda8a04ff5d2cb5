"""Somebody at the walk screen in a test: real desk, store in memory, hand clock, keys in, what is seen out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.geometry import Size

from drill.rehearsal import pass_time
from engine.desk import Desk
from engine.plan import Book
from tests.tui.table import KINDS, PIN, Table, book_at, table
from tui.app import MusterApp
from tui.asking import Question
from tui.screens.home import HomeScreen
from tui.screens.walk import WalkScreen
from tui.session import Sat, Session, next_due
from tui.widgets.canvas import Canvas

SIZES = ((80, 24), (100, 30), (140, 40), (200, 60))
T = TypeVar("T")

NAMES = {" ": "space", "?": "question_mark"}


@dataclass
class Ticks:
    """Seconds that only go forward, by hand: each key is pressed a second after the one before."""

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

    async def keys(self, *keys: str, every: float = 1.0) -> None:
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
        """Until the worker has nothing left, and what it has brought has been taken in."""
        for _ in range(3):
            await asyncio.wrap_future(self.app.worker.submit(lambda: None))
            for _ in range(6):
                await asyncio.sleep(0)

    async def resize(self, columns: int, rows: int) -> None:
        """The window has another size."""
        screen: Any = self.app.screen
        size = Size(columns, rows)
        self.app.post_message(events.Resize(size, size))
        for _ in range(50):
            await asyncio.sleep(0.01)
            if screen.glass.width == columns and screen.glass.height == rows:
                break
        await self.settle()


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

    async def whole() -> T:
        ticks = Ticks()
        app = MusterApp(make, language, palette, ascii_only=ascii_only, ticks=ticks)
        async with app.run_test(size=size):
            while app.session is None or not app.screen.query(Canvas):
                assert app.error is None, app.error
                await asyncio.sleep(0.01)
            seen = Seen(app, app.session, ticks)
            # The screen may be another by now, and its canvas not yet there; painting has no event of its own.
            while not (app.screen.query(Canvas) and seen.lines()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await seen.settle()
            try:
                return await script(seen)
            finally:
                app.worker.shutdown(wait=True)

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


def words(seen: Seen, rows: Iterable[int]) -> str:
    """Some rows of the screen as one text."""
    lines = seen.lines()
    return "\n".join(lines[row] for row in rows)


__all__ = ["KINDS", "PIN", "SIZES", "Seen", "drive", "seat", "session_at", "words"]
