"""The doctor where something is in use, was left behind or is somebody else's, and what it never waits for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.tui.machines import LONG_AGO, ROOT, Machine, like, noted, opened
from tui.checkup import here, place, record

NOBODY = 65534


# Run as somebody who may not read our files, not even our modules: all of them are loaded before.
AS_SOMEBODY_ELSE = """
import contextlib, io, os, sys
from tui.verbs.doctor import doctor
uid, *words = sys.argv[1:]
store, book = (word or None for word in words)
with contextlib.redirect_stdout(io.StringIO()):
    doctor(store, book, True, None)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(int(uid))
    os.setuid(int(uid))
sys.exit(doctor(store, book, True, None))
"""


# --- records that are in use, or were left behind


def test_a_machine_without_anything_is_well_and_stays_empty(tmp_path):
    one = Machine(tmp_path / "new")
    one.folder.mkdir()
    one.words, one.env = [], {"MUSTER_STATE": ""}

    found = one.examine()

    assert "ill" not in {line["level"] for line in found.lines.values()}
    assert list(one.folder.iterdir()) == []


@pytest.mark.parametrize("index", ["with its index", "without its index"])
def test_entries_that_stand_only_in_the_log_of_a_crashed_program_are_seen(healthy, tmp_path, index):
    crashed = like(healthy, tmp_path / "one")
    with opened(healthy) as store:
        noted(store, "not yet in the file")
        for tail in ("", "-wal", *(["-shm"] if index == "with its index" else [])):
            shutil.copy(f"{healthy.store}{tail}", f"{crashed.store}{tail}")
        size = store.head(store.journal).size
    shutil.copytree(healthy.state, crashed.state, dirs_exist_ok=True)

    found = crashed.examine()

    assert f": {size} entries" in found.lines["journal"]["found"]["en"]
    assert (found.lines["anchor"]["level"], found.unchanged) == ("ok", True)


def test_a_record_that_is_being_written_is_seen_as_it_is(healthy, tmp_path):
    one = like(healthy, tmp_path / "one")
    with opened(one) as store:
        noted(store, "just now")
        found = one.examine()
        assert f": {store.head(store.journal).size} entries" in found.lines["journal"]["found"]["en"]
    assert {found.lines[check]["level"] for check in ("store", "pages", "journal", "lock")} == {"ok"}


def test_an_empty_file_is_a_record_that_was_not_begun(healthy, tmp_path):
    one = like(healthy, tmp_path / "one")
    one.store.write_bytes(b"")
    found = one.examine()
    assert (found.lines["content"]["level"], found.unchanged) == ("ok", True)


# --- somebody else's machine


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter; those of pytest are for their owner only."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def as_somebody_else(one: Machine, *words: str, uid: int = NOBODY, **env: str) -> dict[str, Any]:
    """The doctor as another user when we are root; else as we are, and what is shut is shut for us too."""
    told = subprocess.run(
        [sys.executable, "-c", AS_SOMEBODY_ELSE, str(uid), *words],
        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)} | env,
        cwd=one.folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (told.stderr, told.returncode) == ("", 1)
    return {line["check"]: line for line in json.loads(told.stdout)["checks"]}


def test_a_record_that_can_only_be_read_is_ill(healthy, open_folder):
    one = like(healthy, open_folder / "one")
    for path in (one.store, one.store.with_name("muster.db.lock")):
        path.chmod(0o444)
    for folder in (one.folder, one.state):
        folder.chmod(0o555)

    lines = as_somebody_else(one, str(one.store), str(one.book), MUSTER_STATE=str(one.state))

    one.folder.chmod(0o755)  # so that it can be removed
    one.state.chmod(0o755)
    assert {check: lines[check]["level"] for check in ("store", "state", "journal")} == {
        "store": "ill",
        "state": "ill",
        "journal": "ok",
    }
    assert f"chown {os.geteuid() or NOBODY} {one.store}" in lines["store"]["remedy"]["en"]
    assert f"chown {os.geteuid() or NOBODY} {one.state}" in lines["state"]["remedy"]["en"]


def test_a_record_that_may_not_be_read_is_ill_once(healthy, open_folder):
    one = like(healthy, open_folder / "one")
    one.store.chmod(0)

    lines = as_somebody_else(one, str(one.store), str(one.book), MUSTER_STATE=str(one.folder / "other"))

    assert lines["store"]["level"] == "ill"
    assert "cannot be read" in lines["store"]["found"]["en"]
    assert "content" not in lines


def test_a_folder_that_may_not_be_entered_hides_the_record(healthy, open_folder):
    one = like(healthy, open_folder / "one")
    shut = open_folder / "shut"
    one.folder.rename(shut)
    shut.chmod(0)
    outside = Machine(open_folder)

    lines = as_somebody_else(outside, str(shut / "muster.db"), "", MUSTER_STATE=str(shut / "state"))

    shut.chmod(0o755)
    assert (lines["store"]["level"], lines["state"]["level"]) == ("ill", "ill")


# --- limits


@pytest.mark.parametrize(
    ("version", "level"),
    [((3, 10, 9), "ill"), ((3, 11, 0), "ok"), ((3, 13, 9), "ok"), ((3, 14, 0), "advice")],
)
def test_which_python_will_do(version, level):
    assert here.python_line(version).level == level


@pytest.mark.parametrize(
    ("version", "level", "word"),
    [
        ((3, 36, 0), "ill", "too old"),
        ((3, 37, 0), "ok", "needs the writer lock"),
        ((3, 51, 2), "ok", "needs the writer lock"),
        ((3, 51, 3), "ok", "needs no writer lock"),
    ],
)
def test_which_sqlite_needs_the_writer_lock(version, level, word):
    line = here.sqlite_line(version)
    assert (line.level, word in line.found.en) == (level, True)


@pytest.mark.parametrize(
    ("free", "nodes", "level"),
    [
        (100 * 2**20, 1, "ok"),
        (100 * 2**20 - 1, 1, "warning"),
        (2**20, 1, "warning"),
        (2**20 - 1, 1, "ill"),
        (2**40, 0, "ill"),
    ],
)
def test_how_much_space_will_do(free, nodes, level):
    assert place.space_line("/data", free, nodes).level == level


@pytest.mark.parametrize(
    ("columns", "rows", "level"),
    [(80, 24, "ok"), (79, 24, "warning"), (80, 23, "warning"), (0, 0, "warning")],
)
def test_how_large_a_window_will_do(columns, rows, level):
    assert here.size_line(columns, rows).level == level


def test_the_clock_may_be_behind_the_record_by_its_last_digit_only():
    second = timedelta(seconds=1)
    assert record.clock_line(LONG_AGO, LONG_AGO + second).level == "ok"
    assert record.clock_line(LONG_AGO, LONG_AGO + second * 1.001).level == "ill"


def test_the_kind_of_a_disk_is_that_of_the_nearest_mount():
    table = place.mounts_in(
        "27 1 254:0 / / rw - ext4 /dev/vda rw\n"
        "40 27 0:40 / /mnt/team\\040share rw,relatime shared:5 - nfs4 host:/x rw\n"
        "41 40 0:41 / /mnt/team\\040share/local rw - tmpfs tmpfs rw\n"
        "42 27 0:42 / /srv rw - ext4 /dev/vdb rw\n"
        "43 27 0:43 / /srv rw - cifs //host/srv rw\n"
    )
    kinds = {
        folder: place.kind_of_disk(Path(folder), table)
        for folder in (
            "/home",
            "/mnt/team share",
            "/mnt/team share/a/b",
            "/mnt/team share/local/a",
            "/srv",
            "/srvs",
        )
    }
    assert list(kinds.values()) == ["ext4", "nfs4", "nfs4", "tmpfs", "cifs", "ext4"]


def test_a_network_disk_is_a_warning():
    assert {"nfs4", "cifs", "9p", "fuse.sshfs", "smbfs"} <= place.NETWORK
    assert not {"ext4", "xfs", "btrfs", "apfs", "overlay", "fuseblk"} & (place.NETWORK | place.MEMORY)


def test_a_disk_that_is_empty_after_a_power_cut_is_a_warning():
    (line,) = place.disk_lines(Path("/dev/muster.db"))
    assert line.level == "warning"
    assert "in memory" in line.found.en


def test_a_folder_that_is_synchronised_is_known_by_its_name_or_by_what_lies_in_it(tmp_path):
    marked = tmp_path / "plans" / "record"
    marked.mkdir(parents=True)
    assert place.cloud_above(marked / "muster.db") is None

    (tmp_path / "plans" / ".stfolder").mkdir()

    assert place.cloud_above(marked / "muster.db") == str(tmp_path / "plans")
    assert place.cloud_above(Path("/Users/li/Library/CloudStorage/OneDrive-Work/muster.db")) is not None
    assert place.cloud_above(Path("/home/li/坚果云/muster.db")) == "/home/li/坚果云"
