"""The exercise clock at the trainer's terminal: start, freeze, resume, jump; and the gap of a stopped program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from drill.evaluation import BEFORE
from drill.exercise.sitting import MS, Sitting
from drill.reasons import CONFIRMED, PROGRAM_STOPPED, REASON_FOLLOWS, STARTEX
from engine.clocks import FROZEN, WORLD, Instant, in_force, is_frozen, run_now
from engine.errors import Refused
from engine.events import ClockSet, Entry, NoteAdded, Stage, stamp

LEAST_GAP = timedelta(seconds=3)
"""A shorter silence is a slow machine, not a stopped program."""


@dataclass(frozen=True, slots=True)
class Alive:
    """When the trainer's program last gave a sign of life."""

    wall: datetime
    mono: tuple[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """The trainer's program was stopped while the drill ran."""

    at: datetime
    """The exercise clock when it was last alive, or when a player last did something."""
    length: timedelta
    """On the exercise clock."""
    since: datetime
    """The same moment on the wall."""


class Timing(Sitting):
    """Whoever moves the clock."""

    by_hand = False
    """A machine plays at any speed: the clock stands where its hand puts it."""

    def start(self, reason: str = STARTEX) -> None:
        """The drill begins: from now on the exercise clock goes."""
        self._must_hold_trainer()
        if self.stage in BEFORE:
            self._must_be_told()
            self._must_be_in_its_window()
        for stage, before in (("approved", "draft"), ("briefed", "approved")):
            if self.stage == before:
                self._say(Stage(stage))
        self._say(Stage("running"))
        self._set_clock(WORLD, reason)

    def _must_be_told(self) -> None:
        untold = [line for line in self.must_know if line not in self.book.state.notified]
        missing = tuple(one.who for one in self.scenario.notify if one.who.zh in untold)
        if missing:
            raise Refused("still-to-notify", lines=missing)

    def _must_be_in_its_window(self) -> None:
        """A drill without notice begins on a day that was agreed, and on no other."""
        secret = self.scenario.secret
        if secret is None or self.by_machine:
            return
        zone = ZoneInfo(self.desk.state.graph.site.timezone)
        today = self.desk.wall().astimezone(zone).date()
        early = secret.opens is not None and today < secret.opens
        late = secret.closes is not None and today > secret.closes
        if early or late or today in secret.blackout:
            opens, closes = (str(one or "-") for one in (secret.opens, secret.closes))
            raise Refused("outside-window", day=str(today), opens=opens, closes=closes)

    def freeze(self, reason: str = REASON_FOLLOWS) -> None:
        """Everything that is judged by time stands still, at once; why can be said while it stands."""
        self._must_hold_trainer()
        self._say(Stage("frozen", reason=reason))
        self._set_clock(FROZEN, reason)

    @property
    def reason_owed(self) -> bool:
        """Whether the clock stands and nobody has said yet why."""
        setting = in_force(self.desk.state)
        return self.stage == "frozen" and setting is not None and setting.reason == REASON_FOLLOWS

    def explain(self, reason: str) -> None:
        """Why the clock stands, said after it was stopped: the players read it, and the evaluation has it."""
        self._must_hold_trainer()
        if not self.reason_owed:
            raise Refused("nothing-to-explain")
        self._set_clock(FROZEN, reason)
        self._say(NoteAdded(reason, "freeze-reason"))

    def resume(self, reason: str, rate: int = WORLD) -> None:
        """The clock goes on from where it stood."""
        self._must_hold_trainer()
        if rate != WORLD and self.scenario.form != "tabletop":
            raise Refused("rate-by-form")
        if self.reason_owed:
            raise Refused("reason-first")
        self._say(Stage("running", reason=reason))
        self._set_clock(rate, reason)

    def set_rate(self, rate: int, reason: str) -> None:
        """Another speed while it goes; only at the table."""
        self._must_hold_trainer()
        if self.scenario.form != "tabletop":
            raise Refused("rate-by-form")
        self._set_clock(rate, reason)

    def jump(self, to: timedelta, reason: str) -> None:
        """Set the clock to another time; never in an assessed drill, never without a reason."""
        self._must_hold_trainer()
        if self.scenario.assessed:
            raise Refused("assessed-clock")
        setting = FROZEN if is_frozen(self.desk.state) else WORLD
        self.desk.propose([ClockSet(to // MS, setting, reason)])

    def _set_clock(self, rate: int, reason: str) -> None:
        by_hand = self.by_hand and rate > 0
        self.desk.propose([ClockSet(self.elapsed // MS, rate, reason, by_hand=by_hand)])

    # --- after the program was stopped

    def gap(self, alive: Alive | None) -> Gap | None:
        """What went by on the clock while nobody led the drill; None when nothing did.

        What players did meanwhile counts: the clock had gone at least as far as their last act.
        """
        state, now = self.desk.state, self.now
        setting = in_force(state)
        if self.stage != "running" or setting is None or setting.rate == FROZEN or setting.by_hand:
            return None
        said = [one for one in (state.moment, self.book.state.last_at) if one is not None]
        known = [run_now(state, Instant(alive.wall, alive.mono))] if alive is not None else []
        at = min(max([*said, *known], default=now), now)
        if now - at < LEAST_GAP * (setting.rate / WORLD):
            return None
        return Gap(at, now - at, self.desk.wall() - (now - at) * WORLD / setting.rate)

    def stood_still(self, gap: Gap, reason: str = PROGRAM_STOPPED) -> list[Entry]:
        """The gap was a freeze: the clock goes on from where the program was last alive."""
        self._must_hold_trainer()
        setting = in_force(self.desk.state)
        start, rate = self.desk.state.opened_at or gap.at, setting.rate if setting is not None else WORLD
        at_ms = (gap.at - start) // MS
        self._say(Stage("frozen", reason=reason), gap.at)
        frozen = ClockSet(at_ms, FROZEN, reason, since=stamp(gap.since))
        written = self.desk.propose([frozen], at=gap.at)
        self._say(Stage("running", reason=CONFIRMED))
        written += self.desk.propose([ClockSet(at_ms, rate, CONFIRMED)])
        self.since = gap.at
        return written

    def went_on(self, gap: Gap) -> list[Entry]:
        """The players went on meanwhile and the clock with them: what fell due waits for a choice."""
        self._must_hold_trainer()
        self.since = self.now
        seconds = gap.length // timedelta(seconds=1)
        return self._say(NoteAdded(str(seconds), "went-on"))
