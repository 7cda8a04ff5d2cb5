"""open: start a real incident."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial

from engine.desk import Desk, Opening
from engine.errors import Refused
from engine.run import in_order, new_state
from engine.text import clean
from tui import machine
from tui.asking import clock_time
from tui.boot import must_carry
from tui.locale import say
from tui.session import link_to_drill
from tui.terminal import Left, Terminal
from tui.typed import yes_no
from tui.verbs import seating
from tui.verbs.forcing import reason_to_force
from tui.verbs.joining import run_to_join
from tui.verbs.playable import opening_from, read_whole_book, texts_of
from tui.verbs.storing import open_the_store, options_of, surroundings
from tui.verbs.walking import Sitting, walk_on
from tui.view import Looking
from tui.view.standing import last_act


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
    drill: str | None = None,
    *,
    another: bool = False,
    reason: str | None = None,
) -> int:
    """Start a real incident and walk it. Everything that can be wrong is said before anything is asked.

    `another`: also where one of that hazard goes on in that room; `reason`: why, where another run keeps it back.
    """
    whole = read_whole_book(book_named)
    book, folder = whole.book, whole.folder
    language = machine.language(lang, book.site.languages[0])
    must_carry()
    if site is not None and site != book.site.id:
        raise Refused("other-site", site=site, found=book.site.id)
    opening = replace(opening_from(whole, runbook), texts=texts_of(folder))
    terminal = Terminal()
    with open_the_store(store_named) as store:
        try:
            language, person = seating.in_either(language, partial(seating.person_of, terminal, book, who))
            language, where = seating.in_either(language, partial(seating.room_of, terminal, book, room))
            opening = replace(opening, room=where)
            told = reported(terminal, opening, reported_at, language)
            if told is None:
                return 1
            joined = None if another else run_to_join(terminal, store, book, runbook, where, language)
            forced = reason_to_force(terminal, store, book, runbook, reason, language) if not joined else None
        except (Left, KeyboardInterrupt):
            return seating.LEFT
        sitting = Sitting(terminal, store, language, folder, options_of(store_named, book_named))
        if joined is not None:
            desk = Desk.resume(store, joined, person.id, surroundings(store))
            seating.sit_down(desk)
            walk_on(sitting, desk, last_act(in_order(store.entries(joined))))
            return 0
        if forced is not None:
            told = replace(told, despite=forced[0], forced=forced[1])
        desk = Desk.open_run(store, told, person.id, surroundings(store))
        terminal.show(_opened_words(desk, language))
        seating.sit_down(desk)
        if drill is not None:
            link_to_drill(store, desk, drill, surroundings(store))
        walk_on(sitting, desk)
    return 0


def _opened_words(desk: Desk, language: str) -> str:
    """What was opened, and in which room."""
    state = desk.state
    room = next((one.title for one in state.graph.site.rooms if one.id == state.room), state.graph.site.title)
    title = clean(state.graph.runbook.title.of(language))
    return say("opened-here", language, runbook=title, room=clean(room.of(language)), run=clean(desk.run_id))


SURE_UNTIL = timedelta(hours=1)
"""A call that came longer ago is asked about: 02:10 typed at 02:05 would be yesterday's."""


def reported(terminal: Terminal, opening: Opening, reported_at: str | None, language: str) -> Opening | None:
    """The opening, dated back to when the call came; None when the person says that it was not then."""
    if reported_at is None:
        return opening
    look = Looking(new_state(opening.graphs[opening.runbook], "R-"), machine.wall_now(), language, "")
    moment = clock_time(reported_at, look)
    if moment is None:
        raise Refused("not-a-clock-time", text=clean(reported_at))
    if moment > look.now:
        raise Refused("in-the-future")
    ago = look.now - moment
    local = f"{moment.astimezone(look.zone):%Y-%m-%d %H:%M}"
    terminal.show(say("reported-as", language, time=local, ago=look.span(ago)))
    if ago > SURE_UNTIL and sys.stdin.isatty() and not _is_sure(terminal, language):
        terminal.show(say("reported-no", language))
        return None
    return replace(opening, reported_at=moment)


def _is_sure(terminal: Terminal, language: str) -> bool:
    """Yes or no, and nothing by an empty line."""
    while True:
        said = yes_no(terminal.ask(say("reported-sure", language)))
        if said is not None:
            return said
