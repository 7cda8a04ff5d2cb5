"""`promises.yaml`: what the operator has promised, who is told next, and the message templates."""

from __future__ import annotations

import hashlib
from typing import Any

from engine.book.amounts import Length
from engine.book.page import Page
from engine.book.parse import parse
from engine.book.saying import Said
from engine.book.shapes import Choice, Flag, Id, Ref, Schema
from engine.book.tables import Field, Many, Named, Record
from engine.book.tree import Node, Table
from engine.plan import LEVELS, Escalation, Promise, Promises
from engine.text import Text

KNOWN_MARKS = (
    "reported", "responded", "dispatched", "arrived", "diagnosed", "recovered", "verified", "closed"
)  # fmt: skip
"""The marks the trade speaks of; a promise may name one that no runbook of the book carries yet."""

PROMISE = Record(
    Field("title", Said(), Text("名称", "what it is called")),
    Field("from", Ref("promised-mark"), Text("从哪个里程碑算起", "the mark it counts from"), required=True),
    Field("to", Many(Ref("promised-mark"), one=True),
          Text("到哪些里程碑", "the marks that keep it"), to="to"),
    Field("until", Ref("promised-mark"),
          Text("到哪个里程碑为止", "the mark at which it is over"), needs="every", to="until"),
    Field("within", Length(some=True), Text("时限", "the time limit"), to="within"),
    Field("every", Length(some=True), Text("最多隔多久有一次", "the longest time between two words"),
          needs="until", to="every"),
    Field("kept_by", Choice(("mark", "told", "report-issued")),
          Text("靠什么兑现", "what keeps it"), to="kept_by"),
    Field("if_on_road", Flag(), Text("只在路上有该里程碑时有效", "only while such a step can still come"),
          to="if_on_road"),
    one_of=("within", "every"),
)  # fmt: skip

ESCALATION = Record(
    Field("level", Choice(LEVELS), Text("级别", "the level"), required=True),
    Field("after", Length(), Text("多久仍未恢复", "how long it has not been restored"), required=True),
    Field("tell", Many(Ref("escalated-role"), one=True),
          Text("告知哪些角色", "the roles that are told"), required=True),
)  # fmt: skip

PROMISES = Record(
    Field("promises", Named(Id(), PROMISE, may_be_empty=True), Text("承诺", "the promises")),
    Field("escalation", Many(ESCALATION, once=False, may_be_empty=True),
          Text("升级表", "the escalation table")),
    Field("messages", Named(Id(), Said(template=True), may_be_empty=True),
          Text("消息模板", "message templates")),
)  # fmt: skip

_TO = {one.key: one.to for one in PROMISE.fields if one.to}


def promises_schema() -> Schema:
    """The schema of promises.yaml."""
    return PROMISES.schema()


def promises_of(data: bytes, page: Page) -> Promises | None:
    """The promises in `data`; None when something in them could not be understood."""
    root = parse(data, page)
    if root is None:
        return None
    said = PROMISES.read(root, page) or {}
    for node in _rows(root.get("promises")):
        _check_form(node, page)
    if page.spoiled:
        return None
    return Promises(
        promises=tuple(_promise(name, one) for name, one in said.get("promises", {}).items()),
        escalation=tuple(
            Escalation(one["level"], one["after"], one["tell"]) for one in said.get("escalation", ())
        ),
        messages=tuple(said.get("messages", {}).items()),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _rows(node: Node | None) -> list[Table]:
    entries = node.entries if isinstance(node, Table) else {}
    return [one for _, one in entries.values() if isinstance(one, Table)]


def _check_form(node: Table, page: Page) -> None:
    """What is kept by marks must name them."""
    kept_by = node.get("kept_by")
    by_mark = kept_by is None or getattr(kept_by, "text", "") == "mark"
    if "within" in node.entries and by_mark and "to" not in node.entries:
        page.fault("missing-key", node, key="to")


def _promise(name: str, said: dict[str, Any]) -> Promise:
    made = {_TO[key]: value for key, value in said.items() if key in _TO}
    return Promise(name, said.get("title", Text(name, name)), said["from"], **made)


def check_marks(page: Page, carried: set[str]) -> None:
    """Note every mark a promise names that no runbook carries and the trade does not know."""
    known = sorted(carried | set(KNOWN_MARKS))
    for use in page.uses:
        if use.sort == "promised-mark" and use.name not in known:
            page.fault("undefined-mark", use.node, found=use.name, hint=page.near(use.name, known))


def check_roles(page: Page, held: set[str]) -> None:
    """Note every role of the escalation table that nobody holds and no runbook declares."""
    for use in page.uses:
        if use.sort == "escalated-role" and use.name not in held:
            page.fault("undefined-role", use.node, found=use.name, hint=page.near(use.name, held))
