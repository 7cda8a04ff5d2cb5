"""The report of a real run or a rehearsal: what was promised, who signed, what was passed without, what is open."""

from __future__ import annotations

from engine.report.sections import Paragraph, Part, Report, Row, Section, Tone
from engine.text import LANGUAGES, Text
from tui.reports.checkoffs import checkoffs_section
from tui.reports.kept import Kept, Proof
from tui.reports.pace import times_section
from tui.reports.picture import run_timeline
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
from tui.reports.speaking import Speaker
from tui.view.head import entries_denied

REAL = "R"


def run_report(kept: Kept, proof: Proof) -> Report:
    """All of it; how promises stand is judged at the moment the report is made."""
    speaker = Speaker(kept.titles)
    sections = (
        proof_first(_head(kept, speaker), proof, speaker),
        Section(speaker.say("report-timeline"), (run_timeline(kept),)),
        promises_section(kept, speaker, proof.made_at),
        told_section(kept, speaker),
        passed_section(kept, speaker),
        times_section(kept, speaker),
        checkoffs_section(kept, speaker),
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


# --- what is left open


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
