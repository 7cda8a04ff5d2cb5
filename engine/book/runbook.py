"""A runbook file: the table of its keys, and how a `Runbook` is made of what was read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from engine.book import names as naming
from engine.book.amounts import Day, Length, Number, Whole
from engine.book.names import Names
from engine.book.order import set_order
from engine.book.page import Page
from engine.book.parse import parse
from engine.book.safety import SAFETY_LINE, safety_of
from engine.book.saying import Asks, Said, read_band
from engine.book.shapes import Choice, Flag, Id, Line, Ref, Schema
from engine.book.step_keys import step_schema
from engine.book.steps import Draft, make_step, read_step
from engine.book.tables import ByForm, Field, Many, Named, Record
from engine.book.tree import Node, Places, Sequence, Table
from engine.plan import LEVELS, PERIODS, LevelRule, Reading, Runbook, Site, Watch
from engine.text import Text

READING = Record(
    Field("label", Said(), Text("名称", "what it is called"), required=True),
    Field("kind", Choice(("number", "text", "yes-no", "time", "list")),
          Text("种类", "the kind; a number if not said")),
    Field("unit", Line(), Text("单位", "the unit of a number")),
    Field("precision", Whole(0, 6), Text("小数位数", "digits kept after the point"), to="precision"),
    Field("min", Number(), Text("可信的最小值", "the least that is believable"), to="least"),
    Field("max", Number(), Text("可信的最大值", "the most that is believable"), to="most"),
    Field("warn", Line(), Text("注意限值，如 > 27", "where attention begins, like > 27"), to="warn"),
    Field("act", Line(), Text("行动限值，如 > 32", "where action begins, like > 32"), to="act"),
    Field("fresh", Length(some=True), Text("超过这么久就算未知", "older than this it is UNKNOWN"), to="fresh"),
    Field("rise", Length(some=True),
          Text("计算上涨的时间窗", "the window over which NAME-rise is reckoned"), to="rise"),
    Field("ahead", Flag(), Text("约定的、将来的时间", "a time that is agreed on and lies ahead"), to="ahead"),
    Field("at_least", Whole(1, 100), Text("清单至少几项", "a list of fewer items is not taken"), to="at_least"),
)  # fmt: skip
_ONLY_OF = dict.fromkeys(("unit", "precision", "min", "max", "warn", "act", "rise"), "number")
_ONLY_OF |= {"ahead": "time", "at_least": "list"}
"""The keys that only readings of one kind have."""

WATCH = Record(
    Field("id", Id(), Text("编号", "its name"), required=True),
    Field(
        "when", Asks(in_step=False), Text("条件成立时自己触发", "a condition; it raises itself"), to="when"
    ),
    Field(
        "if",
        Said(),
        Text("人看到时触发，也是它的名称", "what a person sees who raises it; its name"),
        to="words",
    ),
    Field("level", Choice(LEVELS), Text("升到的级别", "the level it raises the incident to"), to="level"),
    Field("run", Ref("runbook"), Text("启动的预案", "the runbook it opens"), to="run"),
    Field("until", ByForm(Asks(in_step=False), Said()), Text("到何时为止", "when it is over")),
    some_of=("when", "if"),
)


@dataclass(frozen=True, slots=True)
class Steps:
    """A list of steps."""

    restore: bool = False

    def read(self, node: Node, page: Page) -> list[Draft] | None:
        if type(node) is not Sequence or not node.items:
            page.wrong_type(node, "list")
            return None
        read = [read_step(item, page, restore=self.restore) for item in node.items]
        return [draft for draft in read if draft is not None]

    def schema(self) -> Schema:
        return {"type": "array", "items": {"$ref": "#/$defs/step"}, "minItems": 1}


RUNBOOK = Record(
    Field("runbook", Id(), Text("预案编号", "its name"), required=True),
    Field("revision", Whole(1), Text("版次", "its revision"), required=True),
    Field("title", Said(), Text("标题", "its title"), required=True),
    Field("released", Record(
        Field("by", Line(), Text("批准人", "by whom"), required=True),
        Field("at", Day(), Text("批准日期", "on which day"), required=True),
    ), Text("批准", "who released it, and when")),
    Field("review_by", Day(), Text("复审日期", "when it must be looked at again"), to="review_by"),
    Field("hazard", Id(),
          Text("事件种类；没有的是供其他预案调用的规程", "the hazard; without one it is a procedure"),
          to="hazard"),
    Field("patrol", Choice(PERIODS),
          Text("巡检周期；part 是几种巡检共用的部分", "how often it is walked; `part`: rows that patrols share"),
          to="patrol"),
    Field("symptoms", Many(Said(), one=True), Text("现象", "how one recognises it"), to="symptoms"),
    Field("roles", Named(Id(capitals=True), Said()), Text("角色", "the roles that act in it")),
    Field("readings", Named(Id(), READING), Text("读数", "what is measured, counted or noted")),
    Field("levels", Named(Choice(LEVELS), Many(ByForm(Asks(in_step=False), Said()), one=True, once=False)),
          Text("定级依据", "the grounds for each level")),
    Field("entry", Many(Said(), one=True), Text("启动前要确认的", "what is asked when it opens"), to="entry"),
    Field("goals", Named(Line(), Ref("reading")), Text("始终显示的读数", "the readings always on screen")),
    Field("steps", Steps(), Text("步骤", "the steps, in the order a person does them"), required=True),
    Field("watch", Many(WATCH, once=False), Text("随时可能发生的事", "what may happen at any time")),
    Field("restore", Steps(restore=True), Text("恢复原状的步骤", "the steps that put everything back")),
    Field("exit", Many(Asks(in_step=False), one=True),
          Text("结束前须成立的条件", "what must hold before it is complete"),
          to="exit"),
    Field("inhibits", Many(Ref("runbook"), one=True),
          Text("被它抑制的预案", "the runbooks it keeps back"), to="inhibits"),
    Field("safety", Many(SAFETY_LINE, once=False),
          Text("安全条款，由 lint 逐条证明", "the safety lines, each proven by lint"), to="safety"),
)  # fmt: skip

_TO = {one.key: one.to for one in RUNBOOK.fields if one.to}
_READING_TO = {one.key: one.to for one in READING.fields if one.to}
_WATCH_TO = {one.key: one.to for one in WATCH.fields if one.to}


def runbook_schema() -> Schema:
    """The schema of a runbook file; `$defs` holds a step."""
    return RUNBOOK.schema() | {"$defs": {"step": step_schema()}}


def runbook_of(data: bytes, page: Page, site: Site | None) -> Runbook | None:
    """The runbook in `data`; None when something in it could not be understood.

    Names that other files define stay on the page, in `uses`.
    """
    root = parse(data, page)
    if root is None:
        return None
    said = RUNBOOK.read(root, page) or {}
    page.defines = said.get("runbook", "")
    said["safety"] = safety_of(said.get("safety", ()))
    drafts = [*said.get("steps", ()), *said.get("restore", ())]
    names = naming.define(root, drafts, _declared_roles(root, said), page)
    names.readings.update(_readings(root, said, page))
    naming.check_uses(names, page)
    set_order(drafts, names, page)
    for draft in drafts:
        naming.settle_until(draft, names, page)
    naming.check_conditions(names, site, page)
    if page.spoiled:
        return None
    return _made(said, drafts, names, root, page, hashlib.sha256(data).hexdigest())


def _declared_roles(root: Table, said: dict[str, Any]) -> dict[str, Text]:
    """The roles that are declared, also where something is wrong with the title of one."""
    node = root.get("roles")
    named = node.entries if isinstance(node, Table) else {}
    titles: dict[str, Text] = said.get("roles", {})
    return {role: titles.get(role, Text(role, role)) for role in named}


def _readings(root: Table, said: dict[str, Any], page: Page) -> dict[str, Reading]:
    node = root.get("readings")
    entries = node.entries if isinstance(node, Table) else {}
    made: dict[str, Reading] = {}
    for name, one in said.get("readings", {}).items():
        reading = _reading(name, one, entries[name][1], page)
        if reading is not None:
            made[name] = reading
    return made


def _reading(name: str, said: dict[str, Any], node: Node, page: Page) -> Reading | None:
    assert isinstance(node, Table)
    kind = said.get("kind", "number")
    if kind == "number":
        if "unit" not in node.entries:
            page.fault("number-without-unit", node, name=name)
        _check_range(said, node, page)
    owner = Text(f"{kind} 类读数", f"a reading of kind {kind}")
    for key, only in _ONLY_OF.items():
        if key in node.entries and kind != only:
            page.fault("key-not-here", node.entries[key][0], key=key, owner=owner)
    for band in ("warn", "act"):
        if band in said and kind == "number" and not read_band(said[band], name, node.entries[band][1], page):
            del said[band]
    if "label" not in said:
        return None
    made = {_READING_TO[key]: value for key, value in said.items() if key in _READING_TO}
    return Reading(name, said["label"], kind=kind, unit=said.get("unit"), **made)


def _check_range(said: dict[str, Any], node: Table, page: Page) -> None:
    if "min" in said and "max" in said and said["min"] > said["max"]:
        page.fault(
            "outside-range", node.entries["max"][1], found=str(said["max"]), least=said["min"], most=""
        )


def _made(
    said: dict[str, Any], drafts: list[Draft], names: Names, root: Table, page: Page, digest: str
) -> Runbook:
    released = said.get("released", {})
    roles = dict(names.roles)
    return Runbook(
        id=said["runbook"],
        revision=said["revision"],
        title=said["title"],
        steps=tuple([make_step(draft, roles) for draft in drafts]),
        released_by=released.get("by"),
        released_at=released.get("at"),
        roles=tuple(roles.items()),
        readings=tuple(reading for reading in names.readings.values() if reading is not None),
        levels=tuple(_levels(said.get("levels", {}))),
        goals=tuple(said.get("goals", {}).items()),
        watches=tuple(_watch(one) for one in said.get("watch", ())),
        source=page.file,
        digest=digest,
        places=Places(root),
        **{_TO[key]: value for key, value in said.items() if key in _TO},
    )


def _levels(said: dict[str, Any]) -> list[LevelRule]:
    return [
        LevelRule(level, words=one) if isinstance(one, Text) else LevelRule(level, when=one)
        for level, grounds in said.items()
        for one in grounds
    ]


def _watch(said: dict[str, Any]) -> Watch:
    until = said.get("until")
    made = {_WATCH_TO[key]: value for key, value in said.items() if key in _WATCH_TO}
    if isinstance(until, Text):
        return Watch(said["id"], until_words=until, **made)
    return Watch(said["id"], until=until, **made)
