"""Says what a run holds, on paper: one language, one moment, the zone of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from engine.condition import say_length
from engine.drawings.pen import Pen
from engine.graph import say_fact
from engine.plan import Reading
from engine.report.words import WORDS, say
from engine.rules import name_of
from engine.sentences.usual import unit_words
from engine.state import BOXES, RunState, Value, status
from engine.text import LINE_CELLS, Text, cells, clean, wrap

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*")

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@dataclass(frozen=True)
class Writing:
    """A run at a moment, said in one language. Whatever a plan or a person wrote is cleaned here."""

    state: RunState
    now: datetime
    language: str

    @cached_property
    def pen(self) -> Pen:
        return Pen(self.state.graph, self.language)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.state.graph.site.timezone)

    def word(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self.language, **facts)

    def text(self, text: Text | str) -> str:
        """A text of the plan or of a person, on one line."""
        said = text.of(self.language) if isinstance(text, Text) else text
        return " ".join(clean(said, lines=True).split("\n"))

    def join(self, parts: Iterable[str]) -> str:
        return self.pen.list(parts)

    def name(self, person: str) -> str:
        return self.text(name_of(self.state, person))

    def role(self, role: str) -> str:
        return self.text(self.state.graph.runbook.role(role))

    def clock(self, at: datetime) -> str:
        """A time of day; with its day when that is another one."""
        local = at.astimezone(self.zone)
        today = local.date() == self.now.astimezone(self.zone).date()
        return f"{local:%H:%M:%S}" if today else f"{local:%m-%d %H:%M}"

    def age(self, at: datetime) -> str:
        return say_length(max(self.now - at, timedelta(0)), self.language)

    def numbered(self, step_id: str) -> str:
        """A step by its number and what it says."""
        return f"{self.state.graph.number[step_id]}  {self.title(step_id)}"

    def title(self, step_id: str) -> str:
        return self.text(self.state.graph.steps[step_id].text)

    def mark(self, step_id: str) -> str:
        return BOXES[status(self.state, step_id)]

    def value(self, reading: Reading, value: Value) -> str:
        """A value with its unit, as it was taken."""
        if reading.kind == "yes-no":
            return self.word(f"answer-{value.text}") if f"answer-{value.text}" in WORDS else clean(value.text)
        if reading.kind == "time" and _MOMENT.fullmatch(value.text):
            return self.clock(datetime.fromisoformat(value.text))
        shown = self.join(clean(line) for line in value.text.split("\n") if line.strip())
        unit = unit_words(reading.unit, self.language)
        return f"{shown} {unit}" if unit else shown

    def condition(self, text: str) -> str:
        """A condition of the plan, with readings by their labels and the values of the site in it."""
        return clean(_NAME.sub(lambda found: self._said(found[0]), text))

    def _said(self, name: str) -> str:
        graph = self.state.graph
        if name in graph.readings:
            return self.text(graph.readings[name].label)
        fact = graph.site_fact(name.removeprefix("site."), self.state.room) if "site." in name else None
        return name if fact is None else say_fact(fact, self.language)

    # --- lines

    def lines(self, text: str, lead: str = "", width: int = LINE_CELLS) -> list[str]:
        """`text` in lines of at most 76 cells, all of them under the first word behind `lead`."""
        first, *rest = wrap(text, width - cells(lead), keep=self.pen.tags)
        return [f"{lead}{first}".rstrip(), *(f"{' ' * cells(lead)}{line}" for line in rest)]

    def section(self, word_id: str, rows: Iterable[str]) -> list[str]:
        """Rows under their heading; nothing when there are none."""
        found = list(rows)
        return ["", self.word(word_id), *found] if found else []
