"""Attacks by a program on the same machine, through a plain connection of its own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.journal import Row
from engine.store import Store, open_reader, schema
from tests.engine.records import RUN, fill, intruder, keep_text, open_file

COLUMNS = ", ".join(Row._fields)
VALUES = ", ".join("?" * len(Row._fields))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with open_file(tmp_path) as store:
        keep_text(store, b"a text")
        fill(store, 2)
        store.checkpoint()
    return tmp_path / "muster.db"


@pytest.fixture
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    with intruder(path) as raw:
        # Upstream's default, under which REPLACE deletes without firing a DELETE trigger.
        raw.execute("PRAGMA recursive_triggers = OFF")
        yield raw


def rows(raw: sqlite3.Connection) -> list[Row]:
    return [Row._make(row) for row in raw.execute(f"SELECT {COLUMNS} FROM events ORDER BY pos")]


def is_refused(raw: sqlite3.Connection, statement: str, values: tuple[Any, ...] = ()) -> None:
    before = rows(raw)
    with pytest.raises(sqlite3.IntegrityError, match="muster: "):
        raw.execute(statement, values)
    assert rows(raw) == before


@pytest.mark.parametrize("column", Row._fields)
def test_no_column_of_an_entry_can_be_updated(raw: sqlite3.Connection, column: str) -> None:
    value = "NULL" if column in {"payload", "salt", "run", "cmd"} else column
    is_refused(raw, f"UPDATE events SET {column} = {value}")


def test_no_entry_can_be_deleted(raw: sqlite3.Connection) -> None:
    is_refused(raw, "DELETE FROM events WHERE jseq = 4")
    is_refused(raw, "DELETE FROM events")


@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_no_entry_can_be_put_in_the_place_of_another(raw: sqlite3.Connection, verb: str) -> None:
    last = rows(raw)[-1]
    for changed in (
        {"payload": b"{}"},
        {"jseq": 5},  # the same place in the store
        {"jseq": 5, "pos": 9},  # the same command of the same journal
    ):
        is_refused(raw, f"{verb} INTO events VALUES ({VALUES})", last._replace(**changed))


def test_an_upsert_changes_nothing(raw: sqlite3.Connection) -> None:
    last = rows(raw)[-1]
    is_refused(
        raw,
        f"INSERT INTO events VALUES ({VALUES}) ON CONFLICT DO UPDATE SET payload = excluded.payload",
        last,
    )


def test_no_entry_can_be_added_behind_a_gap_or_before_the_end(raw: sqlite3.Connection) -> None:
    last = rows(raw)[-1]
    for jseq in (0, -1, 3, 6, 99):
        is_refused(raw, f"INSERT INTO events VALUES ({VALUES})", last._replace(pos=99, jseq=jseq, cmd="new"))
    is_refused(
        raw, f"INSERT INTO events VALUES ({VALUES})", last._replace(pos=99, jseq=2, cmd="new", journal="new")
    )


def test_entries_cannot_change_places(raw: sqlite3.Connection) -> None:
    is_refused(raw, "UPDATE events SET jseq = 7 - jseq WHERE jseq IN (3, 4)")
    is_refused(raw, "UPDATE OR REPLACE events SET pos = 7 - pos WHERE pos IN (3, 4)")


def test_only_a_declared_erasure_may_empty_content_and_salt_and_nothing_else(raw: sqlite3.Connection) -> None:
    two, three = rows(raw)[1:3]
    raw.execute("INSERT INTO erased VALUES (?)", (two.hash,))

    is_refused(raw, "UPDATE events SET payload = NULL WHERE pos = ?", (two.pos,))
    is_refused(raw, "UPDATE events SET payload = x'7b7d', salt = NULL WHERE pos = ?", (two.pos,))
    is_refused(raw, "UPDATE events SET payload = NULL, salt = NULL, lam = 9 WHERE pos = ?", (two.pos,))
    is_refused(raw, "UPDATE events SET payload = NULL, salt = NULL WHERE pos = ?", (three.pos,))
    raw.execute("UPDATE events SET payload = NULL, salt = NULL WHERE pos = ?", (two.pos,))

    assert rows(raw)[1] == two._replace(payload=None, salt=None)


@pytest.mark.parametrize("table", ["texts", "notes", "erased"])
def test_what_was_kept_is_neither_changed_nor_deleted(raw: sqlite3.Connection, table: str) -> None:
    raw.execute("INSERT INTO erased VALUES (x'00')")
    (column,) = raw.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()

    is_refused(raw, f"DELETE FROM {table}")
    is_refused(raw, f"UPDATE {table} SET {column} = {column}")


def test_a_text_cannot_be_replaced(raw: sqlite3.Connection) -> None:
    is_refused(raw, "INSERT OR REPLACE INTO texts SELECT digest, x'00' FROM texts")


def test_a_run_without_a_known_letter_finds_no_place(raw: sqlite3.Connection) -> None:
    last = rows(raw)[-1]._replace(pos=9, jseq=5, cmd=None, run="X-20261122-K7QM")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        raw.execute(f"INSERT INTO events VALUES ({VALUES})", last)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        raw.execute("UPDATE runs SET kind = 'D'")


@pytest.mark.parametrize("value", ["x'00'", "'text'"])
def test_a_value_of_another_kind_finds_no_place(raw: sqlite3.Connection, value: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(
            f"INSERT INTO events SELECT 9, journal, 5, run, type, at, recorded_at, {value}, NULL, header,"
            " payload, salt, hash, sig FROM events WHERE jseq = 4"
        )


def test_whoever_takes_the_guards_away_leaves_a_trace(raw: sqlite3.Connection, path: Path) -> None:
    raw.execute("DROP TRIGGER events_delete")

    with open_reader(path) as reader:
        assert reader.guards_amiss() == ("events_delete",)
        assert "events_delete" in " ".join(reader.verify().lines("en"))


def test_a_guard_that_only_has_the_name_of_one_leaves_a_trace(raw: sqlite3.Connection, path: Path) -> None:
    raw.execute("DROP TRIGGER events_update")
    raw.execute("CREATE TRIGGER events_update BEFORE UPDATE ON events WHEN 0 BEGIN SELECT 1; END")
    raw.execute("CREATE TRIGGER eats AFTER INSERT ON notes BEGIN DELETE FROM people; END")
    raw.execute("DROP VIEW real_runs")
    raw.execute("CREATE VIEW real_runs AS SELECT * FROM runs")

    with open_reader(path) as reader:
        assert reader.guards_amiss() == ("eats", "events_update", "real_runs")
        assert [one.id for one in reader.verify().findings] == ["guards-missing"]


def test_the_store_goes_on_after_every_attack(path: Path, tmp_path: Path) -> None:
    with open_file(tmp_path) as store, intruder(path) as raw:
        is_refused(raw, "DELETE FROM events")
        fill(store, 2, first=3)
        assert len(store.entries(RUN)) == 5
        assert store.verify(deep=True).exit_code == 0


def test_a_refusal_of_the_database_is_a_sentence(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 1)
        with intruder(tmp_path / "muster.db") as raw:
            raw.execute("CREATE TRIGGER mean BEFORE INSERT ON events BEGIN SELECT raise(ABORT, 'no'); END")
        with pytest.raises(Exception, match="refused to take this") as trouble:
            fill(store, 1, first=1)
        assert getattr(trouble.value, "id", "") == "store-guard"
        assert len(store.entries(RUN)) == 1


def test_every_writing_connection_is_as_strict_as_it_was_asked_to_be(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        raw = driver_of(store)
        asked = (
            "journal_mode synchronous trusted_schema secure_delete recursive_triggers busy_timeout".split()
        )
        got = [raw.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in asked]

    assert got == ["wal", 2, 0, 1, 1, 5000]


def driver_of(store: Store) -> sqlite3.Connection:
    connection = store._connection
    assert connection is not None
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def test_nothing_in_the_code_updates_or_deletes_an_entry() -> None:
    """The only statements of that kind are about other tables, and are counted here."""
    texts = [file.read_text("utf-8") for package in ("engine", "drill", "tui") for file in sources(package)]
    source = "\n".join(text for text in texts if "sqlalchemy" in text or "sqlite3" in text)

    assert re.findall(r"\b(?:update|delete)\(([\w.]+)\)", source) == ["schema.runs"]
    assert not re.search(r"(?i)\b(?:UPDATE\s+events|DELETE\s+FROM|DROP\s+T|REPLACE\s+INTO)", source)


def test_only_the_store_opens_a_file_for_writing() -> None:
    """There whoever writes must hold the writer lock; everybody else says `mode=ro`."""
    opened = [
        (file.name, found)
        for package in ("engine", "drill", "tui")
        for file in sources(package)
        for found in re.findall(
            r"sqlite3\.connect|create_engine\(|mode=r\w|\"rwc?\"", file.read_text("utf-8")
        )
    ]
    inside = {"place.py", "sqlite.py"}

    assert [found for name, found in opened if name == "place.py" and found != "mode=ro"] == [
        '"rw"',
        "sqlite3.connect",  # in memory
    ]
    elsewhere = [one for one in opened if one[0] not in inside]
    connected = [name for name, found in elsewhere if found == "sqlite3.connect"]
    assert [name for name, found in elsewhere if found.startswith("mode=")] == connected
    assert {found for _, found in elsewhere} <= {"sqlite3.connect", "create_engine(", "mode=ro"}


def sources(package: str) -> list[Path]:
    return sorted((Path(__file__).parents[2] / package).rglob("*.py"))


def test_the_guards_are_those_the_schema_names(path: Path) -> None:
    with intruder(path) as raw:
        found = raw.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")
        there = {name for (name,) in found}

    assert there == schema.GUARDS.keys()
