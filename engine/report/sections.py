"""A report as plain data, in both languages: whoever knows something says it so, one renderer draws it.

Nothing here is escaped, cleaned or laid out; that is the renderers' business, and theirs alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.text import Text

Tone = Literal["plain", "strong", "alarm", "quiet"]
"""How loud something is said: `alarm` is what nobody may overlook, and its words say so without colour."""

Shape = Literal["inject", "mark", "act", "freeze", "right", "late", "wrong"]
"""What a point stands for; each has a form of its own, because a colour may be missing."""

Shade = Literal["target", "limit"]


def same(words: str) -> Text:
    """What is written alike in every language: a name, a number, an id."""
    return Text(words, words)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    words: Text
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[Text, ...]
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; without a head the first cell of each row names the second."""

    rows: tuple[Row, ...]
    head: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text that must be carried word for word: a checkpoint, a command."""

    words: str


# --- the drawing


@dataclass(frozen=True, slots=True)
class Point:
    """Something at a moment; `ms` counts from the beginning of the timeline."""

    ms: int
    shape: Shape
    label: Text = Text("", "")
    """A few characters beside it; empty: the form alone."""
    says: Text = Text("", "")
    """All of it, for whoever points at it, and for the list where nothing can be drawn."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time."""

    start_ms: int
    end_ms: int
    shade: Shade


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the timeline."""

    title: Text
    points: tuple[Point, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes over one clock, from 0 to `length_ms`."""

    length_ms: int
    lanes: tuple[Lane, ...]
    key: Text
    """What the forms mean, in words."""


Part = Paragraph | Table | Verbatim | Timeline


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter."""

    title: Text
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `mark` says whether it was real or a drill, on every page and over every section."""

    mark: Text
    title: Text
    about: Text
    """Which run, of what: stands beside the mark on every page."""
    sections: tuple[Section, ...]
    is_real: bool = False
