"""What a condition is, once it was read; and what may be known of a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from engine.errors import MusterError
from engine.text import clean, cut

Truth = bool | None
"""None is UNKNOWN; it is never treated as false."""

Value = Decimal | timedelta | bool | str


LONGEST_QUOTE = 30
"""How many cells of the text a fault repeats."""


class ConditionFault(MusterError):
    """The first thing wrong in a condition; `offset` is its column in the text, counted from 0.

    What it quotes from the text is cleaned, and cut when it is long.
    """

    def __init__(self, sentence_id: str, offset: int, /, **facts: Any) -> None:
        super().__init__(sentence_id, **{name: _quoted(fact) for name, fact in facts.items()})
        self.offset = offset


def _quoted(fact: Any) -> Any:
    return cut(clean(fact), LONGEST_QUOTE) if isinstance(fact, str) else fact


@dataclass(frozen=True, slots=True)
class Sort:
    """What kind of thing a name stands for; `unit` only with numbers."""

    kind: Literal["number", "duration", "truth", "text", "list", "time"]
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A value that may be relied on."""

    value: Value
    at: datetime | None = None
    """When it was taken; None for what does not age."""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing that may be relied on."""

    why: Literal["not-taken", "stale", "contradicted", "not-answered", "no-history"]
    at: datetime | None = None
    value: Value | None = None
    """What was last taken; it is shown, never reckoned with."""


Facts = Callable[[str], Known | Missing]
"""What is known of a name at the moment."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison, or one yes-or-no name, and what came of it."""

    text: str
    """As written, without a ``not`` before it; a band with the name of its reading."""
    left: str
    """Its first name, on whichever side it stands."""
    found: Known | Missing
    result: Truth
    right: str | None = None
    """The other name, when two are compared."""
    against: Known | Missing | None = None
    """What was found for `right`."""
    denied: bool = False
    """Under a ``not``: the condition wants that it does not hold."""

    @property
    def speaks_for(self) -> Truth:
        """Whether it is as the condition wants it."""
        return self.result if self.result is None or not self.denied else not self.result


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a condition holds, and every comparison in it, in the order written."""

    value: Truth
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Operand:
    text: str
    offset: int
    name: str | None
    literal: Known | None


@dataclass(frozen=True, slots=True)
class Bare:
    """A name that is itself yes or no."""

    text: str
    left: Operand


@dataclass(frozen=True, slots=True)
class Compared:
    text: str
    left: Operand
    sign: str
    right: Operand


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by ``and`` or by ``or``: flat, so that ten thousand of them go no deeper than two."""

    word: str
    parts: tuple[Node, ...]


Node = Bare | Compared | Not | Joined


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read without a fault."""

    text: str
    """As written; of a band, without the reading that stands left of it."""
    names: tuple[tuple[str, int], ...]
    """Every name with its column in `text`, as often as it stands there; the reading of a band stands
    where its comparison begins."""
    tree: Node = field(repr=False, compare=False)
    """For this room only."""

    def about(self, name: str) -> Condition | None:
        """What it asks of that name alone, and must be so for the whole to hold; None where it asks nothing so."""
        tree = self.tree
        listed = tree.parts if isinstance(tree, Joined) and tree.word == "and" else (tree,)
        found = [one for one in listed if _names_in(one) == {name}]
        if not found:
            return None
        text = " and ".join(atom.text for one in found for atom in atoms(one))
        return Condition(text, ((name, 0),), Joined("and", tuple(found)))


WAITED = "waited"
"""How long a step has been open."""


def ends_of_waiting(condition: Condition) -> Iterator[Operand]:
    """The lengths of time after which it holds by time alone, whatever else is so: ``recovered or waited >= 45m``."""
    tree = condition.tree
    for one in tree.parts if isinstance(tree, Joined) and tree.word == "or" else (tree,):
        if isinstance(one, Compared) and one.left.name == WAITED and one.sign in (">=", ">"):
            yield one.right


def atoms(node: Node) -> Iterator[Bare | Compared]:
    """Every comparison and every yes-or-no name, in the order written."""
    todo = [node]
    while todo:
        here = todo.pop()
        if isinstance(here, Joined):
            todo += reversed(here.parts)
        elif isinstance(here, Not):
            todo.append(here.part)
        else:
            yield here


def operands(node: Node) -> Iterator[Operand]:
    """Both sides of every comparison, and every name that stands alone."""
    for atom in atoms(node):
        yield atom.left
        if isinstance(atom, Compared):
            yield atom.right


def _names_in(node: Node) -> set[str]:
    """What of a run it asks for: not what the site says."""
    names = {one.name for one in operands(node) if one.name is not None}
    return {name for name in names if not name.startswith("site.")}


EQUALITY = frozenset({"==", "!="})
"""The comparisons that ask for no order."""
