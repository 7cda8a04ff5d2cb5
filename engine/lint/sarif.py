"""Faults as SARIF 2.1.0, the form in which code hosts and editors take the findings of a linter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from engine.book import Rule
from engine.errors import Fault

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(faults: Iterable[Fault], rules: Mapping[str, Rule], version: str, language: str) -> dict[str, Any]:
    """One run of `muster lint`: every rule that was broken is described, every fault is a result."""
    told = list(faults)
    used = [rules[name] for name in dict.fromkeys(fault.rule for fault in told)]
    index = {rule.id: number for number, rule in enumerate(used)}
    driver = {"name": "muster", "version": version, "rules": [_rule(rule, language) for rule in used]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "language": {"zh": "zh-CN"}.get(language, language),
        "results": [_result(fault, index[fault.rule], language) for fault in told],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _level(advice: bool) -> str:
    return "note" if advice else "error"


def _rule(rule: Rule, language: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.of(language)},
        "fullDescription": {"text": rule.explanation.of(language)},
        "help": {"text": f"{rule.explanation.of(language)}\n\n- {rule.wrong}\n\n+ {rule.right}"},
        "defaultConfiguration": {"level": _level(rule.severity == "advice")},
    }


def _result(fault: Fault, rule_index: int, language: str) -> dict[str, Any]:
    place = fault.place
    region = {"startLine": max(place.line, 1), "startColumn": max(place.column, 1)}
    location = {"artifactLocation": {"uri": _uri(place.file)}, "region": region}
    return {
        "ruleId": fault.rule,
        "ruleIndex": rule_index,
        "level": _level(fault.advice),
        "message": {"text": fault.sentence(language)},
        "locations": [{"physicalLocation": location}],
    }


def _uri(file: str) -> str:
    """A path as a URI reference: a relative one stays so, and no colon in it is taken for a scheme."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
