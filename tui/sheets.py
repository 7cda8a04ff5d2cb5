"""Keeps the status sheet of every run that is walked here: after each act, and once a minute."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.desk import Desk
from engine.errors import MusterError
from engine.events import Entry, WarningShown
from engine.report.sheet import ACTS_SHOWN, status_sheet
from engine.report.shelf import put, sheet_path
from tui.locale import say
from tui.logbook import Teller, Titles, titles_of

EVERY_S = 60.0
"""A sheet is written anew at least so often; it is believed for two minutes."""

KeepSheet = Callable[[Desk, str], MusterError | None]
"""Called with a run and a language whenever something may have happened; what went wrong, if anything did."""


def sheet_keeper(store: Path, tick: Callable[[], float] = time.monotonic) -> KeepSheet:
    """Keeps sheets beside that record. What cannot be written is handed back to be said, never raised.

    It is called in the thread that writes the record, so that it never sees half an act.
    """
    kept: dict[str, _Kept] = {}

    def keep(desk: Desk, language: str) -> MusterError | None:
        one = kept.setdefault(desk.run_id, _Kept())
        if one.is_fresh(desk, language, tick()):
            return one.trouble
        one.written = (desk.state.last, language, tick())
        text = status_sheet(desk.state, desk.now(), language, desk.actor, one.acts(desk, language))
        if desk.state.kind == "D":
            text = "".join(
                f"{say('drill-word', language)}  {line}" for line in text.splitlines(keepends=True)
            )
        try:
            put(sheet_path(store, desk.run_id), text)
            one.trouble = None
        except MusterError as trouble:
            one.trouble = trouble
        return one.trouble

    return keep


@dataclass(slots=True)
class _Kept:
    """What is known of the sheet of one run."""

    written: tuple[Entry | None, str, float] | None = None
    """The last entry on it, its language, and when it was tried."""
    trouble: MusterError | None = None
    _last: deque[Entry] = field(default_factory=lambda: deque(maxlen=ACTS_SHOWN))
    _read_to: int = 0
    _titles: Titles | None = None

    def is_fresh(self, desk: Desk, language: str, now: float) -> bool:
        if self.written is None:
            return False
        last, spoken, at = self.written
        return last is desk.state.last and spoken == language and now - at < EVERY_S

    def acts(self, desk: Desk, language: str) -> list[str]:
        """The last entries in the words of the log; only those are read that came since the last time."""
        for entry in desk.record.entries(desk.run_id, self._read_to):
            self._read_to = max(self._read_to, entry.pos)
            if not isinstance(entry.event, WarningShown):  # it comes with the act behind it
                self._last.append(entry)
        if self._titles is None:
            self._titles = titles_of(desk.state.graph.to_bytes(), desk.state.room)
        teller = Teller(self._titles, language)
        return [teller.line(entry) for entry in self._last]
