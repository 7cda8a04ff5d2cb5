"""What detects what: every row of the matrix, as far as one device goes.

Each attack is made on copied rows, as by somebody who owns the file; where something from outside is
needed, a test says that it is not detected without and that it is detected with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RecordTrouble
from engine.events import NoteAdded, canonical
from engine.journal import Claim, Head, Key, Note, Row, digest_of_header, make_note
from engine.journal.proof import Outcome, Report, verify
from engine.store import open_reader
from tests.engine.records import (
    OTHER_RUN,
    RUN,
    draft,
    fill,
    intruder,
    open_file,
    rehashed,
    with_header,
    with_payload,
    without_guards,
)

COUNT = 12
"""Entries in the record that is tampered with: the key, ten steps, a note."""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tamper")
    with open_file(folder) as store:
        fill(store, COUNT - 2)
        store.append([draft(NoteAdded("水"), run=OTHER_RUN)], seen=None, cmd="note")
    return folder / "muster.db"


@pytest.fixture
def rows(path: Path) -> list[Row]:
    with open_reader(path) as reader:
        return list(reader.all_rows())


@pytest.fixture
def key(path: Path) -> Key:
    (file,) = (path.parent / "state").glob("*.key")
    return Key(bytes.fromhex(file.read_text().split()[1]))


@pytest.fixture
def note(rows: list[Row], key: Key) -> Note:
    """A checkpoint that left the building before the attack."""
    return make_note(key, Head(COUNT, rows[-1].hash.hex()))


def found(rows: list[Row], *, deep: bool = False, since: Note | None = None) -> list[str]:
    return [one.id for one in report(rows, deep=deep, since=since).findings]


def report(rows: list[Row], *, deep: bool = False, since: Note | None = None) -> Report:
    claims = [] if since is None else [Claim(since.journal, since.size, since.head, "given", since)]
    return verify(rows, deep=deep, claims=claims)


def renumbered(rows: list[Row]) -> list[Row]:
    """Numbers without a gap, in the columns and in the headers."""
    return [with_header(row, jseq=at)._replace(jseq=at, pos=at) for at, row in enumerate(rows, 1)]


def test_the_record_is_intact_before_anybody_touches_it(rows: list[Row], note: Note) -> None:
    assert len(rows) == COUNT
    assert report(rows, deep=True, since=note).findings == ()


# --- without the key: found without any help from outside


def test_content_that_was_edited_is_found(rows: list[Row]) -> None:
    rows[5] = rows[5]._replace(payload=canonical({"step": "step-9", "basis": "asserted"}))

    assert found(rows) == ["entry-payload"]


def test_a_header_that_was_edited_is_found(rows: list[Row]) -> None:
    rows[5] = rows[5]._replace(header=rows[5].header.replace(b'"lam":5', b'"lam":6'))

    assert found(rows) == ["entry-hash", "entry-column", "entry-prev"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("run", "R-20261122-XXXX"),
        ("run", None),
        ("type", "step_failed"),
        ("at", "2026-11-22T09:00:00.000Z"),
        ("recorded_at", "2027-11-22T09:00:00.000Z"),
        ("lam", 99),
        ("cmd", None),
        ("cmd", "other"),
        ("journal", "0" * 32),
    ],
)
def test_an_index_column_that_was_edited_is_found(rows: list[Row], column: str, value: Any) -> None:
    rows[5] = rows[5]._replace(**{column: value})

    assert "entry-column" in found(rows)


def test_a_column_that_only_looks_like_what_the_header_says_is_found(tmp_path: Path) -> None:
    r"""In the header the command `a"b` is written `a\"b`, and a column may hold just that."""
    with open_file(tmp_path) as store:
        store.append([draft()], seen=None, cmd='a"b')
        rows = list(store.all_rows())
    rows[1] = rows[1]._replace(cmd='a\\"b')

    assert found(rows) == ["entry-column"]


def test_an_entry_that_was_deleted_is_found(rows: list[Row]) -> None:
    assert found(rows[:5] + rows[6:]) == ["entry-gap", "entry-prev"]


def test_a_run_that_was_deleted_is_found(rows: list[Row]) -> None:
    kept = [row for row in rows if row.run != RUN]

    assert len(kept) == 2
    assert found(kept) == ["entry-gap", "entry-prev"]


def test_entries_that_changed_places_are_found(rows: list[Row]) -> None:
    four, five = rows[4], rows[5]
    rows[4] = five._replace(pos=four.pos, jseq=four.jseq)
    rows[5] = four._replace(pos=five.pos, jseq=five.jseq)

    assert "entry-prev" in found(rows)
    assert "entry-column" in found(rows)


def test_places_in_the_store_that_were_changed_are_found(rows: list[Row]) -> None:
    rows[4], rows[5] = rows[4]._replace(pos=rows[5].pos), rows[5]._replace(pos=rows[4].pos)

    assert found(rows) == ["entry-order"]


def test_an_entry_that_was_put_in_the_middle_is_found(rows: list[Row]) -> None:
    extra = with_header(rows[5], cmd="extra")

    assert "entry-prev" in found(renumbered([*rows[:6], extra, *rows[6:]]))


def test_an_entry_that_was_added_without_the_key_is_found(rows: list[Row]) -> None:
    stranger = Key(b"m" * 32)
    last = with_header(rows[-1], jseq=COUNT + 1, prev=rows[-1].hash.hex(), cmd="forged")
    last = last._replace(
        jseq=COUNT + 1, pos=COUNT + 1, cmd="forged", sig=stranger.sign(b"muster/sig/v1\n" + last.hash)
    )

    assert found([*rows, last]) == ["entry-signature"]


def test_an_edit_with_all_hashes_made_anew_is_found_by_the_last_signature(rows: list[Row]) -> None:
    rows[5] = with_payload(rows[5], canonical({"step": "step-9", "basis": "asserted"}))
    forged = rehashed(rows)

    assert found(forged) == ["entry-signature"]
    assert found(forged, deep=True) == ["entry-signature"] * (COUNT - 5)


def test_another_key_in_the_first_entry_is_found(rows: list[Row]) -> None:
    stranger = Key(b"m" * 32)
    said = json.loads(rows[0].payload or b"") | {"key": stranger.public.hex()}
    rows[0] = with_payload(rows[0], canonical(said))

    assert found(rehashed(rows, stranger)) == ["journal-key"]


def test_a_signature_that_was_changed_is_found_when_all_are_checked(rows: list[Row]) -> None:
    rows[5] = rows[5]._replace(sig=rows[6].sig)

    assert found(rows) == []
    assert "unchecked-signatures" in [one.id for one in report(rows).unchecked]
    assert found(rows, deep=True) == ["entry-signature"]


def test_a_header_in_another_spelling_is_found_when_the_form_is_checked(rows: list[Row], key: Key) -> None:
    said = json.loads(rows[5].header)
    loose = json.dumps(said).encode()
    rows[5] = rows[5]._replace(header=loose, hash=digest_of_header(loose))
    forged = [*rows[:5], rows[5]._replace(sig=key.sign(b"muster/sig/v1\n" + rows[5].hash))]
    forged += rehashed([forged[-1], *rows[6:]], key)[1:]

    assert found(forged, deep=True) == ["entry-canonical"]


def test_a_header_that_can_no_longer_be_read_is_found(rows: list[Row]) -> None:
    rows[5] = rows[5]._replace(header=b"\xff")

    assert found(rows) == ["entry-hash", "entry-header", "entry-prev"]


# --- what only something from outside shows


def test_a_tail_that_was_cut_is_not_detected_without_a_checkpoint_held_elsewhere(rows: list[Row]) -> None:
    cut = report(rows[:-3], deep=True)

    assert (cut.findings, cut.exit_code) == ((), 0)
    assert "unchecked-tail" in [one.id for one in cut.unchecked]


def test_a_tail_that_was_cut_is_detected_with_a_checkpoint_held_elsewhere(
    rows: list[Row], note: Note
) -> None:
    cut = report(rows[:-3], since=note)

    assert ([one.id for one in cut.findings], cut.exit_code) == (["journal-cut"], 1)
    assert f"went up to entry {COUNT} and now ends at {COUNT - 3}" in cut.findings[0].sentence("en")


def test_history_rewritten_by_a_thief_of_the_key_is_detected_only_with_a_checkpoint(
    rows: list[Row], key: Key, note: Note
) -> None:
    rows[5] = with_payload(rows[5], canonical({"step": "step-9", "basis": "asserted"}))
    forged = rehashed(rows, key)

    assert found(forged, deep=True) == []
    assert found(forged, since=note) == ["journal-history"]


def test_a_fresh_record_in_the_place_of_the_old_one_is_detected_only_with_a_checkpoint(
    tmp_path: Path, note: Note
) -> None:
    with open_file(tmp_path, seed=2) as store:
        fill(store, COUNT)
        fresh = list(store.all_rows())

    assert found(fresh, deep=True) == []
    assert found(fresh, since=note) == ["journal-absent"]


def test_no_record_at_all_is_detected_only_with_a_checkpoint(note: Note) -> None:
    assert report([], deep=True).outcome is Outcome.INTACT
    assert found([], since=note) == ["journal-absent"]


def test_a_tail_that_was_cut_in_the_file_behaves_the_same(path: Path, tmp_path: Path, note: Note) -> None:
    copy = tmp_path / "cut.db"
    with intruder(path) as raw:
        raw.execute("VACUUM INTO ?", (str(copy),))
    with intruder(copy) as raw:
        without_guards(raw)
        raw.execute("DELETE FROM events WHERE jseq > ?", (COUNT - 3,))

    with open_reader(copy) as reader:
        without, with_note = reader.verify(deep=True), reader.verify([note])

    assert [one.id for one in without.findings] == ["guards-missing", "runs-differ"]
    assert without.exit_code == 0
    assert (with_note.outcome, with_note.findings[0].id) == (Outcome.BROKEN, "journal-cut")


# --- every single byte


def flips(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Each byte of each stored value turned over, one at a time, as the rows of a copied record."""
    for at, row in enumerate(rows):
        for column, value in row._asdict().items():
            for changed in variants(value):
                yield f"{column} of {at}", _with(rows, at, column, changed)


def variants(value: object) -> Sequence[object]:
    if isinstance(value, bytes):
        return [value[:i] + bytes([value[i] ^ 1]) + value[i + 1 :] for i in range(len(value))]
    if isinstance(value, str):
        return [value[:i] + chr(ord(value[i]) ^ 1) + value[i + 1 :] for i in range(len(value))]
    return [value + 1, value - 1] if isinstance(value, int) else ["x"]


def _with(rows: list[Row], at: int, column: str, value: Any) -> list[Row]:
    changed = [*rows[:at], rows[at]._replace(**{column: value}), *rows[at + 1 :]]
    return sorted(changed, key=lambda row: (row.journal, row.jseq))


@pytest.mark.requirement("E48")
def test_every_byte_that_is_turned_over_is_detected_or_means_nothing(rows: list[Row]) -> None:
    """`pos` is the one value that is not signed: as long as it keeps the order it means nothing."""
    few = rows[:3]
    missed = []
    count = 0
    for name, changed in flips(few):
        count += 1
        kept_order = [row.pos for row in changed] == sorted({row.pos for row in changed})
        if not (name.startswith("pos") and kept_order) and report(changed, deep=True).exit_code == 0:
            missed.append(name)

    assert missed == []
    assert count > 2000


def test_every_byte_of_the_file_that_is_turned_over_is_detected_or_means_nothing(
    path: Path, tmp_path: Path
) -> None:
    """Over the pages of the entries themselves: an error, a finding, or the very same entries."""
    whole = tmp_path / "whole.db"
    with intruder(path) as raw:
        raw.execute("VACUUM INTO ?", (str(whole),))
    with open_reader(whole) as reader:
        entries = [reader.entries(None), reader.entries(RUN), reader.entries(OTHER_RUN)]
    data = whole.read_bytes()
    start = data.index(b'{"actor"')
    copy = tmp_path / "copy.db"
    for at in range(start - 200, start + 3000, 37):
        copy.write_bytes(data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])
        assert is_noticed(copy) or same(copy, entries), f"byte {at}"


def is_noticed(path: Path) -> bool:
    try:
        with open_reader(path) as reader:
            return reader.verify(deep=True).exit_code != 0
    except RecordTrouble:
        return True


def same(path: Path, entries: object) -> bool:
    with open_reader(path) as reader:
        return [reader.entries(None), reader.entries(RUN), reader.entries(OTHER_RUN)] == entries
