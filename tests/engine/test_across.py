"""Runs beside each other: one keeps another's plan back, two switch one thing, one person is wanted twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.desk import Desk, Opening
from engine.desk.others import MOST
from engine.errors import RecordTrouble, Refused
from engine.events import ChildOpened, Entry, RunOpened, StepDone, from_payload, to_payload
from engine.plan import Runbook, Watch
from engine.run import replay
from engine.state import Clash
from tests.engine.build import compiled, do, plain, plan, run, text
from tests.engine.test_incident import HERE, KEPT, Scene, scene

MAINS = Watch("mains", words=text("the mains are gone"), run="power")
BATTERY = Watch("battery", words=text("a UPS is on battery"), run="ups")


def alarmed(*more: dict[str, Any]) -> Runbook:
    """Something is wrong; what it is decides which plans it opens."""
    return plan(do("look"), *more, do("close"), id="alarmed", hazard="alarmed", watches=[MAINS, BATTERY])


def named(title: str, *steps: dict[str, Any], **said: Any) -> Runbook:
    """A plan of a hazard that is called so."""
    return replace(plan(*steps, hazard=said["id"], **said), title=text(title))


def power() -> Runbook:
    """The site has lost its power: that the UPS runs on battery is only what follows from it."""
    return named("site power loss", do("start"), do("back"), id="power", inhibits=("ups",))


def ups(**said: Any) -> Runbook:
    return named("UPS on battery", do("see", **said), id="ups")


@contextmanager
def mains_gone(*more: dict[str, Any], battery: Runbook | None = None) -> Iterator[tuple[Scene, Scene]]:
    """A run in which the mains are gone and the battery alarm has come, and the run of the power loss."""
    with scene(alarmed(*more), power(), battery or ups()) as at:
        at.do("raise", "mains")
        at.do("open-child", "mains")
        lost = at.child
        at.do("raise", "battery")
        yield at, lost


def refusal(at: Scene, verb: str, step: str, **given_: Any) -> str:
    try:
        at.do(verb, step, **given_)
    except Refused as refused:
        return refused.id
    return ""


# --- a runbook that is kept back


@pytest.mark.requirement("E35")
def test_what_follows_from_a_power_loss_is_kept_back_by_it_and_can_be_forced_with_a_reason():
    with mains_gone() as (at, lost):
        kept = at.desk.across.kept_back["ups"]
        offered = (at.may("open-child", "battery"), at.may("force-child", "battery"))
        without = refusal(at, "force-child", "battery")
        at.do("force-child", "battery", reason="this UPS stands at another feeder")

        opened = at.child.desk.state.graph.runbook.id
        said = at.store.entries(at.desk.run_id)[-1].event
        assert (kept.run, kept.title.en, offered) == (lost.desk.run_id, "site power loss", (False, True))
        assert (without, opened) == ("reason-first", "ups")
        assert isinstance(said, ChildOpened)
        assert (said.despite, said.forced) == (lost.desk.run_id, "this UPS stands at another feeder")


def test_a_step_that_runs_what_is_kept_back_stands_behind_the_others_until_the_other_run_has_ended():
    with mains_gone(run("batteries", "ups"), do("rest", after="look")) as (at, lost):
        at.do("do", "look")
        behind = at.desk.current()
        lost.finish()
        at.desk.settle()

        assert (behind, at.desk.current()) == ("rest", "batteries")
        assert at.may("open-child", "batteries") and not at.may("force-child", "batteries")


def test_a_desk_that_has_not_looked_lately_does_not_open_what_is_kept_back():
    with mains_gone() as (at, lost):
        slow = at.other(at.desk.run_id)
        lost.finish()
        slow.desk.settle()
        act = next(one for one in slow.desk.possible() if one.key == ("open-child", "battery"))
        at.desk.settle()
        again = at.other(Desk.open_run(at.store, opening(at, power()), "li", at.around).run_id)

        with pytest.raises(Refused, match=again.desk.run_id) as refused:
            slow.desk.do(act)

        assert refused.value.id == "kept-back"


def opening(at: Scene, book: Runbook, room: str = "A2") -> Opening:
    return Opening(book.id, {book.id: compiled(book, HERE, KEPT)}, (), room)


def test_what_goes_on_already_is_joined_and_not_kept_back():
    with mains_gone() as (at, _):
        at.do("force-child", "battery", reason="another feeder")

        assert "ups" not in at.desk.across.kept_back


def test_a_plan_on_which_a_life_may_hang_is_never_kept_back():
    with mains_gone(battery=ups(cls="safety")) as (at, _):
        assert at.may("open-child", "battery") and not at.may("force-child", "battery")


def test_entries_from_before_anything_could_be_forced_are_read_as_ever():
    old = ChildOpened("R-1", "ups", "child", None, "battery")
    kept = to_payload(old)

    assert b"despite" not in kept and b"forced" not in kept
    assert from_payload("child_opened", ChildOpened.VERSION, kept) == old


def test_a_run_begun_although_it_is_kept_back_needs_a_reason():
    with mains_gone() as (at, lost):
        begun = Opening("ups", {"ups": compiled(ups(), HERE, KEPT)}, (), despite=lost.desk.run_id)

        with pytest.raises(Refused) as refused:
            Desk.open_run(at.store, begun, "li", at.around)

        assert refused.value.id == "reason-first"


# --- one thing, two states


def valve(name: str, state: str, **said: Any) -> Runbook:
    """A plan of one valve, with something to do before and after."""
    turn = do("turn", touches=(("V-12", state),), **said)
    return named(f"plan {name}", do("first"), turn, do("last"), id=name)


@contextmanager
def two_valves(*, cls: str = "mandatory", room: str = "A2", **said: Any) -> Iterator[tuple[Scene, Scene]]:
    """A leak that closes V-12, and beside it a plan of its own that opens it, both before the valve."""
    with scene(valve("leak", "closed", cls=cls, **said)) as leak:
        other = leak.other(
            Desk.open_run(
                leak.store, opening(leak, valve("flush", "open", **said), room), "li", leak.around
            ).run_id
        )
        for person in HERE.people:
            other.desk.join(person, person.roles)
        leak.do("do", "first")
        other.do("do", "first")
        leak.desk.settle()
        yield leak, other


def told(at: Scene) -> list[tuple[str, str, str, str]]:
    at.desk.settle()
    return [(one.step, one.kind, one.run, one.other.en) for one in at.desk.across.clashes]


@pytest.mark.requirement("E43")
def test_two_runs_before_one_valve_are_each_told_of_the_other_step():
    with two_valves() as (leak, flush):
        assert told(leak) == [("turn", "to-switch", flush.desk.run_id, "turn")]
        assert told(flush) == [("turn", "to-switch", leak.desk.run_id, "turn")]
        found = leak.desk.across.clashes[0]
        assert (found.title.en, found.subject, found.ours, found.theirs) == (
            "plan flush",
            "V-12",
            "closed",
            "open",
        )


@pytest.mark.requirement("E43")
def test_what_another_run_has_switched_is_told_and_people_decide():
    with two_valves() as (leak, flush):
        leak.do("do", "turn")

        assert told(flush) == [("turn", "switched", leak.desk.run_id, "turn")]
        assert refusal(flush, "do", "turn") == ""


def test_a_run_that_has_ended_holds_nothing():
    with two_valves() as (leak, flush):
        leak.do("do", "turn")
        leak.finish()

        assert told(flush) == []


def test_the_valve_of_another_room_is_another_valve_unless_its_tag_is_the_same():
    with two_valves(room="A1") as (_, flush):
        by_name = told(flush)
    with two_valves(room="A1", tag="DN50-7") as (_, flush):
        assert (by_name, [one.subject for one in flush.desk.across.clashes] or told(flush)) == (
            [],
            ["DN50-7"],
        )


@pytest.mark.requirement("E43")
def test_what_was_locked_for_a_life_is_switched_back_by_two_with_a_reason_only():
    with two_valves(cls="safety") as (leak, flush):
        leak.do("do", "turn", by="li")
        kinds = told(flush)
        offered = flush.may("do", "turn")
        at_once = refused_of(flush, "turn")
        alone = refusal(flush, "override", "turn", reason="flood below", by="li")
        flush.do("override", "turn", reason="flood below", by="li", second="zhao", second_strength="pin")

        assert (kinds, offered) == ([("turn", "locked", leak.desk.run_id, "turn")], False)
        assert (at_once, alone) == ("locked-elsewhere", "lock-by-two")
        assert flush.settled("turn")


def refused_of(at: Scene, step: str) -> str:
    """What a desk says to whoever switches it without a look at the list."""
    with pytest.raises(Refused) as refused:
        at.desk.propose([StepDone(step)])
    return refused.value.id


def test_a_procedure_that_a_plan_runs_is_not_at_odds_with_that_plan():
    off = do("off", touches=(("feed", "off"),), cls="safety")
    again = plan(do("on", touches=(("feed", "on"),)), id="again")
    with scene(plan(off, run("power-on", "again"), do("close"), id="wet", hazard="wet"), again) as wet:
        wet.do("do", "off", by="li")
        wet.do("open-child", "power-on")

        assert told(wet.child) == []
        assert refusal(wet.child, "do", "on") == ""


def unlocked_by_a_procedure() -> tuple[Runbook, Runbook]:
    """A plan that locks V-12 shut, and runs a procedure that opens it again."""
    off = do("off", touches=(("V-12", "closed"),), cls="safety")
    wet = plan(off, run("release", "again"), do("rest"), id="wet", hazard="wet")
    return wet, plan(do("on", touches=(("V-12", "open"),)), id="again")


def test_what_a_procedure_has_switched_its_plan_has_switched_also_when_it_has_ended():
    wet, again = unlocked_by_a_procedure()
    with scene(wet, again) as leak:
        leak.do("do", "off", by="li")
        flush = beside(leak, valve("flush", "open"))
        flush.do("do", "first")
        locked = [kind for _, kind, _, _ in told(flush)]
        leak.do("open-child", "release")
        at_work = leak.child
        own = (told(leak), told(at_work))
        at_work.finish()
        leak.desk.settle()

        assert (locked, own) == (["locked"], ([], []))
        assert told(flush) == []
        assert refusal(flush, "do", "turn") == ""


def beside(at: Scene, book: Runbook) -> Scene:
    """A run of its own of another plan, in the same room, with everybody in their roles."""
    other = at.other(Desk.open_run(at.store, opening(at, book), "li", at.around).run_id)
    for person in HERE.people:
        other.desk.join(person, person.roles)
    return other


# --- one person, two places


@pytest.mark.requirement("E43")
def test_the_one_person_of_a_role_who_has_begun_a_step_elsewhere_is_named_with_both_steps():
    with scene(plan(do("mop", roles="PWR"), id="leak", hazard="leak")) as leak:
        flush = beside(leak, plan(do("reset", roles="PWR"), id="flush", hazard="flush"))
        before = told(flush)
        leak.do("start", "mop", by="zhao")

        found = [(one.kind, one.subject, one.step, one.other.en) for one in clashes(flush)]
        assert (before, found) == ([], [("busy", "zhao", "reset", "mop")])
        leak.do("do", "mop", by="zhao")
        assert told(flush) == []


def clashes(at: Scene) -> tuple[Clash, ...]:
    at.desk.settle()
    return at.desk.across.clashes


# --- for all runs


@given(st.lists(st.sampled_from(["leak", "flush"]), max_size=6), st.booleans())
@settings(max_examples=8, deadline=None)
def test_whatever_the_other_run_does_a_record_is_replayed_as_if_it_stood_alone(
    turns: list[str], safety: bool
):
    with two_valves(cls="safety" if safety else "mandatory") as pair:
        by_name = dict(zip(("leak", "flush"), pair, strict=True))
        for name in turns:
            at = by_name[name]
            step = at.desk.current()
            if step is not None and at.may("do", step):
                refusal(at, "do", step, by="li")

        for at in pair:
            state = at.desk.state
            again = replay(state.graph, state.run_id, at.store.entries(state.run_id))
            assert plain(again) == plain(state)
            # Two runs are told of each other, or neither is: nobody is warned of somebody who is not.
            assert all(one.run != state.run_id for one in clashes(at))


def test_of_the_runs_beside_only_what_is_new_is_read():
    class Counted:
        def __init__(self, store: Any) -> None:
            self._store, self.read = store, 0

        def entries(self, run_id: str | None, since_pos: int = 0) -> list[Entry]:
            found: list[Entry] = self._store.entries(run_id, since_pos)
            self.read += len(found)
            return found

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

    with two_valves() as (leak, flush):
        record: Any = Counted(flush.store)
        desk = Desk.resume(record, flush.desk.run_id, "li", flush.around)
        desk.look_across()
        at_first = record.read
        desk.look_across()
        unchanged = record.read
        leak.do("do", "turn")
        desk.look_across()

        assert unchanged == at_first
        # Once for whether it has ended, once for where it stands.
        assert record.read - unchanged == 2
        assert [one.kind for one in desk.across.clashes] == ["switched"]


@pytest.mark.parametrize("spoiled", [RecordTrouble("text-changed", digest="d"), b'{"format": 2}', None])
def test_a_plan_beside_that_cannot_be_read_keeps_nobody_from_this_run_and_is_named(spoiled: Any):
    with two_valves() as (leak, flush):
        beside = flush.store.entries(flush.desk.run_id)[0].event
        assert isinstance(beside, RunOpened)
        plan_beside = beside.graph

        class Spoiled:
            def text(self, digest: str) -> bytes | None:
                if digest != plan_beside:
                    return leak.store.text(digest)
                if isinstance(spoiled, RecordTrouble):
                    raise spoiled
                return cast("bytes | None", spoiled)

            def __getattr__(self, name: str) -> Any:
                return getattr(leak.store, name)

        record: Any = Spoiled()
        desk = Desk.resume(record, leak.desk.run_id, "li", leak.around)
        desk.settle()
        desk.do(next(one for one in desk.possible() if one.key == ("do", "turn")))

        assert desk.across.unread == (flush.desk.run_id,)
        assert desk.current() == "last" and desk.look_beside() == ()


def test_however_many_exercises_go_on_in_the_store_they_hide_no_real_run():
    with two_valves() as (leak, flush):
        for _ in range(MOST):
            exercise = replace(opening(leak, power()), kind="H")
            Desk.open_run(leak.store, exercise, "li", leak.around)

        assert told(leak) == [("turn", "to-switch", flush.desk.run_id, "turn")]


def test_an_opening_says_what_it_was_begun_against():
    said = RunOpened("ups", 1, "", (), despite="R-1", forced="another feeder")

    assert from_payload("run_opened", RunOpened.VERSION, to_payload(said)) == said
