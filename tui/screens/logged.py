"""The newest entries of a run in words, as they stand beside the map; the words of a plan are read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.desk import Desk
from engine.events import Entry
from tui.logbook import Teller, with_ids
from tui.view import Looking, last_act

if TYPE_CHECKING:
    from tui.session import Session

LOG_KEPT = 60
"""So many entries a screen remembers."""


class LastAct:
    """What was done last in a run since it stands in front here."""

    def __init__(self, desk: Desk) -> None:
        last = desk.state.last
        self._from = 0 if last is None else last.pos
        self.entry: Entry | None = None
        """None: what was told on sitting down still holds."""

    def took(self, came: Sequence[Entry]) -> None:
        """Entries that came; the first look brings those that were there already."""
        self.entry = last_act([one for one in came if one.pos > self._from]) or self.entry


class ToldLog:
    """Says the entries of the run in front; the teller is made anew with its plan or its language."""

    def __init__(self) -> None:
        self._known: tuple[object, str, Teller] | None = None

    def lines(self, session: Session, desk: Desk, look: Looking, log: Sequence[Entry]) -> list[str]:
        """When, who, what; the oldest first."""
        teller = self._teller(session, desk, look)
        said = [
            f"{look.clock(one.at)[-8:]} {teller.name(one.by)}  {teller.sentence(one)}"
            for one in log[-LOG_KEPT:]
        ]
        return [with_ids(line, desk.state.people) for line in said] if session.ascii_only else said

    def line(self, session: Session, desk: Desk, look: Looking, entry: Entry) -> str:
        """One entry as whoever comes back reads it."""
        said = self._teller(session, desk, look).line(entry)
        return with_ids(said, desk.state.people) if session.ascii_only else said

    def _teller(self, session: Session, desk: Desk, look: Looking) -> Teller:
        graph, language = desk.state.graph, look.language
        if self._known is None or self._known[0] is not graph or self._known[1] != language:
            self._known = graph, language, Teller(session.titles_of(desk), language)
        return self._known[2]
