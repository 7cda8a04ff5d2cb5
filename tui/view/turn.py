"""What line mode shows before it asks, so that it fits the terminal where it can.

Header, warning, act and choices never give way. What does, in this order: the steps done last, the list of
other open steps, all alarms but the gravest, the longer text of the step, the goals, the other open steps at all
(`o` lists them), where a refusal leads, and of a decision the limits its values were held to (`?` tells them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.acts import Act, current_step
from engine.clocks import alarms, deadline_of
from engine.state import held_back
from engine.text import cells, cut, wrap
from tui.view.across import stands_back, why_it_stands_back
from tui.view.acts import Offer, offers_of
from tui.view.ending import ends_by_enter
from tui.view.head import goal_parts, header
from tui.view.layout import GAP, pack
from tui.view.looking import Looking
from tui.view.numbers import Numbers
from tui.view.people import is_for
from tui.view.rows import alarm_row, others, recent_rows, rests
from tui.view.step import criteria, step_lines
from tui.view.weighed import brief_answer, weighed

TITLE_CELLS = 34
"""How much of the title of another step is shown."""

MOST_OTHERS = 12
"""More titles than this never fit the lines there are for other steps."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The lines of a turn, and what stands behind its numbers."""

    lines: tuple[str, ...]
    numbers: Numbers
    """Behind them stands what is shown on this turn, and nothing else: no other number does anything here."""
    first: Offer | None
    """The offer that is shown before all others, but for another run that a watch calls for."""
    rests: bool = False
    """Nothing needs hands now: the step in front waits, or its next visit is not due."""
    of_another: bool = False
    """The first offer is an act of somebody else's: it is noted by its number, never by Enter."""

    @property
    def by_enter(self) -> Offer | None:
        """What Enter alone does: the first offer, unless it is one of several answers, another's, or not due."""
        waits = self.first is None or self.first.decides or self.rests or self.of_another
        return None if waits else self.first


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of what may give way is shown."""

    recent: int = 2
    others: int = 2
    alarms: int = 2
    detail: bool = True
    goals: bool = True
    ways: bool = True
    folded: bool = False
    """A decision shows its values alone, and each answer in one line."""
    packed: bool = False
    """Its answers stand two in a line, cut: only a decision of very many answers comes to this."""


_ROOMS = (
    _Room(),
    _Room(recent=1),
    _Room(recent=1, others=1),
    _Room(recent=0, others=1, alarms=1),
    _Room(recent=0, others=1, alarms=1, detail=False),
    _Room(recent=0, others=1, alarms=1, detail=False, goals=False),
    _Room(recent=0, others=0, alarms=1, detail=False, goals=False),
    _Room(recent=0, others=0, alarms=1, detail=False, goals=False, ways=False),
    _Room(recent=0, others=1, alarms=1, detail=False, goals=False, ways=False, folded=True),
    _Room(recent=0, others=0, alarms=1, detail=False, goals=False, ways=False, folded=True),
    _Room(recent=0, others=0, alarms=1, detail=False, goals=False, ways=False, folded=True, packed=True),
)


def turn_of(
    look: Looking,
    acts: Sequence[Act],
    current: str | None,
    *,
    more: Sequence[Offer] = (),
    numbers: Numbers | None = None,
    width: int = 78,
    height: int = 23,
) -> Turn:
    """A turn in at most `height` lines, where that can be. `more` are offers that no act makes.

    `numbers` are those that were given out on this step before.
    """
    known = numbers or Numbers(look.state.graph)
    # Each with numbers of its own: what is not shown after all gets none.
    turns = (_turn(look, acts, current, more, known.afresh(), width, room) for room in _ROOMS)
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
    look: Looking,
    acts: Sequence[Act],
    current: str | None,
    more: Sequence[Offer],
    numbers: Numbers,
    width: int,
    room: _Room,
) -> Turn:
    offers = [*more, *_first_things_first(offers_of(look, acts, current))]
    offers = [_folded(look, one, half=room.packed) for one in offers] if room.folded else offers
    lines = ["", *header(look, width, current)]
    lines += pack(goal_parts(look), width, first="", gap="  ", rest="") if room.goals else []
    lines += recent_rows(look, current, room.recent) if room.recent else []
    lines += _step(look, acts, current, room, width)
    gap = [] if room.packed else [""]
    rows = _numbered(offers, numbers, width, packed=room.packed)
    lines += [*gap, *_entry_heading(look, offers), *rows] if offers else []
    lines += _others(look, current, numbers, width, room.others)
    if room.ways:
        lines += _alarms(look, acts, numbers, room.alarms, width)
    else:
        lines += _in_one(_alarms(look, acts, numbers, room.alarms, UNBROKEN), width)
    idle = current is not None and rests(look, acts, look.state.steps[current]) and not more
    # Another run that a watch calls for stands first, and its number opens it: Enter does the step itself.
    first = next((one for one in offers if not _opens_for_a_watch(look, one)), None)
    return Turn(tuple(lines), numbers, first, idle, first is not None and _is_anothers(look, first))


def _opens_for_a_watch(look: Looking, offer: Offer) -> bool:
    return offer.act is not None and offer.act.verb == "open-child" and offer.act.step in look.state.watches


def _is_anothers(look: Looking, offer: Offer) -> bool:
    """Whether it is done, or signed, by others than whoever sits here."""
    one = look.state.steps.get(offer.act.step or "") if offer.act is not None else None
    return one is not None and not is_for(look, one.step)


def _first_things_first(offers: list[Offer]) -> list[Offer]:
    """While an entry condition is not answered, its answers alone: what the step asks is shown when it is due."""
    entry = [one for one in offers if one.act is not None and one.act.verb == "entry"]
    return entry or offers


def _entry_heading(look: Looking, offers: Sequence[Offer]) -> list[str]:
    return [look.say("entry-first")] if any(one.act and one.act.verb == "entry" for one in offers) else []


def _step(look: Looking, acts: Sequence[Act], current: str | None, room: _Room, width: int) -> list[str]:
    if current is None:
        ended = look.state.ended is not None
        nothing = [look.say("nothing-stays-open")] if ends_by_enter(look) else []
        return [] if ended else ["", look.say("place-end"), *nothing]
    lines = ["", *step_lines(look, current, answers=False, detail=room.detail, ways=room.ways)]
    one = look.state.steps[current]
    if (
        held_back(look.state, current) is None
        and not stands_back(look, one)
        and rests(look, acts, one)
        and current == current_step(look.state, look.person, look.now, look.across)
    ):
        lines.insert(1, look.say("rests"))
    if not room.detail and one.step.detail is not None and not room.folded:
        lines.append(f"    {look.say('detail-by-why')}")
    if one.step.kind == "ask" and room.folded:
        return [*lines, *weighed(look, one, width)]
    if one.step.kind == "ask":
        lines += [f"    {line}" for line in criteria(look, one)]
    return lines


def _folded(look: Looking, offer: Offer, *, half: bool) -> Offer:
    """An answer in one line, or in half of one."""
    act = offer.act
    one = look.state.steps.get(act.step or "") if act is not None and act.verb == "answer" else None
    known = one.step.answers if one is not None else ()
    answer = next((answer for answer in known if answer.id == offer.preset.get("answer")), None)
    if one is None or answer is None:
        return offer
    return replace(offer, label=brief_answer(look, one, answer, half=half))


# --- what stands behind numbers


def _numbered(offers: Sequence[Offer], numbers: Numbers, width: int, *, packed: bool = False) -> list[str]:
    """Offers with their numbers: each answer on a line of its own, acts side by side; `packed`: all of them."""
    lines: list[str] = []
    beside: list[str] = []
    for offer in offers:
        said = f"{numbers.of(offer)}  {offer.label}"
        if offer.decides and not packed and not _is_short(offer):
            lines.append(f"  {said}")
        else:
            beside.append(said)
    return lines + pack(beside, width)


def _is_short(offer: Offer) -> bool:
    """The outcomes of a call are single words."""
    return offer.act is not None and offer.act.verb == "try"


def _others(look: Looking, current: str | None, numbers: Numbers, width: int, most: int) -> list[str]:
    """What else is open, in at most so many lines; what does not fit is counted."""
    if not most:
        return []
    offers = [Offer(look.title(name), step=name) for name in others(look, current)]
    for count in range(min(len(offers), MOST_OTHERS), 0, -1):
        trial = numbers.copy()
        left = len(offers) - count
        parts = [f"{trial.of(one)}  {_short(look, str(one.step))}" for one in offers[:count]]
        tail = [look.say("more-open", count=left)] if left else []
        lines = pack([*parts, *tail], width, look.say("also-to-do"))
        if len(lines) <= most or count == 1:
            for one in offers[:count]:
                numbers.of(one)
            return lines
    return []


def _short(look: Looking, name: str) -> str:
    """The title of another open step, marked when its limit has passed, or when it is held back."""
    limit_at = deadline_of(look.state, look.state.steps[name])
    late = " !!" if limit_at is not None and limit_at < look.now else ""
    said = look.said("status", "held-back") if held_back(look.state, name) is not None else ""
    said = said or why_it_stands_back(look, look.state.steps[name])
    return look.in_brackets(cut(look.title(name), TITLE_CELLS), said) + late


def _unbroken(line: str, whole: str, width: int) -> list[str]:
    """A line in as many as it takes; `whole`, which says what to type, is not torn in two."""
    if cells(line) <= width:
        return [line]
    first, *rest = wrap(line, width - len(INDENT), keep=[whole])
    return [first, *(f"{INDENT}{part}" for part in rest)]


INDENT = "   "
"""Before what goes on below an alarm."""

UNBROKEN = 10_000
"""Wider than any line."""


def _in_one(lines: Sequence[str], width: int) -> list[str]:
    """The gravest alarm and how many more there are, side by side where that fits; the alarm gives way."""
    if len(lines) < 2:
        return list(lines)
    behind = GAP + lines[-1].removeprefix("!! ")
    return [cut(lines[0], width - cells(behind)) + behind]


def _alarms(look: Looking, acts: Sequence[Act], numbers: Numbers, most: int, width: int) -> list[str]:
    """The gravest alarms; the number behind each acknowledges it."""
    standing = look.once(alarms)
    known = {act.step: act for act in acts if act.verb == "ack"}
    lines = list[str]()
    for alarm in standing[:most]:
        act = known.get(alarm.name)
        row = alarm_row(look, alarm)
        if act is not None:
            said = look.in_brackets(row, look.say("acknowledges", number=numbers.of(Offer(row, act))))
            lines += _unbroken(said, said.removeprefix(row).strip(), width)
        else:
            lines.append(row)
    if len(standing) > most:
        lines.append(look.say("more-alarms", count=len(standing) - most))
    return lines
