"""Whether a site may set a parameter beyond what a safety line of a runbook allows: told where the site says it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from engine.book.page import Page
from engine.book.parse import parse
from engine.book.tree import Table
from engine.condition import say_duration
from engine.errors import Fault
from engine.lint.safety_words import breaks
from engine.plan import Book, Fact, Place, SafetyClaim, SafetyLine
from engine.text import Text


def loosened_site(data: bytes, file: str, book: Book) -> Iterator[Fault]:
    """Every bound of a parameter that lies beyond a safety line, once for each place."""
    root = parse(data, Page(file))
    if root is None:
        return
    facts = {fact.id: fact for fact in book.site.parameters}
    told: set[Place] = set()
    for line, claim in _of_parameters(book):
        fact = facts.get(claim.parameter or "")
        for key, said in () if fact is None else _beyond(claim, fact):
            place = _where(root, file, claim.parameter or "", key)
            if place not in told:
                told.add(place)
                yield Fault(
                    "safety-line", place, (("line", line.line), ("says", line.says), ("breaks", said))
                )


def _of_parameters(book: Book) -> Iterator[tuple[SafetyLine, SafetyClaim]]:
    lines = (line for runbook in book.runbooks for line in runbook.safety)
    return ((line, claim) for line in lines for claim in line.claims if claim.parameter is not None)


def _beyond(claim: SafetyClaim, fact: Fact) -> Iterator[tuple[str, Text]]:
    """The bounds that are too wide, by key of the site."""
    if claim.least is not None and not _at_most(claim.least, fact.least):
        yield "min", breaks("too-low", name=fact.label, limit=_said(claim.least))
    if claim.most is not None and not _at_most(fact.most, claim.most):
        yield "max", breaks("too-high", name=fact.label, limit=_said(claim.most))


def _at_most(one: Decimal | timedelta | None, other: Decimal | timedelta | None) -> bool:
    """Whether both are said, are of one kind, and the first is not more than the other."""
    if isinstance(one, timedelta) and isinstance(other, timedelta):
        return one <= other
    return isinstance(one, Decimal) and isinstance(other, Decimal) and one <= other


def _said(amount: Decimal | timedelta) -> str:
    return say_duration(amount) if isinstance(amount, timedelta) else format(amount, "f")


def _where(root: Table, file: str, parameter: str, key: str) -> Place:
    """Where the bound is written, or the parameter where it is not."""
    rows = root.get("parameters")
    entry = rows.entries.get(parameter) if isinstance(rows, Table) else None
    node = root if entry is None else entry[0]
    bound = entry[1].get(key) if entry is not None and isinstance(entry[1], Table) else None
    at = node if bound is None else bound
    return Place(file, at.line, at.column)
