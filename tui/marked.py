"""Lines that say on each of them what they are of: a drill is never taken for the real thing, also where it wraps."""

from __future__ import annotations

from collections.abc import Iterator

from engine.text import cells, wrap

NARROWEST = 20
"""Words are not wrapped to fewer cells than this."""


def marked(word: str, text: str, width: int, lead: str = "") -> Iterator[str]:
    """A line behind the word; what is too long goes on under its own words. Width 0: as long as it is."""
    before = f"{word}  {lead}"
    first, *rest = wrap(text, max(width - cells(before), NARROWEST)) if width else [text]
    yield f"{before}{first}".rstrip()
    for one in rest:
        yield f"{word}  {' ' * cells(lead)}{one}"
