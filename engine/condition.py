"""Small expressions of a plan: is it so, and for which reasons.

    parse(text)                  "depth >= 3 and not hot" as a Condition; ConditionFault at the first fault
    parse_band(text, name)       ">= 3": the limit of a reading, which stands left of every comparison
    check_sorts(condition, …)    are its names declared, do units and kinds fit
    evaluate(condition, facts)   true, false or UNKNOWN (None), with every comparison met
    parse_duration, say_duration, say_length, say_clock

A condition is made of names (``depth``, ``depth-rise``, ``source.crac``, ``waited``, ``site.inlet-act``),
numbers without a unit, lengths of time, one comparison at a time, ``and``, ``or``, ``not`` and
parentheses. Nothing is calculated. Numbers are Decimals and compared exactly. UNKNOWN is never taken
for false: an ``and`` is false only when some part is, an ``or`` true only when some part is.
No clock and no file: what is known at the moment comes in as `facts`.
"""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple, NoReturn

from engine.errors import MusterError
from engine.text import Text, clean, cut

Truth = bool | None
"""None is UNKNOWN; it is never treated as false."""

Value = Decimal | timedelta | bool | str

DEEPEST = 50
"""How deep parentheses may stand in each other."""

LONGEST_NUMBER = 30
"""How many digits a number may have."""

LONGEST_DURATION = timedelta(days=3650)

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
class _Operand:
    text: str
    offset: int
    name: str | None
    literal: Known | None


@dataclass(frozen=True, slots=True)
class _Bare:
    """A name that is itself yes or no."""

    text: str
    left: _Operand


@dataclass(frozen=True, slots=True)
class _Compared:
    text: str
    left: _Operand
    sign: str
    right: _Operand


@dataclass(frozen=True, slots=True)
class _Not:
    part: _Node


@dataclass(frozen=True, slots=True)
class _Joined:
    """Parts joined by ``and`` or by ``or``: flat, so that ten thousand of them go no deeper than two."""

    word: str
    parts: tuple[_Node, ...]


_Node = _Bare | _Compared | _Not | _Joined


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read without a fault."""

    text: str
    """As written; of a band, without the reading that stands left of it."""
    names: tuple[tuple[str, int], ...]
    """Every name with its column in `text`, as often as it stands there; the reading of a band stands
    where its comparison begins."""
    tree: _Node = field(repr=False, compare=False)
    """For this room only."""


# --- reading


class _Token(NamedTuple):
    kind: str
    """name, number, duration, digits, word, sign, open, close, end, or odd."""
    text: str
    offset: int


_TOKEN = re.compile(
    r"""
      (?P<space>    [ \t\r\n]+ )
    | (?P<name>     [A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)* )
    | (?P<number>   -?[0-9]+(?:\.[0-9]+)?(?![0-9A-Za-z.]) )
    | (?P<duration> (?:[0-9]+[dhms])+(?![0-9A-Za-z.]) )
    | (?P<digits>   -?\.?[0-9][0-9A-Za-z.°℃℉ΩΩµμ²³]* )
    | (?P<sign>     <=|>=|[<>](?![<>=])|==(?!=)|!=(?!=)|≤|≥ )
    | (?P<open>     \( )
    | (?P<close>    \) )
    | (?P<odd>      [<>=!]+|&+|\|+|[＜＞＝！]+|＆+|｜+|[０-９．Ａ-Ｚａ-ｚ]+|°[CF]|. )
    """,
    re.VERBOSE | re.DOTALL,
)

_WORDS = frozenset({"and", "or", "not"})
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "≤": operator.le, "==": operator.eq,
    ">": operator.gt, ">=": operator.ge, "≥": operator.ge, "!=": operator.ne,
}  # fmt: skip
_EQUALITY = frozenset({"==", "!="})


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """The condition that `text` writes. Raises ConditionFault for the first fault in it."""
    return _Reader(text).condition()


@lru_cache(maxsize=4096)
def parse_band(text: str, name: str) -> Condition:
    """A limit like ``> 27`` or ``< 18 or > 27``: every comparison in it is one of `name`."""
    return _Reader(text, name).condition()


def _tokens(text: str) -> Iterator[_Token]:
    end = 0
    for match in _TOKEN.finditer(text):
        kind, found = match.lastgroup or "odd", match.group()
        if kind == "space":
            continue
        if kind == "name" and found in _WORDS:
            kind = "word"
        end = match.end()
        yield _Token(kind, found, match.start())
    yield _Token("end", "", end)


class _Reader:
    """Goes through the tokens once, left to right, and stops at the first that does not belong there."""

    def __init__(self, text: str, subject: str | None = None) -> None:
        self.text = text
        self.subject = subject
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0
        self.names: list[tuple[str, int]] = []

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self) -> _Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def took(self, word: str) -> bool:
        """Whether `word` came next; then it is behind us."""
        found = self.next.kind == "word" and self.next.text == word
        self.at += found
        return found

    def condition(self) -> Condition:
        if self.next.kind == "end":
            raise ConditionFault("condition-empty", 0)
        tree = self.either()
        if self.next.kind == "close":
            raise ConditionFault("condition-close", self.next.offset)
        return Condition(self.text, tuple(self.names), tree)

    def either(self) -> _Node:
        return self.joined("or", self.both)

    def both(self) -> _Node:
        return self.joined("and", self.negated)

    def joined(self, word: str, part: Callable[[], _Node]) -> _Node:
        parts = [part()]
        while self.took(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else _Joined(word, tuple(parts))

    def negated(self) -> _Node:
        odd = False
        while self.took("not"):
            odd = not odd
        node = self.group() if self.next.kind == "open" else self.atom()
        self.expect_joint()
        return _Not(node) if odd else node

    def group(self) -> _Node:
        opening = self.take()
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionFault("condition-deep", opening.offset, most=DEEPEST)
        node = self.either()
        if self.next.kind != "close":
            raise ConditionFault("condition-open", opening.offset)
        self.at += 1
        self.depth -= 1
        if self.next.kind == "sign":
            raise ConditionFault("condition-compares-group", self.next.offset, found=self.next.text)
        return node

    def atom(self) -> _Node:
        if self.subject is not None:
            return self.limit(self.subject)
        left = self.operand()
        if self.next.kind == "sign":
            return self.compared(left, left.offset, "")
        if left.name is not None:
            return _Bare(left.text, left)
        self.expect_joint()
        raise ConditionFault("condition-bare-number", left.offset, found=left.text)

    def limit(self, subject: str) -> _Node:
        if self.next.kind != "sign":
            self.refuse_odd()
            raise ConditionFault("condition-band", self.next.offset, name=subject)
        offset = self.next.offset
        self.names.append((subject, offset))
        return self.compared(_Operand(subject, offset, subject, None), offset, f"{subject} ")

    def compared(self, left: _Operand, start: int, before: str) -> _Node:
        sign = self.take()
        right = self.operand()
        if self.next.kind == "sign":
            raise ConditionFault("condition-chained", self.next.offset, found=self.next.text)
        if left.name is None and right.name is None:
            raise ConditionFault("condition-two-literals", left.offset, left=left.text, right=right.text)
        written = self.text[start : right.offset + len(right.text)]
        return _Compared(before + " ".join(written.split()), left, sign.text, right)

    def operand(self) -> _Operand:
        token = self.next
        self.refuse_odd()
        if token.kind not in ("name", "number", "duration"):
            self.miss_operand()
        self.at += 1
        if token.kind == "name":
            _refuse_shouting(token)
            self.names.append((token.text, token.offset))
            return _Operand(token.text, token.offset, token.text, None)
        value = _number(token) if token.kind == "number" else _duration(token.text, token.offset)
        return _Operand(token.text, token.offset, None, Known(value))

    def miss_operand(self) -> NoReturn:
        token, before = self.next, self.tokens[self.at - 1]
        if token.kind == "open":  # a group would have been taken; so a comparison stands before it
            raise ConditionFault("condition-compares-group", token.offset, found=before.text)
        if token.kind == "end":
            raise ConditionFault("condition-missing-end", token.offset, found=before.text)
        raise ConditionFault("condition-missing-operand", token.offset, found=token.text)

    def refuse_odd(self) -> None:
        """Raise the fault of the next token when it is no part of the language."""
        token = self.next
        if token.kind == "odd":
            raise _odd_fault(token)
        if token.kind == "digits":
            raise _digits_fault(token)

    def expect_joint(self) -> None:
        """After a whole comparison comes ``and``, ``or``, a closing parenthesis, or the end."""
        token, before = self.next, self.tokens[self.at - 1]
        if token.kind in ("close", "end") or (token.kind == "word" and token.text != "not"):
            return
        if before.kind == "number" and (fault := self.unit_fault(before)):
            raise fault
        if before.kind == token.kind == "duration":
            raise ConditionFault("not-a-duration", before.offset, found=f"{before.text} {token.text}")
        self.refuse_odd()
        if token.kind == "name":
            _refuse_shouting(token)
        if token.text.startswith("-"):
            raise ConditionFault("condition-arithmetic", token.offset, found="-")
        raise ConditionFault("condition-joint", token.offset, left=before.text, right=token.text)

    def unit_fault(self, number: _Token) -> ConditionFault | None:
        """``5 cm``: the fault of a unit behind a number; None when something else stands there."""
        token, then = self.next, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        word = token.kind == "name" and then.kind != "sign" and token.text.lower() not in _WORDS
        if word or (token.kind == "odd" and _UNIT_SIGN.match(token.text)):
            return _unit_fault(number, token.text, token.offset)
        return None


def _number(token: _Token) -> Decimal:
    if sum(map(str.isdigit, token.text)) > LONGEST_NUMBER:
        raise ConditionFault("condition-number-long", token.offset, most=LONGEST_NUMBER)
    return Decimal(token.text)


def _refuse_shouting(token: _Token) -> None:
    if token.text.lower() in _WORDS:
        word = token.text.lower()
        raise ConditionFault("condition-instead", token.offset, found=token.text, write=word)


# --- what people write instead

_INSTEAD = {
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "且": "and", "或": "or", "非": "not",
    "=>": ">=", "=<": "<=", "<>": "!=", "===": "==", "!==": "!=",
    "≠": "!=", "≦": "<=", "≧": ">=", "_": "-", "−": "-", "–": "-", "—": "-", "[": "(", "]": ")",
}  # fmt: skip
_ARITHMETIC = frozenset("+-*/%^×÷")
_SPECIAL = {
    "=": "condition-single-equals",
    **dict.fromkeys(",，、;；", "condition-comma"),
    **dict.fromkeys("\"'`“”‘’「」＂＇", "condition-quotes"),
    **dict.fromkeys("{}｛｝", "condition-braces"),
    **dict.fromkeys("\u3000\xa0", "condition-space"),
}
_UNIT_SIGN = re.compile(r"[%％‰°℃℉ΩΩµμ㎡㎝㎜㎏]")
_TIME_UNITS = re.compile(
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|ms)(?:[0-9][0-9A-Za-z.]*)?"
)
_HALF = re.compile(r"[0-9A-Za-z.<>=!()&|_-]+")
_LEADING_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?=[^0-9.])(?![eE][0-9])")


def _odd_fault(token: _Token) -> ConditionFault:
    """The fault of something that is no part of the language, with what to write for it."""
    found, offset = token.text, token.offset
    if (special := _SPECIAL.get(found)) is not None:
        shown = f"<{ord(found):04X}>" if found.isspace() else found  # a wide space would be quoted unseen
        return ConditionFault(special, offset, found=shown)
    if found in _INSTEAD:
        return ConditionFault("condition-instead", offset, found=found, write=_INSTEAD[found])
    half = _half_width(found)
    if half != found and _HALF.fullmatch(half):
        write = "==" if half == "=" else _INSTEAD.get(half, half)
        return ConditionFault("condition-full-width", offset, found=found, write=write)
    if half in _ARITHMETIC:
        return ConditionFault("condition-arithmetic", offset, found=found)
    return ConditionFault("condition-character", offset, found=found)


def _half_width(text: str) -> str:
    """What a Chinese input method would have written with its full-width switch off."""
    return "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text)


def _digits_fault(token: _Token) -> ConditionFault:
    """The fault of something that begins like a number: ``5cm``, ``1.2.3``, ``.5``, ``1.5h``, ``2w``."""
    match = _LEADING_NUMBER.match(token.text)
    if match is None:
        return ConditionFault("condition-number", token.offset, found=token.text)
    number = _Token("number", match.group(), token.offset)
    return _unit_fault(number, token.text[match.end() :], token.offset + match.end())


def _unit_fault(number: _Token, unit: str, offset: int) -> ConditionFault:
    """A number with a unit; the place is the unit, or the number when a length of time was meant."""
    if _TIME_UNITS.fullmatch(unit):
        gap = " " if offset > number.offset + len(number.text) else ""
        return ConditionFault("not-a-duration", number.offset, found=number.text + gap + unit)
    return ConditionFault("condition-unit", offset, number=number.text, unit=unit)


# --- does it fit

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
    for node in _atoms(condition.tree):
        operands = (node.left,) if isinstance(node, _Bare) else (node.left, node.right)
        for one in operands:
            if one.name is not None and sort_of(one.name) is None:
                return _undeclared(one.name, one.offset, known)
        sorts = [_sort(one, sort_of) for one in operands]
        fault = _bare_fault(node, sorts[0]) if isinstance(node, _Bare) else _pair_fault(node, *sorts)
        if fault is not None:
            return fault
    return None


def _atoms(node: _Node) -> Iterator[_Bare | _Compared]:
    if isinstance(node, _Joined):
        for part in node.parts:
            yield from _atoms(part)
    elif isinstance(node, _Not):
        yield from _atoms(node.part)
    else:
        yield node


def _sort(operand: _Operand, sort_of: Callable[[str], Sort | None]) -> Sort:
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


def _bare_fault(node: _Bare, sort: Sort) -> ConditionFault | None:
    if sort.kind == "truth":
        return None
    return ConditionFault("condition-not-truth", node.left.offset, name=node.text, sort=_words(sort))


def _pair_fault(node: _Compared, left: Sort, right: Sort) -> ConditionFault | None:
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
    if kinds <= {"truth", "text"} and node.sign not in _EQUALITY:
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


# --- does it hold


def evaluate(condition: Condition, facts: Facts) -> Verdict:
    """Whether it holds by `facts`. Every comparison is looked at, in the order written.

    It never raises: values of kinds that cannot be compared (an old record under a newer plan) are UNKNOWN.
    """
    reasons: list[Reason] = []
    value = _value(condition.tree, facts, reasons)
    return Verdict(value, tuple(reasons))


def _value(node: _Node, facts: Facts, reasons: list[Reason]) -> Truth:
    if isinstance(node, _Joined):
        values = [_value(part, facts, reasons) for part in node.parts]
        return _all(values) if node.word == "and" else _any(values)
    if isinstance(node, _Not):
        inside: list[Reason] = []
        value = _value(node.part, facts, inside)
        reasons += [replace(one, denied=not one.denied) for one in inside]
        return None if value is None else not value
    reason = _bare(node, facts) if isinstance(node, _Bare) else _compared(node, facts)
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


def _bare(node: _Bare, facts: Facts) -> Reason:
    found = facts(node.text)
    known = isinstance(found, Known) and isinstance(found.value, bool)
    return Reason(node.text, node.text, found, bool(found.value) if known else None)


def _compared(node: _Compared, facts: Facts) -> Reason:
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
    if type(a) is not type(b) or (isinstance(a, bool | str) and sign not in _EQUALITY):
        return None
    return _COMPARE[sign](a, b)


# --- lengths of time

_DURATION_FORM = re.compile(
    r"(?:(?P<days>[0-9]+)d)?(?:(?P<hours>[0-9]+)h)?(?:(?P<minutes>[0-9]+)m)?(?:(?P<seconds>[0-9]+)s)?"
)
_SECOND = timedelta(seconds=1)


def parse_duration(text: str) -> timedelta:
    """``90s``, ``15m``, ``1h30m``, ``2d``; at most 3650 days; nothing at all is ``0s``.

    Raises ConditionFault, whose offset is 0.
    """
    return _duration(text, 0)


def _duration(text: str, offset: int) -> timedelta:
    match = _DURATION_FORM.fullmatch(text)
    if not text or match is None:
        raise ConditionFault("not-a-duration", offset, found=text)
    parts = match.groupdict("0")
    if max(map(len, parts.values())) > 9:  # more than any limit allows, and int() refuses very many
        raise ConditionFault("duration-long", offset, found=text, most=LONGEST_DURATION.days)
    length = timedelta(**{unit: int(number) for unit, number in parts.items()})
    if length > LONGEST_DURATION:
        raise ConditionFault("duration-long", offset, found=text, most=LONGEST_DURATION.days)
    if not length and text != "0s":
        raise ConditionFault("duration-zero", offset, found=text)
    return length


def say_duration(length: timedelta) -> str:
    """``1h30m``, as a plan would write it; parts of a second are dropped, a minus is kept."""
    whole = abs(length) // _SECOND
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    said = "".join(f"{n}{unit}" for n, unit in zip((days, hours, minutes, seconds), "dhms", strict=True) if n)
    return _sign(length, whole) + (said or "0s")


def say_length(length: timedelta, language: str) -> str:
    """``1 小时 30 分钟`` or ``1 h 30 min``, as a sentence says it; parts of a second are dropped.

    Below two of the larger unit a whole number of the smaller one is kept: 90 s, 24 h. One exact hour or
    minute is said as such.
    """
    whole = abs(length) // _SECOND
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    if days == 1:
        days, hours = 0, hours + 24
    if not (days or hours) and minutes == 1 and seconds:
        minutes, seconds = 0, seconds + 60
    amounts = zip((days, hours, minutes, seconds), _UNITS_SAID[language], strict=True)
    said = " ".join(f"{amount} {unit}" for amount, unit in amounts if amount)
    return _sign(length, whole) + (said or f"0 {_UNITS_SAID[language][-1]}")


_UNITS_SAID = {"zh": ("天", "小时", "分钟", "秒"), "en": ("days", "h", "min", "s")}
"""Never one day: that is said as 24 hours, which leaves no doubt when it is over."""


def say_clock(length: timedelta) -> str:
    """``00:08:18`` or ``-00:01:00``; as many hours as there are; parts of a second are dropped."""
    whole = abs(length) // _SECOND
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{_sign(length, whole)}{hours:02}:{minutes:02}:{seconds:02}"


def _sign(length: timedelta, whole: int) -> str:
    return "-" if whole and length < timedelta(0) else ""
