"""The signs of a condition one after the other, and what people write instead of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from engine.condition.tree import ConditionFault


class Token(NamedTuple):
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

JOINTS = frozenset({"and", "or", "not"})


def tokens(text: str) -> Iterator[Token]:
    end = 0
    for match in _TOKEN.finditer(text):
        kind, found = match.lastgroup or "odd", match.group()
        if kind == "space":
            continue
        if kind == "name" and found in JOINTS:
            kind = "word"
        end = match.end()
        yield Token(kind, found, match.start())
    yield Token("end", "", end)


def refuse_shouting(token: Token) -> None:
    if token.text.lower() in JOINTS:
        word = token.text.lower()
        raise ConditionFault("condition-instead", token.offset, found=token.text, write=word)


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
UNIT_SIGN = re.compile(r"[%％‰°℃℉ΩΩµμ㎡㎝㎜㎏]")
_TIME_UNITS = re.compile(
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|ms)(?:[0-9][0-9A-Za-z.]*)?"
)
_HALF = re.compile(r"[0-9A-Za-z.<>=!()&|_-]+")
_LEADING_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?=[^0-9.])(?![eE][0-9])")


def odd_fault(token: Token) -> ConditionFault:
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


def digits_fault(token: Token) -> ConditionFault:
    """The fault of something that begins like a number: ``5cm``, ``1.2.3``, ``.5``, ``1.5h``, ``2w``."""
    match = _LEADING_NUMBER.match(token.text)
    if match is None:
        return ConditionFault("condition-number", token.offset, found=token.text)
    number = Token("number", match.group(), token.offset)
    return unit_fault(number, token.text[match.end() :], token.offset + match.end())


def unit_fault(number: Token, unit: str, offset: int) -> ConditionFault:
    """A number with a unit; the place is the unit, or the number when a length of time was meant."""
    if _TIME_UNITS.fullmatch(unit):
        gap = " " if offset > number.offset + len(number.text) else ""
        return ConditionFault("not-a-duration", number.offset, found=number.text + gap + unit)
    return ConditionFault("condition-unit", offset, number=number.text, unit=unit)
