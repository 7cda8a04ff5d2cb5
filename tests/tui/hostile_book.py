"""The book of every kind of step with the hostile corpus in every text it can hold, found by walking the schema.

Whatever field is added to the documents later is in the schema, so it is fed here without anybody's care.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from tests.hostile import HOSTILE
from tests.tui.programs import within
from tests.tui.table import KINDS

TEXT = {"$ref": "#/$defs/text"}
WORDS = {"name", "phone", "address"}
"""Fields that hold words without a translation; others of their sort are names of things."""

Place = tuple[str, ...]
"""Where a field stands in a schema: names of fields, * for each of a list or a table."""


def corpus() -> list[str]:
    """Every hostile string that a file can hold."""
    tricks = [text for text in HOSTILE.values() if text.strip() and len(text) < 200]
    return [text for text in tricks if not any(0xD800 <= ord(sign) < 0xE000 for sign in text)]


def schema_of(kind: str, folder: Path) -> dict[str, Any]:
    """The schema as `muster schema` prints it."""
    schema: dict[str, Any] = json.loads(within(folder, "schema", kind).stdout)
    return schema


def text_places(schema: Mapping[str, Any], root: Mapping[str, Any], at: Place = ()) -> Iterator[Place]:
    """Every place where a document may hold a text."""
    if schema.get("$ref") == TEXT["$ref"]:
        yield at
    elif "$ref" in schema:
        yield from text_places(root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from text_places(one, root, at)
    for name, one in schema.get("properties", {}).items():
        yield from text_places(one, root, (*at, name))
    for below in ("items", "additionalProperties"):
        if isinstance(schema.get(below), dict):
            yield from text_places(schema[below], root, (*at, "*"))


class Filler:
    """Puts hostile strings into a document; each place begins with another one."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.filled: set[Place] = set()
        self._root = schema
        self._turn = count()
        self._tricks = corpus()

    def fill(self, value: Any) -> Any:
        return self._fill(value, [self._root], ())

    def _fill(self, value: Any, schemas: list[Mapping[str, Any]], at: Place) -> Any:
        known = [one for schema in schemas for one in self._alternatives(schema)]
        if any(one.get("$ref") == TEXT["$ref"] for one in known) and _is_text(value):
            self.filled.add(at)
            return _each(value, self._next())
        if isinstance(value, dict):
            return {name: self._field(known, name, one, at) for name, one in value.items()}
        if isinstance(value, list):
            items = [one["items"] for one in known if isinstance(one.get("items"), dict)]
            return [self._fill(one, items, (*at, "*")) for one in value]
        return f"{value}{self._next()}" if at and at[-1] in WORDS else value

    def _field(self, known: list[Mapping[str, Any]], name: str, value: Any, at: Place) -> Any:
        return self._fill(value, _below(known, name), (*at, _step(known, name)))

    def _alternatives(self, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        yield schema
        if "$ref" in schema and schema["$ref"] != TEXT["$ref"]:
            yield from self._alternatives(self._root["$defs"][schema["$ref"].rpartition("/")[2]])
        for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from self._alternatives(one)

    def _next(self) -> str:
        """A few of the corpus in a row, others each time."""
        first = next(self._turn) * 3
        return "".join(self._tricks[(first + number) % len(self._tricks)] for number in range(3))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, dict) and set(value) <= {"zh", "en"})


def _each(value: Any, trick: str) -> Any:
    if isinstance(value, dict):
        return {language: f"{text}{trick}" for language, text in value.items()}
    return f"{value}{trick}"


def _below(known: list[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    found = [one["properties"][name] for one in known if name in one.get("properties", {})]
    if found:
        return found
    return [one["additionalProperties"] for one in known if isinstance(one.get("additionalProperties"), dict)]


def _step(known: list[Mapping[str, Any]], name: str) -> str:
    return name if any(name in one.get("properties", {}) for one in known) else "*"


def plain(place: Place) -> Place:
    """The same field whether it holds one text or a list of them, in the plan or in its restoration."""
    while place and place[-1] == "*":
        place = place[:-1]
    return ("steps", *place[1:]) if place[:1] == ("restore",) else place


SAMPLE = {"zh": "样", "en": "sample"}

ADDED: dict[str, dict[str, Any]] = {
    "site": {"stop_conditions": [SAMPLE]},
    "promises": {"messages": {"trial": SAMPLE}},
}
"""What the book of every kind of step does without."""


def _completed(name: str, document: dict[str, Any]) -> dict[str, Any]:
    more = document | ADDED.get(name, {})
    for room in more.get("rooms", {}).values():
        room.setdefault("place", SAMPLE)
    return more


def hostile_book(folder: Path) -> dict[str, set[Place]]:
    """Write the book into `folder`; what was filled, by the kind of document."""
    folder.mkdir()
    filled: dict[str, set[Place]] = {}
    for file in sorted(KINDS.glob("*.yaml")):
        kind = file.stem if file.stem in ("site", "promises") else "runbook"
        filler = Filler(schema_of(kind, folder))
        document = filler.fill(_completed(file.stem, yaml.load(file.read_bytes(), Loader=yaml.BaseLoader)))
        (folder / file.name).write_text(_written(document), "utf-8")
        filled.setdefault(kind, set()).update(filler.filled)
    return filled


def _written(document: Any) -> str:
    return yaml.dump(document, Dumper=_Plain, allow_unicode=False, sort_keys=False, width=10_000)


class _Plain(yaml.SafeDumper):
    """Writes every string in quotes only where it must: numbers were read as text, and stay what they were."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    plain = all(sign.isprintable() and sign.isascii() for sign in text) and not set(text) & set(
        "#:{}[]&*!|>'\"%@`,"
    )
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')


_Plain.add_representer(str, _represent)
