"""A wait that wants its values good for a while: by when they must be read again, so that no time is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.condition import Known, Missing, Reason
from engine.state import StepState
from tui.view.looking import Looking
from tui.view.values import verdict


def read_again(look: Looking, one: StepState) -> Iterator[str]:
    """By when to read again lest the time begin anew; or that a value is too old and it does.

    Nothing where no time runs yet, and nothing where the values stay good until it is over.
    """
    steady, condition = one.step.steady, one.step.wait_until
    if steady is None or condition is None or one.true_since is None:
        return
    reasons = verdict(look, condition, one.step.id).reasons
    time = look.span(steady.length)
    if any(isinstance(reason.found, Missing) and reason.found.why == "stale" for reason in reasons):
        yield look.say("read-now", time=time)
        return
    good_until = min(_ends(look, reasons), default=None)
    if good_until is not None and good_until < one.true_since + steady.length:
        yield look.say("read-by", at=look.clock(good_until), time=time)


def _ends(look: Looking, reasons: tuple[Reason, ...]) -> Iterator[datetime]:
    """When each value grows too old to be relied on."""
    for reason in reasons:
        reading, found = look.state.graph.readings.get(reason.left), reason.found
        if reading is None or reading.fresh is None or not isinstance(found, Known) or found.at is None:
            continue
        yield found.at + reading.fresh
