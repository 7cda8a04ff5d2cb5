"""What the tests of conditions ask: a truth, a fault, given these readings."""

from __future__ import annotations

import pytest
from hypothesis import settings

from engine.condition import ConditionFault, Facts, Known, Missing, Sort, Truth, Value, evaluate, parse

steady = settings(derandomize=True, max_examples=300, deadline=None)


NOT_TAKEN = Missing("not-taken")


def given_that(**values: Value | Missing | None) -> Facts:
    """Facts by name, with `_` for the hyphen or the dot; None and what is not named was never taken."""
    found = {name.replace("_", "-"): value for name, value in values.items()}

    def facts(name: str) -> Known | Missing:
        value = found.get(name.replace(".", "-"))
        if value is None:
            return NOT_TAKEN
        return value if isinstance(value, Missing) else Known(value)

    return facts


def truth(text: str, **values: Value | Missing | None) -> Truth:
    return evaluate(parse(text), given_that(**values)).value


def fault_in(text: str) -> ConditionFault:
    with pytest.raises(ConditionFault) as caught:
        parse(text)
    return caught.value


MISFITS = [
    ("depht > 3", 0, "condition-undeclared-near"),
    ("hot and zzz", 8, "condition-undeclared"),
    ("depth > limit-of-us", 8, "condition-undeclared"),
    ("hot == true", 7, "condition-truth-word"),
    ("depth", 0, "condition-not-truth"),
    ("hot and not serial", 12, "condition-not-truth"),
    ("circuits", 0, "condition-not-truth"),
    ("hot == 1", 0, "condition-truth-compared"),
    ("depth > source.crac", 8, "condition-truth-compared"),
    ("depth > 5m", 0, "condition-sorts"),
    ("waited > 3", 0, "condition-sorts"),
    ("hot or serial == 3", 7, "condition-sorts"),
    ("site.isolate-wait < depth", 0, "condition-sorts"),
    ("depth > inlet", 0, "condition-units"),
    ("depth > site.room.area", 0, "condition-units"),
    ("count > depth", 0, "condition-units"),
    ("depth > count", 0, "condition-units"),
    ("serial > site.room.agent", 0, "condition-no-order"),
    ("hot < source.crac", 0, "condition-no-order"),
    ("circuits == circuits", 0, "condition-incomparable"),
    ("serial == circuits", 10, "condition-incomparable"),
    ("waited > seen", 9, "condition-incomparable"),
]


SORTS = {
    "depth": Sort("number", "cm"),
    "depth-rise": Sort("number", "cm"),
    "inlet": Sort("number", "C"),
    "count": Sort("number"),
    "site.inlet-act": Sort("number", "C"),
    "site.room.area": Sort("number", "m2"),
    "waited": Sort("duration"),
    "site.isolate-wait": Sort("duration"),
    "hot": Sort("truth"),
    "source.crac": Sort("truth"),
    "serial": Sort("text"),
    "site.room.agent": Sort("text"),
    "circuits": Sort("list"),
    "seen": Sort("time"),
}
"""The kinds of what those conditions ask about."""
