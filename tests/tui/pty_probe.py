"""A small screen over the real driver and the real watchdog, to be killed, blocked and typed at.

    python pty_probe.py [--fault]

It shows each key by its name, what is typed as a text, and pastes. F5 blocks the event loop until somebody
writes into the FIFO named by HOLD,
F6 clears, F7 writes what was typed into a file, F12 leaves; with `--fault` it leaves without goodbye.
"""

# The environment is settled before Textual is loaded.
# ruff: noqa: E402

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from engine.text import Text, clean
from tui.boot import prepare, prepare_for_textual
from tui.heart import Heart, Stand

prepare()
prepare_for_textual()

from textual import events
from textual.app import App, RenderResult
from textual.content import Content
from textual.widget import Widget

from tui.driver import Driver


class Seen(Widget):
    """Everything that has come, the latest in front."""

    DEFAULT_CSS = "Seen { width: 100%; height: 100%; }"
    keys = ""
    text = ""
    more = ""

    def render(self) -> RenderResult:
        last = "bottom row".center(self.size.width)
        lines = [f"text={self.text}", f"keys={self.keys}", self.more]
        empty = [""] * max(self.size.height - len(lines) - 1, 0)
        return Content("\n".join([*lines, *empty, last]))


class Probe(App[None], inherit_bindings=False):
    """The app."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__(driver_class=Driver)

    def compose(self):
        yield Seen()

    def on_key(self, event: events.Key) -> None:
        seen = self.screen.query_one(Seen)
        seen.keys += f"{event.key},"
        if event.character and event.is_printable:
            seen.text += clean(event.character)
        if event.key == "f12":
            self.exit()
        elif event.key == "f5":
            Path(os.environ["HOLD"]).read_bytes()
        elif event.key == "f6":
            seen.keys = seen.text = ""
        elif event.key == "f7":
            Path("handled").write_text(seen.text, "utf-8")
        seen.refresh()

    def on_paste(self, event: events.Paste) -> None:
        seen = self.screen.query_one(Seen)
        seen.text += f"[{clean(event.text)}]"
        seen.refresh()


def main() -> None:
    heart = Heart(("zh", "en"))
    heart.stands(
        Stand(
            "leak", 4, "/var/lib/muster/sheets/R-1.txt", "muster walk R-1", 7, Text("关 V-12", "Close V-12")
        )
    )
    Probe().run()
    if "--fault" not in sys.argv:
        heart.stop()
    print("left in order")


if __name__ == "__main__":
    main()
