"""One drill under way: its two runs, its clock, its script; driven alike by a trainer, a machine and tests.

    exercise = Exercise.begin(record, scenario, opening, ...)    E- first (it names D-), then D-
    exercise.start()                                             STARTEX
    exercise.tick()                                              delivers what is due
    exercise.freeze(why) … resume(why) … end(how, why)

Every terminal works it out from the record; only the one that holds TRAINER delivers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from drill.case import Case
from drill.evaluation import LEAD, TRAINER, Book, Company
from drill.findings import Shown
from drill.moments import Moments
from drill.scenario.values import Inject, Scenario
from drill.scoring import Inputs
from drill.script import Line, Script
from engine.clocks import WORLD, is_frozen
from engine.desk import Desk, Opening, Record, Surroundings, new_run_id
from engine.errors import Refused
from engine.events import (
    ClockSet,
    DrillPlanned,
    Entry,
    InjectSet,
    Observed,
    PersonJoined,
    Rated,
    RoleTaken,
    RunEnded,
    RunOpened,
    Stage,
    whole_ms,
)
from engine.run import in_order
from engine.text import LANGUAGES, Text

_MS = timedelta(milliseconds=1)


class Exercise:
    """One drill at one terminal."""

    def __init__(self, desk: Desk, book: Book, scenario: Scenario, seed: str) -> None:
        self.desk = desk
        self.book = book
        self.scenario = scenario
        self.seed = seed
        self.since = desk.state.opened_at or desk.now()
        """From when on this terminal has watched the clock: what fell due before is late, and waits."""
        self._pos = 0
        self._script_pos = 0
        self.moments = Moments(desk.state.graph)
        self.script = Script(scenario, seed, self.moments)
        self.look()

    # --- beginning

    @classmethod
    def begin(
        cls,
        record: Record,
        scenario: Scenario,
        source: bytes,
        opening: Opening,
        around: Surroundings,
        trainer: str,
        *,
        seed: str | None = None,
        by_machine: bool = False,
    ) -> Exercise:
        """Write the evaluation first, which names the drill, then open the drill; a crash between is seen."""
        chosen = seed if seed is not None else scenario.seed
        graph = opening.graphs[opening.runbook]
        zone = ZoneInfo(graph.site.timezone)
        now = whole_ms(around.now())
        drill_id = new_run_id("D", now.astimezone(zone), around.entropy)
        evaluation_id = f"E{drill_id[1:]}"
        salt = around.entropy(16).hex()
        book = Book(record, evaluation_id, trainer, around.entropy)
        opened = RunOpened(
            scenario.runbook,
            graph.runbook.revision,
            graph.digest,
            ((scenario.source, sha256(source).hexdigest()),),
            room=scenario.room,
            parent=drill_id,
        )
        planned = DrillPlanned(
            drill_id, scenario.id, sha256(source).hexdigest(), chosen, salt, scenario.form, by_machine
        )
        company = _company(scenario)
        book.write(opened, now, company, [source, graph.to_bytes()])
        book.write(planned, now, company)
        sealed = seal_of(salt, planned.digest, chosen)
        drill = replace(opening, kind="D", sealed=sealed, room=scenario.room, run_id=drill_id)
        desk = Desk.open_run(record, drill, trainer, around)
        made = cls(desk, book, scenario, chosen)
        made._take_part(trainer)
        return made

    def _take_part(self, trainer: str) -> None:
        """The trainer takes their role, and the players their places."""
        self._say(RoleTaken(TRAINER, trainer))
        people = self.desk.state.graph.people
        roles = dict(self.scenario.people)
        joined = dict.fromkeys(roles.values())
        self.desk.propose(
            [
                *(PersonJoined(one, people[one].name if one in people else one) for one in joined),
                *(RoleTaken(role, person) for role, person in roles.items()),
            ]
        )

    # --- looking

    @property
    def now(self) -> datetime:
        """The exercise clock."""
        return self.desk.now()

    @property
    def elapsed(self) -> timedelta:
        """How long the drill has gone on, on its own clock."""
        return self.now - (self.desk.state.opened_at or self.now)

    @property
    def company(self) -> Company:
        """What the evaluation's rules ask of the drill."""
        open_ones = tuple(one.finding.id for one in self.findings() if one.finding.outcome == "open")
        lines = tuple(line.zh for line in self.scenario.restore)
        return replace(
            _company(self.scenario),
            open_expectations=open_ones,
            unrestored=tuple(line for line in lines if line not in self.book.state.restored),
        )

    def look(self) -> None:
        """Take in everything that was written in both runs since the last look."""
        self.desk.refresh()
        entries = in_order(self.desk.record.entries(self.desk.run_id, self._pos))
        for entry in entries:
            self.moments.take(entry)
            self.script.take(entry)
            self._pos = max(self._pos, entry.pos)
        self.book.refresh()
        for entry in in_order(self.book.record.entries(self.book.state.run_id, self._script_pos)):
            self.script.take(entry)
            self._script_pos = max(self._script_pos, entry.pos)

    def lines(self) -> list[Line]:
        """Every inject as it stands now."""
        return self.script.lines(self.now, self.since)

    @property
    def case(self) -> Case:
        """Everything a judge looks at."""
        return Case(
            self.scenario,
            self.seed,
            self.desk.state,
            self.moments,
            self.book.state,
            lambda: self.desk.record.entries(self.desk.run_id),
        )

    def findings(self) -> list[Shown]:
        """Every expectation as it stands now."""
        return self.case.findings(self.now)

    def inputs(self) -> Inputs:
        """Everything the score is made of, as it stands now."""
        return self.case.inputs(self.now)

    # --- the clock

    def start(self, reason: str = "STARTEX") -> None:
        """The drill begins: from now on the exercise clock goes."""
        self._must_hold_trainer()
        for stage in ("approved", "briefed"):
            if self.book.state.stage == {"approved": "draft", "briefed": "approved"}[stage]:
                self._say(Stage(stage))
        self._say(Stage("running"))
        self._set_clock(WORLD, reason)

    def freeze(self, reason: str) -> None:
        """Everything that is judged by time stands still."""
        self._must_hold_trainer()
        self._say(Stage("frozen", reason=reason))
        self._set_clock(0, reason)

    def resume(self, reason: str, rate: int = WORLD) -> None:
        """The clock goes on from where it stood."""
        self._must_hold_trainer()
        if rate != WORLD and self.scenario.form != "tabletop":
            raise Refused("rate-by-form")
        self._say(Stage("running", reason=reason))
        self._set_clock(rate, reason)

    def jump(self, to: timedelta, reason: str) -> None:
        """Set the clock to another time; never in an assessed drill, never without a reason."""
        self._must_hold_trainer()
        if self.scenario.assessed:
            raise Refused("assessed-clock")
        setting = 0 if is_frozen(self.desk.state) else WORLD
        self.desk.propose([ClockSet(to // _MS, setting, reason)])

    def _set_clock(self, rate: int, reason: str) -> None:
        planned = self.book.state.planned
        by_hand = planned is not None and planned.by_machine and rate > 0
        self.desk.propose([ClockSet(self.elapsed // _MS, rate, reason, by_hand=by_hand)])

    # --- injects

    def tick(self) -> list[Entry]:
        """Deliver what is due, and write down how chance decided; nothing while the clock stands."""
        self.look()
        if self.book.state.stage != "running" or not self._holds_trainer():
            return []
        written = []
        for inject, comes in self.script.undrawn(self.now):
            drawn = self.script.drawn(inject)
            self._say(InjectSet(inject.id, "drawn", draw=drawn, reason="comes" if comes else "does not come"))
        for line in self.script.due(self.now, self.since):
            written += self._deliver(line.inject, line.due)
        self.look()
        return written

    def deliver(self, inject_id: str) -> list[Entry]:
        """The trainer gives an inject now; once more, when it was given before."""
        self._must_hold_trainer()
        return self._deliver(self._inject(inject_id), None)

    def _deliver(self, inject: Inject, due: datetime | None) -> list[Entry]:
        start = self.desk.state.opened_at
        number = self.script.delivered.get(inject.id, 0) + 1
        return self.desk.propose(
            [
                InjectSet(
                    inject.id,
                    "delivered",
                    number,
                    inject.to,
                    inject.channel,
                    _spoken(inject.sender),
                    _spoken(inject.title),
                    () if inject.text is None else _spoken(inject.text),
                    due_ms=None if due is None or start is None else (due - start) // _MS,
                    unscripted=inject.id in self.script.written or due is None,
                )
            ]
        )

    def hold(self, inject_id: str, reason: str) -> None:
        """Keep an inject back until it is released."""
        self._change(inject_id, "held", reason)

    def release(self, inject_id: str, reason: str) -> None:
        self._change(inject_id, "released", reason)

    def skip(self, inject_id: str, reason: str) -> None:
        """It will not come in this drill; what it would have asked is not presented."""
        self._change(inject_id, "skipped", reason)

    def delay(self, inject_id: str, to: timedelta, reason: str) -> None:
        """Give it another time of the exercise clock, counted from the start."""
        self._change(inject_id, "delayed", reason, to // _MS)

    def write(self, inject_id: str, title: Text, text: Text, to: str, reason: str) -> list[Entry]:
        """A new inject, written live and given at once."""
        self._must_hold_trainer()
        self._say(
            InjectSet(
                inject_id,
                "written",
                to=to,
                title=_spoken(title),
                text=_spoken(text),
                unscripted=True,
                reason=reason,
            )
        )
        self.look()
        return self._deliver(self._inject(inject_id), None)

    def _change(self, inject_id: str, how: str, reason: str, due_ms: int | None = None) -> None:
        self._must_hold_trainer()
        self._inject(inject_id)
        self._say(InjectSet(inject_id, how, due_ms=due_ms, reason=reason))
        self.look()

    def _inject(self, inject_id: str) -> Inject:
        found = next((one for one in self.script.injects if one.id == inject_id), None)
        if found is None:
            raise Refused("unknown-inject", inject=inject_id)
        return found

    # --- the end and what is said of it

    def end(self, how: str = "normal", reason: str = "ENDEX") -> None:
        """The drill is over; what stays open in the run is listed there."""
        self._say(Stage("ended", how, reason))
        if self.desk.state.ended is None:
            self._set_clock(0, reason)
            left = tuple(
                name for name in self.desk.state.graph.steps if name in set(self.desk.state.open_steps())
            )
            self.desk.propose([RunEnded("abandoned", f"ENDEX {how}: {reason}", left)])
        self.look()

    def observe(self, observed: Observed) -> list[Entry]:
        """One key, one note: stamped with the exercise clock."""
        since_ms = self.elapsed // _MS
        stamped = observed if observed.exercise_ms is not None else replace(observed, exercise_ms=since_ms)
        return self._say(stamped)

    def rate(self, rated: Rated) -> list[Entry]:
        """Confirm what the machine proposes, or say otherwise and why."""
        return self._say(rated)

    def _say(self, event: Stage | InjectSet | Observed | Rated | RoleTaken) -> list[Entry]:
        company = self.company if isinstance(event, Stage) else _company(self.scenario)
        return self.book.write(event, self.now, company)

    # --- who holds what

    def _holds_trainer(self) -> bool:
        return self.book.actor in self.book.state.staff.get(TRAINER, set())

    def _must_hold_trainer(self) -> None:
        if not self._holds_trainer():
            raise Refused("trainer-only")

    @property
    def lead(self) -> set[str]:
        return self.book.state.staff.get(LEAD, set())


def seal_of(salt: str, digest: str, seed: str) -> str:
    """What a drill pins before anybody may read its scenario: SHA-256 of salt, digest and seed."""
    return sha256(f"{salt}|{digest}|{seed}".encode()).hexdigest()


def _company(scenario: Scenario) -> Company:
    return Company(
        players=frozenset(person for _, person in scenario.people),
        objectives=tuple(one.id for one in scenario.objectives),
        expectations=tuple(one.id for one in scenario.expectations),
    )


def _spoken(text: Text) -> tuple[tuple[str, str], ...]:
    return tuple((language, text.of(language)) for language in LANGUAGES)
