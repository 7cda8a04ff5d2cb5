"""What was promised, who was told, and what was not done as the plan says: the same for a run and a drill."""

from __future__ import annotations

from datetime import datetime

from engine.clocks import PromiseReading, promises
from engine.events import (
    AnswerGiven,
    Event,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepSkipped,
    Told,
)
from engine.report.sections import Row, Section, Tone, same
from engine.text import cut
from tui.reports.kept import Kept
from tui.reports.record import heads, table
from tui.reports.speaking import Speaker, clock, since

WORDS_SHOWN = 60
"""So much of what was said stands in the list; the log has all of it."""


def promises_section(kept: Kept, speaker: Speaker, now: datetime) -> Section:
    """How every promise stood at `now`."""
    rows = [_promise(one, kept, speaker) for one in promises(kept.state, now) if one.status != "idle"]
    head = heads(speaker, "promise", "standing", "since", "deadline", "kept-at", "missed")
    return Section(speaker.say("report-promises"), (table(head, rows, speaker),))


def _promise(one: PromiseReading, kept: Kept, speaker: Speaker) -> Row:
    broken = one.status == "broken" or one.missed > 0
    cells = (
        one.promise.title,
        speaker.say("promise-word-broken" if broken else f"promise-word-{one.status}"),
        speaker.moment(one.start),
        speaker.moment(one.broken_at if broken and one.broken_at is not None else one.deadline),
        speaker.moment(one.kept_at),
        same(str(one.missed)) if one.promise.every is not None else same("-"),
    )
    return Row(cells, "alarm" if broken else "plain")


def told_section(kept: Kept, speaker: Speaker) -> Section:
    """Who was told what and when, in this run and in those it opened."""
    rows = []
    for entry, titles in kept.everything():
        event, its = entry.event, Speaker(titles)
        if isinstance(event, Told):
            cells = (
                clock(since(kept.start, entry.at)),
                its.titles.groups.get(event.group, same(event.group)),
                its.named("outcome", event.outcome),
                its.name(entry.by),
                kept.marked(entry, same(cut(" ".join(event.text.split()), WORDS_SHOWN))),
            )
            rows.append(Row(cells, "alarm" if event.outcome == "failed" else "plain"))
    head = heads(speaker, "clock", "told", "standing", "person", "what")
    return Section(speaker.say("report-told"), (table(head, rows, speaker),))


def passed_section(kept: Kept, speaker: Speaker) -> Section:
    """Passed by decision, skipped, failed, put off, done otherwise: alone and overridden in loud words."""
    rows = []
    for entry, titles in kept.everything():
        said, its = _how(entry.event), Speaker(titles)
        if said is not None:
            word, why, tone = said
            cells = (
                clock(since(kept.start, entry.at)),
                its.step(getattr(entry.event, "step", "")),
                its.name(entry.by),
                its.say(word),
                kept.marked(entry, same(why)),
            )
            rows.append(Row(cells, tone))
    head = heads(speaker, "clock", "what", "person", "how", "why")
    return Section(speaker.say("report-passed"), (table(head, rows, speaker),))


def _how(event: Event) -> tuple[str, str, Tone] | None:
    """The word for how it was not as the plan says, and why; None when it was."""
    if isinstance(event, StepOverridden):
        return ("passed-alone" if event.alone else "passed-overridden"), event.reason, "alarm"
    if isinstance(event, StepFailed):
        return "passed-failed", event.reason, "alarm"
    if isinstance(event, StepSkipped):
        return "passed-skipped", event.reason, "plain"
    if isinstance(event, StepDeferred):
        return "passed-deferred", event.reason, "plain"
    if isinstance(event, (StepDone, AnswerGiven)) and event.deviation:
        return "passed-otherwise", event.deviation, "plain"
    return None
