"""What holds of every drill by construction: no hand on equipment, one word for a result, limits that are said."""

from __future__ import annotations

import ast
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from drill.exercise import Exercise
from drill.scenario.values import FORMS, NOTICES, PURPOSES, SCOPES
from drill.scoring import score
from engine.desk import opening_of
from engine.events import Observed, Rated, name_of
from engine.report.lines import lines
from tests import stores
from tests.drill.small import SCENARIO, World, begun, does, scenario_of, small_book
from tests.engine.records import entropy
from tui.drill_kinds import FLAGS, flags_of, of_these
from tui.locale import say

ROOT = Path(__file__).parents[2]
MINUTE = timedelta(minutes=1)

REACHES_OUT = set(
    "asyncio ctypes fcntl ftplib http imaplib multiprocessing os poplib requests serial smtplib socket"
    " socketserver ssl subprocess telnetlib termios urllib webbrowser xmlrpc".split()
)
"""With none of these can a program switch, start or send anything outside itself."""


@pytest.mark.requirement("R37")
@pytest.mark.requirement("R01")
def test_a_drill_of_any_form_has_no_handle_to_anything_outside_the_program():
    """A tabletop can operate nothing real, because what runs a drill can operate nothing at all."""
    found = {}
    for file in sorted((ROOT / "drill").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.partition(".")[0] in REACHES_OUT:
                    found[file.name] = name

    assert found == {}


def test_that_rule_sees_what_it_is_to_see():
    assert {"socket", "subprocess", "http"} <= REACHES_OUT


@pytest.mark.requirement("R45")
def test_the_result_follows_from_the_findings_and_stands_nowhere_beside_them(drill, world):
    does(drill, "li", "do", "look", values={"depth": "2"})
    does(drill, "li", "answer", "source", answer="crac")
    world.passes(30 * MINUTE)
    drill.rate(Rated("O1", "P", "P"))
    drill.end()
    before = score(drill.inputs())
    drill.observe(Observed("finding", "he guessed", expectation="E2", outcome="wrong"))
    after = score(drill.inputs())
    record = drill.book.record
    said = {
        name_of(one.event)
        for run in (drill.desk.run_id, drill.book.state.run_id)
        for one in record.entries(run)
    }

    assert (before.verdict, after.verdict, after.gates) == ("excellent", "failed", ("E2",))
    assert not any("score" in name or "verdict" in name or "result" in name for name in said)


@pytest.mark.requirement("R46")
@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("演练钟", "最迟", "冻结")), ("en", ("exercise clock", "limit", "freeze"))]
)
def test_that_limits_run_on_the_exercise_clock_is_said_where_help_is_asked_for(language, words):
    assert all(word in say("plain-console-help", language) for word in words)


@pytest.mark.requirement("R09")
def test_a_drill_begun_an_hour_later_gives_every_inject_an_hour_later():
    def offsets(wait):
        world = World()
        exercise, _ = begun(world)
        world.passes(wait)
        exercise.start()
        for _ in range(6):
            world.passes(30 * timedelta(seconds=1))
            exercise.tick()
        start = exercise.desk.state.opened_at
        assert start is not None
        return [(card.inject, card.at - start) for card in exercise.desk.state.cards]

    assert offsets(timedelta()) == offsets(timedelta(hours=1)) != []


@pytest.mark.requirement("R01")
def test_every_combination_of_form_and_flags_is_kept_and_found_again():
    """One drill of each form and notice, purpose and scope turned with them; each is found by its own words."""
    world = World()
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    book = small_book()
    opening = opening_of(book, "spill", room="A1")
    made = {}
    for number, flags in enumerate(product(FORMS, NOTICES, PURPOSES, SCOPES)):
        form, notice, purpose, scope = flags
        text = SCENARIO.replace(
            "form: functional", f"form: {form}\nnotice: {notice}\npurpose: {purpose}\nscope: {scope}"
        )
        if notice == "no-notice":
            text = text.replace("length: 1h", "length: 1h\nno_notice: {agents: [deng], code_word: pine}")
        scenario = scenario_of(text, book)
        exercise = Exercise.begin(store, scenario, text.encode(), opening, world.around(number), "deng")
        exercise.start()
        exercise.end()
        made[exercise.desk.run_id] = flags
    rows = store.drill_runs()

    assert len(made) == len(rows) == 36
    for flags in made.values():
        found = of_these(store, rows, flags)
        assert [made[row.run] for row in found] == [flags]
    assert len(of_these(store, rows, ["tabletop"])) == 12
    assert set(FLAGS) == set().union(*(flags_of(store, row) for row in rows))


def test_what_a_drill_that_goes_on_is_nobody_reads(drill):
    record = drill.desk.record
    (row,) = record.drill_runs()

    assert flags_of(record, row) == set()


def test_lines_of_a_report_pass_the_gate_for_text_of_strangers():
    from engine.report.sections import Paragraph, Row, Section, Table, same

    evil = same("a\x1b[2Jb")
    said = list(lines(Section(evil, (Paragraph(evil), Table((Row((evil, evil)),), (evil,)))), "en"))

    assert len(said) == 4 and not any("\x1b" in line for line in said)
