from __future__ import annotations

import json
import sys
import unicodedata
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import text as text_room
from engine.text import (
    CLOSERS,
    LINE_CELLS,
    OPENERS,
    SPACES,
    STEP_LINES,
    WARN_LINES,
    cells,
    clean,
    clean_json,
    cut,
    pad,
    wrap,
)
from tests.hostile import HOSTILE, leaks

steady = settings(derandomize=True, max_examples=200, deadline=None)

# Anything at all, and more often what is awkward here than chance would bring.
wild = st.text(st.characters(codec=None), max_size=60)
awkward = st.lists(
    st.sampled_from(
        [*HOSTILE.values(), "水", "深", "，", "。", "（", "》", " ", "\u3000", "\n", "\t", "V-12", "\u0301"]
    ),
    max_size=8,
).map("".join)
strings = wild | awkward
wrappable = strings.map(lambda text: clean(text, lines=True))
widths = st.integers(2, 40)


# --- clean


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_hostile_string_keeps_what_could_act_hide_or_climb(text: str) -> None:
    assert leaks(clean(text)) == set()
    assert leaks(clean(text, lines=True), lines=True) == set()


@steady
@given(strings)
def test_what_is_cleaned_holds_only_what_is_allowed_and_cleaning_again_changes_nothing(text: str) -> None:
    shown = clean(text)

    assert leaks(shown) == set()
    assert clean(shown) == shown
    assert clean(shown, lines=True) == shown


@steady
@given(strings)
def test_cleaning_with_line_breaks_keeps_them_and_nothing_else(text: str) -> None:
    shown = clean(text, lines=True)

    assert leaks(shown, lines=True) == set()
    assert clean(shown, lines=True) == shown
    assert shown.count("\n") == text.count("\n")


def test_every_single_character_is_either_kept_or_named_by_its_number() -> None:
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        shown = clean(char)
        assert shown == f"<{code:04X}>" or char == "\t" or (shown == char and not leaks(char))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("积水 3 cm，见 V-12！", "积水 3 cm，见 V-12！"),
        ("\x1b[31m", "<001B>[31m"),
        ("a\tb", "a b"),
        ("V-\u200b12", "V-<200B>12"),
        ("\u202e21-V", "<202E>21-V"),
        ("a\U000e0041", "a<E0041>"),
        ("a\ud800", "a<D800>"),
        ("a\u00a0b", "a<00A0>b"),
        ("水\u3000深", "水\u3000深"),
        ("[red]{x}", "[red]{x}"),
        ("e\u0301", "e\u0301"),
        ("é", "é"),
        ("e\u0301\u0302\u0303\u0304", "e\u0301\u0302<0303><0304>"),
        ("\u0301", "<0301>"),
        (" \u0301", " <0301>"),
        ("\x00\u0301", "<0000><0301>"),
        ("\u1112\u1161\u11ab", "\u1112\u1161\u11ab"),
        ("\u1112\u1161\u1161\u1161", "\u1112\u1161\u1161<1161>"),
        ("👍\U0001f3fd", "👍<1F3FD>"),
    ],
)
def test_clean_shows(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_line_break_is_kept_only_where_lines_are_wanted() -> None:
    assert clean("one\r\ntwo\rthree") == "one<000D><000A>two<000D>three"
    assert clean("one\r\ntwo\rthree", lines=True) == "one\ntwo<000D>three"


def test_what_the_short_way_lets_through_would_pass_the_long_way_too() -> None:
    short = [chr(code) for code in range(sys.maxunicode + 1) if text_room._PLAIN.fullmatch(chr(code))]

    assert len(short) > 40_000
    assert [char for char in short if text_room._shown(char) != char] == []


# --- cells, cut, pad


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("水深", 4),
        ("水a深", 5),
        ("，", 2),
        ("ｶ", 1),
        ("Ｖ", 2),
        ("e\u0301", 1),
        ("\u1112\u1161\u11ab", 2),
        ("✓─★…℃", 5),
    ],
)
def test_cells_counts_wide_as_two_marks_as_none_and_ambiguous_as_one(text: str, width: int) -> None:
    assert cells(text) == width


@steady
@given(strings)
def test_cells_counts_each_character_by_itself(text: str) -> None:
    assert cells(text) == sum(cells(char) for char in text)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcd.."),
        ("水深三厘米", 10, "水深三厘米"),
        ("水深三厘米", 9, "水深三.."),
        ("水深三厘米", 8, "水深三.."),
        ("水深三厘米", 7, "水深.."),
        ("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301.."),
        ("abc", 2, ".."),
        ("abc", 1, "."),
        ("abc", 0, ""),
        ("abc", -1, ""),
    ],
)
def test_cut_shows(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


@steady
@given(strings.map(clean), st.integers(0, 40))
def test_cut_never_exceeds_its_width_and_pad_always_meets_it(text: str, width: int) -> None:
    short = cut(text, width)

    assert cells(short) <= width
    assert short == text or text.startswith(short.removesuffix("..").removesuffix("."))
    assert cells(pad(text, width)) == width


# --- wrap


def test_chinese_breaks_between_characters_but_not_before_a_closing_mark() -> None:
    assert wrap("积水可能带电，触电致死。", 12) == ["积水可能带", "电，触电致", "死。"]


def test_an_opening_mark_goes_to_the_next_line_with_what_it_opens() -> None:
    assert wrap("关闭阀门（先上锁）", 10) == ["关闭阀门", "（先上锁）"]


def test_english_breaks_at_spaces_which_are_dropped() -> None:
    assert wrap("Measure the depth  from the doorway", 12) == ["Measure the", "depth  from", "the doorway"]


def test_a_tag_stays_whole() -> None:
    assert wrap("关闭三号空调进水阀V-12再断电", 21) == ["关闭三号空调进水阀", "V-12再断电"]
    assert wrap("isolate FEED-WET now", 14) == ["isolate", "FEED-WET now"]
    assert wrap("关闭Ｖ－１２", 10) == ["关闭", "Ｖ－１２"]


def test_what_the_caller_keeps_stays_whole_unless_it_is_wider_than_a_line() -> None:
    assert wrap("先关 3 号 阀 再断电", 10, keep=["3 号 阀"]) == ["先关", "3 号 阀 再", "断电"]
    assert wrap("先关三号进水总阀", 8, keep=["三号进水总阀", ""]) == ["先关三号", "进水总阀"]


def test_a_word_wider_than_a_line_is_cut() -> None:
    assert wrap("see abcdefghijkl now", 5) == ["see", "abcde", "fghij", "kl", "now"]
    assert wrap("abcdef。", 6) == ["abcde", "f。"]


def test_a_line_break_stays_and_indentation_too() -> None:
    assert wrap("one\n\n  two", 10) == ["one", "", "  two"]
    assert wrap("", 10) == [""]
    assert wrap("   ", 2) == [""]
    assert wrap("      far", 4) == ["far"]


def test_a_closing_mark_does_not_begin_a_line_even_after_a_space() -> None:
    assert wrap("水深三厘 ，可进", 8) == ["水深三", "厘 ，可", "进"]


def test_a_mark_never_leaves_its_character() -> None:
    assert wrap("ee\u0301e\u0301e\u0301", 2) == ["ee\u0301", "e\u0301e\u0301"]
    assert wrap("水水\u0301，", 4) == ["水", "水\u0301，"]
    assert wrap("水水\u0301bc", 4) == ["水水\u0301", "bc"]
    assert wrap("abcde\u0301，", 5) == ["abcd", "e\u0301，"]


def test_a_width_of_less_than_two_counts_as_two() -> None:
    assert wrap("水深", 0) == ["水", "深"]


@steady
@given(wrappable, widths)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert max(map(cells, wrap(text, width))) <= width


@steady
@given(wrappable, widths)
def test_wrapping_loses_nothing_but_the_spaces_where_it_breaks(text: str, width: int) -> None:
    rest = text
    for line in wrap(text, width):
        gap, found, rest = rest.partition(line) if line else ("", "", rest)
        assert gap.strip(SPACES + "\n") == ""
        assert found == line

    assert rest.strip(SPACES + "\n") == ""


# Prose as in a runbook: words and tags apart from each other, at most one closing mark after each.
prose = st.lists(
    st.tuples(
        st.sampled_from(["积水深度", "（先上锁）", "《规程》", " V-12 ", " FEED-WET ", " of ", " 7.5 "]),
        st.sampled_from(["", "", "，", "。", "！ "]),
    ).map("".join),
    min_size=1,
).map("".join)


@steady
@given(prose, st.integers(16, 40))
def test_in_prose_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(
    text: str, width: int
) -> None:
    lines = wrap(text, width)
    assert [line for line in lines if line[:1] in tuple(CLOSERS) or line[-1:] in tuple(OPENERS)] == []


@steady
@given(prose, st.integers(16, 40))
def test_in_prose_every_tag_and_number_is_whole(text: str, width: int) -> None:
    lines = wrap(text, width)
    for word in ("V-12", "FEED-WET", "7.5"):
        assert sum(line.count(word) for line in lines) == text.count(word)


@steady
@given(wrappable, widths)
def test_a_paragraph_wraps_the_same_alone_as_in_company(text: str, width: int) -> None:
    assert wrap(text + "\n" + text, width) == wrap(text, width) * 2


@steady
@given(wrappable, widths)
def test_lines_already_wrapped_stay_as_they_are(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert wrap("\n".join(lines), width) == lines


def test_the_limits_of_a_step_are_those_of_the_language() -> None:
    assert (STEP_LINES, WARN_LINES, LINE_CELLS) == (6, 4, 76)


@pytest.mark.parametrize("char", ["A", "水", " ", "\u0301", "\x1b", "，", "A "])
def test_a_very_long_text_takes_no_more_than_its_share_of_time(char: str) -> None:
    start = perf_counter()

    wrap(clean(char * 50_000, lines=True), 76, keep=["AAA", "水水"])

    assert perf_counter() - start < 10  # a second or so; a quadratic way would take minutes


def test_widths_are_those_of_the_unicode_tables() -> None:
    wide = [chr(code) for code in range(0x3000, 0xA000) if unicodedata.east_asian_width(chr(code)) in "WF"]
    bases = [char for char in wide if unicodedata.category(char)[0] != "M"]

    assert {cells(char) for char in bases} == {2}


@pytest.mark.parametrize("char", ["\x1b", "\x9b", "\u202e", "\u200b", "\U000e0041", "\udc80", "\u2028"])
def test_json_says_what_it_said_and_nothing_that_acts_on_a_terminal(char):
    said = {"text": f"水{char}é", "number": 1}
    shown = clean_json(json.dumps(said, ensure_ascii=False, indent=1))

    assert char not in shown and "水" in shown
    assert json.loads(shown) == said
