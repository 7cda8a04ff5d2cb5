"""Somebody was faster: what stands beside whatever they wrote, and whether an act made afresh is still the same."""

from __future__ import annotations

from collections.abc import Sequence

from engine.events import (
    Acknowledged,
    ContactTried,
    Event,
    EvidenceAttached,
    FindingClosed,
    ItemTicked,
    NoteAdded,
    ReadingTaken,
    ReportIssued,
    Told,
    WarningShown,
)

NEVER_CONFLICT = (
    Acknowledged,
    ContactTried,
    EvidenceAttached,
    FindingClosed,
    ItemTicked,
    NoteAdded,
    ReadingTaken,
    ReportIssued,
    Told,
    WarningShown,
)
"""Facts that stand beside whatever others wrote meanwhile."""

NAMED = ("round", "confirms", "reopens", "person", "again")
"""What a person meant by an act: made afresh it must name the same, or it is another act."""


def is_the_same_act(first: Sequence[Event], again: Sequence[Event]) -> bool:
    """Whether events made afresh do what was meant: not the next round, nor the confirmation of another word.

    If not, the first are put forward again, and the rules say what has become of them.
    """
    meant: dict[tuple[type[Event], str | None], list[list[object]]] = {}
    for one in first:
        meant.setdefault((type(one), getattr(one, "step", None)), []).append(_names(one))
    return all(
        _names(one) in meant.get((type(one), getattr(one, "step", None)), [_names(one)]) for one in again
    )


def _names(event: Event) -> list[object]:
    return [getattr(event, name, None) for name in NAMED]
