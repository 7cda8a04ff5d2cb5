"""The steps around the one in front: what was done last above it, what comes below; the whole list; the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from engine.clocks import overdue
from engine.road import Place
from engine.rules import waits_for
from engine.text import cells, cut, pad
from tui import view
from tui.frame.glass import Glass
from tui.frame.rows import BLANK, Row, Span, filled, fitted, width_of
from tui.view import Looking
from tui.view.rows import recent

MARK_STYLES = {
    "done": "green",
    "failed": "red",
    "overridden": "red",
    "contradicted": "red",
    "left-over": "red",
    "deferred": "amber",
    "awaiting-second": "amber",
    "provisional": "amber",
    "to-confirm": "amber",
    "active": "amber",
    "ready": "text",
}
"""Of a step that is not listed here nothing is to be done: it is dim."""

NOBODY_LATE: Mapping[str | None, datetime] = {}

TO_DO = ("ready", "active", "contradicted", "to-confirm", "awaiting-second", "left-over")


def step_row(
    look: Looking,
    name: str,
    width: int,
    *,
    here: bool = False,
    picked: bool = False,
    late: Mapping[str | None, datetime] = NOBODY_LATE,
) -> Row:
    """A step in one row: mark, number, title, and at the right what came of it, what it waits for, how late it is."""
    word = view.status(look.state, name)
    if (word == "waiting" or name in late) and not picked:
        return _after_row(look, name, None, None, width, late.get(name))
    line = view.row_line(look, name, None, width - 2)
    style = MARK_STYLES.get(word, "dim")
    lead = Span("> " if here else "  ", "amber-strong")
    words = "strong" if here else "text" if word in TO_DO else "dim"
    if picked:
        return (Span("=>", "blue"), Span(line[1:4], style), Span(line[4:], "blue"))
    return (lead, Span(line[1:4], style), Span(line[4:], words))


def before_rows(look: Looking, step: str | None, count: int, width: int) -> list[Row]:
    """The steps finished last, the latest directly above the card."""
    names = [name for name in recent(look, count + 1) if name != step][-count:] if count else []
    rows = [step_row(look, name, width) for name in names]
    if names and step is not None and (jump := _jump(look, names[-1], step)):
        rows.append((Span("  "), Span(f"    {cut(jump, width - 8)}", "dim")))
    rows = rows[-count:]
    return [*[BLANK] * (count - len(rows)), *rows]


def _jump(look: Looking, last: str, step: str) -> str:
    """Which steps between the one done last and this one do not apply; nothing where it is the next.

    Nor behind a watch: it cuts in from anywhere, and the alarm row says so.
    """
    graph, state = look.state.graph, look.state
    if view.watches_before(graph, step):
        return ""
    between = range(graph.number[last] + 1, graph.number[step])
    off = [
        graph.number[name]
        for name in graph.steps
        if graph.number[name] in between and state.place(name) is Place.OFF
    ]
    numbers = look.join(_ranges(off))
    return look.say("screen-do-not-apply", numbers=numbers, count=len(off)) if off else ""


def _ranges(numbers: Sequence[int]) -> list[str]:
    """Numbers in rows of neighbours: ``4-16``, ``18``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return [str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in found]


def after_rows(look: Looking, step: str | None, count: int, width: int) -> list[Row]:
    """What else is to be done now, then what waits for it; what does not fit is counted."""
    names = view.others(look, step)
    names += [name for name in coming(look, step) if name not in names]
    shown = names[:count]
    late = {one.step: one.at for one in overdue(look.state, look.now)}
    pairs = zip([step, *shown], shown, strict=False)
    return filled(
        [_after_row(look, name, above, step, width, late.get(name)) for above, name in pairs], count
    )


def _after_row(
    look: Looking, name: str, above: str | None, step: str | None, width: int, late_at: datetime | None
) -> Row:
    """A step that comes: what it waits for, or since when it is overdue (`late_at`), at the right."""
    state, word = look.state, view.status(look.state, name)
    right: list[Span] = []
    if late_at is not None:
        right = [Span(look.say("limit-over", left=look.length(look.now - late_at)), "red")]
    elif word == "waiting":
        right = _waits(look, name, above, step)
    elif word not in ("ready", "active"):
        right = [Span(look.said("status", word), MARK_STYLES.get(word, "dim"))]
    number = state.graph.number[name]
    title = f" {number:>2}  {look.title(name)}"
    style = "text" if word in TO_DO else "dim"
    left = [Span("  "), Span(view.BOXES[word], MARK_STYLES.get(word, "dim"))]
    if not right:
        return tuple(fitted([*left, Span(title, style)], width - 1))
    # What they wait for stands in one column, so that the eye finds it.
    column = width * 3 // 5
    said = fitted(right, width - column - 1)
    return (*left, Span(pad(title, column - width_of(left) - 1), style), Span(" "), *said)


def _waits(look: Looking, name: str, above: str | None, step: str | None) -> list[Span]:
    """What a step waits for; where that is the step right above it, nothing need be said."""
    graph = look.state.graph
    titles = waits_for(look.state, name)
    if not titles:
        return []
    if step is not None and titles == (graph.steps[step].text,):
        return [Span(look.say("screen-after-this"), "dim")]
    if above is not None and titles == (graph.steps[above].text,):
        return []
    return [Span(look.say("waits-for-steps", steps=look.text(titles[0])), "dim")]


def coming(look: Looking, step: str | None) -> list[str]:
    """The steps on the road that wait, those behind the one in front first."""
    graph, state = look.state.graph, look.state
    waiting = [name for name in graph.steps if state.place(name) is Place.WAITING]
    here = graph.number.get(step or "", 0)
    return sorted(waiting, key=lambda name: (graph.number[name] < here, graph.number[name]))


# --- the whole list


def names_listed(look: Looking, step: str | None, *, mine: bool = False) -> list[str]:
    """Every step in the author's order; `mine`: those of whoever sits here, the one in front, and all that are late.

    What is late is everybody's business: it is never hidden. Where nothing of it all is theirs, every step.
    """
    steps = look.state.graph.steps
    if not mine:
        return list(steps)
    kept = {step, *(one.step for one in overdue(look.state, look.now))}
    return [name for name, one in steps.items() if name in kept or view.is_for(look, one)] or list(steps)


def list_rows(look: Looking, glass: Glass, step: str | None, count: int, width: int) -> list[Row]:
    """A page of the steps that holds the marked one; it turns like a page, so few rows change."""
    names = names_listed(look, step, mine=glass.mine)
    at = glass.at if glass.at is not None else (names.index(step) if step in names else 0)
    at = min(at, len(names) - 1)
    size = max(count - 1, 1)
    first = at // size * size
    shown = names[first : first + size]
    late = {one.step: one.at for one in overdue(look.state, look.now) if one.step != step}
    rows = [
        step_row(look, name, width, here=name == step, picked=names[at] == name and name != step, late=late)
        for name in shown
    ]
    page = {"first": first + 1, "last": first + len(shown), "count": len(names)}
    return [*filled(rows, size), (Span(f"  {cut(_what_is_listed(look, names, page), width - 3)}", "dim"),)]


def _what_is_listed(look: Looking, names: Sequence[str], page: Mapping[str, int]) -> str:
    """Which rows these are; of the steps that are not listed, how many there are and how many of them are open."""
    hidden = [name for name in look.state.graph.steps if name not in set(names)]
    if not hidden:
        return look.say("screen-of-steps", **page)
    opened = sum(look.state.place(name) is Place.OPEN for name in hidden)
    return look.say("screen-of-mine", **page, hidden=len(hidden), open=opened)


# --- the record


def log_rows(look: Looking, glass: Glass, width: int, count: int) -> list[Row]:
    """The newest entries of the record, the latest first."""
    if count < 4 or not glass.log:
        return []
    rows: list[Row] = [BLANK, (Span(look.say("screen-log"), "blue"),), BLANK]
    for line in list(reversed(glass.log))[: count - 3]:
        at, _, words = line.partition(" ")
        rows.append((Span(f"{at} ", "dim"), Span(cut(words, width - cells(at) - 2))))
    return rows
