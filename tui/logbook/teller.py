"""Entries as sentences: when, who, what, in one language."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from drill.endings import Ended, ended_by
from engine.events import Entry, ReadingTaken, RunEnded, Unknown, moment_of, name_of, to_payload
from engine.sentences.usual import unit_words
from engine.text import Text, clean
from tui.locale import WORDS, join, say
from tui.logbook.fields import KINDS, KINDS_OF, MORE, OF_COURSE, SPOKEN, TABLES, TABLES_OF, word_of, word_with
from tui.logbook.found import found_words
from tui.logbook.titles import Titles, said_length

CLOCK = "clock"
"""Who does what nobody did: time brought it about."""

MACHINE = "machine"
"""Who sits at the trainer's place in a drill that plays itself."""

TRAINER = "trainer"
"""Who leads a drill when nobody said who they are."""

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")

MOST_LISTED = 5
"""So many steps left open are named where a run ends; the log names all."""

SHORT_ID = 8
"""So much of the hash of an entry names it among the findings."""

LATE_S = 60
"""An entry written so long after it happened says both times."""


@dataclass(frozen=True)
class Teller:
    """Says entries in one language."""

    titles: Titles
    language: str

    def line(
        self,
        entry: Entry,
        *,
        without_role: bool = False,
        one_hand: bool = False,
        corrects: Entry | None = None,
    ) -> str:
        """When, who, what; both times when they differ by more than a minute.

        `without_role`: whoever did it held none of the step's roles then. `one_hand`: both names of a decision
        for two were typed by one person at one device. `corrects`: the entry whose value stands there no longer.
        """
        local = entry.at.astimezone(self.titles.zone)
        late = (entry.recorded_at - entry.at).total_seconds()
        typed = entry.by not in (entry.actor, CLOCK)
        notes = [self._word("log-typed", name=self.name(entry.actor))] if typed else []
        notes += [self._word("log-without-role")] if without_role else []
        notes += [self._word("log-one-hand", name=self.name(entry.actor))] if one_hand else []
        notes += [self.corrected(corrects)] if corrects is not None else []
        if late >= LATE_S and not of_another_clock(entry):
            notes.append(self._word("log-late", lag=_lag(late, self.language)))
        words = self._brackets(self.sentence(entry), join(notes, self.language))
        return f"{local:%m-%d %H:%M:%S}  {self.name(entry.by)}  {words}"

    def corrected(self, entry: Entry) -> str:
        """That a value was corrected, and what stood there before."""
        event = entry.event
        assert isinstance(event, ReadingTaken)
        value = f"{self._value(event.value)} {unit_words(event.unit, self.language)}".strip()
        return self._word("log-corrects", value=value)

    def name(self, person: str) -> str:
        if person == CLOCK:
            return self._word("log-clock")
        if person == MACHINE:
            return self._word("by-machine")
        if person == TRAINER:
            return self._word("trainer-name")
        return self._title(self.titles.people, person)

    def sentence(self, entry: Entry) -> str:
        """What an entry says; one of an unknown type is shown raw."""
        event = entry.event
        if isinstance(event, Unknown):
            raw = event.payload if event.payload is not None else self._word("log-no-payload")
            return f"{clean(event.type)} v{event.tv} {clean(raw)}"
        if isinstance(event, RunEnded) and (entry.run or "")[:1] == "D":
            ended = ended_by(event.reason)
            if ended is not None:
                return self._drill_ended(ended, len(event.open))
        said = json.loads(to_payload(event))
        name = name_of(event)
        if said.get("kind") == "comcheck":
            return self._reached(str(said.get("text", "")))
        words = word_of(name.replace("_", "-"), said)
        facts = {key: self._shown(name, key, value, said) for key, value in said.items()}
        return self._brackets(
            WORDS[words].of(self.language).format_map(_Facts(facts)), self._more(name, said)
        )

    def _reached(self, text: str) -> str:
        """Who was at a terminal when a drill began, and who was not."""
        here, _, away = text.partition("\n")
        facts = {
            name: join([self.name(one) for one in people.split(", ")], self.language)
            for name, people in (("here", here), ("away", away))
        }
        return self._word("report-reached", **facts)

    def _drill_ended(self, ended: Ended, left: int) -> str:
        """A drill is over when its trainer says so: what the plan had still to come is a number, not a fault."""
        how = self._word(f"ended-{ended.how}")
        words = self._word("log-drill-ended", how=how, count=left)
        return self._brackets(words, _one_line(ended.why))

    def brief(self, entry: Entry) -> str:
        """The same as `sentence`, where a long list is cut: the log has all of it."""
        event = entry.event
        if not isinstance(event, RunEnded) or len(event.open) <= MOST_LISTED:
            return self.sentence(entry)
        left = len(event.open) - MOST_LISTED
        said = self.sentence(replace(entry, event=replace(event, open=event.open[:MOST_LISTED])))
        return self._brackets(said, self._word("and-left", count=left))

    def _word(self, word_id: str, /, **facts: object) -> str:
        return say(word_id, self.language, **facts)

    def _brackets(self, text: str, note: str) -> str:
        if not note:
            return text.strip()
        return f"{text.strip()}（{note}）" if self.language == "zh" else f"{text.strip()} ({note})"

    def _title(self, table: dict[str, Text], name: str) -> str:
        return _one_line(table[name].of(self.language) if name in table else name)

    # --- the fields of an event as a person reads them

    def _shown(self, name: str, key: str, value: Any, said: dict[str, Any]) -> str:
        own = self._own(name, key, value, said)
        if own is not None:
            return own
        table = TABLES_OF.get((name, key)) or TABLES.get(key)
        if table is not None:
            return self._title(getattr(self.titles, table), str(value))
        if isinstance(value, list):
            return self._listed(key, value)
        if key == "name" and (said.get("step"), said.get("item")) in self.titles.lines:
            return _one_line(self.titles.lines[said["step"], said["item"]].of(self.language))
        if key == "finding":
            return clean(str(value))[:SHORT_ID]
        if key == "answer":
            return self._answer(str(said.get("step", "")), str(value))
        kind = KINDS_OF.get((name, key)) or KINDS.get(key)
        if kind is not None:
            return self._named(kind, str(value))
        return self._plain(key, str(value))

    def _own(self, name: str, key: str, value: Any, said: dict[str, Any]) -> str | None:
        """A field that means something of its own in one type of entry; None for all others."""
        if (name, key) == ("note_added", "text"):
            return self._note(str(said.get("kind")), str(value))
        if (name, key) == ("role_taken", "role") and f"drill-role-{value}" in WORDS:
            return self._word(f"drill-role-{value}")
        if (name, key) == ("rated", "rating"):
            return f"{clean(str(value))} {self._named('rating', str(value))}"
        if (name, key) == ("inject_set", "title") and not value:
            return clean(str(said.get("inject", "")))
        return None

    def _note(self, kind: str, text: str) -> str | None:
        """What a note of a kind says; None where its words are plain."""
        if kind == "finding":
            return self._finding(text)
        return self._person_line(text) if kind in ("pin", "sign-in", "sign-out") else None

    def _plain(self, key: str, value: str) -> str:
        """A field that means the same in every entry."""
        if key == "unit":
            return unit_words(value, self.language)
        if key == "alarm":
            return self._alarm(value)
        if key == "reason" and f"because-{value}" in WORDS:
            return self._word(f"because-{value}")
        return self._value(value) if key == "value" else _one_line(value)

    def _listed(self, key: str, value: list[Any]) -> str:
        """Steps by their titles, or words that the record holds in each language."""
        if key in SPOKEN:
            words = dict(value)
            return _one_line(words.get(self.language) or next(iter(words.values()), ""))
        if key in ("reopens", "open"):
            return join([self._title(self.titles.steps, str(one)) for one in value], self.language)
        return _one_line(str(value))

    def _named(self, kind: str, name: str) -> str:
        """A name the program gives, in words; as it is when it is not known here."""
        if kind == "rate" and name not in ("0", "1000"):
            return f"{int(name) / 1000:g}×"
        return self._word(f"{kind}-{name}") if f"{kind}-{name}" in WORDS else clean(name)

    def _person_line(self, text: str) -> str:
        """Somebody, and in a sign-in by a trainer how they signed and whom they came for."""
        person, method, instead = ([*text.split("\n"), "", ""])[:3]
        more = [self._named("sign", method)] if method else []
        more += [self._word("log-with-acting-for", value=self.name(instead))] if instead else []
        return self._brackets(self.name(person), join(more, self.language))

    def _answer(self, step: str, answer: str) -> str:
        known = self.titles.answers.get((step, answer))
        return _one_line(known.of(self.language)) if known is not None else self._named("answer", answer)

    def _value(self, value: str) -> str:
        if value in ("yes", "no"):
            return self._named("answer", value)
        if _STAMP.fullmatch(value):
            return f"{moment_of(value).astimezone(self.titles.zone):%m-%d %H:%M:%S}"
        lines = [clean(line) for line in value.split("\n") if line.strip()]
        return join(lines, self.language) if lines else self._word("none")

    def _alarm(self, name: str) -> str:
        """An alarm by its kind and what it is about: ``overdue:doorway:1`` is about the step doorway."""
        kind, _, rest = name.partition(":")
        about = rest.rpartition(":")[2] if kind == "level" else rest.partition(":")[0]
        known = (self.titles.steps, self.titles.readings, self.titles.watches, self.titles.promises)
        said = [self._title(table, about) for table in known if about in table]
        words = said[0] if said else clean(about) if kind in ("level", "escalate") else ""
        return self._word("log-alarm", kind=self._named("alarm-kind", kind), about=words).strip()

    def _finding(self, text: str) -> str:
        """Place, values and limit, with the labels of the readings in the place of their names."""
        return found_words(_one_line(text), self.titles.readings, self.language)

    def _more(self, name: str, said: dict[str, Any]) -> str:
        """What not every entry has: a reason, a strength, where it went back to."""
        known = [(key, said.get(key)) for key in MORE]
        parts = [
            self._word(word_with(name, key), value=self._shown(name, key, value, said))
            for key, value in known
            if value not in (None, "", [], False, *OF_COURSE)
        ]
        return join(parts, self.language)


class _Facts(dict[str, str]):
    """What an entry does not say is left empty."""

    def __missing__(self, key: str) -> str:
        return ""


def of_a_drill(entry: Entry) -> bool:
    """Whether its times are those of an exercise clock, which says nothing of when it was written."""
    return entry.run is not None and entry.run[0] in "DE"


def of_another_clock(entry: Entry) -> bool:
    """Likewise, or those of the clock that a rehearsal moves by hand."""
    return of_a_drill(entry) or (entry.run is not None and entry.run[0] == "H")


def _one_line(text: str) -> str:
    return " ".join(clean(text, lines=True).split("\n"))


def _lag(seconds: float, language: str) -> str:
    return said_length(timedelta(minutes=int(seconds // 60)), language)
