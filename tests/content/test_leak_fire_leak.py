"""Smoke in the middle of a leak: the fire runbook is opened, walked to its end, and the leak stands where it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from drill.rehearsal import HandClock, play
from engine.acts import Act, Given
from engine.desk import Desk, Surroundings, opening_of
from engine.errors import Refused
from engine.events import ReadingTaken
from engine.state import RunState, status
from engine.store import Store, memory_store
from tests.content import book
from tests.content.book import REHEARSALS
from tests.engine.records import Wall, entropy

RETURN = ("fire-out", "fire-return", "fire-cut", "fire-lock", "fire-back")
"""What the leak itself asks of those who come back from the fire."""


@pytest.fixture
def store() -> Iterator[Store]:
    with memory_store(wall=Wall(), entropy=entropy(1)) as opened:
        yield opened


@pytest.fixture
def leak(store: Store) -> Desk:
    """The rehearsal of a leaking air conditioner in room A1, up to the closing of its feed valve."""
    script = book.rehearsal(REHEARSALS / "leak-crac.yaml")
    turn = next(number for number, line in enumerate(script.script) if line.target == "crac-valve")
    opening = replace(opening_of(book.read(), "leak", room="A1", kind="H"), reported_at=script.reported_at)
    desk = play(replace(script, script=script.script[:turn]), opening, store, entropy(2)).desk
    desk.actor = "zhao"
    return desk


def places(state: RunState) -> dict[str, str]:
    """Where every step stands, but for those that only a fire wakes."""
    return {name: status(state, name) for name in state.steps if name not in RETURN}


def opened_by(desk: Desk, watch: str) -> str:
    """The run that a raised watch opens or joins."""
    desk.do(Act("raise", watch), Given())
    desk.do(Act("open-child", watch), Given())
    return next(child.run for child in desk.state.children.values() if child.watch == watch)


def over_to(run_id: str, store: Store, desk: Desk) -> Desk:
    """Another run of the incident, at the moment of the first one."""
    around = Surroundings(HandClock(desk.now()), entropy(3), lambda person, pin: None)
    return Desk.resume(store, run_id, "feng", around)


TWO: Any = {"second": "zhou", "second_strength": "pin"}
"""What nobody does alone."""

FALSE_ALARM: tuple[tuple[str, str | None, Given], ...] = (
    ("entry", "entry.0", Given(answer="yes")),
    ("answer", "first-word", Given(answer="alarm")),
    ("do", "panel", Given(values={"fire-zone": "A1-07"})),
    ("do", "cctv", Given(values={"signals": "1", "asd": "0.04"})),
    ("do", "send-look", Given(values={"crew": "李明\n周凯"})),
    ("do", "door-look", Given(values={"smoke-seen": "no", "door-hot": "no"}, **TWO)),
    ("answer", "fire-seen", Given(answer="none")),
    ("do", "search-manual", Given()),
    ("answer", "search", Given(answer="nothing", values={"hot-spot": "2", "smoke-seen": "no"}, **TWO)),
    ("do", "false-clean", Given()),
    ("do", "leave-auto", Given(values={"headcount": "0", "panel-auto": "yes"})),
    ("do", "false-log", Given()),
    ("do", "false-recheck", Given()),
    ("end", None, Given(target="complete")),
)
"""One detector, two people search, nothing: the shortest way to the end of the fire runbook."""


def walk(desk: Desk, *acts: tuple[str, str | None, Given]) -> None:
    for verb, step_id, given in acts:
        desk.do(Act(verb, step_id), given)


def signed_by(*names: tuple[str, str]) -> list[tuple[str, str, Given]]:
    return [
        ("sign", "fire-return", Given(person=person, role=role, strength="pin")) for person, role in names
    ]


def come_back(leak: Desk) -> None:
    """Out, three signatures, what was switched off, and the word that the leak goes on."""
    walk(
        leak,
        ("do", "fire-out", Given()),
        *signed_by(("wang", "IC"), ("zhao", "PWR"), ("feng", "SEC")),
        ("answer", "fire-cut", Given(answer="kept")),
        ("do", "fire-back", Given()),
    )


def test_after_the_fire_everybody_is_back_on_the_exact_step(leak: Desk, store: Store) -> None:
    walk(leak, ("start", "crac-valve", Given(tag="V-12")))
    before, step = places(leak.state), leak.current()

    fire = over_to(opened_by(leak, "smoke"), store, leak)
    walk(fire, *FALSE_ALARM)
    leak.settle()
    come_back(leak)

    assert (leak.current(), places(leak.state)) == (step, before)
    assert leak.open_children() == []
    leak.do(Act("do", "crac-valve"), Given())
    assert status(leak.state, "crac-valve") == "done"


def test_the_people_of_the_leak_are_in_the_fire_in_the_same_roles(leak: Desk, store: Store) -> None:
    fire = over_to(opened_by(leak, "smoke"), store, leak)

    shared = set(leak.state.roles) & set(dict(fire.state.graph.runbook.roles))
    assert fire.state.room == leak.state.room
    assert {role: fire.state.holders(role) for role in shared} == {
        role: leak.state.holders(role) for role in shared
    }


def test_the_fire_leads_nobody_into_the_wet_room_while_its_water_is_live(leak: Desk, store: Store) -> None:
    fire = over_to(opened_by(leak, "smoke"), store, leak)
    search = FALSE_ALARM[:-5]
    walk(fire, *search)
    leak.do(Act("raise", "live"), Given())

    with pytest.raises(Refused) as refused:
        fire.do(Act("do", "false-clean"))
    leak.propose([ReadingTaken("headcount", "0", "persons")])
    walk(
        leak,
        ("do", "trip-clear", Given()),
        ("do", "trip-feeder", Given(tag="QF-12")),
        ("do", "trip-lock", Given(values={"feed-dead": "yes", "circuits": "C2-L1"})),
        ("sign", "trip-return", Given(person="zhao", role="PWR", strength="pin")),
        ("sign", "trip-return", Given(person="li", role="ENG", strength="pin")),
    )
    fire.do(Act("do", "false-clean"))

    assert refused.value.id == "out-elsewhere"
    assert status(fire.state, "false-clean") == "done"


def test_water_of_the_brigade_comes_back_to_the_leak_that_is_open_and_opens_no_second(
    leak: Desk, store: Store
) -> None:
    fire = over_to(opened_by(leak, "smoke"), store, leak)

    assert opened_by(fire, "water") == leak.run_id
    assert next(iter(fire.state.children.values())).link == "joined"


def test_nobody_returns_to_the_wet_room_on_two_signatures(leak: Desk, store: Store) -> None:
    fire = over_to(opened_by(leak, "smoke"), store, leak)
    walk(fire, *FALSE_ALARM)
    walk(leak, ("do", "fire-out", Given()), *signed_by(("wang", "IC"), ("zhao", "PWR")))

    assert (status(leak.state, "fire-return"), status(leak.state, "fire-cut")) == ("ready", "waiting")
