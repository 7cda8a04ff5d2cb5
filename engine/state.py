"""What is known of a run: everything that was said, and what it comes to. Changed only by `run.apply`.

A statement is kept in every version that no later author had seen (`heads`). One head, or several that
say the same, is a fact; several that differ are contradicted until somebody who saw them speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Generic, TypeVar

from engine.events import Entry
from engine.graph import StepGraph
from engine.plan import LEVELS, Step
from engine.road import Place, Road

V = TypeVar("V")

COMMAND = "IC"
"""The one role that only one person holds at a time, and whose holder is never one of two operators."""

BAD_ANSWERS = frozenset({"unmet", "refused", "nobody"})
"""Answers that say the act did not succeed: the step is finished, but its marks do not stand."""

SAFE_ORDER = ("done", "skipped", "deferred", "overridden", "reopened", "failed")
"""Of contradicting statements about a step, the later in this row holds meanwhile."""


@dataclass(frozen=True, slots=True)
class Said(Generic[V]):
    """A value somebody stated, and where in the record."""

    value: V
    hash: str
    strand: int
    jseq: int
    at: datetime
    recorded_at: datetime
    by: str
    basis: str


class Causes:
    """Who had seen what: for each entry, how far along each device's strand its author had read.

    A strand is one device's entries of this run in order; a copied device that went on makes a second.
    """

    def __init__(self) -> None:
        self._seen: dict[str, dict[int, int]] = {}
        self._strands: list[tuple[str, int]] = []
        """Journal and last jseq of each strand."""
        self._of_journal: dict[str, list[int]] = {}

    def place(self, entry: Entry) -> tuple[int, dict[int, int]]:
        """The strand of a new entry and everything its author had seen, the entry itself included."""
        parents = [self._seen[one] for one in entry.after if one in self._seen]
        if len(parents) == 1 and len(parents[0]) == 1 and len(self._strands) == 1:
            seen = dict(parents[0])
        else:
            seen = {}
            for parent in parents:
                for strand, jseq in parent.items():
                    if jseq > seen.get(strand, 0):
                        seen[strand] = jseq
        strand = self._strand_of(entry, seen)
        seen[strand] = entry.jseq
        self._strands[strand] = (entry.journal, entry.jseq)
        self._seen[entry.hash] = seen
        return strand, seen

    def _strand_of(self, entry: Entry, seen: dict[int, int]) -> int:
        for strand in self._of_journal.get(entry.journal, []):
            if seen.get(strand) == self._strands[strand][1]:
                return strand
        self._strands.append((entry.journal, entry.jseq))
        strand = len(self._strands) - 1
        self._of_journal.setdefault(entry.journal, []).append(strand)
        return strand


def heard(heads: tuple[Said[V], ...], new: Said[V], seen: dict[int, int]) -> tuple[Said[V], ...]:
    """The heads after `new`: what its author had seen is superseded, the rest stands beside it."""
    if len(heads) == 1 and seen.get(heads[0].strand, 0) >= heads[0].jseq:
        return (new,)
    return (*(one for one in heads if seen.get(one.strand, 0) < one.jseq), new)


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said of a step."""

    kind: str
    """done, failed, skipped, deferred, overridden or reopened."""
    answer: str | None = None
    reason: str | None = field(default=None, compare=False)
    deviation: str | None = field(default=None, compare=False)
    alone: bool = field(default=False, compare=False)
    mark_at: datetime | None = field(default=None, compare=False)
    until: str | None = field(default=None, compare=False)
    owner: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's name under a step."""

    person: str
    role: str
    purpose: str
    strength: str
    hash: str
    at: datetime
    acting_for: str | None = None
    channel: str | None = None
    confirmed: bool = True
    """A voice stands unconfirmed until its owner confirms it."""


@dataclass(frozen=True, slots=True)
class Value:
    """A reading as it was taken."""

    text: str
    unit: str | None
    source: str | None
    number: Decimal | None = field(compare=False, default=None)
    reason: str | None = field(compare=False, default=None)


@dataclass(frozen=True, slots=True)
class Try:
    """One try to reach somebody."""

    person: str
    role: str
    channel: str
    outcome: str
    at: datetime
    step: str | None


@dataclass(frozen=True, slots=True)
class Round:
    """One visit of a repeated step."""

    number: int
    at: datetime
    by: str


@dataclass(slots=True)
class StepState:
    """What is known of one step in this run, in its present visit."""

    step: Step
    visit: int = 1
    opened_at: datetime | None = None
    passed: bool = False
    """Its `only_when` was false when it opened."""
    asks_whether: bool = False
    """Its `only_when` was UNKNOWN when it opened: a person says do or pass."""
    started_at: datetime | None = None
    started_by: str | None = None
    heads: tuple[Said[Statement], ...] = ()
    status: str | None = None
    """What holds of the heads: done, failed, skipped, deferred, overridden; None: not finished."""
    answer: str | None = None
    contradicted: bool = False
    recheck: bool = False
    """Something it rests on was changed after it was done: does it still stand?"""
    missed: bool = False
    """Its limit passed and the step named by `missed` was opened for it."""
    warned: bool = False
    readings: dict[str, Said[Value]] = field(default_factory=dict)
    second_readings: dict[str, Said[Value]] = field(default_factory=dict)
    ticks: dict[int, Said[str]] = field(default_factory=dict)
    signatures: list[Signature] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    tries: list[Try] = field(default_factory=list)
    child: str | None = None
    true_since: datetime | None = None
    """Since when the condition of a wait holds without a break."""
    put_back: bool = False
    """What it left behind, off the road, was put back or ticketed."""

    @property
    def opened(self) -> bool:
        return self.opened_at is not None

    @property
    def settled(self) -> bool:
        """Finished or passed, by what was said of it."""
        if self.passed:
            return True
        if self.contradicted or self.recheck or self.awaits_second:
            return False
        if self.status is None or self.status == "failed":
            repeat = self.step.repeat
            return repeat is not None and repeat.times is not None and len(self.rounds) >= repeat.times
        return True

    @property
    def awaits_second(self) -> bool:
        """Done by one, and not yet verified by another who has not seen the first value."""
        if self.step.verify != "independent" or self.status != "done":
            return False
        return not any(one.purpose == "verify" for one in self.signatures)

    @property
    def touched(self) -> bool:
        """Whether anybody did anything for it in this visit."""
        return bool(
            self.started_at or self.readings or self.ticks or self.signatures or self.rounds or self.tries or self.status
        )

    @property
    def last(self) -> Said[Statement] | None:
        """The statement that holds."""
        return strongest(self.heads)


def strongest(heads: tuple[Said[Statement], ...]) -> Said[Statement] | None:
    """Of several statements the one that is safest to believe; of equals the first in the record."""
    if not heads:
        return None
    return max(heads, key=lambda one: SAFE_ORDER.index(one.value.kind))


@dataclass(slots=True)
class WatchState:
    """What is known of one watch."""

    times: int = 0
    raised_at: datetime | None = None
    """None while it is quiet."""
    by: str | None = None
    basis: str = "asserted"
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """Somebody holds a role."""

    person: str
    at: datetime
    acting_for: str | None


@dataclass(frozen=True, slots=True)
class Word:
    """Somebody was told something."""

    group: str
    at: datetime
    outcome: str
    step: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down."""

    kind: str
    text: str
    at: datetime
    by: str
    step: str | None


@dataclass(frozen=True, slots=True)
class Child:
    """Another run that belongs to this one."""

    run: str
    runbook: str
    link: str
    step: str | None
    watch: str | None


@dataclass(frozen=True, slots=True)
class Ending:
    """How the run ended."""

    how: str
    at: datetime
    by: str
    reason: str | None
    open: tuple[str, ...]


class RunState:
    """One run on its graph. Read it freely; only `run.apply` changes it."""

    def __init__(self, graph: StepGraph, run_id: str, opener: Callable[[RunState, str], None]) -> None:
        """`opener` is called for each step at the moment it opens (`moment`)."""
        self.graph = graph
        self.run_id = run_id
        self.steps = {step_id: StepState(step) for step_id, step in graph.steps.items()}
        self.watches = {watch_id: WatchState() for watch_id in graph.watches}
        self.readings: dict[str, tuple[Said[Value], ...]] = {}
        self.history: dict[str, list[tuple[datetime, Decimal]]] = {}
        """Every number ever taken, as it was recorded."""
        self.marks: dict[str, tuple[datetime, str]] = {}
        """When each mark that stands was reached, and by which step."""
        self.first_marks: dict[str, datetime] = {}
        """When each mark was first reached, also if it was taken back: a kept promise stays kept."""
        self.turns: dict[tuple[str, str], int] = {}
        """How often each way back was taken in the present round of the loop around it."""
        self.before: dict[str, set[str]] = {}
        """Deferred steps that must come back before a step may open."""
        self.levels: tuple[Said[str], ...] = ()
        self.people: dict[str, str] = {}
        self.roles: dict[str, dict[str, Holding]] = {}
        self.command: tuple[Said[str], ...] = ()
        self.entry_answers: dict[int, str] = {}
        self.tries: list[Try] = []
        self.told: list[Word] = []
        self.notes: list[Note] = []
        self.reports: list[tuple[datetime, str]] = []
        self.children: dict[str, Child] = {}
        self.acknowledged: set[str] = set()
        self.device_signers: dict[str, str] = {}
        """Which person has signed as "own device" on each journal."""
        self.room: str | None = None
        self.parent: str | None = None
        self.uses: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        """Name and digest of every file the run rests on."""
        self.opened_at: datetime | None = None
        self.opened_by: str | None = None
        self.held: tuple[datetime, str, str] | None = None
        self.ended: Ending | None = None
        self.causes = Causes()
        self.tips: tuple[str, ...] = ()
        self.lam = 0
        self.last: Entry | None = None
        self.last_order: tuple[int, datetime, str, int] | None = None
        self.moment: datetime | None = None
        """The `at` of the entry that is being applied."""
        self.waits: set[str] = set()
        """Open waits for a condition."""
        self.road = Road(graph, self, opener=lambda step_id: opener(self, step_id), leaver=self._leave)

    def _leave(self, step_id: str) -> None:
        self.steps[step_id].opened_at = None
        self.waits.discard(step_id)

    # What the road asks.

    def bits(self, step_id: str) -> StepState:
        return self.steps[step_id]

    def is_raised(self, watch_id: str) -> bool:
        return self.watches[watch_id].times > 0

    def held_back_by(self, step_id: str) -> int:
        """How many deferred steps on the road must come back before this one may open."""
        waiting = self.before.get(step_id)
        return 0 if not waiting else sum(self.steps[one].status == "deferred" for one in waiting)

    # What everybody asks.

    @property
    def kind(self) -> str:
        """The letter of the run id: R real, D drill, H rehearsal, P patrol."""
        return self.run_id[0]

    @property
    def level(self) -> str | None:
        """The level in force; of contradicting ones the higher."""
        if not self.levels:
            return None
        return max((one.value for one in self.levels), key=LEVELS.index)

    @property
    def commanders(self) -> tuple[str, ...]:
        """Who commands: one person; none yet; or two who do not know of each other."""
        return tuple(dict.fromkeys(one.value for one in self.command))

    def holds(self, person: str, role: str) -> bool:
        """Whether `person` acts as `role` in this run."""
        if role == COMMAND:
            return self.commanders == (person,)
        return person in self.roles.get(role, {})

    def roles_of(self, person: str) -> tuple[str, ...]:
        """Every role of `person` in this run."""
        return tuple(role for role in self.roles if self.holds(person, role))

    def holders(self, role: str) -> tuple[str, ...]:
        """Everybody who acts as `role`."""
        return self.commanders if role == COMMAND else tuple(self.roles.get(role, {}))

    def place(self, step_id: str) -> Place:
        return self.road.outcomes[step_id].place

    def open_steps(self) -> list[str]:
        """The steps to be done now, in the author's order."""
        number = self.graph.number
        return sorted(self.road.open, key=number.__getitem__)

    def deferred_steps(self) -> list[str]:
        """Steps put off and still to do, in the author's order."""
        return [name for name in self._with_status("deferred") if self.place(name) is not Place.OFF]

    def left_over(self) -> list[str]:
        """Steps done on a road that was left, whose traces nobody has put back or ticketed."""
        done = self._with_status("done") + self._with_status("overridden")
        return [name for name in done if self.place(name) is Place.OFF and not self.steps[name].put_back]

    def _with_status(self, status: str) -> list[str]:
        return [name for name, one in self.steps.items() if one.status == status]

    def contradicted(self) -> list[str]:
        """Steps of which people who did not know of each other said different things."""
        return [name for name, one in self.steps.items() if one.contradicted]

    def facts_of_place(self) -> Iterable[tuple[str, Place]]:
        """Every step and where it stands, in the author's order."""
        return ((name, self.place(name)) for name in self.graph.steps)


def status(state: RunState, step_id: str) -> str:
    """The one word for how a step stands: worked out, never stored.

    ready, active, waiting, done, failed, skipped, deferred, overridden, passed, not-applicable, asleep,
    awaiting-second, contradicted, to-confirm, left-over.
    """
    one = state.steps[step_id]
    place = state.place(step_id)
    if one.contradicted:
        return "contradicted"
    if place is Place.OFF:
        return _word_off_the_road(state, one)
    if one.recheck:
        return "to-confirm"
    if one.awaits_second:
        return "awaiting-second"
    if one.passed:
        return "passed"
    if one.status is not None:
        return one.status
    if place is Place.SETTLED:
        return "done"
    if place is Place.WAITING:
        return "waiting"
    return "active" if one.started_at is not None else "ready"


def _word_off_the_road(state: RunState, one: StepState) -> str:
    if one.status in ("done", "overridden") and not one.put_back:
        return "left-over"
    behind_watch = any(edge.earlier in state.watches for edge in state.graph.into[one.step.id])
    return "asleep" if behind_watch else "not-applicable"
