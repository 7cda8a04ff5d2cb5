"""Since when something has been in sight: an Enter on its way when a step or an alarm came was not meant for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from math import inf

FRESH_S = 1.0
"""Seconds. So long it takes to see that something else stands there; line mode waits as long."""


class InSight:
    """What Enter stood for when it was last shown, and every alarm that was."""

    def __init__(self) -> None:
        self._act: Hashable = None
        self._alarms: frozenset[str] = frozenset()
        self._since = -inf

    def shows(self, act: Hashable, now: float) -> None:
        """What Enter does stands there, at a moment in seconds that only go forward."""
        if act != self._act:
            self._act, self._since = act, now

    def alarms(self, names: Iterable[str], now: float) -> None:
        """These alarms stand there; one that went and comes back is a new one."""
        standing = frozenset(names)
        if standing - self._alarms:
            self._since = now
        self._alarms = standing

    def is_fresh(self, now: float) -> bool:
        """Whether nobody can have read it yet."""
        return now - self._since < FRESH_S
