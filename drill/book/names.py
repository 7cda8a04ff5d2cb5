"""What a scenario speaks of must be there: in its own file, in the plan it drills, or in a run below."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from drill.moments import START, name_below
from engine.book.known import names_of_book, names_of_runbook, unknown
from engine.book.names import Names, declared, site_sorts
from engine.book.page import Page
from engine.book.tree import Node, Scalar, Sequence, Table
from engine.condition import Sort, check_sorts
from engine.plan import Book, Runbook


def check_names(said: dict[str, Any], page: Page, book: Book | None) -> None:
    """Note every name that is not defined; without a book only those of the scenario itself."""
    ours = {one["id"] for one in said.get("injects", ()) if "id" in one}
    known: dict[str, Collection[str]] = {
        "inject": ours,
        "objective": [one["id"] for one in said.get("objectives", ()) if "id" in one],
    }
    runbook = None if book is None else book.runbook(said.get("runbook", ""))
    if book is not None:
        known |= names_of_book(book) | {"group": [group.id for group in book.site.groups]}
    if book is not None and runbook is not None:
        names = names_of_runbook(runbook, book) | _more_names(runbook)
        for one in runbooks_below(runbook, book):
            below = names_of_runbook(one, book) | _more_names(one)
            for sort in IN_RUNS_BELOW:
                names[sort] = [*names[sort], *(name_below(one.id, name) for name in below[sort])]
        _check_conditions([runbook, *runbooks_below(runbook, book)], book, page)
        known |= names
        known["moment"] = [*names["reached"], START, *ours]
        known["deed"] = [*names["step"], *names["answer"]]
    for use in page.uses:
        if use.sort in known and use.name not in known[use.sort]:
            unknown(use, use.name, known[use.sort], page)


def check_answers(taken: Node | None, drilled: Runbook, book: Book, page: Page) -> None:
    """Note every answer in the facts that the step does not know: nobody could ever give it."""
    known = _answers_of(drilled)
    for below in runbooks_below(drilled, book):
        known |= {name_below(below.id, step): answers for step, answers in _answers_of(below).items()}
    for name, node in taken.entries.values() if isinstance(taken, Table) else ():
        answers = known.get(name.text)
        for one in node.items if isinstance(node, Sequence) else [node]:
            if answers is not None and isinstance(one, Scalar) and one.text not in answers:
                hint = page.near(one.text, answers)
                page.fault("undefined-answer", one, step=name.text, answer=one.text, hint=hint)


def _answers_of(runbook: Runbook) -> dict[str, tuple[str, ...]]:
    """By step what it may come to: an answer, and of a condition whether it is done or passed."""
    return {
        step.id: (*(answer.id for answer in step.answers), *(("do", "pass") if step.only_when else ()))
        for step in runbook.steps
        if step.answers or step.only_when
    }


def _check_conditions(runbooks: list[Runbook], book: Book, page: Page) -> None:
    """What an expectation asks of readings must be something that one of the runs can answer."""
    known = site_sorts(book.site)
    for one in runbooks:
        marks = {mark for step in one.steps for mark in step.marks}
        declares = Names({}, readings={reading.id: reading for reading in one.readings}, marks=marks)
        known = declared(declares) | known
    known |= {
        f"{step.id}.{answer.id}": Sort("truth") for step in runbooks[0].steps for answer in step.answers
    }
    for asked in page.conditions:
        fault = check_sorts(asked.condition, known.get, known)
        if fault is not None:
            page.condition_fault(asked.node, fault)


IN_RUNS_BELOW = ("step", "answer", "reached", "mark", "asked", "watch", "reading")
"""What a scenario may name of a run that the drill opens: ``call-119/ring-119``."""


def _more_names(runbook: Runbook) -> dict[str, Collection[str]]:
    return {
        "mark": [mark for step in runbook.steps for mark in step.marks],
        "asked": [step.id for step in runbook.steps if step.answers or step.only_when],
    }


def runbooks_below(runbook: Runbook, book: Book) -> list[Runbook]:
    """Every other runbook that a run of this one can open, itself or further down."""
    found = {runbook.id: runbook}
    waiting = [runbook]
    while waiting:
        one = waiting.pop()
        opened = [*(step.target for step in one.steps if step.kind == "run"), *(w.run for w in one.watches)]
        for name in opened:
            there = book.runbook(name) if name is not None and name not in found else None
            if there is not None:
                found[there.id] = there
                waiting.append(there)
    return [one for one in found.values() if one.id != runbook.id]
