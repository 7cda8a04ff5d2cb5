"""The journal of a device."""

from __future__ import annotations

from dataclasses import dataclass

from engine.events.base import Event


@dataclass(frozen=True, slots=True)
class JournalOpened(Event):
    """The first entry of a device: its public key (hex), what it calls itself, and its program."""

    key: str
    host: str
    software: str
    before: str | None = None
    """The journal that this device had here before, when that one went back to an older state."""
    vouch: str | None = None
    """By the key of that journal (hex): this one is the same device's."""


@dataclass(frozen=True, slots=True)
class Checkpoint(Event):
    """`journal` had `size` entries and this `head`; `whose` is own or seen."""

    journal: str
    size: int
    head: str
    whose: str = "own"
