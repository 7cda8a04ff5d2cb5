"""rehearse: play a script without a terminal, or walk a runbook with a hand clock."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from drill.rehearsal import HandClock, Played, open_rehearsal, pass_time, play
from engine.book import AtEnd, Rehearsal, read_rehearsal
from engine.desk import Desk, Opening, Surroundings, opening_of
from engine.errors import BookBroken, Fault, Refused
from engine.plan import Book
from engine.store import Store, memory_store
from tui import machine
from tui.boot import must_carry
from tui.locale import say
from tui.plain import Around, Walker
from tui.terminal import Terminal
from tui.verbs.walking import read_whole_book


def rehearse(
    files: list[str],
    live: bool,
    who: str | None,
    room: str | None,
    as_json: bool,
    book_named: str | None,
    lang: str | None,
) -> int:
    """Play each file; exit code 1 when one does not come out as it says."""
    book, _, _ = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    if live:
        must_carry()
        return _live(files[0], book, who, room, language)
    results = [(name, *_play_file(name, book)) for name in files]
    if as_json:
        print(
            json.dumps(
                [_json(name, played, faults) for name, played, faults in results],
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for name, _, faults in results:
            for fault in faults:
                print(f"{fault.place}: {fault.sentence(language)}")
            print(say("rehearsal-failed" if faults else "rehearsal-passed", language, name=name))
    return 1 if any(faults for _, _, faults in results) else 0


def _play_file(name: str, book: Book) -> tuple[Played | None, list[Fault]]:
    rehearsal, faults = _read(name, book)
    if rehearsal is None or any(not one.advice for one in faults):
        return None, faults
    try:
        opening = _opening(rehearsal, book)
    except BookBroken as broken:
        return None, list(broken.faults)
    with _memory() as store:
        played = play(rehearsal, opening, store, machine.entropy)
    return played, played.faults


def _read(name: str, book: Book) -> tuple[Rehearsal | None, list[Fault]]:
    try:
        data = Path(name).read_bytes()
    except OSError:
        if book.runbook(name) is not None:
            raise Refused("runbook-to-rehearse", runbook=name) from None
        raise Refused("no-such-file", path=name) from None
    return read_rehearsal(data, name, book=book)


def _opening(rehearsal: Rehearsal, book: Book) -> Opening:
    opening = opening_of(book, rehearsal.runbook, room=rehearsal.room, kind="H")
    return replace(opening, reported_at=rehearsal.reported_at)


def _memory() -> Store:
    return memory_store(wall=machine.moment, entropy=machine.entropy)


def _json(name: str, played: Played | None, faults: list[Fault]) -> dict[str, object]:
    return {
        "file": name,
        "passed": not faults,
        "run": played.desk.run_id if played is not None else None,
        "faults": [
            {
                "line": one.place.line,
                "column": one.place.column,
                "rule": one.rule,
                "zh": one.sentence("zh"),
                "en": one.sentence("en"),
            }
            for one in faults
        ],
    }


def _live(name: str, book: Book, who: str | None, room: str | None, language: str) -> int:
    """Walk it on this terminal: store in memory, a clock that a hand moves, marked REHEARSAL."""
    rehearsal = _named_or_read(name, book, room)
    with _memory() as store:
        desk, clock = open_rehearsal(rehearsal, _opening(rehearsal, book), store, machine.entropy)
        desk.actor = who or (rehearsal.people[0][1] if rehearsal.people else desk.actor)
        person = desk.state.graph.people.get(desk.actor)
        if person is not None:
            desk.join(person, person.roles)
        around = Surroundings(clock, machine.entropy, lambda person, pin: None)
        seat = Around(
            has_pin=lambda person: False,
            keep=store.put_blob,
            go_to=lambda run_id: Desk.resume(store, run_id, desk.actor, around),
            pass_time=lambda where, to: _pass(where, clock, to),
        )
        Walker(Terminal(), desk, language, seat).walk()
    return 0


def _pass(desk: Desk, clock: HandClock, to: datetime) -> None:
    for _ in pass_time(desk, clock, to):
        pass


def _named_or_read(name: str, book: Book, room: str | None) -> Rehearsal:
    """A rehearsal file, or just a runbook: then everybody of the site is there from now on."""
    if Path(name).is_file():
        rehearsal, faults = _read(name, book)
        if rehearsal is None:
            raise BookBroken(faults)
        return rehearsal
    found = book.runbook(name)
    if found is None:
        raise Refused("no-such-runbook", runbook=name, runbooks=tuple(one.id for one in book.runbooks))
    people: dict[str, str] = {}
    for role, _ in found.roles:
        holder = next(
            (one.id for one in book.site.people if role in one.roles and one.id not in people.values()), None
        )
        if holder is not None:
            people[role] = holder
    first_room = room or (book.site.rooms[0].id if book.site.rooms else None)
    return Rehearsal(
        id=name,
        runbook=name,
        reported_at=machine.wall_now(),
        script=(),
        room=first_room,
        people=tuple(people.items()),
        at_end=AtEnd(),
        source=name,
    )
