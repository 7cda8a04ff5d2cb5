"""The list on Tab: every act that is allowed now with its number, or those that fit the words that were typed."""

from __future__ import annotations

from engine.text import cut
from tui.frame.glass import Glass
from tui.frame.rows import Row, Span, filled, spread
from tui.typed import narrow
from tui.view import Looking


def rows_that_fit(glass: Glass) -> list[int]:
    """The rows in which stands what was typed; all of them where nothing was. Their numbers stay what they are."""
    wanted = narrow(glass.sought).casefold()
    return [at for at, label in enumerate(glass.listed) if wanted in narrow(label).casefold()]


def act_list_rows(look: Looking, glass: Glass, room: int, width: int) -> tuple[list[Row], int]:
    """A page of the list; and how many pages there are."""
    size, fits = max(room - 1, 1), rows_that_fit(glass)
    pages = -(-len(fits) // size) or 1
    page = glass.page % pages
    shown = fits[page * size : (page + 1) * size]
    rows = [_act_row(glass, at, width) for at in shown]
    return [*filled(rows, size), _last_row(look, glass, page * size, len(shown), width)], pages


def _last_row(look: Looking, glass: Glass, before: int, shown: int, width: int) -> Row:
    """Which of them stand there, and what was typed."""
    facts = {"first": before + 1, "last": before + shown, "count": len(rows_that_fit(glass))}
    words = look.say("screen-of-acts", **facts) if shown else look.say("screen-no-act", typed=glass.sought)
    typed = " ".join(word for word in (glass.sought, glass.typed) if word)
    field = [Span(f"{look.say('home-typed')} {typed}", "amber"), Span(" ", "caret"), Span(" ")]
    return spread([Span(f"  {words}", "dim" if shown else "amber")], field if typed else [], width)


def _act_row(glass: Glass, at: int, width: int) -> Row:
    number = at if glass.from_zero else at + 1
    picked = glass.at == at or glass.typed == str(number)
    lead = Span("=>" if picked else "  ", "amber-strong")
    return (
        lead,
        Span(f"{number:>3}  ", "amber"),
        Span(cut(glass.listed[at], width - 9), "strong" if picked else "text"),
    )
