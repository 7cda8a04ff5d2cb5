"""The timeline of a run: what came, what was reached, what people did, on the run's own clock."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from drill.findings import Shown
from drill.reasons import REASON_FOLLOWS
from engine.events import (
    ClockSet,
    Entry,
    InjectSet,
    LevelDeclared,
    PersonJoined,
    RoleTaken,
    RunEnded,
    RunOpened,
    Told,
    WarningShown,
    WatchRaised,
)
from engine.report.sections import Lane, Point, Shape, Span, Timeline, same
from engine.state import Setting
from engine.text import Text
from tui.logbook import CLOCK
from tui.reports.kept import Kept
from tui.reports.speaking import Speaker, since

NO_ACT = (RunOpened, PersonJoined, RoleTaken, WarningShown, ClockSet, InjectSet, RunEnded)
"""What is nobody's act on the plan."""

_MS = timedelta(milliseconds=1)
_OUTCOMES: dict[str, Shape] = {"met": "right", "late": "late", "missed": "wrong", "wrong": "wrong"}


def drill_timeline(kept: Kept, found: list[Shown], numbers: dict[str, str]) -> Timeline:
    """Injects, marks, freezes, what was expected, and what everybody did; `numbers`: control numbers."""
    speaker = Speaker(kept.titles)
    lanes = [_injects(kept, speaker, numbers), *_clock(kept, speaker), _marks(kept, speaker)]
    lanes += [_expected(one, kept, speaker) for one in found]
    lanes += _people(kept, speaker)
    return Timeline(_length(kept), tuple(lanes), speaker.say("report-key-drill"))


def run_timeline(kept: Kept) -> Timeline:
    """Marks, levels and words to others, and what everybody did."""
    speaker = Speaker(kept.titles)
    lanes = [_marks(kept, speaker), _situation(kept, speaker), *_people(kept, speaker)]
    return Timeline(_length(kept), tuple(one for one in lanes if one.points), speaker.say("report-key-run"))


def _length(kept: Kept) -> int:
    return max(since(kept.start, kept.end), 60_000)


# --- lanes


def _injects(kept: Kept, speaker: Speaker, numbers: dict[str, str]) -> Lane:
    points = [
        Point(
            since(kept.start, card.at),
            "inject",
            same(numbers.get(card.inject, card.inject)),
            Text(*(f"{numbers.get(card.inject, card.inject)} {card.title.of(one)}" for one in ("zh", "en"))),
        )
        for card in kept.state.cards
    ]
    return Lane(speaker.say("report-lane-injects"), tuple(points))


def _marks(kept: Kept, speaker: Speaker) -> Lane:
    points = [
        Point(since(kept.start, at), "mark", speaker.mark(mark), speaker.mark(mark))
        for mark, at in kept.state.first_marks.items()
        if at <= kept.end
    ]
    return Lane(speaker.say("report-lane-marks"), tuple(points))


def _clock(kept: Kept, speaker: Speaker) -> Iterator[Lane]:
    """Where the exercise clock stood still; it has no length there, so the length is said."""
    points = [
        Point(
            one.exercise // _MS,
            "freeze",
            speaker.length(length),
            speaker.say("report-froze", length=speaker.length(length), reason=speaker.because(one.reason)),
        )
        for one, length in freezes(kept.state.settings)
    ]
    if points:
        yield Lane(speaker.say("report-lane-clock"), tuple(points))


def freezes(settings: Iterable[Setting]) -> list[tuple[Setting, timedelta]]:
    """Every time a drill's clock stood still between two runs of it, and for how long on the wall."""
    listed = _explained(settings)
    pairs = itertools.pairwise(listed)
    return [
        (one, max(timedelta(), after.wall - one.wall))
        for number, (one, after) in enumerate(pairs)
        if one.rate == 0 and any(before.rate for before in listed[:number])
    ]


def _explained(settings: Iterable[Setting]) -> list[Setting]:
    """The settings, one that only says afterwards why the clock stands told with the one that stopped it.

    The last of them explains nothing: it is the end of the drill, which may come before a reason was given.
    """
    listed, found = list(settings), list[Setting]()
    for one in listed:
        before = found[-1] if found else None
        owed = before is not None and before.reason == REASON_FOLLOWS and one is not listed[-1]
        if before is not None and owed and (one.rate, one.exercise) == (before.rate, before.exercise):
            found[-1] = replace(before, reason=one.reason)
        else:
            found.append(one)
    return found


def _expected(one: Shown, kept: Kept, speaker: Speaker) -> Lane:
    """From the moment it counts to target and limit, and the deed."""
    finding = one.finding
    outcome = speaker.say(f"outcome-{finding.outcome}")
    title = Text(*(f"{finding.id} [{outcome.of(language)}]" for language in ("zh", "en")))
    if one.start_at is None:
        return Lane(title)
    begin = since(kept.start, one.start_at)
    return Lane(title, tuple(_deed(one, begin, kept)), tuple(_allowed(one, begin)))


def _allowed(one: Shown, begin: int) -> Iterator[Span]:
    target, limit = one.finding.target_ms, one.finding.limit_ms
    if target is not None:
        yield Span(begin, begin + target, "target")
    if limit is not None:
        yield Span(begin + (target or 0), begin + limit, "limit")


def _deed(one: Shown, begin: int, kept: Kept) -> Iterator[Point]:
    finding = one.finding
    shape = _OUTCOMES.get(finding.outcome)
    if shape is None:
        return
    if finding.took_ms is not None:
        at = begin + finding.took_ms
    elif one.seen is not None:
        at = since(kept.start, one.seen.at)
    else:
        # Missed: it stands where its time ran out, or where the drill ended.
        at = min(begin + (finding.limit_ms or _length(kept)), _length(kept))
    yield Point(at, shape, Text("", ""), one.expectation.text)


def _situation(kept: Kept, speaker: Speaker) -> Lane:
    """Levels declared, watches raised, and words that went out."""
    wanted = (LevelDeclared, WatchRaised, Told)
    points = [
        Point(
            since(kept.start, entry.at),
            "inject",
            _short(entry, speaker),
            kept.marked(entry, speaker.sentence(entry)),
        )
        for entry in kept.entries
        if isinstance(entry.event, wanted) and entry.at <= kept.end
    ]
    return Lane(speaker.say("report-lane-situation"), tuple(points))


def _short(entry: Entry, speaker: Speaker) -> Text:
    event = entry.event
    if isinstance(event, LevelDeclared):
        return speaker.say("level", level=event.level)
    if isinstance(event, Told):
        return speaker.titles.groups.get(event.group, same(event.group))
    assert isinstance(event, WatchRaised)
    return speaker.titles.watches.get(event.watch, same(event.watch))


def _people(kept: Kept, speaker: Speaker) -> Iterator[Lane]:
    """One lane for each person: a stroke for every moment at which they did something, in any of the runs."""
    acts: dict[str, dict[datetime, list[Text]]] = {}
    for titles, entries in [
        (kept.titles, kept.entries),
        *((one.titles, one.entries) for one in kept.children),
    ]:
        for entry in entries:
            if not isinstance(entry.event, NO_ACT) and entry.at <= kept.end:
                said = kept.marked(entry, Speaker(titles).sentence(entry))
                acts.setdefault(entry.by, {}).setdefault(entry.at, []).append(said)
    for person in sorted(acts, key=lambda one: (one == CLOCK, min(acts[one]))):
        points = [
            Point(
                since(kept.start, at),
                "act",
                says=Text(*("; ".join(t.of(one) for t in said) for one in ("zh", "en"))),
            )
            for at, said in sorted(acts[person].items())
        ]
        yield Lane(speaker.name(person), tuple(points))
