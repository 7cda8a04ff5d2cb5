"""A canvas of lines that repaints only the cells that changed: a serial line at 9600 baud is a real user."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from engine.text import cells
from tui.frame import Row


class Canvas(Widget):
    """Shows rows of spans. All text has passed `text.clean`; none of it is ever markup."""

    DEFAULT_CSS = "Canvas { width: 100%; height: 100%; }"

    def __init__(self, style_of: Callable[[str], Style]) -> None:
        super().__init__()
        self._style_of = style_of
        self._rows: tuple[Row, ...] = ()
        self._strips: list[Strip] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; only what differs from what is shown is painted."""
        width = self.size.width
        strips = [self._strip(row, width) for row in rows]
        old, self._strips = self._strips, strips
        if len(old) != len(strips) or not old:
            self.refresh()
            return
        regions = [
            Region(start, y, end - start, 1)
            for y, (before, after) in enumerate(zip(old, strips, strict=True))
            for start, end in _changed(before, after)
        ]
        if regions:
            self.refresh(*regions)

    def forget(self) -> None:
        """Everything is painted anew: the size, the language or the colours changed."""
        self._strips = []

    def render_line(self, y: int) -> Strip:
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self._style_of("text"))

    def _strip(self, row: Row, width: int) -> Strip:
        segments = [Segment(span.text, self._style_of(span.style)) for span in row if span.text]
        return Strip(segments).adjust_cell_length(width, self._style_of("text"))


def _changed(before: Strip, after: Strip) -> list[tuple[int, int]]:
    """The stretches of cells in which two lines differ, joined where the gap is small."""
    if before == after:
        return []
    old, new = _cells(before), _cells(after)
    spots = [x for x in range(max(len(old), len(new))) if _at(old, x) != _at(new, x)]
    found: list[tuple[int, int]] = []
    for x in spots:
        if found and x - found[-1][1] <= GAP:
            found[-1] = (found[-1][0], x + 1)
        else:
            found.append((x, x + 1))
    return [_whole(new, old, start, end) for start, end in found]


GAP = 8
"""Moving the cursor costs about as much as painting this many unchanged cells."""

Cell = tuple[str, Style | None]


def _cells(strip: Strip) -> list[Cell]:
    """What stands in each cell; the second cell of a wide sign holds nothing."""
    found: list[Cell] = []
    for segment in strip:
        for sign in segment.text:
            width = cells(sign)
            if width == 0 and found:
                found[-1] = (found[-1][0] + sign, found[-1][1])
                continue
            found.append((sign, segment.style))
            found.extend([("", segment.style)] * (width - 1))
    return found


def _at(line: list[Cell], x: int) -> Cell | None:
    return line[x] if x < len(line) else None


def _whole(new: list[Cell], old: list[Cell], start: int, end: int) -> tuple[int, int]:
    """Never half of a wide sign, neither of what comes nor of what goes."""
    for line in (new, old):
        while start > 0 and start < len(line) and line[start][0] == "":
            start -= 1
        while end < len(line) and line[end][0] == "":
            end += 1
    return start, end
