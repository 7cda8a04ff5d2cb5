"""What all screens beside the worker do alike stands in one place."""

from __future__ import annotations

import pytest

from tui.screens.console import ConsoleScreen
from tui.screens.home import HomeScreen
from tui.screens.walk import WalkScreen
from tui.screens.working import WorkingScreen

SHARED = ("compose", "submit", "on_happened", "on_key", "on_resize", "muster", "canvas")


@pytest.mark.parametrize("screen", [HomeScreen, WalkScreen, ConsoleScreen])
def test_a_screen_hears_keys_and_the_worker_as_every_other_does(screen):
    own = [name for one in screen.__mro__ if one is not WorkingScreen for name in SHARED if name in vars(one)]

    assert issubclass(screen, WorkingScreen)
    assert {getattr(screen, name) is getattr(WorkingScreen, name) for name in SHARED} == {True}, own
