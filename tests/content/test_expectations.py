"""Whoever measures what should not be is told what to do: another step, or words on the same one."""

from __future__ import annotations

import pytest

from engine.plan import Step
from tests.content import book

PLANS = sorted(one.id for one in book.read().runbooks if one.patrol is None)


def _alone(step: Step) -> bool:
    """Whether a missed expectation leads nowhere, so that only words can help."""
    expect = step.expect
    return expect is not None and expect.that is not None and expect.otherwise is None and not expect.finding


@pytest.mark.parametrize("name", PLANS)
def test_a_missed_expectation_leads_to_another_step_or_says_what_to_do(name: str) -> None:
    silent = {step.id for step in book.runbook(name).steps if _alone(step) and step.detail is None}
    assert silent == set()


def test_what_is_told_by_words_alone_is_counted() -> None:
    told = {name: sum(map(_alone, book.runbook(name).steps)) for name in ("leak", "outage")}
    assert told == {"leak": 7, "outage": 14}
