"""What is known of one step of a run, in its present visit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from decimal import Decimal

from engine.plan import Step
from engine.state.said import Said, Seen, has_seen

BAD_ANSWERS = frozenset({"unmet", "refused", "nobody"})
"""Answers that say the act did not succeed: the step is finished, but its marks do not stand."""

SAFE_ORDER = ("done", "skipped", "deferred", "overridden", "reopened", "failed")
"""Of contradicting statements about a step, the later in this row holds meanwhile."""

AGREED = ("override", "together")
"""Signatures by which a second person stands behind what is stated with them, and behind nothing stated later."""

FINISHED = frozenset({"done", "skipped", "overridden"})
"""What may be said of a step that nobody has to come back to."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said of a step."""

    kind: str
    """done, failed, skipped, deferred, overridden or reopened."""
    answer: str | None = None
    turn: str | None = None
    """The answer that went back, of a step that was reopened by its own."""
    reason: str | None = field(default=None, compare=False)
    deviation: str | None = field(default=None, compare=False)
    alone: bool = field(default=False, compare=False)
    mark_at: datetime | None = field(default=None, compare=False)
    until: str | None = field(default=None, compare=False)
    owner: str | None = field(default=None, compare=False)


def strongest(heads: tuple[Said[Statement], ...]) -> Said[Statement] | None:
    """Of several statements the one that is safest to believe; of equals the first in the record."""
    if not heads:
        return None
    return max(heads, key=lambda one: SAFE_ORDER.index(one.value.kind))


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's name under a step, or under the handover of a role."""

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
    journal: str = ""
    """The device on which it was written."""
    actor: str = ""
    """Who typed it there."""
    spent: bool = False
    """The step was stated on it: it proves that act, and no later one."""

    @property
    def name(self) -> str:
        """What tells it from every other; a handover is one entry with two signatures."""
        return f"{self.hash}:{self.person}" if self.purpose == "handover" else self.hash


@dataclass(frozen=True, slots=True)
class Value:
    """A reading as it was taken."""

    text: str = field(compare=False)
    unit: str | None = field(compare=False)
    source: str | None = field(compare=False)
    number: Decimal | None = field(compare=False, default=None)
    """None where the reading is no number."""
    reason: str | None = field(compare=False, default=None)
    same: Decimal | str = ""
    """What two values must have in common to be one fact: 2 and 2.0 are the same number."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try to reach somebody."""

    person: str
    role: str
    channel: str
    outcome: str
    at: datetime
    step: str | None
    by: str
    """Who rang: whoever typed it."""


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
    heads: tuple[Said[Statement], ...] = ()
    began: Said[str] | None = None
    """What made the present visit begin; None: it is the first."""
    opened_at: datetime | None = None
    shut: datetime | None = None
    """When it had opened, while it waits again because what stands before it is contradicted."""
    passed: bool = False
    """Its `only_when` was false when it opened."""
    asks_whether: bool = False
    """Its `only_when` was UNKNOWN when it opened: a person says do or pass."""
    whether: tuple[Said[str], ...] = ()
    """What people said to that."""
    started_at: datetime | None = None
    started_by: str | None = None
    status: str | None = None
    """What holds of the heads: done, failed, skipped, deferred, overridden; None: not finished."""
    answer: str | None = None
    contradicted: bool = False
    doubts: tuple[Said[str], ...] = ()
    """Why it must be looked at again: what it rests on was changed after it was done."""
    missed_at: datetime | None = None
    """The limit that passed, when the step named by `missed` was opened for it."""
    warned: bool = False
    readings: dict[str, Said[Value]] = field(default_factory=dict)
    second_readings: dict[str, Said[Value]] = field(default_factory=dict)
    ticks: dict[int, Said[str]] = field(default_factory=dict)
    signatures: list[Signature] = field(default_factory=list)
    past_voices: list[Signature] = field(default_factory=list)
    """Voices it was passed on in the past, that their owners have not confirmed; the names are gone, not they."""
    evidence: list[str] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    intervals: set[int] = field(default_factory=set)
    """The intervals from its opening, counted from 0, in which it was visited."""
    last_interval: int = -1
    tries: list[Try] = field(default_factory=list)
    child: str | None = None
    true_since: datetime | None = None
    """Since when the condition of a wait holds without a break."""

    @property
    def opened(self) -> bool:
        return self.opened_at is not None

    @property
    def recheck(self) -> bool:
        """Whether something it rests on was changed after it was done."""
        return bool(self.doubts) and self.status in FINISHED

    @property
    def only_to_confirm(self) -> bool:
        """Whether all that may be said is that it still stands; a hold is signed anew instead."""
        return self.recheck and self.step.irreversible and self.step.kind != "hold"

    @property
    def unclear(self) -> bool:
        """Something about it must be said again before anybody goes on."""
        return self.contradicted or self.recheck or self.awaits_second

    @property
    def settled(self) -> bool:
        """Finished or passed, by what was said of it."""
        return self.passed or self.status not in (None, "failed") or self._was_visited_often_enough

    @property
    def _was_visited_often_enough(self) -> bool:
        repeat = self.step.repeat
        return repeat is not None and repeat.times is not None and self.round >= repeat.times

    @property
    def round(self) -> int:
        """The number of the last visit of a repeated step; 0 before the first."""
        return self.rounds[-1].number if self.rounds else 0

    @property
    def deferred(self) -> bool:
        """Put off and still to do; a repeated step may have come to its end meanwhile."""
        return self.status == "deferred" and not self.unclear and not self._was_visited_often_enough

    @property
    def missed(self) -> bool:
        """Its limit passed before it was finished; a word that comes late may say that it was in time."""
        if self.missed_at is None:
            return False
        last = self.last
        return self.status not in FINISHED or last is None or last.at > self.missed_at

    @property
    def awaits_second(self) -> bool:
        """Done by one, and what was done is not yet verified by another who has not seen the first value."""
        if self.step.verify != "independent" or self.status != "done":
            return False
        return bool(self.second_differs) or not any(one.purpose == "verify" for one in self.signatures)

    @property
    def voices(self) -> tuple[Signature, ...]:
        """The signatures by voice that their owners have not confirmed, those of the past first."""
        return (*self.past_voices, *_unconfirmed(self.signatures))

    @property
    def provisional(self) -> bool:
        """Whether lives hang on a voice that its owner has not confirmed: somebody typed what they heard."""
        return self.step.guarded and bool(self.voices)

    @property
    def second_differs(self) -> tuple[str, ...]:
        """The readings of which the second person, blind, read another value than the first."""
        return tuple(
            name
            for name, second in self.second_readings.items()
            if name in self.readings and self.readings[name].value != second.value
        )

    @property
    def touched(self) -> bool:
        """Whether anybody did anything for it in this visit."""
        said = (self.started_at, self.readings, self.ticks, self.signatures, self.rounds, self.tries)
        return any(said) or self.status is not None

    @property
    def last(self) -> Said[Statement] | None:
        """The statement that holds."""
        return strongest(self.heads)

    def is_of_this_visit(self, seen: Seen) -> bool:
        """Whether an author who had read that far knew that the present visit had begun."""
        return self.began is None or has_seen(seen, self.began)

    def begin_again(self, because: Said[str]) -> None:
        """Open again without its values and signatures; the record keeps them."""
        self.lose_names()
        past = self.past_voices
        fresh = StepState(
            self.step, self.visit + 1, self.heads, because, doubts=self.doubts, past_voices=past
        )
        for one in fields(self):
            setattr(self, one.name, getattr(fresh, one.name))

    def lose_names(self, passed: bool = False) -> None:
        """Its names no longer count; a voice it was passed on still waits for whoever it was."""
        if passed or self._stands_on_its_names:
            self.past_voices = [*self.past_voices, *_unconfirmed(self.signatures)]
        self.signatures = []

    @property
    def _stands_on_its_names(self) -> bool:
        """Whether it was passed; a hold not when it was refused, nor by who has signed it since, anew."""
        if self.step.sign is None:
            return self.status in FINISHED
        return self.status in FINISHED and self.answer != "refused" and not self.doubts

    def stated_anew(self) -> None:
        """It was said again how it stands: nobody has verified that, and who agreed, agreed to what was."""
        self.second_readings = {}
        gone = [one for one in self.signatures if one.spent or one.purpose == "verify"]
        if gone:
            self.past_voices = [*self.past_voices, *_unconfirmed(gone)]
            self.signatures = [one for one in self.signatures if one not in gone]

    def spend_names(self) -> None:
        """What two agreed to is done: their names prove this act, and no later one."""
        self.signatures = [
            replace(one, spent=True) if one.purpose in AGREED else one for one in self.signatures
        ]

    def confirm_voice(self, confirmed: Callable[[Signature], Signature]) -> None:
        """A voice is confirmed; one of the past has then nothing left to wait for."""
        self.signatures = [confirmed(one) for one in self.signatures]
        self.past_voices = _unconfirmed([confirmed(one) for one in self.past_voices])

    def close(self) -> None:
        """Take back that it opened: it waits, and opens afresh when its turn comes."""
        self.opened_at, self.shut, self.true_since = None, None, None
        self.passed, self.asks_whether, self.whether = False, False, ()

    def visited(self, number: int, at: datetime, by: str) -> None:
        """One visit of a repeated step; the same number from two devices is one visit recorded twice."""
        if number > self.round:
            self.rounds.append(Round(number, at, by))
        if self.step.repeat is not None and self.opened_at is not None and at >= self.opened_at:
            interval = (at - self.opened_at) // (self.step.repeat.every.length or timedelta(milliseconds=1))
            self.intervals.add(interval)
            self.last_interval = max(self.last_interval, interval)
        self.readings, self.ticks, self.started_at, self.started_by = {}, {}, None, None
        self.lose_names(passed=True)
        self.evidence = []


def _unconfirmed(signs: Iterable[Signature]) -> list[Signature]:
    return [one for one in signs if not one.confirmed]
