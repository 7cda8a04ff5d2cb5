"""What may stand at a place of a plan book: each shape reads a node and describes itself as JSON Schema.

A shape that cannot read its node notes a fault on the page and gives None; nothing here raises.
The tables in `runbook`, `site`, `promises` and `rehearsal` are made of these and of nothing else, so
what is checked, what is said about it, and what an editor completes come from one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from engine.book.page import NO_HINT, Asked, Page, Use
from engine.book.strays import strays
from engine.book.tongues import speaks_other, values_unlike
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import (
    LONGEST_DURATION,
    Condition,
    ConditionFault,
    parse,
    parse_band,
    parse_duration,
    say_duration,
)
from engine.plan import Limit, Takes
from engine.template import NAMES, SITE_VALUE, fault_of
from engine.text import LANGUAGES, LINE_CELLS, Text, clean, wrap

Schema = dict[str, Any]

DURATION = r"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$"
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
SITE_NAME = re.compile(r"site\.(?:room\.)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}|\{\{|\}\}|\{ *site\.[^{}]*\}?|｛[^{}｝]*｝*")
_OF_THE_SITE = frozenset({"site.id", "site.title", "site.room.id", "site.room.title"})
"""What a template may ask of the site beside its parameters and the facts of its rooms."""
_SCALARS = ["string", "number", "boolean"]
"""What an editor takes a plain scalar for; to us every one is text."""


class Shape(Protocol):
    """What may stand at a place."""

    def read(self, node: Node, page: Page) -> Any:
        """The value of `node`; None when there is none, and then the page has a fault more."""

    def schema(self) -> Schema:
        """The same as JSON Schema."""


def word(node: Node, page: Page, wanted: str = "word") -> str | None:
    """The text of a scalar that is not empty."""
    if type(node) is Scalar and not node.empty:
        return node.text
    page.wrong_type(node, wanted)
    return None


# --- words


@dataclass(frozen=True, slots=True)
class Id:
    """A new name: lower case, digits and hyphens, or with `capitals` any letters."""

    capitals: bool = False

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None and not self.fits(said):
            page.fault("bad-id", node, found=said)
            return None
        return said

    def fits(self, said: str) -> bool:
        """Whether it may be a name at all."""
        return (NAME if self.capitals else ID).fullmatch(said) is not None and len(said) <= 60

    def schema(self) -> Schema:
        return {"type": _SCALARS, "pattern": f"^{(NAME if self.capitals else ID).pattern}$"}


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that must exist as a `sort` of thing; looked up when the whole file, or book, is read."""

    sort: str

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None:
            page.uses.append(Use(self.sort, said, node))
        return said

    def schema(self) -> Schema:
        return {"type": _SCALARS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is None or said in self.words:
            return said
        page.fault("not-a-choice", node, found=said, choices=self.words, hint=page.near(said, self.words))
        return None

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag:
    """``true`` or ``false``, and not the many other words that YAML once took for them."""

    def read(self, node: Node, page: Page) -> bool | None:
        said = word(node, page)
        if said in ("true", "false", None):
            return None if said is None else said == "true"
        page.fault("not-true-false", node, found=said)
        return None

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Line:
    """Free words on one line that are the same in every language: a unit, a tag, a phone number."""

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        return None if said is None else free(said, node, page)

    def schema(self) -> Schema:
        return {"type": _SCALARS, "minLength": 1}


@dataclass(frozen=True, slots=True)
class Tag:
    """The plate on a piece of equipment, or ``site.room.NAME``, whose words each room says."""

    def read(self, node: Node, page: Page) -> str | None:
        said = Line().read(node, page)
        if said is not None and said.startswith("site."):
            page.uses.append(Use("site-words", said, node))
        return said

    def schema(self) -> Schema:
        plain = {"type": _SCALARS, "minLength": 1, "not": {"pattern": r"^site\."}}
        return {"anyOf": [plain, {"type": "string", "pattern": f"^{SITE_NAME.pattern}$"}]}


def free(said: str, node: Node, page: Page) -> str:
    """`said`, with every character named that no screen may be shown; one that has no place of its own once."""
    if clean(said, lines=True) == said:
        return said
    assert isinstance(node, Scalar)
    places = ((page.inside(node, offset), f"U+{ord(said[offset]):04X}") for offset in _hidden(said))
    for place, found in dict.fromkeys(places):
        page.fault("control-character", place, found=found)
        if page.full:
            break
    return said


def _hidden(said: str) -> Iterator[int]:
    """Where the characters stand that `clean` replaces."""
    shown, at = clean(said, lines=True), 0
    for offset, char in enumerate(said):
        if shown.startswith(char, at):
            at += 1
            continue
        yield offset
        code = f"<{ord(char):04X}>"
        at += len(code) if shown.startswith(code, at) else char != "\r"


# --- numbers and times


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`; with `plus` written ``+1``."""

    least: int = 0
    most: int = 999_999
    plus: bool = False

    def read(self, node: Node, page: Page) -> int | None:
        said = word(node, page)
        if said is None:
            return None
        if not re.fullmatch(r"\+?[0-9]{1,9}" if self.plus else "[0-9]{1,9}", said):
            page.fault("bad-number", node, found=said)
            return None
        if not self.least <= int(said) <= self.most:
            page.fault("outside-range", node, found=said, least=self.least, most=self.most)
            return None
        return int(said)

    def schema(self) -> Schema:
        kind = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [kind, {"type": "string", "pattern": r"^\+[0-9]+$"}]} if self.plus else kind


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, kept exactly as written."""

    def read(self, node: Node, page: Page) -> Decimal | None:
        said = word(node, page)
        if said is not None and not _NUMBER.fullmatch(said):
            page.fault("bad-number", node, found=said)
            return None
        return None if said is None else Decimal(said)

    def schema(self) -> Schema:
        return {"type": "number"}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, like 90s, 15m, 1h30m or 2d; with `some` it is more than none."""

    some: bool = False

    def read(self, node: Node, page: Page) -> timedelta | None:
        said = word(node, page)
        if said is None:
            return None
        assert isinstance(node, Scalar)
        try:
            length = parse_duration(said)
        except ConditionFault as fault:
            page.condition_fault(node, fault)
            return None
        if self.some and not length:
            page.fault("outside-range", node, found=said, least="1s", most=say_duration(LONGEST_DURATION))
            return None
        return length

    def schema(self) -> Schema:
        return {"type": "string", "pattern": DURATION}


@dataclass(frozen=True, slots=True)
class SiteLimit:
    """A length of time, or ``site.NAME``, whose length the site says; with `some` it is more than none."""

    some: bool = False

    def read(self, node: Node, page: Page) -> Limit | None:
        said = word(node, page)
        if said is not None and said.startswith("site."):
            page.uses.append(Use("site-length", said, node))
            return Limit(timedelta(), said.removeprefix("site."))
        length = None if said is None else Length(self.some).read(node, page)
        return None if length is None else Limit(length)

    def schema(self) -> Schema:
        return {"type": "string", "anyOf": [{"pattern": DURATION}, {"pattern": f"^{SITE_NAME.pattern}$"}]}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or a length of time."""

    def read(self, node: Node, page: Page) -> Decimal | timedelta | None:
        said = word(node, page)
        if said is None or _NUMBER.fullmatch(said):
            return None if said is None else Decimal(said)
        return Length().read(node, page)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": DURATION}]}


@dataclass(frozen=True, slots=True)
class Minutes:
    """PERT minutes: optimistic/likely/pessimistic, like 5/15/40."""

    def read(self, node: Node, page: Page) -> Takes | None:
        said = word(node, page)
        if said is None:
            return None
        parts = said.split("/")
        if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", one) for one in parts):
            page.fault("bad-takes", node, found=said)
            return None
        least, likely, most = map(Decimal, parts)
        if not least <= likely <= most:
            page.fault("bad-takes", node, found=said)
            return None
        return Takes(least, likely, most)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d+(\.\d+)?(/\d+(\.\d+)?){2}$"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date like 2026-11-01."""

    def read(self, node: Node, page: Page) -> date | None:
        said = word(node, page)
        if said is None:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII):
                return date.fromisoformat(said)
        except ValueError:
            pass  # 2026-02-30 has the form of a date and is none; the fault below says so
        page.fault("bad-date", node, found=said)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time with its zone, like 2026-11-22T02:10:00+08:00."""

    def read(self, node: Node, page: Page) -> datetime | None:
        said = word(node, page)
        if said is None:
            return None
        try:
            moment = datetime.fromisoformat(said)
            if moment.tzinfo is not None and said.isascii():
                return moment
        except ValueError:
            pass  # what is no date and what has no zone get the same sentence
        page.fault("bad-time", node, found=said)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-time"}


# --- texts and conditions


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


_LANGUAGES = frozenset(LANGUAGES)

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
