"""What a person must know: it stands until it is acknowledged, and the next of its kind has another name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clocks.levels import suggestion
from engine.clocks.limits import deadline_of, limited, missed_rounds
from engine.clocks.promises import WARN_AT, PromiseReading, promises
from engine.facts import band
from engine.rules import calls_used_up
from engine.state import COMMAND, RunState, StepState
from engine.text import Text

REMIND_EVERY = timedelta(minutes=10)
"""How often a run that is on hold says so again."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something a person must know. `name` is what `Acknowledged` names: the next of its kind has another."""

    name: str
    rank: int
    """3 act now, 2 be aware, 1 for information."""
    at: datetime
    kind: str
    subject: Text | str
    detail: str = ""


def alarms(state: RunState, now: datetime) -> list[Alarm]:
    """Every alarm that stands and is not acknowledged, the gravest and newest first."""
    found = [one for one in _all_alarms(state, now) if one.name not in state.acknowledged]
    return sorted(found, key=lambda one: (-one.rank, -one.at.timestamp(), one.name))


def _all_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    if state.opened_at is None:
        return
    for reading in promises(state, now):
        yield from _promise_alarms(reading, now)
    yield from _voice_alarms(state)
    if state.ended is not None:
        return
    for one in limited(state):
        yield from _limit_alarms(state, one, now)
    for name in state.road.open:
        yield from _step_alarms(state, state.steps[name])
    yield from _reading_alarms(state, now)
    yield from _watch_alarms(state)
    yield from _level_alarms(state, state.opened_at, now)
    yield from _people_alarms(state, now)


def _promise_alarms(reading: PromiseReading, now: datetime) -> Iterator[Alarm]:
    promise, deadline, length = reading.promise, reading.deadline, reading.length
    if reading.broken_at is not None:
        name = f"broken:{promise.id}:{reading.broken_at.isoformat()}"
        yield Alarm(name, 3, reading.broken_at, "broken", promise.title)
    if deadline is None or length is None or now > deadline:
        return
    passed = [part for part in WARN_AT if reading.share(now) >= part]
    if passed:
        name = f"promise:{promise.id}:{deadline.isoformat()}:{passed[-1]}"
        at = deadline - length * (1 - passed[-1])
        yield Alarm(name, len(passed), at, "promise", promise.title)


# --- steps


def _limit_alarms(state: RunState, one: StepState, now: datetime) -> Iterator[Alarm]:
    step = one.step
    limit_at = deadline_of(state, one)
    if limit_at is not None and limit_at < now:
        name = f"overdue:{step.id}:{one.visit}:{limit_at.isoformat()}"
        yield Alarm(name, 3, limit_at, "overdue", step.text, step.missed or "")
    missed = 0 if state.is_put_off(step.id) else missed_rounds(one, now)
    if missed and step.repeat is not None and one.opened_at is not None:
        every = step.repeat.every.length
        at = one.opened_at + (now - one.opened_at) // every * every
        yield Alarm(f"round:{step.id}:{one.visit}:{missed}", 2, at, "round-missed", step.text, str(missed))


def _step_alarms(state: RunState, one: StepState) -> Iterator[Alarm]:
    step = one.step
    if one.contradicted:
        newest = max(one.heads, key=lambda head: head.recorded_at)
        name = f"contradicted:{step.id}:{'+'.join(head.hash for head in one.heads)}"
        yield Alarm(name, 3, newest.at, "contradicted", step.text)
    if one.doubts:
        doubt = one.doubts[-1]
        yield Alarm(f"recheck:{step.id}:{doubt.hash}", 2, doubt.at, "recheck", step.text)
    for name in one.second_differs:
        second = one.second_readings[name]
        label = state.graph.readings[name].label
        both = label.zh if label.zh == label.en else f"{label.zh} / {label.en}"
        yield Alarm(f"differs:{step.id}:{second.hash}", 3, second.at, "second-differs", step.text, both)
    if (
        step.kind == "contact"
        and not step.decides
        and one.tries
        and calls_used_up(state, one, one.tries[-1].by)
    ):
        last = one.tries[-1].at
        yield Alarm(f"nobody:{step.id}:{one.visit}:{len(one.tries)}", 3, last, "nobody", step.text)


def _voice_alarms(state: RunState) -> Iterator[Alarm]:
    """A signature by voice is asked after until it is confirmed, also when its step and the run are over."""
    for name in state.unconfirmed():
        for sign in state.signatures_of(name):
            if not sign.confirmed:
                yield Alarm(f"voice:{sign.name}", 2, sign.at, "voice", state.subject_of(name), sign.person)


# --- the situation


def _reading_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    for name, heads in state.readings.items():
        reading, latest = state.graph.readings[name], heads[-1]
        if any(one.value != latest.value for one in heads):
            hashes = "+".join(one.hash for one in heads)
            yield Alarm(f"contradicted:{name}:{hashes}", 3, latest.at, "contradicted", reading.label)
        elif reading.act is not None and band(state, reading, now) == "act":
            value = f"{latest.value.text} {reading.unit or ''}".strip()
            yield Alarm(f"act:{name}:{latest.hash}", 3, latest.at, "act-band", reading.label, value)


def _watch_alarms(state: RunState) -> Iterator[Alarm]:
    for watch_id, known in state.watches.items():
        if known.raised_at is not None:
            watch = state.graph.watches[watch_id]
            subject = watch.words or watch.when or watch_id
            name = f"watch:{watch_id}:{known.times}"
            yield Alarm(name, 3, known.raised_at, "watch", subject, watch.run or "")


def _level_alarms(state: RunState, opened_at: datetime, now: datetime) -> Iterator[Alarm]:
    """A level that is suggested and not declared; and who is told next while it is not restored."""
    declared = "+".join(one.hash for one in state.levels)
    found = suggestion(state, now)
    if found is not None and found.level != state.level:
        yield Alarm(f"level:{declared}:{found.level}", 2, found.since or opened_at, "level", found.level)
    if "recovered" in state.marks:
        return
    for row in state.graph.promises.escalation:
        if row.level == state.level and opened_at + row.after <= now:
            titles = [state.graph.runbook.role(role) for role in row.tell]
            told = Text("、".join(one.zh for one in titles), ", ".join(one.en for one in titles))
            name = f"escalate:{row.level}:{row.after.total_seconds():.0f}"
            yield Alarm(name, 2, opened_at + row.after, "escalate", told, row.level)


def _people_alarms(state: RunState, now: datetime) -> Iterator[Alarm]:
    if len(state.commanders) > 1:
        newest = max(state.command, key=lambda one: one.recorded_at)
        name = f"command:{'+'.join(one.hash for one in state.command)}"
        role = state.graph.runbook.role(COMMAND)
        yield Alarm(name, 3, newest.at, "two-commanders", role, "、".join(state.commanders))
    if state.held is not None:
        at, _, reason = state.held
        number = max((now - at) // REMIND_EVERY, 0)
        name = f"held:{at.isoformat()}:{number}"
        yield Alarm(name, 2, at + number * REMIND_EVERY, "held", reason)
