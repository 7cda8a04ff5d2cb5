"""Who may sign what: holds, second persons, overrides, handovers, and being alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from engine.errors import Refused
from engine.events import ReadingTaken, SignedOff
from engine.plan import Step
from engine.rules.finishing import check_warned, needed_readings
from engine.rules.proposal import Proposal, known, name_of, open_now
from engine.rules.standing import check_stands
from engine.run.situation import value_of
from engine.state import COMMAND, RunState, Signature, StepState, Try
from engine.text import Text

TRIES_BEFORE_ALONE = 3
"""Recorded tries to reach somebody before a hold may be passed alone."""

STRENGTHS = ("own-device", "pin", "voice")
"""How a signature was given, strongest first."""

SIMULATED = "simulated"
"""Given by a machine that plays a person; in drills only."""


# --- a hold


def hold_is_signed(state: RunState, one: StepState, proposal: Proposal | None = None) -> bool:
    """Whether a hold has every signature it needs, each by another person for another role."""
    sign = one.step.sign
    if sign is None:
        return True
    found = [(person, role) for person, role in _signed(one, proposal) if role in sign.of]
    return any(
        len({person for person, _ in some}) == len({role for _, role in some}) == sign.need
        for some in combinations(dict.fromkeys(found), sign.need)
    )


def _signed(one: StepState, proposal: Proposal | None) -> list[tuple[str, str]]:
    """Who has signed a hold, and as what."""
    signed = [(kept.person, kept.role) for kept in one.signatures if kept.purpose == "hold"]
    if proposal is not None:
        events = proposal.of(SignedOff, one.step.id)
        signed += [(event.person, event.role) for event in events if event.purpose == "hold"]
    return signed


def signers(one: StepState) -> set[str]:
    """Who has signed a hold: nobody signs it twice."""
    return {person for person, _ in _signed(one, None)}


def missing_roles(state: RunState, one: StepState, proposal: Proposal | None = None) -> tuple[str, ...]:
    """The roles whose signature a hold still lacks; () when it has enough."""
    sign = one.step.sign
    if sign is None or hold_is_signed(state, one, proposal):
        return ()
    signed = {role for _, role in _signed(one, proposal)}
    # Where one person stands under two roles, either of them may be signed by somebody else.
    return tuple(role for role in sign.of if role not in signed) or sign.of


def missing_titles(state: RunState, one: StepState, proposal: Proposal | None = None) -> tuple[Text, ...]:
    """The same roles by what they are called."""
    return tuple(state.graph.runbook.role(role) for role in missing_roles(state, one, proposal))


def signed_off(state: RunState, proposal: Proposal, event: SignedOff) -> None:
    if event.confirms is not None:
        _confirms_voice(state, proposal, event)
        return
    check_strength(state, proposal, event.strength, event.person)
    check_channel(event.strength, event.channel)
    one = known(state, event.step)
    if event.purpose == "hold":
        open_now(state, event.step)
        check_warned(proposal, one)
        check_stands(state, proposal, one)
        beside = [other.person for other in proposal.of(SignedOff, event.step) if other is not event]
        signer_allowed(state, one, event.person, event.role, beside)
    elif event.purpose in ("verify", "together", "override"):
        _second_person(state, proposal, one, event)
    else:
        raise Refused("unknown-purpose", purpose=event.purpose)


def check_strength(state: RunState, proposal: Proposal, strength: str, person: str) -> None:
    """A way to sign; and a device speaks for one person, its first signer in this run."""
    if strength == SIMULATED and state.kind == "D":
        return  # a machine plays this person, and the record says so
    if strength not in STRENGTHS:
        raise Refused("unknown-strength", strength=strength)
    owner = state.device_signers.get(proposal.journal, proposal.actor)
    if strength == "own-device" and not person == proposal.actor == owner:
        raise Refused("not-own-device", person=name_of(state, person), owner=name_of(state, owner))


def check_channel(strength: str, channel: str | None) -> None:
    """Somebody was heard: by what stands beside it."""
    if strength == "voice" and not (channel or "").strip():
        raise Refused("voice-channel")


def _confirms_voice(state: RunState, proposal: Proposal, event: SignedOff) -> None:
    if event.step not in state.handovers:
        known(state, event.step)
    title = state.subject_of(event.step)
    heard = [kept for kept in state.signatures_of(event.step) if kept.hash == event.confirms]
    if not any(not kept.confirmed for kept in heard):
        raise Refused("nothing-to-confirm", step=title)
    if event.strength == "voice" or event.person not in {kept.person for kept in heard if not kept.confirmed}:
        raise Refused("confirm-yourself", step=title)
    try:
        check_strength(state, proposal, event.strength, event.person)
    except Refused as refused:
        if refused.id != "not-own-device":
            raise
        # What else is said there, "or by voice", would lead back to where we are.
        raise Refused("confirm-not-here", **refused.facts, id=event.person, run=state.run_id) from None
    _not_where_it_was_typed(state, proposal, event, heard)


def _not_where_it_was_typed(
    state: RunState, proposal: Proposal, event: SignedOff, heard: Sequence[Signature]
) -> None:
    """Where somebody else wrote down what they heard, a key says nothing about whose hand it was: a PIN does."""
    for kept in heard:
        typed_here = kept.journal == proposal.journal and kept.actor != kept.person == event.person
        if typed_here and event.strength == "own-device":
            person, typist = name_of(state, event.person), name_of(state, kept.actor)
            raise Refused(
                "confirm-typed-here", person=person, typist=typist, id=event.person, run=state.run_id
            )


def signer_allowed(
    state: RunState, one: StepState, person: str, role: str, others: Sequence[str] = ()
) -> None:
    """Refuse a signature that may not stand: wrong role, the same person twice, the commander as operator."""
    step = one.step
    title = state.graph.runbook.role(role)
    if step.sign is None or role not in step.sign.of:
        raise Refused("role-signs-not", step=step.text, role=title)
    if not state.holds(person, role):
        raise Refused("role-not-held", person=name_of(state, person), role=title)
    signed = _signed(one, None)
    if person in {*others, *signers(one)}:
        raise Refused("signed-twice", person=name_of(state, person), step=step.text)
    # While one person stands under two roles, a second name for a role may make the hold complete.
    if role in {taken for _, taken in signed} and len({name for name, _ in signed}) == len(signed):
        raise Refused("role-signed", step=step.text, role=title)
    if role != COMMAND and step.sign.need > 1:
        not_the_commander(state, person, step.text)


def not_the_commander(state: RunState, person: str, step: Text) -> None:
    """Whoever commands is never one of two operators."""
    if person in state.commanders:
        raise Refused("commander-operates", person=name_of(state, person), step=step)


# --- a second person


def _second_person(state: RunState, proposal: Proposal, one: StepState, event: SignedOff) -> None:
    """The second person of a verification or override is known, and is not the first."""
    check_in_run(state, event.person)
    _has_the_role(state, one, event)
    if event.purpose == "verify":
        _verifies(state, proposal, one)
    if event.person in _first_persons(proposal, one, event):
        raise Refused("signed-twice", person=name_of(state, event.person), step=one.step.text)
    if event.purpose != "override":
        not_the_commander(state, event.person, one.step.text)


def _first_persons(proposal: Proposal, one: StepState, event: SignedOff) -> set[str]:
    """Who did it and who typed it: neither may be the second person as well."""
    if event.purpose == "verify":
        return doers(one)
    return proposal.authors(event.step)


def doers(one: StepState) -> set[str]:
    """Who did a step and who typed it, by what stands: nobody of them verifies it."""
    return {person for head in one.heads for person in (head.by, head.actor)}


def _has_the_role(state: RunState, one: StepState, event: SignedOff) -> None:
    """The second person acts in a role that the step names, where it names any; or commands, to override."""
    title = state.graph.runbook.role(event.role)
    if event.role and not state.holds(event.person, event.role):
        raise Refused("role-not-held", person=name_of(state, event.person), role=title)
    allowed = second_roles(one.step, event.purpose)
    if event.role and allowed and event.role not in allowed:
        raise Refused("role-signs-not", step=one.step.text, role=title)
    if not may_be_second(state, one.step, event.person, event.purpose):
        titles = tuple(state.graph.runbook.role(role) for role in allowed)
        raise Refused("second-role", person=name_of(state, event.person), step=one.step.text, roles=titles)


def may_be_second(state: RunState, step: Step, person: str, purpose: str) -> bool:
    """Whether somebody has a role in which they may be the second person; any, where a step names none."""
    return not second_roles(step, purpose) or second_role(state, step, person, purpose) is not None


def second_role(state: RunState, step: Step, person: str, purpose: str) -> str | None:
    """The role in which somebody signs as the second person of a step; None when they have none."""
    allowed = second_roles(step, purpose) or state.roles_of(person)
    return next((role for role in allowed if state.holds(person, role)), None)


def second_roles(step: Step, purpose: str) -> tuple[str, ...]:
    """The roles of which a second person must hold one; () when anybody in the run will do."""
    if purpose == "together" and step.verify != "together":
        return ()  # never alone, and no more than that: whoever of the run stands there will do
    named = step.roles if step.sign is None else step.sign.of
    return (*named, COMMAND) if named and purpose == "override" and COMMAND not in named else named


def check_in_run(state: RunState, person: str) -> None:
    """Whoever decides takes part in the run."""
    if person not in state.people:
        raise Refused("not-in-run", person=name_of(state, person))


def _verifies(state: RunState, proposal: Proposal, one: StepState) -> None:
    """The second reading is taken blind and must agree with the first."""
    if not one.awaits_second:
        raise Refused("nothing-to-verify", step=one.step.text)
    readings = state.graph.readings
    second = {name: said.value for name, said in one.second_readings.items()}
    for event in proposal.of(ReadingTaken, one.step.id):
        if event.second and event.reading in readings:
            second[event.reading] = value_of(readings[event.reading], event)
    for name in needed_readings(one.step, state):
        if name not in second:
            raise Refused("reading-missing", step=one.step.text, readings=(readings[name].label,))
        first = one.readings.get(name)
        if first is not None and first.value != second[name]:
            raise Refused("second-differs", step=one.step.text, reading=readings[name].label)


# --- being alone


def check_alone(state: RunState, one: StepState, read_back: str | None, here: Collection[str] = ()) -> None:
    """Nobody else can be reached: three tries, and the words of the step read back.

    `here` are those who are there already: a call to them tries to reach nobody.
    """
    step = one.step
    if step.never_alone:
        raise Refused("never-alone", step=step.text)
    if step.cls != "safety" and step.kind != "hold":
        raise Refused("alone-needless", step=step.text)
    tries = tries_in_vain(state, one, here)
    if tries < TRIES_BEFORE_ALONE:
        raise Refused("try-first", step=step.text, tries=tries, needed=TRIES_BEFORE_ALONE)
    if not same_words(read_back, step.text):
        raise Refused("read-back-first", step=step.text)


def tries_in_vain(state: RunState, one: StepState, here: Collection[str] = ()) -> int:
    """How often, since the step opened, somebody could not be reached who could have signed it."""
    if one.opened_at is None:
        return 0
    wanted = missing_roles(state, one) or second_roles(one.step, "override")
    return sum(
        tried.outcome != "answered"
        and tried.at >= one.opened_at
        and tried.person not in here
        and _could_sign(state, tried, wanted)
        for tried in state.tries
    )


def _could_sign(state: RunState, tried: Try, wanted: Collection[str]) -> bool:
    """Whether a call was for somebody who is missing: in that role; anybody where the step names none."""
    return not wanted or tried.role in wanted or any(state.holds(tried.person, role) for role in wanted)


def same_words(typed: str | None, text: Text) -> bool:
    """Whether the typed words are the step's, in either language; spaces and punctuation do not matter.

    Words without a single letter or digit cannot be read back.
    """
    said = _letters(typed or "")
    return bool(said) and said in {_letters(text.zh), _letters(text.en)}


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
