"""What stands in the record, and what this device keeps for it: tables, pages, guards, key, anchor, journal.

Nothing appears beside the file: even an ordinary reader of SQLite would leave a log and an index there.
"""

from __future__ import annotations

import os
import re
import shlex
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from engine.errors import MusterError, RecordTrouble
from engine.events import moment_of, stamp
from engine.journal import (
    BEGINNING,
    STRANGER,
    Anchor,
    Head,
    Key,
    Row,
    Trust,
    digest_of_header,
    signature_holds,
)
from engine.journal.proof import tail_faults
from engine.journal.sealing import SIGNATURE
from engine.store import PATIENCE, Reader
from engine.store.device import DeviceFiles, read_key, trust_in
from engine.store.lock import WriterLock
from engine.store.prepared import driver
from engine.store.reader import ROW
from engine.store.schema import SCHEMA, events, guards_amiss, people, store_id
from engine.store.sqlite import SqliteUntouched, version_of
from engine.store.trouble import trouble
from engine.store.writer import TAIL
from engine.text import Text, clean
from tui import machine
from tui.checkup.line import Line, ill, sentence_of, told, warning, well
from tui.locale import join

QUICK_CHECK_S = 20.0
"""Reading every page of a very large record takes minutes; after this many seconds it is broken off."""
STEPS_BETWEEN_LOOKS = 100_000
CLOCK_GRACE = timedelta(seconds=1)
"""Two clocks of one machine may differ by their last digit."""


# --- opening


@contextmanager
def untouched(path: Path) -> Iterator[SqliteUntouched]:
    """Read a record and leave everything as it is; RecordTrouble when it cannot be read."""
    with trouble(clean(str(path)), denied="store-cannot-open"):
        place = SqliteUntouched(path, PATIENCE)
        try:
            yield place
        finally:
            place.close()


# --- the record


def lines(path: Path) -> Iterator[Line]:
    """All about what stands in the record at `path`."""
    try:
        with untouched(path) as place, place.reading() as connection:
            if version_of(connection, clean(str(path))) == 0:
                yield well("content", "content-none")
                return
            yield well("content", "content", version=SCHEMA)
            yield _pages(connection)
            yield _guards(connection)
            yield from _own(connection)
            yield from _foreign(place, connection)
    except RecordTrouble as error:
        yield _unreadable(path, error)
    yield from lock_lines(path)


def with_pin(path: Path) -> frozenset[str]:
    """Who has a PIN in the record at `path`; nobody when it cannot be read, which other lines say."""
    try:
        with untouched(path) as place, place.reading() as connection:
            if version_of(connection, clean(str(path))) == 0:
                return frozenset()
            return frozenset(connection.execute(select(people.c.person)).scalars())
    except RecordTrouble:
        return frozenset()


def _unreadable(path: Path, error: RecordTrouble) -> Line:
    facts = {"path": clean(str(path)), "command": clean(shlex.quote(str(path)))}
    if error.id == "store-damaged":
        return ill("content", "content-damaged", **facts)
    return told("content", "content-unreadable", error, **facts)


def _pages(connection: Connection) -> Line:
    """SQLite's own check that its pages and tables fit together."""
    raw = driver(connection)
    until = time.monotonic() + QUICK_CHECK_S
    raw.set_progress_handler(lambda: time.monotonic() > until, STEPS_BETWEEN_LOOKS)
    try:
        found = [one for (one,) in raw.execute("PRAGMA quick_check(1)")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return well("pages", "pages-many", seconds=int(QUICK_CHECK_S))
    finally:
        raw.set_progress_handler(None, 0)
    if found == ["ok"]:
        return well("pages", "pages")
    return ill("pages", "pages-damaged", why=clean(" ".join(" ".join(found).split())))


def _guards(connection: Connection) -> Line:
    """Whether somebody took away or changed a trigger that keeps entries as they are."""
    amiss = guards_amiss(connection)
    if amiss:
        return warning("guards", "guards-missing", names=_names(amiss))
    return well("guards", "guards")


# --- this device


def _own(connection: Connection) -> Iterator[Line]:
    """Key, anchor and journal of this device for this record."""
    last = _last_journal(connection)
    key: Key | None = None
    folder = _state_folder()
    store = store_id(connection)
    if folder is not None and store is not None:
        device = DeviceFiles(folder, store, os.urandom)
        line, key = _key(device.key_path, empty=last is None)
        yield line
        yield from _anchor(connection, device.trust().anchor, folder)
    own = key is not None and _head_at(connection, key.journal) != BEGINNING
    journal = key.journal if key is not None and own else last
    if journal is not None:
        yield from _tail(connection, journal, key if own else None)


def _foreign(place: SqliteUntouched, connection: Connection) -> Iterator[Line]:
    """Journals that nobody known here vouches for."""
    reader = Reader(place, _trust_of)
    found = sorted(reader.foreign(connection.execute(select(events.c.journal).distinct()).scalars()))
    if found:
        yield warning("foreign", "foreign", count=len(found), names=_names(map(fingerprint, found)))


def _trust_of(store: str | None) -> Trust:
    folder = _state_folder()
    return STRANGER if folder is None else trust_in(folder, store)


def _names(names: Iterable[str]) -> Text:
    said = [clean(one) for one in names]
    return Text(join(said, "zh"), join(said, "en"))


def _state_folder() -> Path | None:
    """The state folder; None when there is nothing to look at, and a line about that folder says why."""
    try:
        folder = machine.state_folder().absolute()
    except MusterError:
        return None
    return folder if os.access(folder, os.R_OK | os.X_OK) and folder.is_dir() else None


def _last_journal(connection: Connection) -> str | None:
    """The journal that was written to last, None when nothing was recorded yet."""
    found: str | None = connection.execute(select(events.c.journal).order_by(events.c.pos.desc())).scalar()
    return found


def _head_at(connection: Connection, journal: str, size: int | None = None) -> Head:
    """The entry of a journal with that number, else its last one."""
    asked = select(events.c.jseq, events.c.hash).where(events.c.journal == journal)
    if size is not None:
        asked = asked.where(events.c.jseq == size)
    found = connection.execute(asked.order_by(events.c.jseq.desc()).limit(1)).first()
    return BEGINNING if found is None else Head(found[0], found[1].hex())


def _key(path: Path, *, empty: bool) -> tuple[Line, Key | None]:
    """The key in `path`; where nothing was recorded yet none is needed."""
    facts = {"path": clean(str(path)), "command": clean(shlex.quote(str(path)))}
    if not os.path.lexists(path):
        return (well("key", "key-new") if empty else warning("key", "key-missing", **facts)), None
    try:
        key = read_key(path)
    except RecordTrouble as error:
        if error.id != "key-open-to-others":
            return told("key", "key-unreadable", error, **facts), None
        return ill("key", "key-open", mode=f"{path.stat().st_mode & 0o777:04o}", **facts), None
    if not key.agrees():
        return told(
            "key", "key-unreadable", RecordTrouble("key-unreadable", path=facts["path"]), **facts
        ), None
    return well("key", "key", fingerprint=fingerprint(key.journal), **facts), key


def fingerprint(journal: str) -> str:
    """Eight groups of four hex digits, to be read back by telephone."""
    return " ".join(journal[at : at + 4] for at in range(0, len(journal), 4))


def _anchor(connection: Connection, anchor: Anchor | None, folder: Path) -> Iterator[Line]:
    """Whether the record still holds the last entry that this device remembers."""
    if anchor is None:
        return
    here = _head_at(connection, anchor.journal).size
    facts = {"size": anchor.head.size, "here": here, "folder": clean(str(folder))}
    if _head_at(connection, anchor.journal, anchor.head.size) == anchor.head:
        yield well("anchor", "anchor", **facts)
    else:
        yield ill("anchor", "anchor-went-back", **facts)


def _tail(connection: Connection, journal: str, key: Key | None) -> Iterator[Line]:
    """The end of a journal, as it is read again before anybody goes on with it; and the clock against it."""
    newest = select(*ROW).where(events.c.journal == journal).order_by(events.c.jseq.desc()).limit(TAIL)
    rows = [Row._make(one) for one in reversed(connection.execute(newest).all())]
    found = [Text(one.sentence("zh"), one.sentence("en")) for one in tail_faults(rows)]
    if not found and key is not None and not _signed(rows[-1], key):
        found = [sentence_of(RecordTrouble("entry-signature", journal=journal, jseq=rows[-1].jseq))]
    facts = {"journal": fingerprint(journal), "size": rows[-1].jseq, "count": len(rows)}
    if found:
        yield ill("journal", "journal-broken", first=found[0], **facts)
    else:
        yield well("journal", "journal", **facts)
        yield clock_line(machine.wall_now(), moment_of(max(row.recorded_at for row in rows)))


def _signed(row: Row, key: Key) -> bool:
    return signature_holds(key.public, SIGNATURE + digest_of_header(row.header), row.sig)


def clock_line(now: datetime, last: datetime) -> Line:
    """The wall clock against the last entry that was recorded by it."""
    facts = {"now": stamp(now), "last": stamp(last)}
    if last > now + CLOCK_GRACE:
        return ill("clock-record", "clock-behind", **facts)
    return well("clock-record", "clock-after", **facts)


# --- other programs


def lock_lines(path: Path) -> Iterator[Line]:
    """Whether the writer lock can be had in the time that an append waits for it."""
    file = path.with_name(path.name + ".lock")
    if not os.access(file, os.R_OK | os.W_OK):
        return  # nobody has ever written here, or the line about rights says it
    lock = WriterLock(file, PATIENCE)
    try:
        with lock.held():
            yield well("lock", "lock")
    except TimeoutError:
        yield ill("lock", "lock-held", seconds=int(PATIENCE), who=_holder(file))
    finally:
        lock.close()


def _holder(file: Path) -> Text:
    """Which program holds the lock, where the system tells."""
    try:
        table = Path("/proc/locks").read_text("ascii", "replace")
    except OSError:
        return Text("", "")
    found = re.search(
        rf"^\d+: FLOCK\s+ADVISORY\s+WRITE\s+(\d+)\s+\S+:{file.stat().st_ino}\s", table, re.MULTILINE
    )
    if found is None:
        return Text("", "")
    name = clean(Path(f"/proc/{found[1]}/comm").read_text("utf-8", "replace").strip())
    return Text(f"（进程 {found[1]}，{name}）", f" (process {found[1]}, {name})")
