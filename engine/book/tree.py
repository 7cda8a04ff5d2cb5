"""What a YAML file consists of: texts, lists and tables that know where they stand.

The only values here that are not frozen: they are built while the parser speaks, 40,000 of them for a
plan of 2,000 steps, and nobody keeps them but `Places`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

HOLE = "*"
"""The style of a scalar that stands for what could not be read and was already named as a fault."""


@dataclass(slots=True)
class Scalar:
    """A text, exactly as written: ``no`` and ``012`` mean what they say."""

    line: int
    column: int
    text: str
    style: str = ""
    """Empty for a plain scalar, else its first sign: ``"``, ``'``, ``|`` or ``>``."""

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.text.strip()


@dataclass(slots=True)
class Sequence:
    """A list; `flow` when it stands in brackets."""

    line: int
    column: int
    flow: bool
    items: list[Node] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not self.items


@dataclass(slots=True)
class Table:
    """Keys, each with its value; `flow` when it stands in braces."""

    line: int
    column: int
    flow: bool
    entries: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not self.entries

    def get(self, key: str) -> Node | None:
        """The value under `key`."""
        entry = self.entries.get(key)
        return None if entry is None else entry[1]


Node = Scalar | Sequence | Table


class Places(Mapping[str, tuple[int, int]]):
    """Line and column of everything a runbook says, by path; looked up in the nodes when asked for.

    A path begins with the id of a step, else with a key of the file. A list of one may have been
    written without brackets, so ``source.after.0`` is found in ``after: confirm.dry`` too.
    """

    def __init__(self, root: Table) -> None:
        self._root = root
        self._steps = dict(_steps_of(root))

    def __getitem__(self, path: str) -> tuple[int, int]:
        node = self._find(path.split("."))
        if node is None:
            raise KeyError(path)
        return node.line, node.column

    def __iter__(self) -> Iterator[str]:
        for step_id, step in self._steps.items():
            yield from _paths(step_id, step)
        for key, (_, node) in self._root.entries.items():
            yield from _paths(key, node)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, parts: list[str]) -> Node | None:
        step = self._steps.get(parts[0])
        found = None if step is None else _descend(step, parts[1:])
        # A step may be called "exit" or "entry", like a key of the file.
        return found if found is not None else _descend(self._root, parts)


def _steps_of(root: Table) -> Iterator[tuple[str, Node]]:
    for key in ("steps", "restore"):
        rows = root.get(key)
        for step in rows.items if isinstance(rows, Sequence) else ():
            name = _id_of(step)
            if name is not None:
                yield name, step


def _id_of(node: Node) -> str | None:
    said = node.get("id") if isinstance(node, Table) else None
    return said.text if isinstance(said, Scalar) else None


def _descend(node: Node, parts: list[str]) -> Node | None:
    found: Node | None = node
    for part in parts:
        found = _child(found, part)
        if found is None:
            return None
    return found


def _child(node: Node | None, part: str) -> Node | None:
    if isinstance(node, Table):
        return node.get(part)
    if isinstance(node, Sequence):
        named = next((item for item in node.items if _id_of(item) == part), None)
        if named is not None:
            return named
        return node.items[int(part)] if part.isdecimal() and int(part) < len(node.items) else None
    return node if part == "0" else None


def _paths(path: str, top: Node) -> Iterator[str]:
    todo = [(path, top)]
    while todo:
        name, node = todo.pop()
        yield name
        if isinstance(node, Table):
            todo.extend((f"{name}.{key}", value) for key, (_, value) in reversed(node.entries.items()))
        elif isinstance(node, Sequence):
            named = [(_id_of(item) or str(index), item) for index, item in enumerate(node.items)]
            todo.extend((f"{name}.{key}", item) for key, item in reversed(named))
