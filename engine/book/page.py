"""One file while it is read: the faults found so far, the names it defines, and what it asks for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from engine.book.rules import RULES
from engine.book.tree import HOLE, Node, Scalar, Sequence, Table
from engine.condition import Condition, ConditionFault
from engine.errors import Fault
from engine.plan import Place
from engine.text import LANGUAGES, Text, clean

MOST_FAULTS = 1000
"""How many faults of one file are told; whoever has more has the wrong file."""

_MOST_ALIKE = 3
"""How often it is told of one missing name: whoever left out a role that fifty steps name has made one mistake."""

_MOST_COMPARED = 200_000
"""How many names of one file are compared with words that are none, to find the one that was meant."""

_OF_NAMES = ("undefined-", "condition-name")
"""Which rules those are."""

_LONGEST_WORD = 60
"""How many characters of a wrong word are repeated in the sentence about it."""

Spot = tuple[int, int]
"""Line and column."""

NO_HINT = Text("。", ".")
"""The end of a sentence that could have ended in a hint."""

WORDS = {
    "text": Text("文字", "a text"),
    "word": Text("一个词", "a word"),
    "list": Text("列表", "a list"),
    "table": Text("“键: 值”的表", "a table of keys and values"),
    "word-or-list": Text("一个词或一个列表", "a word or a list of words"),
    "text-or-list": Text("一段文字或一个列表", "a text or a list of texts"),
    "condition": Text("条件", "a condition"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """A name that must exist: `sort` says as what."""

    sort: str
    name: str
    node: Node
    offset: int = 0
    """Where in the text of the node it stands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition that was read, and where."""

    condition: Condition
    node: Scalar
    in_step: bool = True
    """Whether `waited` means something there: since that step opened."""


@dataclass(slots=True)
class Page:
    """What is known of one file while it is read."""

    file: str
    languages: tuple[str, ...] = LANGUAGES
    source: str = ""
    faults: list[Fault] = field(default_factory=list)
    spoiled: bool = False
    """Something could not be understood, so there is no whole value to give."""
    uses: list[Use] = field(default_factory=list)
    conditions: list[Asked] = field(default_factory=list)
    defines: str = ""
    """The id of the runbook in the file, also when the rest could not be understood."""
    _lines: list[str] = field(default_factory=list)
    _compared: int = 0
    _alike: dict[tuple[object, ...], int] = field(default_factory=dict)

    @property
    def full(self) -> bool:
        """Whether no more faults are taken."""
        return len(self.faults) >= MOST_FAULTS

    def fault(self, rule: str, where: Node | Spot, **facts: Any) -> None:
        """Note that `rule` is broken at `where`."""
        known = RULES[rule]
        self.spoiled |= not known.readable
        if self.full or (isinstance(where, Scalar) and where.style == HOLE):
            return
        line, column = where if isinstance(where, tuple) else (where.line, where.column)
        said = tuple((name, _short(fact)) for name, fact in facts.items())
        if rule.startswith(_OF_NAMES):
            told = self._alike[rule, said] = self._alike.get((rule, said), 0) + 1
            if told > _MOST_ALIKE:
                return
        self.faults.append(Fault(rule, Place(self.file, line, column), said, known.severity == "advice"))

    def wrong_type(self, node: Node, wanted: str) -> None:
        """Note that something else than `wanted` (a key of WORDS) stands here."""
        if node.empty:
            self.empty(node)
        else:
            self.fault("wrong-type", node, wanted=WORDS[wanted], found=_kind_of(node))

    def empty(self, node: Node) -> None:
        """Note that nothing stands here; what follows a ``#`` is a comment."""
        before = self.line(node.line)[node.column - 1 :].lstrip()
        commented = isinstance(node, Scalar) and not node.style and before.startswith("#")
        hint = Text(
            "；# 之后的都是注释，文字要加引号。", "; what follows # is a comment: put the text in quotes."
        )
        self.fault("empty-value", node, hint=hint if commented else NO_HINT)

    def condition_fault(self, node: Scalar, fault: ConditionFault) -> None:
        """Note what is wrong in a condition, at its place inside the text."""
        rule = _CONDITION_RULES.get(fault.id, "condition-grammar")
        said = Text(fault.sentence("zh"), fault.sentence("en"))
        self.fault(rule, self.inside(node, fault.offset), said=said)

    def near(self, word: str, known: Iterable[str]) -> Text:
        """``; did you mean 'x'?`` when a known name looks like `word`, else the end of the sentence."""
        meant = self.meant(word, known)
        return NO_HINT if meant is None else _did_you_mean(meant)

    def meant(self, word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
        """The known name that looks most like `word`; None when none does (`alike`: from 0 to 1)."""
        if self.full or self._compared > _MOST_COMPARED:
            return None
        by_lower = {name.lower(): name for name in known}
        self._compared += len(by_lower)
        close = difflib.get_close_matches(word[:_LONGEST_WORD].lower(), by_lower, n=1, cutoff=alike)
        return by_lower[close[0]] if close else None

    def inside(self, node: Scalar, offset: int) -> Spot:
        """The place of a character of a scalar; its start when it was folded or has escapes."""
        if node.style == "|":
            return self._inside_block(node, offset)
        start = node.column - 1 + (1 if node.style in ("'", '"') else 0)
        if node.style not in ("|", ">") and self.line(node.line).startswith(node.text, start):
            return node.line, start + offset + 1
        return node.line, node.column

    def _inside_block(self, node: Scalar, offset: int) -> Spot:
        """The place of a character of a text that stands line by line under its ``|``."""
        before, _, rest = node.text[:offset].rpartition("\n")
        number = node.line + 1 + (before.count("\n") + 1 if node.text[:offset].count("\n") else 0)
        words = (rest + node.text[offset:]).partition("\n")[0]
        indent = self.line(number).find(words)
        return (number, indent + len(rest) + 1) if indent >= 0 else (node.line, node.column)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty outside the file."""
        if not self._lines:
            self._lines = self.source.split("\n")
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def character(self, spot: Spot) -> str:
        """The character at a place; empty behind the end of its line."""
        return self.line(spot[0])[spot[1] - 1 : spot[1]]


_CONDITION_RULES = {
    "condition-single-equals": "single-equals",
    "condition-undeclared": "condition-name",
    "condition-undeclared-near": "condition-name",
    "condition-not-truth": "unlike-compared",
    "condition-incomparable": "unlike-compared",
    "condition-truth-compared": "unlike-compared",
    "condition-sorts": "unlike-compared",
    "condition-no-order": "unlike-compared",
    "condition-units": "units-differ",
    "not-a-duration": "bad-duration",
    "duration-long": "bad-duration",
    "duration-zero": "bad-duration",
}
"""The rule a fault of `engine.condition` belongs to; those not named are faults of its grammar."""


def _did_you_mean(word: str) -> Text:
    shown = clean(word)
    return Text(f"；是不是“{shown}”？", f"; did you mean '{shown}'?")


def _short(fact: Any) -> Any:
    """A fact as it may be shown: cleaned, and not the whole file when a quote was forgotten."""
    if isinstance(fact, list):
        return tuple(fact)
    if not isinstance(fact, str):
        return fact
    shown = clean(fact)
    return shown if len(shown) <= _LONGEST_WORD else shown[:_LONGEST_WORD] + ".."


def _kind_of(node: Node) -> Text:
    if isinstance(node, Table):
        return WORDS["table"]
    return WORDS["list"] if isinstance(node, Sequence) else WORDS["text"]
