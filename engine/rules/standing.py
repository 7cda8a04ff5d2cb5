"""Whether what the signers of a hold say is so, by what has been measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.condition import Facts, Known, Missing, Reason, Verdict, evaluate, parse
from engine.errors import Refused
from engine.facts import facts_at
from engine.plan import Reading
from engine.rules.proposal import Proposal
from engine.rules.suggestion import given_with
from engine.state import RunState, StepState, Value
from engine.text import Text


def check_stands(state: RunState, proposal: Proposal, one: StepState) -> None:
    """Nobody signs what the values deny, nor what nobody has measured, or not lately enough.

    Two people may still pass it by an override, with a reason and its words read back.
    """
    refusal = why_not(state, one, proposal.at, given_with(state, proposal, one))
    if refusal is not None:
        raise refusal


def why_not(
    state: RunState, one: StepState, at: datetime, given: Mapping[str, Value] | None = None
) -> Refused | None:
    """What was measured against a hold, or has to be measured first; None when it is as its signers say."""
    found = stands(state, one, at, given)
    if found is None or found.value is True:
        return None
    if found.value is False:
        return Refused("hold-not-so", step=one.step.text, values=tuple(_denied(state, found)))
    unknown = tuple(_unknown(state, one, found))
    return Refused("hold-not-known", step=one.step.text, values=unknown or (one.step.needs,))


def stands(
    state: RunState, one: StepState, at: datetime, given: Mapping[str, Value] | None = None
) -> Verdict | None:
    """What the `needs` of a hold come to at `at`; None where it has none.

    A bad value does not become a good one by growing old, and a good one that is old is UNKNOWN.
    """
    if one.step.needs is None:
        return None
    needs, facts = parse(one.step.needs), _not_yet_is_not_so(facts_at(state, at, one.step.id, given))
    as_last_seen = evaluate(needs, _also_old(state, facts))
    return as_last_seen if as_last_seen.value is False else evaluate(needs, facts)


def _not_yet_is_not_so(facts: Facts) -> Facts:
    """What nobody has answered yet is not so."""

    def look_up(name: str) -> Known | Missing:
        found = facts(name)
        unanswered = isinstance(found, Missing) and found.why == "not-answered" and "." in name
        return Known(False) if unanswered else found

    return look_up


def _also_old(state: RunState, facts: Facts) -> Facts:
    """The same, where a reading that has only grown old keeps its last value."""

    def look_up(name: str) -> Known | Missing:
        found = facts(name)
        old = isinstance(found, Missing) and found.why == "stale" and name in state.graph.readings
        return Known(found.value, at=found.at) if old and found.value is not None else found

    return look_up


def _unknown(state: RunState, one: StepState, verdict: Verdict) -> Iterator[Text]:
    """What has to be measured first, and where."""
    asked = [(reason.left, reason.found) for reason in verdict.reasons]
    asked += [(reason.right or "", reason.against or reason.found) for reason in verdict.reasons]
    names = dict.fromkeys(name.removesuffix("-rise") for name, found in asked if isinstance(found, Missing))
    return (
        _to_measure(state, one, state.graph.readings[name]) for name in names if name in state.graph.readings
    )


def _to_measure(state: RunState, one: StepState, reading: Reading) -> Text:
    """A reading, and where the plan has it taken: here, at the step with its place, or at the one that says so."""
    if reading.id in one.step.record:
        return reading.label
    before = [step for step in state.graph.steps.values() if reading.id in step.record]
    last = next((step for step in reversed(before) if state.steps[step.id].opened), None)
    if last is None:
        return reading.label
    where = last.where or last.text
    return Text(f"{reading.label.zh}（{where.zh}）", f"{reading.label.en} ({where.en})")


def _denied(state: RunState, verdict: Verdict) -> Iterator[Text]:
    """What was measured that speaks against it, with its unit."""
    known = state.graph.readings
    against = (one for one in verdict.reasons if one.speaks_for is False and one.left in known)
    return (_value(known[one.left], one) for one in against)


def _value(reading: Reading, reason: Reason) -> Text:
    found = reason.found.value if isinstance(reason.found, Known) else None
    if isinstance(found, bool):
        zh, en = ("是", "yes") if found else ("否", "no")
    else:
        zh = en = " ".join(str(part) for part in (found, reading.unit) if part is not None)
    return Text(f"{reading.label.zh} {zh}", f"{reading.label.en} {en}")
