"""Which number stands before what may be done: on one step a number belongs to one thing for good."""

from __future__ import annotations

from collections.abc import Hashable

from engine.graph import StepGraph
from engine.state import RunState
from tui.view.acts import Offer
from tui.view.places import ROOM, fixed_number


def stands_in_front(run: str, state: RunState, current: str | None) -> tuple[str, str | None]:
    """The run, and the step; the entry conditions stand before any step, and the end behind all."""
    if state.ended is not None:
        return run, "ended"
    answered = len(state.entry_answers) >= len(state.graph.runbook.entry)
    return run, current if answered else "entry"


def answers_among(offers: list[Offer]) -> list[Offer]:
    """The answers that stand behind digits: those of the first act, when it is a choice."""
    if not offers or not offers[0].decides:
        return []
    return [one for one in offers if one.act is offers[0].act]


FIRST_LATE = 301
"""What comes when the numbers below those of the whole run are used up; behind everything that a list shows."""


class Numbers:
    """The numbers given out while one step stands in front of somebody.

    What goes takes its number with it, and what comes gets a new one: who types what they saw a moment ago
    never does another thing. What concerns the whole run has its number from the plan, on every step the same.
    """

    def __init__(self, graph: StepGraph | None = None) -> None:
        """`graph` is the plan that gives fixed numbers; without it all are counted."""
        self._graph = graph
        self._numbers: dict[Hashable, int] = {}
        self._offers: dict[int, Offer] = {}
        self._past: dict[int, Offer] = {}

    def of(self, offer: Offer) -> int:
        """The number of an offer: that of the whole run, else the one it has on this step, else the next."""
        number = fixed_number(self._graph, offer) if self._graph is not None else None
        if number is None:
            number = self._numbers.setdefault(offer.key, self._next())
        self._offers[number] = offer
        return number

    def _next(self) -> int:
        """Below the numbers of the whole run, as long as there is room."""
        following = len(self._numbers) + 1
        return following if following <= 2 * ROOM else following - 2 * ROOM - 1 + FIRST_LATE

    def offer(self, number: int) -> Offer | None:
        """What stands behind that number, if it was shown; whether it is still possible is another question."""
        return self._offers.get(number)

    def past(self, number: int) -> Offer | None:
        """What stood behind a number that does not stand there any more."""
        return self._past.get(number)

    def copy(self) -> Numbers:
        """The same numbers; what the copy gives out is not known here."""
        return self._like(self._offers, self._past)

    def afresh(self) -> Numbers:
        """The same numbers, behind which nothing stands before it is shown again."""
        return self._like({}, self._past | self._offers)

    def _like(self, offers: dict[int, Offer], past: dict[int, Offer]) -> Numbers:
        same = Numbers(self._graph)
        same._numbers, same._offers, same._past = dict(self._numbers), dict(offers), past
        return same
