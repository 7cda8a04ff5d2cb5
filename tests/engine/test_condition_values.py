"""Conditions as they are judged: three values, comparisons and their reasons, size, lengths of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.condition import (
    DEEPEST,
    ConditionFault,
    Known,
    Missing,
    Reason,
    Truth,
    Value,
    check_sorts,
    evaluate,
    parse,
    parse_duration,
    say_clock,
    say_duration,
    say_length,
)
from tests.engine.conditions import NOT_TAKEN, SORTS, fault_in, given_that, steady, truth

TAKEN = datetime(2026, 11, 22, 2, 13, tzinfo=UTC)


Why = Literal["not-taken", "stale", "contradicted", "not-answered", "no-history"]


# --- three values


TRUTHS: tuple[Truth, ...] = (True, False, None)


# Row: left. Column: right. In the order true, false, UNKNOWN.
KLEENE_AND: tuple[tuple[Truth, ...], ...] = ((True, False, None), (False, False, False), (None, False, None))


KLEENE_OR: tuple[tuple[Truth, ...], ...] = ((True, True, True), (True, False, None), (True, None, None))


@pytest.mark.parametrize("left", TRUTHS)
@pytest.mark.parametrize("right", TRUTHS)
def test_and_or_follow_the_table_of_three_values(left: Truth, right: Truth) -> None:
    row, column = TRUTHS.index(left), TRUTHS.index(right)

    assert truth("a and b", a=left, b=right) is KLEENE_AND[row][column]
    assert truth("a or b", a=left, b=right) is KLEENE_OR[row][column]


def test_what_stands_under_a_not_speaks_for_the_condition_when_it_does_not_hold() -> None:
    taken = {"wet": True, "hot": False, "dry": True}
    verdict = evaluate(parse("not wet and not (hot or dry)"), lambda name: Known(taken[name]))
    assert [(one.text, one.result, one.speaks_for) for one in verdict.reasons] == [
        ("wet", True, False),
        ("hot", False, True),
        ("dry", True, False),
    ]


def test_not_unknown_is_unknown() -> None:
    assert [truth("not a", a=value) for value in TRUTHS] == [False, True, None]
    assert [truth("not not a", a=value) for value in TRUTHS] == [True, False, None]


@pytest.mark.requirement("E17")
@pytest.mark.parametrize("why", ["not-taken", "stale", "contradicted", "not-answered", "no-history"])
def test_what_is_missing_is_unknown_and_never_false(why: Why) -> None:
    missing = Missing(why, at=TAKEN, value=Decimal(2))
    for text in ("depth > 3", "depth < 3", "depth == 2", "depth != 2", "3 >= depth", "not depth > 3"):
        assert truth(text, depth=missing) is None


def test_a_stale_value_is_still_shown_in_the_reason() -> None:
    stale = Missing("stale", at=TAKEN, value=Decimal(5))
    verdict = evaluate(parse("depth > 3"), given_that(depth=stale))

    assert verdict.reasons == (Reason("depth > 3", "depth", stale, None),)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("depth > 3", {"depth": "deep"}),
        ("depth > 3", {"depth": True}),
        ("depth == 1", {"depth": True}),
        ("depth > 5m", {"depth": Decimal(3)}),
        ("depth > 3", {"depth": Decimal("NaN")}),
        ("depth != 3", {"depth": Decimal("sNaN")}),
        ("depth > 3", {"depth": Decimal("Infinity")}),
        ("a < b", {"a": "x", "b": "y"}),
        ("a > b", {"a": True, "b": False}),
        ("hot", {"hot": Decimal(1)}),
        ("hot", {"hot": ""}),
    ],
)
def test_values_of_another_kind_than_the_plan_says_are_unknown(text: str, values: dict[str, Value]) -> None:
    assert truth(text, **values) is None


expressions = st.recursive(
    st.sampled_from(["a", "b", "c", "d > 3", "3 == e", "d <= e"]),
    lambda inner: st.one_of(
        inner.map(lambda one: f"not {one}"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda three: "({} {} {})".format(*three)
        ),
    ),
    max_leaves=12,
)


truths = st.sampled_from(TRUTHS)


numbers = st.sampled_from([None, Decimal(2), Decimal(3), Decimal(4)])


@steady
@given(expressions, st.tuples(truths, truths, truths, numbers, numbers))
def test_an_unknown_that_decides_nothing_is_all_that_a_verdict_ignores(
    text: str, values: tuple[Truth, Truth, Truth, Decimal | None, Decimal | None]
) -> None:
    """What is said with something UNKNOWN stays true whatever that turns out to be."""
    said = evaluate(parse(text), given_that(**dict(zip("abcde", values, strict=True)))).value
    for guess, number in ((True, Decimal(3)), (False, Decimal(9))):
        later = [guess if value is None else value for value in values[:3]]
        taken = [number if value is None else value for value in values[3:]]
        later_known: dict[str, Value | Missing | None] = dict(zip("abcde", [*later, *taken], strict=True))
        found = truth(text, **later_known)
        assert found is not None and said in (None, found)


# --- comparisons and reasons


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("d < 3", False), ("d <= 3", True), ("d ≤ 3", True), ("d == 3", True),
        ("d != 3", False), ("d >= 3", True), ("d ≥ 3", True), ("d > 3", False),
        ("2 < d", True), ("d == 3.000", True), ("d > -3", True),
    ],
)  # fmt: skip
def test_a_comparison_means_what_it_says(text: str, value: Truth) -> None:
    assert truth(text, d=Decimal("3.0")) is value


def test_lengths_of_time_and_texts_compare() -> None:
    assert truth("waited >= 1h30m", waited=timedelta(minutes=90)) is True
    assert truth("waited < 90s", waited=timedelta(seconds=90)) is False
    assert truth("a == b", a="HFC-227ea", b="HFC-227ea") is True
    assert truth("a != b", a=True, b=False) is True


def test_digits_are_never_rounded_whatever_the_context() -> None:
    long = "0.12345678901234567890123456789"
    with localcontext() as context:
        context.prec = 3
        assert truth(f"d > {long}", d=Decimal(long + "1")) is True
        assert truth(f"d == {long}", d=Decimal(long + "0")) is True


def test_every_comparison_is_a_reason_in_the_order_written() -> None:
    verdict = evaluate(parse("a or b and (depth  >3 or not hot)"), given_that(a=True, depth=Decimal(4)))

    assert verdict.value is True
    assert [(reason.text, reason.result) for reason in verdict.reasons] == [
        ("a", True), ("b", None), ("depth >3", True), ("hot", None),
    ]  # fmt: skip


def test_a_reason_carries_the_value_its_age_and_its_source() -> None:
    reading = Known(Decimal(5), at=TAKEN, source="li")
    (reason,) = evaluate(parse("depth > 3"), lambda _: reading).reasons

    assert (reason.left, reason.found, reason.right) == ("depth", reading, None)


def test_a_reason_names_the_reading_on_whichever_side_it_stands() -> None:
    (reason,) = evaluate(parse("3 < depth"), given_that(depth=Decimal(5))).reasons

    assert reason == Reason("3 < depth", "depth", Known(Decimal(5)), True)


def test_a_reason_of_two_names_shows_what_was_found_for_both() -> None:
    (reason,) = evaluate(parse("inlet > site.max"), given_that(inlet=Decimal(30))).reasons

    assert reason == Reason("inlet > site.max", "inlet", Known(Decimal(30)), None, "site.max", NOT_TAKEN)


# --- size


def test_ten_thousand_parts_are_read_and_judged() -> None:
    condition = parse(" and ".join(["not (depth > 3)", *["depth <= 3"] * 10_000]))
    verdict = evaluate(condition, given_that(depth=Decimal(3)))

    assert check_sorts(condition, SORTS.get, SORTS) is None
    assert (verdict.value, len(verdict.reasons), len(condition.names)) == (True, 10_001, 10_001)


def test_ten_thousand_nots_are_read_and_judged() -> None:
    assert truth("not " * 10_001 + "hot", hot=False) is True


def test_parentheses_are_read_to_their_limit() -> None:
    assert truth("(not (a or b or " * (DEEPEST // 2) + "hot" + "))" * (DEEPEST // 2), hot=False) is None


def test_parentheses_side_by_side_are_not_deep() -> None:
    assert truth(" or ".join(["(hot)"] * DEEPEST * 2), hot=True) is True


def test_ten_thousand_parentheses_are_a_fault_like_any_other() -> None:
    assert fault_in("(" * 10_000).offset == DEEPEST


# --- lengths of time


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("1h30m", timedelta(minutes=90)),
        ("2d", timedelta(days=2)),
        ("1d2h3m4s", timedelta(days=1, hours=2, minutes=3, seconds=4)),
        ("0s", timedelta(0)),
        ("3650d", timedelta(days=3650)),
    ],
)
def test_a_duration_is_read(text: str, length: timedelta) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    ("text", "sentence_id"),
    [
        ("5 min", "not-a-duration"), ("", "not-a-duration"), ("5", "not-a-duration"),
        ("1w", "not-a-duration"),
        ("1.5h", "not-a-duration"), ("30m1h", "not-a-duration"), (" 5m", "not-a-duration"),
        ("-5m", "not-a-duration"), ("5M", "not-a-duration"), ("５m", "not-a-duration"),
        ("五分钟", "not-a-duration"),
        ("0m", "duration-zero"), ("0h0s", "duration-zero"), ("00s", "duration-zero"),
        ("3651d", "duration-long"), ("3650d1s", "duration-long"), ("9" * 5000 + "s", "duration-long"),
    ],
)  # fmt: skip
def test_what_is_no_duration_is_refused(text: str, sentence_id: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        parse_duration(text)
    assert (caught.value.id, caught.value.offset) == (sentence_id, 0)


def test_the_refusal_shows_how_to_write_one() -> None:
    with pytest.raises(ConditionFault, match="'5 min' is not a duration; write it like 90s, 15m or 1h30m"):
        parse_duration("5 min")


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(0), "0s"),
        (timedelta(seconds=90), "1m30s"),
        (timedelta(minutes=90), "1h30m"),
        (timedelta(hours=36), "1d12h"),
        (timedelta(days=-2), "-2d"),
        (timedelta(seconds=59, milliseconds=999), "59s"),
        (timedelta(milliseconds=-400), "0s"),
    ],
)
def test_a_duration_is_said(length: timedelta, said: str) -> None:
    assert say_duration(length) == said


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        (timedelta(0), "0 秒", "0 s"),
        (timedelta(seconds=60), "1 分钟", "1 min"),
        (timedelta(seconds=90), "90 秒", "90 s"),
        (timedelta(seconds=150), "2 分钟 30 秒", "2 min 30 s"),
        (timedelta(minutes=3), "3 分钟", "3 min"),
        (timedelta(minutes=60), "1 小时", "1 h"),
        (timedelta(minutes=90), "1 小时 30 分钟", "1 h 30 min"),
        (timedelta(hours=24), "24 小时", "24 h"),
        (timedelta(hours=36), "36 小时", "36 h"),
        (timedelta(hours=50), "2 天 2 小时", "2 days 2 h"),
        (timedelta(days=7), "7 天", "7 days"),
        (timedelta(minutes=-3), "-3 分钟", "-3 min"),
        (timedelta(milliseconds=-400), "0 秒", "0 s"),
    ],
)
def test_a_sentence_says_a_length_of_time_in_natural_units(length: timedelta, zh: str, en: str) -> None:
    assert (say_length(length, "zh"), say_length(length, "en")) == (zh, en)


@steady
@given(st.integers(0, 3650 * 86400).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_length_said_loses_no_second(length: timedelta) -> None:
    written = say_length(length, "en").replace(" days", "d").replace(" min", "m").replace(" ", "")

    assert parse_duration(written) == length


@steady
@given(st.integers(0, 3650 * 86400).map(lambda seconds: timedelta(seconds=seconds)))
def test_a_duration_said_is_read_as_the_same(length: timedelta) -> None:
    assert parse_duration(say_duration(length)) == length


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=8, seconds=18), "00:08:18"),
        (timedelta(minutes=-1), "-00:01:00"),
        (timedelta(hours=120), "120:00:00"),
        (timedelta(0), "00:00:00"),
        (timedelta(milliseconds=-900), "00:00:00"),
        (timedelta(seconds=-1, milliseconds=-900), "-00:00:01"),
        (timedelta(seconds=59, milliseconds=999), "00:00:59"),
    ],
)
def test_a_clock_is_said(length: timedelta, said: str) -> None:
    assert say_clock(length) == said
