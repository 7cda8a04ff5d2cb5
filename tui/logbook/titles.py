"""The words of a plan as it is kept in the record, with the values of its site and room; never a graph.

titles_of(compiled, room)    the words of a plan
headline_of(compiled, room)  of them only what a list of runs says
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.text import Text
from tui.locale import ROLE_WORDS, say

NAME = re.compile(r"(?<![A-Za-z0-9.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""A name of the plan, as it stands in a condition."""


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
    read_once: frozenset[str] = frozenset()
    """The steps that ask for a value once: a wait or a hold measures it anew."""


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
        read_once=frozenset(one["id"] for one in runbook["steps"] if one["kind"] not in ("wait", "hold")),
    )


def with_ids(said: str, people: Mapping[str, str]) -> str:
    """A sentence with the id of everybody whose name (`people`, by id) cannot be written in ASCII."""
    for person, name in people.items():
        said = said if name.isascii() else said.replace(name, person)
    return said


def in_seven_bits(titles: Titles) -> Titles:
    """The same for a terminal that shows no more than ASCII: whoever cannot be written there is called by their id."""
    people = {
        one: name if name.zh.isascii() and name.en.isascii() else Text(one, one)
        for one, name in titles.people.items()
    }
    return replace(titles, people=people)


def _handover(role: Text) -> Text:
    """What a voice stands under that gave or took a role."""
    return Text(say("handover-of", "zh", role=role.zh), say("handover-of", "en", role=role.en))


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

        return NAME.sub(in_words, str(when or "?"))

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
        return Text(said_length(length, "zh"), said_length(length, "en"))
    return _text(fact.get("words", "?"))


def said_length(length: timedelta, language: str) -> str:
    """A length of time in words."""
    from engine.condition import say_length  # the whole language of conditions, which most logs need not load

    return say_length(length, language)


def when(moment: datetime, zone: ZoneInfo) -> str:
    """A moment with its day, in the zone of the site."""
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M:%S}"
