"""Every clock at the second it turns: at the limit, one millisecond before, and one after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.clocks import (
    PromiseReading,
    alarms,
    became_true_at,
    due,
    missed_rounds,
    next_round_at,
    promises,
    suggested_level,
    timers,
)
from engine.events import (
    AnswerGiven,
    LevelDeclared,
    NoteAdded,
    ReportIssued,
    RoleTaken,
    RunEnded,
    RunHeld,
    StepDone,
    StepFailed,
    StepReopened,
    StepStarted,
    Told,
    WatchRaised,
    WatchRetired,
)
from engine.plan import Escalation, Limit, Reading, Watch
from tests.engine.build import (
    MS,
    T0,
    Device,
    apart,
    ask,
    contact,
    do,
    graph,
    hold,
    level_rule,
    limit,
    minutes,
    promise,
    tell,
    text,
    wait,
)
from tests.engine.build import promises as kept

HOUR = timedelta(hours=1)


def opened(*steps, **said) -> Device:
    return Device(graph(*steps, **said)).open()


def standing(device: Device, at: timedelta) -> PromiseReading:
    """How the one promise stands so long after the report."""
    (reading,) = promises(device.state, T0 + at)
    return reading


def names(device: Device, kind: str) -> list[str]:
    return [alarm.name for alarm in alarms(device.state, device.now) if alarm.kind == kind]


# --- promises between marks

RESPOND = kept(promise("respond", to="responded dispatched", within="20m"))


def responding() -> Device:
    return opened(do("a", marks="responded"), do("b", marks="dispatched"), do("c"), kept=RESPOND)


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

INFORM = kept(promise("inform", until="recovered", every="60m", kept_by="told"))


def informing() -> Device:
    return opened(do("a", marks="recovered"), do("b"), kept=INFORM)


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


# --- limits


@pytest.mark.requirement("E38")
def test_a_step_is_overdue_one_millisecond_after_its_limit():
    device = opened(do("a", within="10m"), do("b"))

    for late, overdue in ((-MS, 0), (timedelta(), 0), (MS, 1)):
        device.now = T0 + minutes(10) + late
        assert len(names(device, "overdue")) == overdue
    assert timers(device.state)[0].at == T0 + minutes(10)


def test_a_limit_counts_from_the_opening_of_the_step_or_from_what_it_names():
    device = opened(
        do("a", marks="told"),
        do("b", within="10m"),
        do("c", lane="l", after="", within="10m", within_from="told"),
        do("d", lane="m", after="", within="10m", within_from="reported"),
        do("close", after="all"),
    )
    limits = {timer.step: timer.at for timer in timers(device.state)}
    assert limits == {"d": T0 + minutes(10)}

    device.pass_time("3m")
    device.done("a")

    limits = {timer.step: timer.at for timer in timers(device.state)}
    assert limits == {"d": T0 + minutes(10), "b": T0 + minutes(13), "c": T0 + minutes(13)}


def test_a_limit_may_count_from_another_step():
    device = opened(do("a"), do("b"), do("c", within="10m", within_from="a"))
    assert timers(device.state) == []

    device.done("a", at=T0)

    assert [(timer.step, timer.at) for timer in timers(device.state)] == [("c", T0 + minutes(10))]


def test_a_limit_taken_from_the_site_says_so():
    device = opened(do("a", within=Limit(minutes(3), "isolate-wait")), do("b"))

    assert timers(device.state)[0].from_site
    waiting = opened(
        wait("w", span=Limit(minutes(3), "isolate-wait")), wait("v", span="3m", lane="l", after="w")
    )
    assert [timer.from_site for timer in timers(waiting.state)] == [True]
    assert not timers(opened(wait("w", span="3m"), do("b")).state)[0].from_site


def test_timers_come_soonest_first():
    device = opened(
        do("a", within="30m"),
        wait("w", lane="l", after="", span="10m"),
        do("watch", lane="m", after="", every="5m", times=3),
        do("close", after="all"),
    )

    assert [(timer.step, timer.kind) for timer in timers(device.state)] == [
        ("watch", "round"),
        ("w", "wait"),
        ("a", "limit"),
    ]


def test_what_is_expected_has_its_time_from_the_beginning_of_the_act():
    device = opened(
        do("a", expect="x < 1", expect_in="60s", otherwise="b"),
        do("b"),
        do("c", after="a.met b"),
        readings="x",
    )
    assert timers(device.state) == []

    device.do("start", "a")

    assert [(timer.kind, timer.at) for timer in timers(device.state)] == [("expect", T0 + minutes(1))]


# --- waits


def test_a_wait_for_a_time_is_over_at_its_end_and_not_a_millisecond_before():
    device = opened(wait("w", span="30m"), do("b"))

    assert device.pass_time(minutes(30) - MS) == []
    assert device.pass_time(MS) == [StepDone("w", by="clock", basis="sensed")]
    assert device.state.steps["b"].opened_at == T0 + minutes(30)


def test_a_wait_that_ran_out_while_nobody_looked_ended_at_its_moment():
    device = opened(wait("w", span="30m"), do("b", within="5m"))

    device.pass_time("3h")

    assert device.state.steps["b"].opened_at == T0 + minutes(30)
    assert names(device, "overdue")


def test_a_safety_wait_is_only_offered():
    device = opened(wait("w", span="30m", cls="safety"), do("b"))
    assert not device.may("do", "w")

    assert device.pass_time("30m") == []
    device.do("do", "w")

    assert device.place("b") == "OPEN"


def test_a_wait_may_begin_again_as_often_as_somebody_says():
    device = opened(wait("w", span="30m", restart=True), do("b"))
    for _ in range(2):
        device.pass_time("20m")
        device.do("start", "w")

    assert device.pass_time(minutes(30) - MS) == []
    device.pass_time(MS)

    assert device.place("b") == "OPEN"


def test_a_wait_until_a_condition_asks_for_its_readings_and_is_over_when_it_holds():
    device = opened(wait("w", until="x < 1"), do("b"), readings="x")

    device.do("read", "w", values={"x": "3"})
    assert device.settle() == []
    device.do("read", "w", values={"x": "0"})
    device.settle()

    assert device.place("b") == "OPEN"


def a_gate_of_people() -> Device:
    """Power goes off when nobody is inside; the last count is of before somebody went in."""
    device = opened(do("enter"), wait("w", until="x <= 0", cls="safety"), do("cut"), readings="x")
    device.read("x", 0)
    device.pass_time("5m")
    device.done("enter")
    device.pass_time("1m")
    return device


def test_a_safety_wait_is_not_over_by_a_value_that_is_older_than_itself():
    device = a_gate_of_people()

    assert (device.may("do", "w"), device.refusal(StepDone("w"))) == (False, "reading-missing")
    assert (device.act("read", "w").main, [need.name for need in device.act("read", "w").needs]) == (
        True,
        ["x"],
    )


@pytest.mark.parametrize(("inside", "over"), [("0", True), ("1", False)])
def test_a_safety_wait_is_over_by_what_was_read_since_it_opened(inside, over):
    device = a_gate_of_people()

    device.do("read", "w", values={"x": inside})

    assert device.may("do", "w") is over


def test_a_safety_wait_that_opens_again_asks_for_its_values_again():
    device = a_gate_of_people()
    device.do("read", "w", values={"x": "0"})
    device.do("do", "w")
    device.pass_time("1m")

    device.do("reopen", target="w", reason="somebody went in")

    assert device.refusal(StepDone("w")) == "reading-missing"


X = Reading("x", text("x"), unit="u", fresh=limit("10m").length)


def steady() -> Device:
    return opened(wait("w", until="x < 1", steady="15m"), do("b"), readings=[X])


def test_a_steady_wait_is_over_when_it_held_so_long_without_a_break():
    device = steady()
    written = []
    for _ in range(3):
        device.read("x", 0)
        written += device.pass_time("5m")

    assert written == [StepDone("w", by="clock", basis="sensed")]
    assert device.state.steps["b"].opened_at == T0 + minutes(15)


def test_a_value_that_breaks_a_steady_wait_begins_it_afresh():
    device = steady()
    for value in (0, 0, 5, 0, 0, 0):
        device.read("x", value)
        device.pass_time("5m")

    assert device.place("b") == "OPEN"
    assert device.state.steps["b"].opened_at == T0 + minutes(30)


@pytest.mark.parametrize(
    ("gap", "over_at"), [(minutes(10), minutes(15)), (minutes(10) + MS, minutes(25) + MS)]
)
def test_a_reading_that_grew_too_old_breaks_a_steady_wait(gap, over_at):
    device = steady()
    device.read("x", 0)
    device.pass_time(gap)
    device.read("x", 0)
    device.pass_time(minutes(9))
    device.read("x", 0)
    device.pass_time(minutes(9))
    device.read("x", 0)
    device.pass_time(minutes(9))

    assert device.state.steps["b"].opened_at == T0 + over_at


def test_a_steady_wait_that_left_the_road_begins_afresh_when_it_comes_back():
    device = opened(
        ask("q", "yes no"),
        wait("w", after="q.yes", until="x < 1", steady="15m"),
        do("b", after="w q.no"),
        readings="x",
    )
    device.read("x", 0)
    device.answer("q", "yes")
    device.pass_time("10m")
    device.answer("q", "no")
    device.pass_time("10m")
    device.answer("q", "yes")

    assert device.state.steps["w"].true_since == T0 + minutes(20)
    assert device.pass_time(minutes(15) - MS) == []


def test_a_wait_that_failed_or_that_people_disagree_about_is_not_ended_by_the_clock():
    one, two = apart(wait("w", span="30m"), do("b"))
    one.record(StepFailed("w", "no time"))
    two.pass_time("30m")
    one.sync(two)

    assert one.settle() == []
    assert one.pass_time("1h") == []


# --- repetitions


@pytest.mark.requirement("E39")
def test_the_grid_of_a_repetition_is_not_moved_by_a_late_visit():
    device = opened(do("watch", every="5m", times=9), do("b"))
    dues = []
    for at in (minutes(0), minutes(7), minutes(10) - MS, minutes(10)):
        device.now = T0 + at
        device.do("visit", "watch")
        dues.append(next_round_at(device.state.steps["watch"]) - T0)

    assert dues == [minutes(5), minutes(10), minutes(10), minutes(15)]


@pytest.mark.requirement("E39")
def test_a_visit_is_missed_when_its_interval_has_passed_without_it():
    device = opened(do("watch", every="5m", times=9), do("b"))
    one = device.state.steps["watch"]

    assert [missed_rounds(one, T0 + at) for at in (minutes(5) - MS, minutes(5), minutes(10))] == [0, 1, 2]
    device.now = T0 + minutes(12)
    device.do("visit", "watch")

    assert [missed_rounds(one, T0 + minutes(at)) for at in (14, 15, 20)] == [2, 2, 3]


def test_each_missed_visit_is_an_alarm_of_its_own():
    device = opened(do("watch", every="5m", times=9), do("b"))
    device.pass_time("5m")
    first = names(device, "round-missed")
    device.do("ack", first[0])
    assert names(device, "round-missed") == []

    device.pass_time("5m")

    assert len(names(device, "round-missed")) == 1
    assert names(device, "round-missed") != first


# --- what falls due


def test_what_falls_due_comes_in_the_order_of_its_moments():
    device = opened(
        wait("w", span="20m"),
        do("late", lane="l", after="", within="10m", missed="call"),
        do("call", lane="m"),
        do("watch", lane="n", after="", every="5m", span="15m"),
        do("close", after="all"),
        watches=[Watch("long", "since-reported >= 12m")],
    )
    found = [(fact.at - T0, type(fact.event)) for fact in due(device.state, T0 + HOUR)]

    assert found == [
        (minutes(10), StepStarted),
        (minutes(12), WatchRaised),
        (minutes(15), StepDone),
        (minutes(20), StepDone),
    ]


def test_nothing_falls_due_before_the_run_or_after_its_end():
    device = Device(graph(wait("w", span="1m"), do("b")))
    assert due(device.state, T0 + HOUR) == []

    device.open()
    device.record(RunEnded("abandoned", "r"))

    assert due(device.state, T0 + HOUR) == []


def test_a_repeated_expectation_that_came_to_its_time_was_met():
    device = opened(
        do("watch", every="5m", span="10m", expect="x < 3", otherwise="stop"),
        do("stop"),
        do("close", after="watch.met stop"),
        readings="x",
    )

    written = device.pass_time("10m")

    assert written == [AnswerGiven("watch", "met", by="clock", basis="sensed")]
    assert (device.place("stop"), device.place("close")) == ("OFF", "OPEN")


# --- watches


def watching(when: str | None = "x > 32", until: str | None = None) -> Device:
    words = None if when else text("smoke")
    return opened(do("a"), do("b"), watches=[Watch("hot", when, words, until=until)], readings=[X])


def test_a_watch_is_raised_at_the_moment_of_the_reading():
    device = watching()
    device.pass_time("3m")
    device.read("x", 33)

    device.pass_time("2m")

    assert device.state.watches["hot"].raised_at == T0 + minutes(3)
    assert device.state.watches["hot"].basis == "sensed"


def test_a_watch_on_time_is_raised_at_the_millisecond():
    device = watching("since-reported > 30m and x > 0")
    device.pass_time("29m")
    device.read("x", 1)

    device.pass_time("5m")

    assert device.state.watches["hot"].raised_at == T0 + minutes(30) + MS


def test_a_condition_became_true_with_the_value_that_made_it_true():
    device = opened(do("a"), do("b"), readings="x y")
    device.read("x", 9)
    device.pass_time("5m")
    device.read("y", 0)
    device.pass_time("5m")

    assert became_true_at(device.state, "x > 5 or y > 5", device.now) == T0
    assert became_true_at(device.state, "x > 5 and y < 5", device.now) == T0 + minutes(5)
    assert became_true_at(device.state, "not y > 5 and since-reported >= 7m", device.now) == T0 + minutes(7)


def test_a_watch_that_a_person_retired_is_not_raised_again_by_the_same_reading():
    device = watching()
    device.read("x", 33)
    device.settle()
    device.record(WatchRetired("hot", "the sensor lies"))

    assert device.pass_time("5m") == []
    device.read("x", 34)
    assert device.settle() == [WatchRaised("hot", by="clock", basis="sensed")]


def test_a_watch_is_retired_when_its_end_has_come():
    device = watching(until="x < 27")
    device.read("x", 33)
    device.settle()
    device.pass_time("5m")
    device.read("x", 26)

    assert device.settle() == [WatchRetired("hot", "x < 27", by="clock", basis="sensed")]
    assert device.state.watches["hot"].raised_at is None


def test_a_watch_raised_when_its_end_had_already_come_stays_until_it_comes_anew():
    device = opened(
        do("a", marks="verified"),
        do("b"),
        watches=[Watch("smoke", words=text("smoke"), run="fire", until="verified")],
    )
    device.do("do", "a")
    device.pass_time("1m")
    device.do("raise", "smoke")

    stays = device.pass_time("1m")
    calls = device.may("open-child", "smoke")
    device.do("reopen", target="a", reason="r")
    device.do("do", "a")

    assert (stays, calls) == ([], True)
    assert device.settle() == [WatchRetired("smoke", "verified", by="clock", basis="sensed")]


def watching_both() -> Device:
    """A watch that a value raises, and also whoever sees it."""
    return opened(do("a"), do("b"), watches=[Watch("hot", "x > 32", text("it is hot"))], readings=[X])


def test_a_watch_with_a_condition_and_words_raises_itself_and_is_called_by_its_words():
    device = watching_both()
    device.read("x", 33)

    assert device.settle() == [WatchRaised("hot", by="clock", basis="sensed")]
    [alarm] = [one for one in alarms(device.state, device.now) if one.kind == "watch"]
    assert alarm.subject == text("it is hot")


def test_a_watch_with_a_condition_and_words_is_raised_by_hand_before_anybody_has_measured():
    device = watching_both()
    assert device.act("raise", "hot").subject == text("it is hot")

    device.do("raise", "hot")

    assert device.state.watches["hot"].basis == "asserted"


def test_a_watch_in_words_is_raised_by_nobody_but_a_person():
    device = watching(None)

    assert device.pass_time("1h") == []
    device.do("raise", "hot")

    assert device.refused("retire", "hot", reason="") == "reason-first"


@pytest.mark.requirement("E22")
def test_a_watch_vanishes_only_by_a_word_that_says_why():
    device = watching(None)
    device.do("raise", "hot")
    device.pass_time("9h")
    assert names(device, "watch") == ["watch:hot:1"]

    device.do("retire", "hot", reason="no smoke any more")

    assert names(device, "watch") == []


# --- alarms


def test_an_alarm_stands_until_it_is_acknowledged_and_the_next_has_another_name():
    device = watching()
    first = device.state.graph.readings["x"]
    assert first.act is None
    device.record(WatchRaised("hot"))
    device.do("ack", "watch:hot:1")
    assert names(device, "watch") == []

    device.record(WatchRetired("hot", "r"), WatchRaised("hot"))

    assert names(device, "watch") == ["watch:hot:2"]
    assert not device.may("ack", "watch:hot:1")


def test_a_promise_warns_at_half_and_at_four_fifths_and_says_when_it_was_broken():
    device = responding()
    seen = {}
    for minute in (9, 10, 15, 16, 20, 21):
        device.now = T0 + minutes(minute)
        found = [alarm for alarm in alarms(device.state, device.now) if alarm.kind in ("promise", "broken")]
        seen[minute] = [(alarm.kind, alarm.rank, alarm.at - T0) for alarm in found]

    assert seen == {
        9: [],
        10: [("promise", 1, minutes(10))],
        15: [("promise", 1, minutes(10))],
        16: [("promise", 2, minutes(16))],
        20: [("promise", 2, minutes(16))],
        21: [("broken", 3, minutes(20))],
    }


def test_every_missed_word_is_an_alarm_of_its_own():
    device = informing()
    device.pass_time("61m")
    first = names(device, "broken")
    device.do("ack", first[0])
    assert names(device, "broken") == []

    device.pass_time("60m")

    assert len(names(device, "broken")) == 1
    assert names(device, "broken") != first


def test_each_value_in_the_act_band_is_an_alarm_of_its_own():
    device = opened(do("a"), do("b"), readings=[Reading("x", text("x"), unit="u", act=">= 3")])
    device.read("x", 3)
    first = names(device, "act-band")
    device.do("ack", first[0])
    device.read("x", 4)

    assert len(names(device, "act-band")) == 1
    device.read("x", 2)
    assert names(device, "act-band") == []


@pytest.mark.requirement("E25")
def test_contradictions_are_alarms():
    one, two = apart(do("a"), do("b"), readings="x")
    one.done("a")
    one.read("x", 1)
    two.record(StepFailed("a", "r"))
    two.read("x", 2)
    one.record(RoleTaken("IC", "li", reason="r"))
    two.record(RoleTaken("IC", "zhao", reason="r"))

    one.sync(two)

    assert len(names(one, "contradicted")) == 2
    assert len(names(one, "two-commanders")) == 1
    assert {alarm.rank for alarm in alarms(one.state, one.now)} == {3}


def test_a_second_doubt_about_a_step_is_another_alarm():
    device = opened(do("a"), do("b"))
    device.done("a", "b")
    device.record(StepReopened("a", "r"))
    device.do("ack", names(device, "recheck")[0])
    device.done("a")
    device.do("confirm", "b")
    assert names(device, "recheck") == []

    device.record(StepReopened("a", "again"))

    assert len(names(device, "recheck")) == 1


def test_an_unconfirmed_voice_is_an_alarm():
    device = opened(hold("h", "PWR ENG"), do("b"))
    device.do("sign", "h", person="zhao", role="PWR", strength="voice", channel="radio")

    (name,) = names(device, "voice")
    device.do("confirm-voice", "h", target=name.removeprefix("voice:"), strength="pin")

    assert names(device, "voice") == []


def test_readings_of_two_people_that_differ_are_an_alarm():
    device = opened(do("a", verify="independent", record="x"), do("b"), readings="x")
    device.do("do", "a", values={"x": "3"})
    device.do("verify", "a", person="zhao", strength="pin", values={"x": "4"})

    assert len(names(device, "second-differs")) == 1


def test_a_contact_without_else_says_when_its_list_is_used_up():
    device = opened(contact("call", "ENG"), do("b"))
    for person in ("li", "li", "zhou"):
        assert names(device, "nobody") == []
        device.do("try", "call", person=person, channel="phone", outcome="no-answer")

    assert len(names(device, "nobody")) == 1


@pytest.mark.requirement("E36")
def test_a_run_on_hold_reminds_again_and_again():
    device = opened(do("a"), do("b"))
    device.record(RunHeld("waiting for the brigade"))
    device.do("ack", names(device, "held")[0])
    device.pass_time(minutes(10) - MS)
    assert names(device, "held") == []

    device.pass_time(MS)

    assert len(names(device, "held")) == 1


def test_alarms_come_the_gravest_first():
    device = opened(do("a", within="5m"), do("b"), kept=RESPOND, watches=[Watch("hot", words=text("hot"))])
    device.pass_time("10m")
    device.record(WatchRaised("hot"))

    assert [alarm.rank for alarm in alarms(device.state, device.now)] == [3, 3, 1]


def test_after_the_end_only_promises_are_watched():
    device = opened(do("a", within="5m"), do("b"), kept=RESPOND)
    device.pass_time("30m")
    device.record(RunEnded("abandoned", "r"))

    assert {alarm.kind for alarm in alarms(device.state, device.now)} == {"broken"}


# --- levels and escalation

LEVELS = (level_rule("III", "x > 0"), level_rule("II", "x >= 1"), level_rule("I", "x > 5"))


def levelled(*steps, **said) -> Device:
    return opened(*(steps or (do("a"), do("b"))), levels=LEVELS, readings=[X], **said)


def test_the_highest_level_whose_ground_holds_is_suggested():
    device = levelled()
    assert suggested_level(device.state, device.now) is None
    device.read("x", 2)

    assert suggested_level(device.state, device.now) == "II"


def test_a_level_never_falls_because_nobody_measured():
    device = levelled()
    device.read("x", 2)
    device.pass_time("6h")
    old = (suggested_level(device.state, device.now), names(device, "level"))
    device.read("x", "0.5")

    assert old[0] == "II" and len(old[1]) == 1
    assert suggested_level(device.state, device.now) == "III"


def test_a_suggested_level_is_as_old_as_what_speaks_for_it():
    device = levelled()
    device.read("x", 2)
    device.pass_time("4m")
    device.record(NoteAdded("nothing new"))

    (alarm,) = [one for one in alarms(device.state, device.now) if one.kind == "level"]
    assert alarm.at == T0


def test_no_level_below_the_one_in_force_is_suggested():
    device = levelled()
    device.record(LevelDeclared("I"))
    device.read("x", 2)

    assert suggested_level(device.state, device.now) == "I"


def test_a_raised_watch_suggests_its_level():
    device = levelled(watches=[Watch("smoke", words=text("smoke"), level="I")])

    device.record(WatchRaised("smoke"))

    assert suggested_level(device.state, device.now) == "I"


def test_an_answer_raises_the_level_until_somebody_declares_one():
    device = levelled(ask("q", "1+worse same"), do("b", after="q"))
    device.record(LevelDeclared("III"))
    device.pass_time("1m")
    device.answer("q", "worse")
    assert suggested_level(device.state, device.now) == "II"

    device.pass_time("1m")
    device.record(LevelDeclared("II"))

    assert suggested_level(device.state, device.now) == "II"


def test_a_level_that_is_suggested_and_not_declared_is_an_alarm():
    device = levelled()
    device.read("x", 2)
    device.do("ack", names(device, "level")[0])
    assert names(device, "level") == []

    device.record(LevelDeclared("III"))
    assert len(names(device, "level")) == 1
    device.record(LevelDeclared("II"))
    assert names(device, "level") == []


def test_whoever_is_told_next_is_an_alarm_by_level_and_time_from_the_report_until_recovery():
    rows = [Escalation("I", minutes(15), ("IC", "SEC")), Escalation("II", minutes(5), ("CS",))]
    device = opened(do("a", marks="recovered"), do("b"), kept=kept(escalation=rows))
    device.record(LevelDeclared("I"))

    device.pass_time(minutes(15) - MS)
    assert names(device, "escalate") == []
    device.pass_time(MS)
    assert names(device, "escalate") == ["escalate:I:900"]
    device.done("a")

    assert names(device, "escalate") == []


def test_a_told_step_tells_and_is_done():
    device = opened(tell("t"), do("b"), kept=INFORM)

    assert (
        device.refused("tell", "t", text="words", channel="phone", to="Chen", outcome="failed") == "not-told"
    )
    device.pass_time("10m")
    device.do("tell", "t", text="words", channel="phone", to="Chen")

    assert device.place("b") == "OPEN"
    assert standing(device, HOUR + MS).missed == 0


# --- the millisecond of every clock


def a_visit_that_ends() -> Device:
    return opened(do("watch", every="5m", span="15m"), do("b"))


def a_steady_wait() -> Device:
    device = opened(wait("w", until="x < 1", steady="15m"), do("b"), readings="x")
    device.read("x", 0)
    return device


def a_limit_that_opens_another() -> Device:
    return opened(do("late", within="15m", missed="call"), do("call", lane="m"), do("close", after="all"))


def a_watch_on_time() -> Device:
    return opened(do("a"), do("b"), watches=[Watch("long", "since-reported >= 15m")])


def a_repetition_until_a_time() -> Device:
    return opened(do("watch", every="5m", until="waited >= 15m"), do("b"))


def a_wait_for_the_time_since() -> Device:
    return opened(wait("w", until="since-reported >= 15m"), do("b"))


def a_wait_until_it_has_waited() -> Device:
    return opened(wait("w", until="waited >= 15m"), do("b"))


@pytest.mark.parametrize(
    "begun",
    [
        a_wait_for_the_time_since,
        a_wait_until_it_has_waited,
        a_visit_that_ends,
        a_steady_wait,
        a_limit_that_opens_another,
        a_watch_on_time,
        a_repetition_until_a_time,
    ],
)
def test_what_a_quarter_of_an_hour_brings_about_comes_at_its_end_and_not_a_millisecond_before(begun):
    device = begun()

    assert device.pass_time(minutes(15) - MS) == []
    assert len(device.pass_time(MS)) == 1
    assert device.entries[-1].at == T0 + minutes(15)


def test_a_promise_warns_at_the_millisecond_and_not_before():
    device = responding()
    warned = []
    for at in (minutes(10) - MS, minutes(10), minutes(16) - MS, minutes(16), minutes(20), minutes(20) + MS):
        device.now = T0 + at
        warned.append(max((alarm.rank for alarm in alarms(device.state, device.now)), default=0))

    assert warned == [0, 1, 1, 2, 2, 3]


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
