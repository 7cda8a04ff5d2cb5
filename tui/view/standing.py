"""Where somebody stands who comes back to a run: worked out from the record, never stored."""

from __future__ import annotations

from collections.abc import Sequence

from engine.acts import current_step
from engine.events import Entry, WarningShown
from engine.graph import StepGraph
from engine.state import RunState
from tui.view.looking import Looking
from tui.view.rows import is_idle


def standing(look: Looking, entries: Sequence[Entry]) -> str | None:
    """The step in front of `look.person`, by the record so far (in the order it folds).

    The step they touched last while it is still to be done, unless a watch has opened one for their role
    since; where it is finished or they have touched none, the step of the plan, as it was before they left.
    """
    touched = _last_touched(look, entries)
    opened = _opened_by_watch(look)
    if opened is not None:
        since = look.state.steps[opened].opened_at
        if touched is None or (since is not None and since > touched.at):
            return opened
    if touched is not None:
        return _step_of(touched)
    return current_step(look.state, look.person, look.now, look.across)


def last_act(entries: list[Entry]) -> Entry | None:
    """What was done last: that a warning was seen comes with the act behind it."""
    return next((one for one in reversed(entries) if not isinstance(one.event, WarningShown)), None)


def _last_touched(look: Looking, entries: Sequence[Entry]) -> Entry | None:
    """The last entry of that person about a step, if that is still to be done.

    A step they left open before it does not come back in front: they had gone on from it.
    """
    known = look.state.steps
    theirs = (one for one in reversed(entries) if look.person in (one.actor, one.by))
    last = next((one for one in theirs if _step_of(one) in known), None)
    return last if last is not None and _step_of(last) in _to_do(look) else None


def _step_of(entry: Entry) -> str | None:
    """The step that an entry names."""
    found: str | None = getattr(entry.event, "step", None)
    return found


def _to_do(look: Looking) -> dict[str, None]:
    """The steps that want hands now; one that waits for its time stands back."""
    state = look.state
    names = dict.fromkeys([*state.open_steps(), *state.come_back()])
    return {name: None for name in names if not is_idle(look, state.steps[name])}


def _opened_by_watch(look: Looking) -> str | None:
    """The first step of that person's that a raised watch has opened, and that nobody has finished."""
    state, roles = look.state, set(look.state.roles_of(look.person))
    for name in sorted(_to_do(look), key=state.graph.number.__getitem__):
        raised = any(
            state.watches[watch].raised_at is not None for watch in watches_before(state.graph, name)
        )
        if raised and roles & set(state.graph.steps[name].roles):
            return name
    return None


def run_opened_by(state: RunState, subject: str | None) -> str | None:
    """The run that a step or watch has opened, or joined: that may have been opened by another before."""
    one = state.steps.get(subject or "") or state.watches.get(subject or "")
    return None if one is None else one.child


def watches_before(graph: StepGraph, step_id: str) -> set[str]:
    """The watches that a step comes after."""
    return {edge.earlier for edge in graph.into[step_id] if edge.earlier in graph.watches}
