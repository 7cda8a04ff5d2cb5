"""One terminal and its record: what is written when others are faster, and when nobody knows whether it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from drill.rehearsal import HandClock
from engine.acts import Act, Given
from engine.desk import Desk, Opening, Surroundings
from engine.errors import RecordTrouble, Refused
from engine.events import (
    Draft,
    Entry,
    Event,
    NoteAdded,
    PersonJoined,
    RoleTaken,
    RunEnded,
    SignedOff,
    StepDone,
)
from engine.people import check_pin, set_pin
from engine.plan import Runbook
from engine.store import Store, memory_store
from tests.engine.build import T0, compiled, do, hold, minutes, plan, wait
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
def sitting_at(runbook: Runbook) -> Iterator[tuple[Desk, Around, HandClock]]:
    clock = HandClock(T0)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        record = Around(store)
        opening = Opening(runbook.id, {runbook.id: compiled(runbook)}, (), kind="H")
        desk = Desk.open_run(record, opening, "li", Surroundings(clock, entropy(2), lambda person, pin: None))
        desk.propose([PersonJoined("li", "Li")])
        yield desk, record, clock


def sitting() -> AbstractContextManager[tuple[Desk, Around, HandClock]]:
    return sitting_at(PLAN)


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


# --- PINs

GATE = plan(hold("h", "PWR ENG"), do("b"))


@contextmanager
def at_a_gate_with_a_voice() -> Iterator[tuple[Desk, Store, Act, str]]:
    """Zhao signed by voice; the act by which he confirms it, and his signature."""
    clock = HandClock(T0)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        opening = Opening(GATE.id, {GATE.id: compiled(GATE)}, (), kind="H")
        around = Surroundings(clock, entropy(2), lambda who, pin: check_pin(store, who, pin, clock()))
        desk = Desk.open_run(store, opening, "li", around)
        desk.propose([PersonJoined("zhao", "Zhao"), RoleTaken("PWR", "zhao")])
        desk.propose([SignedOff("h", "zhao", "PWR", "hold", "voice", channel="radio")])
        act = next(one for one in desk.possible() if one.verb == "confirm-voice")
        yield desk, store, act, desk.state.signatures_of("h")[0].name


def test_whoever_has_no_pin_is_not_sent_back_to_the_voice_that_wants_confirming():
    with at_a_gate_with_a_voice() as (desk, _, act, voice), pytest.raises(Refused) as refused:
        desk.do(act, Given(target=voice, strength="pin"), pin="314159")

    said = refused.value.sentence("en")
    assert refused.value.id == "confirm-no-pin" and "by voice" not in said
    assert f"muster walk {desk.run_id}" in said


@pytest.mark.parametrize("late", [True, False])
def test_a_pin_that_was_set_after_a_voice_does_not_confirm_it(late):
    with at_a_gate_with_a_voice() as (desk, store, act, voice):
        set_pin(store, "zhao", "314159", entropy(3))
        if late:
            desk.propose([NoteAdded("zhao", "pin")])
        refused = ""
        try:
            desk.do(act, Given(target=voice, strength="pin"), pin="314159")
        except Refused as error:
            refused = error.id

    assert refused == ("confirm-pin-since" if late else "")


def test_with_a_pin_of_their_own_they_confirm_on_a_device_that_signs_for_another():
    with at_a_gate_with_a_voice() as (desk, store, act, voice):
        set_pin(store, "zhao", "314159", entropy(3))

        desk.do(act, Given(target=voice, strength="pin"), pin="314159")

        assert desk.state.unconfirmed() == []


# --- what was made before somebody was faster


def somebody_first(record: Around, desk: Desk, *events: Event) -> None:
    """Just before this terminal writes, another one does."""

    def writes(_seen: int | None) -> None:
        record.before = lambda seen: None
        lam, tips = desk.state.lam, desk.state.tips
        drafts = [
            Draft(desk.run_id, event, T0, "zhao", lam + number, tips)
            for number, event in enumerate(events, start=1)
        ]
        record.store.append(drafts, seen=None, cmd=None)

    record.before = writes


def chosen(desk: Desk, verb: str, step: str | None = None) -> Act:
    return next(act for act in desk.possible() if act.key == (verb, step))


def test_an_ending_lists_the_voice_that_was_written_while_it_was_being_typed():
    with sitting_at(GATE) as (desk, record, _):
        desk.propose([PersonJoined("zhao", "Zhao"), RoleTaken("PWR", "zhao")])
        somebody_first(record, desk, SignedOff("h", "zhao", "PWR", "hold", "voice", channel="radio"))

        (entry,) = desk.do(chosen(desk, "end"), Given(target="abandoned", reason="r"))

        assert isinstance(entry.event, RunEnded)
        assert entry.event.unconfirmed == (("h", "zhao"),) == desk.state.voices_unconfirmed()


def test_the_second_signature_lets_a_gate_pass_when_the_first_came_in_meanwhile():
    with sitting_at(GATE) as (desk, record, _):
        desk.propose([PersonJoined("zhao", "Zhao"), RoleTaken("PWR", "zhao"), RoleTaken("ENG", "li")])
        somebody_first(record, desk, SignedOff("h", "zhao", "PWR", "hold", "pin"))

        desk.do(chosen(desk, "sign", "h"), Given(role="ENG", strength="own-device"))

        assert desk.state.steps["h"].status == "done"


def test_a_visit_that_somebody_else_has_written_is_not_written_as_the_next_one():
    with sitting_at(plan(do("r", every="5m", times=2), do("z"))) as (desk, record, _):
        somebody_first(record, desk, StepDone("r", round=1))

        with pytest.raises(Refused) as refused:
            desk.do(chosen(desk, "visit", "r"))

        assert (refused.value.id, desk.state.steps["r"].round) == ("wrong-round", 1)


def test_an_act_made_afresh_that_fails_to_be_written_is_not_written_twice():
    with sitting_at(GATE) as (desk, record, _):
        desk.propose([PersonJoined("zhao", "Zhao"), RoleTaken("PWR", "zhao")])
        somebody_first(record, desk, SignedOff("h", "zhao", "PWR", "hold", "voice", channel="radio"))
        record.fails_once()
        end, given = chosen(desk, "end"), Given(target="abandoned", reason="r")
        with pytest.raises(RecordTrouble):
            desk.do(end, given)

        desk.do(end, given)

        endings = [one for one in record.store.entries(desk.run_id) if isinstance(one.event, RunEnded)]
        assert len(endings) == 1
