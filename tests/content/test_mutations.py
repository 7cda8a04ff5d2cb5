"""Whatever is done to a runbook in a hurry is told where it was done, and what harms nothing is let alone.

A fixed seed draws places for every kind of edit, and each of them must be told at its line, with little else. What
no language can see (a safety step that is gone with all that named it) is the matter of the theorems.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from random import Random

import pytest

from engine.book import bind
from engine.book.across import check_uses
from engine.book.page import Page
from engine.book.runbook import runbook_of
from engine.errors import Fault
from engine.lint import book_faults
from engine.lint import lint as lint_of
from engine.plan import Book
from tests.content import book
from tests.content.mutations_of_sense import HARMLESS, REFUSED, TOLD, Edit
from tests.content.written import Written

FILES = (
    "gas-re-entry",
    "re-energise",
    "call-119",
    "close-out",
    "complaint",
    "patrols/patrol-shift",
    "lightning",
)
"""Small plans, and one that has every construct: linting a large one once takes as long as all of these."""

DAY = date(2026, 11, 23)
DRAWN = 2
"""Edits of each kind."""

MOST_TOLD = 4
"""How many errors one edit may bring at most, but for what others name by the dozen."""


@cache
def written(name: str) -> Written:
    return Written(name, (book.BOOK / f"{name}.yaml").read_text("utf-8"))


def lint(name: str, text: str) -> list[Fault]:
    """What lint says of one file of the book that holds something else."""
    known = book.read()
    page = Page(f"{name}.yaml", known.site.languages)
    plan = runbook_of(text.encode(), page, known.site)
    titles = {one.id: one.title for one in known.runbooks}
    check_uses(page, known.site, titles, known.promises)
    made = () if plan is None else (bind(plan, known.site, known.promises, titles),)
    return [*page.faults, *book_faults(Book(known.folder, made, known.site, known.promises), DAY)]


@cache
def told_before(name: str) -> Counter[str]:
    return Counter(one.rule for one in lint(name, written(name).source))


def drawn(kind: str, edit: Edit) -> list[tuple[str, str, frozenset[int]]]:
    """The places drawn for a kind of edit: file, new text, and the lines that may be told."""
    draws = Random(kind)
    places = {name: [(name, *one) for one in edit(written(name))] for name in FILES}
    some = [listed for listed in places.values() if listed]
    assert some, kind
    return [draws.choice(listed) for listed in draws.sample(some, min(DRAWN, len(some)))]


@pytest.mark.parametrize("kind", REFUSED)
def test_a_careless_edit_is_an_error_at_its_line(kind: str) -> None:
    for name, text, lines in drawn(kind, REFUSED[kind]):
        errors = [one for one in lint(name, text) if not one.advice]
        said = [f"{one.place} {one.rule}" for one in errors]

        assert lines & {one.place.line for one in errors}, (name, sorted(lines)[:3], said)
        assert len(errors) <= MOST_TOLD, said


@pytest.mark.parametrize("kind", TOLD)
def test_what_may_be_meant_is_advised_at_its_line(kind: str) -> None:
    for name, text, lines in drawn(kind, TOLD[kind]):
        found = lint(name, text)
        new = Counter(one.rule for one in found) - told_before(name)

        assert any(one.place.line in lines for one in found if one.rule in new), (
            name,
            sorted(lines)[:3],
            new,
        )


SLIPS = {"languages-differ", "limit-unheard", "mark-unheard", "no-way-to-reach", "not-safety", "role-unheard"}
SLIPS |= {"step-without-role", "tag-unlisted", "unguarded-irreversible", "wrong-language"}
"""Advice about slips."""


def test_the_book_itself_has_none_of_these_slips() -> None:
    found = {one.rule for one in lint_of(book.BOOK, DAY)}

    assert found.isdisjoint(SLIPS)


@pytest.mark.parametrize("kind", HARMLESS)
def test_of_what_harms_nothing_nothing_is_said(kind: str) -> None:
    for name, text, _ in drawn(kind, HARMLESS[kind]):
        found = Counter(one.rule for one in lint(name, text))

        assert found == told_before(name), name
