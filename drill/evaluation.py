"""The evaluation of a drill, a run of its own (`E-`): script, seed, observations, ratings, stages.

The players' terminals never read it. On one shared file that is a courtesy, not security.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from drill.endings import HOW_ENDED
from drill.scoring import OUTCOMES, POINTS
from engine.desk import Record
from engine.desk.desk import TRIES_ON_CONFLICT
from engine.errors import Conflict, RecordTrouble, Refused
from engine.events import (
    Draft,
    DrillPlanned,
    Entry,
    Event,
    InjectSet,
    NoteAdded,
    Observed,
    PersonJoined,
    Rated,
    RoleTaken,
    RunEnded,
    RunOpened,
    Stage,
)
from engine.rules import SIGN_IN
from engine.run import in_order
from engine.text import Text

STAGE_WORDS = {
    "draft": Text("还没有批准", "not approved yet"),
    "approved": Text("已批准", "approved"),
    "briefed": Text("已交底", "briefed"),
    "running": Text("进行中", "running"),
    "frozen": Text("冻结", "frozen"),
    "ended": Text("已结束", "ended"),
    "evaluated": Text("已评估", "evaluated"),
    "closed": Text("已归档", "closed"),
}

ONWARD: dict[str, tuple[str, ...]] = {
    "draft": ("approved", "ended"),
    "approved": ("briefed", "ended"),
    "briefed": ("running", "ended"),
    "running": ("frozen", "ended"),
    "frozen": ("running", "ended"),
    "ended": ("evaluated",),
    "evaluated": ("closed",),
    "closed": (),
}
"""Where a drill may go from each stage; every other move is refused."""

BEFORE = ("draft", "approved", "briefed")
"""The stages of a drill that has not begun."""

TRAINER = "TRAINER"
EVALUATOR = "EVALUATOR"
LEAD = "LEAD"
STAFF = ("DIRECTOR", TRAINER, EVALUATOR, LEAD, "OBSERVER", "SAFETY", "ACTOR", "RECORDER")
"""The roles of a drill that are no player's. LEAD is the lead evaluator."""

KINDS = ("strength", "gap", "safety", "fact", "finding", "deviation", "unsafe-act")
WEIGHTS = ("major", "moderate", "minor")


SIGN_OUT = "sign-out"
METHODS = ("terminal", "roll-call", "paper", "code")
"""How somebody signed: at a terminal of their own, by answering the roll, on paper, by staff number or PIN."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody signed in."""

    entry: Entry
    method: str
    instead_of: str
    """Whom they came for; empty when for nobody."""
    late: bool
    """After STARTEX."""


@dataclass
class Evaluation:
    """Everything that was said about one drill, folded from its entries."""

    run_id: str
    planned: DrillPlanned | None = None
    stage: str = "draft"
    how: str | None = None
    """How it ended."""
    staff: dict[str, set[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    observed: list[Entry] = field(default_factory=list)
    ratings: dict[str, list[Entry]] = field(default_factory=dict)
    """By objective, every rating ever given, in order."""
    restored: set[str] = field(default_factory=set)
    notified: dict[str, Entry] = field(default_factory=dict)
    """Who was told before the drill, by the line that names them."""
    signed: dict[str, Signed] = field(default_factory=dict)
    """Who signed in, by person."""
    left: dict[str, Entry] = field(default_factory=dict)
    last_at: datetime | None = None
    """The latest moment of the exercise clock at which anything was said."""
    tips: tuple[str, ...] = ()
    lam: int = 0
    last_order: tuple[int, datetime, str, int] | None = None
    opened_at: datetime | None = None

    def final(self, objective: str) -> Rated | None:
        """The rating that stands: the lead evaluator's, else the last one given."""
        given = [one.event for one in self.ratings.get(objective, []) if isinstance(one.event, Rated)]
        leading = [one for one in given if one.final]
        return next(reversed(leading or given), None)


def apply(state: Evaluation, entry: Entry) -> Evaluation:
    """It happened; entries come in the order of `in_order`."""
    event = entry.event
    if isinstance(event, RunOpened):
        state.opened_at = state.opened_at or entry.at
    elif isinstance(event, DrillPlanned):
        state.planned = state.planned or event
    elif isinstance(event, Stage):
        state.stage, state.how = event.stage, event.how or state.how
    elif isinstance(event, PersonJoined):
        state.people[event.person] = event.name
    elif isinstance(event, RoleTaken):
        if event.role == TRAINER:
            state.staff[TRAINER] = {event.person}  # there is one; whoever takes the role relieves the other
        else:
            state.staff.setdefault(event.role, set()).add(event.person)
    elif isinstance(event, Observed):
        state.observed.append(entry)
    elif isinstance(event, Rated):
        state.ratings.setdefault(event.objective, []).append(entry)
    elif isinstance(event, NoteAdded):
        _apply_note(state, entry, event)
    state.tips = (*(tip for tip in state.tips if tip not in entry.after), entry.hash)
    state.last_at = entry.at if state.last_at is None else max(state.last_at, entry.at)
    state.lam = max(state.lam, entry.lam)
    state.last_order = entry.order
    return state


def _apply_note(state: Evaluation, entry: Entry, event: NoteAdded) -> None:
    if event.kind == "put-back":
        state.restored.add(event.text)
    elif event.kind == "notified":
        state.notified.setdefault(event.text.partition("\n")[0], entry)
    elif event.kind == SIGN_IN:
        person, method, instead_of = ([*event.text.split("\n"), "", ""])[:3]
        late = state.stage not in BEFORE
        state.signed.setdefault(person, Signed(entry, method, instead_of, late))
    elif event.kind == SIGN_OUT:
        state.left[event.text] = entry


# --- what may happen


@dataclass(frozen=True, slots=True)
class Company:
    """What the rules of an evaluation must know of the drill beside it."""

    players: frozenset[str] = frozenset()
    objectives: tuple[str, ...] = ()
    expectations: tuple[str, ...] = ()
    open_expectations: tuple[str, ...] = ()
    unrestored: tuple[Text, ...] = ()
    """Lines of the restore list that nobody has ticked."""


def check(state: Evaluation, event: Event, company: Company, actor: str) -> None:
    """Refuse what may not happen now; return when it may. `actor` is who says it, where `by` names nobody."""
    if isinstance(event, Stage):
        _check_stage(state, event, company)
    elif isinstance(event, RoleTaken):
        _check_role(event, company)
    elif isinstance(event, Observed):
        _check_observed(event, company)
    elif isinstance(event, Rated):
        _check_rated(state, event, company, actor)
    elif isinstance(event, InjectSet):
        if event.how in ("held", "skipped", "delayed", "dropped") and not (event.reason or "").strip():
            raise Refused("reason-first")
    elif not isinstance(event, (RunOpened, DrillPlanned, PersonJoined, NoteAdded, RunEnded)):
        raise Refused("not-for-an-evaluation")


def _check_stage(state: Evaluation, event: Stage, company: Company) -> None:
    if event.stage not in ONWARD.get(state.stage, ()):
        now, then = STAGE_WORDS[state.stage], STAGE_WORDS.get(event.stage, Text(event.stage, event.stage))
        raise Refused("stage-order", stage=then, now=now)
    if event.stage == "ended" and event.how not in HOW_ENDED:
        raise Refused("unknown-ending", how=event.how or "")
    if event.stage == "frozen" and not (event.reason or "").strip():
        raise Refused("reason-first")
    if event.stage == "evaluated" and company.open_expectations:
        raise Refused("still-to-judge", expectations=company.open_expectations)
    if event.stage == "closed" and company.unrestored:
        raise Refused("still-to-restore", lines=company.unrestored)


def _check_role(event: RoleTaken, company: Company) -> None:
    """Nobody judges what they play."""
    if event.role not in STAFF:
        raise Refused("unknown-staff", role=event.role)
    if event.role in (EVALUATOR, LEAD, "OBSERVER", "SAFETY") and event.person in company.players:
        raise Refused("judges-themselves", person=event.person)


def _check_observed(event: Observed, company: Company) -> None:
    if event.kind not in KINDS:
        raise Refused("unknown-note", kind=event.kind)
    if not event.text.strip():
        raise Refused("empty-note")
    if event.kind == "finding":
        if event.expectation not in company.expectations:
            raise Refused("unknown-expectation", expectation=event.expectation or "")
        if event.outcome not in OUTCOMES:
            raise Refused("unknown-finding", outcome=event.outcome or "")
    if event.kind == "deviation":
        if event.outcome not in WEIGHTS:
            raise Refused("unknown-finding", outcome=event.outcome or "")
        if event.objective not in company.objectives:
            raise Refused("unknown-objective", objective=event.objective or "")


def _check_rated(state: Evaluation, event: Rated, company: Company, actor: str) -> None:
    if event.objective not in company.objectives:
        raise Refused("unknown-objective", objective=event.objective)
    if event.rating not in POINTS:
        raise Refused("unknown-rating", rating=event.rating)
    if event.rating != event.proposed and not event.explanation.strip():
        raise Refused("rating-why", objective=event.objective)
    if event.final and (event.by or actor) not in state.staff.get(LEAD, set()):
        raise Refused("lead-only")


# --- one evaluation at one terminal


class Book:
    """The evaluation's desk: check, write, then apply."""

    def __init__(self, record: Record, run_id: str, actor: str, entropy: Callable[[int], bytes]) -> None:
        self.record = record
        self.state = Evaluation(run_id)
        self.actor = actor
        self._entropy = entropy
        self._pos = 0
        self._in_doubt: dict[Event, str] = {}
        """What may stand in the record or not, each by the number it was written under."""
        self.refresh()

    def refresh(self) -> list[Entry]:
        """Take in what was written since; the new entries."""
        entries = in_order(self.record.entries(self.state.run_id, self._pos))
        if not entries:
            return []
        last = self.state.last_order
        if last is not None and any(one.order < last for one in entries):
            self.state = Evaluation(self.state.run_id)
            for entry in in_order(self.record.entries(self.state.run_id)):
                apply(self.state, entry)
        else:
            for entry in entries:
                apply(self.state, entry)
        self._pos = max(self._pos, *(one.pos for one in entries))
        return entries

    def write(self, event: Event, at: datetime, company: Company, texts: Iterable[bytes] = ()) -> list[Entry]:
        """Check one event and write it; a refusal changes nothing."""
        cmd = self._in_doubt.get(event) or self._entropy(16).hex()
        for _ in range(TRIES_ON_CONFLICT):
            check(self.state, event, company, self.actor)
            draft = Draft(self.state.run_id, event, at, self.actor, self.state.lam + 1, self.state.tips)
            seen = None if isinstance(event, (Observed, NoteAdded, PersonJoined)) else self._pos
            try:
                self.record.append([draft], seen=seen, cmd=cmd, texts=texts)
            except Conflict as conflict:
                came_first = conflict
                self.refresh()
            except RecordTrouble:
                # Nobody knows whether it stands there: tried again it has the same number, and is written once.
                self._in_doubt[event] = cmd
                raise
            else:
                self._in_doubt.pop(event, None)
                return self.refresh()
        raise came_first
