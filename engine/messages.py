"""The words of a message, from a template of the plan: Jinja, sandboxed, undefined is an error."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import Refused
from engine.graph import say_fact
from engine.plan import Step
from engine.state import RunState
from engine.template import TemplateFault, fill
from engine.text import Text


def message_for(state: RunState, step: Step, now: datetime, language: str) -> str:
    """The text a `tell` step proposes: its own template, the one it names, or what the step says."""
    template = step.message or step.text
    return render(state, template, now, language)


def render(state: RunState, template: Text, now: datetime, language: str) -> str:
    """A template filled with values of the plan, the site and the run; Refused when one is missing."""

    def site_value(name: str) -> str | None:
        fact = state.graph.site_fact(name, state.room)
        return _named(values, name) if fact is None else say_fact(fact, language)

    values = _values(state, now, language)
    try:
        return fill(template.of(language), values, site_value)
    except TemplateFault as fault:
        raise Refused("template-broken", why=fault.why) from None


def _named(values: dict[str, Any], name: str) -> str | None:
    """What the site or the room says of itself: its id or title."""
    found: Any = values["site"]
    for part in name.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return None if found is None or isinstance(found, dict) else str(found)


def _values(state: RunState, now: datetime, language: str) -> dict[str, Any]:
    graph = state.graph
    zone = ZoneInfo(graph.site.timezone)
    room = next((one for one in graph.site.rooms if one.id == state.room), None)
    opened_at = state.opened_at or now
    return {
        "plan": {
            "id": graph.runbook.id,
            "title": graph.runbook.title.of(language),
            "revision": graph.runbook.revision,
        },
        "site": {
            "id": graph.site.id,
            "title": graph.site.title.of(language),
            "room": {} if room is None else {"id": room.id, "title": room.title.of(language)},
        },
        "run": {
            "id": state.run_id,
            "opened_at": f"{opened_at.astimezone(zone):%Y-%m-%d %H:%M}",
            "now": f"{now.astimezone(zone):%Y-%m-%d %H:%M}",
            "level": state.level or "-",
            "room": room.title.of(language) if room is not None else "-",
        },
    }
