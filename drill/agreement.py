"""How far two evaluators who judged apart from each other agree: the share of equal judgements, and Cohen's kappa.

Shown before their judgements are merged. Kappa is what is left of the agreement when what chance alone would
give is taken away: 1 agrees always, 0 no more than chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from engine.events import Entry, Observed, Rated

LEAST_KAPPA = Fraction(3, 5)
"""Below this two evaluators should speak before anything is merged; a convention."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two evaluators on what both of them judged."""

    first: str
    second: str
    same: int
    count: int
    kappa: Fraction | None
    """None where chance alone would always agree: both used one and the same word for everything."""

    @property
    def weak(self) -> bool:
        return self.kappa is not None and self.kappa < LEAST_KAPPA


def agreement(first: str, second: str, judged: Iterable[tuple[str, str]]) -> Agreement | None:
    """From the pairs of judgements on the same things; None when there is none."""
    pairs = list(judged)
    if not pairs:
        return None
    count = len(pairs)
    same = sum(one == other for one, other in pairs)
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = Fraction(sum(ours[word] * theirs[word] for word in ours), count * count)
    kappa = None if by_chance == 1 else (Fraction(same, count) - by_chance) / (1 - by_chance)
    return Agreement(first, second, same, count, kappa)


def agreements(judgements: Mapping[str, Mapping[str, str]]) -> list[Agreement]:
    """Every two people, by what each said of each thing."""
    found = (
        agreement(one, other, ((judgements[one][thing], judgements[other][thing]) for thing in both))
        for one, other in combinations(judgements, 2)
        for both in [[thing for thing in judgements[one] if thing in judgements[other]]]
    )
    return [each for each in found if each is not None]


def ratings_of(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """By evaluator: their last own rating of each objective; the lead's final one merges and is none."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        if isinstance(entry.event, Rated) and not entry.event.final:
            found.setdefault(entry.by, {})[entry.event.objective] = entry.event.rating
    return found


def findings_of(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """By evaluator: their last word on each expectation."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, Observed) and event.kind == "finding" and event.expectation and event.outcome:
            found.setdefault(entry.by, {})[event.expectation] = event.outcome
    return found
