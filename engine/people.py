"""Who somebody is, as far as a signature needs it: the PIN.

A PIN is a sign that somebody was there, not proof against the owner of the laptop: whoever owns the
file can try every number. It is kept as scrypt with its own salt; five wrong tries close it for a minute.
A try counts before it is compared, in the transaction that reads how many there were: who tries from
several processes at once has five all the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from engine.errors import Refused
from engine.store import Pin

DIGITS = 6
TRIES = 5
CLOSED_FOR = timedelta(seconds=60)
_SCRYPT = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""About 50 ms on a laptop of today; 16 MB of memory a try."""


class PinBox(Protocol):
    """Where PINs are kept."""

    def change_pin(self, person: str, change: Callable[[Pin], Pin]) -> Pin | None: ...
    def set_pin(self, pin: Pin) -> None: ...


def set_pin(box: PinBox, person: str, pin: str, entropy: Callable[[int], bytes]) -> None:
    """Keep a new PIN for `person`; Refused when it is not six digits or too easy."""
    if len(pin) != DIGITS or not (pin.isascii() and pin.isdecimal()):
        raise Refused("pin-form", digits=DIGITS)
    if len(set(pin)) == 1 or pin in "0123456789" or pin in "9876543210":
        raise Refused("pin-easy")
    salt = entropy(16)
    box.set_pin(Pin(person, salt, _digest(pin, salt)))


def check_pin(box: PinBox, person: str, pin: str | None, now: datetime) -> None:
    """Return when the PIN is that person's; Refused when it is not, is missing, or is closed."""
    kept = box.change_pin(person, lambda found: found if _is_closed(found, now) else _counted(found, now))
    if kept is None:
        raise Refused("pin-none", person=person)
    if kept.locked_until is not None and _is_closed(kept, now):
        raise Refused("pin-closed", seconds=int((kept.locked_until - now).total_seconds()) + 1)
    if pin is None or not hmac.compare_digest(_digest(pin, kept.salt), kept.hash):
        raise Refused("pin-wrong", left=max(TRIES - kept.tries - 1, 0))
    box.change_pin(person, lambda found: replace(found, tries=0, locked_until=None))


def _is_closed(kept: Pin, now: datetime) -> bool:
    return kept.locked_until is not None and now < kept.locked_until


def _counted(kept: Pin, now: datetime) -> Pin:
    """One try more; the last one closes it, until it turns out to be right."""
    tries = kept.tries + 1
    return replace(
        kept,
        tries=0 if tries >= TRIES else tries,
        locked_until=now + CLOSED_FOR if tries >= TRIES else None,
    )


def _digest(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode(), salt=salt, maxmem=64 * 1024 * 1024, **_SCRYPT)
