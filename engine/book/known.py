"""The names a book and a runbook define, for files that speak about them: rehearsals and scenarios."""

from __future__ import annotations

from collections.abc import Collection

from engine.book.page import NO_HINT, Page, Use
from engine.plan import Book, Runbook
from engine.text import Text

MOST_NAMED = 12
"""So many names of a sort are listed when none of them looks like what was written."""

_RULES = {
    "step": "undefined-step",
    "step-or-group": "undefined-step",
    "reached": "undefined-step",
    "answer": "undefined-answer",
    "watch": "undefined-watch",
    "reading": "undefined-reading",
    "role": "undefined-role",
    "person": "undefined-person",
    "runbook": "undefined-runbook",
    "promise": "undefined-promise",
    "room": "undefined-room",
    "site": "undefined-site",
    "group": "undefined-group",
    "mark": "undefined-mark",
    "objective": "undefined-objective",
    "inject": "undefined-inject",
    "moment": "undefined-moment",
    "asked": "undefined-asked",
    "deed": "undefined-moment",
}


def unknown(use: Use, name: str, known: Collection[str], page: Page) -> None:
    """Note that there is no `name` of that sort, with the one that was probably meant."""
    hint = page.near(name, known)
    if hint is NO_HINT and 0 < len(known) <= MOST_NAMED:
        hint = Text(f"，有：{'、'.join(known)}。", f"; there are: {', '.join(known)}.")
    if use.sort == "answer":
        step, _, answer = name.rpartition(".")
        page.fault("undefined-answer", use.node, step=step, answer=answer, hint=hint)
    else:
        page.fault(_RULES[use.sort], use.node, found=use.name, hint=hint)


def names_of_book(book: Book) -> dict[str, Collection[str]]:
    """By sort: what the site, the promises and the runbooks define."""
    known: dict[str, Collection[str]] = {
        "runbook": [one.id for one in book.runbooks],
        "promise": [one.id for one in book.promises.promises],
        "room": [one.id for one in book.site.rooms],
        "site": [book.site.id],
    }
    if book.site.people:
        known["person"] = [one.id for one in book.site.people]
    return known


def names_of_runbook(runbook: Runbook, book: Book) -> dict[str, Collection[str]]:
    """By sort: what a runbook defines."""
    steps = [step.id for step in runbook.steps]
    watches = [watch.id for watch in runbook.watches]
    marks = [mark for step in runbook.steps for mark in step.marks]
    given = [f"{step.id}.{answer.id}" for step in runbook.steps for answer in step.answers]
    whether = [f"{step.id}.{word}" for step in runbook.steps if step.only_when for word in ("do", "pass")]
    entry = [f"entry.{index}.{word}" for index in range(len(runbook.entry)) for word in ("yes", "no")]
    return {
        "step": steps,
        "step-or-group": [*steps, *(group.id for group in book.site.groups)],
        "reached": [*steps, *given, *marks, *watches],
        "answer": [*given, *whether, *entry],
        "watch": watches,
        "reading": [reading.id for reading in runbook.readings],
        "role": [role for role, _ in runbook.roles],
    }
