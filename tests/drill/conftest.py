"""The clocks of a machine, and a small drill that has begun."""

from __future__ import annotations

import pytest

from drill.exercise import Exercise
from tests.drill.small import World, begun


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def drill(world: World) -> Exercise:
    """Begun and started, its trainer at the desk."""
    exercise, _ = begun(world)
    exercise.start()
    return exercise
