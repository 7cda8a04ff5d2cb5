"""How every expectation came out, worked out from the record; an evaluator's word goes before the machine's.

While a drill runs an expectation whose time is not over is open; it is never averaged with the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from drill.moments import LEVEL, SIGNED, TOLD, Moments, Occurrence
from drill.scenario.values import Expectation, Scenario
from drill.scoring import OUTCOMES, Deviation, Finding, Grade, Outcome
from engine.events import Entry, Observed
from engine.plan import LEVELS

_MS = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with what shows it."""

    finding: Finding
    expectation: Expectation
    start_at: datetime | None
    """The moment it counts from; None: that never came."""
    seen: Occurrence | None
    """The deed, or the wrong one."""
    proposed: Outcome
    """What the machine found; differs from the finding where an evaluator said otherwise."""
    why: str = ""
    """The evaluator's words."""
    people: tuple[tuple[str, Outcome], ...] = ()
    """How it came out for each of a team of whom all are to do it."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A drill that was ended while things were still going on: for them nobody can say how they would have been."""

    at: datetime
    real: bool = False
    """By a real event: then nobody is asked to say it either."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """What findings are made from."""

    scenario: Scenario
    moments: Moments
    observed: tuple[Entry, ...]
    """The entries of the evaluation that are observations, in their order."""
    now: datetime
    over: bool
    holds_at: Callable[[str], Occurrence | None] = lambda _condition: None
    """When a condition on a reading was first true at or after something was read; None: never."""
    off_road: frozenset[str] = frozenset()
    """Steps, marks and answers that could not come on the road that was taken."""
    cut: Cut | None = None
    """None: it came to its own end, or its time ran out."""


def findings(drilled: Drilled) -> list[Shown]:
    """Every expectation of the scenario, in its order."""
    said = _said_of(drilled.observed)
    return [_shown(one, drilled, said.get(one.id)) for one in drilled.scenario.expectations]


def next_limit(found: Iterable[Shown], now: datetime) -> datetime | None:
    """Until when no passing of time changes any of these; None: time alone changes nothing more."""
    limits = (
        one.start_at + one.expectation.limit
        for one in found
        if one.start_at is not None and one.expectation.limit is not None
    )
    return min((one for one in limits if one >= now), default=None)


def deviations(observed: Iterable[Entry]) -> tuple[Deviation, ...]:
    """What evaluators booked as done otherwise than the runbook says."""
    found = []
    for entry in observed:
        event = entry.event
        if isinstance(event, Observed) and event.kind == "deviation":
            weight = cast(Literal["major", "moderate", "minor"], event.outcome)
            found.append(Deviation(event.objective or "", weight, event.text))
    return tuple(found)


def unsafe_acts(observed: Iterable[Entry]) -> int:
    """How many unsafe acts were recorded."""
    return sum(isinstance(one.event, Observed) and one.event.kind == "unsafe-act" for one in observed)


def _said_of(observed: Iterable[Entry]) -> dict[str, Observed]:
    """The last word of the evaluators on each expectation."""
    said: dict[str, Observed] = {}
    for entry in observed:
        event = entry.event
        if isinstance(event, Observed) and event.kind == "finding" and event.expectation is not None:
            said[event.expectation] = event
    return said


def _shown(one: Expectation, drilled: Drilled, said: Observed | None) -> Shown:
    start = drilled.moments.first(one.start)
    since = None if start is None else start.at
    right = None if since is None else _right(one, drilled, since)
    wrong = None if since is None else _first(drilled.moments, one.wrong, since)
    outcome = _outcome(one, drilled, since, right, wrong)
    final = said.outcome if said is not None and said.outcome in OUTCOMES else outcome
    took = right.at - since if right is not None and since is not None else None
    if said is not None and said.exercise_ms is not None and since is not None:
        began = drilled.moments.first("reported")
        assert began is not None
        took = began.at + said.exercise_ms * _MS - since
    finding = Finding(
        id=one.id,
        objective=one.objective,
        grade=cast(Grade, one.grade),
        outcome=final,
        took_ms=None if took is None else took // _MS,
        target_ms=None if one.target is None else one.target // _MS,
        limit_ms=None if one.limit is None else one.limit // _MS,
    )
    seen = right if right is not None else wrong
    why = said.text if said is not None else ""
    return Shown(finding, one, since, seen, outcome, why, _people(one, drilled, since, wrong))


def team(one: Expectation, scenario: Scenario) -> tuple[str, ...]:
    """Who is to do it: those in the role that answers for it, or everybody who plays."""
    asked = (person for role, person in scenario.people if one.owner in (None, role))
    return tuple(dict.fromkeys(asked))


def _people(
    one: Expectation, drilled: Drilled, since: datetime | None, wrong: Occurrence | None
) -> tuple[tuple[str, Outcome], ...]:
    """The result of each person where all of a team are to do it; the team's is worked out from theirs."""
    if one.mode != "all":
        return ()
    found: list[tuple[str, Outcome]] = []
    for person in team(one, drilled.scenario):
        done = None if since is None else drilled.moments.first_by(person, _names(one), since)
        theirs = wrong if wrong is not None and wrong.by == person else None
        found.append((person, _outcome(one, drilled, since, done, theirs)))
    return tuple(found)


def _outcome(
    one: Expectation,
    drilled: Drilled,
    since: datetime | None,
    right: Occurrence | None,
    wrong: Occurrence | None,
) -> Outcome:
    if since is None:
        return "not-presented" if drilled.over else "open"
    if one.by.kind == "evaluator":
        return "not-observed" if drilled.over else "open"
    limit = None if one.limit is None else since + one.limit
    if right is not None and (limit is None or right.at <= limit):
        return "met" if one.target is None or right.at <= since + one.target else "late"
    if wrong is not None:
        return "wrong"
    if right is None and one.by.what in drilled.off_road:
        return "not-presented" if drilled.over else "open"
    if drilled.over:
        return _not_done(drilled.cut, limit)
    return "missed" if limit is not None and drilled.now > limit else "open"


def _not_done(cut: Cut | None, limit: datetime | None) -> Outcome:
    """At the end of a drill. What was cut off before its limit was not missed: an evaluator says what it was."""
    if cut is None or (limit is not None and limit < cut.at) or (limit is None and not cut.real):
        return "missed"
    return "not-presented" if cut.real else "open"


def _right(one: Expectation, drilled: Drilled, since: datetime) -> Occurrence | None:
    """The first time at or after `since` that it was done; where all are to do it, when the last of them had."""
    kind, what = one.by.kind, one.by.what
    if kind == "value":
        found = drilled.holds_at(what)
        return found if found is not None and found.at >= since else None
    if kind == "evaluator":
        return None
    if one.mode == "all":
        people = team(one, drilled.scenario)
        theirs = [drilled.moments.first_by(person, _names(one), since) for person in people]
        done = [each for each in theirs if each is not None]
        return max(done, key=lambda each: each.at) if done and len(done) == len(theirs) else None
    if kind in ("told", "level"):
        return _first(drilled.moments, _names(one), since)
    return drilled.moments.first(what, since)


def _names(one: Expectation) -> tuple[str, ...]:
    """Under which names the deed stands in the record."""
    kind, what = one.by.kind, one.by.what
    if kind == "told":
        return (f"{TOLD}{what}",)
    if kind == "level":
        return tuple(f"{LEVEL}{level}" for level in LEVELS[LEVELS.index(what) :])
    return (what, f"{SIGNED}{what}")


def _first(moments: Moments, names: Iterable[str], since: datetime) -> Occurrence | None:
    found = (moments.first(name, since) for name in names)
    return min((one for one in found if one is not None), key=lambda one: one.at, default=None)
