"""One drill under way: its two runs, its clock, its script; driven alike by a trainer, a machine and tests.

    exercise = Exercise.begin(record, scenario, opening, ...)    E- first (it names D-), then D-
    exercise = Exercise.take_up(record, "D-...", around, who)     after a stop: nothing but the record is needed
    exercise.start()                                             STARTEX
    exercise.tick()                                              delivers what is due
    exercise.freeze(why) … resume(why) … end(how, why)

Every terminal works it out from the record; only the one that holds TRAINER delivers.

    sitting    before the two runs: looking, saying
    timing     the exercise clock, and the gap while the program was stopped
    giving     injects
    judging    notes, findings, ratings, the end, and what must be back
    marks      a new drill from a moment that was marked
    stopping   a real event stops a drill from any terminal
    exercise   how a drill begins, or is taken up again
"""

from drill.endings import REAL_EVENT
from drill.exercise.exercise import Exercise, seal_of
from drill.exercise.stopping import is_real_event, stop_for_real
from drill.exercise.timing import Alive, Gap

__all__ = ["REAL_EVENT", "Alive", "Exercise", "Gap", "is_real_event", "seal_of", "stop_for_real"]
