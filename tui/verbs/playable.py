"""From a plan book to a run that can be opened: read, readable, sound, opening. One way for every verb.

What is wrong in another runbook keeps nobody from this one; what is wrong in this one is never hidden
behind "there is no such runbook".
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from engine.book import files_of, read_book
from engine.book.folder import PROMISES, SITE
from engine.desk import Opening, opening_of
from engine.errors import BookBroken, Fault, Refused
from engine.plan import PERIODS, Book, Runbook
from tui import machine


class Whole(NamedTuple):
    """A plan book as it was read, and what is wrong in it."""

    book: Book
    faults: list[Fault]
    folder: Path


def read_whole_book(named: str | None) -> Whole:
    """The plan book and what is wrong in it; BookBroken when nothing can be made of it."""
    folder = machine.book_folder(named)
    book, faults = read_book(folder)
    if book is None:
        raise BookBroken(faults)
    return Whole(book, faults, folder)


def opening_from(whole: Whole, runbook: str, *, room: str | None = None, kind: str | None = None) -> Opening:
    """What a run of it is opened with; BookBroken with every error, at its place, of what it rests on."""
    try:
        opening = opening_of(whole.book, runbook, room=room, kind=kind)
    except Refused as refused:
        unread = _errors_outside(whole)
        if refused.id == "no-such-runbook" and unread:
            raise BookBroken(unread) from None
        raise
    must_be_sound(opening, whole)
    return opening


def must_be_sound(opening: Opening, whole: Whole) -> None:
    """Errors in what the run rests on keep it from opening; those of other runbooks do not."""
    rests_on = {one.source for one in whole.book.runbooks if one.id in opening.graphs} | _of_the_site(whole)
    errors = [one for one in whole.faults if not one.advice and one.place.file in rests_on]
    if errors:
        raise BookBroken(errors)


def texts_of(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Name and content of every file of the book, to be kept with the run."""
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in files_of(folder))


def _errors_outside(whole: Whole) -> list[Fault]:
    """The errors of the files of which no runbook could be made: what is missing may stand in one of them."""
    understood = {one.source for one in whole.book.runbooks} | _of_the_site(whole)
    return [one for one in whole.faults if not one.advice and one.place.file not in understood]


def _of_the_site(whole: Whole) -> set[str]:
    return {str(whole.folder / name) for name in (SITE, PROMISES)}


def how_often(runbook: Runbook) -> int:
    """Where its period stands among the periods; those without one before all others."""
    return PERIODS.index(runbook.patrol) if runbook.patrol in PERIODS else -1
