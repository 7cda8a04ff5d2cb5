"""What was typed wrong on the command line, in one sentence, with the nearest right word and the help.

Typer says it in English only, and of a wrong word it does not say what it would have taken there.
"""

from __future__ import annotations

import difflib
import re
from typing import Any

from engine.errors import MusterError, Refused
from engine.text import Text
from tui.cli.helping import called, placeholder
from tui.cli.said import spoken

_IN_BRACKETS = re.compile(r" \((.*)\)$", re.DOTALL)


def no_such_verb(ctx: Any, word: str, verbs: list[str]) -> Refused:
    """A word that is no verb of a group."""
    return Refused("usage-no-verb", word=word, near=_near(word, verbs), way=_way(ctx))


def in_a_sentence(error: Any) -> MusterError:
    """What Typer refused, as a refusal of ours."""
    ctx, param = getattr(error, "ctx", None), getattr(error, "param", None)
    facts: dict[str, Any] = {"verb": called(ctx), "way": _way(ctx)}
    option = getattr(error, "option_name", None)
    if option is not None:
        return _of_option(option, ctx, facts)
    if type(error).__name__ == "MissingParameter" and param is not None:
        return Refused(
            "usage-missing", name=_name(param), what=_text(param.help), **facts, example=_example(ctx)
        )
    if param is not None:
        least = getattr(param.type_descriptor.parameter_info, "min", None)
        known = {} if least is None else {"least": least}
        return Refused(
            "usage-number-from" if known else "usage-number", option=_name(param), **known, **facts
        )
    extra = _IN_BRACKETS.search(error.format_message())
    return Refused("usage-extra", words=extra[1], **facts) if extra else Refused("usage-no-word", **facts)


def _of_option(option: str, ctx: Any, facts: dict[str, Any]) -> Refused:
    """An option that there is not, one without its value, or a flag with one."""
    known = {name: one for one in ctx.command.get_params(ctx) for name in (*one.opts, *one.secondary_opts)}
    param = known.get(option)
    if param is None:
        names = [name.removeprefix("--") for name in known if name.startswith("--")]
        near = _near(option.removeprefix("--"), names, "--")
        return Refused("usage-no-option", option=option, near=near, **facts)
    if param.is_flag:
        return Refused("usage-flag", option=option, **facts)
    return Refused("usage-no-value", option=option, what=_text(param.help), **facts)


def _near(word: str, known: list[str], lead: str = "") -> Text:
    """The end of a sentence about a word that is unknown: the one that looks most like it, if one does."""
    alike = difflib.get_close_matches(word, known, n=1)
    if not alike:
        return Text("。", ".")
    return Text(f"，是不是 {lead}{alike[0]}？", f"; did you mean {lead}{alike[0]}?")


def _way(ctx: Any) -> str:
    return f"{called(ctx)} --help"


def _name(param: Any) -> str:
    """How it is typed: the longest of its names, or what stands for an argument in the help."""
    return placeholder(param) if param.param_type_name == "argument" else str(max(param.opts, key=len))


def _text(said: str | None) -> Text:
    return Text(spoken(said, "zh"), spoken(said, "en"))


def _example(ctx: Any) -> Text:
    """The first example of the help of a verb."""
    return Text(*(_first_example(spoken(ctx.command.help, language)) for language in ("zh", "en")))


def _first_example(said: str) -> str:
    lines = (line.strip() for line in said.split("\n"))
    found = next((line for line in lines if line.startswith("muster ")), "muster --help")
    return found.partition(" #")[0].rstrip()
