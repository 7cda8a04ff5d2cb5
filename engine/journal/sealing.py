"""From a draft to sealed bytes, and back from stored bytes to an entry."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.errors import RecordTrouble
from engine.events import (
    Draft,
    Entry,
    canonical,
    from_payload,
    moment_of,
    name_of,
    stamp,
    to_payload,
    version_of,
)

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

EVENT = b"muster/event/v1\n"
PAYLOAD = b"muster/payload/v1\n"
SIGNATURE = b"muster/sig/v1\n"

FORMAT = 1
"""The `v` of every header this program writes, and the only one it reads."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the clocks of this machine say at one instant."""

    recorded_at: datetime
    mono: tuple[str, int]
    """Boot id and nanoseconds since that boot; the record keeps whole microseconds."""
    clk: str
    """ntp, free or unknown: what keeps the wall clock."""


@dataclass(frozen=True, slots=True)
class Head:
    """A journal has `size` entries, and `hash` (hex) is the last one's."""

    size: int
    hash: str


BEGINNING = Head(0, "0" * 64)
"""The head of a journal without entries."""


class Key:
    """The key of one device, and so of one journal. `secret` is 32 bytes of Ed25519."""

    def __init__(self, secret: bytes, public: bytes | None = None) -> None:
        self.secret = secret
        self._public = public
        self._signer: Ed25519PrivateKey | None = None

    @property
    def public(self) -> bytes:
        """The 32 bytes by which anybody can check a signature."""
        if self._public is None:
            self._public = self._loaded().public_key().public_bytes_raw()
        return self._public

    @cached_property
    def journal(self) -> str:
        """The id of the journal that this key signs."""
        return journal_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._loaded().sign(message)

    def agrees(self) -> bool:
        """True when the public half that was given belongs to the secret."""
        return self._public in (None, self._loaded().public_key().public_bytes_raw())

    def _loaded(self) -> Ed25519PrivateKey:
        if self._signer is None:
            # Here and not at the top: whoever only reads must not pay for it.
            from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

            self._signer = Ed25519PrivateKey.from_private_bytes(self.secret)
        return self._signer


def journal_of(public: bytes) -> str:
    """The journal id of a public key: 32 hex digits that nobody can choose."""
    return sha256(public).hexdigest()[:32]


def signature_holds(public: bytes, message: bytes, signature: bytes) -> bool:
    """True when `signature` over `message` was made with the secret half of `public`."""
    from cryptography.exceptions import InvalidSignature

    try:
        _verifier(public).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: these bytes are no public key at all
        return False
    return True


@lru_cache(maxsize=64)
def _verifier(public: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(public)


def digest_of_header(header: bytes) -> bytes:
    """The hash of an entry, 32 bytes."""
    return sha256(EVENT + header).digest()


def digest_of_payload(salt: bytes, payload: bytes) -> str:
    """What the header says of the payload (hex); without the salt nobody can guess back from it."""
    return sha256(PAYLOAD + salt + payload).hexdigest()


@dataclass(frozen=True, slots=True)
class Header:
    """What is hashed and signed of an entry: never personal data, never free text."""

    v: int
    journal: str
    jseq: int
    prev: str
    run: str | None
    lam: int
    after: tuple[str, ...]
    type: str
    tv: int
    at: str
    recorded_at: str
    mono: tuple[str, int]
    """Boot id and whole microseconds since that boot."""
    clk: str
    actor: str
    cmd: str | None
    payload: str
    """The salted digest of the payload."""
    plen: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as it is kept: the exact bytes, and what they say."""

    said: Header
    header: bytes
    payload: bytes
    salt: bytes
    hash: bytes
    sig: bytes


class Row(NamedTuple):
    """One row of the table of entries. All but the last five stand in the header too, and none is trusted."""

    pos: int
    journal: str
    jseq: int
    run: str | None
    type: str
    at: str
    recorded_at: str
    lam: int
    cmd: str | None
    header: bytes
    payload: bytes | None
    """None when it was erased or not carried here."""
    salt: bytes | None
    hash: bytes
    sig: bytes


def seal(draft: Draft, cmd: str | None, head: Head, *, key: Key, moment: Moment, salt: bytes) -> Sealed:
    """The next entry after `head` in the journal of `key`; `cmd` is the id of the act that it records.

    Raises ValueError when the draft holds what the record cannot keep exactly.
    """
    payload = to_payload(draft.event)
    boot, nanoseconds = moment.mono
    said = Header(
        v=FORMAT,
        journal=key.journal,
        jseq=head.size + 1,
        prev=head.hash,
        run=draft.run,
        lam=draft.lam,
        after=draft.after,
        type=name_of(draft.event),
        tv=version_of(draft.event),
        at=stamp(draft.at),
        recorded_at=stamp(moment.recorded_at),
        # Nanoseconds leave the safe integers after 104 days without a restart.
        mono=(boot, nanoseconds // 1000),
        clk=moment.clk,
        actor=draft.actor,
        cmd=cmd,
        payload=digest_of_payload(salt, payload),
        plen=len(payload),
    )
    header = canonical({name: getattr(said, name) for name in _SHAPES})
    digest = digest_of_header(header)
    return Sealed(said, header, payload, salt, digest, key.sign(SIGNATURE + digest))


_SHAPES: dict[str, tuple[type, ...]] = {
    "v": (int,),
    "journal": (str,),
    "jseq": (int,),
    "prev": (str,),
    "run": (str, type(None)),
    "lam": (int,),
    "after": (list,),
    "type": (str,),
    "tv": (int,),
    "at": (str,),
    "recorded_at": (str,),
    "mono": (list,),
    "clk": (str,),
    "actor": (str,),
    "cmd": (str, type(None)),
    "payload": (str,),
    "plen": (int,),
}
assert list(_SHAPES) == [one.name for one in fields(Header)]


def header_of(data: bytes) -> Header:
    """The header of its bytes; ValueError when they are none that this program knows."""
    try:
        said = json.loads(data)
    except RecursionError as error:  # brackets without end: nobody's header, and no reason to fall over
        raise ValueError("nested too deep") from error
    if type(said) is not dict or said.keys() != _SHAPES.keys():
        raise ValueError("these are not the fields of a header")
    for name, shapes in _SHAPES.items():
        if type(said[name]) not in shapes:
            raise ValueError(f"{name} is no {shapes[0].__name__}")
    said |= {"after": _texts(said["after"]), "mono": _mono(said["mono"]), "v": _known(said["v"])}
    return Header(**said)


def _texts(said: list[Any]) -> tuple[str, ...]:
    if not all(type(one) is str for one in said):
        raise ValueError("after holds something that is no hash")
    return tuple(said)


def _mono(said: list[Any]) -> tuple[str, int]:
    if [type(one) for one in said] != [str, int]:
        raise ValueError("mono is not a boot and a number")
    return said[0], said[1]


def _known(version: int) -> int:
    if version != FORMAT:
        raise ValueError(f"format {version} is not known here")
    return version


def row_of(pos: int, sealed: Sealed) -> Row:
    """The row that keeps a sealed entry at place `pos` of a store."""
    said = sealed.said
    return Row(
        pos, said.journal, said.jseq, said.run, said.type, said.at, said.recorded_at, said.lam, said.cmd,
        sealed.header, sealed.payload, sealed.salt, sealed.hash, sealed.sig,
    )  # fmt: skip


def entry_of(row: Row, said: Header | None = None) -> Entry:
    """The entry of a row; RecordTrouble when its header can no longer be read. `said`: it was just sealed."""
    try:
        said = said or header_of(row.header)
        at, recorded_at = moment_of(said.at), moment_of(said.recorded_at)
    except ValueError as error:
        raise RecordTrouble("entry-unreadable", pos=row.pos) from error
    boot, microseconds = said.mono
    return Entry(
        pos=row.pos,
        hash=row.hash.hex(),
        journal=said.journal,
        jseq=said.jseq,
        prev=said.prev,
        run=said.run,
        lam=said.lam,
        after=said.after,
        at=at,
        recorded_at=recorded_at,
        mono=(boot, microseconds * 1000),
        clk=said.clk,
        actor=said.actor,
        cmd=said.cmd,
        event=from_payload(said.type, said.tv, row.payload),
    )


def legible(row: Row) -> Entry:
    """The same of a row whose header may have been spoiled: then as its columns and its content say.

    One spoiled byte must not keep people from their plan; that it was spoiled is said by whoever checks what
    is read. RecordTrouble when not even the columns can be read.
    """
    try:
        return entry_of(row)
    except RecordTrouble:
        return entry_of(row, _header_by_columns(row))


def _header_by_columns(row: Row) -> Header:
    return Header(
        v=FORMAT, journal=row.journal, jseq=row.jseq, prev="", run=row.run, lam=row.lam, after=(),
        type=row.type, tv=1, at=row.at, recorded_at=row.recorded_at, mono=("", 0), clk="unknown", actor="?",
        cmd=row.cmd, payload="", plen=0,
    )  # fmt: skip
