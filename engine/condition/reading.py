"""From a text to a condition: every fault says its column."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NoReturn

from engine.condition.lengths import duration_at
from engine.condition.tokens import (
    JOINTS,
    UNIT_SIGN,
    Token,
    digits_fault,
    odd_fault,
    refuse_shouting,
    tokens,
    unit_fault,
)
from engine.condition.tree import Bare, Compared, Condition, ConditionFault, Joined, Known, Node, Not, Operand

DEEPEST = 50
"""How deep parentheses may stand in each other."""

LONGEST_NUMBER = 30
"""How many digits a number may have."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """The condition that `text` writes. Raises ConditionFault for the first fault in it."""
    return _Reader(text).condition()


@lru_cache(maxsize=4096)
def parse_band(text: str, name: str) -> Condition:
    """A limit like ``> 27`` or ``< 18 or > 27``: every comparison in it is one of `name`."""
    return _Reader(text, name).condition()


class _Reader:
    """Goes through the tokens once, left to right, and stops at the first that does not belong there."""

    def __init__(self, text: str, subject: str | None = None) -> None:
        self.text = text
        self.subject = subject
        self.tokens = list(tokens(text))
        self.at = 0
        self.depth = 0
        self.names: list[tuple[str, int]] = []

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
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

    def either(self) -> Node:
        return self.joined("or", self.both)

    def both(self) -> Node:
        return self.joined("and", self.negated)

    def joined(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self.took(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def negated(self) -> Node:
        odd = False
        while self.took("not"):
            odd = not odd
        node = self.group() if self.next.kind == "open" else self.atom()
        self.expect_joint()
        return Not(node) if odd else node

    def group(self) -> Node:
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

    def atom(self) -> Node:
        if self.subject is not None:
            return self.limit(self.subject)
        left = self.operand()
        if self.next.kind == "sign":
            return self.compared(left, left.offset, "")
        if left.name is not None:
            return Bare(left.text, left)
        self.expect_joint()
        raise ConditionFault("condition-bare-number", left.offset, found=left.text)

    def limit(self, subject: str) -> Node:
        if self.next.kind != "sign":
            self.refuse_odd()
            raise ConditionFault("condition-band", self.next.offset, name=subject)
        offset = self.next.offset
        self.names.append((subject, offset))
        return self.compared(Operand(subject, offset, subject, None), offset, f"{subject} ")

    def compared(self, left: Operand, start: int, before: str) -> Node:
        sign = self.take()
        right = self.operand()
        if self.next.kind == "sign":
            raise ConditionFault("condition-chained", self.next.offset, found=self.next.text)
        if left.name is None and right.name is None:
            raise ConditionFault("condition-two-literals", left.offset, left=left.text, right=right.text)
        written = self.text[start : right.offset + len(right.text)]
        return Compared(before + " ".join(written.split()), left, sign.text, right)

    def operand(self) -> Operand:
        token = self.next
        self.refuse_odd()
        if token.kind not in ("name", "number", "duration"):
            self.miss_operand()
        self.at += 1
        if token.kind == "name":
            refuse_shouting(token)
            self.names.append((token.text, token.offset))
            return Operand(token.text, token.offset, token.text, None)
        value = _number(token) if token.kind == "number" else duration_at(token.text, token.offset)
        return Operand(token.text, token.offset, None, Known(value))

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
            raise odd_fault(token)
        if token.kind == "digits":
            raise digits_fault(token)

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
            refuse_shouting(token)
        if token.text.startswith("-"):
            raise ConditionFault("condition-arithmetic", token.offset, found="-")
        raise ConditionFault("condition-joint", token.offset, left=before.text, right=token.text)

    def unit_fault(self, number: Token) -> ConditionFault | None:
        """``5 cm``: the fault of a unit behind a number; None when something else stands there."""
        token, then = self.next, self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        word = token.kind == "name" and then.kind != "sign" and token.text.lower() not in JOINTS
        if word or (token.kind == "odd" and UNIT_SIGN.match(token.text)):
            return unit_fault(number, token.text, token.offset)
        return None


def _number(token: Token) -> Decimal:
    if sum(map(str.isdigit, token.text)) > LONGEST_NUMBER:
        raise ConditionFault("condition-number-long", token.offset, most=LONGEST_NUMBER)
    return Decimal(token.text)
