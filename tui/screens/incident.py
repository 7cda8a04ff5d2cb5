"""What F9 shows of the run that is left for it: its name, its place, and the watches that can be reported."""

from __future__ import annotations

from dataclasses import replace

from engine.state import RunState
from engine.text import Text
from tui import view
from tui.frame.home_glass import WATCH, Choice, Incident
from tui.view import Looking
from tui.view.rows import watch_words

DIGITS = 9
"""So many watches have a digit of their own."""

WHOLE_LIST = "tab"
"""Instead of a watch: the list of every act, in which all of them stand."""


def incident_of(look: Looking, step: str | None) -> Incident:
    """The run as it stands at this moment, in both languages."""
    each = (replace(look, language="zh"), replace(look, language="en"))
    names = watches_by_need(look.state)
    # One that cannot be told from a step of its own is still told: whoever sees it reports it.
    watches = tuple(_watch(each, name) for name in names[:DIGITS])
    room = next((one.title for one in look.state.graph.site.rooms if one.id == look.state.room), None)
    where = Text(*("   ".join([*([one.text(room)] if room else []), view.place(one, step)]) for one in each))
    title = Text(*(one.text(look.state.graph.runbook.title) for one in each))
    return Incident(title, where, watches, len(names) - len(watches))


def watches_by_need(state: RunState) -> list[str]:
    """First those that only a person can raise, then those that a value raises too; else as the plan has them.

    The order is that of the plan, so that a digit belongs to one watch for good.
    """
    watches = state.graph.watches
    return sorted(watches, key=lambda name: watches[name].when is not None)


def _watch(each: tuple[Looking, Looking], name: str) -> Choice:
    at = each[0].state.watches[name].raised_at
    since = () if at is None else (Text(*(one.say("watch-raised", time=one.clock(at)) for one in each)),)
    title = Text(*(watch_words(one, name) for one in each))
    return Choice(name, title, since, goes_on=at is not None, kind=WATCH)
