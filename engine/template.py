"""A message template: Jinja, sandboxed, with values of the plan, the site and the run and nothing else.

    fault_of(template)            what is wrong with it whatever the values are, and where
    fill(template, values, site)  the words; TemplateFault when a value is missing
    left_open(template, said)     the lines of it that nobody has filled: they end with a colon
    filled(words, said)           the same words with something behind each of those colons

What could run without end or reach out of the sandbox (loops, calls, arithmetic, other files) is no part of
the language: a message is words with values in them, and at most an `if`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from engine.text import Text

if TYPE_CHECKING:
    from jinja2 import Template, nodes
    from jinja2.sandbox import SandboxedEnvironment

SITE_VALUE = re.compile(r"\{\{\s*site\.((?:room\.)?[a-z0-9][a-z0-9-]*)\s*\}\}")
"""A parameter of the site or a fact of the room; its name may hold a hyphen, so it is no name to Jinja."""

VALUES: dict[str, tuple[str, ...]] = {
    "plan": ("id", "title", "revision"),
    "site": ("id", "title", "room"),
    "site.room": ("id", "title"),
    "run": ("id", "opened_at", "now", "level", "room"),
}
"""What each name of a template has."""

NAMES = (
    *(f"{name}.{one}" for name, known in VALUES.items() for one in known if one != "room"),
    "run.room",
)
"""Every value a template may use, beside the parameters of the site and the facts of the room."""

_GIVEN = "site_values"
"""What the parameters and facts that a template uses are called while it is filled."""

_FILTERS = frozenset({"upper", "lower", "title", "capitalize", "trim"})

_PLAIN = frozenset(
    "Template Output TemplateData Name Getattr Getitem Const If CondExpr Compare Operand And Or Not Filter".split()
)
"""The parts of Jinja that only choose and say values."""

Values = Mapping[str, Any]


class TemplateFault(Exception):
    """Why a template cannot be filled; `offset` is where in it."""

    def __init__(self, why: Text, offset: int = 0, near: str = "") -> None:
        super().__init__(why.en)
        self.why = why
        self.offset = offset
        self.near = near
        """The name that is none, for a guess at what was meant."""


def fault_of(template: str) -> TemplateFault | None:
    """What is wrong with a template whatever its values are; None when nothing is."""
    try:
        _checked(template)
    except TemplateFault as fault:
        return fault
    return None


def fill(template: str, values: Values, site_value: Callable[[str], str | None]) -> str:
    """The words of a template; TemplateFault when something in it is wrong or has no value."""
    compiled, asked = _compiled(template)
    given = [site_value(name) for name in asked]
    missing = next((name for name, said in zip(asked, given, strict=True) if said is None), None)
    if missing is not None:
        raise _unknown(template, f"site.{missing}")
    try:
        # What a site says is put in as a value, so nothing in it is ever taken for a template.
        return compiled.render({**values, _GIVEN: given}).strip()
    except Exception as error:  # noqa: BLE001 - a template may raise anything
        words = str(error) or type(error).__name__
        raise TemplateFault(Text(words, words)) from None


@lru_cache(maxsize=512)
def _compiled(template: str) -> tuple[Template, tuple[str, ...]]:
    """The compiled template and the site values it asks for; raises TemplateFault."""
    words, asked = _checked(template)
    return _environment().from_string(words), asked


@lru_cache(maxsize=512)
def _checked(template: str) -> tuple[str, tuple[str, ...]]:
    """The template as Jinja reads it, and the site values it asks for; raises TemplateFault.

    It is not compiled here: that is two thirds of the time, and a book has a hundred of them.
    """
    from jinja2 import TemplateSyntaxError

    asked: list[str] = []

    def numbered(found: re.Match[str]) -> str:
        asked.append(found[1])
        return f"{{{{ {_GIVEN}[{len(asked) - 1}] }}}}" + "\n" * found[0].count("\n")

    words = SITE_VALUE.sub(numbered, template)
    try:
        tree = _environment().parse(words)
    except TemplateSyntaxError as error:
        problem = error.message or "?"
        why = Text(f"读不懂模板（{problem}）", f"the template cannot be read ({problem})")
        raise TemplateFault(why, _line_offset(template, error.lineno)) from None
    _check(template, tree)
    return words, tuple(asked)


@cache
def _environment() -> SandboxedEnvironment:
    # Imported here: only who reads or writes a message pays for the template engine.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


# --- what is left for a person to say

COLONS = ("：", ":")


def left_open(template: str, said: str) -> tuple[str, ...]:
    """The lines of what was said that end where the template asks for something: nothing stands there."""
    asked = tuple(one for one in (_end_of(line) for line in template.split("\n")) if one.endswith(COLONS))
    lines = (line.strip() for line in said.split("\n"))
    return tuple(line for line in lines if asked and line.endswith(asked))


def _end_of(line: str) -> str:
    """What stands behind the last value in a line of a template; that is the same however it is filled."""
    return re.split(r"[}%]\}", line)[-1].strip()


def filled(words: str, said: str) -> str:
    """A message in which `said` stands behind every colon that ended a line."""
    return "\n".join(f"{line}{said}" if line.endswith(COLONS) else line for line in words.split("\n"))


# --- what may stand in a template


def _check(template: str, tree: nodes.Template) -> None:
    """Raise the first fault: a part of Jinja that is no part of a message, or a name that is none."""
    for node in _walk(tree):
        kind = type(node).__name__
        unknown_filter = kind == "Filter" and getattr(node, "name", "") not in _FILTERS
        if kind not in _PLAIN or unknown_filter:
            found = getattr(node, "name", "") if unknown_filter else kind.lower()
            why = Text(
                f"模板里不能用 {found}：只写值和 if",
                f"{found} has no place in a template: values and if only",
            )
            raise TemplateFault(why, _line_offset(template, node.lineno))
    for name, line in _names(tree):
        if not _is_known(name):
            raise _unknown(template, name, line)


def _walk(tree: nodes.Node) -> Iterator[nodes.Node]:
    todo = [tree]
    while todo:
        node = todo.pop()
        yield node
        todo += reversed(list(node.iter_child_nodes()))


def _names(tree: nodes.Node) -> Iterator[tuple[str, int]]:
    """Every name as it is written, dots and all, with its line; a name within a longer one is not given."""
    within: set[int] = set()
    for node in _walk(tree):
        if type(node).__name__ in ("Name", "Getattr", "Getitem") and id(node) not in within:
            parts: list[str] = []
            here: Any = node
            while type(here).__name__ in ("Getattr", "Getitem"):
                within.add(id(here.node))
                parts.append(here.attr if type(here).__name__ == "Getattr" else f"[{_said(here.arg)}]")
                here = here.node
            parts.append(getattr(here, "name", "?"))
            yield ".".join(reversed(parts)).replace(".[", "["), node.lineno


def _said(node: Any) -> str:
    return str(getattr(node, "value", "…"))


def _is_known(name: str) -> bool:
    return name in NAMES or name.startswith(f"{_GIVEN}[")


def _unknown(template: str, name: str, line: int = 1) -> TemplateFault:
    why = Text(f"没有“{name}”这个值", f"there is no value '{name}'")
    start = _line_offset(template, line)
    head = name.partition("[")[0]
    found = re.search(rf"(?<![\w.]){re.escape(head)}(?!\w)", template[start:])
    return TemplateFault(why, start + (found.start() if found else 0), name)


def _line_offset(template: str, line: int) -> int:
    """Where the first mark of Jinja stands in a line, counted from 1; else where the line begins."""
    lines = template.split("\n")
    before = lines[: max(min(line, len(lines)) - 1, 0)]
    start = sum(len(one) + 1 for one in before)
    found = re.search(r"\{[{%#]", lines[len(before)])
    return start + (found.start() if found else 0)
