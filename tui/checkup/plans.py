"""The plan book: is it there, is it sound, do its zone and its signers work on this machine."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.book import read_book
from engine.errors import Fault
from engine.graph import compile_graph
from engine.plan import Book
from engine.text import Text, clean
from tui import machine
from tui.checkup.line import Line, advice, ill, well
from tui.locale import join


@dataclass(frozen=True)
class Plans:
    """A plan book as it was found."""

    folder: Path
    rule: str
    book: Book | None
    errors: tuple[Fault, ...]


def read(named: str | None) -> Plans:
    """Find the plan book and read all of it."""
    folder, rule = machine.book_place(named)
    book, faults = read_book(folder)
    if book is not None:
        graphs = [compile_graph(one, book.site, book.promises) for one in book.runbooks]
        faults = [*faults, *(fault for _, found in graphs for fault in found)]
    errors = tuple(one for one in faults if not one.advice)
    return Plans(folder, rule, book, errors)


def book_lines(plans: Plans) -> Iterator[Line]:
    """Whether the book has errors; the first of them is named."""
    path = clean(str(plans.folder.absolute()))
    facts = {
        "path": path,
        "rule": Text(*_RULES[plans.rule]),
        "errors": len(plans.errors),
    }
    command = clean(f"muster lint {shlex.quote(str(plans.folder))}")
    if plans.errors:
        yield ill("book", "book-broken", first=_told(plans.errors[0]), command=command, **facts)
    else:
        # Advice is what `lint` counts: it looks at more than whether the book can be used.
        count = len(plans.book.runbooks) if plans.book else 0
        yield well("book", "book", count=count, command=command, **facts)


_RULES = {
    "named": ("由 --book 指定", "named by --book"),
    "variable": ("由 MUSTER_BOOK 指定", "named by MUSTER_BOOK"),
    "here": ("当前文件夹里的", "in the current folder"),
    "shipped": ("随程序附带", "shipped"),
}


def _told(fault: Fault) -> Text:
    return Text(*(f"{fault.place}: {fault.sentence(one)}" for one in ("zh", "en")))


def zone_lines(plans: Plans) -> Iterator[Line]:
    """Whether this machine knows the zone of the site. Of a site that could not be read nobody can say."""
    if plans.book is None or any(Path(one.place.file).name == "site.yaml" for one in plans.errors):
        return
    name = plans.book.site.timezone
    try:
        local = machine.wall_now().astimezone(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield ill("zone", "zone-unknown", zone=clean(name))
    else:
        yield well("zone", "zone", zone=clean(name), time=f"{local:%Y-%m-%d %H:%M}")


def signer_lines(plans: Plans, with_pin: Collection[str]) -> Iterator[Line]:
    """Who may have to sign and has no PIN yet."""
    if plans.book is None:
        return
    roles = {
        role
        for runbook in plans.book.runbooks
        for step in runbook.steps
        if step.sign
        for role in step.sign.of
    }
    signers = [one for one in plans.book.site.people if roles & set(one.roles)]
    without = [one for one in signers if one.id not in with_pin]
    if without:
        names = [clean(one.name) for one in without]
        said = Text(join(names, "zh"), join(names, "en"))
        commands = "; ".join(f"{machine.program()} people pin {clean(one.id)}" for one in without)
        yield advice("signers", "no-pin", names=said, commands=commands)
    elif signers:
        yield well("signers", "pins", count=len(signers))
