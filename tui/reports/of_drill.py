"""The report of a drill: what was to be shown, what came of it, and everything the score was reckoned from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from drill.case import Case
from drill.exercise import seal_of
from engine.events import Entry
from engine.report.sections import Paragraph, Part, Report, Row, Section, same
from engine.text import LANGUAGES, Text
from tui.reports.checkoffs import checkoffs_section
from tui.reports.company import notified_section, sheet_section
from tui.reports.judged import Drilled, findings_section, notes_section, ratings_section, result_section
from tui.reports.kept import Kept, Proof
from tui.reports.pace import times_section
from tui.reports.picture import drill_timeline, freezes
from tui.reports.promised import passed_section, promises_section, told_section
from tui.reports.record import (
    heads,
    limits_section,
    log_section,
    pairs,
    people_section,
    proof_first,
    proof_section,
    run_facts,
    signatures_section,
    table,
)
from tui.reports.script import branches_section, injects_section, restore_section
from tui.reports.speaking import below, clock, listed


def drill_report(kept: Kept, case: Case, judged: list[Entry], proof: Proof) -> Report:
    """All of it, in the order in which somebody asks; `judged`: the entries of the evaluation, in order."""
    drill = Drilled.of(kept, case, judged)
    speaker, scenario = drill.speaker, case.scenario
    sections = (
        proof_first(result_section(drill), proof, speaker),
        _head(drill),
        _objectives(drill),
        _timeline(drill),
        findings_section(drill),
        ratings_section(drill),
        notes_section(drill),
        injects_section(drill),
        promises_section(kept, speaker, kept.end),
        told_section(kept, speaker),
        passed_section(kept, speaker),
        times_section(kept, speaker),
        checkoffs_section(kept, speaker),
        signatures_section(kept, speaker),
        branches_section(drill),
        notified_section(drill),
        sheet_section(drill),
        people_section(kept, speaker),
        restore_section(drill),
        log_section(kept, speaker),
        proof_section(kept, proof, speaker),
        limits_section(speaker, *_limits(drill)),
    )
    about = Text(*(f"{kept.run}  {scenario.title.of(one)}" for one in LANGUAGES))
    title = speaker.say("report-title-drill", title=scenario.title)
    return Report(speaker.say("report-mark-D"), title, about, sections)


def _timeline(drill: Drilled) -> Section:
    numbers = {line.inject.id: line.inject.number for line in drill.lines}
    picture = drill_timeline(drill.kept, drill.found, numbers)
    return Section(drill.speaker.say("report-timeline"), (picture,))


def _head(drill: Drilled) -> Section:
    speaker = drill.speaker
    parts: list[Part] = [pairs(_facts(drill)), Paragraph(drill.case.scenario.story)]
    return Section(speaker.say("report-head"), tuple(parts))


def _facts(drill: Drilled) -> Iterator[tuple[Text, Text]]:
    speaker, scenario, evaluation = drill.speaker, drill.case.scenario, drill.case.evaluation
    yield from run_facts(drill.kept, speaker)
    planned = evaluation.planned
    assert planned is not None
    says = speaker.say("report-plan-says", id=scenario.id, revision=scenario.revision, title=scenario.title)
    yield speaker.say("report-scenario"), says
    yield speaker.say("report-digest-scenario"), same(planned.digest)
    yield speaker.say("report-sealed"), _sealed(drill)
    yield (
        speaker.say("report-form"),
        listed(
            speaker.say(f"form-{one}")
            for one in (scenario.form, scenario.notice, scenario.purpose, scenario.scope)
        ),
    )
    if scenario.secret is not None:
        secret = scenario.secret
        said = speaker.say(
            "report-secret-says",
            opens=secret.opens or "-",
            closes=secret.closes or "-",
            word=secret.code_word,
        )
        yield speaker.say("report-secret"), below([speaker.names(secret.agents), said])
    yield speaker.say("report-seed"), same(drill.case.seed)
    yield speaker.say("report-frozen"), _frozen(drill)
    who = "report-by-machine" if drill.case.by_machine else "report-by-people"
    yield speaker.say("report-players"), speaker.say(who)
    for role in ("TRAINER", "EVALUATOR", "LEAD"):
        if evaluation.staff.get(role):
            yield speaker.say(f"staff-{role}"), speaker.names(sorted(evaluation.staff[role]))
    how = speaker.named("ended", evaluation.how or "")
    yield speaker.say("report-how-ended"), listed([how, speaker.named("stage", evaluation.stage)])


def _sealed(drill: Drilled) -> Text:
    """Whether scenario and seed are those that were sealed before the drill began."""
    planned = drill.case.evaluation.planned
    assert planned is not None
    holds = drill.kept.opened.sealed == seal_of(planned.salt, planned.digest, planned.seed)
    return drill.speaker.say("report-seal-holds" if holds else "report-seal-broken")


def _frozen(drill: Drilled) -> Text:
    """How long the clock stood still, how often and why."""
    found = freezes(drill.kept.state.settings)
    total = drill.speaker.say("report-seconds", count=drill.inputs.freeze_ms // 1000)
    each = [
        drill.speaker.say(
            "report-froze-at",
            clock=clock(one.exercise // timedelta(milliseconds=1)),
            length=drill.speaker.length(length),
            reason=drill.speaker.because(one.reason),
        )
        for one, length in found
    ]
    return below([total, *each])


def _objectives(drill: Drilled) -> Section:
    speaker = drill.speaker
    rows = [
        Row(
            (
                same(one.id),
                speaker.say(f"able-{one.capability}"),
                one.who,
                one.given,
                one.does,
                one.standard,
                one.effect,
            )
        )
        for one in drill.case.scenario.objectives
    ]
    head = heads(speaker, "id", "able", "who", "given", "does", "standard", "effect")
    return Section(speaker.say("report-objectives"), (table(head, rows, speaker),))


def _limits(drill: Drilled) -> Iterator[str]:
    yield "seen"
    if drill.case.by_machine:
        yield "machine"
    yield from ("score", "branches", "later", "people", "tail", "courtesy")
