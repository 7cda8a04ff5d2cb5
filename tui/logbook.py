"""Entries as sentences, from the record alone. Reads the compiled plan as JSON for its titles; never a graph.

titles_of(compiled, room)    the words of a plan, with the values of its site and room in them
Teller(titles, language)     says an entry: when, who, what
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from drill.endings import Ended, ended_by
from engine.events import Entry, RunEnded, Unknown, moment_of, name_of, to_payload
from engine.sentences.usual import unit_words
from engine.text import Text, clean
from tui.locale import ROLE_WORDS, WORDS, join, say

CLOCK = "clock"
"""Who does what nobody did: time brought it about."""

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""A name of the plan, as it stands in a condition."""

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
class Titles:
    """The words of a compiled plan, and the zone of its site."""

    runbook: Text
    zone: ZoneInfo
    site: str = ""
    """The id of the site."""
    steps: dict[str, Text] = field(default_factory=dict)
    readings: dict[str, Text] = field(default_factory=dict)
    watches: dict[str, Text] = field(default_factory=dict)
    roles: dict[str, Text] = field(default_factory=dict)
    groups: dict[str, Text] = field(default_factory=dict)
    promises: dict[str, Text] = field(default_factory=dict)
    people: dict[str, Text] = field(default_factory=dict)
    answers: dict[tuple[str, str], Text] = field(default_factory=dict)
    marks: dict[str, Text] = field(default_factory=dict)
    """The marks of the plan, each by the first step that brings it."""
    lines: dict[tuple[str, int], Text] = field(default_factory=dict)
    """The lines to tick, by step and number."""
    roles_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The roles of each step."""


NO_TITLES = Titles(Text("?", "?"), ZoneInfo("UTC"))


def headline_of(compiled: bytes | None, room: str | None = None) -> Titles:
    """Of the words in a compiled graph only what a list of runs says: its title; and the zone."""
    if compiled is None:
        return NO_TITLES
    said = json.loads(compiled)
    title = _filler(said["site"], room)(_text(said["runbook"]["title"]))
    return Titles(title, ZoneInfo(said["site"]["timezone"]), said["site"]["id"])


def titles_of(compiled: bytes | None, room: str | None = None) -> Titles:
    """The words in a compiled graph as it is kept; of one that is not here, none."""
    if compiled is None:
        return NO_TITLES
    said = json.loads(compiled)
    runbook, site = said["runbook"], said["site"]
    fill = _filler(site, room)
    beside = {f"entry.{number}": _text(words) for number, words in enumerate(runbook.get("entry", []))}
    beside |= {f"handover.{role}": _handover(_text(words)) for role, words in runbook.get("roles", [])}
    return Titles(
        runbook=fill(_text(runbook["title"])),
        zone=ZoneInfo(site["timezone"]),
        site=site["id"],
        steps={one["id"]: fill(_text(one["text"])) for one in runbook["steps"]} | beside,
        readings={one["id"]: _text(one["label"]) for one in runbook.get("readings", [])},
        watches={
            one["id"]: _text(one["words"]) if one.get("words") else _condition(one.get("when"), runbook)
            for one in runbook.get("watches", [])
        },
        roles=ROLE_WORDS | {name: _text(words) for name, words in runbook.get("roles", [])},
        groups={one["id"]: _text(one["title"]) for one in site.get("groups", [])},
        promises={one["id"]: _text(one["title"]) for one in said["promises"].get("promises", [])},
        people={one["id"]: _text(one["name"]) for one in site.get("people", [])},
        answers={
            (step["id"], answer["id"]): fill(_text(answer["says"]))
            for step in runbook["steps"]
            for answer in step.get("answers", [])
        },
        marks={
            mark: fill(_text(step["text"]))
            for step in reversed(runbook["steps"])
            for mark in step.get("marks", [])
        },
        lines={
            (step["id"], number): _text(line)
            for step in runbook["steps"]
            for number, line in enumerate(step.get("check", []), start=1)
        },
        roles_of={step["id"]: tuple(step.get("roles", ())) for step in runbook["steps"]},
    )


def _handover(role: Text) -> Text:
    """What a voice stands under that gave or took a role."""
    return Text(say("handover-of", "zh", role=role.zh), say("handover-of", "en", role=role.en))


_NAME = re.compile(r"(?<![A-Za-z0-9.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def _condition(when: Any, runbook: dict[str, Any]) -> Text:
    """A condition with the labels of its readings."""
    labels = {one["id"]: _text(one["label"]) for one in runbook.get("readings", [])}

    def said(language: str) -> str:
        words = {name: say(f"word-{name}", language) for name in ("and", "or", "not")}

        def in_words(found: re.Match[str]) -> str:
            name = found[0]
            rise = labels.get(name.removesuffix("-rise"))
            if name in labels:
                return labels[name].of(language)
            return say("rise", language, label=rise) if rise is not None else words.get(name, name)

        return _NAME.sub(in_words, str(when or "?"))

    return Text(said("zh"), said("en"))


def _text(said: Any) -> Text:
    return Text(said["zh"], said["en"]) if isinstance(said, dict) else Text(str(said), str(said))


_SITE_VALUE = re.compile(r"\{\{\s*site\.((?:room\.)?[a-z0-9][a-z0-9-]*)\s*\}\}")


def _filler(site: dict[str, Any], room: str | None) -> Callable[[Text], Text]:
    """Says the values of the site and of the room in a text."""
    rooms = {one["id"]: one.get("facts", []) for one in site.get("rooms", [])}
    # Put into words when a text asks: a title needs few of them, and a length loads the language of conditions.
    facts = {one["id"]: one for one in site.get("parameters", [])}
    labels = {f"room.{one['id']}": _text(one["label"]) for known in rooms.values() for one in known}
    facts |= {f"room.{one['id']}": one for one in rooms.get(room, [])}

    def fill(text: Text) -> Text:
        def say_value(found: re.Match[str], language: str) -> str:
            if found[1] in facts:
                return _value(facts[found[1]]).of(language)
            # No room says it: what is meant, in brackets.
            return f"[{labels[found[1]].of(language)}]" if found[1] in labels else found[0]

        return Text(
            _SITE_VALUE.sub(lambda found: say_value(found, "zh"), text.zh),
            _SITE_VALUE.sub(lambda found: say_value(found, "en"), text.en),
        )

    return fill


def _value(fact: dict[str, Any]) -> Text:
    if "number" in fact:
        return _text(fact["number"]["decimal"])
    if "length" in fact:
        length = timedelta(milliseconds=fact["length"]["ms"])
        return Text(_said_length(length, "zh"), _said_length(length, "en"))
    return _text(fact.get("words", "?"))


# --- entries


@dataclass(frozen=True)
class Teller:
    """Says entries in one language."""

    titles: Titles
    language: str

    def line(self, entry: Entry, *, without_role: bool = False, one_hand: bool = False) -> str:
        """When, who, what; both times when they differ by more than a minute.

        `without_role`: whoever did it held none of the step's roles then. `one_hand`: both names of a decision
        for two were typed by one person at one device.
        """
        local = entry.at.astimezone(self.titles.zone)
        late = (entry.recorded_at - entry.at).total_seconds()
        typed = entry.by not in (entry.actor, CLOCK)
        notes = [self._word("log-typed", name=self.name(entry.actor))] if typed else []
        notes += [self._word("log-without-role")] if without_role else []
        notes += [self._word("log-one-hand", name=self.name(entry.actor))] if one_hand else []
        if late >= LATE_S and not _of_a_drill(entry):
            notes.append(self._word("log-late", lag=_lag(late, self.language)))
        words = self._brackets(self.sentence(entry), join(notes, self.language))
        return f"{local:%m-%d %H:%M:%S}  {self.name(entry.by)}  {words}"

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
        words = _word_of(name.replace("_", "-"), said)
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
        table = _TABLES_OF.get((name, key)) or _TABLES.get(key)
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
        kind = _KINDS_OF.get((name, key)) or _KINDS.get(key)
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
        if key in _SPOKEN:
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
        known = self.titles.readings
        return _NAME.sub(lambda found: self._title(known, found[0]), _one_line(text))

    def _more(self, name: str, said: dict[str, Any]) -> str:
        """What not every entry has: a reason, a strength, where it went back to."""
        known = [(key, said.get(key)) for key in _MORE]
        parts = [
            self._word(_word_with(name, key), value=self._shown(name, key, value, said))
            for key, value in known
            if value not in (None, "", [], False, *_OF_COURSE)
        ]
        return join(parts, self.language)


_TABLES = {
    "step": "steps",
    "missed": "steps",
    "until": "steps",
    "watch": "watches",
    "reading": "readings",
    "role": "roles",
    "group": "groups",
    "person": "people",
    "giver": "people",
    "owner": "people",
    "acting_for": "people",
}
"""In which table of titles a field is looked up."""

_TABLES_OF = {("inject_set", "to"): "roles"}
"""The same for a field that means something else in one type of entry."""

_SPOKEN = ("sender", "title", "text")
"""Fields that the record may hold in each language."""

_KINDS = {
    "how": "ended",
    "link": "link",
    "outcome": "outcome",
    "strength": "strength",
    "giver_strength": "strength",
    "basis": "basis",
    "kind": "note",
}
"""What a field names among the words of the program."""

_KINDS_OF = {
    ("clock_set", "rate"): "rate",
    ("inject_set", "how"): "inject",
    ("inject_set", "channel"): "channel",
    ("observed", "kind"): "seen",
    ("stage", "stage"): "stage",
}
"""The same for a field that means something else in one type of entry."""

_MORE = (
    "acting_for",
    "strength",
    "channel",
    "giver_strength",
    "giver_channel",
    "to",
    "until",
    "owner",
    "deviation",
    "reason",
    "note",
    "reopens",
    "second",
    "alone",
    "open",
    "since",
    "expectation",
    "explanation",
    "basis",
)
"""What is said behind a sentence, in this order."""


_OF_COURSE = ("asserted", "second-person")
"""Bases that the sentence says by itself: somebody did it, or their signatures stand beside it."""


def _word_of(name: str, said: dict[str, Any]) -> str:
    """The sentence of an event; some have several."""
    if name == "step-done" and (said.get("confirms") or said.get("round")):
        return "log-step-confirmed" if said.get("confirms") else "log-step-visited"
    if name == "step-started" and said.get("missed"):
        return "log-step-late"
    if name == "signed-off":
        known = f"log-signed-{said.get('purpose')}"
        return (
            "log-voice-confirmed" if said.get("confirms") else known if known in WORDS else "log-signed-off"
        )
    if name == "note-added" and said.get("kind") == "finding":
        return "log-finding"
    if name == "step-overridden" and said.get("answer"):
        return "log-step-overridden-answer"
    if name == "stage" and said.get("how"):
        return "log-stage-ended"
    if name == "note-added" and said.get("kind") == "went-on":
        return "log-went-on"
    return f"log-{name}"


def _word_with(name: str, key: str) -> str:
    """The words behind a sentence: to whom an inject goes, nobody has heard and confirmed."""
    said = {("inject_set", "to"): "inject-to", ("answer_given", "deviation"): "against"}
    return f"log-with-{said.get((name, key), key.replace('_', '-'))}"


class _Facts(dict[str, str]):
    """What an entry does not say is left empty."""

    def __missing__(self, key: str) -> str:
        return ""


def _of_a_drill(entry: Entry) -> bool:
    """Whether its times are those of an exercise clock, which says nothing of when it was written."""
    return entry.run is not None and entry.run[0] in "DE"


def _one_line(text: str) -> str:
    return " ".join(clean(text, lines=True).split("\n"))


def _lag(seconds: float, language: str) -> str:
    return _said_length(timedelta(minutes=int(seconds // 60)), language)


def _said_length(length: timedelta, language: str) -> str:
    from engine.condition import say_length  # the whole language of conditions, which most logs need not load

    return say_length(length, language)


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment with its day, in the zone of the site."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
