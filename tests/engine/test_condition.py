"""Conditions as they are written: what is read, and every fault with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.condition import DEEPEST, ConditionFault, evaluate, parse, parse_band, parse_duration
from engine.lint import RULES
from engine.sentences import SENTENCES
from engine.text import cells
from tests.engine.conditions import MISFITS, NOT_TAKEN, fault_in, steady, truth
from tests.hostile import HOSTILE, leaks

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
