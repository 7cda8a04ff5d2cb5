"""A score as people read it: every finding with what shows it, then the number with its facts beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from drill import scoring
from drill.agreement import agreements, findings_of, ratings_of
from drill.case import Case
from drill.findings import Shown
from drill.scoring import Facts, Inputs, Score
from engine.condition import say_clock
from engine.text import clean
from tui.locale import join, say
from tui.view.looking import PLACES


def score_lines(case: Case, found: list[Shown], inputs: Inputs, language: str) -> Iterator[str]:
    """The whole page, from the objectives to the verdict."""
    yield from _findings(case, found, language)
    yield ""
    yield from _ratings(case, inputs, language)
    yield from _agreement(case, language)
    yield ""
    yield from verdict_lines(scoring.score(inputs), scoring.facts(inputs), language, case.by_machine)


def _findings(case: Case, found: list[Shown], language: str) -> Iterator[str]:
    for objective in case.scenario.objectives:
        yield f"{objective.id}  {clean(objective.does.of(language))}"
        for one in found:
            if one.finding.objective == objective.id:
                yield _finding(one, language)
                yield from _each(one, case, language)


def _finding(one: Shown, language: str) -> str:
    finding = one.finding
    word = say(f"outcome-{finding.outcome}", language)
    weight = say(f"grade-{finding.grade}", language)
    took = "" if finding.took_ms is None else _length(finding.took_ms)
    limits = ""
    if finding.target_ms is not None and finding.limit_ms is not None:
        limits = say(
            "score-limits", language, target=_length(finding.target_ms), limit=_length(finding.limit_ms)
        )
    facts = [part for part in (took, limits) if part]
    text = clean(one.expectation.text.of(language))
    line = f"  {finding.id}  [{word}]  {text}  ({weight})"
    return line + (f"  {join(facts, language)}" if facts else "")


def _each(one: Shown, case: Case, language: str) -> Iterator[str]:
    """The people of a team of whom all were to do it."""
    for person, outcome in one.people:
        yield f"        {_name(person, case, language)}  [{say(f'outcome-{outcome}', language)}]"


def _name(person: str, case: Case, language: str) -> str:
    if person in PLACES:
        return say(PLACES[person], language)
    known = case.state.graph.people.get(person)
    return clean(known.name if known is not None else case.evaluation.people.get(person, person))


def _length(milliseconds: int) -> str:
    return say_clock(timedelta(milliseconds=milliseconds))


def _ratings(case: Case, inputs: Inputs, language: str) -> Iterator[str]:
    for objective, rating in inputs.ratings:
        if rating is None:
            yield say("rating-open", language, objective=objective)
            continue
        given = case.given(objective)
        word = "rating-proposed" if given is None else "rating-given"
        yield say(
            word,
            language,
            objective=objective,
            rating=rating,
            means=say(f"rating-{rating}", language),
            name="" if given is None else _name(given.by, case, language),
        )


def _agreement(case: Case, language: str) -> Iterator[str]:
    """How far every two evaluators agree, before their words are merged."""
    rated = [entry for listed in case.evaluation.ratings.values() for entry in listed]
    judged = {"ratings": ratings_of(rated), "findings": findings_of(case.evaluation.observed)}
    for kind, by_person in judged.items():
        for one in agreements(by_person):
            yield say(
                f"agree-{kind}",
                language,
                first=clean(one.first),
                second=clean(one.second),
                same=one.same,
                count=one.count,
                percent=scoring.rounded(Fraction(100 * one.same, one.count), 0),
                kappa="-" if one.kappa is None else scoring.rounded(one.kappa),
            ) + (say("agree-weak", language) if one.weak else "")


def verdict_lines(result: Score, facts: Facts, language: str, by_machine: bool) -> Iterator[str]:
    """The number, how it was reckoned, its facts, and the verdict; the number is never alone."""
    number = "-" if result.number is None else str(result.number)
    yield say("score-line", language, number=number, verdict=say(f"verdict-{result.verdict}", language))
    yield say(
        "score-formula",
        language,
        completed=_share(result.completed),
        timely=_share(result.timely if result.timely is not None else result.completed),
        rated=_share(result.rated),
        deducted=result.deducted,
        number=number,
    )
    yield facts_line(facts, language)
    if result.gates:
        yield say("score-gates", language, gates=join(list(result.gates), language))
    if result.caps:
        yield say("score-caps", language, objectives=join(list(result.caps), language))
    if result.unexercised:
        yield say("score-unexercised", language, objectives=join(list(result.unexercised), language))
    if by_machine:
        yield say("score-by-machine", language)


def facts_line(facts: Facts, language: str) -> str:
    """What stands beside the number wherever it is shown."""
    counts = join([f"{say(f'outcome-{name}', language)} {count}" for name, count in facts.outcomes], language)
    return say(
        "score-facts",
        language,
        presented=facts.presented,
        counts=counts,
        right=facts.critical_right,
        critical=facts.critical_observed,
        open=facts.open,
        coverage="-" if facts.coverage is None else _percent(facts.coverage),
        freeze=facts.freeze_ms // 1000,
        seed=clean(facts.seed),
        model=facts.model,
    )


def _percent(value: Fraction) -> str:
    return str(int(value * 100 + Fraction(1, 2)))


def _share(value: Fraction | None) -> str:
    return "-" if value is None else str(scoring.rounded(value, 4))
