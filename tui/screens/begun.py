"""What a screen remembers of an act that is being asked about: what was given so far, what is kept, what waits."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from engine.acts import Act
from tui.asking import Form, Question
from tui.asking.when import When


@dataclass
class Begun:
    """An act that is being asked about."""

    act: Act
    form: Form
    when: When = When()
    """When it was done, and whence that is known."""


@dataclass(frozen=True)
class Kept:
    """What was typed before a field was closed: it is proposed again."""

    answers: Mapping[str, str]
    prompt: str
    half: str
    when: When = When()


@dataclass
class Aside:
    """When an act was done is asked; the question of the act waits behind it."""

    asking: Generator[Question, str, When]
    then: Callable[[When], None]
    behind: Question | None = None
    half: str = ""
    """What was typed at the question behind."""
