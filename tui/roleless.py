"""Which acts were done by somebody who held none of the step's roles at that moment: from the record alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.events import (
    AnswerGiven,
    Entry,
    HandoverSigned,
    PersonLeft,
    RoleTaken,
    StepDone,
    StepStarted,
    Told,
)
from tui.logbook import CLOCK

COMMAND = "IC"
"""The role that one person holds at a time; as in `engine.state`, which a log need not load."""

ACTS = (StepStarted, StepDone, AnswerGiven, Told)
"""What somebody of the step's role does; who fails, skips or calls need not hold it."""


class Holders:
    """Who holds which role, as the entries of a run come by in their order."""

    def __init__(self, roles_of: Mapping[str, Sequence[str]]) -> None:
        """`roles_of`: the roles of each step of the plan."""
        self._roles_of = roles_of
        self._held: dict[str, set[str]] = {}

    def lacks(self, entry: Entry) -> bool:
        """Take in an entry; whether whoever acted by it held none of the roles of its step."""
        event = entry.event
        if isinstance(event, RoleTaken):
            self._takes(event.role, event.person)
        elif isinstance(event, HandoverSigned):
            self._held.setdefault(event.role, set()).discard(event.giver)
            self._takes(event.role, event.person)
        elif isinstance(event, PersonLeft):
            for people in self._held.values():
                people.discard(event.person)
        elif isinstance(event, ACTS) and entry.by != CLOCK:
            roles = self._roles_of.get(event.step or "", ())
            return bool(roles) and not any(entry.by in self._held.get(role, ()) for role in roles)
        return False

    def _takes(self, role: str, person: str) -> None:
        held = self._held.setdefault(role, set())
        if role == COMMAND:
            held.clear()
        held.add(person)
