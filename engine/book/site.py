"""`site.yaml`: rooms, people, groups, and the values that differ from site to site."""

from __future__ import annotations

import hashlib
import zoneinfo
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from engine.book.page import Page
from engine.book.parse import parse
from engine.book.shapes import Amount, Id, Length, Line, Ref, Said, Schema, Shape, word
from engine.book.tables import Field, Many, Named, Record
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import say_duration
from engine.plan import Channel, Fact, Group, Person, Room, Site
from engine.text import LANGUAGES, Text

NAME = Id(capitals=True)

CHANNELS = Many(
    Record(
        Field("kind", Line(), Text("电话、电台、短信等", "phone, radio, mail …"), required=True),
        Field("address", Line(), Text("号码或地址", "the number or address"), required=True),
    ),
    once=False,
    may_be_empty=True,
)

FACT = Record(
    Field("label", Said(), Text("名称", "what it is called"), required=True),
    Field("value", Amount(), Text("数值或时长", "a number, or a length of time")),
    Field("unit", Line(), Text("数值的单位", "the unit of a number")),
    Field("says", Said(), Text("文字", "words instead of a number")),
    one_of=("value", "says"),
)

PARAMETER = Record(
    Field("label", Said(), Text("名称", "what it is called"), required=True),
    Field("unit", Line(),
          Text("数值的单位；时长没有单位", "the unit of a number; a length of time has none")),
    Field("default", Amount(), Text("默认值", "the value until the site sets one"), required=True),
    Field("value", Amount(), Text("本站设定的值", "the value this site has set")),
    Field("min", Amount(), Text("允许的最小值", "the least that is allowed")),
    Field("max", Amount(), Text("允许的最大值", "the most that is allowed")),
)  # fmt: skip

ROOM = Record(
    Field("title", Said(), Text("名称", "what it is called")),
    Field("place", Said(), Text("位置", "where it is")),
    Field("travel", Named(Ref("base"), Length(), may_be_empty=True),
          Text("从各驻地到达的时间", "how long from each base")),
    Field("facts", Named(Id(), FACT, may_be_empty=True), Text("机房的固定值", "what is true of the room")),
    Field("tags", Named(Line(), Said(), may_be_empty=True),
          Text("阀门和开关的标牌", "valves and breakers by their tag")),
)  # fmt: skip

PERSON = Record(
    Field("name", Line(), Text("姓名", "the name"), required=True),
    Field("roles", Many(NAME, one=True, may_be_empty=True),
          Text("可担任的角色", "the roles they may take"), to="roles"),
    Field("category", Line(), Text("类别", "category"), to="category"),
    Field("work", Line(), Text("职责", "work content"), to="work"),
    Field("phone", Line(), Text("电话", "phone"), to="phone"),
    Field("email", Line(), Text("电子邮箱", "e-mail"), to="email"),
    Field("remark", Line(), Text("备注", "remark"), to="remark"),
    Field("skills", Many(Line(), one=True, may_be_empty=True), Text("技能", "skills"), to="skills"),
    Field("base", Ref("base"), Text("驻地", "where they start from"), to="base"),
    Field("channels", CHANNELS, Text("联系方式", "how to reach them")),
    Field("deputy", Ref("person"), Text("替补", "who stands in"), to="deputy"),
)  # fmt: skip

GROUP = Record(
    Field("title", Said(), Text("名称", "what it is called"), required=True),
    Field("channels", CHANNELS, Text("联系方式", "how to reach them")),
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone by its name."""

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None and not _is_zone(said):
            page.fault("undefined-zone", node, found=said)
            return None
        return said

    def schema(self) -> Schema:
        return {"type": "string"}


def _is_zone(name: str) -> bool:
    for known in (name, "Asia/Shanghai"):
        try:
            zoneinfo.ZoneInfo(known)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
        return known == name
    return True  # this machine has no zones at all, so nobody can tell


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages every text of the book has."""

    item: Shape = Many(Line(), one=True)

    def read(self, node: Node, page: Page) -> tuple[str, ...] | None:
        listed: tuple[str, ...] | None = self.item.read(node, page)
        nodes = node.items if isinstance(node, Sequence) else [node]
        for one in nodes:
            if isinstance(one, Scalar) and not one.empty and one.text not in LANGUAGES:
                page.fault(
                    "not-a-choice",
                    one,
                    found=one.text,
                    choices=LANGUAGES,
                    hint=page.near(one.text, LANGUAGES),
                )
        return listed

    def schema(self) -> Schema:
        return {"type": "array", "items": {"enum": list(LANGUAGES)}, "minItems": 1, "uniqueItems": True}


SITE = Record(
    Field("site", NAME, Text("站点编号", "its name"), required=True),
    Field("title", Said(), Text("名称", "what it is called")),
    Field("timezone", Zone(), Text("时区，如 Asia/Shanghai", "the time zone, like Asia/Shanghai")),
    Field("languages", Languages(), Text("文字的语言", "the languages of every text")),
    Field("bases", Named(NAME, Said(), may_be_empty=True), Text("驻地", "where people start from")),
    Field("rooms", Named(NAME, ROOM, may_be_empty=True), Text("机房", "the rooms")),
    Field("people", Named(NAME, PERSON, may_be_empty=True), Text("人员", "the people")),
    Field("groups", Named(NAME, GROUP, may_be_empty=True), Text("通知对象组", "whom a tell step tells")),
    Field("parameters", Named(Id(), PARAMETER, may_be_empty=True),
          Text("站点参数 site.名称", "parameters: site.NAME")),
    Field("stop_conditions", Many(Said(), one=True, may_be_empty=True),
          Text("演练中止条件", "what stops a drill")),
)  # fmt: skip

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
