"""What a condition may ask of a run at a moment: readings, marks, answers, times, and site values.

A reading that was never taken, is too old, or is contradicted is UNKNOWN, and says why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from engine.condition import Facts, Known, Missing, Truth, Verdict, evaluate, parse, parse_band
from engine.plan import Fact, Reading
from engine.road import Place
from engine.state import RunState, StepState, Value


def facts_at(
    state: RunState, at: datetime, step_id: str | None = None, given: Mapping[str, Value] | None = None
) -> Facts:
    """What is known at `at`, as seen from `step_id` (for `waited`).

    `given` are readings that are just being taken; they stand before what was recorded.
    """
    fresh = given or {}

    def look_up(name: str) -> Known | Missing:
        if name == "waited":
            return _waited(state, at, step_id)
        if name.startswith("site."):
            return _site(state, name)
        if name.startswith("since-"):
            return _since(state, at, name.removeprefix("since-"))
        decision, dot, answer = name.partition(".")
        if dot:
            return _answered(state, decision, answer)
        if name in fresh:
            return Known(_typed(state.graph.readings[name], fresh[name]), at, fresh[name].source)
        if name in state.graph.readings:
            return reading_at(state, name, at)
        if name.endswith("-rise"):
            return _rise(state, name.removesuffix("-rise"), at, fresh)
        return _mark(state, name)

    return look_up


def last_known(state: RunState, at: datetime) -> Facts:
    """The same as `facts_at`, where a reading that has only grown old keeps its last value."""
    facts = facts_at(state, at)

    def look_up(name: str) -> Known | Missing:
        found = facts(name)
        if name not in state.graph.readings or not isinstance(found, Missing) or found.why != "stale":
            return found
        return found if found.value is None else Known(found.value, at=found.at)

    return look_up


def judge(state: RunState, text: str, at: datetime, step_id: str | None = None) -> Verdict:
    """Whether a condition of the plan holds at `at`, with its reasons."""
    return evaluate(parse(text), facts_at(state, at, step_id))


def holds(state: RunState, text: str, at: datetime, step_id: str | None = None) -> Truth:
    """Whether a condition of the plan holds at `at`."""
    return judge(state, text, at, step_id).value


def wait_holds(state: RunState, one: StepState, at: datetime) -> Truth:
    """Whether what a wait waits for is so; a safety wait believes only what was read since it opened.

    None also where it waits for no condition.
    """
    if one.step.wait_until is None:
        return None
    truth = holds(state, one.step.wait_until, at, one.step.id)
    return None if truth is True and not_read_yet(state, one) else truth


def waits_for_readings(state: RunState, one: StepState) -> tuple[str, ...]:
    """The readings that the condition of a wait names, in the order it names them."""
    if one.step.wait_until is None:
        return ()
    asked = (name.removesuffix("-rise") for name, _ in parse(one.step.wait_until).names)
    return tuple(name for name in dict.fromkeys(asked) if name in state.graph.readings)


def not_read_yet(state: RunState, one: StepState) -> tuple[str, ...]:
    """Of a safety wait the readings that were last taken before it opened: who went in since is not in them."""
    if one.step.wait_until is None or one.step.cls != "safety" or one.opened_at is None:
        return ()
    opened_at = one.opened_at
    return tuple(
        name
        for name in waits_for_readings(state, one)
        if not all(head.at >= opened_at for head in state.readings.get(name, ()))
    )


def band(state: RunState, reading: Reading, at: datetime) -> str:
    """normal, warn, act, or unknown: where the latest value of a reading lies."""
    if isinstance(reading_at(state, reading.id, at), Missing):
        return "unknown"
    return _band_by(reading, facts_at(state, at))


def last_band(state: RunState, reading: Reading, at: datetime) -> str:
    """The same, where a value that has only grown old still counts: an alarm is not over because nobody looks."""
    return _band_by(reading, last_known(state, at))


def _band_by(reading: Reading, facts: Facts) -> str:
    for name, limit in (("act", reading.act), ("warn", reading.warn)):
        if limit is not None and evaluate(parse_band(limit, reading.id), facts).value:
            return name
    return "normal"


def reading_at(state: RunState, name: str, at: datetime) -> Known | Missing:
    """The latest value of a reading, or why there is none to rely on."""
    heads = state.readings.get(name, ())
    if not heads:
        return Missing("not-taken")
    latest = heads[-1]
    value = _typed(state.graph.readings[name], latest.value)
    if any(one.value != latest.value for one in heads):
        return Missing("contradicted", at=latest.at, value=value)
    fresh = state.graph.readings[name].fresh
    if fresh is not None and at - latest.at > fresh:
        return Missing("stale", at=latest.at, value=value)
    return Known(value, at=latest.at, source=latest.value.source)


def _typed(reading: Reading, value: Value) -> Decimal | bool | str:
    if reading.kind == "yes-no":
        return value.text == "yes"
    return value.text if value.number is None else value.number


def _rise(state: RunState, name: str, at: datetime, given: Mapping[str, Value]) -> Known | Missing:
    """The latest value less the earliest taken within the window before it."""
    taken = state.history.get(name, [])
    if name in given:
        latest_at, latest, before = at, given[name].number, len(taken)
    else:
        found = reading_at(state, name, at)
        if isinstance(found, Missing) or not taken:
            return found if isinstance(found, Missing) else Missing("no-history")
        latest_at, latest, before = *taken[-1], len(taken) - 1
    window = state.graph.readings[name].rise or timedelta()
    first = bisect_left(taken, latest_at - window, key=lambda one: one[0])
    if latest is None or first >= before:
        return Missing("no-history", at=latest_at)
    return Known(latest - taken[first][1], at=latest_at)


def _mark(state: RunState, name: str) -> Known:
    if name == "reported":
        return Known(state.opened_at is not None, at=state.opened_at)
    return Known(name in state.marks, at=state.marks.get(name, (None, ""))[0])


def _waited(state: RunState, at: datetime, step_id: str | None) -> Known | Missing:
    opened_at = state.steps[step_id].opened_at if step_id in state.steps else None
    return Missing("not-answered") if opened_at is None else Known(at - opened_at)


def _since(state: RunState, at: datetime, mark: str) -> Known | Missing:
    reached_at = state.opened_at if mark == "reported" else state.marks.get(mark, (None, ""))[0]
    return Missing("not-answered") if reached_at is None else Known(at - reached_at)


def _answered(state: RunState, decision: str, answer: str) -> Known | Missing:
    """Whether that answer stands; false when the decision is off the road, UNKNOWN when not yet given."""
    outcome = state.road.outcomes[decision]
    if outcome.place is Place.OFF:
        return Known(False)
    step = state.steps[decision]
    if step.contradicted:
        return Missing("contradicted")
    if step.status is None:
        # A repeated step that came to its end was met; any other is not answered yet.
        settled = outcome.place is Place.SETTLED
        return Known(outcome.answer == answer) if settled else Missing("not-answered")
    return Known(step.answer == answer, at=None if step.last is None else step.last.at)


def _site(state: RunState, name: str) -> Known | Missing:
    fact = state.graph.site_fact(name.removeprefix("site."), state.room)
    return Missing("not-taken") if fact is None else Known(value_of(fact))


def value_of(fact: Fact) -> Decimal | timedelta | str:
    """The value of a site fact: a number, a length of time, or words."""
    if fact.number is not None:
        return fact.number
    if fact.length is not None:
        return fact.length
    return fact.words.en if fact.words is not None else ""
