"""A report as Markdown: readable as it stands, in every language one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from engine.condition import say_clock
from engine.report.sections import Lane, Paragraph, Part, Point, Report, Section, Table, Timeline, Verbatim
from engine.text import LANGUAGES, Text, clean, pad

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LIST = re.compile(r"^(\s*\d*)([-+.)])(?=\s)", re.MULTILINE)
"""What would make a list of a sentence."""

_SIGNS = {
    "inject": "v",
    "mark": "<>",
    "freeze": "||",
    "right": "o",
    "late": "(o)",
    "wrong": "x",
}
"""The forms of the drawing in plain characters."""

_TITLE_CELLS = 24
_FENCE = "~~~~~~~~"
"""Longer than anything a checkpoint holds."""


def document(report: Report) -> str:
    """The report as Markdown."""
    return "\n".join(line for one in LANGUAGES for line in _article(report, one)) + "\n"


def _article(report: Report, language: str) -> Iterator[str]:
    mark = _safe(report.mark.of(language))
    yield f"# {mark}  {_safe(report.title.of(language))}"
    yield ""
    yield f"**{mark}**  {_safe(report.about.of(language))}"
    yield ""
    for one in report.sections:
        yield from _section(one, mark, language)
    yield f"**{mark}**"
    yield ""


def _section(section: Section, mark: str, language: str) -> Iterator[str]:
    yield f"## {_safe(section.title.of(language))}  ({mark})"
    yield ""
    for part in section.parts:
        yield from _part(part, language)
        yield ""


def _part(part: Part, language: str) -> Iterator[str]:
    if isinstance(part, Paragraph):
        words = "  \n".join(_safe(part.words.of(language)).split("\n"))
        yield words if part.tone in ("plain", "quiet") else f"**{words}**"
    elif isinstance(part, Table):
        yield from _table(part, language)
    elif isinstance(part, Verbatim):
        yield from _fenced(clean(part.words, lines=True).split("\n"))
    else:
        yield from _fenced(list(_timeline(part, language)))
        yield ""
        yield _safe(part.key.of(language))


def _fenced(lines: list[str]) -> Iterator[str]:
    yield _FENCE
    yield from (line.replace(_FENCE, "~") for line in lines)
    yield _FENCE


def _table(table: Table, language: str) -> Iterator[str]:
    wide = len(table.head) or max((len(row.cells) for row in table.rows), default=1)
    head = [_cell(one, language) for one in table.head] or [""] * wide
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * wide}"
    for row in table.rows:
        cells = [_cell(one, language) for one in row.cells]
        loud = row.tone in ("strong", "alarm")
        yield f"| {' | '.join(f'**{one}**' if loud and one else one for one in cells)} |"


def _cell(words: Text, language: str) -> str:
    return "<br>".join(_safe(words.of(language)).split("\n"))


def _timeline(timeline: Timeline, language: str) -> Iterator[str]:
    """Every moment in its order, with its lane; the acts of people stand in the list of what was done."""
    listed = [
        (point.ms, number, point)
        for number, lane in enumerate(timeline.lanes)
        for point in lane.points
        if point.shape != "act"
    ]
    for ms, number, point in sorted(listed, key=lambda one: one[:2]):
        yield _moment(ms, timeline.lanes[number], point, language)


def _moment(ms: int, lane: Lane, point: Point, language: str) -> str:
    clock = say_clock(timedelta(milliseconds=ms))
    title = pad(clean(lane.title.of(language)), _TITLE_CELLS)
    words = clean((point.says if point.says.of(language) else point.label).of(language))
    return f"T+{clock}  {pad(_SIGNS[point.shape], 3)}  {title}  {words}".rstrip()


def _safe(words: str) -> str:
    """Cleaned, then nothing in it means anything to Markdown; line breaks are kept."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", clean(words, lines=True)))
