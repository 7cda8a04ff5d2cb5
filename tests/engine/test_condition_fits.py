"""What fits together in a condition: bands, and the kinds of what is compared."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from engine.condition import ConditionFault, Known, Reason, Sort, check_sorts, evaluate, parse, parse_band
from tests.engine.conditions import MISFITS, SORTS, given_that
from tests.hostile import leaks

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
