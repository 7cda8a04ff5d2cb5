"""Is what is read of a run what its devices signed? Asked with every reading of it; no signature is needed.

Of every journal that wrote in the run the whole stretch is read, from the entry before its first one here to
the entry behind its last: so an entry that was changed, moved to another run, put in or taken out shows. What
other runs wrote in between is held too; a run that is read later only needs what came since.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import text

from engine.journal import Row
from engine.journal.report import Finding
from engine.journal.stretch import ERASED, erased_hashes, stretch_faults
from engine.store.prepared import Prepared

# Said as text, which both databases understand: `log` must start quickly, and says these each time.
_SPANS = Prepared(
    lambda: text(
        "SELECT journal, min(jseq), max(jseq), max(pos) FROM events WHERE run = :run AND pos > :since "
        "GROUP BY journal"
    )
)
_STRETCH = Prepared(
    lambda: text(
        """
        SELECT pos, journal, jseq, run, type, at, recorded_at, lam, cmd, header, payload, salt, hash, sig
          FROM events WHERE journal = :journal
           AND jseq >= coalesce((SELECT max(jseq) FROM events WHERE journal = :journal AND jseq < :first), :first)
           AND jseq <= coalesce((SELECT min(jseq) FROM events WHERE journal = :journal AND jseq > :last), :last)
         ORDER BY jseq
        """
    )
)
_ERASED = Prepared(lambda: text("SELECT payload FROM events WHERE journal = :journal AND type = :type"))

Fetch = Callable[[Prepared, dict[str, Any]], list[Any]]


class Held(NamedTuple):
    """What is broken in the entries that were held against their hashes, and how far they were read."""

    faults: tuple[Finding, ...]
    until: int
    """The place of the last of them."""


def held(fetch: Fetch, run: str, since: int) -> Held:
    """The entries of a run behind the place `since`."""
    spans = fetch(_SPANS, {"run": run, "since": since})
    faults = [one for journal, first, last, _ in spans for one in _faults(fetch, journal, first, last)]
    return Held(tuple(faults), max((pos for *_, pos in spans), default=since))


def _faults(fetch: Fetch, journal: str, first: int, last: int) -> tuple[Finding, ...]:
    def erased() -> set[str]:
        found = fetch(_ERASED, {"journal": journal, "type": ERASED})
        return {one for (payload,) in found if payload is not None for one in erased_hashes(payload)}

    found = fetch(_STRETCH, {"journal": journal, "first": first, "last": last})
    return stretch_faults([Row._make(one) for one in found], erased)
