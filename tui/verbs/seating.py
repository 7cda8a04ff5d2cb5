"""Who sits here, in which room, at which run: asked at a terminal where it is not said."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from engine.desk import Desk
from engine.errors import RecordTrouble, Refused
from engine.events import Entry, NoteAdded
from engine.plan import Book, Person
from engine.rules import SIGN_IN
from engine.store import RunRow, Store
from engine.text import Text, clean, cut
from tui.locale import join, role_words, say
from tui.logbook import NO_TITLES, Titles, titles_of, when
from tui.plain import COMMANDS
from tui.terminal import Terminal
from tui.typed import narrow, pick, pick_by_words, yes_no
from tui.unannounced import listed

LEFT = 130
"""Exit code when the person leaves before there is a run."""

Rows = Sequence[tuple[str, str]]
"""What can be chosen: id and words."""


T = TypeVar("T")


class OtherLanguage(Exception):
    """Who sits here reads the other language: the question is asked again in it."""


def in_either(language: str, asking: Callable[[str], T]) -> tuple[str, T]:
    """What was answered, and the language in which it was understood: at any question it can be changed."""
    while True:
        try:
            return language, asking(language)
        except OtherLanguage:
            language = "en" if language == "zh" else "zh"


def _is_language(typed: str) -> bool:
    return typed.casefold() in COMMANDS["language"]


def choose(terminal: Terminal, title: str, rows: Rows, language: str, *, first_by_enter: bool = False) -> str:
    """One of the rows, by number, by id, or by words that stand in just one of them.

    An empty line asks again, except where it harms nobody to take the first.
    """
    shown = list(rows)
    prompt = say("choose-first" if first_by_enter else "choose-one", language)
    while True:
        _show_list(terminal, title, [words for _, words in shown], prompt)
        typed = narrow(terminal.ask(prompt))
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
        if not fitting and _is_language(typed):
            raise OtherLanguage
        if not fitting:
            terminal.show(say("not-a-choice", language, typed=clean(typed)))
        shown = [row for row in rows if row[0] in fitting] or list(rows)


def _show_list(terminal: Terminal, title: str, rows: Sequence[str], prompt: str) -> None:
    """A numbered list under its title.

    Of one that is too high each row takes one line; and where the title would still be gone it stands once
    more where it is answered.
    """
    lines = [f"  {number}  {words}" for number, words in enumerate(rows, start=1)]
    if terminal.is_off(terminal.printed, [title, *lines], prompt):
        lines = [cut(line, terminal.width) for line in lines]
    off = terminal.is_off(terminal.printed, [title, *lines], prompt)
    terminal.show([title, *lines, *([title] if off else [])])


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
    return "  ".join([f"{clean(person.name)} ({clean(person.id)})", *said])


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
    rows = listed(store, store.runs(going_on=True))
    return [row for row in rows if row.kind != "E"]  # an evaluation is not walked


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
    except (RecordTrouble, ValueError, KeyError, TypeError):
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
    """Who goes on with a run here: named, else MUSTER_AS, else who typed here last, else asked.

    It is said aloud; whom nobody has named is asked whether they are that.
    """
    named = named or os.environ.get("MUSTER_AS")
    here = [entry.actor for entry in entries if entry.journal == store.journal and entry.actor != "clock"]
    names = _names(desk)
    who = named or (here[-1] if here else None) or (next(iter(names)) if len(names) == 1 else None)
    if who is None:
        who = _asked_who(terminal, desk, language)
    elif who in names and named is None and terminal.is_live:
        who = who if _is_right(terminal, desk, who, language) else _asked_who(terminal, desk, language)
    elif who in names:
        say_who(terminal, desk, who, language)
    if who not in names:
        raise Refused("no-such-person", person=who, people=tuple(desk.state.graph.people))
    return who


def _names(desk: Desk) -> dict[str, str]:
    """The people of the run, then those of the site."""
    known = desk.state.graph.people
    return {**desk.state.people, **{one: known[one].name for one in known if one not in desk.state.people}}


def _facts_of(desk: Desk, person: str, language: str) -> dict[str, str]:
    """A name, and the roles that somebody holds in the run or, before they are in it, on the site."""
    state = desk.state
    known = state.graph.people.get(person)
    roles = state.roles_of(person) or (known.roles if known is not None else ())
    titles = dict(state.graph.runbook.roles)
    said = [clean(titles.get(role, role_words(role)).of(language)) for role in roles]
    return {"name": clean(_names(desk)[person]), "roles": join(said, language) or say("no-role", language)}


def say_who(terminal: Terminal, desk: Desk, person: str, language: str) -> None:
    """Who is taken to sit here."""
    terminal.show(say("who-is-here", language, **_facts_of(desk, person, language)))


def _is_right(terminal: Terminal, desk: Desk, person: str, language: str) -> bool:
    """Whether that is who sits here; an empty line says yes to this and does nothing else."""
    question = say("who-is-right", language, **_facts_of(desk, person, language))
    while True:
        typed = narrow(terminal.ask(question))
        if _is_language(typed):
            raise OtherLanguage
        said = yes_no(typed) if typed else True
        if said is not None:
            return said


def _asked_who(terminal: Terminal, desk: Desk, language: str) -> str:
    rows = []
    for person in _names(desk):
        facts = _facts_of(desk, person, language)
        rows.append((person, f"{facts['name']}  {facts['roles']}"))
    return choose(terminal, say("choose-person", language), rows, language)


def sit_down(desk: Desk) -> None:
    """Whoever sits here joins the run, in the roles they hold on the site."""
    person = desk.state.graph.people.get(desk.actor)
    if desk.state.ended is None and person is not None and desk.actor not in desk.state.people:
        desk.join(person, person.roles)
    _sign_in(desk)


def _sign_in(desk: Desk) -> None:
    """In a drill they have signed in by that, at a terminal of their own: once, and not in the runs below it."""
    state = desk.state
    if state.kind != "D" or state.parent is not None or state.ended is not None:
        return
    if desk.actor in state.people and not any(
        note.kind == SIGN_IN and note.by == desk.actor for note in state.notes
    ):
        desk.propose([NoteAdded(desk.actor, SIGN_IN)])
