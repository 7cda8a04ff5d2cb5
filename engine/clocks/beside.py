"""What presses in a run while another of the same incident stands in front of somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from engine.clocks.alarms import Alarm, alarms
from engine.clocks.overdue import Overdue, overdue
from engine.state import RunState

GRAVEST = 3
"""The rank of an alarm that calls for an act now."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What presses in another run of the incident, which goes on while this one stands in front."""

    run: str
    state: RunState
    late: tuple[Overdue, ...]
    """What is overdue there, the longest first."""
    alarms: tuple[Alarm, ...]
    """The gravest alarms that stand there, the newest first; not that it called for the run in front."""


def beside(other: RunState, line: Collection[str], now: datetime) -> Beside:
    """What presses in a run; that a watch of it called for a run of `line` is no news there."""
    called = (child for child in other.children.values() if child.run in line and child.watch)
    calls = tuple(f"watch:{child.watch}:" for child in called)
    grave = (one for one in alarms(other, now) if one.rank == GRAVEST)
    news = (one for one in grave if not one.name.startswith(calls))
    return Beside(other.run_id, other, tuple(overdue(other, now)), tuple(news))
