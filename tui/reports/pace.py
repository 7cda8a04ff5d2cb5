"""How long every step took against what its plan reckons with: from the record and the graph that it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.plan import Takes
from engine.report.sections import Paragraph, Row, Section, Tone, same
from engine.state import StepState
from engine.text import Text
from tui.reports.kept import Kept
from tui.reports.record import heads, table
from tui.reports.speaking import Speaker, clock, since


def times_section(kept: Kept, speaker: Speaker) -> Section:
    """Every step that opened: when, how long it took, what the plan reckons with, and whether that was kept."""
    head = heads(speaker, "opened", "step", "took", "reckoned", "standing")
    rows = [row for one in kept.state.steps.values() for row in _row(one, kept, speaker)]
    how = Paragraph(speaker.say("report-times-how"), "quiet")
    return Section(speaker.say("report-times"), (how, table(head, rows, speaker)))


def _row(one: StepState, kept: Kept, speaker: Speaker) -> Iterator[Row]:
    opened = one.opened_at
    if opened is None:
        return
    took = _took(one, kept)
    word, tone = _standing(one, took, kept)
    target = same("-") if one.step.takes is None else _target(one.step.takes, speaker)
    cells = (
        clock(since(kept.start, opened)),
        speaker.step(one.step.id),
        clock(took // timedelta(milliseconds=1)),
        target,
        speaker.say(word),
    )
    yield Row(cells, tone)


def _took(one: StepState, kept: Kept) -> timedelta:
    """From where somebody began it, else from its opening, to its end; of one that is open, up to now."""
    begun = one.started_at or one.opened_at or kept.start
    ended = one.last.at if one.status is not None and one.last is not None else kept.end
    return max(ended - begun, timedelta())


def _target(takes: Takes, speaker: Speaker) -> Text:
    return speaker.say("report-reckoned-says", likely=takes.likely, most=takes.most)


def _standing(one: StepState, took: timedelta, kept: Kept) -> tuple[str, Tone]:
    """Whether the plan's time was kept; what has a limit of its own is late when that has passed."""
    if one.missed_at is not None:
        return "pace-limit-passed", "alarm"
    if one.step.takes is not None and took > timedelta(minutes=float(one.step.takes.most)):
        return "pace-longer", "strong"
    if one.status is None:
        return ("pace-open" if one.step.id in kept.state.open_steps() else "pace-left"), "plain"
    return ("pace-kept" if one.step.takes is not None else "pace-no-target"), "plain"
