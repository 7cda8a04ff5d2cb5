"""What stands in words in the whole book: it fits a small screen in every room, and no number stands bare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.drawings import as_text
from engine.graph import bound
from engine.plan import Fact
from engine.sentences.usual import MARK_WORDS, UNITS
from engine.text import LANGUAGES, LINE_CELLS, STEP_LINES, WARN_LINES, Text, clean, wrap
from tests.content import book

PLANS = sorted(one.id for one in book.read().runbooks)
SITE = book.read().site
ROOMS = [room.id for room in SITE.rooms]

BODY = 14
"""The lines that a screen of 24 has between goals and list, for the warning, the act and its lines to tick."""


def texts_of(said: Any) -> Iterator[Text]:
    """Every text in a part of the book."""
    todo = [said]
    while todo:
        one = todo.pop()
        if isinstance(one, Text):
            yield one
        elif is_dataclass(one):
            todo += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, tuple):
            todo += one


# --- 80 by 24


def lines_of(text: Text | None, language: str) -> int:
    return 0 if text is None else len(wrap(clean(text.of(language)), LINE_CELLS))


@pytest.mark.parametrize("name", PLANS)
def test_a_step_stands_whole_with_its_warning_on_a_small_screen_in_every_room(name: str) -> None:
    too_long = []
    for room in ROOMS:
        for step in bound(book.graph(name), room).steps.values():
            for language in LANGUAGES:
                warn, text = lines_of(step.warn, language), lines_of(step.text, language)
                ticks = sum(lines_of(line, language) for line in step.check)
                if warn > WARN_LINES or text > STEP_LINES or warn + text + ticks > BODY:
                    too_long.append(f"{room} {step.id} {language}: {warn} + {text} + {ticks}")
    assert too_long == []


# --- numbers


@pytest.mark.parametrize("name", PLANS)
def test_every_number_that_is_read_has_unit_range_and_precision(name: str) -> None:
    numbers = [one for one in book.runbook(name).readings if one.kind == "number"]
    assert [one.id for one in numbers if None in (one.unit, one.least, one.most, one.precision)] == []


def between(fact: Fact) -> bool:
    """Whether the default of a parameter lies in its allowed range."""
    least, value, most = fact.least, fact.default, fact.most
    if isinstance(least, Decimal) and isinstance(value, Decimal) and isinstance(most, Decimal):
        return fact.unit is not None and least <= value <= most and least < most
    if isinstance(least, timedelta) and isinstance(value, timedelta) and isinstance(most, timedelta):
        return fact.unit is None and least <= value <= most and least < most
    return False


def test_every_parameter_has_a_unit_or_is_a_length_of_time_and_its_default_lies_in_its_range() -> None:
    assert [fact.id for fact in SITE.parameters if not between(fact)] == []


SYMBOLS = re.compile(
    r"%|%RH|%LEL|%/m|C|K|V|A|mA|mV|µA|kW|Hz|rpm|MPa|MΩ|Ω|m|m2|mm|cm|km|L|L/min|L/kWh|h|min|s|ms|dB|dBm|ppm|pps"
    r"|mg/m3|ug/cm2|/h|Gb/s|C10|x"
)
"""Units that are written alike in both languages."""


def test_a_unit_that_is_a_word_is_said_in_chinese_too() -> None:
    used = {one.unit for plan in book.read().runbooks for one in plan.readings if one.unit is not None}
    used |= {fact.unit for fact in SITE.parameters if fact.unit is not None}
    assert sorted(unit for unit in used if unit not in UNITS and not SYMBOLS.fullmatch(unit)) == []


BARE = re.compile(
    r"(?<![\w.–\-/+])[-−]?\d+(?:\.\d+)?(?!\.?\d)(?=\s*(?:[，。；、）;,.!?？)]|$))", re.MULTILINE
)
"""A number with nothing behind it that says what it counts."""

NAMED = re.compile(
    r"(?<!\d)(?:110|119|120|95598|0851-5550-0\d+|02:00|7×24|500,000)(?!\d)"
    r"|(?:UPS|layer|[Tt]ier|feeder|instrument) \d|grade -10 or -20"
    r"|1 to 5|记 [01]|reads 0|99\.9\d? %|4[、,] ?6[、,] ?24|kW [x×] 60"
    r"|(?:流量估计|Flow guide).*",
)
"""Telephone numbers, hours, names with a number in them, counted answers, and lists that name their unit once."""


@pytest.mark.parametrize("name", PLANS)
def test_no_number_stands_bare_in_a_sentence(name: str) -> None:
    said = [text.of(one) for text in texts_of(book.runbook(name)) for one in LANGUAGES]
    bare = [text for text in said if BARE.search(NAMED.sub("", text))]
    assert bare == []


ENGLISH_UNITS = re.compile("|".join(rf"（{one}）" for one, said in UNITS.items() if said.zh != said.en))


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_on_paper_shows_no_template_and_no_unit_or_mark_in_the_other_language(name: str) -> None:
    zh, en = (as_text(bound(book.graph(name), None), one) for one in ("zh", "en"))
    assert "{{" not in zh + en
    assert ENGLISH_UNITS.findall(zh) == []
    assert not any(f"里程碑“{mark}”" in zh for mark in MARK_WORDS)


FOLLOWS_A_CALL = re.compile("补报|更正|打不通")
"""What is told to 119 or 120 when they have the address already, or that their line is cut off."""

ASKS_WHERE = re.compile("(地址|地点)[（：].*：$", re.MULTILINE)
"""The place is not ours: whoever reads it out fills it in."""


def test_whoever_is_called_from_outside_hears_the_address_and_is_met() -> None:
    """119 and 120 know no room numbers; a call that forgets the street loses minutes."""
    told = [
        (runbook.id, step.id, step.message.zh)
        for runbook in book.read().runbooks
        for step in runbook.steps
        if step.target in ("fire-119", "ambulance-120") and step.message is not None
    ]

    assert len(told) > 20
    assert [
        (plan, step)
        for plan, step, words in told
        if not FOLLOWS_A_CALL.search(words)
        and not ASKS_WHERE.search(words)
        and not ("{{ site.room.address }}" in words and "{{ site.room.gate }}" in words)
    ] == []
