"""One journal, read row by row: hash, link, number, content, index columns, and on demand every signature."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from engine.events import JournalOpened, RunEnded, RunOpened, canonical, from_payload, type_of
from engine.journal.report import WEIGHTS, Finding, Weight
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
    signature_holds,
)
from engine.journal.trust import public_of

FINDINGS_MAX = 1000
"""More findings than this are only counted."""

ERASED = "erased"
"""The entry that declares erasures; its payload lists the `hashes` (hex) of what was erased."""

TELLING = frozenset({ERASED, type_of(RunOpened), type_of(RunEnded)})
"""Entries whose content says something about the record itself; these are always taken apart."""


@dataclass(slots=True)
class Findings:
    """What was found, up to a limit; the rest is counted."""

    listed: list[Finding] = field(default_factory=list)
    more: int = 0
    weights: set[Weight] = field(default_factory=set)
    """How heavy they are, also those that are only counted: nobody hides a break behind a thousand trifles."""

    def add(self, id_: str, **facts: Any) -> None:
        """Say one more thing."""
        self.weights.add(WEIGHTS[id_])
        if len(self.listed) < FINDINGS_MAX:
            self.listed.append(Finding(id_, tuple(facts.items())))
        else:
            self.more += 1


@dataclass(slots=True)
class Chain:
    """One journal as far as it was read."""

    journal: str
    wanted: frozenset[int] = frozenset()
    """The sizes that somebody made a claim about."""
    head: Head = BEGINNING
    entries: int = 0
    pos: int = 0
    began: str = ""
    """When its first entry was recorded, by its own word."""
    recorded_at: str = ""
    last: tuple[Any, ...] | None = None
    opened: JournalOpened | None = None
    public: bytes | None = None
    signatures: int = 0
    hashes: dict[int, str] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    """Hash and number of entries whose payload is not there."""
    erased: set[str] = field(default_factory=set)
    """Hashes of entries that this journal declares erased."""
    telling: list[Row] = field(default_factory=list)
    """Entries that may say something about the record, or about their run at a glance."""
    named: set[str] = field(default_factory=set)
    """Digests of the texts that its runs were opened with."""


def walk(chain: Chain, rows: Iterable[tuple[Any, ...]], findings: Findings, *, deep: bool) -> None:
    """Read the rows of one journal.

    Taking a header apart costs more than hashing it. So each row is first held against the text that it must
    be; a row that does not fit, or has more to say, is explained.
    """
    size, prev, pos, recorded = chain.head.size, chain.head.hash, chain.pos, chain.recorded_at
    wanted, count, row = chain.wanted, 0, chain.last
    # No header says this, so the first row is explained, and says what keeps the wall clock.
    clk, known_run, run_text = "\0", "", ""
    for row in rows:
        here, _, jseq, run, _, _, recorded_at, _, _, header, _, _, digest, _ = row
        if run != known_run:
            known_run, run_text = run or "", json.dumps(run)
        hashed = sha256(EVENT + header).digest()
        in_order = jseq == size + 1 and here > pos and recorded_at >= recorded
        if deep or not in_order or hashed != digest or not _is_plain(row, prev, clk, run_text):
            named = Row._make(row)
            clk = _explain(chain, Head(size, prev), (pos, recorded), named, findings, deep=deep) or clk
        size, prev, pos, recorded = jseq, hashed.hex(), here, recorded_at
        count += 1
        if wanted and jseq in wanted:
            chain.hashes[jseq] = prev
    chain.head, chain.pos, chain.recorded_at = Head(size, prev), pos, recorded
    chain.entries += count
    chain.last = row


def _is_plain(row: tuple[Any, ...], prev: str, clk: str, run_text: str) -> bool:
    """True when the header is just what the columns, the content and the entry before it make necessary.

    In a canonical header each of these pieces can stand in one place only.
    """
    _, journal, jseq, _, kind, at, recorded_at, lam, cmd, header, payload, salt, _, _ = row
    cmd_text = "null" if cmd is None else f'"{cmd}"'
    try:
        said = sha256(PAYLOAD + salt + payload).hexdigest()
        text: str = header.decode()
    except (TypeError, UnicodeDecodeError):  # the content is gone, or the header is no text
        return False
    return (
        text.endswith(
            f'"payload":"{said}","plen":{len(payload)},"prev":"{prev}",'
            f'"recorded_at":"{recorded_at}","run":{run_text},"tv":1,"type":"{kind}","v":1}}'
        )
        # Only where the first such key stands: to look for the long piece everywhere takes twice as long.
        and text.startswith(
            f'"at":"{at}","clk":"{clk}","cmd":{cmd_text},"journal":"{journal}","jseq":{jseq},"lam":{lam},"mono":["',
            text.find('"at":"'),
        )
        and "\\" not in text  # an escape: the same text can then mean two values
        and kind not in TELLING
    )


def _explain(
    chain: Chain, head: Head, before: tuple[int, str], row: Row, findings: Findings, *, deep: bool
) -> str | None:
    """Everything that one row shows; gives back what kept its wall clock, when that can be read."""
    place = {"journal": row.journal, "jseq": row.jseq}
    if row.type in TELLING:
        chain.telling.append(row)
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


def _faults(chain: Chain, head: Head, row: Row, said: Header) -> Iterator[tuple[str, dict[str, Any]]]:
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


def _learn(chain: Chain, row: Row, said: Header) -> None:
    """The public key from the first entry; what was erased, and which texts are pinned, from what says so."""
    if row.jseq == 1:
        chain.began = row.recorded_at
    elif row.type not in TELLING and said.type not in TELLING:
        return
    event = from_payload(said.type, said.tv, row.payload)
    if row.jseq == 1 and isinstance(event, JournalOpened):
        chain.public = public_of(chain.journal, event)
        chain.opened = event if chain.public is not None else None
    if isinstance(event, RunOpened):
        chain.named.update([event.graph, *dict(event.texts).values(), *dict(event.uses).values()])
    if said.type == ERASED and row.payload is not None:
        chain.erased.update(erased_hashes(row.payload))


def erased_hashes(payload: bytes) -> list[str]:
    """The hashes (hex) of the entries that such an entry declares erased."""
    try:
        hashes = json.loads(payload)["hashes"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    return [one for one in hashes if isinstance(one, str)] if isinstance(hashes, list) else []


def _look_deeper(chain: Chain, row: Row, findings: Findings) -> None:
    if not (_is_canonical(row.header) and (row.payload is None or _is_canonical(row.payload))):
        findings.add("entry-canonical", journal=row.journal, jseq=row.jseq)
    if chain.public is not None:
        _check_signature(chain, row, findings)


def _is_canonical(data: bytes) -> bool:
    try:
        return canonical(json.loads(data)) == data
    except (ValueError, RecursionError):
        return False


def _check_signature(chain: Chain, row: Row, findings: Findings) -> None:
    chain.signatures += 1
    if not signature_holds(chain.public or b"", SIGNATURE + digest_of_header(row.header), row.sig):
        findings.add("entry-signature", journal=row.journal, jseq=row.jseq)


def close(chain: Chain, findings: Findings, *, deep: bool) -> None:
    """The last signature of a journal covers every entry before it."""
    if chain.public is not None:
        if not deep and chain.last is not None:
            _check_signature(chain, Row._make(chain.last), findings)
    elif 1 in chain.missing.values():
        findings.add("journal-key-gone", journal=chain.journal)
    else:
        findings.add("journal-key", journal=chain.journal)
