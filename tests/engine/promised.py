"""Runs that promise something and watch something, for the tests of every clock."""

from __future__ import annotations

from datetime import timedelta

from engine.clocks import PromiseReading, alarms, promises
from engine.plan import Reading, Watch
from tests.engine.build import T0, Device, do, limit, opened, promise, text
from tests.engine.build import promises as kept

HOUR = timedelta(hours=1)


def standing(device: Device, at: timedelta) -> PromiseReading:
    """How the one promise stands so long after the report."""
    (reading,) = promises(device.state, T0 + at)
    return reading


def names(device: Device, kind: str) -> list[str]:
    return [alarm.name for alarm in alarms(device.state, device.now) if alarm.kind == kind]


RESPOND = kept(promise("respond", to="responded dispatched", within="20m"))


def responding() -> Device:
    return opened(do("a", marks="responded"), do("b", marks="dispatched"), do("c"), kept=RESPOND)


INFORM = kept(promise("inform", until="recovered", every="60m", kept_by="told"))


def informing() -> Device:
    return opened(do("a", marks="recovered"), do("b"), kept=INFORM)


X = Reading("x", text("x"), unit="u", fresh=limit("10m").length)


def watching(when: str | None = "x > 32", until: str | None = None) -> Device:
    words = None if when else text("smoke")
    return opened(do("a"), do("b"), watches=[Watch("hot", when, words, until=until)], readings=[X])
