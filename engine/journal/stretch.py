"""A stretch of one journal, read by itself: which of its entries are not what was signed, by what they show.

Hash, link, number, content and index columns of every row, without a signature: whoever reads a run checks what
is read, as it is read. Whether the end was cut off and whose signatures hold, only `verify` says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from engine.journal.chain import ERASED, Chain, Findings, erased_hashes, walk
from engine.journal.report import Finding, Weight
from engine.journal.sealing import BEGINNING, Head, Row, header_of

__all__ = ["ERASED", "erased_hashes", "stretch_faults"]


def stretch_faults(
    rows: Sequence[Row], erased: Callable[[], Collection[str]] | None = None
) -> tuple[Finding, ...]:
    """What is broken in rows of one journal in the order of `jseq`, the entry before them taken for granted.

    `erased` gives the hashes of the entries that this journal declares erased; it is asked when a content is
    gone. Without it nothing is said of contents that are gone.
    """
    if not rows:
        return ()
    findings, chain = Findings(), Chain(rows[0].journal, head=_before(rows[0]))
    walk(chain, rows, findings, deep=False)
    if chain.missing and erased is not None:
        declared = erased()
        for digest, jseq in chain.missing.items():
            if digest not in declared:
                findings.add("entry-payload-missing", journal=chain.journal, jseq=jseq)
    return tuple(one for one in findings.listed if one.weight is Weight.BROKEN)


def _before(row: Row) -> Head:
    try:
        return Head(row.jseq - 1, header_of(row.header).prev)
    except ValueError:
        return BEGINNING
