from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.condition import (
    DEEPEST,
    ConditionFault,
    Facts,
    Known,
    Missing,
    Reason,
    Sort,
    Truth,
    Value,
    check_sorts,
    evaluate,
    parse,
    parse_band,
    parse_duration,
    say_clock,
    say_duration,
    say_length,
)
from engine.lint import RULES
from engine.sentences import SENTENCES
from engine.text import cells
from tests.hostile import HOSTILE, leaks

steady = settings(derandomize=True, max_examples=300, deadline=None)

TAKEN = datetime(2026, 11, 22, 2, 13, tzinfo=UTC)
Why = Literal["not-taken", "stale", "contradicted", "not-answered", "no-history"]

NOT_TAKEN = Missing("not-taken")


def given_that(**values: Value | Missing | None) -> Facts:
    """Facts by name, with `_` for the hyphen or the dot; None and what is not named was never taken."""
    found = {name.replace("_", "-"): value for name, value in values.items()}

    def facts(name: str) -> Known | Missing:
        value = found.get(name.replace(".", "-"))
        if value is None:
            return NOT_TAKEN
        return value if isinstance(value, Missing) else Known(value)

    return facts


def truth(text: str, **values: Value | Missing | None) -> Truth:
    return evaluate(parse(text), given_that(**values)).value


def fault_in(text: str) -> ConditionFault:
    with pytest.raises(ConditionFault) as caught:
        parse(text)
    return caught.value


# --- what is read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("depth >= 3", ["depth"]),
        ("depth-rise>1", ["depth-rise"]),
        ("hot", ["hot"]),
        ("source.crac", ["source.crac"]),
        ("not (source.crac or source.2nd-pipe)", ["source.crac", "source.2nd-pipe"]),
        ("waited >= 2m and since-recovered < 1h30m", ["waited", "since-recovered"]),
        ("inlet > site.inlet-act", ["inlet", "site.inlet-act"]),
        ("waited < site.room.ups", ["waited", "site.room.ups"]),
        ("-3 <= depth", ["depth"]),
        ("depth != 0.5 or depth ≤ 012", ["depth", "depth"]),
        ("not not not hot", ["hot"]),
        ("orchid and notice or android", ["orchid", "notice", "android"]),
        ("\n depth\t>\r\n3 ", ["depth"]),
    ],
)
def test_a_condition_knows_its_names(text: str, names: list[str]) -> None:
    assert [name for name, _ in parse(text).names] == names


def test_a_name_is_given_with_its_column_each_time_it_stands_there() -> None:
    assert parse("depth > 5 or (inlet>site.max and depth<9)").names == (
        ("depth", 0), ("inlet", 14), ("site.max", 20), ("depth", 33),
    )  # fmt: skip


def test_a_condition_keeps_its_text_and_cannot_be_changed() -> None:
    condition = parse("depth >= 3")

    assert condition.text == "depth >= 3"
    with pytest.raises(FrozenInstanceError):
        condition.text = "depth >= 4"  # type: ignore[misc]  # the point of the test


def test_the_same_text_is_read_once() -> None:
    assert parse("depth >= 33") is parse("depth >= 33")


def test_and_binds_closer_than_or_and_not_closer_than_and() -> None:
    for a, b, c in [(x, y, z) for x in (True, False) for y in (True, False) for z in (True, False)]:
        assert truth("a or b and c", a=a, b=b, c=c) is (a or (b and c))
        assert truth("not a and b or c", a=a, b=b, c=c) is (((not a) and b) or c)
        assert truth("(a or b) and not (b and c)", a=a, b=b, c=c) is ((a or b) and not (b and c))


def test_not_before_a_comparison_turns_the_comparison() -> None:
    assert truth("not depth > 3", depth=Decimal(2)) is True


# --- faults

FAULTS = [
    ("", 0, "condition-empty"),
    ("  \n ", 0, "condition-empty"),
    ("depth = 3", 6, "condition-single-equals"),
    ("depth >== 3", 8, "condition-single-equals"),
    ("hot && smoke", 4, "condition-instead"),
    ("hot || smoke", 4, "condition-instead"),
    ("hot and !smoke", 8, "condition-instead"),
    ("depth => 3", 6, "condition-instead"),
    ("depth <> 3", 6, "condition-instead"),
    ("depth === 3", 6, "condition-instead"),
    ("depth ≠ 3", 6, "condition-instead"),
    ("hot AND smoke", 4, "condition-instead"),
    ("Not hot", 0, "condition-instead"),
    ("hot 且 smoke", 4, "condition-instead"),
    ("inlet_act > 3", 5, "condition-instead"),
    ("depth ＞ 3", 6, "condition-full-width"),
    ("depth ＞＝ 3", 6, "condition-full-width"),
    ("depth ＝ 3", 6, "condition-full-width"),
    ("depth > ３", 8, "condition-full-width"),
    ("（hot or smoke)", 0, "condition-full-width"),
    ("(hot or smoke）", 13, "condition-full-width"),
    ("ｈｏｔ", 0, "condition-full-width"),
    ("hot，smoke", 3, "condition-comma"),
    ("depth > 1,000", 9, "condition-comma"),
    ("depth\u3000> 3", 5, "condition-space"),
    ("depth\u00a0> 3", 5, "condition-space"),
    ('agent == "FM200"', 9, "condition-quotes"),
    ("agent == “七氟丙烷”", 9, "condition-quotes"),
    ("inlet > {{ site.max }}", 8, "condition-braces"),
    ("depth > 3 $", 10, "condition-character"),
    ("积水 > 3", 0, "condition-character"),
    ("hot\x1b[31m", 3, "condition-character"),
    ("depth > 3\u200b", 9, "condition-character"),
    ("depth + 1 > 3", 6, "condition-arithmetic"),
    ("depth - 1 > 3", 6, "condition-arithmetic"),
    ("depth -1 > 3", 6, "condition-arithmetic"),
    ("depth > 2 * 3", 10, "condition-arithmetic"),
    ("depth > -limit", 8, "condition-arithmetic"),
    ("depth ＋ 1 > 3", 6, "condition-arithmetic"),
    ("0 < depth < 5", 10, "condition-chained"),
    ("depth >= 3 >= 1", 11, "condition-chained"),
    ("depth >", 7, "condition-missing-end"),
    ("depth >  ", 7, "condition-missing-end"),
    ("hot and", 7, "condition-missing-end"),
    ("not", 3, "condition-missing-end"),
    ("(", 1, "condition-missing-end"),
    ("> 3", 0, "condition-missing-operand"),
    ("depth > > 3", 8, "condition-missing-operand"),
    ("hot and or smoke", 8, "condition-missing-operand"),
    ("depth > not 3", 8, "condition-missing-operand"),
    ("()", 1, "condition-missing-operand"),
    ("hot smoke", 4, "condition-joint"),
    ("depth > 3 inlet > 5", 10, "condition-joint"),
    ("hot not smoke", 4, "condition-joint"),
    ("hot (smoke)", 4, "condition-joint"),
    ("waited > 1h 30m", 9, "not-a-duration"),
    ("hot)", 3, "condition-close"),
    ("(hot)) and (", 5, "condition-close"),
    ("((hot)", 0, "condition-open"),
    ("hot or (smoke", 7, "condition-open"),
    ("(depth) > 3", 8, "condition-compares-group"),
    ("depth > (3)", 8, "condition-compares-group"),
    ("3 < 5", 0, "condition-two-literals"),
    ("hot or 5m > 3", 7, "condition-two-literals"),
    ("3", 0, "condition-bare-number"),
    ("5m", 0, "condition-bare-number"),
    ("depth == 3 or 5", 14, "condition-bare-number"),
    ("depth > 3cm", 9, "condition-unit"),
    ("depth > 3 cm", 10, "condition-unit"),
    ("humidity > 60%", 13, "condition-unit"),
    ("humidity > 60 % and hot", 14, "condition-unit"),
    ("inlet > 27℃", 10, "condition-unit"),
    ("inlet > 27 °C", 11, "condition-unit"),
    ("megohm >= 1MΩ", 11, "condition-unit"),
    ("gap > 5mm", 7, "condition-unit"),
    ("depth > 1.2.3", 8, "condition-number"),
    ("depth > .5", 8, "condition-number"),
    ("depth > 5.", 8, "condition-number"),
    ("depth > 1e5", 8, "condition-number"),
    (f"depth > 1.{'0' * 30}", 8, "condition-number-long"),
    ("waited > 5 min", 9, "not-a-duration"),
    ("waited > 5min", 9, "not-a-duration"),
    ("waited > 2w", 9, "not-a-duration"),
    ("waited > 1.5h", 9, "not-a-duration"),
    ("waited > 30m1h", 9, "not-a-duration"),
    ("waited > -5m", 9, "not-a-duration"),
    ("waited > 0m", 9, "duration-zero"),
    ("waited > 3651d", 9, "duration-long"),
    (f"waited > {'9' * 5000}d", 9, "duration-long"),
    ("(" * (DEEPEST + 1) + "hot" + ")" * (DEEPEST + 1), DEEPEST, "condition-deep"),
]


@pytest.mark.parametrize(("text", "offset", "sentence_id"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_is_found_where_it_stands(text: str, offset: int, sentence_id: str) -> None:
    fault = fault_in(text)
    assert (fault.id, fault.offset) == (sentence_id, offset)


@pytest.mark.parametrize("text", [text for text, _, _ in FAULTS], ids=range(len(FAULTS)))
def test_a_fault_is_one_clean_sentence_in_both_languages(text: str) -> None:
    fault = fault_in(text)
    for language, stop in (("zh", "。？"), ("en", ".?")):
        sentence = fault.sentence(language)
        assert sentence[-1] in stop and leaks(sentence) == set()
        assert cells(sentence) < 150


def test_every_sentence_about_conditions_is_used() -> None:
    ours = {one for one in SENTENCES if one.startswith(("condition-", "duration-", "not-a-duration"))}
    found = {sentence_id for _, _, sentence_id in FAULTS} | {sentence_id for _, _, sentence_id in MISFITS}

    # Rules of lint carry any of these to its place in the file; they have fixtures of their own.
    assert ours - found - set(RULES) == {"condition-band"}


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("a && b", "and"), ("a || b", "or"), ("!a", "not"), ("a NOT", "not"), ("a => 3", ">="),
        ("a <> 3", "!="),
        ("a ＞ 3", ">"), ("a ＞＝ 3", ">="), ("a ＝ 3", "=="), ("a ＝＝ 3", "=="), ("a ！＝ 3", "!="),
        ("（a", "("), ("a）", ")"), ("a ＆＆ b", "and"), ("！a", "not"), ("a > １２", "12"), ("ａ－", "a"),
    ],
)  # fmt: skip
def test_the_hint_names_what_to_write(text: str, write: str) -> None:
    assert fault_in(text).facts["write"] == write


def test_the_first_fault_is_told_even_when_a_worse_one_follows() -> None:
    assert fault_in("(depth = 3 ＞ $$$").offset == 7


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_in_a_clean_sentence(text: str) -> None:
    for attempt in (f"depth > 3 {text} <", f"{text} >", f"depth > 3{text} =", f"{text}=", f"depth {text}="):
        assert leaks(fault_in(attempt).sentence("en")) == set()


wild = st.text(st.characters(codec=None), max_size=30)
PIECES = (
    "depth hot site.x and or not ( ) < <= >= == != = ≤ ! && 3 -3 0.5 5m 1h30m 5cm . - + , （ ＞ ＝ １ % \x1b"
)
pieces = st.lists(st.sampled_from([*PIECES.split(), " ", ""]), max_size=12)
jumble = wild | pieces.map("".join) | pieces.map(" ".join)


def refusal(read: Callable[[], object]) -> ConditionFault | None:
    """The fault of what could not be read; None when it could. Anything else it raises goes through."""
    try:
        read()
    except ConditionFault as fault:
        return fault
    return None


@steady
@given(jumble)
def test_any_text_is_read_or_refused_at_a_place_inside_it(text: str) -> None:
    for fault in (refusal(lambda: parse(text)), refusal(lambda: parse_band(text, "depth"))):
        assert fault is None or 0 <= fault.offset <= len(text)
        assert fault is None or leaks(fault.sentence("zh")) == set()


def test_a_length_of_time_is_quoted_as_it_was_written() -> None:
    assert [fault_in(f"waited > {found}").facts["found"] for found in ("5 min", "5min")] == ["5 min", "5min"]


def test_a_space_that_looks_like_one_is_named_by_its_number() -> None:
    assert fault_in("depth\u3000> 3").facts["found"] == "<3000>"


@steady
@given(jumble)
def test_what_is_read_can_be_judged_with_nothing_known_and_is_then_unknown(text: str) -> None:
    if refusal(lambda: parse(text)) is None:
        assert evaluate(parse(text), lambda _: NOT_TAKEN).value is None


@steady
@given(jumble)
def test_any_text_is_a_duration_or_refused(text: str) -> None:
    fault = refusal(lambda: parse_duration(text))
    assert fault is None or leaks(fault.sentence("en")) == set()


# --- bands


def test_a_band_compares_its_reading_and_says_so() -> None:
    verdict = evaluate(parse_band("≥ 3", "depth"), given_that(depth=Decimal(3)))

    assert verdict.value is True
    assert verdict.reasons == (Reason("depth ≥ 3", "depth", Known(Decimal(3)), True),)


def test_a_band_may_have_two_sides() -> None:
    band = parse_band("< 18 or > site.max", "inlet")

    assert band.text == "< 18 or > site.max"
    assert band.names == (("inlet", 0), ("inlet", 8), ("site.max", 10))
    found = [evaluate(band, given_that(inlet=Decimal(n), site_max=Decimal(27))) for n in (17, 20, 28)]
    assert [verdict.value for verdict in found] == [True, False, True]


@pytest.mark.parametrize(
    ("text", "offset", "sentence_id"),
    [
        ("27", 0, "condition-band"),
        ("depth > 27", 0, "condition-band"),
        ("> 27 and hot", 9, "condition-band"),
        ("(27)", 1, "condition-band"),
        ("", 0, "condition-empty"),
        ("= 27", 0, "condition-single-equals"),
        ("＞ 27", 0, "condition-full-width"),
        (">", 1, "condition-missing-end"),
        ("> 27 C", 5, "condition-unit"),
        ("> 18 < 27", 5, "condition-chained"),
    ],
)
def test_a_band_that_is_none_is_refused_where_it_goes_wrong(text: str, offset: int, sentence_id: str) -> None:
    with pytest.raises(ConditionFault) as caught:
        parse_band(text, "inlet")
    assert (caught.value.id, caught.value.offset) == (sentence_id, offset)


# --- what fits

SORTS = {
    "depth": Sort("number", "cm"),
    "depth-rise": Sort("number", "cm"),
    "inlet": Sort("number", "C"),
    "count": Sort("number"),
    "site.inlet-act": Sort("number", "C"),
    "site.room.area": Sort("number", "m2"),
    "waited": Sort("duration"),
    "site.isolate-wait": Sort("duration"),
    "hot": Sort("truth"),
    "source.crac": Sort("truth"),
    "serial": Sort("text"),
    "site.room.agent": Sort("text"),
    "circuits": Sort("list"),
    "seen": Sort("time"),
}

MISFITS = [
    ("depht > 3", 0, "condition-undeclared-near"),
    ("hot and zzz", 8, "condition-undeclared"),
    ("depth > limit-of-us", 8, "condition-undeclared"),
    ("hot == true", 7, "condition-truth-word"),
    ("depth", 0, "condition-not-truth"),
    ("hot and not serial", 12, "condition-not-truth"),
    ("circuits", 0, "condition-not-truth"),
    ("hot == 1", 0, "condition-truth-compared"),
    ("depth > source.crac", 8, "condition-truth-compared"),
    ("depth > 5m", 0, "condition-sorts"),
    ("waited > 3", 0, "condition-sorts"),
    ("hot or serial == 3", 7, "condition-sorts"),
    ("site.isolate-wait < depth", 0, "condition-sorts"),
    ("depth > inlet", 0, "condition-units"),
    ("depth > site.room.area", 0, "condition-units"),
    ("count > depth", 0, "condition-units"),
    ("depth > count", 0, "condition-units"),
    ("serial > site.room.agent", 0, "condition-no-order"),
    ("hot < source.crac", 0, "condition-no-order"),
    ("circuits == circuits", 0, "condition-incomparable"),
    ("serial == circuits", 10, "condition-incomparable"),
    ("waited > seen", 9, "condition-incomparable"),
]


def misfit(text: str, known: Iterable[str] = SORTS) -> ConditionFault | None:
    return check_sorts(parse(text), SORTS.get, known)


@pytest.mark.parametrize(("text", "offset", "sentence_id"), MISFITS)
def test_what_does_not_fit_is_told_where_it_stands(text: str, offset: int, sentence_id: str) -> None:
    fault = misfit(text)

    assert fault is not None
    assert (fault.id, fault.offset) == (sentence_id, offset)
    assert fault.sentence("zh") != fault.sentence("en")


@pytest.mark.parametrize(
    "text",
    [
        "depth > 3 and depth-rise > 1", "3 < depth", "inlet > site.inlet-act", "waited >= site.isolate-wait",
        "90s < waited", "hot and not source.crac", "hot != source.crac",
        "serial == site.room.agent", "count != 0",
    ],
)  # fmt: skip
def test_what_fits_is_let_through(text: str) -> None:
    assert misfit(text) is None


def test_the_sentence_asks_for_the_name_that_may_have_been_meant() -> None:
    fault = misfit("depht > 3")

    assert fault is not None
    assert str(fault) == "depht is not declared; did you mean depth?"


def test_the_sentence_names_both_units() -> None:
    fault = misfit("depth > site.room.area")

    assert fault is not None
    assert str(fault) == "depth is in cm and site.room.area in m2; their units must be the same."


def test_a_band_is_checked_against_the_unit_of_its_reading() -> None:
    fault = check_sorts(parse_band("> site.room.area", "inlet"), SORTS.get, SORTS)

    assert fault is not None
    assert (fault.id, fault.offset) == ("condition-units", 0)


def test_hostile_units_are_shown_clean() -> None:
    sorts = {"a": Sort("number", "\x1b[31mC"), "b": Sort("number", "\u202eC")}
    fault = check_sorts(parse("a > b"), sorts.get, sorts)

    assert fault is not None
    assert leaks(fault.sentence("zh")) == set()


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
