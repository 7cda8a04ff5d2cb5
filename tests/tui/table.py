"""A table at which somebody sits before line mode: a store in memory, a clock moved by hand, typed lines."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from drill.rehearsal import HandClock, pass_time
from engine.book import read_book
from engine.desk import Desk, Opening, Surroundings, opening_of
from engine.people import check_pin
from engine.plan import Book
from engine.store import Store, memory_store
from tests.engine.records import Wall, entropy
from tui.plain import Walker
from tui.terminal import Terminal
from tui.verbs.seating import sit_down

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "runbooks"
KINDS = ROOT / "tests" / "fixtures" / "kinds"
"""A small book that has every kind of step."""

START = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""14:00 at the site."""


def book_at(folder: Path) -> Book:
    """The book of a folder, which must have no error."""
    book, faults = read_book(folder)
    assert book is not None, faults
    assert [str(one.place) for one in faults if not one.advice] == []
    return book


class Typist(Terminal):
    """Somebody who types these lines and then leaves; what they see is in `seen`."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
        self._page = io.StringIO()
        super().__init__(reading, self._page)

    @property
    def seen(self) -> str:
        return self._page.getvalue()

    def close(self) -> None:
        os.close(self._in_fd)


class Bot(Terminal):
    """Somebody who answers each prompt by a function of it, with all that was shown since the last one."""

    def __init__(self, answer: Callable[[str, list[str]], str]) -> None:
        self._page = io.StringIO()
        super().__init__(0, self._page)
        self._answer = answer
        self._mark = 0

    @property
    def seen(self) -> str:
        return self._page.getvalue()

    def ask(self, prompt: str, idle: Callable[[], Iterable[str]] | None = None, every: float = 5.0) -> str:
        shown = self.seen[self._mark :].split("\n")
        print(prompt, end="", file=self._page)
        said = self._answer(prompt, shown)
        print(said, file=self._page)
        self._mark = len(self.seen)
        return said


@dataclass
class Table:
    """A desk with its store and its clock."""

    store: Store
    desk: Desk
    clock: HandClock
    around: Surroundings

    def at(self, actor: str) -> Desk:
        """The same run at another terminal of this store."""
        return Desk.resume(self.store, self.desk.run_id, actor, self.around)

    def walker(self, terminal: Terminal, language: str = "zh", *, hand: bool = False) -> Walker:
        """Line mode at this table; `hand` gives the person the clock."""
        return Walker(
            terminal,
            self.desk,
            language,
            has_pin=lambda person: self.store.pin(person) is not None,
            keep=self.store.put_blob,
            go_to=lambda run: Desk.resume(self.store, run, self.desk.actor, self.around),
            pass_time=self._pass if hand else None,
        )

    def _pass(self, desk: Desk, to: datetime) -> None:
        for _ in pass_time(desk, self.clock, to):
            pass

    def types(self, *lines: str, language: str = "zh") -> str:
        """What is seen when these lines are typed; afterwards the person has left."""
        terminal = Typist(lines)
        try:
            self.walker(terminal, language).walk()
        finally:
            terminal.close()
        return terminal.seen


@contextmanager
def table(
    folder: Path, runbook: str, actor: str, *, room: str | None = None, kind: str = "R", alter: Callable[[Book], Book] | None = None
) -> Iterator[Table]:
    """A new run of a runbook, with `actor` before it."""
    book = book_at(folder)
    opening = replace(opening_of(alter(book) if alter else book, runbook, room=room, kind=kind))
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        yield _seated(store, opening, actor)


def _seated(store: Store, opening: Opening, actor: str) -> Table:
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: check_pin(store, person, pin, clock.now))
    desk = Desk.open_run(store, opening, actor, around)
    sit_down(desk)
    return Table(store, desk, clock, around)
