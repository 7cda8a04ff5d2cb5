"""lint, show, schema: the verbs about the plan."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

from engine.book import KINDS_OF_FILE, RULES, read_book, read_file
from engine.book import schema as schema_of
from engine.errors import Fault, Refused
from engine.graph import bound, compile_graph
from engine.plan import Book
from engine.text import clean_json
from tui import machine
from tui.locale import say
from tui.verbs.playable import opening_from, read_whole_book

FORMS = ("text", "map", "mermaid", "dot", "json")


def lint(
    paths: list[str], explain: str | None, as_json: bool, lang: str | None, book_named: str | None
) -> int:
    """Every fault of every file, with its place; exit code 1 when there is an error."""
    language = machine.language(lang)
    if explain is not None:
        return _explain(explain, language)
    targets = [Path(one) for one in paths] or [machine.book_folder(book_named)]
    faults: list[Fault] = []
    for target in targets:
        faults += faults_of(target)
    if as_json:
        print(clean_json(json.dumps([_fault_json(one) for one in faults], ensure_ascii=False, indent=1)))
    else:
        for one in faults:
            print(f"{one.place}: {one.sentence(language)} [{one.rule}]")
        errors = sum(not one.advice for one in faults)
        summary = "lint-clean" if not faults else "lint-count"
        print(say(summary, language, errors=errors, advice=len(faults) - errors))
    return 1 if any(not one.advice for one in faults) else 0


def faults_of(target: Path) -> list[Fault]:
    """The faults of a book or of one file: what the reader finds, then what the proof finds."""
    if not target.exists():
        raise Refused("no-such-file", path=str(target))
    book, faults = read_book(target) if target.is_dir() else read_file(target)
    if book is not None:
        faults = [*faults, *proof_faults(book)]
    return sorted(faults, key=lambda one: (one.place.file, one.place.line, one.place.column))


def proof_faults(book: Book) -> list[Fault]:
    """What is unsound in the graphs of a book."""
    found: list[Fault] = []
    for runbook in book.runbooks:
        found += compile_graph(runbook, book.site, book.promises)[1]
    return found


def _fault_json(fault: Fault) -> dict[str, object]:
    return {
        "rule": fault.rule,
        "file": fault.place.file,
        "line": fault.place.line,
        "column": fault.place.column,
        "level": "advice" if fault.advice else "error",
        "zh": fault.sentence("zh"),
        "en": fault.sentence("en"),
    }


def _explain(name: str, language: str) -> int:
    rule = RULES.get(name)
    if rule is None:
        near = difflib.get_close_matches(name, RULES, 3) or sorted(RULES)
        raise Refused("no-such-rule", rule=name, near=tuple(near))
    print(f"{name}: {rule.title.of(language)}\n\n{rule.explanation.of(language)}")
    return 0


def show(runbook: str, form: str, room: str | None, book_named: str | None, lang: str | None) -> int:
    """A runbook as text, map, Mermaid, DOT or JSON."""
    if form not in FORMS:
        raise Refused("no-such-form", form=form, forms=FORMS)
    whole = read_whole_book(book_named)
    language = machine.language(lang, whole.book.site.languages[0])
    graph = bound(opening_from(whole, runbook).graphs[runbook], room)
    from engine import drawings

    drawn = {
        "text": lambda: drawings.as_text(graph, language),
        "map": lambda: drawings.as_map(graph, language),
        "mermaid": lambda: drawings.as_mermaid(graph, language),
        "dot": lambda: drawings.as_dot(graph, language),
        "json": lambda: drawings.as_json(graph),
    }[form]()
    print(drawn.rstrip("\n"))
    return 0


def schema(kind: str, lang: str | None) -> int:
    """The JSON Schema of one kind of file."""
    if kind not in KINDS_OF_FILE:
        raise Refused("no-such-form", form=kind, forms=tuple(KINDS_OF_FILE))
    print(clean_json(json.dumps(schema_of(kind), ensure_ascii=False, indent=1)))
    return 0
