"""What home shows: what is open, how to start, who you are and where. One number and Enter chooses; words filter."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from engine.text import cells, cut, wrap
from tui.frame.emergency import force_rows, over_items, over_rows, sure_rows
from tui.frame.foot import Key, keys
from tui.frame.glass import LEAST
from tui.frame.head import NAME_CELLS
from tui.frame.home_glass import Choice, HomeGlass
from tui.frame.home_rows import due_words, some_rows, title_row
from tui.frame.rows import BLANK, Frame, Row, Span, filled, fitted, on, said_rows, spread
from tui.locale import join, say


def home_frame(glass: HomeGlass, language: str) -> Frame:
    """Home at any size."""
    width, height = glass.width, max(glass.height, 4)
    body: list[Row] = [*_small(glass, language), BLANK] if width < LEAST[0] or height < LEAST[1] else [BLANK]
    field = _field(glass, language)
    room = height - 3 - len(field)
    body += _sections(glass, language, room - len(body))
    head = [on(row, "head", width) for row in _head(glass, language)]
    foot = [*field, on(keys(_items(glass, language), width), "head", width)]
    rows = [*head, *filled(body, room), *foot]
    column = 3 + cells(say("home-typed", language)) + cells(glass.typed)
    return Frame(tuple(rows), (height - 2, min(column, width - 1)))


def _head(glass: HomeGlass, language: str) -> list[Row]:
    clock = f"{glass.now.astimezone(ZoneInfo(glass.zone)):%H:%M}" if glass.now is not None else ""
    first = spread(
        [Span(" Muster ", "tag-real"), Span(f"  {glass.site.of(language)}", "strong")],
        [Span(f"{cut(glass.who, NAME_CELLS)}  "), Span(clock, "strong"), Span(" ")],
        glass.width,
    )
    faults = [Span(say("home-faults", language, count=glass.faults) + " ", "amber")] if glass.faults else []
    return [first, spread([Span(" "), *_promises(glass, language)], faults, glass.width)]


def _promises(glass: HomeGlass, language: str) -> list[Span]:
    """What real runs owe: what is overdue first, then what falls due next."""
    real = [one for one in glass.runs if one.kind in REAL]
    owed = sorted([due for one in real for due in one.late], key=lambda due: due[1])
    owed += sorted([one.due for one in real if one.due is not None], key=lambda due: due[1])
    if glass.reads:
        return []  # what stood in the record before the walk is not said of this moment
    if not owed or glass.now is None:
        return [Span(say("home-nothing-due", language), "dim")]
    late = sum(len(one.late) for one in real)
    words = [Span(say("home-late-count", language, count=late) + "   ", "red")] if late else []
    title, at = next((due for due in owed if due[1] >= glass.now), owed[0])
    return words + ([] if at < glass.now else [Span(due_words((title, at), glass.now, language), "amber")])


REAL = ("R", "P")
"""Kinds of runs that are no exercise."""


# --- the lists


def _sections(glass: HomeGlass, language: str, room: int) -> list[Row]:
    if glass.stage == "sure":
        return sure_rows(glass, language)
    if glass.stage == "force":
        return force_rows(glass, language)
    shown = glass.shown()
    if glass.stage != "home":
        rows = [title_row(f"home-{glass.stage}", language, glass.chosen), *_none_fits(glass, language), BLANK]
        return rows + some_rows(glass, shown, language, room - len(rows))
    if glass.over:
        return [*_none_fits(glass, language), *over_rows(glass, shown, language, room)]
    runs = [one for one in shown if one.goes_on]
    rows = _none_fits(glass, language)
    if runs:
        rows += [
            title_row("home-open", language),
            *some_rows(glass, runs, language, max(room // 2, 3)),
            BLANK,
        ]
    return rows + _starts(glass, [one for one in shown if not one.goes_on], language, room - len(rows))


def _starts(glass: HomeGlass, starts: Sequence[Choice], language: str, room: int) -> list[Row]:
    """How to start, the emergencies by their symptoms; last what patrols owe."""
    hint = say("home-start-hint", language)
    rows: list[Row] = [(*title_row("home-start", language), Span(f"   {hint}", "dim")), BLANK]
    more = [] if any(one.kind == "P" for one in starts) else _upkeep(glass, language)
    return [*rows, *some_rows(glass, starts, language, room - 2 - len(more)), *more]


def _upkeep(glass: HomeGlass, language: str) -> list[Row]:
    """The patrols: how to find them, which should have been walked by now, and what they left open."""
    patrols = sum(one.kind == "P" for one in glass.starts)
    rows: list[Row] = []
    if patrols:
        rows.append((Span(f"     {say('home-patrols', language, count=patrols)}", "dim"),))
    if glass.patrols:
        names = join([one.of(language) for one in glass.patrols], language)
        said = say("home-patrols-late", language, count=len(glass.patrols), names=names)
        rows.append((Span(f"     {cut(said, glass.width - 6)}", "amber"),))
    if glass.findings:
        rows.append((Span(f"     {say('home-findings', language, count=glass.findings)}", "amber"),))
    return [BLANK, *rows] if rows else []


TYPED_CELLS = 16
"""So much of what fits nothing is said back."""


def _none_fits(glass: HomeGlass, language: str) -> list[Row]:
    if not glass.nothing_fits():
        return []
    at_home = "home-none-near" if glass.nothing_is_near() else "home-none"
    word = at_home if glass.stage == "home" else "home-none-other"
    return [(Span(f"    {say(word, language, typed=cut(glass.typed, TYPED_CELLS))}", "amber"),)]


# --- foot


def _field(glass: HomeGlass, language: str) -> list[Row]:
    """The field; as long as there is news, that: what is wrong may take a second row."""
    if glass.said:
        return said_rows(glass.said, glass.width)
    if glass.stage == "sure":
        return [BLANK]  # nothing is typed here
    left = [Span(f"  {say('home-typed', language)} ", "dim"), Span(glass.typed, "field"), Span(" ", "caret")]
    return [tuple(fitted(left, glass.width))]


def _items(glass: HomeGlass, language: str) -> list[Key]:
    if glass.stage == "force":
        start: Key = ("Enter", say("key-start-real", language), "enter")
        return [start, ("Esc", say("key-back", language), "key"), ("F12", say("key-leave", language), "key")]
    items = over_items(glass, language) if glass.over else _items_of_home(glass, language)
    if not glass.one_language:
        items.append(("F2", say("key-language", language), "key"))
    return [*items, ("F12", say("key-leave", language), "key")]


def _items_of_home(glass: HomeGlass, language: str) -> list[Key]:
    picked = glass.picked()
    word = "key-start" if glass.stage == "home" or glass.begins else "key-choose-it"
    word = "key-digit" if picked is None else "key-start-real" if glass.begins == "R" else word
    enter = say("key-go-back" if picked is not None and picked.goes_on else word, language)
    items: list[Key] = [("Enter", enter, "enter"), ("Up Down", say("key-move", language), "key")]
    if glass.stage != "home" or glass.typed:
        items.append(("Esc", say("key-back", language), "key"))
    return items


def _small(glass: HomeGlass, language: str) -> list[Row]:
    said = say(
        "screen-too-small", language, columns=glass.width, rows=glass.height, wide=LEAST[0], high=LEAST[1]
    )
    return [(Span(line, "amber"),) for line in wrap(said, glass.width)[:2]]
