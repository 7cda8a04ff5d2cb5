"""What holds several values: lists, tables with names of their author's choice, and records.

A record is a table of fields; every other key in it is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.book.page import Page
from engine.book.saying import Said
from engine.book.shapes import Schema, Shape
from engine.book.strays import strays
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.text import Text

# --- many


@dataclass(frozen=True, slots=True)
class Many:
    """A list. With `one` a single item may stand alone; with `once` no item may come twice."""

    item: Shape
    one: bool = False
    once: bool = True
    may_be_empty: bool = False

    @property
    def _wanted(self) -> str:
        if not self.one:
            return "list"
        return "text-or-list" if isinstance(self.item, Said) else "word-or-list"

    def read(self, node: Node, page: Page) -> tuple[Any, ...] | None:
        if type(node) is not Sequence:
            if self.one and not node.empty:
                value = self.item.read(node, page)
                return None if value is None else (value,)
            page.wrong_type(node, self._wanted)
            return None
        if not node.items and not self.may_be_empty:
            page.empty(node)
            return None
        if self.once and len(node.items) > 1:
            _refuse_twice(node, page)
        read = self.item.read
        return tuple([value for item in node.items if (value := read(item, page)) is not None])

    def schema(self) -> Schema:
        listed: Schema = {"type": "array", "items": self.item.schema()}
        if not self.may_be_empty:
            listed["minItems"] = 1
        return {"anyOf": [self.item.schema(), listed]} if self.one else listed


def _refuse_twice(node: Sequence, page: Page) -> None:
    seen: set[str] = set()
    for item in node.items:
        if type(item) is Scalar:
            if item.text in seen:
                page.fault("listed-twice", item, found=item.text)
            seen.add(item.text)


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys are names that its author chooses, in the order written."""

    key: Shape
    value: Shape
    may_be_empty: bool = False

    def read(self, node: Node, page: Page) -> dict[str, Any] | None:
        if type(node) is not Table:
            page.wrong_type(node, "table")
            return None
        if not node.entries and not self.may_be_empty:
            page.empty(node)
            return None
        read: dict[str, Any] = {}
        for key, value in node.entries.values():
            name = self.key.read(key, page)
            said = self.value.read(value, page)
            if name is not None and said is not None:
                read[name] = said
        return read

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.value.schema()}


@dataclass(frozen=True, slots=True)
class ByForm:
    """One shape for a word, another for a table: ``else: step`` or ``else: {back_to, at_most}``."""

    scalar: Shape
    table: Shape

    def read(self, node: Node, page: Page) -> Any:
        return (self.table if type(node) is Table else self.scalar).read(node, page)

    def schema(self) -> Schema:
        return {"anyOf": [self.scalar.schema(), self.table.schema()]}


@dataclass(frozen=True, slots=True)
class ByKey:
    """A table is a `record` when it has one of the record's own keys, else a text."""

    record: Record
    text: Shape

    def read(self, node: Node, page: Page) -> Any:
        own = type(node) is Table and not self.record.by_key.keys().isdisjoint(node.entries)
        return (self.record if own else self.text).read(node, page)

    def schema(self) -> Schema:
        return {"anyOf": [self.text.schema(), self.record.schema()]}


# --- records


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: what may stand there, what it means, and what it becomes."""

    key: str
    shape: Shape
    doc: Text
    required: bool = False
    needs: str = ""
    """The key without which this one says nothing."""
    kinds: frozenset[str] = frozenset()
    """The kinds of step that may have it; empty: every one."""
    to: str = ""
    """The attribute of the plan value that takes it over unchanged."""
    example: Any = None
    """What somebody might write there, as an editor shows it."""


class Record:
    """A table with the keys of `fields`; every other key is a fault."""

    def __init__(self, *fields: Field, one_of: tuple[str, ...] = (), some_of: tuple[str, ...] = ()) -> None:
        self.fields = fields
        self.by_key = {one.key: one for one in fields}
        self.one_of = one_of
        """Exactly one of these keys must stand there."""
        self.some_of = some_of
        """At least one of these."""
        self._readers = {one.key: one.shape.read for one in fields}
        self._required = tuple(one.key for one in fields if one.required)
        self._needs = tuple((one.key, one.needs) for one in fields if one.needs)

    def read(self, node: Node, page: Page) -> dict[str, Any] | None:
        """What could be read, by key; None when it is no table at all."""
        if type(node) is not Table or not node.entries:
            page.wrong_type(node, "table")
            return None
        read: dict[str, Any] = {}
        readers = self._readers
        if not node.entries.keys() <= readers.keys():
            strays(node, readers.keys(), page)
        for key, (_, value) in node.entries.items():
            reader = readers.get(key)
            if reader is not None:
                said = reader(value, page)
                if said is not None:
                    read[key] = said
        self._check_company(node, page)
        return read

    def _check_company(self, node: Table, page: Page) -> None:
        entries = node.entries
        for key in self._required:
            if key not in entries:
                page.fault("missing-key", node, key=key)
        for key, needed in self._needs:
            if key in entries and needed not in entries:
                page.fault("key-alone", entries[key][0], key=key, needed=needed)
        if self.one_of:
            exactly_one(node, self.one_of, page)
        if self.some_of and not any(key in entries for key in self.some_of):
            page.fault("none-of-them", node, keys=self.some_of)

    def schema(self) -> Schema:
        made: Schema = {
            "type": "object",
            "properties": {one.key: describe(one) for one in self.fields},
            "additionalProperties": False,
        }
        if self._required:
            made["required"] = list(self._required)
        if self._needs:
            made["dependentRequired"] = {key: [needed] for key, needed in self._needs}
        if self.one_of:
            made["oneOf"] = [{"required": [key]} for key in self.one_of]
        if self.some_of:
            made["anyOf"] = [{"required": [key]} for key in self.some_of]
        return made


def describe(field: Field) -> Schema:
    """The schema of one key, with what it means in both languages."""
    shown: Schema = {} if field.example is None else {"examples": [field.example]}
    return {"description": f"{field.doc.en} / {field.doc.zh}"} | shown | field.shape.schema()


def exactly_one(node: Table, keys: Iterable[str], page: Page) -> None:
    """Note a fault unless just one of `keys` stands in the table: at the table, or at the second."""
    said = [node.entries[key][0] for key in node.entries if key in set(keys)]
    if len(said) != 1:
        page.fault("exactly-one", said[1] if said else node, keys=tuple(keys))
