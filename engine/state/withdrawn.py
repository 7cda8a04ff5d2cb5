"""What is held back while everybody is out: the steps inside the endangered room, until somebody lets people in.

A step that says `withdraw: HOLD` gets everybody out from the moment it opens; they are out until that hold
is signed, later than it opened. It is worked out wherever it is asked, never stored: nothing on the road
changes by it, and the limits of what is held back run on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from engine.road import Place
from engine.state.steps import BAD_ANSWERS, StepState
from engine.text import Text

if TYPE_CHECKING:
    from engine.state.runs import RunState


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Everybody is out."""

    step: str
    """The step that got them out."""
    since: datetime
    hold: str
    """The hold that lets them in again."""
    cause: Text
    """What called them out: the watch, else the step itself."""


def withdrawal(state: RunState) -> Withdrawal | None:
    """Since when and why everybody is out; None when they are not. Of several the first that began."""
    return min(withdrawals(state), key=lambda one: one.since, default=None)


def held_back(state: RunState, step_id: str) -> Withdrawal | None:
    """Why a step that could be done now is not to be: it is inside, and everybody is out."""
    one = state.steps[step_id]
    if not one.step.inside or not (state.place(step_id) is Place.OPEN or state.is_put_off(step_id)):
        return None
    return withdrawal(state)


def withdrawals(state: RunState) -> Iterator[Withdrawal]:
    """Every reason why everybody is out."""
    for name, hold in state.graph.withdrawals:
        one = state.steps[name]
        since = _called(state, one)
        if since is not None and not _let_in(state, state.steps[hold], since):
            yield Withdrawal(name, since, hold, _cause(state, name))


def _called(state: RunState, one: StepState) -> datetime | None:
    """Since when a step calls everybody out; None when it does not.

    Shut again, because what stands before it is in doubt, it still does; off the road it does not: the hold that
    lets in is off it too, and whatever stands on the new road has a withdrawal of its own where it needs one.
    """
    if one.passed or state.place(one.step.id) is Place.OFF:
        return None
    return one.opened_at or one.shut


def _let_in(state: RunState, hold: StepState, since: datetime) -> bool:
    """Whether the hold was signed, or passed by decision, after everybody was called out."""
    settled = state.place(hold.step.id) is Place.SETTLED and hold.answer not in BAD_ANSWERS
    return settled and hold.last is not None and hold.last.at >= since


def _cause(state: RunState, name: str) -> Text:
    watches = (edge.earlier for edge in state.graph.into[name] if edge.earlier in state.graph.watches)
    watch = next(watches, None)
    return state.graph.steps[name].text if watch is None else state.graph.watches[watch].title
