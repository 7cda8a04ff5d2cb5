"""Asks at a terminal: shows what stands above each question, reads a line, hands it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.acts import Act
from tui.asking.answers import Answers, Asking, Question, Taken
from tui.asking.questions import Questions
from tui.terminal import Terminal
from tui.view import Looking


class Cancelled(Exception):
    """The person thought better of it; nothing is recorded."""


class Asker:
    """Asks everything an act needs at one terminal."""

    def __init__(
        self,
        terminal: Terminal,
        look: Callable[[], Looking],
        has_pin: Callable[[str], bool],
        keep: Callable[[bytes], str],
        propose_text: Callable[[Act], str],
        take: Callable[[Taken], str],
        is_command: Callable[[str], bool] | None = None,
        journal: str = "",
    ) -> None:
        """`keep` stores a file; `propose_text` gives the words of a message.

        `take` writes at once what is given between two questions; it returns the sentence that refuses it.
        `is_command` knows what leaves the questions where it answers none of them.
        `journal` is that of this device.
        """
        self._terminal = terminal
        self._look = look
        self._take = take
        self._questions = Questions(look(), has_pin, keep, propose_text, journal)
        if is_command is not None:
            self._questions.is_command = is_command
        self.title = ""
        """What is being done; it stands above a question once more when it has left the screen."""
        self.title_at = terminal.printed
        """Where it stands on the terminal (see `Terminal.printed`)."""

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed at each question so far, also where the record has failed between two of them."""
        return self._questions.answers.typed

    def ask_for(
        self, act: Act, preset: Mapping[str, Any] | None = None, again: Mapping[str, str] | None = None
    ) -> Answers:
        """Everything the act needs. `preset` is known already; `again` was typed before the act was refused.

        Raises Cancelled when the person gives up (Ctrl-C), Instead when they type a command, RecordTrouble
        when a file could not be kept or a PIN not be looked up.
        """
        try:
            return self._drive(self._questions.ask_for(act, preset, again))
        except KeyboardInterrupt:
            raise Cancelled from None

    def _drive(self, asking: Asking) -> Answers:
        try:
            question = next(asking)
            while True:
                question = asking.send(self._answer(question))
        except StopIteration as done:
            answers: Answers = done.value
        self._terminal.show(self._questions.above)
        return answers

    def _answer(self, question: Question | Taken) -> str:
        if isinstance(question, Taken):
            refused = self._take(question)
            self._questions.look = self._look()
            return refused
        terminal = self._terminal
        off = terminal.is_off(self.title_at, question.lines, question.prompt)
        if question.lines:
            terminal.show(question.lines)
        if off and self.title:
            self.title_at = terminal.printed
            terminal.show(f"  {self.title}")
        asking = terminal.ask_hidden if question.hidden else terminal.ask
        return (terminal.ask_on if question.goes_on else asking)(question.prompt)
