"""Asks at a terminal: shows what stands above each question, reads a line, hands it on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.acts import Act
from engine.text import clean
from tui.asking.answers import Answers, Question, Taken
from tui.asking.form import Form
from tui.asking.questions import Questions
from tui.terminal import Terminal
from tui.typed import narrow
from tui.view import Looking

BACK = ("back", "上一项")
"""Leads back to the question before, like a 0; help names it."""

ZERO = ("to", "wrong")
"""Questions at which 0 is an answer like any other; at all others it goes back, as in a list."""


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

        def questions() -> Questions:
            made = Questions(look(), has_pin, keep, propose_text, journal)
            if is_command is not None:
                made.is_command = is_command
            return made

        self._make = questions
        self._form: Form | None = None
        self.title = ""
        """What is being done; it stands above a question once more when it has left the screen."""
        self.title_at = terminal.printed
        """Where it stands on the terminal (see `Terminal.printed`)."""

    @property
    def typed(self) -> Mapping[str, str]:
        """What was typed at each question so far, also where the record has failed between two of them."""
        return self._form.questions.answers.typed if self._form is not None else {}

    def ask_for(
        self, act: Act, preset: Mapping[str, Any] | None = None, again: Mapping[str, str] | None = None
    ) -> Answers:
        """Everything the act needs. `preset` is known already; `again` was typed before the act was refused.

        Raises Cancelled when the person gives up (Ctrl-C), Instead when they type a command, RecordTrouble
        when a file could not be kept or a PIN not be looked up.
        """
        self._form = form = Form(self._make, act, preset, again)
        try:
            return self._drive(form)
        except KeyboardInterrupt:
            raise Cancelled from None

    def _drive(self, form: Form) -> Answers:
        try:
            asked = form.begin()
            while True:
                asked = self._after(form, asked)
        except StopIteration as done:
            answers: Answers = done.value
        self._terminal.show(form.questions.above)
        return answers

    def _after(self, form: Form, asked: Question | Taken) -> Question | Taken:
        """What is asked next; a word leads back to the question before."""
        if isinstance(asked, Taken):
            refused = self._take(asked)
            form.questions.look = self._look()
            return form.wrote(refused)
        typed = self._typed_at(asked)
        zero = narrow(typed) == "0" and not self._may_be_zero(asked.key)
        if asked.hidden or not (zero or narrow(typed).casefold() in BACK):
            return form.answer(typed)
        found = form.back()
        if found is None and zero and not form.has_written:
            raise Cancelled
        if found is None:
            self._terminal.show(f"  {form.questions.word('no-way-back')}")
            return asked
        before = form.proposed()
        if before:
            self._terminal.show(f"  {form.questions.word('typed-before', typed=clean(before))}")
        return found

    def _may_be_zero(self, key: str) -> bool:
        """Whether 0 may be the answer: a value, a blank of a message, or that nobody confirmed what was sent."""
        reading = self._look().state.graph.readings.get(key.removesuffix("-reason"))
        return key in ZERO or key.startswith("blank-") or (reading is not None and reading.kind != "yes-no")

    def _typed_at(self, question: Question) -> str:
        terminal = self._terminal
        off = terminal.is_off(self.title_at, question.lines, question.prompt)
        if question.lines:
            terminal.show(question.lines)
        if off and self.title:
            self.title_at = terminal.printed
            terminal.show(f"  {self.title}")
        asking = terminal.ask_hidden if question.hidden else terminal.ask
        return (terminal.ask_on if question.goes_on else asking)(question.prompt)
