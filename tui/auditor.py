"""What an auditor asks of the record: filters as words, and where nothing was written for a long time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from engine.errors import RecordTrouble, Refused
from engine.events import Entry, name_of
from engine.store import Reader, RunRow
from engine.text import clean
from tui.logbook import NO_TITLES, Titles, titles_of

GAP = timedelta(minutes=10)
"""So long without an entry is said."""

WORD_OF = {"R": "REAL", "D": "DRILL", "H": "REHEARSAL", "P": "PATROL", "E": "DRILL"}
"""The word that stands before every line of a run of that kind."""

OTHERS = "HP"
"""Kinds that are neither real nor a drill; an evaluation belongs to its drill."""

KIND_WORDS = {
    "R": "R",
    "D": "D",
    "H": "H",
    "P": "P",
    "REAL": "R",
    "DRILL": "D",
    "REHEARSAL": "H",
    "PATROL": "P",
}


@dataclass(frozen=True)
class Wanted:
    """Which runs are to be listed; None: all of them."""

    kind: str | None = None
    runbook: str | None = None
    site: str | None = None
    room: str | None = None
    since: str | None = None
    """A day of the site, from its beginning."""
    flags: tuple[str, ...] = ()
    """Of drills: the form and flags that they must have, like ``tabletop`` and ``no-notice``."""

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind.upper() not in KIND_WORDS:
            raise Refused("unknown-kind", kind=clean(self.kind), kinds=tuple("RDHP"))
        if self.since is not None:
            day_of(self.since)

    @property
    def first(self) -> str:
        """The first of them as an option."""
        said = {"flags": "drill"}
        return next(f"--{said.get(one.name, one.name)}" for one in fields(self) if getattr(self, one.name))

    def fits(self, row: RunRow, titles: Titles, since: date | None) -> bool:
        """Whether a run is one of them."""
        opened = row.opened_at or row.last_at
        return (
            (self.kind is None or row.kind == KIND_WORDS[self.kind.upper()])
            and (self.runbook is None or row.runbook == self.runbook)
            and (self.site is None or titles.site == self.site)
            and (self.room is None or row.room == self.room)
            and (since is None or opened.astimezone(titles.zone).date() >= since)
        )


def day_of(day: str) -> date:
    """A day as it is typed: 2026-11-01."""
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise Refused("not-a-day", day=clean(day)) from None


@dataclass(frozen=True)
class Filters:
    """Words like ``who:li step:doorway event:told``; of one kind any may fit, of each kind one must."""

    who: frozenset[str] = frozenset()
    step: frozenset[str] = frozenset()
    event: frozenset[str] = frozenset()

    @classmethod
    def of(cls, words: Iterable[str]) -> Filters:
        """The filters of the words of a command line."""
        found: dict[str, set[str]] = {"who": set(), "step": set(), "event": set()}
        for word in words:
            kind, colon, value = word.partition(":")
            if not colon or not value or kind not in found:
                raise Refused("unknown-filter", word=clean(word))
            found[kind].add(value)
        return cls(**{kind: frozenset(values) for kind, values in found.items()})

    def __bool__(self) -> bool:
        return bool(self.who or self.step or self.event)

    def fit(self, entry: Entry, titles: Titles) -> bool:
        """Whether an entry is asked for."""
        return (
            (not self.who or any(_is(one, entry, titles) for one in self.who))
            and (not self.step or getattr(entry.event, "step", None) in self.step)
            and (not self.event or any(_happened(one, entry) for one in self.event))
        )


def _is(who: str, entry: Entry, titles: Titles) -> bool:
    """By id or by name; whoever typed it counts too."""
    people = {entry.by, entry.actor}
    names = {name for one in people if one in titles.people for name in _both(titles, one)}
    return who in people | names


def _both(titles: Titles, person: str) -> tuple[str, str]:
    return titles.people[person].zh, titles.people[person].en


def _happened(event: str, entry: Entry) -> bool:
    """By the name of the event, or by one word of it: `told`, `reading_taken`, `reading`, `step-done`."""
    name, asked = name_of(entry.event), event.replace("-", "_").lower()
    return asked == name or asked in name.split("_")


def gaps_of(entries: Iterable[Entry]) -> dict[str, timedelta]:
    """Where nothing happened for more than ten minutes of the run's clock: by the entry behind the gap."""
    found = {}
    last: datetime | None = None
    for entry in entries:
        if last is not None and entry.at - last > GAP:
            found[entry.hash] = entry.at - last
        last = entry.at if last is None else max(last, entry.at)
    return found


def by_clock(entries: Iterable[Entry]) -> list[Entry]:
    """In the order of the run's own clock; what happened in one moment as it was recorded."""
    return sorted(entries, key=lambda one: (one.at, one.order))


class TitlesOf:
    """The words of the plans in this store, each read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str | None, str | None], Titles] = {}

    def of(self, row: RunRow) -> Titles:
        key = (row.graph, row.room)
        if key not in self._known:
            self._known[key] = self._read(*key)
        return self._known[key]

    def _read(self, graph: str | None, room: str | None) -> Titles:
        try:
            return titles_of(self._reader.text(graph) if graph else None, room)
        except (RecordTrouble, ValueError, KeyError, TypeError):
            return (
                NO_TITLES  # the entries can still be read without titles; verification says what was changed
            )
