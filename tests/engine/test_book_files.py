"""Files and folders of a plan book: where every fault is, and which files belong to it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from engine.book import load_book, read_book, read_file
from engine.errors import BookBroken
from engine.plan import Book, Limit
from engine.text import Text
from tests.engine.written_book import DO, EXAMPLE, HEAD, ROOT, SITE_TEXT, read, told

NOBODY = 65534


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
