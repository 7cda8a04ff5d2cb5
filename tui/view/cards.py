"""The injects of a drill as the players see them: a card for each, until somebody it is for acknowledges it."""

from __future__ import annotations

from engine.clocks import in_force, is_frozen
from engine.state import Card, RunState
from tui.view.looking import Looking


def cards_of(state: RunState, person: str) -> list[Card]:
    """What was given to that person and is not acknowledged, the latest first."""
    return [
        card
        for card in reversed(state.cards)
        if card.alarm not in state.acknowledged and state.is_for(card, person)
    ]


def card_head(look: Looking, card: Card) -> str:
    """When, by which channel, from whom and for whom."""
    said = look.say(
        "card-from",
        channel=look.said("channel", card.channel),
        sender=look.text(card.sender),
        role=look.role(card.to),
    )
    return f"{look.clock(card.at)}  {said}"


def card_text(look: Looking, card: Card) -> str:
    """What is said; a card without words is said by the trainer."""
    title, text = look.text(card.title), look.text(card.text)
    return (
        look.labelled(title, text) if text else look.in_brackets(title, look.say("card-said").strip("（）()"))
    )


def drill_word(state: RunState, look: Looking) -> tuple[str, str]:
    """How a drill stands, for its players, and its style; empty while it goes on."""
    if state.kind != "D":
        return "", ""
    if state.ended is not None:
        stopped = "REAL EVENT" in (state.ended.reason or "")
        return look.say("drill-stopped" if stopped else "drill-over"), "red" if stopped else "amber-strong"
    setting = in_force(state)
    if setting is None and state.parent is None:
        return look.say("drill-waits"), "amber-strong"
    if setting is not None and is_frozen(state):
        return look.say("drill-stands", reason=look.said("because", setting.reason)), "amber-strong"
    return "", ""
