"""rehearse: play a script without a terminal, or walk a runbook with a hand clock."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from drill.rehearsal import HandClock, Played, open_rehearsal, pass_time, play
from engine.book import AtEnd, Rehearsal, read_rehearsal
from engine.book.parse import LARGEST
from engine.desk import Desk, Opening, Surroundings
from engine.errors import BookBroken, Fault, Refused
from engine.plan import Book
from engine.store import Store, memory_store
from engine.text import clean, clean_json
from tui import machine
from tui.boot import must_carry
from tui.locale import say
from tui.plain import Around, Walker
from tui.terminal import Terminal
from tui.verbs import seating
from tui.verbs.playable import Whole, opening_from, read_whole_book


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
    _refuse_what_is_not_honoured(files, live, who, room, as_json)
    whole = read_whole_book(book_named)
    language = machine.language(lang, whole.book.site.languages[0])
    if live:
        must_carry()
        return _live(files[0], whole, who, room, language)
    results = [(name, *_play_file(name, whole)) for name in files]
    if as_json:
        said = [_json(name, played, faults) for name, played, faults in results]
        print(clean_json(json.dumps(said, ensure_ascii=False, indent=1)))
    else:
        for name, _, faults in results:
            for fault in faults:
                print(f"{fault.place}: {fault.sentence(language)}")
            print(say("rehearsal-failed" if faults else "rehearsal-passed", language, name=clean(name)))
    return 1 if any(faults for _, _, faults in results) else 0


def _refuse_what_is_not_honoured(
    files: list[str], live: bool, who: str | None, room: str | None, as_json: bool
) -> None:
    """An option that would do nothing is refused: whoever gave it believes that it did."""
    only_live = {"--as": who, "--room": room}
    unused = next((option for option, value in only_live.items() if value is not None and not live), None)
    if unused is not None:
        raise Refused("rehearse-live-only", option=unused)
    if live and len(files) > 1:
        raise Refused("rehearse-one-live")
    if live and as_json:
        raise Refused("rehearse-live-json")
    if room is not None and Path(files[0]).is_file():
        raise Refused("rehearse-has-room")


def _play_file(name: str, whole: Whole) -> tuple[Played | None, list[Fault]]:
    try:
        rehearsal, opening = _read(name, whole)
    except BookBroken as broken:
        return None, list(broken.faults)
    with _memory() as store:
        played = play(rehearsal, opening, store, machine.entropy)
    return played, played.faults


def _read(name: str, whole: Whole) -> tuple[Rehearsal, Opening]:
    """A rehearsal file, and the run it opens; BookBroken with what is wrong in it or in its runbook."""
    data = _bytes(name, whole.book)
    # What is wrong in the runbook is said before the names in the file are looked up there.
    alone, _ = read_rehearsal(data, name)
    if alone is not None and whole.book.runbook(alone.runbook) is None:
        with suppress(Refused):  # it is nowhere: the file says where it names it
            opening_from(whole, alone.runbook)
    rehearsal, faults = read_rehearsal(data, name, book=whole.book)
    if rehearsal is None or any(not one.advice for one in faults):
        raise BookBroken(faults)
    return rehearsal, _opening(rehearsal, whole)


def _bytes(name: str, book: Book) -> bytes:
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        if book.runbook(name) is not None:
            raise Refused("runbook-to-rehearse", runbook=name) from None
        raise Refused("no-such-file", path=name) from None


def _opening(rehearsal: Rehearsal, whole: Whole) -> Opening:
    opening = opening_from(whole, rehearsal.runbook, room=rehearsal.room, kind="H")
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


def _live(name: str, whole: Whole, who: str | None, room: str | None, language: str) -> int:
    """Walk it on this terminal: store in memory, a clock that a hand moves, marked REHEARSAL."""
    rehearsal, opening = _named_or_read(name, whole, room)
    with _memory() as store:
        desk, clock = open_rehearsal(rehearsal, opening, store, machine.entropy, who)
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
        terminal = Terminal()
        if person is not None:
            seating.say_who(terminal, desk, person.id, language)
        Walker(terminal, desk, language, seat).walk()
    return 0


def _pass(desk: Desk, clock: HandClock, to: datetime) -> None:
    for _ in pass_time(desk, clock, to):
        pass


def _named_or_read(name: str, whole: Whole, room: str | None) -> tuple[Rehearsal, Opening]:
    """A rehearsal file, or just a runbook: then everybody of the site is there from now on."""
    if Path(name).is_file():
        return _read(name, whole)
    book, opening = whole.book, opening_from(whole, name, kind="H")
    people: dict[str, str] = {}
    for role, _ in opening.graphs[name].runbook.roles:
        holder = next(
            (one.id for one in book.site.people if role in one.roles and one.id not in people.values()), None
        )
        if holder is not None:
            people[role] = holder
    first_room = room or (book.site.rooms[0].id if book.site.rooms else None)
    rehearsal = Rehearsal(
        id=name,
        runbook=name,
        reported_at=machine.wall_now(),
        script=(),
        room=first_room,
        people=tuple(people.items()),
        at_end=AtEnd(),
        source=name,
    )
    return rehearsal, replace(opening, room=first_room, reported_at=rehearsal.reported_at)
