"""A graph with the values of its site and room said in its texts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from engine.condition import say_length
from engine.graph.stepgraph import StepGraph, digraph
from engine.plan import Fact, Runbook, Site, Step
from engine.template import SITE_VALUE
from engine.text import Text

SITE_TAG = "site."
"""How a tag begins that the site or the room says."""

Fill = Callable[[Text], Text]

_AS_WRITTEN = ("places", "message")
"""Fields that are left alone: a message is filled when it is sent, with the values put in as values."""


def bound(graph: StepGraph, room_id: str | None) -> StepGraph:
    """The same graph with the values of the site and of the room said in its texts and as its tags."""

    def say(found: re.Match[str], language: str) -> str:
        fact = graph.site_fact(found[1], room_id)
        return unsaid(graph.site, found[1], language) if fact is None else say_fact(fact, language)

    def fill(text: Text) -> Text:
        if "{{" not in text.zh and "{{" not in text.en:
            return text
        return Text(
            SITE_VALUE.sub(lambda found: say(found, "zh"), text.zh),
            SITE_VALUE.sub(lambda found: say(found, "en"), text.en),
        )

    runbook: Runbook = _filled(graph.runbook, fill)
    steps = tuple([_with_tag(step, graph, room_id) for step in runbook.steps])
    if any(made is not step for made, step in zip(steps, runbook.steps, strict=True)):
        runbook = replace(runbook, steps=steps)
    if runbook is graph.runbook:
        return graph
    edges = [found["edge"] for _, _, found in graph.dag.edges(data=True)]
    return replace(graph, runbook=runbook, dag=digraph(runbook, edges))


def _with_tag(step: Step, graph: StepGraph, room_id: str | None) -> Step:
    """The step with the tag its site or room says; where languages say it otherwise, either may be typed."""
    if step.tag is None or not step.tag.startswith(SITE_TAG):
        return step
    fact = graph.site_fact(step.tag.removeprefix(SITE_TAG), room_id)
    if fact is None or fact.words is None:
        return step
    names = tuple(dict.fromkeys((fact.words.zh, fact.words.en)))
    return replace(step, tag=" / ".join(names), tag_names=names if len(names) > 1 else ())


def _filled(value: Any, fill: Fill) -> Any:
    """A plan value with every text in it filled; the value itself where nothing changed."""
    if isinstance(value, Text):
        return fill(value)
    if isinstance(value, tuple):
        made = tuple([_filled(one, fill) for one in value])
        return made if any(new is not old for new, old in zip(made, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in _AS_WRITTEN}
        made_parts = {name: _filled(part, fill) for name, part in parts.items()}
        changed = {name: part for name, part in made_parts.items() if part is not parts[name]}
        return replace(value, **changed) if changed else value
    return value


def unsaid(site: Site, name: str, language: str) -> str:
    """What stands where no room says the value: what is meant, in brackets."""
    fact_id = name.removeprefix("room.")
    facts = (fact for room in site.rooms for fact in room.facts)
    label = next((fact.label.of(language) for fact in facts if fact.id == fact_id), fact_id)
    return f"[{label}]"


def say_fact(fact: Fact, language: str) -> str:
    """A site value as a person reads it, without its unit: the text around it says that."""
    if fact.number is not None:
        return format(fact.number, "f")
    if fact.length is not None:
        return say_length(fact.length, language)
    return fact.words.of(language) if fact.words is not None else ""
