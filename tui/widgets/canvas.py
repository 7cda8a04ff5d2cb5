"""A canvas of lines that sends only the cells that changed: a serial line at 9600 baud is a real user."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from engine.text import cells
from tui.theme import StyleOf
from tui.widgets.pen import Cell, Pen, cells_of, ink_of, stretches
from tui.widgets.seven import seven_bit

if TYPE_CHECKING:
    from tui.frame.rows import Row

TICK_BYTES = 120
"""What a tick of the clock may send."""

TICK_FRAME = 12
"""Of these, what stands around the cells: plain colours and the cursor."""

PATIENCE = 3
"""A row that has waited for so many ticks goes before all others: nothing that is shown stands still."""

BY_THE_SECOND = re.compile(r"\d\d:\d\d:\d\d")


class Canvas(Widget):
    """Shows rows of spans. All text has passed `text.clean`; none of it is ever markup."""

    DEFAULT_CSS = "Canvas { width: 100%; height: 100%; }"

    def __init__(
        self,
        style_of: StyleOf,
        *,
        ascii_only: bool = False,
        erases: bool = False,
        send: Callable[[str], None] | None = None,
        held: Callable[[], bool] = lambda: False,
    ) -> None:
        """`send` writes to the terminal; without it the terminal library paints, as in a test.

        While `held` (a line that is behind) nothing is sent; what is left is sent as one frame.
        """
        super().__init__()
        self._style_of = style_of
        self._ascii = ascii_only
        self._erases = erases
        self._send = send
        self._strips: list[Strip] = []
        self._made: dict[int, tuple[Row, Strip]] = {}
        """The strip that was last made for each line: most rows are the same after a key."""
        self._lines: list[list[Cell]] = []
        """What should be shown, cell by cell."""
        self._glass: list[list[Cell]] = []
        """What the terminal shows; empty when that is not known."""
        self._caret: tuple[int, int] | None = None
        self._waits: dict[int, int] = {}
        """For how many ticks a row has waited to be painted anew."""
        self._held = held

    def show(self, rows: Sequence[Row], caret: tuple[int, int] | None = None) -> None:
        """Show these rows; the caret is where an input method opens its window."""
        if caret is not None:
            self._caret = caret
        self._take({y: self._strip_at(y, row) for y, row in enumerate(rows)}, len(rows))
        self.send()

    def tick(self, rows: Sequence[Row], first: Iterable[int]) -> None:
        """Show what a tick of the clock has changed, within its bytes.

        The rows of `first` come first, then those with a clock that goes by the second, then those that tell
        minutes, each as long as it has waited. A row is painted whole or not at all; what tells seconds waits one
        tick at most, what tells minutes a few, which is less than what it tells.
        """
        strips = [self._strip_at(y, row) for y, row in enumerate(rows)]
        if len(strips) != len(self._strips) or len(self._glass) != len(strips):
            self._take(dict(enumerate(strips)), len(strips))
            self.send()
            return
        wanted = [y for y in range(len(strips)) if strips[y] != self._strips[y]]
        foremost = set(first)

        def turn(y: int) -> tuple[bool, bool, bool, bool, int]:
            waited = self._waits.get(y, 0)
            seconds = BY_THE_SECOND.search(strips[y].text) is not None
            return not (seconds and waited), waited < PATIENCE, y not in foremost, not seconds, -waited

        room, painted = TICK_BYTES - TICK_FRAME, dict[int, Strip]()
        for y in sorted(wanted, key=turn):
            price = self._price(y, strips[y])
            if price > room and painted:
                continue
            room -= price
            painted[y] = strips[y]
        self._waits = {y: self._waits.get(y, 0) + 1 for y in wanted if y not in painted}
        self._take(painted, len(strips))
        self.send()

    def _price(self, y: int, strip: Strip) -> int:
        """How many bytes it takes to send a line anew."""
        pen, line = Pen(erases=self._erases), cells_of(strip)
        for start, end in stretches(self._glass[y], line):
            pen.draw(y, start, line, end)
        return len(pen.frame(None).encode())

    def forget(self) -> None:
        """What the terminal shows is not known: the size changed, or somebody else has written on it."""
        self._glass = []

    def _take(self, new: dict[int, Strip], count: int) -> None:
        if len(self._strips) != count:
            self._strips = [new[y] for y in range(count)]
            self._lines = [cells_of(strip) for strip in self._strips]
            self._glass = []
        else:
            for y, strip in new.items():
                if strip is not self._strips[y] and strip != self._strips[y]:
                    self._strips[y], self._lines[y] = strip, cells_of(strip)
        if self._send is None:
            self.refresh()

    def send(self) -> None:
        """Bring the terminal from what it shows to what it should show."""
        # A screen below another counts as current for the library, because ours has no ground of its own.
        if self._send is None or not self._lines or self.app.screen is not self.screen:
            return
        if self._held():
            self.refresh()  # asked for again when the line has taken what was written
            return
        pen = Pen(erases=self._erases)
        if len(self._glass) != len(self._lines):
            ground = ink_of(self._style_of("text"))
            pen.clear(ground)
            # What a cleared cell holds is only known where it was filled with the ground.
            unknown = (" ", ground) if self._erases else ("", ground)
            self._glass = [[unknown] * len(line) for line in self._lines]
        for y, line in enumerate(self._lines):
            if self._glass[y] is line:
                continue  # a key changes two lines of twenty-four
            for start, end in stretches(self._glass[y], line):
                pen.draw(y, start, line, end)
            self._glass[y] = line
        if pen.size():
            self._send(pen.frame(self._caret))

    def render_line(self, y: int) -> Strip:
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, self._style_of("text"))

    def _strip_at(self, y: int, row: Row) -> Strip:
        known = self._made.get(y)
        if known is None or known[0] != row or known[1].cell_length != self.size.width:
            known = self._made[y] = row, self._strip(row)
        return known[1]

    def _strip(self, row: Row) -> Strip:
        seen = seven_bit if self._ascii else str
        segments = [Segment(seen(span.text), self._style_of(span.style)) for span in row if span.text]
        ground = self._style_of(f"text@{row[-1].style.partition('@')[2]}" if row else "text")
        # Measured as the plan is, not as the terminal library does: the two must not disagree on a sign.
        length = sum(cells(segment.text) for segment in segments)
        width = self.size.width
        if length <= width:
            return Strip([*segments, Segment(" " * (width - length), ground)], width)
        return Strip(segments).adjust_cell_length(width, ground)

    def lines(self) -> list[str]:
        """What is shown, as text: for tests."""
        return [strip.text for strip in self._strips]
