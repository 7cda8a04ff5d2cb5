"""Where one person put down both names of a decision for two, at one device: from the record alone.

That is allowed, because nobody at a wet door waits for a login; the voices stay unconfirmed. But whoever
reads of two people later must see that one pair of hands wrote both.
"""

from __future__ import annotations

from engine.events import (
    AnswerGiven,
    Entry,
    HandoverSigned,
    SignedOff,
    StepDone,
    StepOverridden,
    StepReopened,
)
from tui.logbook import CLOCK

PASSES = (StepDone, AnswerGiven, StepOverridden)
"""What a decision for two lets pass; the names under it are then spent."""


class OneHand:
    """Whose voices were written down where, as the entries of a run come by in their order."""

    def __init__(self) -> None:
        self._heard: dict[str, set[tuple[str, str, str]]] = {}
        """By step: the journal, who typed there, and whom they put down."""

    def wrote_both(self, entry: Entry) -> bool:
        """Take in an entry; whether with it a second absent name stands there that the same person typed."""
        event = entry.event
        if isinstance(event, HandoverSigned):
            here = entry.actor in (event.giver, event.person)
            return not here and event.giver_strength == event.strength == "voice"
        if isinstance(event, SignedOff):
            voice = event.strength == "voice" and event.confirms is None
            return voice and self._is_second(entry, event.step, event.person)
        if isinstance(event, StepReopened):
            self._heard.pop(event.step, None)
        elif isinstance(event, PASSES):
            return self._passes(entry, event)
        return False

    def _passes(self, entry: Entry, event: StepDone | AnswerGiven | StepOverridden) -> bool:
        """A step is done in somebody else's name; the name that stands beside it may be typed as well."""
        typed_for = entry.by not in (entry.actor, CLOCK) and event.basis != "second-person"
        both = typed_for and event.step in self._heard and self._is_second(entry, event.step, entry.by)
        reopened = event.reopens if isinstance(event, AnswerGiven) else ()
        for step in (event.step, *reopened):
            self._heard.pop(step, None)
        return both

    def _is_second(self, entry: Entry, step: str, person: str) -> bool:
        """Whether that name is another one than those the same person has put down here for this step."""
        if person == entry.actor:
            return False
        heard = self._heard.setdefault(step, set())
        heard.add((entry.journal, entry.actor, person))
        return (
            len({name for journal, actor, name in heard if (journal, actor) == (entry.journal, entry.actor)})
            > 1
        )
