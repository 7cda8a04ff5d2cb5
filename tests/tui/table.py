"""A table at which somebody sits before line mode: a store in memory, a clock moved by hand, typed lines."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from drill.rehearsal import HandClock, pass_time
from engine.acts import Given
from engine.book import read_book
from engine.desk import Desk, Opening, Surroundings, opening_of
from engine.events import ClockSet, Entry
from engine.people import check_pin
from engine.plan import Book
from engine.store import Store, memory_store
from tests.engine.records import Wall, entropy
from tui import view
from tui.plain import Around, Walker
from tui.terminal import Terminal
from tui.verbs.seating import sit_down
from tui.view import Looking

T = TypeVar("T")

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "runbooks"

WALKED = Path(__file__).parents[1] / "fixtures" / "walked"
"""A whole leak of 170 steps in one runbook, kept as it was: somebody at keys walks it to its end."""
KINDS = ROOT / "tests" / "fixtures" / "kinds"
"""A small book that has every kind of step."""

PIN = "481516"

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

    def __init__(self, lines: Iterable[str] = (), *, echo: bool = True) -> None:
        """`echo`: what is typed is seen too, as a terminal shows it."""
        reading, writing = os.pipe()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))
        self._page = io.StringIO()
        self._echo = echo
        super().__init__(reading, self._page)

    @property
    def seen(self) -> str:
        return self._page.getvalue()

    def ask(self, prompt: str, idle: Callable[[], Iterable[str]] | None = None, every: float = 5.0) -> str:
        said = super().ask(prompt, idle, every)
        if self._echo:
            print(said, file=self._page)
        return said

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


SITE = """\
site: demo
title: {zh: 示例, en: demo}
timezone: Asia/Shanghai
languages: [zh, en]
rooms: {A1: {title: {zh: A1, en: A1}}}
people: {li: {name: 李明, roles: [ENG]}}
"""
"""The least site that a plan of a test can be walked on: one room, one engineer."""


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

    def walker(self, terminal: Terminal, language: str = "zh", *, hand: bool = False, **given: Any) -> Walker:
        """Line mode at this table; `hand` gives the person the clock."""
        around = Around(
            has_pin=lambda person: self.store.pin(person) is not None,
            keep=self.store.put_blob,
            go_to=lambda run: Desk.resume(self.store, run, self.desk.actor, self.around),
            pass_time=self._pass if hand else None,
        )
        return Walker(terminal, self.desk, language, replace(around, **given))

    def do(self, verb: str, step: str | None = None, *, by: str | None = None, **given: Any) -> None:
        """Do one of the acts that are possible, without line mode; `by` types it."""
        desk = self.desk
        actor, desk.actor = desk.actor, by or desk.actor
        act = next(one for one in desk.possible() if one.key == (verb, step))
        desk.do(act, Given(**given), pin=PIN)
        desk.settle()
        desk.actor = actor

    def join(self, person: str, role: str) -> None:
        """Somebody takes a role."""
        self.do("role", person=person, role=role)

    def entries(self) -> list[Entry]:
        return self.store.entries(self.desk.run_id)

    def label(self, verb: str, step: str | None, language: str) -> str:
        """What the list of acts says of one of them."""
        look = Looking(self.desk.state, self.desk.now(), language, self.desk.actor)
        acts = [one for one in self.desk.possible() if one.verb == verb]
        act = next((one for one in acts if one.step == step), acts[0])
        return view.act_label(look, act, with_step=True)

    def _pass(self, desk: Desk, to: datetime) -> None:
        for _ in pass_time(desk, self.clock, to):
            pass

    def types(self, *lines: str, language: str = "zh", echo: bool = True) -> str:
        """What is seen when these lines are typed; afterwards the person has left."""
        terminal = Typist(lines, echo=echo)
        try:
            self.walker(terminal, language).walk()
        finally:
            terminal.close()
        return terminal.seen


def events(at: Table, kind: type[T]) -> list[T]:
    """What was recorded of one kind, in order."""
    return [entry.event for entry in at.entries() if isinstance(entry.event, kind)]


@contextmanager
def table(
    folder: Path,
    runbook: str,
    actor: str,
    *,
    room: str | None = "A1",
    kind: str = "R",
    alter: Callable[[Book], Book] | None = None,
) -> Iterator[Table]:
    """A new run of a runbook, with `actor` before it; `alter` changes the book first."""
    opening = opening_at(folder, runbook) if alter is None else opening_of(alter(book_at(folder)), runbook)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        yield _seated(store, replace(opening, room=room, kind=kind), actor)


@contextmanager
def beside_kinds(folder: Path, runbook: str, plan: str) -> Iterator[Table]:
    """A rehearsal of a plan that stands in the small book, written into `folder`; Li sits before it."""
    book = folder / "book"
    shutil.copytree(KINDS, book)
    (book / f"{runbook}.yaml").write_text(plan, encoding="utf-8")
    with table(book, runbook, "li", kind="H") as made:
        yield made


@cache
def opening_at(folder: Path, runbook: str) -> Opening:
    """Read and compiled once: nothing in it changes."""
    return opening_of(book_at(folder), runbook)


def _seated(store: Store, opening: Opening, actor: str) -> Table:
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: check_pin(store, person, pin, clock.now))
    desk = Desk.open_run(store, opening, actor, around)
    sit_down(desk)
    if opening.kind == "D":
        desk.propose([ClockSet(0, 1000, "STARTEX", by_hand=True)])
    return Table(store, desk, clock, around)
