"""In which intervals of a promise the customers heard from us: whole numbers from 1, each once, in order.

Kept as they come, so that looking how the promise stands is as quick late in a run as early in it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta


def add_word(numbers: list[int], start: datetime, every: timedelta, at: datetime) -> None:
    """Count a word of `at`; one on the mark is in time, one before the start is none of this promise's."""
    if at <= start:
        return
    number = -((start - at) // every)
    place = bisect_left(numbers, number)
    if place == len(numbers) or numbers[place] != number:
        numbers.insert(place, number)


def heard_by(numbers: list[int], last: int) -> int:
    """In how many of the intervals up to `last` there was a word."""
    return bisect_right(numbers, last)


def first_of_streak(numbers: list[int], last: int) -> int:
    """Where the unbroken row of words begins that ends at `last`; `last` + 1 when it is empty."""
    place = bisect_left(numbers, last)
    if place == len(numbers) or numbers[place] != last:
        return last + 1
    # In an unbroken row the number and its place grow alike.
    return numbers[bisect_left(range(place + 1), last - place, key=lambda one: numbers[one] - one)]


def end_of_streak(numbers: list[int], first: int) -> int:
    """Where the unbroken row of words ends that begins at `first`; `first` - 1 when it is empty."""
    place = bisect_left(numbers, first)
    if place == len(numbers) or numbers[place] != first:
        return first - 1
    after = bisect_right(range(len(numbers)), first - place, lo=place, key=lambda one: numbers[one] - one)
    return numbers[after - 1]
