"""A key, or a word of line mode, is found by its name in a table: behind every name there is something."""

from __future__ import annotations

from tui.plain.commands import COMMANDS, Commands
from tui.screens import console_keys, keys
from tui.screens.console import ConsoleScreen
from tui.screens.walk import WalkScreen
from tui.trainer.plain import COMMANDS as OF_THE_CONSOLE
from tui.trainer.plain import PlainConsole

MOVES = {"up", "down", "first", "last"}
"""One method moves in every direction."""


def without(owner: type, names: set[str], before: str = "_") -> list[str]:
    """The names behind which there is nothing."""
    return sorted(name for name in names if not callable(getattr(owner, before + name, None)))


def test_every_name_of_a_key_or_a_command_has_its_method():
    assert without(WalkScreen, {*keys.KEYS.values(), *keys.LETTERS.values()} - MOVES) == []
    assert without(ConsoleScreen, set(console_keys.KEYS.values())) == []
    assert without(PlainConsole, set(OF_THE_CONSOLE.values())) == []
    assert without(Commands, set(COMMANDS), "_go_") == []
