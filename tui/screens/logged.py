"""The newest entries of a run in words, as they stand beside the map; the words of a plan are read once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.desk import Desk
from engine.events import Entry
from tui.logbook import Teller, with_ids
from tui.view import Looking

if TYPE_CHECKING:
    from tui.session import Session

LOG_KEPT = 60
"""So many entries a screen remembers."""


class ToldLog:
    """Says the entries of the run in front; the teller is made anew with its plan or its language."""

    def __init__(self) -> None:
        self._known: tuple[object, str, Teller] | None = None

    def lines(self, session: Session, desk: Desk, look: Looking, log: Sequence[Entry]) -> list[str]:
        """When, who, what; the oldest first."""
        graph, language = desk.state.graph, look.language
        if self._known is None or self._known[0] is not graph or self._known[1] != language:
            self._known = graph, language, Teller(session.titles_of(desk), language)
        teller = self._known[2]
        said = [
            f"{look.clock(one.at)[-8:]} {teller.name(one.by)}  {teller.sentence(one)}"
            for one in log[-LOG_KEPT:]
        ]
        return [with_ids(line, desk.state.people) for line in said] if session.ascii_only else said
