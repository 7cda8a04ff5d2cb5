"""A runbook as a picture for Mermaid and Graphviz. A label can never become anything else than a label."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.drawings.pen import Pen, lane_of
from engine.graph import StepGraph
from engine.plan import MAIN, Answer, Back, Kind
from engine.text import clean


@dataclass(frozen=True, slots=True)
class _Arrow:
    """One line of a drawing, from step to step."""

    earlier: str
    later: str
    label: str = ""
    dotted: bool = False
    turns_back: bool = False


def _arrows(pen: Pen) -> Iterator[_Arrow]:
    """Every edge, once for each thing it means, and every way back."""
    for node in pen.graph.order:
        for edge in pen.graph.out[node]:
            if edge.after:
                yield _Arrow(node, edge.later, pen.answers(edge))
            if edge.missed:
                yield _Arrow(node, edge.later, pen.word("edge-missed"), dotted=True)
            if edge.until:
                yield _Arrow(node, edge.later, pen.word("edge-until"), dotted=True)
        step = pen.graph.steps.get(node)
        for answer in step.answers if step is not None else ():
            if answer.back is not None:
                yield _back_arrow(pen, node, answer, answer.back)


def _back_arrow(pen: Pen, node: str, answer: Answer, back: Back) -> _Arrow:
    label = pen.word("edge-back", answer=pen.title(answer.says), times=back.at_most)
    return _Arrow(node, back.step, label, dotted=True, turns_back=True)


def _lanes(graph: StepGraph) -> dict[str | None, list[str]]:
    """The nodes of each lane, in order; the watches under None."""
    found: dict[str | None, list[str]] = {}
    for node in graph.order:
        found.setdefault(lane_of(graph, node), []).append(node)
    return found


def _node_names(graph: StepGraph) -> dict[str, str]:
    """A name for each node that is safe in any language: ``s12`` is step 12, ``w1`` the first watch."""
    steps = {step_id: f"s{number}" for step_id, number in graph.number.items()}
    return steps | {watch_id: f"w{number}" for number, watch_id in enumerate(graph.watches, start=1)}


def _label_lines(pen: Pen, node: str) -> tuple[str, str]:
    number = pen.graph.number.get(node)
    return (clean(node) if number is None else f"{number} {clean(node)}", pen.title_of(node))


_SHAPES: dict[Kind | None, tuple[str, str]] = {
    "do": ("[", "]"),
    "ask": ("{", "}"),
    "hold": ("{{", "}}"),
    "wait": ("([", "])"),
    "contact": ("[/", "/]"),
    "tell": ("[/", "/]"),
    "run": ("[[", "]]"),
    None: (">", "]"),
}
"""The brackets by which Mermaid draws a step of each kind; None is a watch."""

# What may stand in a Mermaid label as it is: everything else is written as its number. So nothing is left
# that ends a label, begins a comment, directive, link or style, or is read as Markdown or HTML.
_NOT_PLAIN = re.compile(
    "(?<![0-9A-Za-z])-|-(?![0-9A-Za-z])"
    r"|[^- ,0-9A-Za-z\u3001-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]"
)


def _mermaid_label(*lines: str) -> str:
    escaped = (_NOT_PLAIN.sub(lambda found: f"#{ord(found[0])};", line) for line in lines if line)
    # An empty label is a fault in Mermaid.
    return '"' + ("<br/>".join(escaped) or "#45;") + '"'


def as_mermaid(graph: StepGraph, language: str) -> str:
    """A Mermaid flowchart: a box for each lane; dotted lines for limits, ends of repetition, ways back."""
    pen, names = Pen(graph, language), _node_names(graph)
    lines = ["flowchart TD"]
    for number, (lane, nodes) in enumerate(_lanes(graph).items(), start=1):
        boxed = lane not in (MAIN, None)
        if boxed:
            lines.append(f"  subgraph lane{number} [{_mermaid_label(pen.lane(lane))}]")
        for node in nodes:
            left, right = _SHAPES[graph.steps[node].kind if node in graph.steps else None]
            lines.append(f"  {names[node]}{left}{_mermaid_label(*_label_lines(pen, node))}{right}")
        if boxed:
            lines.append("  end")
    for arrow in _arrows(pen):
        line = "-.->" if arrow.dotted else "-->"
        label = f"|{_mermaid_label(arrow.label)}|" if arrow.label else ""
        lines.append(f"  {names[arrow.earlier]} {line}{label} {names[arrow.later]}")
    return "\n".join(lines) + "\n"


_DOT_SHAPES: dict[Kind | None, str] = {
    "do": "box",
    "ask": "diamond",
    "hold": "octagon",
    "wait": "oval",
    "contact": "parallelogram",
    "tell": "parallelogram",
    "run": "box3d",
    None: "cds",
}


def _dot_label(*lines: str) -> str:
    # A backslash begins an escape in DOT, and so does what it calls an escString (\N, \l); none is left bare.
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines if line)
    return '"' + "\\n".join(escaped) + '"'


def as_dot(graph: StepGraph, language: str) -> str:
    """A Graphviz digraph: one cluster for each lane; a way back does not bend the order of the steps."""
    pen, names = Pen(graph, language), _node_names(graph)
    lines = [
        "digraph runbook {",
        '  graph [charset="UTF-8"];',
        f"  label={_dot_label(pen.title(graph.runbook.title))};",
    ]
    for number, (lane, nodes) in enumerate(_lanes(graph).items(), start=1):
        boxed = lane not in (MAIN, None)
        if boxed:
            lines += [
                f"  subgraph cluster_{number} {{",
                f"  label={_dot_label(pen.lane(lane))};",
            ]
        for node in nodes:
            shape = _DOT_SHAPES[graph.steps[node].kind if node in graph.steps else None]
            lines.append(f"  {names[node]} [shape={shape}, label={_dot_label(*_label_lines(pen, node))}];")
        if boxed:
            lines.append("  }")
    lines += [_dot_arrow(arrow, names) for arrow in _arrows(pen)]
    return "\n".join([*lines, "}"]) + "\n"


def _dot_arrow(arrow: _Arrow, names: dict[str, str]) -> str:
    said = [f"label={_dot_label(arrow.label)}"] if arrow.label else []
    said += ["style=dotted"] if arrow.dotted else []
    said += ["constraint=false"] if arrow.turns_back else []
    attributes = f" [{', '.join(said)}]" if said else ""
    return f"  {names[arrow.earlier]} -> {names[arrow.later]}{attributes};"
