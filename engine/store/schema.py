"""The tables, and what guards them. Numbered, additive, hand-written: the record is never migrated.

Every column of `events` beside header, payload, salt, hash and sig is an index that `verify` compares
with the header. Text, whole numbers and bytes only: no type that a database would write in its own way.
"""

from __future__ import annotations

import re

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    select,
    text,
)

SCHEMA = 1
"""What `PRAGMA user_version` says; a store with a greater one was made by a newer Muster."""

APPLICATION = 0x4D757374
"""What `PRAGMA application_id` says: "Must"."""

KINDS = "RDEPHO"
"""The letters a run id begins with: real, drill, evaluation, patrol, rehearsal, office."""

BLOB_BYTES_MAX = 8 * 1024 * 1024

metadata = MetaData()

# SQLite gives numbers by itself only to INTEGER.
_Place = BigInteger().with_variant(Integer, "sqlite")


def _kind_is_known(column: str) -> str:
    return " OR ".join(f"substr({column}, 1, 2) = '{letter}-'" for letter in KINDS)


events = Table(
    "events",
    metadata,
    Column("pos", _Place, primary_key=True),
    Column("journal", Text, nullable=False),
    Column("jseq", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("run", Text),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("lam", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("cmd", Text),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),
    Column("salt", LargeBinary),
    # Not unique by an index of its own: journal and jseq stand in what is hashed.
    Column("hash", LargeBinary, nullable=False),
    Column("sig", LargeBinary, nullable=False),
    UniqueConstraint("journal", "jseq"),
    UniqueConstraint("journal", "cmd"),
    CheckConstraint(f"run IS NULL OR {_kind_is_known('run')}", name="run_kind"),
    sqlite_strict=True,
    # A place that was used once is never given again, also when the end was cut off.
    sqlite_autoincrement=True,
)
Index("events_run", events.c.run, events.c.pos)

OF_FINDINGS = "type IN ('note_added', 'finding_closed')"
"""What opens and settles findings: written as it stands in the index, or it would not be looked up there."""
# For SQLite only: a word about PostgreSQL here would load all that knows it, at every start of every verb.
Index("events_findings", events.c.pos, sqlite_where=text(OF_FINDINGS))

# Disposable: worked out from `events`; see `glance`.
runs = Table(
    "runs",
    metadata,
    Column("run", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("runbook", Text),
    Column("revision", Integer),
    Column("graph", Text),
    Column("room", Text),
    Column("parent", Text),
    Column("opened_at", Text),
    Column("ended_how", Text),
    Column("ended_at", Text),
    Column("last_at", Text, nullable=False),
    Column("last_pos", BigInteger().with_variant(Integer, "sqlite"), nullable=False),
    Column("entries", Integer, nullable=False),
    CheckConstraint(
        f"kind = substr(run, 1, 1) AND ({_kind_is_known('run')})", name="kind_is_the_letter_of_the_run"
    ),
    sqlite_strict=True,
)

texts = Table(
    "texts",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    sqlite_strict=True,
)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
    CheckConstraint(f"length(data) <= {BLOB_BYTES_MAX}", name="blob_size"),
    sqlite_strict=True,
)

people = Table(
    "people",
    metadata,
    Column("person", Text, primary_key=True),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("locked_until", Text),
    sqlite_strict=True,
)

notes = Table(
    "notes",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("size", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("text", Text, primary_key=True),
    Column("received_from", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    sqlite_strict=True,
)

erased = Table("erased", metadata, Column("hash", LargeBinary, primary_key=True), sqlite_strict=True)

# `id`: which files in the state folder belong to this store.
meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)

# Statistics can only be asked of a view, so that no drill is ever counted as real.
_VIEWS = {
    "real_runs": "CREATE VIEW real_runs AS SELECT * FROM runs WHERE kind = 'R'",
    "drill_runs": "CREATE VIEW drill_runs AS SELECT * FROM runs WHERE kind = 'D'",
}

_KEPT = tuple(one.name for one in events.columns if one.name not in ("payload", "salt"))

_GUARDS = {
    # `INSERT OR REPLACE` deletes without a word to a DELETE trigger, so what stands cannot be inserted again.
    "events_insert": """
        CREATE TRIGGER events_insert BEFORE INSERT ON events
        WHEN new.jseq IS NOT (SELECT coalesce(max(jseq), 0) + 1 FROM events WHERE journal = new.journal)
          OR EXISTS (SELECT 1 FROM events WHERE pos = new.pos)
          OR EXISTS (SELECT 1 FROM events WHERE journal = new.journal AND cmd = new.cmd)
        BEGIN SELECT raise(ABORT, 'muster: an entry is only ever added at the end of its journal'); END""",
    # The one change there may be: content and salt of an entry that was declared erased disappear.
    "events_update": f"""
        CREATE TRIGGER events_update BEFORE UPDATE ON events
        WHEN NOT (new.payload IS NULL AND new.salt IS NULL
          AND EXISTS (SELECT 1 FROM erased WHERE erased.hash = old.hash)
          AND {" AND ".join(f"new.{name} IS old.{name}" for name in _KEPT)})
        BEGIN SELECT raise(ABORT, 'muster: an entry is never changed'); END""",  # noqa: S608 - the names are our own
    "texts_insert": """
        CREATE TRIGGER texts_insert BEFORE INSERT ON texts
        WHEN EXISTS (SELECT 1 FROM texts WHERE digest = new.digest)
        BEGIN SELECT raise(ABORT, 'muster: a text is never replaced'); END""",
    "events_delete": """
        CREATE TRIGGER events_delete BEFORE DELETE ON events
        BEGIN SELECT raise(ABORT, 'muster: an entry is never deleted'); END""",
} | {
    f"{table}_{verb.lower()}": f"""
        CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT raise(ABORT, 'muster: {table} are only ever added'); END"""
    for table in ("texts", "notes", "erased")
    for verb in ("UPDATE", "DELETE")
}

GUARDS = {name: " ".join(statement.split()) for name, statement in (_VIEWS | _GUARDS).items()}
"""Triggers and views of a store that nobody took apart, word by word: whoever changes one here gives the
tables a new number. They stop accidents, not the owner of the file."""


def guards_amiss(connection: Connection) -> tuple[str, ...]:
    """The triggers and views that somebody took away, changed or put in. A name alone proves nothing."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    )
    here = {name: " ".join((sql or "").split()) for name, sql in found}
    return tuple(sorted(name for name in here.keys() | GUARDS.keys() if here.get(name) != GUARDS.get(name)))


STORE_ID = re.compile(r"[0-9a-f]{16}")
"""What names the files of a store in the state folder; a file that somebody sent may say anything."""


def store_id(connection: Connection) -> str | None:
    """The id of a store, None when it has none that can be one."""
    found = connection.execute(_ID).scalar()
    return found if isinstance(found, str) and STORE_ID.fullmatch(found) else None


_ID = select(meta.c.value).where(meta.c.name == "id")


def create(connection: Connection) -> None:
    """Make tables, views and guards in an empty SQLite database; the caller commits."""
    metadata.create_all(connection)
    for statement in (*_VIEWS.values(), *_GUARDS.values()):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")
