"""Everything that is allowed, in groups with numbers that stay: what is looked for under stress is always found there.

The step in front first, then what the alarm row says, the watches, other steps, people, and last what concerns
the whole run. What passes a step or ends the run by force is in the last group, never on the first page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from tui.typed import pick_by_words
from tui.view.acts import Offer
from tui.view.looking import Looking
from tui.view.places import PEOPLE, ROOM, VOICE, fixed_number, places

SHOWN = ("step", "alarms", "watches", "others", "people", "run")
"""In the order in which they stand in the list."""

RARE = ("override", "skip", "end")
"""Never among the acts of the step in front."""


class Line(NamedTuple):
    """A row of the list: its number, its group, and what stands behind it."""

    number: int
    group: str
    offer: Offer


def grouped(
    look: Looking,
    offers: Sequence[Offer],
    own: Iterable[Offer],
    known: Callable[[Offer], int] | None = None,
) -> list[Line]:
    """The rows of the list, group by group. `own` are the offers of the step in front.

    `known` gives the number that an offer of the step in front, or of an alarm, has on the terminal already.
    """
    mine = {one.key for one in own}
    parts: dict[str, list[Offer]] = {name: [] for name in SHOWN}
    for offer in offers:
        parts[_group_of(look, offer, offer.key in mine)].append(offer)
    watches = list(look.state.graph.watches)
    parts["watches"].sort(key=lambda one: watches.index(one.act.step or "") if one.act is not None else 0)
    parts["people"].sort(key=lambda one: one.act is not None and one.act.verb == VOICE)
    # What was decided is looked at last: a dozen changed answers never stand before what is to be done.
    parts["others"].sort(key=lambda one: one.act is not None and one.act.verb == "change")
    parts["run"].sort(key=lambda one: one.act is not None and one.act.verb in RARE)
    free = count(places(look.state.graph).free)

    def had(offer: Offer) -> int | None:
        """The number on the terminal of what stands there, or will when it is an alarm."""
        stands = offer.key in mine or (offer.act is not None and offer.act.verb == "ack")
        return known(offer) if known is not None and stands else None

    return [line for name in SHOWN for line in _numbered(look, name, parts[name], free, had)]


def _numbered(
    look: Looking,
    group: str,
    offers: Sequence[Offer],
    free: Iterator[int],
    had: Callable[[Offer], int | None],
) -> list[Line]:
    """The fixed number of each row, else the one it has on the terminal, else one of the room of its group."""
    at, graph = places(look.state.graph), look.state.graph
    rooms = {
        "step": range(1, ROOM + 1),
        "alarms": range(ROOM + 1, 2 * ROOM + 1),
        "people": range(at.people + len(PEOPLE), at.run),
    }
    room = iter(rooms.get(group, ()))
    return [
        Line(fixed_number(graph, offer) or had(offer) or next(room, 0) or next(free), group, offer)
        for offer in offers
    ]


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
    if act.verb in PEOPLE or act.verb == VOICE:
        return "people"
    return "others" if act.step in look.state.steps else "run"


def matching(lines: Sequence[Line], words: str) -> list[Line]:
    """The rows that hold these words, with the numbers they have in the whole list."""
    if not words.strip():
        return list(lines)
    wanted = set(pick_by_words(words.strip(), [(str(at), one.offer.label) for at, one in enumerate(lines)]))
    plain = words.strip().casefold()
    return [one for at, one in enumerate(lines) if str(at) in wanted or plain in one.offer.label.casefold()]
