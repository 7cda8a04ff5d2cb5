"""`muster findings`: what patrols left open over all runs, and settling it, at the command line."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.acts import Act, Given
from engine.book import load_book
from engine.desk import Desk, Surroundings, opening_of
from engine.events import ClockSet
from engine.store import memory_store, open_store
from engine.text import Text
from tests.content.book import read
from tests.content.patrols import given_for
from tests.engine.records import NOW, Wall, entropy
from tests.engine.test_patrols import LEAK, PATROL, PROMISES, ROWS, SITE
from tests.tui.programs import within
from tui import machine
from tui.asking import Question, Questions
from tui.logbook import found_words
from tui.view.acts import front_of
from tui.view.looking import Looking
from tui.view.step import step_lines

AGO = timedelta(days=3, hours=2)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A record with a patrol of three days ago that left two things open, and a drill that left one."""
    (tmp_path / "book" / "patrols").mkdir(parents=True)
    texts = {"site": SITE, "leak": LEAK, "promises": PROMISES, "patrols/rows": ROWS, "patrols/patrol": PATROL}
    for name, text in texts.items():
        (tmp_path / "book" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with open_store(
        tmp_path / "x.db", key_folder=tmp_path / "state", wall=machine.moment, entropy=machine.entropy
    ) as store:
        around = Surroundings(lambda: machine.wall_now() - AGO, machine.entropy, lambda person, pin: None)
        for kind in ("P", "D"):
            opening = opening_of(load_book(tmp_path / "book"), "patrol", room="A1", kind=kind)
            desk = Desk.open_run(store, opening, "li", around)
            if kind == "D":
                desk.propose([ClockSet(0, 1000, "STARTEX", by_hand=True)])
            for step, values in (("air", {"rh": "71"}), ("floor", {"wet": "yes"}))[: 2 if kind == "P" else 1]:
                act = next(one for one in desk.possible() if one.key == ("do", step))
                desk.do(act, Given(values=values))
    return tmp_path


def listed(place: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(within(place, "findings", *words, "--format", "json").stdout)
    return found


def test_they_are_listed_with_place_reading_limit_and_age_in_both_languages(place):
    english = within(place, "findings").stdout.splitlines()
    chinese = within(place, "findings", "--lang", "zh").stdout.splitlines()

    assert len(english) == len(chinese) == 2
    assert english[0].endswith(
        "3 days ago  open finding at 'Read humidity': A1; humidity = 71 %RH; humidity <= 60 %RH"
    )
    assert chinese[0].endswith("3 天前  待处理问题“读湿度”：A1; 湿度 = 71 %RH; 湿度 <= 60 %RH")


def test_for_programs_every_part_is_a_field(place):
    first, second = listed(place)

    assert (first["place"], first["values"], first["limit"]) == ("A1", "rh = 71 %RH", "rh <= 60 %RH")
    assert (second["step"], second["by"], second["closed_at"]) == ("floor", "li", None)
    assert first["run"].startswith("P-")
    assert listed(place, "--run", first["run"]) == [first, second]
    assert json.loads(within(place, "findings", "--json").stdout) == [first, second]


def test_what_a_drill_left_open_is_nobodys_work_and_is_shown_when_it_is_asked_for(place):
    rows = json.loads(within(place, "runs", "--json").stdout)
    [drill] = [row["run"] for row in rows if row["kind"] == "D"]

    assert [one["run"] for one in listed(place, "--run", drill)] == [drill]


def test_settled_it_is_off_the_list_and_the_record_says_who_when_and_how(place):
    first, second = listed(place)
    told = within(place, "findings", "close", first["finding"][:8], "--reason", "new seal", "--as", "li")

    assert told.returncode == 0, told.stderr
    assert listed(place) == [second]
    [settled, _] = listed(place, "--all")
    assert (settled["closed_by"], settled["reason"], settled["closed_at"] > settled["at"]) == (
        "li",
        "new seal",
        True,
    )
    log = within(place, "log", first["run"]).stdout.splitlines()[-1]
    assert f"settled the finding at 'Read humidity' ({first['finding'][:8]})" in log and "new seal" in log
    assert "settled" in within(place, "findings", "--all").stdout
    assert within(place, "verify").returncode == 0


def test_it_is_settled_once_and_with_a_reason(place):
    first, _ = listed(place)
    words = ("findings", "close", first["finding"][:8], "--as", "li", "--reason")

    refused = within(place, *words, " ")
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (1, 1)
    assert within(place, *words, "new seal").returncode == 0
    assert "new seal" in within(place, *words, "again").stderr


def test_who_asks_for_the_runs_is_told_how_many_wait(place):
    assert within(place, "runs").stdout.splitlines()[-1] == "Open findings: 2; see muster findings"
    for one in listed(place):
        within(place, "findings", "close", one["finding"], "--reason", "done", "--as", "li")

    assert "findings" not in within(place, "runs").stdout
    assert within(place, "findings").stdout == "No finding is open.\n"


def test_an_option_between_findings_and_close_is_refused_and_not_lost_without_a_word(place):
    first, second = listed(place)
    told = within(
        place, "findings", "--lang", "zh", "close", first["finding"], "--as", "li", "--reason", "done"
    )

    assert told.returncode == 1
    assert "--lang" in told.stderr and "findings close" in told.stderr
    assert listed(place) == [first, second]


def test_a_finding_is_said_in_one_language_with_its_units_and_small_words():
    labels = {"zones-off": Text("未投入区", "zones not armed"), "auto": Text("在自动", "on AUTO")}
    text = "油机房 / generator house; zones-off = 2 zones, auto = no; auto and zones-off <= 0"

    assert (
        found_words(text, labels, "zh") == "油机房; 未投入区 = 2 个区, 在自动 = 否; 在自动 且 未投入区 <= 0"
    )
    assert found_words(text, labels, "en") == (
        "generator house; zones not armed = 2 zones, on AUTO = no; on AUTO and zones not armed <= 0"
    )


def test_the_last_step_of_a_patrol_shows_what_is_handed_over_and_its_end_asks_for_no_report():
    around = Surroundings(lambda: NOW, entropy(2), lambda person, pin: None)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        opening = opening_of(read(), "patrol-rain-season", room="A1", kind="P")
        desk = Desk.open_run(store, opening, "li", around)
        desk.join(desk.state.graph.people["li"], ("ENG",))
        while (act := next(one for one in desk.possible() if one.main)).step != "findings-handed":
            desk.do(act, given_for(desk, act, normal=act.step != "slopes"))
        look = Looking(desk.state, NOW, "en", "li")
        shown = " ".join(step_lines(look, "findings-handed"))
        desk.do(act, Given())
        questions = Questions(look, lambda person: False, lambda data: "", lambda act: "")
        end = next(one for one in desk.possible() if one.verb == "end")
        asked = next(questions.ask_for(end))
        assert isinstance(asked, Question)
        desk.do(Act("end"), Given(answer="complete", to="complete"))
        left = [one.verb for one in front_of(look, desk.possible(), None)]

    assert "Open finding: Look at slopes, retaining walls and fences: A1; places cracked" in shown
    assert asked.lines[0].strip() == "1 finding stays open after the end: muster findings settles them."
    assert left == ["note"]
