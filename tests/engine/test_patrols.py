"""A patrol: where it lies, what kind its runs and their children are, and what it leaves open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.acts import Given
from engine.book import load_book, read_book, read_file
from engine.clocks import promises
from engine.desk import Desk, Surroundings, opening_of
from engine.errors import Refused
from engine.events import ClockSet, Entry, NoteAdded, ReadingTaken, StepDone
from engine.plan import FINDING, Book
from engine.store import memory_store
from tests.engine.records import NOW, Wall, entropy
from tui.logbook import Teller, titles_of
from tui.verbs.home import start_list

ROLES = "roles: {ENG: {zh: 工程师, en: engineer}}\n"
HEAD = "revision: 1\nreleased: {by: li, at: 2026-11-01}\n"
SITE = """\
site: here
title: {zh: 站点, en: Site}
timezone: Asia/Shanghai
languages: [zh, en]
rooms:
  A1:
    title: {zh: 甲, en: room A1}
    place: {zh: 二层, en: floor 2}
people:
  li: {name: 李, roles: [ENG]}
parameters:
  rh-max: {label: {zh: 湿度上限, en: humidity limit}, unit: "%RH", default: 60, min: 50, max: 60}
"""
PROMISES = "promises: {done: {title: {zh: 办完, en: done}, from: reported, to: closed, within: 20m}}\n"
LEAK = (
    "runbook: leak\ntitle: {zh: 漏水, en: Leak}\nhazard: leak\nsymptoms: {zh: 地上有水, en: water}\n" + HEAD + ROLES
    + "steps: [{id: mop, do: {zh: 拖, en: Mop}, role: ENG, marks: closed}]\n"
)  # fmt: skip
ROWS = (
    "runbook: rows\ntitle: {zh: 共用行, en: Rows}\npatrol: part\n" + HEAD + ROLES
    + "steps: [{id: look, do: {zh: 看, en: Look}, role: ENG}]\n"
)  # fmt: skip
PATROL = (
    "runbook: patrol\ntitle: {zh: 巡检, en: Patrol}\npatrol: shift\n" + HEAD + ROLES
    + """\
readings:
  rh: {label: {zh: 湿度, en: humidity}, unit: "%RH"}
  wet: {label: {zh: 地上有水, en: water on the floor}, kind: yes-no}
steps:
  - {id: air, do: {zh: 读湿度, en: Read humidity}, role: ENG, expect: {that: "rh <= site.rh-max", else: finding}}
  - id: floor
    place: {zh: 空调旁, en: at the CRAC}
    do: {zh: 看地面, en: Look at the floor}
    role: ENG
    expect: {that: "not wet", else: finding}
  - {id: shared, run: rows}
watch:
  - {id: water, when: "wet", run: leak}
"""
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "patrols").mkdir()
    for name, text in (
        ("site", SITE),
        ("leak", LEAK),
        ("patrols/rows", ROWS),
        ("patrols/patrol", PATROL),
        ("promises", PROMISES),
    ):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(folder: Path) -> Book:
    return load_book(folder)


@pytest.fixture
def store():
    with memory_store(wall=Wall(), entropy=entropy(1)) as one:
        yield one


def opened(store, book: Book, runbook: str = "patrol", kind: str | None = None) -> Desk:
    around = Surroundings(lambda: NOW, entropy(2), lambda person, pin: None)
    desk = Desk.open_run(store, opening_of(book, runbook, room="A1", kind=kind), "li", around)
    desk.join(book.site.people[0], ("ENG",))
    return desk


def do(desk: Desk, verb: str, step: str, **given: Any) -> list[Entry]:
    act = next(one for one in desk.possible() if one.key == (verb, step))
    return desk.do(act, Given(**given))


def children(desk: Desk) -> dict[str, str]:
    return {child.runbook: child.run[0] for child in desk.state.children.values()}


# --- where it lies


def test_patrols_lie_in_their_own_folder_and_belong_to_the_book(folder):
    book, faults = read_book(folder)

    assert book is not None and faults == []
    assert {one.id: one.patrol for one in book.runbooks} == {"leak": None, "patrol": "shift", "rows": "part"}


def test_one_patrol_alone_is_read_with_the_site_above_it_and_the_runbooks_beside_it(folder):
    assert [fault.sentence("en") for fault in read_file(folder / "patrols" / "patrol.yaml")[1]] == []


def test_what_lies_there_says_how_often_it_is_walked(folder):
    (folder / "patrols" / "leak.yaml").write_text(LEAK.replace("leak\n", "wet\n", 1), encoding="utf-8")

    [fault] = read_book(folder)[1]

    assert (fault.rule, Path(fault.place.file).name, fault.place.line) == ("missing-key", "leak.yaml", 1)


def test_it_stands_behind_the_emergencies_on_the_start_list_and_parts_do_not(book):
    assert start_list(book, "en") == [("leak", "Leak   water"), ("patrol", "PATROL 巡检  Patrol")]


# --- what its runs are


def test_its_run_is_a_patrol_and_none_of_the_real_ones(store, book):
    desk = opened(store, book)

    assert desk.run_id.startswith("P-")
    assert store.real_runs() == []


def test_a_part_that_it_runs_is_a_patrol_too_and_a_hazard_that_it_has_found_is_real(store, book):
    desk = opened(store, book)
    do(desk, "do", "air", values={"rh": "50"})
    do(desk, "do", "floor", values={"wet": "yes"})
    desk.settle()
    do(desk, "open-child", "shared")
    do(desk, "open-child", "water")

    assert children(desk) == {"rows": "P", "leak": "R"}
    assert [row.runbook for row in store.real_runs()] == ["leak"]


def test_in_a_drill_of_a_patrol_everything_is_a_drill(store, book):
    desk = opened(store, book, kind="D")
    desk.propose([ClockSet(0, 1000, "STARTEX", by_hand=True)])
    do(desk, "do", "air", values={"rh": "50"})
    do(desk, "do", "floor", values={"wet": "yes"})
    desk.settle()
    do(desk, "open-child", "water")

    assert (desk.run_id[0], children(desk)) == ("D", {"leak": "D"})


def test_no_promise_runs_for_a_patrol_and_those_of_a_hazard_it_has_found_run_from_its_opening(store, book):
    patrol, leak = opened(store, book), opened(store, book, "leak")

    assert promises(patrol.state, NOW) == []
    assert [(one.promise.id, one.status) for one in promises(leak.state, NOW)] == [("done", "running")]


# --- what it leaves open


def test_a_reading_in_its_range_leaves_nothing_open(store, book):
    desk = opened(store, book)

    written = do(desk, "do", "air", values={"rh": "60"})

    assert not [one for one in written if isinstance(one.event, NoteAdded)]


def test_a_reading_out_of_its_range_is_recorded_and_left_open_with_place_value_and_limit_in_one_go(
    store, book
):
    desk = opened(store, book)

    written = do(desk, "do", "air", values={"rh": "71"})

    assert [type(one.event) for one in written][-2:] == [StepDone, NoteAdded]
    assert written[-1].event == NoteAdded("A1; rh = 71 %RH; rh <= 60 %RH", FINDING, "air")
    assert [one.cmd is not None for one in written] == [True, False, False]


def test_the_place_of_a_row_goes_before_the_room(store, book):
    desk = opened(store, book)
    do(desk, "do", "air", values={"rh": "50"})

    assert do(desk, "do", "floor", values={"wet": "yes"})[-1].event == NoteAdded(
        "空调旁 / at the CRAC; wet = yes; not wet", FINDING, "floor"
    )


def test_it_cannot_be_done_out_of_its_range_without_leaving_that_open(store, book):
    desk = opened(store, book)
    desk.propose([ReadingTaken("rh", "71", "%RH", "air")])
    before = len(store.entries(desk.run_id))

    with pytest.raises(Refused) as refused:
        desk.propose([StepDone("air")])

    assert refused.value.id == "deviation-first"
    assert len(store.entries(desk.run_id)) == before


def test_the_log_says_it_in_words(store, book):
    desk = opened(store, book)
    entry = do(desk, "do", "air", values={"rh": "71"})[-1]
    titles = titles_of(desk.state.graph.to_bytes(), "A1")

    assert Teller(titles, "en").sentence(entry) == (
        "open finding at 'Read humidity': A1; humidity = 71 %RH; humidity <= 60 %RH"
    )
    assert Teller(titles, "zh").sentence(entry) == "待处理问题“读湿度”：A1; 湿度 = 71 %RH; 湿度 <= 60 %RH"
