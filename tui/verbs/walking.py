"""open, walk, home, people pin: the verbs that bring a person to a run."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from engine.book import read_book
from engine.desk import Desk, Opening, Surroundings, opening_of
from engine.errors import BookBroken, Fault, Refused
from engine.people import check_pin
from engine.people import set_pin as keep_pin
from engine.plan import Book
from engine.run import new_state
from engine.store import Store, make_folder, open_store
from engine.text import clean
from tui import __version__, machine
from tui.asking import clock_time, narrow, pick
from tui.boot import must_carry
from tui.locale import say
from tui.plain import Walker
from tui.terminal import Left, Terminal
from tui.view import Looking


def read_whole_book(named: str | None) -> tuple[Book, list[Fault], Path]:
    """The plan book and what is wrong in it; BookBroken when nothing can be made of it."""
    folder = machine.book_folder(named)
    book, faults = read_book(folder)
    if book is None:
        raise BookBroken(faults)
    return book, faults, folder


def open_the_store(named: str | None) -> Store:
    """The store, made when there is none; its default folder too."""
    path, rule = machine.store_place(named)
    if rule == "default":
        make_folder(path.parent)
    return open_store(
        path,
        key_folder=machine.state_folder(),
        wall=machine.moment,
        entropy=machine.entropy,
        software=f"muster {__version__}",
    )


def surroundings(store: Store) -> Surroundings:
    """The real clock, real chance, and the PINs of this store."""
    return Surroundings(
        machine.wall_now,
        machine.entropy,
        lambda person, pin: check_pin(store, person, pin, machine.wall_now()),
    )


def open_run(
    runbook: str,
    site: str | None,
    room: str | None,
    who: str | None,
    reported_at: str | None,
    plain: bool,
    store_named: str | None,
    book_named: str | None,
    lang: str | None,
) -> int:
    """Start a real incident and walk it."""
    book, faults, folder = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    must_carry()
    if site is not None and site != book.site.id:
        raise Refused("other-site", site=site, found=book.site.id)
    terminal = Terminal()
    try:
        who = who or _choose_person(terminal, book, language)
        room = room or _choose_room(terminal, book, language)
    except Left:
        return 130
    with open_the_store(store_named) as store:
        opening = opening_of(book, runbook, texts=_texts(folder), room=room)
        _must_be_sound(opening, book, faults)
        opening = _reported(opening, reported_at, language)
        desk = Desk.open_run(store, opening, who, surroundings(store))
        _sit_down(desk, who)
        _warn_of(terminal, store, language)
        _walk(terminal, store, desk, language, folder)
    return 0


def _reported(opening: Opening, reported_at: str | None, language: str) -> Opening:
    """The opening, dated back to when the call came."""
    if reported_at is None:
        return opening
    look = Looking(new_state(opening.graphs[opening.runbook], "R-"), machine.wall_now(), language, "")
    moment = clock_time(reported_at, look)
    if moment is None:
        raise Refused("not-a-time", text=reported_at)
    return replace(opening, reported_at=moment)


def walk(
    run: str | None, who: str | None, plain: bool, store_named: str | None, book_named: str | None, lang: str | None
) -> int:
    """Go back to a run. The YAML it was made from is not needed."""
    language = machine.language(lang)
    must_carry()
    terminal = Terminal()
    with open_the_store(store_named) as store:
        run_id = run or _choose_run(terminal, store, language)
        if run_id is None:
            terminal.show(say("no-runs", language))
            return 0
        desk = Desk.resume(store, run_id, who or "", surroundings(store))
        if not who:
            desk.actor = _actor(terminal, desk, language)
        _sit_down(desk, desk.actor)
        _warn_of(terminal, store, language)
        _walk(terminal, store, desk, language, machine.book_folder(book_named))
    return 0


def home(store_named: str | None, book_named: str | None, lang: str | None, who: str | None) -> int:
    """Open runs and the start list; one digit and Enter starts."""
    book, faults, folder = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    must_carry()
    terminal = Terminal()
    try:
        with open_the_store(store_named) as store:
            open_ids = [row.run for row in store.runs() if row.ended_how is None and row.parent is None]
        choice = _choose_start(terminal, book, open_ids, language)
    except Left:
        return 0
    if choice in open_ids:
        return walk(choice, who, True, store_named, book_named, language)
    return open_run(choice, None, None, who, None, True, store_named, book_named, language)


def set_pin(person: str, store_named: str | None, book_named: str | None, lang: str | None) -> int:
    """Set somebody's PIN: typed twice, not shown."""
    book, _, _ = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    known = next((one for one in book.site.people if one.id == person), None)
    if known is None:
        raise Refused("no-such-person", person=person, people=tuple(one.id for one in book.site.people))
    terminal = Terminal()
    with open_the_store(store_named) as store:
        try:
            first = terminal.ask_hidden(say("need-pin", language, name=clean(known.name)) + " > ")
            again = terminal.ask_hidden(say("pin-again", language) + " > ")
        except Left:
            return 130
        if first != again:
            raise Refused("pin-differs")
        keep_pin(store, person, first, machine.entropy)
    terminal.show(say("pin-kept", language, name=clean(known.name)))
    return 0


# --- choosing


def _choose(terminal: Terminal, title: str, rows: list[tuple[str, str]], language: str) -> str:
    """One of the rows, by number, by id, or by words that stand in just one of them."""
    shown = rows
    while True:
        terminal.show([title, *(f"  {number}  {words}" for number, (_, words) in enumerate(shown, start=1))])
        typed = narrow(terminal.ask("> ")) or "1"
        found = pick(typed, [name for name, _ in shown])
        if found is not None:
            return found
        fitting = [row for row in rows if typed.casefold() in row[1].casefold()]
        if len(fitting) == 1:
            return fitting[0][0]
        if not fitting:
            terminal.show(say("not-a-choice", language, typed=clean(typed)))
        shown = fitting or rows


def _choose_start(terminal: Terminal, book: Book, open_ids: list[str], language: str) -> str:
    rows = [(run_id, f"{say('open-runs', language)}  {run_id}") for run_id in open_ids]
    for runbook in book.runbooks:
        if runbook.hazard is not None:
            symptoms = "  ".join(clean(one.of(language)) for one in runbook.symptoms)
            rows.append((runbook.id, f"{clean(runbook.title.of(language))}   {symptoms}"))
    return _choose(terminal, say("choose-runbook", language), rows, language)


def _choose_person(terminal: Terminal, book: Book, language: str) -> str:
    named = os.environ.get("MUSTER_AS")
    if named or not book.site.people:
        return named or "me"
    rows = [(one.id, f"{clean(one.name)}  {' '.join(one.roles)}") for one in book.site.people]
    return _choose(terminal, say("choose-person", language), rows, language)


def _choose_room(terminal: Terminal, book: Book, language: str) -> str | None:
    rooms = [(one.id, f"{one.id}  {clean(one.title.of(language))}") for one in book.site.rooms]
    if len(rooms) < 2:
        return rooms[0][0] if rooms else None
    return _choose(terminal, say("choose-room", language), rooms, language)


def _choose_run(terminal: Terminal, store: Store, language: str) -> str | None:
    """The run to go back to: the only open one, else the person chooses."""
    rows = [row for row in store.runs() if row.ended_how is None]
    if len(rows) < 2:
        return rows[0].run if rows else None
    words = [(row.run, f"{row.run}  {clean(row.runbook or '-')}  {clean(row.room or '')}") for row in rows]
    return _choose(terminal, say("choose-run", language), words, language)


def _actor(terminal: Terminal, desk: Desk, language: str) -> str:
    """Who sits here: named in the environment, the only one of the run, or asked."""
    named = os.environ.get("MUSTER_AS")
    people = list(desk.state.people)
    if named or len(people) < 2:
        return named or (people[0] if people else "me")
    rows = [(one, clean(desk.state.people[one])) for one in people]
    return _choose(terminal, say("choose-person", language), rows, language)


def _sit_down(desk: Desk, who: str) -> None:
    """Whoever sits here joins the run, in the roles they hold on the site."""
    if desk.state.ended is not None:
        return
    person = desk.state.graph.people.get(who)
    if person is None:
        raise Refused("no-such-person", person=who, people=tuple(desk.state.graph.people))
    if who not in desk.state.people:
        desk.join(person, person.roles)


def _warn_of(terminal: Terminal, store: Store, language: str) -> None:
    if store.rollback is not None:
        terminal.show(say("rollback", language))


# --- walking


def _walk(terminal: Terminal, store: Store, desk: Desk, language: str, folder: Path) -> None:
    walker = Walker(
        terminal,
        desk,
        language,
        has_pin=lambda person: store.pin(person) is not None,
        keep=store.put_blob,
        go_to=lambda run_id: Desk.resume(store, run_id, desk.actor, surroundings(store)),
        news=lambda look: _plan_news(look, folder),
    )
    walker.walk()


def _plan_news(look: Looking, folder: Path) -> list[str]:
    """Whether the file of the runbook has changed or is gone since the run was opened."""
    book = look.state.graph.runbook
    name = next((name for name, digest in look.state.texts.items() if digest == book.digest), None)
    if name is None:
        return []
    try:
        text = Path(folder, name).read_bytes()
    except OSError:
        return [look.say("source-gone")]
    if sha256(text).hexdigest() == book.digest:
        return []
    return [look.say("newer-revision", revision=_revision_in(text) or "?", pinned=book.revision)]


def _revision_in(text: bytes) -> str | None:
    for line in text.decode("utf-8", "replace").splitlines():
        if line.startswith("revision:"):
            return clean(line.partition(":")[2].strip())
    return None


def _must_be_sound(opening: Opening, book: Book, faults: list[Fault]) -> None:
    """Errors in what the run rests on keep it from opening; those of other runbooks do not."""
    others = {one.source for one in book.runbooks if one.id not in opening.graphs}
    errors = [fault for fault in faults if not fault.advice and fault.place.file not in others]
    if errors:
        raise BookBroken(errors)


def _texts(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Name and content of every file of the book, to be kept with the run."""
    return tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.yaml")))
