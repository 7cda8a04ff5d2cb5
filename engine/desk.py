"""One open run at one terminal: propose → append → apply, in that order and no other.

A refusal changes nothing; the state never shows what the record does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from typing import Protocol
from zoneinfo import ZoneInfo

from engine import graph as graphs
from engine.acts import Act, Given, current_step, events_of, possible
from engine.clocks import due
from engine.errors import BookBroken, Conflict, Fault, Refused
from engine.events import (
    Acknowledged,
    ChildOpened,
    ContactTried,
    Draft,
    Entry,
    Event,
    EvidenceAttached,
    ItemTicked,
    NoteAdded,
    PersonJoined,
    ReadingTaken,
    ReportIssued,
    RoleTaken,
    RunEnded,
    RunOpened,
    StepDone,
    Told,
    WarningShown,
    whole_ms,
)
from engine.graph import StepGraph
from engine.plan import Book, Person, Runbook
from engine.rules import Proposal, check
from engine.run import apply, in_order, new_state, replay
from engine.state import COMMAND, Child, RunState

NEVER_CONFLICT = (
    Acknowledged,
    ContactTried,
    EvidenceAttached,
    ItemTicked,
    NoteAdded,
    ReadingTaken,
    ReportIssued,
    Told,
    WarningShown,
)
"""Facts that stand beside whatever others wrote meanwhile."""

TRIES_ON_CONFLICT = 3

PATROL = "P"
"""The letter of a patrol."""

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""What a run id is made of: no I, L, O, U, 0, 1, so that it can be said over the telephone."""


class Record(Protocol):
    """What a desk needs of a store."""

    @property
    def journal(self) -> str: ...
    def append(
        self, drafts: Sequence[Draft], *, seen: int | None, cmd: str | None, texts: Iterable[bytes] = ()
    ) -> list[Entry]: ...
    def entries(self, run: str | None, since_pos: int = 0) -> list[Entry]: ...
    def text(self, digest: str) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Time, chance and identity, as they come in by the front door."""

    now: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    check_pin: Callable[[str, str | None], None]
    """Refuses when the PIN is not that person's."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a run is opened with."""

    runbook: str
    graphs: dict[str, StepGraph]
    """The compiled graph of the runbook and of every one it can open."""
    texts: tuple[tuple[str, bytes], ...]
    """Name and content of every file they were made from."""
    room: str | None = None
    reported_at: datetime | None = None
    kind: str = "R"
    parent: str | None = None


def opening_of(
    book: Book,
    runbook_id: str,
    *,
    texts: tuple[tuple[str, bytes], ...] = (),
    room: str | None = None,
    reported_at: datetime | None = None,
    kind: str | None = None,
) -> Opening:
    """What a run of that runbook is opened with; BookBroken when it or one it can open is unsound.

    `kind`: of the run; None: a patrol where the runbook is one, else real.
    """
    graphs_: dict[str, StepGraph] = {}
    faults: list[Fault] = []
    todo = [runbook_id]
    while todo:
        name = todo.pop()
        runbook = book.runbook(name)
        if runbook is None:
            raise Refused("no-such-runbook", runbook=name, runbooks=tuple(one.id for one in book.runbooks))
        graph, found = graphs.compile_graph(runbook, book.site, book.promises)
        faults += found
        if graph is None:
            continue
        graphs_[name] = graph
        todo += [one for one in opens(runbook) if one not in graphs_ and one not in todo]
    if faults:
        raise BookBroken(faults)
    return Opening(
        runbook_id, graphs_, texts, room, reported_at, kind or kind_of(graphs_[runbook_id].runbook)
    )


def kind_of(runbook: Runbook) -> str:
    """The letter of the runs of a runbook: a patrol's are never counted among the real ones."""
    return PATROL if runbook.patrol is not None else "R"


def kind_of_child(parent: str, runbook: Runbook) -> str:
    """A run is of the kind of the one that opened it; but a hazard that a patrol has found is real."""
    return "R" if parent == PATROL and runbook.hazard is not None else parent


def opens(runbook: Runbook) -> list[str]:
    """The runbooks that a runbook can open by a step or a watch."""
    by_step = [step.target for step in runbook.steps if step.kind == "run" and step.target is not None]
    return by_step + [watch.run for watch in runbook.watches if watch.run is not None]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Entries of others came in: how many, from which journals, and whether the order changed the past."""

    count: int
    journals: tuple[str, ...]
    replayed: bool


class Desk:
    """One open run at one terminal."""

    def __init__(self, record: Record, state: RunState, pos: int, actor: str, around: Surroundings) -> None:
        self.record = record
        self.state = state
        self.actor = actor
        self._pos = pos
        self._around = around
        self._ended: set[str] = set()
        """Other runs that were seen to have ended."""
        self._looked_at: dict[str, int] = {}
        """How far other runs were read."""
        self.lock = Lock()
        """Held while the state changes; who reads it in another thread takes it too."""

    # --- beginning

    @classmethod
    def open_run(cls, record: Record, opening: Opening, actor: str, around: Surroundings) -> Desk:
        """Open a new run: pin every text it rests on, then write its first entry."""
        now = whole_ms(around.now())
        graph = opening.graphs[opening.runbook]
        run_id = new_run_id(opening.kind, now.astimezone(ZoneInfo(graph.site.timezone)), around.entropy)
        return cls._begin(record, opening, run_id, actor, around)

    @classmethod
    def _begin(cls, record: Record, opening: Opening, run_id: str, actor: str, around: Surroundings) -> Desk:
        now = whole_ms(around.now())
        graph = opening.graphs[opening.runbook]
        texts = tuple((name, sha256(content).hexdigest()) for name, content in opening.texts)
        kept = {name: one.digest for name, one in opening.graphs.items()}
        opened = RunOpened(
            opening.runbook,
            graph.runbook.revision,
            kept.pop(opening.runbook),
            texts,
            tuple(sorted(kept.items())),
            opening.room,
            opening.parent,
        )
        state = new_state(graphs.bound(graph, opening.room), run_id)
        desk = cls(record, state, 0, actor, around)
        pinned = [content for _, content in opening.texts] + [
            one.to_bytes() for one in opening.graphs.values()
        ]
        desk.propose([opened], at=opening.reported_at or now, texts=pinned)
        return desk

    @classmethod
    def resume(cls, record: Record, run_id: str, actor: str, around: Surroundings) -> Desk:
        """Take up a run where the record left it. The YAML it was made from is not needed."""
        entries = in_order(record.entries(run_id))
        opened = next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
        if opened is None:
            raise Refused("unknown-run", run=run_id)
        kept = record.text(opened.graph)
        if kept is None:
            raise Refused("graph-missing", run=run_id)
        graph = graphs.bound(graphs.from_bytes(kept), opened.room)
        desk = cls(record, replay(graph, run_id, entries), max(one.pos for one in entries), actor, around)
        desk._open_promised_children()
        return desk

    # --- looking

    @property
    def run_id(self) -> str:
        return self.state.run_id

    def now(self) -> datetime:
        """The run's time."""
        return whole_ms(self._around.now())

    def possible(self) -> list[Act]:
        """Every act that is allowed now."""
        return possible(self.state, self.now())

    def current(self) -> str | None:
        """The step in front of whoever sits here."""
        return current_step(self.state, self.actor, self.now())

    # --- acting

    def do(
        self,
        act: Act,
        given: Given | None = None,
        *,
        at: datetime | None = None,
        pin: str | None = None,
        second_pin: str | None = None,
    ) -> list[Entry]:
        """Do one of the acts that are possible.

        `at` is for what happened earlier; `pin` is of whoever signs by PIN, `second_pin` of the other one
        where two sign.
        """
        given = given or Given()
        self._check_pins(act, given, pin, second_pin)
        if act.verb == "open-child" and given.child is None:
            return self._open_child(act, given)
        events = events_of(self.state, act, given, self.actor, whole_ms(at) if at else self.now())
        try:
            return self.propose(events, at=at)
        except Refused as refused:
            if refused.id == "wrong-tag":
                self._note_mismatch(act, refused)
            raise

    def _check_pins(self, act: Act, given: Given, pin: str | None, second_pin: str | None) -> None:
        if given.strength == "pin":
            self._around.check_pin(self._signer(act, given), pin)
        if given.second_strength == "pin":
            second = given.owner if act.verb == "handover" else given.second
            self._around.check_pin(second or "", second_pin if second_pin is not None else pin)

    def _signer(self, act: Act, given: Given) -> str:
        """Whose PIN it must be: a voice is confirmed by whoever it was, and by nobody else."""
        if act.verb == "confirm-voice" and act.step in self.state.steps:
            signs = self.state.steps[act.step].signatures
            return next((sign.person for sign in signs if sign.hash == given.target), "")
        return given.person or self.actor

    def _note_mismatch(self, act: Act, refused: Refused) -> None:
        """A wrong tag is a fact worth keeping: somebody stands at the wrong valve."""
        text = f"{refused.facts.get('typed')} ≠ {refused.facts.get('tag')}"
        self.propose([NoteAdded(text, "mismatch", act.step)])

    def propose(
        self, events: Iterable[Event], *, at: datetime | None = None, texts: Iterable[bytes] = ()
    ) -> list[Entry]:
        """Check, write, then apply. `at` is for a fact written down late; `texts` are kept beside it."""
        batch = tuple(events)
        cmd = self._around.entropy(16).hex()
        for _ in range(TRIES_ON_CONFLICT):
            try:
                return self._write(batch, at, cmd, texts)
            except Conflict as conflict:
                # Somebody was faster: look at what they did, and see whether it may still happen.
                came_first = conflict
                self.refresh()
        raise came_first

    def _write(
        self, batch: tuple[Event, ...], at: datetime | None, cmd: str, texts: Iterable[bytes]
    ) -> list[Entry]:
        now = self.now()
        when = whole_ms(at) if at is not None else now
        check(self.state, Proposal(batch, self.actor, self.record.journal, when, now))
        drafts = [
            Draft(self.run_id, event, when, self.actor, self.state.lam + number, self.state.tips)
            for number, event in enumerate(batch, start=1)
        ]
        beside = all(isinstance(event, NEVER_CONFLICT) for event in batch)
        entries = self.record.append(drafts, seen=None if beside else self._pos, cmd=cmd, texts=texts)
        self._take_in(entries, ours=True)
        return entries

    def _take_in(self, entries: Sequence[Entry], ours: bool = False) -> bool:
        """Apply entries; replay from the start when one of them belongs into the past."""
        if ours and entries and entries[0].pos > self._pos + 1 and self._pos:
            # Between what we knew and what we wrote others may have written: take all in, in order.
            entries = self.record.entries(self.run_id, self._pos)
        if not entries:
            return False
        last = self.state.last_order
        late = last is not None and any(one.order < last for one in entries)
        if late:
            self._start_again()
            return True
        with self.lock:
            for entry in in_order(entries):
                apply(self.state, entry)
        self._pos = max(self._pos, *(one.pos for one in entries))
        return False

    def _start_again(self) -> None:
        everything = self.record.entries(self.run_id)
        self.state = replay(self.state.graph, self.run_id, everything)
        self._pos = max(one.pos for one in everything)

    def refresh(self) -> Arrival | None:
        """Take in what other terminals wrote; None when there was nothing."""
        entries = self.record.entries(self.run_id, self._pos)
        if not entries:
            return None
        journals = tuple(sorted({one.journal for one in entries}))
        return Arrival(len(entries), journals, self._take_in(entries))

    # --- what time and other runs bring about

    def settle(self) -> list[Entry]:
        """Write down what the clock, a reading or a finished child has brought about, each at its moment.

        What may not happen by itself (a value is missing, a warning unread) is left for a person.
        """
        written: list[Entry] = []
        refused: set[Event] = set()
        while True:
            fact = next((one for one in due(self.state, self.now()) if one.event not in refused), None)
            if fact is None:
                return written + self._settle_children()
            try:
                written += self.propose([fact.event], at=max(fact.at, self.state.opened_at or fact.at))
            except Refused:
                refused.add(fact.event)

    def _settle_children(self) -> list[Entry]:
        written = []
        for name in self.state.open_steps():
            one = self.state.steps[name]
            if one.unclear or one.asks_whether or one.status is not None:
                continue  # a person has said, or must say, how this stands
            if one.step.kind == "run" and one.child is not None and self._has_ended(one.child):
                # What the step asks for beside (a value, a warning to be read) is left for a person.
                with suppress(Refused):
                    written += self.propose([StepDone(name, by="clock", basis="sensed")])
        return written

    def _has_ended(self, run_id: str) -> bool:
        """Whether another run has ended; of its entries only those are read that came since the last look."""
        if run_id not in self._ended:
            entries = self.record.entries(run_id, self._looked_at.get(run_id, 0))
            self._looked_at[run_id] = max(
                [entry.pos for entry in entries], default=self._looked_at.get(run_id, 0)
            )
            if any(isinstance(entry.event, RunEnded) for entry in entries):
                self._ended.add(run_id)
        return run_id in self._ended

    def open_children(self) -> list[Child]:
        """The runs that this one has opened or joined, and that go on."""
        return [child for child in self.state.children.values() if not self._has_ended(child.run)]

    # --- other runs

    def _open_child(self, act: Act, given: Given) -> list[Entry]:
        """Intent first: the parent names the child's id, then the child is opened under it."""
        state = self.state
        runbook = (
            state.graph.watches[act.step].run
            if act.step in state.watches
            else state.steps[act.step or ""].step.target
        )
        joined = self._already_open(runbook or "")
        today = self.now().astimezone(ZoneInfo(state.graph.site.timezone))
        child = joined or new_run_id(self._kind_for(runbook or ""), today, self._around.entropy)
        said = replace(given, child=child, answer="joined" if joined else "child")
        entries = self.propose(events_of(state, act, said, self.actor, self.now()))
        self._open_promised_children()
        return entries

    def _kind_for(self, runbook: str) -> str:
        """The letter of a child; only a patrol asks what its child is."""
        kind = self.run_id[0]
        return kind if kind != PATROL else kind_of_child(kind, self._needed_by(runbook)[runbook].runbook)

    def _already_open(self, runbook: str) -> str | None:
        """A run of the same runbook that is open in this incident: it is joined, not opened twice."""
        for run_id, of_runbook in self._incident():
            if of_runbook == runbook and not self._has_ended(run_id):
                return run_id
        return None

    def _incident(self) -> list[tuple[str, str]]:
        """Every run of this incident, from its root, with its runbook."""
        root = self.run_id
        seen: dict[str, str] = {}
        while True:
            opened = _opened(self.record.entries(root))
            if opened is None or opened.parent is None or opened.parent in seen:
                break
            seen[root] = opened.runbook
            root = opened.parent
        todo = [root]
        while todo:
            run_id = todo.pop()
            entries = self.record.entries(run_id)
            opened = _opened(entries)
            if opened is not None:
                seen[run_id] = opened.runbook
            todo += [
                one.event.child
                for one in entries
                if isinstance(one.event, ChildOpened) and one.event.child not in seen
            ]
        return list(seen.items())

    def _open_promised_children(self) -> None:
        """Open every child that this run has named and that has no entry yet (also after a crash)."""
        for child in self.state.children.values():
            if child.link != "child" or self.record.entries(child.run):
                continue
            needed = self._needed_by(child.runbook)
            opening = Opening(child.runbook, needed, (), self.state.room, None, child.run[0], self.run_id)
            desk = Desk._begin(self.record, opening, child.run, self.actor, self._around)
            desk.bring_people(self.state)

    def _needed_by(self, runbook: str) -> dict[str, StepGraph]:
        """The compiled graph of a child and of everything this run can open, as pinned here."""
        kept = {}
        for name, digest in self.state.uses.items():
            content = self.record.text(digest)
            if content is None:
                raise Refused("graph-missing", run=name)
            kept[name] = graphs.from_bytes(content)
        own = self.state.graph.runbook.id
        opened = _opened(self.record.entries(self.run_id))
        content = self.record.text(opened.graph) if opened is not None else None
        if content is not None:
            kept[own] = graphs.from_bytes(content)
        if runbook not in kept:
            raise Refused("unknown-runbook", runbook=runbook)
        return kept

    # --- people

    def bring_people(self, of: RunState) -> None:
        """The people and roles of another run act in this one too, as far as it has their roles."""
        known = dict(self.state.graph.runbook.roles)
        events: list[Event] = [PersonJoined(person, name) for person, name in of.people.items()]
        events += [
            RoleTaken(role, holder)
            for role in of.roles
            if role in known
            for holder in of.holders(role)[: 1 if role == COMMAND else None]
        ]
        if events:
            self.propose(events)

    def join(self, person: Person, roles: Iterable[str]) -> None:
        """Somebody sits down here: they join, and take the roles they hold on the site where nobody does."""
        state = self.state
        events: list[Event] = [] if person.id in state.people else [PersonJoined(person.id, person.name)]
        known = dict(state.graph.runbook.roles)
        for role in roles:
            taken = role == COMMAND and bool(state.commanders)
            if role in known and not taken and not state.holds(person.id, role):
                events.append(RoleTaken(role, person.id))
        if events:
            self.propose(events)


def _opened(entries: Iterable[Entry]) -> RunOpened | None:
    return next((one.event for one in entries if isinstance(one.event, RunOpened)), None)


def new_run_id(kind: str, day: datetime, entropy: Callable[[int], bytes]) -> str:
    """A run id that can be said over the telephone and made offline: ``R-20261122-K7QM``."""
    letters = ""
    while len(letters) < 4:
        for byte in entropy(8):
            # Bytes beyond the last whole multiple would favour the first letters.
            if byte < 256 // len(LETTERS) * len(LETTERS) and len(letters) < 4:
                letters += LETTERS[byte % len(LETTERS)]
    return f"{kind}-{day:%Y%m%d}-{letters}"
