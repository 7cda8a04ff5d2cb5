"""The disk is full, fails, vanishes, refuses: nothing acknowledged is lost, and a remedy is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import RecordTrouble
from engine.store import Store, make_folder
from tests import stores
from tests.engine.programs import child
from tests.engine.records import RUN, draft, fill, open_file


def driver_of(store: Store) -> sqlite3.Connection:
    connection = store._connection
    assert connection is not None
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def refusal(store: Store, cmd: str = "refused") -> RecordTrouble:
    """What the store says instead of recording; it must name the file and be in both languages."""
    with pytest.raises(RecordTrouble) as trouble:
        store.append([draft()], seen=None, cmd=cmd)
    assert store.name in trouble.value.sentence("en")
    assert store.name in trouble.value.sentence("zh")
    return trouble.value


# --- full, failing


def test_a_full_disk_loses_nothing_and_is_gone_on_with_when_there_is_room(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 5)
        raw = driver_of(store)
        (pages,) = raw.execute("PRAGMA page_count").fetchone()
        raw.execute(f"PRAGMA max_page_count = {pages}")
        recorded = 5
        while True:
            try:
                fill(store, 1, first=recorded)
            except RecordTrouble as trouble:
                full = trouble
                break
            recorded += 1
        assert full.id == "store-full"
        assert "NOT RECORDED" in full.sentence("en")
        assert len(store.entries(RUN)) == recorded

        fill(store, 3, first=recorded)  # On a new connection, which has no such limit: room was made.

        assert len(store.entries(RUN)) == recorded + 3
        assert store.verify(deep=True).exit_code == 0


def test_a_text_that_finds_no_room_leaves_no_entry_behind(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 1)
        raw = driver_of(store)
        raw.execute(f"PRAGMA max_page_count = {raw.execute('PRAGMA page_count').fetchone()[0] + 2}")

        with pytest.raises(RecordTrouble) as trouble:
            store.append([draft()], seen=None, cmd="big", texts=[bytes(range(256)) * 4000])

        assert trouble.value.id == "store-full"
        assert len(store.entries(RUN)) == 1
        store.append([draft()], seen=None, cmd="big")


def test_after_an_io_error_the_tail_is_verified_and_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """A child whose files may not grow: the write fails in the middle of a transaction."""
    said = child("file-size-limit", folder=str(tmp_path))

    assert {id_ for id_, _, _ in said["refused"]} <= {"store-io", "store-full"}
    assert said["refused"]
    for _, english, chinese in said["refused"]:
        assert str(tmp_path / "muster.db") in english
        assert "未记录" in chinese
    with open_file(tmp_path) as store:
        assert set(said["acknowledged"]) <= {entry.hash for entry in store.entries("H-DISK")}
        assert store.verify(deep=True).exit_code == 0


def test_a_connection_that_failed_is_never_used_again(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 1)
        failed = driver_of(store)
        failed.execute(f"PRAGMA max_page_count = {failed.execute('PRAGMA page_count').fetchone()[0]}")
        with pytest.raises(RecordTrouble):
            store.put_blob(bytes(1_000_000))

        fill(store, 1, first=1)

        assert driver_of(store) is not failed
        with pytest.raises(sqlite3.ProgrammingError):
            failed.execute("SELECT 1")


def test_a_tail_that_was_damaged_by_the_failure_is_not_written_to(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 3)
        store._drop()
        with stores.raw(tmp_path / "muster.db") as raw:
            raw.execute("DROP TRIGGER events_update")
            raw.execute("UPDATE events SET payload = x'00' WHERE jseq = 2")
        raw.close()

        assert refusal(store).id == "store-damaged"


# --- vanished, replaced, put back


def test_a_folder_that_vanished_is_noticed_and_used_again_when_it_is_back(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with open_file(folder) as store:
        fill(store, 2)
        folder.rename(tmp_path / "away")
        assert refusal(store).id == "store-vanished"
        assert refusal(store).id == "store-vanished"

        (tmp_path / "away").rename(folder)
        fill(store, 2, first=2)

        assert len(store.entries(RUN)) == 4
        assert store.verify(deep=True).exit_code == 0


def test_an_entry_is_never_acknowledged_into_a_file_that_was_deleted(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 2)
        shutil.rmtree(tmp_path)

        assert refusal(store).id == "store-vanished"
        assert refusal(store).id == "store-vanished"


def test_another_file_in_the_place_of_the_store_is_checked_before_it_is_written_to(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 2)
        other = tmp_path / "other"
        other.mkdir()
        with open_file(other, seed=2) as stranger:
            fill(stranger, 5)
        for name in ("muster.db-wal", "muster.db-shm"):
            (tmp_path / name).unlink()
        (other / "muster.db").replace(tmp_path / "muster.db")

        assert refusal(store).id == "store-replaced"
        assert refusal(store).id == "store-went-back"


def test_a_backup_that_is_copied_over_the_open_file_is_not_written_to(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        fill(store, 2)
        with stores.raw(tmp_path / "muster.db") as raw:
            raw.execute("VACUUM INTO ?", (str(tmp_path / "backup.db"),))
        raw.close()
        fill(store, 3, first=2)
        with (
            sqlite3.connect(tmp_path / "backup.db") as backup,
            sqlite3.connect(tmp_path / "muster.db") as raw,
        ):
            backup.backup(raw)
        backup.close()
        raw.close()

        assert refusal(store).id == "store-went-back"


def test_a_lock_file_that_was_removed_is_made_again(tmp_path: Path) -> None:
    with open_file(tmp_path) as store, open_file(tmp_path) as other:
        fill(store, 1)
        (tmp_path / "muster.db.lock").unlink()
        fill(other, 1, first=1)
        fill(store, 1, first=2)

        assert (tmp_path / "muster.db.lock").exists()
        assert len(other.entries(RUN)) == 3


def test_a_state_folder_that_vanished_does_not_make_a_recorded_entry_look_lost(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        shutil.rmtree(tmp_path / "state")

        fill(store, 2)

        assert len(store.entries(RUN)) == 2


# --- not allowed: said by a child that is another user, because root may do everything


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach, which the folders of pytest are not."""
    folder = Path(tempfile.mkdtemp(prefix="muster-test-"))
    folder.chmod(0o777)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777)
    shutil.rmtree(folder)


def readable(folder: Path, mode: int, *, with_log: bool = False, with_index: bool = False) -> Path:
    """A store of three entries in a folder that others may read and, by `mode`, no more."""
    made = folder.parent / f"{folder.name}-made"
    made.mkdir()
    folder.mkdir()
    with open_file(made) as store:
        fill(store, 2)
        if with_log:
            copy_all(made, folder, with_index=with_index)
    if not with_log:
        copy_all(made, folder, with_index=False)
    shutil.rmtree(made)
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(mode)
    return folder


def copy_all(made: Path, folder: Path, *, with_index: bool) -> None:
    for name in ("muster.db", "muster.db-wal", *(["muster.db-shm"] if with_index else [])):
        if (made / name).exists():
            shutil.copyfile(made / name, folder / name)


def test_what_may_only_be_read_is_read_and_says_so_when_it_should_be_written(open_folder: Path) -> None:
    folders = [
        readable(open_folder / "plain", 0o555),
        readable(open_folder / "with-log", 0o555, with_log=True),
        readable(open_folder / "with-index", 0o555, with_log=True, with_index=True),
        readable(open_folder / "file-only", 0o777),
    ]
    before = [sorted(file.name for file in folder.iterdir()) for folder in folders[:3]]

    for folder, (read, written) in zip(
        folders, child("as-nobody", paths=list(map(str, folders))), strict=True
    ):
        assert read == [3, 0], folder
        assert written[0] == "store-read-only", (folder, written)
        assert str(folder / "muster.db") in written[1]
        assert "未记录" in written[2]

    assert [sorted(file.name for file in folder.iterdir()) for folder in folders[:3]] == before


def test_a_new_store_in_a_folder_that_may_not_be_written_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o555)

    ((read, written),) = child("as-nobody", paths=[str(open_folder)])

    assert (read[0], written[0]) == ("store-missing", "store-read-only")


def test_a_folder_that_may_not_even_be_entered_is_refused(open_folder: Path) -> None:
    closed = readable(open_folder / "closed", 0o000)

    ((read, written),) = child("as-nobody", paths=[str(closed)])

    assert (read[0], written[0]) == ("store-cannot-open", "store-read-only")
    assert str(closed) in read[1]
    assert str(closed) in written[1]


def test_a_state_folder_that_may_not_be_written_is_refused(open_folder: Path) -> None:
    (open_folder / "state").mkdir(mode=0o555)

    ((_, written),) = child("as-nobody", paths=[str(open_folder)])

    assert written[0] == "key-folder"
    assert str(open_folder / "state") in written[1]


def test_a_key_of_somebody_else_is_not_read(open_folder: Path) -> None:
    with open_file(open_folder):
        pass
    for file in [open_folder / "state", *open_folder.glob("muster*"), *open_folder.glob("state/*")]:
        file.chmod(0o777)
    (key,) = (open_folder / "state").glob("*.key")
    key.chmod(0o600)
    if os.geteuid() != 0:
        key.chmod(0o000)  # We are not root, so the child is who we are.

    ((_, written),) = child("as-nobody", paths=[str(open_folder)])

    assert written[0] == "key-unreadable"
    assert str(key) in written[1]


def test_the_default_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "share" / "muster"

    make_folder(folder)
    make_folder(folder)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(RecordTrouble) as trouble:
        make_folder(tmp_path / "file" / "muster")

    assert trouble.value.id == "store-folder-unmade"
    assert str(tmp_path / "file" / "muster") in trouble.value.sentence("zh")
