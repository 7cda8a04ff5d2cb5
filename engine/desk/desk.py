"""One open run at one terminal: propose → append → apply, in that order and no other.

A refusal changes nothing; the state never shows what the record does not hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Lock
from zoneinfo import ZoneInfo

from engine import graph as graphs
from engine.acts import OPENING, Act, Given, current_step, done_before, events_of, possible
from engine.clocks import DRILL, Alarm, Beside, Instant, due, handed_on, run_now
from engine.desk.across import AcrossRuns
from engine.desk.afresh import NEVER_CONFLICT, is_the_same_act
from engine.desk.around import Record, Surroundings
from engine.desk.elsewhere import Elsewhere
from engine.desk.incident import Incident
from engine.desk.opening import PATROL, Opening, kind_of_child, new_run_id, people_for
from engine.desk.others import Others
from engine.desk.pins import check_pins
from engine.errors import Conflict, RecordTrouble, Refused
from engine.events import (
    Draft,
    Entry,
    Event,
    NoteAdded,
    PersonJoined,
    RoleTaken,
    RunOpened,
    StepDone,
    stamp,
    whole_ms,
)
from engine.plan import Person
from engine.rules import Proposal, check
from engine.rules.drills import the_clock_goes
from engine.rules.runs import must_be_released
from engine.run import apply, in_order, new_state, replay
from engine.state import COMMAND, NOTHING, Child, RunState

TRIES_ON_CONFLICT = 3


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
        self.above: Desk | None = None
        """The drill that opened this run: its clock is this run's, and its cards are for whoever is here."""
        self.incident = Incident(record, state.run_id)
        others = Others(record, self.incident)
        self.elsewhere = Elsewhere(others)
        self._across_runs = AcrossRuns(others)
        self.across = NOTHING
        """What other open runs have to say, as of the last look at them."""
        self.beside: tuple[Beside, ...] = ()
        """What presses in the other runs of the incident, as of the last look at them."""
        self.lock = Lock()
        """Held while the state changes; who reads it in another thread takes it too."""
        self._in_doubt: dict[tuple[tuple[Event, ...], datetime | None], str] = {}
        """Acts of which nobody knows whether they were recorded, each by the number it was written under."""

    # --- beginning

    @classmethod
    def open_run(cls, record: Record, opening: Opening, actor: str, around: Surroundings) -> Desk:
        """Open a new run: pin every text it rests on, then write its first entry."""
        now = whole_ms(around.now())
        graph = opening.graphs[opening.runbook]
        zone = ZoneInfo(graph.site.timezone)
        run_id = opening.run_id or new_run_id(opening.kind, now.astimezone(zone), around.entropy)
        desk = cls._begin(record, opening, run_id, actor, around)
        desk.look_across()
        return desk

    @classmethod
    def _begin(
        cls,
        record: Record,
        opening: Opening,
        run_id: str,
        actor: str,
        around: Surroundings,
        beside: Iterable[Event] = (),
    ) -> Desk:
        """The first entry of a run, and with it all or none of what stands beside it."""
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
            since=opening.since,
            sealed=opening.sealed,
            despite=opening.despite,
            forced=opening.forced,
        )
        state = new_state(graphs.bound(graph, opening.room), run_id)
        desk = cls(record, state, 0, actor, around)
        pinned = [content for _, content in opening.texts] + [
            one.to_bytes() for one in opening.graphs.values()
        ]
        desk.propose([opened, *beside], at=opening.reported_at or now, texts=pinned)
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
        above = None
        if run_id[0] == DRILL and opened.parent is not None:
            above = cls.resume(record, opened.parent, actor, around)
            around = replace(around, now=above.now)
        desk = cls(record, replay(graph, run_id, entries), max(one.pos for one in entries), actor, around)
        desk.above = above
        # A child that cannot be opened (its plan is not here) keeps nobody from this run.
        with suppress(Refused):
            desk._open_promised_children()
        desk.look_across()
        return desk

    # --- looking

    @property
    def run_id(self) -> str:
        return self.state.run_id

    @property
    def top(self) -> Desk:
        """The drill at the top of this run, however far down it stands; in any other run this one itself."""
        desk = self
        while desk.above is not None:
            desk = desk.above
        return desk

    def now(self) -> datetime:
        """The run's time."""
        return run_now(self.state, Instant(self._around.now(), self._around.mono()))

    def wall(self) -> datetime:
        """What the clock on the wall says, whatever the run goes by."""
        return self._around.now()

    def possible(self, now: datetime | None = None, standing: Sequence[Alarm] | None = None) -> list[Act]:
        """Every act that is allowed now; and what may only be recorded with an earlier time (`Act.earlier`).

        `standing` are the alarms of `now`, where they are known.
        """
        now = now or self.now()
        ended = self.incident.nothing_to_wait_for(self.state)
        acts = possible(self.state, now, ended, standing, self.across, self.actor)
        acts += done_before(self.state, now)
        hidden = {one.alarm for one in self.state.cards if not self.state.is_for(one, self.actor)}
        return [act for act in acts if act.verb != "ack" or act.step not in hidden] if hidden else acts

    def endings(self) -> dict[str, str]:
        """How the runs that this one opened have ended, of those that have."""
        return self.incident.endings(self.state)

    def current(self) -> str | None:
        """The step in front of whoever sits here."""
        return current_step(self.state, self.actor, self.now(), self.across)

    def look_across(self) -> None:
        """Look at the runs that go on beside this one."""
        self.across = self._across_runs.look(self.state, self.now())

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
        signer = given if given.person else replace(given, person=self.actor)
        check_pins(self._around, self.state, act, signer, pin, second_pin)
        if act.verb in OPENING and given.child is None:
            return self._open_child(act, given, at)

        def made() -> Iterable[Event]:
            return events_of(self.state, act, given, self.actor, whole_ms(at) if at else self.now())

        try:
            return self.propose_made(made, at=at)
        except Refused as refused:
            if refused.id == "wrong-tag":
                self._note_mismatch(act, refused)
            raise

    def _note_mismatch(self, act: Act, refused: Refused) -> None:
        """A wrong tag is a fact worth keeping: somebody stands at the wrong valve."""
        text = f"{refused.facts.get('typed')} ≠ {refused.facts.get('tag')}"
        self.propose([NoteAdded(text, "mismatch", act.step)])

    def propose(
        self, events: Iterable[Event], *, at: datetime | None = None, texts: Iterable[bytes] = ()
    ) -> list[Entry]:
        """Check, write, then apply. `at` is for a fact written down late; `texts` are kept beside it."""
        batch = tuple(events)
        return self.propose_made(lambda: batch, at=at, texts=texts)

    def propose_made(
        self,
        make: Callable[[], Iterable[Event]],
        *,
        at: datetime | None = None,
        texts: Iterable[bytes] = (),
    ) -> list[Entry]:
        """The same of events that say how the run stands: where somebody was faster they are made afresh.

        After a RecordTrouble the same act may stand in the record or not; tried again it has the same
        number, by which the record gives back what it holds instead of writing it twice.
        """
        batch = tuple(make())
        cmd = self._in_doubt.get((batch, at)) or self._around.entropy(16).hex()
        for _ in range(TRIES_ON_CONFLICT):
            try:
                return self._write(batch, at, cmd, texts)
            except Conflict as conflict:
                # Somebody was faster: look at what they did, and see whether it may still happen.
                came_first = conflict
                self.refresh()
                again = tuple(make())
                batch = again if is_the_same_act(batch, again) else batch
            except RecordTrouble:
                self._in_doubt[batch, at] = cmd
                raise
        raise came_first

    def _write(
        self, batch: tuple[Event, ...], at: datetime | None, cmd: str, texts: Iterable[bytes]
    ) -> list[Entry]:
        self._clock_above_goes(batch)
        now = self.now()
        when = whole_ms(at) if at is not None else now
        check(self.state, Proposal(batch, self.actor, self.record.journal, when, now))
        self.elsewhere.nobody_is_called_out(self.state, batch, when)
        self._across_runs.nothing_against(self.state, batch, when, now)
        drafts = [
            Draft(self.run_id, event, when, self.actor, self.state.lam + number, self.state.tips)
            for number, event in enumerate(batch, start=1)
        ]
        beside = all(isinstance(event, NEVER_CONFLICT) for event in batch)
        entries = self.record.append(drafts, seen=None if beside else self._pos, cmd=cmd, texts=texts)
        self._take_in(entries, ours=True)
        return entries

    def _clock_above_goes(self, batch: tuple[Event, ...]) -> None:
        """A run that a drill has opened stands still with it, also when it froze a moment before."""
        above = self.above
        if above is not None:
            above.refresh()
        while above is not None:
            for event in batch:
                the_clock_goes(above.state, event)
            above = above.above

    def _take_in(self, entries: Sequence[Entry], ours: bool = False) -> bool:
        """Apply entries; replay from the start when one of them belongs into the past."""
        if ours and entries and entries[0].pos > self._pos + 1 and self._pos:
            # Between what we knew and what we wrote others may have written: take all in, in order.
            entries = self.record.entries(self.run_id, self._pos)
        if not entries:
            return False
        self._no_longer_in_doubt({entry.cmd for entry in entries})
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

    def _no_longer_in_doubt(self, recorded: Collection[str | None]) -> None:
        """What came back from the record stands there; said once more it is another act."""
        if self._in_doubt:
            left = {act: cmd for act, cmd in self._in_doubt.items() if cmd not in recorded}
            self._in_doubt = left

    def _start_again(self) -> None:
        everything = self.record.entries(self.run_id)
        state = replay(self.state.graph, self.run_id, everything)
        with self.lock:
            self.state = state
        self._pos = max(one.pos for one in everything)

    def refresh(self) -> Arrival | None:
        """Take in what other terminals wrote; None when there was nothing."""
        if self.above is not None:
            self.above.refresh()
        entries = self.record.entries(self.run_id, self._pos)
        if not entries:
            return None
        journals = tuple(sorted({one.journal for one in entries}))
        return Arrival(len(entries), journals, self._take_in(entries))

    def look_beside(self) -> tuple[Beside, ...]:
        """Read on in the other runs of the incident; what presses there now."""
        self.beside = self.elsewhere.pressing(self.state, self.now())
        return self.beside

    # --- what time and other runs bring about

    def settle(self) -> list[Entry]:
        """Write down what the clock, a reading or a finished child has brought about, each at its moment.

        What may not happen by itself (a value is missing, a warning unread) is left for a person; where
        others write faster than this terminal, what is due is still due at the next look.
        """
        written: list[Entry] = []
        left: set[Event] = set()
        while True:
            fact = next((one for one in due(self.state, self.now()) if one.event not in left), None)
            if fact is None:
                written += self._settle_children()
                self.look_across()
                return written
            try:
                written += self.propose([fact.event], at=max(fact.at, self.state.opened_at or fact.at))
            except (Refused, Conflict):
                left.add(fact.event)

    def _settle_children(self) -> list[Entry]:
        written = []
        ended = self.incident.nothing_to_wait_for(self.state)
        for name in [*self.state.open_steps(), *self.state.deferred_steps()]:
            one = self.state.steps[name]
            if one.step.kind != "run" or one.child not in ended:
                continue
            if one.step.cls == "safety" or one.unclear or one.asks_whether:
                continue  # a person must say how this stands
            if one.status in (None, "deferred"):
                # What the step asks for beside (a value, a warning to be read) is left for a person.
                with suppress(Refused, Conflict):
                    written += self.propose([StepDone(name, by="clock", basis="sensed")])
        return written

    def open_children(self) -> list[Child]:
        """The runs that this one has opened or joined, and that go on."""
        return [child for child in self.state.children.values() if not self.incident.has_ended(child.run)]

    # --- other runs

    def _open_child(self, act: Act, given: Given, at: datetime | None) -> list[Entry]:
        """Intent first: the parent names the child's id, then the child is opened under it."""
        state = self.state
        runbook = (
            state.graph.watches[act.step].run
            if act.step in state.watches
            else state.steps[act.step or ""].step.target
        )
        runbook, joined = self._same_hazard(runbook or "")
        today = self.now().astimezone(ZoneInfo(state.graph.site.timezone))
        child = joined or new_run_id(self._kind_for(runbook), today, self._around.entropy)
        said = replace(given, child=child, answer="joined" if joined else "child", target=runbook)
        moment = whole_ms(at) if at is not None else self.now()
        entries = self.propose(events_of(state, act, said, self.actor, moment), at=at)
        self._open_promised_children(at)
        return entries

    def _kind_for(self, runbook: str) -> str:
        """The letter of a child; only a patrol asks what its child is."""
        kind = self.run_id[0]
        graphs_ = self.incident.graphs_for(runbook, self.state) if kind == PATROL else {}
        return kind_of_child(kind, graphs_[runbook].runbook) if kind == PATROL else kind

    def _same_hazard(self, runbook: str) -> tuple[str, str | None]:
        """A runbook and a run of its hazard that is open in this incident: it is joined, not opened twice.

        None when there is none: then the runbook is one that may be opened. A procedure (it has no hazard)
        is a part of whoever runs it, and each has its own.
        """
        wanted = self.incident.graphs_for(runbook, self.state)[runbook].runbook
        found = None if wanted.hazard is None else self.incident.open_run_of(wanted.hazard, self.state)
        if found is not None:
            run_id, opened = found
            return opened.runbook, run_id
        must_be_released(self.state, wanted)
        return runbook, None

    def _open_promised_children(self, at: datetime | None = None) -> None:
        """Open every child that this run has named and that has no entry yet (also after a crash).

        `at`: when it was begun, if that is written down late; what was done in it since can then be entered.
        """
        for child in self.state.children.values():
            if child.link != "child" or self.incident.run(child.run).pos:
                continue
            needed = self.incident.graphs_for(child.runbook, self.state)
            since = tuple((name, stamp(at)) for name, at in handed_on(self.state, self.now()))
            opening = Opening(
                child.runbook,
                needed,
                (),
                room=self.state.room,
                reported_at=at,
                kind=child.run[0],
                parent=self.run_id,
                since=since,
            )
            people = people_for(self.state, needed[child.runbook].runbook)
            Desk._begin(self.record, opening, child.run, self.actor, self.around_child, people)

    @property
    def around_child(self) -> Surroundings:
        """What a run is given that this one opened: a drill's goes by the drill's clock."""
        return replace(self._around, now=self.now) if self.state.kind == DRILL else self._around

    # --- people

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
