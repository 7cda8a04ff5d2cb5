"""show, schema: the verbs that print a plan, and the form of one."""

from __future__ import annotations

import json

from drill.book.shapes import scenario_schema
from engine.book import KINDS_OF_FILE
from engine.book import schema as schema_of
from engine.errors import Refused
from engine.graph import bound
from engine.text import clean_json
from tui import machine
from tui.verbs.playable import opening_from, read_whole_book

FORMS = ("text", "paper", "map", "proof", "mermaid", "dot", "json")


def show(runbook: str, form: str, room: str | None, book_named: str | None, lang: str | None) -> int:
    """A runbook as text, on paper (HTML), as map, proof, Mermaid, DOT or JSON."""
    if form not in FORMS:
        raise Refused("no-such-form", form=form, forms=FORMS)
    whole = read_whole_book(book_named)
    language = machine.language(lang, whole.book.site.languages[0])
    plan = opening_from(whole, runbook).graphs[runbook]
    graph = bound(plan, room)
    from engine import drawings
    from engine.report.paper import as_paper

    drawn = {
        "text": lambda: drawings.as_text(graph, language, room=room),
        "paper": lambda: as_paper(graph, plan.digest, room, language),
        "map": lambda: drawings.as_map(graph, language),
        "proof": lambda: drawings.as_proof(graph, language),
        "mermaid": lambda: drawings.as_mermaid(graph, language),
        "dot": lambda: drawings.as_dot(graph, language),
        "json": lambda: drawings.as_json(graph),
    }[form]()
    print(drawn.rstrip("\n"))
    return 0


SCENARIO = "scenario"
"""The kind of file that a drill is written in; it is read by another room than the others."""


def schema(kind: str, lang: str | None) -> int:
    """The JSON Schema of one kind of file."""
    kinds = (*KINDS_OF_FILE, SCENARIO)
    if kind not in kinds:
        raise Refused("no-such-form", form=kind, forms=kinds)
    made = scenario_schema() if kind == SCENARIO else schema_of(kind)
    print(clean_json(json.dumps(made, ensure_ascii=False, indent=1)))
    return 0
