"""Which reading was put in the place of which: somebody typed 35, went back and typed 3. From the record alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from engine.events import (
    AnswerGiven,
    Entry,
    ReadingTaken,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
)

PASSES = (StepDone, AnswerGiven, StepOverridden, StepReopened, StepFailed, StepSkipped)
"""Where the visit of a step ends; what is read there next is a reading of its own."""


class Corrections:
    """What was read in the present visit of each step, as the entries of a run come by in their order."""

    def __init__(self, read_once: Collection[str]) -> None:
        """`read_once`: the steps that ask for a value once a visit; a wait or a hold measures anew."""
        self._read_once = frozenset(read_once)
        self._read: dict[tuple[str, str], Entry] = {}

    def replaced(self, entry: Entry) -> Entry | None:
        """Take in an entry; the entry whose value it corrects, None where it corrects nothing."""
        event = entry.event
        if isinstance(event, PASSES):
            reopened = event.reopens if isinstance(event, AnswerGiven) else ()
            over = {event.step, *reopened}
            self._read = {key: one for key, one in self._read.items() if key[0] not in over}
        if not isinstance(event, ReadingTaken) or event.second or event.step not in self._read_once:
            return None
        key = (event.step, event.reading)
        before, self._read[key] = self._read.get(key), entry
        return before


def corrections(entries: Iterable[Entry], read_once: Collection[str]) -> dict[str, Entry]:
    """By the hash of an entry the one whose value it corrects, over a whole record in its order."""
    known = Corrections(read_once)
    return {entry.hash: found for entry in entries if (found := known.replaced(entry)) is not None}
