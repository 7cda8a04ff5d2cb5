"""The same seed gives the same bytes: on both Pythons, with any hash seed, in any zone."""

from __future__ import annotations

import pytest

from tests.drill.elsewhere import said_elsewhere
from tests.drill.recorded import digest, played

GOLDEN = {
    "alone": "b43d132c1d870874d50fcb9ac6ad94a3d865210ae6ac1c252212011ce5f7c867",
    "team": "2ed84d2016b5dc1b2b16dc1587b1d68ef89652bb474da49d88d3047e2e6c2d4d",
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
