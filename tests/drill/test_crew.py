"""Simulated people: they know the facts and nothing of the script, and draw by seed and label only."""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import drill.crew
from drill.auto import Auto, crew_of
from drill.draws import between, draw
from drill.exercise import Exercise
from drill.rehearsal import HandClock
from drill.scoring import score
from engine.desk import Surroundings, opening_of
from engine.events import SignedOff, name_of, to_payload
from tests import stores
from tests.drill.small import SCENARIO, START, World, scenario_of, small_book
from tests.engine.records import entropy

CREW = Path(drill.crew.__file__).parent
SLOW = "\ncrew: {li: {pace: slow}, zhao: {pace: slow}, wang: {pace: slow}}\n"
QUICK = SLOW.replace("slow", "quick")


def played(text=SCENARIO, seed="7"):
    """A whole drill by machine."""
    book = small_book()
    scenario = scenario_of(text, book)
    clock = HandClock(START)
    around = Surroundings(clock, entropy(2), lambda person, pin: None)
    store = stores.memory(wall=World().moment, entropy=entropy(1))
    opening = opening_of(book, "spill", room="A1")
    exercise = Exercise.begin(
        store, scenario, text.encode(), opening, around, "machine", seed=seed, by_machine=True
    )
    auto = Auto(exercise, clock, around, crew_of(scenario, seed))
    for _ in auto.play():
        pass
    return auto


def payloads(auto):
    """What the drill's record says, without ids, keys and the wall."""
    run = auto.exercise.desk.run_id
    return [
        (name_of(one.event), (one.at - START) // timedelta(milliseconds=1), to_payload(one.event))
        for one in auto.exercise.desk.record.entries(run)
        if name_of(one.event) != "run_opened"
    ]


def took(auto):
    return {one.finding.id: one.finding.took_ms for one in auto.exercise.findings()}


@pytest.mark.requirement("R54")
def test_the_same_seed_gives_the_same_drill_to_the_byte():
    assert payloads(played()) == payloads(played())


def test_another_seed_gives_another_drill():
    assert payloads(played()) != payloads(played(seed="8"))


def test_a_drill_by_machine_ends_with_nothing_open_and_nobody_refused():
    auto = played()

    assert auto.refused == []
    assert score(auto.exercise.inputs()).verdict == "excellent"
    assert auto.exercise.book.state.how == "normal"


def test_slow_people_need_longer_than_quick_ones():
    slow, quick = took(played(SCENARIO + SLOW)), took(played(SCENARIO + QUICK))

    assert all(slow[name] > quick[name] for name in ("E1", "E2"))


def test_a_declared_mistake_is_made_and_is_found():
    mistake = "\ncrew: {li: {mistakes: [{step: source, answer: roof}]}}\n"
    found = {one.finding.id: one.finding.outcome for one in played(SCENARIO + mistake).exercise.findings()}

    assert found["E2"] == "wrong"


def test_who_skips_a_step_leaves_it_undone():
    skips = "\ncrew: {li: {mistakes: [{step: look, skips: true}]}}\n"
    found = {one.finding.id: one.finding.outcome for one in played(SCENARIO + skips).exercise.findings()}

    assert found["E1"] == "missed"


def test_a_reading_is_what_the_facts_say_at_that_time():
    late = "\ncrew: {li: {mistakes: [{step: look, late: 6m}]}}\n"
    values = {name: b'"value":"' + value + b'"' for name, value in (("in time", b"2"), ("late", b"7"))}

    assert any(values["in time"] in payload for _, _, payload in payloads(played()))
    assert any(values["late"] in payload for _, _, payload in payloads(played(SCENARIO + late)))


def test_simulated_people_sign_without_a_pin_and_marked_so():
    signed = "  - {id: E4, objective: O1, text: {zh: 签了, en: signed}, class: normal, step: permit}\n"
    auto = played(SCENARIO.replace("stop_conditions:", signed + "stop_conditions:"))
    signs = [
        one.event
        for one in auto.exercise.desk.record.entries(auto.exercise.desk.run_id)
        if isinstance(one.event, SignedOff)
    ]

    assert {sign.person for sign in signs} == {"li", "zhao"}
    assert {sign.strength for sign in signs} == {"simulated"}


def test_the_crew_cannot_know_the_script_or_what_is_expected():
    forbidden = (
        "drill.scenario.values",
        "drill.book.reading",
        "drill.script",
        "drill.findings",
        "drill.exercise",
    )
    imported = {
        node.module
        for file in CREW.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module is not None
    }

    assert imported and not imported & set(forbidden)


def test_a_draw_is_the_same_on_every_machine():
    assert draw("7", "luck") == "618ef9fd36b9ae0c"
    assert [between("7", "li|do|look", 60_000, 240_000, number) for number in (1, 2, 3)] == [
        between("7", "li|do|look", 60_000, 240_000, number) for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "env", [{"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"}]
)
def test_neither_hash_seed_nor_time_zone_changes_a_drill(env):
    program = (
        "import hashlib; from tests.drill.test_crew import payloads, played; "
        "print(hashlib.sha256(repr(payloads(played())).encode()).hexdigest())"
    )
    here = payloads(played())
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert told.stdout.strip() == hashlib.sha256(repr(here).encode()).hexdigest()
