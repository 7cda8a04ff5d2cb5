"""Writing a store: one transaction for each append, sealed while nobody else can write.

Nothing here updates or deletes an entry; the table `runs` is the only thing that is ever worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import RLock
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, func, insert, select, text

from engine.errors import Conflict, RecordTrouble
from engine.events import Checkpoint, Draft, Entry, JournalOpened, stamp
from engine.journal import (
    BEGINNING,
    Anchor,
    Head,
    Key,
    Moment,
    Note,
    Row,
    Trust,
    entry_of,
    make_note,
    row_of,
    seal,
    vouch,
)
from engine.store import glance, schema
from engine.store.device import Device
from engine.store.place import Place
from engine.store.prepared import Prepared
from engine.store.reader import LAST, PIN, ROW, Pin, Reader, pin_of
from engine.store.schema import events
from engine.store.sqlite import version_of
from engine.store.trouble import is_busy, trouble

SALT_BYTES = 16
PAYLOAD_BYTES_MAX = 1024 * 1024
TAIL = 1000
"""How many entries are checked again after the disk failed."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rollback:
    """The store is older than this device remembers: a backup was put back, or the end is gone."""

    journal: str
    remembered: Head
    """What this device once wrote last."""
    found: Head
    """What is here."""


_JOURNAL = events.c.journal == bindparam("journal")


def _situation() -> Select[Any]:
    """Head of the journal, number of the act, last place of the run.

    One question for all that an append must know, because each question has its price.
    """
    last = select(events.c.pos).where(_JOURNAL).order_by(events.c.jseq.desc()).limit(1).scalar_subquery()
    return select(
        select(events.c.jseq).where(events.c.pos == last).scalar_subquery(),
        select(events.c.hash).where(events.c.pos == last).scalar_subquery(),
        select(events.c.jseq).where(_JOURNAL, events.c.cmd == bindparam("cmd")).scalar_subquery(),
        select(func.max(events.c.pos)).where(events.c.run == bindparam("run")).scalar_subquery(),
    )


_SITUATION = Prepared(_situation)
_LATER = Prepared(
    lambda: (
        select(*ROW)
        .where(events.c.run == bindparam("run"), events.c.pos > bindparam("seen"))
        .order_by(events.c.pos)
    )
)
_STRETCH = Prepared(
    lambda: (
        select(*ROW)
        .where(_JOURNAL, events.c.jseq >= bindparam("first"), events.c.jseq <= bindparam("last"))
        .order_by(events.c.jseq)
    )
)
_HASH_AT = Prepared(lambda: select(events.c.hash).where(_JOURNAL, events.c.jseq == bindparam("jseq")))
_VALUES = Row._fields[1:]
"""All but `pos`, which the database gives."""
_INSERT = Prepared(lambda: insert(events).returning(events.c.pos), _VALUES)
# Both databases understand this; Core has no word for it that is the same in both.
_SET_PIN = Prepared(
    lambda: text(
        """
        INSERT INTO people (person, salt, hash, tries, locked_until)
        VALUES (:person, :salt, :hash, :tries, :locked_until)
        ON CONFLICT (person) DO UPDATE SET salt = excluded.salt, hash = excluded.hash,
            tries = excluded.tries, locked_until = excluded.locked_until
        """
    )
)


class Store(Reader):
    """A store that is open for writing by this device. Safe to use from several threads."""

    _place: Place

    def __init__(
        self,
        place: Place,
        device_for: Callable[[str], Device],
        wall: Callable[[], Moment],
        entropy: Callable[[int], bytes],
        *,
        host: str,
        software: str,
    ) -> None:
        super().__init__(place)
        self._device_for = device_for
        self._wall = wall
        self._entropy = entropy
        self._host = host
        self._software = software
        self._mutex = RLock()
        self._connection: Connection | None = None
        self._acknowledged: Anchor | None = None
        self._device: Device
        self._key: Key
        self.rollback = self._write(self._begin)
        """Set when the store is older than this device remembers; the next entry opens a new journal."""

    @property
    def journal(self) -> str:
        """The journal that this device writes here; its 32 hex digits are also the fingerprint of its key."""
        return self._key.journal

    def trust(self) -> Trust:
        """What this device knows of this record."""
        return self._device.trust()

    def close(self) -> None:
        """Let go of it; the last one to do so tidies up the log."""
        with self._mutex, trouble(self.name):
            self._device.close()
            connection, self._connection = self._connection, None
            self._place.close(connection)

    # --- appending

    def append(
        self, drafts: Sequence[Draft], *, seen: int | None, cmd: str | None, texts: Iterable[bytes] = ()
    ) -> list[Entry]:
        """Record all of `drafts` or none; when this returns they are on the disk.

        `seen` is the place up to which the author had seen the run of the first draft; None: it does not
        matter. `cmd` names the act: said again, it gives back what was recorded the first time. Drafts of
        one run follow each other: from the second on, `lam` and `after` are worked out here. `texts` are
        kept by digest in the same transaction. Raises Conflict, or RecordTrouble: nothing is acknowledged.
        """
        if not drafts:
            return []
        try:
            entries, anchor = self._write(lambda one: self._append(one, drafts, seen, cmd, texts))
        except ValueError as error:
            raise RecordTrouble("entry-unwritable", error=error) from error
        self._acknowledged = anchor
        # The entry is safe already; a state folder that is full or gone must not make it look lost.
        with suppress(OSError):
            self._device.remember(anchor)
        return entries

    def _append(
        self,
        connection: Connection,
        drafts: Sequence[Draft],
        seen: int | None,
        cmd: str | None,
        texts: Iterable[bytes],
    ) -> tuple[list[Entry], Anchor]:
        if self.rollback is not None and self.rollback.journal == self.journal:
            # A journal that went back is never gone on with: two different entries would have one number.
            self._key = self._device.replace_key(self._key)
        run = drafts[0].run
        said = {"journal": self.journal, "cmd": cmd, "run": run}
        jseq, last, of_cmd, run_pos = _SITUATION.on(connection, said).fetchone()
        head = BEGINNING if jseq is None else Head(jseq, last.hex())
        self._must_not_be_older(head)
        if self._acknowledged is None and not self._key.agrees():
            raise RecordTrouble("key-unreadable", path=self._device.name)
        # Before the conflict: whoever repeats an act has not seen that it was recorded.
        if of_cmd is not None:
            rows = _stretch(connection, self.journal, of_cmd, of_cmd + len(drafts) - 1)
            return [entry_of(row) for row in rows], Anchor(self.journal, head)
        if seen is not None and run_pos is not None and run_pos > seen:
            later = _LATER.on(connection, {"run": run, "seen": seen})
            raise Conflict([entry_of(Row._make(one)) for one in later])
        for data in texts:
            _keep(connection, schema.texts, data)
        entries = self._seal(connection, head, drafts, cmd)
        return entries[-len(drafts) :], Anchor(self.journal, Head(entries[-1].jseq, entries[-1].hash))

    def _seal(
        self, connection: Connection, head: Head, drafts: Sequence[Draft], cmd: str | None
    ) -> list[Entry]:
        """Seal and insert, one after the other; a device's first entry says whose key it is."""
        moment = self._wall()
        openings = self._openings(moment, drafts[0].actor) if head == BEGINNING else []
        cmds = [None] * len(openings) + [cmd] + [None] * (len(drafts) - 1)
        before: dict[str | None, tuple[int, str]] = {}
        rows: list[Row] = []
        entries: list[Entry] = []
        for asked, its_cmd in zip([*openings, *drafts], cmds, strict=True):
            draft = asked
            if draft.run in before:
                lam, tip = before[draft.run]
                draft = replace(draft, lam=lam + 1, after=(tip,))
            sealed = seal(draft, its_cmd, head, key=self._key, moment=moment, salt=self._entropy(SALT_BYTES))
            if len(sealed.payload) > PAYLOAD_BYTES_MAX:
                raise RecordTrouble("entry-too-large", size=len(sealed.payload), limit=PAYLOAD_BYTES_MAX)
            rows.append(_insert(connection, row_of(0, sealed)))
            entries.append(entry_of(rows[-1], sealed.said))
            head = Head(head.size + 1, sealed.hash.hex())
            before[draft.run] = (draft.lam, head.hash)
        for run in before.keys() - {None}:
            glance.take_in(connection, [row for row in rows if row.run == run])
        return entries

    def _openings(self, moment: Moment, actor: str) -> list[Draft]:
        """The entries before the first: the key, and what this device remembers of an earlier journal."""
        public = self._key.public
        opened = JournalOpened(public.hex(), self._host, self._software)
        said: list[JournalOpened | Checkpoint] = [opened]
        if self.rollback is not None:
            old = self._device.kept(self.rollback.journal)
            if old is not None:
                said = [replace(opened, before=old.journal, vouch=vouch(old, public))]
            journal, both = self.rollback.journal, (self.rollback.remembered, self.rollback.found)
            said += [Checkpoint(journal, one.size, one.hash, "seen") for one in both if one.size]
        return [Draft(None, event, moment.recorded_at, actor) for event in said]

    def _must_not_be_older(self, head: Head) -> None:
        """What was acknowledged stands, also when somebody copied a backup over the open file."""
        last = self._acknowledged
        if last is None or last.journal != self.journal or head.size > last.head.size:
            return
        if head != last.head:
            raise RecordTrouble("store-went-back", path=self.name, here=head.size, size=last.head.size)

    # --- what is kept beside the entries

    def put_blob(self, data: bytes) -> str:
        """Keep a photo or file of at most 8 MiB; gives back its digest."""
        if len(data) > schema.BLOB_BYTES_MAX:
            raise RecordTrouble("blob-too-large", size=len(data), limit=schema.BLOB_BYTES_MAX)
        return self._write(lambda one: _keep(one, schema.blobs, data))

    def set_pin(self, pin: Pin) -> None:
        """Set or change how the PIN of a person is checked, its tries and its lock."""
        self._write(lambda one: _keep_pin(one, pin))

    def change_pin(self, person: str, change: Callable[[Pin], Pin]) -> Pin | None:
        """Read it and keep what `change` makes of it while nobody else writes; gives back what was read.

        None, and nothing is changed, when the person has none.
        """
        return self._write(lambda one: _change_pin(one, person, change))

    def checkpoint(self) -> Note | None:
        """Sign how far this device's journal goes and keep the note.

        None while it has no entry, and while the store is older than this device remembers: whoever cut off
        the end of a journal must not get that signed.
        """
        head = self.head(self.journal)
        if head == BEGINNING or self.rollback is not None:
            return None
        note = make_note(self._key, head)
        self.keep_note(note, "own")
        return note

    def keep_note(self, note: Note, received_from: str) -> None:
        """Keep a checkpoint, own or foreign."""
        said = {
            "origin": note.origin,
            "size": note.size,
            "text": note.text,
            "received_from": received_from,
            "received_at": stamp(self._wall().recorded_at),
        }
        if note not in self.notes():
            self._write(lambda one: one.execute(insert(schema.notes), said))

    # --- how it writes

    def _write(self, work: Callable[[Connection], T]) -> T:
        """One transaction while nobody else writes; what went wrong is a RecordTrouble or a Conflict."""
        with self._mutex, trouble(self.name), self._place.locked():
            try:
                connection = self._ready()
                with connection.begin():
                    result = work(connection)
                # Afterwards, because it can happen until then: what is not there is not acknowledged.
                self._place.must_be_there()
            except (Conflict, ValueError):
                raise  # Nothing is wrong with the database.
            except BaseException as error:
                if not is_busy(error):
                    self._drop()
                raise
            return result

    def _ready(self) -> Connection:
        """The connection that is held, or a new one whose tail was read again."""
        if self._connection is not None:
            return self._connection
        self._connection = self._place.writer()
        if self._acknowledged is not None:
            with self._connection.begin():
                self._check_tail(self._connection, self._acknowledged)
        return self._connection

    def _drop(self) -> None:
        """After a failed flush a second try may seem to succeed: never go on with that connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._place.drop(connection)

    def _check_tail(self, connection: Connection, last: Anchor) -> None:
        if _hash_at(connection, last) != last.head.hash:
            here = _head(connection, last.journal).size
            raise RecordTrouble("store-went-back", path=self.name, here=here, size=last.head.size)
        head = _head(connection, last.journal)
        from engine.journal.proof import tail_faults  # only needed after something went wrong

        faults = tail_faults(_stretch(connection, last.journal, head.size - TAIL, head.size))
        if faults:
            raise RecordTrouble("store-damaged", path=self.name)

    def _begin(self, connection: Connection) -> Rollback | None:
        """Make tables and key when there are none, and compare with what this device remembers.

        The list of runs is put right. Nothing is done about a store that went back before the first append:
        looking at a copy must not change a key.
        """
        self._device = self._device_for(_store_id(connection, self.name, self._entropy))
        self._key = self._device.key()
        (last,) = LAST.on(connection).fetchone()
        if glance.differing(connection, max(0, (last or 0) - glance.LOOK_BACK)):
            glance.rebuild(connection)
        anchor = self._device.trust().anchor
        if anchor is None or _hash_at(connection, anchor) == anchor.head.hash:
            return None
        return Rollback(anchor.journal, anchor.head, _head(connection, anchor.journal))


def _store_id(connection: Connection, name: str, entropy: Callable[[int], bytes]) -> str:
    """Which files in the state folder belong to this store; made together with the tables."""
    if version_of(connection, name) == 0:
        schema.create(connection)
        connection.execute(insert(schema.meta), {"name": "id", "value": entropy(8).hex()})
    found = schema.store_id(connection)
    if found is None:
        raise RecordTrouble("store-damaged", path=name)
    return found


def _head(connection: Connection, journal: str) -> Head:
    jseq, last, _, _ = _SITUATION.on(connection, {"journal": journal, "cmd": None, "run": None}).fetchone()
    return BEGINNING if jseq is None else Head(jseq, last.hex())


def _hash_at(connection: Connection, anchor: Anchor) -> str | None:
    said = {"journal": anchor.journal, "jseq": anchor.head.size}
    found = _HASH_AT.on(connection, said).fetchone()
    return None if found is None else found[0].hex()


def _stretch(connection: Connection, journal: str, first: int, last: int) -> list[Row]:
    found = _STRETCH.on(connection, {"journal": journal, "first": first, "last": last})
    return [Row._make(one) for one in found]


def _insert(connection: Connection, row: Row) -> Row:
    (pos,) = _INSERT.on(connection, dict(zip(_VALUES, row[1:], strict=True))).fetchone()
    return Row(pos, *row[1:])


def _keep_pin(connection: Connection, pin: Pin) -> None:
    until = None if pin.locked_until is None else stamp(pin.locked_until)
    said = {"person": pin.person, "salt": pin.salt, "hash": pin.hash, "tries": pin.tries}
    _SET_PIN.on(connection, said | {"locked_until": until})


def _change_pin(connection: Connection, person: str, change: Callable[[Pin], Pin]) -> Pin | None:
    found = PIN.on(connection, {"person": person}).fetchone()
    if found is None:
        return None
    kept = pin_of(found)
    changed = change(kept)
    if changed != kept:
        _keep_pin(connection, changed)
    return kept


def _keep(connection: Connection, table: Table, data: bytes) -> str:
    digest = sha256(data).hexdigest()
    if connection.execute(select(table.c.digest).where(table.c.digest == digest)).first() is None:
        connection.execute(insert(table), {"digest": digest, "data": data})
    return digest
