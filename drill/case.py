"""A drill as a judge looks at it: from the record alone, while it runs or years later.

case_of(record, "D-20261122-ABCD")    a drill of the record; refuses what is none
case.findings(now), case.inputs(now)  what came of every expectation, and all that the score is made of
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from drill import findings as judged
from drill.book.reading import read_scenario
from drill.endings import ended_by
from drill.evaluation import Evaluation
from drill.evaluation import apply as apply_evaluation
from drill.findings import Cut, Drilled, Shown
from drill.moments import Moments, Occurrence
from drill.scenario.values import Scenario
from drill.scoring import RATINGS, Deviation, Finding, Inputs, Rating, proposed
from drill.team import Kept, Team, folds
from engine import graph as graphs
from engine.clocks import frozen_for
from engine.condition import evaluate, parse
from engine.errors import Refused
from engine.events import Entry, Rated, ReadingTaken, RunOpened
from engine.facts import facts_at
from engine.run import in_order, replay
from engine.state import RunState

_MS = timedelta(milliseconds=1)

OVER = ("ended", "evaluated", "closed")


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a judge looks at."""

    scenario: Scenario
    seed: str
    state: RunState
    moments: Moments
    evaluation: Evaluation
    entries: Callable[[], Iterable[Entry]]
    """The entries of the drill, for what must be looked up at the moment it was true."""
    team: Team
    """Every run that the drill has opened; what happened there stands in `moments` too."""

    @property
    def over(self) -> bool:
        return self.evaluation.stage in OVER

    @property
    def ended_at(self) -> datetime:
        """The last moment of its clock: of its end, or of the last entry so far."""
        last = self.state.ended.at if self.state.ended is not None else self.state.moment
        assert last is not None
        return last

    @property
    def by_machine(self) -> bool:
        return self.evaluation.planned is not None and self.evaluation.planned.by_machine

    def findings(self, now: datetime) -> list[Shown]:
        """Every expectation as it stands at `now`."""
        observed = tuple(self.evaluation.observed)
        return judged.findings(
            Drilled(self.scenario, self.moments, observed, now, self.over, self._first_true, cut=self._cut)
        )

    @property
    def _cut(self) -> Cut | None:
        """Whether somebody ended the drill before the players had, and before its time was up."""
        ended, start = self.state.ended, self.state.opened_at
        by = None if ended is None else ended_by(ended.reason)
        if ended is None or by is None or start is None or ended.at - start >= self.scenario.length:
            return None
        return Cut(ended.at, by.how == "real-event")

    def inputs(self, now: datetime) -> Inputs:
        """Everything the score is made of at `now`."""
        return self.inputs_of(self.findings(now))

    def inputs_of(self, shown: Iterable[Shown]) -> Inputs:
        """The same from findings that are known; in a drill by machine the proposed ratings stand."""
        found = tuple(one.finding for one in shown)
        booked = judged.deviations(self.evaluation.observed)
        ratings = tuple((one.id, self._rating(one.id, found, booked)) for one in self.scenario.objectives)
        return Inputs(
            findings=found,
            ratings=ratings,
            deviations=booked,
            unsafe_acts=judged.unsafe_acts(self.evaluation.observed),
            freeze_ms=frozen_for(self.state.settings) // _MS,
            seed=self.seed,
        )

    def _rating(
        self, objective: str, found: tuple[Finding, ...], booked: tuple[Deviation, ...]
    ) -> Rating | None:
        final = self.final(objective)
        if final is not None:
            return next((one for one in RATINGS if one == final.rating), None)
        return proposed(objective, found, booked) if self.by_machine else None

    def final(self, objective: str) -> Rated | None:
        """The rating that somebody gave and that stands."""
        return self.evaluation.final(objective)

    def given(self, objective: str) -> Entry | None:
        """The entry by which it was given."""
        final = self.final(objective)
        entries = self.evaluation.ratings.get(objective, [])
        return next((one for one in reversed(entries) if one.event is final), None)

    def _first_true(self, condition: str) -> Occurrence | None:
        """When a value was first read, in whichever of the team's runs, for which a condition holds."""
        below = ((one.state, one.entries) for one in self.team.below.values() if one.state is not None)
        found = (_holds(condition, *each) for each in [(self.state, self.entries()), *below])
        return min((one for one in found if one is not None), key=lambda one: one.at, default=None)


def _holds(condition: str, state: RunState, entries: Iterable[Entry]) -> Occurrence | None:
    """When a reading made a condition true in one run: its record is folded up to each of them."""
    asked = parse(condition)
    names = {name.removesuffix("-rise") for name, _ in asked.names}
    if not names & set(state.graph.readings):
        return None
    for entry, so_far in folds(state, entries):
        read = isinstance(entry.event, ReadingTaken) and entry.event.reading in names
        if read and evaluate(asked, facts_at(so_far, entry.at)).value is True:
            return Occurrence(entry.at, entry.hash, entry.by)
    return None


def case_of(record: Kept, run_id: str) -> Case:
    """The drill of that id (or of its evaluation), from the record alone; Refused when it is none."""
    drill_id, evaluation_id = f"D{run_id[1:]}", f"E{run_id[1:]}"
    entries = in_order(record.entries(drill_id))
    opened = next((one.event for one in entries if isinstance(one.event, RunOpened)), None)
    evaluation = Evaluation(evaluation_id)
    for entry in in_order(record.entries(evaluation_id)):
        apply_evaluation(evaluation, entry)
    if opened is None or evaluation.planned is None:
        raise Refused("no-such-drill", run=run_id)
    kept, source = record.text(opened.graph), record.text(evaluation.planned.digest)
    if kept is None or source is None:
        raise Refused("graph-missing", run=drill_id)
    scenario, _ = read_scenario(source, f"{evaluation.planned.scenario}.yaml")
    if scenario is None:
        raise Refused("scenario-unreadable", scenario=evaluation.planned.scenario)
    graph = graphs.bound(graphs.from_bytes(kept), opened.room)
    state, moments = replay(graph, drill_id, entries), Moments.of(graph, entries)
    team = Team.of(record, drill_id, entries, moments)
    return Case(scenario, evaluation.planned.seed, state, moments, evaluation, lambda: entries, team)
