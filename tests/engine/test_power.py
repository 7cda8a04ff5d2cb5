"""The power goes: whatever the disk had not flushed is cut, zeros or rubbish. What was flushed is enough.

After every acknowledged append the length of the log is noted. A copy of database and log in which the
log is spoiled at or after that length is what a power cut just then may leave. (That the flush itself
happens before the acknowledgement is shown with strace, in the second ring.)
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from engine.errors import RecordTrouble
from engine.store import open_reader
from tests.engine.records import RUN, draft, fill, open_file


@dataclass(frozen=True)
class Moments:
    """A store in use, and what stood in its log when each append was acknowledged."""

    folder: Path
    acknowledged: list[tuple[int, set[str]]]
    """Length of the log, and the hashes of all entries acknowledged so far."""


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> Moments:
    """Copied while the store is open: closing it would empty the log."""
    folder = tmp_path_factory.mktemp("power")
    used = folder / "used"
    used.mkdir()
    noted: list[tuple[int, set[str]]] = []
    known: set[str] = set()
    with open_file(used) as store:
        for number in range(60):
            entries = store.append([draft() for _ in range(1 + number % 3)], seen=None, cmd=f"c{number}")
            known = known | {entry.hash for entry in entries}
            noted.append(((used / "muster.db-wal").stat().st_size, known))
        shutil.copytree(used, folder / "copy")
    return Moments(folder / "copy", noted)


def cut(data: bytes, at: int, _: random.Random) -> bytes:
    return data[:at]


def zeros(data: bytes, at: int, rng: random.Random) -> bytes:
    end = rng.randint(at, len(data))
    return data[:at] + bytes(end - at) + data[end:]


def rubbish(data: bytes, at: int, rng: random.Random) -> bytes:
    return data[:at] + rng.randbytes(len(data) - at)


def a_page_out_of_order(data: bytes, at: int, rng: random.Random) -> bytes:
    """Later writes reached the disk, an earlier one did not."""
    start = min(len(data), at + rng.randint(0, 4) * 4120)
    return data[:start] + bytes(min(4120, len(data) - start)) + data[start + 4120 :]


@pytest.mark.parametrize("spoil", [cut, zeros, rubbish, a_page_out_of_order])
@pytest.mark.parametrize("seed", range(15))
def test_after_a_power_cut_every_acknowledged_entry_is_there(
    moments: Moments, tmp_path: Path, spoil: Callable[[bytes, int, random.Random], bytes], seed: int
) -> None:
    rng = random.Random(seed)
    flushed, known = rng.choice(moments.acknowledged)
    folder = tmp_path / "after"
    shutil.copytree(moments.folder, folder)
    (folder / "muster.db-shm").unlink()
    log = folder / "muster.db-wal"
    at = flushed + rng.choice([0, 1, 24, rng.randint(0, 4120), rng.randint(0, 40_000)])
    log.write_bytes(spoil(log.read_bytes(), at, rng))

    with open_reader(folder / "muster.db") as reader:
        assert known <= {row.hash.hex() for row in reader.all_rows()}
        assert reader.verify(deep=True).exit_code == 0
    # The anchor was never flushed: what it says after a power cut is at most what was acknowledged then.
    shutil.rmtree(folder / "state")
    (folder / "state").mkdir()
    with open_file(folder, seed=seed + 2) as store:
        fill(store, 2, first=1000)
        assert known <= {entry.hash for entry in store.entries(RUN)}
        # Its key went with the state folder, so that nobody knows any more whose the old journal is.
        assert [one.id for one in store.verify(deep=True).findings] == ["journal-foreign"]


def test_the_log_grows_with_every_acknowledged_append(moments: Moments) -> None:
    """Else there would be nothing to spoil, and the test above would prove nothing."""
    lengths = [length for length, _ in moments.acknowledged]

    assert lengths == sorted(set(lengths))
    assert len(moments.acknowledged[-1][1]) == 120


def test_a_database_without_its_log_has_lost_what_only_the_log_held(moments: Moments, tmp_path: Path) -> None:
    """So the log is part of the record: never copy the one without the other."""
    shutil.copyfile(moments.folder / "muster.db", tmp_path / "muster.db")

    with pytest.raises(RecordTrouble) as trouble:
        open_reader(tmp_path / "muster.db")
    assert trouble.value.id == "store-not-ours"


def test_a_power_cut_during_the_first_start_leaves_nothing_that_stands_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "muster.db").touch()

    with open_file(tmp_path) as store:
        fill(store, 1)
        assert store.verify().exit_code == 0


def test_an_anchor_that_was_half_written_is_as_good_as_none(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 2)
        journal = store.journal
    (anchor,) = (tmp_path / "state").glob("*.anchor")
    for text in ("", "abc", "\0" * 115, "a b c d", anchor.read_text()[:50], anchor.read_text()[:80]):
        anchor.write_text(text)
        with open_file(tmp_path) as store:
            assert (store.rollback, store.journal) == (None, journal)
