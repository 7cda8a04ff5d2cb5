"""What goes on already is not opened a second time by mistake: it is joined, or opened anew on purpose."""

from __future__ import annotations

from engine.errors import Refused
from engine.plan import Book
from engine.store import RunRow, Store
from engine.text import clean
from tui.locale import say
from tui.terminal import Terminal
from tui.verbs.seating import choose, open_runs, run_words

REAL = "R"
JOIN, ANOTHER = "join", "another"


def going_on(store: Store, book: Book, runbook: str, room: str | None) -> RunRow | None:
    """The real run of that hazard in that room that was written to last and goes on."""
    wanted = book.runbook(runbook)
    hazard = wanted.hazard if wanted is not None else None
    for row in open_runs(store):
        known = book.runbook(row.runbook or "")
        same = row.runbook == runbook or (known is not None and hazard is not None and known.hazard == hazard)
        if row.kind == REAL and row.room == room and same:
            return row
    return None


def run_to_join(
    terminal: Terminal, store: Store, book: Book, runbook: str, room: str | None, language: str
) -> str | None:
    """The run that the person rather joins; None to open one. Refused where nobody is there to be asked."""
    row = going_on(store, book, runbook, room)
    if row is None:
        return None
    if not terminal.is_live:
        raise Refused("goes-on-here", run=row.run, runbook=runbook, room=room or "-")
    terminal.show(say("already-open", language, run=run_words(store, row, language)))
    rows = [
        (JOIN, say("open-join", language, run=clean(row.run))),
        (ANOTHER, say("open-another", language)),
    ]
    return row.run if choose(terminal, say("open-which", language), rows, language) == JOIN else None
