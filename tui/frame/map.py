"""The map: the graph as rails, one line a step, a box on the rail of its lane, the step in front in the middle.

Lanes stand side by side and keep their places from their first step to their last; where one begins, a stroke
leads to its box from the rail it comes out of. All of it is 7-bit but the words of the plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.drawings.rails import Rail, rails_of
from engine.graph import StepGraph
from engine.road import Place
from engine.text import cells, cut
from tui import view
from tui.frame.around import MARK_STYLES, TO_DO
from tui.frame.rows import BLANK, Row, Span, spread
from tui.view import Looking

WIDE_PLACE, NARROW_PLACE = 4, 3
"""Cells of a rail: a box and a gap, or a box alone where many lanes stand side by side."""

WAITS_CELLS = 12
"""So much room has what a step waits for."""


def map_rows(look: Looking, step: str | None, width: int, count: int) -> list[Row]:
    """The map around the step in front, `count` rows of it under its title."""
    graph = look.state.graph
    rails = _rails(graph)
    nodes, room = list(rails), count - 2
    index = nodes.index(step) if step is not None and step in rails else len(nodes) - 1
    first = max(min(index - room // 2, len(nodes) - room), 0)
    seen = nodes[first : first + room]
    shape = _Shape.of([rails[node] for node in seen], width)
    rows = [_row(look, shape, rails, node, step, width) for node in seen]
    return [_title(look, width), BLANK, *rows]


_DRAWN: dict[int, tuple[StepGraph, Mapping[str, Rail]]] = {}
"""The rails of the graphs that were drawn last: the same at every key of a run."""


def _rails(graph: StepGraph) -> Mapping[str, Rail]:
    """The rail of every step, in the order of the road."""
    known = _DRAWN.get(id(graph))
    if known is None or known[0] is not graph:
        if len(_DRAWN) > FEW_GRAPHS:
            _DRAWN.clear()
        known = graph, {node: rail for node, rail in rails_of(graph).items() if node in graph.steps}
        _DRAWN[id(graph)] = known
    return known[1]


FEW_GRAPHS = 4
"""A run, and those that it has opened."""


def _title(look: Looking, width: int) -> Row:
    """What it is, and how many steps stand where."""
    count = Counter(look.state.place(name) for name in look.state.graph.steps)
    counts = look.say(
        "screen-map-counts",
        settled=count[Place.SETTLED],
        open=count[Place.OPEN],
        waiting=count[Place.WAITING],
        off=count[Place.OFF],
    )
    return spread([Span(look.say("screen-map"), "blue")], [Span(counts, "dim")], width - 1)


# --- drawing


def _comes_from(graph: StepGraph, rails: Mapping[str, Rail], node: str) -> int:
    """The place of the lane that a step comes out of: the nearest that it comes after."""
    own = rails[node].own
    places = [rails[edge.earlier].own for edge in graph.into[node] if edge.leads and edge.earlier in rails]
    return min(places, key=lambda place: abs(place - own), default=own)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How many rails there are, and how wide each is."""

    places: int
    cells: int

    @classmethod
    def of(cls, rails: Sequence[Rail], width: int) -> _Shape:
        """Room for the lanes that are seen, so that no title stands far from its box."""
        places = 1 + max((place for rail in rails for place in (rail.own, *rail.held)), default=0)
        return cls(places, WIDE_PLACE if places * WIDE_PLACE <= width * 2 // 5 else NARROW_PLACE)


def _row(
    look: Looking, shape: _Shape, rails: Mapping[str, Rail], node: str, step: str | None, width: int
) -> Row:
    here, word, rail = node == step, view.status(look.state, node), rails[node]
    lead = Span("> " if here else "  ", "amber-strong")
    opens = _comes_from(look.state.graph, rails, node) if rail.begins else rail.own
    before, behind = _strokes(shape, rail, opens if opens < shape.places else rail.own)
    box = Span(view.BOXES[word], MARK_STYLES.get(word, "dim"))
    # One cell more than the longest number has: it never touches the box before it.
    digits = max(len(str(len(look.state.graph.number))), 2) + 1
    number = Span(f"{look.state.graph.number[node]:>{digits}}  ", "amber-strong" if here else "dim")
    title = Span(look.title(node), "strong" if here else "text" if word in TO_DO else "dim")
    left = [lead, Span(before, "dim"), box, Span(behind, "dim"), number, title]
    return spread(left, _tail(look, node, word), width - 1)


def _strokes(shape: _Shape, rail: Rail, opens: int) -> tuple[str, str]:
    """The rails before and behind the box: one for every lane that goes on, and where its own comes from."""
    at = rail.own * shape.cells
    signs = [" "] * (shape.places * shape.cells)
    for place in rail.held - {rail.own}:
        signs[place * shape.cells + 1] = "|"
    if opens != rail.own:
        low, high = sorted((opens * shape.cells + 1, at + 1))
        signs[low : high + 1] = "-" * (high + 1 - low)
        signs[opens * shape.cells + 1] = "+"
    return "".join(signs[:at]), "".join(signs[at + 3 :])


def _tail(look: Looking, node: str, word: str) -> Sequence[Span]:
    """When a step was finished, or which steps it waits for."""
    one = look.state.steps[node]
    if one.status is not None and one.last is not None:
        return [Span(f" {look.clock(one.last.at)[:5]}", "dim")]
    if word != "waiting":
        return []
    graph, state = look.state.graph, look.state
    before = [edge.earlier for edge in graph.into[node] if edge.leads and edge.earlier in graph.number]
    open_ = dict.fromkeys(graph.number[name] for name in before if state.place(name) is not Place.SETTLED)
    if not open_ or list(open_) == [graph.number[node] - 1]:
        return []
    said = f" < {','.join(map(str, open_))}"
    return [Span(cut(said, WAITS_CELLS) if cells(said) > WAITS_CELLS else said, "dim")]
