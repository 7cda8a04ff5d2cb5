"""What a decision rests on, in as few lines as can be: every value that is known, and how much is not.

Each answer says itself what it comes to; limits, sources and ages stand behind `?`, where nothing is folded.
"""

from __future__ import annotations

from datetime import datetime

from engine.condition import Reason
from engine.plan import Answer
from engine.state import StepState
from engine.text import cut
from tui.view.layout import GAP, pack
from tui.view.looking import Looking
from tui.view.step import answer_line
from tui.view.values import age_words, found_words, name_words, verdict

LABEL_CELLS = 26
"""How much of the name of a thing is shown beside its value."""

HALF_CELLS = 20
"""How much of an answer is shown where two stand in a line; the whole of it stands behind `?`."""


def weighed(look: Looking, one: StepState, width: int) -> list[str]:
    """The values a decision rests on, side by side; what is not known is counted."""
    things = {
        reason.left.partition(".")[0]: reason
        for answer in one.step.answers
        if answer.when is not None
        for reason in verdict(look, answer.when, one.step.id).reasons
    }
    known = {name: reason for name, reason in things.items() if _is_known(look, name, reason)}
    parts = [_thing(look, name, reason) for name, reason in known.items()]
    oldest = min((one for one in known.values() if one.found.at is not None), key=_at, default=None)
    age = look.say("oldest", age=age_words(look, oldest)) if oldest is not None else ""
    rest = look.say("weighed-rest", count=len(things) - len(known), age=age)
    return [*pack(parts, width, first="    ", gap="  ", rest="    "), f"    {rest}"]


def _at(reason: Reason) -> datetime:
    assert reason.found.at is not None, "only what was found has an age"
    return reason.found.at


def _is_known(look: Looking, name: str, reason: Reason) -> bool:
    step = look.state.steps.get(name)
    return step.status is not None if step is not None else reason.found.value is not None


def _thing(look: Looking, name: str, reason: Reason) -> str:
    """A value; of an earlier decision its answer."""
    step = look.state.steps.get(name)
    if step is None:
        return f"{cut(name_words(look, reason.left), LABEL_CELLS)} {found_words(look, reason)}"
    said = next((answer.says for answer in step.step.answers if answer.id == step.answer), None)
    words = look.text(said) if said is not None else look.said("status", step.status or "ready")
    number = look.state.graph.number[name]
    return f"{number} {cut(look.text(step.step.text), LABEL_CELLS)}: {cut(words, LABEL_CELLS)}"


def brief_answer(look: Looking, one: StepState, answer: Answer, *, half: bool = False) -> str:
    """An answer in one line: that it goes back is said, and not where to; `half`: two of them fit a line."""
    whole = answer_line(look, one, answer)
    if half:
        comes_to = whole.rpartition(GAP)[2]
        return f"{cut(look.text(answer.says), HALF_CELLS)} {comes_to if answer.when else ''}".rstrip()
    if answer.back is None:
        return whole
    left = max(answer.back.at_most - look.state.turns.get((one.step.id, answer.id), 0), 0)
    said = look.say("back-to", step=look.title(answer.back.step), left=left)
    return whole.replace(said, look.say("back-brief", left=left))
