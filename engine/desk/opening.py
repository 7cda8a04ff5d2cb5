"""What a run is opened with: its graphs and texts, its id, and the people of the run that opens it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine import graph as graphs
from engine.errors import BookBroken, Fault, Refused
from engine.events import Event, PersonJoined, RoleTaken
from engine.graph import StepGraph
from engine.plan import Book, Runbook
from engine.state import RunState

PATROL = "P"
"""The letter of a patrol."""

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""What a run id is made of: no I, L, O, U, 0, 1, so that it can be said over the telephone."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a run is opened with."""

    runbook: str
    graphs: dict[str, StepGraph]
    """The compiled graph of the runbook and of every one it can open."""
    texts: tuple[tuple[str, bytes], ...]
    """Name and content of every file they were made from."""
    room: str | None = None
    reported_at: datetime | None = None
    kind: str = "R"
    parent: str | None = None
    since: tuple[tuple[str, str], ...] = ()
    """Promises that run in the parent, and from when each counts (UTC)."""
    sealed: str | None = None
    """Of a drill: what seals its scenario and seed."""
    despite: str | None = None
    """The open run that keeps this runbook back; it is begun all the same."""
    forced: str | None = None
    """Why it is."""
    run_id: str | None = None
    """Named before: by an evaluation that was written first."""


def opening_of(
    book: Book,
    runbook_id: str,
    *,
    texts: tuple[tuple[str, bytes], ...] = (),
    room: str | None = None,
    reported_at: datetime | None = None,
    kind: str | None = None,
) -> Opening:
    """What a run of that runbook is opened with; BookBroken when it or one it can open is unsound.

    `kind`: of the run; None: a patrol where the runbook is one, else real.
    """
    graphs_: dict[str, StepGraph] = {}
    faults: list[Fault] = []
    todo = [runbook_id]
    while todo:
        name = todo.pop()
        runbook = book.runbook(name)
        if runbook is None:
            raise Refused("no-such-runbook", runbook=name, runbooks=tuple(one.id for one in book.runbooks))
        graph, found = graphs.compile_graph(runbook, book.site, book.promises)
        faults += found
        if graph is None:
            continue
        graphs_[name] = graph
        todo += [one for one in opens(runbook) if one not in graphs_ and one not in todo]
    if faults:
        raise BookBroken(faults)
    return Opening(
        runbook_id, graphs_, texts, room, reported_at, kind or kind_of(graphs_[runbook_id].runbook)
    )


def kind_of(runbook: Runbook) -> str:
    """The letter of the runs of a runbook: a patrol's are never counted among the real ones."""
    return PATROL if runbook.patrol is not None else "R"


def kind_of_child(parent: str, runbook: Runbook) -> str:
    """A run is of the kind of the one that opened it; but a hazard that a patrol has found is real."""
    return "R" if parent == PATROL and runbook.hazard is not None else parent


def opens(runbook: Runbook) -> list[str]:
    """The runbooks that a runbook can open by a step or a watch."""
    by_step = [step.target for step in runbook.steps if step.kind == "run" and step.target is not None]
    return by_step + [watch.run for watch in runbook.watches if watch.run is not None]


def people_for(state: RunState, runbook: Runbook) -> list[Event]:
    """The people of a run as they begin in one that it opens: in the roles they have, as far as it has them.

    Where two command who do not know of each other, nobody brings the command along.
    """
    joined = [PersonJoined(person, name) for person, name in state.people.items()]
    taken = [
        RoleTaken(role, person, state.roles[role][person].acting_for if person in state.roles[role] else None)
        for role in state.roles
        if role in dict(runbook.roles)
        for person in state.holders(role)
        if state.holds(person, role)
    ]
    return [*joined, *taken]


def new_run_id(kind: str, day: datetime, entropy: Callable[[int], bytes]) -> str:
    """A run id that can be said over the telephone and made offline: ``R-20261122-K7QM``."""
    letters = ""
    while len(letters) < 4:
        for byte in entropy(8):
            # Bytes beyond the last whole multiple would favour the first letters.
            if byte < 256 // len(LETTERS) * len(LETTERS) and len(letters) < 4:
                letters += LETTERS[byte % len(LETTERS)]
    return f"{kind}-{day:%Y%m%d}-{letters}"
