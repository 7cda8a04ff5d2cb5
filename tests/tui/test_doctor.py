"""The doctor on machines that were made ill: what it names, its words, and that looking changes nothing."""

from __future__ import annotations

import fcntl
import io
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, redirect_stdout, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from engine.events import Draft, NoteAdded
from engine.journal import Moment
from engine.people import set_pin
from engine.store import Store, open_store
from tui.checkup import here, place, record
from tui.locale import WORDS
from tui.verbs.doctor import doctor

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("muster")
RUN = "R-20261122-K7QM"
LONG_AGO = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NOBODY = 65534

SITE = """\
site: demo
timezone: Asia/Shanghai
people:
  wang: {name: 王强, roles: [IC]}
  li: {name: 李明, roles: [ENG]}
"""
DOOR = """\
runbook: door
revision: 1
title: {zh: 门禁报警, en: Door alarm}
roles:
  IC: {zh: 现场指挥, en: incident commander}
  ENG: {zh: 现场工程师, en: on-site engineer}
steps:
  - id: look
    do: {zh: 数清室内人数, en: Count the people inside}
    role: ENG
  - id: go
    hold: {zh: 放人进入, en: Let people in}
    role: ENG
    sign: IC
"""

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


# --- machines


@dataclass
class Examined:
    """What the doctor said, and whether the machine was the same after it."""

    code: int
    lines: dict[str, Any]
    unchanged: bool


@dataclass
class Machine:
    """A folder with a record, a state folder and a plan book, and how the program is called there."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    words: list[str] | None = None
    columns: tuple[int, int] | None = None
    """Columns and rows when it is called on a terminal."""
    held: ExitStack = field(default_factory=ExitStack)

    @property
    def store(self) -> Path:
        return self.folder / "muster.db"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def book(self) -> Path:
        return self.folder / "book"

    @property
    def key(self) -> Path:
        return next(self.state.glob("*.key"))

    def sql(self, *statements: str) -> None:
        """Do something to the record behind the back of Muster."""
        raw = sqlite3.connect(self.store)
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.close()

    def environment(self) -> dict[str, str]:
        """Nothing but what is said here."""
        usual = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LANG": "C.UTF-8", "TERM": "xterm"}
        return usual | {"MUSTER_STATE": str(self.state)} | self.env

    def call(self, *words: str) -> list[str]:
        usual = ["--store", str(self.store), "--book", str(self.book)]
        return [str(PROGRAM), "doctor", *(usual if self.words is None else self.words), *words]

    def examine(self, how: Callable[[Machine], tuple[int, str]] | None = None) -> Examined:
        """Call the doctor, in this process unless said otherwise, and look at the folder before and after."""
        before = everything_in(self.folder)
        code, told = (how or called)(self)
        lines = json.loads(told)["checks"]
        assert len({one["check"] for one in lines}) == len(lines)
        return Examined(code, {one["check"]: one for one in lines}, before == everything_in(self.folder))


def called(one: Machine, *, as_json: bool = True, lang: str | None = None) -> tuple[int, str]:
    """The verb, in this process: ten times as quick as the program."""
    words = one.call()[2:]
    store, book = (words[words.index(name) + 1] if name in words else None for name in ("--store", "--book"))
    output = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(output):
        patch.setattr(os, "environ", one.environment())
        patch.chdir(one.folder)
        code = doctor(store, book, as_json, lang)
    output.seek(0)
    return code, output.read()


def program(one: Machine) -> tuple[int, str]:
    """The program that is installed, on a terminal when the machine has one."""
    return _piped(one) if one.columns is None else _on_a_terminal(one)


def _piped(one: Machine) -> tuple[int, str]:
    told = subprocess.run(
        one.call("--json"),
        env=one.environment(),
        cwd=one.folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.stderr == ""
    return told.returncode, told.stdout


def _on_a_terminal(one: Machine) -> tuple[int, str]:
    ours, theirs = pty.openpty()
    columns, rows = one.columns or (80, 24)
    termios.tcsetwinsize(theirs, (rows, columns))
    with subprocess.Popen(
        one.call("--json"), env=one.environment(), cwd=one.folder, stdout=theirs
    ) as program:
        os.close(theirs)
        told = b""
        with suppress(OSError):  # the end of a terminal is an error of input
            while more := os.read(ours, 4096):
                told += more
    os.close(ours)
    return program.returncode, told.decode("utf-8")


def everything_in(folder: Path) -> dict[str, tuple[object, ...]]:
    """Every file: its rights, its times and its content."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        seen = path.lstat()
        content = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        found[str(path)] = (seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_nlink, content)
    return found


def opened(one: Machine, now: datetime = LONG_AGO) -> Store:
    """The record of a machine, open for writing, at a time that is given."""
    return open_store(
        one.store,
        key_folder=one.state,
        wall=lambda: Moment(now, ("boot", 1), "unknown"),
        entropy=os.urandom,
    )


def noted(store: Store, text: str, now: datetime = LONG_AGO) -> None:
    store.append([Draft(RUN, NoteAdded(text, by="li"), now, "li")], seen=None, cmd=None)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory) -> Machine:
    """A machine on which all is well: a record of three notes, and a PIN for who may have to sign."""
    one = Machine(tmp_path_factory.mktemp("healthy"))
    one.book.mkdir()
    (one.book / "site.yaml").write_text(SITE, "utf-8")
    (one.book / "door.yaml").write_text(DOOR, "utf-8")
    with opened(one) as store:
        set_pin(store, "wang", "482916", os.urandom)
        for text in ("first", "second", "third"):
            noted(store, text)
    return one


def like(healthy: Machine, folder: Path) -> Machine:
    """The same machine in another folder."""
    shutil.copytree(healthy.folder, folder)
    folder.chmod(0o755)
    return Machine(folder)


# --- illnesses: what is done to a healthy machine, what the doctor calls it, and a word of the remedy


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


@pytest.fixture(scope="module")
def examined(healthy, tmp_path_factory) -> dict[str, Examined]:
    """Every ill machine, and the healthy one, each examined once; some at the same time."""
    ward = tmp_path_factory.mktemp("ward")

    def examine(number: int, one: Illness) -> Examined:
        patient = like(healthy, ward / f"bed {number}")
        with patient.held:
            one.inflict(patient)
            return patient.examine(program if one.real else called)

    with ThreadPoolExecutor(3) as pool:
        # The last one waits for seconds, so it goes first. In this process one goes after the other.
        cases = list(enumerate(ILLNESSES))
        real = {one.name: pool.submit(examine, number, one) for number, one in reversed(cases) if one.real}
        well = pool.submit(healthy.examine, program)
        found = {name: waits.result() for name, waits in real.items()} | {"": well.result()}
    return found | {one.name: examine(number, one) for number, one in cases if not one.real}


# --- what it says of them


def test_a_healthy_machine_is_well(examined):
    found = examined[""]
    levels = {check: one["level"] for check, one in found.lines.items()}
    # What the machine that runs this test may lack: space, a disk of its own, somebody who keeps its clock.
    ours = {check: level for check, level in levels.items() if check not in ("space", "disk", "clock")}
    assert set(ours.values()) == {"ok"}
    assert {
        "python",
        "sqlite",
        "store",
        "content",
        "pages",
        "key",
        "anchor",
        "journal",
        "lock",
        "zone",
    } <= set(ours)
    assert found.code == (2 if "warning" in levels.values() else 0)


@pytest.mark.parametrize("case", ILLNESSES, ids=lambda case: case.name)
def test_each_illness_is_named_with_its_remedy(examined, case):
    found, well = examined[case.name], examined[""]
    line = found.lines[case.check]

    assert line["level"] == case.level
    assert case.remedy in line["remedy"]["en"]
    assert line["remedy"]["zh"] not in ("", line["remedy"]["en"])
    assert found.code == {"ill": 1, "warning": 2, "advice": well.code}[case.level]


@pytest.mark.parametrize("case", ILLNESSES, ids=lambda case: case.name)
def test_nothing_else_is_called_ill(examined, case):
    well = examined[""].lines
    worse = {
        check
        for check, one in examined[case.name].lines.items()
        if one["level"] in ("warning", "ill") and one["level"] != well.get(check, {"level": "ok"})["level"]
    }
    assert worse - {case.check, *case.along} == set()


def test_looking_creates_and_changes_nothing(examined):
    assert [name for name, found in examined.items() if not found.unchanged] == []


def test_the_holder_of_the_writer_lock_is_named(examined):
    said = examined["another program holds the writer lock"].lines["lock"]["found"]["en"]
    assert f"(process {os.getpid()}, " in said


def test_the_first_error_of_a_book_is_named_with_its_place(examined):
    said = examined["the plan book has an error"].lines["book"]["remedy"]["en"]
    assert f"door.yaml:{DOOR.count(chr(10)) + 1}:1: " in said


def test_the_fingerprint_can_be_read_back_by_telephone(healthy, examined):
    said = examined[""].lines["key"]["found"]["en"]
    with opened(healthy) as store:
        found = re.search("fingerprint ((?:[0-9a-f]{4} ?){8})$", said)
        assert found is not None and found[1].replace(" ", "") == store.journal


# --- remedies that are commands


def commands_in(remedy: str, verb: str) -> str:
    """The command of a remedy, from its verb to the end of its words."""
    words = remedy[remedy.index(verb) :]
    return re.split("[;,] | first", words)[0].rstrip(".")


def test_the_remedies_make_the_machine_well_again(healthy, tmp_path):
    one = like(healthy, tmp_path / "it's ill")
    one.key.chmod(0o644)
    there = one.folder / "no such folder"
    one.words = ["--store", str(there / "muster.db"), "--book", str(one.book)]
    shut = one.examine().lines["store"]["remedy"]["en"]
    one.words = None
    key = one.examine().lines["key"]["remedy"]["en"]

    for command in (commands_in(shut, "mkdir"), commands_in(key, "chmod")):
        subprocess.run(command, shell=True, check=True)

    assert there.is_dir()
    assert one.examine().lines["key"]["level"] == "ok"


@pytest.mark.parametrize(("language", "well"), [("en", "All is well."), ("zh", "一切正常。")])
def test_where_nobody_has_a_pin_not_all_is_well_and_the_commands_stand_there(
    healthy, tmp_path, language, well, capsys
):
    """Two names cannot be signed on one device; the command of everybody who may have to sign can be copied."""
    one = like(healthy, tmp_path / "one")
    one.sql("DELETE FROM people")

    doctor(str(one.store), str(one.book), as_json=False, lang=language)

    *lines, summary = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("-") and "people pin wang" in line] != []
    assert summary != well


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


# --- its words


def test_every_line_has_a_mark_and_the_last_one_sums_up(healthy, tmp_path):
    one = like(healthy, tmp_path / "one")
    one.key.chmod(0o644)
    said = {one_of: called(one, as_json=False, lang=one_of)[1].splitlines() for one_of in ("zh", "en")}

    *chinese, chinese_sum = said["zh"]
    *english, english_sum = said["en"]
    assert [line for line in chinese if not re.match("[-+!x] (正常|建议|注意|故障)  ", line)] == []
    assert [line for line in english if not re.match("[-+!x] (ok|advice|WARNING|ILL) +", line)] == []
    assert sum("chmod 600" in line for line in chinese) == sum("chmod 600" in line for line in english) == 1
    assert chinese_sum.startswith("1 处故障")
    assert english_sum.startswith("Ill: 1;")


def test_on_a_poor_terminal_its_json_is_still_json(healthy, tmp_path):
    one = like(healthy, tmp_path / "\U00020000 料")
    one.env = {"PYTHONIOENCODING": "ascii"}
    found = one.examine(program)
    assert str(one.store) in found.lines["store"]["found"]["zh"]


def words_used() -> dict[str, set[str]]:
    """The words of the lines, by how they are made, as the source has them."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "tui/checkup").glob("*.py"))
    source += (ROOT / "tui/verbs/doctor.py").read_text("utf-8")
    made = re.findall(r'\b(well|advice|warning|ill|told)\(\s*"[a-z-]+",\s*"([a-z-]+)"', source)
    assert len(made) > 40
    return {
        how: {word for one, word in made if one == how}
        for how in ("well", "advice", "warning", "ill", "told")
    }


def test_every_finding_that_is_not_well_has_its_remedy():
    used = words_used()
    wanted = set().union(*(used[how] for how in ("advice", "warning", "ill")))
    assert {word for word in wanted if f"doctor-{word}" not in WORDS or f"mend-{word}" not in WORDS} == set()
    assert {word for word in used["well"] | used["told"] if f"doctor-{word}" not in WORDS} == set()


def test_both_languages_fill_in_the_same_facts():
    def facts(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    ours = {name: word for name, word in WORDS.items() if name.startswith(("doctor-", "mend-"))}
    assert {name for name, word in ours.items() if facts(word.zh) != facts(word.en)} == set()


def test_every_remedy_is_a_sentence():
    remedies = {name: word for name, word in WORDS.items() if name.startswith("mend-")}
    unfinished = {
        name
        for name, word in remedies.items()
        if not word.zh.endswith(("。", "{first}")) or not word.en.endswith((".", "{first}"))
    }
    assert unfinished == set()


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
