"""Somebody patient, who walks a whole run in line mode by reading what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.tui.table import Bot, Table
from tui.locale import say
from tui.plain import Walker
from tui.terminal import Left
from tui.view.rows import is_idle

TURNS = 4000
"""More questions than any walk here needs."""

_ROW = re.compile(r" +(\d+)  ")


class Patient:
    """Answers every prompt; `values` by reading, `answers` by step (the number to choose)."""

    def __init__(
        self, table: Table, language: str, values: Mapping[str, str], answers: Mapping[str, str]
    ) -> None:
        self.language = language
        self._values = values
        self._answers = answers
        self.terminal = Bot(self._answer)
        self.walker: Walker = table.walker(self.terminal, language, hand=True)
        self._turns = 0
        self._labels = {one.label.of(language): one.id for one in table.desk.state.graph.runbook.readings}
        self.steps: list[str] = []

    def walk(self) -> str:
        """Until the run has ended; all that was seen."""
        self.walker.walk()
        return self.terminal.seen

    def _word(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self.language, **facts)

    def _answer(self, prompt: str, shown: list[str]) -> str:
        self._turns += 1
        assert self._turns < TURNS, self.terminal.seen[-4000:]
        if self._word("prompt-rehearsal") in prompt:
            return self._main(prompt)
        if prompt.strip() == "+ >":
            return ""
        reading = next((one for label, one in self._labels.items() if prompt.strip().startswith(label)), None)
        if reading is not None and reading in self._values:
            return self._values[reading]
        return self._other(prompt, shown)

    def _main(self, prompt: str) -> str:
        desk = self.walker.desk
        if desk.state.ended is not None:
            raise Left
        current = desk.current()
        if current is not None:
            self.steps.append(current)
        if current is not None and current in self._answers:
            return self._answers[current]
        if desk.state.road.finished:
            return "end" if self.language == "en" else "结束处置"
        look = self.walker.look
        if current is None or is_idle(look, desk.state.steps[current]):
            # The next thing that falls due; where nothing does, some time.
            return "t"
        return "1"

    def _other(self, prompt: str, shown: list[str]) -> str:
        numbers = [int(found[1]) for line in shown if (found := _ROW.match(line))]
        if prompt.startswith(self._word("prompt-time", hint="")[:4]):
            return "" if self._word("next-due", left="", step="")[:6] in prompt else "30m"
        if self._word("or-back") in prompt and numbers:
            return str(numbers[0])
        if self._word("need-items") in prompt or self._word("need-items-left") in prompt:
            return f"1-{max(numbers)}" if len(numbers) > 1 else "1"
        if self._word("need-to") in prompt:
            return "张三 (x)"
        if prompt.strip().startswith(self._word("type-word", word=self._word("word-end"))):
            return self._word("word-end")
        if prompt.strip().startswith(self._word("type-word", word=self._word("word-done"))):
            return self._word("word-done")
        if self._word("need-tag") in prompt:
            current = self.walker.desk.current()
            return str(self.walker.desk.state.graph.steps[str(current)].tag)
        if (
            self._word("need-wrong") in prompt
            or self._word("need-other-value") in prompt
            or self._word("optional") in prompt
        ):
            return ""
        if self._word("default", default="") in prompt or "Enter =" in prompt:
            return ""
        return "1"
