"""What time it is in a run: the wall, or in a drill the exercise clock, worked out from its settings.

Whole milliseconds; the monotonic clock of the machine counts between two settings, so a wall clock that
jumps moves nothing. Only on another machine, or after a restart, the wall has to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.events import whole_ms
from engine.state import RunState, Setting

DRILL = "D"
"""The letter of the runs whose clock is set."""

FROZEN = 0
WORLD = 1000
"""The rate of the world's own speed."""


@dataclass(frozen=True, slots=True)
class Instant:
    """What the clocks of this machine say at one instant."""

    wall: datetime
    mono: tuple[str, int]
    """Boot id, and nanoseconds since that boot."""


def run_now(state: RunState, instant: Instant) -> datetime:
    """The run's time. Before a drill's clock is set for the first time it stands at the opening.

    A run that a drill has opened goes by the drill's clock, which its desk is given for a wall.
    """
    if state.kind != DRILL or state.opened_at is None or state.parent is not None:
        return whole_ms(instant.wall)
    setting = in_force(state)
    if setting is None:
        return state.opened_at
    if setting.by_hand:
        return whole_ms(instant.wall)
    return state.opened_at + setting.exercise + _since(setting, instant)


def in_force(state: RunState) -> Setting | None:
    """The setting that holds: of two that did not know of each other a freeze, and of those the earlier."""
    heads = [said.value for said in state.clock]
    return min(heads, key=lambda one: (one.rate != FROZEN, one.exercise), default=None)


def is_frozen(state: RunState) -> bool:
    """Whether a drill's clock stands still; a drill not yet begun is not frozen but waiting."""
    setting = in_force(state)
    return setting is not None and setting.rate == FROZEN and not setting.by_hand


def _since(setting: Setting, instant: Instant) -> timedelta:
    boot, nanoseconds = setting.mono
    if boot == instant.mono[0]:
        went_by_ms = max(0, instant.mono[1] - nanoseconds) // 1_000_000
    else:
        went_by_ms = max(timedelta(), instant.wall - setting.wall) // timedelta(milliseconds=1)
    return timedelta(milliseconds=went_by_ms * setting.rate // WORLD)


def frozen_for(settings: Iterable[Setting], until: Setting | None = None) -> timedelta:
    """How long a drill's clock stood still on the wall, from its first start to `until` (its last setting)."""
    listed = list(settings)
    total, running = timedelta(), False
    for one, after in zip(listed, [*listed[1:], until][: len(listed)], strict=True):
        running = running or one.rate > FROZEN
        if running and one.rate == FROZEN and after is not None:
            total += max(timedelta(), after.wall - one.wall)
    return total
