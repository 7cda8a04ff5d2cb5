"""Everybody is called out of a room in one run: no other run of the incident leads anybody into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from engine.desk import Desk, Elsewhere, Incident, Opening, Others
from engine.errors import Refused
from engine.events import Entry
from engine.plan import Runbook, Watch
from engine.run import replay
from tests.engine.build import do, hold, minutes, plain, plan, run, text
from tests.engine.test_incident import SMOKE, Scene, scene

LIVE = Watch("live", words=text("the water is live"))
FLARES = Watch("flares", words=text("it burns again"))
SIGNERS = (("zhao", "PWR"), ("li", "ENG"))


def wet() -> Runbook:
    """A leak: somebody bails inside; smoke calls them out and opens the fire, live water calls them out too."""
    return plan(
        do("bail", inside=True),
        do("out", lane="fire", after="smoke", withdraw="fire-return"),
        hold("fire-return", "PWR ENG", lane="fire"),
        do("clear", lane="live", after="live", withdraw="permit"),
        hold("permit", "PWR ENG", lane="live"),
        do("close", after="all"),
        id="leak",
        hazard="leak",
        watches=[SMOKE, LIVE],
    )


def burning() -> Runbook:
    """A fire: a look from the door, somebody surveys inside, a procedure proves the air; it may flare up again."""
    return plan(
        do("door"),
        do("survey", inside=True),
        do("leave", lane="again", after="flares", withdraw="re-enter"),
        run("prove", "air", lane="again"),
        hold("re-enter", "PWR ENG", lane="again"),
        do("close", after="all"),
        id="fire",
        hazard="fire",
        watches=[FLARES],
    )


def air() -> Runbook:
    """A procedure with a step of its own in that room."""
    return plan(do("measure", inside=True), id="air")


@contextmanager
def incident() -> Iterator[tuple[Scene, Scene]]:
    """The leak and the fire that its smoke has opened, somebody at the door."""
    with scene(wet(), burning(), air()) as leak:
        fire = leak.raise_smoke()
        fire.do("do", "door")
        yield leak, fire


def refusal(at: Scene, verb: str, step: str, **given: Any) -> str:
    try:
        at.do(verb, step, **given)
    except Refused as refused:
        return refused.id
    return ""


def signed(at: Scene, step: str) -> None:
    for person, role in SIGNERS:
        at.do("sign", step, person=person, role=role, strength="pin")


def test_the_fire_leads_nobody_into_water_that_the_leak_has_called_everybody_out_of():
    with incident() as (leak, fire):
        leak.do("raise", "live")
        out = refusal(fire, "do", "survey")
        leak.do("do", "clear")
        leak.do("sign", "permit", person="zhao", role="PWR", strength="pin")
        by_one = refusal(fire, "do", "survey")
        leak.do("sign", "permit", person="li", role="ENG", strength="pin")

        assert (out, by_one, refusal(fire, "do", "survey")) == ("out-elsewhere", "out-elsewhere", "")


def test_the_refusal_says_which_run_why_since_when_and_what_lets_people_in():
    with incident() as (leak, fire):
        leak.do("raise", "live")

        with pytest.raises(Refused) as refused:
            fire.do("do", "survey")

        assert str(refused.value) == (
            f"{leak.desk.run_id} has everybody out of this room since 02:00:00 ('the water is live'): 'survey' waits "
            "until 'permit' is signed there; what was done before takes its time."
        )


def test_the_smoke_that_opened_the_fire_does_not_keep_the_fire_from_its_work():
    with incident() as (leak, fire):
        assert leak.desk.state.steps["out"].opened
        assert fire.desk.elsewhere.called_out(fire.desk.state) is None
        assert refusal(fire, "do", "survey") == ""


def test_a_fire_that_flares_up_holds_back_the_leak_too():
    with incident() as (leak, fire):
        leak.do("do", "out")
        signed(leak, "fire-return")
        fire.do("raise", "flares")

        assert refusal(leak, "do", "bail") == "out-elsewhere"


def test_the_procedure_on_the_way_to_the_hold_is_not_held_back_by_what_waits_for_it():
    with incident() as (leak, fire):
        fire.do("raise", "flares")
        fire.do("do", "leave")
        fire.do("open-child", "prove")
        proof = fire.child

        by_the_fire = proof.desk.elsewhere.called_out(proof.desk.state)
        leak.do("raise", "live")

        assert by_the_fire is None
        assert refusal(proof, "do", "measure") == "out-elsewhere"


def test_whoever_is_called_out_of_one_room_may_work_in_another():
    with incident() as (leak, fire):
        leak.do("raise", "live")
        graphs = {"fire": fire.desk.state.graph}
        there = Opening("fire", graphs, (), "A1", parent=leak.desk.run_id)
        desk = Desk.open_run(leak.store, there, "li", leak.around)
        other = Scene(desk, leak.store, leak.clock, leak.around)
        other.do("do", "door")

        assert refusal(other, "do", "survey") == ""


def test_a_run_that_has_ended_keeps_nobody_out():
    with incident() as (leak, fire):
        leak.do("raise", "live")
        kept_out = refusal(fire, "do", "survey")
        leak.do("end", target="abandoned", reason="the building is given up")

        assert (kept_out, refusal(fire, "do", "survey")) == ("out-elsewhere", "")


def test_what_was_done_before_everybody_was_called_out_is_recorded_with_its_time():
    with incident() as (leak, fire):
        fire.passes(10)
        earlier = fire.clock.now - minutes(5)
        leak.do("raise", "live")
        survey = next(one for one in fire.desk.possible() if one.key == ("do", "survey"))
        now = refusal(fire, "do", "survey")

        fire.desk.do(survey, at=earlier)

        assert (now, fire.settled("survey")) == ("out-elsewhere", True)


def test_what_is_refused_is_written_nowhere_and_the_record_is_replayed_without_the_other_run():
    with incident() as (leak, fire):
        before = fire.store.entries(fire.desk.run_id)
        leak.do("raise", "live")
        refusal(fire, "do", "survey")
        refused = fire.store.entries(fire.desk.run_id)
        signed_in = refusal(leak, "do", "clear")
        signed(leak, "permit")
        fire.do("do", "survey")

        state = fire.desk.state
        again = replay(state.graph, state.run_id, fire.store.entries(state.run_id))

        assert (before, signed_in) == (refused, "")
        assert plain(again) == plain(state)


def test_of_another_run_only_what_is_new_is_read():
    class Counted:
        """The record, and how many entries of it were handed out."""

        def __init__(self, scene_: Scene) -> None:
            self._store, self.read = scene_.store, 0

        def entries(self, run_id: str | None, since_pos: int = 0) -> list[Entry]:
            found = self._store.entries(run_id, since_pos)
            self.read += len(found)
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

    with incident() as (leak, fire):
        record: Any = Counted(fire)
        elsewhere = Elsewhere(Others(record, Incident(record, fire.desk.run_id)))
        elsewhere.called_out(fire.desk.state)
        at_first = record.read
        elsewhere.called_out(fire.desk.state)
        unchanged = record.read
        leak.do("raise", "live")

        found = elsewhere.called_out(fire.desk.state)

        assert found is not None and found.run == leak.desk.run_id
        assert unchanged == at_first
        # Once for who opened whom, once for where it stands.
        assert record.read - unchanged == 2
