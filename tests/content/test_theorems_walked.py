"""What the theorems say of the graphs, seen on the run engine: random walks through the shipped plans.

Nothing here looks at an edge. The engine says what is open; a walker takes any of it, answers as chance will
and raises watches at the start; whenever a step opens that a theorem guards, the guard must have been met.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from engine.events import AnswerGiven, Event, StepDone, StepStarted, WatchRaised
from engine.graph import StepGraph
from engine.graph.around import guards_met
from engine.plan import Step
from engine.road import Place
from tests.content import book
from tests.content import test_theorems as _stated  # noqa: F401 - the claims are made there
from tests.content.mutants import from_outside
from tests.content.theorems import Claim, claims
from tests.engine.walking import Walk

WALKS = 240
WALKS_OUT = 120
"""Of each plan, with watches that call everybody out."""

PLANS = sorted({claim.runbook for claim in claims()})


class Wanderer(Walk):
    """A walk that chance takes, and what it saw open too early."""

    def __init__(
        self, graph: StepGraph, seed: str, stated: list[Claim], tried: Counter[tuple[str, int]]
    ) -> None:
        super().__init__(graph, [], raised=True, backwards=False)
        self.draw = Random(seed)
        self.tried = tried
        self.here = ""
        self.stated: dict[str, list[Claim]] = {}
        for claim in stated:
            self.stated.setdefault(claim.target, []).append(claim)
        self.checked: set[Claim] = set()
        self.early: list[str] = []
        self.seen: set[str] = set()

    def take(self, name: str) -> None:
        self.here = name
        super().take(name)

    def choose(self, ways: int) -> int:
        """Chance, and every other time what has been tried least at this step: deep roads are walked too."""
        choice = self.draw.randrange(ways)
        if self.here and self.draw.random() < 0.5:
            choice = min(range(ways), key=lambda one: self.tried[self.here, one])
        self.tried[self.here, choice] += 1
        return choice

    def to_do(self) -> list[str]:
        found = super().to_do()
        self.draw.shuffle(found)
        return found

    def look(self) -> None:
        for name, one in self.state.steps.items():
            if one.opened and name not in self.seen:
                self.seen.add(name)
                self.judge(name)

    def judge(self, name: str) -> None:
        """Each claim about a step that has opened just now."""
        for claim in self.stated.get(name, ()):
            if self.is_said_here(claim):
                self.checked.add(claim)
                if not any(self.met(guard) for guard in claim.guards):
                    self.early.append(f"{name} before {' or '.join(claim.guards)}")

    def is_said_here(self, claim: Claim) -> bool:
        decision, _, given = (claim.on or "").partition(".")
        return not decision or self.state.steps[decision].answer == given

    def met(self, guard: str) -> bool:
        name, accepted = next(iter(guards_met(self.graph, [guard]).items()))
        one = self.state.steps[name]
        over = self.state.place(name) is Place.SETTLED and not one.passed
        return over and (not one.step.answers or one.answer in accepted)


@pytest.mark.parametrize("name", PLANS)
def test_no_walk_opens_a_guarded_step_before_its_guard(name: str) -> None:
    graph = book.graph(name)
    stated = [claim for claim in claims() if claim.runbook == name]
    checked: set[Claim] = set()
    tried: Counter[tuple[str, int]] = Counter()
    for number in range(WALKS):
        walk = Wanderer(graph, f"{name} {number}", stated, tried)
        walk.run()
        assert not walk.early, f"walk {number}: {walk.early}"
        checked |= walk.checked
    assert len(checked) >= 0.9 * len(stated), [claim for claim in stated if claim not in checked]


# --- everybody is out


class CalledOut(Wanderer):
    """A walk on which watches call everybody out while somebody is inside; what could be done there all the same."""

    def __init__(self, graph: StepGraph, seed: str, tried: Counter[tuple[str, int]], known: set[str]) -> None:
        super().__init__(graph, seed, [], tried)
        self.raised, self.kept_out = False, True
        self.known = known
        """The steps that were seen to be held back, in earlier walks too."""
        self.done_all_the_same: list[str] = []

    def look(self) -> None:
        super().look()
        if self.waiting_inside() - self.known and self.draw.random() < 0.5:
            self.raise_one()
        self.try_inside()

    def waiting_inside(self) -> set[str]:
        """The steps inside that are open."""
        return {name for name in self.state.open_steps() if self.graph.steps[name].inside}

    def raise_one(self) -> None:
        calling = {edge.earlier for step, _ in self.graph.withdrawals for edge in self.graph.into[step]}
        quiet = sorted(calling & self.graph.watches.keys() - self.watches)
        if quiet:
            watch = self.draw.choice(quiet)
            self.device.record(WatchRaised(watch))
            self.watches.add(watch)

    def everybody_is_out(self) -> bool:
        """By what was recorded alone: somebody was called out, and the hold that lets in is not signed since."""
        steps = self.state.steps
        return any(
            steps[out].opened_at is not None and self.state.place(hold) is not Place.SETTLED
            for out, hold in self.graph.withdrawals
        )

    def try_inside(self) -> None:
        if not self.everybody_is_out():
            return
        for name in self.waiting_inside():
            if self.device.refusal(done(self.graph.steps[name])) == "everybody-out":
                self.known.add(name)
            else:
                self.done_all_the_same.append(name)


def done(step: Step) -> Event:
    """What somebody would record who has done the step."""
    if step.kind == "ask":
        return AnswerGiven(step.id, step.answers[0].id)
    if step.kind == "run":
        return StepStarted(step.id)  # what it opens ends elsewhere, and its end is nobody's work here
    return StepDone(step.id, round=None if step.repeat is None else 1)


@pytest.mark.parametrize("name", ["customer-fault", "fire", "leak", "lightning"])
def test_on_no_walk_is_anything_done_inside_while_everybody_is_out(name: str) -> None:
    graph = book.graph(name)
    inside = {step.id for step in graph.runbook.steps if step.inside}
    held: set[str] = set()
    tried: Counter[tuple[str, int]] = Counter()
    for number in range(WALKS_OUT):
        walk = CalledOut(graph, f"out {name} {number}", tried, held)
        walk.run()
        assert not walk.done_all_the_same, f"walk {number}: {walk.done_all_the_same}"
    assert held <= inside and len(held) >= 0.8 * len(inside), inside - held


def test_a_step_that_has_lost_its_word_is_found_by_walking() -> None:
    graph = from_outside("leak", "pump-out").graph()
    inside = {step.id for step in book.runbook("leak").steps if step.inside}

    held: set[str] = set()
    tried: Counter[tuple[str, int]] = Counter()
    for number in range(20):
        CalledOut(graph, f"lost {number}", tried, held).run()

    assert "pump-out" in inside - held
