"""The first frame: drawn at once, while another thread opens the plan book and the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.frame.rows import Row, Span, on
from tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from tui.app import MusterApp


class OpeningScreen(Screen[None], inherit_bindings=False):
    """Says what is being done; F12 and Ctrl-C leave."""

    def compose(self) -> ComposeResult:
        app: MusterApp = self.app  # type: ignore[assignment]  # the screens are made for no other app
        self._words = app.opening_words()
        yield app.canvas()

    def on_resize(self, event: events.Resize) -> None:
        width, height = event.size.width, event.size.height
        first = on((Span(" Muster ", "tag-real"), Span(f"  {self._words}")), "head", width)
        rows: list[Row] = [first, *[()] * (height - 1)]
        for canvas in self.query(Canvas):  # a size may be told before there is one
            canvas.show(rows)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("f12", "ctrl+c"):
            self.app.exit()
