"""What a scenario may say and what is refused: its forms, objectives, injects, and names that lead nowhere."""

from __future__ import annotations

import itertools
import json
import shutil
import time
from datetime import timedelta

import pytest

from drill.auto import Auto, crew_of
from drill.book.reading import read_scenario
from drill.book.shapes import scenario_schema
from drill.scenario.values import FORMS, NOTICES, PURPOSES, SCOPES
from engine.text import clean
from tests.drill import small
from tests.drill.small import SCENARIO, START, World, begun, does, small_book
from tests.tui.programs import within
from tests.tui.table import SHIPPED


def faults_of(text):
    return read_scenario(text.encode(), "spill-drill.yaml", book=small_book())[1]


def told(text):
    return [(fault.rule, fault.place.line, fault.place.column) for fault in faults_of(text)]


def place_of(text, word):
    """Line and column at which a word first stands."""
    row = next(number for number, line in enumerate(text.splitlines()) if word in line)
    return row + 1, text.splitlines()[row].index(word) + 1


# --- form and flags


@pytest.mark.requirement("R01")
@pytest.mark.parametrize(("form", "notice"), list(itertools.product(FORMS, NOTICES)))
def test_form_notice_purpose_and_scope_are_chosen_freely_of_each_other(form, notice):
    for purpose, scope in itertools.product(PURPOSES, SCOPES):
        flags = f"form: {form}\nnotice: {notice}\npurpose: {purpose}\nscope: {scope}"
        if notice == "no-notice":
            flags += "\nno_notice: {agents: [deng], code_word: pine}"
        made, faults = read_scenario(SCENARIO.replace("form: functional", flags).encode(), "x.yaml")

        assert made is not None, faults
        assert (made.form, made.notice, made.purpose, made.scope) == (form, notice, purpose, scope)


# --- objectives


@pytest.mark.requirement("R07")
@pytest.mark.parametrize("part", ["who", "given", "does", "standard", "effect"])
@pytest.mark.parametrize("empty", ["", ' {zh: "", en: ""}'])
def test_an_objective_with_an_empty_part_is_an_error_at_its_line(part, empty):
    row = next(line for line in SCENARIO.splitlines() if line.startswith(f"    {part}: "))
    faults = faults_of(SCENARIO.replace(row, f"    {part}:{empty}"))

    line = SCENARIO.splitlines().index(row) + 1
    assert faults and {fault.place.line for fault in faults} == {line}
    assert not any(fault.advice for fault in faults)


@pytest.mark.requirement("R07")
@pytest.mark.parametrize("part", ["who", "given", "does", "standard", "effect", "capability"])
def test_an_objective_without_one_of_its_parts_is_an_error(part):
    row = next(line for line in SCENARIO.splitlines() if line.startswith(f"    {part}: "))

    assert [fault.rule for fault in faults_of(SCENARIO.replace(row + "\n", ""))] == ["missing-key"]


@pytest.mark.requirement("R08")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_objective_that_no_expectation_judges_is_named(language):
    head, _, tail = SCENARIO.partition("expectations:\n")
    other = "  - {id: E9, objective: O2, text: {zh: 看, en: look}, class: normal, step: look}\n"
    second = SCENARIO.partition("objectives:\n")[2].partition("facts:")[0].replace("O1", "O2")
    text = head.replace("facts:\n", f"{second}facts:\n", 1) + "expectations:\n" + other
    text += tail.partition("stop_conditions:")[1] + tail.partition("stop_conditions:")[2]
    text = text.replace("objectives: O1}", "objectives: [O1, O2]}", 1)
    (fault,) = faults_of(text)

    assert (fault.rule, fault.place.line) == ("objective-unjudged", place_of(text, "id: O1")[0])
    assert "O1" in fault.sentence(language)


@pytest.mark.requirement("R08")
def test_a_drill_whose_objective_nothing_judges_cannot_be_begun(tmp_path):
    source = (SHIPPED / "drills" / "leak-night.yaml").read_text("utf-8")
    unjudged = source.replace("    objective: O4\n", "    objective: O3\n")
    (tmp_path / "unjudged.yaml").write_text(unjudged, "utf-8")
    refused = within(tmp_path, "drill", "unjudged.yaml", "--auto", "--book", SHIPPED, "--lang", "en")

    line, column = place_of(unjudged, "O4")
    assert refused.returncode == 1
    assert f"unjudged.yaml:{line}:{column}" in refused.stderr and "O4" in refused.stderr


# --- injects


@pytest.mark.requirement("R11")
def test_an_inject_has_every_part_of_its_record():
    one = scenario_schema()["properties"]["injects"]["items"]["properties"]

    asked = "number title storyline move group sender to channel text attachments expects hint approved"
    assert set(asked.split()) <= one.keys()
    assert one["channel"]["enum"] == ["screen", "radio", "phone", "paper"]


@pytest.mark.requirement("R43")
def test_an_expectation_has_every_part_of_its_record_and_one_way_to_be_judged():
    one = scenario_schema()["properties"]["expectations"]["items"]["properties"]

    asked = "id objective owner text class from target limit evidence step answer mark value evaluator mode"
    assert set(asked.split()) <= one.keys()
    assert one["class"]["enum"] == ["critical", "major", "normal"]
    two_ways = SCENARIO.replace("step: look, target", "step: look, mark: stopped, target")
    assert "exactly-one" in {fault.rule for fault in faults_of(two_ways)}


@pytest.mark.requirement("R13")
def test_a_step_may_be_reworded_and_two_injects_may_have_one_title(tmp_path, monkeypatch):
    shutil.copytree(small.BOOK, tmp_path, dirs_exist_ok=True)
    plan = (tmp_path / "spill.yaml").read_text("utf-8")
    (tmp_path / "spill.yaml").write_text(
        plan.replace("do: {zh: 看一看, en: look}", "do: {zh: 去查, en: see}"), "utf-8"
    )
    monkeypatch.setattr(small, "BOOK", tmp_path)
    world = World()
    same = SCENARIO.replace("title: {zh: 有味, en: a smell}", "title: {zh: 来电, en: a call}")
    exercise, _ = begun(world, same)
    exercise.start()
    does(exercise, "li", "do", "look", values={"depth": "2"})
    world.passes(timedelta(seconds=30))
    exercise.tick()

    assert exercise.desk.state.graph.steps["look"].text.en == "see"
    assert [card.inject for card in exercise.desk.state.cards] == ["smell"]


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_names_a_step_that_was_renamed_is_an_error_at_its_line_and_column(language):
    renamed = SCENARIO.replace("when: {after: look,", "when: {after: looked,")
    (fault,) = faults_of(renamed)

    assert (fault.rule, fault.place.line, fault.place.column) == (
        "undefined-moment",
        *place_of(renamed, "looked"),
    )
    assert "looked" in fault.sentence(language) and "look" in fault.sentence(language).replace("looked", "")


@pytest.mark.parametrize(
    ("said", "instead", "rule"),
    [
        ("step: look", "step: looked", "undefined-step"),
        ("source: crac", "sauce: crac", "undefined-asked"),
        ("smell: smoke", "smell: smoky", "undefined-watch"),
        ("depth:", "deep:", "undefined-reading"),
        ("to: ENG", "to: EGN", "undefined-role"),
        ("PWR: zhao", "PWR: zhou", "undefined-person"),
        ("runbook: spill", "runbook: spil", "undefined-runbook"),
        ("objective: O1, text: {zh: 看了", "objective: O7, text: {zh: 看了", "undefined-objective"),
    ],
)
def test_every_name_that_leads_nowhere_is_an_error_at_its_place(said, instead, rule):
    spoilt = SCENARIO.replace(said, instead, 1)

    assert rule in {fault.rule for fault in faults_of(spoilt)}


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(
    ("when", "comes_s"),
    [
        ("{all: [{at: 3m}, {after: look}]}", 180),
        ("{all: [{at: 30s}, {after: look, delay: 2m}]}", 180),
        ("{any: [{at: 3m}, {after: look}]}", 60),
        ("{any: [{at: 10s}, {after: look}]}", 10),
        ("{all: [{at: 3m}, {any: [{after: look}, {manual: true}]}]}", 180),
        ("{all: [{at: 3m}, {manual: true}]}", None),
    ],
)
def test_triggers_are_joined_by_and_and_or(when, comes_s):
    world = World()
    exercise, _ = begun(world, SCENARIO.replace("when: {at: 1m}", f"when: {when}"))
    exercise.start()
    for second in range(240):
        if second == 60:
            does(exercise, "li", "do", "look", values={"depth": "2"})
        exercise.tick()
        world.passes(timedelta(seconds=1))
    call = exercise.moments.first("call")

    assert (None if call is None else (call.at - START).total_seconds()) == comes_s


@pytest.mark.requirement("R16")
def test_an_inject_that_is_not_approved_never_comes_and_keeps_nothing_open():
    unapproved = SCENARIO.replace(
        "delay: 30s}, objectives: O1,", "delay: 30s}, objectives: O1, approved: false,"
    )
    world = World()
    exercise, _ = begun(world, unapproved)
    for _ in Auto(exercise, world.clock, world.around(), crew_of(exercise.scenario, "7")).play():
        pass
    found = {one.finding.id: one.finding.outcome for one in exercise.findings()}

    assert found == {"E1": "met", "E2": "met", "E3": "not-presented"}
    assert exercise.book.state.how == "normal"


@pytest.mark.requirement("R17")
def test_an_inject_without_text_is_valid_and_is_given_by_voice():
    assert told(SCENARIO) == [] and "press" in SCENARIO
    world = World()
    exercise, _ = begun(world)
    exercise.start()
    exercise.deliver("press")

    (card,) = exercise.desk.state.cards
    assert (card.inject, card.text.of("en")) == ("press", "")


# --- hostile and large


@pytest.mark.parametrize("bad", ["\x1b]0;owned\x07", "\x1b[2J", "\u202e"])
def test_no_sign_that_moves_a_terminal_gets_through_a_scenario(bad):
    spoilt = SCENARIO.replace("小演练", f"小{bad}演练")
    made, faults = read_scenario(spoilt.encode(), "x.yaml", book=small_book())

    said = " ".join(fault.sentence("en") for fault in faults)
    assert bad not in clean(said)
    assert faults or (made is not None and bad not in clean(made.title.zh))


def test_five_hundred_injects_are_played_in_seconds():
    row = "  - {{id: many-{0}, title: {{zh: 第{0}个, en: number {0}}}, to: IC, when: {{at: {1}s}}, objectives: O1}}\n"
    many = "".join(row.format(number, 10 + number) for number in range(500))
    world = World()
    exercise, _ = begun(world, SCENARIO.replace("expectations:\n", f"{many}expectations:\n", 1))
    began = time.process_time()
    for _ in Auto(exercise, world.clock, world.around(), crew_of(exercise.scenario, "7")).play():
        pass

    assert len(exercise.desk.state.cards) >= 500
    assert time.process_time() - began < 20


def test_the_schema_is_json_and_knows_every_key_of_a_scenario():
    made = json.loads(json.dumps(scenario_schema()))

    assert {"objectives", "facts", "injects", "expectations", "crew"} <= made["properties"].keys()
