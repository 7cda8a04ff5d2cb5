"""What may stand at a place of a plan book: each shape reads a node and describes itself as JSON Schema.

Here are names and words; `amounts` has numbers and times, `saying` texts and conditions.

A shape that cannot read its node notes a fault on the page and gives None; nothing here raises.
The tables in `runbook`, `site`, `promises` and `rehearsal` are made of these and of nothing else, so
what is checked, what is said about it, and what an editor completes come from one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from engine.book.page import Page, Use
from engine.book.tree import Node, Scalar
from engine.text import clean

Schema = dict[str, Any]

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
NAME = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
SITE_NAME = re.compile(r"site\.(?:room\.)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_SCALARS = ["string", "number", "boolean"]
"""What an editor takes a plain scalar for; to us every one is text."""


class Shape(Protocol):
    """What may stand at a place."""

    def read(self, node: Node, page: Page) -> Any:
        """The value of `node`; None when there is none, and then the page has a fault more."""

    def schema(self) -> Schema:
        """The same as JSON Schema."""


def word(node: Node, page: Page, wanted: str = "word") -> str | None:
    """The text of a scalar that is not empty."""
    if type(node) is Scalar and not node.empty:
        return node.text
    page.wrong_type(node, wanted)
    return None


@dataclass(frozen=True, slots=True)
class Id:
    """A new name: lower case, digits and hyphens, or with `capitals` any letters."""

    capitals: bool = False

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None and not self.fits(said):
            page.fault("bad-id", node, found=said)
            return None
        return said

    def fits(self, said: str) -> bool:
        """Whether it may be a name at all."""
        return (NAME if self.capitals else ID).fullmatch(said) is not None and len(said) <= 60

    def schema(self) -> Schema:
        return {"type": _SCALARS, "pattern": f"^{(NAME if self.capitals else ID).pattern}$"}


@dataclass(frozen=True, slots=True)
class Ref:
    """A name that must exist as a `sort` of thing; looked up when the whole file, or book, is read."""

    sort: str

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is not None:
            page.uses.append(Use(self.sort, said, node))
        return said

    def schema(self) -> Schema:
        return {"type": _SCALARS}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        if said is None or said in self.words:
            return said
        page.fault("not-a-choice", node, found=said, choices=self.words, hint=page.near(said, self.words))
        return None

    def schema(self) -> Schema:
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag:
    """``true`` or ``false``, and not the many other words that YAML once took for them."""

    def read(self, node: Node, page: Page) -> bool | None:
        said = word(node, page)
        if said in ("true", "false", None):
            return None if said is None else said == "true"
        page.fault("not-true-false", node, found=said)
        return None

    def schema(self) -> Schema:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Line:
    """Free words on one line that are the same in every language: a unit, a tag, a phone number."""

    def read(self, node: Node, page: Page) -> str | None:
        said = word(node, page)
        return None if said is None else free(said, node, page)

    def schema(self) -> Schema:
        return {"type": _SCALARS, "minLength": 1}


@dataclass(frozen=True, slots=True)
class Tag:
    """The plate on a piece of equipment, or ``site.room.NAME``, whose words each room says."""

    def read(self, node: Node, page: Page) -> str | None:
        said = Line().read(node, page)
        if said is not None and said.startswith("site."):
            page.uses.append(Use("site-words", said, node))
        return said

    def schema(self) -> Schema:
        plain = {"type": _SCALARS, "minLength": 1, "not": {"pattern": r"^site\."}}
        return {"anyOf": [plain, {"type": "string", "pattern": f"^{SITE_NAME.pattern}$"}]}


def free(said: str, node: Node, page: Page) -> str:
    """`said`, with every character named that no screen may be shown; one that has no place of its own once."""
    if clean(said, lines=True) == said:
        return said
    assert isinstance(node, Scalar)
    places = ((page.inside(node, offset), f"U+{ord(said[offset]):04X}") for offset in _hidden(said))
    for place, found in dict.fromkeys(places):
        page.fault("control-character", place, found=found)
        if page.full:
            break
    return said


def _hidden(said: str) -> Iterator[int]:
    """Where the characters stand that `clean` replaces."""
    shown, at = clean(said, lines=True), 0
    for offset, char in enumerate(said):
        if shown.startswith(char, at):
            at += 1
            continue
        yield offset
        code = f"<{ord(char):04X}>"
        at += len(code) if shown.startswith(code, at) else char != "\r"
