"""Who said what, and who had seen it: the causal links of the record as far as a run needs them."""

from __future__ import annotations

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from engine.events import Entry

V = TypeVar("V")

Seen = dict[int, int]
"""How far along each strand somebody had read."""


class Said(NamedTuple, Generic[V]):
    """A value somebody stated, and where in the record. A tuple, because every entry makes several."""

    value: V
    hash: str
    strand: int
    jseq: int
    at: datetime
    recorded_at: datetime
    by: str
    """Who did it."""
    actor: str
    """Who typed it."""
    basis: str


def has_seen(seen: Seen, said: Said[V]) -> bool:
    """Whether an author who had read that far knew of it."""
    return seen.get(said.strand, 0) >= said.jseq


def heard(heads: tuple[Said[V], ...], new: Said[V], seen: Seen) -> tuple[Said[V], ...]:
    """The heads after `new`: what its author had seen is superseded, the rest stands beside it."""
    if len(heads) == 1 and has_seen(seen, heads[0]):
        return (new,)
    return (*unseen(heads, seen), new)


def unseen(heads: tuple[Said[V], ...], seen: Seen) -> tuple[Said[V], ...]:
    """What an author who had read that far did not know of."""
    return tuple(one for one in heads if not has_seen(seen, one)) if heads else ()


class Causes:
    """Who had seen what: for each entry, how far along each device's strand its author had read.

    A strand is one device's entries of this run in order; a copied device that went on makes a second.
    """

    def __init__(self) -> None:
        self._seen: dict[str, Seen] = {}
        self._strands: list[tuple[str, int]] = []
        """Journal and last jseq of each strand."""
        self._of_journal: dict[str, list[int]] = {}

    def place(self, entry: Entry) -> tuple[int, Seen]:
        """The strand of a new entry and everything its author had seen, the entry itself included."""
        seen: Seen = {}
        for parent in (self._seen[one] for one in entry.after if one in self._seen):
            for strand, jseq in parent.items():
                if jseq > seen.get(strand, 0):
                    seen[strand] = jseq
        strand = self._strand_of(entry, seen)
        seen[strand] = entry.jseq
        self._strands[strand] = (entry.journal, entry.jseq)
        self._seen[entry.hash] = seen
        return strand, seen

    def _strand_of(self, entry: Entry, seen: Seen) -> int:
        mine = self._of_journal.setdefault(entry.journal, [])
        for strand in mine:
            if seen.get(strand) == self._strands[strand][1]:
                return strand
        self._strands.append((entry.journal, entry.jseq))
        mine.append(len(self._strands) - 1)
        return mine[-1]
