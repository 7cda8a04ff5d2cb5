"""Whether a condition holds, and for which reasons: true, false or UNKNOWN."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from engine.condition.tree import (
    EQUALITY,
    Bare,
    Compared,
    Condition,
    Facts,
    Joined,
    Known,
    Missing,
    Node,
    Not,
    Reason,
    Truth,
    Verdict,
)

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "≤": operator.le, "==": operator.eq,
    ">": operator.gt, ">=": operator.ge, "≥": operator.ge, "!=": operator.ne,
}  # fmt: skip


def evaluate(condition: Condition, facts: Facts) -> Verdict:
    """Whether it holds by `facts`. Every comparison is looked at, in the order written.

    It never raises: values of kinds that cannot be compared (an old record under a newer plan) are UNKNOWN.
    """
    reasons: list[Reason] = []
    value = _value(condition.tree, facts, reasons)
    return Verdict(value, tuple(reasons))


def _value(node: Node, facts: Facts, reasons: list[Reason]) -> Truth:
    if isinstance(node, Joined):
        values = [_value(part, facts, reasons) for part in node.parts]
        return _all(values) if node.word == "and" else _any(values)
    if isinstance(node, Not):
        inside: list[Reason] = []
        value = _value(node.part, facts, inside)
        reasons += [replace(one, denied=not one.denied) for one in inside]
        return None if value is None else not value
    reason = _bare(node, facts) if isinstance(node, Bare) else _compared(node, facts)
    reasons.append(reason)
    return reason.result


def _all(values: list[Truth]) -> Truth:
    if False in values:
        return False
    return None if None in values else True


def _any(values: list[Truth]) -> Truth:
    if True in values:
        return True
    return None if None in values else False


def _bare(node: Bare, facts: Facts) -> Reason:
    found = facts(node.text)
    known = isinstance(found, Known) and isinstance(found.value, bool)
    return Reason(node.text, node.text, found, bool(found.value) if known else None)


def _compared(node: Compared, facts: Facts) -> Reason:
    left = node.left.literal or facts(node.left.text)
    right = node.right.literal or facts(node.right.text)
    result = _holds(left, node.sign, right)
    if node.right.literal is not None:
        return Reason(node.text, node.left.text, left, result)
    if node.left.literal is not None:
        return Reason(node.text, node.right.text, right, result)
    return Reason(node.text, node.left.text, left, result, node.right.text, right)


def _holds(left: Known | Missing, sign: str, right: Known | Missing) -> Truth:
    if isinstance(left, Missing) or isinstance(right, Missing):
        return None
    a, b = left.value, right.value
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        # Python compares Decimals exactly, whatever the context; only NaN would raise or lie.
        return _COMPARE[sign](a, b) if a.is_finite() and b.is_finite() else None
    if type(a) is not type(b) or (isinstance(a, bool | str) and sign not in EQUALITY):
        return None
    return _COMPARE[sign](a, b)
