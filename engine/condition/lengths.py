"""Lengths of time: as a plan writes them, as a sentence says them, as a clock shows them."""

from __future__ import annotations

import re
from datetime import timedelta

from engine.condition.tree import ConditionFault

LONGEST_DURATION = timedelta(days=3650)


_DURATION_FORM = re.compile(
    r"(?:(?P<days>[0-9]+)d)?(?:(?P<hours>[0-9]+)h)?(?:(?P<minutes>[0-9]+)m)?(?:(?P<seconds>[0-9]+)s)?"
)
_SECOND = timedelta(seconds=1)


def parse_duration(text: str) -> timedelta:
    """``90s``, ``15m``, ``1h30m``, ``2d``; at most 3650 days; nothing at all is ``0s``.

    Raises ConditionFault, whose offset is 0.
    """
    return duration_at(text, 0)


def duration_at(text: str, offset: int) -> timedelta:
    match = _DURATION_FORM.fullmatch(text)
    if not text or match is None:
        raise ConditionFault("not-a-duration", offset, found=text)
    parts = match.groupdict("0")
    if max(map(len, parts.values())) > 9:  # more than any limit allows, and int() refuses very many
        raise ConditionFault("duration-long", offset, found=text, most=LONGEST_DURATION.days)
    length = timedelta(**{unit: int(number) for unit, number in parts.items()})
    if length > LONGEST_DURATION:
        raise ConditionFault("duration-long", offset, found=text, most=LONGEST_DURATION.days)
    if not length and text != "0s":
        raise ConditionFault("duration-zero", offset, found=text)
    return length


def say_duration(length: timedelta) -> str:
    """``1h30m``, as a plan would write it; parts of a second are dropped, a minus is kept."""
    whole = abs(length) // _SECOND
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    said = "".join(f"{n}{unit}" for n, unit in zip((days, hours, minutes, seconds), "dhms", strict=True) if n)
    return _sign(length, whole) + (said or "0s")


def say_length(length: timedelta, language: str) -> str:
    """``1 小时 30 分钟`` or ``1 h 30 min``, as a sentence says it; parts of a second are dropped.

    Below two of the larger unit a whole number of the smaller one is kept: 90 s, 24 h. One exact hour or
    minute is said as such.
    """
    whole = abs(length) // _SECOND
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days == 1:
        days, hours = 0, hours + 24
    if not (days or hours) and minutes == 1 and seconds:
        minutes, seconds = 0, seconds + 60
    amounts = zip((days, hours, minutes, seconds), _UNITS_SAID[language], strict=True)
    said = " ".join(f"{amount} {unit}" for amount, unit in amounts if amount)
    return _sign(length, whole) + (said or f"0 {_UNITS_SAID[language][-1]}")


_UNITS_SAID = {"zh": ("天", "小时", "分钟", "秒"), "en": ("days", "h", "min", "s")}
"""Never one day: that is said as 24 hours, which leaves no doubt when it is over."""


def say_clock(length: timedelta) -> str:
    """``00:08:18`` or ``-00:01:00``; as many hours as there are; parts of a second are dropped."""
    whole = abs(length) // _SECOND
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{_sign(length, whole)}{hours:02}:{minutes:02}:{seconds:02}"


def _sign(length: timedelta, whole: int) -> str:
    return "-" if whole and length < timedelta(0) else ""
