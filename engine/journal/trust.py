"""Whose journals these are: what a device knows of itself, and which journals nobody vouches for.

Anybody can make a key and add a journal of their own to a copy of the file; its signatures hold. So a journal
counts only when this device has its key, when somebody named it from outside, or when a journal that counts
vouches for it: a device that must begin anew, because its record went back, signs the new key with the old.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engine.events import Event, JournalOpened
from engine.journal.notes import Claim
from engine.journal.sealing import Head, Key, journal_of, signature_holds

SUCCESSOR = b"muster/successor/v1\n"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last entry that a device knows it wrote: `head` of `journal`."""

    journal: str
    head: Head


@dataclass(frozen=True, slots=True)
class Trust:
    """What this device knows of a record, from its own files and not from the record."""

    journal: str | None = None
    """The journal whose key it has; None when it has no key for this record."""
    own: frozenset[str] = frozenset()
    """That journal and every earlier one of this device."""
    anchor: Anchor | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """How far its journal went, as it remembers."""
        last = self.anchor
        return () if last is None else (Claim(last.journal, last.head.size, last.head.hash, "remembered"),)

    def foreign(
        self, journals: Iterable[str], openings: Mapping[str, JournalOpened], known: Collection[str] = ()
    ) -> frozenset[str]:
        """Those of `journals` that nobody vouches for; `known`: those that somebody named from outside.

        Where nothing is known, the journals of one device cannot be told from those of another that replaced
        it, and none is called foreign; of several devices all are.
        """
        named = {*self.own, *known}
        families = _families({*journals, *openings}, openings)
        if not named and len(families) < 2:
            return frozenset()
        strange = {one for family in families if not family & named for one in family}
        return frozenset(strange.intersection(journals))


STRANGER = Trust()
"""A machine that never wrote in this record."""


def public_of(journal: str, event: Event) -> bytes | None:
    """The public key of a journal from its first entry; None when it is not the one it is named by."""
    if not isinstance(event, JournalOpened):
        return None
    public = _bytes_of(event.key)
    # A journal is named by its key, so no other key can be put in its place.
    return public if journal_of(public) == journal else None


def vouch(old: Key, public: bytes) -> str:
    """What a device signs with its old key (hex) so that everybody can see that the new one is its own."""
    return old.sign(SUCCESSOR + public).hex()


def _families(journals: Collection[str], openings: Mapping[str, JournalOpened]) -> list[set[str]]:
    """Journals of one device: each signed by the key of the one before it."""
    before = {name: one.before for name, one in openings.items() if one.before and _is_vouched(one, openings)}
    families: dict[str, set[str]] = {}
    for journal in journals:
        line = [journal]
        # Whoever has two keys can make them vouch for each other in a ring.
        while (older := before.get(line[-1])) is not None and older not in line:
            line.append(older)
        families.setdefault(line[-1], set()).add(journal)
    return list(families.values())


def _is_vouched(one: JournalOpened, openings: Mapping[str, JournalOpened]) -> bool:
    elder = openings.get(one.before or "")
    if elder is None:
        return False
    return signature_holds(_bytes_of(elder.key), SUCCESSOR + _bytes_of(one.key), _bytes_of(one.vouch or ""))


def _bytes_of(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
