"""Checkpoints that leave the building: signed notes of three lines (C2SP signed-note, Ed25519).

    muster/c69885ca82bc971c710fe7b97f5bb914     whose journal
    30                                          how many entries it had
    YNBIxcGeC7OTACZXh29/NirVkRUPQKpGG/iPKJJAWcg=    the hash of the last of them

    — muster/c69885ca82bc971c710fe7b97f5bb914 9SA+WAaENSy8FrFl…

Nothing inside a store can show that its end was cut off. Only a note that is kept elsewhere can.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from engine.errors import RecordTrouble
from engine.journal.sealing import Head, Key, signature_holds

_ED25519 = b"\x01"

# Notes come back out of chats, mails and terminals: lines may be wrapped, indented or ended by CR LF,
# and a dash may have become another dash. What was signed is put together anew from its three facts.
_NOTE = re.compile(
    r"muster/(?P<journal>[0-9a-f]{32})\s+"
    r"(?P<size>0|[1-9][0-9]{0,15})\s+"
    r"(?P<head>(?:[A-Za-z0-9+/]\s*){43}=)\s+"
    r"[\u2014\u2013-]+\s*muster/(?P<name>[0-9a-f]{32})\s+"
    r"(?P<signature>(?:[A-Za-z0-9+/]\s*){91}=)"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A signed statement: this journal had `size` entries and `head` (hex) was the last one's hash."""

    journal: str
    size: int
    head: str
    key_id: bytes
    sig: bytes

    @property
    def origin(self) -> str:
        """Its first line, and the name of the key."""
        return f"muster/{self.journal}"

    @property
    def body(self) -> bytes:
        """The bytes that are signed."""
        return _body(self.journal, Head(self.size, self.head))

    @property
    def text(self) -> str:
        """The note as it is printed, sent and kept."""
        signature = b64encode(self.key_id + self.sig).decode("ascii")
        return f"{self.body.decode('ascii')}\n\N{EM DASH} {self.origin} {signature}\n"


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody says how long a journal was and where it ended."""

    journal: str
    size: int
    head: str
    source: str
    """given (from outside), remembered (by this device itself), kept (in this store) or seen (in a signed
    entry of another journal)."""
    note: Note | None = None


def make_note(key: Key, head: Head) -> Note:
    """The checkpoint of the journal of `key`."""
    signature = key.sign(_body(key.journal, head))
    return Note(key.journal, head.size, head.hash, _key_id(key.public), signature)


def read_notes(text: str) -> tuple[Note, ...]:
    """Every note that stands in `text`; RecordTrouble when there is none."""
    notes = find_notes(text)
    if not notes:
        raise RecordTrouble("note-none")
    return notes


def find_notes(text: str) -> tuple[Note, ...]:
    """Every note that stands in `text`."""
    return tuple(_note(found) for found in _NOTE.finditer(text) if found["name"] == found["journal"])


def note_holds(note: Note, public: bytes) -> bool:
    """True when the note was signed with the secret half of `public`."""
    return note.key_id == _key_id(public) and signature_holds(public, note.body, note.sig)


def _body(journal: str, head: Head) -> bytes:
    last = b64encode(bytes.fromhex(head.hash)).decode("ascii")
    return f"muster/{journal}\n{head.size}\n{last}\n".encode("ascii")


def _key_id(public: bytes) -> bytes:
    name = f"muster/{sha256(public).hexdigest()[:32]}".encode("ascii")
    return sha256(name + b"\n" + _ED25519 + public).digest()[:4]


def _note(found: re.Match[str]) -> Note:
    signature = b64decode(found["signature"])
    return Note(
        found["journal"], int(found["size"]), b64decode(found["head"]).hex(), signature[:4], signature[4:]
    )
