"""What may be done about one step that is to be done now, was put off, or must be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from engine.acts.kinds import (
    DO_IT,
    OPENING,
    OUTCOME_WORDS,
    REASON,
    STRENGTH_CHOICES,
    WHETHER,
    Act,
    Need,
    second_needs,
)
from engine.clocks import suggested_level
from engine.condition import parse
from engine.facts import waits_for_readings
from engine.plan import LEVELS, Step
from engine.road import Place
from engine.rules import (
    OUTCOMES,
    Proposal,
    call_list,
    calls_used_up,
    expectation,
    hold_is_signed,
    items_of,
    missing_roles,
    name_of,
    needed_readings,
    repeat_is_over,
    ticked_of,
    wait_is_over,
)
from engine.rules.finishing import done_by_two, lacks_level, readings_to_take
from engine.rules.standing import stands, why_not
from engine.rules.steps import can_come_back_before, goes_back, may_be_deferred, may_be_skipped
from engine.state import NOTHING, Across, RunState, StepState, held_back
from engine.text import Text

CALLS_EACH = 3
"""How often one person is called before the next on the list."""


def step_acts(
    state: RunState,
    one: StepState,
    now: datetime,
    ended: Collection[str] = (),
    across: Across = NOTHING,
    person: str = "",
) -> Iterator[Act]:
    """Every act about one step; `ended` are the other runs that are known to have ended.

    `across` is what other open runs have to say; `person` is whoever sits here: nobody rings themselves.
    """
    step = one.step
    if held_back(state, step.id) is not None:
        yield from _from_outside(state, one, now)
        return
    if across.lock_on(step.id) is not None:
        yield from (_by_two(act) for act in _from_outside(state, one, now))
        return
    if one.asks_whether:
        yield Act("whether", step.id, (DO_IT if step.never_alone else WHETHER,), main=True)
        yield from _ways_out(state, one, now)
        return
    to_confirm = one.recheck and step.kind != "hold"
    if to_confirm:
        yield Act("confirm", step.id, main=True)
    if one.only_to_confirm:
        return
    if one.awaits_second and not one.contradicted:
        yield Act("verify", step.id, _verify_needs(state, one), main=not to_confirm)
        yield Act("reopen", step.id, (REASON,))
        if not to_confirm:
            return
    if one.contradicted:
        yield Act("reopen", step.id, (REASON,))
    for act in _doing(state, one, now, ended, across, person):
        yield replace(act, main=act.main and not to_confirm)
    yield from _ways_out(state, one, now)


def _by_two(act: Act) -> Act:
    """What is locked elsewhere is passed by decision of two, whatever the step itself asks for."""
    if act.verb != "override":
        return act
    needs = [need for need in act.needs if need.name not in ("second", "second_strength", "second_channel")]
    return replace(act, needs=(needs[0], *second_needs(), *needs[1:]))


def _from_outside(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    """What may be said of a step inside while everybody is out: how it stands, never that it is done now."""
    if one.recheck:
        yield Act("confirm", one.step.id)
    if one.only_to_confirm:
        return
    if one.contradicted or one.awaits_second:
        yield Act("reopen", one.step.id, (REASON,))
    if not one.awaits_second or one.contradicted:
        yield from _ways_out(state, one, now)


def earlier_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    """What can have been done of a step inside before everybody was called out; it is said with its time."""
    if held_back(state, one.step.id) is None or one.asks_whether or one.only_to_confirm or one.awaits_second:
        return
    for act in _doing(state, one, now, ()):
        if act.verb not in OPENING:
            yield replace(act, main=False, earlier=True)


def _doing(
    state: RunState,
    one: StepState,
    now: datetime,
    ended: Collection[str],
    across: Across = NOTHING,
    person: str = "",
) -> Iterator[Act]:
    """The act the step asks for, and what leads up to it."""
    step = one.step
    if step.repeat is not None:
        yield from _repeat_acts(state, one, now)
    elif step.kind == "ask":
        needs = (*doing_needs(state, one), answer_need(step), *against_needs(step))
        yield Act("answer", step.id, needs, main=True)
    elif step.kind == "hold":
        yield from _hold_acts(state, one, now)
    elif step.kind == "wait":
        yield from _wait_acts(state, one, now)
    elif step.kind == "contact":
        yield from _contact_acts(state, one, person)
    elif step.kind == "run":
        yield from _run_acts(one, ended, across)
    else:
        yield Act(
            "tell" if step.kind == "tell" else "do", step.id, _finishing_needs(state, one, now), main=True
        )
    if step.restart or (step.kind == "do" and one.started_at is None):
        yield Act("start", step.id, _tag_needs(step) if step.check_tag else ())
    if lines_left(state, one):
        yield Act("tick", step.id, (_item_need(state, one),))


# --- by kind


def _repeat_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    over = repeat_is_over(state, one, now)
    if over:
        yield Act("do", one.step.id, main=True)
    yield Act("visit", one.step.id, _finishing_needs(state, one, now), main=not over)


def _hold_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    # What the hold itself reads is asked for by the act that signs it.
    measured = _needs_readings(state, one).isdisjoint(readings_to_take(state, one))
    found = stands(state, one, now) if measured else None
    denied = found is not None and found.value is False
    if found is not None and found.value is not True:
        yield from _needs_acts(state, one, main=not (denied and one.step.decides))
    elif hold_is_signed(state, one):
        # Two devices that did not know of each other have signed; nobody has let it pass yet.
        yield Act("do", one.step.id, doing_needs(state, one), main=True)
    else:
        yield Act("sign", one.step.id, (*doing_needs(state, one), *_sign_needs(state, one)), main=True)
    if one.step.decides:
        yield Act("refuse", one.step.id, (REASON,), main=denied)
    yield from voice_acts(state, one.step.id)


def offers_voices(state: RunState, one: StepState) -> bool:
    """Whether the acts of a step offer already to confirm what was said by voice: those of an open hold do."""
    verified_first = one.awaits_second and not one.contradicted
    signed = one.step.kind == "hold" and one.step.repeat is None and not one.asks_whether
    return signed and not verified_first and state.place(one.step.id) is Place.OPEN


def _needs_acts(state: RunState, one: StepState, main: bool) -> Iterator[Act]:
    """Where the values deny a hold, or are not known, nobody signs: they are taken anew, or it is refused."""
    needs = tuple(_reading_need(name) for name in sorted(_needs_readings(state, one)))
    if needs:
        yield Act("read", one.step.id, needs, main=main)


def _needs_readings(state: RunState, one: StepState) -> set[str]:
    """The readings that speak for or against a hold."""
    if one.step.needs is None:
        return set()
    asked = {name.removesuffix("-rise") for name, _ in parse(one.step.needs).names}
    return asked & state.graph.readings.keys()


def _sign_needs(state: RunState, one: StepState) -> tuple[Need, ...]:
    roles = tuple((role, state.graph.runbook.role(role)) for role in missing_roles(state, one))
    return (
        Need("role", "choice", choices=roles),
        Need("person", "person"),
        Need("strength", "strength", choices=STRENGTH_CHOICES),
        Need("channel", "channel", optional=True),
    )


def voice_acts(state: RunState, name: str) -> Iterator[Act]:
    """Somebody signed a step, or the handover of a role, by voice and has not confirmed it yet."""
    signs = [sign for sign in state.signatures_of(name) if not sign.confirmed]
    waiting = tuple((sign.name, _person(state, sign.person)) for sign in signs)
    if waiting:
        target = Need("target", "choice", choices=waiting)
        strength = Need("strength", "strength", choices=STRENGTH_CHOICES[:2])
        subject = None if name in state.steps else state.subject_of(name)
        yield Act("confirm-voice", name, (target, strength), subject)


def _wait_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    over = wait_is_over(state, one, now)
    if over:
        yield Act("do", one.step.id, doing_needs(state, one), main=True)
    if one.step.wait_until is not None:
        needs = [_reading_need(name) for name in waits_for_readings(state, one)]
        yield from [Act("read", one.step.id, tuple(needs), main=not over)] if needs else []


def _contact_acts(state: RunState, one: StepState, person: str) -> Iterator[Act]:
    role = one.step.target or ""
    needs = (*_try_needs(state, role, next_call(state, one, person)), *_only_when_answered(state, one))
    yield Act("try", one.step.id, needs, main=True)
    if one.step.decides and calls_used_up(state, one, person):
        yield Act("nobody", one.step.id)


def _run_acts(one: StepState, ended: Collection[str], across: Across) -> Iterator[Act]:
    if one.child is None:
        yield open_act(one.step.id, one.step.target, across, main=True)
    elif one.step.hand_over or one.child in ended:
        # It is open and the step was put off or failed since, or two devices opened it; or it has ended
        # and the step is one that only a person finishes.
        yield Act("do", one.step.id, main=True)


def open_act(
    name: str, runbook: str | None, across: Across, subject: Text | None = None, *, main: bool = False
) -> Act:
    """Another run is opened for a step or a watch; what an open run keeps back is forced, and never by Enter."""
    kept = across.kept_back.get(runbook or "")
    if kept is None:
        return Act("open-child", name, (), subject, main)
    return Act("force-child", name, (REASON,), subject, despite=kept.run)


def _try_needs(state: RunState, role: str, due: str | None) -> tuple[Need, ...]:
    people = tuple((person, _person(state, person)) for person in call_list(state, role))
    return (
        Need("person", "person", choices=people, default=due),
        Need("channel", "channel"),
        Need("outcome", "choice", choices=tuple((name, OUTCOME_WORDS[name]) for name in OUTCOMES)),
    )


def try_anybody(state: RunState) -> tuple[Need, ...]:
    """What a call to anybody in a role asks for."""
    return (Need("role", "choice", choices=state.graph.runbook.roles), *_try_needs(state, "", None))


def _only_when_answered(state: RunState, one: StepState) -> Iterator[Need]:
    for need in doing_needs(state, one):
        yield Need(need.name, need.kind, True, need.choices, need.reading, need.default)


def next_call(state: RunState, one: StepState, by: str = "") -> str | None:
    """Whom `by` calls next: each on the list three times, then the next, and never themselves."""
    for person in call_list(state, one.step.target or "", by):
        if sum(tried.person == person for tried in one.tries) < CALLS_EACH:
            return person
    return None


def _person(state: RunState, person: str) -> Text:
    name = name_of(state, person)
    return Text(name, name)


# --- what finishing asks for


def doing_needs(state: RunState, one: StepState) -> tuple[Need, ...]:
    """What every step asks for: its readings, lines, tag, evidence, and a second pair of eyes."""
    step = one.step
    needs = [_reading_need(name) for name in readings_to_take(state, one)]
    needs += [_item_need(state, one)] if lines_left(state, one) else []
    if step.irreversible or (step.check_tag and one.started_at is None):
        needs += _tag_needs(step)
    if step.evidence is not None and not one.evidence:
        needs.append(Need("evidence", "file", optional=not step.evidence_required))
    needs += second_needs() if done_by_two(step) else ()
    return tuple(needs)


def _finishing_needs(state: RunState, one: StepState, now: datetime) -> tuple[Need, ...]:
    """What an act asks for, or one visit of a repeated one."""
    level = [level_need("level", state, now)] if lacks_level(state, one) else []
    return (*level, *doing_needs(state, one), *_telling_needs(one.step), *_outcome_needs(state, one, now))


def level_need(name: str, state: RunState, now: datetime) -> Need:
    """Which level is declared, the highest first; what the readings speak for is proposed."""
    levels = tuple((level, Text(level, level)) for level in reversed(LEVELS))
    return Need(name, "choice", choices=levels, default=suggested_level(state, now))


def _telling_needs(step: Step) -> tuple[Need, ...]:
    if step.kind != "tell":
        return ()
    return (Need("text", "text"), Need("channel", "channel"), Need("to", "text"))


def _outcome_needs(state: RunState, one: StepState, now: datetime) -> tuple[Need, ...]:
    """How it came out: as the value says, but where no value will say it."""
    if one.step.expect is None:
        return ()
    if not one.step.decides:
        return (Need("deviation", "text", optional=True),)
    nothing = Proposal((), "", "", now, now)
    said = bool(readings_to_take(state, one)) or expectation(state, one, nothing) is not None
    return (Need("answer", "choice", optional=said, choices=_answers(one.step)),)


def _verify_needs(state: RunState, one: StepState) -> tuple[Need, ...]:
    readings = (_reading_need(name) for name in needed_readings(one.step, state))
    strength = Need("strength", "strength", choices=STRENGTH_CHOICES)
    return (Need("person", "person"), *readings, strength, Need("channel", "channel", optional=True))


def _reading_need(name: str) -> Need:
    return Need(name, "reading", reading=name)


def lines_left(state: RunState, one: StepState) -> list[tuple[str, Text]]:
    """The lines that nobody has ticked, by number."""
    items = items_of(state, one.step)
    ticked = ticked_of(one, items)
    return [
        (str(number), Text(line, line)) for number, line in enumerate(items, start=1) if number not in ticked
    ]


def _item_need(state: RunState, one: StepState) -> Need:
    return Need("items", "items", choices=tuple(lines_left(state, one)))


def _tag_needs(step: Step) -> tuple[Need, ...]:
    return () if step.tag is None or step.kind == "run" else (Need("tag", "tag"),)


def _answers(step: Step) -> tuple[tuple[str, Text], ...]:
    return tuple((answer.id, answer.says) for answer in step.answers)


def answer_need(step: Step, but: str | None = None) -> Need:
    """One of the answers of a step."""
    return Need("answer", "choice", choices=tuple(one for one in _answers(step) if one[0] != but))


def against_needs(step: Step) -> tuple[Need, ...]:
    """What an answer asks for besides when the readings speak against it: why, and who stands behind it."""
    if step.kind != "ask" or all(answer.when is None for answer in step.answers):
        return ()
    why = Need("deviation", "text", optional=True)
    return (why, *second_needs(optional=True)) if step.cls == "safety" and not done_by_two(step) else (why,)


# --- the ways out


def _ways_out(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    """Could not, not needed, later, passed by decision."""
    step = one.step
    if step.kind in ("do", "wait", "tell", "run") and one.status != "failed":
        yield Act("fail", step.id, (REASON,))
    if may_be_skipped(step):
        yield Act("skip", step.id, (REASON, *_mark_needs(step)))
    if may_be_deferred(step) and not state.is_put_off(step.id):
        yield from _defer_acts(state, step)
    yield from _override_acts(state, one, now)


def _defer_acts(state: RunState, step: Step) -> Iterator[Act]:
    fixed = None if step.defer == "end" else step.defer
    if fixed is None or can_come_back_before(state, step.id, (fixed,)):
        until = Need("until", "word", optional=True, default=fixed)
        yield Act("defer", step.id, (REASON, until, Need("owner", "person", optional=True)))


def _override_acts(state: RunState, one: StepState, now: datetime) -> Iterator[Act]:
    step, needs = one.step, [REASON]
    if step.decides:
        onward = [one for one in _answers(step) if not goes_back(state, step.id, one[0])]
        if not onward:
            return
        needs.append(Need("answer", "choice", choices=tuple(onward)))
    if step.guarded:
        needs += second_needs(optional=not step.never_alone)
        against = why_not(state, one, now) is not None
        needs += [Need("read_back", "text", optional=not against)] if against or not step.never_alone else []
    yield Act("override", step.id, (*needs, *_mark_needs(step)))


def _mark_needs(step: Step) -> tuple[Need, ...]:
    return (Need("mark_at", "time", optional=True),) if step.marks else ()
