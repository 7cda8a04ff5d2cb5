"""The same seed gives the same bytes: on both Pythons, with any hash seed, in any zone."""

from __future__ import annotations

import pytest

from tests.drill.elsewhere import said_elsewhere
from tests.drill.recorded import digest, played

GOLDEN = {
    "alone": "dbcdcccc86ea76f8e03fb1bf8f72e2e9bfe6bdca15bd7a1abac9cdef91bd10ce",
    "team": "620ab686e60ab5ce0751c059e17f0df9eab51c9bfba1c04cbbaf43dbf6997f42",
}
"""Both rings of the test machine check these: Python 3.11 and 3.13."""


@pytest.mark.requirement("R54")
@pytest.mark.parametrize("name", GOLDEN)
def test_a_drill_by_machine_is_the_same_to_the_byte_on_every_python(name):
    assert digest(name) == GOLDEN[name]


@pytest.mark.requirement("R54")
def test_neither_the_hash_seed_nor_the_time_zone_changes_it():
    program = "from tests.drill.recorded import digest; print(digest('alone'), digest('team'))"

    assert said_elsewhere(program) == list(GOLDEN.values())


def test_the_two_drills_draw_go_wrong_and_open_another_run():
    """What the digests rest on: a drill in which nothing happens would prove nothing."""
    alone, team = played("alone"), played("team")
    runs = (alone.exercise.desk.run_id, alone.exercise.book.state.run_id)
    said = {getattr(one.event, "how", "") for run in runs for one in alone.exercise.desk.record.entries(run)}

    assert {"drawn", "delivered"} <= said
    assert len(team.desks) == 2
