"""Linting a whole book: one table of rules, every kind of file, advice apart from errors, and SARIF."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from engine.book import RULES as OF_FILES
from engine.errors import Fault
from engine.lint import RULES, lint, sarif
from engine.plan import Place
from tests.json_schema import broken

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
BOOK = ROOT.parent / "runbooks"
DAY = date(2026, 11, 23)
SCHEMA = json.loads((FIXTURES / "sarif" / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
"""The schema that was published with the standard, whole and unchanged."""


def rules_of(target: Path, day: date = DAY) -> set[str]:
    return {fault.rule for fault in lint(target, day)}


# --- the table


def test_there_is_one_table_of_rules_and_every_rule_of_a_file_is_in_it() -> None:
    assert OF_FILES.items() <= RULES.items()
    assert all(name == rule.id for name, rule in RULES.items())


def test_what_is_found_is_advice_just_where_its_rule_says_so() -> None:
    found = [
        fault for folder in FIXTURES.glob("lint/*") for one in folder.iterdir() for fault in lint(one, DAY)
    ]

    assert found
    assert all(fault.advice == (RULES[fault.rule].severity == "advice") for fault in found)


# --- books


def test_the_shipped_book_has_no_error() -> None:
    assert [str(fault.place) + fault.rule for fault in lint(BOOK, DAY) if not fault.advice] == []


def test_the_example_of_the_language_has_no_error_on_any_road() -> None:
    leak = FIXTURES / "example" / "leak.yaml"

    assert [fault for fault in lint(leak, DAY) if not fault.advice] == []


def test_a_file_of_a_book_is_told_what_the_book_is_told_of_it() -> None:
    whole = lint(FIXTURES / "kinds", DAY)

    for path in (FIXTURES / "kinds").glob("*.yaml"):
        assert lint(path, DAY) == [fault for fault in whole if fault.place.file == str(path)]


def test_the_review_date_is_judged_by_the_day_that_is_given(tmp_path: Path) -> None:
    plan = "runbook: a\nrevision: 1\nreview_by: 2027-01-31\ntitle: {zh: 甲, en: A}\n"
    (tmp_path / "a.yaml").write_text(plan + "steps:\n  - {id: a, do: {zh: 看, en: Look}}\n", "utf-8")

    assert "review-passed" not in rules_of(tmp_path, date(2027, 1, 31))
    assert "review-passed" in rules_of(tmp_path, date(2027, 2, 1))


def test_a_rehearsal_is_linted_like_any_other_file(tmp_path: Path) -> None:
    path = tmp_path / "walk.yaml"
    path.write_text("rehearsal: walk\nrunbook: nothing\nscript: []\n", "utf-8")

    assert {fault.rule for fault in lint(path, DAY)} >= {"undefined-runbook"}


# --- SARIF


def test_what_lint_finds_is_sarif() -> None:
    faults = lint(BOOK, DAY) + lint(FIXTURES / "lint" / "cycle" / "fail.yaml", DAY)
    made = json.loads(json.dumps(sarif(faults, RULES, "0.1.0", "zh")))
    [run] = made["runs"]

    assert list(broken(made, SCHEMA)) == []
    assert len(run["results"]) == len(faults)
    assert {result["level"] for result in run["results"]} == {"error", "note"}
    assert all(
        run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        for result in run["results"]
    )


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("runbooks/leak.yaml", "runbooks/leak.yaml"),
        ("/srv/plan book/leak.yaml", "file:///srv/plan%20book/leak.yaml"),
        ("漏水.yaml", "%E6%BC%8F%E6%B0%B4.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
    ],
)
def test_a_path_is_a_uri_that_leads_back_to_it(file: str, uri: str) -> None:
    made = sarif([Fault("cycle", Place(file, 3, 1), (("ring", "a"),))], RULES, "0", "en")
    location = made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]

    assert location["artifactLocation"]["uri"] == uri
    assert unquote(urlsplit(uri).path) == file


def test_the_validator_sees_what_is_wrong() -> None:
    good = sarif([Fault("cycle", Place("a.yaml", 3, 1), (("ring", "a"),))], RULES, "0", "en")

    for spoil in (
        lambda one: one.update(version="2.0.0"),
        lambda one: one["runs"][0].pop("tool"),
        lambda one: one["runs"][0]["results"][0].update(level="bad"),
        lambda one: one["runs"][0]["results"][0].update(rule="cycle"),
        lambda one: one["runs"][0]["results"][0]["message"].pop("text"),
        lambda one: place_of(one).update(startLine=0),
        lambda one: place_of(one).update(startColumn="1"),
        lambda one: one["runs"][0].update(language="1"),
        lambda one: one["runs"][0]["results"][0]["locations"][0]["physicalLocation"].pop("artifactLocation"),
        lambda one: one.update({"$schema": "no address"}),
    ):
        spoilt = json.loads(json.dumps(good))
        spoil(spoilt)
        assert list(broken(spoilt, SCHEMA)) != []
    assert list(broken(good, SCHEMA)) == []


def place_of(made: Any) -> Any:
    return made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
