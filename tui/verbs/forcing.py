"""A plan that another run keeps back (`inhibits`) is begun all the same by whoever says why."""

from __future__ import annotations

from collections.abc import Mapping

from engine.desk import IN_EARNEST
from engine.errors import Refused
from engine.plan import Book
from engine.state import KeptBack
from engine.store import RunRow, Store
from engine.text import clean
from tui.locale import say
from tui.terminal import Terminal


def kept_back(store: Store, book: Book) -> Mapping[str, KeptBack]:
    """Every plan that a run that goes on keeps back, by its id; an exercise keeps nothing back that is real."""
    rows = store.runs(going_on=True)
    found: dict[str, KeptBack] = {}
    for row in reversed(rows):  # of several the one that was written to last
        found |= _by(row, book) if row.kind in IN_EARNEST else {}
    return found


def _by(row: RunRow, book: Book) -> dict[str, KeptBack]:
    plan = book.runbook(row.runbook or "")
    kept = [] if plan is None else [one for name in plan.inhibits if (one := book.runbook(name)) is not None]
    return {one.id: KeptBack(row.run, plan.title) for one in kept if plan is not None and not one.saves_lives}


def reason_to_force(
    terminal: Terminal, store: Store, book: Book, runbook: str, reason: str | None, language: str
) -> tuple[str, str] | None:
    """The run that keeps a plan back, and why it is begun all the same; None where none does.

    Refused where nobody is there to be asked and no reason was given.
    """
    kept = kept_back(store, book).get(runbook)
    if kept is None:
        return None
    plan = book.runbook(runbook)
    title = runbook if plan is None else plan.title
    if not (reason or "").strip() and not terminal.is_live:
        raise Refused("kept-back-here", runbook=title, title=kept.title, run=kept.run)
    said = clean(reason or "").strip()
    if not said:
        terminal.show(
            say("kept-back-by", language, title=clean(kept.title.of(language)), run=clean(kept.run))
        )
    while not said:
        said = clean(terminal.ask(say("force-why", language))).strip()
    return kept.run, said
