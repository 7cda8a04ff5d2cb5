"""The control of the screens: the least that Textual can do with a list, one line of which is in colour.

It writes the same marks as `tests/tui/pty_walk.py`, so that a key is measured alike on both.
"""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

ROWS = 200
HERE, ELSEWHERE = Style(reverse=True), Style()


class Lines(ScrollView, can_focus=True):
    """Rows with Han in them, drawn line by line."""

    at = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(80, ROWS)

    def on_key(self, event: events.Key) -> None:
        step = {"down": 1, "up": -1}.get(event.key, 0)
        before, self.at = self.at, min(max(self.at + step, 0), ROWS - 1)
        for row in {before, self.at}:
            self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        style = HERE if row == self.at else ELSEWHERE
        return Strip([Segment(f"步骤 {row:03d} step {row}", style)]).adjust_cell_length(
            self.size.width, style
        )


class Bare(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield Lines()

    def on_mount(self) -> None:
        self.screen.query_one(Lines).focus()

    def on_key(self, event: events.Key) -> None:
        if event.key == "q":
            self.exit()


if __name__ == "__main__":
    import sqlalchemy  # noqa: F401 - what every walk loads too

    Bare().run()
