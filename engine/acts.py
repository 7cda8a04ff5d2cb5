"""Every act that is allowed now, and the events it becomes. What a screen, line mode, a rehearsal and a
simulated person choose from is this one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine import events as ev
from engine.clocks import alarms, next_round_at, suggested_level
from engine.errors import Refused
from engine.events import Event, stamp
from engine.plan import LEVELS, Step
from engine.road import Place
from engine.rules import (
    ENTRY,
    OUTCOMES,
    STRENGTHS,
    Proposal,
    call_list,
    calls_used_up,
    expectation,
    hold_is_signed,
    items_of,
    missing_roles,
    name_of,
    needed_readings,
    reopens,
    wait_is_over,
)
from engine.state import RunState, StepState
from engine.text import Text

NeedKind = Literal[
    "reading", "choice", "text", "tag", "person", "items", "time", "file", "word", "channel", "strength", "value"
]


@dataclass(frozen=True, slots=True)
class Need:
    """Something the person is asked for before the act can be done. `name` is a field of `Given`."""

    name: str
    kind: NeedKind
    optional: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    reading: str | None = None
    """The reading that is asked for, when `kind` is reading."""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person may do now. `step` is what it is about: a step, or the subject named by the verb."""

    verb: str
    step: str | None = None
    needs: tuple[Need, ...] = ()
    subject: Text | None = None
    main: bool = False
    """The one act that Enter does on its step."""

    @property
    def key(self) -> tuple[str, str | None]:
        """What tells one act from another."""
        return (self.verb, self.step)


@dataclass(frozen=True, slots=True)
class Given:
    """What the person gave. Times are stamps or None; `by` is who did it when another types it."""

    values: Mapping[str, str] = field(default_factory=dict)
    items: tuple[int, ...] = ()
    answer: str | None = None
    reason: str | None = None
    tag: str | None = None
    person: str | None = None
    name: str | None = None
    role: str | None = None
    strength: str | None = None
    channel: str | None = None
    outcome: str | None = None
    to: str | None = None
    text: str | None = None
    target: str | None = None
    """The step, reading, level or ending that the act is about, when it is chosen at the time."""
    until: str | None = None
    owner: str | None = None
    second: str | None = None
    second_strength: str | None = None
    second_channel: str | None = None
    read_back: str | None = None
    mark_at: datetime | None = None
    deviation: str | None = None
    evidence: str | None = None
    digest: str | None = None
    size: int | None = None
    child: str | None = None
    source: str | None = None
    by: str | None = None
    basis: str = "asserted"


# --- what is allowed


def possible(state: RunState, now: datetime) -> list[Act]:
    """Every act that a person may do now, the acts of open steps first, in the author's order."""
    if state.opened_at is None:
        return []
    if state.ended is not None:
        return [*_notes(state), *_told_later(state), *_acknowledge(state, now)]
    return [
        *_entry_acts(state),
        *(act for name in state.open_steps() for act in _step_acts(state, state.steps[name], now)),
        *(act for name in state.deferred_steps() for act in _step_acts(state, state.steps[name], now)),
        *_late_acts(state),
        *_situation(state, now),
        *_acknowledge(state, now),
        *_notes(state),
        *_told_later(state),
        *_people(state),
        *_run_acts(state),
    ]


def current_step(state: RunState, person: str, now: datetime) -> str | None:
    """The step in front of `person`: of those to be done now the first that is theirs, else the first.

    A repeated step whose next visit is not due, and a wait, stand back for one that needs hands.
    """
    open_steps = state.open_steps()
    if not open_steps:
        return None
    roles = set(state.roles_of(person))

    def urgency(name: str) -> tuple[bool, bool, int]:
        one = state.steps[name]
        idle = one.step.kind == "wait" or (one.step.repeat is not None and next_round_at(one) > now)
        mine = not one.step.roles or bool(roles & set(one.step.roles)) or _may_sign(state, one, roles)
        return (idle, not mine, state.graph.number[name])

    return min(open_steps, key=urgency)


def _may_sign(state: RunState, one: StepState, roles: set[str]) -> bool:
    return one.step.kind == "hold" and bool(roles & set(missing_roles(state, one)))


def _entry_acts(state: RunState) -> Iterator[Act]:
    for number, words in enumerate(state.graph.runbook.entry):
        if number not in state.entry_answers:
            yield Act("entry", f"{ENTRY}{number}", (_yes_no(),), words)


def _yes_no() -> Need:
    return Need("answer", "choice", choices=(("yes", Text("是", "yes")), ("no", Text("否", "no"))))


def _step_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    if one.asks_whether:
        choices = (("do", Text("要做", "do it")), ("pass", Text("不需要", "pass it")))
        yield Act("whether", one.step.id, (Need("answer", "choice", choices=choices),), main=True)
        yield from _ways_out(state, one)
        return
    if one.recheck and one.step.kind != "hold":
        yield Act("confirm", one.step.id, main=True)
        if one.step.irreversible:
            return
    if one.awaits_second:
        yield Act("verify", one.step.id, _verify_needs(state, one), main=True)
        yield Act("reopen", one.step.id, (_reason(),))
        return
    yield from _main_acts(state, one, now)
    yield from _ways_out(state, one)


def _main_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    step = one.step
    if step.repeat is not None:
        yield Act("visit", step.id, (*_doing_needs(state, one), *_kind_needs(state, one)), main=True)
    elif step.kind == "do":
        yield Act("do", step.id, _doing_needs(state, one), main=not one.recheck)
    elif step.kind == "ask":
        yield Act("answer", step.id, (*_doing_needs(state, one), _answer_need(one)), main=True)
    elif step.kind == "hold":
        yield from _hold_acts(state, one)
    elif step.kind == "wait":
        yield from _wait_acts(state, one, now)
    elif step.kind == "contact":
        yield from _contact_acts(state, one, now)
    elif step.kind == "tell":
        yield Act("tell", step.id, (*_doing_needs(state, one), *_kind_needs(state, one)), main=True)
    elif step.kind == "run":
        yield from _run_step_acts(state, one)
    if one.started_at is None and step.kind in ("do", "wait") and (step.kind == "do" or step.restart):
        yield Act("start", step.id, _tag_needs(step) if step.check_tag else ())
    if items_of(state, step):
        yield Act("tick", step.id, (_item_need(state, one),))


def _doing_needs(state: RunState, one: StepState) -> tuple[Need, ...]:
    """What finishing a step asks for: its readings, lines, tag, evidence, and a second pair of eyes."""
    step = one.step
    needs = [
        Need(name, "reading", reading=name) for name in needed_readings(step, state) if name not in one.readings
    ]
    if _lines_left(state, one):
        needs.append(_item_need(state, one))
    needs += _tag_needs(step) if step.irreversible or (step.check_tag and one.started_at is None) else ()
    if step.evidence is not None and not one.evidence:
        needs.append(Need("evidence", "file", optional=not step.evidence_required))
    if step.verify == "together":
        needs += _second_needs()
    if step.expect is not None:
        needs += _outcome_needs(state, one)
    return tuple(needs)


def _outcome_needs(state: RunState, one: StepState) -> list[Need]:
    expect = one.step.expect
    assert expect is not None
    if not one.step.decides:
        return [Need("deviation", "text", optional=True)]
    if expect.that is None:
        return [_answer_need(one)]
    return [Need("answer", "choice", optional=True, choices=_answers(one))]


def _lines_left(state: RunState, one: StepState) -> list[tuple[str, Text]]:
    return [
        (str(number), Text(line, line))
        for number, line in enumerate(items_of(state, one.step), start=1)
        if number not in one.ticks
    ]


def _item_need(state: RunState, one: StepState) -> Need:
    return Need("items", "items", choices=tuple(_lines_left(state, one)))


def _tag_needs(step: Step) -> tuple[Need, ...]:
    return () if step.tag is None else (Need("tag", "tag"),)


def _answers(one: StepState) -> tuple[tuple[str, Text], ...]:
    return tuple((answer.id, answer.says) for answer in one.step.answers)


def _answer_need(one: StepState) -> Need:
    return Need("answer", "choice", choices=_answers(one))


def _reason() -> Need:
    return Need("reason", "text")


def _second_needs(optional: bool = False) -> tuple[Need, ...]:
    return (
        Need("second", "person", optional=optional),
        Need("second_strength", "strength", optional=optional, choices=_strengths()),
        Need("second_channel", "channel", optional=True),
    )


def _strengths() -> tuple[tuple[str, Text], ...]:
    words = {
        "own-device": Text("本人在本机", "on their own device"),
        "pin": Text("在本机输入 PIN", "PIN on this device"),
        "voice": Text("口头，由我记录", "by voice, written down by me"),
    }
    return tuple((name, words[name]) for name in STRENGTHS)


def _kind_needs(state: RunState, one: StepState) -> tuple[Need, ...]:
    if one.step.kind == "tell":
        return (Need("text", "text"), Need("channel", "channel"), Need("to", "text"))
    return ()


def _hold_acts(state: RunState, one: StepState) -> Iterator[Act]:
    roles = tuple((role, state.graph.runbook.role(role)) for role in missing_roles(state, one))
    needs = (
        Need("role", "choice", choices=roles),
        Need("person", "person"),
        Need("strength", "strength", choices=_strengths()),
        Need("channel", "channel", optional=True),
    )
    yield Act("sign", one.step.id, needs, main=True)
    if one.step.decides:
        yield Act("refuse", one.step.id, (_reason(),))
    for sign in one.signatures:
        if not sign.confirmed:
            yield _confirm_voice(state, one)
            break


def _confirm_voice(state: RunState, one: StepState) -> Act:
    waiting = tuple(
        (sign.hash, Text(name_of(state, sign.person), name_of(state, sign.person)))
        for sign in one.signatures
        if not sign.confirmed
    )
    return Act(
        "confirm-voice",
        one.step.id,
        (Need("target", "choice", choices=waiting), Need("strength", "strength", choices=_strengths()[:2])),
    )


def _wait_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    if wait_is_over(state, one, now):
        yield Act("do", one.step.id, _doing_needs(state, one), main=True)


def _contact_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    yield Act("try", one.step.id, _try_needs(state, one.step.target or "", one), main=True)
    if one.step.decides and calls_used_up(state, one, _nothing(now)):
        yield Act("nobody", one.step.id)


def _nothing(now: datetime) -> Proposal:
    return Proposal((), "", "", now, now)


def _try_needs(state: RunState, role: str, one: StepState | None) -> tuple[Need, ...]:
    people = tuple(
        (person, Text(name_of(state, person), name_of(state, person))) for person in call_list(state, role)
    )
    due = next_call(state, one) if one is not None else None
    return (
        Need("person", "person", choices=people, default=due),
        Need("channel", "channel"),
        Need("outcome", "choice", choices=tuple((name, OUTCOME_WORDS[name]) for name in OUTCOMES)),
    )


OUTCOME_WORDS = {
    "answered": Text("接通", "answered"),
    "no-answer": Text("无人接听", "no answer"),
    "busy": Text("占线", "busy"),
    "off": Text("关机", "switched off"),
    "refused": Text("拒绝", "refused"),
}


def next_call(state: RunState, one: StepState) -> str | None:
    """Whom to call next: each on the list three times, then the next."""
    for person in call_list(state, one.step.target or ""):
        if sum(tried.person == person for tried in one.tries) < 3:
            return person
    return None


def _run_step_acts(state: RunState, one: StepState) -> Iterator[Act]:
    if one.child is None:
        yield Act("open-child", one.step.id, main=True)


def _verify_needs(state: RunState, one: StepState) -> tuple[Need, ...]:
    readings = tuple(Need(name, "reading", reading=name) for name in needed_readings(one.step, state))
    return (Need("person", "person"), *readings, Need("strength", "strength", choices=_strengths()))


def _ways_out(state: RunState, one: StepState) -> Iterator[Act]:
    """Could not, not needed, later, passed by decision."""
    step = one.step
    if step.kind in ("do", "wait", "tell", "run") and one.status != "failed":
        yield Act("fail", step.id, (_reason(),))
    if step.cls == "optional" and not step.decides:
        yield Act("skip", step.id, (_reason(), *_mark_needs(step)))
    if not step.decides and step.cls != "safety" and step.defer is not None and one.status != "deferred":
        yield Act("defer", step.id, _defer_needs(step))
    if not (step.kind == "hold" and step.never_alone):
        yield Act("override", step.id, _override_needs(one))


def _defer_needs(step: Step) -> tuple[Need, ...]:
    fixed = None if step.defer == "end" else step.defer
    return (_reason(), Need("until", "word", optional=True, default=fixed), Need("owner", "person", optional=True))


def _mark_needs(step: Step) -> tuple[Need, ...]:
    return (Need("mark_at", "time", optional=True),) if step.marks else ()


def _override_needs(one: StepState) -> tuple[Need, ...]:
    step = one.step
    needs: list[Need] = [_reason()]
    if step.decides:
        needs.append(_answer_need(one))
    if step.cls == "safety" or step.kind == "hold":
        needs += _second_needs(optional=True)
        if not step.never_alone:
            needs.append(Need("read_back", "text", optional=True))
    needs += _mark_needs(step)
    return tuple(needs)


def _late_acts(state: RunState) -> Iterator[Act]:
    """What may still be done to finished steps: reopen, change an answer, settle what was left over."""
    finished = tuple((name, one.step.text) for name, one in state.steps.items() if one.status is not None)
    if finished:
        yield Act("reopen", None, (Need("target", "choice", choices=finished), _reason()))
    for name, one in state.steps.items():
        if one.step.kind == "ask" and one.status == "done" and state.place(name) is Place.SETTLED:
            yield Act("change", name, (_answer_need(one), _reason()), one.step.text)
        for sign in one.signatures:
            if not sign.confirmed and state.place(name) is not Place.OPEN:
                yield _confirm_voice(state, one)
                break
    for name in state.left_over():
        kinds = (("put-back", Text("已复原", "put back")), ("ticket", Text("已登记工单", "ticketed")))
        yield Act("put-back", name, (Need("answer", "choice", choices=kinds), Need("text", "text")))


def _situation(state: RunState, now: datetime) -> Iterator[Act]:
    if state.graph.runbook.readings:
        choices = tuple((reading.id, reading.label) for reading in state.graph.runbook.readings)
        yield Act("read", None, (Need("target", "choice", choices=choices), Need("value", "value")))
    levels = tuple((level, Text(level, level)) for level in reversed(LEVELS))
    level_need = Need("target", "choice", choices=levels, default=suggested_level(state, now))
    yield Act("level", None, (level_need, Need("reason", "text", optional=True)))
    for watch_id, watch in state.graph.watches.items():
        subject = watch.words or Text(watch.when or watch_id, watch.when or watch_id)
        if state.watches[watch_id].raised_at is None:
            yield Act("raise", watch_id, (), subject)
        else:
            yield Act("retire", watch_id, (_reason(),), subject)
            if watch.run is not None and not any(one.watch == watch_id for one in state.children.values()):
                yield Act("open-child", watch_id, (), subject)


def _acknowledge(state: RunState, now: datetime) -> Iterator[Act]:
    for alarm in alarms(state, now):
        subject = alarm.subject if isinstance(alarm.subject, Text) else Text(alarm.subject, alarm.subject)
        yield Act("ack", alarm.name, (), subject)


def _notes(state: RunState) -> Iterator[Act]:
    yield Act("note", None, (Need("text", "text"),))
    yield Act("evidence", None, (Need("evidence", "file"),))


def _told_later(state: RunState) -> Iterator[Act]:
    groups = tuple((group.id, group.title) for group in state.graph.site.groups)
    if groups:
        needs = (
            Need("target", "choice", choices=groups),
            Need("text", "text"),
            Need("channel", "channel"),
            Need("to", "text"),
        )
        yield Act("tell-anytime", None, needs)
    yield Act("report", None, (Need("text", "text"), Need("to", "text", optional=True)))


def _people(state: RunState) -> Iterator[Act]:
    roles = state.graph.runbook.roles
    if roles:
        yield Act(
            "role", None, (Need("role", "choice", choices=roles), Need("person", "person"), Need("reason", "text", optional=True))
        )
        yield Act("try-anytime", None, (Need("role", "choice", choices=roles), *_try_needs(state, "", None)))
    held = tuple((role, state.graph.runbook.role(role)) for role in state.roles if state.holders(role))
    if held:
        needs = (
            Need("role", "choice", choices=held),
            Need("owner", "person"),
            Need("person", "person"),
            Need("second_strength", "strength", choices=_strengths()),
            Need("strength", "strength", choices=_strengths()),
        )
        yield Act("handover", None, needs)
    if state.people:
        people = tuple((person, Text(name, name)) for person, name in state.people.items())
        yield Act("leave", None, (Need("person", "person", choices=people),))


def _run_acts(state: RunState) -> Iterator[Act]:
    if state.held is None:
        yield Act("hold", None, (_reason(),))
    else:
        yield Act("resume", None)
    endings = (
        ("complete", Text("完成", "complete")),
        ("complete-except", Text("除列出的外完成", "complete, except what is listed")),
        ("abandoned", Text("中止", "abandon")),
    )
    finished = state.road.finished
    choices = endings if finished else endings[2:]
    yield Act("end", None, (Need("target", "choice", choices=choices), Need("reason", "text", optional=finished)), main=finished)


# --- what it becomes


def events_of(state: RunState, act: Act, given: Given, actor: str, now: datetime) -> tuple[Event, ...]:
    """The events that an act becomes, in the order in which they are written."""
    maker = _MAKERS.get(act.verb)
    if maker is None:
        raise Refused("unknown-act", act=act.verb)
    return tuple(maker(_Making(state, act, given, actor, now)))


@dataclass(frozen=True, slots=True)
class _Making:
    state: RunState
    act: Act
    given: Given
    actor: str
    now: datetime

    @property
    def one(self) -> StepState:
        found = self.state.steps.get(self.act.step or "")
        if found is None:
            raise Refused("unknown-step", step=self.act.step or "")
        return found

    @property
    def step_id(self) -> str:
        return self.one.step.id

    @property
    def reason(self) -> str:
        return self.given.reason or ""

    def proposal(self, events: Iterable[Event]) -> Proposal:
        return Proposal(tuple(events), self.actor, "", self.now, self.now)


def _before_finishing(making: _Making) -> list[Event]:
    """The warning, the values, the lines, the evidence and the second person that come with a finished step."""
    one, given = making.one, making.given
    step = one.step
    made: list[Event] = _warning(making)
    for name, value in given.values.items():
        made.append(_reading(making, name, value, step.id))
    lines = items_of(making.state, step, making.proposal(made))
    for item in given.items:
        name = lines[item - 1] if 0 < item <= len(lines) else ""
        made.append(ev.ItemTicked(step.id, item, name, by=given.by, basis=given.basis))
    if given.evidence:
        made.append(ev.EvidenceAttached(given.evidence, given.digest, given.size, step.id, by=given.by))
    if given.second and step.verify == "together":
        made.append(_second_sign(making, "together"))
    return made


def _warning(making: _Making) -> list[Event]:
    """The walker has drawn every page before it offers the act; the record says so once per visit."""
    one = making.one
    return [ev.WarningShown(one.step.id, by=making.given.by)] if one.step.warn and not one.warned else []


def _reading(making: _Making, name: str, value: str, step_id: str | None, second: bool = False) -> ev.ReadingTaken:
    reading = making.state.graph.readings.get(name)
    if reading is None:
        raise Refused("unknown-reading", reading=name)
    given = making.given
    return ev.ReadingTaken(
        name,
        value,
        reading.unit,
        step_id,
        source=given.source,
        second=second,
        reason=given.reason,
        by=given.by,
        basis=given.basis,
    )


def _second_sign(making: _Making, purpose: str) -> ev.SignedOff:
    given = making.given
    return ev.SignedOff(
        making.step_id,
        given.second or "",
        "",
        purpose,
        given.second_strength or "voice",
        channel=given.second_channel,
    )


def _done(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    made = _before_finishing(making)
    if one.step.decides:
        return [*made, _deciding(making, made)]
    number = len(one.rounds) + 1 if one.step.repeat is not None and making.act.verb == "visit" else None
    done = ev.StepDone(
        one.step.id, round=number, deviation=given.deviation, tag=given.tag, by=given.by, basis=given.basis
    )
    return [*made, *_told_event(making), done]


def _told_event(making: _Making) -> list[Event]:
    step, given = making.one.step, making.given
    if step.kind != "tell":
        return []
    told = ev.Told(
        step.target or "",
        given.text or "",
        given.channel or "",
        given.outcome or "voice",
        given.to,
        step.id,
        given.by,
        given.basis,
    )
    return [told]


def _deciding(making: _Making, made: list[Event]) -> ev.AnswerGiven:
    """The answer that a finished act comes to: as the value says, else as the person says."""
    met = expectation(making.state, making.one, making.proposal(made))
    answer = making.given.answer
    if answer is None and met is not None:
        answer = "met" if met else "unmet"
    return _answer(making, answer)


def _answer(making: _Making, answer: str | None) -> ev.AnswerGiven:
    one, given = making.one, making.given
    if answer is None:
        raise Refused("answer-first", step=one.step.text, answers=tuple(known.says for known in one.step.answers))
    return ev.AnswerGiven(
        one.step.id,
        answer,
        reopens(making.state, one.step.id, answer),
        reason=given.reason,
        deviation=given.deviation,
        tag=given.tag,
        by=given.by,
        basis=given.basis,
    )


def _answered(making: _Making) -> list[Event]:
    return [*_before_finishing(making), _answer(making, making.given.answer)]


def _changed(making: _Making) -> list[Event]:
    return [_answer(making, making.given.answer)]


def _entry(making: _Making) -> list[Event]:
    given = making.given
    return [ev.AnswerGiven(making.act.step or "", given.answer or "", reason=given.reason, by=given.by, basis=given.basis)]


def _whether(making: _Making) -> list[Event]:
    given = making.given
    return [ev.AnswerGiven(making.step_id, given.answer or "", reason=given.reason, by=given.by, basis=given.basis)]


def _confirmed(making: _Making) -> list[Event]:
    last = making.one.last
    given = making.given
    return [ev.StepDone(making.step_id, confirms=last.hash if last else "", by=given.by, basis=given.basis)]


def _started(making: _Making) -> list[Event]:
    given = making.given
    return [*_warning(making), ev.StepStarted(making.step_id, tag=given.tag, by=given.by, basis=given.basis)]


def _ticked(making: _Making) -> list[Event]:
    lines = items_of(making.state, making.one.step)
    given = making.given
    ticks = [
        ev.ItemTicked(
            making.step_id, item, lines[item - 1] if 0 < item <= len(lines) else "", by=given.by, basis=given.basis
        )
        for item in given.items
    ]
    return [*_warning(making), *ticks]


def _signed(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    sign = ev.SignedOff(
        one.step.id,
        given.person or making.actor,
        given.role or _role_to_sign(making),
        "hold",
        given.strength or "own-device",
        acting_for=given.owner,
        channel=given.channel,
    )
    made: list[Event] = [*_warning(making), sign]
    if not hold_is_signed(making.state, one, making.proposal(made)):
        return made
    if one.step.decides:
        return [*made, ev.AnswerGiven(one.step.id, "signed", basis="second-person")]
    return [*made, ev.StepDone(one.step.id, basis="second-person")]


def _role_to_sign(making: _Making) -> str:
    """The role the signer holds among those that are missing, when it was not said."""
    person = making.given.person or making.actor
    missing = missing_roles(making.state, making.one)
    return next((role for role in missing if making.state.holds(person, role)), missing[0] if missing else "")


def _refused(making: _Making) -> list[Event]:
    return [*_warning(making), _answer(making, "refused")]


def _voice_confirmed(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    kept = next((sign for sign in one.signatures if sign.hash == given.target), None)
    if kept is None:
        raise Refused("nothing-to-confirm", step=one.step.text)
    return [
        ev.SignedOff(
            one.step.id, kept.person, kept.role, kept.purpose, given.strength or "pin", confirms=kept.hash
        )
    ]


def _tried(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    tried = ev.ContactTried(
        given.person or next_call(making.state, one) or "",
        one.step.target or "",
        given.channel or "",
        given.outcome or "",
        one.step.id,
        by=given.by,
        basis=given.basis,
    )
    if tried.outcome != "answered":
        return [tried]
    if one.step.decides:
        return [tried, _answer(making, "reached")]
    return [tried, ev.StepDone(one.step.id, by=given.by, basis=given.basis)]


def _tried_anytime(making: _Making) -> list[Event]:
    given = making.given
    return [
        ev.ContactTried(
            given.person or "", given.role or "", given.channel or "", given.outcome or "", by=given.by, basis=given.basis
        )
    ]


def _nobody(making: _Making) -> list[Event]:
    return [_answer(making, "nobody")]


def _told(making: _Making) -> list[Event]:
    return _done(making)


def _told_anytime(making: _Making) -> list[Event]:
    given = making.given
    return [
        ev.Told(
            given.target or "",
            given.text or "",
            given.channel or "",
            given.outcome or "voice",
            given.to,
            by=given.by,
            basis=given.basis,
        )
    ]


def _child(making: _Making) -> list[Event]:
    """The shell has opened the other run and gives its id; `answer` says whether it was joined."""
    step_id, watch_id, given = None, None, making.given
    if making.act.step in making.state.watches:
        watch_id = making.act.step
        runbook = making.state.graph.watches[watch_id or ""].run or ""
    else:
        step_id = making.step_id
        runbook = making.one.step.target or ""
    opened = ev.ChildOpened(given.child or "", runbook, given.answer or "child", step_id, watch_id, given.by)
    if step_id is not None and making.one.step.hand_over:
        return [opened, ev.StepDone(step_id, by=given.by, basis=given.basis)]
    return [opened]


def _verified(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    readings = [_reading(making, name, value, one.step.id, second=True) for name, value in given.values.items()]
    sign = ev.SignedOff(
        one.step.id,
        given.person or making.actor,
        given.role or "",
        "verify",
        given.strength or "own-device",
        channel=given.channel,
    )
    return [*readings, sign]


def _failed(making: _Making) -> list[Event]:
    one, given = making.one, making.given
    if one.step.decides:
        return [*_warning(making), _answer(making, "unmet")]
    return [ev.StepFailed(one.step.id, making.reason, by=given.by, basis=given.basis)]


def _skipped(making: _Making) -> list[Event]:
    given = making.given
    return [
        ev.StepSkipped(making.step_id, making.reason, mark_at=_stamp(given.mark_at), by=given.by, basis=given.basis)
    ]


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else stamp(moment)


def _deferred(making: _Making) -> list[Event]:
    given, step = making.given, making.one.step
    until = given.until or (None if step.defer in (None, "end") else step.defer)
    return [ev.StepDeferred(step.id, making.reason, until, given.owner, by=given.by, basis=given.basis)]


def _overridden(making: _Making) -> list[Event]:
    given, step = making.given, making.one.step
    guarded = step.cls == "safety" or step.kind == "hold"
    alone = guarded and given.second is None and given.read_back is not None
    override = ev.StepOverridden(
        step.id,
        making.reason,
        given.answer,
        alone,
        given.read_back,
        _stamp(given.mark_at),
        by=given.by,
        basis=given.basis,
    )
    signs = [_second_sign(making, "override")] if given.second else []
    return [*signs, override]


def _reopened(making: _Making) -> list[Event]:
    given = making.given
    step_id = making.act.step or given.target or ""
    return [ev.StepReopened(step_id, making.reason, by=given.by, basis=given.basis)]


def _put_back(making: _Making) -> list[Event]:
    given = making.given
    return [ev.NoteAdded(given.text or "", given.answer or "put-back", making.step_id, by=given.by, basis=given.basis)]


def _read(making: _Making) -> list[Event]:
    given = making.given
    values = dict(given.values) or {given.target or "": given.text or ""}
    return [_reading(making, name, value, None) for name, value in values.items()]


def _level(making: _Making) -> list[Event]:
    given = making.given
    return [ev.LevelDeclared(given.target or "", given.reason, by=given.by, basis=given.basis)]


def _raised(making: _Making) -> list[Event]:
    return [ev.WatchRaised(making.act.step or "", by=making.given.by, basis=making.given.basis)]


def _retired(making: _Making) -> list[Event]:
    return [ev.WatchRetired(making.act.step or "", making.reason, by=making.given.by, basis=making.given.basis)]


def _acked(making: _Making) -> list[Event]:
    return [ev.Acknowledged(making.act.step or "", by=making.given.by)]


def _noted(making: _Making) -> list[Event]:
    given = making.given
    return [ev.NoteAdded(given.text or "", "note", given.target, by=given.by, basis=given.basis)]


def _evidence(making: _Making) -> list[Event]:
    given = making.given
    return [ev.EvidenceAttached(given.evidence or "", given.digest, given.size, given.target, by=given.by)]


def _report(making: _Making) -> list[Event]:
    return [ev.ReportIssued(making.given.text or "", making.given.to, by=making.given.by)]


def _role(making: _Making) -> list[Event]:
    """Taking a role also joins; somebody the site does not know gives a name."""
    given, state = making.given, making.state
    person, role = given.person or making.actor, given.role or ""
    made: list[Event] = []
    if person not in state.people:
        made.append(ev.PersonJoined(person, given.name or name_of(state, person), by=given.by))
    made.append(ev.RoleTaken(role, person, given.owner, given.reason, by=given.by, basis=given.basis))
    return made


def _handover(making: _Making) -> list[Event]:
    given = making.given
    return [
        ev.HandoverSigned(
            given.role or "",
            given.owner or "",
            given.person or "",
            given.second_strength or "voice",
            given.strength or "voice",
            given.text or "",
            by=given.by,
        )
    ]


def _left(making: _Making) -> list[Event]:
    return [ev.PersonLeft(making.given.person or making.actor, by=making.given.by)]


def _held(making: _Making) -> list[Event]:
    return [ev.RunHeld(making.reason, by=making.given.by)]


def _resumed(making: _Making) -> list[Event]:
    return [ev.RunResumed(by=making.given.by)]


def _ended(making: _Making) -> list[Event]:
    given, state = making.given, making.state
    how = given.target or "complete"
    left = [name for name in state.graph.steps if state.place(name) in (Place.OPEN, Place.WAITING)]
    left += [*state.deferred_steps(), *state.left_over()]
    return [ev.RunEnded(how, given.reason, tuple(dict.fromkeys(left)), by=given.by)]


_MAKERS = {
    "entry": _entry,
    "whether": _whether,
    "confirm": _confirmed,
    "do": _done,
    "visit": _done,
    "answer": _answered,
    "change": _changed,
    "start": _started,
    "tick": _ticked,
    "sign": _signed,
    "refuse": _refused,
    "confirm-voice": _voice_confirmed,
    "try": _tried,
    "try-anytime": _tried_anytime,
    "nobody": _nobody,
    "tell": _told,
    "tell-anytime": _told_anytime,
    "open-child": _child,
    "verify": _verified,
    "fail": _failed,
    "skip": _skipped,
    "defer": _deferred,
    "override": _overridden,
    "reopen": _reopened,
    "put-back": _put_back,
    "read": _read,
    "level": _level,
    "raise": _raised,
    "retire": _retired,
    "ack": _acked,
    "note": _noted,
    "evidence": _evidence,
    "report": _report,
    "role": _role,
    "handover": _handover,
    "leave": _left,
    "hold": _held,
    "resume": _resumed,
    "end": _ended,
}

VERBS = tuple(_MAKERS)
"""Every verb an act can have."""

