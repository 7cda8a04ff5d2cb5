"""One run on its graph: its steps, its situation, and what the road asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from engine.events import Entry
from engine.graph import StepGraph
from engine.plan import LEVELS, Promise
from engine.road import Outcome, Place, Road
from engine.state.lists import Lists
from engine.state.parts import Card, Child, Ending, Finding, Holding, Note, Setting, WatchState, Word
from engine.state.said import Causes, Said
from engine.state.steps import BAD_ANSWERS, FINISHED, Signature, StepState, Try, Value
from engine.state.words import Words
from engine.text import Text

COMMAND = "IC"
"""The one role that only one person holds at a time, and whose holder is never one of two operators."""

HANDOVER = "handover."
"""``handover.ROLE`` stands where else a step does, when a voice under a handover is confirmed."""

REPORT = "report-issued"
"""Keeps a promise that is `kept_by` it."""

CUSTOMERS = "customers"
"""The group whose hearing keeps a promise that is `kept_by: told`."""


@dataclass(eq=False, repr=False)
class RunState:
    """One run on its graph. Read it freely; only `run.apply` changes it."""

    graph: StepGraph
    run_id: str
    opener: Callable[[RunState, str], None]
    """Called for each step at the moment it opens."""
    steps: dict[str, StepState] = field(init=False)
    watches: dict[str, WatchState] = field(init=False)
    road: Road = field(init=False)
    lists: Lists = field(init=False)
    readings: dict[str, tuple[Said[Value], ...]] = field(default_factory=dict)
    history: dict[str, list[tuple[datetime, Decimal]]] = field(default_factory=dict)
    """Every number ever taken, in the order of the times they were taken at."""
    marks: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    """When each mark that stands was reached, and by which step."""
    first_marks: dict[str, datetime] = field(default_factory=dict)
    """When each mark was reached at the earliest, also if it was taken back: a kept promise stays kept."""
    written: dict[str, datetime] = field(default_factory=dict)
    """When the entry was written, by the wall, that says when each of them was reached; likewise the report."""
    promised_since: dict[str, datetime] = field(default_factory=dict)
    """From when a promise counts that was running already in the run that opened this one."""
    out_of_reach: dict[str, datetime] = field(default_factory=dict)
    """Since when a mark that does not stand cannot come any more."""
    turns: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often each way back was taken in the present round of the loop around it."""
    before: dict[str, set[str]] = field(default_factory=dict)
    """The steps that were ever deferred until just before this one."""
    put_before: dict[str, set[str]] = field(default_factory=dict)
    """The same from the other end: the steps that this one was ever deferred to."""
    left: dict[str, None] = field(default_factory=dict)
    """Steps done on a road that was left, whose traces nobody has put back or ticketed."""
    levels: tuple[Said[str], ...] = ()
    people: dict[str, str] = field(default_factory=dict)
    writers: set[str] = field(default_factory=set)
    """Who has written anything here: they are at a terminal, and everybody else acts through one of them."""
    roles: dict[str, dict[str, Holding]] = field(default_factory=dict)
    command: tuple[Said[str], ...] = ()
    entry_answers: dict[int, str] = field(default_factory=dict)
    tries: list[Try] = field(default_factory=list)
    told: list[Word] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)
    """By the hash of the entry that left it open, in the order of the record."""
    reports: list[tuple[datetime, str]] = field(default_factory=list)
    children: dict[str, Child] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    handovers: dict[str, list[Signature]] = field(default_factory=dict)
    """By ``handover.ROLE``: what was signed by voice when the role changed hands."""
    device_signers: dict[str, str] = field(default_factory=dict)
    """Which person has signed as "own device" on each journal."""
    room: str | None = None
    parent: str | None = None
    uses: dict[str, str] = field(default_factory=dict)
    opened_at: datetime | None = None
    opened_by: str | None = None
    held: tuple[datetime, str, str] | None = None
    """Since when the run is on hold, who said so, and why."""
    ended: Ending | None = None
    causes: Causes = field(default_factory=Causes)
    tips: tuple[str, ...] = ()
    lam: int = 0
    last: Entry | None = None
    last_order: tuple[int, datetime, str, int] | None = None
    present: Said[str] | None = None
    """The entry that is being applied, or was last."""
    voices: set[str] = field(default_factory=set)
    """Steps that were signed by a voice nobody had confirmed; it may have been confirmed since."""
    repeats_ended: dict[str, datetime] = field(default_factory=dict)
    """Since when each repeated step that came to its end by itself is settled."""
    heard: dict[str, Words] = field(default_factory=dict)
    """By promise: when the customers heard from us."""
    clock: tuple[Said[Setting], ...] = ()
    """How a drill's clock stands; several when two set it without knowing of each other."""
    settings: list[Setting] = field(default_factory=list)
    """Every setting of a drill's clock, in the order of the record."""
    cards: list[Card] = field(default_factory=list)
    """The injects of a drill, as they came."""
    sealed: str | None = None
    waits: set[str] = field(default_factory=set)
    """Waits for a condition that nobody has finished."""

    def __post_init__(self) -> None:
        self.steps = {step_id: StepState(step) for step_id, step in self.graph.steps.items()}
        self.watches = {watch_id: WatchState() for watch_id in self.graph.watches}
        self.road = Road(self.graph, self)
        self.lists = Lists(self.graph.number)

    @property
    def moment(self) -> datetime | None:
        """The `at` of the last entry."""
        return None if self.present is None else self.present.at

    # What the road asks, and what it tells.

    def bits(self, step_id: str) -> StepState:
        return self.steps[step_id]

    def is_raised(self, watch_id: str) -> bool:
        return self.watches[watch_id].times > 0

    def is_held_back(self, step_id: str) -> bool:
        """Whether something must be done first: a deferred step that must come back, or what a watch brought."""
        deferred = self.before.get(step_id, ())
        if any(self.is_put_off(one) and self.deferred_to(one) == step_id for one in deferred):
            return True
        return bool(self.kept_shut_by(step_id))

    def kept_shut_by(self, step_id: str) -> list[str]:
        """What raised watches have put on the road above a hold and nobody has finished, in order.

        Until then it does not open, although steps between may have opened before the watch was raised.
        """
        found: dict[str, None] = {}
        for watch, brought in self.graph.kept_shut_by(step_id):
            if self.is_raised(watch):
                found |= dict.fromkeys(
                    name for name in brought if self.place(name) in (Place.WAITING, Place.OPEN)
                )
        return list(found)

    def held_by(self, step_id: str) -> Iterable[str]:
        """The steps that this one holds back, or once did; and the holds it keeps shut for a watch."""
        return (*self.put_before.get(step_id, ()), *self.graph.gates_kept_by(step_id))

    def deferred_to(self, step_id: str) -> str | None:
        """The step before which a deferred one must come back; None: the end."""
        last = self.steps[step_id].last
        return None if last is None else last.value.until

    def is_put_off(self, step_id: str) -> bool:
        """Whether a step was deferred and is still to be done."""
        outcome = self.road.outcomes[step_id]
        return outcome.place is Place.SETTLED and outcome.put_off

    def opens(self, step_id: str) -> None:
        self.left.pop(step_id, None)
        self.opener(self, step_id)

    def moved(self, node: str, old: Outcome, new: Outcome) -> None:
        """Keep what hangs on where a step stands: its marks, and what is left behind off the road."""
        one = self.steps.get(node)
        if one is None:
            self.lists.raised(node, new)
            return
        if new.place is Place.OFF and old.place is not Place.OFF:
            self._left_the_road(one)
        if one.step.repeat is not None:
            self._weigh_repeat(node, new)
        if one.step.marks:
            self.weigh_marks(one)
        self.lists.weigh(one, new)

    def _weigh_repeat(self, step_id: str, new: Outcome) -> None:
        """Remember when a repeated step came to its end: no entry says so."""
        if new.place is not Place.SETTLED or new.put_off:
            self.repeats_ended.pop(step_id, None)
        elif self.moment is not None:
            self.repeats_ended.setdefault(step_id, self.moment)

    def ended_by_itself(self, step_id: str) -> datetime | None:
        """When a repeated step came to the end the plan gives it; None when somebody said how it ended."""
        one = self.steps[step_id]
        said = one.status not in (None, "deferred") or one.passed
        return None if said else self.repeats_ended.get(step_id)

    def _left_the_road(self, one: StepState) -> None:
        if one.status in ("done", "overridden"):
            self.left[one.step.id] = None
        if one.status is None and one.touched and self.present is not None:
            one.begin_again(self.present)
        elif one.status in FINISHED and self.present is not None:
            # Should a road lead here again, nobody passes on what was done on the road that was left.
            if one.step.sign is not None:
                one.lose_names()
            one.doubts = (*one.doubts, self.present)
        one.close()
        self.weigh_wait(one)

    def weigh_wait(self, one: StepState) -> None:
        """Keep watching the condition of a wait for as long as nobody has finished it."""
        if one.step.wait_until is None:
            return
        if one.opened and not one.passed and (one.contradicted or one.status not in FINISHED):
            self.waits.add(one.step.id)
        else:
            self.waits.discard(one.step.id)
            one.true_since = None

    # Marks.

    def weigh_marks(self, one: StepState) -> None:
        """Bring the marks that this step carries up to date."""
        for mark in one.step.marks:
            found = [self._reached(name) for name in self.graph.carriers[mark]]
            reached = [one for one in found if one is not None]
            if reached:
                first = self.marks[mark] = min(reached)
                self.lists.reached.setdefault(mark)
                self.reached_first(mark, first[0])
            else:
                self.marks.pop(mark, None)
            if reached or self.can_come(mark):
                self.out_of_reach.pop(mark, None)
            elif self.moment is not None:
                self.out_of_reach.setdefault(mark, self.moment)

    def reached_first(self, mark: str, at: datetime) -> None:
        """A mark was reached; what was said since counts from the earliest time that is known of it."""
        known = self.first_marks.get(mark)
        if known is not None and known <= at:
            return
        self.first_marks[mark] = at
        if self.present is not None:
            self.written[mark] = self.present.recorded_at
        for promise in self.graph.promises.promises:
            if promise.start == mark:
                self.heard.pop(promise.id, None)
                for word in self.told:
                    self._count_word(promise, word)

    def promised_from(self, promise: Promise) -> datetime | None:
        """The moment from which a promise counts; None while its mark was not reached."""
        return self.promised_since.get(promise.id, self.first_marks.get(promise.start))

    def heard_of(self, word: Word) -> None:
        """Somebody was told something."""
        self.told.append(word)
        for promise in self.graph.promises.promises:
            self._count_word(promise, word)

    def _count_word(self, promise: Promise, word: Word) -> None:
        start = self.promised_from(promise)
        if promise.every is None or start is None or word.outcome == "failed" or word.group != CUSTOMERS:
            return
        self.heard.setdefault(promise.id, Words(start, promise.every)).add(word.at)

    def _reached(self, step_id: str) -> tuple[datetime, str] | None:
        """When a step on the road reached its marks: when it was done or, passed by decision, as was said."""
        one = self.steps[step_id]
        last = one.last
        if self.place(step_id) is Place.OFF:
            return None
        at = self.ended_by_itself(step_id)
        if last is None:
            pass
        elif one.status == "done" and one.answer not in BAD_ANSWERS:
            at = last.at
        elif one.status in ("skipped", "overridden"):
            at = last.value.mark_at
        return None if at is None else (at, step_id)

    def can_come(self, mark: str) -> bool:
        """Whether a step that carries the mark is on the road and not finished."""
        return any(
            self.place(name) in (Place.WAITING, Place.OPEN) or self.is_put_off(name)
            for name in self.graph.carriers.get(mark, ())
        )

    # Signatures.

    def signs_here(self, journal: str, person: str, strength: str) -> None:
        """Somebody signed on a device: the first who does so as on their own owns it in this run."""
        if strength == "own-device":
            self.device_signers.setdefault(journal, person)

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

    def is_for(self, card: Card, person: str) -> bool:
        """Whether an inject is for that person: its role is theirs, or nobody's here."""
        return card.to in self.roles_of(person) or not self.holders(card.to)

    def place(self, step_id: str) -> Place:
        return self.road.outcomes[step_id].place

    def open_steps(self) -> list[str]:
        """The steps to be done now, in the author's order."""
        return self._listed(self.road.open)

    def deferred_steps(self) -> list[str]:
        """Steps put off and still to do, in the author's order."""
        return list(self.lists.put_off)

    def come_back(self) -> list[str]:
        """Deferred steps whose time has come: what they name waits for them only, or all else is done."""
        nothing_else = self.road.only_put_off()
        return [
            name for name in self.deferred_steps() if nothing_else or self._is_awaited(self.deferred_to(name))
        ]

    def _is_awaited(self, until: str | None) -> bool:
        return until is not None and until in self.steps and self.road.only_held_back(until)

    def open_findings(self) -> dict[str, Note]:
        """Everything that was found not as it should be and that nobody has settled, by its entry."""
        return {name: one.note for name, one in self.findings.items() if one.closed_at is None}

    def left_over(self) -> list[str]:
        """Steps done on a road that was left, whose traces nobody has put back or ticketed."""
        return self._listed(self.left)

    def signatures_of(self, name: str) -> list[Signature]:
        """The names under a step, with the voices it waits for since, or those under a ``handover.ROLE``."""
        one = self.steps.get(name)
        return self.handovers.get(name, []) if one is None else [*one.past_voices, *one.signatures]

    def signature(self, name: str, target: str | None) -> Signature | None:
        """One of them by its own name; None when there is none of that name."""
        return next((sign for sign in self.signatures_of(name) if sign.name == target), None)

    def subject_of(self, name: str) -> Text:
        """What a signature stands under, in words; the name itself where the plan does not know it."""
        if name in self.steps:
            return self.steps[name].step.text
        role = self.graph.runbook.role(name.removeprefix(HANDOVER))
        return Text(f"{role.zh}交接", f"handover of {role.en}")

    def unconfirmed(self) -> list[str]:
        """Steps, also off the road, and handovers that a voice has signed which its owner has not confirmed."""
        steps = [name for name in self.voices if self._waits_for_owner(name)]
        return [*self._listed(steps), *(name for name in self.handovers if self._waits_for_owner(name))]

    def _waits_for_owner(self, name: str) -> bool:
        return any(not sign.confirmed for sign in self.signatures_of(name))

    def provisional(self) -> list[str]:
        """The guarded steps that stand on a voice its owner has not confirmed, in the author's order."""
        return [name for name in self.unconfirmed() if name in self.steps and self.steps[name].provisional]

    def voices_unconfirmed(self) -> tuple[tuple[str, str], ...]:
        """Step (or handover) and person of every signature by voice that its owner has not confirmed."""
        signs = ((name, sign) for name in self.unconfirmed() for sign in self.signatures_of(name))
        return tuple(dict.fromkeys((name, sign.person) for name, sign in signs if not sign.confirmed))

    def _listed(self, names: Iterable[str]) -> list[str]:
        return sorted(names, key=self.graph.number.__getitem__)
