"""Reading a plan book: what it makes of good files, and that nothing it is given can upset it."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from drill.book.shapes import scenario_schema
from engine.book import (
    KINDS_OF_FILE,
    RULES,
    bind,
    load_book,
    read_book,
    read_file,
    read_promises,
    read_rehearsal,
    read_runbook,
    read_site,
    schema,
)
from engine.book.page import MOST_FAULTS
from engine.book.promises import PROMISES
from engine.book.rehearsal import REHEARSAL
from engine.book.runbook import RUNBOOK
from engine.book.site_fields import SITE
from engine.book.steps import STEP
from engine.book.tables import Record
from engine.errors import BookBroken, Fault
from engine.graph import compile_graph
from engine.plan import KINDS, RESTORE, After, Back, Book, Fact, Limit, Room, Runbook, Site, Step, Takes
from engine.text import Text, clean
from tests.hostile import HOSTILE

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests" / "fixtures" / "example"
NOBODY = 65534

HEAD = """\
runbook: trial
revision: 1
title: {zh: 试验, en: Trial}
roles: {ENG: {zh: 工程师, en: engineer}, PWR: {zh: 动力, en: power}}
readings:
  depth: {label: {zh: 水深, en: depth}, unit: cm}
  racks: {label: {zh: 机柜, en: racks}, kind: list}
"""


@pytest.fixture(scope="module")
def example() -> Book:
    return load_book(EXAMPLE)


def read(text: str, **given: Any) -> tuple[Runbook | None, list[Fault]]:
    return read_runbook(text.encode(), "trial.yaml", **given)


def plan(steps: str, **given: Any) -> Runbook:
    """The runbook with these steps; it has no fault."""
    runbook, faults = read(HEAD + "steps:\n" + steps, **given)
    assert runbook is not None and faults == [], [str(fault.place) + fault.rule for fault in faults]
    return runbook


def steps_of(runbook: Runbook) -> dict[str, Step]:
    return {step.id: step for step in runbook.steps}


def told(faults: list[Fault]) -> list[tuple[str, int, int]]:
    return [(fault.rule, fault.place.line, fault.place.column) for fault in faults]


# --- good files


def test_the_example_of_the_language_has_no_fault(example: Book) -> None:
    leak = example.runbook("leak")

    assert leak is not None
    assert read_book(EXAMPLE)[1] == []
    assert compile_graph(leak, example.site, example.promises)[1] == []


def test_an_unquoted_comma_in_the_example_is_told_where_the_text_is_cut() -> None:
    text = (EXAMPLE / "leak.yaml").read_text()
    cut = text.replace('"Isolate from outside, lock, prove dead"', "Isolate from outside, lock, prove dead")

    assert told(read(cut)[1]) == [("text-cut", 67, 53), ("text-cut", 67, 59)]


def test_the_shipped_book_has_no_fault() -> None:
    assert read_book(ROOT / "runbooks")[1] == []


def test_what_the_head_of_a_runbook_says_is_read_exactly(example: Book) -> None:
    leak = example.runbook("leak")
    assert leak is not None
    depth = next(reading for reading in leak.readings if reading.id == "depth")

    assert (leak.revision, leak.hazard, leak.released_by) == (5, "leak", "wang")
    assert (leak.released_at, leak.review_by) == (date(2026, 11, 1), date(2027, 6, 30))
    assert (depth.unit, depth.precision, depth.warn, depth.act) == ("cm", 1, "> 0", ">= 3")
    assert depth.fresh == depth.rise == timedelta(minutes=10)
    assert leak.goals == (("people", "headcount"), ("water", "depth"), ("cooling", "inlet"))
    assert [(rule.level, rule.when) for rule in leak.levels][:2] == [
        ("III", "depth > 0"),
        ("II", "depth >= 1"),
    ]
    assert leak.levels[-1].words == Text("水进入电池室", "water in the battery room")


def test_what_a_step_says_is_read_exactly(example: Book) -> None:
    leak = example.runbook("leak")
    assert leak is not None
    steps = steps_of(leak)

    assert [answer.id for answer in steps["source"].answers] == ["crac", "pipe", "unknown"]
    assert steps["source"].answers[2].back == Back("doorway", 2)
    assert [answer.id for answer in steps["megger"].answers] == ["met", "unmet"]
    assert [answer.id for answer in steps["entry-permit"].answers] == ["signed", "refused"]
    assert steps["megger"].answers[1].back == Back("dry", 3)
    assert steps["dead-permit"].answers == ()
    assert steps["isolate"].touches == (("FEED-WET", "off"),)
    assert steps["dry"].takes == Takes(Decimal(10), Decimal(30), Decimal(90))
    repeat = steps["cool-watch"].repeat
    assert repeat is not None and (repeat.every.length, repeat.until, repeat.until_is) == (
        timedelta(minutes=5),
        "re-energise",
        "step",
    )
    assert steps["power-up"].each == "circuits"
    assert steps["rearm"].lane == RESTORE


def test_texts_of_contact_tell_and_run_are_made_when_none_are_written() -> None:
    book = load_book(EXAMPLE)
    leak = book.runbook("leak")
    assert leak is not None
    text = HEAD + (
        "steps:\n  - {id: call, contact: PWR}\n  - {id: say, tell: customers}\n  - {id: hand, run: fire}\n"
        "  - {id: other, run: fire, says: {zh: 转入, en: Go over}}\n"
    )
    runbook, _ = read(text)
    assert runbook is not None

    titles = {one.id: one.title for one in book.runbooks}
    bound = bind(runbook, book.site, book.promises, titles)

    assert [step.text.en for step in bound.steps] == [
        "Reach the power",
        "Tell customers",
        "Run Machine-room fire",
        "Go over",
    ]
    assert bound.steps[0].text.zh == "联系 动力"


def test_every_scalar_is_text_first() -> None:
    runbook = plan(
        "  - id: first\n    ask: {zh: 是吗, en: Is it}\n    tag: 012\n    answers:\n"
        "      no: {zh: off, en: no}\n      on: {zh: '10:30', en: ~}\n"
    )
    step = runbook.steps[0]

    assert step.tag == "012"
    assert [answer.id for answer in step.answers] == ["no", "on"]
    assert [answer.says for answer in step.answers] == [Text("off", "no"), Text("10:30", "~")]


def test_numbers_are_decimals_with_every_digit_that_was_written() -> None:
    text = (
        HEAD.replace("unit: cm", "unit: cm, min: -0.10, max: 200.0")
        + "steps:\n  - {id: a, do: {zh: 做, en: Do}}\n"
    )
    runbook, faults = read(text)

    assert runbook is not None and faults == []
    assert str(runbook.readings[0].least) == "-0.10"
    assert runbook.readings[0].most == Decimal("200.0")


def test_a_book_of_one_language_takes_plain_strings() -> None:
    head = "runbook: one\nrevision: 1\ntitle: Leak\n"
    text = head + "steps:\n  - {id: a, do: Close it}\n  - {id: b, do: {en: Go}}\n"
    runbook, faults = read(text, languages=("en",))

    assert runbook is not None and faults == []
    assert [step.text for step in runbook.steps] == [Text("Close it", "Close it"), Text("Go", "Go")]


# --- what is not said has the safe meaning


def after_of(steps: str) -> dict[str, tuple[After, ...]]:
    return {name: step.after for name, step in steps_of(plan(steps)).items()}


DO = "do: {zh: 做, en: Do}"


def test_a_step_follows_the_one_above_it_in_its_lane() -> None:
    found = after_of(
        f"  - {{id: a, {DO}}}\n  - {{id: b, lane: side, after: a, {DO}}}\n  - {{id: c, {DO}}}\n"
        f"  - {{id: d, lane: side, {DO}}}\n"
    )

    assert found == {"a": (), "b": (After("a"),), "c": (After("a"),), "d": (After("b"),)}


def test_below_a_hold_that_may_be_refused_a_step_follows_the_signatures() -> None:
    found = after_of(
        f"  - {{id: a, hold: {{zh: 准, en: May}}, sign: [ENG, PWR], refused: no-entry}}\n"
        f"  - {{id: b, {DO}, ends: true}}\n  - {{id: no-entry, {DO}}}\n"
    )

    assert found == {"a": (), "b": (After("a", "signed"),), "no-entry": ()}


def test_steps_that_else_and_missed_lead_to_have_no_default_after() -> None:
    found = after_of(
        f'  - {{id: a, {DO}, expect: {{that: "depth < 1", else: c}}, within: 5m, missed: d}}\n'
        f"  - {{id: b, after: a.met, {DO}}}\n  - {{id: c, {DO}}}\n"
        f"  - {{id: d, {DO}}}\n  - {{id: e, after: all, {DO}}}\n"
    )

    assert (found["c"], found["d"]) == ((), ())


def test_only_the_first_main_step_and_an_empty_after_start_with_the_run() -> None:
    runbook = plan(
        f"  - {{id: a, {DO}}}\n  - {{id: b, lane: side, after: [], {DO}}}\n  - {{id: c, after: all, {DO}}}\n"
    )

    assert [step.starts for step in runbook.steps] == [True, True, False]
    assert [step.after_all for step in runbook.steps] == [False, False, True]


def test_safety_steps_and_steps_with_answers_are_never_deferred() -> None:
    runbook = plan(
        f"  - {{id: a, class: safety, {DO}}}\n  - {{id: b, {DO}}}\n  - {{id: c, defer: no, {DO}}}\n"
        f"  - {{id: d, defer: f, {DO}}}\n"
        "  - {id: e, ask: {zh: 吗, en: Is it}, answers: {x: {zh: 是, en: 1}, y: {zh: 否, en: 2}}}\n"
        f"  - {{id: f, {DO}}}\n"
    )

    assert [step.defer for step in runbook.steps] == [None, "end", None, "f", None, "end"]


# --- the site


SITE_TEXT = """\
site: demo
parameters:
  pause: {label: {zh: 等待, en: pause}, default: 3m, value: 4m, min: 1m, max: 10m}
  warm: {label: {zh: 温度, en: warm}, unit: C, default: 27}
rooms:
  A1: {facts: {ups: {label: {zh: 后备, en: runtime}, value: 15m}}}
"""


def the_site() -> Site:
    site, faults = read_site(SITE_TEXT.encode(), "site.yaml")
    assert site is not None and faults == []
    return site


def test_a_limit_takes_its_length_from_the_site() -> None:
    steps = f"  - {{id: a, within: site.pause, every: site.pause, times: 2, {DO}}}\n"

    alone, bound = plan(steps).steps[0], plan(steps, site=the_site()).steps[0]

    assert alone.within == Limit(timedelta(), "pause")
    assert bound.within == Limit(timedelta(minutes=4), "pause")
    assert bound.repeat is not None and bound.repeat.every == Limit(timedelta(minutes=4), "pause")


def test_a_parameter_knows_whether_it_is_still_at_its_default() -> None:
    pause, warm = the_site().parameters

    assert (pause.length, pause.default, pause.at_default) == (
        timedelta(minutes=4),
        timedelta(minutes=3),
        False,
    )
    assert (warm.number, warm.unit, warm.at_default) == (Decimal(27), "C", True)


def test_a_site_value_in_a_condition_is_found_with_its_unit() -> None:
    text = HEAD + f'steps:\n  - {{id: a, only_when: "depth > site.warm", {DO}}}\n  - {{id: b, {DO}}}\n'

    assert read(text)[1] == []
    assert told(read(text, site=the_site())[1]) == [("units-differ", 9, 25)]


def test_a_site_without_groups_leaves_the_group_of_a_tell_open() -> None:
    assert plan("  - {id: a, tell: customers}\n", site=the_site()).steps[0].target == "customers"


# --- places


def test_every_path_has_its_place(example: Book) -> None:
    leak = example.runbook("leak")
    assert leak is not None
    lines = (EXAMPLE / "leak.yaml").read_text().split("\n")

    starts = {path: lines[line - 1][column - 1 :] for path, (line, column) in leak.places.items()}

    assert starts["source.answers.unknown.back_to"].startswith("doorway")
    assert starts["source.after.1"].startswith("dead-permit")
    assert starts["megger.expect.else"].startswith("{back_to: dry")
    assert starts["watch.hot.when"].startswith('"inlet > 32"')
    assert starts["readings.depth.rise"].startswith("10m")
    assert starts["levels.I.0"].startswith('"depth > 5"')
    assert starts["goals.water"].startswith("depth")
    assert starts["exit.0"].startswith('"humidity')
    assert starts["rearm.do"].startswith("{zh: 恢复")
    assert starts["confirm"].startswith("id: confirm")


def test_a_path_that_was_not_written_stands_where_what_is_around_it_stands(example: Book) -> None:
    leak = example.runbook("leak")
    assert leak is not None

    assert leak.where("false-alarm.after.0") == leak.where("false-alarm.after")
    assert leak.where("doorway.after") == leak.where("doorway")
    assert str(leak.where("nothing.at.all")) == f"{EXAMPLE / 'leak.yaml'}:1:1"


def test_a_step_may_be_called_like_a_key_of_the_file() -> None:
    runbook, faults = read(HEAD + f"entry: [{{zh: 甲, en: a}}]\nsteps:\n  - {{id: entry, {DO}}}\n")

    assert runbook is not None and faults == []
    assert (runbook.places["entry"], runbook.places["entry.0"]) == ((10, 5), (8, 9))


def test_a_fault_in_a_condition_stands_at_its_character() -> None:
    bad = [
        ("only_when: depth >= 3cm", 26),
        ('only_when: "depth >= 3cm"', 27),
        ("only_when: 'depth >= 3cm'", 27),
        ('only_when: "\\x64epth >= 3cm"', 16),
        ("only_when: >-\n      depth >= 3cm", 16),
    ]

    found = [read(HEAD + f"steps:\n  - id: a\n    {line}\n    {DO}\n")[1][0].place.column for line, _ in bad]

    assert found == [column for _, column in bad]


def test_columns_count_characters_and_not_bytes() -> None:
    found = read(HEAD + f"steps:\n  - {{id: a, why: {{zh: 高压危险, en: live}}, recrd: depth, {DO}}}\n")[1]

    assert told(found) == [("unknown-key", 9, 40)]


def test_every_problem_is_told_at_once() -> None:
    text = HEAD.replace("revision: 1", "revision: one") + (
        "steps:\n"
        "  - id: a\n"
        "    do: {zh: 做}\n"
        "    role: EGN\n"
        "    within: 5 min\n"
        "    record: deph\n"
        '    only_when: "depth = 3"\n'
        f"  - id: b\n    after: aa\n    {DO}\n"
        "  - id: a\n    lane: side\n    hold: {zh: 准, en: May}\n    sign: [ENG]\n    class: safety\n"
    )

    assert told(read(text)[1]) == [
        ("bad-number", 2, 11),
        ("missing-language", 10, 9),
        ("undefined-role", 11, 11),
        ("bad-duration", 12, 13),
        ("undefined-reading", 13, 13),
        ("single-equals", 14, 23),
        ("undefined-step", 16, 12),
        ("double-id", 18, 9),
        ("lane-start", 19, 11),
        ("few-signers", 21, 11),
    ]


def test_what_hides_no_name_and_no_order_leaves_the_graph_to_be_proven_too() -> None:
    runbook, faults = read(HEAD + "steps:\n  - {id: a, do: {zh: 做}, role: EGN}\n")

    assert runbook is not None
    assert [fault.rule for fault in faults] == ["missing-language", "undefined-role"]


# --- a folder


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


def test_a_book_may_lack_site_and_promises(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    book = load_book(write(folder, trial=HEAD + f"steps:\n  - {{id: a, {DO}}}\n"))

    assert (book.site.id, book.site.languages, book.site.timezone) == ("small", ("zh", "en"), "UTC")
    assert book.promises.promises == ()


def test_faults_of_all_files_come_by_file_and_line(tmp_path: Path) -> None:
    steps = f"steps:\n  - {{id: a, {DO}}}\n"
    write(
        tmp_path, site="site: 1 2\n", promises="promise: {}\n", b=HEAD + steps, a=HEAD + "hazrd: x\n" + steps
    )

    book, faults = read_book(tmp_path)

    assert [str(fault.place).removeprefix(f"{tmp_path}/") + " " + fault.rule for fault in faults] == [
        "a.yaml:8:1 unknown-key",
        "b.yaml:1:10 double-runbook",
        "promises.yaml:1:1 unknown-key",
        "site.yaml:1:7 bad-id",
    ]
    assert book is not None and [one.source for one in book.runbooks] == [str(tmp_path / "b.yaml")]


def test_a_book_with_an_error_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(BookBroken) as broken:
        load_book(write(tmp_path, a="runbook: a\n"))

    assert [fault.rule for fault in broken.value.faults] == ["missing-key"] * 3


def test_one_file_is_read_with_what_lies_beside_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        site=SITE_TEXT,
        fire=HEAD.replace("trial", "fire") + "steps: nonsense\n",
        trial=HEAD + "steps:\n  - {id: a, run: fire, within: site.pause}\n",
    )

    book, faults = read_file(tmp_path / "trial.yaml")

    assert faults == []
    assert book is not None and book.runbooks[0].steps[0].within == Limit(timedelta(minutes=4), "pause")
    assert book.runbooks[0].steps[0].text == Text("执行 试验", "Run Trial")


def test_a_mark_or_role_that_only_promises_speak_of_is_told(tmp_path: Path) -> None:
    promises = (
        "promises:\n  respond: {from: reported, to: respnded, within: 20m}\n"
        "escalation:\n  - {level: I, after: 0s, tell: [ENG, BOSS]}\n"
    )
    write(tmp_path, promises=promises, trial=HEAD + f"steps:\n  - {{id: a, {DO}, marks: responded}}\n")

    assert told(read_book(tmp_path)[1]) == [("undefined-mark", 2, 33), ("undefined-role", 4, 39)]


def test_what_cannot_be_opened_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "to-nowhere.yaml").symlink_to(tmp_path / "nowhere")

    _, faults = read_book(tmp_path)
    nothing, missing = read_book(tmp_path / "missing")

    assert [Path(fault.place.file).name for fault in faults] == [
        "folder.yaml",
        "pipe.yaml",
        "to-nowhere.yaml",
    ]
    assert {fault.rule for fault in [*faults, *missing]} == {"file-unreadable"}
    assert nothing is None and "no such file" in missing[0].sentence("en")


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from engine.book import read_book
if os.geteuid() == 0:
    os.setuid(int(sys.argv[2]))
for fault in read_book(Path(sys.argv[1]))[1]:
    print(Path(fault.place.file).name, fault.rule, fault.sentence("en"))
"""


def test_a_file_that_nobody_may_read_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    write(folder, site="site: demo\n", trial=HEAD + f"steps:\n  - {{id: a, {DO}}}\n")
    (folder / "site.yaml").chmod(0)
    for above in (folder, tmp_path, *tmp_path.parents[:3]):
        above.chmod(above.stat().st_mode | 0o755)

    command = [sys.executable, "-c", READ_AS_NOBODY, str(folder), str(NOBODY)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout == (
        "site.yaml file-unreadable The file cannot be read: nobody gave the right to read it.\n"
    )


# --- bad input


def alias_bomb() -> bytes:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    return "\n".join(rows).encode()


GOOD_STEP = f"steps:\n  - {{id: a, {DO}}}\n"
BAD: list[tuple[str, bytes, tuple[str, int, int]]] = [
    ("nothing", b"", ("file-empty", 1, 1)),
    ("a mark of its byte order", b"\xef\xbb\xbf", ("file-empty", 1, 1)),
    ("an empty document", b"---\n", ("file-empty", 1, 1)),
    ("prose", "漏水了\n".encode(), ("wrong-type", 1, 1)),
    ("a list", b"- a\n- b\n", ("wrong-type", 1, 1)),
    ("10 MB of text", b"water " * 1_700_000, ("file-too-large", 1, 1)),
    ("GBK", "runbook: a\ntitle: 机房\n".encode("gbk"), ("file-encoding", 2, 8)),
    ("Latin-1", "runbook: a\ntitle: Gebäude\n".encode("latin-1"), ("file-encoding", 2, 11)),
    ("UTF-16", "runbook: a\n".encode("utf-16"), ("file-encoding", 1, 1)),
    ("UTF-16 without its mark", "runbook: a\n".encode("utf-16-be"), ("file-encoding", 1, 1)),
    ("UTF-32", "runbook: a\n".encode("utf-32"), ("file-encoding", 1, 1)),
    ("surrogates", b"runbook: \xed\xa0\x80\n", ("file-encoding", 1, 10)),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ("file-encoding", 1, 1)),
    ("lists without end", b"a: " + b"[" * 900_000, ("too-deep", 1, 23)),
    ("tables without end", b"a: " + b"{a: " * 400_000, ("too-deep", 1, 80)),
    ("rows without end", b"- " * 900_000, ("too-deep", 1, 41)),
    ("keys without end", b"? " * 900_000, ("too-deep", 1, 41)),
    ("no closing quote", b'runbook: "a\ntitle: b\n', ("yaml-unclosed", 1, 10)),
    ("no closing brace", b"title: {zh: a, en: b\nrevision: 1\n", ("yaml-unclosed", 1, 8)),
    ("no closing bracket", b"title: [a, b\nrevision: 1\n", ("yaml-unclosed", 1, 8)),
    ("a quote in a quote", 'title: "说"好""\n'.encode(), ("yaml-quote", 1, 8)),
    ("a second colon", b"title: a: b\n", ("yaml-quote", 1, 9)),
    ("a second colon in braces", b"title: {zh: a: b, en: c}\n", ("yaml-quote", 1, 14)),
    (">", b"act: > 3\n", ("yaml-quote", 1, 6)),
    (">=", b"act: >= 3\n", ("yaml-quote", 1, 6)),
    ("> in braces", b"a: {warn: > 27}\n", ("yaml-quote", 1, 11)),
    ("*", "zh: *重要\n".encode(), ("yaml-quote", 1, 5)),
    ("* and two words", b"zh: *very important\n", ("yaml-anchor", 1, 5)),
    ("&", b"zh: & b\n", ("yaml-quote", 1, 5)),
    ("-", b"zh: - b\n", ("yaml-quote", 1, 5)),
    ("%", b"unit: %RH\n", ("yaml-quote", 1, 7)),
    ("@", b"zh: @b\n", ("yaml-quote", 1, 5)),
    ("double braces and words", b"zh: {{ site.a }} b\n", ("yaml-quote", 1, 5)),
    ("double braces", b"zh: {{ site.a }}\n", ("yaml-quote", 1, 5)),
    ("no colon", b"runbook: a\ntitle b\nrevision: 1\n", ("yaml-layout", 2, 1)),
    ("a wide colon", "runbook: a\ntitle：b\nrevision: 1\n".encode(), ("yaml-layout", 2, 1)),
    ("a crooked line", b"a:\n  b: c\n d: e\n", ("yaml-layout", 3, 2)),
    ("a tab", b"a:\n\tb: c\n", ("yaml-tab", 2, 1)),
    ("a tab deeper in", b"a:\n  b: c\n\td: e\n", ("yaml-tab", 3, 1)),
    ("a backslash", b'a: "\\d"\n', ("yaml-escape", 1, 5)),
    ("an object", b"a: !!python/object/apply:os.system [x]\n", ("yaml-tag", 1, 4)),
    ("a tag of somebody", b"a: !h!x y\n", ("yaml-tag", 1, 4)),
    ("something behind the end", b"runbook: a\n...\nb\n", ("yaml-syntax", 3, 1)),
    ("a table for a key", b"{a: b}: c\n", ("yaml-quote", 1, 1)),
    ("a list for a key", b"? - a\n: c\n", ("wrong-type", 1, 3)),
]


@pytest.mark.parametrize(("data", "fault"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_what_is_no_plan_gets_one_sentence_with_its_place(data: bytes, fault: tuple[str, int, int]) -> None:
    runbook, faults = read_runbook(data, "x.yaml")

    assert runbook is None
    assert fault in told(faults)
    assert len(faults) == 1 or "missing-key" in {one.rule for one in faults}


@pytest.mark.parametrize(("data", "fault"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
def test_without_the_c_parser_the_same_is_told(
    data: bytes, fault: tuple[str, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    # The Python parser may look a character further before it gives up.
    found = [(rule, line) for rule, line, _ in told(read_runbook(data, "x.yaml")[1])]

    assert fault[:2] in found


def test_without_the_c_parser_the_example_reads_the_same(
    example: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    again = load_book(EXAMPLE)

    assert again == example
    assert [dict(one.places) for one in again.runbooks] == [dict(one.places) for one in example.runbooks]


def test_an_alias_bomb_never_expands() -> None:
    runbook, faults = read_runbook(alias_bomb(), "bomb.yaml")
    anchors = [fault for fault in faults if fault.rule == "yaml-anchor"]

    assert runbook is None
    assert len(anchors) == 30 + 29 * 9


def test_a_file_of_nothing_but_faults_is_told_so_far_and_no_further() -> None:
    _, faults = read_runbook(b"a: b\n" * 300_000, "x.yaml")

    assert len(faults) == MOST_FAULTS


def test_a_merge_key_is_refused_and_merges_nothing() -> None:
    _, faults = read(HEAD + f"steps:\n  - &one {{id: a, {DO}}}\n  - {{<<: *one, id: b}}\n")

    assert told(faults) == [
        ("yaml-anchor", 9, 5),
        ("no-kind", 10, 5),
        ("yaml-anchor", 10, 6),
        ("yaml-anchor", 10, 10),
    ]


def test_control_characters_are_each_told_and_the_rest_is_still_read() -> None:
    text = HEAD.replace("Trial", "Tr\x07ial\u202e") + "hazrd: x\n" + GOOD_STEP

    assert told(read(text)[1]) == [
        ("control-character", 3, 23),
        ("control-character", 3, 27),
        ("unknown-key", 8, 1),
    ]


def test_windows_line_ends_and_a_byte_order_mark_move_nothing() -> None:
    text = HEAD + f"steps:\n  - {{id: a, recrd: x, {DO}}}\n"
    windows = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

    assert told(read_runbook(windows, "x.yaml")[1]) == told(read(text)[1]) == [("unknown-key", 9, 13)]


MARKUP = "[bold red]停[/bold red] <b>&amp;</b> [@click=quit]x[/] \\[x] {0} %s `id` $HOME **a** <script>"


def test_markup_in_every_text_passes_as_text() -> None:
    quoted = json.dumps(MARKUP, ensure_ascii=False)
    text = re.sub(r"\b(zh|en): (\"[^\"]*\"|[^,}\n]+)", lambda found: f"{found[1]}: {quoted}", EXAMPLE_TEXT)
    runbook, faults = read(text)

    assert runbook is not None and faults == []
    texts = [*runbook.symptoms, runbook.title, *(step.text for step in runbook.steps if step.kind != "tell")]
    assert {one.zh for one in texts} == {one.en for one in texts} == {MARKUP}


EXAMPLE_TEXT = (EXAMPLE / "leak.yaml").read_text()


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_a_hostile_text_is_told_or_is_harmless(what: str) -> None:
    value = json.dumps(HOSTILE[what])
    text = HEAD + f"steps:\n  - {{id: a, do: {{zh: {value}, en: {value}}}, tag: {value}}}\n"
    runbook, faults = read(text)

    assert faults or (runbook is not None and clean(runbook.steps[0].text.zh) == runbook.steps[0].text.zh)
    assert all(clean(fault.sentence(one)) == fault.sentence(one) for fault in faults for one in ("zh", "en"))


SITE_FILE = (EXAMPLE / "site.yaml").read_text()
PROMISES_FILE = (EXAMPLE / "promises.yaml").read_text()
REHEARSAL_FILE = """\
rehearsal: leak-crac
runbook: leak
site: demo
room: A1
reported_at: 2026-11-22T02:10:00+08:00
people: {IC: wang, ENG: li, PWR: zhao, CS: chen}
script:
  - {at: 3m, by: li, done: doorway, values: {depth: 2, headcount: 0, circuits: [QF-1, QF-2]}}
  - {at: 5m, by: zhao, sign: entry-permit}
  - {at: 6m, by: li, answer: source.crac}
  - {at: 7m, by: wang, override: source, answer: pipe, reason: seen}
  - {pass: 24h}
must_reach: [dry]
never: [close-riser]
at_end: {steps: {isolate: not-applicable}, promises: {respond: kept}, ended: complete}
"""
SIGNS = (
    "{ } [ ] : , # \" ' | > *a &a !x null ~ [] {} true 5m site.x {{ }} \u200b ： all --- ? <<: \\ -1 +1 1/2/3"
)
PIECES = [
    *SIGNS.split(),
    ": ",
    "- ",
    "\t",
    "\n",
    "  ",
    "\x07",
    "{a: b}",
    "[a, b]",
    "{zh: x}",
    "{zh: x, en: y}",
]


def mangled(draw: random.Random, text: str) -> str:
    """The text with a few pieces put in, lines lost, or values exchanged."""
    for _ in range(draw.choice([1, 1, 2, 4])):
        at = draw.randrange(len(text))
        how = draw.randrange(4)
        if how == 0:
            text = text[:at] + draw.choice(PIECES) + text[at:]
        elif how == 1:
            text = text[:at] + text[at + draw.randrange(1, 8) :]
        elif how == 2:
            lines = text.split("\n")
            del lines[draw.randrange(len(lines))]
            text = "\n".join(lines)
        else:
            values = list(re.finditer(r"(?<=: )[^,{}\[\]\n]+|\{[^{}\n]*\}|\[[^\[\]\n]*\]", text))
            value = draw.choice(values)
            text = text[: value.start()] + draw.choice(PIECES) + text[value.end() :]
    return text


READERS: dict[str, tuple[str, Callable[[bytes, Book], tuple[object, list[Fault]]]]] = {
    "runbook": (EXAMPLE_TEXT, lambda data, book: read_runbook(data, "x.yaml", site=book.site)),
    "site": (SITE_FILE, lambda data, book: read_site(data, "x.yaml")),
    "promises": (PROMISES_FILE, lambda data, book: read_promises(data, "x.yaml")),
    "rehearsal": (REHEARSAL_FILE, lambda data, book: read_rehearsal(data, "x.yaml", book=book)),
}


@pytest.mark.parametrize("kind", READERS)
def test_a_mangled_file_is_read_or_told_and_never_raises(kind: str, example: Book) -> None:
    """300 mangled files; whatever fails can be made again from its number."""
    text, reader = READERS[kind]
    for seed in range(300):
        value, faults = reader(mangled(random.Random(seed), text).encode(), example)

        assert faults or value is not None, seed
        assert all(fault.sentence(one) for fault in faults for one in ("zh", "en")), seed
        assert all(fault.place.line > 0 and fault.place.column > 0 for fault in faults), seed


# --- rehearsals


def test_a_rehearsal_is_read_exactly(example: Book) -> None:
    rehearsal, faults = read_rehearsal(REHEARSAL_FILE.encode(), "r.yaml", book=example)

    assert rehearsal is not None and faults == []
    assert rehearsal.reported_at.isoformat() == "2026-11-22T02:10:00+08:00"
    done, sign, answer, override, passing = rehearsal.script
    assert (done.verb, done.target, done.at, done.by) == ("done", "doorway", timedelta(minutes=3), "li")
    assert done.values == (("depth", "2"), ("headcount", "0"), ("circuits", ("QF-1", "QF-2")))
    assert (sign.verb, sign.by) == ("sign", "zhao")
    assert (answer.verb, answer.target, answer.answer) == ("answer", "source", "crac")
    assert (override.verb, override.target, override.answer) == ("override", "source", "pipe")
    assert (passing.verb, passing.at, passing.after) == (None, None, timedelta(days=1))
    assert str(answer.place) == "r.yaml:10:5"
    assert rehearsal.at_end.promises == (("respond", "kept"),)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("depth: 2", "depth: deep", ("bad-number", 8, 53)),
        ("source.crac", "source.crack", ("undefined-answer", 10, 30)),
        ("answer: pipe", "answer: pip", ("undefined-answer", 11, 50)),
        ("never: [close-riser]", "never: [close-risr]", ("undefined-step", 14, 9)),
        ("IC: wang", "IC: wnag", ("undefined-person", 6, 14)),
        ("{pass: 24h}", "{pas: 24h}", ("unknown-key", 12, 6)),
    ],
)
def test_a_rehearsal_names_only_what_is_there(
    before: str, after: str, fault: tuple[str, int, int], example: Book
) -> None:
    text = REHEARSAL_FILE.replace(before, after)

    assert fault in told(read_rehearsal(text.encode(), "r.yaml", book=example)[1])


# --- tags that follow the room

TAGGED = "steps:\n  - {id: a, do: {zh: 关阀, en: Close it}, tag: SAID, check_tag: true}\n"
COLUMN = TAGGED.splitlines()[1].index("SAID") + 1
LINE = HEAD.count("\n") + 2


@pytest.mark.requirement("E14")
@pytest.mark.parametrize(
    ("said", "rule", "hint"),
    [
        ("site.room.ryser", "undefined-value", "site.room.riser"),
        ("site.isolate-wiat", "undefined-value", "site.isolate-wait"),
        ("site.room.agent", "room-lacks-value", "A2"),
        ("site.room.ups", "not-a-tag", "words"),
        ("site.isolate-wait", "not-a-tag", "words"),
    ],
)
def test_a_tag_of_the_site_must_be_there_in_every_room_and_be_words(said: str, rule: str, hint: str) -> None:
    _, faults = read_runbook((HEAD + TAGGED.replace("SAID", said)).encode(), "t.yaml", site=TWO_ROOMS)

    assert told(faults) == [(rule, LINE, COLUMN)]
    assert hint in faults[0].sentence("en")


@pytest.mark.requirement("E14")
@pytest.mark.parametrize("said", ["V-12", "site.room.riser", "SITE.room.x"])
def test_a_tag_is_a_plate_or_the_words_of_a_room(said: str) -> None:
    runbook, faults = read_runbook((HEAD + TAGGED.replace("SAID", said)).encode(), "t.yaml", site=TWO_ROOMS)

    assert faults == [] and runbook is not None
    assert runbook.steps[0].tag == said


def fact(name: str, **value: Any) -> Fact:
    return Fact(name, Text(name, name), **value)


TWO_ROOMS = Site(
    "demo",
    Text("站", "site"),
    "UTC",
    ("zh", "en"),
    (
        Room(
            "A1",
            Text("A1", "A1"),
            facts=(
                fact("riser", words=Text("V-02", "V-02")),
                fact("ups", words=Text("一刻钟", "a quarter")),
                fact("agent", words=Text("七氟丙烷", "HFC")),
            ),
        ),
        Room(
            "A2",
            Text("A2", "A2"),
            facts=(fact("riser", words=Text("无", "none")), fact("ups", length=timedelta(minutes=20))),
        ),
    ),
    parameters=(fact("isolate-wait", length=timedelta(minutes=3)),),
)


# --- schema


def keys_in(made: Any) -> Iterator[str]:
    """Every property a schema speaks of."""
    if isinstance(made, dict):
        yield from made.get("properties", {})
    for part in made.values() if isinstance(made, dict) else made if isinstance(made, list) else ():
        yield from keys_in(part)


TABLES: dict[str, tuple[Record, ...]] = {
    "runbook": (RUNBOOK, STEP),
    "site": (SITE,),
    "promises": (PROMISES,),
    "rehearsal": (REHEARSAL,),
}


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_the_schema_has_every_key_of_its_table_with_its_meaning(kind: str) -> None:
    made = schema(kind)

    for table in TABLES[kind]:
        assert {one.key for one in table.fields} <= set(keys_in(made))
    assert json.loads(json.dumps(made)) == made
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(re.search("[一-鿿]", one["description"]) for one in made["properties"].values())


def fits(value: Any, made: dict[str, Any], root: dict[str, Any]) -> bool:
    """Whether a value has the form a schema asks for: the parts of the standard that ours are made of."""
    if "$ref" in made:
        return fits(value, root["$defs"][made["$ref"].rpartition("/")[2]], root)
    if not all(any(fits(value, one, root) for one in made[word]) for word in ("anyOf",) if word in made):
        return False
    if "oneOf" in made and sum(fits(value, one, root) for one in made["oneOf"]) != 1:
        return False
    if "enum" in made and str(value) not in made["enum"]:
        return False
    if isinstance(value, dict):
        return _table_fits(value, made, root)
    if isinstance(value, list):
        wanted = made.get("type", "array") == "array" and len(value) >= made.get("minItems", 0)
        return wanted and all(fits(one, made.get("items", {}), root) for one in value)
    scalar = made.get("type") not in ("object", "array") and "required" not in made
    return scalar and re.search(made.get("pattern", ""), str(value)) is not None


def _table_fits(value: dict[str, Any], made: dict[str, Any], root: dict[str, Any]) -> bool:
    if made.get("type", "object") != "object" or not set(made.get("required", ())) <= set(value):
        return False
    properties, others = made.get("properties", {}), made.get("additionalProperties", {})
    for key, one in value.items():
        of_key = properties.get(key, others)
        if of_key is False or not fits(one, of_key or {}, root):
            return False
    return True


SHIPPED = sorted((ROOT / "runbooks").rglob("*.yaml")) + sorted(EXAMPLE.glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[f"{one.parent.name}/{one.stem}" for one in SHIPPED])
def test_every_shipped_file_fits_its_schema(path: Path) -> None:
    kind = path.stem if path.stem in KINDS_OF_FILE else "runbook"
    made = scenario_schema() if path.parent.name == "drills" else schema(kind)
    said = yaml.load(path.read_text(), Loader=yaml.BaseLoader)  # every scalar a string

    assert fits(said, made, made)
    assert not fits(said | {"recrd": "x"}, made, made)


def test_every_field_of_a_site_is_described_with_an_example_that_fits() -> None:
    """Who fills in a site sees at every key what is meant, and one thing that may be written."""
    made = schema("site")
    found = list(described(made))

    assert len(found) > 35
    for key, one in found:
        assert re.search("[一-鿿]", one["description"]) and re.search("[a-z]", one["description"]), key
        assert [fits(example, one, made) for example in one["examples"]] == [True], key


def described(made: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a schema with what is said of it, at any depth."""
    todo = [made]
    while todo:
        here = todo.pop()
        for key, one in here.get("properties", {}).items():
            yield key, one
            todo.append(one)
        for word in ("items", "additionalProperties"):
            if isinstance(here.get(word), dict):
                todo.append(here[word])
        todo += here.get("anyOf", [])


def test_a_step_of_the_schema_is_of_just_one_kind() -> None:
    step = schema("runbook")["$defs"]["step"]

    assert step["oneOf"] == [{"required": [kind]} for kind in KINDS]
    assert step["additionalProperties"] is False


def test_the_rules_a_runbook_survives_are_those_that_hide_nothing() -> None:
    assert {rule for rule, one in RULES.items() if one.severity == "advice"} == {"nobody-holds"}
    assert not RULES["undefined-step"].readable and RULES["undefined-role"].readable


def test_every_character_of_a_text_that_no_screen_may_be_shown_is_named_once_at_its_place() -> None:
    text = HEAD_OF_CONTROLS + '  - {id: a, do: {zh: "关\u202e阀\u200b门\u202e", en: "a\\x07b\\x07c\\x1b"}}\n'
    _, faults = read_runbook(text.encode(), "x.yaml")
    found = [
        (one.place.column, dict(one.facts)["found"]) for one in faults if one.rule == "control-character"
    ]

    assert found == [(24, "U+202E"), (26, "U+200B"), (28, "U+202E"), (36, "U+0007"), (36, "U+001B")]


HEAD_OF_CONTROLS = "runbook: x\nrevision: 1\ntitle: {zh: 测, en: t}\nsteps:\n"


def test_a_percent_sign_at_the_start_of_a_line_is_no_tag() -> None:
    _, faults = read_runbook(b"%%% {\n", "x.yaml")

    assert [(one.rule, one.place.line, one.place.column) for one in faults] == [("yaml-quote", 1, 1)]
