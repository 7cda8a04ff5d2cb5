"""What people said who did not know of each other, and the one order in which it is read."""

from __future__ import annotations

import pytest

from engine.events import (
    AnswerGiven,
    ItemTicked,
    LevelDeclared,
    NoteAdded,
    ReadingTaken,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    Unknown,
    WatchRaised,
)
from engine.run import in_order, replay
from engine.state import SAFE_ORDER, status
from tests.engine.build import (
    ABC,
    RUN,
    T0,
    apart,
    ask,
    assert_road_is_sweep,
    digest,
    do,
    hold,
    minutes,
    opened,
    plain,
    wait,
)

# --- statements by people who did not know of each other


def test_the_same_thing_said_twice_is_one_fact():
    one, two = apart(*ABC)
    one.done("a")
    two.done("a")

    one.sync(two)

    assert len(one.state.steps["a"].heads) == 2
    assert not one.state.steps["a"].contradicted
    assert one.open_steps() == ["b"]


@pytest.mark.requirement("E25")
def test_different_things_are_contradicted_and_kept_with_their_authors():
    one, two = apart(*ABC)
    one.done("a")
    two.record(StepFailed("a", "stuck"))

    one.sync(two)

    state = one.state.steps["a"]
    assert status(one.state, "a") == "contradicted"
    assert {(head.by, head.value.kind) for head in state.heads} == {("li", "done"), ("zhao", "failed")}
    assert one.open_steps() == ["a"]
    assert one.place("b") == "WAITING"


def test_followers_that_somebody_has_begun_are_not_unticked():
    one, two = apart(do("a"), do("b", record="x"), do("c"), do("d"), readings="x")
    one.done("a")
    one.read("x", 1, "b")
    two.record(StepFailed("a", "stuck"))

    one.sync(two)

    assert one.place("b") == "OPEN"
    assert one.state.steps["b"].readings["x"].value.text == "1"


def test_what_was_done_after_a_contradicted_step_stays_done():
    one, two = apart(*ABC)
    one.done("a", "b")
    two.record(StepFailed("a", "stuck"))

    one.sync(two)

    assert one.places() == {"a": "OPEN", "b": "SETTLED", "c": "OPEN"}


def test_whoever_saw_both_settles_a_contradiction():
    one, two = apart(*ABC)
    one.done("a")
    two.record(StepFailed("a", "stuck"))
    one.sync(two)

    two.propose(StepDone("a"))
    one.sync(two)

    assert not one.state.steps["a"].contradicted
    assert one.open_steps() == ["b"]


def test_whoever_saw_only_one_side_settles_nothing():
    one, two = apart(*ABC)
    three = one.twin("laptop-3", "feng")
    one.done("a")
    two.record(StepFailed("a", "stuck"))
    three.take(one.entries)
    three.record(StepReopened("a", "look again"))

    for other in (two, three):
        one.sync(other)

    kinds = {head.value.kind for head in one.state.steps["a"].heads}
    assert kinds == {"failed", "reopened"}
    assert one.state.steps["a"].contradicted


@pytest.mark.parametrize("weaker", range(len(SAFE_ORDER) - 1))
def test_meanwhile_the_safer_statement_holds(weaker):
    said = {
        "done": StepDone("a"),
        "skipped": StepSkipped("a", "r"),
        "deferred": StepDeferred("a", "r"),
        "overridden": StepOverridden("a", "r"),
        "reopened": StepReopened("a", "r"),
        "failed": StepFailed("a", "r"),
    }
    less, more = SAFE_ORDER[weaker], SAFE_ORDER[weaker + 1]
    one, two = apart(do("a", cls="optional"), do("b"))
    one.record(said[more])
    two.record(said[less])

    one.sync(two)

    assert one.state.steps["a"].last is not None
    assert one.state.steps["a"].last.value.kind == more


def test_concurrent_answers_leave_both_roads_waiting():
    one, two = apart(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no"), do("c", after="a b"))
    one.answer("q", "yes")
    two.answer("q", "no")

    one.sync(two)
    assert one.places() == {"q": "OPEN", "a": "WAITING", "b": "WAITING", "c": "WAITING"}
    one.answer("q", "no")

    assert one.places() == {"q": "SETTLED", "a": "OFF", "b": "OPEN", "c": "WAITING"}


def test_what_was_done_on_the_other_of_two_answers_is_left_over():
    one, two = apart(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no"), do("c", after="a b"))
    one.answer("q", "yes")
    one.done("a")
    two.answer("q", "no")
    one.sync(two)

    one.answer("q", "no")

    assert one.state.left_over() == ["a"]


def test_going_back_twice_at_the_same_time_is_one_turn():
    one, two = apart(do("a"), ask("q", "on back:a:2"), do("c", after="q.on q.back"))
    for device in (one, two):
        device.done("a")
        device.answer("q", "back")

    one.sync(two)

    assert one.state.turns == {("q", "back"): 1}
    assert one.open_steps() == ["a"]


def test_going_back_beside_going_on_is_contradicted_and_back_holds():
    one, two = apart(do("a"), ask("q", "on back:a:2"), do("c", after="q.on q.back"))
    one.done("a")
    two.take(one.entries)
    one.answer("q", "back")
    two.answer("q", "on")

    one.sync(two)

    assert one.state.steps["q"].contradicted
    assert one.place("c") == "WAITING"


def test_whoever_saw_both_may_also_reopen_the_step():
    one, two = apart(*ABC)
    for device in (one, two):
        device.record(StepDone("a"))
    one.record(StepReopened("a", "r"))
    two.record(StepDone("a", deviation="half open"), StepOverridden("a", "r"))
    one.sync(two)
    assert (one.word("a"), one.state.steps["a"].status) == ("contradicted", None)

    one.do("reopen", "a", reason="we look together")

    assert one.word("a") == "ready"


def test_two_who_differ_about_whether_a_step_is_needed_are_asked_again():
    one, two = apart(do("a"), do("b", only_when="x > 3"), do("c"), readings="x")
    one.done("a")
    two.take(one.entries)
    one.do("whether", "b", answer="do")
    two.do("whether", "b", answer="pass")

    one.sync(two)
    assert one.state.steps["b"].asks_whether
    two.do("whether", "b", answer="pass")

    assert two.place("c") == "OPEN"


def test_a_step_that_one_passed_over_and_another_put_off_is_still_to_be_done():
    one, two = apart(
        do("a"), wait("b", only_when="x > 3", until="x < 1", steady="10m"), do("c"), readings="x"
    )
    one.done("a")
    two.take(one.entries)
    one.do("whether", "b", answer="pass")
    two.now += minutes(1)
    two.do("defer", "b", reason="later")
    one.sync(two)

    one.read("x", 0)
    one.pass_time("10m")
    one.do("do", "b")

    assert one.word("b") == "done"


def test_what_belongs_to_an_earlier_visit_is_not_filed_under_the_next():
    one, two = apart(
        do("a"),
        hold("h", "PWR ENG"),
        ask("q", "on back:a:1"),
        do("b", check="left", after="q.on q.back"),
        do("c"),
    )
    for device in (one, two):
        device.done("a")
    one.sync(two)
    two.record(one_signature := SignedOff("h", "zhao", "PWR", "hold", "pin"))
    one.record(StepReopened("h", "sign it later"), StepReopened("a", "again"))

    one.sync(two)

    assert one.state.steps["h"].signatures == []
    assert one_signature in [entry.event for entry in one.entries]


def test_lines_ticked_by_two_are_both_ticked():
    one, two = apart(do("a", check="left right"), do("b"))
    one.do("tick", "a", items=(1,))
    two.do("tick", "a", items=(2,))

    one.sync(two)

    assert sorted(one.state.steps["a"].ticks) == [1, 2]
    assert one.refusal(StepDone("a")) == ""


def test_a_terminal_that_noticed_the_same_wrote_the_same_fact():
    one, two = apart(wait("w", span="10m"), do("b"))
    for device in (one, two):
        device.pass_time("12m")

    one.sync(two)

    assert one.open_steps() == ["b"]
    assert one.state.steps["b"].opened_at == T0 + minutes(10)


@pytest.mark.requirement("E32")
def test_a_correction_is_added_and_nothing_is_erased():
    device = opened(*ABC)
    device.done("a", "b")
    before = list(device.entries)

    device.do("reopen", None, target="a", reason="it was the other valve")

    assert device.entries[: len(before)] == before
    assert (device.word("a"), device.word("b")) == ("ready", "to-confirm")


# --- order


def test_entries_fold_by_lamport_then_wall_then_device_then_number():
    one, two = apart(*ABC)
    one.record(NoteAdded("one"))
    two.pass_time("1m")
    two.record(NoteAdded("two"))
    one.record(NoteAdded("three"))
    one.sync(two)

    notes = [entry.event.text for entry in in_order(one.entries) if isinstance(entry.event, NoteAdded)]

    assert notes == ["one", "two", "three"]
    assert [note.text for note in one.state.notes] == notes


def test_a_copied_device_that_went_on_is_another_author():
    one = opened(*ABC)
    copy = one.twin(one.journal, "zhao")
    copy._jseq = one._jseq
    one.done("a")
    copy.record(StepFailed("a", "stuck"))

    one.sync(copy)

    assert one.state.steps["a"].contradicted


def test_replaying_twice_gives_the_same():
    device = opened(*ABC)
    device.done("a")

    first, second = (digest(replay(device.graph, RUN, device.entries)) for _ in range(2))

    assert first == second == digest(device.state)


def test_an_entry_nobody_here_can_read_changes_nothing():
    device = opened(*ABC)
    before = {
        name: said for name, said in plain(device.state).items() if name in ("steps", "road", "readings")
    }

    device.record(Unknown("step_teleported", 3, '{"step":"a"}'))

    assert {name: plain(device.state)[name] for name in before} == before


@pytest.mark.parametrize(
    "event",
    [
        StepDone("gone"),
        StepFailed("gone", "r"),
        StepReopened("gone", "r"),
        StepDeferred("gone", "r", "a"),
        StepDeferred("a", "r", "gone"),
        AnswerGiven("gone", "yes"),
        AnswerGiven("a", "yes", ("gone",)),
        SignedOff("gone", "li", "ENG", "hold", "pin"),
        ItemTicked("gone", 1),
        ReadingTaken("gone", "1"),
        WatchRaised("gone"),
        LevelDeclared("IX"),
        NoteAdded("put back", "put-back", "gone"),
    ],
)
def test_entries_about_things_the_plan_does_not_have_are_taken_as_they_are(event):
    device = opened(*ABC)

    device.record(event)

    assert_road_is_sweep(device.state)
    assert device.place("b") in ("WAITING", "OPEN")
