"""Chance that anybody can check: a draw is SHA-256 of the seed and a label, and of nothing else.

So adding an inject changes no other draw, and the same seed gives the same drill on every machine.
"""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256

_PARTS = 2**64


def draw(seed: str, label: str, number: int = 1) -> str:
    """16 hex digits for the `number`-th draw of `label`."""
    return sha256(f"{seed}|{label}|{number}".encode()).hexdigest()[:16]


def falls_in(drawn: str, percent: Decimal) -> bool:
    """Whether a draw lies in the first `percent` of all; exact, in whole numbers."""
    return Decimal(int(drawn, 16)) * 100 < percent * _PARTS


def between(seed: str, label: str, least: int, most: int, number: int = 1) -> int:
    """A whole number from `least` to `most`, both included; each as likely as the others to 1 in 2**40."""
    return least + int(draw(seed, label, number), 16) * (most - least + 1) // _PARTS
