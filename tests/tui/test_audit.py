"""The auditor's first look: it reads, counts real and drill apart, and says what the record says."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from drill.exercise import Exercise
from engine.desk import Desk, Surroundings, opening_of
from engine.errors import Refused
from engine.events import NoteAdded
from engine.store import RunRow
from tests import stores
from tests.drill.small import SCENARIO as SPILL
from tests.drill.small import World, begun, scenario_of, small_book
from tests.engine.records import entropy, open_file, without_guards
from tests.tui.past import drilled
from tests.tui.programs import environment, within
from tests.tui.table import KINDS, START, book_at
from tui.auditor import Filters, TitlesOf, Wanted, gaps_of
from tui.verbs import auditing, auditing_run
from tui.verbs.auditing import _groups
from tui.verbs.auditing_run import look_at
from tui.verbs.records import how_it_stands

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A store file with one real run and one drill by people that is over."""
    folder = tmp_path_factory.mktemp("place")
    world = World()
    with open_file(folder) as store:
        real(store, world)
        drill(store, world)
    (folder / "muster.db").rename(folder / "x.db")
    return folder


def real(store, world):
    around = Surroundings(lambda: world.clock.now, entropy(4), lambda person, pin: None)
    desk = Desk.open_run(store, opening_of(book_at(KINDS), "kinds", room="A1"), "li", around)
    world.passes(25 * MINUTE)
    desk.propose([NoteAdded("the water rises", step="look")])
    return desk


def drill(store, world, number=7):
    opening = opening_of(small_book(), "spill", room="A1")
    scenario = scenario_of(SPILL, small_book())
    exercise = Exercise.begin(
        store, scenario, SPILL.encode(), opening, world.around(number), "deng", seed="7"
    )
    exercise.start()
    world.passes(5 * MINUTE)
    exercise.tick()
    exercise.end()
    return exercise


def listed(folder, *words):
    return json.loads(within(folder, "audit", *words, "--json").stdout)


def run_of(folder, kind):
    (row,) = listed(folder)[kind]["runs"]
    return row["run"]


def digests(folder):
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest()
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


# --- it only reads


def test_it_has_nothing_to_write_with():
    for module in (auditing, auditing_run):
        tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
        names = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
        called = {one.attr for one in ast.walk(tree) if isinstance(one, ast.Attribute)}
        assert names & {"open_store", "Store", "Desk", "Book", "Exercise", "open_the_store"} == set()
        assert called & {"append", "propose", "write", "checkpoint", "keep_note", "observe", "rate"} == set()


def test_what_it_looked_at_is_as_it_was(place):
    before = digests(place)
    for kind in ("real", "drill"):
        assert within(place, "audit", run_of(place, kind)).returncode == 0
        assert within(place, "audit", run_of(place, kind), "who:li", "--json").returncode == 0

    assert {name: one for name, one in digests(place).items() if name in before} == before


# --- real and drill are never counted together


@pytest.mark.requirement("R31")
def test_ten_drills_change_no_count_of_real_runs():
    world = World()
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    real(store, world)
    before = _groups(store)
    for number in range(10):
        drill(store, world, number)
    after = _groups(store)

    assert after["R"] == before["R"] and len(after["R"]) == 1
    assert (len(before["D"]), len(after["D"])) == (0, 10)
    assert {row.kind for row in after["R"]} == {"R"} and {row.kind for row in after["D"]} == {"D"}


@pytest.mark.requirement("R31")
def test_each_count_is_asked_of_its_own_view(place):
    asked = {}
    with stores.raw(f"file:{place / 'x.db'}?mode=ro", uri=True) as raw:
        for view in ("real_runs", "drill_runs"):
            asked[view] = [run for (run,) in raw.execute(f"SELECT run FROM {view}")]

    said = listed(place)
    assert [one["run"] for one in said["real"]["runs"]] == asked["real_runs"]
    assert [one["run"] for one in said["drill"]["runs"]] == asked["drill_runs"]
    assert {run[0] for run in asked["real_runs"]} == {"R"} and {run[0] for run in asked["drill_runs"]} == {
        "D"
    }


@pytest.mark.parametrize(
    ("kind", "how", "zh", "en"),
    [
        ("R", None, "进行中", "open"),
        ("R", "abandoned", "中止", "ABANDONED"),
        ("P", "complete-except", "除列出的外完成", "COMPLETE EXCEPT what is listed"),
        ("D", "abandoned", "已结束", "ended"),
        ("R", "moved\x1b", "moved<001B>", "moved<001B>"),
    ],
)
def test_how_a_run_has_ended_is_said_in_the_language(kind, how, zh, en):
    row = RunRow("R-1", kind, "kinds", 1, None, None, None, None, how, None, START, 1, 1)

    assert (how_it_stands(row, "zh"), how_it_stands(row, "en")) == (zh, en)


# --- the list


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ((), (1, 1)),
        (("--kind", "D"), (0, 1)),
        (("--kind", "real"), (1, 0)),
        (("--runbook", "spill"), (0, 1)),
        (("--room", "A1"), (1, 1)),
        (("--room", "B9"), (0, 0)),
        (("--since", "2026-11-22"), (1, 1)),
        (("--since", "2026-11-23"), (0, 0)),
        (("--site", "nowhere"), (0, 0)),
    ],
    ids=lambda value: "-".join(map(str, value)),
)
def test_runs_are_listed_by_kind_runbook_place_and_day(place, words, counts):
    said = listed(place, *words)

    assert (said["real"]["count"], said["drill"]["count"]) == counts


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.requirement("R30")
def test_every_line_of_a_drill_says_so_and_none_of_a_real_run_does(place, language):
    word = {"zh": "演练", "en": "DRILL"}[language]
    drill_lines = within(place, "audit", run_of(place, "drill"), "--lang", language).stdout.splitlines()
    real_lines = within(place, "audit", run_of(place, "real"), "--lang", language).stdout.splitlines()

    assert len(drill_lines) > 20 and all(line.startswith(word) for line in drill_lines)
    assert len(real_lines) > 8 and not any("演练" in line or "DRILL" in line for line in real_lines)


# --- one run


def test_a_line_has_both_times_who_and_what(place):
    lines = within(place, "audit", run_of(place, "real")).stdout.splitlines()

    (note,) = [line for line in lines if "the water rises" in line]
    assert re.match(r"REAL  T\+00:25:00  \d\d-\d\d \d\d:\d\d:\d\d  李明  note: the water rises", note), note
    assert any("nothing for 25 min" in line for line in lines)


def test_a_gap_is_more_than_ten_minutes_of_the_runs_clock():
    exercise, store = drilled()
    entries = sorted(store.entries(exercise.desk.run_id), key=lambda one: (one.at, one.order))
    gaps = gaps_of(entries)
    ends = {one.hash: one.at for one in entries}

    assert [(ends[name] - entries[0].at, length) for name, length in gaps.items()] == [
        (34 * MINUTE, 30 * MINUTE)
    ]


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        (["who:li"], {"note_added", "run_opened"}),
        (["who:李明", "step:look"], {"note_added"}),
        (["event:note"], {"note_added"}),
        (["event:run-opened", "event:note_added"], {"note_added", "run_opened"}),
        (["who:nobody"], set()),
    ],
)
def test_words_choose_entries(place, words, fits):
    said = json.loads(within(place, "audit", run_of(place, "real"), *words, "--json").stdout)

    assert {one["event"] for one in said["entries"]} == fits


def test_what_is_no_filter_is_refused():
    for word in ("li", "colour:red", "who:"):
        with pytest.raises(Refused):
            Filters.of([word])
    with pytest.raises(Refused):
        Wanted(kind="Q")


@pytest.mark.requirement("R50")
def test_the_score_of_a_drill_has_its_facts_beside_it(place):
    text = within(place, "audit", run_of(place, "drill")).stdout
    said = json.loads(within(place, "audit", run_of(place, "drill"), "--json").stdout)["score"]

    assert ("model gsr-1" in text and "presented" in text and "verdict: failed" in text) or "verdict" in text
    assert (said["model"], said["seed"], said["freeze_s"], said["by_machine"]) == ("gsr-1", "7", 0, False)


@pytest.mark.requirement("R27")
def test_while_a_drill_runs_nobody_sees_its_score_its_seed_or_its_script(capsys):
    exercise, store = begun(World(), seed="secret-seed")
    exercise.start()
    run = exercise.desk.run_id

    look_at(store, run, Filters(), as_json=False, language="en")
    look_at(store, run, Filters(), as_json=True, language="en")
    said = capsys.readouterr().out
    with pytest.raises(Refused) as refused:
        look_at(store, f"E{run[1:]}", Filters(), as_json=False, language="en")

    assert "its score is shown when it is" in said
    assert "secret-seed" not in said and "gsr-1" not in said and "pressure" not in said
    assert refused.value.id == "drill-not-over"


@pytest.mark.requirement("R53")
def test_one_byte_flipped_is_said_and_is_the_exit_code(place, tmp_path):
    shutil.copy(place / "x.db", tmp_path / "x.db")
    run = run_of(place, "real")
    with stores.raw(tmp_path / "x.db") as raw:
        without_guards(raw)
        raw.execute(
            "UPDATE events SET payload = CAST(replace(CAST(payload AS TEXT), 'rises', 'risen') AS BLOB)"
        )

    told = within(tmp_path, "audit", run, env=environment(tmp_path))

    assert (told.returncode, "BROKEN" in told.stdout) == (1, True), told.stdout


def test_what_was_changed_in_the_plan_or_the_scenario_keeps_nobody_from_the_timeline(place, tmp_path):
    shutil.copy(place / "x.db", tmp_path / "x.db")
    run = run_of(place, "drill")
    with stores.raw(tmp_path / "x.db") as raw:
        without_guards(raw)
        raw.execute("UPDATE texts SET data = CAST('{}' AS BLOB)")

    told = within(tmp_path, "audit", run, env=environment(tmp_path))

    assert (told.returncode, "BROKEN" in told.stdout) == (1, True)
    assert "cannot be reckoned" in told.stdout and "the drill ended" in told.stdout


def test_a_run_that_a_drill_opened_is_shown_as_a_drill_without_a_score(capsys):
    world = World()
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    opening = replace(opening_of(book_at(KINDS), "smoke", room="A1"), kind="D")
    desk = Desk.open_run(store, opening, "li", world.around())

    look_at(store, desk.run_id, Filters(), as_json=False, language="en")
    said = capsys.readouterr().out

    assert "No evaluation of it is here" in said and all(
        line.startswith("DRILL") for line in said.splitlines()
    )


def test_days_are_those_of_the_site():
    """22:30 UTC is the next day in China."""
    store = _store_at(datetime(2026, 11, 22, 22, 30, tzinfo=UTC))
    (row,) = _groups(store)["R"]
    days = [datetime(2026, 11, day, tzinfo=UTC).date() for day in (23, 24)]

    assert [Wanted().fits(row, TitlesOf(store).of(row), day) for day in days] == [True, False]


def _store_at(moment):
    world = World()
    world.clock.move(moment)
    store = stores.memory(wall=world.moment, entropy=entropy(1))
    real(store, world)
    return store


# --- the evaluation of a drill, beside the runs that people walk


@pytest.mark.requirement("R27")
@pytest.mark.parametrize("verb", [["runs", "--all"], ["log", "--lang", "en"], ["log", "--json"]])
def test_a_list_or_a_log_that_names_no_run_shows_nothing_of_an_evaluation(place, verb):
    done = within(place, *verb)
    told = done.stdout + done.stderr

    assert ("R-" in told, "E-" in told, "DrillPlanned" in told) == (True, False, False)


@pytest.mark.parametrize(
    ("wanted", "option"), [(Wanted(kind="D"), "--kind"), (Wanted(flags=("full",)), "--drill")]
)
def test_what_lists_runs_is_refused_where_one_is_opened(wanted, option):
    with pytest.raises(Refused) as refused:
        auditing.audit("D-20261122-AAAA", [], wanted, False, "none.db", "en")

    assert (refused.value.id, option in refused.value.sentence("en")) == ("option-does-nothing", True)
