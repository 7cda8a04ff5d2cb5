"""home, open, walk and the live rehearsal on the screen: what each of them prepares while the first frame is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tui import machine
from tui.stage import show

if TYPE_CHECKING:
    from drill.rehearsal import HandClock
    from engine.desk import Desk, Opening
    from engine.plan import Book
    from tui.boot import Face
    from tui.session import Session, Wish
    from tui.verbs.playable import Whole


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands on the command line."""

    store: str | None = None
    book: str | None = None
    who: str | None = None
    run: str | None = None
    runbook: str | None = None
    site: str | None = None
    room: str | None = None
    reported_at: str | None = None
    moment: datetime | None = None
    """When the call came, once somebody was sure of it."""
    another: bool = False
    """Also where one of that hazard goes on in that room."""
    reason: str | None = None
    """Why it is begun, where another run keeps it back."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a rehearsal has read and compiled: when the real thing comes, nobody waits for it a second time."""

    whole: Whole
    texts: tuple[tuple[str, bytes], ...]
    """The files as they were read."""
    opening: Opening


def on_screen(asked: Asked, face: Face) -> int:
    """Home; or a run that was named, new or gone back to."""
    if asked.runbook is not None and asked.reported_at is not None:
        moment = _sure_moment(asked, face.language)
        if moment is None:
            return 1
        asked = replace(asked, moment=moment)
    return show(lambda: prepared(asked, face.language, face.languages), face)


def _sure_moment(asked: Asked, language: str) -> datetime | None:
    """When the call came; what lies long ago is asked about before the screen takes the terminal."""
    from engine.desk import opening_of
    from tui.terminal import Terminal
    from tui.verbs.opening import reported
    from tui.verbs.playable import read_whole_book

    book, _, _ = read_whole_book(asked.book)
    opening = opening_of(book, asked.runbook or "")
    told = reported(Terminal(), opening, asked.reported_at, language)
    return None if told is None else told.reported_at


def prepared(
    asked: Asked, language: str, languages: tuple[str, ...] = ("zh", "en"), known: Known | None = None
) -> Session:
    """In the worker: plan book and record, opened. A broken book keeps nobody from an open run.

    `known` is a book that was read before; it is not read again while its files are the same.
    """
    from engine.book import read_book
    from engine.errors import BookBroken
    from tui.chosen import Chosen
    from tui.presence import Presence
    from tui.session import Session
    from tui.sheets import sheet_keeper
    from tui.verbs.playable import Whole, must_be_sound, texts_of
    from tui.verbs.storing import open_the_store, options_of, surroundings

    folder = machine.book_folder(asked.book)
    if known is not None and known.texts != texts_of(folder):
        known = None  # somebody has worked on the book since
    book, faults = known.whole[:2] if known is not None else read_book(folder)
    errors = [fault for fault in faults if not fault.advice]
    if asked.runbook is not None and (book is None or (book.runbook(asked.runbook) is None and errors)):
        raise BookBroken(errors or faults)
    wish = _wish(asked, book)
    store = open_the_store(asked.store)
    session = Session(
        store,
        surroundings(store),
        book,
        texts_of(folder) if book is not None else (),
        len(errors),
        lambda opening: must_be_sound(opening, Whole(book, faults, folder)) if book is not None else None,
        wish,
        keep_sheet=sheet_keeper(Path(store.name)),
        options=options_of(asked.store, asked.book),
        languages=languages,
        folder=folder,
        presence=Presence.beside(store.name),
        chosen=Chosen.beside(store.name),
    )
    if known is not None:
        session.compiled = {known.opening.runbook: known.opening}
    try:
        session.runs_first = session.open_runs()
        _must_lead_somewhere(session, asked, language)
    except BaseException:
        store.close()
        raise
    return session


def _wish(asked: Asked, book: Book | None) -> Wish:
    """What was asked for, checked as far as it can be before the record is opened."""
    from engine.desk import opening_of
    from engine.errors import Refused
    from tui.session import Wish, chosen_person

    if asked.site is not None and book is not None and asked.site != book.site.id:
        raise Refused("other-site", site=asked.site, found=book.site.id)
    wish = Wish(
        asked.run,
        asked.runbook,
        asked.room,
        chosen_person(asked.who),
        another=asked.another,
        reason=asked.reason,
    )
    if asked.runbook is not None and book is not None:
        opening_of(book, asked.runbook)  # refuses what is not there before the record is opened
        wish.reported_at = asked.moment
    return wish


def _must_lead_somewhere(session: Session, asked: Asked, language: str) -> None:
    """A run that was named must be there; where nothing is open and no book can be read there is nothing to do."""
    from engine.errors import Refused

    if asked.run is not None and not session.store.entries(asked.run):
        raise Refused("unknown-run", run=asked.run)
    if session.book is None and not session.runs_first:
        from engine.book import read_book
        from engine.errors import BookBroken

        raise BookBroken(read_book(machine.book_folder(asked.book))[1])


def walk_run(asked: Asked, face: Face) -> int:
    """The run that was named, or the only open one; home where there are several."""

    def prepare() -> Session:
        session = prepared(asked, face.language, face.languages)
        if session.wish.run is None and len(session.runs_first) == 1:
            session.wish.run = session.runs_first[0].name
        return session

    return show(prepare, face)


# --- a rehearsal with a hand clock


def rehearse(name: str, asked: Asked, face: Face) -> int:
    """Walk a rehearsal: store in memory, a clock that a hand moves, marked REHEARSAL on every screen."""
    return show(lambda: rehearsed(name, asked, face.language), face)


def rehearsed(name: str, asked: Asked, language: str) -> Session:
    """In the worker: the rehearsal as its script says, up to where people come in."""
    from drill.rehearsal import open_rehearsal
    from engine.desk import Surroundings
    from tui.session import Sat, Session
    from tui.verbs.playable import read_whole_book, texts_of
    from tui.verbs.rehearsing import _memory, _named_or_read

    whole = read_whole_book(asked.book)
    rehearsal, opening = _named_or_read(name, whole, asked.room)
    known = Known(whole, texts_of(whole.folder), opening)
    store = _memory()
    desk, clock = open_rehearsal(rehearsal, opening, store, machine.entropy, asked.who)
    desk.actor = asked.who or (rehearsal.people[0][1] if rehearsal.people else desk.actor)
    person = desk.state.graph.people.get(desk.actor)
    if person is not None:
        desk.join(person, person.roles)
    return Session(
        store,
        Surroundings(clock, machine.entropy, lambda person, pin: None),
        sat=Sat(desk),
        pass_time=lambda where, length: _pass(where, clock, length),
        real=lambda: prepared(Asked(store=asked.store, book=asked.book), language, known=known),
    )


def _pass(desk: Desk, clock: HandClock, length: timedelta | None) -> None:
    from drill.rehearsal import pass_time
    from tui.session import next_due

    for _ in pass_time(desk, clock, desk.now() + (length if length is not None else next_due(desk))):
        pass
