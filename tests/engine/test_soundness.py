"""What is read of a run is held against its hashes as it is read: every change of it shows, without a signature."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.errors import RecordTrouble
from engine.events import NoteAdded, StepDone
from engine.journal.stretch import stretch_faults
from engine.store import open_reader
from tests import stores
from tests.engine.records import (
    OTHER_RUN,
    RUN,
    draft,
    fill,
    forged,
    intruder,
    open_file,
    with_header,
    with_payload,
    without_guards,
)

LAST = 8
"""The number of the run's last entry: the key, four steps, a note of another run, two steps."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    with open_file(folder) as store:
        fill(store, 4)
        store.append([draft(NoteAdded("水"), run=OTHER_RUN)], seen=None, cmd="note")
        fill(store, 2, first=4)
        for number in range(2):
            store.append([draft(NoteAdded("后"), run=OTHER_RUN)], seen=None, cmd=f"behind-{number}")
    return folder / "muster.db"


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "muster.db"))


def found(path: Path, since: int = 0) -> list[tuple[str, object]]:
    """What is wrong with the run, and with which entry."""
    with open_reader(path) as reader:
        return [(one.id, dict(one.facts).get("jseq")) for one in reader.held(RUN, since).faults]


def change(path: Path, sql: str, *values: object) -> None:
    with stores.raw(path) as raw:
        without_guards(raw)
        raw.execute(sql, values)


def test_a_run_that_nobody_touched_has_no_fault_and_says_how_far_it_was_read(path):
    with open_reader(path) as reader:
        held = reader.held(RUN)
        again = reader.held(RUN, held.until)

    assert (held.faults, again.faults) == ((), ())
    assert held.until == again.until == LAST


@pytest.mark.parametrize(
    ("sql", "faults"),
    [
        ("UPDATE events SET payload = CAST('{}' AS BLOB) WHERE jseq = 4", [("entry-payload", 4)]),
        ("UPDATE events SET salt = zeroblob(16) WHERE jseq = 4", [("entry-payload", 4)]),
        ("UPDATE events SET payload = NULL, salt = NULL WHERE jseq = 4", [("entry-payload-missing", 4)]),
        ("UPDATE events SET at = '2020-01-01T00:00:00.000Z' WHERE jseq = 4", [("entry-column", 4)]),
        ("UPDATE events SET hash = zeroblob(32) WHERE jseq = 4", [("entry-hash", 4)]),
        (
            (
                "UPDATE events SET header = CAST(replace(CAST(header AS TEXT), 'u7f3a', 'u7f3b') AS BLOB)"
                " WHERE jseq = 4"
            ),
            [("entry-hash", 4), ("entry-prev", 5)],
        ),
        (
            "UPDATE events SET header = x'ff' WHERE jseq = 4",
            [("entry-hash", 4), ("entry-header", 4), ("entry-prev", 5)],
        ),
        ("DELETE FROM events WHERE jseq = 4", [("entry-gap", None), ("entry-prev", 5)]),
        # The last of the run: what stands behind it, of another run, shows it.
        (f"DELETE FROM events WHERE jseq = {LAST}", [("entry-gap", None), ("entry-prev", LAST + 1)]),
        # Moved to another run, it is not read with this one; the stretch shows it all the same.
        (f"UPDATE events SET run = '{OTHER_RUN}' WHERE jseq = 4", [("entry-column", 4)]),
        (f"UPDATE events SET run = '{OTHER_RUN}' WHERE jseq = {LAST}", [("entry-column", LAST)]),
        ("UPDATE events SET pos = 99 WHERE jseq = 4", [("entry-order", 5)]),
    ],
)
def test_what_was_changed_in_the_file_is_found(path, sql, faults):
    change(path, sql)

    assert sorted(found(path)) == sorted(faults)


def test_an_entry_whose_hash_was_made_anew_is_found_by_the_one_behind_it(path):
    with open_reader(path) as reader:
        row = reader.row_of(next(iter(reader.verify().heads)), 4)
    assert row is not None
    made = with_payload(row, b'{"step":"another"}')
    change(
        path,
        "UPDATE events SET header = ?, payload = ?, hash = ? WHERE jseq = 4",
        *(made.header, made.payload, made.hash),
    )

    assert found(path) == [("entry-prev", 5)]


def test_a_content_that_its_own_journal_declares_erased_is_no_fault(tmp_path):
    with open_file(tmp_path) as store:
        fill(store, 2)
        key = store._key
        rows = list(store.all_rows())
    wanted, last = rows[1], rows[-1]
    said = forged(last, key, "erased", b'{"hashes":["%s"]}' % wanted.hash.hex().encode())
    said = with_header(said, run=None)._replace(run=None)
    with intruder(tmp_path / "muster.db") as raw:
        without_guards(raw)
        raw.execute(f"INSERT INTO events VALUES ({','.join('?' * len(said))})", said)
        raw.execute("UPDATE events SET payload = NULL, salt = NULL WHERE jseq = 2")

    assert found(tmp_path / "muster.db") == []


def test_a_later_look_reads_only_what_came_since(path):
    change(path, "UPDATE events SET payload = CAST('{}' AS BLOB) WHERE jseq = 3")

    assert found(path) == [("entry-payload", 3)]
    assert found(path, since=5) == []


def test_every_byte_of_an_entry_that_is_turned_over_is_found_without_a_signature(whole):
    """All but the signature itself, which is the business of `verify`."""
    with open_reader(whole) as reader:
        before, row, behind = list(reader.all_rows())[2:5]
    turned = [
        (column, at, row._replace(**{column: value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]}))
        for column in ("header", "payload", "salt", "hash")
        for value in [getattr(row, column)]
        for at in range(len(value))
    ]

    missed = [(column, at) for column, at, one in turned if not stretch_faults([before, one, behind])]

    assert missed == []
    assert len(turned) > 400


# --- one spoiled byte keeps nobody from the rest


def test_an_entry_whose_header_can_no_longer_be_read_is_given_as_its_columns_say(path):
    with open_reader(path) as reader:
        before = reader.entries(RUN)
    change(path, "UPDATE events SET header = x'ff' WHERE jseq = 4")

    with open_reader(path) as reader:
        after = reader.entries(RUN)

    assert [one.event for one in after] == [one.event for one in before]
    assert [one.at for one in after] == [one.at for one in before]
    assert (after[2].event, after[2].jseq) == (StepDone("step-2"), 4)


def test_an_entry_of_which_nothing_can_be_read_is_a_trouble_of_one_sentence(path):
    change(path, "UPDATE events SET header = x'ff', at = 'noon' WHERE jseq = 4")

    with open_reader(path) as reader, pytest.raises(RecordTrouble) as trouble:
        reader.entries(RUN)

    assert trouble.value.id == "entry-unreadable"
