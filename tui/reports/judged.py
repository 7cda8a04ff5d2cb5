"""What came of a drill: the verdict, every finding with what shows it, ratings, and what evaluators wrote down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drill import scoring
from drill.case import Case
from drill.findings import Shown
from drill.scoring import Inputs
from drill.script import Line, Script
from engine.events import Entry, Observed, Rated
from engine.report.sections import Paragraph, Part, Row, Section, same
from engine.text import LANGUAGES, Text
from tui.reports.kept import Kept
from tui.reports.record import heads, table
from tui.reports.speaking import Speaker, below, clock, listed, since
from tui.scored import verdict_lines

_SHOWN_DIGITS = 12
"""So much of a hash names an entry for a person; `log --json` has all of it."""


@dataclass(frozen=True)
class Drilled:
    """One drill being written up, judged at its end."""

    kept: Kept
    case: Case
    judged: list[Entry]
    """The entries of the evaluation, in order."""
    speaker: Speaker
    found: list[Shown]
    inputs: Inputs
    lines: list[Line]
    """What became of every inject."""

    @classmethod
    def of(cls, kept: Kept, case: Case, judged: list[Entry]) -> Drilled:
        """Everything that is worked out once."""
        script = Script(case.scenario, case.seed, case.moments)
        for entry in [*judged, *kept.entries]:
            script.take(entry)
        return cls(
            kept,
            case,
            judged,
            Speaker(kept.titles),
            case.findings(case.ended_at),
            case.inputs(case.ended_at),
            script.lines(case.ended_at, kept.start),
        )


def result_section(drill: Drilled) -> Section:
    """The verdict on the first page; the number never without what it was made of."""
    speaker = drill.speaker
    score, facts = scoring.score(drill.inputs), scoring.facts(drill.inputs)
    said = [list(verdict_lines(score, facts, one, drill.case.by_machine)) for one in LANGUAGES]
    first, *others = [Text(*pair) for pair in zip(*said, strict=True)]
    parts: list[Part] = [Paragraph(first, "alarm" if score.gates else "strong")]
    parts += [Paragraph(one) for one in others]
    parts.append(Paragraph(speaker.say("report-again", run=drill.kept.run), "quiet"))
    return Section(speaker.say("report-result"), tuple(parts))


def findings_section(drill: Drilled) -> Section:
    speaker = drill.speaker
    head = heads(speaker, "id", "objective", "expected", "class", "outcome", "took", "limits", "shown")
    rows = [_finding(drill, one) for one in drill.found]
    return Section(speaker.say("report-findings"), (table(head, rows, speaker),))


def _finding(drill: Drilled, one: Shown) -> Row:
    speaker, finding = drill.speaker, one.finding
    limits = same("-")
    if finding.timed:
        limits = Text(*(f"{clock(finding.target_ms).zh}\n{clock(finding.limit_ms).zh}" for _ in LANGUAGES))
    failed = finding.outcome in ("missed", "wrong")
    cells = (
        same(finding.id),
        same(finding.objective),
        one.expectation.text,
        speaker.say(f"grade-{finding.grade}"),
        speaker.say(f"outcome-{finding.outcome}"),
        clock(finding.took_ms),
        limits,
        below(_evidence(drill, one)),
    )
    return Row(cells, "alarm" if failed else "plain")


def _evidence(drill: Drilled, one: Shown) -> Iterator[Text]:
    """The entry that shows it, and the evaluator's word where it goes before the machine's."""
    speaker = drill.speaker
    found = None if one.seen is None else drill.kept.entry(one.seen.hash)
    if found is not None:
        entry, titles = found
        its = Speaker(titles)
        yield speaker.say(
            "report-shown-by",
            clock=clock(since(drill.kept.start, entry.at)),
            name=its.name(entry.by),
            what=its.sentence(entry),
            hash=entry.hash[:_SHOWN_DIGITS],
        )
    else:
        yield speaker.say("report-nothing-shows")
    if one.why:
        proposed = speaker.say(f"outcome-{one.proposed}")
        yield speaker.say("report-said-otherwise", proposed=proposed, why=one.why)


def ratings_section(drill: Drilled) -> Section:
    speaker = drill.speaker
    rows = [row for one in drill.case.scenario.objectives for row in _rated(drill, one.id)]
    head = heads(speaker, "objective", "proposed", "given-rating", "person", "why")
    words = "report-ratings-machine" if drill.case.by_machine else "report-ratings-people"
    return Section(
        speaker.say("report-ratings"),
        (table(head, rows, speaker), Paragraph(speaker.say(words), "quiet")),
    )


def _rated(drill: Drilled, objective: str) -> Iterator[Row]:
    """Every rating that was ever given of an objective; both stand, the proposed and the given."""
    speaker = drill.speaker
    found = scoring.proposed(objective, drill.inputs.findings, drill.inputs.deviations)
    proposed = _rating(drill, found)
    given = list(drill.case.evaluation.ratings.get(objective, []))
    for entry in given:
        event = entry.event
        assert isinstance(event, Rated)
        by = speaker.name(entry.by)
        if event.final:
            by = speaker.say("report-final", name=by)
        yield Row(
            (same(objective), proposed, _rating(drill, event.rating), by, same(event.explanation or "-"))
        )
    if not given:
        word = "report-nobody-confirmed" if drill.case.by_machine else "report-not-rated"
        yield Row((same(objective), proposed, speaker.say(word), same("-"), same("-")))


def _rating(drill: Drilled, rating: str | None) -> Text:
    if rating is None:
        return drill.speaker.say("report-not-exercised")
    means = drill.speaker.named("rating", rating)
    return Text(f"{rating} {means.zh}", f"{rating} {means.en}")


def notes_section(drill: Drilled) -> Section:
    speaker = drill.speaker
    rows = [_observed(drill, entry) for entry in drill.case.evaluation.observed]
    head = heads(speaker, "clock", "kind", "about", "person", "what")
    return Section(speaker.say("report-deviations"), (table(head, rows, speaker),))


def _observed(drill: Drilled, entry: Entry) -> Row:
    speaker, event = drill.speaker, entry.event
    assert isinstance(event, Observed)
    kind = speaker.named("seen", event.kind)
    if event.outcome:
        kind = listed([kind, speaker.named("outcome", event.outcome)])
    about = [one for one in (event.objective, event.expectation, event.inject) if one]
    names = [same(one) for one in about] + ([speaker.step(event.step)] if event.step else [])
    alarm = event.kind == "unsafe-act"
    cells = (
        clock(event.exercise_ms),
        kind,
        listed(names) if names else same("-"),
        speaker.name(entry.by),
        same(event.text),
    )
    return Row(cells, "alarm" if alarm else "plain")
