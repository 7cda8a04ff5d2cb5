"""A careless edit in a file of the book is refused, and at the line where it was made or where its name is missed.

The edits are drawn by a fixed seed from every place of the book where they can be made. What an edit makes unsafe,
and not unsound, is the matter of the theorems and their mutants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random

import pytest

from engine.book import read_runbook
from engine.errors import Fault
from engine.graph import compile_graph, road_faults
from tests.content import book

HAZARDS = ("leak", "outage", "network", "lightning", "fire", "customer-fault", "re-energise", "gas-re-entry")
DRAWN = 4
"""Edits of each kind."""


@dataclass(frozen=True)
class Edit:
    """Lines of a file written anew, and the lines at one of which the first error must stand; counted from 0."""

    plan: str
    lines: dict[int, str]
    told_at: frozenset[int]
    rule: str


@dataclass(frozen=True)
class Block:
    """A step in its file."""

    id: str
    start: int
    lines: tuple[str, ...]

    def at(self, key: str) -> int | None:
        """The line of a key of it."""
        found = (self.start + n for n, line in enumerate(self.lines) if re.match(rf"(    |  - ){key}:", line))
        return next(found, None)

    def value(self, key: str) -> str | None:
        at = self.at(key)
        return None if at is None else self.lines[at - self.start].partition(":")[2].strip()

    @property
    def all_lines(self) -> frozenset[int]:
        return frozenset(range(self.start, self.start + len(self.lines)))


@cache
def lines_of(plan: str) -> tuple[str, ...]:
    return tuple((book.BOOK / f"{plan}.yaml").read_text("utf-8").split("\n"))


@cache
def blocks_of(plan: str) -> tuple[Block, ...]:
    lines = lines_of(plan)
    starts = [at for at, line in enumerate(lines) if line.startswith("  - id: ")]
    ends = [at for at, line in enumerate(lines) if at in starts or re.match(r"[a-z]|$|  # ", line)]
    return tuple(
        Block(lines[at].split()[2], at, lines[at : min(end for end in (*ends, len(lines)) if end > at)])
        for at in starts
    )


def named_in(plan: str, name: str, keys: str = ".*") -> frozenset[int]:
    """The lines that name something, but for that of its declaration."""
    asked = re.compile(rf"^ +(?:{keys}): .*(?<![\w.-]){re.escape(name)}(?![\w-])")
    return frozenset(at for at, line in enumerate(lines_of(plan)) if asked.match(line) and "id: " not in line)


# --- edits


def _step_renamed() -> Iterator[Edit]:
    for plan in HAZARDS:
        for one in blocks_of(plan):
            if missed := named_in(plan, one.id, "after|missed|refused|else"):
                yield Edit(plan, {one.start: f"  - id: {one.id}-anew"}, missed, "undefined-step")


def _step_dropped() -> Iterator[Edit]:
    for plan in HAZARDS:
        for one in blocks_of(plan):
            if missed := named_in(plan, one.id, "after") - one.all_lines:
                yield Edit(plan, dict.fromkeys(one.all_lines, "  # gone"), missed, "undefined-step")


def _id_twice() -> Iterator[Edit]:
    for plan in HAZARDS:
        first, *rest = blocks_of(plan)
        for one in rest:
            yield Edit(plan, {one.start: f"  - id: {first.id}"}, frozenset({one.start}), "double-id")


def _line_edited(key: str, old: str, new: str, rule: str) -> Iterator[Edit]:
    for plan in HAZARDS:
        for one in blocks_of(plan):
            at = one.at(key)
            line = "" if at is None else lines_of(plan)[at]
            made = re.sub(old, new, line, count=1)
            if at is not None and made != line:
                yield Edit(plan, {at: made}, frozenset({at}), rule)


def _signature_dropped() -> Iterator[Edit]:
    safe = {
        (plan, one.start) for plan in HAZARDS for one in blocks_of(plan) if one.value("class") == "safety"
    }
    for edit in _line_edited("sign", r"\[(\w+), \w+\]", r"[\1]", "few-signers"):
        block = next(one for one in blocks_of(edit.plan) if edit.told_at <= one.all_lines)
        if (edit.plan, block.start) in safe:
            yield Edit(edit.plan, edit.lines, block.all_lines, edit.rule)


def _safety_put_off() -> Iterator[Edit]:
    for plan in HAZARDS:
        for one in blocks_of(plan):
            at = one.at("takes")
            if at is not None and one.value("class") == "safety":
                yield Edit(
                    plan, {at: f"    defer: {blocks_of(plan)[-1].id}"}, frozenset({at}), "safety-defer"
                )


def _lane_without_a_start() -> Iterator[Edit]:
    for plan in HAZARDS:
        seen: set[str | None] = {None}
        for one in blocks_of(plan):
            lane, at = one.value("lane"), one.at("after")
            if lane not in seen and at is not None:
                yield Edit(plan, {at: "    # gone"}, one.all_lines, "lane-start")
            seen.add(lane)


def _order_turned() -> Iterator[Edit]:
    """A step that comes after the one that comes after it."""
    for plan in HAZARDS:
        known = blocks_of(plan)
        for one, following in pairwise(known):
            at = one.at("after")
            follows = following.at("after") is None and one.value("lane") == following.value("lane")
            if at is not None and follows and not named_in(plan, following.id, "missed|refused|else|expect"):
                lines = one.all_lines | following.all_lines
                yield Edit(plan, {at: f"    after: {following.id}"}, lines, "cycle")


def _readings(plan: str) -> Iterator[tuple[int, str, str]]:
    lines = lines_of(plan)
    for at in range(lines.index("readings:") + 1, len(lines)):
        if not (found := re.match(r"  ([a-z][a-z0-9-]*): \{label", lines[at])):
            if re.match("[a-z]", lines[at]):
                return
            continue
        yield at, found[1], lines[at]


def _reading_dropped() -> Iterator[Edit]:
    for plan in HAZARDS:
        for at, name, _ in _readings(plan):
            if missed := named_in(plan, name, "record"):
                yield Edit(plan, {at: "  # gone"}, missed, "undefined-reading")


def _unit_dropped() -> Iterator[Edit]:
    for plan in HAZARDS:
        for at, _, line in _readings(plan):
            if (made := re.sub(r", unit: [^,}]+", "", line)) != line:
                yield Edit(plan, {at: made}, frozenset({at}), "number-without-unit")


EDITS: dict[str, Callable[[], Iterator[Edit]]] = {
    "a step renamed": _step_renamed,
    "a step dropped": _step_dropped,
    "an id twice": _id_twice,
    "an answer misspelt": lambda: _line_edited(
        "after", r"(after: [a-z0-9-]+\.[a-z0-9-]+)$", r"\1x", "undefined-answer"
    ),
    "a role misspelt": lambda: _line_edited("role", r"(role: [A-Z]+)$", r"\1X", "undefined-role"),
    "a key misspelt": lambda: _line_edited("takes", "takes", "taks", "unknown-key"),
    "a language dropped": lambda: _line_edited("do", r"\{zh: [^,{}]*, en", "{en", "missing-language"),
    "one sign of equality": lambda: _line_edited("expect", r" [<>]= ", " = ", "single-equals"),
    "a signature dropped": _signature_dropped,
    "a safety step put off": _safety_put_off,
    "a lane without a start": _lane_without_a_start,
    "the order turned": _order_turned,
    "a reading dropped": _reading_dropped,
    "a unit dropped": _unit_dropped,
}


def errors_of(edit: Edit) -> list[Fault]:
    """What is wrong in the edited file: in itself, else in its graph, else on its roads."""
    text = "\n".join(edit.lines.get(at, line) for at, line in enumerate(lines_of(edit.plan)))
    known = book.read()
    plan, faults = read_runbook(text.encode(), f"{edit.plan}.yaml", site=known.site)
    errors = [one for one in faults if not one.advice]
    if errors or plan is None:
        return errors
    graph, unsound = compile_graph(plan, known.site, known.promises)
    return unsound or ([] if graph is None else road_faults(graph))


@pytest.mark.parametrize("kind", EDITS)
def test_a_careless_edit_is_refused_at_its_line(kind: str) -> None:
    places = list(EDITS[kind]())
    drawn = Random(kind).sample(places, DRAWN)
    for edit in drawn:
        errors = errors_of(edit)
        at = {one.place.line - 1 for one in errors if one.rule == edit.rule}
        assert at & edit.told_at, (edit, [f"{one.place} {one.rule}" for one in errors])
