"""Every act that is allowed now, and the step in front of a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from engine.acts.kinds import ENDINGS, PUT_BACK, REASON, STRENGTH_CHOICES, YES_NO, Act, Need
from engine.acts.of_steps import (
    against_needs,
    answer_need,
    doing_needs,
    earlier_acts,
    level_need,
    offers_voices,
    open_act,
    step_acts,
    try_anybody,
    voice_acts,
)
from engine.clocks import Alarm, alarms, next_round_at
from engine.condition import parse
from engine.facts import wait_holds, waits_for_readings
from engine.rules import ENTRY, may_end_complete, missing_roles, wait_is_over
from engine.state import NOTHING, Across, Note, RunState, StepState, held_back, withdrawal
from engine.text import Text


def possible(
    state: RunState,
    now: datetime,
    ended: Collection[str] = (),
    standing: Sequence[Alarm] | None = None,
    across: Across = NOTHING,
    person: str = "",
) -> list[Act]:
    """Every act that a person may do now, the acts of open steps first, in the author's order.

    `ended` are the runs opened by this one that are known to have ended: their own record says so.
    `standing` are the alarms at `now`, where somebody has worked them out already; `across` is what other
    open runs have to say; `person` is whoever sits here.
    """
    if state.opened_at is None:
        return []
    known = alarms(state, now) if standing is None else standing
    if state.ended is not None:
        return [
            *_voices(state, state.unconfirmed()),
            *_notes(state),
            *_findings(state),
            *_telling(state),
            *_acknowledge(state, known),
        ]
    return [
        *_entry_acts(state),
        *_acts_of(state, [*state.open_steps(), *state.deferred_steps()], now, ended, across, person),
        *_late_acts(state),
        *_situation(state, now, across),
        *_acknowledge(state, known),
        *_notes(state),
        *_findings(state),
        *_telling(state),
        *_people(state),
        *_run_acts(state, now),
    ]


def done_before(state: RunState, now: datetime) -> list[Act]:
    """While everybody is out: what may have been done inside before that, and is recorded with its time.

    Not among what is `possible`: nothing of it can be done now.
    """
    if state.opened_at is None or state.ended is not None or withdrawal(state) is None:
        return []
    names = [*state.open_steps(), *state.deferred_steps()]
    return [act for name in names for act in earlier_acts(state, state.steps[name], now)]


PEOPLE = "persons"
"""The unit of what counts people."""


def _acts_of(
    state: RunState, names: list[str], now: datetime, ended: Collection[str], across: Across, person: str
) -> Iterator[Act]:
    for name in names:
        yield from step_acts(state, state.steps[name], now, ended, across, person)


def current_step(state: RunState, person: str, now: datetime, across: Across = NOTHING) -> str | None:
    """The step in front of `person`: of those to be done now the first that is theirs, else the first.

    A repeated step whose next visit is not due, and a wait that goes on, stand back for one that needs hands, and
    for a wait whose values are not known or not as they should be: those are measured. What a raised watch has
    opened comes before everything that was to be done anyway, then what the plan says is `first`: that is also
    theirs where those whose role it is are at no terminal. A step that was put off stands with the others when its
    time has come. Before all of it people are got out (`gets_people_out`); behind all of it stands what is held back
    while they are out, or kept back by another run. All else is in the order of the plan.
    """
    steps = dict.fromkeys([*state.open_steps(), *state.come_back()])
    roles = set(state.roles_of(person))
    raised = [name for name, watch in state.watches.items() if watch.raised_at is not None]
    urgent = set[str]().union(*(state.graph.led[name] for name in raised))

    def urgency(name: str) -> tuple[bool, bool, int, bool, bool, bool, int]:
        one = state.steps[name]
        mine = not one.step.roles or bool(roles & set(one.step.roles)) or _may_sign(state, one, roles)
        ahead = one.step.first and (mine or _nobody_else(state, one.step.roles, person))
        out = gets_people_out(state, name, now)
        back = held_back(state, name) is not None or _is_kept_back(one, across)
        theirs = mine or ahead
        return (
            not out,
            back,
            _idleness(state, one, now),
            not theirs,
            name not in urgent,
            not ahead,
            state.graph.number[name],
        )

    return min(steps, key=urgency, default=None)


def _is_kept_back(one: StepState, across: Across) -> bool:
    return one.step.kind == "run" and one.child is None and one.step.target in across.kept_back


def _idleness(state: RunState, one: StepState, now: datetime) -> int:
    """0: it needs hands now; 1: it waits, and what it waits for is measured; 2: nothing can be done but wait."""
    waits = one.step.kind == "wait" and not wait_is_over(state, one, now)
    if not waits:
        return 2 if one.step.repeat is not None and next_round_at(one) > now else 0
    measured = one.step.wait_until is not None and waits_for_readings(state, one)
    return 1 if measured and wait_holds(state, one, now) is not True else 2


def _nobody_else(state: RunState, roles: Iterable[str], person: str) -> bool:
    """Whether nobody in these roles is at a terminal of their own: what is theirs is said by whoever is at one."""
    return not any(held in state.writers - {person} for role in roles for held in state.holders(role))


def gets_people_out(state: RunState, name: str, now: datetime) -> bool:
    """Whether a safety wait is for people to come out, and they are not known to be: nothing goes before it."""
    one = state.steps[name]
    if one.step.wait_until is None or one.step.cls != "safety" or wait_is_over(state, one, now):
        return False
    asked = {asks for asks, _ in parse(one.step.wait_until).names} & state.graph.readings.keys()
    return any(state.graph.readings[reading].unit == PEOPLE for reading in asked)


def _may_sign(state: RunState, one: StepState, roles: set[str]) -> bool:
    return one.step.kind == "hold" and bool(roles & set(missing_roles(state, one)))


def _entry_acts(state: RunState) -> Iterator[Act]:
    for number, words in enumerate(state.graph.runbook.entry):
        if number not in state.entry_answers:
            yield Act("entry", f"{ENTRY}{number}", (YES_NO,), words)


def _late_acts(state: RunState) -> Iterator[Act]:
    """What may still be done to finished steps: reopen, change an answer, settle what was left over."""
    finished = tuple(state.lists.said.titled)
    if finished:
        yield Act("reopen", None, (Need("target", "choice", choices=finished), REASON))
    decided = state.lists.decided
    voices = state.unconfirmed()
    steps = {*decided, *(name for name in voices if name in state.steps)}
    for name in sorted(steps, key=state.graph.number.__getitem__):
        one = state.steps[name]
        if name in decided:
            needs = (*doing_needs(state, one), answer_need(one.step, but=one.answer), REASON)
            needs += tuple(need for need in against_needs(one.step) if need.name != "deviation")
            yield Act("change", name, needs, one.step.text)
        if not offers_voices(state, one):
            yield from voice_acts(state, name)
    yield from _voices(state, [name for name in voices if name not in steps])
    for name in state.left_over():
        yield Act("put-back", name, (PUT_BACK, Need("text", "text")))


def _voices(state: RunState, names: list[str]) -> Iterator[Act]:
    return (act for name in names for act in voice_acts(state, name))


def _situation(state: RunState, now: datetime, across: Across) -> Iterator[Act]:
    if state.graph.runbook.readings:
        goals = [name for _, name in state.graph.runbook.goals]
        # What stands in the header is what is read again and again.
        readings = sorted(state.graph.runbook.readings, key=lambda one: one.id not in goals)
        choices = tuple((reading.id, reading.label) for reading in readings)
        yield Act("read", None, (Need("target", "choice", choices=choices), Need("value", "value")))
    yield Act("level", None, (level_need("target", state, now), Need("reason", "text", optional=True)))
    for watch_id, watch in state.graph.watches.items():
        subject = watch.title
        if state.watches[watch_id].raised_at is None:
            yield Act("raise", watch_id, (), subject)
            continue
        yield Act("retire", watch_id, (REASON,), subject)
        yield Act("raise-again", watch_id, (), subject)
        if watch.run is not None and state.watches[watch_id].child is None:
            yield open_act(watch_id, watch.run, across, subject)


def _acknowledge(state: RunState, standing: Sequence[Alarm]) -> Iterator[Act]:
    for alarm in standing:
        subject = alarm.subject if isinstance(alarm.subject, Text) else Text(alarm.subject, alarm.subject)
        yield Act("ack", alarm.name, (), subject)
    for card in state.cards:
        if card.alarm not in state.acknowledged:
            yield Act("ack", card.alarm, (), card.title)


def _notes(_state: RunState) -> Iterator[Act]:
    yield Act("note", None, (Need("text", "text"),))
    yield Act("evidence", None, (Need("evidence", "file"),))


def _findings(state: RunState) -> Iterator[Act]:
    """Settle one that was left open; it may be weeks later, when its run has long ended."""
    found = state.open_findings()
    if found:
        choices = tuple((name, _of_finding(state, note)) for name, note in found.items())
        yield Act("close-finding", None, (Need("target", "choice", choices=choices), REASON))


def _of_finding(state: RunState, note: Note) -> Text:
    one = state.steps.get(note.step or "")
    if one is None:
        return Text(note.text, note.text)
    return Text(f"{one.step.text.zh}：{note.text}", f"{one.step.text.en}: {note.text}")


def _telling(state: RunState) -> Iterator[Act]:
    groups = tuple((group.id, group.title) for group in state.graph.site.groups)
    if groups:
        target = Need("target", "choice", choices=groups)
        needs = (target, Need("text", "text"), Need("channel", "channel"), Need("to", "text"))
        yield Act("tell-anytime", None, needs)
    if state.graph.runbook.patrol is None:  # a patrol owes the customer no report
        yield Act("report", None, (Need("text", "text"), Need("to", "text", optional=True)))


def _people(state: RunState) -> Iterator[Act]:
    roles = state.graph.runbook.roles
    if roles:
        role = Need("role", "choice", choices=roles)
        yield Act("role", None, (role, Need("person", "person"), Need("reason", "text", optional=True)))
        yield Act("try-anytime", None, try_anybody(state))
    held = tuple((role, state.graph.runbook.role(role)) for role in state.roles if state.holders(role))
    if held:
        needs = (
            Need("role", "choice", choices=held),
            Need("owner", "person"),
            Need("person", "person"),
            Need("second_strength", "strength", choices=STRENGTH_CHOICES),
            Need("second_channel", "channel", optional=True),
            Need("strength", "strength", choices=STRENGTH_CHOICES),
            Need("channel", "channel", optional=True),
        )
        yield Act("handover", None, needs)
    if state.people:
        people = tuple((person, Text(name, name)) for person, name in state.people.items())
        yield Act("leave", None, (Need("person", "person", choices=people),))


def _run_acts(state: RunState, now: datetime) -> Iterator[Act]:
    yield Act("hold", None, (REASON,)) if state.held is None else Act("resume")
    finished = state.road.finished
    endings = ENDINGS if finished else ENDINGS[2:]
    usual = endings[0 if not finished or may_end_complete(state, now) else 1][0]
    target = Need("target", "choice", choices=endings, default=usual)
    yield Act("end", None, (target, Need("reason", "text", optional=finished)), main=finished)
