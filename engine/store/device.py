"""The files of one device for one store: its key, and the anchor that reveals a restored backup.

They stand in the state folder, not beside the store: a copy of the store must not carry its key.

    <store>.key        the key that seals; 0600
    <store>.anchor     the last entry this device knows it wrote
    <store>.<journal>.key   a key of an earlier journal, kept
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engine.errors import RecordTrouble
from engine.journal import BEGINNING, Head, Key
from engine.store.place import sync_folder

_TITLE = "muster-key-v1"


@dataclass(frozen=True, slots=True)
class Anchor:
    """The last entry that this device knows it wrote: `head` of `journal`."""

    journal: str
    head: Head


class Device(Protocol):
    """What seals, and what it remembers of its own journal."""

    name: str
    """Where the key is kept."""

    def key(self) -> Key:
        """The key; made when there is none."""

    def replace_key(self, old: Key) -> Key:
        """A new key for a new journal; the old one is kept."""

    def anchor(self) -> Anchor | None:
        """The last entry that was remembered."""

    def remember(self, anchor: Anchor) -> None:
        """Remember the last entry."""

    def close(self) -> None:
        """Let go of the files."""


class DeviceInMemory:
    """A device for one rehearsal."""

    name = "memory"

    def __init__(self, entropy: Callable[[int], bytes]) -> None:
        self._key = Key(entropy(32))

    def key(self) -> Key:
        """See Device."""
        return self._key

    def replace_key(self, old: Key) -> Key:
        """See Device; what is in memory cannot go back."""
        return old

    def anchor(self) -> None:
        """See Device."""

    def remember(self, anchor: Anchor) -> None:
        """See Device."""

    def close(self) -> None:
        """See Device."""


class DeviceFiles:
    """The files of this device for the store with the id `store`, in `folder`, which is made if need be."""

    def __init__(self, folder: Path, store: str, entropy: Callable[[int], bytes]) -> None:
        self.folder = folder
        self.key_path = folder / f"{store}.key"
        self.name = str(self.key_path)
        self.anchor_path = folder / f"{store}.anchor"
        self._entropy = entropy
        self._anchor_fd = -1
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise RecordTrouble("key-folder", path=str(folder), error=error.strerror) from error

    def key(self) -> Key:
        """See Device. Any number of processes that begin at once end with the same key."""
        if not self.key_path.exists():
            self._make_key()
        return read_key(self.key_path)

    def replace_key(self, old: Key) -> Key:
        """See Device. The writer lock is held; whoever is first makes the key, for all."""
        if self.key().journal == old.journal:
            self.key_path.rename(self.key_path.with_suffix(f".{old.journal}.key"))
        return self.key()

    def anchor(self) -> Anchor | None:
        """See Device. Half-written is as good as none: it is not flushed, and guards against no power cut."""
        try:
            journal, size, last = self.anchor_path.read_text("ascii").split()
            head = Head(int(size), last)
        except (OSError, ValueError):
            return None
        return Anchor(journal, head) if len(last) == len(BEGINNING.hash) else None

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
        try:
            _write_private(draft, text.encode("ascii"))
            try:
                # A link, because it is there whole or not at all, and never over another key.
                os.link(draft, self.key_path)
            except FileExistsError:
                pass  # Another process was faster; its key is ours.
            finally:
                draft.unlink()
            sync_folder(self.folder)
        except OSError as error:
            raise RecordTrouble("key-folder", path=str(self.folder), error=error.strerror) from error


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
