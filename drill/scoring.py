"""From findings and ratings to a score and a verdict: model `gsr-1` (gate, score, rating).

Everything is arithmetic over what it is given, in exact fractions until the one rounding at the end, so
that anybody can do it again by hand from the printed inputs, years later. Times are whole milliseconds of
the exercise clock, counted from the moment an expectation runs from.

The model, for each expectation i with weight w (critical 3, major 2, normal 1):

    q = 1 when it was done right, at most its limit L after its moment, else 0
    c = 1 when t <= T;  (L - t) / (L - T) when T < t < L;  0 when t >= L, or not done right
    V = sum w(observed) / sum w(presented)                                    coverage
    C = sum w q / sum w               over observed
    Z = sum w c / sum w               over observed and timed
    K = mean over objectives of the final rating: P 1, S 0.75, M 0.40, U 0
    D = 5 a major, 2 a moderate, 1 a minor deviation, at most 20
    S = 100 (0.50 C + 0.30 Z + 0.20 K) - D, at least 0; with nothing timed C has the share of Z too

Not presented and waived leave every sum, not observed leaves all but the coverage, and what is open is
counted and never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

MODEL = "gsr-1"

Grade = Literal["critical", "major", "normal"]
Outcome = Literal["met", "late", "missed", "wrong", "not-observed", "not-presented", "waived", "open"]
Rating = Literal["P", "S", "M", "U"]
Verdict = Literal["invalid", "not-ratable", "failed", "passed", "good", "excellent", "no-verdict"]

WEIGHTS: dict[str, int] = {"critical": 3, "major": 2, "normal": 1}
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
RATINGS: tuple[Rating, ...] = get_args(Rating)
OBSERVED = ("met", "late", "missed", "wrong")
DONE_RIGHT = ("met", "late")
POINTS: dict[str, Fraction] = {
    "P": Fraction(1),
    "S": Fraction(3, 4),
    "M": Fraction(2, 5),
    "U": Fraction(0),
}
"""What a rating is worth; our mapping, part of the model."""

DEVIATIONS = {"major": 5, "moderate": 2, "minor": 1}
MOST_DEVIATIONS = 20
LEAST_COVERAGE = Fraction(4, 5)
SHARE_C, SHARE_Z, SHARE_K = Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)
BANDS: tuple[tuple[int, Verdict], ...] = ((90, "excellent"), (80, "good"), (60, "passed"), (0, "failed"))
_ORDER: tuple[Verdict, ...] = ("failed", "passed", "good", "excellent")


@dataclass(frozen=True, slots=True)
class Finding:
    """How one expectation came out."""

    id: str
    objective: str
    grade: Grade
    outcome: Outcome
    took_ms: int | None = None
    """From its moment to the deed; None: not done, or not timed."""
    target_ms: int | None = None
    limit_ms: int | None = None
    """Both are there for a timed expectation, and the limit is the later."""

    @property
    def weight(self) -> int:
        return WEIGHTS[self.grade]

    @property
    def timed(self) -> bool:
        return self.target_ms is not None and self.limit_ms is not None

    @property
    def observed(self) -> bool:
        return self.outcome in OBSERVED

    @property
    def presented(self) -> bool:
        return self.outcome not in ("not-presented", "waived")

    @property
    def right(self) -> int:
        """q: 1 when it was done right and in its limit."""
        return int(self.outcome in DONE_RIGHT and not self._past_limit)

    @property
    def _past_limit(self) -> bool:
        return self.timed and (self.took_ms is None or self.took_ms > (self.limit_ms or 0))

    @property
    def in_time(self) -> Fraction:
        """c: 1 within the target, falling to 0 at the limit."""
        if not self.right or self.took_ms is None or self.target_ms is None or self.limit_ms is None:
            return Fraction(0)
        if self.took_ms <= self.target_ms:
            return Fraction(1)
        return max(Fraction(0), Fraction(self.limit_ms - self.took_ms, self.limit_ms - self.target_ms))


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something was done otherwise than the runbook says; a critical one is a failed gate, not this."""

    objective: str
    weight: Literal["major", "moderate", "minor"]
    what: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All a score is made of; printed beside it."""

    findings: tuple[Finding, ...]
    ratings: tuple[tuple[str, Rating | None], ...]
    """The final rating of each objective, in the plan's order; None: not given yet."""
    deviations: tuple[Deviation, ...] = ()
    unsafe_acts: int = 0
    unmarked_messages: int = 0
    """Messages that left the drill without the word; one makes the run invalid."""
    freeze_ms: int = 0
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """The number, the verdict, and what they were made of."""

    verdict: Verdict
    points: Fraction | None
    """S, exact; None when nothing was observed or a rating is open."""
    completed: Fraction | None
    """C."""
    timely: Fraction | None
    """Z; None when nothing was timed."""
    rated: Fraction | None
    """K; None while a rating is open."""
    deducted: int
    """D."""
    coverage: Fraction | None
    """V; None when nothing was presented."""
    gates: tuple[str, ...]
    """The critical expectations that failed, and ``unsafe-act``."""
    caps: tuple[str, ...]
    """The objectives whose rating holds the verdict down."""
    unexercised: tuple[str, ...]
    """Objectives of which nothing was observed."""
    model: str = MODEL

    @property
    def number(self) -> Decimal | None:
        """S to two decimals, half up."""
        return None if self.points is None else rounded(self.points)


def rounded(value: Fraction, digits: int = 2) -> Decimal:
    """The value as people write it: half away from zero, from the exact fraction, once."""
    units = (abs(value) * 2 * 10**digits + 1) // 2
    return Decimal(units if value >= 0 else -units).scaleb(-digits)


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands beside the number wherever it is shown; the number is never shown alone."""

    presented: int
    outcomes: tuple[tuple[Outcome, int], ...]
    """How many of each outcome that occurred, in the order of the model."""
    critical_right: int
    critical_observed: int
    open: int
    coverage: Fraction | None
    freeze_ms: int
    seed: str
    model: str = MODEL


def facts(inputs: Inputs) -> Facts:
    """The counts behind a score."""
    listed = inputs.findings
    counts = ((name, sum(one.outcome == name for one in listed)) for name in OUTCOMES)
    critical = [one for one in listed if one.grade == "critical" and one.observed]
    return Facts(
        presented=sum(one.presented for one in listed),
        outcomes=tuple((name, count) for name, count in counts if count),
        critical_right=sum(one.right for one in critical),
        critical_observed=len(critical),
        open=sum(one.outcome == "open" for one in listed),
        coverage=coverage(listed),
        freeze_ms=inputs.freeze_ms,
        seed=inputs.seed,
    )


def share(findings: Iterable[Finding]) -> Fraction | None:
    """C: the weight done right, over the weight observed; None when nothing was observed."""
    observed = [one for one in findings if one.observed]
    weight = sum(one.weight for one in observed)
    return Fraction(sum(one.weight * one.right for one in observed), weight) if weight else None


def timeliness(findings: Iterable[Finding]) -> Fraction | None:
    """Z: the same of time, over what was observed and timed; None when nothing was."""
    timed = [one for one in findings if one.observed and one.timed]
    weight = sum(one.weight for one in timed)
    return sum((one.weight * one.in_time for one in timed), Fraction(0)) / weight if weight else None


def coverage(findings: Iterable[Finding]) -> Fraction | None:
    """V: the weight observed over the weight presented; None when nothing was presented."""
    presented = [one for one in findings if one.presented]
    weight = sum(one.weight for one in presented)
    return Fraction(sum(one.weight for one in presented if one.observed), weight) if weight else None


def proposed(
    objective: str, findings: Iterable[Finding], deviations: Iterable[Deviation] = ()
) -> Rating | None:
    """The rating that follows from the findings of one objective; None when nothing of it was observed.

    U: a critical one failed, or C < 0.5. M: a major deviation, something missed or wrong, or C < 0.8.
    S: something late, or a smaller deviation. P: else.
    """
    ours = [one for one in findings if one.objective == objective and one.observed]
    booked = [one.weight for one in deviations if one.objective == objective]
    done = share(ours)
    if done is None:
        return None
    failed = [one for one in ours if not one.right]
    if done < Fraction(1, 2) or any(one.grade == "critical" for one in failed):
        return "U"
    if failed or "major" in booked or done < Fraction(4, 5):
        return "M"
    return "S" if booked or any(one.outcome == "late" for one in ours) else "P"


def score(inputs: Inputs) -> Score:
    """The score and verdict of one drill."""
    findings = inputs.findings
    completed, timely = share(findings), timeliness(findings)
    exercised = {one.objective for one in findings if one.observed}
    ratings = [(name, rating) for name, rating in inputs.ratings if name in exercised or rating is not None]
    rated = _mean(rating for _, rating in ratings)
    deducted = min(MOST_DEVIATIONS, sum(DEVIATIONS[one.weight] for one in inputs.deviations))
    points = _points(completed, timely, rated, deducted)
    gates = _gates(inputs)
    return Score(
        verdict=_verdict(inputs, points, coverage(findings), gates, ratings),
        points=points,
        completed=completed,
        timely=timely,
        rated=rated,
        deducted=deducted,
        coverage=coverage(findings),
        gates=gates,
        caps=tuple(name for name, rating in ratings if rating in ("M", "U")),
        unexercised=tuple(name for name, _ in inputs.ratings if name not in exercised),
    )


def _mean(ratings: Iterable[Rating | None]) -> Fraction | None:
    """K, or None when there is no rating or one is open."""
    listed = list(ratings)
    if not listed or any(one is None for one in listed):
        return None
    return sum((POINTS[one] for one in listed if one is not None), Fraction(0)) / len(listed)


def _points(
    completed: Fraction | None, timely: Fraction | None, rated: Fraction | None, deducted: int
) -> Fraction | None:
    if completed is None or rated is None:
        return None
    in_time = completed if timely is None else timely
    total = 100 * (SHARE_C * completed + SHARE_Z * in_time + SHARE_K * rated) - deducted
    return max(Fraction(0), total)


def _gates(inputs: Inputs) -> tuple[str, ...]:
    failed = [one.id for one in inputs.findings if one.grade == "critical" and one.observed and not one.right]
    return (*failed, *(["unsafe-act"] if inputs.unsafe_acts else []))


def _verdict(
    inputs: Inputs,
    points: Fraction | None,
    covered: Fraction | None,
    gates: Sequence[str],
    ratings: Sequence[tuple[str, Rating | None]],
) -> Verdict:
    """Validity first, then what is still open, then the gates, then the points and what caps them."""
    if inputs.unmarked_messages:
        return "invalid"
    if any(one.outcome == "open" for one in inputs.findings):
        return "no-verdict"
    if covered is None or covered < LEAST_COVERAGE:
        return "not-ratable"
    if gates:
        return "failed"
    if points is None:
        return "no-verdict"
    by_points = next(verdict for least, verdict in BANDS if points >= least)
    given = {rating for _, rating in ratings}
    cap: Verdict = "passed" if "U" in given else "good" if "M" in given else "excellent"
    return min(by_points, cap, key=_ORDER.index)
