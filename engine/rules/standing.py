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
    """Nobody signs what the values deny. Two people may still pass it by an override, with a reason."""
    found = stands(state, one, proposal.at, given_with(state, proposal, one))
    if found is not None and found.value is False:
        raise Refused("hold-not-so", step=one.step.text, values=tuple(_denied(state, found)))


def is_denied(state: RunState, one: StepState, at: datetime) -> bool:
    """Whether the values speak against a hold, so that nobody may sign it now."""
    found = stands(state, one, at)
    return found is not None and found.value is False


def stands(
    state: RunState, one: StepState, at: datetime, given: Mapping[str, Value] | None = None
) -> Verdict | None:
    """What the `needs` of a hold come to at `at`; None where it has none."""
    if one.step.needs is None:
        return None
    return evaluate(parse(one.step.needs), _as_they_stand(state, facts_at(state, at, one.step.id, given)))


def _as_they_stand(state: RunState, facts: Facts) -> Facts:
    """A bad value does not become a good one by growing old; and what nobody has answered yet is not so."""

    def look_up(name: str) -> Known | Missing:
        found = facts(name)
        if not isinstance(found, Missing):
            return found
        if name in state.graph.readings and found.why == "stale" and found.value is not None:
            return Known(found.value, at=found.at)
        return Known(False) if found.why == "not-answered" and "." in name else found

    return look_up


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
