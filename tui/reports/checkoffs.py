"""Check-offs that tell less than they seem to: many within a few seconds, and those written down much later.

Whoever ticks four things in five seconds has looked at none of them. It is a question to ask, not a verdict:
nothing is taken away from the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.events import AnswerGiven, Entry, ItemTicked, SignedOff, StepDone, StepSkipped
from engine.report.sections import Paragraph, Row, Section, same
from engine.text import LANGUAGES, Text
from tui.logbook import CLOCK, LATE_S, Titles, of_a_drill
from tui.reports.kept import Kept
from tui.reports.record import heads, table
from tui.reports.speaking import Speaker, clock, listed, since

TOGETHER = timedelta(seconds=5)
"""Within so long nobody has looked at what they check off..."""

MANY = 4
"""...when it is so many."""

CHECK_OFFS = (StepDone, StepSkipped, AnswerGiven, ItemTicked, SignedOff)

Said = tuple[Entry, Titles]
"""An entry, with the words of its own plan."""


@dataclass(frozen=True)
class Burst:
    """Check-offs by one person at one device, any four neighbours of which lie within five seconds."""

    acts: tuple[Said, ...]
    """The first entry of each act, in the order in which they were written."""

    @property
    def length(self) -> timedelta:
        return _moment(self.acts[-1][0]) - _moment(self.acts[0][0])


def _moment(entry: Entry) -> datetime:
    """When it was typed; of a drill the exercise clock tells it, because a machine plays hours in a second."""
    return entry.at if of_a_drill(entry) else entry.recorded_at


def bursts(everything: Iterable[Said]) -> list[Burst]:
    """Every burst in a run and those below it, the earliest first."""
    by_hand: dict[tuple[str, str], dict[str, Said]] = {}
    for entry, titles in everything:
        if isinstance(entry.event, CHECK_OFFS) and CLOCK not in (entry.actor, entry.by):
            # What one act has written (a step with all its lines) is one key, and one look.
            acts = by_hand.setdefault((entry.actor, entry.journal), {})
            acts.setdefault(entry.cmd or entry.hash, (entry, titles))
    found = [burst for acts in by_hand.values() for burst in _of_one(_in_order(acts.values()))]
    return sorted(found, key=lambda one: _moment(one.acts[0][0]))


def _in_order(acts: Iterable[Said]) -> list[Said]:
    return sorted(acts, key=lambda one: (_moment(one[0]), one[0].pos))


def _of_one(acts: Sequence[Said]) -> Iterator[Burst]:
    """Stretches of which each act lies among so many within so long; those that overlap are one."""
    start, end = 0, 0
    for first in range(len(acts) - MANY + 1):
        last = first + MANY - 1
        if _moment(acts[last][0]) - _moment(acts[first][0]) > TOGETHER:
            continue
        if end and first >= end:
            yield Burst(tuple(acts[start:end]))
            start, end = first, 0
        start, end = (start if end else first), last + 1
    if end:
        yield Burst(tuple(acts[start:end]))


def late(everything: Iterable[Said]) -> list[Said]:
    """Check-offs that were written down a minute or more after what they say; of a drill nobody can tell."""
    return [
        (entry, titles)
        for entry, titles in everything
        if isinstance(entry.event, CHECK_OFFS)
        and CLOCK not in (entry.actor, entry.by)
        and not of_a_drill(entry)
        and (entry.recorded_at - entry.at).total_seconds() >= LATE_S
    ]


def checkoffs_section(kept: Kept, speaker: Speaker) -> Section:
    """What whoever reviews the run should ask about."""
    everything = kept.everything()
    many = [_burst(one, kept, speaker) for one in bursts(everything)]
    written_late = [_late(entry, Speaker(titles), kept) for entry, titles in late(everything)]
    facts = {"count": MANY, "seconds": int(TOGETHER.total_seconds())}
    return Section(
        speaker.say("report-checkoffs"),
        (
            Paragraph(speaker.say("report-bursts", **facts), "alarm" if many else "plain"),
            table(heads(speaker, "clock", "person", "count", "took", "steps"), many, speaker),
            Paragraph(speaker.say("report-late"), "plain"),
            table(heads(speaker, "clock", "recorded", "person", "late-by", "step"), written_late, speaker),
        ),
    )


def _burst(one: Burst, kept: Kept, speaker: Speaker) -> Row:
    first, titles = one.acts[0]
    steps = dict.fromkeys(_step(entry, its) for entry, its in one.acts)
    cells = (
        clock(since(kept.start, _moment(first))),
        Speaker(titles).name(first.actor),
        same(str(len(one.acts))),
        speaker.say("report-within-seconds", seconds=_seconds(one.length)),
        listed(steps),
    )
    return Row(cells, "alarm")


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():.1f}"


def _step(entry: Entry, titles: Titles) -> Text:
    """The step, or the line of it."""
    event, speaker = entry.event, Speaker(titles)
    said = speaker.step(getattr(event, "step", ""))
    if not isinstance(event, ItemTicked):
        return said
    return Text(*(f"{said.of(one)} ({event.name or event.item})" for one in LANGUAGES))


def _late(entry: Entry, speaker: Speaker, kept: Kept) -> Row:
    cells = (
        clock(since(kept.start, entry.at)),
        speaker.moment(entry.recorded_at),
        speaker.name(entry.by),
        speaker.length(timedelta(minutes=(entry.recorded_at - entry.at) // timedelta(minutes=1))),
        _step(entry, speaker.titles),
    )
    return Row(cells, "strong")
