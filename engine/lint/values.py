"""What is found in site.yaml and promises.yaml only when they are looked at side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.book.page import Page
from engine.book.parse import parse
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import say_duration
from engine.errors import Fault
from engine.plan import Book, Fact, Place


def unfinished_site(data: bytes, file: str, book: Book) -> Iterator[Fault]:
    """What a site still has from the example it was made from: values nobody decided on, invented addresses."""
    root = parse(data, Page(file))
    if root is not None:
        yield from _default_parameters(root, file, book)
        yield from _placeholders(root, file)


_PLACEHOLDER = re.compile(
    r"\bexample\b|示例|样例|待填|待定|待补|\bTB[DC]\b|\bTODO\b|\bx{3,}\b|\?{2,}|…$|\b555-?01\d\d\b|\b5550-?0[0-5]\d\d\b|^0{6,}$",
    re.IGNORECASE,
)
"""What stands where somebody was to write something: words for it, example.com, numbers that ring nowhere."""

_FILLED_IN = ("bases", "rooms", "people", "groups")
"""What only the site itself can know."""


def _placeholders(root: Table, file: str) -> Iterator[Fault]:
    """Every word of the site that looks like an example; in two languages each is one."""
    todo = [root.get(part) for part in reversed(_FILLED_IN)]
    while todo:
        node = todo.pop()
        if isinstance(node, Table):
            todo += [one for _, one in reversed(node.entries.values())]
        elif isinstance(node, Sequence):
            todo += reversed(node.items)
        elif isinstance(node, Scalar) and _PLACEHOLDER.search(node.text):
            facts = (("found", node.text), ("which", node.text))
            yield Fault("placeholder", Place(file, node.line, node.column), facts, advice=True)


def _default_parameters(root: Table, file: str, book: Book) -> Iterator[Fault]:
    """Every parameter for which the site has set no value of its own."""
    rows = root.get("parameters")
    if not isinstance(rows, Table):
        return
    for fact in book.site.parameters:
        if fact.at_default and fact.id in rows.entries:
            key = rows.entries[fact.id][0]
            facts = (("name", fact.label), ("value", _said(fact)), ("which", fact.id))
            yield Fault("parameter-default", Place(file, key.line, key.column), facts, advice=True)


def _said(fact: Fact) -> str:
    if fact.number is not None:
        return f"{fact.number} {fact.unit}"
    return "" if fact.length is None else say_duration(fact.length)


def unheard_escalations(data: bytes, file: str, book: Book) -> Iterator[Fault]:
    """Every role of the escalation table that a runbook declares and nobody at the site holds."""
    held = {role for person in book.site.people for role in person.roles}
    declared = {role for runbook in book.runbooks for role, _ in runbook.roles}
    for node in _told(data, file) if held else ():
        if node.text in declared - held:
            yield Fault("escalation-unheard", Place(file, node.line, node.column), (("role", node.text),))


def _told(data: bytes, file: str) -> Iterator[Scalar]:
    root = parse(data, Page(file))
    rows = None if root is None else root.get("escalation")
    for row in rows.items if isinstance(rows, Sequence) else ():
        told = row.get("tell") if isinstance(row, Table) else None
        nodes: list[Node | None] = [*told.items] if isinstance(told, Sequence) else [told]
        yield from (one for one in nodes if isinstance(one, Scalar))
