"""A real event stops a drill, at once and from any terminal: its clock stands, its run is over."""

from __future__ import annotations

from engine.clocks import FROZEN
from engine.desk import Desk
from engine.events import ClockSet, Entry, NoteAdded, RunEnded
from engine.rules import left_by
from engine.state import Ending, RunState

REAL_EVENT = "真实事件 REAL EVENT"
"""What stands in the record, and is said over the radio: no drill uses these words for anything else."""


def is_real_event(ending: Ending) -> bool:
    """Whether a drill was stopped by a real event."""
    return (ending.reason or "").startswith(REAL_EVENT)


def broken_off(state: RunState, said: str) -> RunEnded:
    """The end of a drill as its run stands: what is left in it, and whose voice nobody has confirmed."""
    return RunEnded("abandoned", said, left_by(state), unconfirmed=state.voices_unconfirmed())


def stop_for_real(desk: Desk, reason: str = "") -> list[Entry]:
    """Stop the drill whose run stands at this desk; what was stopped already stays as it is."""
    top = desk
    while top.above is not None:
        top = top.above
    top.refresh()
    if top.state.ended is not None:
        return []
    elapsed = top.now() - (top.state.opened_at or top.now())
    said = f"{REAL_EVENT} {reason}".strip()
    at_ms = int(elapsed.total_seconds() * 1000)
    written = top.propose([ClockSet(at_ms, FROZEN, said)])
    return written + top.propose_made(lambda: [broken_off(top.state, said)])


def name_the_real_one(drill: Desk, run: str) -> list[Entry]:
    """In the drill's record: the run of the real event that stopped it."""
    top = drill
    while top.above is not None:
        top = top.above
    return top.propose([NoteAdded(f"{REAL_EVENT} {run}")])
