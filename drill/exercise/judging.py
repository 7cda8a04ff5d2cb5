"""The end of a drill, and what is said of it: notes, findings, ratings, what is back, the stages behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from drill.attendance import Attended, attendance
from drill.endings import ENDEX, reason_of
from drill.evaluation import SIGN_OUT
from drill.exercise.giving import Giving
from drill.exercise.sitting import MS
from drill.exercise.stopping import broken_off, end_below, is_real_event
from drill.scoring import Rating, proposed
from engine.events import Entry, NoteAdded, Observed, Rated, RoleTaken, Stage
from engine.rules import SIGN_IN


class Judging(Giving):
    """Whoever watches and judges."""

    def end(self, how: str = "normal", reason: str = ENDEX) -> None:
        """The drill is over; what stays open in the run is listed there."""
        self._must_hold_trainer()
        self._say(Stage("ended", how, reason))
        said = reason_of(how, reason)
        if self.desk.state.ended is None:
            self._set_clock(0, reason)
            self.desk.propose_made(lambda: [broken_off(self.desk.state, said)])
        end_below(self.desk, said)
        self.look()

    def hear(self) -> bool:
        """Whether a real event has stopped the drill at another terminal; then it is ended here too."""
        ending = self.desk.state.ended
        if ending is None or not is_real_event(ending) or self.stage not in ("running", "frozen"):
            return False
        self._say(Stage("ended", "real-event", ending.reason))
        return True

    # --- seen and judged

    def observe(self, observed: Observed) -> list[Entry]:
        """One key, one note: stamped with the exercise clock."""
        since_ms = self.elapsed // MS
        stamped = observed if observed.exercise_ms is not None else replace(observed, exercise_ms=since_ms)
        return self._say(stamped)

    def rate(self, rated: Rated) -> list[Entry]:
        """Confirm what the machine proposes, or say otherwise and why."""
        return self._say(rated)

    def proposed(self, objective: str) -> Rating | None:
        """What the findings so far suggest; None while they suggest nothing."""
        inputs = self.inputs()
        return proposed(objective, inputs.findings, inputs.deviations)

    def mark(self, name: str) -> list[Entry]:
        """A moment to come back to: another drill can begin here."""
        self._must_hold_trainer()
        return self._say(NoteAdded(name, "mark"))

    # --- before and after

    def notified(self, line: str, how: str) -> list[Entry]:
        """Somebody was told before the drill: who, when and how."""
        return self._say(NoteAdded(f"{line}\n{how}".strip(), "notified"))

    def reached(self, there: Iterable[str]) -> list[Entry]:
        """The communication check: which players were at a terminal when the drill began, and which were not."""
        known = set(there)
        players = list(dict.fromkeys(person for _, person in self.scenario.people))
        said = [", ".join(one for one in players if (one in known) is here) or "-" for here in (True, False)]
        return self._say(NoteAdded("\n".join(said), "comcheck"))

    def sign_in(self, person: str, method: str, instead_of: str = "") -> list[Entry]:
        """Somebody is here, and how we know; `instead_of`: whom they came for."""
        return self._say(NoteAdded(f"{person}\n{method}\n{instead_of}".strip(), SIGN_IN))

    def sign_out(self, person: str) -> list[Entry]:
        """Somebody has gone before the end."""
        return self._say(NoteAdded(person, SIGN_OUT))

    @property
    def sheet(self) -> list[Attended]:
        """Who was to come, and who did."""
        return attendance(self.scenario, self.desk.state, self.book.state, self.own_hand)

    def restored(self, line: str) -> list[Entry]:
        """Something is as it was before the drill."""
        return self._say(NoteAdded(line, "put-back"))

    def evaluated(self) -> list[Entry]:
        """Everything is judged."""
        self._must_hold_trainer()
        return self._say(Stage("evaluated"))

    def closed(self) -> list[Entry]:
        """Everything is back, and the drill is put away."""
        self._must_hold_trainer()
        return self._say(Stage("closed"))

    def appoint(self, taken: RoleTaken) -> list[Entry]:
        """Who evaluates, and who leads them."""
        return self._say(taken)
