"""A group of verbs: takes what was typed as it was typed, refuses what it does not know, shows its help.

Typer 0.29 asks pydantic what every word means, and loading that takes longer than all of `muster --version`.
A text or a flag means itself; what does not, a number, still goes that way.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import typer
from typer.core import TyperGroup

PLAIN = (str, list[str], bool)


class AsTyped:
    """Stands where Typer keeps what a word is turned into."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The text, or all of them; None, or no text at all, where nothing was typed."""
        many = getattr(param, "multiple", False) or param.nargs == -1
        if value is None:
            return () if many else None
        return list(value) if many else value


class Verbs(TyperGroup):
    """A group of verbs: its own options, and theirs."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        for verb in (self, *self.commands.values()):
            _take_as_typed(verb)
            _name_the_verb(verb)
            verb.get_help = partial(_help_of, verb)  # type: ignore[method-assign]  # Typer asks the verb itself

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Alone, a group that does nothing by itself shows what it can do, in the language that was asked for."""
        if self.no_args_is_help and _only_a_language(args):
            typer.echo(self.get_help(ctx))
            raise typer.Exit
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The verb that was typed; Refused, with the nearest one, when there is none of that name."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            from tui.cli.usage import no_such_verb

            raise no_such_verb(ctx, args[0], list(self.commands))
        return super().resolve_command(ctx, args)


def _only_a_language(args: list[str]) -> bool:
    """Whether nothing was typed behind a group but in which language."""
    return (
        not args or (args[0] == "--lang" and len(args) == 2) or (args[0][:7] == "--lang=" and len(args) == 1)
    )


def _help_of(verb: Any, ctx: Any) -> str:
    from tui.cli.helping import help_of  # it measures texts by the engine's rules, which no verb waits for

    return help_of(verb, ctx)


def _name_the_verb(verb: Any) -> None:
    """Of some refusals Typer forgets which verb it was that refused."""
    known = verb.parse_args

    def parse_args(ctx: Any, args: list[str]) -> list[str]:
        try:
            return list(known(ctx, args))
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]  # it has one, which is None
            raise

    verb.parse_args = parse_args


def _take_as_typed(verb: Any) -> None:
    """Here it is the moment at which Typer asks for the options, because it makes `--help` only then."""
    known = verb.get_params

    def get_params(ctx: Any) -> list[Any]:
        params: list[Any] = known(ctx)
        for param in params:
            if param.type_descriptor.annotation in PLAIN:
                param.get_runtime_param = AsTyped
        return params

    verb.get_params = get_params
