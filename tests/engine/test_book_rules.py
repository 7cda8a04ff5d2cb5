"""Every rule of a plan book: one file that breaks just this rule at an exact place, and a near miss.

The files lie in tests/fixtures/lint/RULE: `fail.yaml` (or a folder `fail`) says in its first line
what is expected where, `pass.yaml` (or a folder `pass`) is as close to it as a correct plan can be.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from drill.book.reading import read_scenario
from engine.book import read_book
from engine.errors import Fault
from engine.lint import RULES, lint
from engine.sentences import SENTENCES

ROOT = Path(__file__).parents[1] / "fixtures" / "lint"
BOOK_OF_DRILLS = read_book(ROOT.parent / "drill")[0]
"""The book whose plan the scenarios among the fixtures drill."""

GOOD = (ROOT.parent / "example" / "fire.yaml").read_bytes()


DAY = date(2026, 11, 23)
DRILLED = {"fail": ["source.yes"], "pass": ["source.yes", "source.maybe"]}
"""What is drilled of the plans of `no-drill`."""


def faults_of(path: Path, rule: str) -> list[Fault]:
    """Every error of a file, or of a folder as a book, and what `rule` advises."""
    if path.is_file() and b"\nscenario:" in path.read_bytes():
        return read_scenario(path.read_bytes(), str(path), book=BOOK_OF_DRILLS)[1]
    drilled = DRILLED if rule == "no-drill" else None
    return [one for one in lint(path, DAY, drilled) if not one.advice or one.rule == rule]


def told(path: Path, rule: str) -> list[tuple[str, int, int]]:
    return [(fault.rule, fault.place.line, fault.place.column) for fault in faults_of(path, rule)]


def the(rule: str, name: str) -> Path:
    """The file or folder of that name beside the rule."""
    path = ROOT / rule / f"{name}.yaml"
    return path if path.exists() else ROOT / rule / name


def expected(path: Path) -> list[tuple[str, int, int]]:
    """What the first line of a failing file announces."""
    files = [path] if path.is_file() else sorted(path.iterdir())
    for file in files:
        found = re.match(rb"# expect: ([a-z-]+) (\d+):(\d+)\n", file.read_bytes())
        if found:
            return [(found[1].decode(), int(found[2]), int(found[3]))]
    raise AssertionError(f"{path} announces nothing")


# What cannot lie in the tree is made when it is needed: the failing path, and one that passes.
MADE: dict[str, Callable[[Path], tuple[Path, Path]]] = {}


def made(rule: str) -> Callable[[Callable[[Path], tuple[Path, Path]]], None]:
    return lambda make: MADE.__setitem__(rule, make)


@made("file-too-large")
def too_large(folder: Path) -> tuple[Path, Path]:
    (folder / "fail.yaml").write_bytes(GOOD + b"#" * 10_000_000)
    (folder / "pass.yaml").write_bytes(GOOD + b"#" * (2_000_000 - len(GOOD)))
    return folder / "fail.yaml", folder / "pass.yaml"


@made("file-unreadable")
def unreadable(folder: Path) -> tuple[Path, Path]:
    (folder / "pass.yaml").write_bytes(GOOD)
    return folder / "gone.yaml", folder / "pass.yaml"


FIXTURES = sorted(path.name for path in ROOT.iterdir())


PLAYED = {"expectation-unmeetable", "idle-not-failed"}
"""Rules of scenarios that only show when they are played: `tests/drill/test_trial.py`."""


BUILT = {"unreachable"}
"""What no file can say, because every way into a step that it names is a way: see `tests/engine/test_graph.py`."""


def test_every_rule_has_a_failing_file_and_a_near_miss() -> None:
    assert sorted([*FIXTURES, *MADE, *PLAYED, *BUILT]) == sorted(RULES)


SOURCE = ROOT.parents[2]
TELLS = ("engine/book", "engine/graph", "engine/lint", "drill/book", "drill/trial.py")
"""Who tells what is wrong in a file."""

NO_FAULT = {"not-applicable"}
"""A place of a step, and a sentence only elsewhere."""


def test_whatever_is_told_of_a_file_is_a_rule_and_every_rule_is_told() -> None:
    """By the source; what a condition complains of is told under a rule by whoever reads the file."""
    inside = names_in(SOURCE / "engine/condition")
    told = {name for place in TELLS for name in names_in(SOURCE / place)} - inside - NO_FAULT

    assert told == RULES.keys()


def names_in(place: Path) -> set[str]:
    """Every name of a sentence in a source, or in a folder of sources but for the table itself."""
    assert place.exists(), place
    files = [place] if place.is_file() else [one for one in place.rglob("*.py") if "rules" not in one.parts]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_bytes())))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and node.value in SENTENCES}


@pytest.mark.parametrize("rule", FIXTURES)
def test_the_failing_file_breaks_just_this_rule_at_just_this_place(rule: str) -> None:
    path = the(rule, "fail")

    assert expected(path)[0][0] == rule
    assert told(path, rule) == expected(path)


@pytest.mark.parametrize("rule", FIXTURES)
def test_the_near_miss_passes(rule: str) -> None:
    assert told(the(rule, "pass"), rule) == []


@pytest.mark.parametrize("rule", sorted(MADE))
def test_a_rule_about_the_file_itself_is_broken_at_its_beginning(rule: str, tmp_path: Path) -> None:
    fail, near_miss = MADE[rule](tmp_path)

    assert told(fail, rule) == [(rule, 1, 1)]
    assert told(near_miss, rule) == []


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_explained_in_both_languages_with_an_example(rule: str) -> None:
    one = RULES[rule]

    assert one.id == rule
    assert all((one.title.zh, one.title.en, one.explanation.zh, one.explanation.en, one.wrong, one.right))
    assert rule in SENTENCES
    assert one.severity in ("error", "advice")


@pytest.mark.parametrize("rule", FIXTURES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sentence_of_every_rule_is_whole(rule: str, language: str) -> None:
    sentence = faults_of(the(rule, "fail"), rule)[0].sentence(language)

    assert re.search(r"[。？]$" if language == "zh" else r"[.?]$", sentence), sentence
    assert "Text(" not in sentence and "\n" not in sentence
