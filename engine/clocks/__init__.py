"""Promises, limits and repetitions against the clock of the run: arithmetic, never entries.

Everything reads only `at` and the `now` it is given; nothing here asks whether it is a drill.

    promises   how every promise of the operator stands
    limits     limits, waits and repetitions of steps, and the next moment of each
    due        what time or a reading has brought about, for somebody to write down
    levels     which level the situation suggests
    alarms     what a person must know
    overdue    what should have happened by now, in one list for every place that tells it
    beside     what presses in a run while another of its incident stands in front
    exercise   what time it is in the run
"""

from engine.clocks.alarms import Alarm, alarms
from engine.clocks.beside import Beside, beside
from engine.clocks.due import Due, became_true_at, due
from engine.clocks.exercise import DRILL, FROZEN, WORLD, Instant, frozen_for, in_force, is_frozen, run_now
from engine.clocks.levels import raised_by_answers, suggested_level
from engine.clocks.limits import (
    Timer,
    deadline_of,
    missed_rounds,
    next_round_at,
    timers,
    wait_ends_at,
)
from engine.clocks.overdue import DUE_FOR, Overdue, overdue
from engine.clocks.promises import (
    WARN_AT,
    PromiseReading,
    PromiseStatus,
    can_still_come,
    handed_on,
    promise_at,
    promises,
)

__all__ = [
    "DRILL",
    "DUE_FOR",
    "FROZEN",
    "WARN_AT",
    "WORLD",
    "Alarm",
    "Beside",
    "Due",
    "Instant",
    "Overdue",
    "PromiseReading",
    "PromiseStatus",
    "Timer",
    "alarms",
    "became_true_at",
    "beside",
    "can_still_come",
    "deadline_of",
    "due",
    "frozen_for",
    "handed_on",
    "in_force",
    "is_frozen",
    "missed_rounds",
    "next_round_at",
    "overdue",
    "promise_at",
    "promises",
    "raised_by_answers",
    "run_now",
    "suggested_level",
    "timers",
    "wait_ends_at",
]
