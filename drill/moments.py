"""When everything in a drill was reached, from its record alone: what triggers and limits count from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from engine.events import (
    AnswerGiven,
    Entry,
    Event,
    InjectSet,
    LevelDeclared,
    RunOpened,
    SignedOff,
    StepDone,
    StepOverridden,
    StepSkipped,
    Told,
    WatchRaised,
    moment_of,
)
from engine.graph import StepGraph
from engine.state import BAD_ANSWERS

START = "reported"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something happened at a time of the exercise clock; the entry that shows it."""

    at: datetime
    hash: str
    by: str


@dataclass
class Moments:
    """Every time each step was finished, answer given, mark reached, watch raised and inject delivered.

    Told groups stand under ``told GROUP``, levels under ``level X``, signatures under ``signed STEP``.
    """

    graph: StepGraph
    found: dict[str, list[Occurrence]] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: StepGraph, entries: Iterable[Entry]) -> Moments:
        """The moments of a whole run, its entries in their order."""
        made = cls(graph)
        for entry in entries:
            made.take(entry)
        return made

    def take(self, entry: Entry) -> None:
        """One entry more."""
        by = entry.event.person if isinstance(entry.event, SignedOff) else entry.by
        for name, at in self._names(entry):
            self.found.setdefault(name, []).append(Occurrence(at, entry.hash, by))

    def first_by(self, person: str, names: Iterable[str], since: datetime) -> Occurrence | None:
        """The first of these that this person did at or after `since`."""
        theirs = (one for name in names for one in self.found.get(name, []) if one.by == person)
        return min((one for one in theirs if one.at >= since), key=lambda one: one.at, default=None)

    def first(self, name: str, since: datetime | None = None) -> Occurrence | None:
        """The first time, or the first at or after `since`."""
        listed = self.found.get(name, [])
        return min(
            (one for one in listed if since is None or one.at >= since),
            key=lambda one: one.at,
            default=None,
        )

    def _names(self, entry: Entry) -> Iterable[tuple[str, datetime]]:
        event, at = entry.event, entry.at
        if isinstance(event, RunOpened):
            yield START, at
        elif isinstance(event, StepDone) and event.confirms is None:
            yield from self._finished(event.step, at)
        elif isinstance(event, AnswerGiven):
            yield f"{event.step}.{event.answer}", at
            if event.answer not in BAD_ANSWERS and not event.reopens:
                yield from self._finished(event.step, at)
        elif isinstance(event, (StepOverridden, StepSkipped)) and event.mark_at is not None:
            yield from ((mark, moment_of(event.mark_at)) for mark in self._marks(event.step))
        else:
            yield from ((name, at) for name in _happened(event))

    def _finished(self, step_id: str, at: datetime) -> Iterable[tuple[str, datetime]]:
        yield step_id, at
        yield from ((mark, at) for mark in self._marks(step_id))

    def _marks(self, step_id: str) -> tuple[str, ...]:
        step = self.graph.steps.get(step_id)
        return () if step is None else step.marks


def _happened(event: Event) -> Iterable[str]:
    """What happened beside the steps."""
    if isinstance(event, WatchRaised):
        yield event.watch
    elif isinstance(event, LevelDeclared):
        yield f"level {event.level}"
    elif isinstance(event, Told) and event.outcome in ("voice", "sent", "suppressed"):
        yield f"told {event.group}"
    elif isinstance(event, SignedOff) and event.purpose == "hold":
        yield f"signed {event.step}"
    elif isinstance(event, InjectSet) and event.how == "delivered":
        yield event.inject
