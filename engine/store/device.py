"""The files of one device for one store: its key, and the anchor that reveals a restored backup.

They stand in the state folder, not beside the store: a copy of the store must not carry its key.

    <store>.key        the key that seals; 0600
    <store>.anchor     the last entry this device knows it wrote
    <store>.<journal>.key   a key of an earlier journal, kept
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from engine.errors import RecordTrouble
from engine.journal import BEGINNING, STRANGER, Anchor, Head, Key, Trust
from engine.store.place import sync_folder

_TITLE = "muster-key-v1"


class Device(Protocol):
    """What seals, and what it remembers of its own journal."""

    name: str
    """Where the key is kept."""

    def key(self) -> Key:
        """The key; made when there is none."""

    def replace_key(self, old: Key) -> Key:
        """A new key for a new journal; the old one is kept."""

    def kept(self, journal: str) -> Key | None:
        """The key of an earlier journal, when it is still here."""

    def trust(self) -> Trust:
        """What this device knows of the record."""

    def remember(self, anchor: Anchor) -> None:
        """Remember the last entry."""

    def close(self) -> None:
        """Let go of the files."""


class DeviceInMemory:
    """A device for one rehearsal."""

    name = "memory"

    def __init__(self, entropy: Callable[[int], bytes]) -> None:
        self._key = Key(entropy(32))
        self._anchor: Anchor | None = None

    def key(self) -> Key:
        """See Device."""
        return self._key

    def replace_key(self, old: Key) -> Key:
        """See Device; what is in memory cannot go back."""
        return old

    def kept(self, journal: str) -> None:
        """See Device."""

    def trust(self) -> Trust:
        """See Device."""
        return Trust(self._key.journal, frozenset({self._key.journal}), self._anchor)

    def remember(self, anchor: Anchor) -> None:
        """See Device."""
        self._anchor = anchor

    def close(self) -> None:
        """See Device."""


class DeviceFiles:
    """The files of this device for the store with the id `store`, in `folder`, which is made with the key."""

    def __init__(self, folder: Path, store: str, entropy: Callable[[int], bytes]) -> None:
        self.folder = folder
        self.store = store
        self.key_path = folder / f"{store}.key"
        self.name = str(self.key_path)
        self.anchor_path = _anchor_path(folder, store)
        self._entropy = entropy
        self._anchor_fd = -1

    def key(self) -> Key:
        """See Device. Any number of processes that begin at once end with the same key."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self.key_path.exists():
                self._make_key()
        except OSError as error:
            raise RecordTrouble("key-folder", path=str(self.folder), error=error.strerror) from error
        return read_key(self.key_path)

    def replace_key(self, old: Key) -> Key:
        """See Device. The writer lock is held; whoever is first makes the key, for all."""
        if self.key().journal == old.journal:
            self.key_path.rename(self.key_path.with_suffix(f".{old.journal}.key"))
        return self.key()

    def kept(self, journal: str) -> Key | None:
        """See Device. Without it the new journal is only not vouched for; nothing is left unrecorded."""
        try:
            return read_key(self.key_path.with_suffix(f".{journal}.key"))
        except RecordTrouble:
            return None

    def trust(self) -> Trust:
        """See Device."""
        return trust_in(self.folder, self.store)

    def remember(self, anchor: Anchor) -> None:
        """See Device."""
        if self._anchor_fd < 0:
            flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
            self._anchor_fd = os.open(self.anchor_path, flags, 0o600)
        # Always the same length, so that one write replaces all of it.
        line = f"{anchor.journal} {anchor.head.size:016d} {anchor.head.hash}\n"
        os.pwrite(self._anchor_fd, line.encode("ascii"), 0)

    def close(self) -> None:
        """See Device."""
        if self._anchor_fd >= 0:
            os.close(self._anchor_fd)
        self._anchor_fd = -1

    def _make_key(self) -> None:
        key = Key(self._entropy(32))
        text = f"{_TITLE}\n{key.secret.hex()}\n{key.public.hex()}\n"
        draft = self.key_path.with_suffix(f".{self._entropy(8).hex()}.new")
        _write_private(draft, text.encode("ascii"))
        try:
            # A link, because it is there whole or not at all, and never over another key.
            os.link(draft, self.key_path)
        except FileExistsError:
            pass  # Another process was faster; its key is ours.
        finally:
            draft.unlink()
        sync_folder(self.folder)


def _write_private(path: Path, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(fd)


def read_key(path: Path) -> Key:
    """The key in a file; RecordTrouble when others can read it, or when it is none."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                raise RecordTrouble("key-open-to-others", path=str(path))
            title, secret, public = file.read(1024).decode("ascii").split()
        key = Key(bytes.fromhex(secret), bytes.fromhex(public))
    except (OSError, ValueError) as error:
        raise RecordTrouble("key-unreadable", path=str(path)) from error
    if title != _TITLE or len(key.secret) != 32 or len(key.public) != 32:
        raise RecordTrouble("key-unreadable", path=str(path))
    return key


def trust_in(folder: Path, store: str | None) -> Trust:
    """What the device whose files lie in `folder` knows of the store with that id. It only reads.

    A key that cannot be read is not known here; whoever wants to write with it is told why.
    """
    if store is None:
        return STRANGER
    anchor = _anchor_in(_anchor_path(folder, store))
    current = _journal_in(folder / f"{store}.key")
    kept = (_journal_in(path) for path in folder.glob(f"{store}.*.key"))
    own = {current, *kept, None if anchor is None else anchor.journal}
    return Trust(current, frozenset(one for one in own if one is not None), anchor)


def _anchor_path(folder: Path, store: str) -> Path:
    return folder / f"{store}.anchor"


def _anchor_in(path: Path) -> Anchor | None:
    """Half-written is as good as none: it is not flushed, and guards against no power cut."""
    try:
        journal, size, last = path.read_text("ascii").split()
        head = Head(int(size), last)
    except (OSError, ValueError):
        return None
    return Anchor(journal, head) if len(last) == len(BEGINNING.hash) else None


def _journal_in(path: Path) -> str | None:
    try:
        return read_key(path).journal
    except RecordTrouble:
        return None
