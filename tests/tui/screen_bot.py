"""Somebody patient, who walks a whole run on the screen by reading what is on it and pressing keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.tui.screen_table import Seen
from tui.asking import Question
from tui.locale import say
from tui.screens.doing import PASS_TIME

KEYS_MOST = 6000
"""More keys than any walk here needs."""

_ROW = re.compile(r" +(\d+)  ")


class PatientAtKeys:
    """Answers every question; `values` by reading."""

    def __init__(self, seen: Seen, language: str, values: Mapping[str, str]) -> None:
        self.seen = seen
        self._language = language
        self._values = values
        readings = seen.desk.state.graph.runbook.readings
        self._labels = {one.label.of(language): one.id for one in readings}
        self.steps: list[str] = []
        self.turns = 0

    def _word(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self._language, **facts)

    async def walk(self, most: int = KEYS_MOST) -> None:
        """Until the run has ended, or so many turns."""
        while self.seen.desk.state.ended is None and self.turns < most:
            self.turns += 1
            await self._turn()

    async def _turn(self) -> None:
        seen, glass = self.seen, self.seen.walk.glass
        if glass.question is not None:
            await seen.types(self._answer(glass.question))
            return
        step = seen.walk.current()
        if step is not None:
            self.steps.append(step)
        if glass.unconfirmed:
            await seen.keys("enter")
        elif glass.choices:
            await seen.keys(*str(glass.choices[0][0]), "enter")
        elif glass.rests:
            await self._pass_time()
        else:
            await seen.keys("enter")

    async def _pass_time(self) -> None:
        await self.seen.keys("tab")
        listed = self.seen.walk.by_number()
        number = next(at for at, one in listed if one.act is not None and one.act.verb == PASS_TIME)
        await self.seen.keys(*str(number), "enter", "enter")

    def _answer(self, question: Question) -> str:
        prompt = question.prompt.strip()
        if prompt == "+ >":
            return ""
        reading = next((one for label, one in self._labels.items() if prompt.startswith(label)), None)
        if reading is not None and reading in self._values:
            return self._values[reading]
        numbers = [int(found[1]) for line in question.lines if (found := _ROW.match(line))]
        if self._word("need-items") in prompt or self._word("need-items-left") in prompt:
            return f"1-{max(numbers)}" if len(numbers) > 1 else "1"
        if self._word("need-to") in prompt:
            return "张三 (x)"
        for word in ("word-end", "word-done"):
            if prompt.startswith(self._word("type-word", word=self._word(word))):
                return self._word(word)
        if self._word("need-tag") in prompt:
            asked = self.seen.walk.glass.asked
            step = asked.step if asked is not None else None
            return str(self.seen.desk.state.graph.steps[str(step)].tag)
        if any(self._word(word) in prompt for word in ("need-wrong", "need-other-value", "optional")):
            return ""
        if self._word("default", default="") in prompt or "Enter =" in prompt:
            return ""
        return "1"
