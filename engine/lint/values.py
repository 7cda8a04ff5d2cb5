"""What is found in site.yaml and promises.yaml only when they are looked at side by side."""

from __future__ import annotations

from collections.abc import Iterator

from engine.book.page import Page
from engine.book.parse import parse
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import say_duration
from engine.errors import Fault
from engine.plan import Book, Fact, Place


def default_parameters(data: bytes, file: str, book: Book) -> Iterator[Fault]:
    """Every parameter for which the site has set no value of its own."""
    root = parse(data, Page(file))
    rows = None if root is None else root.get("parameters")
    if not isinstance(rows, Table):
        return
    for fact in book.site.parameters:
        if fact.at_default and fact.id in rows.entries:
            key = rows.entries[fact.id][0]
            facts = (("name", fact.label), ("value", _said(fact)))
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
