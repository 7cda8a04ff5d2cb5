"""The runs that go on, as home lists them: worked out from the record, without sitting down at any.

Everything here is called in the one worker of the app.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.clocks import overdue, promises, timers
from engine.desk import kept_graph
from engine.events import Entry, RunOpened
from engine.graph import bound
from engine.plan import LEVELS
from engine.run import in_order, replay
from engine.state import RunState
from engine.store import RunRow, Store
from engine.text import Text, clean
from tui.chosen import Chosen, where
from tui.frame.home_glass import Choice, Due
from tui.locale import WORDS
from tui.unannounced import listed
from tui.view import Looking

WALKED = ("R", "P", "D")
"""The kinds of runs that people walk: real ones, patrols, drills."""

RUNS_SHOWN = 12
"""So many open runs are worked out for the list; there are seldom more than three."""

FEW = 3
"""So many people are named where there is little room, by the first signs of their names."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the list of open runs is made from."""

    store: Store
    person: str | None
    """Who looks, where that is known: their own place in a run comes before that of others."""
    chosen: Chosen
    ascii_only: bool = False

    def open_runs(self, now: datetime) -> list[Choice]:
        """The runs that go on: danger to people first, what is overdue, by severity, the oldest; drills last."""
        going_on = listed(self.store, self.store.runs(going_on=True))
        rows = [row for row in going_on if row.kind in WALKED]
        runs = [self._run(row, now) for row in rows[:RUNS_SHOWN]]

        def order(one: Choice) -> tuple[bool, bool, bool, int, datetime]:
            drill, calm = one.kind not in ("R", "P"), one.grave is None
            return (drill, calm, not one.late, _severity(one.level), one.opened_at or now)

        return sorted(runs, key=order)

    def _run(self, row: RunRow, now: datetime) -> Choice:
        entries = in_order(self.store.entries(row.run))
        state = state_of(self.store, row.run, entries)
        if state is None:
            title = Text(clean(row.runbook or row.run), clean(row.runbook or row.run))
            return Choice(row.run, title, (), None, row.opened_at, goes_on=True, kind=row.kind)
        step = self._step(state, entries, now)
        names = [self._name(one, name) for one, name in state.people.items()]
        late, due = what_is_due(state, now)
        return Choice(
            row.run,
            one_line(state.graph.runbook.title),
            tuple(_place(state, step)),
            state.level,
            state.opened_at,
            " ".join(name[:4] for name in names[:FEW]),
            goes_on=True,
            kind=row.kind,
            late=late,
            due=due,
            grave=_grave(state),
            step=None if step is None else one_line(state.graph.steps[step].text),
            everybody="  ".join(names),
        )

    def _name(self, person: str, name: str) -> str:
        """A name; where it cannot be written on this terminal, the id."""
        return clean(person if self.ascii_only and not name.isascii() else name)

    def _step(self, state: RunState, entries: Sequence[Entry], now: datetime) -> str | None:
        """Where whoever looks stands in it, or else whoever acted in it last."""
        here = (one for entry in reversed(entries) for one in (entry.by, entry.actor) if one in state.people)
        who = self.person if self.person in state.people else next(here, "")
        return where(Looking(state, now, "en", who or ""), entries, self.chosen)


def state_of(store: Store, run: str, entries: Sequence[Entry] | None = None) -> RunState | None:
    """A run as it stands in the record, without sitting down at it; None where its plan cannot be read here."""
    entries = in_order(store.entries(run)) if entries is None else list(entries)
    opened = next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
    graph = kept_graph(store, opened.graph) if opened is not None else None
    if opened is None or graph is None:
        return None
    return replay(bound(graph, opened.room), run, entries)


def one_line(text: Text) -> Text:
    """A text of the plan on one line, safe to show."""
    return Text(*(" ".join(clean(said, lines=True).split("\n")) for said in (text.zh, text.en)))


def _severity(level: str | None) -> int:
    """The gravest first; a run without a level comes last."""
    order = list(reversed(LEVELS))
    return order.index(level) if level in order else len(order)


def what_is_due(state: RunState, now: datetime) -> tuple[tuple[Due, ...], Due | None]:
    """What is overdue, the longest first; and what falls due next. Promises, and the limits of steps."""
    promised = [
        (one_line(one.promise.title), one.deadline)
        for one in promises(state, now)
        if one.deadline is not None and one.status in ("running", "broken")
    ]
    limits = [
        (one_line(state.graph.steps[one.step].text), one.at) for one in timers(state) if one.kind == "limit"
    ]
    every = sorted([*promised, *limits], key=lambda one: one[1])
    late = tuple((one_line(one.title), one.at) for one in overdue(state, now))
    return late, next((one for one in every if one[1] >= now), None)


def _grave(state: RunState) -> Text | None:
    """The watch that was raised last, of those whose safety steps are still to be done."""
    graph, opened = state.graph, set(state.open_steps())
    raised = [
        (one.raised_at, name)
        for name, one in state.watches.items()
        if one.raised_at is not None
        and any(graph.steps[step].cls == "safety" for step in graph.led[name] & opened)
    ]
    return one_line(graph.watches[max(raised)[1]].title) if raised else None


def _place(state: RunState, step: str | None) -> list[Text]:
    """Where, and how far."""
    room = next((one_line(one.title) for one in state.graph.site.rooms if one.id == state.room), None)
    facts = {"number": state.graph.number.get(step or "", 0), "total": len(state.graph.steps)}
    word = WORDS["home-end" if step is None else "home-place"]
    where = Text(word.zh.format(**facts), word.en.format(**facts))
    return [*([room] if room is not None else []), where]
