"""The JSON Schema of every document says what the reader takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from drill.book.shapes import scenario_schema
from engine.book import KINDS_OF_FILE, RULES, read_runbook, schema
from engine.book.promises import PROMISES
from engine.book.rehearsal import REHEARSAL
from engine.book.runbook import RUNBOOK
from engine.book.site_fields import SITE
from engine.book.step_keys import STEP
from engine.book.tables import Record
from engine.plan import KINDS
from tests.engine.written_book import EXAMPLE, ROOT


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
    assert {rule for rule, one in RULES.items() if one.severity == "advice"} == {
        "languages-differ",
        "nobody-holds",
        "wrong-language",
    }
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
