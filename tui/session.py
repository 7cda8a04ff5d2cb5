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

from engine.acts import Act, current_step
from engine.clocks import overdue, promises, timers
from engine.desk import Desk, Opening, Surroundings, opening_of
from engine.desk.opening import kind_of
from engine.errors import MusterError, Refused
from engine.events import NoteAdded, RunOpened
from engine.graph import bound, from_bytes
from engine.messages import message_for
from engine.plan import LEVELS, Book, Person
from engine.run import in_order, replay
from engine.state import RunState
from engine.store import RunRow, Store
from engine.text import Text, clean
from tui.asking import Questions
from tui.frame.home import Choice, Due
from tui.heart import Heart, stand_of
from tui.locale import WORDS
from tui.logbook import Teller, titles_of
from tui.machine import program
from tui.notices import Notice, Notices
from tui.presence import PLAYER, Presence
from tui.sheets import KeepSheet
from tui.unannounced import listed
from tui.verbs.joining import going_on
from tui.verbs.seating import sit_down
from tui.view import Looking, last_act

if TYPE_CHECKING:
    from tui.screens.home import Wanted
    from tui.trainer.live import Live

WALKED = ("R", "P", "D")
"""The kinds of runs that people walk: real ones, patrols, drills."""

RUNS_SHOWN = 12
"""So many open runs are worked out for the list; there are seldom more than three."""


@dataclass(frozen=True, slots=True)
class Sat:
    """A run in front of a person, and what was done last in it before they came."""

    desk: Desk
    last: str = ""


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

    # --- the watchdog and the sheet

    def watch(self, *, is_headless: bool) -> None:
        """Start the watchdog over a real terminal."""
        if not is_headless and self.heart is None:
            self.heart = Heart(self.languages)

    def is_here(self, desk: Desk) -> None:
        """In the worker: somebody sits at this run."""
        if self.beside is not None:
            self.beside()
        top = desk
        while top.above is not None:
            top = top.above
        self.presence.beat(top.run_id, PLAYER, desk.actor)

    def trainer_age(self, desk: Desk) -> timedelta | None:
        """In the worker: how long the trainer of a drill has been silent; None when that is not known."""
        top = desk
        while top.above is not None:
            top = top.above
        return self.presence.trainer_age(top.run_id)

    def stands(self, desk: Desk, language: str) -> MusterError | None:
        """In the worker: where the run stands, for the sheet and the watchdog; what went wrong with the sheet."""
        if self.heart is not None:
            self.heart.stands(
                stand_of(desk, Path(self.store.name), self.way_back(desk.run_id, desk.actor, language))
            )
        return self.keep_sheet(desk, language) if self.keep_sheet is not None else None

    def way_back(self, run: str, actor: str, language: str) -> str:
        """The command that leads back to a run, as the same person, in the same language."""
        return f"{program()} walk {run} --as {shlex.quote(actor)} --lang {language}{self.options}"

    def notices(self, desk: Desk) -> tuple[Notice, ...]:
        """In the worker: what is new about plan and record."""
        if self._notices is None:
            self._notices = Notices(self.store, self.folder)
        return tuple(self._notices.of(desk.state))

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
        return _clean(self.book.site.title) if self.book is not None else Text("", "")

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
            Choice(one.id, _clean(one.title), tuple(_clean(text) for text in one.symptoms))
            for one in self.book.runbooks
            if one.hazard is not None
        ]
        patrols = [
            Choice(one.id, _clean(one.title), kind="P")
            for one in sorted(self.book.runbooks, key=how_often)
            if one.patrol not in (None, "part")
        ]
        return emergencies + patrols

    def rooms(self) -> list[Choice]:
        if self.book is None:
            return []
        return [
            Choice(one.id, _clean(one.title), (Text(clean(one.id), clean(one.id)),))
            for one in self.book.site.rooms
        ]

    def people(self, run: str | None) -> list[Choice]:
        """Who may sit here: the people of the run first, then those of the site."""
        known = {one.id: one for one in self.book.site.people} if self.book is not None else {}
        here: list[str] = []
        if run is not None:
            state = self._state_of(run)
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

    def open_runs(self) -> list[Choice]:
        """The runs that go on: those with something overdue first, by severity, then the oldest; drills last."""
        going_on = listed(self.store, self.store.runs(going_on=True))
        rows = [row for row in going_on if row.kind in WALKED]
        runs = [self._run(row) for row in rows[:RUNS_SHOWN]]

        def order(one: Choice) -> tuple[bool, bool, int, datetime]:
            return (
                one.kind not in ("R", "P"),
                not one.late,
                _severity(one.level),
                one.opened_at or self.now(),
            )

        return sorted(runs, key=order)

    def _run(self, row: RunRow) -> Choice:
        state = self._state_of(row.run)
        if state is None:
            title = Text(clean(row.runbook or row.run), clean(row.runbook or row.run))
            return Choice(row.run, title, (), None, row.opened_at, goes_on=True, kind=row.kind)
        book = state.graph.runbook
        here = list(state.people.items())[:3]
        names = " ".join(
            clean(one if self.ascii_only and not name.isascii() else name)[:4] for one, name in here
        )
        late, due = _what_is_due(state, self.now())
        return Choice(
            row.run,
            _clean(book.title),
            tuple(_place(state, self.now())),
            state.level,
            state.opened_at,
            names,
            goes_on=True,
            kind=row.kind,
            late=late,
            due=due,
        )

    def _state_of(self, run: str) -> RunState | None:
        """A run as it stands in the record, without sitting down at it."""
        entries = in_order(self.store.entries(run))
        opened = next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
        kept = self.store.text(opened.graph) if opened is not None else None
        if opened is None or kept is None:
            return None
        return replay(bound(from_bytes(kept), opened.room), run, entries)

    # --- opening

    def begin(self, runbook: str, room: str | None, person: str) -> Sat:
        """Open a new run; everything that can be wrong is said before anything is written."""
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
        opening = replace(opening, room=room, reported_at=self.wish.reported_at)
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
        teller = Teller(titles_of(desk.state.graph.to_bytes(), desk.state.room), language)
        return Sat(desk, teller.line(last) if last is not None else "")

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


def _clean(text: Text) -> Text:
    return Text(*(" ".join(clean(said, lines=True).split("\n")) for said in (text.zh, text.en)))


def _person(person: Person, roles: dict[str, Text], name: str) -> Choice:
    return Choice(
        person.id, Text(name, name), tuple(_clean(roles[one]) for one in person.roles if one in roles)
    )


def _severity(level: str | None) -> int:
    """The gravest first; a run without a level comes last."""
    order = list(reversed(LEVELS))
    return order.index(level) if level in order else len(order)


def _what_is_due(state: RunState, now: datetime) -> tuple[tuple[Due, ...], Due | None]:
    """What is overdue, the longest first; and what falls due next. Promises, and the limits of steps."""
    promised = [
        (_clean(one.promise.title), one.deadline)
        for one in promises(state, now)
        if one.deadline is not None and one.status in ("running", "broken")
    ]
    limits = [
        (_clean(state.graph.steps[one.step].text), one.at) for one in timers(state) if one.kind == "limit"
    ]
    every = sorted([*promised, *limits], key=lambda one: one[1])
    late = tuple((_clean(one.title), one.at) for one in overdue(state, now))
    return late, next((one for one in every if one[1] >= now), None)


def _place(state: RunState, now: datetime) -> list[Text]:
    """Where, and how far."""
    room = next((_clean(one.title) for one in state.graph.site.rooms if one.id == state.room), None)
    step = current_step(state, "", now)
    facts = {"number": state.graph.number.get(step or "", 0), "total": len(state.graph.steps)}
    word = WORDS["home-end" if step is None else "home-place"]
    where = Text(word.zh.format(**facts), word.en.format(**facts))
    return [*([room] if room is not None else []), where]
