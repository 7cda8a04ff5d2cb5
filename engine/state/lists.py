"""Steps of a run by what may still be done about them, in the author's order; kept up to date as entries come.

Who asks for them looks neither at the plan nor at the past: a look late in a run costs what it cost early.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping

from engine.road import Outcome, Place
from engine.state.steps import FINISHED, StepState
from engine.text import Text


class Listed:
    """Some of the steps of a plan, in the author's order."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._listed: list[int] = []
        self._names: set[str] = set()
        self.titled: list[tuple[str, Text]] = []
        """Each of them with its words."""

    def set(self, one: StepState, belongs: bool) -> None:
        """Whether this step is one of them from now on."""
        name = one.step.id
        if (name in self._names) is belongs:
            return
        number = self._numbers[name]
        place = bisect_left(self._listed, number)
        if belongs:
            self._names.add(name)
            self._listed.insert(place, number)
            self.titled.insert(place, (name, one.step.text))
        else:
            self._names.remove(name)
            del self._listed[place], self.titled[place]

    def __contains__(self, step_id: object) -> bool:
        return step_id in self._names

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.titled)


class Lists:
    """The lists of one run."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.said = Listed(numbers)
        """What may be opened again: finished or passed, on the road."""
        self.decided = Listed(numbers)
        """Questions whose answer may still be changed."""
        self.put_off = Listed(numbers)
        """Put off and still to do."""
        self.reached: dict[str, None] = {}
        """Everything that was reached at any instant, in the order it came: steps that opened, answers
        (``source.crac``), marks, and watches that were raised."""

    def raised(self, watch: str, outcome: Outcome) -> None:
        """A watch was raised, or the run has just opened and it is quiet."""
        if outcome.place is Place.SETTLED:
            self.reached.setdefault(watch)

    def weigh(self, one: StepState, outcome: Outcome) -> None:
        """Something was said of a step, or it stands elsewhere: bring the lists up to date."""
        if outcome.place in (Place.OPEN, Place.SETTLED) and not one.passed:
            self.reached.setdefault(one.step.id)
        if one.status is not None and one.answer is not None:
            self.reached.setdefault(f"{one.step.id}.{one.answer}")
        settled = outcome.place is Place.SETTLED
        said = (one.status is not None or one.passed) and not one.only_to_confirm
        self.said.set(one, said and outcome.place is not Place.OFF)
        self.decided.set(one, one.step.kind == "ask" and one.status in FINISHED and settled)
        self.put_off.set(one, one.status == "deferred" and settled and outcome.put_off)
