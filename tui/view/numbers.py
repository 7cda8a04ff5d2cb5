"""Which number stands before what may be done: on one step a number belongs to one thing for good."""

from __future__ import annotations

from collections.abc import Hashable

from engine.state import RunState
from tui.view.acts import Offer


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


class Numbers:
    """The numbers given out while one step stands in front of somebody.

    What goes takes its number with it, and what comes gets a new one: who types what they saw a moment ago
    never does another thing.
    """

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._offers: dict[int, Offer] = {}

    def of(self, offer: Offer) -> int:
        """The number of an offer: the one it has, else the next."""
        number = self._numbers.setdefault(offer.key, len(self._numbers) + 1)
        self._offers[number] = offer
        return number

    def offer(self, number: int) -> Offer | None:
        """What was last shown with that number; whether it is still possible is another question."""
        return self._offers.get(number)

    def copy(self) -> Numbers:
        """The same numbers; what the copy gives out is not known here."""
        same = Numbers()
        same._numbers, same._offers = dict(self._numbers), dict(self._offers)
        return same
