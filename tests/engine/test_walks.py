"""Random walks, each by its number: whatever is offered may be done, and every way of telling it agrees."""

from __future__ import annotations

import copy
from dataclasses import replace
from random import Random

import pytest

from engine.acts import Act, Given, events_of, possible
from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    Entry,
    Event,
    ReadingTaken,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepStarted,
    Unknown,
)
from engine.rules import Proposal, check
from engine.run import new_state, replay
from tests.engine.build import RUN, Device, assert_road_is_sweep, digest, minutes, plain
from tests.engine.plans import LATER, Filler, random_graph

WALKS = 60
STEPS = 60
MOST = 600
"""How many acts the longest plan may take once nobody dawdles."""

DAWDLING = frozenset({"override", "abandon", "end", "leave", "handover", "hold", "reopen", "change", "fail", "raise"})
"""What does not bring a run nearer to its end."""

FORWARD = ("whether", "confirm", "verify", "do", "answer", "sign", "tell", "visit", "try", "open-child", "put-back")
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
            if self.device.state.ended is not None:
                return
            self.device.pass_time(minutes(self.draw.choice([0, 0, 1, 5, 12])))
            assert_road_is_sweep(self.device.state)
            offered = [act for act in self.offered() if act.verb != "end" and act.verb != "leave"]
            if self.draw.random() < 0.7:
                offered = [act for act in offered if act.step in self.device.state.steps] or offered
            self.turn(offered)
            assert_road_is_sweep(self.device.state)

    def offered(self) -> list[Act]:
        return possible(self.device.state, self.device.now)

    def finish(self) -> None:
        """Nobody dawdles any more: the run comes to its end, or something is wrong with it."""
        for _ in range(MOST):
            state = self.device.state
            if state.ended is not None:
                return
            if not self.step_forward():
                written = self.device.pass_time(LATER)
                assert written or self.step_forward(), (self.device.places(), state.open_steps())
            assert_road_is_sweep(self.device.state)
        raise AssertionError(f"still not finished: {self.device.places()}")

    def step_forward(self) -> bool:
        acts = self.offered()
        if any(act.verb == "end" and act.main for act in acts) and not self.device.state.deferred_steps():
            return self.turn([act for act in acts if act.verb == "end"])
        by_verb = [[act for act in acts if act.verb == verb and act.step is not None] for verb in FORWARD]
        return any(self.turn(some) for some in by_verb if some) or self._appoint() or self._force(acts)

    def _appoint(self) -> bool:
        """A hold may want somebody in a role that nobody has."""
        state = self.device.state
        for name in state.open_steps():
            sign = state.graph.steps[name].sign
            missing = [role for role in sign.of if not state.holders(role)] if sign is not None else []
            if missing:
                person = next(one for one in ("han", "xu", "sun") if one not in state.people)
                self.device.do("role", None, role=missing[0], person=person, name=person)
                return True
        return False

    def _force(self, acts: list[Act]) -> bool:
        return self.turn([act for act in acts if act.verb == "override"])


def walked(seed: int) -> Walker:
    """A walk of that number through a plan of that number, up to where nobody dawdles any more."""
    walker = Walker(Device(random_graph(seed)).open(), Random(f"walk {seed}"))
    walker.wander(STEPS)
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
