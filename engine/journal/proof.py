"""Is the record what its devices signed? Streams over all rows, and says what it did not check.

By default: every hash, link, number and payload digest over the stored bytes, the index columns
against the header, and the signature of each journal's last entry, which covers all before it.
`deep` adds every signature and the canonical form.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from engine.events import JournalOpened
from engine.journal.chain import Chain, Findings, close, walk
from engine.journal.notes import Claim, note_holds
from engine.journal.report import Compared, Finding, Outcome, Report, Weight
from engine.journal.sealing import BEGINNING, Row
from engine.journal.stretch import stretch_faults
from engine.journal.trust import STRANGER, Trust

__all__ = ["Compared", "Finding", "Outcome", "Report", "Weight", "tail_faults", "verify"]


def verify(
    rows: Iterable[tuple[Any, ...]],
    *,
    claims: Sequence[Claim] = (),
    texts: Iterable[tuple[str, bytes]] = (),
    trust: Trust = STRANGER,
    enrolled: Collection[str] = (),
    guards_missing: Sequence[str] = (),
    runs_differ: Callable[[Iterable[Row]], Sequence[str]] | None = None,
    deep: bool = False,
) -> Report:
    """Look at every row; `rows` (the fields of `Row`) come journal by journal, each in the order of `jseq`.

    `claims` are what others say of the journals, `trust` what this device knows itself, `texts` whatever else
    is kept by digest, `enrolled` the journals whose keys the organisation knows, `guards_missing` the guards
    that were taken away or changed, `runs_differ` gives the runs whose line in the list is not what the
    entries say that open and end them: they are met on the way.
    """
    findings = Findings()
    claims = [*claims, *trust.claims]
    chains = _walked(rows, claims, findings, deep=deep)
    for chain in chains.values():
        close(chain, findings, deep=deep)
        _settle_missing(chain, findings)
    compared = tuple(_compare(claim, chains.get(claim.journal), findings) for claim in claims)
    vouched = {one.claim.journal for one in compared if one.agrees and one.claim.source == "given"}
    _find_foreign(chains, trust, vouched.union(enrolled), findings)
    _check_texts(texts, chains.values(), findings)
    telling = (row for chain in chains.values() for row in chain.telling)
    differ = () if runs_differ is None else runs_differ(telling)
    for id_, names in (("guards-missing", guards_missing), ("runs-differ", differ)):
        if names:
            findings.add(id_, names=tuple(names))
    return Report(
        entries=sum(chain.entries for chain in chains.values()),
        heads={journal: chain.head for journal, chain in chains.items()},
        findings=tuple(findings.listed),
        findings_more=findings.more,
        weights=frozenset(findings.weights),
        compared=compared,
        signatures=sum(chain.signatures for chain in chains.values()),
        deep=deep,
        enrolled=all(journal in enrolled for journal in chains),
        own=bool(trust.own) and not trust.foreign(chains, _openings(chains)),
    )


def tail_faults(rows: Sequence[Row]) -> tuple[Finding, ...]:
    """What is wrong in the last rows of one journal, the entry before them taken for granted."""
    return stretch_faults(rows)


def _walked(
    rows: Iterable[tuple[Any, ...]], claims: Sequence[Claim], findings: Findings, *, deep: bool
) -> dict[str, Chain]:
    """Every journal, read to its end."""
    chains: dict[str, Chain] = {}
    for journal, its_rows in groupby(rows, key=itemgetter(1)):
        wanted = frozenset(claim.size for claim in claims if claim.journal == journal)
        walk(chains.setdefault(journal, Chain(journal, wanted)), its_rows, findings, deep=deep)
    return chains


def _settle_missing(chain: Chain, findings: Findings) -> None:
    """A payload that is gone is an exception when its own journal declares it, and else a break.

    Only its own: otherwise whoever can write to the file empties every entry, and a key made for the purpose
    signs that all is in order.
    """
    for digest, jseq in chain.missing.items():
        id_ = "entry-erased" if digest in chain.erased else "entry-payload-missing"
        findings.add(id_, journal=chain.journal, jseq=jseq)


def _find_foreign(
    chains: Mapping[str, Chain], trust: Trust, known: Collection[str], findings: Findings
) -> None:
    """Whose signatures hold, and whom nobody knows."""
    for journal in sorted(trust.foreign(chains, _openings(chains), known)):
        chain = chains[journal]
        host = chain.opened.host if chain.opened is not None else "?"
        facts = {"host": host, "count": chain.entries, "first": chain.began, "last": chain.recorded_at}
        findings.add("journal-foreign", journal=journal, **facts)


def _openings(chains: Mapping[str, Chain]) -> dict[str, JournalOpened]:
    return {name: chain.opened for name, chain in chains.items() if chain.opened is not None}


def _check_texts(texts: Iterable[tuple[str, bytes]], chains: Collection[Chain], findings: Findings) -> None:
    """Each text is what its digest says, and every text that a run was opened with is there."""
    there = set()
    for digest, data in texts:
        there.add(digest)
        if sha256(data).hexdigest() != digest:
            findings.add("text-changed", digest=digest)
    for digest in sorted({one for chain in chains for one in chain.named} - there):
        findings.add("text-missing", digest=digest)


def _compare(claim: Claim, chain: Chain | None, findings: Findings) -> Compared:
    facts = {"journal": claim.journal, "size": claim.size}
    if chain is None:
        chain = Chain(claim.journal)
        if claim.source != "seen":
            findings.add("journal-absent", **facts)
            return Compared(claim, agrees=False)
    if claim.note is not None and not _is_genuine(claim, chain, findings):
        return Compared(claim, agrees=False)
    found = BEGINNING.hash if claim.size == 0 else chain.hashes.get(claim.size)
    if found == claim.head:
        return Compared(claim, agrees=True)
    if claim.source == "seen":
        # Said by a signed entry: a backup that was put back is declared, not hidden.
        findings.add("journal-went-back", here=chain.head.size, **facts)
    elif claim.size > chain.head.size:
        findings.add("journal-cut", here=chain.head.size, **facts)
    else:
        findings.add("journal-history", **facts)
    return Compared(claim, agrees=False)


def _is_genuine(claim: Claim, chain: Chain, findings: Findings) -> bool:
    if chain.public is None:
        return True  # Nobody can tell; that the key is gone or wrong is a finding of its own.
    if claim.note is None or note_holds(claim.note, chain.public):
        return True
    findings.add("note-signature", journal=claim.journal, size=claim.size)
    return False
