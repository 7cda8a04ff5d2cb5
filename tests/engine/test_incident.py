"""Several runs of one incident, through the desk: leak → fire → leak, the same people, one report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from drill.rehearsal import HandClock
from engine.acts import Given
from engine.clocks import PromiseReading, promise_at
from engine.clocks import promises as running
from engine.desk import Desk, Opening, Surroundings, people_for
from engine.errors import Refused
from engine.events import ChildOpened, HandoverSigned, PersonJoined, RoleTaken, RunOpened, Told
from engine.plan import Promises, Room, Runbook, Watch
from engine.store import Store, memory_store
from tests.engine.build import (
    SITE,
    T0,
    apart,
    ask,
    compiled,
    do,
    minutes,
    plan,
    promise,
    promises,
    run,
    text,
)
from tests.engine.records import Wall, entropy

KEPT = promises(
    promise("respond", to="responded dispatched", within="20m"),
    promise("inform", every="60m", until="recovered", kept_by="told"),
    promise("report", start="closed", within="48h", kept_by="report-issued"),
)
HERE = replace(SITE, rooms=(Room("A1", text("A1")), Room("A2", text("A2"))))
SMOKE = Watch("smoke", words=text("smoke"), run="fire")


def leak(*steps: dict[str, Any], **said: Any) -> Runbook:
    """A leak of which the smoke is a fire; `steps` stand between the look and the end."""
    said.setdefault("watches", [SMOKE])
    begun = (do("look", marks="responded"), ask("source", "crac pipe"))
    return plan(*begun, *steps, do("close", marks="recovered closed"), id="leak", hazard="leak", **said)


def fire(*steps: dict[str, Any], **said: Any) -> Runbook:
    end = do("out", marks="dispatched recovered")
    return plan(
        do("alarm"), *steps, end, id=said.pop("id", "fire"), hazard=said.pop("hazard", "fire"), **said
    )


@dataclass
class Scene:
    """One desk of a run, its store and its clock."""

    desk: Desk
    store: Store
    clock: HandClock
    around: Surroundings

    def do(self, verb: str, step: str | None = None, **given: Any) -> None:
        self.desk.do(next(one for one in self.desk.possible() if one.key == (verb, step)), Given(**given))
        self.desk.settle()

    def may(self, verb: str, step: str | None = None) -> bool:
        return any(one.key == (verb, step) for one in self.desk.possible())

    def passes(self, length: float) -> None:
        self.clock.move(self.clock.now + minutes(length))

    def other(self, run_id: str, actor: str | None = None) -> Scene:
        """Another run at this terminal."""
        desk = Desk.resume(self.store, run_id, actor or self.desk.actor, self.around)
        return Scene(desk, self.store, self.clock, self.around)

    @property
    def child(self) -> Scene:
        """The run that was opened or joined last."""
        return self.other(list(self.desk.state.children)[-1])

    def raise_smoke(self) -> Scene:
        """The smoke is seen, and its runbook is opened: the run of the fire."""
        self.do("raise", "smoke")
        self.do("open-child", "smoke")
        return self.child

    def finish(self) -> None:
        """Everything that is left is done, and the run is ended."""
        while not self.desk.state.road.finished:
            self.do("do", self.desk.state.open_steps()[0])
        self.do("end", target="complete")

    def promise(self, name: str) -> PromiseReading:
        state = self.desk.state
        found = next(one for one in state.graph.promises.promises if one.id == name)
        return promise_at(state, found, self.desk.now())

    def settled(self, step: str) -> bool:
        return self.desk.state.place(step).name == "SETTLED"


@contextmanager
def scene(
    first: Runbook, *others: Runbook, kept: Promises = KEPT, room: str = "A2", kind: str = "R"
) -> Iterator[Scene]:
    clock = HandClock(T0)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    graphs = {one.id: compiled(one, HERE, kept) for one in (first, *others)}
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        desk = Desk.open_run(store, Opening(first.id, graphs, (), room, kind=kind), "li", around)
        for person in HERE.people:
            desk.join(person, person.roles)
        yield Scene(desk, store, clock, around)


# --- there and back


def test_from_the_leak_to_the_fire_and_back_to_the_exact_step():
    with scene(leak(), fire()) as at:
        at.do("do", "look")
        assert at.desk.current() == "source"

        burning = at.raise_smoke()
        assert burning.desk.current() == "alarm"
        burning.finish()
        at.desk.settle()

        back = at.other(burning.desk.state.parent or "")
        assert (back.desk.run_id, back.desk.current()) == (at.desk.run_id, "source")
        assert at.desk.open_children() == []


def test_a_child_begins_with_the_people_and_roles_of_its_parent_in_the_same_room():
    with scene(leak(), fire()) as at:
        at.desk.propose([PersonJoined("wu", "吴敏"), RoleTaken("CS", "wu", acting_for="chen")])
        at.desk.propose([HandoverSigned("IC", "wang", "li", "pin", "pin")])

        state = at.raise_smoke().desk.state

        assert state.people == at.desk.state.people
        assert {role: state.holders(role) for role in state.roles} == {
            role: at.desk.state.holders(role) for role in at.desk.state.roles
        }
        assert (state.commanders, state.roles["CS"]["wu"].acting_for) == (("li",), "chen")
        assert (state.room, state.parent) == ("A2", at.desk.run_id)


def test_a_child_has_only_the_roles_its_plan_knows():
    with scene(leak(), fire(roles=(("ENG", text("ENG")),))) as at:
        assert set(at.raise_smoke().desk.state.roles) == {"ENG"}


def test_command_that_two_hold_apart_is_not_brought_along():
    one, two = apart(do("a"))
    for device, person in ((one, "li"), (two, "zhao")):
        device.propose(RoleTaken("IC", person, reason="nobody answers"))
    one.sync(two)
    assert len(one.state.commanders) == 2

    brought = people_for(one.state, one.graph.runbook)

    assert not any(isinstance(event, RoleTaken) and event.role == "IC" for event in brought)


def test_the_people_of_a_child_stand_in_the_same_write_as_its_opening():
    with scene(leak(), fire()) as at:
        entries = at.store.entries(at.raise_smoke().desk.run_id)

        assert isinstance(entries[0].event, RunOpened)
        assert [one.cmd is not None for one in entries] == [True] + [False] * (len(entries) - 1)
        assert sum(isinstance(one.event, RoleTaken) for one in entries) == 5


def test_a_child_that_was_named_and_not_opened_is_opened_with_its_people_at_the_next_resume():
    with scene(leak(), fire()) as at:
        at.do("raise", "smoke")
        at.desk.propose([ChildOpened("R-20261122-AAAA", "fire", watch="smoke")])

        state = at.other(at.desk.run_id).child.desk.state

        assert (state.run_id, state.commanders) == ("R-20261122-AAAA", ("wang",))


# --- promises count from the report of the incident


def test_a_promise_that_runs_counts_from_the_report_of_the_parent():
    with scene(leak(), fire()) as at:
        at.passes(15)
        burning = at.raise_smoke()

        assert burning.promise("respond").deadline == T0 + minutes(20)
        assert burning.desk.state.opened_at == T0 + minutes(15)
        at.passes(6)
        assert burning.promise("respond").status == "broken"


def test_a_procedure_promises_nothing_of_its_own():
    part = fire(id="fire", hazard=None)
    with scene(leak(), part) as at:
        called = at.raise_smoke()

        assert [one.promise.id for one in running(at.desk.state, at.clock.now)][:1] == ["respond"]
        assert running(called.desk.state, at.clock.now) == []


def test_a_patrol_promises_nobody_anything():
    with scene(leak(patrol="shift"), fire(), kind="P") as at:
        assert running(at.desk.state, at.clock.now) == []


def test_a_promise_that_was_kept_in_the_parent_is_made_anew():
    marked = leak(do("send", marks="dispatched"))
    with scene(marked, fire()) as at:
        for step in ("look", "source", "send"):
            at.do("answer" if step == "source" else "do", step, answer="crac" if step == "source" else None)
        at.passes(15)

        assert at.raise_smoke().promise("respond").deadline == T0 + minutes(35)


def test_a_word_is_due_in_the_child_when_it_is_due_in_the_parent_and_its_past_breaks_nothing():
    with scene(leak(), fire()) as at:
        at.passes(130)
        at.desk.propose([Told("customers", "we are on it", "phone", to="Mrs Hu")])
        assert (at.promise("inform").missed, at.promise("inform").deadline) == (2, T0 + minutes(190))

        burning = at.raise_smoke()
        inform = burning.promise("inform")
        assert (inform.status, inform.deadline) == ("running", T0 + minutes(190))
        at.passes(61)

        assert burning.promise("inform").status == "broken"
        assert burning.promise("inform").missed == 1


def test_a_word_in_the_child_is_followed_by_the_next_within_the_interval():
    with scene(leak(), fire()) as at:
        at.passes(50)
        burning = at.raise_smoke()
        burning.desk.propose([Told("customers", "there is smoke", "phone", to="Mrs Hu")])
        at.passes(11)

        assert burning.promise("inform").status == "running"
        assert burning.promise("inform").deadline == T0 + minutes(110)


def test_a_child_of_a_child_counts_from_the_first_report_too():
    shock = fire(id="shock", hazard="shock")
    burns = fire(watches=[Watch("live", words=text("live"), run="shock")])
    with scene(leak(), burns, shock) as at:
        at.passes(5)
        burning = at.raise_smoke()
        at.passes(5)
        burning.do("raise", "live")
        burning.do("open-child", "live")

        assert burning.child.promise("respond").deadline == T0 + minutes(20)


def test_what_a_child_counts_from_is_folded_from_the_record():
    with scene(leak(), fire()) as at:
        at.passes(15)
        burning = at.raise_smoke()

        again = at.other(burning.desk.run_id, "zhao")

        assert again.desk.state.promised_since == burning.desk.state.promised_since != {}
        assert again.promise("respond") == burning.promise("respond")


# --- one hazard, one run


def test_a_hazard_that_is_open_in_the_incident_is_joined_by_whatever_runbook():
    cable = fire(id="cable-fire", hazard="fire")
    steps = (run("burn", "cable-fire"),)
    with scene(leak(*steps), fire(), cable) as at:
        burning = at.raise_smoke()
        at.do("do", "look")
        at.do("answer", "source", answer="crac")

        at.do("open-child", "burn")

        child = at.desk.state.children[at.desk.state.steps["burn"].child or ""]
        assert (child.run, child.runbook) == (burning.desk.run_id, "fire")
        assert len(at.desk.state.children) == 1


def test_a_hazard_whose_run_has_ended_is_opened_again():
    with scene(leak(), fire()) as at:
        burning = at.raise_smoke()
        burning.finish()
        at.do("retire", "smoke", reason="gone")

        again = at.raise_smoke()

        assert again.desk.run_id != burning.desk.run_id


def test_a_procedure_is_a_part_of_whoever_runs_it_and_is_never_joined():
    proof = plan(do("prove"), id="proof")
    steps = (run("first", "proof", hand_over=True), run("second", "proof"))
    with scene(leak(*steps), fire(), proof) as at:
        at.do("do", "look")
        at.do("answer", "source", answer="crac")
        at.do("open-child", "first")
        at.do("open-child", "second")

        assert len(at.desk.state.children) == 2


def test_the_parent_is_joined_by_its_child_and_neither_waits_for_the_other():
    wet = fire(run("water", "leak"), watches=[])
    with scene(leak(), wet) as at:
        burning = at.raise_smoke()
        burning.do("do", "alarm")

        burning.do("open-child", "water")

        assert [one.link for one in burning.desk.state.children.values()] == ["joined"]
        assert burning.settled("water")


# --- a step that runs another runbook


def at_burn(at: Scene) -> Scene:
    at.do("do", "look")
    at.do("answer", "source", answer="crac")
    at.do("open-child", "burn")
    return at.child


@pytest.mark.parametrize("put_off", [False, True])
def test_a_run_step_is_finished_when_the_other_run_has_ended_also_when_it_was_put_off(put_off):
    with scene(leak(run("burn"), watches=[]), fire()) as at:
        burning = at_burn(at)
        if put_off:
            at.do("defer", "burn", reason="later")

        burning.finish()
        at.desk.settle()

        assert at.desk.state.steps["burn"].status == "done"
        assert at.desk.state.deferred_steps() == []


def test_a_safety_run_step_is_only_offered_when_the_other_run_has_ended():
    with scene(leak(run("burn", cls="safety"), watches=[]), fire()) as at:
        burning = at_burn(at)
        assert not at.may("do", "burn")

        burning.finish()
        at.desk.settle()
        assert not at.settled("burn")
        at.do("do", "burn")

        assert at.settled("burn")
        assert at.store.entries(at.desk.run_id)[-1].by == "li"


def test_a_plan_that_is_not_released_is_refused_before_anything_is_written():
    with scene(leak(), fire(released_by=None)) as at:
        at.do("raise", "smoke")
        before = at.store.last_pos()

        with pytest.raises(Refused) as refused:
            at.do("open-child", "smoke")

        assert (refused.value.id, at.store.last_pos()) == ("not-released", before)


def test_a_child_that_cannot_be_opened_keeps_nobody_from_its_parent():
    with scene(leak(), fire(released_by=None)) as at:
        at.do("raise", "smoke")
        at.desk.propose([ChildOpened("R-20261122-AAAA", "fire", watch="smoke")])

        assert at.other(at.desk.run_id).desk.current() == "look"


def test_time_in_the_child_is_the_time_of_its_parent():
    with scene(leak(), fire()) as at:
        at.passes(3)

        assert at.raise_smoke().desk.now() - T0 == timedelta(minutes=3)


def test_a_run_that_is_its_own_hazard_waits_for_nobody():
    burst = fire(id="burst", hazard="leak")
    with scene(leak(run("burn", "burst"), watches=[]), burst) as at:
        at.do("do", "look")
        at.do("answer", "source", answer="crac")

        at.do("open-child", "burn")

        assert list(at.desk.state.children) == [at.desk.run_id]
        assert at.settled("burn")
