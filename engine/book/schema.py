"""The JSON Schema of each kind of file, from the tables that read it."""

from __future__ import annotations

from engine.book.promises import promises_schema
from engine.book.rehearsal import rehearsal_schema
from engine.book.runbook import runbook_schema
from engine.book.saying import TEXT_SCHEMA
from engine.book.shapes import Schema
from engine.book.site import site_schema

_SCHEMAS = {
    "runbook": runbook_schema,
    "site": site_schema,
    "promises": promises_schema,
    "rehearsal": rehearsal_schema,
}
KINDS_OF_FILE = tuple(_SCHEMAS)


def schema(kind: str) -> Schema:
    """JSON Schema (draft 2020-12) of a kind of file; KeyError when there is no such kind."""
    return published(kind, _SCHEMAS[kind]())


def published(kind: str, made: Schema) -> Schema:
    """The schema of a kind of file with what stands around it, as it is printed for editors."""
    shared = {"text": TEXT_SCHEMA} | made.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Muster {kind}",
        **made,
        "$defs": shared,
    }
