"""The report of a real run or a rehearsal: what was promised, who signed, what was passed without, what is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from engine.clocks import PromiseReading, promises
from engine.events import (
    AnswerGiven,
    Entry,
    Event,
    StepDeferred,
    StepDone,
    StepFailed,
    StepOverridden,
    StepSkipped,
)
from engine.report.sections import Paragraph, Part, Report, Row, Section, Tone, same
from engine.text import LANGUAGES, Text
from tui.reports.kept import Kept, Proof
from tui.reports.picture import run_timeline
from tui.reports.record import (
    heads,
    limits_section,
    log_section,
    pairs,
    people_section,
    proof_section,
    run_facts,
    signatures_section,
    table,
)
from tui.reports.speaking import Speaker, clock, since
from tui.view.head import entries_denied

REAL = "R"


def run_report(kept: Kept, proof: Proof) -> Report:
    """All of it; how promises stand is judged at the moment the report is made."""
    speaker = Speaker(kept.titles)
    sections = (
        _head(kept, speaker),
        Section(speaker.say("report-timeline"), (run_timeline(kept),)),
        _promises(kept, speaker, proof.made_at),
        _passed(kept, speaker),
        _open(kept, speaker),
        people_section(kept, speaker),
        signatures_section(kept, speaker),
        log_section(kept, speaker),
        proof_section(kept, proof, speaker),
        limits_section(speaker, "seen", "people", "tail", "later"),
    )
    about = Text(*(f"{kept.run}  {kept.titles.runbook.of(one)}" for one in LANGUAGES))
    is_real = kept.state.kind == REAL
    title = speaker.say("report-title-run", title=kept.titles.runbook)
    return Report(speaker.named("report-mark", kept.state.kind), title, about, sections, is_real=is_real)


def _head(kept: Kept, speaker: Speaker) -> Section:
    ended = kept.state.ended
    if ended is None:
        how, tone = speaker.say("report-still-open"), "strong"
    else:
        how = speaker.say(
            f"how-{ended.how}", count=len(ended.open) + len(ended.unconfirmed), reason=ended.reason or ""
        )
        tone = "strong" if ended.how == "complete" else "alarm"
    level = speaker.say("level", level=kept.state.level) if kept.state.level else speaker.say("level-none")
    parts: list[Part] = [
        Paragraph(how, tone),  # type: ignore[arg-type]  # the two words above are tones
        Paragraph(level),
        pairs(run_facts(kept, speaker)),
    ]
    return Section(speaker.say("report-head"), tuple(parts))


def _promises(kept: Kept, speaker: Speaker, now: datetime) -> Section:
    rows = [_promise(one, kept, speaker) for one in promises(kept.state, now)]
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


# --- what was not done as the plan says


def _passed(kept: Kept, speaker: Speaker) -> Section:
    """Passed by decision, skipped, failed, put off, done otherwise: alone and overridden in loud words."""
    rows = [row for entry in kept.entries for row in _otherwise(entry, kept, speaker)]
    head = heads(speaker, "clock", "what", "person", "how", "why")
    return Section(speaker.say("report-passed"), (table(head, rows, speaker),))


def _otherwise(entry: Entry, kept: Kept, speaker: Speaker) -> Iterator[Row]:
    event = entry.event
    said = _how(event)
    if said is None:
        return
    word, why, tone = said
    step = getattr(event, "step", "")
    cells = (
        clock(since(kept.start, entry.at)),
        speaker.step(step),
        speaker.name(entry.by),
        speaker.say(word),
        same(why),
    )
    yield Row(cells, tone)


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


def _open(kept: Kept, speaker: Speaker) -> Section:
    """What nobody finished, put back, confirmed or agreed on."""
    state = kept.state
    unfinished = state.ended.open if state.ended is not None else tuple(state.open_steps())
    listed: list[tuple[str, Text, Tone]] = [("open-step", speaker.step(one), "strong") for one in unfinished]
    listed += [("open-entry", one, "alarm") for one in entries_denied(state)]
    listed += [("open-deferred", speaker.step(one), "strong") for one in state.deferred_steps()]
    listed += [("open-left", speaker.step(one), "strong") for one in state.left_over()]
    listed += [
        ("open-contradicted", speaker.step(one), "alarm")
        for one, kept_one in state.steps.items()
        if kept_one.contradicted
    ]
    for step, person in state.voices_unconfirmed():
        about = Text(*(f"{speaker.step(step).of(one)}  {speaker.name(person).of(one)}" for one in LANGUAGES))
        listed.append(("open-voice", about, "alarm"))
    rows = [Row((speaker.say(word), what), tone) for word, what, tone in listed]
    return Section(speaker.say("report-open"), (table(heads(speaker, "kind", "what"), rows, speaker),))
