"""The names that a rehearsal uses: each must be in its runbook, or in the one that the line is played in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine.book.amounts import Number
from engine.book.known import names_of_book, names_of_runbook, unknown
from engine.book.page import Page
from engine.book.shapes import Choice
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.plan import Book, Reading

Known = dict[str, Collection[str]]


def check_names(said: dict[str, Any], root: Table, page: Page, book: Book) -> None:
    """Note every name that is not there, and every value that its reading does not take."""
    own, inside = said.get("runbook", ""), _inside(root)
    known = {name: _known(name, book) for name in {own, *inside.values()}}
    _check_all_values(root, own, page, book)
    plain = _plain_answers(root)
    for use in page.uses:
        played, name = inside.get(id(use.node), own), use.name
        if use.sort == "reached" and "/" in name:
            played, _, name = name.partition("/")
            known.setdefault(played, _known(played, book))
        elif id(use.node) in plain:
            name = f"{plain[id(use.node)]}.{name}"
        names = known[played].get(use.sort, () if "/" in use.name else None)
        if names is not None and name not in names:
            unknown(use, name, names, page)


def _known(runbook_id: str, book: Book) -> Known:
    """Every name that may be used of a runbook; of one that is not there only those of the book."""
    runbook = book.runbook(runbook_id)
    return names_of_book(book) if runbook is None else names_of_book(book) | names_of_runbook(runbook, book)


def _rows(root: Table) -> list[Table]:
    script = root.get("script")
    return [row for row in (script.items if isinstance(script, Sequence) else ()) if isinstance(row, Table)]


def _inside(root: Table) -> dict[int, str]:
    """For every node of a line that is played in another run: the runbook of that run."""
    found: dict[int, str] = {}
    for row in _rows(root):
        played = row.get("in")
        if isinstance(played, Scalar):
            found |= dict.fromkeys(map(id, _nodes(row)), played.text)
    return found


def _nodes(node: Node) -> Iterator[Node]:
    """A node, its keys and all that stands in it; a line of a script is a table of lists and tables of words."""
    todo: list[Node] = [node]
    while todo:
        one = todo.pop()
        yield one
        if isinstance(one, Table):
            todo += [part for pair in one.entries.values() for part in pair]
        elif isinstance(one, Sequence):
            todo += one.items


def _plain_answers(root: Table) -> dict[int, str]:
    """The answers that stand beside `override: step`, and so do not name the step again."""
    found: dict[int, str] = {}
    for row in _rows(root):
        step, answer = row.get("override"), row.get("answer")
        if isinstance(step, Scalar) and answer is not None:
            found[id(answer)] = step.text
    return found


# --- values


def _check_all_values(root: Table, own: str, page: Page, book: Book) -> None:
    """A value must be what its reading takes, or the rehearsal would stop in the middle."""
    at_end = root.get("at_end")
    for row in [*_rows(root), *([at_end] if isinstance(at_end, Table) else [])]:
        played = row.get("in")
        runbook = book.runbook(played.text if isinstance(played, Scalar) else own)
        readings = {} if runbook is None else {reading.id: reading for reading in runbook.readings}
        for key in ("values", "readings"):
            _check_values(row.get(key), readings, page)


def _check_values(taken: Node | None, known: Mapping[str, Reading], page: Page) -> None:
    for name, node in taken.entries.values() if isinstance(taken, Table) else ():
        reading = known.get(name.text)
        if reading is not None:
            check_value(reading, node, page)


def check_value(reading: Reading, node: Node, page: Page) -> None:
    """Note a value that this reading cannot take."""
    if reading.kind == "number":
        Number().read(node, page)
    elif reading.kind == "yes-no":
        Choice(("yes", "no")).read(node, page)
