"""The table `runs`: every run at a glance, so that home and search are quick.

Disposable: all of it is worked out from the entries, which are signed while this table is not. Where the two
differ the entries are right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, select, text

from engine.errors import RecordTrouble
from engine.events import RunEnded, RunOpened, moment_of, type_of
from engine.journal import Row, entry_of
from engine.store import schema
from engine.store.prepared import Prepared
from engine.store.schema import events

LOOK_BACK = 10_000
"""How many of the latest entries the list is held against whenever somebody begins to write."""

_OPENED = type_of(RunOpened)
_ENDED = type_of(RunEnded)


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run at a glance; worked out from its entries."""

    run: str
    kind: str
    """Its letter: R real, D drill, E evaluation, P patrol, H rehearsal, O office."""
    runbook: str | None
    """None when the entry that opened it is not here."""
    revision: int | None
    graph: str | None
    room: str | None
    parent: str | None
    opened_at: datetime | None
    ended_how: str | None
    ended_at: datetime | None
    last_at: datetime
    last_pos: int
    entries: int


COLUMNS = tuple(one.name for one in fields(RunRow))

# Both databases understand this; Core has no word for it that is the same in both.
_PUT = Prepared(
    lambda: text(
        """
        INSERT INTO runs (run, kind, runbook, revision, graph, room, parent, opened_at, ended_how, ended_at,
                          last_at, last_pos, entries)
        VALUES (:run, :kind, :runbook, :revision, :graph, :room, :parent, :opened_at, :ended_how, :ended_at,
                :last_at, :last_pos, :entries)
        ON CONFLICT (run) DO UPDATE SET
            runbook = coalesce(runs.runbook, excluded.runbook),
            revision = coalesce(runs.revision, excluded.revision),
            graph = coalesce(runs.graph, excluded.graph),
            room = coalesce(runs.room, excluded.room),
            parent = coalesce(runs.parent, excluded.parent),
            opened_at = coalesce(runs.opened_at, excluded.opened_at),
            ended_how = coalesce(runs.ended_how, excluded.ended_how),
            ended_at = coalesce(runs.ended_at, excluded.ended_at),
            last_at = excluded.last_at,
            last_pos = excluded.last_pos,
            entries = runs.entries + excluded.entries
        """
    )
)


def run_row(found: Any) -> RunRow:
    """A row of the table as a value."""
    said = dict(zip(COLUMNS, found, strict=True))
    for name in ("opened_at", "ended_at", "last_at"):
        said[name] = moment_of(said[name]) if said[name] else None
    return RunRow(**said)


def take_in(connection: Connection, rows: Sequence[Row]) -> None:
    """Bring the line of one run up to date with entries of it that were just added."""
    last = rows[-1]
    assert last.run is not None
    said = _line(last.run, last.at, last.pos, len(rows))
    for row in rows:
        _learn(said, row)
    _PUT.on(connection, said)


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of runs as it is kept, and as far as it can be worked out without reading every entry."""

    here: Mapping[str, dict[str, Any]]
    counted: Mapping[str, dict[str, Any]]

    def differing(self, telling: Iterable[Row]) -> tuple[str, ...]:
        """The runs whose line is not what their entries say; `telling` are those that open or end a run."""
        right = {run: dict(line) for run, line in self.counted.items()}
        for row in sorted(telling):
            line = right.get(row.run or "")
            # What was added since the list was read says nothing of it.
            if line is not None and row.pos <= line["last_pos"]:
                _learn(line, row)
        return tuple(sorted(run for run in self.here.keys() | right if self.here.get(run) != right.get(run)))


def listed(connection: Connection, since: int = 0) -> Listed:
    """The list of the runs with entries after the place `since`."""
    found = connection.execute(select(*_RUNS).where(schema.runs.c.last_pos > since))
    here = {one[0]: dict(zip(COLUMNS, one, strict=True)) for one in found}
    return Listed(here, _counted(connection, since))


def differing(connection: Connection, since: int) -> tuple[str, ...]:
    """The runs with entries after the place `since` whose line is not what their entries say."""
    return listed(connection, since).differing(_telling(connection, since))


def rebuild(connection: Connection) -> None:
    """Work the whole table out anew."""
    right = _counted(connection, 0)
    for row in _telling(connection, 0):
        _learn(right[row.run or ""], row)
    connection.execute(delete(schema.runs))
    for said in right.values():
        _PUT.on(connection, said)


_RUNS = tuple(schema.runs.c[name] for name in COLUMNS)
_ROW = tuple(events.c[name] for name in Row._fields)


def _counted(connection: Connection, since: int) -> dict[str, dict[str, Any]]:
    """The lines of all runs that have an entry after the place `since`, without what their entries tell."""
    which = _of_runs(since)
    sums = select(func.max(events.c.pos).label("pos"), func.count().label("entries"))
    ends = sums.where(which).group_by(events.c.run).subquery()
    last = select(events.c.run, events.c.at, ends.c.pos, ends.c.entries).join(
        ends, events.c.pos == ends.c.pos
    )
    return {run: _line(run, at, pos, entries) for run, at, pos, entries in connection.execute(last)}


def _telling(connection: Connection, since: int) -> Iterable[Row]:
    """What opened and ended those runs."""
    which = _of_runs(since)
    telling = select(*_ROW).where(which, events.c.type.in_((_OPENED, _ENDED))).order_by(events.c.pos)
    return _rows(connection.execute(telling))


def _of_runs(since: int) -> ColumnElement[bool]:
    if since <= 0:
        return events.c.run.is_not(None)
    return events.c.run.in_(select(events.c.run).where(events.c.pos > since))


def _rows(found: Iterable[Any]) -> Iterable[Row]:
    return (Row(*one) for one in found)


def _line(run: str, at: str, pos: int, entries: int) -> dict[str, Any]:
    known = {"run": run, "kind": run[0], "last_at": at, "last_pos": pos, "entries": entries}
    return dict.fromkeys(COLUMNS) | known


def _learn(said: dict[str, Any], row: Row) -> None:
    """What an entry says of its run, where nothing was said before: of two the first one counts."""
    for name, value in _facts(row).items():
        if said[name] is None:
            said[name] = value


def _facts(row: Row) -> dict[str, Any]:
    """None when the entry says nothing of its run at a glance, or can no longer be read."""
    if row.type not in (_OPENED, _ENDED):
        return {}
    try:
        event = entry_of(row).event
    except RecordTrouble:
        event = None
    if row.type == _ENDED:
        return {"ended_at": row.at, "ended_how": event.how if isinstance(event, RunEnded) else None}
    names = ("runbook", "revision", "graph", "room", "parent")
    known = {name: getattr(event, name) for name in names} if isinstance(event, RunOpened) else {}
    return {"opened_at": row.at} | known
