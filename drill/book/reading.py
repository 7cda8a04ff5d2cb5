"""A scenario from its file, with everything that is wrong in it at once."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from drill.book.names import check_answers, check_names, runbooks_below
from drill.book.shapes import JUDGED_BY, SCENARIO
from drill.moments import name_below
from drill.scenario.facts import Fact, Facts, Mistake, Player
from drill.scenario.values import (
    After,
    At,
    Chance,
    Expectation,
    Inject,
    Judged,
    Manual,
    Notice,
    Objective,
    Scenario,
    Secret,
    Together,
    Trigger,
)
from engine.book import in_order
from engine.book.page import Page
from engine.book.parse import parse
from engine.book.rehearsal_names import check_value
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.errors import Fault
from engine.plan import Book, Place, Reading, Runbook
from engine.text import LANGUAGES


def read_scenario(
    data: bytes, file: str, *, book: Book | None = None, languages: tuple[str, ...] = LANGUAGES
) -> tuple[Scenario | None, list[Fault]]:
    """A scenario, and all that is wrong in it; its names are looked up in `book` when there is one."""
    page = Page(file, languages)
    root = parse(data, page)
    if root is None:
        return None, in_order(page.faults)
    said = SCENARIO.read(root, page) or {}
    check_names(said, page, book)
    drilled = None if book is None else book.runbook(said.get("runbook", ""))
    if drilled is not None and book is not None:
        facts = root.get("facts")
        check_answers(facts.get("answers") if isinstance(facts, Table) else None, drilled, book, page)
        _check_values(root, _readings(drilled, book), page)
    _check_ids(root, page)
    _check_limits(root, said, page)
    _check_secret(root, said, page)
    _check_objectives(said, root, page)
    # A condition that cannot be read spoils no plan, but an expectation is judged by nothing else.
    unjudged = any(set(JUDGED_BY).isdisjoint(one) for one in said.get("expectations", ()))
    if page.spoiled or unjudged or not isinstance(root, Table):
        return None, in_order(page.faults)
    scenario = _scenario(said, root, file, sha256(data).hexdigest())
    return scenario, in_order(page.faults)


# --- what hangs together


def _readings(drilled: Runbook, book: Book | None) -> dict[str, Reading]:
    """Every reading that a fact can name; one of a run below also by its runbook."""
    below = [] if book is None else runbooks_below(drilled, book)
    named = {name_below(one.id, each.id): each for one in below for each in one.readings}
    return {one.id: one for one in drilled.readings} | named


def _check_values(root: Node, readings: dict[str, Reading], page: Page) -> None:
    """A value must be what its reading takes, or the drill would stop in the middle."""
    facts = root.get("facts") if isinstance(root, Table) else None
    taken = facts.get("readings") if isinstance(facts, Table) else None
    for name, node in taken.entries.values() if isinstance(taken, Table) else ():
        reading = readings.get(name.text)
        if reading is None:
            continue
        for value in _values_in(node):
            check_value(reading, value, page)


def _values_in(node: Node) -> Iterable[Node]:
    if isinstance(node, Sequence):
        for item in node.items:
            value = item.get("value") if isinstance(item, Table) else None
            if value is not None:
                yield value
    elif isinstance(node, Scalar):
        yield node


def _check_ids(root: Node, page: Page) -> None:
    """No two objectives, injects or expectations have one name; what speaks of one must mean just one."""
    for part in ("objectives", "injects", "expectations"):
        seen: dict[str, int] = {}
        for row in _rows(root, part):
            name = row.get("id")
            if isinstance(name, Scalar):
                if name.text in seen:
                    page.fault("double-id", name, found=name.text, line=seen[name.text])
                seen.setdefault(name.text, name.line)


def _check_limits(root: Node, said: dict[str, Any], page: Page) -> None:
    for row, read in zip(_rows(root, "expectations"), said.get("expectations", ()), strict=False):
        target, limit = read.get("target"), read.get("limit")
        at = row.get("limit")
        if target is not None and limit is not None and at is not None and limit <= target:
            page.fault("limit-before-target", at, expectation=read.get("id", "?"))
    for row, read in zip(_rows(root, "injects"), said.get("injects", ()), strict=False):
        for node, trigger in _triggers(row.get("when"), read.get("when")):
            chance = trigger.get("chance")
            if chance is not None and not 0 < chance <= 100:
                page.fault("chance-range", node, found=str(chance))


def _check_secret(root: Node, said: dict[str, Any], page: Page) -> None:
    """Without notice, and how it is kept and called off, belong together."""
    secret = said.get("notice") == "no-notice"
    node = root.get("notice" if secret else "no_notice") if isinstance(root, Table) else None
    if node is not None and secret != ("no_notice" in said) and not page.spoiled:
        page.fault("no-notice-unkept", node)


def _triggers(node: Node | None, said: dict[str, Any] | None) -> Iterable[tuple[Node, dict[str, Any]]]:
    todo = [(node, said)]
    while todo:
        where, trigger = todo.pop()
        if where is None or trigger is None:
            continue
        yield where, trigger
        for key in ("all", "any"):
            inner = where.get(key) if isinstance(where, Table) else None
            if isinstance(inner, Sequence):
                todo += zip(inner.items, trigger.get(key, ()), strict=False)


def _check_objectives(said: dict[str, Any], root: Node, page: Page) -> None:
    """Every objective has an inject that gives the occasion, and an expectation that judges it."""
    tried = {name for one in said.get("injects", ()) for name in one.get("objectives", ())}
    judged = {one.get("objective") for one in said.get("expectations", ())}
    for row in _rows(root, "objectives"):
        name = row.get("id")
        if isinstance(name, Scalar) and name.text not in tried:
            page.fault("objective-untried", name, objective=name.text)
        if isinstance(name, Scalar) and name.text not in judged:
            page.fault("objective-unjudged", name, objective=name.text)


def _rows(root: Node, part: str) -> list[Table]:
    listed = root.get(part) if isinstance(root, Table) else None
    items = listed.items if isinstance(listed, Sequence) else []
    return [item for item in items if isinstance(item, Table)]


# --- values


def _scenario(said: dict[str, Any], root: Table, file: str, digest: str) -> Scenario:
    def places(part: str) -> list[Place]:
        return [Place(file, row.line, row.column) for row in _rows(root, part)]

    injects = zip(said["injects"], places("injects"), range(1, len(said["injects"]) + 1), strict=True)
    optional = ("notice", "purpose", "scope", "assessed", "length", "seed")
    return Scenario(
        id=said["scenario"],
        revision=said["revision"],
        title=said["title"],
        story=said["story"],
        runbook=said["runbook"],
        room=said.get("room"),
        form=said["form"],
        people=tuple((role, person) for role, listed in said["people"].items() for person in listed),
        objectives=tuple(
            Objective(**one, place=place)
            for one, place in zip(said["objectives"], places("objectives"), strict=True)
        ),
        injects=tuple(_inject(one, place, number) for one, place, number in injects),
        expectations=tuple(
            _expectation(one, place)
            for one, place in zip(said["expectations"], places("expectations"), strict=True)
        ),
        facts=_facts(said.get("facts", {})),
        restore=said["restore"],
        stop_conditions=said["stop_conditions"],
        notify=tuple(Notice(**one) for one in said.get("notify", ())),
        secret=Secret(**said["no_notice"]) if "no_notice" in said else None,
        crew=tuple(_player(person, one) for person, one in said.get("crew", {}).items()),
        source=file,
        digest=digest,
        **{key: said[key] for key in optional if key in said},
    )


def _inject(said: dict[str, Any], place: Place, number: int) -> Inject:
    plain = {key: value for key, value in said.items() if key not in ("when", "number", "channel")}
    return Inject(
        number=said.get("number", str(number)),
        channel=said.get("channel", "screen"),
        trigger=_trigger(said["when"]),
        place=place,
        **plain,
    )


def _trigger(said: dict[str, Any]) -> Trigger:
    if "at" in said:
        return At(said["at"])
    if "after" in said:
        return After(said["after"], *([said["delay"]] if "delay" in said else []))
    if "chance" in said:
        return Chance(said["chance"])
    if "manual" in said:
        return Manual()
    key = "all" if "all" in said else "any"
    return Together(tuple(_trigger(one) for one in said[key]), key == "all")


def _facts(said: dict[str, Any]) -> Facts:
    readings = [
        Fact(
            reading=name,
            value=one["value"],
            after=one.get("after"),
            **{to: one[key] for key, to in (("from", "since"), ("delay", "delay")) if key in one},
        )
        for name, listed in said.get("readings", {}).items()
        for one in listed
    ]
    return Facts(
        answers=tuple(said.get("answers", {}).items()),
        readings=tuple(readings),
        refuses=said.get("refuses", ()),
        unreachable=said.get("unreachable", ()),
        raises=tuple(said.get("raises", {}).items()),
    )


def _expectation(said: dict[str, Any], place: Place) -> Expectation:
    kind = next(key for key in JUDGED_BY if key in said)
    what = "" if kind == "evaluator" else str(said[kind])
    renamed = {"class": "grade", "from": "start"}
    plain = {renamed.get(key, key): value for key, value in said.items() if key not in JUDGED_BY}
    return Expectation(by=Judged(kind, what), place=place, **plain)


def _player(person: str, said: dict[str, Any]) -> Player:
    mistakes = tuple(Mistake(**one) for one in said.get("mistakes", ()))
    return Player(person, said.get("pace", "steady"), mistakes)
