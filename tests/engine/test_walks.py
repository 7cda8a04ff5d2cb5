"""Random walks, each by its number: whatever is offered may be done, and every way of telling it agrees."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest

from engine.acts import Act, Given, events_of, possible
from engine.events import (
    AnswerGiven,
    Entry,
    Event,
    ItemTicked,
    NoteAdded,
    ReadingTaken,
    RunEnded,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    StepStarted,
    Unknown,
    WatchRaised,
)
from engine.graph import StepGraph
from engine.plan import RESTORE
from engine.rules import missing_roles
from engine.run import apply, new_state, replay
from engine.state import RunState
from tests.engine.build import RUN, Device, assert_road_is_sweep, compiled, digest, minutes, plain
from tests.engine.plans import Filler, random_graph

WALKS = 60
STEPS = 60
MOST = 600
"""How many acts the longest plan may take once nobody dawdles."""

FORWARD = (
    "whether",
    "confirm",
    "verify",
    "do",
    "answer",
    "sign",
    "reopen",
    "tell",
    "try",
    "open-child",
    "put-back",
)
"""What does, the surest first."""


class Walker:
    """Somebody who does whatever is possible, at random but for the number of the walk."""

    def __init__(self, device: Device, draw: Random) -> None:
        self.device = device
        self.draw = draw
        self.filler = Filler(draw, device)

    def turn(self, acts: list[Act]) -> bool:
        """Do one of these acts; False when none of them can be done sensibly now."""
        self.draw.shuffle(acts)
        for act in acts:
            given = self.filler.given(act)
            if given is not None:
                self.carry_out(act, given)
                return True
        return False

    def carry_out(self, act: Act, given: Given) -> None:
        device = self.device
        events = events_of(device.state, act, given, device.actor, device.now)
        device.propose(*events)

    def wander(self, steps: int) -> None:
        """Do anything at all, with time passing between."""
        for _ in range(steps):
            self.device.pass_time(minutes(self.draw.choice([0, 0, 1, 5, 12])))
            assert_road_is_sweep(self.device.state)
            self.turn(self.narrowed(self.offered()))
            assert_road_is_sweep(self.device.state)

    def narrowed(self, acts: list[Act]) -> list[Act]:
        """Mostly what steps ask for; sometimes anything, but nobody leaves."""
        luck = self.draw.random()
        acts = [act for act in acts if act.verb not in ("end", "leave")]
        if luck < 0.5:
            return [act for act in acts if act.main] or acts
        return [act for act in acts if luck > 0.8 or act.step in self.device.state.steps]

    def offered(self) -> list[Act]:
        return possible(self.device.state, self.device.now)

    def finish(self) -> None:
        """Nobody dawdles any more: the run comes to its end, or something is wrong with it."""
        for _ in range(MOST):
            if self.device.state.ended is not None:
                return
            if not self.step_forward():
                self.device.pass_time("5m")
                self.turn([act for act in self.offered() if act.verb in ("visit", "read")])
            assert_road_is_sweep(self.device.state)
        raise AssertionError(f"still not finished: {self.device.places()}")

    def step_forward(self) -> bool:
        acts = self.offered()
        if any(act.verb == "end" and act.main for act in acts) and not self.device.state.deferred_steps():
            return self.turn([act for act in acts if act.verb == "end"])
        by_verb = [[act for act in acts if act.verb == verb and act.step is not None] for verb in FORWARD]
        return any(self.turn(some) for some in by_verb if some) or self._appoint()

    def _appoint(self) -> bool:
        """A hold may want somebody in a role that nobody has but one who has signed, or commands."""
        state = self.device.state
        for name in state.open_steps():
            missing = missing_roles(state, state.steps[name])
            if missing:
                person = f"person-{len(state.people)}"
                self.device.do(
                    "role", None, role=missing[0], person=person, name=person, reason="nobody else"
                )
                return True
        return False


def walked(seed: int, steps: int = STEPS) -> Walker:
    """A walk of that number through a plan of that number, up to where nobody dawdles any more."""
    walker = Walker(Device(random_graph(seed)).open(), Random(f"walk {seed}"))
    walker.wander(steps)
    return walker


@pytest.mark.parametrize("seed", range(WALKS))
def test_whatever_is_offered_may_be_done_and_every_run_can_end(seed):
    walker = walked(seed)

    walker.finish()

    assert walker.device.state.ended is not None


@pytest.mark.parametrize("seed", range(WALKS))
def test_replaying_the_record_gives_the_live_state(seed):
    device = walked(seed).device

    assert plain(replay(device.graph, RUN, device.entries)) == plain(device.state)


# --- the order of the file


def in_another_order(graph: StepGraph, draw: Random) -> StepGraph:
    """The same plan with its steps listed otherwise: each says what it comes after, but for those of `restore`.

    Those follow each other as they are listed; and the last step of all stays the last.
    """
    last = [step for step in graph.runbook.steps if step.id == graph.closing or step.lane == RESTORE]
    steps = [step for step in graph.runbook.steps if step not in last]
    draw.shuffle(steps)
    return compiled(replace(graph.runbook, steps=(*steps, *last)), graph.site, graph.promises)


@pytest.mark.parametrize("seed", range(WALKS))
def test_the_order_in_which_steps_are_listed_changes_nothing_of_a_run(seed):
    device = walked(seed).device

    other = in_another_order(device.graph, Random(f"order {seed}"))

    assert [step.id for step in other.runbook.steps] != [step.id for step in device.graph.runbook.steps]
    assert plain(replay(other, RUN, device.entries)) == plain(device.state)


# --- refusals


def anything(draw: Random, device: Device) -> Event:
    """An event that somebody might put forward, fitting or not."""
    steps, readings = list(device.graph.steps), list(device.graph.readings)
    step, other = draw.choice(steps), draw.choice(steps)
    answers = [answer.id for answer in device.graph.steps[step].answers] or ["met"]
    return draw.choice(
        [
            StepDone(step),
            StepDone(step, round=draw.randint(0, 3)),
            StepDone(step, confirms="0"),
            StepStarted(step),
            StepStarted(other, missed=step),
            StepFailed(step, "r"),
            StepSkipped(step, "r"),
            StepDeferred(step, "r", other),
            StepOverridden(step, "r", draw.choice([None, *answers])),
            StepReopened(step, "r"),
            AnswerGiven(step, draw.choice(answers), reason="r"),
            AnswerGiven(step, draw.choice(answers), (other, step)),
            SignedOff(step, "li", "ENG", draw.choice(["hold", "verify"]), "pin"),
            ReadingTaken(draw.choice(readings), "3", "cm", step),
            ItemTicked(step, draw.randint(0, 3)),
            WatchRaised("w0"),
            WatchRaised("w0", again=draw.randint(0, 2)),
            RunEnded("complete"),
            NoteAdded("put back", "put-back", step),
        ]
    )


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_refusal_changes_nothing_and_checking_changes_nothing(seed):
    walker = walked(seed, steps=20)
    device, draw = walker.device, walker.draw
    before = digest(device.state)

    refused = [device.refusal(anything(draw, device)) for _ in range(100)]

    assert any(refused)
    assert digest(device.state) == before
    assert_road_is_sweep(device.state)


# --- two devices


def walk_of_two(seed: int) -> tuple[Device, Device]:
    """Two people on two devices, who hear of each other only now and then."""
    draw = Random(f"two {seed}")
    one = Device(random_graph(seed)).open()
    two = one.twin()
    walkers = [Walker(one, draw), Walker(two, draw)]
    for _ in range(draw.randint(1, 4)):
        for walker in walkers:
            walker.wander(draw.randint(1, 12))
        if draw.random() < 0.7:
            one.sync(two)
            assert_road_is_sweep(one.state)
    return one, two


@pytest.mark.parametrize("seed", range(WALKS))
def test_two_devices_that_heard_of_each_other_know_the_same(seed):
    one, two = walk_of_two(seed)

    one.sync(two)

    assert plain(one.state) == plain(two.state)
    assert_road_is_sweep(one.state)


@pytest.mark.parametrize("seed", range(WALKS))
def test_entries_give_one_state_in_whatever_order_they_arrive(seed):
    one, two = walk_of_two(seed)
    one.sync(two)
    draw = Random(f"arrival {seed}")
    arriving = list(one.entries)
    draw.shuffle(arriving)
    third = Device(one.graph, "laptop-3")

    while arriving:
        some = draw.randint(1, len(arriving))
        third.take(arriving[:some])
        arriving = arriving[some:]

    assert plain(third.state) == plain(one.state)


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_run_that_was_merged_can_end(seed):
    one, two = walk_of_two(seed)
    one.sync(two)

    Walker(one, Random(seed)).finish()

    assert one.state.ended is not None


# --- whatever was recorded


def changed(entry: Entry, entries: list[Entry], draw: Random) -> Entry:
    """The same entry, saying of one thing what another entry says of another."""
    event = entry.event
    other = draw.choice(entries).event
    swaps = {
        one.name: getattr(other, one.name)
        for one in fields(event)
        if type(getattr(other, one.name, ...)) is type(getattr(event, one.name))
    }
    nonsense = {
        "step": "no-such-step",
        "answer": "no-such-answer",
        "reading": "x",
        "role": "XX",
        "value": "NaN",
    }
    swaps |= {name: nonsense[name] for name in nonsense if hasattr(event, name) and draw.random() < 0.2}
    return replace(entry, event=replace(event, **swaps))


@pytest.mark.parametrize("seed", range(WALKS))
def test_any_record_can_be_read_whatever_it_says(seed):
    one, two = walk_of_two(seed)
    one.sync(two)
    draw = Random(f"changed {seed}")

    twisted = [changed(entry, one.entries, draw) if draw.random() < 0.3 else entry for entry in one.entries]

    assert_road_is_sweep(replay(one.graph, RUN, twisted))


@pytest.mark.parametrize("seed", range(20))
def test_entries_of_unknown_types_change_nothing(seed):
    device = walked(seed).device
    draw = Random(f"unknown {seed}")

    told = [
        replace(entry, event=Unknown("step_teleported", 7, "{}")) if draw.random() < 0.2 else None
        for entry in device.entries
    ]
    with_unknown = new_state(device.graph, RUN)
    for entry, unknown in zip(device.entries, told, strict=True):
        for one in [entry] if unknown is None else [beside(unknown), entry]:
            apply(with_unknown, one)

    assert what_matters(with_unknown) == what_matters(device.state)


def beside(entry: Entry) -> Entry:
    """The entry of a device that nobody here has heard of."""
    return replace(entry, hash=f"unknown-{entry.hash}", journal="future", lam=entry.lam - 1)


def what_matters(state: RunState) -> Any:
    """What a state says, without the entries it was last told."""
    told = ("tips", "last", "last_order", "lam", "present")
    return {name: said for name, said in plain(state).items() if name not in told}
