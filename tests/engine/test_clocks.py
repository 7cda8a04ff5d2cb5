"""Promises and words at every interval: when each is due, kept or broken, from the record alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clocks import PromiseReading, promises
from engine.events import ReportIssued, RunEnded, StepDone, StepReopened, Told
from tests.engine.build import MS, T0, Device, ask, do, graph, minutes, opened, promise
from tests.engine.build import promises as kept
from tests.engine.promised import HOUR, INFORM, RESPOND, informing, responding, standing

# --- promises between marks


def test_a_promise_runs_until_its_deadline_and_is_broken_one_millisecond_later():
    device = responding()

    at = [standing(device, minutes(20) + late).status for late in (-MS, timedelta(), MS)]

    assert at == ["running", "running", "broken"]
    assert standing(device, minutes(5)).remaining(T0 + minutes(5)) == minutes(15)


@pytest.mark.parametrize(("late", "status"), [(-MS, "kept"), (timedelta(), "kept"), (MS, "broken")])
def test_a_promise_is_kept_by_the_last_of_its_marks(late, status):
    device = responding()
    device.pass_time(minutes(30))
    device.done("a", at=T0 + minutes(1))

    device.done("b", at=T0 + minutes(20) + late)

    assert standing(device, HOUR).status == status
    assert standing(device, HOUR).kept_at == T0 + minutes(20) + late


def test_a_kept_promise_stays_kept_when_its_mark_is_taken_back():
    device = responding()
    device.done("a", "b")

    device.record(StepReopened("a", "r"))

    assert standing(device, HOUR).status == "kept"


def test_a_mark_written_down_late_keeps_the_promise_when_it_was_reached_in_time():
    device = responding()
    device.pass_time(minutes(25))
    device.done("a", at=T0 + minutes(1))
    device.done("b")
    assert standing(device, minutes(25)).status == "broken"

    device.record(StepReopened("b", "we sent them at 10:12"))
    device.done("b", at=T0 + minutes(12))

    assert standing(device, minutes(25)).status == "kept"


def test_a_promise_that_counts_from_a_mark_is_idle_until_it_is_reached():
    device = opened(
        do("a", marks="closed"),
        do("b"),
        kept=kept(promise("report", start="closed", within="48h", kept_by="report-issued")),
    )
    assert standing(device, HOUR).status == "idle"

    device.done("a")

    assert standing(device, 48 * HOUR).status == "running"
    assert standing(device, 48 * HOUR + MS).status == "broken"


def test_a_report_outlives_the_run_and_is_kept_by_the_report():
    device = opened(
        do("a", marks="closed"),
        kept=kept(promise("report", start="closed", within="48h", kept_by="report-issued")),
    )
    device.done("a")
    device.do("end", None, target="complete")
    assert standing(device, 47 * HOUR).status == "running"

    device.now = T0 + 48 * HOUR
    device.propose(ReportIssued("F-7"))

    assert standing(device, 50 * HOUR).status == "kept"


ARRIVE = kept(promise("arrive", to="arrived", within="1h", if_on_road=True))


REMOTE = (
    ask("q", "remote on-site"),
    do("drive", after="q.on-site", marks="arrived"),
    do("fix", after="drive q.remote"),
)


def test_a_promise_that_needs_a_step_is_not_needed_once_that_step_left_the_road():
    device = opened(*REMOTE, kept=ARRIVE)
    assert standing(device, minutes(10)).status == "running"

    device.pass_time("10m")
    device.answer("q", "remote")

    assert {standing(device, at).status for at in (minutes(10), HOUR, 9 * HOUR)} == {"not-needed"}


def test_a_promise_that_was_broken_before_its_step_left_the_road_stays_broken():
    device = opened(*REMOTE, kept=ARRIVE)

    device.pass_time(HOUR + MS)
    device.answer("q", "remote")

    assert standing(device, 2 * HOUR).status == "broken"


def test_a_promise_runs_again_when_its_step_comes_back_on_the_road():
    device = opened(*REMOTE, kept=ARRIVE)
    device.answer("q", "remote")

    device.answer("q", "on-site")

    assert standing(device, minutes(10)).status == "running"


def test_of_two_marks_that_keep_a_promise_the_one_reached_needs_no_step_any_more():
    both = kept(promise("arrive", to="dispatched arrived", within="1h", if_on_road=True))
    device = opened(do("send", marks="dispatched"), do("drive", marks="arrived"), do("fix"), kept=both)

    device.done("send")

    assert standing(device, minutes(10)).status == "running"


def test_a_deferred_step_can_still_keep_its_promise():
    device = opened(*REMOTE, kept=ARRIVE)
    device.answer("q", "on-site")

    device.do("defer", "drive", reason="r")

    assert standing(device, minutes(10)).status == "running"


def test_a_step_passed_without_its_mark_ends_a_promise_that_needs_it():
    device = opened(*REMOTE, kept=ARRIVE)
    device.answer("q", "on-site")

    device.do("override", "drive", reason="they found it from afar")

    assert standing(device, minutes(10)).status == "not-needed"


def test_a_step_passed_with_its_mark_keeps_the_promise():
    device = opened(*REMOTE, kept=ARRIVE)
    device.answer("q", "on-site")
    device.pass_time("10m")

    device.do("override", "drive", reason="they were here already", mark_at=T0 + minutes(2))

    assert standing(device, minutes(10)).kept_at == T0 + minutes(2)


STOPPING = (
    ask("q", "real false"),
    do("stop", after="q.false", ends=True),
    do("a", after="q.real", marks="responded"),
    do("b", marks="dispatched"),
)


def test_a_road_that_stops_closes_promises_as_not_needed_from_then_on():
    device = opened(*STOPPING, kept=RESPOND)
    device.answer("q", "false")
    assert standing(device, minutes(19)).status == "running"

    device.pass_time("10m")
    device.done("stop")

    assert {standing(device, at).status for at in (minutes(10), HOUR)} == {"not-needed"}


def test_a_road_goes_on_while_the_step_that_ends_it_is_put_off():
    device = opened(*STOPPING, kept=RESPOND)
    device.answer("q", "false")
    device.do("defer", "stop", reason="the sheet is in the car")
    put_off = standing(device, minutes(10)).status
    device.do("do", "stop")

    assert (put_off, standing(device, minutes(10)).status) == ("running", "not-needed")


def test_a_procedure_that_stands_alone_promises_nothing_that_no_step_of_it_can_keep():
    steps = (do("ring"), do("b", marks="responded"))
    promised = kept(
        promise("respond", to="responded dispatched", within="20m"),
        promise("inform", until="recovered", every="60m", kept_by="told"),
        promise("called", to="responded", within="5m"),
    )
    alone, of_a_hazard = opened(*steps, kept=promised), opened(*steps, kept=promised, hazard="fire")

    assert [one.promise.id for one in promises(alone.state, T0 + HOUR)] == ["called"]
    assert len(promises(of_a_hazard.state, T0 + HOUR)) == 3


def test_a_promise_that_was_broken_before_the_road_stopped_stays_broken():
    device = opened(*STOPPING, kept=RESPOND)
    device.answer("q", "false")

    device.pass_time("21m")
    device.done("stop")

    assert standing(device, HOUR).status == "broken"


def test_the_end_of_a_run_closes_what_is_still_running():
    device = responding()
    device.pass_time("5m")

    device.record(RunEnded("abandoned", "false alarm"))

    assert standing(device, HOUR).status == "not-needed"


# --- a word at every interval


def told(device: Device, at: timedelta, outcome: str = "voice", group: str = "customers") -> None:
    device.record(Told(group, "words", "phone", outcome, "Chen"), at=T0 + at)


def test_a_word_is_due_at_every_interval_and_missed_one_millisecond_later():
    device = informing()

    assert [standing(device, HOUR + late).missed for late in (-MS, timedelta(), MS)] == [0, 0, 1]
    assert standing(device, HOUR).deadline == T0 + HOUR
    assert standing(device, HOUR + MS).status == "broken"
    assert standing(device, HOUR + MS).deadline == T0 + 2 * HOUR


@pytest.mark.parametrize(
    ("at", "missed"), [(timedelta(), 1), (MS, 0), (minutes(59), 0), (HOUR, 0), (HOUR + MS, 1)]
)
def test_the_first_word_comes_after_the_start_and_at_the_latest_at_the_interval(at, missed):
    device = informing()

    told(device, at)

    assert standing(device, HOUR + MS).missed == missed


def test_between_two_words_there_is_never_more_than_the_interval():
    device = informing()
    for at in (minutes(5), minutes(10), minutes(130)):
        told(device, at)

    reading = standing(device, 3 * HOUR)

    assert (reading.missed, reading.broken_at) == (1, T0 + minutes(70))
    assert reading.deadline == T0 + minutes(190)


def test_what_a_notice_says_of_the_next_one_is_what_the_clock_shows():
    device = informing()
    told(device, minutes(12))

    assert standing(device, minutes(12)).deadline == T0 + minutes(12) + HOUR


def test_words_recorded_late_are_counted_by_the_time_they_were_said():
    early, late = informing(), informing()
    for at in (50, 100, 150):
        told(early, minutes(at))
    for at in (150, 50, 100):
        told(late, minutes(at))

    assert standing(early, 3 * HOUR) == standing(late, 3 * HOUR)
    assert standing(late, 3 * HOUR).missed == 0


def test_only_customers_who_heard_it_count():
    device = informing()
    told(device, minutes(5), outcome="failed")
    told(device, minutes(6), group="managers")

    assert standing(device, HOUR + MS).missed == 1
    told(device, minutes(7), outcome="sent")
    assert standing(device, HOUR + MS).missed == 0


def test_words_are_due_until_the_mark_is_reached_and_not_at_that_moment():
    on_the_hour, after = informing(), informing()
    on_the_hour.done("a", at=T0 + HOUR)
    after.done("a", at=T0 + HOUR + MS)

    assert (standing(on_the_hour, 5 * HOUR).status, standing(after, 5 * HOUR).status) == ("kept", "broken")


def test_a_road_that_stops_before_a_word_was_due_needs_none():
    device = opened(
        ask("q", "real false"),
        do("stop", after="q.false", ends=True),
        do("a", after="q.real", marks="recovered"),
        kept=INFORM,
    )
    device.answer("q", "false")
    device.pass_time("50m")
    device.done("stop")

    assert standing(device, 5 * HOUR).status == "not-needed"


# --- kept by what was written late


def reached(at_minute: float, written: float, kind: str = "R") -> PromiseReading:
    """Of a promise of 20 minutes: somebody responded at one time, and it was written at another."""
    device = Device(
        graph(do("a", marks="responded"), do("b"), kept=kept(promise("p", to="responded", within="20m")))
    )
    device.state.run_id = f"{kind}-20261122-K7QM"
    device.open()
    device.now = T0 + minutes(written)
    device.propose(StepDone("a"), at=T0 + minutes(at_minute))
    return promises(device.state, device.now)[0]


def test_a_promise_that_only_a_late_entry_keeps_says_so():
    assert (reached(5, 180).status, reached(5, 180).written_late) == ("kept", True)
    assert (reached(5, 20).status, reached(5, 20).written_late) == ("kept", False)
    assert (reached(21, 180).status, reached(21, 180).written_late) == ("broken", False)


def test_a_clock_that_a_hand_moves_says_nothing_of_when_it_was_written():
    assert not reached(5, 180, "H").written_late


def test_a_report_that_was_issued_in_time_and_written_late_says_so():
    device = Device(
        graph(do("a"), kept=kept(promise("p", start="reported", within="48h", kept_by="report-issued")))
    )
    device.state.run_id = "R-20261122-K7QM"
    device.open()
    device.now = T0 + HOUR * 50
    device.propose(ReportIssued("F-1"), at=T0 + HOUR)

    assert promises(device.state, device.now)[0].written_late
