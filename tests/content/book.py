"""What the tests of the shipped plan book share: reading it, its rows, its roads and its rehearsals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from drill.rehearsal import Played, play
from engine.book import Rehearsal, read_book, read_rehearsal
from engine.desk import opening_of
from engine.graph import StepGraph, around, compile_graph
from engine.plan import Book, Runbook, Step
from engine.store import memory_store
from tests.content import ends
from tests.engine.records import Wall, entropy

BOOK = Path(__file__).parents[2] / "runbooks"
REHEARSALS = Path(__file__).parents[1] / "rehearsals"

SHARED = ("site.yaml", "promises.yaml")
"""What every runbook stands on."""


@dataclass(frozen=True)
class Row:
    """One row of the operator's step table: who, how long, and the steps it stands as."""

    name: str
    roles: tuple[str, ...]
    """The roles of the row; they come first where a step names more."""
    takes: str
    """Optimistic/likely/pessimistic minutes."""
    ways: tuple[tuple[str, ...], ...]
    """Each way the row can go, as steps whose minutes add up to the row; `runbook/step` of another runbook."""
    beside: tuple[str, ...] = ()
    """Steps of those ways that another role does."""


@cache
def read() -> Book:
    """The whole book; faults of a runbook are the matter of its own tests."""
    book, _ = read_book(BOOK)
    assert book is not None
    return book


def faults_of(*runbooks: str) -> list[str]:
    """What is wrong in these runbooks and in what every runbook stands on."""
    _, faults = read_book(BOOK)
    ours = {str(BOOK / name) for name in (*(f"{one}.yaml" for one in runbooks), *SHARED)}
    return [f"{fault.place}: {fault.sentence('en')}" for fault in faults if fault.place.file in ours]


def runbook(name: str) -> Runbook:
    """A runbook of the book."""
    found = read().runbook(name)
    assert found is not None, name
    return found


@cache
def graph(name: str) -> StepGraph:
    """The step graph of a runbook; it must be sound."""
    compiled, faults = compile_graph(runbook(name), read().site, read().promises)
    assert compiled is not None, [fault.sentence("en") for fault in faults]
    return compiled


def step(of: Runbook, step_id: str) -> Step:
    """A step by its id; `runbook/step` is one of another runbook."""
    other, _, name = step_id.rpartition("/")
    steps = runbook(other).steps if other else of.steps
    return next(one for one in steps if one.id == name)


# --- rows and limits


def minutes(text: str) -> tuple[Decimal, ...]:
    """O/L/P as the table writes them."""
    return tuple(Decimal(part) for part in text.split("/"))


def spent(of: Runbook, step_ids: Iterable[str]) -> tuple[Decimal, ...]:
    """What these steps take together: optimistic, likely, pessimistic minutes."""
    taken = [step(of, name).takes for name in step_ids]
    assert all(one is not None for one in taken), step_ids
    known = [one for one in taken if one is not None]
    return (
        sum((one.least for one in known), Decimal()),
        sum((one.likely for one in known), Decimal()),
        sum((one.most for one in known), Decimal()),
    )


def length(text: str) -> timedelta:
    """A length as the table writes it: 60s, 15m, 24h, 7d."""
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    return timedelta(**{units[text[-1]]: int(text[:-1])})


def is_default(parameter: str, amount: str) -> bool:
    """Whether a site parameter has this default, with its unit, and an allowed range."""
    fact = next(one for one in read().site.parameters if one.id == parameter)
    number, _, unit = amount.partition(" ")
    wanted = (Decimal(number), unit) if unit else (length(amount), None)
    return (fact.default, fact.unit) == wanted and fact.least is not None and fact.most is not None


def written(name: str, step_id: str) -> str:
    """A step as it stands in the file; once read, a text holds the value and no longer its name."""
    text = (BOOK / f"{name}.yaml").read_text(encoding="utf-8")
    found = re.search(rf"^  - id: {step_id}(?: +#.*)?\n", text, re.MULTILINE)
    return "" if found is None else text[found.end() :].partition("\n  - id: ")[0]


reached_without = around.reached_without
"""For whoever reads the book here anyway."""


# --- rehearsals


def rehearsals(prefix: str) -> list[Path]:
    """The rehearsals whose name begins so."""
    return sorted(REHEARSALS.glob(f"{prefix}-*.yaml"))


def rehearsal(path: Path) -> Rehearsal:
    """A rehearsal that reads without a fault."""
    found, faults = read_rehearsal(path.read_bytes(), str(path), book=read())
    assert found is not None and not faults, [f"{one.place}: {one.sentence('en')}" for one in faults]
    return found


@cache
def played(path: Path) -> Played:
    """What comes of a rehearsal, which is what its file says; its store is closed, its state stays."""
    script = rehearsal(path)
    opening = opening_of(read(), script.runbook, room=script.room, kind="H")
    with memory_store(wall=Wall(), entropy=entropy(1)) as store:
        came = play(script, replace(opening, reported_at=script.reported_at), store, entropy(2))
    assert [f"{one.place}: {one.sentence('en')}" for one in came.faults] == []
    return came


def branches(of: Runbook) -> set[str]:
    """Every answer, met and unmet, signature and refusal, and every watch of a runbook."""
    answers = {f"{one.id}.{answer.id}" for one in of.steps if one.decides for answer in one.answers}
    return answers | {watch.id for watch in of.watches}


def taken(paths: Iterable[Path]) -> set[str]:
    """What the rehearsals took together."""
    return set().union(*(played(path).reached for path in paths))


def untaken(name: str) -> set[str]:
    """What no rehearsal of a runbook takes of its answers, refusals and watches."""
    return branches(runbook(name)) - taken(rehearsals(name))


def wrong_end(path: Path) -> list[str]:
    """What came of a rehearsal otherwise than its file says, or than the edges of the graph say.

    The file must say how it ends and which steps were done; of a hazard also which promises were kept.
    """
    came, at_end = played(path), rehearsal(path).at_end
    wrong = [fault.sentence("en") for fault in came.faults]
    wrong += [] if at_end.ended and at_end.steps else ["says nothing of its end"]
    wrong += [] if at_end.promises or came.desk.state.graph.runbook.hazard is None else ["names no promise"]
    return wrong + ends.otherwise(came.desk.state)
