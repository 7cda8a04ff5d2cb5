"""Rows of spans: what a screen is made of before it is painted. No terminal is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from engine.text import cells, cut, wrap


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style: a role of `theme`, and behind an @ the ground it stands on."""

    text: str
    style: str = "text"


Row = tuple[Span, ...]

BLANK: Row = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A whole screen: as many rows as it is high."""

    rows: tuple[Row, ...]
    input_at: tuple[int, int] | None = None
    """Row and column of the caret: where an input method opens its window."""
    warned: int = 1
    """On how many pages of the card, from the first on, warning and act stand."""
    pages: int = 1
    """Into how many pages the card is divided."""


def width_of(row: Iterable[Span]) -> int:
    """The cells of a row."""
    return sum(cells(span.text) for span in row)


def fitted(spans: Iterable[Span], room: int) -> list[Span]:
    """As much of the spans as fits in `room` cells; what is cut ends with two dots."""
    kept: list[Span] = []
    for span in spans:
        taken = cells(span.text)
        if taken > room:
            if room > 2:
                kept.append(Span(cut(span.text, room), span.style))
            break
        kept.append(span)
        room -= taken
    return kept


def spread(left: Sequence[Span], right: Sequence[Span], width: int) -> Row:
    """Spans at the left and at the right edge, exactly `width` cells; the left gives way."""
    tail = fitted(right, width)
    kept = fitted(left, max(width - width_of(tail) - 1, 0))
    return (*kept, Span(" " * (width - width_of(kept) - width_of(tail))), *tail)


def on(row: Row, ground: str, width: int) -> Row:
    """A row on a ground, as wide as the region."""
    filled = spread(row, (), width) if width_of(row) < width else tuple(fitted(row, width))
    return tuple(replace(span, style=f"{span.style}@{ground}") for span in filled)


def paragraph(lead: Sequence[Span], text: str, style: str, width: int) -> list[Row]:
    """A text behind its lead; what does not fit goes on under its first word."""
    hang = width_of(lead)
    lines = wrap(text, max(width - hang - 1, 8)) if text else [""]
    first = (*lead, Span(lines[0], style))
    return [first, *((Span(" " * hang), Span(line, style)) for line in lines[1:])]


def said_rows(said: str, width: int) -> list[Row]:
    """A sentence of news, in no more rows than every screen has for it."""
    lines = wrap(said, width - 3)[:2]
    return [(Span("  "), Span(line, "amber")) for line in lines]


def beside(left: Sequence[Row], right: Sequence[Row], width: int, gap: int = 2) -> list[Row]:
    """Two regions side by side; the left one is `width` cells wide."""
    joined: list[Row] = []
    for index, row in enumerate(left):
        more = right[index] if index < len(right) else BLANK
        joined.append((*row, Span(" " * max(width + gap - width_of(row), 0)), *more))
    return joined


def filled(rows: Sequence[Row], count: int) -> list[Row]:
    """Exactly so many rows."""
    return [*rows[:count], *[BLANK] * (count - len(rows))]
