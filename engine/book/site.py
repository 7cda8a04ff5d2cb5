"""`site.yaml`: rooms, people, groups, and the values that differ from site to site."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.book.page import Page
from engine.book.parse import parse
from engine.book.shapes import Schema
from engine.book.site_fields import PERSON, SITE
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import say_duration
from engine.plan import Channel, Fact, Group, Person, Room, Site
from engine.text import LANGUAGES, Text

_PERSON_TO = {one.key: one.to for one in PERSON.fields if one.to}


def site_schema() -> Schema:
    """The schema of site.yaml."""
    return SITE.schema()


def site_of(data: bytes, page: Page) -> Site | None:
    """The site in `data`; None when something in it could not be understood. Sets the page's languages."""
    root = parse(data, page)
    if root is None:
        return None
    page.languages = _languages(root)
    said = SITE.read(root, page) or {}
    parameters = _parameters(root, said, page)
    rooms = _rooms(root, said, page)
    _check_uses(root, page)
    if page.spoiled:
        return None
    name = said["site"]
    return Site(
        id=name,
        title=said.get("title", Text(name, name)),
        timezone=said.get("timezone", "UTC"),
        languages=page.languages,
        rooms=rooms,
        people=tuple(_person(one, person) for one, person in said.get("people", {}).items()),
        groups=tuple(_group(one, group) for one, group in said.get("groups", {}).items()),
        parameters=parameters,
        bases=tuple(said.get("bases", {}).items()),
        stop_conditions=said.get("stop_conditions", ()),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _languages(root: Table) -> tuple[str, ...]:
    """The languages, before anything else is read: what a text must have depends on them."""
    node = root.get("languages")
    items = node.items if isinstance(node, Sequence) else [node]
    said = {one.text for one in items if isinstance(one, Scalar)}
    return tuple(language for language in LANGUAGES if language in said) or LANGUAGES


def _person(name: str, said: dict[str, Any]) -> Person:
    made = {_PERSON_TO[key]: value for key, value in said.items() if key in _PERSON_TO}
    return Person(name, said["name"], channels=_channels(said), **made)


def _group(name: str, said: dict[str, Any]) -> Group:
    return Group(name, said["title"], _channels(said))


def _channels(said: dict[str, Any]) -> tuple[Channel, ...]:
    return tuple(Channel(one["kind"], one["address"]) for one in said.get("channels", ()))


# --- values


def _under(node: Node | None, key: str) -> Table:
    """The table under `key`, empty when there is none."""
    found = node.get(key) if isinstance(node, Table) else None
    return found if isinstance(found, Table) else Table(1, 1, flow=False)


def _rooms(root: Table, said: dict[str, Any], page: Page) -> tuple[Room, ...]:
    rooms = []
    for name, one in said.get("rooms", {}).items():
        nodes = _under(_under(root, "rooms").get(name), "facts")
        facts = [_fact(key, fact, nodes.entries[key][1], page) for key, fact in one.get("facts", {}).items()]
        rooms.append(
            Room(
                id=name,
                title=one.get("title", Text(name, name)),
                where=one.get("place"),
                facts=tuple(facts),
                travel=tuple(one.get("travel", {}).items()),
                tags=tuple(one.get("tags", {}).items()),
            )
        )
    return tuple(rooms)


def _fact(name: str, said: dict[str, Any], node: Node, page: Page) -> Fact:
    assert isinstance(node, Table)
    value = said.get("value")
    _check_unit(value, node, page, name)
    label = said.get("label", Text(name, name))
    number, length = _split(value)
    return Fact(name, label, number=number, unit=said.get("unit"), length=length, words=said.get("says"))


def _split(value: Decimal | timedelta | None) -> tuple[Decimal | None, timedelta | None]:
    return (value, None) if isinstance(value, Decimal) else (None, value)


def _check_unit(value: Decimal | timedelta | None, node: Table, page: Page, name: str) -> None:
    """A number has a unit, and nothing else has one."""
    if isinstance(value, Decimal) and "unit" not in node.entries:
        page.fault("number-without-unit", node, name=name)
    without = isinstance(value, timedelta) or "says" in node.entries
    if without and "unit" in node.entries:
        owner = Text("时长或文字", "a length of time, or words")
        page.fault("key-not-here", node.entries["unit"][0], key="unit", owner=owner)


def _parameters(root: Table, said: dict[str, Any], page: Page) -> tuple[Fact, ...]:
    nodes = _under(root, "parameters")
    return tuple(
        _parameter(name, one, nodes.entries[name][1], page)
        for name, one in said.get("parameters", {}).items()
    )


def _parameter(name: str, said: dict[str, Any], node: Node, page: Page) -> Fact:
    assert isinstance(node, Table)
    value = said.get("value", said.get("default"))
    _check_unit(value, node, page, name)
    for key in ("default", "value"):
        if key in said:
            _check_range(said, key, node.entries[key][1], page)
    number, length = _split(value)
    return Fact(
        name,
        said.get("label", Text(name, name)),
        number=number,
        unit=said.get("unit"),
        length=length,
        default=said.get("default"),
        least=said.get("min"),
        most=said.get("max"),
        at_default="value" not in said,
    )


def _check_range(said: dict[str, Any], key: str, node: Node, page: Page) -> None:
    value, least, most = said[key], said.get("min"), said.get("max")
    if any(
        type(limit) is not type(value) for limit in (least, most, said.get("default")) if limit is not None
    ):
        page.fault("mixed-amounts", node, found=_amount(value))
    elif (least is not None and value < least) or (most is not None and value > most):
        page.fault("outside-range", node, found=_amount(value), least=_amount(least), most=_amount(most))


def _amount(value: Decimal | timedelta | None) -> str:
    if value is None:
        return ".."
    return say_duration(value) if isinstance(value, timedelta) else str(value)


def _check_uses(root: Table, page: Page) -> None:
    """Bases and people that are named must be there; a text may name parameters and room facts."""
    known = {"base": _under(root, "bases").entries, "person": _under(root, "people").entries}
    rules = {"base": "undefined-base", "person": "undefined-person"}
    for use in page.uses:
        if use.sort in known and use.name not in known[use.sort]:
            hint = page.near(use.name, known[use.sort])
            page.fault(rules[use.sort], use.node, found=use.name, hint=hint)
    for name in known["person"]:
        deputy = _under(_under(root, "people"), name).get("deputy")
        if isinstance(deputy, Scalar) and deputy.text == name:
            page.fault("own-deputy", deputy, found=name)
