"""The verbs of the command line, which take what was typed as it was typed.

Typer 0.29 asks pydantic what every word means, and loading that takes longer than all of `muster --version`.
A text or a flag means itself; what does not, a number, still goes that way.
"""

from __future__ import annotations

from typing import Any

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
