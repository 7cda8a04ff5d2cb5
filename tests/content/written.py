"""A file of the plan book as somebody edits it: its lines, and every value in it with its place in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import yaml


@dataclass(frozen=True)
class Item:
    """A value of the file, by the keys and numbers that lead to it."""

    path: tuple[str | int, ...]
    key: yaml.Node | None
    node: yaml.Node

    @property
    def last(self) -> str | int:
        return self.path[-1]

    @property
    def line(self) -> int:
        """Where the value begins, counted from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def text(self) -> str:
        """The words of a scalar; of a table or list none."""
        return str(self.node.value) if isinstance(self.node, yaml.ScalarNode) else ""

    @property
    def style(self) -> str:
        return str(self.node.style or "") if isinstance(self.node, yaml.ScalarNode) else "block"


class Written:
    """A runbook as text."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source
        self.lines = source.split("\n")

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every value, in the order of the file."""
        root = yaml.compose(self.source, Loader=yaml.SafeLoader)
        assert root is not None
        found, todo = [], [Item((), None, root)]
        while todo:
            here = todo.pop()
            found.append(here)
            if isinstance(here.node, yaml.MappingNode):
                todo += [Item((*here.path, k.value), k, v) for k, v in reversed(here.node.value)]
            elif isinstance(here.node, yaml.SequenceNode):
                rows = list(enumerate(here.node.value))
                todo += [Item((*here.path, number), None, one) for number, one in reversed(rows)]
        return tuple(found[1:])

    @cached_property
    def by_path(self) -> dict[tuple[str | int, ...], Item]:
        return {one.path: one for one in self.items}

    def get(self, *path: str | int) -> Item | None:
        return self.by_path.get(path)

    def keys_of_steps(self, *names: str) -> list[Item]:
        """The values of these keys of steps; without names of every key."""
        steps = ("steps", "restore")
        found = [one for one in self.items if len(one.path) == 3 and one.path[0] in steps]
        return [one for one in found if not names or one.last in names]

    def step_of(self, item: Item) -> str:
        found = self.get(*item.path[:2], "id")
        assert found is not None
        return found.text

    def replaced(self, item: Item, new: str) -> str:
        """The text with another value."""
        return self.source[: item.node.start_mark.index] + new + self.source[item.node.end_mark.index :]

    def renamed(self, item: Item, new: str) -> str:
        """The text with another key."""
        assert item.key is not None
        return self.source[: item.key.start_mark.index] + new + self.source[item.key.end_mark.index :]

    def without(self, item: Item) -> str | None:
        """The text without a key; None for the first of a step."""
        assert item.key is not None
        first, last = item.key.start_mark, item.node.end_mark
        if not self.lines[first.line][: first.column].strip():
            end = last.line + (last.column > 0 and bool(self.lines[last.line][: last.column].strip()))
            return "\n".join(self.lines[: first.line] + self.lines[end:])
        before, after = self.source[: first.index].rstrip(" "), self.source[last.index :]
        follows = re.match(r"\s*,\s*", after)
        if before.endswith(("{", ",")) and follows:
            return self.source[: first.index] + after[follows.end() :]
        return before[:-1] + after if before.endswith(",") else None

    def block(self, item: Item) -> tuple[int, int]:
        """The lines of the step that an item stands in: the first, and the one behind the last, from 0."""
        node = self.by_path[item.path[:2]].node
        end = int(node.end_mark.line)
        while not self.lines[end - 1].strip() or self.lines[end - 1].strip().startswith("#"):
            end -= 1
        return int(node.start_mark.line), end

    def naming(self, name: str, text: str | None = None) -> frozenset[int]:
        """The lines that name something, from 1."""
        asked = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
        lines = self.lines if text is None else text.split("\n")
        return frozenset(number for number, line in enumerate(lines, 1) if asked.search(line))
