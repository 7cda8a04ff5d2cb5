"""What the other runs of the incident say here: who they have called out of this room, and what presses in them.

Whom a run has called out works there in none of them: a danger is of a room and not of a run. What a run beside
says is folded from its own record, so nothing is written for it anywhere: a withdrawal that ends there ends here,
and a record is replayed as if there were none. A run that the withdrawal itself called for (the fire that the smoke
opened, the procedure on the way to the hold that lets in) goes on: it deals with that danger, by withdrawals and
permits of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.clocks import Beside, beside
from engine.desk.others import Others
from engine.errors import Refused
from engine.events import Event
from engine.graph.withdrawn import called_for
from engine.rules.inside import out_since, work_inside
from engine.state import RunState, Withdrawal, withdrawals
from engine.text import Text


@dataclass(frozen=True, slots=True)
class CalledOut:
    """Another run has everybody out of this room."""

    run: str
    withdrawal: Withdrawal
    hold: Text
    """The words of the hold of that run that lets people in again."""


class Elsewhere:
    """What the other runs of one incident say in one of them. It reads records and changes none."""

    def __init__(self, others: Others) -> None:
        self._others = others

    def pressing(self, state: RunState, now: datetime) -> tuple[Beside, ...]:
        """The other runs of the incident in which something is overdue or an alarm stands; the first opened first."""
        if state.parent is None and not state.children:
            return ()
        line = self._others.line(state)
        found = (beside(other, line, now) for other in self._others.of_the_incident(state))
        return tuple(one for one in found if one.late or one.alarms)

    def called_out(self, state: RunState) -> CalledOut | None:
        """Which other run has everybody out of the room of this one; of several the first that began."""
        return min(self._withdrawals(state), key=lambda one: one.withdrawal.since, default=None)

    def nobody_is_called_out(self, state: RunState, events: Iterable[Event], at: datetime) -> None:
        """Refuse to work in a room out of which another run has called everybody; what was done before may be said."""
        inside = [one for event in events if (one := work_inside(state, event)) is not None]
        found = self.called_out(state) if inside else None
        if found is not None and at >= found.withdrawal.since:
            facts = out_since(state, found.withdrawal)
            raise Refused("out-elsewhere", **facts, run=found.run, step=inside[0].step.text, hold=found.hold)

    def _withdrawals(self, state: RunState) -> Iterator[CalledOut]:
        line = self._others.line(state)
        for other in self._others.of_the_incident(state):
            if other.room == state.room:
                yield from _of(other, line)


def _of(other: RunState, line: set[str]) -> Iterator[CalledOut]:
    """The withdrawals of another run, but those that called for this run or for one above it."""
    for one in withdrawals(other):
        reasons = called_for(other.graph, one.step)
        ours = (child for child in other.children.values() if child.run in line)
        if not any({child.step, child.watch} & reasons for child in ours):
            yield CalledOut(other.run_id, one, other.graph.steps[one.hold].text)
