"""Who is at which run just now: a small file beside the record for each terminal, renewed every two seconds.

Disposable, and never part of the record: it says whether the trainer's program is alive, who of the players
is there, and where a clock had come when a program was killed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from engine.events import moment_of, stamp
from tui import machine

FOLDER = "here"
"""Beside the record, as the status sheets are."""

EVERY = timedelta(seconds=2)
ONLINE = timedelta(seconds=10)
"""Whoever was heard so lately is there."""
SILENT = timedelta(seconds=30)
"""A trainer of whom nothing was heard for so long is missed, and the role can be taken."""
FORGOTTEN = timedelta(days=2)

TRAINER, PLAYER = "trainer", "player"

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]")


@dataclass(frozen=True, slots=True)
class Here:
    """A terminal that gave a sign of life."""

    run: str
    place: str
    """trainer or player."""
    person: str
    wall: datetime
    mono: tuple[str, int]
    left: bool = False
    """The person has left; the run goes on."""

    def age(self, now: tuple[datetime, tuple[str, int]]) -> timedelta:
        """How long ago that was; by the clock of the machine, which nobody sets."""
        wall, mono = now
        if mono[0] == self.mono[0]:
            return timedelta(microseconds=max(mono[1] - self.mono[1], 0) // 1000)
        return max(wall - self.wall, timedelta())


def clocks() -> tuple[datetime, tuple[str, int]]:
    """Wall and machine clock of this instant."""
    moment = machine.moment()
    return moment.recorded_at, moment.mono


class Presence:
    """Signs of life beside one record."""

    def __init__(
        self, store: Path | None, clock: Callable[[], tuple[datetime, tuple[str, int]]] = clocks
    ) -> None:
        """`store` None: a record in memory, beside which nothing can lie."""
        self._folder = None if store is None else store.absolute().parent / FOLDER
        self._clock = clock
        self._beaten: dict[tuple[str, str, str], int] = {}

    @classmethod
    def beside(cls, name: str) -> Presence:
        """Beside the record of this name, as a store says it; beside one in memory there is no place."""
        file = Path(name)
        return cls(file if file.exists() else None)

    def beat(self, run: str, place: str, person: str, *, left: bool = False) -> None:
        """Say that somebody is there; at most every two seconds."""
        wall, mono = self._clock()
        key = (run, place, person)
        before = self._beaten.get(key)
        soon = before is not None and mono[1] - before < EVERY / timedelta(microseconds=1) * 1000
        if self._folder is None or (soon and not left):
            return
        self._beaten[key] = mono[1]
        said = {"run": run, "place": place, "person": person, "wall": stamp(wall), "mono": mono, "left": left}
        # A courtesy: where it cannot be written the drill goes on without it.
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            name = _NOT_IN_A_NAME.sub("_", f"{run}-{place}-{person}-{os.getpid()}")
            beside = self._folder / f".{name}"
            beside.write_text(json.dumps(said), encoding="utf-8")
            beside.replace(self._folder / f"{name}.json")

    def here(self, run: str) -> list[Here]:
        """Everybody who gave a sign of life at a run, the latest of each terminal, the newest first."""
        if self._folder is None:
            return []
        name = _NOT_IN_A_NAME.sub("_", run)
        found = [_read(path) for path in self._folder.glob(f"{name}-*.json")]
        now = self._clock()
        return sorted((one for one in found if one is not None), key=lambda one: one.age(now))

    def trainer(self, run: str) -> Here | None:
        """The latest sign of life of whoever led the drill."""
        return next((one for one in self.here(run) if one.place == TRAINER), None)

    def trainer_age(self, run: str) -> timedelta | None:
        """How long the trainer has been silent; None when nobody ever led from this record's folder."""
        found = self.trainer(run)
        return None if found is None else found.age(self._clock())

    def players(self, run: str) -> list[str]:
        """Who of the players is there, each once."""
        now = self._clock()
        there = [
            one for one in self.here(run) if one.place == PLAYER and one.age(now) < ONLINE and not one.left
        ]
        return list(dict.fromkeys(one.person for one in there))

    def age(self, here: Here) -> timedelta:
        return here.age(self._clock())

    def forget(self) -> None:
        """Take away what is long over."""
        if self._folder is None:
            return
        now = self._clock()
        for path in self._folder.glob("*.json"):
            one = _read(path)
            if one is None or one.age(now) > FORGOTTEN:
                with suppress(OSError):
                    path.unlink()


def _read(path: Path) -> Here | None:
    """A sign of life; None where it was taken away, or is none."""
    try:
        said = json.loads(path.read_text("utf-8"))
        boot, nanoseconds = said["mono"]
        return Here(
            str(said["run"]),
            str(said["place"]),
            str(said["person"]),
            moment_of(str(said["wall"])),
            (str(boot), int(nanoseconds)),
            bool(said["left"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
