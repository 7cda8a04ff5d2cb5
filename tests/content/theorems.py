"""Claims about the plan book that hold on every road of a compiled graph, and plans changed to break them.

    @theorem("3.3-1", mutant, ...)      the claim holds of the book as shipped, and fails for every mutant
    plans.of("leak").never_before(...)  the claims themselves; `Broken` says the road that breaks one

What a road is stands in `roads`. What a claim rests on must be of class safety: nobody can skip it or put it off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from engine.condition import Known, Missing, Value, evaluate, parse
from engine.graph import StepGraph
from engine.graph.around import guards_met, road_around
from engine.graph.edges import edges_of, in_order
from engine.graph.stepgraph import digraph
from engine.graph.sweeps import before, steps_past
from engine.graph.withdrawn import withdrawal_faults
from engine.plan import Fact, Runbook, Site, Step
from tests.content import book

HELD_UP = frozenset({"hold", "contact", "wait", "run"})
"""The kinds of step at which somebody waits for somebody."""

ANYBODY = 6
"""Who may do a step that anybody may do: this many roles, the commander only one of them."""

Amount = Decimal | timedelta

MINUTES = timedelta(minutes=1)

YES, NO = True, False
"""What a yes-no reading says."""

LINES: dict[str, list[str]] = {}
"""The theorems of each safety line, as they are written."""


class Broken(AssertionError):
    """A claim does not hold."""


@dataclass(frozen=True)
class Mutant:
    """A plan of the book with one thing changed that must not be."""

    runbook: str
    said: str
    edit: Callable[[Runbook], Runbook] = lambda runbook: runbook
    edit_site: Callable[[Site], Site] = lambda site: site

    def graph(self) -> StepGraph:
        """Its graph, as built; what the compiler would refuse too is left for the theorem to refuse."""
        whole = book.read()
        changed = self.edit(book.runbook(self.runbook))
        dag = digraph(changed, edges_of(changed))
        order = in_order(changed, dag)
        assert order is not None, f"{self.said}: a ring is no mutant"
        return StepGraph(changed, self.edit_site(whole.site), whole.promises, dag, order)


@dataclass(frozen=True)
class Claim:
    """That a step opens only when one of its guards has been met; a guard is `step` or `step.answer`."""

    runbook: str
    target: str
    guards: tuple[str, ...]
    on: str | None = None
    """Said only of the roads with this answer."""


@dataclass(frozen=True)
class Plans:
    """The book, or the book with one mutant in it."""

    mutant: Mutant | None = None
    claims: list[Claim] = field(default_factory=list)
    """What was claimed of the order of steps."""

    def of(self, name: str) -> Plan:
        """One runbook of it."""
        mutant = self.mutant
        graph = mutant.graph() if mutant is not None and mutant.runbook == name else book.graph(name)
        return Plan(graph, self.claims)


Saying = Callable[[Plans], None]
SAID: list[Saying] = []
"""Every theorem, as a function of the book."""

MUTANTS: list[tuple[str, Mutant]] = []
"""Every mutant, with the safety line that it breaks."""


def theorem(line: str, *mutants: Mutant) -> Callable[[Saying], Callable[[Mutant | None], None]]:
    """A test that the fact holds of the book, and one for each mutant that it then does not."""

    def wrap(fact: Saying) -> Callable[[Mutant | None], None]:
        ids = [f"{line} as shipped", *(f"{line} {one.runbook}: {one.said}" for one in mutants)]

        @pytest.mark.parametrize("mutant", [None, *mutants], ids=ids)
        def test(mutant: Mutant | None) -> None:
            if mutant is None:
                fact(Plans())
                return
            with pytest.raises(Broken):
                fact(Plans(mutant))

        assert mutants, "a theorem without a mutant may say nothing"
        LINES.setdefault(line, []).append(getattr(fact, "__name__", ""))
        SAID.append(fact)
        MUTANTS.extend((line, one) for one in mutants)
        return test

    return wrap


def claims() -> list[Claim]:
    """Everything the theorems say about the order of steps, once."""
    plans = Plans()
    for fact in SAID:
        fact(plans)
    return list(dict.fromkeys(plans.claims))


def number(text: str) -> Decimal:
    """A value as it is read off an instrument."""
    return Decimal(text)


def _less(one: Amount, other: Amount) -> bool:
    """Two numbers, or two lengths of time; anything else is a mistake of the test."""
    if isinstance(one, timedelta) and isinstance(other, timedelta):
        return one < other
    assert isinstance(one, Decimal) and isinstance(other, Decimal), (one, other)
    return one < other


# --- one runbook


@dataclass(frozen=True)
class Plan:
    """What can be claimed of one runbook."""

    graph: StepGraph
    claims: list[Claim]

    def step(self, name: str) -> Step:
        return self.graph.steps[name]

    def claim(self, holds: bool, why: str) -> None:
        if not holds:
            raise Broken(f"{self.graph.runbook.id}: {why}")

    # order

    def never_before(self, targets: str | Iterable[str], *guards: str, on: str | None = None) -> None:
        """None of the targets opens, on any road, before one of the guards was met."""
        for guard in guards:
            self.sure(guard.partition(".")[0])
        for target in [targets] if isinstance(targets, str) else targets:
            claim = Claim(self.graph.runbook.id, target, guards, on)
            self.claims.append(claim)
            road = road_around(self.graph, target, guards_met(self.graph, guards), on)
            self.claim(road is None, f"{target} before {' or '.join(guards)}: {', '.join(road or ())}")

    def in_order(self, *steps: str) -> None:
        """Each of these only after the one before it."""
        for earlier, later in pairwise(steps):
            self.never_before(later.partition(".")[0], earlier)

    def leads_to(self, start: str, *goals: str) -> None:
        """Whoever comes to the start (`step`, `step.answer` or a watch) comes to one of the goals."""
        name, _, answer = start.partition(".")
        ways = steps_past(self.graph, goals)[name]
        self.claim(not (answer in ways if answer else ways), f"{start} can go past {' and '.join(goals)}")

    def comes_at_once(self, step: str, *signs: str) -> None:
        """Nobody is waited for between one of the signs, or a raised watch, and the step."""
        known, todo = {step}, [step]
        met: set[str] = set()
        while todo:
            for edge in self.graph.into[todo.pop()]:
                name = edge.earlier
                if name in signs or name in self.graph.watches:
                    met.add(name)
                elif edge.leads and name not in known:
                    self.claim(self.step(name).kind not in HELD_UP, f"{step} waits for {name}")
                    known.add(name)
                    todo.append(name)
        self.claim(met >= set(signs), f"{step} does not come from {set(signs) - met}")
        self.claim(bool(met or known & self.graph.starts), f"{step} comes from nowhere")

    def waits(self, target: str, step: str) -> None:
        """Where the step is on the road, the target opens only when it is over."""
        self.claim(step in before(self.graph, target), f"{target} does not wait for {step}")

    # what a step is

    def sure(self, *steps: str) -> None:
        """Nobody can skip these steps or put them off."""
        for name in steps:
            self.claim(self.step(name).cls == "safety", f"{name} can be skipped")

    def anybody(self, *steps: str) -> None:
        """These steps are for whoever is there."""
        for name in steps:
            self.claim(len(self.step(name).roles) >= ANYBODY, f"{name} is only for {self.step(name).roles}")

    def ticked(self, *steps: str) -> None:
        """These steps are done line by line: none is finished with a line unticked, none is skipped."""
        self.sure(*steps)
        for name in steps:
            self.claim(len(self.step(name).check) > 0, f"{name} has no line to tick")

    def lines(self, step: str, *words: str) -> None:
        """Each of these words stands in a line that is ticked there."""
        self.ticked(step)
        for word in words:
            said = any(word in line.en for line in self.step(step).check)
            self.claim(said, f"{step} has no line of '{word}'")

    def signed(self, hold: str, *roles: str) -> None:
        """Nobody passes the hold without two people or more, one for each of these roles."""
        self.sure(hold)
        step = self.step(hold)
        self.claim(step.kind == "hold" and step.sign is not None, f"{hold} holds nobody")
        assert step.sign is not None
        self.claim(step.sign.need >= max(2, len(roles)), f"{hold} needs {step.sign.need} signatures")
        self.claim(set(step.sign.of) >= set(roles), f"{hold} is signed by {step.sign.of}")

    def by_two(self, *steps: str) -> None:
        """One person alone cannot finish these."""
        for name in steps:
            step = self.step(name)
            self.claim(step.never_alone or step.verify == "together", f"{name} may be done alone")

    def runs(self, step: str, procedure: str) -> None:
        """The step is finished only when the procedure has ended."""
        self.sure(step)
        one = self.step(step)
        self.claim(one.target == procedure and not one.hand_over, f"{step} does not wait for {procedure}")

    # who is out

    def held_back_by(self, step: str, watch: str, hold: str, *roles: str) -> None:
        """The watch has everybody out by that step at once, and only these signatures let them in again."""
        self.leads_to(watch, step)
        self.comes_at_once(step)
        self.sure(step)
        self.signed(hold, *roles)
        self.never_before(hold, step)
        self.let_in_by(step, hold)

    def let_in_by(self, step: str, hold: str) -> None:
        """From the opening of the step until that hold is signed nobody works inside."""
        self.claim(self.step(step).withdraw == hold, f"{step} calls nobody out until {hold}")
        faults = [fault.sentence("en") for fault in withdrawal_faults(self.graph)]
        self.claim(not faults, "; ".join(faults))
        self.by_two(hold)

    def inside(self, *steps: str) -> None:
        """These are held back while everybody is out."""
        for name in steps:
            self.claim(self.step(name).inside, f"{name} is done while everybody is out")

    # numbers

    def expects(self, step: str, good: Mapping[str, Value], bad: Mapping[str, Value]) -> None:
        """The step passes with these values, and with none of them made bad; the site's are as they come."""
        for name, value in [("", None), *bad.items()]:
            values = {**good, **({} if value is None else {name: value})}
            self.claim(self._met(step, values) is (value is None), f"{step} with {name or 'good'} {value}")

    def _met(self, step: str, values: Mapping[str, Value]) -> bool | None:
        expect = self.step(step).expect
        return self._so(expect.that if expect is not None else None, values)

    def needs(self, hold: str, good: Mapping[str, Value], bad: Mapping[str, Value]) -> None:
        """The hold can be signed with these values, and with none of them made bad or left out."""
        for name, value in [("", None), *bad.items()]:
            values = {**good, **({} if value is None else {name: value})}
            found = self._so(self.step(hold).needs, values)
            self.claim(found is (value is None), f"{hold} with {name or 'good'} {value}")
        for name in bad:
            values = {one: value for one, value in good.items() if one != name}
            self.claim(self._so(self.step(hold).needs, values) is not True, f"{hold} without {name}")

    def _so(self, that: str | None, values: Mapping[str, Value]) -> bool | None:
        if that is None:
            return None

        def known(name: str) -> Known | Missing:
            if name.startswith("site."):
                return Known(self._default(name.removeprefix("site.")))
            return Known(values[name]) if name in values else Missing("not-taken")

        return evaluate(parse(that), known).value

    def _fact(self, parameter: str) -> Fact:
        return next(one for one in self.graph.site.parameters if one.id == parameter)

    def _default(self, parameter: str) -> Amount:
        default = self._fact(parameter).default
        assert default is not None
        return default

    def no_less(self, parameter: str, amount: Amount) -> None:
        """No site can set the parameter lower than this."""
        least = self._fact(parameter).least
        self.claim(least is not None and not _less(least, amount), f"{parameter} from {least}")

    def no_more(self, parameter: str, amount: Amount) -> None:
        """No site can set the parameter higher than this."""
        most = self._fact(parameter).most
        self.claim(most is not None and not _less(amount, most), f"{parameter} up to {most}")

    def lasts(self, step: str, parameter: str, least: timedelta) -> None:
        """The wait is as long as that parameter, which no site can set shorter than this."""
        span = self.step(step).span
        self.claim(span is not None and span.parameter == parameter, f"{step} does not last {parameter}")
        self.no_less(parameter, least)
