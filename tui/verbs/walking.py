"""open, walk, home, people pin: the verbs that bring a person to a run."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from engine.book import read_book
from engine.desk import Desk, Opening, Surroundings
from engine.errors import BookBroken, Refused
from engine.events import Entry, NoteAdded, WarningShown
from engine.people import check_pin
from engine.people import set_pin as keep_pin
from engine.plan import PERIODS, Book, Runbook
from engine.rules import PIN_SET
from engine.run import in_order, new_state
from engine.store import Store, make_folder, open_store
from engine.text import clean
from tui import __version__, machine
from tui.asking import clock_time
from tui.boot import must_carry
from tui.locale import say
from tui.notices import Notices
from tui.plain import Around, RealEvent, Walker
from tui.presence import PLAYER, Presence
from tui.session import link_to_drill
from tui.sheets import sheet_keeper
from tui.terminal import Left, Terminal
from tui.typed import narrow, yes_no
from tui.verbs import seating
from tui.verbs.joining import run_to_join
from tui.verbs.playable import opening_from, read_whole_book, texts_of
from tui.view import Looking

LEFT = 130
"""Exit code when the person leaves before there is a run."""


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
        lambda: machine.moment().mono,
    )


# --- open


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
) -> int:
    """Start a real incident and walk it. Everything that can be wrong is said before anything is asked.

    `another`: also where one of that hazard goes on in that room.
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
            told = _reported(terminal, opening, reported_at, language)
            if told is None:
                return 1
            going_on = None if another else run_to_join(terminal, store, book, runbook, where, language)
        except (Left, KeyboardInterrupt):
            return LEFT
        if going_on is None:
            desk = Desk.open_run(store, told, person.id, surroundings(store))
            terminal.show(_opened_words(desk, language))
            seating.sit_down(desk)
            if drill is not None:
                link_to_drill(store, desk, drill, surroundings(store))
            _walk(_Sitting(terminal, store, language, folder, _options(store_named, book_named)), desk)
            return 0
    return walk(going_on, person.id, plain, store_named, book_named, language)


def _opened_words(desk: Desk, language: str) -> str:
    """What was opened, and in which room."""
    state = desk.state
    room = next((one.title for one in state.graph.site.rooms if one.id == state.room), state.graph.site.title)
    title = clean(state.graph.runbook.title.of(language))
    return say("opened-here", language, runbook=title, room=clean(room.of(language)), run=clean(desk.run_id))


SURE_UNTIL = timedelta(hours=1)
"""A call that came longer ago is asked about: 02:10 typed at 02:05 would be yesterday's."""


def _reported(terminal: Terminal, opening: Opening, reported_at: str | None, language: str) -> Opening | None:
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


# --- walk, home


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
            return LEFT
        seating.sit_down(desk)
        folder = machine.book_folder(book_named)
        sitting = _Sitting(terminal, store, language, folder, _options(store_named, book_named))
        try:
            _walk(sitting, desk, _last_act(entries))
        except RealEvent as stopped:
            drill = str(stopped)
        else:
            return 0
    terminal.mark = ""
    return home(store_named, book_named, lang, desk.actor, drill)


def _last_act(entries: list[Entry]) -> Entry | None:
    """What was done last: that a warning was seen comes with the act behind it."""
    return next((one for one in reversed(entries) if not isinstance(one.event, WarningShown)), None)


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
        runs = {
            one: [(row.run, seating.run_words(store, row, one)) for row in going_on] for one in ("zh", "en")
        }
    if book is None and not going_on:
        raise BookBroken(faults)
    if waiting:
        terminal.show(say("findings-open", language, count=waiting))

    def ask(spoken: str) -> str:
        rows = [(run, f"{say('open-runs', spoken)}  {words}") for run, words in runs[spoken]]
        rows += start_list(book, spoken) if book is not None else []
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


def start_list(book: Book, language: str) -> list[tuple[str, str]]:
    """Every emergency by its title and by what is seen of it, then the patrols, marked as such."""
    emergencies = [
        (one.id, "   ".join(clean(text.of(language)) for text in (one.title, *one.symptoms)))
        for one in book.runbooks
        if one.hazard is not None
    ]
    patrols = [
        (one.id, f"{say('kind-P', language)}  {clean(one.title.of(language))}")
        for one in sorted(book.runbooks, key=how_often)
        if one.patrol not in (None, "part")
    ]
    return emergencies + patrols


def how_often(runbook: Runbook) -> int:
    """Where its period stands among the periods; those without one before all others."""
    return PERIODS.index(runbook.patrol) if runbook.patrol in PERIODS else -1


# --- walking


@dataclass(frozen=True, slots=True)
class _Sitting:
    """Somebody at a terminal, before a store and a plan book."""

    terminal: Terminal
    store: Store
    language: str
    folder: Path
    options: str
    """The options that lead back to this store and book, as they are typed."""


def _options(store_named: str | None, book_named: str | None) -> str:
    named = (("--store", store_named), ("--book", book_named))
    return "".join(f" {option} {shlex.quote(path)}" for option, path in named if path is not None)


def _walk(
    at: _Sitting, desk: Desk, last: Entry | None = None, beside: Callable[[], None] | None = None
) -> None:
    store = at.store
    presence = Presence(Path(store.name))

    def is_here(seated: Desk) -> None:
        if beside is not None:
            beside()
        top = seated if seated.above is None else seated.above
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
        is_here=is_here,
        keep_sheet=sheet_keeper(Path(store.name)),
    )
    Walker(at.terminal, desk, at.language, around).walk()
    at.terminal.mark = ""


def _news(store: Store, folder: Path) -> Callable[[Looking], list[str]]:
    """What is new about the plan, and about who has written in the run, in sentences."""
    notices = Notices(store, folder)

    def news(look: Looking) -> list[str]:
        return [one.words(look.language) for one in notices.of(look.state)]

    return news


# --- people pin


def set_pin(
    person: str, who: str | None, store_named: str | None, book_named: str | None, lang: str | None
) -> int:
    """Set somebody's PIN: typed twice, not shown. Every run that goes on says who has set it."""
    book, _, _ = read_whole_book(book_named)
    language = machine.language(lang, book.site.languages[0])
    known = next((one for one in book.site.people if one.id == person), None)
    if known is None:
        raise Refused("no-such-person", person=person, people=tuple(one.id for one in book.site.people))
    terminal = Terminal()
    with open_the_store(store_named) as store:
        try:
            language, setter = seating.in_either(language, partial(seating.person_of, terminal, book, who))
            first = terminal.ask_hidden(say("need-pin", language, name=clean(known.name)) + " > ")
            again = terminal.ask_hidden(say("pin-again", language) + " > ")
        except (Left, KeyboardInterrupt):
            return LEFT
        if narrow(first) != narrow(again):
            raise Refused("pin-differs")
        # Said first: a PIN of which no run knows when it was set would confirm what was said before it.
        _say_in_every_run(store, person, setter.id)
        keep_pin(store, person, narrow(first), machine.entropy)
    terminal.show(say("pin-kept", language, name=clean(known.name)))
    return 0


def _say_in_every_run(store: Store, person: str, setter: str) -> None:
    """That a PIN is set now stands in every run that goes on; what is simulated is not touched."""
    for row in seating.open_runs(store):
        if row.run[0] not in "DE":
            Desk.resume(store, row.run, setter, surroundings(store)).propose([NoteAdded(person, PIN_SET)])
