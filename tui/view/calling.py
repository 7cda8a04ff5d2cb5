"""A call out of the house: whether it is made at all, and its words for whoever answers."""

from __future__ import annotations

from engine.errors import Refused
from engine.messages import message_for
from engine.plan import Step
from engine.text import clean
from tui.view.looking import Looking

PRETENDED = {"D": "DRILL", "H": "REHEARSAL"}
"""Kinds of run in which nobody outside is called, and what they are called."""


def dial_line(look: Looking, group_id: str | None) -> str:
    """To call now, or by no means; empty for who is not reached by telephone."""
    group = next((one for one in look.state.graph.site.groups if one.id == group_id), None)
    phones = [one.address for one in group.channels if one.kind == "phone"] if group is not None else []
    if not phones:
        return ""
    kind = PRETENDED.get(look.state.kind)
    if kind is not None:
        return look.say("do-not-dial", kind=look.say(kind))
    return look.say("dial-now", number=clean(phones[0]))


def in_the_other_language(look: Looking, step: Step) -> list[str]:
    """The words of a call as they are said in the other language, under its name.

    Who answers 119 speaks the language of the place, whatever this terminal speaks. Empty where the plan
    says the same in both, or the words cannot be filled.
    """
    other = "en" if look.language == "zh" else "zh"
    try:
        said, here = (message_for(look.state, step, look.now, one) for one in (other, look.language))
    except Refused:
        return []
    lines = [clean(line) for line in said.split("\n") if line.strip()]
    return [] if said == here else [look.say("in-other-language"), *lines]
