"""What a step asks for before it may end, and what an act offers and becomes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.acts import VERBS, Act, Given, Need, events_of, next_call, possible
from engine.errors import Refused
from engine.events import (
    AnswerGiven,
    ContactTried,
    EvidenceAttached,
    ItemTicked,
    JournalOpened,
    NoteAdded,
    ReadingTaken,
    RoleTaken,
    RunHeld,
    RunOpened,
    StepDone,
    StepOverridden,
    StepStarted,
    Told,
    WarningShown,
)
from engine.plan import Reading, Watch
from engine.rules import call_list, items_of, same_words
from engine.rules.table import RULES
from engine.run.fold import HANDLERS
from engine.text import Text
from tests.engine.build import (
    T0,
    Device,
    apart,
    ask,
    contact,
    do,
    graph,
    hold,
    limit,
    minutes,
    opened,
    run,
    tell,
    text,
)


def needs(act: Act) -> list[str]:
    return [need.name for need in act.needs]


def test_every_event_that_changes_a_run_has_a_rule_and_a_handler():
    assert RULES.keys() == HANDLERS.keys()


def test_nothing_is_not_a_proposal_and_neither_is_what_belongs_to_a_journal():
    device = opened(do("a"), do("b"))

    assert device.refusal() == "nothing-proposed"
    assert device.refusal(JournalOpened("00", "host", "muster")) == "not-for-a-run"
    assert device.refusal(StepDone("a", basis="rumour")) == "unknown-basis"


def test_all_of_a_proposal_is_refused_with_any_of_it():
    device = opened(do("a"), do("b"))

    assert device.refusal(StepDone("a"), StepDone("gone")) == "unknown-step"


# --- values


@pytest.mark.requirement("E12")
def test_a_step_that_records_a_value_is_not_done_without_it():
    device = opened(do("a", record="x y"), do("b"), readings="x y")

    assert device.refusal(StepDone("a")) == "reading-missing"
    assert needs(device.act("do", "a")) == ["x", "y"]
    device.do("do", "a", values={"x": "1", "y": "2"})

    assert device.state.steps["a"].readings["x"].value.text == "1"


@pytest.mark.requirement("E12")
def test_what_was_seen_is_as_expected_or_somebody_says_what_was_different():
    device = opened(do("a", expect="x < 1"), do("b"), readings="x")
    seen = ReadingTaken("x", "3", "u", "a")

    assert device.refusal(seen, StepDone("a")) == "deviation-first"
    assert device.refusal(seen, StepDone("a", deviation="a drop an hour")) == ""
    assert device.refusal(ReadingTaken("x", "0", "u", "a"), StepDone("a")) == ""


def test_the_value_decides_how_an_expectation_came_out():
    steps = (do("a", expect="x < 1", otherwise="b"), do("b"), do("c", after="a.met b"))
    met, unmet = opened(*steps, readings="x"), opened(*steps, readings="x")

    met.do("do", "a", values={"x": "0"})
    unmet.do("do", "a", values={"x": "1"})

    assert (met.place("b"), unmet.place("b")) == ("OFF", "OPEN")


def test_nobody_says_met_against_the_value_where_the_plan_has_another_road():
    device = opened(do("a", expect="x < 1", otherwise="b"), do("b"), do("c", after="a.met b"), readings="x")
    device.read("x", 3, "a")

    assert device.refusal(AnswerGiven("a", "met")) == "not-met"
    assert device.refusal(AnswerGiven("a", "met", deviation="the gauge sticks")) == "not-met"
    assert device.refusal(AnswerGiven("a", "unmet")) == ""


def test_unmet_needs_a_value_or_a_reason():
    device = opened(do("a", expect="x < 1", otherwise="b"), do("b"), do("c", after="a.met b"), readings="x")

    assert device.refusal(AnswerGiven("a", "unmet")) == "reason-first"
    assert device.refusal(AnswerGiven("a", "unmet", reason="nobody can get near")) == ""


def test_where_no_value_can_say_it_the_person_is_asked():
    one, two = apart(
        do("a", expect="x < 1", otherwise="b"),
        do("b"),
        do("c", after="a.met b"),
        do("d", after="b c"),
        readings="x",
    )
    one.read("x", 0, "a")
    two.read("x", 5)
    assert [need.optional for need in one.act("do", "a").needs] == [True]

    one.sync(two)

    assert needs(one.act("do", "a")) == ["x", "answer"]


def test_an_expected_rise_is_reckoned_with_the_value_that_is_given():
    rising = Reading("x", text("x"), unit="u", rise=limit("10m").length)
    device = opened(do("a", expect="x-rise < 2"), do("b"), readings=[rising])
    device.read("x", 1)

    assert needs(device.act("do", "a")) == ["x", "deviation"]
    assert device.refusal(ReadingTaken("x", "4", "u", "a"), StepDone("a")) == "deviation-first"
    assert device.refusal(ReadingTaken("x", "2", "u", "a"), StepDone("a")) == ""


@pytest.mark.requirement("E15")
def test_a_value_outside_the_believable_range_is_taken_with_a_reason():
    device = opened(
        do("a"), do("b"), readings=[Reading("x", text("x"), unit="cm", least=Decimal(0), most=Decimal(200))]
    )

    assert device.refusal(ReadingTaken("x", "201", "cm")) == "out-of-range"
    assert device.refusal(ReadingTaken("x", "-1", "cm")) == "out-of-range"
    assert device.refusal(ReadingTaken("x", "201", "cm", reason="the pit is that deep")) == ""
    assert device.refusal(ReadingTaken("x", "200", "cm")) == ""


def test_what_is_counted_is_a_whole_number():
    heads = Reading("heads", text("heads"), unit="persons", precision=0)
    device = opened(do("a", record="heads"), do("b"), readings=[heads])

    assert device.refusal(ReadingTaken("heads", "2.5", "persons")) == "whole-number"
    assert device.refusal(ReadingTaken("heads", "2.0", "persons")) == ""


def test_a_value_comes_in_the_unit_and_kind_of_its_reading():
    device = opened(
        do("a"),
        do("b"),
        readings=[
            Reading("x", text("x"), unit="cm"),
            Reading("dry", text("dry"), "yes-no"),
            Reading("at", text("at"), "time"),
            Reading("words", text("words"), "text"),
        ],
    )

    refused = [
        device.refusal(event)
        for event in (
            ReadingTaken("x", "1", "mm"),
            ReadingTaken("x", "one", "cm"),
            ReadingTaken("dry", "maybe"),
            ReadingTaken("at", "noon"),
            ReadingTaken("at", "2026-11-22T10:00"),
            ReadingTaken("words", "  "),
            ReadingTaken("gone", "1"),
            ReadingTaken("x", "1", "cm", "gone"),
        )
    ]

    assert refused == [
        "wrong-unit",
        "not-a-number",
        "not-yes-no",
        "not-a-time",
        "not-a-time",
        "empty-text",
        "unknown-reading",
        "unknown-step",
    ]
    assert device.refusal(ReadingTaken("at", "2026-11-22T10:00+08:00")) == ""


# --- lines, evidence, warnings, tags


def test_every_line_is_ticked_in_any_order():
    device = opened(do("a", check="left right top"), do("b"))
    device.do("tick", "a", items=(3,))

    assert device.refusal(StepDone("a")) == "items-missing"
    assert [choice for choice, _ in device.act("tick", "a").needs[0].choices] == ["1", "2"]
    assert device.refusal(ItemTicked("a", 4)) == "unknown-item"
    device.do("do", "a", items=(1, 2))

    assert device.word("a") == "done"
    assert sorted(device.state.steps["a"].ticks) == [1, 2, 3]


def test_each_item_of_a_list_is_ticked_and_the_list_is_asked_for_when_nobody_gave_it():
    device = opened(do("a", each="racks"), do("b"), readings=[Reading("racks", text("racks"), "list")])
    assert device.refusal(StepDone("a")) == "reading-missing"

    device.read("racks", "R1\nR2")
    assert items_of(device.state, device.graph.steps["a"]) == ("R1", "R2")
    assert device.refusal(StepDone("a")) == "items-missing"
    device.do("do", "a", items=(1, 2))

    assert [tick.value for tick in device.state.steps["a"].ticks.values()] == ["R1", "R2"]


def test_over_an_empty_list_one_confirmation_is_enough():
    device = opened(do("a", each="racks"), do("b"), readings=[Reading("racks", text("racks"), "list")])
    device.read("racks", "")

    assert device.refusal(ItemTicked("a", 1)) == ""
    device.do("do", "a")

    assert device.word("a") == "done"


def test_evidence_that_is_required_is_attached_first():
    device = opened(do("a", evidence="photo", evidence_required=True), do("b", evidence="photo"), do("c"))

    assert device.refusal(StepDone("a")) == "evidence-missing"
    device.do("do", "a", evidence="a.jpg")

    assert device.refusal(StepDone("b")) == ""
    assert device.refusal(EvidenceAttached(" ")) == "empty-note"


@pytest.mark.requirement("E10")
def test_a_warning_is_shown_before_the_step_is_begun_ticked_or_done():
    device = opened(do("a", warn="live parts", check="left"), do("b"))

    assert device.refusal(StepStarted("a")) == "warning-first"
    assert device.refusal(ItemTicked("a", 1)) == "warning-first"
    assert device.refusal(StepDone("a")) == "warning-first"
    device.do("do", "a", items=(1,))

    assert [type(entry.event) for entry in device.entries[-3:]] == [WarningShown, ItemTicked, StepDone]


def test_a_warning_is_shown_once_in_each_visit():
    device = opened(do("a", warn="live parts"), do("b"))
    device.do("start", "a")
    device.do("do", "a")
    device.do("reopen", None, target="a", reason="r")

    device.do("do", "a")

    assert sum(isinstance(entry.event, WarningShown) for entry in device.entries) == 2


@pytest.mark.requirement("E14")
def test_the_tag_is_typed_before_the_step_is_begun_or_with_an_act_that_cannot_be_taken_back():
    device = opened(
        do("a", tag="V-12", check_tag=True),
        do("b", tag="V-3", irreversible=True),
        do("c", tag="V-9"),
        do("d"),
    )

    assert device.refusal(StepStarted("a")) == "tag-first"
    assert device.refusal(StepStarted("a", tag="V-21")) == "wrong-tag"
    assert device.refusal(StepDone("a")) == "tag-first"
    device.do("start", "a", tag="v- 12")
    device.do("do", "a")
    device.propose(StepStarted("b"))
    assert device.refusal(StepDone("b")) == "tag-first"
    device.do("do", "b", tag="V-3")

    assert device.refusal(StepDone("c")) == ""


def test_a_step_is_begun_once_and_only_when_it_is_open():
    device = opened(do("a"), do("b"))
    device.do("start", "a")

    assert device.refusal(StepStarted("a")) == "already-started"
    assert device.refusal(StepStarted("b")) == "still-waiting"
    assert not device.may("start", "a")


def test_what_is_settled_or_off_the_road_says_so():
    device = opened(ask("q", "yes no"), do("a", after="q.yes"), do("b", after="q.no a"))
    device.answer("q", "no")

    assert device.refusal(StepDone("a")) == "not-applicable"
    device.done("b")
    assert device.refusal(StepDone("b")) == "already-settled"


# --- calls, words, other runs


def test_a_contact_is_done_when_somebody_answers():
    device = opened(contact("call", "ENG"), do("b"))
    assert call_list(device.state, "ENG") == ("li", "zhou")

    device.do("try", "call", person="li", channel="phone", outcome="busy")
    assert device.refusal(StepDone("call")) == "not-reached"
    device.do("try", "call", person="zhou", channel="phone", outcome="answered")

    assert device.word("call") == "done"


def test_each_is_called_three_times_before_the_next():
    device = opened(contact("call", "ENG"), do("b"), actor="wang")
    due = []
    for _ in range(6):
        due.append(next_call(device.state, device.state.steps["call"]))
        device.do("try", "call", channel="phone", outcome="no-answer")

    assert due == ["li"] * 3 + ["zhou"] * 3
    assert next_call(device.state, device.state.steps["call"]) is None


def test_nobody_is_told_to_ring_themselves_and_who_is_left_is_enough():
    device = opened(
        contact("call", "ENG", otherwise="alone"), do("alone"), do("b", after="call.reached alone")
    )
    call = device.state.steps["call"]
    due = next_call(device.state, call, "li")
    for _ in range(3):
        device.do("try", "call", channel="phone", outcome="no-answer")

    assert (due, next_call(device.state, call, "li"), next_call(device.state, call)) == ("zhou", None, "li")
    assert device.refusal(AnswerGiven("call", "nobody")) == ""
    assert device.refusal(AnswerGiven("call", "nobody"), by="wang") == "calls-left"


def test_who_holds_the_role_here_is_called_before_the_others_of_the_site():
    device = Device(graph(contact("call", "ENG"), do("b")), actor="wang")
    device.record(RunOpened("plan", 1, "", ()), RoleTaken("ENG", "zhou"))

    assert call_list(device.state, "ENG") == ("zhou", "li")


def test_where_only_whoever_types_is_on_the_list_there_is_nobody_to_call():
    device = opened(
        contact("call", "IC", otherwise="alone"), do("alone"), do("b", after="call.reached alone")
    )
    (only,) = call_list(device.state, "IC")

    assert next_call(device.state, device.state.steps["call"], only) is None
    assert device.refusal(AnswerGiven("call", "nobody"), by=only) == ""
    assert device.refusal(AnswerGiven("call", "nobody"), by="feng") == "calls-left"


def test_of_the_readings_that_can_be_taken_at_any_time_those_of_the_header_come_first():
    device = opened(do("a"), do("b"), readings="x y z", goals=(("gap", "z"),))

    choices = device.act("read").needs[0].choices
    assert [name for name, _ in choices] == ["z", "x", "y"]


def test_nobody_is_an_answer_when_the_list_is_used_up():
    device = opened(
        contact("call", "ENG", otherwise="alone"), do("alone"), do("b", after="call.reached alone")
    )
    for person in ("li", "li", "zhou"):
        assert device.refusal(AnswerGiven("call", "nobody")) == "calls-left"
        device.do("try", "call", person=person, channel="phone", outcome="no-answer")

    device.do("nobody", "call")

    assert device.place("alone") == "OPEN"


def test_an_outcome_of_a_call_is_one_of_the_list():
    device = opened(contact("call", "ENG"), do("b"))

    assert device.refusal(ContactTried("li", "ENG", "phone", "perhaps")) == "unknown-outcome"
    assert device.refusal(ContactTried(" ", "ENG", "phone", "busy")) == "who-is-it"


def test_telling_names_who_heard_it_and_tells_the_group_of_the_step():
    device = opened(tell("t"), do("b"))

    assert device.refusal(Told("customers", "w", "phone", to=" ", step="t")) == "told-whom"
    assert device.refusal(Told("customers", "w", "phone", "perhaps", "Chen", "t")) == "unknown-telling"
    assert device.refusal(Told("managers", "w", "phone", to="Luo", step="t"), StepDone("t")) == "not-told"
    assert device.refusal(Told("customers", "w", "phone", to="Chen", step="t"), StepDone("t")) == ""


def test_every_visit_of_a_repeated_telling_tells():
    device = opened(tell("t", every="60m", times=2), do("b"))

    assert device.refusal(StepDone("t", round=1)) == "not-told"
    device.do("visit", "t", text="w", channel="phone", to="Chen")

    assert device.state.steps["t"].round == 1


def test_a_telling_of_which_something_is_expected_tells_too():
    device = opened(tell("t", expect="x < 1", otherwise="b"), do("b"), do("c", after="t.met b"), readings="x")

    assert device.refusal(ReadingTaken("x", "0", "u", "t"), AnswerGiven("t", "met")) == "not-told"
    device.do("tell", "t", values={"x": "0"}, text="w", channel="phone", to="Chen")

    assert device.place("c") == "OPEN"


def test_another_run_is_opened_once_by_a_step():
    device = opened(run("fire"), do("b"))
    device.do("open-child", "fire", child="H-1", answer="child")

    with pytest.raises(Refused, match="open already"):
        device.propose(
            events_of(device.state, Act("open-child", "fire"), Given(child="H-2"), "li", device.now)[0]
        )


# --- acts


def test_every_verb_that_is_offered_becomes_something():
    device = opened(
        do("a", check="left"),
        hold("h", "PWR ENG", lane="l", after=""),
        contact("c", lane="m", after=""),
        do("close", after="all"),
        watches=[Watch("w", words=text("w"))],
        readings="x",
    )

    assert {act.verb for act in possible(device.state, device.now)} <= set(VERBS)
    with pytest.raises(Refused, match="dance"):
        events_of(device.state, Act("dance"), Given(), "li", device.now)


def test_each_act_is_offered_once_and_each_open_step_has_one_main_act():
    device = opened(
        do("a"),
        ask("q", "yes no", lane="l", after=""),
        hold("h", "PWR ENG", lane="m", after=""),
        contact("c", lane="n", after=""),
        tell("t", lane="o", after=""),
        do("close", after="all"),
    )
    acts = possible(device.state, device.now)

    assert len({act.key for act in acts}) == len(acts)
    assert sorted(str(act.step) for act in acts if act.main) == ["a", "c", "h", "q", "t"]


def test_an_act_about_a_step_that_does_not_exist_is_refused():
    device = opened(do("a"), do("b"))

    with pytest.raises(Refused, match="gone"):
        events_of(device.state, Act("do", "gone"), Given(), "li", device.now)


def test_a_note_is_kept_at_its_step_and_an_empty_one_is_not():
    device = opened(do("a"), do("b"))

    device.do("note", None, text="smell of burning", target="a")
    assert (device.state.notes[-1].text, device.state.notes[-1].step) == ("smell of burning", "a")
    assert device.refusal(NoteAdded(" ")) == "empty-note"
    assert device.refusal(NoteAdded("x", "gossip")) == "unknown-note"
    assert device.refusal(NoteAdded("x", "put-back", "a")) == "not-left-over"


def test_whoever_did_it_is_kept_beside_whoever_typed_it():
    device = opened(do("a"), do("b"))

    (entry,) = device.do("do", "a", by="zhao", basis="voice")

    assert (entry.actor, entry.by) == ("li", "zhao")
    assert device.state.steps["a"].last is not None
    assert device.state.steps["a"].last.basis == "voice"


def test_an_act_asks_only_for_what_is_still_missing():
    device = opened(do("a", record="x", check="left right", evidence="photo"), do("b"), readings="x")
    device.read("x", 1, "a")
    device.do("tick", "a", items=(1,))

    assert needs(device.act("do", "a")) == ["items", "evidence"]
    assert device.act("do", "a").needs[1] == Need("evidence", "file", optional=True)


def test_before_a_decision_can_be_overridden_some_answer_must_lead_on():
    device = opened(do("a"), ask("q", "again:a:1 more:a:1"), do("b", after="q.again q.more"))
    device.done("a")
    assert not device.may("override", "q")

    device.answer("q", "again")
    device.done("a")

    assert [name for name, _ in device.act("override", "q").needs[1].choices] == ["again"]


def test_holding_a_run_needs_nothing_but_a_reason():
    device = opened(do("a"), do("b"))

    device.do("hold", None, reason="brigade on its way")

    assert device.refusal(RunHeld("again")) == "already-held"
    assert device.may("resume")


def test_no_step_was_done_before_its_turn_had_come():
    device = opened(do("a"), ask("b", "x y"), do("c"))
    device.now = T0 + minutes(180)
    device.propose(StepDone("a"))

    early = T0 + minutes(5)
    assert device.refusal(AnswerGiven("b", "x"), at=early) == "before-the-step"
    assert device.refusal(StepOverridden("b", "r", "x"), at=early) == "before-the-step"
    device.now += minutes(10)

    assert device.refusal(AnswerGiven("b", "x"), at=T0 + minutes(180)) == ""


def test_what_was_done_while_nobody_could_write_keeps_its_own_times_in_their_order():
    device = opened(do("a"), do("b"), do("c"))
    device.now = T0 + minutes(180)
    device.propose(StepDone("a"), at=T0 + minutes(5))

    device.propose(StepDone("b"), at=T0 + minutes(9))

    assert device.state.steps["c"].opened_at == T0 + minutes(9)


def test_a_terminal_whose_clock_is_behind_goes_on_all_the_same():
    fast, slow = apart(do("a"), do("b"), do("c"))
    fast.now += minutes(1)
    fast.propose(StepDone("a"))
    slow.take(fast.entries)

    slow.propose(StepDone("b"))

    assert slow.place("c") == "OPEN"


@pytest.mark.parametrize("typed", ["1_000", " 5 ", "٣", "１２", "1 000", "+", "", "five", "NaN"])
def test_what_is_recorded_as_a_number_is_one_for_everybody_who_reads_it(typed):
    device = opened(do("a", record="x"), do("b"), readings="x")

    assert device.refusal(ReadingTaken("x", typed, "u")) == "not-a-number"


@pytest.mark.parametrize("typed", ["12", "-0.5", "+3", ".5", "5.", "1e3"])
def test_numbers_as_people_and_programs_write_them_are_taken(typed):
    device = opened(do("a", record="x"), do("b"), readings="x")

    assert device.refusal(ReadingTaken("x", typed, "u")) == ""


def test_digits_that_an_input_method_types_wide_are_recorded_plain():
    device = opened(do("a", record="x"), do("b"), readings="x")

    (entry, *_) = device.do("do", "a", values={"x": "－１２．５"})

    assert isinstance(entry.event, ReadingTaken) and entry.event.value == "-12.5"


def test_words_without_a_letter_are_not_read_back_by_an_empty_line():
    nothing = Text("——", "...")

    assert not same_words("", nothing) and not same_words("——", nothing)
    assert same_words("关闭 阀门", Text("关闭阀门。", "Close the valve."))


# --- the level is declared by the step that says so


def declaring() -> Device:
    return opened(do("declare", declare_level=True), do("z"))


def test_a_step_that_declares_the_level_is_not_ticked_without_one():
    device = declaring()

    assert device.refused("do", "declare") == "level-first"
    device.do("do", "declare", level="II")

    assert (device.state.level, device.word("declare")) == ("II", "done")


def test_a_level_that_somebody_declared_meanwhile_is_the_level_of_the_step():
    device = declaring()
    device.do("level", target="III")

    assert [need.name for need in device.act("do", "declare").needs] == []
    assert device.refused("do", "declare") == ""


def test_a_level_from_before_the_step_opened_is_declared_again():
    device = opened(do("a"), do("declare", declare_level=True), do("z"))
    device.do("level", target="III")
    device.pass_time("1m")
    device.done("a")

    assert device.refused("do", "declare") == "level-first"


# --- what a template leaves to whoever tells it

SITREP = Text(
    "{{ run.room }}\n现状：\n本室 {{ run.room }}。需要：",
    "{{ run.room }}\nState:\nRoom {{ run.room }}. Needs:",
)


def told_as(device: Device, said: str) -> str:
    return device.refused("tell", "tell", text=said, channel="phone", to="managers", outcome="voice")


@pytest.mark.parametrize(
    "said",
    [
        "-\n现状：\n本室 -。需要：无",
        "-\nState: dry\nRoom -. Needs:",
        "现状：  \n",
        "State: ",
        "-\n现状：无\n本室 A1。需要：",
    ],
)
def test_a_report_of_headings_alone_is_not_told(said):
    device = opened(tell("tell", message=SITREP), do("z"))

    assert told_as(device, said) == "words-missing"


@pytest.mark.parametrize(
    "said", ["-\n现状：水已止住\n本室 -。需要：无", "water is stopped", "Three racks are off: R1, R2"]
)
def test_a_report_that_says_something_is_told(said):
    device = opened(tell("tell", message=SITREP), do("z"))

    assert told_as(device, said) == ""


def test_the_sentence_names_the_lines_that_are_empty():
    device = opened(tell("tell", message=SITREP), do("z"))

    with pytest.raises(Refused, match=r"State:, Room A1\. Needs:"):
        device.do(
            "tell", "tell", text="A1\nState:\nRoom A1. Needs:", channel="phone", to="x", outcome="voice"
        )
