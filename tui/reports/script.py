"""The script of a drill after it: what became of every inject, and which branches of the plan nobody exercised."""

from __future__ import annotations

from datetime import timedelta

from drill import scoring
from drill.scenario.values import After, At, Chance, Inject, Manual, Together, Trigger
from drill.script import Line
from engine.report.sections import Paragraph, Part, Row, Section, same
from engine.text import LANGUAGES, Text
from tui.logbook import titles_of
from tui.reports.branches import coverage, ranges
from tui.reports.judged import Drilled
from tui.reports.record import heads, table
from tui.reports.speaking import below, clock, since


def injects_section(drill: Drilled) -> Section:
    speaker = drill.speaker
    rows = [_inject(drill, line) for line in drill.lines]
    head = heads(speaker, "number", "inject", "to", "trigger", "came", "standing")
    missing = [line for line in drill.lines if not line.deliveries]
    words = speaker.say("report-injects-count", came=len(drill.lines) - len(missing), total=len(drill.lines))
    return Section(speaker.say("report-injects"), (Paragraph(words), table(head, rows, speaker)))


def _inject(drill: Drilled, line: Line) -> Row:
    speaker, inject = drill.speaker, line.inject
    cards = [card for card in drill.kept.state.cards if card.inject == inject.id]
    came = below(clock(since(drill.kept.start, card.at)) for card in cards) if cards else same("-")
    trigger = speaker.say("report-written") if line.unscripted else _trigger(drill, inject.trigger)
    standing = speaker.say(f"standing-{line.standing}")
    reason = _reason(drill, inject)
    if reason:
        standing = below([standing, speaker.because(reason)])
    cells = (same(inject.number), inject.title, speaker.role(inject.to), trigger, came, standing)
    return Row(cells, "plain" if cards else "strong")


def _reason(drill: Drilled, inject: Inject) -> str:
    """What the trainer said when they last changed it."""
    said = [one.event for one in drill.judged if getattr(one.event, "inject", None) == inject.id]
    reasons = [getattr(one, "reason", None) for one in said if getattr(one, "how", "drawn") != "drawn"]
    return next((one for one in reversed(reasons) if one), "")


def _trigger(drill: Drilled, trigger: Trigger) -> Text:
    """When it comes, in words."""
    speaker = drill.speaker
    if isinstance(trigger, At):
        return speaker.say("trigger-at", clock=clock(trigger.at // timedelta(milliseconds=1)))
    if isinstance(trigger, After):
        what = _thing(drill, trigger.what)
        if not trigger.delay:
            return speaker.say("trigger-after", what=what)
        return speaker.say("trigger-after-delay", what=what, delay=speaker.length(trigger.delay))
    if isinstance(trigger, Chance):
        return speaker.say("trigger-chance", percent=trigger.percent)
    if isinstance(trigger, Manual):
        return speaker.say("trigger-manual")
    glue = speaker.say("trigger-and" if trigger.all else "trigger-or")
    parts = [_bracketed(drill, one) for one in trigger.parts]
    return Text(glue.zh.join(one.zh for one in parts), glue.en.join(one.en for one in parts))


def _bracketed(drill: Drilled, trigger: Trigger) -> Text:
    """A part of a trigger: in brackets when it has parts of its own."""
    said = _trigger(drill, trigger)
    return Text(f"（{said.zh}）", f"({said.en})") if isinstance(trigger, Together) else said


def _thing(drill: Drilled, what: str) -> Text:
    """A step, an answer, a mark, a watch or another inject, by its title; of a run below by that of its plan."""
    titles = drill.kept.titles
    runbook, slash, name = what.partition("/")
    plans = (one.graph for one in drill.case.team.states if one.graph.runbook.id == runbook)
    plan = next(plans, None) if slash else None
    if plan is not None:
        titles, what = titles_of(plan.to_bytes()), name
    inject = drill.case.scenario.inject(what)
    step, _, answer = what.partition(".")
    if inject is not None:
        return inject.title
    if answer and step in titles.steps:
        said = drill.speaker.answer(step, answer)
        return Text(*(f"{titles.steps[step].of(one)}: {said.of(one)}" for one in LANGUAGES))
    known = titles.steps.get(what) or titles.watches.get(what)
    return known if known is not None else drill.speaker.mark(what)


def branches_section(drill: Drilled) -> Section:
    """R19: branches that nobody went, by name, and how many of all were gone."""
    speaker, graph = drill.speaker, drill.kept.state.graph
    found = coverage(graph, drill.kept.entries)
    counted = speaker.say(
        "report-branches-count",
        answered=found.answered,
        decisions=len(found.decisions),
        taken=found.taken,
        branches=found.branches,
        steps=found.total - len(found.steps),
        total=found.total,
    )
    rows = [
        Row(
            (
                same(str(graph.number[one.step])),
                speaker.step(one.step),
                below(speaker.answer(one.step, name) for name in one.taken) if one.taken else same("-"),
                below(speaker.answer(one.step, name) for name in one.others) if one.others else same("-"),
            ),
        )
        for one in found.decisions
    ]
    parts: list[Part] = [Paragraph(counted)]
    missing = [line.inject.number for line in drill.lines if not line.deliveries]
    if missing:
        parts.append(Paragraph(speaker.say("report-injects-missing", numbers=", ".join(missing)), "strong"))
    unexercised = scoring.score(drill.inputs).unexercised
    if unexercised:
        parts.append(Paragraph(speaker.say("score-unexercised", objectives=", ".join(unexercised)), "strong"))
    parts.append(table(heads(speaker, "number", "decision", "taken", "not-taken"), rows, speaker))
    if found.steps:
        numbers = ranges(graph.number[one] for one in found.steps)
        parts.append(Paragraph(speaker.say("report-steps-missing", numbers=numbers)))
    if found.watches:
        names = below(drill.kept.titles.watches.get(one, same(one)) for one in found.watches)
        parts.append(Paragraph(speaker.say("report-watches-missing")))
        parts.append(Paragraph(names))
    return Section(speaker.say("report-branches"), tuple(parts))


def restore_section(drill: Drilled) -> Section:
    """What was to be put back, and whether somebody said that it is."""
    speaker = drill.speaker
    done = drill.case.evaluation.restored
    rows = [
        Row((one, speaker.say("report-put-back" if one.zh in done else "report-not-filled")))
        for one in drill.case.scenario.restore
    ]
    head = heads(speaker, "what", "standing")
    return Section(speaker.say("report-restore"), (table(head, rows, speaker),))
