"""The numbers that acts of the whole run have on every step, on the screen and in line mode: the plan gives them.

Watches, people, and what concerns the run are looked for in a hurry, so they never move.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.graph import StepGraph
from tui.view.acts import Offer

ROOM = 10
"""So many numbers a group has at least; the step in front and the alarms have so many each, before the others."""

PEOPLE = ("role", "handover", "leave", "try-anytime", "tell-anytime")
"""Acts about people, each with its place in their group."""

VOICE = "confirm-voice"
"""Among people too, but there is one for each voice."""

RUN = (
    "read", "level", "note", "evidence", "close-finding", "report", "hold", "resume", "reopen", "end", "pass-time",
)  # fmt: skip
"""Acts about the whole run, each with its place in their group."""

WATCH = (("raise", "retire"), ("raise-again",), ("open-child", "force-child"))
"""What can be done with a watch: one number for raising and retiring it, one each for the others."""


class Places(NamedTuple):
    """Where the fixed numbers of a plan begin."""

    watches: int
    people: int
    run: int
    again: int
    """What else can be done with watches."""
    free: int
    """Behind all that is fixed."""


def places(graph: StepGraph) -> Places:
    """Watches from 21, then people, the run, and watches once more, by whole tens."""
    watches, first = len(graph.watches), 2 * ROOM + 1
    people = first + _tens(watches)
    run = people + ROOM
    again = run + _tens(len(RUN))
    return Places(first, people, run, again, again + _tens((len(WATCH) - 1) * watches))


def _tens(size: int) -> int:
    return max(-(-size // ROOM), 1) * ROOM


def fixed_number(graph: StepGraph, offer: Offer) -> int | None:
    """The number of an act in the whole run; None for all that comes and goes with steps and alarms."""
    act = offer.act
    if act is None or (act.verb == "note" and offer.preset) or any(need.reading for need in act.needs):
        return None
    if act.step in graph.watches:
        return _of_watch(graph, act.step, act.verb)
    if act.step is not None:
        return None
    at = places(graph)
    if act.verb in PEOPLE:
        return at.people + PEOPLE.index(act.verb)
    return at.run + RUN.index(act.verb) if act.verb in RUN else None


def _of_watch(graph: StepGraph, watch: str, verb: str) -> int | None:
    """By the place of the watch in the plan."""
    kind = next((index for index, verbs in enumerate(WATCH) if verb in verbs), None)
    if kind is None:
        return None
    at, watches = places(graph), list(graph.watches)
    first = at.watches if kind == 0 else at.again + (kind - 1) * len(watches)
    return first + watches.index(watch)
