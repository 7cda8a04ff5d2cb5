"""What people say to a run, on one device and on several that do not know of each other."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from engine.acts import current_step, possible
from engine.clocks import alarms
from engine.condition import Missing
from engine.errors import Refused
from engine.events import (
    Acknowledged,
    AnswerGiven,
    ChildOpened,
    EvidenceAttached,
    HandoverSigned,
    ItemTicked,
    LevelDeclared,
    NoteAdded,
    PersonLeft,
    ReadingTaken,
    ReportIssued,
    RoleTaken,
    RunEnded,
    RunHeld,
    RunOpened,
    RunResumed,
    SignedOff,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepReopened,
    StepSkipped,
    Told,
    Unknown,
    WatchRaised,
)
from engine.facts import band, holds, judge, reading_at
from engine.plan import Fact, Reading, Room, Site, Watch
from engine.run import in_order, new_state, replay
from engine.state import SAFE_ORDER, status
from engine.text import Text
from tests.engine.build import (
    MS,
    RUN,
    T0,
    Device,
    apart,
    ask,
    assert_road_is_sweep,
    contact,
    digest,
    do,
    graph,
    hold,
    level_rule,
    limit,
    minutes,
    operations,
    plain,
    text,
    wait,
)

TWO = (do("a"), do("b"), do("c"))


def opened(*steps, **said) -> Device:
    return Device(graph(*steps, **said)).open()


# --- the run


def test_a_run_nobody_opened_offers_nothing_and_takes_nothing():
    device = Device(graph(*TWO))

    assert possible(device.state, T0) == []
    assert device.refusal(StepDone("a")) == "not-opened"
    assert device.refusal(RunOpened("plan", 1, "", ())) == ""


def test_a_run_is_opened_once():
    device = opened(*TWO)

    assert device.refusal(RunOpened("plan", 1, "", ())) == "already-open"
    device.pass_time("5m")
    device.record(RunOpened("other", 2, "", (), room="B7"))

    assert (device.state.opened_at, device.state.room) == (T0, None)


def test_an_unreleased_plan_opens_only_as_rehearsal_or_drill():
    made = graph(*TWO, released_by=None)
    event = RunOpened("plan", 1, "", ())

    refused = {}
    for kind in "RPDH":
        device = Device(made)
        device.state = new_state(made, kind + RUN[1:])
        refused[kind] = device.refusal(event)

    assert refused == {"R": "not-released", "P": "not-released", "D": "", "H": ""}


@pytest.mark.requirement("E41")
def test_what_happened_earlier_is_written_down_with_both_times():
    device = opened(*TWO)
    device.pass_time("10m")

    (entry,) = device.propose(StepDone("a"), at=T0 + minutes(4))

    assert (entry.at, entry.recorded_at) == (T0 + minutes(4), T0 + minutes(10))
    assert device.state.steps["b"].opened_at == T0 + minutes(4)


@pytest.mark.requirement("E41")
def test_nothing_happens_in_the_future_or_before_the_run():
    device = opened(*TWO)

    assert device.refusal(StepDone("a"), at=T0 + MS) == "in-the-future"
    assert device.refusal(StepDone("a"), at=T0 - MS) == "before-the-run"
    assert device.refusal(StepDone("a"), at=T0) == ""


def test_after_the_end_only_notes_files_words_reports_and_acknowledgements_are_taken():
    device = opened(*TWO)
    device.do("end", None, target="abandoned", reason="the alarm was a test")

    assert device.refusal(StepDone("a")) == "run-ended"
    assert device.refusal(ReadingTaken("x", "1")) == "run-ended"
    for event in (
        NoteAdded("later"),
        EvidenceAttached("file.jpg"),
        Told("customers", "text", "phone", to="Chen"),
        ReportIssued("7"),
        Acknowledged("overdue:a"),
    ):
        assert device.refusal(event) == ""
    assert {act.verb for act in possible(device.state, device.now)} <= {
        "note",
        "evidence",
        "tell-anytime",
        "report",
        "ack",
    }


def test_the_first_end_of_a_run_stands():
    one, two = apart(*TWO)
    one.record(RunEnded("abandoned", "false alarm"))
    two.record(RunEnded("complete"))

    one.sync(two)

    first = next(entry for entry in in_order(one.entries) if isinstance(entry.event, RunEnded))
    assert one.state.ended is not None
    assert (one.state.ended.by, one.state.ended.at) == (first.actor, first.at)


@pytest.mark.requirement("E3")
def test_ending_names_exactly_what_is_still_open():
    device = opened(do("a"), do("x", lane="l", after=""), do("close", after="all"))
    device.done("x")

    device.do("end", None, target="abandoned", reason="handed to the landlord")

    assert device.state.ended is not None
    assert device.state.ended.open == ("a", "close")


@pytest.mark.requirement("E37")
def test_a_run_is_abandoned_only_with_a_reason():
    device = opened(*TWO)

    assert device.refusal(RunEnded("abandoned")) == "reason-first"
    assert device.refusal(RunEnded("paused", "r")) == "unknown-ending"


@pytest.mark.requirement("E24")
def test_a_run_is_complete_only_when_its_exit_conditions_hold():
    device = opened(*TWO, exit=("x <= 60",), readings="x")
    device.done("a", "b", "c")

    assert device.refusal(RunEnded("complete")) == "exit-unmet"
    device.read("x", 61)
    assert device.refusal(RunEnded("complete")) == "exit-unmet"
    device.read("x", 60)
    assert device.refusal(RunEnded("complete")) == ""


@pytest.mark.requirement("E30")
def test_with_something_deferred_a_run_ends_complete_except_and_says_what():
    device = opened(*TWO)
    device.do("defer", "a", reason="no spare")
    device.done("b", "c")

    assert device.refusal(RunEnded("complete")) == "left-to-do"
    assert device.refusal(RunEnded("complete-except")) == "reason-first"
    device.do("end", None, target="complete-except", reason="spare comes tomorrow")

    assert device.state.ended is not None
    assert (device.state.ended.how, device.state.ended.open) == ("complete-except", ("a",))


@pytest.mark.requirement("E36")
def test_a_run_is_held_with_a_reason_and_resumed():
    device = opened(*TWO)

    assert device.refusal(RunHeld(" ")) == "reason-first"
    device.propose(RunHeld("waiting for the brigade"))
    assert device.refusal(RunHeld("again")) == "already-held"
    held = device.state.held
    device.propose(RunResumed())

    assert held == (T0, "li", "waiting for the brigade")
    assert device.refusal(RunResumed()) == "not-held"


def test_entry_conditions_are_answered_and_a_no_is_kept():
    device = opened(*TWO, entry=(text("an alarm was received"), text("nobody is inside")))
    assert [act.step for act in possible(device.state, device.now) if act.verb == "entry"] == [
        "entry.0",
        "entry.1",
    ]

    device.do("entry", "entry.1", answer="no")

    assert device.state.entry_answers == {1: "no"}
    assert device.refusal(AnswerGiven("entry.2", "yes")) == "unknown-step"
    assert device.refusal(AnswerGiven("entry.0", "perhaps")) == "unknown-answer"


def test_answers_to_entry_conditions_nobody_asked_change_nothing():
    device = opened(*TWO, entry=(text("called"),))

    device.record(
        AnswerGiven("entry.7", "yes"), AnswerGiven("entry.x", "yes"), AnswerGiven("entry." + "9" * 5000, "no")
    )

    assert device.state.entry_answers == {}


def test_a_child_belongs_to_the_step_or_watch_that_opened_it():
    device = opened(*TWO, watches=[Watch("smoke", words=text("smoke"), run="fire")])
    device.do("raise", "smoke")

    device.do("open-child", "smoke", child="H-2", answer="child")

    assert device.state.children["H-2"].watch == "smoke"
    assert not device.may("open-child", "smoke")
    assert device.refusal(ChildOpened("H-3", "flood")) == "unknown-runbook"


# --- one place at a time


@pytest.mark.requirement("E1")
def test_the_step_in_front_of_a_person_is_the_first_of_theirs_that_needs_hands():
    device = opened(
        do("a", roles="IC"),
        do("x", lane="l", after="", roles="ENG"),
        do("watch", lane="m", after="", every="5m", times=9, roles="ENG"),
        wait("w", lane="n", after="", span="5m", roles="ENG"),
        do("close", after="all"),
    )

    assert current_step(device.state, "li", device.now) == "x"
    assert current_step(device.state, "wang", device.now) == "a"
    assert current_step(device.state, "chen", device.now) == "a"


@pytest.mark.requirement("E1")
def test_the_place_moves_on_when_a_step_is_resolved():
    device = opened(*TWO)

    places = []
    for step in ("a", "b", "c"):
        places.append(current_step(device.state, "li", device.now))
        device.done(step)

    assert places == ["a", "b", "c"]
    assert current_step(device.state, "li", device.now) is None


def test_a_repeated_step_stands_in_front_when_its_next_visit_is_due():
    device = opened(
        do("watch", lane="m", after="", every="5m", times=9),
        do("a", lane="l", after=""),
        do("close", after="all"),
    )
    assert current_step(device.state, "li", device.now) == "watch"

    device.do("visit", "watch")
    assert current_step(device.state, "li", device.now) == "a"
    device.pass_time("5m")

    assert current_step(device.state, "li", device.now) == "watch"


@pytest.mark.requirement("E1")
def test_what_a_raised_watch_has_opened_stands_before_everything_that_was_to_be_done_anyway():
    device = opened(
        do("round", lane="m", after="", every="5m", times=9),
        do("a", lane="l", after=""),
        do("out", lane="s", after="smoke"),
        do("count", lane="s"),
        do("close", after="all"),
        watches=[Watch("smoke", words=text("smoke"))],
    )
    device.do("raise", "smoke")
    first = current_step(device.state, "li", device.now)
    device.done("out")

    assert (first, current_step(device.state, "li", device.now)) == ("out", "count")
    device.pass_time("5m")
    assert current_step(device.state, "li", device.now) == "count"


@pytest.mark.requirement("E30")
def test_a_deferred_step_stands_in_front_again_when_its_time_has_come():
    device = opened(*TWO)
    device.do("defer", "a", reason="r", until="c")
    assert current_step(device.state, "li", device.now) == "b"

    device.done("b")

    assert current_step(device.state, "li", device.now) == "a"


@pytest.mark.requirement("E33")
def test_a_step_that_is_locked_names_the_step_that_locks_it():
    device = opened(*TWO)

    with pytest.raises(Refused) as refused:
        device.propose(StepDone("c"))

    assert refused.value.sentence("en") == "'c' waits for b; finish that first."


# --- statements by people who did not know of each other


def test_the_same_thing_said_twice_is_one_fact():
    one, two = apart(*TWO)
    one.done("a")
    two.done("a")

    one.sync(two)

    assert len(one.state.steps["a"].heads) == 2
    assert not one.state.steps["a"].contradicted
    assert one.open_steps() == ["b"]


@pytest.mark.requirement("E25")
def test_different_things_are_contradicted_and_kept_with_their_authors():
    one, two = apart(*TWO)
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
    one, two = apart(*TWO)
    one.done("a", "b")
    two.record(StepFailed("a", "stuck"))

    one.sync(two)

    assert one.places() == {"a": "OPEN", "b": "SETTLED", "c": "OPEN"}


def test_whoever_saw_both_settles_a_contradiction():
    one, two = apart(*TWO)
    one.done("a")
    two.record(StepFailed("a", "stuck"))
    one.sync(two)

    two.propose(StepDone("a"))
    one.sync(two)

    assert not one.state.steps["a"].contradicted
    assert one.open_steps() == ["b"]


def test_whoever_saw_only_one_side_settles_nothing():
    one, two = apart(*TWO)
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
    one, two = apart(*TWO)
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
    device = opened(*TWO)
    device.done("a", "b")
    before = list(device.entries)

    device.do("reopen", None, target="a", reason="it was the other valve")

    assert device.entries[: len(before)] == before
    assert (device.word("a"), device.word("b")) == ("ready", "to-confirm")


# --- order


def test_entries_fold_by_lamport_then_wall_then_device_then_number():
    one, two = apart(*TWO)
    one.record(NoteAdded("one"))
    two.pass_time("1m")
    two.record(NoteAdded("two"))
    one.record(NoteAdded("three"))
    one.sync(two)

    notes = [entry.event.text for entry in in_order(one.entries) if isinstance(entry.event, NoteAdded)]

    assert notes == ["one", "two", "three"]
    assert [note.text for note in one.state.notes] == notes


def test_a_copied_device_that_went_on_is_another_author():
    one = opened(*TWO)
    copy = one.twin(one.journal, "zhao")
    copy._jseq = one._jseq
    one.done("a")
    copy.record(StepFailed("a", "stuck"))

    one.sync(copy)

    assert one.state.steps["a"].contradicted


def test_replaying_twice_gives_the_same():
    device = opened(*TWO)
    device.done("a")

    first, second = (digest(replay(device.graph, RUN, device.entries)) for _ in range(2))

    assert first == second == digest(device.state)


def test_an_entry_nobody_here_can_read_changes_nothing():
    device = opened(*TWO)
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
    device = opened(*TWO)

    device.record(event)

    assert_road_is_sweep(device.state)
    assert device.place("b") in ("WAITING", "OPEN")


# --- readings

DEPTH = Reading(
    "depth",
    Text("水深", "depth"),
    unit="cm",
    least=None,
    warn="> 0",
    act=">= 3",
    fresh=limit("10m").length,
    rise=limit("10m").length,
)


def measuring(**said) -> Device:
    return opened(*TWO, readings=[DEPTH], **said)


@pytest.mark.requirement("E17")
def test_a_reading_never_taken_or_too_old_is_unknown_and_never_false():
    device = measuring()
    assert holds(device.state, "depth > 0", device.now) is None
    device.read("depth", 2)

    assert holds(device.state, "depth > 0", T0 + minutes(10)) is True
    assert holds(device.state, "depth > 0", T0 + minutes(10) + MS) is None
    reason = judge(device.state, "depth > 0", T0 + minutes(11)).reasons[0]
    assert reason.found == Missing("stale", T0, Decimal(2))


def test_the_band_of_a_reading_is_that_of_its_latest_value():
    device = measuring()
    bands = [band(device.state, DEPTH, device.now)]
    for value in (0, 1, 3):
        device.read("depth", value)
        bands.append(band(device.state, DEPTH, device.now))

    assert bands == ["unknown", "normal", "warn", "act"]


def test_values_that_two_people_read_apart_are_unknown_until_it_is_read_again():
    one, two = apart(*TWO, readings=[DEPTH])
    one.read("depth", 2)
    two.read("depth", 5)

    one.sync(two)
    assert holds(one.state, "depth > 0", T0) is None
    one.read("depth", 4)

    assert holds(one.state, "depth == 4", T0) is True


def test_the_same_number_written_in_two_ways_is_one_fact():
    one, two = apart(*TWO, readings=[DEPTH])
    one.read("depth", "2")
    two.read("depth", "2.0")

    one.sync(two)

    assert holds(one.state, "depth == 2", T0) is True


def test_a_value_written_down_late_is_history_and_not_the_latest():
    device = measuring()
    device.pass_time("9m")
    device.read("depth", 5)

    device.read("depth", 1, at=T0 + minutes(2))

    assert holds(device.state, "depth == 5", device.now) is True
    assert holds(device.state, "depth-rise == 4", device.now) is True


def test_what_was_entered_from_paper_gives_the_same_values_as_live_entry():
    live, paper = measuring(), measuring()
    for value in (1, 4):
        live.pass_time("3m")
        paper.pass_time("3m")
        live.read("depth", value)
    paper.read("depth", 1, at=T0 + minutes(3))
    paper.read("depth", 4, at=T0 + minutes(6))

    assert reading_at(paper.state, "depth", paper.now) == reading_at(live.state, "depth", live.now)
    assert paper.state.history == live.state.history


def test_the_rise_is_reckoned_from_the_earliest_value_in_the_window_before_the_latest():
    device = measuring()
    assert holds(device.state, "depth-rise > 0", device.now) is None
    for value in (9, 1, 2):
        device.read("depth", value)
        device.pass_time("10m")
    assert holds(device.state, "depth-rise > 0", T0 + minutes(20)) is True
    assert holds(device.state, "depth-rise == 1", T0 + minutes(20)) is True

    device.pass_time("1m")
    device.read("depth", 7)

    assert holds(device.state, "depth-rise > 0", device.now) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+999999", "9" * 400, "deep"])
def test_a_value_nobody_can_reckon_with_is_refused_and_does_no_harm_in_a_record(value):
    device = measuring()

    assert device.refusal(ReadingTaken("depth", value, "cm")) == "not-a-number"
    device.record(ReadingTaken("depth", value, "cm"), ReadingTaken("depth", "1", "cm"))

    assert holds(device.state, "depth-rise > 1 or depth == 1", device.now) is True


def test_numbers_in_words_are_words():
    device = opened(
        *TWO, readings=[Reading("note", text("note"), "text"), Reading("other", text("other"), "text")]
    )
    device.read("note", "12")
    device.read("other", "12.0")

    assert holds(device.state, "note != other", device.now) is True


def test_a_reading_of_yes_or_no_is_a_condition_by_itself():
    device = opened(*TWO, readings=[Reading("dry", text("dry"), "yes-no")])
    device.read("dry", "no")

    assert holds(device.state, "not dry", device.now) is True


def test_a_condition_may_ask_for_a_mark_and_for_the_time_since_it():
    device = opened(do("a", marks="dry"), do("b"), do("c"))
    assert holds(device.state, "dry", device.now) is False
    assert holds(device.state, "since-dry > 0s", device.now) is None
    device.pass_time("1m")
    device.done("a")

    assert holds(device.state, "dry and reported", device.now) is True
    assert holds(device.state, "since-dry >= 5m", T0 + minutes(6)) is True
    assert holds(device.state, "since-dry >= 5m", T0 + minutes(6) - MS) is False


def test_a_condition_may_ask_how_long_its_step_has_been_open():
    device = opened(do("a"), do("b"))
    device.pass_time("1m")
    device.done("a")

    assert holds(device.state, "waited >= 2m", T0 + minutes(3), "b") is True
    assert holds(device.state, "waited >= 2m", T0 + minutes(3) - MS, "b") is False
    assert holds(device.state, "waited >= 2m", T0 + minutes(3)) is None


def test_a_condition_may_ask_for_an_answer():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="a q.no"))
    assert holds(device.state, "q.yes", device.now) is None

    device.answer("q", "yes")

    assert holds(device.state, "q.yes and not q.no", device.now) is True


def test_an_answer_people_disagree_about_is_unknown():
    one, two = apart(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="a q.no"))
    one.answer("q", "yes")
    two.answer("q", "no")

    one.sync(two)

    assert holds(one.state, "q.yes", one.now) is None


def test_a_condition_may_ask_for_values_of_the_site_and_the_room():
    room = Room("A1", text("A1"), facts=(Fact("ups", text("UPS"), length=minutes(15)),))
    site = Site("s", text("s"), "UTC", ("zh",), (room,), parameters=(Fact("warm", text("w"), Decimal(27)),))
    device = Device(graph(*TWO, site=site, readings=[DEPTH]))
    device.propose(RunOpened("plan", 1, "", (), room="A1"))
    device.read("depth", 28)

    assert holds(device.state, "depth > site.warm", device.now) is True
    assert holds(device.state, "since-reported < site.room.ups", T0 + minutes(14)) is True
    assert holds(device.state, "since-reported < site.room.gone", device.now) is None


def test_a_run_is_opened_in_a_room_the_site_has():
    device = Device(graph(*TWO))

    assert device.refusal(RunOpened("plan", 1, "", (), room="B7")) == "unknown-room"


# --- levels and people


def test_of_two_levels_declared_apart_the_higher_is_in_force_until_somebody_who_saw_both_speaks():
    one, two = apart(*TWO)
    one.record(LevelDeclared("III"))
    two.record(LevelDeclared("I"))
    one.sync(two)
    assert one.state.level == "I"

    one.record(LevelDeclared("II"))

    assert one.state.level == "II"


def test_one_person_commands_and_many_may_hold_any_other_role():
    device = opened(*TWO)

    device.propose(RoleTaken("ENG", "zhou"))
    device.propose(RoleTaken("IC", "li", reason="wang is on the way"))

    assert device.state.holders("ENG") == ("li", "zhou")
    assert device.state.holders("IC") == ("li",)
    assert device.state.roles_of("wang") == ()


def test_command_is_taken_only_with_a_reason():
    device = opened(*TWO)

    assert device.refusal(RoleTaken("IC", "li")) == "command-taken"
    assert device.refusal(RoleTaken("IC", "wang", reason="r")) == "role-held"
    assert device.refusal(RoleTaken("XX", "li")) == "unknown-role"
    assert device.refusal(RoleTaken("ENG", "stranger")) == "who-is-it"


def test_two_who_took_command_apart_both_hold_it_and_neither_does():
    one, two = apart(*TWO)
    one.record(RoleTaken("IC", "li", reason="r"))
    two.record(RoleTaken("IC", "zhao", reason="r"))
    one.sync(two)

    assert set(one.state.commanders) == {"li", "zhao"}
    assert not one.state.holds("li", "IC") and not one.state.holds("zhao", "IC")
    one.propose(RoleTaken("IC", "zhao", reason="agreed by radio"))

    assert one.state.commanders == ("zhao",)


@pytest.mark.requirement("E47")
def test_a_role_is_handed_over_when_both_have_signed_and_not_before():
    device = opened(*TWO)
    assert device.refusal(HandoverSigned("ENG", "li", "li", "pin", "pin")) == "handover-self"
    assert device.refusal(HandoverSigned("ENG", "zhao", "zhou", "pin", "pin")) == "role-not-held"
    assert device.refusal(HandoverSigned("ENG", "li", "zhou", "pin", "")) == "unknown-strength"

    device.propose(HandoverSigned("ENG", "li", "zhou", "own-device", "pin", "entry permit is half signed"))

    assert device.state.holders("ENG") == ("zhou",)


def test_whoever_leaves_holds_no_role_any_more():
    device = opened(*TWO)

    device.propose(PersonLeft("wang"))
    device.propose(PersonLeft("li"))

    assert (device.state.commanders, device.state.holders("ENG")) == ((), ())
    assert not {"wang", "li"} & device.state.people.keys()
    assert device.refusal(PersonLeft("li")) == "not-in-run"


# --- statuses


@pytest.mark.requirement("E29")
def test_every_step_has_one_word_of_a_closed_set():
    device = opened(
        do("a"),
        do("b", cls="optional"),
        ask("q", "yes no"),
        do("c", after="q.yes"),
        do("d", after="q.no"),
        do("e", after="c d", verify="independent"),
        contact("f"),
        do("s", lane="l", after="w"),
        do("close", after="all"),
        watches=[Watch("w", words=text("w"))],
    )
    device.done("a")
    device.do("skip", "b", reason="r")
    device.answer("q", "yes")
    device.do("start", "c")
    words = device_words(device)
    device.done("c", "e")

    assert words == {
        "a": "done",
        "b": "skipped",
        "q": "done",
        "c": "active",
        "d": "not-applicable",
        "e": "waiting",
        "f": "waiting",
        "s": "asleep",
        "close": "waiting",
    }
    assert device.word("e") == "awaiting-second"


def device_words(device: Device) -> dict[str, str]:
    return {name: status(device.state, name) for name in device.graph.steps}


@pytest.mark.requirement("E31")
def test_an_override_needs_a_reason_and_is_never_done():
    device = opened(*TWO)

    assert device.refusal(StepOverridden("a", "")) == "reason-first"
    device.do("override", "a", reason="the valve was shut already")

    assert device.word("a") == "overridden"
    assert device.place("b") == "OPEN"


@pytest.mark.requirement("E20")
def test_no_to_all_but_one_answer_never_picks_the_last_and_an_answer_shuts_out_the_others():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no a"))

    device.answer("q", "yes")
    device.answer("q", "no")

    assert [device.place("a"), device.state.steps["q"].answer] == ["OFF", "no"]
    assert [entry.event.answer for entry in device.entries if isinstance(entry.event, AnswerGiven)] == [
        "yes",
        "no",
    ]


@pytest.mark.requirement("E19")
def test_a_branch_not_taken_stays_in_the_list_and_can_be_taken_later():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no a"))

    device.answer("q", "no")
    assert device.word("a") == "not-applicable"
    device.answer("q", "yes")

    assert device.word("a") == "ready"


def test_the_work_of_an_entry_does_not_grow_with_the_number_of_visits():
    device = opened(
        do("watch", every="1m", until="a", record="x"),
        do("a", lane="l", after=""),
        do("b", after="watch a"),
        readings=[Reading("x", text("x"), unit="u", rise=timedelta(minutes=10))],
        levels=(level_rule("I", "x-rise > 5"),),
    )
    works = []

    for number in range(1, 3_001):
        device.now += timedelta(minutes=1)
        visit = partial(device.propose, ReadingTaken("x", "1", "u", "watch"), StepDone("watch", round=number))
        if number in (100, 3_000):
            works.append(operations(visit) + operations(partial(alarms, device.state, device.now)))
        else:
            visit()

    assert works[1] <= works[0] * 1.1
