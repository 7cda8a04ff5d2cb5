"""Entries as sentences, from the record alone. Reads the compiled plan as JSON for its titles; never a graph."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.events import Entry, Unknown, name_of, to_payload
from engine.text import Text, clean
from tui.locale import WORDS, join, say


@dataclass(frozen=True)
class Titles:
    """The titles of a compiled plan: steps, readings, people, watches, and the zone of the site."""

    steps: dict[str, Text]
    readings: dict[str, Text]
    watches: dict[str, Text]
    people: dict[str, str]
    answers: dict[tuple[str, str], Text]
    runbook: Text
    zone: ZoneInfo


NO_TITLES = Titles({}, {}, {}, {}, {}, Text("?", "?"), ZoneInfo("UTC"))


def titles_of(compiled: bytes | None) -> Titles:
    """The titles in a compiled graph as it is kept; of one that is not here, none."""
    if compiled is None:
        return NO_TITLES
    said = json.loads(compiled)
    runbook, site = said["runbook"], said["site"]
    return Titles(
        steps={step["id"]: _text(step["text"]) for step in runbook["steps"]},
        readings={one["id"]: _text(one["label"]) for one in runbook.get("readings", [])},
        watches={one["id"]: _text(one.get("words") or one.get("when") or one["id"]) for one in runbook.get("watches", [])},
        people={one["id"]: one["name"] for one in site.get("people", [])},
        answers={
            (step["id"], answer["id"]): _text(answer["says"])
            for step in runbook["steps"]
            for answer in step.get("answers", [])
        },
        runbook=_text(runbook["title"]),
        zone=ZoneInfo(site["timezone"]),
    )


def _text(said: Any) -> Text:
    return Text(said["zh"], said["en"]) if isinstance(said, dict) else Text(str(said), str(said))


@dataclass(frozen=True)
class Teller:
    """Says entries in one language."""

    titles: Titles
    language: str

    def line(self, entry: Entry) -> str:
        """When, who, what; both times when they differ by more than a minute."""
        local = entry.at.astimezone(self.titles.zone)
        late = (entry.recorded_at - entry.at).total_seconds()
        note = f"（{say('log-late', self.language, lag=_lag(late))}）" if late >= 60 else ""
        who = self.name(entry.by)
        typed = "" if entry.by == entry.actor else f" ({say('log-typed', self.language, name=self.name(entry.actor))})"
        return f"{local:%m-%d %H:%M:%S}  {who}  {self.sentence(entry)}{typed}{note}"

    def name(self, person: str) -> str:
        if person == "clock":
            return say("log-clock", self.language)
        return clean(self.titles.people.get(person, person))

    def sentence(self, entry: Entry) -> str:
        """What an entry says; one of an unknown type is shown raw."""
        event = entry.event
        if isinstance(event, Unknown):
            return f"{event.type} v{event.tv} {clean(event.payload or say('log-no-payload', self.language))}"
        words = f"log-{name_of(event).replace('_', '-')}"
        return WORDS[words].of(self.language).format_map(self._facts(entry))

    def _facts(self, entry: Entry) -> _Facts:
        """The fields of an event as a person reads them; every sentence takes what it needs."""
        said = json.loads(to_payload(entry.event))
        facts = {key: self._shown(key, value, said) for key, value in said.items()}
        return _Facts(facts, more=self._more(said))

    def _shown(self, key: str, value: Any, said: dict[str, Any]) -> str:
        tables: dict[str, Callable[[str], str]] = {
            "step": lambda name: clean(self._title(self.titles.steps, name)),
            "missed": lambda name: clean(self._title(self.titles.steps, name)),
            "until": lambda name: clean(self._title(self.titles.steps, name)),
            "watch": lambda name: clean(self._title(self.titles.watches, name)),
            "reading": lambda name: clean(self._title(self.titles.readings, name)),
            "person": self.name,
            "giver": self.name,
            "owner": self.name,
        }
        if key == "answer":
            known = self.titles.answers.get((said.get("step", ""), value))
            words = say(f"answer-{value}", self.language) if known is None and value in _PLAIN_ANSWERS else clean(value)
            return clean(known.of(self.language)) if known is not None else words
        if key in tables:
            return tables[key](value)
        if key in ("reopens", "open"):
            return join([clean(self._title(self.titles.steps, one)) for one in value], self.language)
        return clean(str(value), lines=True).replace("\n", " | ")

    def _title(self, table: dict[str, Text], name: str) -> str:
        return table[name].of(self.language) if name in table else name

    def _more(self, said: dict[str, Any]) -> str:
        """What not every entry has: a unit, a reason, a strength, where it went back to."""
        parts = []
        for key in ("unit", "reason", "channel", "strength", "basis", "reopens", "round", "deviation", "to", "number"):
            value = said.get(key)
            if value in (None, "", [], "asserted"):
                continue
            if key == "unit":
                parts.append(clean(str(value)))
            else:
                parts.append(say(f"log-with-{key}", self.language, value=self._shown(key, value, said)))
        return (" " if parts else "") + join(parts, self.language)


_PLAIN_ANSWERS = ("yes", "no", "do", "pass")


class _Facts(dict[str, str]):
    """What an entry does not say is left empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _lag(seconds: float) -> str:
    minutes = int(seconds // 60)
    return f"{minutes // 60}h{minutes % 60:02d}m" if minutes >= 60 else f"{minutes}m"


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment with its day, in the zone of the site."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
