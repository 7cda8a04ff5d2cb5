"""What the screens need of plan book and record, without a terminal: what is open, how to start, whose words.

Everything that reads or writes the record is called in the one worker of the app.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from engine.acts import Act
from engine.clocks import timers
from engine.desk import Desk, Opening, Surroundings, opening_of
from engine.desk.opening import kind_of
from engine.errors import MusterError, Refused
from engine.events import NoteAdded
from engine.messages import message_for
from engine.plan import Book, Person
from engine.run import in_order
from engine.state import KeptBack
from engine.store import Store
from engine.text import Text, clean
from tui.asking import Questions
from tui.board import Board, one_line, state_of
from tui.chosen import Choice as Place
from tui.chosen import Chosen, where
from tui.frame.home_glass import KEPT_BACK, Choice
from tui.heart import Heart, stand_of
from tui.locale import WORDS, say
from tui.logbook import Teller, Titles, in_seven_bits, titles_of, with_ids
from tui.machine import program
from tui.notices import Notice, Notices
from tui.presence import PLAYER, Presence
from tui.sheets import KeepSheet
from tui.upkeep import Upkeep, upkeep_of
from tui.verbs.forcing import kept_back
from tui.verbs.joining import going_on
from tui.verbs.seating import sit_down
from tui.view import Looking, last_act

if TYPE_CHECKING:
    from tui.screens.home import Wanted
    from tui.trainer.live import Live


@dataclass(frozen=True, slots=True)
class Sat:
    """A run in front of a person, and what was done last in it before they came."""

    desk: Desk
    last: str = ""
    step: str | None = None
    """The step where they stand, when that is not the one of the plan."""


@dataclass
class Wish:
    """What was asked for on the command line."""

    run: str | None = None
    runbook: str | None = None
    room: str | None = None
    person: str | None = None
    reported_at: datetime | None = None
    another: bool = False
    """Also where one of that hazard goes on in that room."""
    reason: str | None = None
    """Why it is begun, where another run keeps it back."""


@dataclass
class Session:
    """One person's time at the screen."""

    store: Store
    around: Surroundings
    book: Book | None = None
    texts: tuple[tuple[str, bytes], ...] = ()
    fault_count: int = 0
    must_be_sound: Callable[..., None] = lambda *_: None
    """Raises when what a run would rest on has faults."""
    wish: Wish = field(default_factory=Wish)
    sat: Sat | None = None
    """There when the run is open already."""
    pass_time: Callable[[Desk, timedelta | None], None] | None = None
    real: Callable[[], Session] | None = None
    """Only in a rehearsal: the real thing."""
    keep_sheet: KeepSheet | None = None
    options: str = ""
    """The options that lead back to this store and book, as they are typed."""
    languages: tuple[str, ...] = ("zh", "en")
    runs_first: list[Choice] = field(default_factory=list)
    """The open runs when the session began."""
    heart: Heart | None = None
    compiled: Mapping[str, Opening] = field(default_factory=dict)
    """Openings that were compiled already, by runbook."""
    ascii_only: bool = False
    """This terminal shows no more than seven bits."""
    folder: Path | None = None
    """Where the plan book lies."""
    kept: Mapping[str, KeptBack] = field(default_factory=dict)
    """The plans that runs that go on keep back, as of the last look at what is open."""
    _notices: Notices | None = None
    _insisted: tuple[str, str | None] | None = None
    """What was asked for although one of that hazard goes on there; the same again opens another."""
    live: Live | None = None
    """There when this terminal is a trainer's console."""
    farewell: Callable[[str], str] | None = None
    """What is said on the way out, in a language."""
    beside: Callable[[], None] | None = None
    """In the worker, twice a second: what simulated people do beside whoever sits here."""
    stopped: str | None = None
    """The drill that a real event has stopped at this terminal; the run that is opened next names it."""
    presence: Presence = field(default_factory=lambda: Presence(None))
    """Who is at which run just now."""
    chosen: Chosen = field(default_factory=lambda: Chosen(None))
    """Which step somebody has gone to."""

    # --- the watchdog and the sheet

    def watch(self, *, is_headless: bool) -> None:
        """Start the watchdog over a real terminal."""
        if not is_headless and self.heart is None:
            self.heart = Heart(self.languages)

    def is_here(self, desk: Desk) -> None:
        """In the worker: somebody sits at this run."""
        if self.beside is not None:
            self.beside()
        self.presence.beat(desk.top.run_id, PLAYER, desk.actor)

    def trainer_age(self, desk: Desk) -> timedelta | None:
        """In the worker: how long the trainer of a drill has been silent; None when that is not known."""
        return self.presence.trainer_age(desk.top.run_id)

    def stands(self, desk: Desk, language: str, chosen: str | None = None) -> MusterError | None:
        """In the worker: where the run stands, for the sheet and the watchdog; what went wrong with the sheet.

        `chosen` is the step that the person has put in front of them.
        """
        if self.heart is not None:
            back = self.way_back(desk.run_id, desk.actor, language)
            self.heart.stands(stand_of(desk, Path(self.store.name), back, chosen))
        return self.keep_sheet(desk, language) if self.keep_sheet is not None else None

    def way_back(self, run: str, actor: str, language: str) -> str:
        """The command that leads back to a run, as the same person, in the same language."""
        return f"{program()} walk {run} --as {shlex.quote(actor)} --lang {language}{self.options}"

    def notices(self, desk: Desk) -> tuple[Notice, ...]:
        """In the worker: what is new about plan and record, and in the other runs of the incident."""
        if self._notices is None:
            self._notices = Notices(self.store, self.folder)
        return tuple(self._notices.of(desk.state, across=desk.across, beside=desk.beside))

    # --- asking

    def now(self) -> datetime:
        return self.around.now()

    def questions_for(self, look: Looking) -> Questions:
        """Asks for the needs of an act."""

        def propose(act: Act) -> str:
            step = look.state.graph.steps.get(act.step or "")
            if step is None or step.kind != "tell":
                return ""
            with suppress(Refused):
                return message_for(look.state, step, look.now, look.language)
            return ""

        has_pin, keep = lambda person: self.store.pin(person) is not None, self.store.put_blob
        return Questions(look, has_pin, keep, propose, self.store.journal)

    # --- lists

    def site(self) -> Text:
        return one_line(self.book.site.title) if self.book is not None else Text("", "")

    def zone(self) -> str:
        return self.book.site.timezone if self.book is not None else "UTC"

    def person_name(self) -> str:
        known = {one.id: one for one in self.book.site.people} if self.book is not None else {}
        person = known.get(self.wish.person or "")
        return "" if person is None else self.called(person)

    def wanted(self) -> Wanted:
        """What the command line has said already."""
        from tui.screens.home import Wanted

        wish = self.wish
        return Wanted(wish.run, wish.runbook, wish.room, wish.person)

    def wanted_after(self, desk: Desk) -> Wanted:
        """Room and person of the run that is left behind, as far as the plan book knows them: nobody is asked again."""
        from tui.screens.home import Wanted

        site = self.book.site if self.book is not None else None
        rooms = {one.id for one in site.rooms} if site is not None else set()
        people = {one.id for one in site.people} if site is not None else {desk.actor}
        person = self.wish.person or desk.actor
        return Wanted(
            room=desk.state.room if desk.state.room in rooms else None,
            person=person if person in people else None,
        )

    def starts(self) -> list[Choice]:
        """Every emergency, its symptoms beside it; then the patrols, marked as such."""
        from tui.verbs.playable import how_often

        if self.book is None:
            return []
        emergencies = [
            Choice(
                one.id,
                one_line(one.title),
                tuple(one_line(text) for text in one.symptoms),
                kept=_kept_words(self.kept.get(one.id)),
            )
            for one in self.book.runbooks
            if one.hazard is not None
        ]
        patrols = [
            Choice(one.id, one_line(one.title), kind="P")
            for one in sorted(self.book.runbooks, key=how_often)
            if one.patrol not in (None, "part")
        ]
        return emergencies + patrols

    def rooms(self) -> list[Choice]:
        if self.book is None:
            return []
        return [
            Choice(one.id, one_line(one.title), (Text(clean(one.id), clean(one.id)),))
            for one in self.book.site.rooms
        ]

    def people(self, run: str | None) -> list[Choice]:
        """Who may sit here: the people of the run first, then those of the site."""
        known = {one.id: one for one in self.book.site.people} if self.book is not None else {}
        here: list[str] = []
        if run is not None:
            state = state_of(self.store, run)
            if state is not None:
                known = {**{one.id: one for one in state.graph.site.people}, **known}
                here = list(state.people)
        roles = self._roles()
        people = [known[one] for one in here if one in known]
        people += [one for one in known.values() if one.id not in here]
        return [_person(one, roles, self.called(one)) for one in people]

    def called(self, person: Person) -> str:
        """The name of a person; where it cannot be written on this terminal, their id."""
        name = clean(person.name)
        return clean(person.id) if self.ascii_only and not name.isascii() else name

    def _roles(self) -> dict[str, Text]:
        book = self.book
        return {} if book is None else {role: words for one in book.runbooks for role, words in one.roles}

    def open_runs(self, person: str | None = None) -> list[Choice]:
        """The runs that go on: those with something overdue first, by severity, then the oldest; drills last.

        Each stands at the step of `person`, who looks, where they take part in it.
        """
        self.kept = kept_back(self.store, self.book) if self.book is not None else {}
        board = Board(self.store, person or self.wish.person, self.chosen, self.ascii_only)
        return board.open_runs(self.now())

    def upkeep(self) -> Upkeep:
        """In the worker: what patrols owe."""
        return upkeep_of(self.store, self.book, self.now())

    # --- opening

    def begin(self, runbook: str, room: str | None, person: str, reason: str | None = None) -> Sat:
        """Open a new run; everything that can be wrong is said before anything is written.

        `reason`: why it is begun although another run keeps it back.
        """
        book = self.book
        if book is None:
            raise Refused("no-such-runbook", runbook=runbook, runbooks=())
        known = self.compiled.get(runbook)
        opening = opening_of(book, runbook, texts=self.texts) if known is None else self._anew(known)
        self.must_be_sound(opening)
        if person not in {one.id for one in book.site.people}:
            raise Refused("no-such-person", person=person, people=tuple(one.id for one in book.site.people))
        rooms = tuple(one.id for one in book.site.rooms)
        room = room if room is not None else next(iter(rooms), None)
        if room is not None and room not in rooms:
            raise Refused("unknown-room", room=room, rooms=rooms)
        if opening.kind == "R":
            self._once_more_for_another(book, runbook, room)
        opening = self._forced(replace(opening, room=room, reported_at=self.wish.reported_at), reason)
        desk = Desk.open_run(self.store, opening, person, self.around)
        sit_down(desk)
        if self.stopped is not None and desk.state.kind == "R":
            link_to_drill(self.store, desk, self.stopped, self.around)
            self.stopped = None
        return Sat(desk)

    def _once_more_for_another(self, book: Book, runbook: str, room: str | None) -> None:
        """Where one of that hazard goes on in that room, another is opened only by whoever asks for it again."""
        row = going_on(self.store, book, runbook, room)
        if row is None or self.wish.another or self._insisted == (runbook, room):
            return
        self._insisted = (runbook, room)
        raise Refused("goes-on-once-more", run=row.run, room=room or "-")

    def _forced(self, opening: Opening, reason: str | None) -> Opening:
        """What another run keeps back is begun with a reason only; that of the command line is for its runbook."""
        kept = kept_back(self.store, self.book).get(opening.runbook) if self.book is not None else None
        wish = self.wish
        said = reason or (wish.reason if wish.runbook == opening.runbook else None)
        why = clean(said or "").strip()
        if kept is None:
            return opening
        if not why:
            title = opening.graphs[opening.runbook].runbook.title
            raise Refused(KEPT_BACK, runbook=title, title=kept.title, run=kept.run)
        return replace(opening, despite=kept.run, forced=why)

    def _anew(self, known: Opening) -> Opening:
        """The same plan, as a run of its own kind: only what was rehearsed is taken over, never how."""
        kind = kind_of(known.graphs[known.runbook].runbook)
        return replace(known, texts=self.texts, kind=kind, reported_at=None)

    def resume(self, run: str, person: str, language: str) -> Sat:
        """Go back to a run; what it rests on stands in the record."""
        entries = in_order(self.store.entries(run))
        desk = Desk.resume(self.store, run, person, self.around)
        known = desk.state.graph.people
        if person not in known and person not in desk.state.people:
            raise Refused("no-such-person", person=person or "-", people=tuple(known))
        sit_down(desk)
        last = last_act(entries)
        teller = Teller(self.titles_of(desk), language)
        look = Looking(desk.state, desk.now(), language, person, across=desk.across)
        step = where(look, entries, self.chosen)
        said = teller.line(last) if last is not None else ""
        said = with_ids(said, desk.state.people) if self.ascii_only else said
        return Sat(desk, said, step if step != desk.current() else None)

    def titles_of(self, desk: Desk) -> Titles:
        """The words of a run for its log; who cannot be written on this terminal is called by their id."""
        titles = titles_of(desk.state.graph.to_bytes(), desk.state.room)
        return in_seven_bits(titles) if self.ascii_only else titles

    def keep_place(self, desk: Desk, step: str | None) -> None:
        """In the worker: the step somebody has gone to, so that a kill does not lead them elsewhere."""
        choice = None if step is None else Place(step, desk.state.lam, desk.now())
        self.chosen.keep(desk.run_id, desk.actor, choice)

    def go_to(self, run: str, person: str) -> Desk:
        """Another run at this screen."""
        return Desk.resume(self.store, run, person, self.around)


def link_to_drill(store: Store, real: Desk, drill: str, around: Surroundings) -> None:
    """A real run and the drill it has stopped name each other."""
    from drill.exercise.stopping import name_the_real_one

    words = WORDS["real-from-drill"].of(real.state.graph.site.languages[0])
    real.propose([NoteAdded(words.format(run=drill))])
    name_the_real_one(Desk.resume(store, drill, real.actor, around), real.run_id)


def next_due(desk: Desk) -> timedelta:
    """How long it is until something falls due; a minute where nothing does."""
    ahead = [timer.at - desk.now() for timer in timers(desk.state) if timer.at > desk.now()]
    return min(ahead, default=timedelta(minutes=1))


def chosen_person(named: str | None) -> str | None:
    """Who sits here, where it was said: on the command line or in MUSTER_AS."""
    return named or os.environ.get("MUSTER_AS") or None


def _person(person: Person, roles: dict[str, Text], name: str) -> Choice:
    return Choice(
        person.id, Text(name, name), tuple(one_line(roles[one]) for one in person.roles if one in roles)
    )


def _kept_words(kept: KeptBack | None) -> Text | None:
    """Which run keeps a plan back, for its row."""
    if kept is None:
        return None
    title = one_line(kept.title)
    said = [say("home-kept-back", one, title=title.of(one), run=clean(kept.run)) for one in ("zh", "en")]
    return Text(*said)
