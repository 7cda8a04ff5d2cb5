"""lint, show, schema: the verbs about the plan."""

from __future__ import annotations

import difflib
import json
from datetime import date
from pathlib import Path

from engine.book import KINDS_OF_FILE
from engine.book import schema as schema_of
from engine.errors import Fault, Refused
from engine.graph import bound
from engine.lint import RULES, in_order, sarif
from engine.lint import lint as lint_of
from engine.text import clean_json
from tui import __version__, machine
from tui.locale import say
from tui.verbs.playable import opening_from, read_whole_book
from tui.verbs.trying import Trials, book_of, drills_alone, scenarios_in

SCENARIO = "scenario"
"""The kind of file that a drill is written in."""

FORMS = ("text", "map", "proof", "mermaid", "dot", "json")


def lint(
    paths: list[str],
    explain: str | None,
    form: str,
    day: str | None,
    lang: str | None,
    book_named: str | None,
    trials: bool = True,
) -> int:
    """Every fault of every file, with its place, and all advice; exit code 1 when there is an error.

    Drills are read and, with `trials`, played.
    """
    language = machine.language(lang)
    if explain is not None:
        return _explain(explain, language)
    if form not in PRINTED:
        raise Refused("no-such-form", form=form, forms=tuple(PRINTED))
    judged_by = _day(day)
    faults: list[Fault] = []
    for target in [Path(one) for one in paths] or [machine.book_folder(book_named)]:
        if not target.exists():
            raise Refused("no-such-file", path=str(target))
        faults += _linted(target, judged_by, language, trials)
    PRINTED[form](faults, language)
    return 1 if any(not one.advice for one in faults) else 0


def _linted(target: Path, day: date, language: str, plays: bool) -> list[Fault]:
    """A book with its drills, one of its files, one drill, or the folder of the drills."""
    alone = drills_alone(target)
    if alone:
        trials = Trials(book_of(alone[0]), plays, language)
        trials.look(alone)
        return in_order(trials.faults)
    trials = Trials(target, plays, language)
    drills = scenarios_in(target) if target.is_dir() else []
    if drills:
        trials.look(drills)
    return in_order([*lint_of(target, day, trials.drilled()), *trials.faults])


def _day(said: str | None) -> date:
    """The day that was given; today where none was."""
    try:
        return date.today() if said is None else date.fromisoformat(said)  # noqa: DTZ011  # a day of this place
    except ValueError:
        raise Refused("bad-date", found=said) from None


def _as_text(faults: list[Fault], language: str) -> None:
    for one in faults:
        print(f"{one.place}: {one.sentence(language)} [{one.rule}]")
    errors = sum(not one.advice for one in faults)
    summary = "lint-clean" if not faults else "lint-count"
    print(say(summary, language, errors=errors, advice=len(faults) - errors))


def _as_json(faults: list[Fault], language: str) -> None:
    print(clean_json(json.dumps([_fault_json(one) for one in faults], ensure_ascii=False, indent=1)))


def _as_sarif(faults: list[Fault], language: str) -> None:
    found = sarif(faults, RULES, __version__, language)
    print(clean_json(json.dumps(found, ensure_ascii=False, indent=1)))


PRINTED = {"text": _as_text, "json": _as_json, "sarif": _as_sarif}
"""How `lint --format` prints what was found."""


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
    print(f"{name}: {rule.title.of(language)}\n\n{rule.explanation.of(language)}\n")
    for sign, example in (("-", rule.wrong), ("+", rule.right)):
        print("\n".join(f"  {sign} {line}" for line in example.splitlines()))
    return 0


def show(runbook: str, form: str, room: str | None, book_named: str | None, lang: str | None) -> int:
    """A runbook as text, map, proof, Mermaid, DOT or JSON."""
    if form not in FORMS:
        raise Refused("no-such-form", form=form, forms=FORMS)
    whole = read_whole_book(book_named)
    language = machine.language(lang, whole.book.site.languages[0])
    graph = bound(opening_from(whole, runbook).graphs[runbook], room)
    from engine import drawings

    drawn = {
        "text": lambda: drawings.as_text(graph, language),
        "map": lambda: drawings.as_map(graph, language),
        "proof": lambda: drawings.as_proof(graph, language),
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
