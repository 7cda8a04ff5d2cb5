"""The list on Tab: every act that is allowed now with its number, or those that hold the words that were typed."""

from __future__ import annotations

from engine.text import cut
from tui.frame.glass import Glass
from tui.frame.rows import Row, Span, filled, spread, width_of
from tui.view import Looking


def act_list_rows(look: Looking, glass: Glass, room: int, width: int) -> tuple[list[Row], int]:
    """A page of the list; and how many pages there are."""
    size = max(room - 1, 1)
    pages = -(-len(glass.listed) // size) or 1
    page = glass.page % pages
    shown = range(len(glass.listed))[page * size : (page + 1) * size]
    rows = [_act_row(look, glass, at, page * size, width) for at in shown]
    return [*filled(rows, size), _last_row(look, glass, page * size, len(shown), width)], pages


def _last_row(look: Looking, glass: Glass, before: int, shown: int, width: int) -> Row:
    """Which of them stand there, and what was typed."""
    facts = {"first": before + 1, "last": before + shown, "count": len(glass.listed)}
    words = look.say("screen-of-acts", **facts) if shown else ""
    typed = " ".join(word for word in (glass.sought, glass.typed) if word)
    field = [Span(f"{look.say('home-typed')} {typed}", "amber"), Span(" ", "caret"), Span(" ")]
    return spread([Span(f"  {words}", "dim")], field if typed else [], width)


def _act_row(look: Looking, glass: Glass, at: int, first: int, width: int) -> Row:
    """A row of the list; the first of a group, and of a page, names the group at the right."""
    line, before = glass.listed[at], glass.listed[at - 1].group if at else ""
    picked = glass.at == at or glass.typed == str(line.number)
    lead = [Span("=>" if picked else "  ", "key"), Span(f"{line.number:>3}  ", "key")]
    group = [Span(look.say(f"group-{line.group}"), "dim")] if line.group != before or at == first else []
    room = width - 9 - (width_of(group) + 2 if group else 0)
    words = Span(cut(line.offer.label, room), "strong" if picked else "text")
    return spread([*lead, words], group, width - 1)
