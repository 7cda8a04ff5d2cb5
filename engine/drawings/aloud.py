"""A runbook in words, as it would be read out or printed."""

from __future__ import annotations

from engine.drawings.pen import NARROWEST, WIDTH, Pen, lane_name
from engine.drawings.preface import ending, preface
from engine.drawings.rows import rows_of, then_rows
from engine.graph import StepGraph
from engine.plan import Step
from engine.text import cells, clean, wrap


def as_text(graph: StepGraph, language: str, width: int = WIDTH, room: str | None = None) -> str:
    """The whole runbook in words, steps in the author's order, lines of `width` cells (at least 40).

    `graph` is bound to `room`, whose values messages and conditions then say.
    """
    pen, width = Pen(graph, language, room), max(width, NARROWEST)
    blocks = [_wrapped(pen, _heading(pen), width)]
    blocks += [_section(pen, name, lines, width) for name, lines in preface(pen) if lines]
    lane = None
    for step in graph.runbook.steps:
        if step.lane != lane:
            blocks.append([f"== {lane_name(pen, step.lane)}"])
            lane = step.lane
        blocks.append(_step_block(pen, step, width))
    blocks += [_section(pen, name, lines, width) for name, lines in ending(pen) if lines]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _wrapped(pen: Pen, text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The lines of `text`: `first` before the first one, `rest` before all others."""
    room = width - max(cells(first), cells(rest))
    lines = wrap(text, room, keep=pen.tags)
    return [f"{rest if number else first}{line}".rstrip() for number, line in enumerate(lines)]


def _section(pen: Pen, name: str, lines: list[str], width: int) -> list[str]:
    body = [line for text in lines for line in _wrapped(pen, text, width, "  - ", "    ")]
    return [pen.word(name), *body]


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
