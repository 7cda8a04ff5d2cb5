"""The card of an inject on the players' screen: under the step in front, never over it, until it is acknowledged."""

from __future__ import annotations

from collections.abc import Sequence

from engine.state import Card
from engine.text import wrap
from tui.frame.rows import Row, Span, filled, on, spread
from tui.view import Looking
from tui.view.cards import card_head, card_text


def card_rows(look: Looking, cards: Sequence[Card], width: int, room: int) -> list[Row]:
    """The latest card whole, as far as there is room; the others are counted."""
    card = cards[0]
    more = look.say("screen-more", count=len(cards) - 1) if len(cards) > 1 else ""
    seen = Span(f"{more}  {look.say('card-seen')} ".lstrip(), "amber")
    tag = Span(f" {look.said('kind', 'D')} ", "tag-violet")
    head = spread([tag, Span(f" {card_head(look, card)}", "text")], [seen], width - 1)
    lines = wrap(card_text(look, card), width - 5)[: max(room - 1, 1)]
    rows: list[Row] = [head, *((Span("   "), Span(line, "strong")) for line in lines)]
    return [on(row, "look", width) for row in filled(rows, min(len(rows), room))]
