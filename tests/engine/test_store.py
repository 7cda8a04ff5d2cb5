"""The contract, for a file and for memory; then what only a file has: keys, anchors, readers, neighbours."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RecordTrouble
from engine.events import Checkpoint, JournalOpened
from engine.journal import Head, Key
from engine.journal.proof import Outcome
from engine.store import Store, memory_store, open_reader, open_store
from engine.store.device import DeviceFiles, read_key
from engine.store.lock import WriterLock
from tests import stores
from tests.engine.programs import child
from tests.engine.records import RUN, Wall, draft, entropy, fill, intruder, keep_text, key_file, open_file
from tests.engine.store_contract import StoreContract


class TestFile(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        with open_file(tmp_path) as store:
            yield store


class TestMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        with memory_store(wall=Wall(), entropy=entropy(1)) as store:
            yield store


def refusal(path: Path, **how: Any) -> RecordTrouble:
    """Why a store cannot be opened; the sentence must name the file in both languages."""
    with pytest.raises(RecordTrouble) as trouble:
        open_store(path, key_folder=path.parent / "state", wall=Wall(), entropy=entropy(1), **how)
    for language in ("zh", "en"):
        assert str(path) in trouble.value.sentence(language)
    return trouble.value


# --- opening


def test_what_was_recorded_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 3)
        entries, journal = store.entries(RUN), store.journal

    with open_file(tmp_path, create=False) as store:
        assert (store.entries(RUN), store.journal, store.rollback) == (entries, journal, None)
        fill(store, 1, first=3)
        assert [row.jseq for row in store.all_rows()] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "name", ["run 100%.db", "a?mode=memory", "b#c.db", "贵阳 A 站.db", "d&e=f.db", "%41.db"]
)
def test_a_path_means_the_file_of_that_name_whatever_stands_in_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with open_store(path, key_folder=tmp_path / "state", wall=Wall(), entropy=entropy(1)) as store:
        fill(store, 1)
    files = {file.name for file in tmp_path.iterdir()}

    assert files == {name, f"{name}.lock", "state"}
    with open_reader(path) as reader:
        assert len(reader.entries(RUN)) == 1


def test_the_store_and_its_key_are_for_their_owner_only(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 1)
        files = [tmp_path / "muster.db", tmp_path / "muster.db-wal", *(tmp_path / "state").iterdir()]
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in files}

    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing" / "muster.db").id == "store-folder-missing"
    assert not (tmp_path / "missing").exists()


def test_a_store_that_should_be_there_is_not_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "muster.db", create=False).id == "store-missing"
    with pytest.raises(RecordTrouble, match="no record"):
        open_reader(tmp_path / "muster.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look at" * 20, b"SQLite format 3\0" * 60]
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "muster.db"
    path.write_bytes(content)

    assert refusal(path).id in {"store-not-ours", "store-damaged"}
    with pytest.raises(RecordTrouble):
        open_reader(path)
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "muster.db"
    with intruder(path) as raw:
        raw.execute("CREATE TABLE theirs (a)")

    assert refusal(path).id == "store-not-ours"
    with pytest.raises(RecordTrouble, match="not a record of Muster"):
        open_reader(path)
    with intruder(path) as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with open_file(tmp_path):
        pass
    with intruder(tmp_path / "muster.db") as raw:
        raw.execute("PRAGMA user_version = 7")

    trouble = refusal(tmp_path / "muster.db")

    assert trouble.id == "store-newer"
    assert "version 7" in trouble.sentence("en")
    with pytest.raises(RecordTrouble, match="upgrade"):
        open_reader(tmp_path / "muster.db")


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "muster.db").touch()

    with open_file(tmp_path) as store:
        fill(store, 1)


# --- the device key


def test_two_stores_on_one_machine_have_two_journals(tmp_path: Path) -> None:
    """One key for both would give two different entries the same number in one journal."""
    one = open_store(tmp_path / "1.db", key_folder=tmp_path / "state", wall=Wall(), entropy=entropy(1))
    two = open_store(tmp_path / "2.db", key_folder=tmp_path / "state", wall=Wall(), entropy=entropy(2))
    with one, two:
        assert one.journal != two.journal


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o777])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with open_file(tmp_path):
        key = key_file(tmp_path)
    key.chmod(mode)

    with pytest.raises(RecordTrouble) as trouble:
        open_file(tmp_path)

    assert trouble.value.id == "key-open-to-others"
    assert f"{key}：请先运行 chmod 600" in trouble.value.sentence("zh")
    key.chmod(0o600)
    with open_file(tmp_path):
        pass


@pytest.mark.parametrize(
    "text", ["", "rubbish", "muster-key-v1\nab\ncd\n", "other\n" + "ab" * 32 + "\n" + "cd" * 32]
)
def test_a_damaged_key_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    with open_file(tmp_path):
        key = key_file(tmp_path)
    key.write_text(text)

    with pytest.raises(RecordTrouble) as trouble:
        open_file(tmp_path)

    assert (trouble.value.id, key.read_text()) == ("key-unreadable", text)


def test_a_key_whose_halves_do_not_belong_together_signs_nothing(tmp_path: Path) -> None:
    with open_file(tmp_path):
        key = key_file(tmp_path)
    title, secret, _ = key.read_text().split()
    key.write_text(f"{title}\n{secret}\n{Key(b'x' * 32).public.hex()}\n")

    with open_file(tmp_path) as store, pytest.raises(RecordTrouble) as trouble:
        fill(store, 1)

    assert (trouble.value.id, trouble.value.facts["path"]) == ("key-unreadable", str(key))


def test_processes_that_make_the_key_at_once_end_with_the_same_key(tmp_path: Path) -> None:
    """Without the writer lock, which would hide it: only the file system decides."""
    journals = child("make-key", folder=str(tmp_path), rounds=20)

    for number, made in enumerate(journals):
        assert made == [read_key(tmp_path / f"{number}.key").journal] * 2
    assert {file.suffix for file in tmp_path.iterdir()} == {".key"}


def test_threads_that_make_the_key_at_once_end_with_the_same_key(tmp_path: Path) -> None:
    said: list[str] = []
    barrier = threading.Barrier(8)

    def make(seed: int) -> None:
        device = DeviceFiles(tmp_path, "store", entropy(seed))
        barrier.wait()
        said.append(device.key().journal)

    makers = [threading.Thread(target=make, args=(seed,)) for seed in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()

    assert len(said) == 8 and len(set(said)) == 1


def test_without_the_key_the_device_begins_a_new_journal(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 2)
    shutil.rmtree(tmp_path / "state")

    with open_file(tmp_path, seed=2) as store:
        fill(store, 2, first=2)
        report = store.verify(deep=True)

    assert (len(report.heads), report.entries, report.exit_code) == (2, 6, 3)
    assert [one.id for one in report.findings] == ["journal-foreign"]


# --- a store that went back


def backed_up(tmp_path: Path) -> tuple[Path, Head, Head]:
    """A store that an older backup was put back over: where it is, its last head, the backup's head."""
    with open_file(tmp_path) as store:
        fill(store, 3)
        with intruder(tmp_path / "muster.db") as raw:
            raw.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
        backup = store.head(store.journal)
        fill(store, 4, first=3)
        last = store.head(store.journal)
    (tmp_path / "backup.db").replace(tmp_path / "muster.db")
    return tmp_path / "muster.db", last, backup


def test_a_restored_backup_is_noticed_and_gone_on_with_in_a_new_journal(tmp_path: Path) -> None:
    with open_file(tmp_path) as before:
        old = before.journal
    _, last, backup = backed_up(tmp_path)

    with open_file(tmp_path, seed=2) as store:
        assert store.rollback is not None
        assert (store.rollback.journal, store.rollback.remembered, store.rollback.found) == (
            old,
            last,
            backup,
        )
        fill(store, 2, first=10)
        assert store.journal != old

        opened, *heads = [entry.event for entry in store.entries(None) if entry.journal == store.journal]
        assert isinstance(opened, JournalOpened)
        assert heads == [
            Checkpoint(old, last.size, last.hash, "seen"),
            Checkpoint(old, backup.size, backup.hash, "seen"),
        ]
        assert store.head(old) == backup


def test_a_restored_backup_is_a_declared_exception_for_ever(tmp_path: Path) -> None:
    path, last, backup = backed_up(tmp_path)
    with open_file(tmp_path, seed=2) as store:
        fill(store, 2, first=10)

    with open_file(tmp_path, seed=3) as store:
        assert store.rollback is None
    with open_reader(path) as reader:
        report = reader.verify(deep=True)
    assert (report.outcome, report.exit_code) == (Outcome.EXCEPTIONS, 2)
    assert [(one.id, dict(one.facts)["size"], dict(one.facts)["here"]) for one in report.findings] == [
        ("journal-went-back", last.size, backup.size)
    ]


def test_the_key_of_the_journal_that_went_back_is_kept(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        old = store.journal
    backed_up(tmp_path)

    with open_file(tmp_path, seed=2) as store:
        fill(store, 1, first=10)
        kept = {read_key(file).journal for file in (tmp_path / "state").glob("*.key")}
        assert kept == {old, store.journal}


def test_looking_at_an_old_copy_changes_no_key(tmp_path: Path) -> None:
    """A copy has the id of its store; only who records something in it needs another journal."""
    backed_up(tmp_path)
    before = {file.name: file.read_bytes() for file in (tmp_path / "state").iterdir()}
    with open_file(tmp_path, seed=2) as first:
        rollback = first.rollback
        first.checkpoint()

    with open_file(tmp_path, seed=3) as store:
        assert rollback is not None and store.rollback == rollback
    assert {file.name: file.read_bytes() for file in (tmp_path / "state").iterdir()} == before


def test_a_kill_between_the_old_key_and_the_new_one_is_noticed_as_a_rollback_all_the_same(
    tmp_path: Path,
) -> None:
    _, last, _ = backed_up(tmp_path)
    (key,) = (tmp_path / "state").glob("*.key")
    key.rename(key.with_suffix(".old.key"))

    with open_file(tmp_path, seed=2) as store:
        assert store.rollback is not None
        fill(store, 1, first=10)
        heads = [entry.event for entry in store.entries(None) if isinstance(entry.event, Checkpoint)]
        assert heads[0].size == last.size


def test_two_terminals_that_notice_the_same_rollback_share_the_new_journal(tmp_path: Path) -> None:
    backed_up(tmp_path)

    with open_file(tmp_path, seed=2) as one, open_file(tmp_path, seed=3) as two:
        fill(one, 2, first=10)
        fill(two, 2, first=20)
        assert one.journal == two.journal
        assert len([entry for entry in one.entries(None) if isinstance(entry.event, Checkpoint)]) == 2
        assert one.verify(deep=True).exit_code == 2


def test_an_anchor_that_lags_behind_means_nothing(tmp_path: Path) -> None:
    """Killed between the commit and the anchor, or a power cut: the anchor is older, never younger."""
    with open_file(tmp_path) as store:
        fill(store, 2)
        (anchor,) = (tmp_path / "state").glob("*.anchor")
        older = anchor.read_bytes()
        fill(store, 2, first=2)
    anchor.write_bytes(older)

    with open_file(tmp_path) as store:
        assert store.rollback is None


def test_a_checkpoint_that_was_spoiled_proves_nothing_and_stops_nothing(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 2)
        store.checkpoint()
        with intruder(tmp_path / "muster.db") as raw:
            raw.execute("INSERT INTO notes VALUES ('o', 1, 'rubbish', 'x', 'y')")

        assert len(store.notes()) == 1
        assert store.verify().exit_code == 0


# --- readers


def test_a_reader_sees_what_was_recorded_while_it_was_open(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 1)
        with open_reader(tmp_path / "muster.db") as reader:
            fill(store, 2, first=1)
            assert reader.entries(RUN) == store.entries(RUN)
            assert reader.runs() == store.runs()
            assert reader.name == store.name == str(tmp_path / "muster.db")


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 1)
    with (
        open_reader(tmp_path / "muster.db") as reader,
        reader._place.reading() as connection,
        pytest.raises(Exception, match="readonly"),
    ):
        connection.exec_driver_sql("DELETE FROM runs")


def test_a_text_that_was_changed_is_not_given_out(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        digest = keep_text(store, b"open the valve")
        with intruder(tmp_path / "muster.db") as raw:
            raw.execute("DROP TRIGGER texts_update")
            raw.execute("UPDATE texts SET data = x'00'")

        with pytest.raises(RecordTrouble, match=digest):
            store.text(digest)
        assert [one.id for one in store.verify().findings] == ["text-changed", "guards-missing"]


def test_reading_loads_neither_cryptography_nor_networkx(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 3)
        store.checkpoint()
    program = f"""
import sys
from engine.store import open_reader
with open_reader({str(tmp_path / "muster.db")!r}) as reader:
    assert len(reader.entries({RUN!r})) == 3 and len(reader.runs()) == 1 and reader.notes()
print(sorted({{"cryptography", "networkx", "yaml", "textual", "jinja2"}} & set(sys.modules)))
"""
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"


# --- neighbours


def test_a_store_that_others_hold_for_too_long_says_not_yet_recorded(tmp_path: Path) -> None:
    with open_file(tmp_path, patience=0.1) as store:
        fill(store, 1)
        other = WriterLock(tmp_path / "muster.db.lock", 5)
        with other.held(), pytest.raises(RecordTrouble) as trouble:
            store.append([draft()], seen=None, cmd="c")
        assert trouble.value.id == "store-busy"
        assert "Not yet recorded" in trouble.value.sentence("en")
        assert str(tmp_path / "muster.db") in trouble.value.sentence("zh")

        (entry,) = store.append([draft()], seen=None, cmd="c")

        assert store.entries(RUN)[-1] == entry
        other.close()


def test_a_program_that_does_not_know_the_lock_is_waited_for_too(tmp_path: Path) -> None:
    with open_file(tmp_path, patience=0.1) as store, intruder(tmp_path / "muster.db") as raw:
        fill(store, 1)
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordTrouble) as trouble:
            fill(store, 1, first=1)
        assert trouble.value.id == "store-busy"
        raw.execute("ROLLBACK")

        fill(store, 1, first=1)

        assert len(store.entries(RUN)) == 2


def test_whoever_waits_for_the_lock_gets_it_when_it_is_free(tmp_path: Path) -> None:
    one, two = WriterLock(tmp_path / "lock", 5), WriterLock(tmp_path / "lock", 30)
    order: list[str] = []

    def wait() -> None:
        with two.held():
            order.append("two")

    waiting = threading.Thread(target=wait)
    with one.held():
        waiting.start()
        order.append("one")
    waiting.join()

    assert order == ["one", "two"]
    with one.held():
        pass
    one.close()
    two.close()


def test_a_waiter_that_gave_up_does_not_keep_the_lock(tmp_path: Path) -> None:
    one, two = WriterLock(tmp_path / "lock", 5), WriterLock(tmp_path / "lock", 0.01)
    with one.held():
        for _ in range(3):
            with pytest.raises(TimeoutError), two.held():
                pass
    for thread in threading.enumerate():
        if thread.name == "muster-writer-lock":
            thread.join(5)

    with one.held():
        pass
    with two.held():
        pass
    one.close()
    two.close()


@pytest.mark.parametrize(("writers", "appends"), [(2, 25), (8, 8)])
def test_any_number_of_processes_share_one_key_and_one_chain(
    tmp_path: Path, writers: int, appends: int
) -> None:
    """They also make the store and the key at once; the only conflicts are entries that others recorded."""
    said = [
        line
        for one in child("race", folder=str(tmp_path), writers=writers, appends=appends)["said"]
        for line in one
    ]

    assert [line for line in said if line[0] == "trouble"] == []
    assert len({line[1] for line in said if line[0] == "journal"}) == 1
    shared = [line[1] for line in said if line[0] == "shared"]
    conflicts = [one for line in shared for one in line["conflicts"]]
    assert all(all(later) and later for later in conflicts)
    acknowledged = [hash_ for line in said if line[0] == "own" for hash_ in line[1]] + [
        one["hash"] for one in shared
    ]
    with open_reader(tmp_path / "muster.db") as reader:
        rows = list(reader.all_rows())
        report = reader.verify(deep=True)
    assert [row.jseq for row in rows] == list(range(1, writers * appends * 3 + 2))
    assert sorted(acknowledged) == sorted(row.hash.hex() for row in rows[1:])
    assert (report.findings, len(report.heads)) == ((), 1)


def test_two_stores_in_one_program_share_the_file(tmp_path: Path) -> None:
    with open_file(tmp_path) as one, open_file(tmp_path) as two:
        threads = [
            threading.Thread(target=fill, args=(store, 15), kwargs={"run": run})
            for store, run in ((one, "H-20261122-AAAA"), (two, "H-20261122-BBBB"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [row.jseq for row in one.all_rows()] == list(range(1, 32))
        assert two.verify(deep=True).exit_code == 0


def test_the_last_to_close_leaves_one_file_that_holds_everything(tmp_path: Path) -> None:
    with open_file(tmp_path) as one, open_file(tmp_path) as two:
        fill(one, 2)
        fill(two, 2, first=2)

    assert {file.name for file in tmp_path.iterdir()} == {"muster.db", "muster.db.lock", "state"}
    with stores.raw(f"{(tmp_path / 'muster.db').as_uri()}?immutable=1", uri=True) as raw:
        assert raw.execute("SELECT count(*) FROM events").fetchone() == (5,)
    raw.close()
