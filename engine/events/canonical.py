"""Canonical bytes and moments of the record."""

from __future__ import annotations

import json
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any

Json = dict[str, Any]


_SAFE_INTEGER = 2**53 - 1


def canonical(value: Json) -> bytes:
    """RFC 8785 restricted to what every writer of JSON agrees on: no floats, ASCII keys, safe integers.

    Raises ValueError for anything outside; nothing is coerced.
    """
    _must_be_plain(value)
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def _must_be_plain(value: Any) -> None:
    # A lone surrogate fails in the encoding to UTF-8 (UnicodeEncodeError is a ValueError).
    if value is None or isinstance(value, (bool, str)):
        return
    if isinstance(value, int):
        if abs(value) > _SAFE_INTEGER:
            raise ValueError(f"{value} is too large to be kept exactly")
    elif isinstance(value, (list, tuple)):
        for one in value:
            _must_be_plain(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise ValueError(f"the key {key!r} is not ASCII")
            _must_be_plain(one)
    else:
        raise ValueError(f"{type(value).__name__} cannot be kept in the record")


def stamp(moment: datetime) -> str:
    """A moment as the record writes it: UTC, whole milliseconds, ``2026-11-22T10:00:29.123Z``."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def moment_of(text: str) -> datetime:
    """The moment of a stamp; ValueError when it is none."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} names no time zone")
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(f"{text} has no local time in some zone")
    return moment


def whole_ms(moment: datetime) -> datetime:
    """The moment in UTC, cut to whole milliseconds, as it will come back from the record."""
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)
