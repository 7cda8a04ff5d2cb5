"""Bytes → nodes that know their place. Every scalar is text; nothing means anything yet.

Built from the events of the YAML parser and not from its nodes: an event shows the anchors, tags and
aliases that the language has not, nothing is ever expanded, and no nesting can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml

from engine.book.page import NO_HINT, Page, Spot
from engine.book.tree import HOLE, Node, Scalar, Sequence, Table
from engine.errors import Fault
from engine.text import Text

LARGEST = 2_000_000
"""How many bytes a file of a plan book may have."""

DEEPEST = 20
"""How deep lists and tables may stand in each other."""

# What libyaml refuses, and what it takes for the end of a line where no editor does.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")


def parse(data: bytes, page: Page) -> Table | None:
    """The table a file consists of; None when it cannot be read, which is then a fault of the page."""
    if len(data) > LARGEST:
        size = f"{len(data) / 1_000_000:.1f}"
        page.fault("file-too-large", (1, 1), size=size, most=LARGEST // 1_000_000)
        return None
    source = _decoded(data, page)
    if source is None:
        return None
    page.source = _without_controls(source, page)
    root = _root(page)
    if root is not None and not isinstance(root, Table):
        page.wrong_type(root, "table")
        return None
    # Nothing is left of a table all of whose keys were refused.
    return None if root is not None and root.empty and page.faults else root


# --- bytes → characters


def _decoded(data: bytes, page: Page) -> str | None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:2]:
        page.fault("file-encoding", (1, 1), found="UTF-16")
        return None
    # Editors on Windows begin a file with a byte order mark: no fault, and no column of its own.
    text = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return text.decode()
    except UnicodeDecodeError as fault:
        before = text[: fault.start].decode()
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        page.fault("file-encoding", place, found=_encoding_of(text))
        return None


def _encoding_of(data: bytes) -> str:
    """What the bytes probably are: a Chinese Windows writes GBK, other systems Latin-1."""
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "Latin-1"
    return "GBK"


def _without_controls(source: str, page: Page) -> str:
    """The text with each control character named as a fault and replaced, so that the rest can be read."""
    if _CONTROL.search(source) is None:
        return source
    for match in _CONTROL.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        column = match.start() - source.rfind("\n", 0, match.start())
        page.fault("control-character", (line, column), found=f"U+{ord(match.group()):04X}")
        if page.full:
            break
    return _CONTROL.sub("\ufffd", source)


# --- characters → nodes


def _root(page: Page) -> Node | None:
    """The one document of the file."""
    builder = _Builder(page)
    try:
        for event in _events(page.source):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as fault:
        _say(fault, page)
        return None
    except yaml.YAMLError as fault:
        page.fault("yaml-syntax", (1, 1), problem=str(fault))
        return None
    if builder.root is None and not page.spoiled:
        page.fault("file-empty", (1, 1))
    # Behind a second document nothing was read: what the first names there would be told as missing.
    return None if builder.documents > 1 else builder.root


def _events(source: str) -> Iterator[Any]:
    """The events of the C parser, or of the Python one where PyYAML was built without it."""
    if yaml.__with_libyaml__:
        # Not CSafeLoader itself: guessing what a plain scalar means costs more than parsing it.
        from yaml._yaml import CParser

        return iter(CParser(source.encode()).get_event, None)
    return iter(yaml.SafeLoader(source).get_event, None)


class _Builder:
    """Makes nodes of events, with its own stack: how deep a file is nested costs no recursion."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root: Node | None = None
        self._open: list[Table | Sequence] = []
        self._keys: list[Scalar | None] = []
        """For each open table the key that waits for its value."""
        self.documents = 0

    def take(self, event: Any) -> bool:
        """Take one event; False when the rest of the file is not worth reading."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            mark = event.start_mark
            if event.anchor is not None or event.tag is not None:
                self._refuse_properties(event)
            self._put(Scalar(mark.line + 1, mark.column + 1, event.value, event.style or ""))
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            return self._begin(event, Table if kind is yaml.MappingStartEvent else Sequence)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._keys.pop()
            self._put(self._open.pop())
        elif kind is yaml.AliasEvent:
            self.page.fault("yaml-anchor", _spot(event.start_mark), found="*" + event.anchor)
            self._put(Scalar(*_spot(event.start_mark), "", HOLE))
        elif kind is yaml.DocumentStartEvent:
            return self._document(event)
        return True

    def _document(self, event: Any) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.page.fault("several-documents", _spot(event.start_mark))
        return self.documents == 1

    def _begin(self, event: Any, made: type[Table | Sequence]) -> bool:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        self._open.append(made(*_spot(event.start_mark), bool(event.flow_style)))
        self._keys.append(None)
        if len(self._open) > DEEPEST:
            self.page.fault("too-deep", self._open[-1], most=DEEPEST)
        return len(self._open) <= DEEPEST

    def _put(self, node: Node) -> None:
        """Take `node` as the root, or as the next item, key or value of what is open."""
        if not self._open:
            nothing = isinstance(node, Scalar) and not node.text and not node.style
            self.root = None if nothing else node
            return
        inside, key = self._open[-1], self._keys[-1]
        if isinstance(inside, Sequence):
            inside.items.append(node)
        elif key is None:
            self._keys[-1] = self._key(node)
        else:
            self._keys[-1] = None
            self._pair(inside, key, node)

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self._refuse_key(node)
            return Scalar(node.line, node.column, "", HOLE)
        if node.text == "<<" and not node.style:
            self.page.fault("yaml-anchor", node, found="<<")
            node.style = HOLE
        return node

    def _refuse_key(self, node: Table | Sequence) -> None:
        """A table for a key is mostly a text that begins with ``{{``."""
        if not node.flow:
            self.page.wrong_type(node, "word")
            return
        before = node.line, node.column - 1
        place = before if self.page.character(before) == "{" else (node.line, node.column)
        self.page.fault("yaml-quote", place, found=self.page.character(place))

    def _pair(self, table: Table, key: Scalar, node: Node) -> None:
        first = table.entries.get(key.text)
        if first is not None:
            self.page.fault("duplicate-key", key, key=key.text, line=first[0].line)
        elif key.style != HOLE:
            table.entries[key.text] = (key, node)

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.page.fault("yaml-anchor", _spot(event.start_mark), found="&" + event.anchor)
        if event.tag is not None:
            line, column = _spot(event.start_mark)
            written = _TAG.search(self.page.line(line), column - 1)
            found = event.tag if written is None else written.group()
            self.page.fault("yaml-tag", (line, column), found=found)


_TAG = re.compile(r"![^\s,\[\]{}]*")


def _spot(mark: Any) -> Spot:
    return mark.line + 1, mark.column + 1


# --- what is no YAML, in our words

_VALUE = re.compile(r"^[ ]*(?:- +)*(?:\"[^\"]*\"|'[^']*'|[^:#'\"{\[]+):[ ]+(?=\S)")
"""From the start of a line to where the value of its first key begins."""


def _say(fault: yaml.MarkedYAMLError, page: Page) -> None:
    """One sentence for a fault of the parser; it cannot read on behind it."""
    problem, context = fault.problem or "", fault.context or ""
    here = _spot(fault.problem_mark or fault.context_mark)
    began = _spot(fault.context_mark) if fault.context_mark else here
    odd = _odd_space(page, here[0])
    if odd is not None:
        page.fault("yaml-space", odd, found=f"U+{ord(page.character(odd)):04X}")
        return
    quote = _open_quote(page, here[0])
    if quote is not None:
        page.fault("yaml-unclosed", quote, found='"')
        return
    before = list(page.faults)
    _sentence_for(f"{context}; {problem}")(page, began, here)
    # What was told of the same place already is why the parser could not go on.
    page.faults[:] = before + [one for one in page.faults[len(before) :] if _is_new(one, before)]


def _is_new(fault: Fault, before: list[Fault]) -> bool:
    return all(one.place != fault.place for one in before)


_ODD_SPACE = re.compile(r"^ *(?:- )?(?:[\w-]+:)?([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000])")
"""What looks like the space at the start of a line or behind a key, and belongs to the text for YAML."""

_OPENS = re.compile(r"^[^\"#]*(?:: +|- +)(\")[^\"]*$")
"""A line on which a text in quotes begins and does not end."""

_LONGEST_TEXT = 60
"""So many lines above the place where the parser gave up such a line is looked for."""


def _open_quote(page: Page, last: int) -> Spot | None:
    """Where a quote was not closed, when the text ran on to the next quote of the file and it shows only there."""
    for number in range(last - 1, max(0, last - _LONGEST_TEXT), -1):
        line = page.line(number)
        if line.count('"') % 2:
            found = _OPENS.match(line)
            return None if found is None else (number, found.start(1) + 1)
    return None


_LINES_LATER = 3
"""How many lines later the parser notices at most that a line was not indented as it looks."""


def _odd_space(page: Page, last: int) -> Spot | None:
    """Where a line just above the place at which the parser gave up is indented with no ordinary space."""
    for number in range(max(1, last - _LINES_LATER), last + 1):
        found = _ODD_SPACE.match(page.line(number))
        if found is not None:
            return number, found.start(1) + 1
    return None


def _sentence_for(trouble: str) -> Callable[[Page, Spot, Spot], None]:
    for pattern, say in _SAID:
        if re.search(pattern, trouble):
            return say
    return lambda page, _, here: page.fault("yaml-syntax", here, problem=trouble.removeprefix("; "))


def _unclosed(page: Page, began: Spot, here: Spot) -> None:
    page.fault("yaml-unclosed", began, found=page.character(began))


def _in_brackets(page: Page, began: Spot, here: Spot) -> None:
    """On the line of its bracket a sign stands in the way; on a later one the bracket was not closed."""
    if began[0] == here[0]:
        page.fault("yaml-quote", here, found=page.character(here))
    else:
        _unclosed(page, began, here)


def _sign_before(page: Page, began: Spot, here: Spot) -> None:
    page.fault("yaml-quote", began, found=page.character(began))


def _sign_here(page: Page, began: Spot, here: Spot) -> None:
    if page.character(here) == "\t":
        page.fault("yaml-tab", here)
    else:
        page.fault("yaml-quote", here, found=page.character(here))


def _tab(page: Page, began: Spot, here: Spot) -> None:
    page.fault("yaml-tab", here)


def _tag(page: Page, began: Spot, here: Spot) -> None:
    page.fault("yaml-tag", began, found=page.character(began))


def _escape(page: Page, began: Spot, here: Spot) -> None:
    page.fault("yaml-escape", here)


def _colon(page: Page, began: Spot, here: Spot) -> None:
    """A second ``: `` on the line, or a line that does not belong under the one above."""
    if _VALUE.match(page.line(here[0])[: here[1] - 1]):
        page.fault("yaml-quote", here, found=":")
    else:
        _layout(page, here, here)


def _left_over(page: Page, began: Spot, here: Spot) -> None:
    """Something behind a value that was already whole, or a line that stands in no row."""
    value = _VALUE.match(page.line(here[0])[: here[1] - 1])
    if value is None:
        _layout(page, here, here)
    else:
        start = here[0], value.end() + 1
        page.fault("yaml-quote", start, found=page.character(start))


def _layout(page: Page, began: Spot, here: Spot) -> None:
    wide = "：" in page.line(began[0] - 1) + page.line(began[0])
    hint = Text("；冒号要用半角 : 加空格。", "; the colon must be the plain ':' with a space.")
    page.fault("yaml-layout", began, hint=hint if wide else NO_HINT)


def _layout_before(page: Page, began: Spot, here: Spot) -> None:
    _layout(page, began, began)


# The words of libyaml, and those of the Python parser where they differ: context; problem.
_SAID: tuple[tuple[str, Callable[[Page, Spot, Spot], None]], ...] = (
    ("quoted scalar; found unexpected end", _unclosed),
    ("quoted scalar; ", _escape),
    ("parsing a flow", _in_brackets),
    ("block scalar", _sign_before),
    ("scanning an? (alias|anchor)", _sign_before),
    (r"tab character|'\\t' that cannot", _tab),
    ("cannot start any token", _sign_here),
    ("sequence entries are not allowed|mapping keys are not allowed|node content", _sign_here),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _layout_before),
    ("parsing a block (mapping|collection)", _left_over),
    ("directive", _sign_before),
    ("tag", _tag),
)
