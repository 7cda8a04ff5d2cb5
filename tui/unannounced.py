"""A drill without notice stands in no list before it begins: whoever reads the lists may be one of its players.

On one shared file that is a courtesy, like the evaluation that players do not read; `verify` counts everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from engine.events import DrillPlanned, Entry, Stage
from engine.store import RunRow


class Kept(Protocol):
    """What is read of a store."""

    def entries(self, run: str | None, since_pos: int = 0) -> list[Entry]: ...


def listed(record: Kept, rows: Iterable[RunRow]) -> list[RunRow]:
    """The rows that anybody may see now."""
    return [row for row in rows if not _is_secret(record, row)]


def _is_secret(record: Kept, row: RunRow) -> bool:
    if row.kind != "D" or row.ended_how is not None:
        return False
    events = [one.event for one in record.entries(f"E{row.run[1:]}")]
    planned = any(isinstance(one, DrillPlanned) and one.notice is not None for one in events)
    return planned and not any(isinstance(one, Stage) and one.stage == "running" for one in events)
