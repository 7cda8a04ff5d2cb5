"""A runbook as JSON, for programs."""

from __future__ import annotations

import json
from decimal import Decimal

from engine.codec import to_json
from engine.graph import StepGraph, starts_of
from engine.plan import Step
from engine.text import clean_json

JSON_FORMAT = 1
"""The version of what `as_json` gives."""


def as_json(graph: StepGraph) -> str:
    """Everything, as JSON. What could act on a terminal is escaped as JSON does, so the values are exact.

    format     1
    runbook    what the plan says, by the fields of `engine.plan.Runbook`; what has its default is left out
    edges      `earlier`, `later`, and as they apply `after` (with `answers`), `missed`, `until`
    order      every step and watch, each after all it waits for
    numbers    the number of each step as a person reads it
    starts     the steps that open with the run
    closing    the step every road ends at, but for those that say `ends`
    counts     steps, watches, lanes, decisions (steps with answers), answers, edges
    critical   the longest likely way to the closing step, going back not counted: `minutes` as a decimal,
               and the `steps` that take time by their `takes` and `for`; the others count nothing
    digest     SHA-256 of the compiled graph, by which a run pins it
    """
    minutes, way = critical(graph)
    steps = graph.runbook.steps
    said = {
        "format": JSON_FORMAT,
        "runbook": to_json(graph.runbook),
        "edges": [to_json(edge) for node in graph.order for edge in graph.out[node]],
        "order": list(graph.order),
        "numbers": graph.number,
        "starts": starts_of(graph),
        "closing": graph.closing,
        "counts": {
            "steps": len(steps),
            "watches": len(graph.runbook.watches),
            "lanes": len({step.lane for step in steps}),
            "decisions": sum(step.decides for step in steps),
            "answers": sum(len(step.answers) for step in steps),
            "edges": graph.dag.number_of_edges(),
        },
        "critical": {"minutes": format(minutes, "f"), "steps": way},
        "digest": graph.digest,
    }
    return clean_json(json.dumps(said, ensure_ascii=False, indent=1)) + "\n"


def critical(graph: StepGraph) -> tuple[Decimal, list[str]]:
    """The longest likely way to the closing step: its minutes, and its steps that take time."""
    took: dict[str, Decimal] = {}
    came: dict[str, str | None] = {}
    for node in graph.order:
        before = [edge.earlier for edge in graph.into[node] if edge.leads]
        came[node] = max(before, key=took.__getitem__, default=None)
        took[node] = _likely_minutes(graph.steps.get(node)) + took.get(came[node] or "", Decimal(0))
    way: list[str] = []
    here: str | None = graph.closing
    while here is not None:
        if _likely_minutes(graph.steps.get(here)):
            way.append(here)
        here = came[here]
    return took[graph.closing], way[::-1]


def _likely_minutes(step: Step | None) -> Decimal:
    if step is None:
        return Decimal(0)
    waited = Decimal(0) if step.span is None else Decimal(step.span.length.total_seconds()) / 60
    return waited + (Decimal(0) if step.takes is None else step.takes.likely)
