"""`muster lint` at any path: a book with its drills, a part of one, rehearsals, one file of any kind."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from engine.lint import RULES
from tests.tui.programs import within

FIXTURES = Path(__file__).parents[1] / "fixtures"
SHIPPED = Path(__file__).parents[2] / "runbooks"
DRILL = Path("book", "drills", "spill-drill.yaml")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A book with one drill, as `book`."""
    shutil.copytree(FIXTURES / "drill", tmp_path / "book")
    return tmp_path


def told(place: Path, *words: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(within(place, "lint", *words, "--format", "json").stdout)
    return found


def rules(place: Path, *words: str | Path) -> list[tuple[str, str]]:
    """Rule and name of file of everything that is told."""
    return [(one["rule"], Path(one["file"]).name) for one in told(place, *words)]


def spoil(place: Path, before: str, after: str) -> int:
    """Change the drill; the line in which it was changed."""
    text = (place / DRILL).read_text("utf-8")
    assert before in text
    (place / DRILL).write_text(text.replace(before, after), "utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_the_drills_of_a_book_are_linted_with_it(place):
    line = spoil(place, "wrong: source.roof", "wrong: source.rof")

    errors = [one for one in told(place, "book") if one["level"] == "error"]

    assert [(one["rule"], one["file"], one["line"]) for one in errors] == [
        ("undefined-moment", str(DRILL), line)
    ]


def test_what_no_drill_covers_is_said_as_soon_as_there_is_a_drill(place):
    covered = [one["en"] for one in told(place, "book") if one["rule"] == "no-drill"]
    alone = [one["en"] for one in told(place, "book/spill.yaml") if one["rule"] == "no-drill"]
    shutil.rmtree(place / "book" / "drills")

    assert covered == alone != []
    assert not any("crac" in one.lower() for one in covered)
    assert "no-drill" not in [rule for rule, _ in rules(place, "book")]


def test_a_drill_is_played_where_it_is_named_and_with_its_book(place):
    line = spoil(place, "step: look, target: 5m, limit: 10m", "step: look, target: 1s, limit: 2s")
    played = [(one["rule"], one["line"]) for one in told(place, DRILL)]

    assert played == [("expectation-unmeetable", line)]
    assert told(place, "book/drills") == told(place, DRILL)
    assert ("expectation-unmeetable", DRILL.name) in rules(place, "book")


def test_rehearsals_are_looked_up_in_the_book_in_use(place):
    names = ("call-119-quick.yaml", "re-energise-second-dry.yaml")
    (place / "walks").mkdir()
    for name in names:
        shutil.copy(SHIPPED.parent / "tests" / "rehearsals" / name, place / "walks")

    assert told(place, "walks", "--book", SHIPPED) == []
    assert rules(place, "walks", "--book", place / "book") != []
    assert told(place, Path("walks", names[0]), "--book", SHIPPED) == []


def test_patrols_alone_are_told_what_their_book_is_told_of_them(place):
    shutil.copytree(SHIPPED, place / "whole")
    daily = place / "whole" / "patrols" / "patrol-daily.yaml"
    daily.write_text(daily.read_text("utf-8").replace("patrol: ", "patrl: "), "utf-8")

    of_patrols = told(place, "whole/patrols", "--no-trials")

    whole = told(place, "whole", "--no-trials")
    assert of_patrols == [one for one in whole if "/patrols/" in one["file"]]
    assert {one["rule"] for one in of_patrols} >= {"unknown-key"}


def test_the_form_of_a_scenario_is_printed_like_any_other(place):
    made = json.loads(within(place, "schema", "scenario").stdout)

    assert "injects" in made["properties"]


def test_a_lot_of_one_kind_of_advice_is_one_line_a_file_and_all_of_it_on_demand(place):
    said = within(place, "lint", SHIPPED, "--no-trials", "--lang", "en").stdout.splitlines()
    each = within(place, "lint", SHIPPED, "--no-trials", "--lang", "en", "--all").stdout.splitlines()

    [many] = [line for line in said if line.endswith("[parameter-default]")]
    count = sum(line.endswith("[parameter-default]") for line in each)
    assert f" {count} parameters still have their default: " in many
    assert said[-1] == each[-1]
    assert len(each) - 1 == len(told(place, SHIPPED, "--no-trials"))


@pytest.mark.parametrize(("said", "near"), [("tab", "yaml-tab"), ("cycel", "cycle")])
def test_a_rule_that_is_none_names_those_near_it_and_how_to_list_all(said, near, tmp_path):
    told = within(tmp_path, "lint", "--explain", said, "--lang", "en")

    assert told.returncode == 1
    assert near in told.stderr and "--explain all" in told.stderr


@pytest.mark.parametrize("said", ["zzz", "", "yaml", "undefined"])
def test_no_more_than_five_rules_are_named_beside_one_that_is_none(said, tmp_path):
    sentences = [within(tmp_path, "lint", "--explain", said, "--lang", one).stderr for one in ("zh", "en")]

    words = [re.findall(r"[a-z]+(?:-[a-z]+)*", one) for one in sentences]
    assert max(len([one for one in found if one in RULES]) for found in words) <= 5
    assert all("--explain all" in one for one in sentences)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_listed_on_a_line_of_its_own(language, tmp_path):
    listed = within(tmp_path, "lint", "--explain", "all", "--lang", language)

    assert listed.returncode == 0
    assert [line.split(": ")[0] for line in listed.stdout.splitlines()] == sorted(RULES)
