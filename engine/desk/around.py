"""What a desk is given: a record, and time, chance and identity as they come in by the front door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from engine.events import Draft, Entry

if TYPE_CHECKING:
    from engine.store import RunRow


class Record(Protocol):
    """What a desk needs of a store."""

    @property
    def journal(self) -> str: ...
    def append(
        self, drafts: Sequence[Draft], *, seen: int | None, cmd: str | None, texts: Iterable[bytes] = ()
    ) -> list[Entry]: ...
    def entries(self, run: str | None, since_pos: int = 0) -> list[Entry]: ...
    def text(self, digest: str) -> bytes | None: ...
    def runs(self, *, limit: int | None = None, going_on: bool = False) -> list[RunRow]: ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Time, chance and identity, as they come in by the front door."""

    now: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    check_pin: Callable[[str, str | None], None]
    """Refuses when the PIN is not that person's."""
    mono: Callable[[], tuple[str, int]] = lambda: ("", 0)
    """Boot id and nanoseconds since that boot; what a drill's clock counts by. Without it, by the wall."""
