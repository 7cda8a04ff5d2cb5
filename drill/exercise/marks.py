"""Marks of a drill, and a new drill that begins where one was marked.

The new drill is a run of its own with its own evaluation: what the players and the script had said up to the
mark is said there once more, at the same times of its clock, and nothing of the old one is touched.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from drill.exercise.sitting import MS
from engine.clocks import FROZEN
from engine.desk import Record
from engine.events import (
    Acknowledged,
    ClockSet,
    Draft,
    Entry,
    Event,
    InjectSet,
    NoteAdded,
    RunEnded,
    RunOpened,
    from_payload,
    moment_of,
    name_of,
    stamp,
    to_payload,
)
from engine.run import in_order

MARK = "mark"
"""The kind of the note that a trainer leaves."""

FROM_MARK = "from-mark"
"""The kind of the note by which a drill says where it began."""

NOT_AGAIN = (RunOpened, ClockSet, RunEnded, Acknowledged)
"""What a new drill has of its own."""

NOT_AGAIN_BELOW = (Acknowledged,)
"""A run that the drill had opened is opened once more, and may have ended before the mark."""

_MOMENTS = ("mark_at", "since")


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a drill that the trainer wants to come back to."""

    name: str
    elapsed: timedelta
    """On the exercise clock, counted from the start."""


def marks_of(entries: list[Entry], start: datetime) -> list[Mark]:
    """The marks in an evaluation, in their order."""
    return [
        Mark(one.event.text, one.at - start)
        for one in in_order(entries)
        if isinstance(one.event, NoteAdded) and one.event.kind == MARK
    ]


@dataclass
class Copying:
    """Says the entries of one run in another, up to a moment, as far later as that run began later."""

    record: Record
    until: datetime
    shift: timedelta
    names: dict[str, str] = field(default_factory=dict)
    """By the id of a run, or the hash of an entry, what it is called in the new drill."""

    def into(
        self,
        run: str,
        entries: list[Entry],
        told: list[Entry],
        never: tuple[type[Event], ...] = NOT_AGAIN,
    ) -> int:
        """`told`: what stands in the new run already. How many entries were said again."""
        lam, tips, count = max((one.lam for one in told), default=0), tuple(one.hash for one in told[-1:]), 0
        for entry in in_order(entries):
            if entry.at > self.until or isinstance(entry.event, never):
                continue
            lam, count = lam + 1, count + 1
            draft = Draft(run, self._moved(entry.event), entry.at + self.shift, entry.actor, lam, tips)
            (written,) = self.record.append([draft], seen=None, cmd=None)
            self.names[entry.hash] = written.hash
            tips = (written.hash,)
        return count

    def _moved(self, event: Event) -> Event:
        """The same event, its moments later, and what it speaks of called as it is in the new drill."""
        text = to_payload(event).decode("utf-8")
        for old, new in self.names.items():
            text = text.replace(old, new)
        said = json.loads(text)
        for name in _MOMENTS:
            if isinstance(said.get(name), str):
                said[name] = self._later(said[name])
            elif isinstance(said.get(name), list):
                said[name] = [[promise, self._later(since)] for promise, since in said[name]]
        return from_payload(name_of(event), type(event).VERSION, json.dumps(said).encode("utf-8"))

    def _later(self, moment: str) -> str:
        return stamp(moment_of(moment) + self.shift)


def of_the_script(entries: list[Entry]) -> list[Entry]:
    """What a trainer had done to the script: it holds in the new drill too."""
    return [one for one in entries if isinstance(one.event, InjectSet)]


def set_to(mark: Mark, run: str) -> ClockSet:
    """The clock of the new drill: it stands at the mark until the trainer resumes it."""
    return ClockSet(mark.elapsed // MS, FROZEN, f"{run} {mark.name}")


def begun_from(mark: Mark, run: str) -> NoteAdded:
    """In the new evaluation: the drill it comes from, and where."""
    return replace(NoteAdded(f"{run}\n{mark.elapsed // MS}\n{mark.name}"), kind=FROM_MARK)
