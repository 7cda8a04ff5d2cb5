"""What a condition can come to at all, held against every value tried one by one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.condition import Known, Span, evaluate, parse, parts, together

SPANS = {
    "depth": Span(least=Decimal(0), most=Decimal(10)),
    "inlet": Span(least=Decimal(-5), most=Decimal(50)),
    "wet": Span(truth=True),
    "ask.yes": Span(truth=True),
    "ask.no": Span(truth=True),
    "waited": Span(least=timedelta()),
}

ALWAYS, NEVER, EITHER = {True}, {False}, {True, False}


@pytest.mark.parametrize(
    ("text", "comes_to"),
    [
        ("depth > 3", EITHER),
        ("depth >= 0", ALWAYS),
        ("depth < 0", NEVER),
        ("depth > 10", NEVER),
        ("depth <= 10", ALWAYS),
        ("depth < 3 and depth > 3", NEVER),
        ("depth < 3 or depth >= 3", ALWAYS),
        ("not depth >= 0", NEVER),
        ("depth > inlet", EITHER),
        ("wet and not wet", NEVER),
        ("ask.yes and ask.no", NEVER),
        ("ask.yes or ask.no", EITHER),
        ("waited < 0s", NEVER),
        ("waited >= 5m and waited < 5m", NEVER),
        ("text-nobody-knows == other", EITHER),
        ("waited >= 3", EITHER),
    ],
)
def test_what_never_changes_is_found(text: str, comes_to: set[bool]) -> None:
    [part] = parts(parse(text), SPANS.get)

    assert part.comes_to == comes_to


def test_parts_that_share_no_name_stand_apart() -> None:
    found = parts(parse("wet and depth < 0 and inlet > 3 and depth > 2"), SPANS.get)

    assert [(one.text, set(one.comes_to)) for one in found] == [
        ("wet", EITHER),
        ("inlet > 3", EITHER),
        ("depth < 0 and depth > 2", NEVER),
    ]


def test_what_can_be_so_at_once_is_found_and_what_cannot_be_known_is_left_open() -> None:
    act, warn = parse("depth > 5"), parse("depth > 7")

    assert together([act], [warn], SPANS.get) is True
    assert together([warn], [act], SPANS.get) is False
    assert together([act], [parse("depth > site.limit")], SPANS.get) is None
    assert together([act, parse("depth < 0")], [parse("other > 1")], SPANS.get) is False


NODES = ("depth < 3", "depth >= 3", "depth == 7", "inlet > depth", "wet", "not wet")


@pytest.mark.parametrize("joined", [" and ", " or "])
def test_no_value_makes_a_condition_what_it_was_said_never_to_be(joined: str) -> None:
    for first in NODES:
        for second in NODES:
            condition = parse(f"{first}{joined}{second}")
            found = set()
            for depth in range(11):
                for inlet in range(-5, 51, 5):
                    for wet in (True, False):
                        known = {
                            "depth": Known(Decimal(depth)),
                            "inlet": Known(Decimal(inlet)),
                            "wet": Known(wet),
                        }
                        found.add(evaluate(condition, known.__getitem__).value)
            whole = {True, False} if joined == " and " else {False, True}
            said = [part.comes_to for part in parts(condition, SPANS.get)]
            can = any if joined == " or " else all
            assert (True in found) <= can(True in one for one in said), condition.text
            assert found <= whole
