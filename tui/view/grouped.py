"""Everything that is allowed, in groups with numbers that stay: what is looked for under stress is always found there.

The step in front first, then what the alarm row says, the watches, other steps, people, and last what concerns
the whole run. What passes a step or ends the run by force is in the last group, never on the first page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui.typed import pick_by_words
from tui.view.acts import Offer
from tui.view.looking import Looking

GROUPS = ("step", "alarms", "watches", "people", "run", "others")
"""In the order of their numbers; the last has no end."""

SHOWN = ("step", "alarms", "watches", "others", "people", "run")
"""In the order in which they stand in the list."""

ROOM = 10
"""So many numbers a group has at least."""

RARE = ("override", "skip", "end")
"""Never among the acts of the step in front."""

PEOPLE = ("role", "handover", "leave", "try-anytime", "tell-anytime", "confirm-voice")


class Line(NamedTuple):
    """A row of the list: its number, its group, and what stands behind it."""

    number: int
    group: str
    offer: Offer


def grouped(look: Looking, offers: Sequence[Offer], own: Iterable[Offer]) -> list[Line]:
    """The rows of the list, group by group. `own` are the offers of the step in front."""
    mine = {one.key for one in own}
    parts: dict[str, list[Offer]] = {name: [] for name in SHOWN}
    for offer in offers:
        parts[_group_of(look, offer, offer.key in mine)].append(offer)
    watches = list(look.state.graph.watches)
    parts["watches"].sort(key=lambda one: watches.index(one.act.step or "") if one.act is not None else 0)
    parts["run"].sort(key=lambda one: one.act is not None and one.act.verb in RARE)
    first = _first_numbers(look, parts)
    return [line for name in SHOWN for line in _numbered(look, name, first[name], parts[name])]


def _numbered(look: Looking, group: str, first: int, offers: Sequence[Offer]) -> list[Line]:
    """A watch has the number of its place in the plan, raised or not; every other row that of its place here."""
    if group != "watches":
        return [Line(number, group, offer) for number, offer in enumerate(offers, first)]
    places = {name: first + at for at, name in enumerate(look.state.graph.watches)}
    lines, free = list[Line](), first + len(places)
    for offer in offers:
        number = places.pop(offer.act.step or "", 0) if offer.act is not None else 0
        lines.append(Line(number or free, group, offer))
        free += not number
    return lines


def _group_of(look: Looking, offer: Offer, is_own: bool) -> str:
    act = offer.act
    if act is None:
        return "run" if offer.run is not None else "others"
    if act.verb == "ack" or (act.verb == "note" and offer.preset):
        return "alarms"
    if act.verb in RARE:
        return "run"
    if is_own:
        return "step"
    if act.step in look.state.graph.watches:
        return "watches"
    if act.verb in PEOPLE:
        return "people"
    return "others" if act.step in look.state.steps else "run"


def _first_numbers(look: Looking, parts: dict[str, list[Offer]]) -> dict[str, int]:
    """The first number of each group: a group of more rows than there is room for pushes the others by whole tens."""
    found, at = dict[str, int](), 1
    for name in GROUPS:
        found[name] = at
        size = len(parts[name]) + (len(look.state.graph.watches) if name == "watches" else 0)
        at += max(-(-size // ROOM), 1) * ROOM
    return found


def matching(lines: Sequence[Line], words: str) -> list[Line]:
    """The rows that hold these words, with the numbers they have in the whole list."""
    if not words.strip():
        return list(lines)
    wanted = set(pick_by_words(words.strip(), [(str(at), one.offer.label) for at, one in enumerate(lines)]))
    plain = words.strip().casefold()
    return [one for at, one in enumerate(lines) if str(at) in wanted or plain in one.offer.label.casefold()]
