"""The drills of a plan book under `muster lint`: each is read, then played by the best crew and by an idle one.

Only here do the rules of the plan and those of scenarios meet: `engine` knows nothing of drills.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from engine.desk import Opening, opening_of
from engine.errors import Fault, Refused
from engine.plan import Book, Place
from engine.text import LANGUAGES, clean
from tui.locale import say

if TYPE_CHECKING:
    from drill.scenario.values import Scenario

QUIET_SECONDS = 1.0
"""How long it may take before somebody is told what is going on."""


@dataclass
class Trials:
    """The scenarios of one plan book, looked at one after the other."""

    book: Book | None
    """None: what is wrong with it is told elsewhere, and its drills can only be read."""
    plays: bool
    """Whether they are played, which takes seconds; else only read."""
    language: str
    faults: list[Fault] = field(default_factory=list)
    answers: dict[str, set[str]] = field(default_factory=dict)
    """By runbook: the answers that the best crew gave in some drill."""
    _openings: dict[tuple[str, str | None], Opening] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    def look(self, paths: Iterable[Path]) -> None:
        """Read each scenario, and play it when nothing is wrong with it."""
        from drill.book.reading import read_scenario

        languages = LANGUAGES if self.book is None else self.book.site.languages
        for path in paths:
            try:
                data = path.read_bytes()
            except OSError as error:
                self.faults.append(_unreadable(path, error))
                continue
            scenario, faults = read_scenario(data, str(path), book=self.book, languages=languages)
            self.faults += faults
            if scenario is not None and self.book is not None and self.plays and not faults:
                self._say_what(path.stem)
                self._play(scenario, self.book)

    def _play(self, scenario: Scenario, book: Book) -> None:
        from drill.trial import stage_of, tried

        key = (scenario.runbook, scenario.room)
        try:
            opening = self._openings.get(key) or opening_of(book, scenario.runbook, room=scenario.room)
        except Refused:
            return  # what is wrong with that runbook is told at the runbook
        self._openings[key] = opening
        found = tried(scenario, stage_of(opening))
        self.faults += found.faults
        self.answers.setdefault(scenario.runbook, set())
        for name in found.answers:
            below, slash, answer = name.rpartition("/")
            self.answers.setdefault(below if slash else scenario.runbook, set()).add(answer)

    def _say_what(self, name: str) -> None:
        if time.monotonic() - self._began > QUIET_SECONDS:
            print(say("lint-plays", self.language, drill=clean(name)), file=sys.stderr, flush=True)


def _unreadable(path: Path, error: OSError) -> Fault:
    return Fault("file-unreadable", Place(str(path), 1, 1), (("why", error.strerror or str(error)),))
