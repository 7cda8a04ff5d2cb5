"""Numbers, lengths of time, days and moments, as they may stand in a plan book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from engine.book.page import Page, Use
from engine.book.shapes import SITE_NAME, Schema, word
from engine.book.tree import Node, Scalar
from engine.condition import LONGEST_DURATION, ConditionFault, parse_duration, say_duration
from engine.plan import Limit, Takes

DURATION = r"^(?=.)(\d+d)?(\d+h)?(\d+m)?(\d+s)?$"

_NUMBER = re.compile(r"[+-]?[0-9]{1,20}(?:\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`; with `plus` written ``+1``."""

    least: int = 0
    most: int = 999_999
    plus: bool = False

    def read(self, node: Node, page: Page) -> int | None:
        said = word(node, page)
        if said is None:
            return None
        if not re.fullmatch(r"\+?[0-9]{1,9}" if self.plus else "[0-9]{1,9}", said):
            page.fault("bad-number", node, found=said)
            return None
        if not self.least <= int(said) <= self.most:
            page.fault("outside-range", node, found=said, least=self.least, most=self.most)
            return None
        return int(said)

    def schema(self) -> Schema:
        kind = {"type": "integer", "minimum": self.least, "maximum": self.most}
        return {"anyOf": [kind, {"type": "string", "pattern": r"^\+[0-9]+$"}]} if self.plus else kind


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number, kept exactly as written."""

    def read(self, node: Node, page: Page) -> Decimal | None:
        said = word(node, page)
        if said is not None and not _NUMBER.fullmatch(said):
            page.fault("bad-number", node, found=said)
            return None
        return None if said is None else Decimal(said)

    def schema(self) -> Schema:
        return {"type": "number"}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, like 90s, 15m, 1h30m or 2d; with `some` it is more than none."""

    some: bool = False

    def read(self, node: Node, page: Page) -> timedelta | None:
        said = word(node, page)
        if said is None:
            return None
        assert isinstance(node, Scalar)
        try:
            length = parse_duration(said)
        except ConditionFault as fault:
            page.condition_fault(node, fault)
            return None
        if self.some and not length:
            page.fault("outside-range", node, found=said, least="1s", most=say_duration(LONGEST_DURATION))
            return None
        return length

    def schema(self) -> Schema:
        return {"type": "string", "pattern": DURATION}


@dataclass(frozen=True, slots=True)
class SiteLimit:
    """A length of time, or ``site.NAME``, whose length the site says; with `some` it is more than none."""

    some: bool = False

    def read(self, node: Node, page: Page) -> Limit | None:
        said = word(node, page)
        if said is not None and said.startswith("site."):
            page.uses.append(Use("site-length", said, node))
            return Limit(timedelta(), said.removeprefix("site."))
        length = None if said is None else Length(self.some).read(node, page)
        return None if length is None else Limit(length)

    def schema(self) -> Schema:
        return {"type": "string", "anyOf": [{"pattern": DURATION}, {"pattern": f"^{SITE_NAME.pattern}$"}]}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number, or a length of time."""

    def read(self, node: Node, page: Page) -> Decimal | timedelta | None:
        said = word(node, page)
        if said is None or _NUMBER.fullmatch(said):
            return None if said is None else Decimal(said)
        return Length().read(node, page)

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": DURATION}]}


@dataclass(frozen=True, slots=True)
class Minutes:
    """PERT minutes: optimistic/likely/pessimistic, like 5/15/40."""

    def read(self, node: Node, page: Page) -> Takes | None:
        said = word(node, page)
        if said is None:
            return None
        parts = said.split("/")
        if len(parts) != 3 or not all(re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", one) for one in parts):
            page.fault("bad-takes", node, found=said)
            return None
        least, likely, most = map(Decimal, parts)
        if not least <= likely <= most:
            page.fault("bad-takes", node, found=said)
            return None
        return Takes(least, likely, most)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d+(\.\d+)?(/\d+(\.\d+)?){2}$"}


@dataclass(frozen=True, slots=True)
class Day:
    """A date like 2026-11-01."""

    def read(self, node: Node, page: Page) -> date | None:
        said = word(node, page)
        if said is None:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII):
                return date.fromisoformat(said)
        except ValueError:
            pass  # 2026-02-30 has the form of a date and is none; the fault below says so
        page.fault("bad-date", node, found=said)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A date and time with its zone, like 2026-11-22T02:10:00+08:00."""

    def read(self, node: Node, page: Page) -> datetime | None:
        said = word(node, page)
        if said is None:
            return None
        try:
            moment = datetime.fromisoformat(said)
            if moment.tzinfo is not None and said.isascii():
                return moment
        except ValueError:
            pass  # what is no date and what has no zone get the same sentence
        page.fault("bad-time", node, found=said)
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date-time"}
