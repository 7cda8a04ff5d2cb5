"""Is the record what its devices signed? Streams over all rows, and says what it did not check.

By default: every hash, link, number and payload digest over the stored bytes, the index columns
against the header, and the signature of each journal's last entry, which covers all before it.
`deep` adds every signature and the canonical form.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from engine.errors import say
from engine.events import JournalOpened, canonical, from_payload, type_of
from engine.journal.notes import Claim, note_holds
from engine.journal.sealing import (
    BEGINNING,
    EVENT,
    PAYLOAD,
    SIGNATURE,
    Head,
    Header,
    Row,
    digest_of_header,
    digest_of_payload,
    header_of,
    journal_of,
    signature_holds,
)

FINDINGS_MAX = 1000
"""More findings than this are only counted."""

OPENED = type_of(JournalOpened)
ERASED = "erased"
"""The entry that declares erasures; its payload lists the `hashes` (hex) of what was erased."""


class Weight(StrEnum):
    """What a finding does to the outcome."""

    BROKEN = "broken"
    UNCLEAR = "unclear"
    EXCEPTION = "exception"
    NOTICE = "notice"


# The machine id of a finding is also the id of its sentence in engine.errors.
WEIGHTS = {
    "entry-gap": Weight.BROKEN,
    "entry-order": Weight.BROKEN,
    "entry-header": Weight.BROKEN,
    "entry-hash": Weight.BROKEN,
    "entry-prev": Weight.BROKEN,
    "entry-payload": Weight.BROKEN,
    "entry-payload-missing": Weight.BROKEN,
    "entry-column": Weight.BROKEN,
    "entry-signature": Weight.BROKEN,
    "entry-canonical": Weight.BROKEN,
    "journal-key": Weight.BROKEN,
    "journal-cut": Weight.BROKEN,
    "journal-history": Weight.BROKEN,
    "journal-absent": Weight.BROKEN,
    "text-changed": Weight.BROKEN,
    "journal-key-gone": Weight.UNCLEAR,
    "note-signature": Weight.UNCLEAR,
    "entry-erased": Weight.EXCEPTION,
    "journal-went-back": Weight.EXCEPTION,
    "clock-back": Weight.NOTICE,
    "guards-missing": Weight.NOTICE,
}


class Outcome(StrEnum):
    """What verification found, in one word; the worst thing found decides."""

    INTACT = "intact"
    NOT_ENROLLED = "intact-not-enrolled"
    EXCEPTIONS = "intact-with-exceptions"
    UNCLEAR = "could-not-tell"
    BROKEN = "broken"


_EXIT_CODES = {
    Outcome.INTACT: 0,
    Outcome.NOT_ENROLLED: 0,
    Outcome.BROKEN: 1,
    Outcome.EXCEPTIONS: 2,
    Outcome.UNCLEAR: 3,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was signed, or that a reader must know."""

    id: str
    facts: tuple[tuple[str, Any], ...]

    @property
    def weight(self) -> Weight:
        """What it does to the outcome."""
        return WEIGHTS[self.id]

    def sentence(self, language: str) -> str:
        """It in one sentence."""
        return say(self.id, language, **dict(self.facts))


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim that was held against the entries here."""

    claim: Claim
    agrees: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, what was found, and what was not checked."""

    entries: int
    heads: Mapping[str, Head]
    """The last entry of every journal, as it was found."""
    findings: tuple[Finding, ...]
    findings_more: int
    """How many more there were than are listed."""
    compared: tuple[Compared, ...]
    signatures: int
    """How many signatures were checked."""
    deep: bool
    enrolled: bool
    """Every journal's key is one that the organisation has enrolled."""

    @property
    def outcome(self) -> Outcome:
        """The worst that was found."""
        weights = {one.weight for one in self.findings}
        for weight, outcome in _WORST_FIRST:
            if weight in weights:
                return outcome
        return Outcome.INTACT if self.enrolled else Outcome.NOT_ENROLLED

    @property
    def exit_code(self) -> int:
        """0 intact, 1 broken, 2 intact with declared exceptions, 3 could not tell."""
        return _EXIT_CODES[self.outcome]

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """What this verification says nothing about."""
        return tuple(self._unchecked())

    def lines(self, language: str) -> list[str]:
        """All of it in sentences: the outcome first, then what was found, and what was not checked."""
        heads = [
            say("verify-journal", language, journal=journal, size=head.size, head=head.hash)
            for journal, head in self.heads.items()
        ]
        done = Finding("verify-deep" if self.deep else "verify-default", (("signatures", self.signatures),))
        more = [Finding("verify-more", (("count", self.findings_more),))] if self.findings_more else []
        said = (*self.findings, *more, done, *map(_comparison, self.compared), *self.unchecked)
        counted = say("verify-counted", language, entries=self.entries, journals=len(self.heads))
        first = say(f"verify-{self.outcome}", language)
        return [first, counted, *heads, *(one.sentence(language) for one in said)]

    def as_json(self) -> dict[str, Any]:
        """The same for another program."""
        return {
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "entries": self.entries,
            "journals": {name: {"size": head.size, "head": head.hash} for name, head in self.heads.items()},
            "findings": [{"id": one.id, "weight": one.weight} | dict(one.facts) for one in self.findings],
            "findings_more": self.findings_more,
            "compared": [
                {"journal": one.claim.journal, "size": one.claim.size, "source": one.claim.source}
                | {"agrees": one.agrees}
                for one in self.compared
            ],
            "signatures": self.signatures,
            "deep": self.deep,
            "unchecked": [{"id": one.id} | dict(one.facts) for one in self.unchecked],
        }

    def _unchecked(self) -> Iterator[Finding]:
        if not self.deep:
            yield Finding("unchecked-signatures", (("count", self.entries - self.signatures),))
        covered = {one.claim.journal for one in self.compared if one.claim.source == "given"}
        for journal in self.heads:
            if journal not in covered:
                yield Finding("unchecked-tail", (("journal", journal),))
        if self.heads and not self.enrolled:
            yield Finding("unchecked-enrolment", ())


_WORST_FIRST = (
    (Weight.BROKEN, Outcome.BROKEN),
    (Weight.UNCLEAR, Outcome.UNCLEAR),
    (Weight.EXCEPTION, Outcome.EXCEPTIONS),
)


def _comparison(one: Compared) -> Finding:
    claim = one.claim
    facts = (("journal", claim.journal), ("size", claim.size))
    return Finding(f"compared-{claim.source}" if one.agrees else f"compared-{claim.source}-differs", facts)


def verify(
    rows: Iterable[tuple[Any, ...]],
    *,
    claims: Sequence[Claim] = (),
    texts: Iterable[tuple[str, bytes]] = (),
    enrolled: Collection[str] = (),
    guards_missing: Sequence[str] = (),
    deep: bool = False,
) -> Report:
    """Look at every row; `rows` (the fields of `Row`) come journal by journal, each in the order of `jseq`.

    `claims` are what others say of the journals, `texts` whatever else is kept by digest, `enrolled` the
    journals whose keys the organisation knows, `guards_missing` the guards that were taken away.
    """
    findings = _Findings()
    chains: dict[str, _Chain] = {}
    for journal, its_rows in groupby(rows, key=itemgetter(1)):
        chain = chains.setdefault(journal, _Chain(journal, _sizes(claims, journal)))
        _walk(chain, its_rows, findings, deep=deep)
    for chain in chains.values():
        _close(chain, findings, deep=deep)
    _settle_missing(chains.values(), findings)
    compared = tuple(_compare(claim, chains.get(claim.journal), findings) for claim in claims)
    for digest, data in texts:
        if sha256(data).hexdigest() != digest:
            findings.add("text-changed", digest=digest)
    if guards_missing:
        findings.add("guards-missing", names=tuple(guards_missing))
    return Report(
        entries=sum(chain.entries for chain in chains.values()),
        heads={journal: chain.head for journal, chain in chains.items()},
        findings=tuple(findings.listed),
        findings_more=findings.more,
        compared=compared,
        signatures=sum(chain.signatures for chain in chains.values()),
        deep=deep,
        enrolled=all(journal in enrolled for journal in chains),
    )


def tail_faults(rows: Sequence[Row]) -> tuple[Finding, ...]:
    """What is wrong in the last rows of one journal, the entry before them taken for granted."""
    if not rows:
        return ()
    findings = _Findings()
    try:
        before = Head(rows[0].jseq - 1, header_of(rows[0].header).prev)
    except ValueError:
        before = BEGINNING
    _walk(_Chain(rows[0].journal, frozenset(), before), rows, findings, deep=False)
    return tuple(one for one in findings.listed if one.weight is Weight.BROKEN)


@dataclass(slots=True)
class _Findings:
    listed: list[Finding] = field(default_factory=list)
    more: int = 0

    def add(self, id_: str, **facts: Any) -> None:
        if len(self.listed) < FINDINGS_MAX:
            self.listed.append(Finding(id_, tuple(facts.items())))
        else:
            self.more += 1


@dataclass(slots=True)
class _Chain:
    """One journal as far as it was read."""

    journal: str
    wanted: frozenset[int]
    """The sizes that somebody made a claim about."""
    head: Head = BEGINNING
    entries: int = 0
    pos: int = 0
    recorded_at: str = ""
    last: tuple[Any, ...] | None = None
    public: bytes | None = None
    signatures: int = 0
    hashes: dict[int, str] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    """Hash and number of entries whose payload is not there."""
    erased: set[str] = field(default_factory=set)
    """Hashes of entries that this journal declares erased."""


def _sizes(claims: Sequence[Claim], journal: str) -> frozenset[int]:
    return frozenset(claim.size for claim in claims if claim.journal == journal)


def _walk(chain: _Chain, rows: Iterable[tuple[Any, ...]], findings: _Findings, *, deep: bool) -> None:
    """Read the rows of one journal.

    Taking a header apart costs more than hashing it. So each row is first held against the text that its
    columns, its payload and the entry before it make necessary in a canonical header, where each of these
    pieces can stand in one place only. A row that does not fit, or has more to say, is explained.
    """
    size, prev, pos, recorded = chain.head.size, chain.head.hash, chain.pos, chain.recorded_at
    wanted, count, row = chain.wanted, 0, chain.last
    # No header says this, so the first row is explained, and says what keeps the wall clock.
    clk, known_run, run_text = "\0", "", ""
    for row in rows:
        here, journal, jseq, run, kind, at, recorded_at, lam, cmd, header, payload, salt, digest, _ = row
        count += 1
        if run != known_run:
            known_run, run_text = run or "", json.dumps(run)
        cmd_text = "null" if cmd is None else f'"{cmd}"'
        try:
            said = sha256(PAYLOAD + salt + payload).hexdigest()
            text = header.decode()
        except (TypeError, UnicodeDecodeError):  # the content is gone, or the header is no text
            said = text = ""
        hashed = sha256(EVENT + header).digest()
        if (
            not text
            or deep
            or hashed != digest
            or jseq != size + 1
            or here <= pos
            or recorded_at < recorded
            or not text.endswith(
                f'"payload":"{said}","plen":{len(payload)},"prev":"{prev}",'
                f'"recorded_at":"{recorded_at}","run":{run_text},"tv":1,"type":"{kind}","v":1}}'
            )
            or f'"at":"{at}","clk":"{clk}","cmd":{cmd_text},"journal":"{journal}",'
            f'"jseq":{jseq},"lam":{lam},"mono":["'
            not in text
            or "\\" in text  # an escape: the same text can then mean two values
            or kind == ERASED
        ):
            named = Row._make(row)
            clk = _explain(chain, Head(size, prev), (pos, recorded), named, findings, deep=deep) or clk
        size, prev, pos, recorded = jseq, hashed.hex(), here, recorded_at
        if wanted and jseq in wanted:
            chain.hashes[jseq] = prev
    chain.head, chain.pos, chain.recorded_at = Head(size, prev), pos, recorded
    chain.entries += count
    chain.last = row


def _explain(
    chain: _Chain, head: Head, before: tuple[int, str], row: Row, findings: _Findings, *, deep: bool
) -> str | None:
    """Everything that one row shows; gives back what kept its wall clock, when that can be read."""
    place = {"journal": row.journal, "jseq": row.jseq}
    if row.jseq > head.size + 1:
        findings.add("entry-gap", journal=row.journal, first=head.size + 1, last=row.jseq - 1)
    if row.jseq <= head.size or row.pos <= before[0]:
        findings.add("entry-order", **place)
    if digest_of_header(row.header) != row.hash:
        findings.add("entry-hash", **place)
    try:
        said = header_of(row.header)
    except ValueError:
        findings.add("entry-header", **place)
        return None
    for id_, facts in _faults(chain, head, row, said):
        findings.add(id_, **place, **facts)
    if row.recorded_at < before[1]:
        findings.add("clock-back", **place, before=before[1], after=row.recorded_at)
    _learn(chain, row, said)
    if deep:
        _look_deeper(chain, row, findings)
    return said.clk


def _faults(chain: _Chain, head: Head, row: Row, said: Header) -> Iterator[tuple[str, dict[str, Any]]]:
    if said.prev != head.hash:
        yield "entry-prev", {}
    if row.payload is None:
        chain.missing[digest_of_header(row.header).hex()] = row.jseq
    elif said.plen != len(row.payload) or said.payload != digest_of_payload(row.salt or b"", row.payload):
        yield "entry-payload", {}
    wrong = [name for name in _COLUMNS if getattr(row, name) != getattr(said, name)]
    if wrong:
        yield "entry-column", {"columns": wrong}


_COLUMNS = ("journal", "jseq", "run", "type", "at", "recorded_at", "lam", "cmd")


def _learn(chain: _Chain, row: Row, said: Header) -> None:
    """The public key from the first entry; what was erased from entries that say so."""
    event = from_payload(said.type, said.tv, row.payload)
    if row.jseq == 1 and isinstance(event, JournalOpened):
        public = _bytes_of(event.key)
        # A journal is named by its key, so no other key can be put in its place.
        chain.public = public if journal_of(public) == chain.journal else None
    if said.type == ERASED and row.payload is not None:
        chain.erased.update(_erased_hashes(row.payload))


def _bytes_of(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def _erased_hashes(payload: bytes) -> list[str]:
    try:
        hashes = json.loads(payload)["hashes"]
    except (ValueError, TypeError, KeyError):
        return []
    return [one for one in hashes if isinstance(one, str)] if isinstance(hashes, list) else []


def _look_deeper(chain: _Chain, row: Row, findings: _Findings) -> None:
    if not (_is_canonical(row.header) and (row.payload is None or _is_canonical(row.payload))):
        findings.add("entry-canonical", journal=row.journal, jseq=row.jseq)
    if chain.public is not None:
        _check_signature(chain, row, findings)


def _is_canonical(data: bytes) -> bool:
    try:
        return canonical(json.loads(data)) == data
    except ValueError:
        return False


def _check_signature(chain: _Chain, row: Row, findings: _Findings) -> None:
    chain.signatures += 1
    if not signature_holds(chain.public or b"", SIGNATURE + digest_of_header(row.header), row.sig):
        findings.add("entry-signature", journal=row.journal, jseq=row.jseq)


def _close(chain: _Chain, findings: _Findings, *, deep: bool) -> None:
    """The last signature of a journal covers every entry before it."""
    if chain.public is not None:
        if not deep and chain.last is not None:
            _check_signature(chain, Row._make(chain.last), findings)
    elif 1 in chain.missing.values():
        findings.add("journal-key-gone", journal=chain.journal)
    else:
        findings.add("journal-key", journal=chain.journal)


def _settle_missing(chains: Collection[_Chain], findings: _Findings) -> None:
    """A payload that is gone is an exception when a signed entry declares it, and else a break."""
    declared = {one for chain in chains for one in chain.erased}
    for chain in chains:
        for digest, jseq in chain.missing.items():
            id_ = "entry-erased" if digest in declared else "entry-payload-missing"
            findings.add(id_, journal=chain.journal, jseq=jseq)


def _compare(claim: Claim, chain: _Chain | None, findings: _Findings) -> Compared:
    facts = {"journal": claim.journal, "size": claim.size}
    if chain is None:
        chain = _Chain(claim.journal, frozenset())
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


def _is_genuine(claim: Claim, chain: _Chain, findings: _Findings) -> bool:
    if chain.public is None:
        return True  # Nobody can tell; that the key is gone or wrong is a finding of its own.
    if claim.note is None or note_holds(claim.note, chain.public):
        return True
    findings.add("note-signature", journal=claim.journal, size=claim.size)
    return False
