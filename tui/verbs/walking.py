"""A run that is walked in line mode by somebody at a terminal, with all that line mode is given for it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.desk import Desk
from engine.events import Entry
from engine.store import Store
from tui import machine
from tui.chosen import Chosen
from tui.notices import Notices
from tui.plain import Around, Walker
from tui.presence import PLAYER, Presence
from tui.sheets import sheet_keeper
from tui.terminal import Terminal
from tui.verbs.storing import surroundings
from tui.view import Looking


@dataclass(frozen=True, slots=True)
class Sitting:
    """Somebody at a terminal, before a store and a plan book."""

    terminal: Terminal
    store: Store
    language: str
    folder: Path
    options: str
    """The options that lead back to this store and book, as they are typed."""


def walk_on(
    at: Sitting, desk: Desk, last: Entry | None = None, beside: Callable[[], None] | None = None
) -> None:
    """Walk a run in line mode until the person leaves; `beside` is done at every look at the record."""
    store = at.store
    presence = Presence.beside(store.name)

    def is_here(seated: Desk) -> None:
        if beside is not None:
            beside()
        top = seated.top
        if top.state.kind == "D":
            presence.beat(top.run_id, PLAYER, seated.actor)

    around = Around(
        has_pin=lambda person: store.pin(person) is not None,
        keep=store.put_blob,
        go_to=lambda run_id: Desk.resume(store, run_id, desk.actor, surroundings(store)),
        news=_news(store, at.folder),
        come_back=lambda run: (
            f"{machine.program()} walk {run} --as {shlex.quote(desk.actor)} --lang {at.language} --plain"
            f"{at.options}"
        ),
        last=last,
        chosen=choices_beside(store),
        is_here=is_here,
        keep_sheet=sheet_keeper(Path(store.name)),
    )
    Walker(at.terminal, desk, at.language, around).walk()
    at.terminal.mark = ""


def choices_beside(store: Store) -> Chosen:
    """Where everybody had gone to; of runs that ended meanwhile, also at another terminal, nothing is left."""
    chosen = Chosen.beside(store.name)
    over = chosen.runs() - {row.run for row in store.runs(going_on=True)}
    if over:
        # Another record may lie in the same folder: what is not known here is not ours to sweep.
        chosen.forget(over & {row.run for row in store.runs()})
    return chosen


def _news(store: Store, folder: Path) -> Callable[[Looking], list[str]]:
    """What is new about the plan, and about who has written in the run, in sentences."""
    notices = Notices(store, folder)

    def news(look: Looking) -> list[str]:
        found = notices.of(look.state, across=look.across, beside=look.beside)
        return [one.words(look.language) for one in found]

    return news
