"""Injects at the trainer's terminal: given when they are due, or by hand; held, moved, dropped, written live."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from drill.exercise.sitting import MS, spoken
from drill.exercise.timing import Timing
from drill.reasons import AFTER_THE_FREEZE
from drill.scenario.values import Inject
from engine.errors import Refused
from engine.events import Entry, InjectSet
from engine.text import Text


class Giving(Timing):
    """Whoever gives injects."""

    def tick(self) -> list[Entry]:
        """Deliver what is due, and write down how chance decided; nothing while the clock stands."""
        self.look()
        if self.stage != "running" or not self.holds_trainer or self.desk.state.ended is not None:
            return []
        written = []
        for inject, comes in self.script.undrawn(self.now):
            drawn = self.script.drawn(inject)
            reason = "comes" if comes else "does not come"
            self._say(InjectSet(inject.id, "drawn", title=spoken(inject.title), draw=drawn, reason=reason))
        for line in self.script.due(self.now, self.since):
            # At another terminal of the trainer's it was given a moment before: once is enough.
            with suppress(_Given):
                written += self._deliver(line.inject, line.due)
        self.look()
        return written

    def deliver(self, inject_id: str) -> list[Entry]:
        """The trainer gives an inject now; once more, when it was given before."""
        self._must_hold_trainer()
        written = self._deliver(self._inject(inject_id), None)
        self.look()
        return written

    def deliver_later(self, inject_id: str) -> None:
        """It is given as soon as the clock goes on: players who may do nothing are told nothing."""
        self._must_hold_trainer()
        self._inject(inject_id)
        if inject_id in self.script.held:
            self._change(inject_id, "released", AFTER_THE_FREEZE)
        self._change(inject_id, "delayed", AFTER_THE_FREEZE, self.elapsed // MS)

    def _deliver(self, inject: Inject, due: datetime | None) -> list[Entry]:
        start = self.desk.state.opened_at
        number = self.script.delivered.get(inject.id, 0) + 1
        given = InjectSet(
            inject.id,
            "delivered",
            number,
            inject.to,
            inject.channel,
            spoken(inject.sender),
            spoken(inject.title),
            () if inject.text is None else spoken(inject.text),
            due_ms=None if due is None or start is None else (due - start) // MS,
            unscripted=inject.id in self.script.written or due is None,
        )
        try:
            return self.desk.propose([given])
        except Refused as refused:
            if refused.id == "already-delivered" and due is not None:
                raise _Given from refused
            raise

    def hold(self, inject_id: str, reason: str) -> None:
        """Keep an inject back until it is released."""
        self._change(inject_id, "held", reason)

    def release(self, inject_id: str, reason: str) -> None:
        self._change(inject_id, "released", reason)

    def skip(self, inject_id: str, reason: str) -> None:
        """It will not come in this drill; what it would have asked is not presented."""
        self._change(inject_id, "skipped", reason)

    def drop(self, inject_id: str, reason: str) -> None:
        """It fell due while nobody led the drill, and will not come any more."""
        self._change(inject_id, "dropped", reason)

    def delay(self, inject_id: str, to: timedelta, reason: str) -> None:
        """Give it another time of the exercise clock, counted from the start."""
        self._change(inject_id, "delayed", reason, to // MS)

    def write(
        self, inject_id: str, title: Text, text: Text, to: str, reason: str, *, later: bool = False
    ) -> list[Entry]:
        """A new inject, written live and given at once; `later`: as soon as the clock goes on."""
        self._must_hold_trainer()
        self._say(
            InjectSet(
                inject_id,
                "written",
                to=to,
                title=spoken(title),
                text=spoken(text),
                unscripted=True,
                reason=reason,
            )
        )
        self.look()
        if later:
            self.deliver_later(inject_id)
            return []
        return self._deliver(self._inject(inject_id), None)

    def _change(self, inject_id: str, how: str, reason: str, due_ms: int | None = None) -> None:
        self._must_hold_trainer()
        title = spoken(self._inject(inject_id).title)
        self._say(InjectSet(inject_id, how, title=title, due_ms=due_ms, reason=reason))
        self.look()

    def _inject(self, inject_id: str) -> Inject:
        found = next((one for one in self.script.injects if one.id == inject_id), None)
        if found is None:
            raise Refused("unknown-inject", inject=inject_id)
        return found


class _Given(Exception):
    """Another terminal was faster."""
