"""What somebody can do who owns the file and has no key, through a plain connection, and who notices it.

The device that wrote the record knows its own journal and how far it went; a stranger's machine knows nothing,
and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from engine.errors import RecordTrouble
from engine.events import (
    Checkpoint,
    Draft,
    Event,
    JournalOpened,
    NoteAdded,
    RunEnded,
    RunOpened,
    StepDone,
    canonical,
)
from engine.journal import BEGINNING, Head, Key, Moment, Row, entry_of, row_of, seal
from engine.journal.proof import Report
from engine.store import Store, open_reader
from tests import stores
from tests.engine.records import (
    BOOT,
    NOW,
    RUN,
    draft,
    fill,
    forged,
    intruder,
    key_file,
    open_file,
    without_guards,
)

COUNT = 12
"""Entries in the record: the key, the opening of a run, nine steps, a note."""
TEXTS = (b"graph", b"leak.yaml")
GRAPH, LEAK = (sha256(text).hexdigest() for text in TEXTS)
STRANGER = Key(b"m" * 32)
MOMENT = Moment(NOW, (BOOT, 5_000_000), "ntp")
COLUMNS = ", ".join(Row._fields)
VALUES = ", ".join("?" * len(Row._fields))


@dataclass(frozen=True)
class Machine:
    """A device with a record, and the hand of an intruder in its file."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "muster.db"

    def rows(self) -> list[Row]:
        with intruder(self.path) as raw:
            return [Row._make(row) for row in raw.execute(f"SELECT {COLUMNS} FROM events ORDER BY pos")]

    def add(self, *rows: Row) -> None:
        with intruder(self.path) as raw:
            (last,) = raw.execute("SELECT max(pos) FROM events").fetchone()
            for pos, row in enumerate(rows, last + 1):
                raw.execute(f"INSERT INTO events VALUES ({VALUES})", row._replace(pos=pos))

    def sql(self, *statements: str) -> None:
        """With the guards put back as they were, so that they tell nothing."""
        with intruder(self.path) as raw:
            guards = [sql for (sql,) in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
            without_guards(raw)
            for statement in (*statements, *guards):
                raw.execute(statement)

    def here(self) -> Report:
        """What the device itself finds."""
        with open_reader(self.path, key_folder=self.folder / "state") as reader:
            return reader.verify(deep=True)

    def elsewhere(self) -> Report:
        """What a machine finds that has nothing but the file."""
        with open_reader(self.path, key_folder=self.folder / "other") as reader:
            return reader.verify(deep=True)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    with open_file(tmp_path) as store:
        opened = RunOpened("leak", 1, GRAPH, (("leak.yaml", LEAK),), room="A1")
        store.append([draft(opened)], seen=None, cmd="open", texts=TEXTS)
        fill(store, COUNT - 3)
        store.append([draft(NoteAdded("water"))], seen=None, cmd="note")
    return Machine(tmp_path)


def ids(report: Report) -> list[str]:
    return [one.id for one in report.findings]


def journal(key: Key, *drafts: Draft) -> list[Row]:
    """A journal that anybody can make."""
    rows: list[Row] = []
    head = BEGINNING
    opened = draft(JournalOpened(key.public.hex(), "LAPTOP-1", "muster"), run=None)
    for one in (opened, *drafts):
        rows.append(row_of(0, seal(one, None, head, key=key, moment=MOMENT, salt=b"s" * 16)))
        head = Head(head.size + 1, rows[-1].hash.hex())
    return rows


def test_the_record_is_intact_before_anybody_touches_it(machine: Machine) -> None:
    assert (ids(machine.here()), machine.here().exit_code) == ([], 0)
    assert (ids(machine.elsewhere()), machine.elsewhere().exit_code) == ([], 0)


# --- a key made for the purpose


def test_a_key_made_for_the_purpose_erases_nothing(machine: Machine) -> None:
    victims = [row for row in machine.rows() if row.type == "note_added"]
    (opened,) = journal(STRANGER)
    payload = canonical({"hashes": [row.hash.hex() for row in victims]})
    machine.add(opened, forged(opened, STRANGER, "erased", payload)._replace(run=None))
    with intruder(machine.path) as raw:
        for row in victims:
            raw.execute("INSERT INTO erased VALUES (?)", (row.hash,))
            raw.execute("UPDATE events SET payload = NULL, salt = NULL WHERE hash = ?", (row.hash,))

    for report in (machine.here(), machine.elsewhere()):
        assert "entry-payload-missing" in ids(report)
        assert "entry-erased" not in ids(report)
        assert report.exit_code == 1


def test_entries_that_a_stranger_put_in_are_named_as_foreign(machine: Machine) -> None:
    machine.add(*journal(STRANGER, draft(StepDone("doorway", by="li"), lam=99)))

    here, elsewhere = machine.here(), machine.elsewhere()

    (foreign,) = (one for one in here.findings if one.id == "journal-foreign")
    assert dict(foreign.facts) | {"count": 2, "host": "LAPTOP-1"} == dict(foreign.facts)
    assert dict(foreign.facts)["journal"] == STRANGER.journal
    assert (here.exit_code, elsewhere.exit_code) == (3, 3)
    assert ids(elsewhere).count("journal-foreign") == 2


def test_the_log_knows_a_foreign_entry_too(machine: Machine) -> None:
    machine.add(*journal(STRANGER, draft(StepDone("doorway", by="li"), lam=99)))
    own = machine.rows()[0].journal

    with open_reader(machine.path, key_folder=machine.folder / "state") as reader:
        journals = {entry.journal for entry in reader.entries(RUN)}
        assert reader.foreign(journals) == {STRANGER.journal}
    with open_reader(machine.path) as reader:
        assert reader.foreign(journals) == {STRANGER.journal, own}


def test_a_stranger_that_says_it_came_after_a_rollback_stays_a_stranger(machine: Machine) -> None:
    own = machine.rows()[0].journal
    gone = draft(Checkpoint(own, 99, "ab" * 32, "seen"), run=None)
    said = JournalOpened(STRANGER.public.hex(), "LAPTOP-1", "muster", own, "ab" * 64)
    first = row_of(
        0, seal(draft(said, run=None), None, BEGINNING, key=STRANGER, moment=MOMENT, salt=b"s" * 16)
    )
    head = Head(1, first.hash.hex())
    second = row_of(0, seal(gone, None, head, key=STRANGER, moment=MOMENT, salt=b"s" * 16))
    machine.add(first, second)

    assert "journal-foreign" in ids(machine.here())
    assert ids(machine.elsewhere()).count("journal-foreign") == 2


def resealed(rows: list[Row], key: Key) -> Iterator[Row]:
    """The same entries, but for what the thief wants, sealed anew by another key."""
    head = BEGINNING
    hashes: dict[str, str] = {}
    for row in rows:
        entry = entry_of(row)
        event: Event = entry.event
        if isinstance(event, JournalOpened):
            event = JournalOpened(key.public.hex(), event.host, event.software)
        if isinstance(event, NoteAdded):
            event = NoteAdded("no water at all")
        after = tuple(hashes[one] for one in entry.after)
        again = Draft(entry.run, event, entry.at, entry.actor, entry.lam, after)
        moment = Moment(entry.recorded_at, entry.mono, entry.clk)
        sealed = seal(again, entry.cmd, head, key=key, moment=moment, salt=b"s" * 16)
        head = Head(head.size + 1, sealed.hash.hex())
        hashes[entry.hash] = head.hash
        yield row_of(row.pos, sealed)


def test_a_record_that_was_sealed_anew_is_found_on_the_device_and_nowhere_else(machine: Machine) -> None:
    rows = list(resealed(machine.rows(), STRANGER))
    machine.sql("DELETE FROM events")
    with intruder(machine.path) as raw:
        for row in rows:
            raw.execute(f"INSERT INTO events VALUES ({VALUES})", row)

    assert (ids(machine.here()), machine.here().exit_code) == (["journal-absent", "journal-foreign"], 1)
    assert (ids(machine.elsewhere()), machine.elsewhere().exit_code) == ([], 0)
    assert "unchecked-enrolment" in [one.id for one in machine.elsewhere().unchecked]


# --- what a device remembers


def test_a_tail_that_was_cut_is_found_on_the_device_and_nowhere_else(machine: Machine) -> None:
    machine.sql(
        f"DELETE FROM events WHERE jseq > {COUNT - 3}",
        "DELETE FROM notes",
        f"UPDATE runs SET entries = {COUNT - 4}, last_pos = {COUNT - 3}",
    )

    assert (ids(machine.here()), machine.here().exit_code) == (["journal-cut"], 1)
    assert (ids(machine.elsewhere()), machine.elsewhere().exit_code) == ([], 0)
    assert "unchecked-tail" in [one.id for one in machine.elsewhere().unchecked]


def test_a_record_that_was_cut_gets_no_checkpoint(machine: Machine) -> None:
    machine.sql(f"DELETE FROM events WHERE jseq > {COUNT - 3}")

    with open_file(machine.folder, seed=2) as store:
        assert store.rollback is not None
        assert store.checkpoint() is None
        assert store.notes() == ()


def test_the_journal_after_a_rollback_is_vouched_for_on_every_machine(machine: Machine) -> None:
    machine.sql(f"DELETE FROM events WHERE jseq > {COUNT - 3}")
    with open_file(machine.folder, seed=2) as store:
        fill(store, 2, first=20)

    for report in (machine.here(), machine.elsewhere()):
        assert (len(report.heads), ids(report), report.exit_code) == (2, ["journal-went-back"], 2)


def test_an_old_key_that_cannot_be_read_stops_no_record_after_a_rollback(machine: Machine) -> None:
    old = machine.rows()[0].journal
    file = key_file(machine.folder)
    kept = file.with_suffix(f".{old}.key")
    kept.write_text("rubbish")
    kept.chmod(0o600)
    file.unlink()
    machine.sql(f"DELETE FROM events WHERE jseq > {COUNT - 3}")

    with open_file(machine.folder, seed=2) as store:
        fill(store, 1, first=20)
        (opened,) = (
            one.event for one in store.entries(None) if one.journal == store.journal and one.jseq == 1
        )

    assert isinstance(opened, JournalOpened)
    assert (opened.before, opened.vouch) == (None, None)


def test_a_device_that_lost_its_key_still_knows_its_journal_by_the_anchor(machine: Machine) -> None:
    key_file(machine.folder).unlink()
    machine.add(*journal(STRANGER))

    assert ids(machine.here()) == ["journal-foreign"]


def test_a_file_whose_id_leads_out_of_the_state_folder_touches_nothing_there(machine: Machine) -> None:
    outside = machine.folder / "secret.key"
    outside.write_text("muster-key-v1\n" + "ab" * 32 + "\n" + STRANGER.public.hex())
    outside.chmod(0o600)
    with intruder(machine.path) as raw:
        raw.execute("UPDATE meta SET value = '../secret'")

    with open_reader(machine.path, key_folder=machine.folder / "state") as reader:
        assert reader.trust().own == frozenset()
    with pytest.raises(RecordTrouble, match="damaged"):
        open_file(machine.folder)


# --- what is kept beside the entries


@pytest.mark.parametrize("digest", [GRAPH, LEAK])
def test_a_text_of_a_run_that_is_gone_is_found(machine: Machine, digest: str) -> None:
    machine.sql(f"DELETE FROM texts WHERE digest = '{digest}'")

    report = machine.elsewhere()

    assert ids(report) == ["text-missing"]
    assert report.exit_code == 1
    assert digest in report.findings[0].sentence("en")


LIES = {
    "a run is gone": "DELETE FROM runs",
    "it ended": "UPDATE runs SET ended_how = 'complete', ended_at = '2026-01-01T00:00:00.000Z'",
    "another room": "UPDATE runs SET room = 'B7'",
    "long ago": "UPDATE runs SET last_pos = 0",
    "fewer entries": "UPDATE runs SET entries = 1",
    "a run that never was": "INSERT INTO runs SELECT 'D-20261122-GONE', 'D', runbook, revision, graph, room, parent,"
    " opened_at, ended_how, ended_at, last_at, last_pos, entries FROM runs",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_list_of_runs_that_lies_is_told_and_put_right(machine: Machine, lie: str) -> None:
    with open_reader(machine.path) as reader:
        right = reader.runs()
    with intruder(machine.path) as raw:
        raw.execute(lie)

    told = machine.elsewhere()
    with open_file(machine.folder) as store:
        mended = store.runs()

    assert (ids(told), told.exit_code) == (["runs-differ"], 0)
    assert mended == right
    assert ids(machine.here()) == []


def test_a_list_of_runs_is_the_same_kept_up_to_date_and_worked_out_anew(tmp_path: Path) -> None:
    """Also where a run says a thing twice, or says it first where it was not opened."""
    again = RunOpened("fire", 2, GRAPH, ())
    with open_file(tmp_path) as store:
        for events in (
            [NoteAdded("x"), RunEnded("abandoned"), again],
            [RunOpened("leak", 1, LEAK, (), room="A1")],
            [RunEnded("complete"), RunEnded("except")],
        ):
            store.append([draft(event) for event in events], seen=None, cmd=None, texts=TEXTS)
        kept = store.runs()
    with intruder(tmp_path / "muster.db") as raw:
        raw.execute("DELETE FROM runs")

    with open_file(tmp_path) as store:
        assert store.runs() == kept
    assert (kept[0].runbook, kept[0].room, kept[0].ended_how) == ("fire", "A1", "abandoned")


def test_an_opening_that_nobody_can_read_does_not_stop_the_list_of_runs(machine: Machine) -> None:
    (opened,) = journal(STRANGER)
    row = forged(opened, STRANGER, "run_opened", b"[" * 100_000)._replace(run="R-20261122-ZZZZ")
    machine.add(opened, row._replace(header=b"[" * 100_000))

    with open_file(machine.folder) as store:
        assert {one.run for one in store.runs()} == {RUN, "R-20261122-ZZZZ"}


# --- evidence


def test_evidence_is_read_and_nothing_appears_beside_it_or_among_the_keys(machine: Machine) -> None:
    folder = machine.folder / "evidence"
    folder.mkdir()
    with intruder(machine.path) as raw:
        raw.execute("VACUUM INTO ?", (str(folder / "x.db"),))
    with stores.raw(folder / "x.db") as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    raw.close()
    data = (folder / "x.db").read_bytes()

    with open_reader(folder / "x.db", key_folder=machine.folder / "auditor", evidence=True) as reader:
        assert reader.verify(deep=True).entries == COUNT
        assert [file.name for file in folder.iterdir()] == ["x.db"]

    assert [file.name for file in folder.iterdir()] == ["x.db"]
    assert (folder / "x.db").read_bytes() == data
    assert not (machine.folder / "auditor").exists()


def test_evidence_with_a_log_is_read_to_its_last_entry(machine: Machine) -> None:
    folder = machine.folder / "evidence"
    folder.mkdir()
    with open_file(machine.folder) as store:
        fill(store, 1, first=50)
        for tail in ("", "-wal"):
            (folder / f"x.db{tail}").write_bytes((machine.folder / f"muster.db{tail}").read_bytes())

    with open_reader(folder / "x.db", evidence=True) as reader:
        assert reader.verify(deep=True).entries == COUNT + 1
    assert {file.name for file in folder.iterdir()} == {"x.db", "x.db-wal"}


def test_another_file_is_no_evidence(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()

    with pytest.raises(RecordTrouble, match="not a record of Muster"):
        open_reader(tmp_path / "x.db", evidence=True)


# --- an act whose end nobody heard


def vanish(machine: Machine, store: Store) -> None:
    """The commit goes through, but the file is not where it was, so nothing is acknowledged."""
    away = machine.folder / "away.db"
    machine.path.rename(away)
    with pytest.raises(RecordTrouble, match="NOT RECORDED"):
        store.append([draft(), draft(NoteAdded("b"))], seen=None, cmd="in doubt")
    away.rename(machine.path)


def as_it_is(store: Store, _: Path) -> Store:
    return store


def opened_again(store: Store, folder: Path) -> Store:
    store.close()
    return open_file(folder, seed=2)


@pytest.mark.parametrize("after", [as_it_is, opened_again])
def test_an_act_in_doubt_that_is_said_again_with_its_id_is_recorded_once(
    machine: Machine, after: Callable[[Store, Path], Store]
) -> None:
    store = open_file(machine.folder)
    before = store.last_pos()
    vanish(machine, store)
    with intruder(machine.path) as raw:
        doubt = raw.execute("SELECT pos, hash FROM events WHERE pos > ? ORDER BY pos", (before,)).fetchall()

    with after(store, machine.folder) as again:
        said = again.append([draft(), draft(NoteAdded("b"))], seen=0, cmd="in doubt")

        assert [(entry.pos, bytes.fromhex(entry.hash)) for entry in said] == doubt
        assert (len(doubt), again.last_pos()) == (2, before + 2)
        assert again.verify(deep=True).exit_code == 0
