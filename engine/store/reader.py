"""Reading a store: runs, entries, texts, and whether all of it is what its devices signed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import FromClause, Select, bindparam, column, func, select, table, text

from engine.errors import RecordTrouble
from engine.events import Checkpoint, Entry, JournalOpened, moment_of
from engine.journal import (
    BEGINNING,
    STRANGER,
    Claim,
    Head,
    Note,
    Row,
    Trust,
    find_notes,
    legible,
    public_of,
)
from engine.store import glance, schema
from engine.store.findings import Finding, findings_in
from engine.store.glance import COLUMNS, RunRow, run_row
from engine.store.prepared import Prepared
from engine.store.schema import events
from engine.store.sqlite import ReadablePlace
from engine.store.trouble import trouble

if TYPE_CHECKING:
    from engine.journal.proof import Report
    from engine.store.soundness import Held

ROW = tuple(events.c[name] for name in Row._fields)

ALL = 2**53
"""A limit that is none."""


@dataclass(frozen=True, slots=True)
class Pin:
    """How a person's PIN is checked; the digits are nowhere."""

    person: str
    salt: bytes
    hash: bytes
    """scrypt of the digits with the salt; by what numbers is the business of engine.people."""
    tries: int = 0
    locked_until: datetime | None = None


_OF_RUN = Prepared(
    lambda: (
        select(*ROW)
        .where(events.c.run == bindparam("run"), events.c.pos > bindparam("since"))
        .order_by(events.c.pos)
    )
)
_FAMILY = Prepared(
    lambda: (
        select(*ROW).where(events.c.run.is_(None), events.c.pos > bindparam("since")).order_by(events.c.pos)
    )
)
LAST = Prepared(lambda: select(func.max(events.c.pos)))
_HEAD = Prepared(
    lambda: (
        select(events.c.jseq, events.c.hash)
        .where(events.c.journal == bindparam("journal"))
        .order_by(events.c.jseq.desc())
        .limit(1)
    )
)
_ROW_OF = Prepared(
    lambda: select(*ROW).where(events.c.journal == bindparam("journal"), events.c.jseq == bindparam("jseq"))
)
_ALL = Prepared(lambda: select(*ROW).order_by(events.c.journal, events.c.jseq))
_RUNS = Prepared(lambda: _runs(schema.runs))
_GOING_ON = Prepared(lambda: _runs(schema.runs).where(schema.runs.c.ended_how.is_(None)))
_REAL_RUNS = Prepared(lambda: _runs(table("real_runs", *map(column, COLUMNS))))
_DRILL_RUNS = Prepared(lambda: _runs(table("drill_runs", *map(column, COLUMNS))))
_FINDINGS = Prepared(lambda: select(*ROW).where(text(schema.OF_FINDINGS)).order_by(events.c.pos))
_TEXTS = Prepared(lambda: select(schema.texts.c.digest))
_TEXT = Prepared(lambda: select(schema.texts.c.data).where(schema.texts.c.digest == bindparam("digest")))
_BLOBS = Prepared(lambda: select(schema.blobs.c.digest))
_BLOB = Prepared(lambda: select(schema.blobs.c.data).where(schema.blobs.c.digest == bindparam("digest")))
PIN = Prepared(lambda: select(schema.people).where(schema.people.c.person == bindparam("person")))
_NOTES = Prepared(lambda: select(schema.notes.c.text).order_by(schema.notes.c.origin, schema.notes.c.size))


def _runs(source: FromClause) -> Select[Any]:
    """Rows for `RunRow`, the latest first, at most `limit`."""
    columns = [source.c[name] for name in COLUMNS]
    return select(*columns).order_by(source.c.last_pos.desc()).limit(bindparam("limit"))


class Reader:
    """A store that is open for reading; `trust_of`: what this device knows of the store with an id."""

    def __init__(
        self, place: ReadablePlace, trust_of: Callable[[str | None], Trust] = lambda _: STRANGER
    ) -> None:
        self._place = place
        self._trust_of = trust_of

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """Where it is, as a person calls it."""
        return self._place.name

    def close(self) -> None:
        """Let go of it."""
        with trouble(self.name):
            self._place.close()

    # --- entries

    def entries(self, run: str | None, since_pos: int = 0) -> list[Entry]:
        """The entries of a run after a place, as they came; None: those that belong to no run.

        Nothing is checked here (`held` does that), and one whose header was spoiled is given as its columns say.
        """
        statement, said = (_FAMILY, {}) if run is None else (_OF_RUN, {"run": run})
        return [legible(Row._make(row)) for row in self._fetch(statement, said | {"since": since_pos})]

    def held(self, run: str, since_pos: int = 0) -> Held:
        """Whether the entries of a run after a place are what was signed; see `engine.store.soundness`."""
        from engine.store.soundness import held  # `runs` must start quickly

        return held(self._fetch, run, since_pos)

    def row_of(self, journal: str, jseq: int) -> Row | None:
        """What stands at that number of a journal, as it is kept."""
        found = self._fetch(_ROW_OF, {"journal": journal, "jseq": jseq})
        return Row._make(found[0]) if found else None

    def last_pos(self) -> int:
        """The place of the last entry of all, 0 when there is none."""
        return self._fetch(LAST)[0][0] or 0

    def head(self, journal: str) -> Head:
        """The last entry of a journal."""
        found = self._fetch(_HEAD, {"journal": journal})
        return Head(found[0][0], found[0][1].hex()) if found else BEGINNING

    def all_rows(self) -> Iterator[Row]:
        """Every row, journal by journal in the order of `jseq`, as they all stand at the beginning."""
        return map(Row._make, self._all_rows())

    # --- runs

    def runs(self, *, limit: int | None = None, going_on: bool = False) -> list[RunRow]:
        """The runs, the one that was written to last first; `going_on`: only those that have not ended."""
        found = self._fetch(_GOING_ON if going_on else _RUNS, {"limit": ALL if limit is None else limit})
        return [run_row(one) for one in found]

    def real_runs(self) -> list[RunRow]:
        """Real runs only: what statistics may be asked of."""
        return [run_row(one) for one in self._fetch(_REAL_RUNS, {"limit": ALL})]

    def drill_runs(self) -> list[RunRow]:
        """Drills only."""
        return [run_row(one) for one in self._fetch(_DRILL_RUNS, {"limit": ALL})]

    def findings(self) -> list[Finding]:
        """Everything that was found not as it should be, in all runs, open or settled, as it came in."""
        return findings_in(legible(Row._make(row)) for row in self._fetch(_FINDINGS))

    # --- what is kept by digest

    def text(self, digest: str) -> bytes | None:
        """The text of a digest, None when it is not here; RecordTrouble when it was changed."""
        return self._by_digest(_TEXT, digest)

    def blob(self, digest: str) -> bytes | None:
        """The photo or file of a digest, likewise."""
        return self._by_digest(_BLOB, digest)

    # --- people, checkpoints

    def pin(self, person: str) -> Pin | None:
        """How the PIN of a person is checked, None when they have none."""
        found = self._fetch(PIN, {"person": person})
        return pin_of(found[0]) if found else None

    def notes(self) -> tuple[Note, ...]:
        """Every checkpoint that is kept here. One that somebody spoiled proves nothing, and is left out."""
        found = self._fetch(_NOTES)
        return tuple(note for (text,) in found for note in find_notes(text))

    # --- whose it is

    def trust(self) -> Trust:
        """What this device knows of this record, by its own files."""
        with trouble(self.name), self._place.reading() as connection:
            return self._trust_of(schema.store_id(connection))

    def foreign(self, journals: Iterable[str]) -> frozenset[str]:
        """Those of these journals that nobody known here vouches for."""
        journals, trust = frozenset(journals), self.trust()
        if journals <= trust.own:
            return frozenset()
        first = ((one.journal, one.event) for one in self.entries(None) if one.jseq == 1)
        openings = {
            journal: event
            for journal, event in first
            if isinstance(event, JournalOpened) and public_of(journal, event) is not None
        }
        return trust.foreign(journals, openings)

    # --- proof

    def verify(
        self, since: Sequence[Note] = (), *, deep: bool = False, enrolled: Collection[str] = ()
    ) -> Report:
        """Is everything here what its devices signed? `since`: checkpoints that were kept elsewhere."""
        from engine.journal.proof import verify  # `log` and `runs` must start quickly

        # Before the rows: what this device remembers may lag behind them, and never be ahead.
        trust = self.trust()
        claims = [_claim(note, "given") for note in since] + [_claim(note, "kept") for note in self.notes()]
        claims += self._seen()
        return verify(
            self._all_rows(),
            claims=claims,
            texts=self._kept_by_digest(),
            trust=trust,
            enrolled=enrolled,
            guards_missing=self.guards_amiss(),
            runs_differ=self._listed().differing,
            deep=deep,
        )

    def guards_amiss(self) -> tuple[str, ...]:
        """The triggers and views that somebody took away, changed or put in."""
        with trouble(self.name), self._place.reading() as connection:
            return schema.guards_amiss(connection)

    def _listed(self) -> glance.Listed:
        with trouble(self.name), self._place.reading() as connection:
            return glance.listed(connection)

    def _all_rows(self) -> Iterator[tuple[Any, ...]]:
        with trouble(self.name), self._place.reading() as connection:
            rows = _ALL.on(connection)
            if self._place.streams:
                yield from rows
                return
            rows = rows.fetchall()
        yield from rows

    def _seen(self) -> list[Claim]:
        """What signed entries say about other journals; all entries of that kind belong to no run."""
        said = [one.event for one in self.entries(None) if isinstance(one.event, Checkpoint)]
        return [Claim(one.journal, one.size, one.head, "seen") for one in said if one.whose == "seen"]

    def _kept_by_digest(self) -> Iterator[tuple[str, bytes]]:
        for all_of_them, one in ((_TEXTS, _TEXT), (_BLOBS, _BLOB)):
            for (digest,) in self._fetch(all_of_them):
                for (data,) in self._fetch(one, {"digest": digest}):
                    yield digest, data

    # --- how it asks

    def _fetch(self, statement: Prepared, said: dict[str, Any] | None = None) -> list[Any]:
        with trouble(self.name), self._place.reading() as connection:
            found: list[Any] = statement.on(connection, said).fetchall()
            return found

    def _by_digest(self, statement: Prepared, digest: str) -> bytes | None:
        found = self._fetch(statement, {"digest": digest})
        if not found:
            return None
        data: bytes = found[0][0]
        if sha256(data).hexdigest() != digest:
            raise RecordTrouble("text-changed", digest=digest)
        return data


def pin_of(row: Sequence[Any]) -> Pin:
    """A row of the table of people."""
    person, salt, digest, tries, locked_until = row
    return Pin(person, salt, digest, tries, moment_of(locked_until) if locked_until else None)


def _claim(note: Note, source: str) -> Claim:
    return Claim(note.journal, note.size, note.head, source, note)
