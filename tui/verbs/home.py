"""home, walk: the verbs that lead to what is open, and to the start list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from engine.book import read_book
from engine.desk import Desk
from engine.errors import BookBroken
from engine.plan import Book, Runbook
from engine.run import in_order
from engine.state import KeptBack
from engine.text import clean
from tui import machine
from tui.boot import must_carry
from tui.locale import say
from tui.plain import RealEvent
from tui.terminal import Left, Terminal
from tui.verbs import seating
from tui.verbs.forcing import kept_back
from tui.verbs.opening import open_run
from tui.verbs.playable import how_often
from tui.verbs.storing import open_the_store, options_of, surroundings
from tui.verbs.walking import Sitting, walk_on
from tui.view import last_act


def walk(
    run: str | None,
    who: str | None,
    plain: bool,
    store_named: str | None,
    book_named: str | None,
    lang: str | None,
) -> int:
    """Go back to a run. The YAML it was made from is not needed."""
    language = machine.language(lang)
    must_carry()
    terminal = Terminal()
    with open_the_store(store_named) as store:
        try:
            language, run_id = seating.in_either(language, partial(seating.run_of, terminal, store, run))
            if run_id is None:
                terminal.show(say("no-runs", language))
                return 0
            entries = in_order(store.entries(run_id))
            desk = Desk.resume(store, run_id, "", surroundings(store))
            language, desk.actor = seating.in_either(
                language, partial(seating.actor_of, terminal, store, desk, entries, who)
            )
        except (Left, KeyboardInterrupt):
            return seating.LEFT
        seating.sit_down(desk)
        folder = machine.book_folder(book_named)
        sitting = Sitting(terminal, store, language, folder, options_of(store_named, book_named))
        try:
            walk_on(sitting, desk, last_act(entries))
        except RealEvent as stopped:
            drill = str(stopped)
        else:
            return 0
    terminal.mark = ""
    return home(store_named, book_named, lang, desk.actor, drill)


def home(
    store_named: str | None,
    book_named: str | None,
    lang: str | None,
    who: str | None,
    drill: str | None = None,
) -> int:
    """Open runs and the start list; one digit and Enter starts. A broken book keeps nobody from an open run."""
    book, faults = read_book(machine.book_folder(book_named))
    language = machine.language(lang, book.site.languages[0] if book is not None else "zh")
    must_carry()
    terminal = Terminal()
    with open_the_store(store_named) as store:
        going_on = seating.open_runs(store)
        waiting = sum(one.waits for one in store.findings())
        kept = kept_back(store, book) if book is not None else {}
        runs = {
            one: [(row.run, seating.run_words(store, row, one)) for row in going_on] for one in ("zh", "en")
        }
    if book is None and not going_on:
        raise BookBroken(faults)
    if waiting:
        terminal.show(say("findings-open", language, count=waiting))

    def ask(spoken: str) -> str:
        rows = [(run, f"{say('open-runs', spoken)}  {words}") for run, words in runs[spoken]]
        rows += start_list(book, spoken, kept) if book is not None else []
        # An empty line goes back to what is open; it never begins anything.
        title = say("choose-runbook", spoken)
        return seating.choose(terminal, title, rows, spoken, first_by_enter=bool(going_on))

    try:
        language, choice = seating.in_either(language, ask)
    except (Left, KeyboardInterrupt):
        return 0
    if choice in {row.run for row in going_on}:
        return walk(choice, who, True, store_named, book_named, language)
    return open_run(choice, None, None, who, None, True, store_named, book_named, language, drill)


def start_list(
    book: Book, language: str, kept: Mapping[str, KeptBack] = MappingProxyType({})
) -> list[tuple[str, str]]:
    """Every emergency by its title and by what is seen of it, then the patrols, marked as such.

    `kept` are those that a run that goes on keeps back; they keep their place, and say so.
    """
    emergencies = [
        (one.id, "   ".join(_row(one, kept.get(one.id), language)))
        for one in book.runbooks
        if one.hazard is not None
    ]
    patrols = [
        (one.id, f"{say('kind-P', language)}  {clean(one.title.of(language))}")
        for one in sorted(book.runbooks, key=how_often)
        if one.patrol not in (None, "part")
    ]
    return emergencies + patrols


def _row(runbook: Runbook, kept: KeptBack | None, language: str) -> list[str]:
    """Its title, who keeps it back, and what is seen of it."""
    title, *seen = (clean(text.of(language)) for text in (runbook.title, *runbook.symptoms))
    if kept is None:
        return [title, *seen]
    by = say("home-kept-back", language, title=clean(kept.title.of(language)), run=clean(kept.run))
    return [title, by, *seen]
