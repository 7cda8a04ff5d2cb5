"""How a step stands, in one word and as a box."""

from __future__ import annotations

from engine.road import Place
from engine.state.runs import RunState
from engine.state.withdrawn import held_back


def status(state: RunState, step_id: str) -> str:
    """The one word for how a step stands: worked out, never stored.

    ready, active, waiting, done, failed, skipped, deferred, overridden, passed, not-applicable, asleep,
    awaiting-second, contradicted, to-confirm, left-over; held-back: it is inside, and everybody is out;
    provisional: done, on a voice nobody has confirmed.
    """
    one = state.steps[step_id]
    place = state.place(step_id)
    if one.contradicted:
        return "contradicted"
    if place is Place.OFF:
        return _word_off_the_road(state, step_id)
    if one.recheck:
        return "to-confirm"
    if one.awaits_second:
        return "awaiting-second"
    if one.passed:
        return "passed"
    if one.status == "done" and one.provisional:
        return "provisional"
    if one.status is not None and (one.status != "deferred" or state.is_put_off(step_id)):
        return one.status
    if place is Place.SETTLED:
        return "provisional" if one.provisional else "done"
    return "waiting" if place is Place.WAITING else _word_to_do(state, step_id)


BOXES = {
    "ready": "[ ]",
    "active": "[.]",
    "waiting": "[ ]",
    "held-back": "[#]",
    "done": "[x]",
    "provisional": "[v]",
    "failed": "[F]",
    "not-applicable": "[-]",
    "asleep": "[-]",
    "passed": "[-]",
    "skipped": "[s]",
    "deferred": "[~]",
    "overridden": "[O]",
    "awaiting-second": "[2]",
    "contradicted": "[?]",
    "to-confirm": "[?]",
    "left-over": "[!]",
}
"""Each word of `status` as the box before a step on a screen and on paper: three cells, seven bits."""


def _word_to_do(state: RunState, step_id: str) -> str:
    if held_back(state, step_id) is not None:
        return "held-back"
    return "active" if state.steps[step_id].started_at is not None else "ready"


def _word_off_the_road(state: RunState, step_id: str) -> str:
    if step_id in state.left:
        return "left-over"
    behind_watch = any(edge.earlier in state.watches for edge in state.graph.into[step_id])
    return "asleep" if behind_watch else "not-applicable"
