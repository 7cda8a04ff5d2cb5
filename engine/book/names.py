"""The names of one runbook: each defined once, and every use of one answered."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from engine.book.page import Page
from engine.book.saying import Asks
from engine.book.shapes import ID
from engine.book.steps import Draft
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import ConditionFault, Sort, check_sorts
from engine.plan import FINDING, NO_OTHER_WAY, Fact, Reading, Site
from engine.text import Text

RESERVED = frozenset({"all", "waited", "reported", "and", "or", "not", "no", "site", FINDING, NO_OTHER_WAY})
"""Words that mean something themselves in `after`, `defer` or a condition."""

_KINDS: dict[str, Sort] = {
    "text": Sort("text"),
    "yes-no": Sort("truth"),
    "time": Sort("time"),
    "list": Sort("list"),
}
_TRUTH = Sort("truth")
_DURATION = Sort("duration")


@dataclass(slots=True)
class Names:
    """Every name a runbook defines. Those that were defined with faults are here too, without a value."""

    roles: Mapping[str, Text]
    steps: dict[str, Draft | None] = field(default_factory=dict)
    watches: set[str] = field(default_factory=set)
    readings: dict[str, Reading | None] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    def of(self, sort: str) -> Collection[str]:
        """The names that may stand where a `sort` is asked for."""
        if sort in ("role", "contact-role"):
            return self.roles.keys()
        if sort in ("reading", "list-reading"):
            return self.readings.keys()
        if sort == "step-or-mark":
            return {*self.steps, *self.marks, "reported"}
        if sort == "step-or-role":
            return {*self.steps, *self.roles}
        return self.steps.keys()


# --- defining


def define(root: Table, drafts: list[Draft], roles: Mapping[str, Text], page: Page) -> Names:
    """Collect every name of the file, and note those that come twice or mean something already."""
    names = Names(roles)
    seen: dict[str, tuple[str, Node]] = {}
    for name, sort, node in sorted(_definitions(root), key=lambda one: (one[2].line, one[2].column)):
        first = seen.setdefault(name, (sort, node))
        if name in RESERVED or name.startswith("since-") or name.endswith("-rise"):
            page.fault("reserved-name", node, found=name)
        elif first[1] is not node and not sort == first[0] == "mark":
            page.fault("double-id", node, found=name, line=first[1].line)
        _enter(names, name, sort)
        _enter(names, _NO_ID.sub("", name.lower()), sort)
    names.steps.update({draft.id: draft for draft in drafts})
    return names


_NO_ID = re.compile("[^a-z0-9-]")
"""What no name may have: one with it is told where it is defined, and who uses it without is not blamed."""


def _enter(names: Names, name: str, sort: str) -> None:
    if sort == "step":
        names.steps.setdefault(name, None)
    elif sort == "reading":
        names.readings.setdefault(name, None)
    else:
        (names.watches if sort == "watch" else names.marks).add(name)


def _definitions(root: Table) -> Iterator[tuple[str, str, Node]]:
    for key, sort in (("steps", "step"), ("restore", "step"), ("watch", "watch")):
        rows = root.get(key)
        for row in rows.items if isinstance(rows, Sequence) else ():
            if not isinstance(row, Table):
                continue
            yield from ((one.text, sort, one) for one in _scalars(row.get("id")))
            if sort == "step":
                yield from ((one.text, "mark", one) for one in _scalars(row.get("marks")))
    readings = root.get("readings")
    if isinstance(readings, Table):
        yield from ((name, "reading", key) for name, (key, _) in readings.entries.items())


def _scalars(node: Node | None) -> list[Scalar]:
    nodes = node.items if isinstance(node, Sequence) else [node]
    return [one for one in nodes if isinstance(one, Scalar) and not one.empty]


# --- using

_RULES = {
    "role": "undefined-role",
    "contact-role": "undefined-role",
    "reading": "undefined-reading",
    "list-reading": "undefined-reading",
}


def check_uses(names: Names, page: Page) -> None:
    """Note every use of a name that this file should define and does not."""
    known_as: dict[str, Collection[str]] = {}
    for use in page.uses:
        if use.sort in ELSEWHERE or (use.sort == "defer" and use.name == "no"):
            continue
        known = known_as.get(use.sort)
        if known is None:
            known = known_as[use.sort] = names.of(use.sort)
        if use.name not in known:
            rule = _RULES.get(use.sort, "undefined-step")
            page.fault(rule, use.node, found=use.name, hint=page.near(use.name, known))
        elif use.sort == "list-reading":
            reading = names.readings[use.name]
            if reading is not None and reading.kind != "list":
                page.fault("each-not-list", use.node, found=use.name)


ELSEWHERE = frozenset({"group", "runbook", "message", "template", "site-length", "site-value", "site-words"})
"""Sorts of names that other files define."""


def settle_until(draft: Draft, names: Names, page: Page) -> None:
    """What `until` means: of a wait a condition, of a repeated step a step, a mark or a condition."""
    if "until" not in draft.said or draft.kind not in ("wait", "do", "tell"):
        return
    node = draft.value("until")
    assert isinstance(node, Scalar)
    if draft.kind != "wait" and node.text in names.steps:
        draft.until_is = "step"
    elif draft.kind != "wait" and node.text in names.marks:
        draft.until_is = "mark"
    elif draft.kind != "wait" and ID.fullmatch(node.text) and not _is_value(node.text, names):
        hint = page.near(node.text, chain(names.steps, names.marks, names.readings))
        page.fault("undefined-mark", node, found=node.text, hint=hint)
    elif Asks().read(node, page) is None:
        # Whoever looks at the plan takes what stands there for a condition that can be read.
        del draft.said["until"]
        page.spoiled = True
    else:
        draft.until_is = "condition"


def _is_value(name: str, names: Names) -> bool:
    return name in names.readings or name in RESERVED


# --- conditions


def check_conditions(names: Names, site: Site | None, page: Page) -> None:
    """Note every condition with a name that is not declared, or that does not fit where it stands.

    Conditions on a reading that was declared with a fault are left alone, and so are those on a value
    the site has not (that is told where the site is known).
    """
    in_step = declared(names) | ({} if site is None else site_sorts(site))
    outside = {name: sort for name, sort in in_step.items() if name != "waited"}
    unclear = {name for name, reading in names.readings.items() if reading is None or _lacks_unit(reading)}
    unclear |= {name for name, draft in names.steps.items() if draft is not None and draft.unanswered}
    verdicts: dict[tuple[object, ...], ConditionFault | None] = {}
    for asked in page.conditions:
        asks_for = [name for name, _ in asked.condition.names]
        lacking = any(name.startswith("site.") and name not in in_step for name in asks_for)
        if lacking or not unclear.isdisjoint(name.partition(".")[0] for name in asks_for):
            continue
        # The same words get the same verdict: a long plan says the same often.
        key = asked.in_step, asked.condition.text, *asks_for[:1]
        if key not in verdicts:
            known = in_step if asked.in_step else outside
            verdicts[key] = check_sorts(asked.condition, known.get, known)
        fault = verdicts[key]
        if fault is not None:
            page.condition_fault(asked.node, fault)


def _lacks_unit(reading: Reading) -> bool:
    """Whether its declaration was told already: every comparison of it would be told once more."""
    return reading.kind == "number" and reading.unit is None


def declared(names: Names) -> dict[str, Sort]:
    """Every name a condition of this runbook may ask for, with what it stands for."""
    known = {"waited": _DURATION, "since-reported": _DURATION, "reported": _TRUTH}
    for name, reading in names.readings.items():
        if reading is not None:
            known[name] = _KINDS.get(reading.kind) or Sort("number", reading.unit)
            if reading.rise is not None:
                known[f"{name}-rise"] = known[name]
    for mark in names.marks:
        known |= {mark: _TRUTH, f"since-{mark}": _DURATION}
    for name, draft in names.steps.items():
        for answer in draft.answers if draft is not None else ():
            known[f"{name}.{answer.id}"] = _TRUTH
    return known


def site_sorts(site: Site) -> dict[str, Sort]:
    """Every site value a condition may ask for."""
    facts = [(f"site.{fact.id}", fact) for fact in site.parameters]
    facts += [(f"site.room.{fact.id}", fact) for room in site.rooms for fact in room.facts]
    known: dict[str, Sort] = {}
    for name, fact in facts:
        # A number without its unit is told where it stands, and not wherever it is compared.
        if fact.number is None or fact.unit is not None:
            known.setdefault(name, _fact_sort(fact))
    return known


def _fact_sort(fact: Fact) -> Sort:
    if fact.length is not None:
        return _DURATION
    return Sort("number", fact.unit) if fact.number is not None else Sort("text")
