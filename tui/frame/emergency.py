"""The page on F9: the watches of this run behind a 0 and a digit each, then the other plans, then what goes on.

A plan keeps its number of home, so that every emergency is two keys away, and is named once more before its run
becomes real; somebody in shock is three keys away, and what that means is asked by the watch itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.text import cells, cut, pad
from tui.frame.foot import Key
from tui.frame.home_glass import WATCH, Choice, HomeGlass, Incident
from tui.frame.home_rows import lead_of, some_rows, title_row
from tui.frame.rows import BLANK, Row, Span, beside, paragraph
from tui.locale import say

COLUMNS = 2
"""The watches stand side by side, so that the plans and the runs below them fit on 24 rows."""


def over_rows(glass: HomeGlass, shown: Sequence[Choice], language: str, room: int) -> list[Row]:
    """What can be raised, started and gone back to, in this order."""
    watches = [one for one in shown if one.kind == WATCH]
    runs = [one for one in shown if one.goes_on and one.kind != WATCH]
    starts = [one for one in shown if not one.goes_on and one.kind != WATCH]
    rows = _watches(glass, watches, language) if glass.incident is not None else _tag(glass, language)
    below = len(runs) + 2 if runs else 0
    if starts:
        hint = say("home-at-once" if glass.at_once() else "home-plan-hint", language)
        word = "home-other-plan" if glass.incident is not None else "home-start"
        rows.append((*title_row(word, language), Span(f"   {hint}", "dim")))
        rows += some_rows(glass, starts, language, max(room - len(rows) - below, 3))
    if runs:
        rows += [BLANK, title_row("home-open", language)]
        rows += some_rows(glass, runs, language, max(room - len(rows), 1))
    return rows


def _tag(glass: HomeGlass, language: str) -> list[Row]:
    return [(Span("  "), Span(f" {say(f'home-{glass.over}', language)} ", "tag-red")), BLANK]


def _watches(glass: HomeGlass, watches: Sequence[Choice], language: str) -> list[Row]:
    """The run that was left, and what may be reported in it."""
    incident = glass.incident
    assert incident is not None
    named = f"{incident.title.of(language)}   {incident.where.of(language)}"
    tag, hint = f" {say('home-emergency', language)} ", say("home-watch-hint", language)
    room = glass.width - cells(tag) - (cells(hint) if watches else 0) - 8
    head: Row = (Span("  "), Span(tag, "tag-red"), Span(f"  {cut(named, room)}", "strong"))
    if not watches:
        return [head, BLANK]
    return [(*head, Span(f"   {hint}", "dim")), *_side_by_side(glass, watches, incident, language), BLANK]


def _side_by_side(
    glass: HomeGlass, watches: Sequence[Choice], incident: Incident, language: str
) -> list[Row]:
    """The watches in two columns, read downwards; behind the last where the others are."""
    width = glass.width // COLUMNS
    cells_of = [_watch(glass, one, width, language) for one in watches]
    if incident.more and not glass.typed:
        more = say("home-more-watches", language, count=incident.more)
        cells_of.append((Span("   "), Span("Tab", "amber-strong"), Span(f"  {more}", "dim")))
    half = -(-len(cells_of) // COLUMNS)
    return beside(cells_of[:half], cells_of[half:], width, gap=0)


def _watch(glass: HomeGlass, one: Choice, width: int, language: str) -> Row:
    lead, picked = lead_of(glass, one), glass.picked() is one
    since = f"  {one.words[0].of(language)}" if one.goes_on and one.words else ""
    title = cut(one.title.of(language), width - 10 - cells(since))
    style = "red" if one.goes_on else "strong" if picked else "text"
    return (*lead, Span(title, style), Span(since, "red"))


# --- what is about to begin, once more


def sure_rows(glass: HomeGlass, language: str) -> list[Row]:
    """What Enter starts, where and as whom; and that what was left goes on."""
    rows: list[Row] = [(Span("  "), Span(f" {say('home-sure', language)} ", "tag-red")), BLANK]
    words = ("plan", "room", "who") if len(glass.chosen) > len(PLAN_AND_WHO) else PLAN_AND_WHO
    for word, text in zip(words, glass.chosen, strict=False):
        label = pad(say(f"home-sure-{word}", language), SURE_CELLS)
        rows.append((Span(f"     {label}", "dim"), Span(text.of(language), "strong")))
    if glass.incident is not None:
        said = say("home-sure-goes-on", language, title=glass.incident.title.of(language))
        rows += [BLANK, *paragraph([Span("     ")], said, "dim", glass.width)]
    return rows


def force_rows(glass: HomeGlass, language: str) -> list[Row]:
    """What is about to begin, which run keeps it back, and that it takes a reason."""
    rows = [title_row("home-force", language, glass.chosen[:1]), BLANK]
    rows += paragraph([Span("     ")], glass.asks_why, "amber", glass.width)
    return [*rows, BLANK, *paragraph([Span("     ")], say("home-force-why", language), "dim", glass.width)]


SURE_CELLS = 8
PLAN_AND_WHO = ("plan", "who")
"""What is named where the site has no rooms."""


# --- keys


def over_items(glass: HomeGlass, language: str) -> list[Key]:
    """What the keys do here; the way back is named after the run."""
    picked = glass.picked()
    title = glass.incident.title.of(language) if glass.incident is not None else ""
    back = say("key-back-to", language, title=cut(title, BACK_CELLS)) if title else say("key-back", language)
    esc: Key = ("Esc", say("key-back", language) if glass.typed or glass.stage != "home" else back, "key")
    move: Key = ("Up Down", say("key-move", language), "key")
    if glass.stage == "sure":
        return [("Enter", say("key-start-real", language), "enter"), esc]
    if picked is not None:
        word = "key-report" if picked.kind == WATCH else "key-go-back" if picked.goes_on else "key-choose-it"
        return [("Enter", say(word, language), "enter"), esc, move]
    if glass.stage == "home" and glass.watches():
        report: Key = ("0..", say("key-report", language), "key")
        return [report, ("1-9", say("key-plan", language), "key"), esc, move]
    return [("Enter", say("key-digit", language), "enter"), esc, move]


BACK_CELLS = 16
"""So much of the title of the run that was left stands beside Esc."""
