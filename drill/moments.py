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
TOLD, LEVEL, SIGNED = "told ", "level ", "signed "
OF_THE_TEAM = (TOLD, LEVEL)
"""What the team does, in whichever of its runs."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something happened at a time of the exercise clock; the entry that shows it."""

    at: datetime
    hash: str
    by: str


@dataclass
class Moments:
    """Every time each step was finished, answer given, mark reached, watch raised and inject delivered.

    Told groups stand under ``told GROUP``, levels under ``level X``, signatures under ``signed STEP``. What
    happened in a run that the drill has opened stands under that run's runbook: ``call-119/ring-119``; but who
    was told, and which level was declared, the team did, in whichever run.
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

    def take(self, entry: Entry, below: StepGraph | None = None) -> None:
        """One entry more; `below`: the graph of a run that the drill has opened, when it stands in one."""
        by = entry.event.person if isinstance(entry.event, SignedOff) else entry.by
        for name, at in self._names(entry, below or self.graph):
            said = name if below is None else name_below(below.runbook.id, name)
            self.found.setdefault(said, []).append(Occurrence(at, entry.hash, by))

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

    def _names(self, entry: Entry, graph: StepGraph) -> Iterable[tuple[str, datetime]]:
        event, at = entry.event, entry.at
        if isinstance(event, RunOpened):
            yield START, at
        elif isinstance(event, StepDone) and event.confirms is None:
            yield from ((name, at) for name in (event.step, *_marks(graph, event.step)))
        elif isinstance(event, AnswerGiven):
            yield f"{event.step}.{event.answer}", at
            if event.answer not in BAD_ANSWERS and not event.reopens:
                yield from ((name, at) for name in (event.step, *_marks(graph, event.step)))
        elif isinstance(event, (StepOverridden, StepSkipped)) and event.mark_at is not None:
            yield from ((mark, moment_of(event.mark_at)) for mark in _marks(graph, event.step))
        else:
            yield from ((name, at) for name in _happened(event))


def _marks(graph: StepGraph, step_id: str) -> tuple[str, ...]:
    step = graph.steps.get(step_id)
    return () if step is None else step.marks


def name_below(runbook: str, name: str) -> str:
    """What happened in a run of `runbook` below the drill, as the drill knows it."""
    if name.startswith(OF_THE_TEAM):
        return name
    return (
        f"{SIGNED}{runbook}/{name.removeprefix(SIGNED)}" if name.startswith(SIGNED) else f"{runbook}/{name}"
    )


def _happened(event: Event) -> Iterable[str]:
    """What happened beside the steps."""
    if isinstance(event, WatchRaised):
        yield event.watch
    elif isinstance(event, LevelDeclared):
        yield f"{LEVEL}{event.level}"
    elif isinstance(event, Told) and event.outcome in ("voice", "sent", "suppressed"):
        yield f"{TOLD}{event.group}"
    elif isinstance(event, SignedOff) and event.purpose != "override":
        yield f"{SIGNED}{event.step}"
    elif isinstance(event, InjectSet) and event.how == "delivered":
        yield event.inject
