"""A runbook in words, as it would be read out or printed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.condition import say_length
from engine.drawings.pen import NARROWEST, WIDTH, Pen
from engine.drawings.rows import rows_of, then_rows
from engine.graph import StepGraph
from engine.plan import MAIN, RESTORE, Reading, Step, Watch
from engine.text import Text, cells, clean, wrap


def as_text(graph: StepGraph, language: str, width: int = WIDTH) -> str:
    """The whole runbook in words, steps in the author's order, lines of `width` cells (at least 40)."""
    pen, width = Pen(graph, language), max(width, NARROWEST)
    blocks = [_wrapped(pen, _heading(pen), width)]
    blocks += [_section(pen, name, lines, width) for name, lines in _preface(pen) if lines]
    lane = None
    for step in graph.runbook.steps:
        if step.lane != lane:
            blocks.append([f"== {_lane_heading(pen, step.lane)}"])
            lane = step.lane
        blocks.append(_step_block(pen, step, width))
    blocks += [_section(pen, name, lines, width) for name, lines in _ending(pen) if lines]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _wrapped(pen: Pen, text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The lines of `text`: `first` before the first one, `rest` before all others."""
    room = width - max(cells(first), cells(rest))
    lines = wrap(text, room, keep=pen.tags)
    return [f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines)]


def _section(pen: Pen, name: str, lines: list[str], width: int) -> list[str]:
    body = [line for text in lines for line in _wrapped(pen, text, width, "  - ", "    ")]
    return [pen.word(name), *body]


def _lane_heading(pen: Pen, lane: str) -> str:
    return pen.lane(lane) if lane in (MAIN, RESTORE) else pen.word("lane", lane=pen.lane(lane))


def _heading(pen: Pen) -> str:
    runbook = pen.graph.runbook
    head = pen.word("head", id=clean(runbook.id), revision=runbook.revision)
    if runbook.released_by is None:
        head += pen.word("not-released")
    else:
        head += pen.word("released", name=clean(runbook.released_by), date=runbook.released_at or "-")
    if runbook.review_by is not None:
        head += pen.word("review", date=runbook.review_by)
    return f"{pen.title(runbook.title)}\n{head}"


def _preface(pen: Pen) -> Iterator[tuple[str, list[str]]]:
    runbook = pen.graph.runbook
    yield "symptoms", [pen.title(text) for text in runbook.symptoms]
    yield "entry", [pen.title(text) for text in runbook.entry]
    yield "roles", [f"{clean(role)}: {pen.title(title)}" for role, title in runbook.roles]
    yield "readings", [_reading_line(pen, reading) for reading in runbook.readings]
    yield (
        "levels",
        [_level_line(pen, level) for level in dict.fromkeys(rule.level for rule in runbook.levels)],
    )
    yield "goals", [f"{clean(name)}: {pen.reading(reading)}" for name, reading in runbook.goals]


def _ending(pen: Pen) -> Iterator[tuple[str, list[str]]]:
    runbook = pen.graph.runbook
    yield "watches", [_watch_line(pen, watch) for watch in runbook.watches]
    yield "exit", [pen.condition(condition) for condition in runbook.exit]
    yield "inhibits", [clean(other) for other in runbook.inhibits]


def _reading_line(pen: Pen, reading: Reading) -> str:
    parts = [f"{clean(reading.id)}: {pen.reading(reading.id)}"]
    if reading.least is not None or reading.most is not None:
        least, most = (".." if one is None else format(one, "f") for one in (reading.least, reading.most))
        parts.append(pen.word("range", least=least, most=most))
    if reading.warn is not None:
        parts.append(pen.word("aware", band=pen.condition(reading.warn)))
    if reading.act is not None:
        parts.append(pen.word("act", band=pen.condition(reading.act)))
    if reading.fresh is not None:
        parts.append(pen.word("fresh", time=say_length(reading.fresh, pen.language)))
    return pen.word("comma").join(parts)


def _level_line(pen: Pen, level: str) -> str:
    grounds = [
        pen.condition(rule.when) if rule.when is not None else pen.title(rule.words or Text("", ""))
        for rule in pen.graph.runbook.levels
        if rule.level == level
    ]
    return f"{clean(level)}: {pen.word('either').join(grounds)}"


def _watch_line(pen: Pen, watch: Watch) -> str:
    parts = []
    if watch.words is not None:
        parts.append(pen.word("watch-if", words=pen.title(watch.words)))
    if watch.when is not None:
        parts.append(pen.word("watch-when", condition=pen.condition(watch.when)))
    if watch.level is not None:
        parts.append(pen.word("watch-level", level=clean(watch.level)))
    if watch.run is not None:
        parts.append(f"{pen.word('run')} {clean(watch.run)}")
    opened = [pen.ref(edge.later) for edge in pen.graph.out[watch.id]]
    if opened:
        parts.append(pen.word("then", list=pen.list(opened)))
    until = (
        pen.condition(watch.until)
        if watch.until
        else pen.title(watch.until_words)
        if watch.until_words
        else ""
    )
    if until:
        parts.append(pen.word("watch-until", condition=until))
    return f"{clean(watch.id)}: {pen.word('comma').join(parts)}"


def _step_block(pen: Pen, step: Step, width: int) -> list[str]:
    """The number, the warning right above the action, who and where, and everything else in short rows."""
    number = f"{pen.graph.number[step.id]}. ".rjust(len(str(len(pen.graph.runbook.steps))) + 2)
    margin = " " * len(number)
    first = number
    lines = []
    if step.warn is not None:
        lines += _wrapped(pen, pen.word("warning", text=pen.said(step.warn)), width, first, margin)
        first = margin
    lines += _wrapped(pen, pen.said(step.text), width, first, margin)
    lines += _wrapped(pen, _who_and_where(pen, step), width, margin, margin)
    for row in rows_of(pen, step):
        lines += _wrapped(pen, row, width, margin, margin + "  ")
    for row in then_rows(pen, step):
        lines += _wrapped(pen, row, width, margin + "-> ", margin + "   ")
    return lines


def _who_and_where(pen: Pen, step: Step) -> str:
    parts = [pen.word(step.kind)]
    if step.roles:
        parts.append(pen.word("or").join(pen.role(role) for role in step.roles))
    if step.cls != "mandatory":
        parts.append(pen.word(step.cls))
    if step.where is not None:
        parts.append(pen.word("at", place=pen.title(step.where)))
    if step.tag is not None:
        parts.append(pen.word("tag", tag=pen.tag(step.tag)))
    if step.takes is not None:
        takes = {name: format(getattr(step.takes, name), "f") for name in ("least", "likely", "most")}
        parts.append(pen.word("takes", **takes))
    return f"[{clean(step.id)}] {pen.word('comma').join(parts)}"
