"""What a condition can come to at all, by what its names can be: whether anything could make it true, or false.

Looked at are the values at which a comparison changes, those between them, and the ends of what a name can be. Parts
that share no name are looked at apart; where too many values would have to be tried together, both counts as possible.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any

from engine.condition.tree import Bare, Condition, Joined, Known, Node, Not, Operand, atoms, operands

MOST_TRIED = 4_000
"""How many combinations of values are tried for parts that share names."""

BOTH = frozenset({True, False})


@dataclass(frozen=True, slots=True)
class Span:
    """What a name can be: a yes or no, or an amount from `least` to `most` (None: no end)."""

    truth: bool = False
    least: Decimal | timedelta | None = None
    most: Decimal | timedelta | None = None


Spans = Callable[[str], Span | None]
"""What a name can be; None: anything, so nothing is said of a comparison with it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a condition asks of names that it asks of nowhere else."""

    text: str
    """Its comparisons, as written."""
    comes_to: frozenset[bool]


def parts(condition: Condition, spans: Spans) -> tuple[Part, ...]:
    """The parts of a condition that stand apart, with what each can come to."""
    return tuple(
        Part(f" {word} ".join(_texts(one)), _comes_to(one, spans) or BOTH)
        for word, one in _apart(condition.tree)
    )


def together(wanted: Iterable[Condition], denied: Iterable[Condition], spans: Spans) -> bool | None:
    """Whether all that is wanted can be so while nothing of the denied is; None where that cannot be known."""
    nodes: list[Node] = [part for one in wanted for part in _all_of(one.tree)]
    nodes += [Not(one.tree) for one in denied]
    found = [_comes_to(one, spans) for _, one in _apart(Joined("and", tuple(nodes)))]
    if any(one is not None and True not in one for one in found):
        return False
    return None if None in found else True


def _all_of(tree: Node) -> tuple[Node, ...]:
    """What must all be so: the parts of an `and`, or the whole."""
    return tree.parts if isinstance(tree, Joined) and tree.word == "and" else (tree,)


def _apart(tree: Node) -> list[tuple[str, Node]]:
    """The groups of what is joined on top that share no name, each with the word that joins it."""
    if not isinstance(tree, Joined):
        return [("and", tree)]
    groups: list[tuple[set[str], list[Node]]] = []
    for part in tree.parts:
        names, nodes = {_variable(one) for one in _names(part)}, [part]
        for group in [one for one in groups if not names.isdisjoint(one[0])]:
            groups.remove(group)
            names, nodes = names | group[0], [*group[1], *nodes]
        groups.append((names, nodes))
    return [(tree.word, _joined(tree.word, nodes)) for _, nodes in groups]


def _joined(word: str, nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Joined(word, tuple(nodes))


def _comes_to(tree: Node, spans: Spans) -> frozenset[bool] | None:
    """What it can come to; None where that cannot be known."""
    groups = _apart(tree)
    if len(groups) == 1:
        return _tried(groups[0][1], spans)
    found = [_comes_to(one, spans) for _, one in groups]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    decides = groups[0][0] == "or"  # one part is enough for it
    one_is = any(decides in one for one in known)
    none_is = all((not decides) in one for one in known)
    return frozenset(truth for truth, can in ((decides, one_is), (not decides, none_is)) if can)


# --- one group: every combination of values that can make a difference


def _tried(node: Node, spans: Spans) -> frozenset[bool] | None:
    known = {name: spans(name) for name in dict.fromkeys(_names(node))}
    choices = _choices(node, {name: span for name, span in known.items() if span is not None})
    if None in known.values() or prod(map(len, choices.values())) > MOST_TRIED:
        return None
    found: set[bool] = set()
    try:
        for combination in product(*choices.values()):
            found.add(_holds(node, dict(zip(choices, combination, strict=True))))
            if len(found) == len(BOTH):
                break
    except TypeError:
        return None  # a length of time beside a number: `check_sorts` tells it
    return frozenset(found) or None


def _choices(node: Node, spans: Mapping[str, Span]) -> dict[str, list[Any]]:
    """By variable the values to try; of a step with answers which of those that are asked for was given."""
    edges = {one.literal.value for one in operands(node) if one.literal is not None}
    amounts = [one for one in spans.values() if not one.truth]
    edges |= {end for one in amounts for end in (one.least, one.most) if end is not None}
    found: dict[str, list[Any]] = {}
    for name, span in spans.items():
        if not span.truth:
            found[name] = list(_amounts(edges, span))
        elif "." in name:
            found.setdefault(_variable(name), [None]).append(name)
        else:
            found[name] = [True, False]
    return found


def _amounts(edges: Iterable[Any], span: Span) -> Iterator[Any]:
    """Where a comparison may change, between two such values and beyond them, as far as the span goes.

    Lengths of time and numbers are never compared, so those of the other kind are left out.
    """
    lengths = any(isinstance(end, timedelta) for end in (span.least, span.most))
    listed: list[Any] = sorted(one for one in edges if isinstance(one, timedelta) == lengths)
    if not listed:
        return
    step: Any = timedelta(seconds=1) if lengths else Decimal(1)
    tried = [listed[0] - step, *listed, *((a + b) / 2 for a, b in pairwise(listed)), listed[-1] + step]
    for one in tried:
        if (span.least is None or one >= span.least) and (span.most is None or one <= span.most):
            yield one


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "≤": operator.le, "==": operator.eq,
    ">": operator.gt, ">=": operator.ge, "≥": operator.ge, "!=": operator.ne,
}  # fmt: skip


def _holds(node: Node, values: Mapping[str, Any]) -> bool:
    if isinstance(node, Joined):
        return (all if node.word == "and" else any)(_holds(one, values) for one in node.parts)
    if isinstance(node, Not):
        return not _holds(node.part, values)
    if isinstance(node, Bare):
        return bool(_value(node.left, values))
    return bool(_COMPARE[node.sign](_value(node.left, values), _value(node.right, values)))


def _value(operand: Operand, values: Mapping[str, Any]) -> Any:
    if isinstance(operand.literal, Known):
        return operand.literal.value
    name = operand.text
    return values[name] if name in values else values[_variable(name)] == name


# --- what stands in it


def _variable(name: str) -> str:
    """What a name is decided by: of the answers of one step only one can stand."""
    return name if name.startswith("site.") else name.partition(".")[0]


def _names(node: Node) -> Iterator[str]:
    return (one.text for one in operands(node) if one.name is not None)


def _texts(node: Node) -> Iterator[str]:
    return (one.text for one in atoms(node))
