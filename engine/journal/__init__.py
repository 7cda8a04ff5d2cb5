r"""The record, byte by byte: sealing, signing, checkpoints, proof. Pure: bytes in, bytes out.

    payload digest = SHA-256("muster/payload/v1\n" || salt || payload)
    hash           = SHA-256("muster/event/v1\n" || header)
    signature      = Ed25519("muster/sig/v1\n" || hash)

The header carries the payload digest, the hash of the entry before it (`prev`) and its number in the
journal of its device (`jseq` = 1, 2, 3…), so one device's entries are one chain. The bytes that were
hashed are the bytes that are stored; nothing is written anew in order to be checked.

Reading never loads `cryptography`; only signing and checking a signature do. What verifies
is loaded when it is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.journal.notes import Claim, Note, find_notes, make_note, note_holds, read_notes
from engine.journal.sealing import (
    BEGINNING,
    Head,
    Header,
    Key,
    Moment,
    Row,
    Sealed,
    digest_of_header,
    digest_of_payload,
    entry_of,
    header_of,
    journal_of,
    legible,
    row_of,
    seal,
    signature_holds,
)
from engine.journal.trust import STRANGER, Anchor, Trust, public_of, vouch

if TYPE_CHECKING:
    from engine.journal.proof import Compared, Finding, Outcome, Report, tail_faults, verify

__all__ = [
    "BEGINNING",
    "STRANGER",
    "Anchor",
    "Claim",
    "Compared",
    "Finding",
    "Head",
    "Header",
    "Key",
    "Moment",
    "Note",
    "Outcome",
    "Report",
    "Row",
    "Sealed",
    "Trust",
    "digest_of_header",
    "digest_of_payload",
    "entry_of",
    "find_notes",
    "header_of",
    "journal_of",
    "legible",
    "make_note",
    "note_holds",
    "public_of",
    "read_notes",
    "row_of",
    "seal",
    "signature_holds",
    "tail_faults",
    "verify",
    "vouch",
]

_PROOF = frozenset({"Compared", "Finding", "Outcome", "Report", "tail_faults", "verify"})


def __getattr__(name: str) -> Any:
    # `log` and `runs` must start quickly, and they prove nothing.
    if name not in _PROOF:
        raise AttributeError(name)
    from engine.journal import proof

    return getattr(proof, name)
