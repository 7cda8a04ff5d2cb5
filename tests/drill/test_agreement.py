"""Two evaluators who judged apart: how far they agree, against kappas worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from drill.agreement import agreement, agreements, ratings_of
from drill.evaluation import EVALUATOR
from engine.events import Rated, RoleTaken
from tests.drill.small import World, begun
from tui.scored import score_lines


def of(ours, theirs):
    return agreement("a", "b", zip(ours, theirs, strict=True))


# both halves: po = 3/4; a says P 2/4, b says P 1/4; pe = 2/4*1/4 + 2/4*3/4 = 1/2; kappa = (3/4-1/2)/(1/2) = 1/2
# 50 things: po = 35/50; a: 25 yes, b: 30 yes; pe = 1/2*3/5 + 1/2*2/5 = 1/2; kappa = 2/5
@pytest.mark.requirement("R52")
@pytest.mark.parametrize(
    ("ours", "theirs", "same", "kappa"),
    [
        ("PPSS", "PSSS", 3, Fraction(1, 2)),
        ("y" * 25 + "n" * 25, "y" * 20 + "n" * 5 + "y" * 10 + "n" * 15, 35, Fraction(2, 5)),
        ("PSMU", "PSMU", 4, Fraction(1)),
        ("PS", "SP", 0, Fraction(-1)),
        ("PPP", "PPP", 3, None),
    ],
)
def test_percent_and_kappa_are_those_worked_out_by_hand(ours, theirs, same, kappa):
    found = of(ours, theirs)

    assert found is not None
    assert (found.same, found.count, found.kappa) == (same, len(ours), kappa)


def test_only_what_both_have_judged_is_compared():
    found = agreements({"a": {"O1": "P", "O2": "S"}, "b": {"O2": "S"}, "c": {}})

    assert [(one.first, one.second, one.same, one.count) for one in found] == [("a", "b", 1, 1)]


@pytest.mark.requirement("R52")
def test_the_agreement_of_two_evaluators_is_shown_before_their_ratings_are_merged():
    world = World()
    exercise, _ = begun(world)
    exercise.start()
    world.passes(exercise.scenario.length)
    exercise.end()
    for person, rating in (("gao", "P"), ("tian", "M")):
        exercise.book.write(RoleTaken(EVALUATOR, person), exercise.now, exercise.company)
        exercise.rate(Rated("O1", rating, "U", "seen by me", by=person))
    page = "\n".join(score_lines(exercise.case, exercise.findings(), exercise.inputs(), "en"))

    rated = [entry for listed in exercise.book.state.ratings.values() for entry in listed]
    assert ratings_of(rated) == {"gao": {"O1": "P"}, "tian": {"O1": "M"}}
    assert "ratings agree: gao and tian  0 of 1 (0 %), kappa 0.00" in page
