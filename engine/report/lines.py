"""A report's section as lines for a terminal, in one language; everything in it has passed `clean` here."""

from __future__ import annotations

from collections.abc import Iterator

from engine.report.sections import Paragraph, Row, Section, Table
from engine.text import clean

GAP = "  "


def lines(section: Section, language: str) -> Iterator[str]:
    """Its title, then its paragraphs and its tables, each below its head; a drawing and a checkpoint are left out."""
    yield clean(section.title.of(language))
    for part in section.parts:
        if isinstance(part, Paragraph):
            yield from (f"{GAP}{one}" for one in _said(part.words.of(language)))
        elif isinstance(part, Table):
            if part.head:
                yield GAP + GAP.join(clean(one.of(language)) for one in part.head)
            yield from (_row(row, language) for row in part.rows)


def _row(row: Row, language: str) -> str:
    return GAP + GAP.join(" / ".join(_said(cell.of(language))) for cell in row.cells)


def _said(text: str) -> list[str]:
    return clean(text, lines=True).split("\n")
