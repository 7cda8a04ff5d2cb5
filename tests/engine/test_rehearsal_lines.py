"""What a line of a rehearsal's script can do: end a repetition, and act in a run that this one has opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from drill.rehearsal import Played, play
from engine.book import Rehearsal, read_book, read_rehearsal
from engine.desk import opening_of
from engine.errors import Fault
from engine.store import memory_store
from tests.engine.records import Wall, entropy

PLAN = """\
runbook: plan
revision: 1
title: {zh: 预案, en: Plan}
hazard: plan
roles:
  ENG: {zh: 工程师, en: engineer}
readings:
  heat: {label: {zh: 温度, en: heat}, unit: C}
steps:
  - id: guard
    do: {zh: 看住, en: Keep watch}
    role: ENG
    class: safety
    record: heat
    every: 10m
    until: "heat < 30"
  - id: tidy
    run: tidying
    role: ENG
  - id: close
    do: {zh: 收尾, en: Close}
    role: ENG
"""
PROCEDURE = """\
runbook: tidying
revision: 1
title: {zh: 清理, en: Tidying}
roles:
  ENG: {zh: 工程师, en: engineer}
readings:
  bags: {label: {zh: 袋数, en: bags}, unit: bags}
steps:
  - id: pack
    do: {zh: 装袋, en: Pack}
    role: ENG
    record: bags
  - id: rest
    wait: {zh: 等一等, en: Wait}
    for: 5m
  - id: sweep
    do: {zh: 扫地, en: Sweep}
    role: ENG
"""
HEAD = "rehearsal: trial\nrunbook: plan\nreported_at: 2026-11-22T02:10:00+08:00\npeople: {ENG: li}\n"
GUARDED = [
    "- {at: 1m, by: li, done: guard, values: {heat: 40}}",
    "- {at: 11m, by: li, done: guard, values: {heat: 20}}",
]
TIDIED = [
    *GUARDED,
    "- {at: 12m, by: li, done: guard}",
    "- {at: 13m, by: li, done: tidy}",
    "- {at: 14m, by: li, in: tidying, done: pack, values: {bags: 2}}",
    "- {at: 20m, by: li, in: tidying, done: sweep}",
    "- {at: 21m, by: li, in: tidying, end: complete}",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "tidying.yaml").write_text(PROCEDURE, encoding="utf-8")
    return tmp_path


def read(folder: Path, script: list[str], *more: str) -> list[Fault]:
    return _read(folder, script, *more)[1]


def _read(folder: Path, script: list[str], *more: str) -> tuple[Rehearsal | None, list[Fault]]:
    book, _ = read_book(folder)
    text = (
        HEAD + "script:\n" + "".join(f"  {line}\n" for line in script) + "".join(f"{line}\n" for line in more)
    )
    return read_rehearsal(text.encode(), "trial.yaml", book=book)


def played(folder: Path, script: list[str], *more: str) -> Played:
    book, _ = read_book(folder)
    rehearsal, faults = _read(folder, script, *more)
    assert book is not None and rehearsal is not None, [one.sentence("en") for one in faults]
    opening = replace(opening_of(book, "plan", kind="H"), reported_at=rehearsal.reported_at)
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        return play(rehearsal, opening, store, entropy(2))


def said(faults: list[Fault]) -> list[str]:
    return [f"{fault.place.line}:{fault.place.column} {fault.sentence('en')}" for fault in faults]


def test_a_repeated_safety_step_is_visited_while_it_goes_on_and_ended_when_its_end_has_come(folder):
    visited = played(folder, GUARDED, "at_end: {steps: {guard: ready}}")
    ended = played(folder, [*GUARDED, "- {at: 12m, by: li, done: guard}"], "at_end: {steps: {guard: done}}")

    assert (said(visited.faults), said(ended.faults)) == ([], [])


def test_a_line_acts_in_the_open_run_of_another_runbook_and_this_one_goes_on_when_it_has_ended(folder):
    one = played(
        folder,
        [*TIDIED, "- {at: 22m, by: li, done: close}", "- {at: 23m, by: li, end: complete}"],
        "must_reach: [tidying/pack, tidying/sweep, close]",
        "at_end: {steps: {tidy: done}, ended: complete, children: [tidying]}",
    )

    assert said(one.faults) == []


def test_time_passes_in_the_other_run_too(folder):
    early = [*TIDIED[:5], "- {at: 15m, by: li, in: tidying, done: sweep}"]

    assert [
        "'Sweep' still waits" in line or "Wait" in line for line in said(played(folder, early).faults)
    ] == [True]


def test_what_is_reached_in_the_other_run_may_be_forbidden(folder):
    assert said(played(folder, TIDIED, "never: [tidying/sweep]").faults) == [
        "13:9 'tidying/sweep' must never be reached, and was reached after 0:19:00."
    ]


def test_a_run_that_is_not_open_cannot_be_acted_in(folder):
    assert said(
        played(folder, ["- {at: 1m, by: li, in: tidying, done: pack, values: {bags: 2}}"]).faults
    ) == ["6:5 This line was refused: No run of the runbook 'tidying' is open under this one."]


@pytest.mark.parametrize(
    ("line", "more", "place", "word"),
    [
        ("- {at: 1m, by: li, in: tidying, done: guard}", "", "6:41", "'guard'"),
        ("- {at: 1m, by: li, in: tidying, done: pack, values: {heat: 2}}", "", "6:56", "'heat'"),
        ("- {at: 1m, by: li, in: tidying, done: pack, values: {bags: two}}", "", "6:62", "two"),
        ("- {at: 1m, by: li, in: tidyin, done: pack}", "", "6:26", "'tidyin'"),
        ("- {at: 1m, by: li, done: pack}", "", "6:28", "'pack'"),
        ("- {at: 1m, by: li, start: guard}", "must_reach: [tidying/guard]", "7:14", "'tidying/guard'"),
        ("- {at: 1m, by: li, start: guard}", "never: [tidyin/pack]", "7:9", "tidyin/pack"),
    ],
)
def test_names_and_values_are_those_of_the_runbook_the_line_is_played_in(folder, line, more, place, word):
    told = said(read(folder, [line], more))

    assert [one.partition(" ")[0] for one in told][:1] == [place]
    assert word in told[0]
