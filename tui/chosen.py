"""Which step somebody has put in front of them before they have done anything to it: a small file beside the record.

To go to a step is no act and never stands in the record; but whoever is killed there finds themselves there again.
Disposable: without it one stands where the record says (`view.standing`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from engine.events import Entry, moment_of, stamp
from tui import view
from tui.presence import FOLDER
from tui.view import Looking

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]")
_OF_RUN = re.compile(r"([A-Z]-[0-9]{8}-[A-Z0-9]{4})-.*\.step")


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that somebody has chosen, as the record stood then."""

    step: str
    lam: int
    """What stood in the record: later entries have a higher number."""
    at: datetime = field(compare=False)
    """The clock of the run."""


class Chosen:
    """The choices of everybody who walks a run beside one record."""

    def __init__(self, store: Path | None) -> None:
        """`store` None: a record in memory, beside which nothing can lie."""
        self._folder = None if store is None else store.absolute().parent / FOLDER
        self._kept: dict[tuple[str, str], Choice | None] = {}

    @classmethod
    def beside(cls, name: str) -> Chosen:
        """Beside the record of this name, as a store says it."""
        file = Path(name)
        return cls(file if file.exists() else None)

    def _file(self, folder: Path, run: str, person: str) -> Path:
        return folder / f"{_NOT_IN_A_NAME.sub('_', f'{run}-{person}')}.step"

    def keep(self, run: str, person: str, choice: Choice | None) -> None:
        """What is in front of somebody from now on; None: the step of the plan, which nobody has chosen."""
        known = (run, person) in self._kept
        if self._folder is None or (known and self._kept[run, person] == choice):
            return
        self._kept[run, person] = choice
        file = self._file(self._folder, run, person)
        # A courtesy: where it cannot be written the run goes on without it.
        with suppress(OSError):
            if choice is None:
                file.unlink(missing_ok=True)
                return
            self._folder.mkdir(exist_ok=True)
            said = {"step": choice.step, "lam": choice.lam, "at": stamp(choice.at)}
            beside = file.with_name(f".{file.name}")
            beside.write_text(json.dumps(said), encoding="utf-8")
            beside.replace(file)

    def of(self, run: str, person: str) -> Choice | None:
        """What somebody had chosen last; None where there is nothing, or nothing that can be read."""
        if self._folder is None:
            return None
        try:
            said = json.loads(self._file(self._folder, run, person).read_text("utf-8"))
            return Choice(str(said["step"]), int(said["lam"]), moment_of(str(said["at"])))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def runs(self) -> set[str]:
        """The runs of which a choice is kept here, whosever it is."""
        return {run for _, run in self._files()}

    def forget(self, runs: Collection[str]) -> None:
        """Nobody stands on a step of these runs any more: they have ended."""
        for file, run in self._files():
            if run in runs:
                with suppress(OSError):
                    file.unlink(missing_ok=True)
        self._kept = {key: choice for key, choice in self._kept.items() if key[0] not in runs}

    def _files(self) -> list[tuple[Path, str]]:
        """Every choice that is kept here, with its run."""
        found: list[tuple[Path, str]] = []
        if self._folder is not None:
            with suppress(OSError):
                named = ((file, _OF_RUN.fullmatch(file.name)) for file in self._folder.iterdir())
                found = [(file, of_run[1]) for file, of_run in named if of_run is not None]
        return found


def where(look: Looking, entries: Sequence[Entry], chosen: Chosen) -> str | None:
    """The step where somebody stands in a run: the one they had gone to while that holds, else by the record."""
    found = view.standing(look, entries)
    choice = chosen.of(look.state.run_id, look.person)
    return choice.step if choice is not None and still_holds(choice, look, entries, found) else found


def still_holds(choice: Choice, look: Looking, entries: Sequence[Entry], standing: str | None) -> bool:
    """Whether that is still where the person would be: they did nothing to a step since, and no watch calls them.

    `standing` is where the record alone says they stand.
    """
    state = look.state
    if choice.step not in (*state.open_steps(), *state.come_back()):
        return False
    if standing is not None and view.watches_before(state.graph, standing):
        opened = state.steps[standing].opened_at
        if opened is not None and opened > choice.at:
            return False
    since = (one for one in entries if one.lam > choice.lam and look.person in (one.actor, one.by))
    return not any(getattr(one.event, "step", None) in state.steps for one in since)
