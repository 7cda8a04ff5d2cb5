"""The help of one verb, drawn in the language of whoever reads it: usage, what it does, examples, options."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from engine.errors import MusterError
from engine.text import cells, pad, wrap
from tui.boot import lang_option
from tui.cli.said import both, spoken
from tui.machine import language

WIDEST = 78
"""Lines are no longer than that, however wide the terminal is."""

FIRST_COLUMN = 26
"""A name that is wider stands on a line of its own."""

USAGE = both("用法：", "Usage: ")
ANY_OPTION = both("[选项]", "[OPTIONS]")
A_VERB = both("命令 …", "VERB ...")
ARGUMENTS = both("参数：", "Arguments:")
OPTIONS = both("选项：", "Options:")
VERBS = both("命令：", "Verbs:")
THIS_HELP = both("显示这些", "show this")
ELSE = both("（不写就是 {value}）", " ({value} when left out)")

Row = tuple[str, str]
"""A name, and what is said of it."""


def help_of(verb: Any, ctx: Any) -> str:
    """All that is said of a verb."""
    speaks = reader()
    params = verb.get_params(ctx)
    lines = [*_usage(verb, ctx, params, speaks), "", *_what_it_does(verb, speaks)]
    arguments = [_argument(one, speaks) for one in params if one.param_type_name == "argument"]
    options = [_option(one, speaks) for one in params if one.param_type_name == "option"]
    verbs = [(name, one.help) for name, one in getattr(verb, "commands", {}).items()]
    below = [(name, spoken(said, speaks).split("\n")[0]) for name, said in verbs]
    for title, rows in ((ARGUMENTS, arguments), (VERBS, below), (OPTIONS, options)):
        lines += ["", spoken(title, speaks), *_table(rows)] if rows else []
    return "\n".join(lines)


def reader() -> str:
    """The language of whoever reads it; of one that is unknown the verb itself speaks."""
    try:
        return language(lang_option())
    except MusterError:
        return "en"


def width() -> int:
    return min(shutil.get_terminal_size().columns - 2, WIDEST)


def _usage(verb: Any, ctx: Any, params: list[Any], speaks: str) -> list[str]:
    pieces = [spoken(ANY_OPTION, speaks)]
    pieces += [_in_usage(one) for one in params if one.param_type_name == "argument"]
    pieces += [spoken(A_VERB, speaks)] if hasattr(verb, "commands") else []
    return wrap(spoken(USAGE, speaks) + " ".join([called(ctx), *pieces]), width())


def _in_usage(param: Any) -> str:
    """An argument that may be left out stands in brackets; one that may stand several times has dots."""
    name = placeholder(param) + ("..." if param.nargs == -1 else "")
    return name if param.required else f"[{name}]"


def placeholder(param: Any) -> str:
    """What stands for an argument."""
    return str(param.name).upper()


def called(ctx: Any) -> str:
    """The verb as it is typed, whatever the file of the program is called."""
    found: list[str] = []
    while ctx is not None and ctx.parent is not None:
        found.insert(0, ctx.info_name)
        ctx = ctx.parent
    return " ".join(["muster", *found])


def _what_it_does(verb: Any, speaks: str) -> Iterator[str]:
    """The sentence is wrapped; an example stays as it is copied."""
    for line in spoken(verb.help, speaks).split("\n"):
        yield from [f"  {line}"] if line.startswith("muster ") else wrap(line, width())


def _argument(param: Any, speaks: str) -> Row:
    return placeholder(param), spoken(param.help, speaks) + _else(param, speaks)


def _option(param: Any, speaks: str) -> Row:
    names = sorted(param.opts, key=len)
    names += param.secondary_opts
    value = "" if param.is_flag else " …" if speaks == "zh" else " ..."
    said = THIS_HELP if param.name == "help" else param.help
    return ", ".join(names) + value, spoken(said, speaks) + _else(param, speaks)


def _else(param: Any, speaks: str) -> str:
    """What holds when nothing is typed; nothing is said where that is nothing, or a flag."""
    if isinstance(param.default, bool) or not isinstance(param.default, str | int):
        return ""
    return spoken(ELSE, speaks).format(value=param.default)


def _table(rows: list[Row]) -> Iterator[str]:
    wide = min(max(cells(name) for name, _ in rows), FIRST_COLUMN)
    for name, said in rows:
        lines = wrap(said, width() - wide - 4)
        if cells(name) > wide:
            yield f"  {name}"
        else:
            yield f"  {pad(name, wide)}  {lines.pop(0)}".rstrip()
        yield from (f"  {'':{wide}}  {line}" for line in lines)
