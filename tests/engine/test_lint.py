"""Linting a whole book: one table of rules, every kind of file, advice apart from errors, and SARIF."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from engine.book import RULES as OF_FILES
from engine.errors import Fault
from engine.lint import RULES, lint, sarif
from engine.plan import Place

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
BOOK = ROOT.parent / "runbooks"
DAY = date(2026, 11, 23)


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

    assert list(broken(made, SCHEMA, "$")) == []
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
    ):
        spoilt = json.loads(json.dumps(good))
        spoil(spoilt)
        assert list(broken(spoilt, SCHEMA, "$")) != []
    assert list(broken(good, SCHEMA, "$")) == []


def place_of(made: Any) -> Any:
    return made["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]


# --- a validator of the little of JSON Schema that the kept schema uses

SCHEMA = json.loads((FIXTURES / "sarif" / "sarif-2.1.0-subset.json").read_text("utf-8"))
TYPES = {"object": dict, "array": list, "string": str, "integer": int}
KNOWN = set(
    "$comment $ref type required additionalProperties properties definitions enum items pattern minimum"
    " minItems uniqueItems format".split()
)


def broken(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    """Every place where `value` is not as `schema` says."""
    assert schema.keys() <= KNOWN, schema.keys() - KNOWN
    if "$ref" in schema:
        schema = SCHEMA["definitions"][schema["$ref"].removeprefix("#/definitions/")]
    if "type" in schema and type(value) is not TYPES[schema["type"]]:
        yield f"{path}: no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: {value!r} does not match"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{path}: {value} is too small"
    if isinstance(value, list):
        yield from _in_list(value, schema, path)
    if isinstance(value, dict):
        yield from _in_object(value, schema, path)


def _in_list(value: list[Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    if schema.get("uniqueItems") and len({json.dumps(one, sort_keys=True) for one in value}) < len(value):
        yield f"{path}: listed twice"
    for number, one in enumerate(value):
        yield from broken(one, schema["items"], f"{path}[{number}]")


def _in_object(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    yield from (f"{path}: lacks {name}" for name in schema.get("required", ()) if name not in value)
    for name, one in value.items():
        if name in schema["properties"]:
            yield from broken(one, schema["properties"][name], f"{path}.{name}")
        else:
            yield f"{path}: {name} is unknown"
