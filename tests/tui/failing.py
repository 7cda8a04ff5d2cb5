"""A store or record of which some calls fail, until it is mended."""

from __future__ import annotations

from typing import Any

from engine.errors import RecordTrouble

DISK_FULL = RecordTrouble("disk-full", path="x.db", error="no space")


class Failing:
    """Some calls of it raise `trouble` while it is `broken`; all others are those of what is behind it."""

    def __init__(self, behind: Any, *calls: str, trouble: RecordTrouble = DISK_FULL) -> None:
        self._behind = behind
        self._calls = calls
        self._trouble = trouble
        self.broken = True

    def __getattr__(self, name: str) -> Any:
        if self.broken and name in self._calls:
            return self._fail
        return getattr(self._behind, name)

    def _fail(self, *_: Any, **__: Any) -> Any:
        raise self._trouble
