"""Puts a run or home on the screen: makes the app, runs it, and says what the person wants next."""

from __future__ import annotations

from collections.abc import Callable

from engine.desk import Desk
from tui.app import MusterApp
from tui.asking import Questions
from tui.screens.home import HomeGlass, HomeScreen
from tui.screens.walk import WalkScreen
from tui.view import Looking


def walk(
    desk: Desk,
    language: str,
    palette: str,
    questions_for: Callable[[Looking], Questions],
    go_to: Callable[[str], Desk],
) -> tuple[str | None, str]:
    """Walk a run on the screen; what the person wants next (home, or nothing), and their language."""
    app = _Walk(desk, language, palette, questions_for, go_to)
    app.run()
    app.worker.shutdown(wait=False, cancel_futures=True)
    return app.wanted, app.language


def home(glass: HomeGlass, language: str, palette: str) -> tuple[str | None, str]:
    """Home on the screen; the run or runbook that was chosen, and the language."""
    app = _Home(glass, language, palette)
    app.run()
    app.worker.shutdown(wait=False)
    return app.wanted, app.language


class _Walk(MusterApp):
    def __init__(
        self,
        desk: Desk,
        language: str,
        palette: str,
        questions_for: Callable[[Looking], Questions],
        go_to: Callable[[str], Desk],
    ) -> None:
        super().__init__(language, palette)
        self._first = WalkScreen(desk, questions_for, go_to)

    def get_default_screen(self) -> WalkScreen:
        return self._first


class _Home(MusterApp):
    def __init__(self, glass: HomeGlass, language: str, palette: str) -> None:
        super().__init__(language, palette)
        self._first = HomeScreen(glass)

    def get_default_screen(self) -> HomeScreen:
        return self._first
