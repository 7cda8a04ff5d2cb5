"""Whether the names of a condition are declared, and whether units and kinds fit."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from decimal import Decimal

from engine.condition.tree import (
    EQUALITY,
    Bare,
    Compared,
    Condition,
    ConditionFault,
    Operand,
    Sort,
    atoms,
)
from engine.text import Text, clean

_NUMBER = Sort("number")
_DURATION = Sort("duration")
_TRUTH_WORDS = frozenset({"true", "false", "yes", "no"})
_SORTS = {
    "number": Text("数值", "a number"),
    "duration": Text("时长", "a length of time"),
    "truth": Text("是或否", "a yes or no"),
    "text": Text("文字", "a text"),
    "list": Text("清单", "a list"),
    "time": Text("时刻", "a point in time"),
}


def check_sorts(
    condition: Condition, sort_of: Callable[[str], Sort | None], known: Iterable[str]
) -> ConditionFault | None:
    """The first name that is not declared or does not fit where it stands; None when all is well.

    `sort_of` gives None for what is not declared; `known` are the names that might have been meant.
    """
    for node in atoms(condition.tree):
        operands = (node.left,) if isinstance(node, Bare) else (node.left, node.right)
        for one in operands:
            if one.name is not None and sort_of(one.name) is None:
                return _undeclared(one.name, one.offset, known)
        sorts = [_sort(one, sort_of) for one in operands]
        fault = _bare_fault(node, sorts[0]) if isinstance(node, Bare) else _pair_fault(node, *sorts)
        if fault is not None:
            return fault
    return None


def _sort(operand: Operand, sort_of: Callable[[str], Sort | None]) -> Sort:
    if operand.literal is not None:
        return _NUMBER if isinstance(operand.literal.value, Decimal) else _DURATION
    sort = sort_of(operand.text)
    assert sort is not None, "asked for before"
    return sort


def _undeclared(name: str, offset: int, known: Iterable[str]) -> ConditionFault:
    if name in _TRUTH_WORDS:
        return ConditionFault("condition-truth-word", offset, found=name)
    close = difflib.get_close_matches(name, list(known), n=1)
    if close:
        return ConditionFault("condition-undeclared-near", offset, name=name, near=close[0])
    return ConditionFault("condition-undeclared", offset, name=name)


def _bare_fault(node: Bare, sort: Sort) -> ConditionFault | None:
    if sort.kind == "truth":
        return None
    return ConditionFault("condition-not-truth", node.left.offset, name=node.text, sort=_words(sort))


def _pair_fault(node: Compared, left: Sort, right: Sort) -> ConditionFault | None:
    kinds = {left.kind, right.kind}
    for sort, one in ((left, node.left), (right, node.right)):
        if sort.kind in ("list", "time"):
            return ConditionFault("condition-incomparable", one.offset, name=one.text, sort=_words(sort))
        if sort.kind == "truth" and len(kinds) == 2:
            return ConditionFault("condition-truth-compared", one.offset, name=one.text)
    facts = {"left": node.left.text, "right": node.right.text}
    if len(kinds) == 2:
        words = {"left_sort": _words(left), "right_sort": _words(right)}
        return ConditionFault("condition-sorts", node.left.offset, **facts, **words)
    if kinds <= {"truth", "text"} and node.sign not in EQUALITY:
        sort_words = _words(left)
        return ConditionFault("condition-no-order", node.left.offset, name=node.left.text, sort=sort_words)
    if left.unit != right.unit and node.left.name and node.right.name:
        units = {"left_unit": _unit(left), "right_unit": _unit(right)}
        return ConditionFault("condition-units", node.left.offset, **facts, **units)
    return None


def _words(sort: Sort) -> Text:
    said = _SORTS[sort.kind]
    if sort.unit is None:
        return said
    return Text(f"{said.zh}（{clean(sort.unit)}）", f"{said.en} in {clean(sort.unit)}")


def _unit(sort: Sort) -> Text:
    return Text("无单位", "no unit") if sort.unit is None else Text(clean(sort.unit), clean(sort.unit))
