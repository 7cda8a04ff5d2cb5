"""What is done to a healthy machine to make it ill: what the doctor calls it, and a word of the remedy."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.tui.machines import DOOR, SITE, Machine, noted, opened


@dataclass(frozen=True)
class Illness:
    name: str
    check: str
    level: str
    remedy: str
    inflict: Callable[[Machine], None]
    along: tuple[str, ...]
    """Checks that this illness changes too."""
    real: bool
    """Shown to the program that is installed, else to the verb in this process."""


ILLNESSES: list[Illness] = []


def illness(
    check: str, remedy: str, level: str = "ill", *, along: str = "", real: bool = False
) -> Callable[[Callable[[Machine], None]], Callable[[Machine], None]]:
    def keep(inflict: Callable[[Machine], None]) -> Callable[[Machine], None]:
        name = inflict.__name__.replace("_", " ")
        ILLNESSES.append(Illness(name, check, level, remedy, inflict, tuple(along.split()), real))
        return inflict

    return keep


@illness("key", "chmod 600 ", real=True)
def others_can_read_the_key(one: Machine) -> None:
    one.key.chmod(0o640)


@illness("key", "restore it")
def the_key_is_half_written(one: Machine) -> None:
    one.key.write_text(one.key.read_text()[:40])


@illness("key", "put its state folder back", "warning")
def the_key_is_gone(one: Machine) -> None:
    one.key.unlink()


@illness("content", "is not a record of Muster", real=True)
def the_record_is_another_file(one: Machine) -> None:
    one.store.write_text("Dear diary, today there was no water under the floor. " * 20)


@illness("content", "upgrade Muster", real=True)
def the_record_is_of_a_newer_muster(one: Machine) -> None:
    one.sql("PRAGMA user_version = 99")


@illness("content", "run muster verify on the copy", along="pages")
def half_of_the_record_is_scrambled(one: Machine) -> None:
    data = bytearray(one.store.read_bytes())
    half = len(data) // 2
    data[half:] = bytes(255 - byte for byte in data[half:])
    one.store.write_bytes(data)


@illness("pages", "check the disk")
def a_page_of_the_record_contradicts_itself(one: Machine) -> None:
    raw = sqlite3.connect(one.store)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'blobs'").fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.close()
    data = bytearray(one.store.read_bytes())
    data[(page - 1) * size + 7] = 50  # how many bytes lie unused between its cells; none do
    one.store.write_bytes(data)


@illness("guards", "muster verify", "warning")
def a_guard_of_the_record_is_gone(one: Machine) -> None:
    one.sql("DROP TRIGGER events_delete")


@illness("journal", "muster verify --deep", along="guards clock-record", real=True)
def the_last_entry_was_changed(one: Machine) -> None:
    changed = "CAST(replace(CAST(payload AS text), 'third', 'THIRD') AS blob)"
    one.sql("DROP TRIGGER events_update", f"UPDATE events SET payload = {changed} WHERE pos = 4")


@illness("journal", "signature of entry 4", along="clock-record")
def the_last_signature_is_false(one: Machine) -> None:
    raw = sqlite3.connect(one.store)
    (guard,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'events_update'").fetchone()
    raw.close()
    one.sql("DROP TRIGGER events_update", "UPDATE events SET sig = zeroblob(64) WHERE pos = 4", guard)


@illness("anchor", "find the newer file")
def an_old_backup_was_put_back(one: Machine) -> None:
    backup = one.folder / "backup.db"
    shutil.copy(one.store, backup)
    with opened(one) as store:
        noted(store, "fourth")
    backup.replace(one.store)


@illness("foreign", "find out who", "warning")
def somebody_put_a_journal_of_their_own_into_the_record(one: Machine) -> None:
    """With a key made for the purpose, so that every signature holds."""
    elsewhere = replace(one, folder=one.folder / "elsewhere")
    elsewhere.folder.mkdir()
    with opened(elsewhere) as store:
        noted(store, "checked everything")
    columns = "journal, jseq, run, type, at, recorded_at, lam, cmd, header, payload, salt, hash, sig"
    raw = sqlite3.connect(one.store)
    raw.execute("ATTACH ? AS other", (str(elsewhere.store),))
    raw.execute(f"INSERT INTO events ({columns}) SELECT {columns} FROM other.events ORDER BY jseq")
    raw.commit()
    raw.close()


@illness("guards", "muster verify", "warning")
def a_guard_of_the_record_has_only_the_name_of_one(one: Machine) -> None:
    one.sql(
        "DROP TRIGGER events_delete",
        "CREATE TRIGGER events_delete BEFORE DELETE ON events WHEN 0 BEGIN SELECT 1; END",
    )


@illness("clock-record", "timedatectl set-ntp", real=True)
def the_clock_was_set_back(one: Machine) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with opened(one, tomorrow) as store:
        noted(store, "from tomorrow", tomorrow)


@illness("store", "mkdir -p ", along="signers", real=True)
def the_folder_of_the_record_is_gone(one: Machine) -> None:
    one.words = ["--store", f"{one.folder}/gone with the disk/muster.db", "--book", str(one.book)]


@illness("store", "/muster.db", along="signers")
def the_record_is_a_folder(one: Machine) -> None:
    one.words = ["--store", str(one.state), "--book", str(one.book)]


@illness("store", "Name a file", along="signers")
def the_record_is_a_pipe(one: Machine) -> None:
    os.mkfifo(one.folder / "pipe")
    one.words = ["--store", str(one.folder / "pipe"), "--book", str(one.book)]


@illness("store", "Bring back the disk", along="signers disk")
def the_record_is_a_link_to_nowhere(one: Machine) -> None:
    one.store.unlink()
    one.store.symlink_to(one.folder / "usb" / "muster.db")


@illness("disk", "two names have two locks", "warning")
def the_record_has_two_names(one: Machine) -> None:
    os.link(one.store, one.folder / "the same.db")


@illness("disk", "outside of it", "warning")
def the_record_is_synchronised(one: Machine) -> None:
    (one.folder / "Dropbox (Work)").mkdir()
    moved = shutil.copy(one.store, one.folder / "Dropbox (Work)")
    one.words = ["--store", str(moved), "--book", str(one.book)]


@illness("space", "Free some", along="store disk signers", real=True)
def the_disk_is_full(one: Machine) -> None:
    # A file system that is full on every Linux; a record there cannot be made either.
    one.words = ["--store", "/proc/muster.db", "--book", str(one.book)]


@illness("book", "muster lint ", real=True)
def the_plan_book_has_an_error(one: Machine) -> None:
    (one.book / "door.yaml").write_text(DOOR + "no-such-key: 1\n", "utf-8")


@illness("book", "muster lint ", along="zone signers")
def there_is_no_plan_book(one: Machine) -> None:
    shutil.rmtree(one.book)


@illness("book", "There is no time zone 'Mars/Olympus'", along="zone signers")
def the_site_names_no_time_zone(one: Machine) -> None:
    (one.book / "site.yaml").write_text(SITE.replace("Asia/Shanghai", "Mars/Olympus"), "utf-8")


@illness("zone", "apt-get install tzdata", real=True)
def the_machine_has_no_time_zones(one: Machine) -> None:
    (one.folder / "lib" / "tzdata").mkdir(parents=True)
    (one.folder / "lib" / "tzdata" / "__init__.py").touch()
    one.env = {"PYTHONTZPATH": "", "PYTHONPATH": str(one.folder / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}


@illness("signers", "people pin wang", "advice")
def a_signer_has_no_pin(one: Machine) -> None:
    one.sql("DELETE FROM people")


@illness("state", "Move it away", along="key anchor", real=True)
def the_state_folder_is_a_file(one: Machine) -> None:
    shutil.rmtree(one.state)
    one.state.touch()


@illness(
    "encoding",
    "Run unset PYTHONIOENCODING && export LC_ALL=C.UTF-8 PYTHONUTF8=1; in PuTTY set Remote character set",
    real=True,
)
def the_terminal_is_ascii(one: Machine) -> None:
    one.env = {"PYTHONIOENCODING": "ascii"}


@illness("terminal", "--plain", "warning", along="size", real=True)
def the_terminal_is_dumb_and_small(one: Machine) -> None:
    one.env, one.columns = {"TERM": "dumb"}, (79, 24)


@illness("language", "write zh or en")
def the_language_is_unknown(one: Machine) -> None:
    one.env = {"MUSTER_LANG": "fr"}


@illness("lock", "end it with kill", real=True)
def another_program_holds_the_writer_lock(one: Machine) -> None:
    held = one.held.enter_context(one.store.with_name("muster.db.lock").open("r+b"))
    fcntl.flock(held, fcntl.LOCK_EX)
