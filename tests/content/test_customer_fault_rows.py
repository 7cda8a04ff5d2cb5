"""The customer fault flow row by row against the operator's table (C01–C14, HP-C1 to HP-C5, D-C1), with its complaints.

The operator's promises of 4.2 hold it together: a person answers and is assigned in 20 minutes, on site in
1 hour, word every 60 minutes, the report in 48 hours. Two rows stand in another order than in the table: the
safety screen comes before identity and form, and the decision to send somebody is open from the form on.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.graph.around import reached_without
from tests.content import book, rows
from tests.content.book import (
    Row,
    graph,
    rehearsals,
    runbook,
    step,
)

ROWS = (
    Row("c01", ("CS",), "1/2/4", (("pick-up", "identity"),)),
    Row("c02", ("CS",), "2/4/8", (("form",),)),
    Row("c03", ("CS",), "0.5/1/1", (("safety",),)),
    Row("c04", ("CS", "MON"), "1/2/5", (("match",),)),
    Row("c05", ("CS",), "1/2/3", (("grade", "give-ticket"),)),
    Row("c06", ("CS",), "1/2/5", (("reach-engineer", "assign"),)),
    Row("c07", ("NET",), "5/15/40", (("diagnose",),)),
    Row("d-c1", ("NET",), "0/1/3", (("fixable",),)),
    Row("c08", ("CS",), "2/5/10", (("nearest", "brief"),)),
    Row("hp-c2", ("ENG",), "20/45/90", (("arrive",),)),
    Row("c09", ("ENG",), "15/45/180", (("work-permit", "see-symptom", "site-fix"),)),
    Row("hp-c3", ("CS",), "1/3/5", (("progress",), ("progress-a",), ("changed-word",))),
    Row(
        "c10",
        ("IC",),
        "1/3/5",
        (("escalate-15",), ("escalate-30",), ("escalate-60",), ("escalate-120",), ("escalate-240",)),
    ),
    Row("c11", ("NET",), "5/15/30", (("settle", "own-test"),)),
    Row("hp-c4", ("CS", "CUST"), "5/15/60", (("customer-says", "customer-sign"),)),
    Row("c12", ("NET",), "5/10/20", (("close",),)),
    Row("hp-c5", ("PM",), "60/180/480", (("write-report", "report-sign"),)),
    Row("c13", ("CS",), "3/5/10", (("care", "satisfied"),)),
)

WITHOUT_MINUTES = {"hp-c1", "c14"}
"""Rows of the table that give a limit or a period, and no minutes."""

# Row or section, parameter, its default as the table has it, and what uses it: a step, or a reading after "=".
LIMITS = (
    ("8.2", "up-one", "15m", "escalate-15"),
    ("8.2", "up-two", "30m", "escalate-30"),
    ("8.2", "up-three", "60m", "escalate-60"),
    ("8.2", "up-four", "2h", "escalate-120"),
    ("8.2", "up-five", "4h", "escalate-240"),
    ("8.2", "ack-wait", "5m", "escalate-30"),
    ("c08", "road-word", "30m", "road-night"),
    ("c01", "ring-max", "15 s", "=ring"),
    ("hp-c1", "assign-limit", "10m", "clock-10"),
    ("hp-c1", "respond-warn", "15m", "clock-15"),
    ("hp-c1", "respond-limit", "20m", "answered"),
    ("d-c1", "remote-limit", "20m", "diagnose"),
    ("d-c1", "attend-limit", "20m", "attend"),
    ("hp-c2", "arrive-limit", "1h", "arrive"),
    ("hp-c2", "travel-ask", "30m", "road-30"),
    ("hp-c2", "travel-late", "45m", "road-45"),
    ("hp-c3", "notice-first", "20m", "first-word"),
    ("hp-c3", "notice-every", "60m", "progress"),
    ("8.1", "notice-a", "30m", "progress-a"),
    ("8.2", "up-one", "15m", "up-15"),
    ("8.2", "up-two", "30m", "up-30"),
    ("8.2", "up-three", "60m", "up-60"),
    ("8.2", "up-four", "2h", "up-120"),
    ("8.2", "up-five", "4h", "up-240"),
    ("8.1", "restore-one", "60m", "grade"),
    ("8.1", "restore-two", "90m", "grade"),
    ("8.1", "restore-three", "3h", "grade"),
    ("c11", "verify-hold", "15m", "settle"),
    ("hp-c4", "retry-every", "40m", "retry"),
    ("hp-c5", "report-limit", "48h", "write-report"),
    ("c13", "care-from", "24h", "care-wait"),
    ("c13", "care-until", "72h", "care"),
    ("c13", "score-low", "3 marks", "=score"),
    ("8", "complaint-answer", "24h", "complaint/answer"),
    ("8", "complaint-window", "7d", "complaint/again"),
)

fault = runbook("customer-fault")
roads = graph("customer-fault")
complaint = runbook("complaint")


def late(step_id: str) -> str | None:
    """What opens when the limit of a step has passed."""
    return step(fault, step_id).missed


def test_the_flow_and_its_complaints_read_without_a_fault() -> None:
    assert book.faults_of("customer-fault", "complaint") == []


# --- rows


def test_every_row_of_the_table_stands_in_the_runbook_and_no_other() -> None:
    assert rows.unlisted(fault, ROWS, *WITHOUT_MINUTES) == set()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_row_is_done_by_its_roles(row: Row) -> None:
    doers = [step(fault, name).roles for way in row.ways for name in way if name not in row.beside]
    assert all(set(roles) <= set(row.roles) for roles in doers)


def test_a_row_takes_its_minutes_whichever_way_it_goes() -> None:
    assert rows.wrong_minutes(fault, ROWS) == []


def test_a_limit_is_a_site_value_with_the_number_of_its_row() -> None:
    assert rows.wrong_limits(fault, LIMITS) == []


def test_the_form_has_every_field_of_the_capture() -> None:
    wanted = {"symptom", "since", "scope", "impact", "changed", "contact", "safe", "circuit", "call-back"}
    assert wanted <= set(step(fault, "form").record)


def test_the_report_has_every_field_of_its_template() -> None:
    written_down = " ".join(line.zh for line in step(fault, "write-report").check)
    fields = (
        "编号", "客户", "受理", "响应", "到场", "恢复", "影响范围", "时长", "现象", "处理过程", "根因",
        "临时措施", "永久措施", "预防", "责任部门", "期限", "附件",
    )  # fmt: skip
    assert [field for field in fields if field not in written_down] == []


# --- the promises of the operator


def test_the_promises_are_those_of_the_service_guarantee() -> None:
    promised = {one.id: (one.within or one.every) for one in book.read().promises.promises}
    assert promised == {
        "respond": timedelta(minutes=20),
        "arrive": timedelta(hours=1),
        "inform": timedelta(minutes=60),
        "report": timedelta(hours=48),
    }


def test_a_person_and_no_robot_has_called_the_customer_before_the_response_counts() -> None:
    hold = step(fault, "answered")
    assert hold.sign is not None and (set(hold.sign.of), hold.sign.need) == ({"NET", "CS"}, 2)
    assert (hold.marks, rows.led_by(roads, "answered")) == (("responded",), {"call-customer"})


def test_the_clock_of_the_response_calls_the_leader_then_the_project_lead_then_records_the_breach() -> None:
    assert [late(name) for name in ("clock-10", "clock-15", "answered")] == [
        "call-leader", "call-pm", "breach-respond",
    ]  # fmt: skip


def test_the_clock_of_the_road_asks_then_sends_a_second_then_records_the_breach() -> None:
    assert [late(name) for name in ("road-30", "road-45", "arrive")] == [
        "ask-travel", "second-engineer", "breach-arrive",
    ]  # fmt: skip


@pytest.mark.parametrize("minute", [15, 30, 60, 120, 240])
def test_what_is_not_restored_is_escalated_at_its_minute(minute: int) -> None:
    one = step(fault, f"up-{minute}")
    assert one.within is not None and one.within.length == timedelta(minutes=minute)
    assert (one.within_from, one.missed) == ("reported", f"escalate-{minute}")


def test_word_goes_out_until_the_service_is_back() -> None:
    assert {
        name: one.repeat.until
        for name in ("progress", "progress-a")
        for one in [step(fault, name)]
        if one.repeat is not None
    } == {"progress": "recovered", "progress-a": "recovered"}


def test_the_report_is_signed_by_two_and_a_refusal_writes_it_again() -> None:
    hold = step(fault, "report-sign")
    assert hold.sign is not None and (set(hold.sign.of), hold.sign.need) == ({"PM", "NET"}, 2)
    assert "report-sign.signed" in rows.led_by(roads, "care-wait")


def test_the_service_counts_as_verified_when_hotline_and_engineer_have_signed_the_customers_word() -> None:
    hold = step(fault, "customer-sign")
    assert hold.sign is not None and (set(hold.sign.of), hold.sign.need) == ({"CS", "NET"}, 2)
    assert (hold.marks, hold.record) == (("verified",), ("confirmed-by", "recording"))
    assert rows.led_by(roads, "customer-sign") == {"customer-says.restored", "retried.restored"}


def test_no_hold_point_of_the_flow_can_be_skipped() -> None:
    # A hold with a refusal has answers, and such a step is never skipped.
    assert {step(fault, name).cls for name in ("answered", "arrive", "customer-sign")} == {"safety"}
    assert step(fault, "report-sign").decides


# --- decisions and branches


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("safety", ["clear", "fire", "water", "shock", "power", "lightning"]),
        ("identity", ["known", "unknown"]),
        ("match", ["none", "known", "planned", "alarm", "arrears"]),
        ("grade", ["a", "b", "c", "d"]),
        ("fixable", ["remote", "site", "customer", "third", "parent", "advice"]),
        ("attend", ["go", "stay"]),
        ("road", ["fine", "night", "ice"]),
        ("customer-says", ["restored", "still", "silent"]),
    ],
)
def test_a_decision_has_all_its_answers(decision: str, said: list[str]) -> None:
    assert rows.answers(fault, decision) == said


@pytest.mark.parametrize(
    ("branch", "steps"),
    [
        ("the caller cannot be authenticated", ("check-back", "proved", "guest")),
        ("the engineer is not reached", ("other-engineer",)),
        ("a second customer has the same fault", ("same", "merge")),
        ("the grade was wrong", ("regrade-say", "regrade-tell")),
        ("the customer denies access", ("shut-out", "gate-again", "appointment")),
        ("no spares", ("spares-get",)),
        ("night or ice", ("road-night", "road-ice")),
        ("it fails again within 24 hours", ("again-open", "again-work")),
        ("a danger is found on site", ("pull-back", "go-back")),
        ("the clock is stopped with consent", ("pause-note",)),
        ("the customer is not reached", ("retry", "retried", "next-day")),
        ("the customer is not satisfied", ("win-back", "complaint-too")),
        ("the cause lies with somebody else", ("third-party",)),
        ("service first, repair after", ("meanwhile",)),
        ("who was on site leaves in good order", ("stay", "site-leave")),
    ],
)
def test_each_branch_of_the_section_has_its_road(branch: str, steps: tuple[str, ...]) -> None:
    assert set(steps) <= set(roads.steps), branch


@pytest.mark.parametrize(("step_id", "answer"), [("same", "same"), ("again-open", "same")])
def test_a_merged_or_returning_fault_goes_one_level_up(step_id: str, answer: str) -> None:
    assert next(one for one in step(fault, step_id).answers if one.id == answer).level == 1


def test_three_customers_in_ten_minutes_open_the_network_runbook() -> None:
    runs = {one.id: one.run for one in fault.watches if one.run is not None}
    assert runs == {
        "smoke": "fire",
        "water": "leak",
        "power-lost": "outage",
        "struck": "lightning",
        "mass": "network",
        "complaint": "complaint",
    }
    assert all(one.until is not None for one in fault.watches)


# --- people first


def test_whoever_smells_smoke_is_told_to_leave_before_a_number_is_asked() -> None:
    assert rows.led_by(roads, "caller-out") == {
        f"safety.{answer}" for answer in rows.answers(fault, "safety") if answer != "clear"
    }
    assert rows.led_by(roads, "identity") == {"safety.clear", "caller-out"}


@pytest.mark.parametrize(
    ("danger", "opens", "when"),
    [
        ("fire", "open-fire", "safety.fire"),
        ("leak", "open-leak", "safety.water"),
        ("outage", "open-outage", "safety.power"),
        ("lightning", "open-lightning", "safety.lightning"),
    ],
)
def test_a_danger_in_a_room_of_ours_opens_its_runbook_at_once_and_the_report_goes_on(
    danger: str, opens: str, when: str
) -> None:
    one = step(fault, opens)
    assert (one.target, one.hand_over, one.cls, one.only_when) == (danger, True, "safety", when)
    assert rows.led_by(roads, opens) == {"whose.ours"}
    assert opens not in rows.led_by(roads, "identity")


def test_at_the_customers_own_place_the_brigade_gets_the_address_of_the_caller() -> None:
    assert rows.led_by(roads, "whose") == rows.led_by(roads, "caller-out")
    assert rows.led_by(roads, "their-119") == {"whose.theirs"}
    words = dict(book.read().promises.messages)["fault-119"]
    assert "address" not in words.zh and "{{ site.room.address" not in words.en


def test_the_ambulance_waits_for_nobody() -> None:
    assert rows.led_by(roads, "hurt-120") == {"safety.shock"}
    assert rows.led_by(roads, "shock-120") == {"shock"}


def test_somebody_stays_on_the_line_with_whoever_is_beside_a_person_in_shock() -> None:
    assert rows.led_by(roads, "hurt-talk") == {"safety.shock"}
    assert step(fault, "hurt-talk").cls == "safety"


def test_in_a_room_of_ours_two_are_sent_who_cut_the_power_before_they_help() -> None:
    send = step(fault, "send-help")
    assert (send.only_when, send.cls, rows.led_by(roads, "send-help")) == (
        "safety.shock",
        "safety",
        {"whose.ours"},
    )
    assert "site.room.epo" in send.text.zh


def test_power_goes_off_before_anybody_touches_a_person_in_shock_on_site() -> None:
    assert (rows.led_by(roads, "shock-off"), rows.led_by(roads, "shock-aid")) == ({"shock"}, {"shock-off"})


@pytest.mark.parametrize(
    ("watch", "out", "back"),
    [
        ("smoke", "smoke-out", "smoke-return"),
        ("water", "water-out", "water-return"),
        ("struck", "struck-out", "struck-return"),
        ("shock", "shock-off", "shock-return"),
        ("danger", "pull-back", "go-back"),
    ],
)
def test_a_danger_on_site_calls_our_people_out_until_two_have_signed(watch: str, out: str, back: str) -> None:
    hold = step(fault, back)
    assert (rows.led_by(roads, out), step(fault, out).withdraw) == ({watch}, back)
    assert hold.sign is not None and (hold.sign.need, hold.cls, hold.never_alone) == (2, "safety", True)


def test_nobody_goes_near_what_the_caller_had_warned_of_before_two_have_signed() -> None:
    hold = step(fault, "scene-safe")
    assert hold.sign is not None and (hold.sign.need, hold.only_when) == (2, "not safety.clear")
    assert rows.led_by(roads, "work-permit") == {"scene-safe"}


def test_nobody_works_in_a_cabinet_alone_or_beside_a_danger() -> None:
    for hold in (step(fault, "work-permit"), step(fault, "go-back")):
        assert hold.sign is not None and (hold.sign.need, hold.cls, hold.never_alone) == (2, "safety", True)
    assert not reached_without(roads, "work-permit") & {"see-symptom", "site-fix"}


# --- complaints


def test_a_complaint_is_accepted_logged_owned_answered_solved_and_called_back_in_this_order() -> None:
    order = ["accept", "log", "own", "answer", "solve", "call-back", "trend"]
    assert [one.id for one in complaint.steps if one.id in order] == order
    answer = step(complaint, "answer")
    assert answer.within is not None and answer.within.length == timedelta(hours=24)


def test_a_repeated_complaint_goes_to_the_project_lead_and_the_head_of_the_department() -> None:
    assert [step(complaint, name).target for name in ("head-pm", "head-duty")] == ["PM", "DUTY"]


def test_what_the_regulator_passed_on_goes_to_the_heads_with_its_own_date() -> None:
    assert "answer-due" in step(complaint, "passed-on-note").record
    assert rows.led_by(graph("complaint"), "head-pm") == {"again.second", "passed-on-note"}


# --- rehearsals

TABLES = ("customer-fault", "complaint")


@pytest.mark.parametrize("path", [p for one in TABLES for p in rehearsals(one)], ids=lambda path: path.stem)
def test_a_rehearsal_of_the_flow_comes_out_as_it_says(path: Path) -> None:
    assert book.wrong_end(path) == []


@pytest.mark.parametrize("name", TABLES)
def test_the_rehearsals_together_take_every_answer_and_every_watch(name: str) -> None:
    assert book.untaken(name) == set()


def test_a_report_within_its_limits_keeps_every_promise() -> None:
    at_end = dict(book.rehearsal(book.REHEARSALS / "customer-fault-remote.yaml").at_end.promises)
    assert at_end == {"respond": "kept", "arrive": "not-needed", "inform": "kept", "report": "kept"}


def test_a_report_beyond_its_limits_is_told_to_the_leader_and_recorded_as_a_breach() -> None:
    late_one = book.REHEARSALS / "customer-fault-site.yaml"
    broken = {"call-leader", "call-pm", "breach-respond", "second-engineer", "breach-arrive", "escalate-240"}
    assert broken <= book.played(late_one).reached
    assert dict(book.rehearsal(late_one).at_end.promises)["respond"] == "broken"
