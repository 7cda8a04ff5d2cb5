"""The app on the screen: home and walk over one store. Imported only after `boot` has prepared the terminal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from textual.app import App

from tui.driver import Driver
from tui.theme import style_of


class MusterApp(App[None], inherit_bindings=False):
    """One terminal."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { background: ansi_default; }"

    def __init__(self, language: str, palette: str) -> None:
        super().__init__(driver_class=Driver, ansi_color=True)
        self.language = language
        self.style_of = style_of(palette)
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self.wanted: str | None = None
        """What the person asked for on leaving: another screen or run."""

    def switch_language(self) -> None:
        """The other language, everywhere at once."""
        self.language = "en" if self.language == "zh" else "zh"

    def go_home(self) -> None:
        """Leave this run, which goes on, for the start list."""
        self.wanted = "home"
        self.exit()
