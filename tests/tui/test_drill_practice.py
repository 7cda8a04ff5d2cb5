"""One person practises a role of a drill; simulated people play the others, on the same clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.acts import Given
from engine.errors import Refused
from engine.events import Entry
from tests import stores
from tests.drill.small import World
from tests.engine.records import entropy
from tui.logbook import MACHINE
from tui.verbs.leading import Led
from tui.verbs.practising import Practice

BOOK = Path(__file__).parents[1] / "fixtures" / "drill"
SECOND = timedelta(seconds=1)


@pytest.fixture
def world():
    return World()


def practice_of(world: World, role: str = "ENG") -> Practice:
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    return Practice(Led("spill-drill", play=role, book=str(BOOK)), store, world.around(3))


def acted(practice: Practice) -> set[str]:
    """Who did anything about a step."""
    entries: list[Entry] = practice.desk.record.entries(practice.desk.run_id)
    return {one.actor for one in entries if getattr(one.event, "step", None) is not None}


def passes(practice: Practice, world: World, length: timedelta) -> None:
    for _ in range(length // (10 * SECOND)):
        world.passes(10 * SECOND)
        practice.step()
    practice.desk.refresh()


def test_the_crew_plays_every_role_but_the_one_that_is_practised(world):
    practice = practice_of(world)
    passes(practice, world, 20 * 60 * SECOND)
    waited = acted(practice)
    act = next(one for one in practice.desk.possible() if one.key == ("do", "look"))
    practice.desk.do(act, Given(values={"depth": "2"}))
    passes(practice, world, 20 * 60 * SECOND)

    assert "li" not in waited
    last = practice.desk.state.steps["look"].last
    assert last is not None and last.by == "li"
    assert [card.inject for card in practice.desk.state.cards][:1] == ["call"]
    assert MACHINE not in acted(practice)


def test_its_clock_goes_at_the_speed_of_the_world_and_it_counts_for_nobody(world):
    practice = practice_of(world)
    passes(practice, world, 60 * SECOND)
    practice.ends()
    planned = practice.exercise.book.state.planned

    assert practice.exercise.elapsed == 60 * SECOND
    assert planned is not None
    assert (planned.by_machine, practice.exercise.stage) == (True, "ended")


def test_a_role_that_the_scenario_has_not_is_refused_with_those_it_has(world):
    with pytest.raises(Refused) as refused:
        practice_of(world, "PILOT")
    assert "ENG" in refused.value.sentence("en")
