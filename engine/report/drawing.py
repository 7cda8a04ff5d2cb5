"""A timeline as an inline SVG: one lane below the other over one clock, words beside the forms.

Everything is in the units of a drawing 780 wide, so that on A4 its words are as large as those of a table. A label
that would lie on another goes a row lower; where a lane is so crowded that this does not help, the form stays and
the label is left out.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from engine.condition import say_clock
from engine.report.sections import Lane, Point, Span, Timeline
from engine.text import cells, clean, cut

WIDTH = 780
LEFT = 160
"""Where time begins; the titles of the lanes stand before it."""
RIGHT = 34
ROW = 15
"""The height of one row of labels."""
MOST_ROWS = 6
CELL = 6.4
"""About how wide one cell of a label is."""
TITLE_CELLS = 23
LABEL_CELLS = 28
MOST_TICKS = 10

_MINUTE = 60_000
_STEPS = tuple(_MINUTE * one for one in (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 10080))

_FORMS = {
    "inject": '<path d="M{x} {y}l-5 -9h10z" fill="#111"/>',
    "mark": '<path d="M{x} {top}l5 5 -5 5 -5 -5z" fill="#fff" stroke="#111" stroke-width="1.5"/>',
    "act": '<path d="M{x} {top}v10" stroke="#111" stroke-width="1.3"/>',
    "freeze": '<path d="M{left} {top}v10M{right} {top}v10" stroke="#111" stroke-width="2.6"/>',
    "right": '<circle cx="{x}" cy="{mid}" r="4.5" fill="#1b5e20"/>',
    "late": '<circle cx="{x}" cy="{mid}" r="4.5" fill="#fff" stroke="#8a5a00" stroke-width="2"/>',
    "wrong": '<path d="M{left} {top}l8 9m0 -9l-8 9" stroke="#a00000" stroke-width="2.4"/>',
}
"""How each point is drawn; no two have the same form."""

_SHADES = {"target": "#b9d7bb", "limit": "#f0dfb8"}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A point and the row its label stands in; None: no room for the label."""

    point: Point
    x: float
    row: int | None
    to_left: bool


def svg(timeline: Timeline, language: str) -> str:
    """The drawing, in one language."""
    laid = [(lane, _laid(lane, timeline.length_ms, language)) for lane in timeline.lanes]
    heights = [_height(placed) for _, placed in laid]
    total = sum(heights) + 34
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {total}" role="img" '
            'font-family="inherit" font-size="11.5" fill="#111">'
        )
    ]
    lines += _axis(timeline.length_ms, total - 24)
    top = 6
    for (lane, placed), height in zip(laid, heights, strict=True):
        lines += _lane(lane, placed, top, height, timeline.length_ms, language)
        top += height
    return "\n".join([*lines, "</svg>"])


def _x(ms: int, length_ms: int) -> float:
    share = min(max(ms, 0), length_ms) / max(length_ms, 1)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _axis(length_ms: int, bottom: int) -> Iterator[str]:
    step = next((one for one in _STEPS if length_ms // one < MOST_TICKS), max(length_ms, 1))
    for ms in range(0, length_ms + 1, step):
        x = _x(ms, length_ms)
        yield f'<path d="M{x} 4V{bottom}" stroke="#ddd" stroke-width="1"/>'
        clock = say_clock(timedelta(milliseconds=ms))
        yield f'<text x="{x}" y="{bottom + 15}" text-anchor="middle">T+{clock[:-3]}</text>'
    yield f'<path d="M{LEFT} {bottom}H{WIDTH - RIGHT}" stroke="#111" stroke-width="1.2"/>'


# --- one lane


def _laid(lane: Lane, length_ms: int, language: str) -> list[_Placed]:
    """Every point with a row for its label in which it lies on no other."""
    ends = [0.0] * MOST_ROWS
    placed = []
    for point in sorted(lane.points, key=lambda one: one.ms):
        x = _x(point.ms, length_ms)
        wide = cells(_label(point, language)) * CELL + 12
        to_left = x + wide > WIDTH
        start, end = (x - wide, x + 7) if to_left else (x - 6, x + wide)
        bare = not point.label.of(language)
        row = 0 if bare else next((number for number, free in enumerate(ends) if free <= start), None)
        if row is not None and not bare:
            ends[row] = end
        placed.append(_Placed(point, x, row, to_left))
    return placed


def _label(point: Point, language: str) -> str:
    return cut(clean(point.label.of(language)), LABEL_CELLS)


def _height(placed: list[_Placed]) -> int:
    rows = max((one.row for one in placed if one.row is not None), default=0) + 1
    return rows * ROW + 8


def _lane(
    lane: Lane, placed: list[_Placed], top: int, height: int, length_ms: int, language: str
) -> Iterator[str]:
    title = cut(clean(lane.title.of(language)), TITLE_CELLS)
    yield f'<text x="{LEFT - 8}" y="{top + 14}" text-anchor="end">{html.escape(title)}</text>'
    yield f'<path d="M4 {top + height - 1}H{WIDTH - RIGHT}" stroke="#ccc" stroke-width=".7"/>'
    for span in lane.spans:
        yield _span(span, top, length_ms)
    for one in placed:
        yield _point(one, top, language)


def _span(span: Span, top: int, length_ms: int) -> str:
    start, end = _x(span.start_ms, length_ms), _x(span.end_ms, length_ms)
    wide = round(max(end - start, 1.0), 1)
    return f'<rect x="{start}" y="{top + 5}" width="{wide}" height="10" fill="{_SHADES[span.shade]}"/>'


def _point(one: _Placed, top: int, language: str) -> str:
    y = top + 14 + (one.row or 0) * ROW
    form = _FORMS[one.point.shape].format(
        x=one.x, y=y, top=y - 9, mid=y - 4, left=round(one.x - 4, 1), right=round(one.x + 4, 1)
    )
    says = html.escape(clean(one.point.says.of(language)))
    label = _label(one.point, language) if one.row is not None else ""
    words = ""
    if label:
        x, anchor = (one.x - 8, "end") if one.to_left else (one.x + 8, "start")
        words = f'<text x="{round(x, 1)}" y="{y}" text-anchor="{anchor}">{html.escape(label)}</text>'
    return f"<g><title>{says}</title>{form}{words}</g>"
