"""The status sheet: where a run stands, in plain lines, for the day the program has stopped.

It is written anew after every act, so that whoever finds it can go on with the paper plan. The first line
says until when it may be believed, and what to do when it is older.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from engine.acts import current_step
from engine.clocks import Alarm, alarms, promises, timers
from engine.condition import say_clock
from engine.plan import Step
from engine.report.words import WORDS
from engine.report.writing import Writing
from engine.road import Place
from engine.rules import missing_roles
from engine.state import RunState, Said, StepState, Value
from engine.text import Text, clean

NEXT_SHOWN = 8
ACTS_SHOWN = 10

INDENT = "    "


def status_sheet(
    state: RunState, now: datetime, language: str, person: str = "", acts: Sequence[str] = ()
) -> str:
    """The sheet of a run at `now`, in lines of at most 76 cells.

    `person` is who sits at this terminal: the place is theirs. `acts` are the last entries in the words of
    the log, the latest at the end; of more than ten the last ten are shown.
    """
    writing = Writing(state, now, language)
    current = current_step(state, person, now)
    parts = [
        *writing.lines(_written(writing, current)),
        "",
        *_head(writing, current),
        *writing.section("alarms", _alarms(writing)),
        *writing.section("people", _people(writing)),
        *writing.section("open", _open(writing, current)),
        *writing.section("next", _next(writing)),
        *writing.section("holds", _holds(writing)),
        *writing.section("promises", _promises(writing)),
        *writing.section("readings", _readings(writing)),
        *writing.section("watches", _watches(writing)),
        *writing.section("deferred", _deferred(writing)),
        *writing.section("left-over", _steps(writing, state.left_over())),
        *writing.section("acts", _acts(writing, acts)),
    ]
    return "\n".join(parts) + "\n"


# --- the head


def _written(writing: Writing, current: str | None) -> str:
    """The line that is read first: how old the sheet may be, and where paper goes on."""
    state = writing.state
    book = state.graph.runbook
    plan = {
        "time": writing.clock(writing.now),
        "runbook": clean(book.id),
        "revision": book.revision,
    }
    if state.ended is not None:
        return writing.word("written-ended", at=writing.clock(state.ended.at), **plan)
    if current is None:
        return writing.word("written-end", **plan)
    return writing.word("written", step=state.graph.number[current], **plan)


def _head(writing: Writing, current: str | None) -> Iterator[str]:
    """What kind of run, of what, where, and its place."""
    state = writing.state
    book, total = state.graph.runbook, len(state.graph.steps)
    kind = f"kind-{state.kind}"
    room = [writing.text(one.title) for one in state.graph.site.rooms if one.id == state.room]
    named = [writing.word(kind) if kind in WORDS else clean(state.kind), writing.text(book.title)]
    yield from writing.lines("  ".join([*named, *room, clean(state.run_id)]))
    local = writing.now.astimezone(writing.zone)
    yield from writing.lines(
        writing.word(
            "elapsed",
            date=f"{local:%Y-%m-%d}",
            zone=f"{local:%z}",
            elapsed=say_clock(writing.now - (state.opened_at or writing.now)),
            level=clean(state.level or writing.word("no-level")),
        )
    )
    if current is not None:
        number = state.graph.number[current]
        yield from writing.lines(
            writing.word("place", number=number, total=total, title=writing.title(current))
        )
    if state.held is not None:
        at, by, reason = state.held
        held = {"reason": writing.text(reason), "name": writing.name(by), "time": writing.clock(at)}
        yield from writing.lines(writing.word("on-hold", **held))


def _people(writing: Writing) -> Iterator[str]:
    """Every role of the plan with whoever holds it."""
    state = writing.state
    for role, title in state.graph.runbook.roles:
        names = writing.join([writing.name(person) for person in state.holders(role)])
        said = writing.word("by-role", role=writing.text(title), names=names or writing.word("nobody"))
        yield from writing.lines(said, "  ")


# --- steps


def _open(writing: Writing, current: str | None) -> Iterator[str]:
    """What is to be done now, with warning and expectation; the step in front comes first."""
    state = writing.state
    names = dict.fromkeys([*([current] if current else []), *state.come_back(), *state.open_steps()])
    for name in names:
        yield from _step(writing, state.steps[name], here=name == current)


def _step(writing: Writing, one: StepState, *, here: bool) -> Iterator[str]:
    step = one.step
    lead = f"{'>' if here else ' '} {writing.mark(step.id)} "
    if step.warn is not None:
        yield from writing.lines(writing.word("warning", text=writing.text(step.warn)), "      ")
    tag = f"   [{clean(step.tag)}]" if step.tag else ""
    yield from writing.lines(f"{writing.numbered(step.id)}{tag}", lead)
    for part in (*_who_and_where(writing, step), *_expected(writing, step), *_standing(writing, one)):
        yield from writing.lines(part, "          ")


def _who_and_where(writing: Writing, step: Step) -> Iterator[str]:
    parts = []
    if step.roles:
        parts.append(writing.word("for-role", roles=writing.join(writing.role(role) for role in step.roles)))
    if step.where is not None:
        parts.append(writing.word("at-place", place=writing.text(step.where)))
    if parts:
        yield "   ".join(parts)


def _expected(writing: Writing, step: Step) -> Iterator[str]:
    expect = step.expect
    if expect is None:
        return
    said = writing.condition(expect.that) if expect.that else writing.text(expect.says or "")
    if expect.within is None:
        yield writing.word("expect", text=said)
    else:
        yield writing.word("expect-in", text=said, time=writing.pen.limit(expect.within))


def _standing(writing: Writing, one: StepState) -> Iterator[str]:
    """Since when it is being done, why it stands as it does, and its deadlines in clock time."""
    if one.started_at is not None and one.status is None:
        begun = {"name": writing.name(one.started_by or ""), "time": writing.clock(one.started_at)}
        yield writing.word("begun", **begun)
    if one.status in ("failed", "deferred") and one.last is not None and one.last.value.reason:
        yield writing.word("because", reason=writing.text(one.last.value.reason))
    for timer in timers(writing.state):
        if timer.step == one.step.id:
            yield writing.word(f"by-{timer.kind}", time=writing.clock(timer.at))


def _next(writing: Writing) -> Iterator[str]:
    """The steps behind the open ones, in the author's order."""
    state = writing.state
    coming = [name for name in state.graph.steps if _comes_next(state, name)]
    yield from _steps(writing, coming[:NEXT_SHOWN])
    if len(coming) > NEXT_SHOWN:
        yield f"      {writing.word('more', count=len(coming) - NEXT_SHOWN)}"


def _comes_next(state: RunState, name: str) -> bool:
    """Whether a step waits for one that is open."""
    if state.place(name) is not Place.WAITING:
        return False
    before = [edge.earlier for edge in state.graph.into[name] if edge.earlier in state.steps]
    return any(state.place(one) is Place.OPEN for one in before)


def _steps(writing: Writing, names: Sequence[str]) -> Iterator[str]:
    for name in names:
        yield from writing.lines(writing.numbered(name), f"  {writing.mark(name)} ")


def _deferred(writing: Writing) -> Iterator[str]:
    """Steps put off: until when, why, and who sees to them."""
    state = writing.state
    for name in state.deferred_steps():
        yield from _steps(writing, [name])
        last = state.steps[name].last
        if last is None:
            continue
        until, said = last.value.until, []
        if until in state.steps:
            said.append(writing.word("until-step", step=writing.title(until)))
        if last.value.reason:
            said.append(writing.word("because", reason=writing.text(last.value.reason)))
        if last.value.owner:
            said.append(writing.word("owner", name=writing.name(last.value.owner)))
        if said:
            yield from writing.lines("   ".join(said), "          ")


def _holds(writing: Writing) -> Iterator[str]:
    """Every hold that is open or waits: who must still sign, and who has."""
    state = writing.state
    for name, one in state.steps.items():
        sign = one.step.sign
        if sign is None or state.place(name) not in (Place.OPEN, Place.WAITING):
            continue
        yield from _steps(writing, [name])
        missing = missing_roles(state, one)
        words = "hold-waits" if sign.need >= len(sign.of) else "hold-some"
        roles = writing.join(_role_and_holder(writing, role) for role in missing)
        left = max(sign.need - len(one.signatures), 0)
        signed = [
            writing.name(sign.person) + ("" if sign.confirmed else writing.word("voice"))
            for sign in one.signatures
        ]
        said = [writing.word(words, missing=roles, count=left)] if missing else []
        said += [writing.word("hold-signed", names=writing.join(signed))] if signed else []
        yield from writing.lines("   ".join(said), "          ")


def _role_and_holder(writing: Writing, role: str) -> str:
    names = [writing.name(person) for person in writing.state.holders(role)]
    return " ".join([writing.role(role), *names[:1]])


# --- the situation


def _alarms(writing: Writing) -> Iterator[str]:
    for alarm in alarms(writing.state, writing.now):
        yield from writing.lines(f"{writing.clock(alarm.at)}  {_alarm(writing, alarm)}", "  !! ")


def _alarm(writing: Writing, alarm: Alarm) -> str:
    subject, detail = alarm.subject, writing.text(alarm.detail)
    if alarm.kind in ("voice", "two-commanders"):
        detail = writing.join(writing.name(person) for person in alarm.detail.split("、"))
    # A watch without words of its own is said by its condition.
    bare = alarm.kind == "watch" and isinstance(subject, str)
    said = writing.condition(str(subject)) if bare else writing.text(subject)
    return writing.word(f"alarm-{alarm.kind}", subject=said, detail=detail)


def _watches(writing: Writing) -> Iterator[str]:
    state = writing.state
    for name, watch in state.watches.items():
        if watch.raised_at is None:
            continue
        known = state.graph.watches[name]
        words = (
            writing.text(known.words) if known.words is not None else writing.condition(known.when or name)
        )
        yield from writing.lines(
            writing.word("since", time=writing.clock(watch.raised_at), words=words), "  !! "
        )


def _promises(writing: Writing) -> Iterator[str]:
    """The promises that run or are broken, with their deadlines in clock time."""
    for reading in promises(writing.state, writing.now):
        title: Text = reading.promise.title
        if reading.status == "running" and reading.deadline is not None:
            at = reading.deadline
        elif reading.status == "broken" and reading.broken_at is not None:
            at = reading.broken_at
        else:
            continue
        said = writing.word(f"promise-{reading.status}", title=writing.text(title), time=writing.clock(at))
        yield from writing.lines(said, "  ")
        if reading.status == "broken" and reading.kept_at is None and reading.promise.every is not None:
            yield from _next_word(writing, reading.deadline, title)


def _next_word(writing: Writing, at: datetime | None, title: Text) -> Iterator[str]:
    """A word at every interval is owed again, also after one was missed."""
    if at is not None:
        said = writing.word("promise-running", title=writing.text(title), time=writing.clock(at))
        yield from writing.lines(said, "  ")


def _readings(writing: Writing) -> Iterator[str]:
    """The latest value of everything that was read, with its age; of contradicting ones all."""
    state = writing.state
    for name, heads in state.readings.items():
        for said in heads:
            yield from writing.lines(_value(writing, name, said, len(heads) > 1), "  ")


def _value(writing: Writing, name: str, said: Said[Value], differs: bool) -> str:
    reading = writing.state.graph.readings[name]
    source = said.value.source
    line = writing.word(
        "value",
        label=writing.text(reading.label),
        value=writing.value(reading, said.value),
        time=writing.clock(said.at),
        age=writing.age(said.at),
        source=writing.name(said.by) if source is None else clean(source),
    )
    stale = reading.fresh is not None and writing.now - said.at > reading.fresh
    return line + (writing.word("differs") if differs else "") + (writing.word("too-old") if stale else "")


def _acts(writing: Writing, acts: Sequence[str]) -> Iterator[str]:
    for line in acts[-ACTS_SHOWN:]:
        yield from writing.lines(" ".join(clean(line, lines=True).split("\n")), "  ")
