"""audit RUN: one run as an auditor first sees it. It is given a reader, and has nothing to write with."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from drill import scoring
from drill.case import Case, case_of
from drill.evaluation import TRAINER
from engine.condition import say_clock, say_length
from engine.errors import RecordTrouble, Refused
from engine.events import ChildOpened, Entry, name_of, stamp
from engine.journal import Report
from engine.run import in_order
from engine.store import Reader, RunRow
from engine.text import clean
from tui import machine
from tui.amiss import Faulty, Places, faulty_of
from tui.answers import answer_lines, answers
from tui.auditor import WORD_OF, Filters, TitlesOf, by_clock, gaps_of
from tui.locale import join, say
from tui.logbook import Teller, Titles, when
from tui.marked import marked
from tui.reports.kept import kept
from tui.scored import score_lines
from tui.terminal import WIDTH


def look_at(reader: Reader, run: str, filters: Filters, as_json: bool, language: str) -> int:
    """Its timeline with both times, what verification says, and of a drill the score with its facts."""
    entries = in_order(reader.entries(run))
    row = next((one for one in reader.runs() if one.run == run), None)
    if row is None or not entries:
        raise Refused("unknown-run", run=run)
    case, score_word = _case(reader, row)
    if row.kind == "E" and case is None:
        raise Refused("drill-not-over", run=run)
    titles = TitlesOf(reader).of(row)
    report = reader.verify()
    look = _Look(row, titles, by_clock(entries), filters, language)
    look.faulty = faulty_of(report.findings)
    look.proof = report.lines(language, Places(reader, language))
    if not filters and not as_json:
        look.answers = _answers(reader, row, case, language, look.faulty)
    if as_json:
        print(json.dumps(look.as_json(report, case), ensure_ascii=False, indent=1))
        return report.exit_code
    for line in look.lines(report, case, score_word):
        print(line)
    return report.exit_code


def _case(reader: Reader, row: RunRow) -> tuple[Case | None, str]:
    """A drill that is over, to be judged; else the word for why there is no score. Its timeline is shown anyway."""
    if row.kind not in "DE":
        return None, ""
    if not reader.entries(f"E{row.run[1:]}"):
        return None, "audit-score-of-none"
    try:
        case = case_of(reader, row.run)
    except (RecordTrouble, Refused):
        return None, "audit-score-lost"  # what was changed or is missing, verification says
    over = case.over or case.state.ended is not None
    return (case, "") if over else (None, "audit-score-later")


def _answers(reader: Reader, row: RunRow, case: Case | None, language: str, faulty: Faulty) -> list[str]:
    """What an auditor asks first; nothing of a run whose plan cannot be read, or of a drill that goes on."""
    if row.kind == "E" or (row.kind == "D" and case is None and reader.entries(f"E{row.run[1:]}")):
        return []
    try:
        found = replace(kept(reader, row.run), faulty=faulty)
        judged = in_order(reader.entries(f"E{row.run[1:]}")) if case is not None else []
        return list(answer_lines(answers(found, case, judged, machine.wall_now()), language))
    except (RecordTrouble, Refused):
        return []  # what was changed or is missing, verification says


class _Look:
    """One run as an auditor first sees it."""

    def __init__(
        self, row: RunRow, titles: Titles, entries: list[Entry], filters: Filters, language: str
    ) -> None:
        self._row = row
        self._titles = titles
        self._entries = entries
        self._shown = [one for one in entries if filters.fit(one, titles)]
        self._filtered = bool(filters)
        self._language = language
        self._word = say(WORD_OF[row.kind], language)
        self._teller = Teller(titles, language)
        # A child run of a drill counts from its own report, like every run.
        self._start = row.opened_at or entries[0].at
        self._end = row.ended_at or entries[-1].at
        self.answers: list[str] = []
        """What an auditor asks first, in lines."""
        self.proof: list[str] = []
        """What verification said, in lines."""
        self.faulty = Faulty()

    def lines(self, report: Report, case: Case | None, score_word: str) -> Iterator[str]:
        """The page, every line marked with what the run is."""
        width = WIDTH if sys.stdout.isatty() else 0
        for lead, text in self._page(report, case, score_word):
            yield from marked(self._word, text, width, lead)

    def _page(self, report: Report, case: Case | None, score_word: str) -> Iterator[tuple[str, str]]:
        if report.exit_code:
            # Above everything: whoever reads on knows what it is worth.
            yield "", self._say("audit-proof", said=self.proof[0])
        yield from (("", line) for line in self._head())
        yield from self._proof()
        yield from (("", line) for line in self._score(case, score_word))
        for line in self.answers:
            indent = line[: len(line) - len(line.lstrip())]
            yield indent, line.lstrip()
        yield "", ""
        if self.answers:
            yield "", self._say("audit-all")
        gaps = gaps_of(self._entries)
        if self._filtered:
            yield "", self._say("audit-fits", count=len(self._shown), total=len(self._entries))
            gaps = {}
        elif gaps:
            yield "", self._say("audit-gaps", count=len(gaps))
        yield "", self._say("audit-columns")
        for entry in self._shown:
            if entry.hash in gaps:
                yield "", self._say("audit-gap", length=say_length(gaps[entry.hash], self._language))
            said = f"{self._teller.name(entry.by)}  {self._teller.sentence(entry)}"
            word = self.faulty.word(entry)
            yield f"{self._times(entry)}  ", self._say(f"report-{word}", what=said) if word else said

    def _head(self) -> Iterator[str]:
        row = self._row
        title = clean(self._titles.runbook.of(self._language))
        yield f"{clean(row.run)}  {title} r{row.revision}  {clean(self._titles.site)}  {clean(row.room or '-')}"
        ended = when(row.ended_at, self._titles.zone) if row.ended_at is not None else self._say("audit-open")
        yield self._say(
            "audit-began",
            start=when(self._start, self._titles.zone),
            end=ended,
            took=say_clock(max(timedelta(), self._end - self._start)),
        )
        devices = len({one.journal for one in self._entries})
        yield self._say("audit-entries", count=len(self._entries), devices=devices)
        yield self._say("audit-who", names=join(list(self._writers()), self._language))
        children = [one.event.child for one in self._entries if isinstance(one.event, ChildOpened)]
        if children:
            yield self._say("audit-child", runs=join(list(map(clean, children)), self._language))

    def _writers(self) -> Iterator[str]:
        counts: dict[str, int] = {}
        for entry in self._entries:
            counts[entry.by] = counts.get(entry.by, 0) + 1
        for person in sorted(counts, key=lambda one: -counts[one]):
            yield self._say("audit-by", name=self._teller.name(person), count=counts[person])

    def _proof(self) -> Iterator[tuple[str, str]]:
        first, *others = self.proof
        yield "", self._say("audit-proof", said=first)
        yield from (("  ", one) for one in others)

    def _score(self, case: Case | None, score_word: str) -> Iterator[str]:
        """Of a drill that is over: what it was, every finding, and the number with its facts."""
        if case is not None:
            yield self._drill(case)
            now = case.ended_at
            yield ""
            yield from score_lines(case, case.findings(now), case.inputs(now), self._language)
        elif score_word:
            yield self._say(score_word)

    def _drill(self, case: Case) -> str:
        scenario, evaluation = case.scenario, case.evaluation
        trainers = sorted(evaluation.staff.get(TRAINER, set()))
        return self._say(
            "audit-drill",
            title=clean(scenario.title.of(self._language)),
            id=scenario.id,
            revision=scenario.revision,
            form=self._say(f"form-{scenario.form}"),
            how=self._say(f"ended-{evaluation.how}") if evaluation.how is not None else "-",
            trainer=join([self._teller.name(one) for one in trainers], self._language) or "-",
            stage=self._say(f"stage-{evaluation.stage}"),
        )

    def _times(self, entry: Entry) -> str:
        """When it happened on the run's clock, and when it was written by the wall."""
        recorded = entry.recorded_at.astimezone(self._titles.zone)
        return f"{_since(self._start, entry.at)}  {recorded:%m-%d %H:%M:%S}"

    def _say(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self._language, **facts)

    def as_json(self, report: Report, case: Case | None) -> dict[str, Any]:
        """The same for another program."""
        gaps = gaps_of(self._entries)
        return {
            "run": self._row.run,
            "word": WORD_OF[self._row.kind],
            "runbook": self._row.runbook,
            "site": self._titles.site,
            "room": self._row.room,
            "verification": report.as_json(),
            "score": None if case is None else _score_json(case),
            "gaps": [
                {"before": one, "seconds": length // timedelta(seconds=1)} for one, length in gaps.items()
            ],
            "entries": [self._entry_json(one) for one in self._shown],
        }

    def _entry_json(self, entry: Entry) -> dict[str, Any]:
        return {
            "t": _since(self._start, entry.at),
            "at": stamp(entry.at),
            "recorded_at": stamp(entry.recorded_at),
            "by": entry.by,
            "actor": entry.actor,
            "event": name_of(entry.event),
            "says": self._teller.sentence(entry),
            "hash": entry.hash,
            "faults": self.faulty.ids(entry),
        }


def _since(start: datetime, at: datetime) -> str:
    return f"T+{say_clock(at - start)}"


def _score_json(case: Case) -> dict[str, Any]:
    inputs = case.inputs(case.ended_at)
    result, facts = scoring.score(inputs), scoring.facts(inputs)
    return {
        "score": None if result.number is None else str(result.number),
        "verdict": result.verdict,
        "gates": list(result.gates),
        "presented": facts.presented,
        "outcomes": dict(facts.outcomes),
        "critical": f"{facts.critical_right}/{facts.critical_observed}",
        "open": facts.open,
        "coverage": None if facts.coverage is None else str(scoring.rounded(facts.coverage, 4)),
        "freeze_s": facts.freeze_ms // 1000,
        "seed": facts.seed,
        "model": facts.model,
        "by_machine": case.by_machine,
        "scenario": case.scenario.id,
        "form": case.scenario.form,
        "ended": case.evaluation.how,
        "findings": {one.id: one.outcome for one in inputs.findings},
        "ratings": dict(inputs.ratings),
    }
