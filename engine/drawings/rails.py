"""A runbook as a map of lines: steps in the order of the road, beside the rails of their lanes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from engine.drawings.pen import MANY, NARROWEST, WIDTH, Pen, lane_of
from engine.graph import Edge, StepGraph
from engine.plan import Kind
from engine.text import cells, clean, cut, pad, wrap

_RAILS = 8
"""How many lanes the map draws side by side; any more share the last place."""

_WAITS_CELLS = 24
"""The widest that what a step waits for may be."""

_MARKS: dict[Kind | None, str] = {
    "do": "*",
    "ask": "?",
    "hold": "#",
    "wait": "~",
    "contact": "@",
    "tell": "=",
    "run": ">",
    None: "!",
}
"""What stands for a step of each kind on the map; None is a watch."""


def as_map(graph: StepGraph, language: str, width: int = WIDTH) -> str:
    """One line a step, each below all it waits for, beside the rails of the lanes that go on.

    All of it is 7-bit but the words: those of the plan, and ours in Chinese.
    """
    pen, width = Pen(graph, language), max(width, NARROWEST)
    rails = rails_of(graph)
    places = 1 + max((rail.own for rail in rails.values()), default=0)
    several = sum(rail.begins for rail in rails.values()) > 1
    lines = [f"{clean(graph.runbook.id)} {graph.runbook.revision}  {pen.title(graph.runbook.title)}"]
    for node, rail in rails.items():
        if rail.begins and several:
            name = pen.lane(lane_of(graph, node))
            lines.append(f"{rail.drawn('+', places)} -- {name} --")
        lines.append(_map_line(pen, node, rail.drawn(_mark(graph, node), places), width))
    legend = wrap(pen.word("map-marks"), width) + wrap(pen.word("map-signs"), width)
    return "\n".join([*(cut(line, width) for line in lines), "", *legend]) + "\n"


def _map_line(pen: Pen, node: str, rail: str, width: int) -> str:
    """Rails and mark, number, id and title, and at the right edge what it waits for."""
    digits = len(str(len(pen.graph.number)))
    left = f"{rail} {str(pen.graph.number.get(node, '')).rjust(digits)} "
    waits = cut(_waits(pen, node), _WAITS_CELLS)
    room = width - cells(left) - cells(waits) - 2
    return f"{left}{pad(f'{clean(node)}  {pen.title_of(node)}', room)}  {waits}".rstrip()


def _mark(graph: StepGraph, node: str) -> str:
    step = graph.steps.get(node)
    return _MARKS[None if step is None else step.kind]


@dataclass(frozen=True, slots=True)
class Rail:
    """Where the lanes stand beside one node: a lane holds its place from its first step to its last."""

    begins: bool
    """It is the first step of its lane."""
    own: int
    held: frozenset[int]

    def drawn(self, mark: str, places: int) -> str:
        """`mark` in the own place, and a rail for every other lane that goes on."""
        drawn = (mark if at == self.own else "|" if at in self.held else " " for at in range(places))
        return (" " if places <= _RAILS // 2 else "").join(drawn)


def rails_of(graph: StepGraph) -> dict[str, Rail]:
    """The rail of every node, in order. A watch belongs to no lane and stands in the first place."""
    lanes = {node: lane_of(graph, node) for node in graph.order}
    last = {lane: node for node, lane in lanes.items()}
    place: dict[str | None, int] = {None: 0}
    busy: Counter[int] = Counter()
    found = {}
    for node, lane in lanes.items():
        begins = lane not in place
        if begins:
            place[lane] = next((at for at in range(_RAILS) if not busy[at]), _RAILS - 1)
            busy[place[lane]] += 1
        found[node] = Rail(begins, place[lane], frozenset(at for at in busy if busy[at]))
        if lane is not None and last[lane] == node:
            busy[place[lane]] -= 1
    return found


def _waits(pen: Pen, node: str) -> str:
    """``< 3,1.wet``, what ends it, and where it can go back to."""
    graph = pen.graph
    step = graph.steps.get(node)
    if step is None:
        return ""
    edges = [edge for edge in graph.into[node] if edge.leads]
    if step.id in pen.gathering:
        parts = ["< " + pen.word("map-all")]
    elif edges:
        listed = [way for edge in edges[:MANY] for way in _short_ways(graph, edge)]
        parts = ["< " + ",".join(listed) + (",.." if len(edges) > MANY else "")]
    else:
        parts = [pen.word("map-starts")]
    parts += [f"~{_short(graph, edge.earlier)}" for edge in graph.into[node] if edge.until][:MANY]
    parts += [f"^{_short(graph, one.back.step)} x{one.back.at_most}" for one in step.answers if one.back]
    return " ".join(parts)


def _short(graph: StepGraph, node: str) -> str:
    return str(graph.number[node]) if node in graph.number else f"!{clean(node)}"


def _short_ways(graph: StepGraph, edge: Edge) -> Iterator[str]:
    before = _short(graph, edge.earlier)
    if edge.after:
        yield before if edge.answers is None else f"{before}.{'/'.join(map(clean, edge.answers))}"
    if edge.missed:
        yield f"{before}+"
