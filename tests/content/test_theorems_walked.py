"""What the theorems say of the graphs, seen on the run engine: random walks through the shipped plans.

Nothing here looks at an edge. The engine says what is open; a walker takes any of it, answers as chance will
and raises watches at the start; whenever a step opens that a theorem guards, the guard must have been met.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from engine.graph import StepGraph
from engine.road import Place
from tests.content import book
from tests.content import test_theorems as _stated  # noqa: F401 - the claims are made there
from tests.content.roads import guards_met
from tests.content.theorems import Claim, claims
from tests.engine.walking import Walk

WALKS = 120

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
