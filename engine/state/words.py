"""When the customers heard from us: the words of a promise in the order of their times.

Kept with what was missed before each of them, so that looking how the promise stands is as quick late in
a run as early in it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(slots=True)
class Words:
    """The words of a promise that wants one within every `every` of the one before, the first from `start`."""

    start: datetime
    every: timedelta
    at: list[datetime] = field(default_factory=list)
    _missed: list[int] = field(default_factory=list)
    """Beside each word how many had been missed before it came."""
    _missed_at: list[datetime | None] = field(default_factory=list)
    """Beside each word when the last of these was due."""

    def add(self, at: datetime) -> None:
        """Count a word of `at`; one before the start is none of this promise's.

        What is said with an earlier time than the last is put where it belongs, and what follows is counted anew.
        """
        if at <= self.start:
            return
        place = bisect_left(self.at, at)
        self.at.insert(place, at)
        del self._missed[place:], self._missed_at[place:]
        for number in range(place, len(self.at)):
            self._missed.append(self.missed_before(self.at[number], number))
            self._missed_at.append(self.missed_at(self.at[number], number))

    def missed_before(self, end: datetime, number: int | None = None) -> int:
        """How many words were due before `end` and did not come; one that is due just then can still come.

        `number` is how many words to count by; without it those up to `end`.
        """
        count = bisect_left(self.at, end) if number is None else number
        known = self._missed[count - 1] if count else 0
        return known + self._lacking(count, end)

    def missed_at(self, end: datetime, number: int | None = None) -> datetime | None:
        """When the last of the words that were missed before `end` was due; None when none was."""
        count = bisect_left(self.at, end) if number is None else number
        lacking = self._lacking(count, end)
        if lacking:
            return self._last(count) + lacking * self.every
        return self._missed_at[count - 1] if count else None

    def next_due_at(self, now: datetime) -> datetime:
        """When the next word is due, by the last that has come and what was missed since."""
        count = len(self.at)
        return self._last(count) + (self._lacking(count, now) + 1) * self.every

    def _last(self, count: int) -> datetime:
        return self.at[count - 1] if count else self.start

    def _lacking(self, count: int, end: datetime) -> int:
        """How many moments at which a word was due lie between the `count`-th word and `end`."""
        return max(-((self._last(count) - end) // self.every) - 1, 0)
