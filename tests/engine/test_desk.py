"""One terminal and its record: what is written when others are faster, and when nobody knows whether it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from drill.rehearsal import HandClock
from engine.desk import Desk, Opening, Surroundings
from engine.errors import RecordTrouble
from engine.events import Draft, Entry, NoteAdded, PersonJoined, StepDone
from engine.store import Store, memory_store
from tests.engine.build import T0, compiled, do, minutes, plan, wait
from tests.engine.records import Wall, entropy

PLAN = plan(wait("a", span="1m"), do("b"), do("c"))


class Around:
    """A record with something before and something after each append."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.before: Callable[[int | None], object] = lambda seen: None
        self.after: Callable[[], object] = lambda: None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def append(
        self, drafts: Sequence[Draft], *, seen: int | None, cmd: str | None, texts: Iterable[bytes] = ()
    ) -> list[Entry]:
        self.before(seen)
        made = self.store.append(drafts, seen=seen, cmd=cmd, texts=texts)
        self.after()
        return made

    def fails_once(self) -> None:
        """The next append writes, and then the disk fails: nobody can say whether it was written."""

        def fail() -> None:
            self.after = lambda: None
            raise RecordTrouble("disk-full", path="muster.db", error="no space")

        self.after = fail


@contextmanager
def sitting() -> Iterator[tuple[Desk, Around, HandClock]]:
    clock = HandClock(T0)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        record = Around(store)
        opening = Opening(PLAN.id, {PLAN.id: compiled(PLAN)}, (), kind="H")
        desk = Desk.open_run(record, opening, "li", Surroundings(clock, entropy(2), lambda person, pin: None))
        desk.propose([PersonJoined("li", "Li")])
        yield desk, record, clock


def test_where_others_write_faster_what_is_due_is_written_at_the_next_look():
    with sitting() as (desk, record, clock):

        def somebody_writes(seen: int | None) -> None:
            if seen is not None:
                note = Draft(desk.run_id, NoteAdded("x"), T0, "zhao", desk.state.lam + 1, desk.state.tips)
                record.store.append([note], seen=None, cmd=None)

        clock.move(T0 + minutes(5))
        record.before = somebody_writes
        assert desk.settle() == []
        record.before = lambda seen: None

        (entry,) = desk.settle()

        assert (entry.event, entry.at) == (StepDone("a", by="clock", basis="sensed"), T0 + minutes(1))


def test_an_act_that_was_written_after_all_is_not_written_twice():
    with sitting() as (desk, record, _):
        record.fails_once()
        with pytest.raises(RecordTrouble):
            desk.propose([NoteAdded("water"), NoteAdded("from above")])
        assert desk.state.notes == []

        entries = desk.propose([NoteAdded("water"), NoteAdded("from above")])

        assert [entry.event for entry in entries] == [NoteAdded("water"), NoteAdded("from above")]
        assert [note.text for note in desk.state.notes] == ["water", "from above"]
        assert len(desk.record.entries(desk.run_id)) == 4


def test_another_act_in_between_does_not_make_it_twice():
    with sitting() as (desk, record, _):
        record.fails_once()
        with pytest.raises(RecordTrouble):
            desk.propose([NoteAdded("water")])
        desk.propose([NoteAdded("smoke")])

        assert [note.text for note in desk.state.notes] == ["water", "smoke"]


def test_what_has_come_back_from_the_record_may_be_said_again():
    with sitting() as (desk, record, _):
        record.fails_once()
        with pytest.raises(RecordTrouble):
            desk.propose([NoteAdded("water")])
        desk.refresh()

        desk.propose([NoteAdded("water")])

        assert [note.text for note in desk.state.notes] == ["water", "water"]


def test_a_state_that_is_folded_anew_is_put_in_place_under_the_lock():
    with sitting() as (desk, record, _):
        early = Draft(desk.run_id, NoteAdded("early"), T0, "zhao", 1, ())
        held = []

        class Watched:
            """The lock, and whether the state was the old one while it was taken."""

            def __enter__(self) -> None:
                held.append(desk.state)

            def __exit__(self, *_: object) -> None:
                held.append(desk.state)

        before = desk.state
        vars(desk)["lock"] = Watched()
        record.store.append([early], seen=None, cmd=None)
        arrival = desk.refresh()

        assert arrival is not None and arrival.replayed
        assert held == [before, desk.state] and before is not desk.state
