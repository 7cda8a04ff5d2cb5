"""What an auditor asks of a run first, answered from the record: the sections of its report that answer it.

Of any run: what was promised and kept, who was told, what was overridden, who signed. Of a drill besides: why
an expectation failed, what became of the script, how long the clock stood, who came, who rated it and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from drill.case import Case
from engine.clocks import frozen_for
from engine.events import Entry
from engine.report.lines import lines
from engine.report.sections import Row, Section, Table
from tui.reports.company import notified_section, sheet_section
from tui.reports.judged import Drilled, findings_section, notes_section, ratings_section
from tui.reports.kept import Kept
from tui.reports.picture import freezes
from tui.reports.promised import passed_section, promises_section, told_section
from tui.reports.record import heads, signatures_section, table
from tui.reports.script import injects_section
from tui.reports.speaking import Speaker, clock, since

MS, SECOND = timedelta(milliseconds=1), timedelta(seconds=1)
FAILED = ("late", "missed", "wrong", "not-observed", "open")


def answers(kept: Kept, case: Case | None, judged: list[Entry], now: datetime) -> Iterator[Section]:
    """The sections, in the order in which somebody asks; `judged`: the entries of a drill's evaluation."""
    speaker = Speaker(kept.titles)
    drill = None if case is None else Drilled.of(kept, case, judged)
    if drill is not None:
        yield _failed(drill)
        yield ratings_section(drill)
        yield notes_section(drill)
        yield _stood(drill)
        yield injects_section(drill)
    yield promises_section(kept, speaker, kept.end if kept.state.ended is not None else now)
    yield told_section(kept, speaker)
    yield passed_section(kept, speaker)
    yield signatures_section(kept, speaker)
    if drill is not None:
        yield notified_section(drill)
        yield sheet_section(drill)


def answer_lines(sections: Iterator[Section], language: str) -> Iterator[str]:
    """All of them as lines, an empty one before each."""
    for section in sections:
        yield ""
        yield from lines(section, language)


def _failed(drill: Drilled) -> Section:
    """Every expectation that did not come out well, from when it counted, and what shows it."""
    speaker = drill.speaker
    wanted = {one.finding.id for one in drill.found if one.finding.outcome in FAILED}
    (found,) = findings_section(drill).parts
    rows = [row for row in found.rows if row.cells[0].en in wanted] if isinstance(found, Table) else []
    began = {
        one.finding.id: clock(None if one.start_at is None else since(drill.kept.start, one.start_at))
        for one in drill.found
    }
    said = [Row((*row.cells[:1], began[row.cells[0].en], *row.cells[2:]), row.tone) for row in rows]
    title = speaker.say("audit-failed", count=len(said), total=len(drill.found))
    head = heads(speaker, "id", "since", "expected", "class", "outcome", "took", "limits", "shown")
    return Section(title, (table(head, said, speaker),))


def _stood(drill: Drilled) -> Section:
    """How long the clock stood still, how often and why."""
    speaker, settings = drill.speaker, drill.kept.state.settings
    rows = [
        Row((clock(one.exercise // MS), speaker.length(length), speaker.because(one.reason)))
        for one, length in freezes(settings)
    ]
    title = speaker.say("audit-stood", seconds=frozen_for(settings) // SECOND, count=len(rows))
    head = heads(speaker, "clock", "took", "why")
    return Section(title, (table(head, rows, speaker),))
