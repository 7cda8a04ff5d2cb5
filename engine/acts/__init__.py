"""Every act that is allowed now, and the events it becomes.

A screen, line mode, a rehearsal and a simulated person all choose from this one list.

    possible(state, now)                           what may be done
    done_before(state, now)                        what may be recorded late while everybody is out
    current_step(state, person, now)               the step in front of somebody
    events_of(state, act, given, actor, now)       what an act becomes, with what the person gave
"""

from engine.acts.kinds import OPENING, OUTCOME_WORDS, Act, Given, Need, NeedKind
from engine.acts.of_steps import against_needs, next_call
from engine.acts.offered import current_step, done_before, gets_people_out, possible
from engine.acts.verbs import VERBS, events_of

__all__ = [
    "OPENING",
    "OUTCOME_WORDS",
    "VERBS",
    "Act",
    "Given",
    "Need",
    "NeedKind",
    "against_needs",
    "current_step",
    "done_before",
    "events_of",
    "gets_people_out",
    "next_call",
    "possible",
]
