"""What is read of a record and is not what was signed: marked where it is shown, and counted.

Amiss(reader, run)            the faults of one run, as far as it was read
Faulty(findings)              which entries a verification or such a look has found
Places(reader, language)      where an entry stands that a finding names: its run, its time, its kind
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine.errors import RecordTrouble
from engine.events import Entry, moment_of
from engine.store import Reader
from engine.text import clean
from tui.locale import say
from tui.logbook import headline_of, when

if TYPE_CHECKING:
    from engine.journal.report import Finding

UTC_ZONE = ZoneInfo("UTC")

SHORT_JOURNAL = 8
"""So much of the name of a journal tells it from the others."""

LOOSE = frozenset({"entry-prev", "entry-order"})
"""Faults that say of an entry only that what stands before it is not what it was written behind."""


class Faulty:
    """Entries that are not what was signed, by journal and number, and every fault once."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self.faults: dict[str, Finding] = {}
        """Each once, also when a stretch was read twice."""
        self._ids: dict[tuple[str, int], set[str]] = {}
        self.add(findings)

    def add(self, findings: Iterable[Finding]) -> None:
        for one in findings:
            said = dict(one.facts)
            self.faults[repr(one)] = one
            if "jseq" in said:
                self._ids.setdefault((said["journal"], said["jseq"]), set()).add(one.id)

    def ids(self, entry: Entry) -> list[str]:
        """What is wrong with an entry, by the machine ids of `verify`."""
        return sorted(self._ids.get((entry.journal, entry.jseq), ()))

    def word(self, entry: Entry) -> str:
        """``changed``; ``loose``: it only does not follow the one before it; empty: nothing is wrong with it."""
        ids = self._ids.get((entry.journal, entry.jseq))
        if not ids:
            return ""
        return "loose" if ids <= LOOSE else "changed"

    @property
    def count(self) -> int:
        """In how many places: an entry that is loose behind one that was changed is the same place."""
        changed = {place for place, ids in self._ids.items() if not ids <= LOOSE}
        loose = [
            (journal, jseq)
            for journal, jseq in self._ids.keys() - changed
            if (journal, jseq - 1) not in changed
        ]
        return max(len(changed) + len(loose), min(len(self.faults), 1))


class Amiss(Faulty):
    """The same of one run; it is read on when somebody has written."""

    def __init__(self, reader: Reader, run: str) -> None:
        super().__init__()
        self._reader = reader
        self._run = run
        self._until = 0

    def look(self) -> Amiss:
        """Hold everything against its hashes that was written since the last look."""
        held = self._reader.held(self._run, self._until)
        self._until = held.until
        self.add(held.faults)
        return self

    def line(self, entry: Entry, line: str, language: str) -> str:
        """A line of the log, with a word before it where its entry is not what was signed."""
        word = self.word(entry)
        if not word:
            return line
        return say(f"log-{word}", language, journal=entry.journal[:SHORT_JOURNAL], jseq=entry.jseq, line=line)


class Places:
    """Where the entries stand that findings name, in words; said behind each."""

    def __init__(self, reader: Reader, language: str) -> None:
        self._reader = reader
        self._language = language
        self._zones: dict[str, ZoneInfo] = {}
        self.runs: dict[str, None] = {}
        """The runs that were named."""

    def __call__(self, finding: Finding) -> str:
        said: dict[str, Any] = dict(finding.facts)
        row = self._reader.row_of(said["journal"], said["jseq"]) if "jseq" in said else None
        if row is None:
            return ""
        try:
            at: datetime | None = moment_of(row.at)
        except ValueError:
            at = None
        kind = clean(row.type)
        zone = UTC_ZONE if row.run is None else self._zone(row.run)
        moment = clean(row.at) if at is None else when(at, zone)
        if row.run is None:
            return say("at-device", self._language, when=moment, kind=kind)
        self.runs[row.run] = None
        return say("at-run", self._language, run=clean(row.run), when=moment, kind=kind)

    def _zone(self, run: str) -> ZoneInfo:
        """By the plan of the run; of one that cannot be read, UTC, as in the log."""
        if not self._zones:
            self._zones = {one.run: self._of(one.graph) for one in self._reader.runs()}
        return self._zones.get(run, UTC_ZONE)

    def _of(self, graph: str | None) -> ZoneInfo:
        try:
            return headline_of(self._reader.text(graph) if graph else None).zone
        except (RecordTrouble, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return UTC_ZONE  # what was changed, verify says beside


def faulty_of(findings: Collection[Finding]) -> Faulty:
    """What a verification has found, to mark entries by; only what breaks the record."""
    return Faulty(one for one in findings if str(one.weight) == "broken")
