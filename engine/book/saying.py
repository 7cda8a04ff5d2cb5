"""Texts in every language of the book, messages and conditions: words that are looked into where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.book.page import NO_HINT, Asked, Page, Use
from engine.book.shapes import SITE_NAME, Schema, free, word
from engine.book.strays import strays
from engine.book.tongues import speaks_other, values_unlike
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import Condition, ConditionFault, parse, parse_band
from engine.template import NAMES, SITE_VALUE, fault_of
from engine.text import LANGUAGES, LINE_CELLS, Text, wrap

_LANGUAGES = frozenset(LANGUAGES)
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}|\{\{|\}\}|\{ *site\.[^{}]*\}?|｛[^{}｝]*｝*")
_OF_THE_SITE = frozenset({"site.id", "site.title", "site.room.id", "site.room.title"})
"""What a template may ask of the site beside its parameters and the facts of its rooms."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text in every language of the book; `lines` is how many lines of a screen it may take."""

    lines: int = 0
    rule: str = "text-too-long"
    template: bool = False
    """A message, filled by Jinja when it is sent."""

    def read(self, node: Node, page: Page) -> Text | None:
        if type(node) is Table:
            return self._each(node, page)
        if type(node) is Sequence or node.empty:
            page.wrong_type(node, "text")
            return None
        if len(page.languages) > 1:
            page.fault("missing-language", node, languages=page.languages)
        said = self._one(node, page)
        return None if said is None else Text(said, said)

    def _each(self, node: Table, page: Page) -> Text | None:
        said: dict[str, str] = {}
        entries = node.entries
        in_pieces, told = False, len(page.faults)
        if len(entries) > len(LANGUAGES) or not entries.keys() <= _LANGUAGES:
            in_pieces = strays(node, LANGUAGES, page)
        for language in LANGUAGES:
            entry = entries.get(language)
            one = None if entry is None else self._one(entry[1], page)
            if one is not None:
                said[language] = one
        missing = [language for language in page.languages if language not in entries]
        if missing and not in_pieces:
            page.fault("missing-language", node, languages=missing)
        if not said:
            return None
        if len(page.faults) == told:
            _compare(said, node, page)
        first = next(iter(said.values()))
        return Text(said.get("zh", first), said.get("en", first))

    def _one(self, node: Node, page: Page) -> str | None:
        said = word(node, page, "text")
        if said is None:
            return None
        free(said, node, page)
        if self.template:
            _template(said, node, page)
        elif "{" in said or "}}" in said or "｛" in said:
            _placeholders(said, node, page)
        if self.lines and not _surely_fits(said, self.lines):
            lines = len(wrap(said.strip(), LINE_CELLS))
            if lines > self.lines:
                page.fault(self.rule, node, lines=lines, most=self.lines, cells=LINE_CELLS)
        return said.strip()

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


def _compare(said: dict[str, str], node: Table, page: Page) -> None:
    """Note a text under the wrong language, and values that only one language has."""
    for language, one in said.items():
        if speaks_other(one, language):
            page.fault("wrong-language", node.entries[language][1], language=language)
            return
    unlike = values_unlike(said["zh"], said["en"]) if len(said) > 1 else None
    if unlike is not None:
        page.fault("languages-differ", node, zh=unlike[0], en=unlike[1])


TEXT_SCHEMA: Schema = {
    "description": "A text in every language of the book. / 每种语言各一句。",
    "anyOf": [
        {"type": "string", "minLength": 1},
        {
            "type": "object",
            "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
            "additionalProperties": False,
            "minProperties": 1,
        },
    ],
}


def _surely_fits(said: str, lines: int) -> bool:
    """Two lines that follow each other hold more than one line's cells, so a short text needs no wrapping."""
    return len(said) <= LINE_CELLS * (lines // 2) // 2 and "\n" not in said


def _template(said: str, node: Node, page: Page) -> None:
    """Note what is wrong with a message whatever its values are; else what it asks of the site."""
    assert isinstance(node, Scalar)
    fault = fault_of(said) if "{" in said else None
    if fault is not None:
        hint = page.near(fault.near, NAMES) if fault.near else NO_HINT
        page.fault("bad-template", page.inside(node, fault.offset), why=fault.why, hint=hint)
        return
    page.uses.append(Use("template", said, node))
    for match in SITE_VALUE.finditer(said):
        name = f"site.{match[1]}"
        if name not in _OF_THE_SITE:
            page.uses.append(Use("site-value", name, node, match.start(1) - len("site.")))


def _placeholders(said: str, node: Node, page: Page) -> None:
    """Note what the ``{{ site.NAME }}`` of a text ask for."""
    assert isinstance(node, Scalar)
    for match in _PLACEHOLDER.finditer(said):
        if page.full:
            return
        inner = (match.group(1) or "").strip()
        if SITE_NAME.fullmatch(inner):
            page.uses.append(Use("site-value", inner, node, match.start(1) + match.group(1).find("site.")))
        else:
            page.fault("bad-placeholder", page.inside(node, match.start()), found=match.group())


@dataclass(frozen=True, slots=True)
class Asks:
    """A condition; its names are looked up when the whole file is read."""

    in_step: bool = True

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page, "condition")
        if said is None:
            return None
        assert isinstance(node, Scalar)
        try:
            _ask(parse(said), node, page, in_step=self.in_step)
        except ConditionFault as fault:
            page.condition_fault(node, fault)
            return None
        return said

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1}


def read_band(said: str, reading: str, node: Node, page: Page) -> bool:
    """Check a limit like ``> 27`` of `reading`; whether it can be read."""
    assert isinstance(node, Scalar)
    try:
        _ask(parse_band(said, reading), node, page, in_step=False)
    except ConditionFault as fault:
        page.condition_fault(node, fault)
        return False
    return True


def _ask(condition: Condition, node: Scalar, page: Page, *, in_step: bool) -> None:
    """Note a condition whose names are to be looked up; the site answers for its own."""
    page.conditions.append(Asked(condition, node, in_step))
    for name, offset in condition.names:
        if name.startswith("site."):
            page.uses.append(Use("site-value", name, node, offset))
