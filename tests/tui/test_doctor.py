"""The doctor on machines that were made ill: what it names, its words, and that looking changes nothing."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import termios
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from string import Formatter

import pytest

from tests.tui.illnesses import ILLNESSES, Illness
from tests.tui.machines import DOOR, ROOT, Examined, Machine, called, like, opened
from tui.locale import WORDS
from tui.verbs.doctor import doctor

# --- machines


def program(one: Machine) -> tuple[int, str]:
    """The program that is installed, on a terminal when the machine has one."""
    return _piped(one) if one.columns is None else _on_a_terminal(one)


def _piped(one: Machine) -> tuple[int, str]:
    told = subprocess.run(
        one.call("--json"),
        env=one.environment(),
        cwd=one.folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.stderr == ""
    return told.returncode, told.stdout


def _on_a_terminal(one: Machine) -> tuple[int, str]:
    ours, theirs = pty.openpty()
    columns, rows = one.columns or (80, 24)
    termios.tcsetwinsize(theirs, (rows, columns))
    with subprocess.Popen(
        one.call("--json"), env=one.environment(), cwd=one.folder, stdout=theirs
    ) as program:
        os.close(theirs)
        told = b""
        with suppress(OSError):  # the end of a terminal is an error of input
            while more := os.read(ours, 4096):
                told += more
    os.close(ours)
    return program.returncode, told.decode("utf-8")


# --- illnesses: what is done to a healthy machine, what the doctor calls it, and a word of the remedy


@pytest.fixture(scope="module")
def examined(healthy, tmp_path_factory) -> dict[str, Examined]:
    """Every ill machine, and the healthy one, each examined once; some at the same time."""
    ward = tmp_path_factory.mktemp("ward")

    def examine(number: int, one: Illness) -> Examined:
        patient = like(healthy, ward / f"bed {number}")
        with patient.held:
            one.inflict(patient)
            return patient.examine(program if one.real else called)

    with ThreadPoolExecutor(3) as pool:
        # The last one waits for seconds, so it goes first. In this process one goes after the other.
        cases = list(enumerate(ILLNESSES))
        real = {one.name: pool.submit(examine, number, one) for number, one in reversed(cases) if one.real}
        well = pool.submit(healthy.examine, program)
        found = {name: waits.result() for name, waits in real.items()} | {"": well.result()}
    return found | {one.name: examine(number, one) for number, one in cases if not one.real}


# --- what it says of them


def test_a_healthy_machine_is_well(examined):
    found = examined[""]
    levels = {check: one["level"] for check, one in found.lines.items()}
    # What the machine that runs this test may lack: space, a disk of its own, somebody who keeps its clock.
    ours = {check: level for check, level in levels.items() if check not in ("space", "disk", "clock")}
    assert set(ours.values()) == {"ok"}
    assert {
        "python",
        "sqlite",
        "store",
        "content",
        "pages",
        "key",
        "anchor",
        "journal",
        "lock",
        "zone",
    } <= set(ours)
    assert found.code == (2 if "warning" in levels.values() else 0)


@pytest.mark.parametrize("case", ILLNESSES, ids=lambda case: case.name)
def test_each_illness_is_named_with_its_remedy(examined, case):
    found, well = examined[case.name], examined[""]
    line = found.lines[case.check]

    assert line["level"] == case.level
    assert case.remedy in line["remedy"]["en"]
    assert line["remedy"]["zh"] not in ("", line["remedy"]["en"])
    assert found.code == {"ill": 1, "warning": 2, "advice": well.code}[case.level]


@pytest.mark.parametrize("case", ILLNESSES, ids=lambda case: case.name)
def test_nothing_else_is_called_ill(examined, case):
    well = examined[""].lines
    worse = {
        check
        for check, one in examined[case.name].lines.items()
        if one["level"] in ("warning", "ill") and one["level"] != well.get(check, {"level": "ok"})["level"]
    }
    assert worse - {case.check, *case.along} == set()


def test_looking_creates_and_changes_nothing(examined):
    assert [name for name, found in examined.items() if not found.unchanged] == []


def test_the_holder_of_the_writer_lock_is_named(examined):
    said = examined["another program holds the writer lock"].lines["lock"]["found"]["en"]
    assert f"(process {os.getpid()}, " in said


def test_the_first_error_of_a_book_is_named_with_its_place(examined):
    said = examined["the plan book has an error"].lines["book"]["remedy"]["en"]
    assert f"door.yaml:{DOOR.count(chr(10)) + 1}:1: " in said


def test_the_fingerprint_can_be_read_back_by_telephone(healthy, examined):
    said = examined[""].lines["key"]["found"]["en"]
    with opened(healthy) as store:
        found = re.search("fingerprint ((?:[0-9a-f]{4} ?){8})$", said)
        assert found is not None and found[1].replace(" ", "") == store.journal


# --- remedies that are commands


def commands_in(remedy: str, verb: str) -> str:
    """The command of a remedy, from its verb to the end of its words."""
    words = remedy[remedy.index(verb) :]
    return re.split("[;,] | first", words)[0].rstrip(".")


def test_the_remedies_make_the_machine_well_again(healthy, tmp_path):
    one = like(healthy, tmp_path / "it's ill")
    one.key.chmod(0o644)
    there = one.folder / "no such folder"
    one.words = ["--store", str(there / "muster.db"), "--book", str(one.book)]
    shut = one.examine().lines["store"]["remedy"]["en"]
    one.words = None
    key = one.examine().lines["key"]["remedy"]["en"]

    for command in (commands_in(shut, "mkdir"), commands_in(key, "chmod")):
        subprocess.run(command, shell=True, check=True)

    assert there.is_dir()
    assert one.examine().lines["key"]["level"] == "ok"


@pytest.mark.parametrize(("language", "well"), [("en", "All is well."), ("zh", "一切正常。")])
def test_where_nobody_has_a_pin_not_all_is_well_and_the_commands_stand_there(
    healthy, tmp_path, language, well, capsys
):
    """Two names cannot be signed on one device; the command of everybody who may have to sign can be copied."""
    one = like(healthy, tmp_path / "one")
    one.sql("DELETE FROM people")

    doctor(str(one.store), str(one.book), as_json=False, lang=language)

    *lines, summary = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith("-") and "people pin wang" in line] != []
    assert summary != well


# --- its words


def test_every_line_has_a_mark_and_the_last_one_sums_up(healthy, tmp_path):
    one = like(healthy, tmp_path / "one")
    one.key.chmod(0o644)
    said = {one_of: called(one, as_json=False, lang=one_of)[1].splitlines() for one_of in ("zh", "en")}

    *chinese, chinese_sum = said["zh"]
    *english, english_sum = said["en"]
    assert [line for line in chinese if not re.match("[-+!x] (正常|建议|注意|故障)  ", line)] == []
    assert [line for line in english if not re.match("[-+!x] (ok|advice|WARNING|ILL) +", line)] == []
    assert sum("chmod 600" in line for line in chinese) == sum("chmod 600" in line for line in english) == 1
    assert chinese_sum.startswith("1 处故障")
    assert english_sum.startswith("Ill: 1;")


def test_on_a_poor_terminal_its_json_is_still_json(healthy, tmp_path):
    one = like(healthy, tmp_path / "\U00020000 料")
    one.env = {"PYTHONIOENCODING": "ascii"}
    found = one.examine(program)
    assert str(one.store) in found.lines["store"]["found"]["zh"]


def words_used() -> dict[str, set[str]]:
    """The words of the lines, by how they are made, as the source has them."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "tui/checkup").glob("*.py"))
    source += (ROOT / "tui/verbs/doctor.py").read_text("utf-8")
    made = re.findall(r'\b(well|advice|warning|ill|told)\(\s*"[a-z-]+",\s*"([a-z-]+)"', source)
    assert len(made) > 40
    return {
        how: {word for one, word in made if one == how}
        for how in ("well", "advice", "warning", "ill", "told")
    }


def test_every_finding_that_is_not_well_has_its_remedy():
    used = words_used()
    wanted = set().union(*(used[how] for how in ("advice", "warning", "ill")))
    assert {word for word in wanted if f"doctor-{word}" not in WORDS or f"mend-{word}" not in WORDS} == set()
    assert {word for word in used["well"] | used["told"] if f"doctor-{word}" not in WORDS} == set()


def test_both_languages_fill_in_the_same_facts():
    def facts(template: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(template) if name}

    ours = {name: word for name, word in WORDS.items() if name.startswith(("doctor-", "mend-"))}
    assert {name for name, word in ours.items() if facts(word.zh) != facts(word.en)} == set()


def test_every_remedy_is_a_sentence():
    remedies = {name: word for name, word in WORDS.items() if name.startswith("mend-")}
    unfinished = {
        name
        for name, word in remedies.items()
        if not word.zh.endswith(("。", "{first}")) or not word.en.endswith((".", "{first}"))
    }
    assert unfinished == set()
