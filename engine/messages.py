"""The words of a message, from a template of the plan: Jinja, sandboxed, undefined is an error."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.errors import Refused
from engine.graph import SITE_VALUE, say_fact
from engine.plan import Step
from engine.state import RunState
from engine.text import Text


def message_for(state: RunState, step: Step, now: datetime, language: str) -> str:
    """The text a `tell` step proposes: its own template, the one it names, or what the step says."""
    template = step.message or step.text
    return render(state, template, now, language)


def render(state: RunState, template: Text, now: datetime, language: str) -> str:
    """A template filled with values of the plan, the site and the run; Refused when one is missing."""
    # Imported here: only who writes a message pays for the template engine.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    words = SITE_VALUE.sub(lambda found: _site_value(state, found, language), template.of(language))
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    try:
        return environment.from_string(words).render(_names(state, now, language)).strip()
    except Exception as error:  # noqa: BLE001 - a template may raise anything
        raise Refused("template-broken", why=str(error) or type(error).__name__) from None


def _site_value(state: RunState, found: re.Match[str], language: str) -> str:
    """A parameter or room fact is filled in here: its name may hold a hyphen. The rest is left to Jinja."""
    fact = state.graph.site_fact(found[1], state.room)
    return found[0] if fact is None else say_fact(fact, language)


def _names(state: RunState, now: datetime, language: str) -> dict[str, Any]:
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
