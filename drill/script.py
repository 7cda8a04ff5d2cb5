"""What has become of every inject, and which are due: folded from the evaluation and the drill, pure.

An inject that fell due while nobody held the trainer's role is late: it waits for the trainer's choice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from drill.draws import draw, falls_in
from drill.moments import START, Moments
from drill.scenario.values import After, At, Chance, Inject, Manual, Scenario, Together, Trigger
from engine.events import Entry, InjectSet
from engine.run.drills import spoken

HEADS_UP = timedelta(seconds=60)
"""How long before a major inject the evaluators are told."""


@dataclass(frozen=True, slots=True)
class Line:
    """One inject as the trainer's list shows it."""

    inject: Inject
    due: datetime | None
    """When it comes; None: not known yet, or only by hand."""
    standing: str
    """waiting, manual, due, late, held, skipped, not-drawn, or delivered."""
    deliveries: int = 0
    unscripted: bool = False


def heads_up(lines: Iterable[Line], now: datetime) -> list[Line]:
    """Of these the major ones that come within a minute."""
    coming = (one for one in lines if one.inject.major and one.standing == "waiting")
    return [one for one in coming if one.due is not None and now >= one.due - HEADS_UP]


@dataclass
class Script:
    """The injects of one drill. `take` every entry of the evaluation and of the drill, in their order."""

    scenario: Scenario
    seed: str
    moments: Moments
    held: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    moved: dict[str, datetime] = field(default_factory=dict)
    """Those the trainer gave another time."""
    written: dict[str, Inject] = field(default_factory=dict)
    """Those the trainer wrote live."""
    delivered: dict[str, int] = field(default_factory=dict)
    logged_draws: set[str] = field(default_factory=set)

    def take(self, entry: Entry) -> None:
        """One entry more, of either run."""
        event = entry.event
        if not isinstance(event, InjectSet):
            return
        if event.how == "delivered":
            self.delivered[event.inject] = max(event.number, self.delivered.get(event.inject, 0))
        elif event.how == "held":
            self.held.add(event.inject)
        elif event.how == "released":
            self.held.discard(event.inject)
        elif event.how in ("skipped", "dropped"):
            self.skipped.add(event.inject)
        elif event.how == "drawn":
            self.logged_draws.add(event.inject)
        elif event.how == "delayed" and event.due_ms is not None:
            start = self.moments.first(START)
            self.skipped.discard(event.inject)
            if start is not None:
                self.moved[event.inject] = start.at + timedelta(milliseconds=event.due_ms)
        elif event.how == "written":
            self.written[event.inject] = _written(event)

    @property
    def injects(self) -> list[Inject]:
        """Scripted ones first, then those written live."""
        return [*self.scenario.injects, *self.written.values()]

    def lines(self, now: datetime, since: datetime) -> list[Line]:
        """Every inject as it stands at `now`; `since`: from when on this terminal has watched the clock."""
        return [self._line(one, now, since) for one in self.injects]

    def ahead(self, now: datetime, since: datetime) -> list[Line]:
        """The same without those that were given."""
        return [self._line(one, now, since) for one in self.injects if one.id not in self.delivered]

    def due(self, now: datetime, since: datetime) -> list[Line]:
        """What is to be delivered now, in the order it fell due."""
        ready = [one for one in self.ahead(now, since) if one.standing == "due"]
        return sorted(ready, key=lambda one: (one.due, one.inject.number))

    def next_at(self, now: datetime, since: datetime) -> datetime | None:
        """When the next one falls due, as far as that is known."""
        dues = [one.due for one in self.ahead(now, since) if one.standing == "waiting" and one.due]
        return min((one for one in dues if one > now), default=None)

    def _line(self, inject: Inject, now: datetime, since: datetime) -> Line:
        due = self.moved.get(inject.id) or self.due_at(inject)
        return Line(
            inject,
            due,
            self._standing(inject, due, now, since),
            self.delivered.get(inject.id, 0),
            inject.id in self.written,
        )

    def _standing(self, inject: Inject, due: datetime | None, now: datetime, since: datetime) -> str:
        if self.delivered.get(inject.id):
            return "delivered"
        by_hand = inject.id in self.moved  # a time that the trainer gave goes before chance and approval
        if inject.id in self.skipped or not (inject.approved or by_hand):
            return "skipped"
        if inject.id in self.held:
            return "held"
        if self.not_drawn(inject) and not by_hand:
            return "not-drawn"
        if due is None:
            return "manual" if is_manual(inject.trigger) else "waiting"
        if due > now:
            return "waiting"
        return "late" if due < since else "due"

    # --- triggers

    def due_at(self, inject: Inject) -> datetime | None:
        """When the script says it comes; None while that is not known."""
        return self._when(inject.trigger, inject)

    def _when(self, trigger: Trigger, inject: Inject) -> datetime | None:
        start = self.moments.first(START)
        if start is None:
            return None
        if isinstance(trigger, At):
            return start.at + trigger.at
        if isinstance(trigger, After):
            first = self.moments.first(trigger.what)
            return None if first is None else first.at + trigger.delay
        if isinstance(trigger, Chance):
            return start.at if falls_in(self.drawn(inject), trigger.percent) else None
        if isinstance(trigger, Manual):
            return None
        parts = [self._when(one, inject) for one in trigger.parts]
        known = [one for one in parts if one is not None]
        if trigger.all:
            return max(known) if len(known) == len(parts) else None
        return min(known, default=None)

    def drawn(self, inject: Inject) -> str:
        """What chance says of an inject; the same whenever it is asked."""
        return draw(self.seed, inject.id)

    def not_drawn(self, inject: Inject) -> bool:
        """Whether chance alone keeps it from ever coming."""
        return _never(inject.trigger, self.drawn(inject))

    def undrawn(self, now: datetime) -> list[tuple[Inject, bool]]:
        """Injects of chance whose draw decides now and is not in the record yet, and how it fell."""
        found = []
        for inject in self.injects:
            if not has_chance(inject.trigger) or inject.id in self.logged_draws or not inject.approved:
                continue
            sure = self._when(_certain(inject.trigger), inject)
            if sure is not None and sure <= now:
                found.append((inject, not self.not_drawn(inject)))
        return found


def is_manual(trigger: Trigger) -> bool:
    """Whether only a person can bring it."""
    if isinstance(trigger, Together):
        found = [is_manual(one) for one in trigger.parts]
        return any(found) if trigger.all else all(found)
    return isinstance(trigger, Manual)


def has_chance(trigger: Trigger) -> bool:
    """Whether chance has a say."""
    if isinstance(trigger, Together):
        return any(has_chance(one) for one in trigger.parts)
    return isinstance(trigger, Chance)


def _never(trigger: Trigger, drawn: str) -> bool:
    if isinstance(trigger, Chance):
        return not falls_in(drawn, trigger.percent)
    if isinstance(trigger, Together):
        found = [_never(one, drawn) for one in trigger.parts]
        return any(found) if trigger.all else all(found)
    return False


def _certain(trigger: Trigger) -> Trigger:
    """The same trigger if every draw fell well."""
    if isinstance(trigger, Chance):
        return At(timedelta())
    if isinstance(trigger, Together):
        return replace(trigger, parts=tuple(_certain(one) for one in trigger.parts))
    return trigger


def _written(event: InjectSet) -> Inject:
    return Inject(
        id=event.inject,
        number=event.inject,
        title=spoken(event.title),
        to=event.to,
        channel=event.channel,
        trigger=Manual(),
        sender=spoken(event.sender),
        text=spoken(event.text) if event.text else None,
    )
