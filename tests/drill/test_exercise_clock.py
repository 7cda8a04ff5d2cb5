"""The exercise clock: made of settings, exact to the millisecond, deaf to the wall."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.clocks import Instant, frozen_for, is_frozen, run_now
from engine.errors import Refused
from engine.events import ClockSet, Entry, Event, InjectSet, RunOpened, stamp
from engine.rules import Proposal, check
from engine.run import apply, in_order, new_state, replay
from tests.engine import build

START = datetime(2026, 11, 22, 2, 10, tzinfo=UTC)
BOOT = "boot-1"


def graph():
    return build.graph(build.do("look"))


class Tape:
    """Entries of a drill, written one after the other while the world goes on."""

    def __init__(self, run="D-20261122-ABCD"):
        self.run = run
        self.state = new_state(graph(), run)
        self.entries: list[Entry] = []
        self.wall, self.ns = START, 0
        self.writes(RunOpened("demo", 1, "g", ()))

    def passes(self, milliseconds, wall_jump=timedelta()):
        self.ns += milliseconds * 1_000_000
        self.wall += timedelta(milliseconds=milliseconds) + wall_jump

    @property
    def now(self):
        return run_now(self.state, Instant(self.wall, (BOOT, self.ns)))

    def writes(self, event: Event, journal="J1", after=None):
        number = len(self.entries) + 1
        entry = Entry(
            pos=number,
            hash=f"{number:064x}",
            journal=journal,
            jseq=number,
            prev="",
            run=self.run,
            lam=number,
            after=(self.entries[-1].hash,) if after is None and self.entries else after or (),
            at=self.now if self.entries else START,
            recorded_at=self.wall,
            mono=(BOOT, self.ns),
            clk="ntp",
            actor="trainer",
            cmd=None,
            event=event,
        )
        self.entries.append(entry)
        apply(self.state, entry)

    def sets(self, rate, reason="because"):
        self.writes(ClockSet((self.now - START) // timedelta(milliseconds=1), rate, reason))


@pytest.mark.requirement("R21")
@pytest.mark.parametrize("seed", range(30))
def test_any_freezes_and_speeds_give_exact_milliseconds_whatever_the_wall_does(seed):
    draw = random.Random(seed)
    tape = Tape()
    expected_ms, rate = 0, 0
    for _ in range(60):
        went_by = draw.randrange(0, 7_200_000)
        tape.passes(went_by, timedelta(seconds=draw.choice((0, 0, 3600, -3600))))
        expected_ms += went_by * rate // 1000
        assert tape.now == START + timedelta(milliseconds=expected_ms)
        rate = draw.choice((0, 500, 1000, 2000, 10_000))
        tape.sets(rate)

    assert tape.now == START + timedelta(milliseconds=expected_ms)


def test_before_its_first_setting_a_drills_clock_stands_at_the_opening():
    tape = Tape()
    tape.passes(60_000)
    assert tape.now == START


@pytest.mark.requirement("R22")
def test_frozen_it_stands_and_goes_on_from_there():
    tape = Tape()
    tape.sets(1000)
    tape.passes(5_000)
    tape.sets(0)
    tape.passes(1_800_000)
    stood = (tape.now, is_frozen(tape.state))
    tape.sets(1000)
    tape.passes(1)

    assert stood == (START + timedelta(seconds=5), True)
    assert tape.now == START + timedelta(milliseconds=5_001)


@pytest.mark.requirement("R24")
def test_the_freezes_add_up_on_the_wall_from_the_first_start_on():
    tape = Tape()
    tape.sets(0, "not yet")
    tape.passes(600_000)
    tape.sets(1000)
    for _ in range(3):
        tape.passes(10_000)
        tape.sets(0)
        tape.passes(61_500)
        tape.sets(1000)

    assert frozen_for(tape.state.settings) == timedelta(seconds=184.5)


def test_a_gap_in_which_the_program_was_stopped_is_a_freeze_from_where_it_was_last_alive():
    tape = Tape()
    tape.sets(1000)
    tape.passes(20_000)
    alive = tape.wall
    tape.passes(600_000)
    tape.writes(ClockSet(20_000, 0, "program stopped", since=stamp(alive)))
    tape.passes(30_000)
    tape.sets(1000, "confirmed")

    assert (tape.now, frozen_for(tape.state.settings)) == (
        START + timedelta(seconds=20),
        timedelta(seconds=630),
    )


def test_after_a_restart_of_the_machine_the_wall_has_to_do():
    tape = Tape()
    tape.sets(1000)
    later = Instant(tape.wall + timedelta(minutes=3), ("boot-2", 5))
    assert run_now(tape.state, later) == START + timedelta(minutes=3)


def test_of_two_who_set_it_without_knowing_of_each_other_the_freeze_holds():
    tape = Tape()
    before = (tape.entries[-1].hash,)
    tape.writes(ClockSet(0, 1000, "go"), "J1", before)
    tape.writes(ClockSet(0, 0, "stop"), "J2", before)
    tape.passes(60_000)

    either_way = [replay(graph(), tape.run, in_order(order)) for order in (tape.entries, tape.entries[::-1])]
    assert [run_now(one, Instant(tape.wall, (BOOT, tape.ns))) for one in either_way] == [START, START]


def test_the_clock_of_a_real_run_is_the_wall_and_cannot_be_set():
    tape = Tape("R-20261122-ABCD")
    tape.passes(60_000, timedelta(hours=1))
    proposal = Proposal((ClockSet(0, 0, "stop"),), "li", "J1", tape.now, tape.now)
    with pytest.raises(Refused) as refused:
        check(tape.state, proposal)

    assert (tape.now, refused.value.id) == (tape.wall, "real-clock")


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (ClockSet(0, 20_000, "fast"), "clock-rate"),
        (ClockSet(0, 100, "slow"), "clock-rate"),
        (ClockSet(-1, 1000, "back"), "clock-rate"),
        (ClockSet(0, 0, " "), "reason-first"),
        (InjectSet("call", "held"), "not-for-a-run"),
    ],
)
def test_what_a_drill_refuses_of_its_trainer(event, why):
    tape = Tape()
    with pytest.raises(Refused) as refused:
        check(tape.state, Proposal((event,), "trainer", "J1", tape.now, tape.now))
    assert refused.value.id == why


def test_an_inject_is_delivered_once_and_repeated_under_another_number():
    tape = Tape()
    first = InjectSet("call", "delivered", title=(("en", "a call"),))
    tape.writes(first)
    check(tape.state, Proposal((replace(first, number=2),), "trainer", "J1", tape.now, tape.now))
    with pytest.raises(Refused) as refused:
        check(tape.state, Proposal((first,), "trainer", "J1", tape.now, tape.now))

    assert (refused.value.id, [card.title.en for card in tape.state.cards]) == (
        "already-delivered",
        ["a call"],
    )
