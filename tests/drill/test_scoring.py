"""Model gsr-1 against numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from drill.scoring import (
    Deviation,
    Finding,
    Inputs,
    Outcome,
    Rating,
    facts,
    proposed,
    rounded,
    score,
    timeliness,
)


def timed(name, objective, grade, target_s, limit_s, took_s, outcome=None):
    """An expectation with a target and a limit, and what came of it."""
    came: Outcome = outcome or ("met" if took_s <= target_s else "late")
    return Finding(name, objective, grade, came, _ms(took_s), _ms(target_s), _ms(limit_s))


def plain(name, objective, grade, outcome):
    return Finding(name, objective, grade, outcome)


def _ms(seconds):
    return None if seconds is None else seconds * 1000


LEAK = (
    timed("E1", "O1", "normal", 60, 180, 45),
    timed("E2", "O1", "major", 300, 600, 390),
    timed("E3", "O2", "critical", 300, 600, 270),
    timed("E4", "O2", "critical", 480, 900, 564),
    timed("E5", "O2", "normal", 600, 1200, 600),
    timed("E6", "O3", "major", 180, 420, None, "missed"),
    timed("E7", "O1", "major", 900, 1500, 780, "wrong"),
    plain("E8", "O4", "normal", "met"),
    plain("E9", "O4", "normal", "not-observed"),
)
"""The worked example of the model: a leak in room A, functional, at speed 1."""

BOOKED = (
    Deviation("O2", "moderate", "sheets laid before the manager was told"),
    Deviation("O2", "minor", "tool left on the floor"),
)


def with_proposals(findings, deviations=()):
    objectives = list(dict.fromkeys(one.objective for one in findings))
    ratings = tuple((name, proposed(name, findings, deviations)) for name in objectives)
    return Inputs(tuple(findings), ratings, tuple(deviations))


@pytest.mark.requirement("R50")
def test_the_worked_example_gives_63_27_and_passes_no_higher():
    inputs = with_proposals(LEAK, BOOKED)
    result = score(inputs)

    assert dict(inputs.ratings) == {"O1": "M", "O2": "S", "O3": "U", "O4": "P"}
    assert (result.completed, result.timely, result.rated, result.deducted) == (
        Fraction(11, 15),
        Fraction(88, 140),
        Fraction(43, 80),
        3,
    )
    assert (result.number, result.verdict, result.caps) == (Decimal("63.27"), "passed", ("O1", "O3"))


@pytest.mark.requirement("R44")
def test_the_facts_of_the_worked_example_stand_beside_it():
    counts = facts(with_proposals(LEAK, BOOKED))

    assert counts.presented == 9
    assert dict(counts.outcomes) == {"met": 4, "late": 2, "missed": 1, "wrong": 1, "not-observed": 1}
    assert (counts.critical_right, counts.critical_observed, counts.open) == (2, 2, 0)
    assert (counts.coverage, counts.freeze_ms, counts.model) == (Fraction(15, 16), 0, "gsr-1")


@pytest.mark.requirement("R51")
def test_a_critical_deed_past_its_limit_gives_44_38_and_fails_by_the_gate_alone():
    late = [replace(one, took_ms=930_000) if one.id == "E4" else one for one in LEAK]
    inputs = with_proposals(late, BOOKED)
    result = score(inputs)

    assert (result.completed, result.timely, result.rated) == (
        Fraction(8, 15),
        Fraction(64, 140),
        Fraction(7, 20),
    )
    assert dict(inputs.ratings)["O2"] == "U"
    assert (result.number, result.gates, result.verdict) == (Decimal("44.38"), ("E4",), "failed")


GOOD = plain("A", "O1", "normal", "met")
BY_HAND = {
    # everything right and in time: 100 (0.5 + 0.3 + 0.2)
    "perfect": ((timed("A", "O1", "critical", 60, 120, 60),), (), "P", "100.00", "excellent"),
    # nothing timed: 100 (0.8 x 1 + 0.2 x 1)
    "nothing timed": ((GOOD,), (), "P", "100.00", "excellent"),
    # half way between target and limit: Z = 1/2, rating S: 50 + 15 + 15
    "half late": ((timed("A", "O1", "normal", 60, 120, 90),), (), "S", "80.00", "good"),
    # done on the limit itself: c = 0 but q = 1: 50 + 0 + 15
    "on the limit": ((timed("A", "O1", "normal", 60, 120, 120),), (), "S", "65.00", "passed"),
    # one thing of three wrong (C = 2/3 < 0.8): M: 100 (0.8 x 2/3 + 0.2 x 0.4) = 53.333 + 8
    "a third wrong": (
        (GOOD, plain("B", "O1", "normal", "met"), plain("C", "O1", "normal", "wrong")),
        (),
        "M",
        "61.33",
        "passed",
    ),
    # ten right, one normal missed (C = 10/11): M: 72.727 + 8
    "one of eleven missed": (
        (
            *(plain(f"A{n}", "O1", "normal", "met") for n in range(10)),
            plain("B", "O1", "normal", "missed"),
        ),
        (),
        "M",
        "80.73",
        "good",
    ),
    # a major deviation: rating M, 5 off: 80 + 8 - 5
    "a major deviation": ((GOOD,), (Deviation("O1", "major"),), "M", "83.00", "good"),
    # more deviations than the twenty they may cost: 80 + 8 - 20
    "many deviations": ((GOOD,), (Deviation("O1", "major"),) * 5, "M", "68.00", "passed"),
    # a critical thing wrong beside three right ones: C = 3/6, U: 40 + 0, and the gate
    "critical wrong": (
        (
            plain("A", "O1", "critical", "wrong"),
            *(plain(f"B{n}", "O1", "normal", "met") for n in range(3)),
        ),
        (),
        "U",
        "40.00",
        "failed",
    ),
    # never below nothing: C = 0, U, minus 20
    "floor": (
        (plain("A", "O1", "normal", "missed"),),
        (Deviation("O1", "major"),) * 4,
        "U",
        "0.00",
        "failed",
    ),
}


@pytest.mark.requirement("R50")
@pytest.mark.parametrize("name", BY_HAND)
def test_the_score_is_what_it_is_by_hand(name):
    findings, deviations, rating, number, verdict = BY_HAND[name]
    inputs = with_proposals(findings, deviations)
    result = score(inputs)

    assert inputs.ratings == (("O1", rating),)
    assert (result.number, result.verdict) == (Decimal(number), verdict)


@pytest.mark.requirement("R16")
def test_what_was_not_presented_counts_for_nothing():
    beside = plain("B", "O1", "critical", "not-presented")
    assert score(with_proposals((GOOD, beside))) == score(with_proposals((GOOD,)))


def test_what_the_lead_evaluator_waived_opens_the_gate():
    waived = plain("B", "O1", "critical", "waived")
    assert score(with_proposals((GOOD, waived))).gates == ()


@pytest.mark.requirement("R44")
def test_one_met_and_one_open_is_neither_half_nor_all():
    inputs = with_proposals((GOOD, plain("B", "O1", "normal", "open")))
    counts = facts(inputs)

    assert (dict(counts.outcomes), counts.open) == ({"met": 1, "open": 1}, 1)
    assert score(inputs).verdict == "no-verdict"


def test_too_little_seen_is_not_ratable_whatever_was_right():
    unseen = [plain(f"B{n}", "O1", "normal", "not-observed") for n in range(1)]
    assert score(with_proposals((GOOD, *unseen))).verdict == "not-ratable"


def test_four_fifths_seen_is_enough():
    seen = [plain(f"A{n}", "O1", "normal", "met") for n in range(4)]
    assert score(with_proposals((*seen, plain("B", "O1", "normal", "not-observed")))).verdict == "excellent"


def test_an_unmarked_message_makes_the_drill_invalid():
    assert score(replace(with_proposals((GOOD,)), unmarked_messages=1)).verdict == "invalid"


def test_an_unsafe_act_fails_a_perfect_drill():
    result = score(replace(with_proposals((GOOD,)), unsafe_acts=1))
    assert (result.gates, result.verdict) == (("unsafe-act",), "failed")


def test_without_a_final_rating_there_is_no_verdict():
    inputs = Inputs((GOOD,), (("O1", None),))
    assert (score(inputs).number, score(inputs).verdict) == (None, "no-verdict")


def test_an_objective_of_which_nothing_was_seen_is_named_and_not_averaged():
    unseen = plain("B", "O2", "normal", "not-presented")
    inputs = with_proposals((GOOD, unseen))
    result = score(inputs)

    assert dict(inputs.ratings)["O2"] is None
    assert (result.rated, result.unexercised, result.verdict) == (Fraction(1), ("O2",), "excellent")


@pytest.mark.parametrize(
    ("rating", "most"), [("P", "excellent"), ("S", "excellent"), ("M", "good"), ("U", "passed")]
)
def test_a_rating_caps_the_verdict(rating: Rating, most):
    findings = [plain(f"A{n}", f"O{n}", "normal", "met") for n in range(20)]
    given: list[tuple[str, Rating | None]] = [(f"O{n}", "P") for n in range(1, 20)]
    result = score(Inputs(tuple(findings), (("O0", rating), *given)))

    assert result.verdict == most


@pytest.mark.parametrize("took_ms", [59_999, 60_000])
def test_up_to_the_target_nothing_is_lost(took_ms):
    assert timeliness([replace(timed("A", "O1", "normal", 60, 120, 60), took_ms=took_ms)]) == 1


def test_a_millisecond_past_the_target_costs_a_sixty_thousandth():
    late = replace(timed("A", "O1", "normal", 60, 120, 61), took_ms=60_001)
    assert timeliness([late]) == 1 - Fraction(1, 60_000)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(63265, 1000), "63.27"),
        (Fraction(63264999, 1000000), "63.26"),
        (Fraction(0), "0.00"),
        (Fraction(100), "100.00"),
        (Fraction(-1, 200), "-0.01"),
    ],
)
def test_there_is_one_rounding_and_it_is_half_up(value, written):
    assert str(rounded(value)) == written
