"""What every store must hold, whichever database it lives in: subclass, and give a `store`."""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from engine.errors import Conflict, RecordTrouble
from engine.events import (
    Checkpoint,
    Draft,
    Entry,
    JournalOpened,
    NoteAdded,
    ReadingTaken,
    RunEnded,
    RunOpened,
    StepDone,
    StepFailed,
)
from engine.journal import read_notes
from engine.journal.proof import Outcome
from engine.store import Pin, RunRow, Store
from tests.engine.records import BOOT, NOW, OTHER_RUN, RUN, draft, fill, keep_text

OPENED = RunOpened("leak", 4, "ab" * 32, (("leak.yaml", "cd" * 32),), room="A1", parent="R-20261122-PAPA")


class StoreContract:
    """Facts about any store."""

    # --- appending

    def test_what_was_recorded_comes_back_the_same(self, store: Store) -> None:
        wanted = replace(draft(ReadingTaken("depth", "12.5", "mm", by="li")), lam=7, after=("ab" * 32,))

        (entry,) = store.append([wanted], seen=None, cmd="c1")

        assert (entry.run, entry.event, entry.actor) == (RUN, wanted.event, "u7f3a")
        assert (entry.at, entry.lam, entry.after, entry.cmd) == (NOW, 7, ("ab" * 32,), "c1")
        assert entry.recorded_at == NOW + timedelta(milliseconds=40)
        assert (entry.mono, entry.clk) == ((BOOT, 812_385_678_000), "ntp")
        assert store.entries(RUN) == [entry]

    def test_a_moment_is_kept_in_whole_milliseconds_of_utc(self, store: Store) -> None:
        late = replace(draft(), at=NOW + timedelta(microseconds=123_999))

        (entry,) = store.append([late], seen=None, cmd=None)

        assert entry.at == NOW + timedelta(milliseconds=123)

    def test_the_first_entry_of_a_device_says_whose_key_it_is(self, store: Store) -> None:
        (entry,) = store.append([draft()], seen=None, cmd="c1")

        (opened,) = store.entries(None)
        assert isinstance(opened.event, JournalOpened)
        assert (opened.jseq, opened.run, opened.cmd) == (1, None, None)
        assert (entry.jseq, entry.prev) == (2, opened.hash)
        assert entry.journal == opened.journal == store.journal

    def test_of_several_drafts_each_follows_the_one_before(self, store: Store) -> None:
        one, two, three = store.append(
            [draft(lam=5), draft(NoteAdded("b")), draft(NoteAdded("c"))], seen=None, cmd="c1"
        )

        assert [one.lam, two.lam, three.lam] == [5, 6, 7]
        assert (two.after, three.after) == ((one.hash,), (two.hash,))
        assert [one.cmd, two.cmd, three.cmd] == ["c1", None, None]

    def test_drafts_of_two_runs_in_one_append_follow_each_other_only_within_a_run(self, store: Store) -> None:
        child = draft(OPENED, run=OTHER_RUN)

        parent, opened, note = store.append([draft(lam=9), child, draft(NoteAdded("x"))], seen=None, cmd="c")

        assert (opened.lam, opened.after) == (1, ())
        assert (note.lam, note.after) == (10, (parent.hash,))

    def test_several_drafts_are_recorded_all_or_none(self, store: Store) -> None:
        with pytest.raises(RecordTrouble):
            store.append([draft(), draft(NoteAdded("a lone \ud800 surrogate"))], seen=None, cmd="c1")

        assert store.entries(RUN) == []
        assert store.last_pos() == 0

    def test_nothing_to_record_records_nothing(self, store: Store) -> None:
        assert store.append([], seen=0, cmd="c1") == []
        assert store.last_pos() == 0

    def test_an_entry_that_is_too_large_is_refused(self, store: Store) -> None:
        with pytest.raises(RecordTrouble) as trouble:
            store.append([draft(NoteAdded("水" * 400_000))], seen=None, cmd=None)

        assert trouble.value.id == "entry-too-large"
        assert store.last_pos() == 0

    def test_a_run_id_without_a_known_letter_is_refused(self, store: Store) -> None:
        with pytest.raises(RecordTrouble):
            store.append([draft(run="X-20261122-K7QM")], seen=None, cmd=None)

        assert store.last_pos() == 0
        store.append([draft()], seen=None, cmd=None)

    # --- acts said twice, acts that come too late

    def test_an_act_said_twice_is_recorded_once(self, store: Store) -> None:
        first = store.append([draft(), draft(NoteAdded("b"))], seen=0, cmd="c1")
        fill(store, 2)

        again = store.append([draft(), draft(NoteAdded("b"))], seen=0, cmd="c1")

        assert again == first
        assert len(store.entries(RUN)) == 4

    def test_without_a_command_id_the_same_is_recorded_again(self, store: Store) -> None:
        store.append([draft()], seen=None, cmd=None)
        store.append([draft()], seen=None, cmd=None)

        assert len(store.entries(RUN)) == 2

    def test_whoever_has_not_seen_the_latest_gets_it_and_records_nothing(self, store: Store) -> None:
        (seen,) = store.append([draft()], seen=0, cmd="c1")
        faster = store.append(
            [draft(StepFailed("pump", "dry")), draft(NoteAdded("b"))], seen=seen.pos, cmd="c2"
        )

        with pytest.raises(Conflict) as conflict:
            store.append([draft(StepDone("pump"))], seen=seen.pos, cmd="c3")

        assert list(conflict.value.entries) == faster
        assert store.entries(RUN)[1:] == faster

    def test_what_never_conflicts_is_recorded_whatever_was_seen(self, store: Store) -> None:
        fill(store, 3)

        store.append([draft(NoteAdded("x"))], seen=None, cmd="c")

        assert len(store.entries(RUN)) == 4

    def test_another_run_going_on_is_no_conflict(self, store: Store) -> None:
        (seen,) = store.append([draft()], seen=0, cmd="c1")
        fill(store, 3, run=OTHER_RUN)

        store.append([draft()], seen=seen.pos, cmd="c2")

        assert len(store.entries(RUN)) == 2

    # --- reading

    def test_reading_goes_on_from_any_place(self, store: Store) -> None:
        fill(store, 3)
        fill(store, 2, run=OTHER_RUN)
        every = store.entries(RUN)

        assert store.entries(RUN, every[0].pos) == every[1:]
        assert store.last_pos() == store.entries(OTHER_RUN)[-1].pos

    def test_rows_stream_in_the_order_of_their_chain_while_others_write(self, store: Store) -> None:
        fill(store, 3)

        numbers = []
        for row in store.all_rows():
            fill(store, 1, first=row.jseq + 10)
            numbers.append(row.jseq)

        assert numbers == [1, 2, 3, 4]
        assert store.head(store.journal).size == 8

    @pytest.mark.parametrize("seed", range(3))
    def test_any_sequence_of_appends_reads_like_a_plain_list(self, store: Store, seed: int) -> None:
        """Draw appends, repeats and stale positions; a list and a dictionary say what must be there."""
        rng = random.Random(seed)
        said: dict[str, list[Entry]] = defaultdict(list)
        acts: dict[str, tuple[list[Draft], list[Entry]]] = {}
        for number in range(60):
            run = rng.choice([RUN, OTHER_RUN, "P-20261122-AAAA"])
            seen = rng.choice([None, said[run][-1].pos if said[run] else 0, 0])
            if acts and rng.random() < 0.2:
                cmd = rng.choice(list(acts))
                assert store.append(acts[cmd][0], seen=seen, cmd=cmd) == acts[cmd][1]
                continue
            drafts = [draft(NoteAdded(f"{number}.{part}"), run=run) for part in range(rng.randint(1, 3))]
            if seen == 0 and said[run]:
                with pytest.raises(Conflict) as conflict:
                    store.append(drafts, seen=seen, cmd=f"c{number}")
                assert list(conflict.value.entries) == said[run]
                continue
            entries = store.append(drafts, seen=seen, cmd=f"c{number}")
            said[run] += entries
            acts[f"c{number}"] = (drafts, entries)

        assert {run: store.entries(run) for run in said} == said
        assert store.verify(deep=True).outcome is Outcome.NOT_ENROLLED

    def test_hostile_text_comes_back_as_it_was_typed(self, store: Store) -> None:
        texts = [
            "",
            "\0",
            "\x1b[31m",
            "\u202e",
            "é\u0301",
            "𠮷",
            "'; DROP TABLE events; --",
            '"},"v":1}',
            "\\",
            "\n",
        ]

        entries = store.append([draft(NoteAdded(text, by=text)) for text in texts], seen=None, cmd='"\\\n')

        assert [entry.event for entry in entries] == [NoteAdded(text, by=text) for text in texts]
        assert store.entries(RUN) == entries
        assert store.verify(deep=True).findings == ()

    def test_threads_of_one_program_share_a_store(self, store: Store) -> None:
        threads = [
            threading.Thread(target=fill, args=(store, 10), kwargs={"run": f"H-20261122-{name}"})
            for name in ("AAAA", "BBBB", "CCCC", "DDDD")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [row.jseq for row in store.all_rows()] == list(range(1, 42))
        assert store.verify(deep=True).exit_code == 0

    # --- runs at a glance

    def test_a_run_at_a_glance(self, store: Store) -> None:
        store.append([draft(OPENED), draft(NoteAdded("x"))], seen=0, cmd="c1")
        ended = replace(draft(RunEnded("complete")), at=NOW + timedelta(hours=1))
        (entry,) = store.append([ended], seen=None, cmd="c2")

        assert store.runs() == [
            RunRow(
                run=RUN,
                kind="R",
                runbook="leak",
                revision=4,
                graph="ab" * 32,
                room="A1",
                parent="R-20261122-PAPA",
                opened_at=NOW,
                ended_how="complete",
                ended_at=NOW + timedelta(hours=1),
                last_at=NOW + timedelta(hours=1),
                last_pos=entry.pos,
                entries=3,
            )
        ]

    def test_runs_are_listed_by_what_happened_last(self, store: Store) -> None:
        for run in (RUN, OTHER_RUN, "H-20261122-AAAA", RUN):
            fill(store, 1, run=run, first=store.last_pos())

        assert [row.run for row in store.runs()] == [RUN, "H-20261122-AAAA", OTHER_RUN]
        assert [row.run for row in store.runs(limit=2)] == [RUN, "H-20261122-AAAA"]

    def test_runs_that_have_ended_can_be_left_out(self, store: Store) -> None:
        fill(store, 1)
        store.append([draft(RunEnded("complete"), run=OTHER_RUN)], seen=None, cmd="end")

        assert [row.run for row in store.runs(going_on=True)] == [RUN]

    def test_statistics_never_see_a_drill_as_real(self, store: Store) -> None:
        for run in (RUN, OTHER_RUN, "H-20261122-AAAA", "E-20261122-AAAA", "P-20261122-AAAA", "O-DEMO"):
            fill(store, 1, run=run)

        assert [row.run for row in store.real_runs()] == [RUN]
        assert [row.run for row in store.drill_runs()] == [OTHER_RUN]

    # --- what is kept by digest

    def test_a_text_is_kept_once_and_found_by_its_digest(self, store: Store) -> None:
        digest = keep_text(store, "步骤：关阀".encode())

        assert keep_text(store, "步骤：关阀".encode()) == digest
        assert store.text(digest) == "步骤：关阀".encode()
        assert store.text("00" * 32) is None

    def test_a_text_is_kept_together_with_the_entry_that_names_it_or_not_at_all(self, store: Store) -> None:
        (seen,) = store.append([draft()], seen=0, cmd="c1", texts=[b"graph", b"site", b"graph"])
        with pytest.raises(Conflict):
            store.append([draft()], seen=0, cmd="c2", texts=[b"newer graph"])

        assert store.text(sha256(b"graph").hexdigest()) == b"graph"
        assert store.text(sha256(b"newer graph").hexdigest()) is None
        assert store.entries(RUN) == [seen]

    def test_a_photo_is_kept_up_to_8_mib(self, store: Store) -> None:
        photo = bytes(8 * 1024 * 1024)

        assert store.blob(store.put_blob(photo)) == photo
        with pytest.raises(RecordTrouble) as trouble:
            store.put_blob(photo + b"1")
        assert trouble.value.id == "blob-too-large"

    def test_a_pin_is_set_changed_and_locked(self, store: Store) -> None:
        store.set_pin(Pin("wang", b"salt", b"hash"))
        locked = Pin("wang", b"salt", b"other", 5, NOW + timedelta(minutes=1))
        store.set_pin(locked)

        assert store.pin("wang") == locked
        assert store.pin("li") is None

    # --- checkpoints and proof

    def test_a_checkpoint_says_how_far_the_journal_goes(self, store: Store) -> None:
        assert store.checkpoint() is None
        fill(store, 3)

        note = store.checkpoint()

        assert note is not None
        assert (note.journal, note.size) == (store.journal, 4)
        assert store.notes() == (note,) == read_notes(note.text)
        assert store.checkpoint() == note
        assert store.notes() == (note,)

    def test_what_was_recorded_in_good_order_is_intact(self, store: Store) -> None:
        fill(store, 5)
        note = store.checkpoint()
        assert note is not None
        keep_text(store, b"a text")
        store.put_blob(b"a photo")

        report = store.verify([note], deep=True)

        assert (report.outcome, report.exit_code) == (Outcome.NOT_ENROLLED, 0)
        assert (report.entries, report.signatures, report.findings) == (7, 7, ())
        assert [(one.claim.source, one.claim.size, one.agrees) for one in report.compared] == [
            ("given", 6, True),
            ("kept", 6, True),
            ("remembered", 7, True),
        ]
        assert store.verify(enrolled=[store.journal]).outcome is Outcome.INTACT

    def test_an_empty_store_is_intact(self, store: Store) -> None:
        report = store.verify()

        assert (report.outcome, report.entries) == (Outcome.INTACT, 0)

    def test_what_belongs_to_no_run_is_read_apart(self, store: Store) -> None:
        seen = Checkpoint("ab" * 16, 3, "cd" * 32, "seen")
        store.append([draft(seen, run=None)], seen=None, cmd=None)

        assert [type(entry.event) for entry in store.entries(None)] == [JournalOpened, Checkpoint]
        assert store.runs() == []
