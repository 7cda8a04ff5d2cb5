"""Which roads of a plan a run went, and which nobody has exercised: counted from the record and the kept graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.events import AnswerGiven, Entry, StepOverridden, WatchRaised
from engine.graph import StepGraph


@dataclass(frozen=True)
class Decision:
    """A step with answers: the branches that were taken in this run, and the others."""

    step: str
    taken: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """What of a plan was exercised."""

    decisions: tuple[Decision, ...]
    """In the author's order."""
    steps: tuple[str, ...]
    """Steps of which nothing is in the record."""
    total: int
    """All steps of the plan."""
    watches: tuple[str, ...]
    """Watches that nobody raised."""

    @property
    def branches(self) -> int:
        return sum(len(one.taken) + len(one.others) for one in self.decisions)

    @property
    def taken(self) -> int:
        return sum(len(one.taken) for one in self.decisions)

    @property
    def answered(self) -> int:
        return sum(bool(one.taken) for one in self.decisions)


def coverage(graph: StepGraph, entries: Iterable[Entry]) -> Coverage:
    """What a run exercised of its plan."""
    given: dict[str, set[str]] = {}
    touched: set[str] = set()
    raised: set[str] = set()
    for entry in entries:
        event = entry.event
        touched.add(getattr(event, "step", None) or "")
        if isinstance(event, (AnswerGiven, StepOverridden)) and event.answer is not None:
            given.setdefault(event.step, set()).add(event.answer)
        elif isinstance(event, WatchRaised):
            raised.add(event.watch)
    decisions = []
    for name, step in graph.steps.items():
        answers = [one.id for one in step.answers]
        if len(answers) > 1:
            took = given.get(name, set())
            decisions.append(
                Decision(
                    name,
                    tuple(one for one in answers if one in took),
                    tuple(one for one in answers if one not in took),
                )
            )
    return Coverage(
        tuple(decisions),
        tuple(name for name in graph.steps if name not in touched),
        len(graph.steps),
        tuple(name for name in graph.watches if name not in raised),
    )


def ranges(numbers: Iterable[int]) -> str:
    """Whole numbers in their order, neighbours drawn together: 1, 4-7, 9."""
    groups: list[list[int]] = []
    for one in numbers:
        if groups and one == groups[-1][-1] + 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    return ", ".join(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in groups)
