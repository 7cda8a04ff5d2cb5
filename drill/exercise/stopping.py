"""A real event stops a drill, at once and from any terminal: its clock stands, its run is over."""

from __future__ import annotations

from functools import partial

from drill.endings import REAL_EVENT, ended_by
from engine.clocks import FROZEN
from engine.desk import Desk
from engine.events import ClockSet, Entry, Event, NoteAdded, RunEnded
from engine.rules import left_by
from engine.state import Ending, RunState


def is_real_event(ending: Ending) -> bool:
    """Whether a drill was stopped by a real event."""
    ended = ended_by(ending.reason)
    return ended is not None and ended.how == "real-event"


def broken_off(state: RunState, said: str) -> RunEnded:
    """The end of a drill as its run stands: what is left in it, and whose voice nobody has confirmed."""
    return RunEnded("abandoned", said, left_by(state), unconfirmed=state.voices_unconfirmed())


def stop_for_real(desk: Desk, reason: str = "") -> list[Entry]:
    """Stop the drill whose run stands at this desk; what was stopped already stays as it is."""
    top = desk.top
    top.refresh()
    if top.state.ended is not None:
        return []
    elapsed = top.now() - (top.state.opened_at or top.now())
    said = f"{REAL_EVENT} {reason}".strip()
    at_ms = int(elapsed.total_seconds() * 1000)
    written = top.propose([ClockSet(at_ms, FROZEN, said)])
    written += top.propose_made(lambda: [broken_off(top.state, said)])
    return written + end_below(top, said)


def end_below(desk: Desk, said: str) -> list[Entry]:
    """A drill that is over leaves no run of its own open: what it had opened ends with it."""
    written: list[Entry] = []
    waiting = [desk]
    while waiting:
        above = waiting.pop(0)
        for child in above.open_children():
            below = Desk.resume(above.record, child.run, above.actor, above.around_child)
            waiting.append(below)
            written += below.propose_made(partial(_broken_off_at, below, said))
    return written


def _broken_off_at(desk: Desk, said: str) -> list[Event]:
    return [broken_off(desk.state, said)]


def name_the_real_one(drill: Desk, run: str) -> list[Entry]:
    """In the drill's record: the run of the real event that stopped it."""
    return drill.top.propose([NoteAdded(f"{REAL_EVENT} {run}")])
