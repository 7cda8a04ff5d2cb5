"""Things side by side, as many as fit a line."""

from __future__ import annotations

from collections.abc import Sequence

from engine.text import cells

GAP = "   "
"""Between things that stand side by side."""


def pack(parts: Sequence[str], width: int, first: str = "  ", gap: str = GAP, rest: str = "  ") -> list[str]:
    """Parts side by side, as many as fit a line, in the order given; `rest` stands before every line but the first."""
    lines: list[str] = []
    row, empty = first, True
    for part in parts:
        joined = row + part if empty else row + gap + part
        if cells(joined) > width and not empty:
            lines.append(row)
            joined = rest + part
        row, empty = joined, False
    return lines if empty else [*lines, row]
