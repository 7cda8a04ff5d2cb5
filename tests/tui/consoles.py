"""A trainer's console over a small drill, without a terminal; with one when keys are pressed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from tests.drill.small import SCENARIO, World, begun
from tests.tui.screen_table import Seen, drive
from tui.frame.console import console_frame
from tui.frame.console_glass import ConsoleGlass, Shown
from tui.presence import Presence
from tui.screens.console import ConsoleScreen
from tui.session import Session
from tui.trainer.live import Live
from tui.trainer.rows import first_pick, picks_of
from tui.trainer.words import Speaking
from tui.view import Looking


class At:
    """A console over a small drill, without a terminal."""

    def __init__(self, world: World, text: str = SCENARIO) -> None:
        self.world = world
        self.exercise, self.store = begun(world, text)
        self.live = Live(self.exercise, Presence(None))

    def started(self) -> At:
        self.exercise.start()
        self.live.look()
        return self

    def frame(self, width: int = 120, height: int = 36, language: str = "en", **glass: Any) -> list[str]:
        """The rows of the screen as text."""
        look = Looking(self.exercise.desk.state, self.exercise.now, language, "deng")
        speaking = Speaking(self.exercise, self.live.board, look)
        picks = picks_of(self.exercise, self.live.board)
        at = first_pick(self.exercise, self.live.board, picks)
        shown = console_frame(
            Shown(speaking, picks, at, "enter"), ConsoleGlass(width=width, height=height, **glass)
        )
        return ["".join(span.text for span in row) for row in shown.rows]

    def keys(self, script: Callable[[Seen, ConsoleScreen], Awaitable[None]], language: str = "en") -> None:
        """Somebody at the screen."""
        session = Session(self.store, self.world.around(7), live=self.live)

        async def play(seen: Seen) -> None:
            screen = seen.app.screen
            assert isinstance(screen, ConsoleScreen)
            await script(seen, screen)

        drive(lambda: session, play, language=language)
