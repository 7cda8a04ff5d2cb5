"""On a slow machine a size or a tick comes before a screen has anything to paint on, and another after it has gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.events import Resize
from textual.geometry import Size

from tests.drill.small import World
from tests.tui.consoles import At
from tests.tui.screen_scenes import home_session
from tests.tui.screen_table import Seen, drive, painted, session_at
from tests.tui.table import KINDS, table
from tui.frame.home_glass import HomeGlass
from tui.screens.console import ConsoleScreen
from tui.screens.home import HomeScreen
from tui.screens.opening import OpeningScreen
from tui.screens.walk import WalkScreen
from tui.screens.working import WorkingScreen
from tui.session import Session
from tui.widgets.canvas import Canvas

SMALL = Size(72, 20)


@pytest.fixture(params=["home", "walk", "console"])
def begun(request):
    """A session, and its screen as it is made, before it stands anywhere."""
    with table(KINDS, "kinds", "li") as at:
        yield {
            "home": lambda: (home_session(), lambda one: HomeScreen(one, one.wanted(), HomeGlass())),
            "walk": lambda: (session_at(at), lambda one: WalkScreen(one, at.desk)),
            "console": _console,
        }[request.param]()


def _console() -> tuple[Session, Callable[[Session], WorkingScreen]]:
    world = World()
    at = At(world).started()
    return Session(at.store, world.around(7), live=at.live), lambda one: ConsoleScreen(one, at.live)


def is_told(screen: WorkingScreen) -> tuple[int, int]:
    """A size, a tick and news, as the terminal library and the worker bring them; what the screen knows then."""
    screen.on_resize(Resize(SMALL, SMALL))
    screen.tick()
    screen.paint()
    return screen.glass.width, screen.glass.height


def test_a_size_and_a_tick_before_there_is_anything_to_paint_on_are_kept(begun):
    session, make = begun

    async def script(seen: Seen):
        early = make(session)
        size = is_told(early)
        seen.app.push_screen(early)
        await seen.settle()
        return size, seen.app.screen is early, painted(seen.app)

    assert drive(lambda: session, script) == (SMALL, True, True)


def test_what_came_too_early_is_painted_when_there_is_something_to_paint_on(begun):
    session, _ = begun

    async def script(seen: Seen):
        screen = seen.app.screen
        assert isinstance(screen, WorkingScreen)
        (canvas,) = screen.query(Canvas)
        await canvas.remove()
        size = is_told(screen)
        await screen.mount(seen.app.canvas())
        before = painted(seen.app)
        WorkingScreen.on_mount(screen)  # the terminal library asks every class of a screen for its own
        return size, before, painted(seen.app)

    assert drive(lambda: session, script) == (SMALL, False, True)


def test_the_first_frame_takes_a_size_before_there_is_anything_to_paint_on():
    screen = OpeningScreen()
    screen._words = "-"

    screen.on_resize(Resize(SMALL, SMALL))

    assert not screen.query(Canvas)
