"""A run from its opening to its end: held, ended, one place at a time."""

from __future__ import annotations

import pytest

from engine.acts import current_step, possible
from engine.errors import Refused
from engine.events import (
    Acknowledged,
    AnswerGiven,
    ChildOpened,
    EvidenceAttached,
    NoteAdded,
    ReadingTaken,
    ReportIssued,
    RunEnded,
    RunHeld,
    RunOpened,
    RunResumed,
    StepDone,
    Told,
)
from engine.plan import Reading, Watch
from engine.rules import Proposal, check
from engine.run import in_order, new_state
from engine.text import Text
from tests.engine.build import ABC, MS, RUN, T0, Device, apart, do, graph, minutes, opened, text, wait

# --- the run


def test_a_run_nobody_opened_offers_nothing_and_takes_nothing():
    device = Device(graph(*ABC))

    assert possible(device.state, T0) == []
    assert device.refusal(StepDone("a")) == "not-opened"
    assert device.refusal(RunOpened("plan", 1, "", ())) == ""


def test_a_run_is_opened_once():
    device = opened(*ABC)

    assert device.refusal(RunOpened("plan", 1, "", ())) == "already-open"
    device.pass_time("5m")
    device.record(RunOpened("other", 2, "", (), room="B7"))

    assert (device.state.opened_at, device.state.room) == (T0, None)


def test_an_unreleased_plan_opens_only_as_rehearsal_or_drill():
    made = graph(*ABC, released_by=None)
    event = RunOpened("plan", 1, "", ())

    refused = {}
    for kind in "RPDH":
        device = Device(made)
        device.state = new_state(made, kind + RUN[1:])
        refused[kind] = device.refusal(event)

    assert refused == {"R": "not-released", "P": "not-released", "D": "", "H": ""}


@pytest.mark.requirement("E41")
def test_what_happened_earlier_is_written_down_with_both_times():
    device = opened(*ABC)
    device.pass_time("10m")

    (entry,) = device.propose(StepDone("a"), at=T0 + minutes(4))

    assert (entry.at, entry.recorded_at) == (T0 + minutes(4), T0 + minutes(10))
    assert device.state.steps["b"].opened_at == T0 + minutes(4)


@pytest.mark.requirement("E41")
def test_nothing_happens_in_the_future_or_before_the_run():
    device = opened(*ABC)

    assert device.refusal(StepDone("a"), at=T0 + MS) == "in-the-future"
    assert device.refusal(StepDone("a"), at=T0 - MS) == "before-the-run"
    assert device.refusal(StepDone("a"), at=T0) == ""


def test_after_the_end_only_notes_files_words_reports_and_acknowledgements_are_taken():
    device = opened(*ABC)
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
    one, two = apart(*ABC)
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
    device = opened(*ABC)

    assert device.refusal(RunEnded("abandoned")) == "reason-first"
    assert device.refusal(RunEnded("paused", "r")) == "unknown-ending"


@pytest.mark.requirement("E24")
def test_a_run_is_complete_only_when_its_exit_conditions_hold():
    device = opened(*ABC, exit=("x <= 60",), readings="x")
    device.done("a", "b", "c")

    assert device.refusal(RunEnded("complete")) == "exit-unmet"
    device.read("x", 61)
    assert device.refusal(RunEnded("complete")) == "exit-unmet"
    device.read("x", 60)
    assert device.refusal(RunEnded("complete")) == ""


def test_what_does_not_hold_at_the_end_is_said_with_the_labels_of_its_readings():
    masked = Reading("masked", Text("屏蔽的点", "points masked"), unit="")
    device = opened(
        *ABC, exit=("masked <= 0 and x < 5",), readings=(masked, Reading("x", text("x"), unit="u"))
    )
    device.done("a", "b", "c")

    with pytest.raises(Refused) as refused:
        check(device.state, Proposal((RunEnded("complete"),), "li", device.journal, device.now, device.now))

    assert "屏蔽的点 <= 0" in refused.value.sentence("zh")
    assert "points masked <= 0 and x < 5" in refused.value.sentence("en")


@pytest.mark.requirement("E30")
def test_with_something_deferred_a_run_ends_complete_except_and_says_what():
    device = opened(*ABC)
    device.do("defer", "a", reason="no spare")
    device.done("b", "c")

    assert device.refusal(RunEnded("complete")) == "left-to-do"
    assert device.refusal(RunEnded("complete-except")) == "reason-first"
    device.do("end", None, target="complete-except", reason="spare comes tomorrow")

    assert device.state.ended is not None
    assert (device.state.ended.how, device.state.ended.open) == ("complete-except", ("a",))


@pytest.mark.requirement("E36")
def test_a_run_is_held_with_a_reason_and_resumed():
    device = opened(*ABC)

    assert device.refusal(RunHeld(" ")) == "reason-first"
    device.propose(RunHeld("waiting for the brigade"))
    assert device.refusal(RunHeld("again")) == "already-held"
    held = device.state.held
    device.propose(RunResumed())

    assert held == (T0, "li", "waiting for the brigade")
    assert device.refusal(RunResumed()) == "not-held"


def test_entry_conditions_are_answered_and_a_no_is_kept():
    device = opened(*ABC, entry=(text("an alarm was received"), text("nobody is inside")))
    assert [act.step for act in possible(device.state, device.now) if act.verb == "entry"] == [
        "entry.0",
        "entry.1",
    ]

    device.do("entry", "entry.1", answer="no")

    assert device.state.entry_answers == {1: "no"}
    assert device.refusal(AnswerGiven("entry.2", "yes")) == "unknown-step"
    assert device.refusal(AnswerGiven("entry.0", "perhaps")) == "unknown-answer"


def test_answers_to_entry_conditions_nobody_asked_change_nothing():
    device = opened(*ABC, entry=(text("called"),))

    device.record(
        AnswerGiven("entry.7", "yes"), AnswerGiven("entry.x", "yes"), AnswerGiven("entry." + "9" * 5000, "no")
    )

    assert device.state.entry_answers == {}


def test_a_child_belongs_to_the_step_or_watch_that_opened_it():
    device = opened(*ABC, watches=[Watch("smoke", words=text("smoke"), run="fire")])
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
    device = opened(*ABC)

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
    device = opened(*ABC)
    device.do("defer", "a", reason="r", until="c")
    assert current_step(device.state, "li", device.now) == "b"

    device.done("b")

    assert current_step(device.state, "li", device.now) == "a"


@pytest.mark.requirement("E33")
def test_a_step_that_is_locked_names_the_step_that_locks_it():
    device = opened(*ABC)

    with pytest.raises(Refused) as refused:
        device.propose(StepDone("c"))

    assert refused.value.sentence("en") == "'c' waits for b; finish that first."
