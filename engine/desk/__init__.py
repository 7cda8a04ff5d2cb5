"""One open run at one terminal: propose → append → apply, in that order and no other.

around     what a desk is given: a record, time, chance, identity
kept       a compiled plan as the record keeps it, for whoever looks at another run
opening    what a run is opened with
incident   the other runs around it: who opened whom, what has ended, which hazard is open
others     the runs that go on beside one, folded as far as somebody asked
elsewhere  what those of the incident say here: whom they called out of this room, what presses in them
across     which runbooks they keep back, and which steps get in each other's way
desk       one open run at one terminal
"""

from engine.desk.afresh import NEVER_CONFLICT
from engine.desk.around import Record, Surroundings
from engine.desk.desk import TRIES_ON_CONFLICT, Arrival, Desk
from engine.desk.elsewhere import CalledOut, Elsewhere
from engine.desk.incident import Incident
from engine.desk.kept import kept_graph
from engine.desk.opening import LETTERS, Opening, new_run_id, opening_of, opens, people_for
from engine.desk.others import IN_EARNEST, Others

__all__ = [
    "IN_EARNEST",
    "LETTERS",
    "NEVER_CONFLICT",
    "TRIES_ON_CONFLICT",
    "Arrival",
    "CalledOut",
    "Desk",
    "Elsewhere",
    "Incident",
    "Opening",
    "Others",
    "Record",
    "Surroundings",
    "kept_graph",
    "new_run_id",
    "opening_of",
    "opens",
    "people_for",
]
