"""The run state machine. No clock, no file, no journal: entries in, state out.

    apply(state, entry)          it happened; never refuses, for any entry ever recorded
    replay(graph, run, entries)  everything that happened, folded from nothing
    in_order(entries)            the one order in which entries fold, on every device
    statuses(state)              where every step stands, worked out in one sweep

What may happen is `rules.check`. `apply` changes the state it is given and hands it back.
"""

from engine.run.fold import apply, in_order, new_state, replay, statuses
from engine.run.situation import PUT_BACK
from engine.run.steps import ENTRY

__all__ = ["ENTRY", "PUT_BACK", "apply", "in_order", "new_state", "replay", "statuses"]
