"""Who sits here, in which room, at which run: asked at a terminal where it is not said."""

from __future__ import annotations

import os
from collections.abc import Sequence

from engine.desk import Desk
from engine.errors import Refused
from engine.events import Entry
from engine.plan import Book, Person
from engine.store import RunRow, Store
from engine.text import Text, clean
from tui.locale import role_words, say
from tui.logbook import NO_TITLES, Titles, titles_of, when
from tui.terminal import Terminal
from tui.typed import narrow, pick, pick_by_words

Rows = Sequence[tuple[str, str]]
"""What can be chosen: id and words."""


def choose(terminal: Terminal, title: str, rows: Rows, language: str, *, first_by_enter: bool = False) -> str:
    """One of the rows, by number, by id, or by words that stand in just one of them.

    An empty line asks again, except where it harms nobody to take the first.
    """
    shown = list(rows)
    while True:
        terminal.show([title, *(f"  {number}  {words}" for number, (_, words) in enumerate(shown, start=1))])
        typed = narrow(terminal.ask(say("choose-first" if first_by_enter else "choose-one", language)))
        if not typed and first_by_enter:
            return shown[0][0]
        if not typed:
            terminal.show(say("needs-number", language))
            continue
        found = pick(typed, [name for name, _ in shown])
        if found is not None:
            return found
        fitting = pick_by_words(typed, rows)
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            terminal.show(say("not-a-choice", language, typed=clean(typed)))
        shown = [row for row in rows if row[0] in fitting] or list(rows)


def person_of(terminal: Terminal, book: Book, named: str | None, language: str) -> Person:
    """Who sits here: named, else MUSTER_AS, else asked. Refused when the site does not know them."""
    known = {one.id: one for one in book.site.people}
    who = named or os.environ.get("MUSTER_AS")
    if not who and known:
        roles = {role: words for runbook in book.runbooks for role, words in runbook.roles}
        rows = [(one.id, _person_words(one, roles, language)) for one in known.values()]
        who = choose(terminal, say("choose-person", language), rows, language)
    if who not in known:
        raise Refused("no-such-person", person=who or "-", people=tuple(known))
    return known[who]


def _person_words(person: Person, roles: dict[str, Text], language: str) -> str:
    said = [clean(roles.get(role, role_words(role)).of(language)) for role in person.roles]
    return "  ".join([clean(person.name), *said])


def room_of(terminal: Terminal, book: Book, named: str | None, language: str) -> str | None:
    """The room: named, the only one, or asked; None where a site has none."""
    rooms = {one.id: one for one in book.site.rooms}
    if named is not None:
        if named not in rooms:
            raise Refused("unknown-room", room=named, rooms=tuple(rooms))
        return named
    if len(rooms) < 2:
        return next(iter(rooms), None)
    rows = [(one.id, f"{clean(one.id)}  {clean(one.title.of(language))}") for one in rooms.values()]
    return choose(terminal, say("choose-room", language), rows, language)


def open_runs(store: Store) -> list[RunRow]:
    """The runs that go on, the one that was written to last first."""
    return store.runs(going_on=True)


def run_words(store: Store, row: RunRow, language: str) -> str:
    """A run in one line: what, where, since when, and the run it belongs to."""
    titles = _titles(store, row)
    parts = [clean(row.run), clean(titles.runbook.of(language)), clean(row.room or "")]
    parts.append(when(row.opened_at, titles.zone) if row.opened_at is not None else "")
    if row.parent is not None:
        parts.append(say("belongs-to", language, run=clean(row.parent)))
    return "  ".join(part for part in parts if part)


def _titles(store: Store, row: RunRow) -> Titles:
    try:
        return titles_of(store.text(row.graph) if row.graph else None, row.room)
    except (ValueError, KeyError, TypeError):
        return NO_TITLES  # the run can be walked without its titles in this list


def run_of(terminal: Terminal, store: Store, named: str | None, language: str) -> str | None:
    """The run to go back to: named, the only open one, or asked; None when none is open."""
    rows = open_runs(store)
    if named is not None or len(rows) < 2:
        return named or next((row.run for row in rows), None)
    words = [(row.run, run_words(store, row, language)) for row in rows]
    return choose(terminal, say("choose-run", language), words, language, first_by_enter=True)


def actor_of(
    terminal: Terminal, store: Store, desk: Desk, entries: Sequence[Entry], named: str | None, language: str
) -> str:
    """Who goes on with a run here: named, else MUSTER_AS, else who typed here last, else asked."""
    who = named or os.environ.get("MUSTER_AS")
    here = [entry.actor for entry in entries if entry.journal == store.journal and entry.actor != "clock"]
    people = desk.state.people
    if who is None and here:
        who = here[-1]
        terminal.show(say("who-is-here", language, name=clean(people.get(who, who))))
    if who is None and len(people) > 1:
        rows = [(one, clean(name)) for one, name in people.items()]
        who = choose(terminal, say("choose-person", language), rows, language)
    who = who or next(iter(people), None)
    known = desk.state.graph.people
    if who is None or (who not in known and who not in people):
        raise Refused("no-such-person", person=who or "-", people=tuple(known))
    return who


def sit_down(desk: Desk) -> None:
    """Whoever sits here joins the run, in the roles they hold on the site."""
    person = desk.state.graph.people.get(desk.actor)
    if desk.state.ended is None and person is not None and desk.actor not in desk.state.people:
        desk.join(person, person.roles)
