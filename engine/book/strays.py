"""Keys that do not belong where they stand: misspelt, or pieces of a text that was cut."""

from __future__ import annotations

from collections.abc import Collection

from engine.book.page import Page
from engine.book.tree import Node, Scalar, Table
from engine.text import Text

_SURELY = 0.75
"""How alike a key must be to one that is missing to be read as that one."""

_WIDE_COLON = Text("；冒号要用半角 : 加空格。", "; the colon must be the plain ':' with a space.")


def strays(node: Table, known: Collection[str], page: Page) -> bool:
    """Note every key that does not belong here; whether one of them was a piece of a text.

    A key with nothing behind it is the tail of a text that was cut, and its other pieces are not told. A misspelt
    key is read on as the one that was meant, so that what it said is not told as missing.
    """
    meant: dict[str, tuple[Scalar, Node]] = {}
    in_pieces = False
    for key, (name, value) in node.entries.items():
        if key in known:
            continue
        if node.flow and type(value) is Scalar and not value.text and not value.style:
            if not in_pieces:
                _piece(key, name, known, page)
            in_pieces = True
            continue
        page.fault("unknown-key", name, found=key, hint=page.near(key, known))
        most_alike = page.meant(key, known, _SURELY)
        if most_alike is not None and most_alike not in node.entries:
            meant.setdefault(most_alike, (name, value))
    node.entries.update(meant)
    return in_pieces


def _piece(key: str, name: Scalar, known: Collection[str], page: Page) -> None:
    """A piece of a text where a key should stand; before a full-width colon one may have been meant."""
    before, wide, _ = key.partition("：")
    if wide and before.strip() in known:
        page.fault("unknown-key", name, found=key, hint=_WIDE_COLON)
    else:
        page.fault("text-cut", name, found=key)
