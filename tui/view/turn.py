"""What line mode shows before it asks, so that it fits the terminal where it can.

Header, warning, act and choices never give way. What does, in this order: the steps done last, the list of
other open steps, all alarms but the gravest, the longer text of the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.acts import Act, current_step
from engine.clocks import alarms, deadline_of
from engine.text import cells, cut, wrap
from tui.view.acts import Offer, offers_of
from tui.view.head import goal_parts, header
from tui.view.layout import pack
from tui.view.looking import Looking
from tui.view.rows import alarm_row, is_idle, others, recent_rows
from tui.view.step import criteria, step_lines

TITLE_CELLS = 34
"""How much of the title of another step is shown."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The lines of a turn, and what stands behind its numbers, counted from 1."""

    lines: tuple[str, ...]
    offers: tuple[Offer, ...]
    rests: bool = False
    """Nothing needs hands now: the step in front waits, or its next visit is not due."""

    @property
    def by_enter(self) -> Offer | None:
        """What Enter alone does: the first offer, unless it is one of several answers or nothing is due."""
        if not self.offers or self.offers[0].decides or self.rests:
            return None
        return self.offers[0]


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of what may give way is shown."""

    recent: int = 2
    others: int = 2
    alarms: int = 2
    detail: bool = True


_ROOMS = (
    _Room(),
    _Room(recent=1),
    _Room(recent=1, others=1),
    _Room(recent=0, others=1, alarms=1),
    _Room(recent=0, others=1, alarms=1, detail=False),
)


def turn_of(
    look: Looking,
    acts: Sequence[Act],
    current: str | None,
    *,
    more: Sequence[Offer] = (),
    width: int = 78,
    height: int = 23,
) -> Turn:
    """A turn in at most `height` lines, where that can be. `more` are offers that no act makes."""
    turns = (_turn(look, acts, current, more, width, room) for room in _ROOMS)
    last = None
    for turn in turns:
        last = turn
        if sum(_height(line, width) for line in turn.lines) <= height:
            break
    assert last is not None
    return last


def _height(line: str, width: int) -> int:
    return len(wrap(line, width)) if cells(line) > width else 1


def _turn(
    look: Looking, acts: Sequence[Act], current: str | None, more: Sequence[Offer], width: int, room: _Room
) -> Turn:
    offers = [*more, *offers_of(look, acts, current)]
    lines = ["", *header(look, width, current)]
    lines += pack(goal_parts(look), width, first="", gap="  ", rest="")
    lines += recent_rows(look, current, room.recent) if room.recent else []
    lines += _step(look, current, room)
    lines += ["", *numbered(offers, 1, width)] if offers else []
    other_lines, elsewhere = _others(look, current, len(offers) + 1, width, room.others)
    offers += elsewhere
    alarm_lines, seen = _alarms(look, acts, len(offers) + 1, width, room.alarms)
    rests = current is not None and is_idle(look, look.state.steps[current]) and not more
    return Turn((*lines, *other_lines, *alarm_lines), (*offers, *seen), rests)


def _step(look: Looking, current: str | None, room: _Room) -> list[str]:
    if current is None:
        ended = look.state.ended is not None
        return [] if ended else ["", look.say("place-end")]
    lines = ["", *step_lines(look, current, answers=False, detail=room.detail)]
    one = look.state.steps[current]
    if is_idle(look, one) and current == current_step(look.state, look.person, look.now):
        lines.insert(1, look.say("rests"))
    if not room.detail and one.step.detail is not None:
        lines.append(f"    {look.say('detail-by-why')}")
    if one.step.kind == "ask":
        lines += [f"    {line}" for line in criteria(look, one)]
    return lines


# --- what stands behind numbers


def numbered(offers: Sequence[Offer], first: int, width: int) -> list[str]:
    """Offers with their numbers: each answer on a line of its own, acts side by side."""
    lines: list[str] = []
    packed: list[str] = []
    for number, offer in enumerate(offers, start=first):
        if offer.decides and not _is_short(offer):
            lines.append(f"  {number}  {offer.label}")
        else:
            packed.append(f"{number}  {offer.label}")
    return lines + pack(packed, width)


def _is_short(offer: Offer) -> bool:
    """The outcomes of a call are single words."""
    return offer.act is not None and offer.act.verb == "try"


def _others(
    look: Looking, current: str | None, first: int, width: int, most: int
) -> tuple[list[str], list[Offer]]:
    """What else is open, in one or two lines; what does not fit is counted."""
    names = others(look, current)
    if not names:
        return [], []
    parts = [f"{number}  {_short(look, name)}" for number, name in enumerate(names, start=first)]
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        tail = [look.say("more-open", count=left)] if left else []
        lines = pack([*parts[:shown], *tail], width, look.say("also-to-do"))
        if len(lines) <= most:
            break
    offers = [Offer(look.title(name), step=name) for name in names[:shown]]
    return lines, offers


def _short(look: Looking, name: str) -> str:
    """The title of another open step, marked when its limit has passed."""
    limit_at = deadline_of(look.state, look.state.steps[name])
    late = " !!" if limit_at is not None and limit_at < look.now else ""
    return cut(look.title(name), TITLE_CELLS) + late


def _alarms(
    look: Looking, acts: Sequence[Act], first: int, width: int, most: int
) -> tuple[list[str], list[Offer]]:
    """The gravest alarms; the number behind each acknowledges it."""
    standing = alarms(look.state, look.now)
    known = {act.step: act for act in acts if act.verb == "ack"}
    lines, offers = list[str](), list[Offer]()
    for alarm in standing[:most]:
        act = known.get(alarm.name)
        row = alarm_row(look, alarm)
        if act is not None:
            row = look.in_brackets(row, look.say("acknowledges", number=first + len(offers)))
            offers.append(Offer(row, act))
        lines.append(row)
    if len(standing) > most:
        lines.append(look.say("more-alarms", count=len(standing) - most))
    return lines, offers
